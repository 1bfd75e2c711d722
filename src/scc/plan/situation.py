# SPDX-License-Identifier: Apache-2.0
"""What a plan has to know of a story, its assessment and its reader, as sets that conditions are tested on.

Traits come from `traits`; here stand type, products, platforms, weaknesses and techniques. Judges nothing about
severity or relevance: that is `assess`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from scc.model.assessment import Assessment
from scc.model.decision import Decision
from scc.model.facts import Indicator, Observation, Product
from scc.model.facts import Technique as TechniqueFact
from scc.model.facts import Weakness as WeaknessFact
from scc.model.organisation import Organisation
from scc.model.story import Story
from scc.plan import subject
from scc.plan import traits as traits_of
from scc.plan.content import ProductClassRow
from scc.plan.told import OPENING
from scc.plan.vocabulary import Library

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

EDGE: Final = frozenset({"vpn-firewall", "router", "network-management", "file-transfer", "mail-server"})
"""Product classes that stand on the internet by their nature."""

HOSTING: Final = frozenset({"os", "directory", "hypervisor", "cloud", "container"})
"""Groups of platforms on which whatever is vulnerable runs: the reader's own count beside a named product."""

SUBJECTS: Final = frozenset({"mobile", "saas", "ot", "medical", "registry"})
"""Groups of platforms that an item has to name: owning one does not make an item about another concern it."""


REGISTRIES: Final = frozenset(
    "npm pypi cargo gem composer maven nuget golang hex pub swift cocoapods cran hackage conan".split()
)
"""Types of Package URLs whose packages are fetched from a public registry by builds."""

OWN: Final = {
    "ics-medical": {"plc-hmi": "plc", "medical-device": "medical"},
    "ai-misuse": {"ai-service": "ai"},
}
"""For themes of things that people name by what they do: product classes of these, with their platform."""

BUILDS: Final = frozenset({"package-registry"})
"""Product classes from which builds fetch what they contain. A forge is named in every second article and is none."""

LEAD: Final = 400
"""Characters in which news says what it is about."""


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

    @property
    def types(self) -> frozenset[str]:
        """The type, and `vulnerability` where an attack or an order is about a flaw that is named: who uses a flaw,
        and who orders it closed, makes it an item beside the attack or the order."""
        about = (
            self.type in ("malware", "threat", "governance") and {"flaw-named", "exploited"} <= self.traits
        )
        if about and not self.traits & {"own-evidence", "act-ended"}:
            return frozenset({self.type, "vulnerability"})
        return frozenset({self.type})


