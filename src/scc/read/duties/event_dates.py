# SPDX-License-Identifier: Apache-2.0
"""Dates in running text, with what they are the date of; relative ones are computed from the document's date.

`find_dates` gives every absolute date; `note_dates` keeps those whose sentence says what happened then. Dates of
publication are metadata and not read here. Periods ("within 30 days") are `duties`' work.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from scc.model.facts import Date
from scc.read.page import Notes, Page
from scc.read.sought import Sought

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sep sept", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH: Final = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
ELSEWHERE: Final = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner januari janvier enero gennaio", "februar februari février febrero febbraio", "märz maart mars marzo", "april avril abril aprile", "mai mei mayo maggio",
            "juni juin junio giugno", "juli juillet julio luglio", "august augustus août agosto", "september septembre septiembre setiembre settembre",
            "oktober octobre octubre ottobre", "november novembre noviembre", "dezember décembre diciembre dicembre",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
"""Months in German, French, Spanish and Italian, read only with a day before and a year behind."""
DATE: Final = re.compile(
    rf"\b(?P<m1>{_MONTH})[ \n](?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:,?[ \n](?P<y1>(?:19|20)\d\d))?(?![\d:])"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[ \n](?:of[ \n])?(?P<m2>{_MONTH})(?:,?[ \n](?P<y2>(?:19|20)\d\d))?(?!\d)"
    rf"|(?<![\d.-])(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)(?![\d])"
    rf"|\b(?P<d5>\d{{1,2}})(?:\.|er|º|°)?[ \n](?:de[ \n])?(?P<m5>(?i:{'|'.join(ELSEWHERE)}))[ \n](?:del?[ \n])?(?P<y5>(?:19|20)\d\d)(?!\d)"
    rf"|\b(?P<m4>{_MONTH})[ \n](?:of[ \n])?(?P<y4>(?:19|20)\d\d)(?!\d)"
)
_DATE: Final = Sought(DATE.pattern, at="# jan feb mar apr may jun jul aug sep oct nov dec")
_DAYS: Final = "monday tuesday wednesday thursday friday saturday sunday".split()
_RELATIVE: Final = Sought(
    r"\b(?:(?:on|last|this)[ \n](?P<day>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)|(?P<word>yesterday|today))\b",
    re.IGNORECASE,
    at="on last this yesterday today",
    near="monday tuesday wednesday thursday friday saturday sunday yesterday today",
)
_DATED: Final = re.compile(rf",?[ \n](?={DATE.pattern})")

Role = Literal["occurred", "disclosed", "patched", "exploited", "effective", "signed"]
_ROLES: Final[tuple[tuple[Role, Sought], ...]] = (
    (
        "signed",
        Sought(r"\b(?:signed|issued (?:an|the) (?:executive )?order)\b", re.IGNORECASE, near="signed issued"),
    ),
    (
        "effective",
        Sought(
            r"\b(?:takes? effect|effective|enters? into force|entered into force|c[ao]mes? into (?:force|effect)|appl(?:y|ies) (?:from|as of|on))\b"
            r"|\b(?:obligations?|rules?|requirements?|provisions?|duty|duties|articles?|chapters?|prohibitions?|bans?|directive|regulation|penalt(?:y|ies)|fines|reporting)\b[^.;\n]{0,90}?\b(?:follows?|starts?|begins?|kicks? in|appl(?:y|ies)|becomes? (?:binding|mandatory|applicable|law))\b[^.;\n]{0,24}?\b(?:on|from|in|as of)[ \n]",
            re.IGNORECASE,
            near="take effective enter into appl follow start begin kick become",
        ),
    ),
    (
        "exploited",
        Sought(
            r"\bexploit(?:ed|ation|ing)?\b[^.]{0,60}\b(?:since|as early as|began|started|dating back|first)\b|\b(?:since|as early as|began|started|first)\b[^.]{0,60}\bexploit|\badded\b[^.]{0,100}\b(?:KEV|Known Exploited)",
            re.IGNORECASE,
            near="exploit kev known",
        ),
    ),
    (
        "patched",
        Sought(
            r"\b(?:patch(?:ed|es)?|fix(?:ed|es)?|updates?|hotfix|released?)\b[^.]{0,80}\b(?:on|in)\b",
            re.IGNORECASE,
            near="patch fix update hotfix release",
        ),
    ),
    (
        "disclosed",
        Sought(
            r"\b(?:disclos\w{1,4}|discover\w{1,4}|detect(?:ed|s)|identif(?:ied|ies)|report(?:ed|s)|announc\w{1,4}|notified|learned|became aware|revealed|confirmed)\b",
            re.IGNORECASE,
            near="disclos discover detect identif report announc notified learned became revealed confirmed",
        ),
    ),
    (
        "occurred",
        Sought(
            r"\b(?:attack(?:ed)?|breach(?:ed)?|incident|intrusion|compromis\w{1,4}|hack(?:ed)?|stole|stolen|access(?:ed)?|encrypted|outage|infect\w{1,4}|hit|occurred|took place|happened|uploaded|published)\b",
            re.IGNORECASE,
            near="attack breach incident intrusion compromis hack stole access encrypted outage infect hit occurred took happened uploaded published",
        ),
    ),
)


DATES_MOST: Final = 400
"""Dates of one document that are looked at."""


class Found(NamedTuple):
    iso: str
    """YYYY-MM-DD or YYYY-MM."""
    start: int
    end: int


def find_dates(text: str, year: str = "", start: int = 0, end: int | None = None) -> Iterator[Found]:
    """Absolute dates in text[start:end]; a day without a year gets `year` ("" leaves it out). Invalid days are skipped."""
    return _dates(DATE.finditer(text, start, len(text) if end is None else end), year)


def _dates(matches: Iterable[re.Match[str]], year: str) -> Iterator[Found]:
    for each in matches:
        if each["y4"]:
            month = _MONTHS.get(each["m4"].lower().rstrip("."))
            if month:
                yield Found(f"{each['y4']}-{month:02d}", each.start(), each.end())
            continue
        month_name = each["m1"] or each["m2"]
        if each["m5"]:
            month = ELSEWHERE[each["m5"].lower()]
        else:
            month = _MONTHS.get(month_name.lower().rstrip(".")) if month_name else int(each["m3"])
        day = int(each["d1"] or each["d2"] or each["d3"] or each["d5"])
        its_year = each["y1"] or each["y2"] or each["y3"] or each["y5"] or year
        if not its_year or not month:
            continue
        try:
            yield Found(datetime.date(int(its_year), month, day).isoformat(), each.start(), each.end())
        except ValueError:
            continue


def find_relative(page: Page) -> Iterator[Found]:
    """ "on Monday", "yesterday", computed from the document's date: the last such day that is not after it."""
    try:
        base = datetime.date.fromisoformat(page.document.date)
    except ValueError:
        return
    for each in page.find(_RELATIVE):
        if each["day"] and _DATED.match(page.text, each.end()):
            continue  # "on Thursday, August 28" says itself which Thursday
        if each["word"]:
            back = 1 if each["word"].lower() == "yesterday" else 0
        else:
            back = (base.weekday() - _DAYS.index(each["day"].lower())) % 7
            if each[0].lower().startswith("last") and back == 0:
                back = 7
        yield Found((base - datetime.timedelta(days=back)).isoformat(), each.start(), each.end())


