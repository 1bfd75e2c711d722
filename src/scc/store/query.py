# SPDX-License-Identifier: Apache-2.0
"""What is asked of the full-text search, and what it answers. Pure; knows no database.

Words are data, never query syntax: a document holds them all, in any order; what stands between quotation marks is
looked for as it stands. Filters narrow, a page goes on where the last one ended.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import msgspec

from scc.model.errors import UsageError

LONGEST: Final = 1000
"""Characters of a query."""
MOST_TERMS: Final = 32
MOST_RESULTS: Final = 1000
"""Documents on one page."""
TITLES: Final = "t"
TEXTS: Final = "w"
TOP: Final = 1 << 63
"""Above every place."""
_SHIFT: Final = 40
_SEQ: Final = (1 << _SHIFT) - 1
_WORD: Final = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_PART: Final = re.compile(r'"([^"]*)"|([^"]+)')
_DAY: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_CURSOR: Final = re.compile(r"([tw])-([0-9]{1,19})")


class Query(msgspec.Struct, frozen=True):
    """A question. Empty filters do not narrow."""

    words: str
    limit: int = 20
    since: str = ""
    """First day of the documents' own date, YYYY-MM-DD, YYYY-MM or YYYY."""
    until: str = ""
    """Last day, written likewise and taken whole: until 2026 has all of 2026."""
    publisher: str = ""
    """Full name, whatever its case."""
    kind: str = ""
    """Kind of document: article, record, indicators, analyst."""
    type: str = ""
    """Type of the item the document belongs to (vulnerability, breach, ...)."""
    after: str = ""
    """`Found.next` of the page before."""


class Found(msgspec.Struct, frozen=True):
    """A page of documents: those with all words in the title come first, then the others; in both the newest first."""

    ids: tuple[str, ...]
    next: str = ""
    """Where the next page begins; "" when there is nothing more. A page that is not full and has a next one says that
    only so many documents were looked at."""


def terms(words: str) -> tuple[str, ...]:
    """What a document must hold, each once: words, and phrases as words with blanks between. Raises UsageError."""
    if len(words) > LONGEST:
        raise UsageError(
            f"The search is longer than {LONGEST} characters.", "Search for the words that matter most."
        )
    found: list[str] = []
    for phrase, loose in _PART.findall(unicodedata.normalize("NFC", words)):
        inside = _WORD.findall(phrase)
        found += [" ".join(inside)] if inside else []
        found += _WORD.findall(loose)
    kept = tuple(dict.fromkeys(found))
    if sum(each.count(" ") + 1 for each in kept) > MOST_TERMS:
        raise UsageError(
            f"The search has more than {MOST_TERMS} words.", "Search for the words that matter most."
        )
    return kept


def place(date: str, seq: int) -> int:
    """Where a document stands in the index: by its date, then by arrival, so that the newest can be read first.

    A document without a date that can be understood stands before (below) all others.
    """
    return _ordinal(date, 1) << _SHIFT | seq


def seq_of(place_: int) -> int:
    """The number of the document at a place."""
    return place_ & _SEQ


def span(query: Query) -> tuple[int, int]:
    """The places that the dates of a query allow: from, and below which. Raises UsageError."""
    low, high = 0, TOP
    if query.since and not (low := _ordinal(query.since, 1) << _SHIFT):
        raise UsageError(f"{query.since!r} is no date.", "Write YYYY-MM-DD, YYYY-MM or YYYY.")
    if query.until:
        if not (last := _ordinal(query.until, 31)):
            raise UsageError(f"{query.until!r} is no date.", "Write YYYY-MM-DD, YYYY-MM or YYYY.")
        high = (last + 1) << _SHIFT
        low = max(low, 1 << _SHIFT)  # what has no date is not known to be that old
    return low, high


def cursor(after: str) -> tuple[str, int]:
    """Where a page begins: in the titles or the texts, below which place. Raises UsageError."""
    if not after:
        return TITLES, TOP
    found = _CURSOR.fullmatch(after)
    if found is None:
        raise UsageError("The page to go on with is not known.", "Give what the page before ended with.")
    return found[1], int(found[2])


def written(where: str, below: int) -> str:
    """A cursor as text."""
    return f"{where}-{below}"


def _ordinal(date: str, fill: int) -> int:
    """The number of a day; what of it is missing is filled up with 1 (first day) or 31 (last); 0 when it is none."""
    import datetime

    found = _DAY.match(date)
    if found is None or found.end() not in (len(date), 10):
        return 0
    year, month = int(found[1]), int(found[2] or min(fill, 12))
    for day in (int(found[3]),) if found[3] else range(fill, max(0, fill - 4), -1):
        try:
            return datetime.date(year, month, day).toordinal()
        except ValueError:
            continue
    return 0
