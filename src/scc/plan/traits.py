# SPDX-License-Identifier: Apache-2.0
"""Traits: what holds of an event, of its meaning for the reader, and of the reader, as keys of `vocabularies/traits.csv`.

Derived from observations, assessment, profile and the wording of the sources (`told`). Judges nothing about
severity or relevance: that is `assess`'s.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from scc.model.assessment import Assessment
from scc.model.decision import Decision
from scc.model.facts import (
    Claim,
    Country,
    Identifier,
    Indicator,
    Malware,
    NamedOrganisation,
    Observation,
    Product,
)
from scc.model.organisation import Organisation
from scc.model.story import Story
from scc.plan import branch, told

_FLAWS: Final = frozenset({"cve", "ghsa", "osv", "bulletin"})
_HANDLES: Final = frozenset(
    "indicators traces-published search-asked named-ours relevant exploited own-evidence rotation-asked left-open app-consent".split()
)
"""Traits each of which gives the reader something to look for or to close."""
_ENTERED: Final = frozenset("malware-named exploited indicators standstill provider-hit linked-party".split())
"""Traits with one of which a lost device is not all that happened: hosts are still isolated and read."""
_MAIL: Final = re.compile(
    r"\be-?mails?\b|\bmail(?:s|ed|box|boxes)?\b|\binbox|\boutlook\b|\bgmail\b|\bexchange\b"
)
_EU: Final = frozenset(
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO".split()
)


def of_event(
    story: Story,
    assessment: Assessment,
    organisation: Organisation,
    decisions: tuple[Decision, ...],
    rules: tuple[told.ToldRule, ...],
    basis: dict[str, list[str]],
) -> set[str]:
    """What holds of the event and its meaning for the reader. `basis` receives the observations of a trait."""
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
        elif isinstance(fact, Malware):
            add("malware-named", each.id)
        elif isinstance(fact, Indicator) and fact.role == "observed":
            add("indicators", each.id)
        elif isinstance(fact, NamedOrganisation) and fact.role == "victim":
            if not organisation.name or fact.name.lower() != organisation.name.lower():
                add("third-party", each.id)
        elif isinstance(fact, Identifier):
            if fact.scheme in ("executive-order", "law", "directive", "regulation"):
                add("act-in-force", each.id)
    if any(each.opens_incident(story.known_as) for each in decisions):
        add("own-evidence")
    if "fix-available" in traits:
        traits.discard("no-fix")
    if assessment.type in ("supply-chain", "disruption") or (
        assessment.type == "breach" and "third-parties" in assessment.themes
    ):
        add("third-party")
    if "own-evidence" in traits:
        traits.discard("third-party")
    if (
        "exploited" in assessment.facets
        or assessment.exploitation
        or any(scored.exploited for scored in assessment.vulnerabilities)
    ):
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
    if _availability_only(assessment):
        add("availability-only")
    if assessment.historical:
        add("historical")
    if assessment.ended is not None:
        add("act-ended")
        traits.discard("act-in-force")
    if assessment.relevance.answer != "maybe":
        add("relevant" if assessment.relevance.answer == "yes" else "not-relevant")
    if assessment.relevance.matched:
        add("named-ours")
    if assessment.priority in ("immediate", "urgent"):
        add("urgent")
    for each in story.observations:
        if isinstance(each.fact, Identifier) and each.fact.scheme in _FLAWS and each.fact.relation == "main":
            add("flaw-named", each.id)
    if assessment.vulnerabilities or any(_repaired(each) for each in story.observations):
        add("flaw-named")
    about = any(_affected(each) for each in story.observations)
    if "flaw-named" not in traits and assessment.type != "vulnerability":
        if not (about and assessment.type == "advisory"):
            add("no-flaw")
    if branch.without_fix(story, assessment, organisation):
        add("no-fix")
        traits.discard("fix-available")
    for each in story.observations:
        if isinstance(each.fact, Country) and each.fact.code in organisation.countries:
            add("country-named", each.id)
    if assessment.type == "disruption" or (
        "own-evidence" in traits and {"ransomware", "wiper", "ics"} & set(assessment.facets)
    ):
        add("standstill")
    if any(_beside(each) for each in story.observations):
        add("product-beside-packages")
    dated = [deadline for deadline in assessment.deadlines if deadline.date]
    if dated:
        add("dates")
        add("binds-us" if any(deadline.binds_us == "yes" for deadline in dated) else "binds-others")
    if vectors and all("AV:P" in each for each in vectors):
        add("physical-access")
    told_now = told.traits(story.documents, assessment.type, rules)
    if "fix-available" in traits:
        told_now.discard(
            "no-fix"
        )  # a version to install was found, whatever a sentence says of a branch or a day
    traits |= told_now
    if "phishing" in assessment.themes and not any(
        _MAIL.search(each.text.lower()) for each in story.documents
    ):
        add("not-by-mail")
    if (
        assessment.type == "breach"
        and {"wiper", "ics"} & set(assessment.facets)
        and "provider-hit" not in traits
    ):
        add("peer-hit")
    if assessment.type == "governance" and branch.named(story, organisation):
        traits.add("named-ours")
    return _settled(traits, story)


def _repaired(each: Observation) -> bool:
    """Whether it is a product with a fault: a repaired version, or affected by something that has a number. That a
    party "fixed" something (took a page down, closed an account) names no flaw."""
    fact = each.fact
    return isinstance(fact, Product) and bool(
        fact.fixed or (fact.vulnerability and fact.status == "affected")
    )


def _affected(each: Observation) -> bool:
    return isinstance(each.fact, Product) and each.fact.status in ("affected", "fixed")


def _beside(each: Observation) -> bool:
    """Whether it is an affected product that no package registry delivers (a scanner, an action of a pipeline)."""
    fact = each.fact
    return isinstance(fact, Product) and fact.status in ("affected", "fixed") and not fact.purl


def _claim(fact: Claim, each: Observation, analyst: set[str], add: Callable[[str, str], None]) -> None:
    yes = fact.value.lower() == "yes"
    if fact.question == "patch-available" and fact.modality in ("asserted", "reported"):
        add("fix-available" if yes else "no-fix", each.id)
    elif fact.question == "fixed-version" and fact.modality in ("asserted", "reported"):
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


def _settled(traits: set[str], story: Story) -> set[str]:
    """The set without what contradicts itself."""
    ours_to_install = any(isinstance(each.fact, Product) and each.fact.fixed for each in story.observations)
    if "exploited" in traits or ours_to_install:
        # A version to install, or attacks: then customers have something to do, whatever a sentence says.
        traits.discard("supplier-fixed")
    if "flaw-named" not in traits:
        traits.discard("supplier-fixed")
    if "supplier-fixed" in traits:
        traits -= {"fix-available", "no-fix"}
    if "denied" in traits and not any(_confirms(each.fact) for each in story.observations):
        traits.add("claim-only")
    if "rotation-asked" in traits:
        traits.discard("secrets-spared")
    if "device-lost" in traits and traits.isdisjoint(_ENTERED):
        traits.add("device-only")
    if "faulty-update" in traits:
        traits.discard("outage")
    if "provider-hit" in traits and "own-evidence" not in traits:
        traits.add("third-party")
        if "services-stopped" in traits:
            traits.add("standstill")
    if "own-evidence" in traits:
        traits.discard("provider-hit")
        # It happened here: what others say of the age, the truth or the reach of theirs is no longer the question.
        traits -= {"historical", "not-relevant", "claim-only", "denied", "narrow-target", "supplier-fixed"}
    if "indicators" in traits:
        traits.discard("traces-published")
    if traits & {"party-told", "data-told"} and "own-evidence" not in traits:
        traits.add("third-party")
    if traits & {"package-advisory", "fix-told"}:
        traits.add("flaw-named")
        traits.discard("no-flaw")
    if "no-flaw" in traits and traits.isdisjoint(_HANDLES):
        traits.add("nothing-to-find")
    return traits


def _confirms(fact: object) -> bool:
    """Whether somebody other than the attacker says that the party was breached."""
    return (
        isinstance(fact, Claim)
        and fact.question in ("breached", "data-taken")
        and fact.value.lower() != "no"
        and fact.holder != "attacker"
        and fact.modality == "asserted"
    )


def _availability_only(assessment: Assessment) -> bool:
    """Whether the flaw can take a service away and nothing else: by every published vector (CVSS C:N and I:N), or,
    without one, because floods are what the item is first of all about."""
    vectors = [
        each.vector
        for scored in assessment.vulnerabilities
        for each in scored.cvss
        if each.vector and not each.predicted
    ]
    if vectors:
        return all(
            ("C:N/I:N" in each or "VC:N/VI:N" in each) and "/A:N" not in each and "VA:N" not in each
            for each in vectors
        )
    return assessment.type in ("vulnerability", "advisory") and assessment.themes[:1] == (
        "denial-of-service",
    )


def mentions_ai(story: Story) -> bool:
    """Whether a title speaks of artificial intelligence."""
    return any(
        re.search(r"\b(?:ai|artificial intelligence)\b", document.title.lower()) is not None
        for document in story.documents
    )


def of_reader(organisation: Organisation) -> set[str]:
    """What holds of the reader, whatever the event."""
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
    if "medical" in organisation.platforms or "health" in organisation.sectors:
        traits.add("runs-care")
    if organisation.uses_ai is not None:
        traits.add("uses-ai" if organisation.uses_ai else "no-ai")
    if organisation.has_ot is not None:
        traits.add("has-ot" if organisation.has_ot else "no-ot")
    return traits | set(organisation.regulated)