def note_dates(page: Page, notes: Notes) -> None:
    """Note dates with the role that their sentence gives; a date after the document's own is no past event
    (an act may take effect later)."""
    own = page.document.date
    seen: set[tuple[str, str]] = set()
    every = sorted([*_dates(page.find(_DATE), own[:4]), *find_relative(page)], key=lambda each: each.start)
    for found in every[:DATES_MOST]:
        start, end = page.sentence(found.start)
        if end - start < 25:
            continue  # a dateline
        role = _role(page, start, found, end)
        if role != "effective" and own and found.iso[:10] > own[: len(found.iso)]:
            continue
        if role and (role, found.iso) not in seen and len(seen) < 40:
            seen.add((role, found.iso))
            notes(Date(found.iso, role), found.start, found.end, "stated", 0.7, f"date:{role}")


_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_IN_YEAR: Final = re.compile(
    r"\b(?:in|since|during|throughout|until|from|of|early|late|mid|spring|summer|autumn|fall|winter|end of|beginning of)[ -](?P<year>(?:19|20)\d\d)(?!\d|[.-]\d)",
    re.IGNORECASE,
)
"""A year told as such; elsewhere it may be a version, a number or a copyright."""


def note_latest(page: Page, notes: Notes) -> None:
    """Note the latest date that an undated text tells, when no later year stands anywhere in it, not even in a number or a
    footer: only then nothing it tells can be newer."""
    if page.document.date:
        return
    told = [*_dates(page.find(_DATE), "")]
    told += [Found(each["year"], each.start("year"), each.end()) for each in _IN_YEAR.finditer(page.text)]
    if not told:
        return
    # "2022-09" says more than "2022", which may be any day of it: the longer one stands for its year.
    last = max(told, key=lambda each: (each.iso[:4], each.iso, -each.start))
    if last.iso[:4] >= max(_YEAR.findall(page.text)):
        notes(Date(last.iso, "other"), last.start, last.end, "stated", 0.8, "date:latest")


def _role(page: Page, start: int, found: Found, end: int) -> Role | None:
    first, last = max(start, found.start - 160), min(end, found.end + 120)
    for role, pattern in _ROLES:
        if page.inside(pattern, first, last):
            return role
    return None
