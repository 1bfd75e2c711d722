# SPDX-License-Identifier: Apache-2.0
"""Whether two documents tell of one event. Symmetric, pure, the same whatever else is in the archive.

Evidence is added up: shared flaws, acts, names, victims, packages, indicators, links, words of title and
text; time apart counts against. Two documents whose own flaws differ are different events whatever their
words: advisories of one template are alike in everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from scc.correlate.features import MANY_FLAWS, Features, features
from scc.correlate.terms import cosine
from scc.correlate.types import Verdict
from scc.model.document import Document
from scc.model.facts import Observation

SAME: Final = 1.0
"""Score from which two documents are one event."""
PERHAPS: Final = 0.85
"""Score from which a person is asked."""


def same_event(
    first: tuple[Document, Sequence[Observation]], second: tuple[Document, Sequence[Observation]]
) -> Verdict:
    """The verdict on two documents with their observations."""
    return compare(features(*first), features(*second))


def compare(a: Features, b: Features) -> Verdict:
    """The verdict on the features of two documents."""
    if a.id > b.id:
        a, b = b, a
    if a.url and a.url == b.url:
        return Verdict(True, 3.0, "same address")
    reasons: list[tuple[float, str]] = []
    words = cosine(a.body, b.body)
    title = cosine(a.title, b.title)
    reasons.append((1.15 * words, f"text alike {words:.2f}"))
    reasons.append((0.75 * title, f"title alike {title:.2f}"))
    gap = abs(a.day - b.day) if a.day is not None and b.day is not None else None
    reasons.append((_identifiers(a, b), "flaws"))
    reasons.append((_acts(a, b), "acts"))
    reasons.append((_names(a, b, gap), "names"))
    if (a.url and a.url in b.links) or (b.url and b.url in a.links):
        reasons.append((0.30, "one links to the other"))
    reasons.append((_time(gap, bool(a.main & b.main) or bool(a.acts & b.acts)), "time apart"))
    score = sum(value for value, _ in reasons)
    if _apart(a, b):
        score = min(score, PERHAPS - 0.05)
    told = ", ".join(name for value, name in reasons if abs(value) >= 0.05)
    return Verdict(score >= SAME, round(score, 4), told)


def _identifiers(a: Features, b: Features) -> float:
    shared = a.cves & b.cves
    if not shared:
        return 0.0
    many = len(a.cves) > MANY_FLAWS or len(b.cves) > MANY_FLAWS
    overlap = len(shared) / min(len(a.cves), len(b.cves))
    both = len(shared) / len(a.cves | b.cves)
    main = bool(a.main & b.main)
    if many:
        # A release against a release, or a release against one flaw of it.
        return 0.75 * both + (0.15 if main else 0.0)
    return (0.62 if main else 0.22) * overlap + 0.2 * both


def _acts(a: Features, b: Features) -> float:
    if a.acts and b.acts:
        return 0.85 if a.acts & b.acts else -0.35
    return 0.0


def _names(a: Features, b: Features, gap: int | None) -> float:
    near = gap is None or gap <= 45
    total = 0.0
    if a.victims & b.victims:
        total += 0.40 if near else 0.12
    if a.packages & b.packages:
        total += 0.45 if near else 0.2
    if len(a.indicators & b.indicators) >= 2:
        total += 0.35
    if a.malware & b.malware:
        total += 0.18 if near else 0.05
    if a.actors & b.actors:
        total += 0.14 if near else 0.03
    if a.products & b.products:
        total += 0.08 if near else 0.0
    return min(total, 0.75)


def _time(gap: int | None, bound: bool) -> float:
    """Time apart counts against, less so where a flaw or an act ties the two together."""
    if gap is None:
        return 0.0
    if gap <= 3:
        return 0.12
    if gap <= 14:
        return 0.04
    if gap <= 45:
        return -0.06 if bound else -0.16
    if gap <= 120:
        return -0.14 if bound else -0.40
    return -0.28 if bound else -0.70


def _apart(a: Features, b: Features) -> bool:
    """Evidence that two documents are different events whatever their words."""
    if a.main and b.main and not (a.cves & b.cves):
        return True
    if a.kind == "record" and b.kind == "record" and a.main != b.main:
        return not (a.main & b.main)
    return bool(a.acts and b.acts and not (a.acts & b.acts))
