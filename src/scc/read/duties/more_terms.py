# SPDX-License-Identifier: Apache-2.0
"""Terms with a day in other shapes than "by 3 May 2026": "by the end of March 2026", "from 1 July 2026, …", "on 3 May 2026 at the
latest", "before 17:00 on 3 May 2026", "thirty days from 3 May 2026", "gives the bank two weeks"; ends of months and years in German,
French and Spanish.

Gives places and days; whether a sentence binds anybody is `duties`' work. A period without a day to count from has the day "".
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from scc.read.duties.act_days import ActDay, day_in
from scc.read.duties.event_dates import DATE, ELSEWHERE, find_dates
from scc.read.duties.periods import COUNT, later, number
from scc.read.page import Page

_MONTHS: Final = (
    "january february march april may june july august september october november december".split()
)
_WEEKDAY: Final = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?[ \n])?"
_AHEAD: Final = rf"(?={DATE.pattern.replace('?P<', '?P<m_')})"
_HOUR: Final = r"(?:\d{1,2}(?:[:.]\d\d)?[ \n]?(?:[ap]\.?m\.?|h|hrs|hours|o['’]clock)?(?:[ \n](?:[A-Z]{2,4}|local[ \n]time|[A-Z][a-z]{2,12}[ \n]time))?,?[ \n](?:on[ \n]|of[ \n])?)?"
_BY: Final = re.compile(
    rf"\b(?:by|until|till|before|no(?:t)?[ \n]later[ \n]than|not[ \n]after|prior[ \n]to|up[ \n]to|on[ \n]or[ \n]before|ahead[ \n]of|at[ \n]the[ \n]latest[ \n](?:on|by))[ \n](?:and[ \n]including[ \n])?(?:the[ \n])?(?:(?:very[ \n])?(?:end|close|morning|evening|night|start|beginning)[ \n]of[ \n])?{_HOUR}(?:the[ \n])?{_WEEKDAY}(?:the[ \n])?{_AHEAD}",
    re.IGNORECASE,
)
_FROM: Final = re.compile(
    rf"(?:(?:^|(?<=[.;:,!?] ))(?:From|from|As[ ]from|as[ ]from)|\b(?:[Ss]tarting(?:[ ]on)?|[Bb]eginning(?:[ ]on)?|[Ee]ffective(?:[ ](?:on|from))?|[Ww]ith[ ]effect[ ]from|[Aa]s[ ](?:from|of)))[ ]{_WEEKDAY}{_AHEAD}",
    re.MULTILINE,
)
_RANGE: Final = re.compile(r"[ ](?:to|until|through|till|and)[ ]\d|[ ](?:to|until|through|till)\b")
_AFTER: Final = re.compile(rf"\b[Aa]fter[ ]{_WEEKDAY}{_AHEAD}")
_BARRED: Final = re.compile(
    r"\b(?:no (?:[\w-]{2,16} ){0,2}?(?:may|shall|is allowed|are allowed)|(?:may|must|shall)(?: no longer| not)|(?:forbidden|prohibited|banned|barred))\b"
)
_LATEST: Final = re.compile(rf"\bon[ ]{_WEEKDAY}{_AHEAD}(?=.{{6,26}}[ ]at[ ]the[ ]latest\b)")
_END: Final = re.compile(
    rf"\b(?:by|before|until|till|at|no[ \n]later[ \n]than|as[ \n]of)[ \n](?:the[ \n])?end[ \n-](?:of[ \n])?(?:the[ \n](?P<quarter>first|second|third|fourth|last)[ \n]quarter[ \n]of[ \n]|(?P<month>{'|'.join(_MONTHS)})[ \n](?:of[ \n])?)?(?P<year>20\d\d)(?![\d-])",
    re.IGNORECASE,
)
_END_ELSEWHERE: Final = re.compile(
    r"\b(?:bis(?:[ \n]spätestens)?(?:[ \n]zum)?|spätestens|vor|avant(?:[ \n]la)?|d[’']ici(?:[ \n](?:à[ \n]la|la|à))?|jusqu[’']à(?:[ \n]la)?|au[ \n]plus[ \n]tard(?:[ \n](?:à[ \n]la|fin))?|antes[ \n]de(?:l)?|hasta(?:[ \n]el)?|a[ \n]más[ \n]tardar(?:[ \n]a)?|para)[ \n]"
    rf"(?:Ende|fin|fin[ \n]de|finales[ \n]de|final[ \n]de|el[ \n]fin[ \n]de)[ \n](?:des[ \n]Jahres[ \n]|(?P<month>{'|'.join(ELSEWHERE)})[ \n](?:de[ \n])?)?(?P<year>20\d\d)(?!\d)",
    re.IGNORECASE,
)
_SPAN: Final = re.compile(
    rf"\b(?:ha(?:s|ve|d)|gets?|g[ai]ves?|giving|given|granted|grants?|allow(?:s|ed|ing)|leav(?:es|ing)|left)\b(?:[ ][\w'’-]{{1,16}}){{0,6}}?[ ]{COUNT}[ ](?:calendar[ ]|working[ ]|business[ ])?(?P<unit>days?|weeks?|months?|fortnight)\b(?=[ ](?:to[ ]|from[ ]|in[ ]which[ ]to|after[ ]|of[ ]|for[ ]|,))"
)
_COUNTED: Final = re.compile(
    rf"(?<![\w-]){COUNT}[ ](?:calendar[ ]|working[ ]|business[ ])?(?P<unit>days?|weeks?|months?|fortnight)[ ](?:from|after|following|of|counted[ ]from|counting[ ]from)[ ](?:(?:its|their|the)[ ](?:publication|issue|issuance|signing|signature|date|notification|receipt|service|delivery|entry[ ]into[ ]force|adoption)(?:[ ]of[ ](?:[\w'’-]{{1,16}}[ ]){{0,4}}?[\w'’-]{{1,16}})?[ ](?:on|of)[ ])?{_WEEKDAY}{_AHEAD}",
    re.IGNORECASE,
)
_QUARTERS: Final = {"first": 3, "second": 6, "third": 9, "fourth": 12, "last": 12}


class More(NamedTuple):
    """A term: its place, its day (YYYY-MM-DD or ""), its words."""

    start: int
    end: int
    day: str
    printed: str


def more_terms(page: Page, days: list[ActDay], first: int, last: int) -> Iterator[More]:
    """English terms of the sentence text[first:last]."""
    text, own = page.text, page.document.date[:4]
    for form in (_BY, _FROM, _AFTER, _LATEST):
        if form is _AFTER and not _BARRED.search(text, first, last):
            continue
        for each in form.finditer(text, first, last):
            found = _full(text, own, each.end(), last)
            if found is not None and not (form is _FROM and _RANGE.match(text, found[1], last)):
                # A duty that begins on a day has no day by which it is done.
                yield _more(text, each.start(), found[1], "" if form is _FROM else found[0])
    for each in _END.finditer(text, first, last):
        yield _more(text, each.start(), each.end(), _last_day(each))
    for form in (_COUNTED, _SPAN):
        for each in form.finditer(text, first, last):
            count = int(each["figure"]) if each["figure"] else number(each["count"])
            if count is None:
                continue
            found = _full(text, own, each.end(), last) if form is _COUNTED else None
            base = found[0] if found else day_in(days, page, first, last)
            start = each.start("count")
            end = found[1] if found else each.end()
            if base or form is _SPAN:
                yield _more(text, start, end, later(base, count, each["unit"]) if base else "")


def ends_elsewhere(page: Page, first: int, last: int) -> Iterator[More]:
    """Ends of months and years in German, French and Spanish."""
    for each in _END_ELSEWHERE.finditer(page.text, first, last):
        yield _more(page.text, each.start(), each.end(), _last_day(each))


def _more(text: str, start: int, end: int, day: str) -> More:
    return More(start, end, day, " ".join(text[start:end].split()))


def _full(text: str, year: str, at: int, last: int) -> tuple[str, int] | None:
    """The full day at a place and where it ends."""
    found = next(find_dates(text, year, at, min(last, at + 26)), None)
    return (found.iso, found.end) if found and found.start == at and len(found.iso) == 10 else None


def _last_day(found: re.Match[str]) -> str:
    named = (found["month"] or "").lower()
    quarter = (found.groupdict().get("quarter") or "").lower()
    month = ELSEWHERE.get(named) or (
        _MONTHS.index(named) + 1 if named in _MONTHS else _QUARTERS.get(quarter, 12)
    )
    year = int(found["year"])
    return datetime.date(year, month, calendar.monthrange(year, month)[1]).isoformat()
