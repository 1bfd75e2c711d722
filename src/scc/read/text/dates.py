# SPDX-License-Identifier: Apache-2.0
"""Dates as documents write them, to ISO 8601. Broken dates are unknown, never guessed.

An ambiguous form (03/04/2025) is no date. Knows nothing of clocks: relative dates are not read here.
"""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate_to_datetime
from typing import Any, Final

_NAMES: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH: Final = (
    r"(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)"
)
_ISO: Final = re.compile(
    r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?"
    r"(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d{1,9})?[ ]?(Z|UTC|[+-]\d{2}:?\d{2})?)?"
)
_MONTH_DAY: Final = re.compile(
    rf"\b{_MONTH}\.?\s{{1,3}}(\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(\d{{4}})\b", re.IGNORECASE
)
_DAY_MONTH: Final = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[\s-]{{1,3}}{_MONTH}\.?,?[\s-]{{1,3}}(\d{{4}})\b", re.IGNORECASE
)
_PLAIN: Final = re.compile(r"(?<![\d/-])((?:19|20)\d{2})-(\d{2})-(\d{2})(?![\d-])")
_FILE: Final = re.compile(r"(?:^|[_-])((?:19|20)\d{2})-?(\d{2})-?(\d{2})(?=$|[^\d]|\d{3}(?:$|[^\d]))")
_SERIAL: Final = re.compile(r"(?:^|[\s#-])((?:20)\d{2})(\d{2})(\d{2})\d{3}$")
_FIRST_YEAR, _LAST_YEAR = 1980, 2099
_LINES: Final = 14
"""Lines at the head of a text among which a dateline is looked for."""
_WORDS: Final = 8
"""Words that may stand beside the date on a dateline ("By the …", "Posted on …")."""


def iso_date(value: Any) -> str:
    """ISO 8601 date or UTC date-time of a metadata value, "" if it is none.

    Takes strings, `date` and `datetime`; a moment without zone is taken for UTC. A year or month alone stays so.
    """
    if isinstance(value, datetime.datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=datetime.UTC)
        try:
            moment = moment.astimezone(datetime.UTC)
        except (OverflowError, ValueError):
            return ""
        return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if _FIRST_YEAR <= moment.year <= _LAST_YEAR else ""
    if isinstance(value, datetime.date):
        return value.isoformat() if _FIRST_YEAR <= value.year <= _LAST_YEAR else ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip() or len(value) > 200:
        return ""
    text = value.strip()
    found = _ISO.match(text)
    if found:
        return _from_iso(found)
    if re.fullmatch(r"\d{8}", text):
        return _day(text[:4], text[4:6], text[6:])
    if re.fullmatch(r"\d{4}", text):
        return text if _FIRST_YEAR <= int(text) <= _LAST_YEAR else ""
    if re.search(r"\d:\d\d", text):
        try:
            return iso_date(parsedate_to_datetime(text))
        except (ValueError, TypeError, IndexError, OverflowError):
            pass
    return date_in(text)


def _from_iso(found: re.Match[str]) -> str:
    year, month = int(found[1]), int(found[2])
    if not found[3]:
        return f"{year:04d}-{month:02d}" if 1 <= month <= 12 and _FIRST_YEAR <= year <= _LAST_YEAR else ""
    date = _day(found[1], found[2], found[3])
    if not date or not found[4]:
        return date
    zone = found[7] or "Z"
    offset = datetime.timedelta(0)
    if zone not in ("Z", "UTC"):
        offset = datetime.timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    try:
        moment = datetime.datetime(
            year, month, int(found[3]), int(found[4]), int(found[5]), int(found[6] or 0), tzinfo=datetime.UTC
        )
        moment = moment + offset if zone[0] == "-" else moment - offset
    except (ValueError, OverflowError):
        return date
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def date_in(text: str) -> str:
    """The first full date written in a short text, as YYYY-MM-DD, "" if there is none."""
    found = _first(text)
    return found[2] if found else ""


def _first(text: str) -> tuple[int, int, str] | None:
    """(start, end, ISO date) of the first full date of a text."""
    best: tuple[int, int, str] | None = None
    for pattern, year, month, day in ((_MONTH_DAY, 3, 1, 2), (_DAY_MONTH, 3, 2, 1), (_PLAIN, 1, 2, 3)):
        found = pattern.search(text)
        if found:
            said = found[month]
            number = said if said.isdigit() else str(_NAMES.index(said[:3].lower()) + 1)
            date = _day(found[year], number, found[day])
            if date and (best is None or found.start() < best[0]):
                best = (found.start(), found.end(), date)
    return best


def dateline(text: str) -> str:
    """The date on a line of its own (or with a byline) at the head of a text, "" if there is none.

    A date within a sentence is what the text tells of, not when it was written.
    """
    seen = 0
    for line in text[:4000].split("\n"):
        line = line.strip()
        if not line:
            continue
        seen += 1
        if seen > _LINES:
            break
        if len(line) > 120 or line.startswith(("- ", "* ", "• ", "> ")) or line.count("|") > 1:
            continue  # an item, a quotation or a row of a table is no dateline
        found = _first(line)
        if found is None:
            continue
        before, after = line[: found[0]].strip(), line[found[1] :].strip()
        words = re.findall(r"[^\W\d_]+", f"{before} {after}")
        # A date that is spoken of stands after one of these; a dateline's does not.
        spoken = re.search(
            r"\b(?:until|since|before|after|through|between|in|from|by|to|of)$", before, re.IGNORECASE
        )
        if re.fullmatch(r"on|dated", before, re.IGNORECASE) or re.search(
            r"\bupdated?\b|\bmodified\b", before, re.IGNORECASE
        ):
            continue
        ends = not before or len(after.split()) <= 2
        if ends and len(words) <= _WORDS and not spoken and not line.endswith((".", ":", "?")):
            return found[2]
    return ""


def date_in_name(path: str) -> str:
    """A date that a file's name carries ("2026-06-02-order.md", "20251204001-x.md"), "" if none."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    found = _FILE.search(name)
    return _day(found[1], found[2], found[3]) if found else ""


def date_in_serial(title: str) -> str:
    """The date in a bulletin number at the end of a title (YYYYMMDD and three digits), "" if none."""
    found = _SERIAL.search(title.strip())
    return _day(found[1], found[2], found[3]) if found else ""


def _day(year: str, month: str, day: str) -> str:
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        return ""
    return date.isoformat() if _FIRST_YEAR <= date.year <= _LAST_YEAR else ""
