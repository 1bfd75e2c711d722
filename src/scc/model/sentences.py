# SPDX-License-Identifier: Apache-2.0
"""Where sentences begin and end in a plain text, with offsets.

A rule of thumb for English news and advisories: lines that are headings, list items or table rows are
sentences of their own; abbreviations, initials, versions and domain names do not end one. One pass,
linear time. Other languages are cut at the same marks, more coarsely.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import Final

_END: Final = re.compile(r"[.!?。！？]+[\"”’')\]]*(?=\s|$)|\n\s*\n|\n(?=\s*(?:[-*•#|]|\d{1,2}[.)]\s))")
_SPOT: Final = re.compile(r"[.!?。！？\n]")
"""With one of these an end begins: a set alone is looked for faster than the whole pattern."""
_ABBREVIATIONS: Final = frozenset(
    "mr mrs ms dr prof sen rep gov gen col lt sgt st jr sr inc ltd corp co llc plc gmbh vs etc e.g i.e eg ie "
    "u.s u.k u.n a.m p.m no nos sec art fig al approx dept est jan feb mar apr jun jul aug sep sept oct nov dec "
    "u.s.c c.f.r pub l h.r op v ver vol ed pp cf resp ca mio mrd".split()
)

_MONTH_NEXT: Final = re.compile(
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
)


@lru_cache(maxsize=64)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open code point ranges of the sentences, in order, without surrounding white space.

    A single line break inside a paragraph does not end a sentence.
    """
    found: list[tuple[int, int]] = []
    start = 0
    reached = 0
    for spot in _SPOT.finditer(text):
        mark = _END.match(text, spot.start()) if spot.start() >= reached else None
        if mark is None:
            continue
        reached = mark.end()
        if text[mark.start()] == "." and not _ends(text, start, mark):
            continue
        stop = mark.start() if text[mark.start()] == "\n" else mark.end()
        _keep(text, start, stop, found)
        start = mark.end()
    _keep(text, start, len(text), found)
    return tuple(found)


def sentence_at(text: str, offset: int) -> tuple[int, int]:
    """The range of the sentence that holds `offset` (or the last one before it); (0, 0) of an empty text."""
    every = sentences(text)
    if not every:
        return 0, 0
    return every[max(0, bisect_right(every, (offset, len(text))) - 1)]


def _keep(text: str, start: int, stop: int, found: list[tuple[int, int]]) -> None:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    if stop > start:
        found.append((start, stop))


def _ends(text: str, start: int, mark: re.Match[str]) -> bool:
    """Whether the full stop at `mark` ends a sentence."""
    at = mark.start()
    first = at
    while first > start and not text[first - 1].isspace() and text[first - 1] not in '("“[':
        first -= 1
    word = text[first:at].lower()
    after = mark.end()
    while after < len(text) and text[after] in " \t\n":
        after += 1
    following = text[after] if after < len(text) else ""
    if len(mark[0]) > 1 and mark[0][-1] in '"”’)' and following.isupper():
        return True  # a closing mark after the stop: the stop is not an abbreviation's
    if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word != "i"):
        # "in the U.S. The agency": an abbreviation of a place may still end a sentence.
        return (
            word in ("u.s", "u.k", "inc", "corp", "etc") and following.isupper() and "\n\n" in text[at:after]
        )
    if word.isdigit() and len(word) <= 2 and _MONTH_NEXT.match(text, after):
        return False  # "am 15. November", as German writes a day
    if word.isdigit() and len(word) <= 2 and first == start:
        return False  # "1. First item"
    return not following.islower()
