# SPDX-License-Identifier: Apache-2.0
"""Lines of iCalendar (RFC 5545): properties escaped and folded, dates and times as they are written there."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Final

from scc.render.characters import visible
from scc.share.identity import moment

FOLD: Final = 75
"""Octets in a line without its end (RFC 5545, section 3.1)."""
_ESCAPED: Final = re.compile(r"[\\;,]")


class Day:
    """A DATE or a DATE-TIME in UTC."""

    def __init__(self, text: str) -> None:
        """From an ISO 8601 date or date-time. Raises ValueError."""
        self.at: datetime.date = (
            datetime.date.fromisoformat(text) if len(text) == 10 and "T" not in text else moment(text)
        )

    @property
    def timed(self) -> bool:
        return isinstance(self.at, datetime.datetime)

    @property
    def property(self) -> tuple[str, str]:
        """(parameters, value), e.g. (";VALUE=DATE", "20260825")."""
        return (
            ("", instant(self.at))
            if isinstance(self.at, datetime.datetime)
            else (";VALUE=DATE", day(self.at))
        )


def day(at: datetime.date) -> str:
    """DATE (section 3.3.4): four digits of the year, also before the year 1000."""
    return f"{at.year:04d}{at.month:02d}{at.day:02d}"


def instant(at: datetime.datetime) -> str:
    """DATE-TIME in UTC (section 3.3.5, form 2)."""
    return f"{day(at)}T{at.hour:02d}{at.minute:02d}{at.second:02d}Z"


def text(value: str, most: int) -> str:
    """TEXT (section 3.3.11) of at most `most` characters before escaping; no control characters."""
    shown = visible(value[: most + 1]).replace("\t", " ").strip()
    if len(shown) > most:
        shown = shown[: most - 1] + "…"
    return _ESCAPED.sub(lambda found: "\\" + found[0], shown).replace("\n", "\\n")


def folded(lines: Iterable[str]) -> bytes:
    """Lines of at most 75 octets with CRLF; no character is cut in two (section 3.1)."""
    made = bytearray()
    for line in lines:
        rest = line.encode("utf-8")
        room = FOLD
        while len(rest) > room:
            cut = room
            while rest[cut] & 0xC0 == 0x80:
                cut -= 1
            made += rest[:cut] + b"\r\n "
            rest, room = rest[cut:], FOLD - 1
        made += rest + b"\r\n"
    return bytes(made)
