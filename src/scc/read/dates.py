# SPDX-License-Identifier: Apache-2.0
"""Dates as documents write them, to ISO 8601. Broken dates are unknown, never guessed."""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate_to_datetime
from typing import Any, Final

_MONTHS: Final = {
    name: index + 1 for index, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split())
}
_ISO: Final = re.compile(
    r"^(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_MONTH_DAY: Final = re.compile(
    r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b"
)
_DAY_MONTH: Final = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?\s+(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?,?\s+(\d{4})\b"
)
_PLAIN: Final = re.compile(r"\b(20\d{2}|19[89]\d)-(\d{2})-(\d{2})\b")
_FILE: Final = re.compile(r"(?:^|[/_-])((?:20|19)\d{2})-?(\d{2})-?(\d{2})(?=\D|\d{3}\D)")


def iso_date(value: Any) -> str:
    """ISO 8601 date or UTC date-time of a metadata value, "" if it is none."""
    if isinstance(value, datetime.datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=datetime.UTC)
        return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int) and 19900101 <= value <= 21001231:
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        return ""
    text = value.strip()
    found = _ISO.match(text)
    if found:
        return _from_iso(found)
    if re.fullmatch(r"\d{8}", text):
        return _day(int(text[:4]), int(text[4:6]), int(text[6:]))
    if re.fullmatch(r"(?:19|20)\d{2}", text):
        return text
    in_text = date_in(text)
    if in_text and not re.search(r"\d:\d\d", text):
        return in_text
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return in_text
    return iso_date(moment)


def _from_iso(found: re.Match[str]) -> str:
    year, month = int(found[1]), int(found[2])
    if not found[3]:
        return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else ""
    date = _day(year, month, int(found[3]))
    if not date or not found[4]:
        return date
    try:
        moment = datetime.datetime(
            year, month, int(found[3]), int(found[4]), int(found[5]), int(found[6] or 0), tzinfo=datetime.UTC
        )
    except ValueError:
        return date
    zone = found[7]
    if zone and zone != "Z":
        sign = 1 if zone[0] == "+" else -1
        minutes = int(zone[1:3]) * 60 + int(zone[-2:])
        try:
            moment -= sign * datetime.timedelta(minutes=minutes)
        except OverflowError:
            return date
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def date_in(text: str) -> str:
    """The first full date written in a short text, as YYYY-MM-DD, "" if there is none."""
    best: tuple[int, str] | None = None
    for pattern, order in ((_MONTH_DAY, "mdy"), (_DAY_MONTH, "dmy"), (_PLAIN, "ymd")):
        found = pattern.search(text)
        if not found:
            continue
        if order == "mdy":
            date = _day(int(found[3]), _MONTHS[found[1].lower()[:3]], int(found[2]))
        elif order == "dmy":
            date = _day(int(found[3]), _MONTHS[found[2].lower()[:3]], int(found[1]))
        else:
            date = _day(int(found[1]), int(found[2]), int(found[3]))
        if date and (best is None or found.start() < best[0]):
            best = (found.start(), date)
    return best[1] if best else ""


def date_in_name(path: str) -> str:
    """A date that a file's name carries ("2026-06-02-order.md", "20251204001-x.md"), "" if none."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    found = _FILE.search("/" + name)
    return _day(int(found[1]), int(found[2]), int(found[3])) if found else ""


def _day(year: int, month: int, day: int) -> str:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""
