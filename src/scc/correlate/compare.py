# SPDX-License-Identifier: Apache-2.0
"""Whether two documents tell of one event. Symmetric, pure, the same whatever else is in the archive.

Evidence is added up as log odds: words and names of the texts, how much of a title stands in the other text, shared
flaws, acts, names, packages, links, time apart. The weights of words, names, flaws, links, template and time were
fitted by logistic regression on labelled stories (`tools/stories.py` measures them); those of victims, packages,
acts and indicators are set by hand, too few pairs have them. Two documents whose own flaws or acts differ are
different events whatever their words, and texts of one official publisher on different days need more than their
common template.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from scc.correlate.features import MANY_FLAWS, Features, features
from scc.correlate.terms import cosine
from scc.correlate.types import Verdict
from scc.model.document import Document
from scc.model.facts import Observation

SAME: Final = 0.8
"""Log odds from which two documents are one event (a probability of .69): the best of both sets of labels on documents
before 2026, to the nearest fifth."""
PERHAPS: Final = -0.2
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
    gap = _gap(a, b)
    apart = _apart(a, b) or _series(a, b, gap)
    if _one_title(a, b, gap) and not apart:
        return Verdict(True, 3.0, "same title of one publisher")
    if a.matter and a.matter == b.matter and a.publisher == b.publisher and (gap or 0) <= 45 and not apart:
        return Verdict(True, 3.0, "numbered updates of one publisher on one matter")
    reasons = (
        (-6.12, "prior"),
        (2.94 * cosine(a.body, b.body), "words"),
        (4.98 * cosine(a.names, b.names, ONE_NAME), "names"),
        (5.15 * max(_covered(a, b), _covered(b, a)), "title told in the other text"),
        (1.42 * _rarest(a, b) / 8, "rare word in both titles"),
        (-1.95 if _template(a, b, gap) else 0.0, "one publisher's template"),
        (_flaws(a, b), "flaws"),
        (_acts(a, b), "acts"),
        (_named(a, b, gap), "victims, packages or indicators"),
        (
            0.91 if (a.url and a.url in b.links) or (b.url and b.url in a.links) else 0.0,
            "one links to the other",
        ),
        (_time(gap), "time apart"),
    )
    score = sum(value for value, _ in reasons)
    if apart:
        score = min(score, PERHAPS - 0.1)
    told = ", ".join(name for value, name in reasons if value >= 0.5)
    return Verdict(score >= SAME, round(score, 4), told)


TWINS: Final = 0.85
"""Cosine of two texts from which they are the same but for a package's name."""
ONE_NAME: Final = 0.2
"""Most that one name adds to the cosine of names: somebody's being named in two texts is no event."""
_NUMBER: Final = re.compile(r"\d{4}")
SERIES_WORDS: Final = 2
"""Words by which two titles of a series may differ."""
TITLE_WORDS: Final = 2
"""Words that tell something which a title needs before its being repeated says anything."""


def _one_title(a: Features, b: Features, gap: int | None) -> bool:
    """A publisher's text in its feed and at its address: one title, within three days."""
    return (
        bool(a.publisher)
        and a.publisher == b.publisher
        and len(a.heading) >= TITLE_WORDS
        and a.heading.keys() == b.heading.keys()
        and gap is not None
        and gap <= 3
    )


def _series(a: Features, b: Features, gap: int | None) -> bool:
    """Two issues of a series: the months that their titles name differ, or one publisher uses one title again later."""
    if a.periods and b.periods and not (a.periods & b.periods):
        return True
    if not a.publisher or a.publisher != b.publisher or a.main & b.main or a.acts & b.acts:
        return False
    ours, theirs = a.heading.keys() - b.heading.keys(), b.heading.keys() - a.heading.keys()
    if len(a.heading.keys() & b.heading.keys()) < TITLE_WORDS or max(len(ours), len(theirs)) > SERIES_WORDS:
        return False
    if any(_NUMBER.search(each) for each in ours | theirs):
        return True  # one sentence about one identifier each
    return not (ours and theirs) and gap is not None and gap > 3 and not (a.update or b.update)


def _covered(a: Features, b: Features) -> float:
    """How much of the weight of a's title stands in b's text, 0 to 1."""
    total = sum(value * value for value in a.heading.values())
    held = sum(value * value for each, value in a.heading.items() if each in b.body)
    return held / total if total else 0.0


def _rarest(a: Features, b: Features) -> float:
    return max((value for each, value in a.heading.items() if each in b.heading), default=0.0)


def _flaws(a: Features, b: Features) -> float:
    shared = a.cves & b.cves
    if not shared:
        return 0.0
    every = len(a.cves | b.cves)
    if len(a.cves) > MANY_FLAWS or len(b.cves) > MANY_FLAWS:
        # A release against a release, or against one flaw of it: what they share of all counts.
        return 4.4 * len(shared) / every
    main = 1.41 if a.main & b.main else 0.0
    if main and a.language != b.language:
        main += 1.0  # words cannot agree across languages
    return main + 1.85 * len(shared) / min(len(a.cves), len(b.cves)) + 1.18 * len(shared) / every


def _acts(a: Features, b: Features) -> float:
    return 4.0 if a.acts & b.acts else 0.0


def _named(a: Features, b: Features, gap: int | None) -> float:
    total = 1.5 if _hit(a, b) or _hit(b, a) else 0.3 if a.victims & b.victims else 0.0
    total += 1.5 if a.packages & b.packages else 0.0
    if len(a.indicators & b.indicators) >= 2:
        total += 2.0
    return total if gap is None or gap <= 45 else 0.25 * total


def _hit(a: Features, b: Features) -> bool:
    """Whether somebody who was hit, says a, stands in the title of b."""
    return any(all(word in b.heading for word in each.split()) for each in a.hit)


def _template(a: Features, b: Features, gap: int | None) -> bool:
    """Texts of one official publisher share its formulas; an authority's of one day may tell of one thing."""
    if not a.publisher or a.publisher != b.publisher or not (a.official and b.official):
        return False
    return not (a.authority and gap is not None and gap <= 2) and not (a.cves & b.cves or a.acts & b.acts)


def _gap(a: Features, b: Features) -> int | None:
    """Days between two dates, 0 when one may hold the other."""
    if a.days is None or b.days is None:
        return None
    return max(0, max(a.days[0], b.days[0]) - min(a.days[1], b.days[1]))


def _time(gap: int | None) -> float:
    if gap is None:
        return 0.0
    for days, value in ((3, 2.86), (14, 1.91), (45, 0.3), (120, -2.0)):
        if gap <= days:
            return value
    return -5.0


def _apart(a: Features, b: Features) -> bool:
    """Evidence that two documents are different events whatever their words."""
    tied = bool(a.cves & b.cves or a.acts & b.acts or a.packages & b.packages)
    if not tied and ((a.page and a.page == b.page) or a.line or b.line):
        return True  # sections of one round-up tell different events; one line is placed by identifiers only
    if a.listing and b.listing:
        return len(a.indicators & b.indicators) < 2
    if a.main and b.main and not (a.cves & b.cves):
        return True
    if a.advisory and b.advisory and a.advisory != b.advisory and not (a.cves & b.cves):
        # Entries of a database tell one flaw each; sibling packages get the same words.
        return cosine(a.body, b.body) < TWINS
    if len(a.main) > 1 and len(b.main) > 1 and 3 * len(a.main & b.main) <= len(a.main | b.main):
        return True  # round-ups that have a flaw in common
    if a.kind == "record" and b.kind == "record":
        return not (a.main & b.main)
    return bool(a.acts and b.acts and not (a.acts & b.acts))
