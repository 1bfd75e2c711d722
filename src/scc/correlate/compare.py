# SPDX-License-Identifier: Apache-2.0
"""Whether two documents tell of one event. Symmetric, pure, the same whatever else is in the archive.

Evidence is added up as log odds: words of the texts, how much of each title stands in the other text, shared
flaws, acts, names, packages, links, time apart. The weights of words, flaws, links and time were fitted once on
labelled stories (`tools/stories.py` measures them); those of names and acts are set by hand. Two documents whose
own flaws or acts differ are different events whatever their words: advisories of one template are alike in
everything else.
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
"""Log odds from which two documents are one event (a probability of .73)."""
PERHAPS: Final = 0.2
"""Log odds from which a person is asked."""


def same_event(
    first: tuple[Document, Sequence[Observation]], second: tuple[Document, Sequence[Observation]]
) -> Verdict:
    """The verdict on two documents with their observations."""
    return compare(features(*first), features(*second))


def compare(a: Features, b: Features) -> Verdict:
    """The verdict on the features of two documents."""
    if a.id > b.id:
        a, b = b, a
    if a.url and a.url == b.url and not _apart(a, b):
        return Verdict(True, 3.0, "same address")
    gap = abs(a.day - b.day) if a.day is not None and b.day is not None else None
    first, second = _covered(a, b), _covered(b, a)
    reasons = (
        (-6.25, "prior"),
        (5.6 * cosine(a.body, b.body) + 0.5 * cosine(a.title, b.title), "words"),
        (1.25 * (first + second) + 3.15 * max(first, second), "title told in the other text"),
        (2.5 * _rarest(a, b) / 8, "rare word in both titles"),
        (_flaws(a, b), "flaws"),
        (_acts(a, b), "acts"),
        (_names(a, b, gap), "names"),
        (
            1.0 if (a.url and a.url in b.links) or (b.url and b.url in a.links) else 0.0,
            "one links to the other",
        ),
        (_time(gap), "time apart"),
        (_template(a, b, gap), "one publisher's formulas"),
    )
    score = sum(value for value, _ in reasons)
    if _apart(a, b):
        score = min(score, PERHAPS - 0.1)
    told = ", ".join(name for value, name in reasons if value >= 0.5)
    return Verdict(score >= SAME, round(score, 4), told)


def _covered(a: Features, b: Features) -> float:
    """How much of the weight of a's title stands in b's text, 0 to 1."""
    total = sum(value * value for value in a.heading.values())
    held = sum(value * value for each, value in a.heading.items() if each in b.words)
    return held / total if total else 0.0


def _rarest(a: Features, b: Features) -> float:
    return max((value for each, value in a.heading.items() if each in b.heading), default=0.0)


def _flaws(a: Features, b: Features) -> float:
    shared = a.cves & b.cves
    if not shared:
        return 0.0
    if len(a.cves) > MANY_FLAWS or len(b.cves) > MANY_FLAWS:
        # A release against a release, or against one flaw of it: what they share of all counts.
        return 4.0 * len(shared) / len(a.cves | b.cves) + (0.5 if a.main & b.main else 0.0)
    main = 1.85 if a.main & b.main else 0.0
    return main + 2.5 * len(shared) / min(len(a.cves), len(b.cves)) + 1.7 * len(shared) / len(a.cves | b.cves)


def _acts(a: Features, b: Features) -> float:
    return 4.0 if a.acts & b.acts else 0.0


def _names(a: Features, b: Features, gap: int | None) -> float:
    near = gap is None or gap <= 45
    total = 0.0
    for shared, weight in (
        (a.victims & b.victims, 1.6),
        (a.packages & b.packages, 2.0),
        (a.malware & b.malware, 1.2),
        (a.actors & b.actors, 0.8),
        (a.products & b.products, 0.4),
    ):
        if shared:
            total += weight if near else 0.25 * weight
    if len(a.indicators & b.indicators) >= 2:
        total += 2.0
    return min(total, 3.0)


def _time(gap: int | None) -> float:
    if gap is None:
        return 0.0
    for days, value in ((3, 3.3), (14, 2.1), (45, 0.8), (120, -0.85)):
        if gap <= days:
            return value
    return -4.6


def _template(a: Features, b: Features, gap: int | None) -> float:
    """Texts of one publisher on different days share its formulas; an authority's acts do so most."""
    if not a.publisher or a.publisher != b.publisher or gap is None or gap <= 3 or a.cves & b.cves or a.acts & b.acts:
        return 0.0
    return -5.0 if a.official and b.official else -0.8


def _apart(a: Features, b: Features) -> bool:
    """Evidence that two documents are different events whatever their words."""
    if a.main and b.main and not (a.cves & b.cves):
        return True
    if a.kind == "record" and b.kind == "record":
        return not (a.main & b.main)
    return bool(a.acts and b.acts and not (a.acts & b.acts))
