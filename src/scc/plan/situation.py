# SPDX-License-Identifier: Apache-2.0
"""What a plan has to know of a story, its assessment and its reader, as sets that conditions are tested on.

Derives traits from observations, assessment and profile; every trait is a key of
`vocabularies/traits.csv`. Judges nothing about severity or relevance: that is `assess`'s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from scc.model.assessment import Assessment
from scc.model.decision import Decision
from scc.model.facts import Claim, Identifier, Indicator, NamedOrganisation, Observation, Product
from scc.model.facts import Technique as TechniqueFact
from scc.model.facts import Weakness as WeaknessFact
from scc.model.organisation import Organisation
from scc.model.story import Story
from scc.plan.content import ProductClassRow
from scc.plan.vocabulary import Library

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

EDGE: Final = frozenset({"vpn-firewall", "router", "network-management", "file-transfer", "mail-server"})
"""Product classes that stand on the internet by their nature."""

HOSTING: Final = frozenset({"os", "directory", "hypervisor", "cloud", "container"})
"""Groups of platforms on which whatever is vulnerable runs: the reader's own count beside a named product."""

SUBJECTS: Final = frozenset({"mobile", "saas", "ot", "medical", "registry"})
"""Groups of platforms that an item has to name: owning one does not make an item about another concern it."""

_FLAWS: Final = frozenset({"cve", "ghsa", "osv", "bulletin"})
_EU: Final = frozenset(
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO".split()
)
_SUPPLIER_FIXED: Final = (
    "no customer action",
    "no action is required by customers",
    "no action required from customers",
    "customers do not need to take any action",
    "users do not need to take any action",
    "fixed on the server side",
    "server-side fix",
    "has been fully mitigated by the provider",
    "no user action is required",
    "no action is required from users",
    "no action required by customers",
    "none required. ",
    "customers are not required to take",
    "customers need to take no action",
)
"""Phrases by which suppliers say that they repaired their own service; searched as fixed strings."""

_OUTAGE: Final = ("outage", "unavailable", "downtime", "went down", "service disruption")
_SITE: Final = re.compile(r"\b(?:data ?cent(?:re|er)|server room|computer room|colocation|hosting site)s?\b")
_LOST: Final = re.compile(
    r"\b(?:fire|burned|burnt|flood(?:ed|ing)?|water damage|power (?:cut|failure|loss)|explosion|earthquake)\b"
)
"""A site lost to nature or accident: both in one opening, the event in the story's own words."""
_FAULTY: Final = ("faulty update", "defective update", "bad update", "broken update", "buggy update",
                  "content update", "faulty configuration", "blue screen")  # fmt: skip


class Situation(msgspec.Struct, frozen=True):
    type: str
    facets: frozenset[str]
    themes: tuple[str, ...]
    weaknesses: frozenset[str]
    """CWE ids of the story and all their ancestors."""
    techniques: frozenset[str]
    """Technique ids of the story whose role is not context, and their parents."""
    product_classes: frozenset[str]
    platforms: frozenset[str]
    """Platforms the story names, and the reader's where the story names none of that group."""
    named: frozenset[str]
    """Platforms the story itself names."""
    exposure: str
    traits: frozenset[str]
    observations: dict[str, tuple[str, ...]]
    """For a trait, product class or technique: ids of the observations it rests on."""


def situation(
    story: Story,
    assessment: Assessment,
    organisation: Organisation,
    knowledge: Knowledge,
    library: Library,
    decisions: tuple[Decision, ...] = (),
) -> Situation:
    basis: dict[str, list[str]] = {}
    classes, named = _products(story, library, basis)
    traits = _event_traits(story, assessment, organisation, decisions, basis) | _reader_traits(organisation)
    if any(kind in EDGE for kind in classes):
        exposure = "internet"
    else:
        own = [p for p in organisation.products if p.product in assessment.relevance.matched]
        exposure = "internet" if any(p.exposed for p in own) else "unknown"
        if own and all(p.exposed is False for p in own):
            exposure = "internal"
    if assessment.type == "governance" and _mentions_ai(story):
        traits = traits | {"ai-law"}
    return Situation(
        type=assessment.type,
        facets=frozenset(assessment.facets),
        themes=assessment.themes,
        weaknesses=_weaknesses(story, assessment, knowledge),
        techniques=_techniques(story.observations, basis),
        product_classes=classes,
        platforms=_platforms(named, classes, organisation, library, assessment.type),
        named=named,
        exposure=exposure,
        traits=frozenset(traits),
        observations={key: tuple(dict.fromkeys(ids)) for key, ids in sorted(basis.items())},
    )


