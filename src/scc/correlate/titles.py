# SPDX-License-Identifier: Apache-2.0
"""What a title says besides its topic: the month it is about, whose numbered update it is, who is quoted. Pure.

Does not decide on events; `compare` does. Words that only number or date a title are left out of the words that are
compared: "Patch Tuesday, March 2026 Edition" and "Patch Tuesday, April 2026 Edition" have their topic in common, not
their event.
"""

from __future__ import annotations

import re
from typing import Final

from scc.correlate.terms import stems

LONGEST: Final = 300
"""Characters of a title that are looked at."""
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero",
            "february feb februar février fevrier febrero",
            "march mar märz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août aout agosto",
            "september sep sept septembre septiembre",
            "october oct oktober octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember décembre decembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_PERIOD: Final = re.compile(
    rf"\b({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?,? (20\d\d)\b", re.IGNORECASE
)
_NUMBERED: Final = re.compile(
    r"\b(?:update|part|teil|partie|parte|mise à jour|actualización)[ #.:]{1,3}(\d{1,4})\b", re.IGNORECASE
)
_SAID_BY: Final = re.compile(r": ([A-Z][\w&.-]{1,30}(?: [A-Z][\w&.-]{1,30})?)$")
"""A headline's "…: NAME" tells who says it (a convention of newspapers), not what happened to NAME."""
_STAMP: Final = re.compile(r"(?:19|20)\d\d(?:\d{4,10})?")
"""A year, or a date with a running number."""
_CALENDAR: Final = frozenset(
    {each for month in _MONTHS if len(month) > 3 for each in stems(month)}
    | set(stems("monday tuesday wednesday thursday friday saturday sunday edition"))
)


def topic(title: str, headline: bool) -> list[str]:
    """The stems of a title that tell its topic: without dates, running numbers and, in a newspaper's, who is quoted."""
    text = title[:LONGEST]
    if headline:
        text = _SAID_BY.sub("", text)
    return [each for each in stems(text) if not _STAMP.fullmatch(each) and each not in _CALENDAR]


def periods(title: str) -> frozenset[tuple[int, int]]:
    """The months with a year that a title names: (year, month)."""
    return frozenset((int(year), _MONTHS[name.lower()]) for name, year in _PERIOD.findall(title[:LONGEST]))


def matter(title: str) -> str:
    """What a numbered update or part is about: the stems before its number, "" for other titles and short ones."""
    text = title[:LONGEST]
    found = _NUMBERED.search(text)
    words = stems(text[: found.start()]) if found else []
    return " ".join(words) if len(words) > 1 else ""