def situation(
    story: Story,
    assessment: Assessment,
    organisation: Organisation,
    knowledge: Knowledge,
    library: Library,
    decisions: tuple[Decision, ...] = (),
) -> Situation:
    basis: dict[str, list[str]] = {}
    traits = traits_of.of_event(story, assessment, organisation, decisions, library.told, basis)
    if (kind := subject.kind(assessment, traits)) != assessment.type:
        assessment = msgspec.structs.replace(assessment, type=kind)
        traits = traits_of.of_event(story, assessment, organisation, decisions, library.told, basis)
    themes = subject.themes(story, assessment, traits, library)
    classes, named = _products(story, assessment, library, traits, basis)
    for theme, kinds in OWN.items():
        if theme in themes and not classes & kinds.keys():
            # Told of a plant, ward or assistant without the name of a product: it is what the reader runs.
            ours = {key for key, platform in kinds.items() if platform in organisation.platforms}
            classes, named = classes | ours, named | {kinds[key] for key in ours}
    traits |= traits_of.of_reader(organisation)
    if any(kind in EDGE for kind in classes):
        exposure = "internet"
    else:
        matched = assessment.relevance.matched
        own = [p for p in organisation.products if f"{p.vendor} {p.product}".strip() in matched]
        exposure = "internet" if any(p.exposed for p in own) else "unknown"
        if own and all(p.exposed is False for p in own):
            exposure = "internal"
    if assessment.type == "governance" and traits_of.mentions_ai(story):
        traits = traits | {"ai-law"}
    return Situation(
        type=assessment.type,
        facets=frozenset(assessment.facets) | subject.facets(themes),
        themes=themes,
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
    return re.compile(r"(?<![a-z0-9])(" + "|".join(map(re.escape, longest)) + r")s?(?![a-z0-9])"), rows


def _products(
    story: Story, assessment: Assessment, library: Library, traits: set[str], basis: dict[str, list[str]]
) -> tuple[frozenset[str], frozenset[str]]:
    """Product classes and platforms named by product observations, by titles and by what of ours is matched; by the
    leads only where these name none (an article names many products in passing)."""
    pattern, rows = _pattern(library.words)
    classes: set[str] = set()
    platforms: set[str] = set()

    def note(text: str, observation: str = "") -> None:
        for found in pattern.finditer(text.lower()):
            row = rows[found.group(1)]
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
                if kind in REGISTRIES:
                    classes.add("package-registry")
                    platforms.update({kind} & library.platforms.keys())
        elif isinstance(each.fact, Indicator) and each.fact.type == "package":
            classes.add("package-registry")
            basis.setdefault("package-registry", []).append(each.id)
    for document in story.documents:
        note(document.title)
    for name in assessment.relevance.matched:
        note(name)
    if not classes:
        for document in story.documents:
            note(document.text[:LEAD])
    if assessment.type == "supply-chain" and not classes & BUILDS:
        # Where it was fetched from is told further down than what it does.
        for document in story.documents:
            for found in pattern.finditer(document.text[:OPENING].lower()):
                row = rows[found.group(1)]
                if row.product_class in BUILDS:
                    classes.add(row.product_class)
                    platforms.update({row.platform} - {""})
    if "package-advisory" in traits:
        classes.add("library")
    told_of = {kind for each in story.observations if (kind := _registry(each)) in REGISTRIES}
    if told_of:
        # Packages are named with their registry: another registry stands in the text in passing.
        platforms -= REGISTRIES - told_of
    return frozenset(classes), frozenset(platforms)


def _registry(each: Observation) -> str:
    """The type of the Package URL of a product or of a package among the indicators, "" for anything else."""
    purl = ""
    if isinstance(each.fact, Product):
        purl = each.fact.purl
    elif isinstance(each.fact, Indicator) and each.fact.type == "package":
        purl = each.fact.value
    return purl[4:].partition("/")[0] if purl.startswith("pkg:") else ""


def _platforms(
    named: frozenset[str], classes: frozenset[str], organisation: Organisation, library: Library, kind: str
) -> frozenset[str]:
    """The story's platforms; for groups (operating systems, clouds ...) it is silent on, the reader's.

    A flaw stands in the product it stands in: beside it only what it can run on counts of the reader's
    platforms, so a flaw of a browser does not bring the reader's backup console into the plan. Malware and campaigns of which neither tells the operating system are taken to run on Windows: most
    do, and the commands say which system they are for."""
    groups = {library.platforms[key].group for key in named if key in library.platforms}
    if "idp" in groups:
        groups.add("suite")  # what is told of one sign-in service is not about the reader's mail service
    flaw = kind in ("vulnerability", "advisory") and bool(named or classes)
    own = {
        key
        for key in organisation.platforms
        if key in library.platforms
        and (group := library.platforms[key].group) not in groups
        and (group in HOSTING if flaw else group not in SUBJECTS)
    }
    found = named | own
    if (
        kind in ("malware", "threat")
        and not classes & {"mobile-os", "messenger"}
        and groups.isdisjoint({"cloud", "saas", "container"})
        and not any(
            library.platforms[key].group in ("os", "mobile", "ot")
            for key in found
            if key in library.platforms
        )
    ):
        found = found | {"windows"}
    return frozenset(found)


def _weaknesses(story: Story, assessment: Assessment, knowledge: Knowledge) -> frozenset[str]:
    waiting = [
        each.fact.id
        for each in story.observations
        if isinstance(each.fact, WeaknessFact) and each.basis != "inferred"
    ]
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