@lru_cache(maxsize=8)
def _pattern(words: tuple[ProductClassRow, ...]) -> tuple[re.Pattern[str], dict[str, ProductClassRow]]:
    rows = {row.word: row for row in words}
    longest = sorted(rows, key=lambda word: (-len(word), word))
    return re.compile(r"(?<![a-z0-9])(?:" + "|".join(map(re.escape, longest)) + r")(?![a-z0-9])"), rows


def _products(
    story: Story, library: Library, basis: dict[str, list[str]]
) -> tuple[frozenset[str], frozenset[str]]:
    """Product classes and platforms named by product observations and titles (not by the running text:
    an article names many products in passing)."""
    pattern, rows = _pattern(library.words)
    classes: set[str] = set()
    platforms: set[str] = set()

    def note(text: str, observation: str = "") -> None:
        for found in pattern.finditer(text.lower()):
            row = rows[found.group()]
            classes.add(row.product_class)
            if row.platform:
                platforms.add(row.platform)
            if observation:
                basis.setdefault(row.product_class, []).append(observation)

    for each in story.observations:
        if isinstance(each.fact, Product) and each.fact.status != "not-affected":
            note(f"{each.fact.vendor} {each.fact.product}", each.id)
            if each.fact.purl.startswith("pkg:"):
                kind = each.fact.purl[4:].partition("/")[0]
                if kind in ("npm", "pypi"):
                    classes.add("package-registry")
                    platforms.add(kind)
        elif isinstance(each.fact, Indicator) and each.fact.type == "package":
            classes.add("package-registry")
            basis.setdefault("package-registry", []).append(each.id)
    for document in story.documents:
        note(document.title)
    return frozenset(classes), frozenset(platforms)


def _platforms(
    named: frozenset[str], classes: frozenset[str], organisation: Organisation, library: Library, kind: str
) -> frozenset[str]:
    """The story's platforms; for groups (operating systems, clouds ...) it is silent on, the reader's.

    A flaw stands in the product it stands in: beside it only what it can run on counts of the reader's
    platforms, so a flaw of a browser does not bring the reader's backup console into the plan. Malware and campaigns of which neither tells the operating system are taken to run on Windows: most
    do, and the commands say which system they are for."""
    groups = {library.platforms[key].group for key in named if key in library.platforms}
    flaw = kind in ("vulnerability", "advisory") and bool(named or classes)
    own = {
        key
        for key in organisation.platforms
        if key in library.platforms
        and (group := library.platforms[key].group) not in groups
        and (group in HOSTING if flaw else group not in SUBJECTS)
    }
    found = named | own
    if kind in ("malware", "threat") and not any(
        library.platforms[key].group in ("os", "mobile", "ot") for key in found if key in library.platforms
    ):
        found = found | {"windows"}
    return frozenset(found)


def _weaknesses(story: Story, assessment: Assessment, knowledge: Knowledge) -> frozenset[str]:
    waiting = [each.fact.id for each in story.observations if isinstance(each.fact, WeaknessFact)]
    waiting += [weakness for scored in assessment.vulnerabilities for weakness in scored.weaknesses]
    found: set[str] = set()
    while waiting:
        weakness = waiting.pop()
        if weakness in found:
            continue
        found.add(weakness)
        node = knowledge.weakness(weakness)
        if node is not None:
            waiting.extend(node.parents)
    return frozenset(found)


def _techniques(observations: Iterable[Observation], basis: dict[str, list[str]]) -> frozenset[str]:
    found: set[str] = set()
    for each in observations:
        if isinstance(each.fact, TechniqueFact) and each.fact.role != "context":
            for key in (each.fact.id, each.fact.id.partition(".")[0]):
                found.add(key)
                basis.setdefault(key, []).append(each.id)
    return frozenset(found)


