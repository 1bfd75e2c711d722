# SPDX-License-Identifier: Apache-2.0
"""What a plan is made for: the kind of event and its themes, where the assessment's are only a default.

An administrator who reports what happened uses no jargon, and neither does a newspaper; a type or theme that stands
there because there has to be one gives way to what plain words tell (`rubrics/told`). Changes no assessment: the type and
themes that a briefing prints stay the assessment's.
"""

from __future__ import annotations

from typing import Final

from scc.model.assessment import Assessment, Facet
from scc.model.ids import ItemType
from scc.model.story import Story
from scc.plan import told
from scc.plan.vocabulary import Library

MOST: Final = 6
"""Themes of a plan: the assessment's four at most, and two that plain words tell."""

_FACETS: Final[dict[str, Facet]] = {
    "ransomware": "ransomware",
    "payment-fraud": "fraud",
    "ics-medical": "ics",
    "ai-misuse": "ai",
}
"""Facets that hold where a theme does."""


def kind(assessment: Assessment, traits: set[str]) -> ItemType:
    """The type a plan is made for. An advisory that tells of a flaw by the version that closes it is planned like a
    vulnerability; one that names no flaw and tells what somebody did, took, or what stands still, like a threat, a breach
    or a disruption; and so is what is called a breach but is about nobody's data or systems. A service that is gone by a fault, of which it
    is said that nobody attacked it, is a disruption whatever data are mentioned. What a
    database of packages announces is a flaw, whatever its words are about."""
    if "package-advisory" in traits and assessment.type in ("advisory", "threat", "disruption", "breach"):
        return "vulnerability"
    if assessment.type == "advisory" and "fix-told" in traits and "own-evidence" not in traits:
        return "vulnerability"
    if assessment.type == "advisory" and "no-flaw" in traits:
        if "data-told" in traits and "own-evidence" not in traits:
            return "breach"
        if "down-told" in traits and "activity-told" not in traits:
            return "disruption"
        if traits & {"activity-told", "own-evidence"}:
            return "threat"
    if assessment.type == "breach" and {"no-attacker", "service-lost"} <= traits:
        if traits.isdisjoint({"own-evidence", "data-told", "claim-only", "provider-hit"}):
            return "disruption"
    nobody = not traits & {"third-party", "personal-data", "claim-only", "denied", "own-evidence"}
    if assessment.type == "breach" and nobody and "search-asked" in traits:
        return "threat"
    return assessment.type


def themes(story: Story, assessment: Assessment, traits: set[str], library: Library) -> tuple[str, ...]:
    """The assessment's themes and those that plain words tell. What stands there only because an item of this type has
    to have a theme gives way: no flaw is managed where none is named, and what happened here is not about third parties."""
    plain = told.themes(story.documents, assessment.type, library.told)
    kept = list(assessment.themes)
    if "no-flaw" in traits and assessment.type not in ("vulnerability", "supply-chain"):
        kept = [each for each in kept if each != "vulnerability-management"]
    if "own-evidence" in traits and assessment.type == "breach" and kept[-1:] == ["third-parties"]:
        kept.remove("third-parties")
    if assessment.type == "disruption" and not (kept or plain):
        kept = ["denial-of-service"]  # a service is denied to those who need it, whatever the cause
    if assessment.type == "breach" and not (kept or plain) and "own-evidence" not in traits:
        kept = ["third-parties"]
    leading = kept if len(kept) > 1 else [*plain, *kept]
    return tuple(dict.fromkeys([*leading, *plain]))[:MOST]


def facets(themes: tuple[str, ...]) -> frozenset[Facet]:
    """The facets that hold where these themes do."""
    return frozenset(_FACETS[each] for each in themes if each in _FACETS)