def _event_traits(
    story: Story,
    assessment: Assessment,
    organisation: Organisation,
    decisions: tuple[Decision, ...],
    basis: dict[str, list[str]],
) -> set[str]:
    traits: set[str] = set()

    def add(trait: str, observation: str = "") -> None:
        traits.add(trait)
        if observation:
            basis.setdefault(trait, []).append(observation)

    analyst = {document.id for document in story.documents if document.kind == "analyst"}
    for each in story.observations:
        fact = each.fact
        if isinstance(fact, Product) and fact.fixed:
            add("fix-available", each.id)
        elif isinstance(fact, Claim):
            _claim(fact, each, analyst, add)
        elif isinstance(fact, Indicator) and fact.role == "observed":
            add("indicators", each.id)
        elif isinstance(fact, NamedOrganisation) and fact.role == "victim":
            if not organisation.name or fact.name.lower() != organisation.name.lower():
                add("third-party", each.id)
        elif isinstance(fact, Identifier):
            if fact.scheme in ("executive-order", "law", "directive", "regulation"):
                add("act-in-force", each.id)
    if any(d.kind == "confirm" and d.other == "incident" and d.target == story.id for d in decisions):
        add("own-evidence")
    if "fix-available" in traits:
        traits.discard("no-fix")
    if assessment.type in ("supply-chain", "disruption") or (
        assessment.type == "breach" and "third-parties" in assessment.themes
    ):
        add("third-party")
    if "own-evidence" in traits:
        traits.discard("third-party")
    if assessment.exploitation or any(scored.exploited for scored in assessment.vulnerabilities):
        add("exploited")
    for scored in assessment.vulnerabilities:
        if scored.kev is not None:
            add("kev")
            if scored.kev.ransomware == "Known":
                add("ransomware")
    vectors = [
        each.vector
        for scored in assessment.vulnerabilities
        for each in scored.cvss
        if each.vector and not each.predicted
    ]
    if vectors and all("AV:L" in each or "AV:P" in each for each in vectors):
        add("local-only")
    if assessment.historical:
        add("historical")
    if assessment.ended is not None:
        add("act-ended")
        traits.discard("act-in-force")
    if assessment.relevance.answer != "maybe":
        add("relevant" if assessment.relevance.answer == "yes" else "not-relevant")
    if assessment.priority in ("immediate", "urgent"):
        add("urgent")
    for each in story.observations:
        if isinstance(each.fact, Identifier) and each.fact.scheme in _FLAWS and each.fact.relation == "main":
            add("flaw-named", each.id)
    if assessment.vulnerabilities or "fix-available" in traits:
        add("flaw-named")
    if "flaw-named" not in traits and assessment.type not in ("vulnerability", "advisory"):
        add("no-flaw")
    if assessment.type == "disruption" or (
        "own-evidence" in traits and {"ransomware", "wiper", "ics"} & set(assessment.facets)
    ):
        add("standstill")
    dated = [deadline for deadline in assessment.deadlines if deadline.date]
    if dated:
        add("dates")
        add("binds-us" if any(deadline.binds_us == "yes" for deadline in dated) else "binds-others")
    return traits | _told(story, assessment)


def _claim(fact: Claim, each: Observation, analyst: set[str], add: Callable[[str, str], None]) -> None:
    yes = fact.value.lower() == "yes"
    if fact.question == "patch-available" and fact.modality in ("asserted", "reported"):
        add("fix-available" if yes else "no-fix", each.id)
    elif fact.question == "fixed-version":
        add("fix-available", each.id)
    elif fact.question == "breached":
        if each.document in analyst and yes and fact.about_self:
            add("own-evidence", each.id)
        if fact.modality == "denied" and fact.about_self:
            add("denied", each.id)
        if yes and fact.holder == "attacker":
            add("claim-only", each.id)
    elif fact.question == "data-taken" and fact.holder == "attacker":
        add("claim-only", each.id)


def _told(story: Story, assessment: Assessment) -> set[str]:
    """Traits that only the wording tells: the supplier repaired its service, an outage, a faulty update."""
    traits: set[str] = set()
    texts = [f"{document.title}\n{document.text}".lower() for document in story.documents]
    if any(phrase in text for text in texts for phrase in _SUPPLIER_FIXED):
        traits.add("supplier-fixed")
    if assessment.type == "disruption":
        opening = [text[:1500] for text in texts]
        if any(phrase in text for text in opening for phrase in _FAULTY):
            traits.add("faulty-update")
        if any(phrase in text for text in opening for phrase in _OUTAGE):
            traits.add("outage")
        if any(_SITE.search(text) and _LOST.search(text) for text in opening):
            traits.add("site-lost")
    if assessment.type == "governance":
        for document in story.documents:
            title = document.title.lower()
            if any(word in title for word in ("revoke", "rescind", "repeal", "withdraw")):
                traits.add("act-revoked")
    return traits


def _mentions_ai(story: Story) -> bool:
    return any(
        re.search(r"\b(?:ai|artificial intelligence)\b", document.title.lower()) is not None
        for document in story.documents
    )


def _reader_traits(organisation: Organisation) -> set[str]:
    traits = {"federal" if organisation.federal else "private"}
    if organisation.given:
        traits.add("profile-given")
    if organisation.public_company_us:
        traits.add("public-company-us")
    if organisation.manufacturer:
        traits.add("manufacturer")
    if _EU & set(organisation.countries):
        traits.add("eu")
    if "US" in organisation.countries:
        traits.add("us")
    if organisation.uses_ai is not None:
        traits.add("uses-ai" if organisation.uses_ai else "no-ai")
    if organisation.has_ot is not None:
        traits.add("has-ot" if organisation.has_ot else "no-ot")
    return traits | set(organisation.regulated)
