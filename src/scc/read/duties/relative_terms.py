# SPDX-License-Identifier: Apache-2.0
"""Terms that count from the day a document was published: "from today", "with immediate effect", "by close of business Friday",
"until the end of the month"; the same in German, French and Spanish.

A weekday is the first one on or after that day ("next": after it): an earlier day than meant does no harm, a later one may. The end of a week is left out, because nobody says which day that is. Without a publication date there is no term.
Whether a sentence binds anybody is `duties`' work.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from scc.read.duties.event_dates import DATE
from scc.read.phrases import Words
from scc.read.sought import Sought

_DAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "monday montag lundi lunes", "tuesday dienstag mardi martes", "wednesday mittwoch mercredi miércoles",
            "thursday donnerstag jeudi jueves", "friday freitag vendredi viernes", "saturday samstag sonnabend samedi sábado",
            "sunday sonntag dimanche domingo",
        )
    )
    for name in names.split()
}  # fmt: skip
_DAY: Final = r"(?P<day>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_HOUR: Final = r"(?:(?:the[ \n])?(?:close[ \n]of[ \n](?:business|play)|COB|EOB|EOD|end[ \n]of[ \n](?:business|the[ \n](?:business[ \n]|working[ \n])?day|day)|midnight|noon|\d{1,2}(?:[:.]\d\d)?[ \n]?(?:a\.?m\.?|p\.?m\.?)(?:[ \n](?:[A-Z]{2,4}|(?:Eastern|Pacific|local)(?:[ \n]time)?))?),?[ \n](?:on[ \n]|of[ \n])?)?"
_BY: Final = Sought(
    rf"\b(?:by|until|before|no[ \n]later[ \n]than|not[ \n]later[ \n]than)[ \n]{_HOUR}(?:(?:this|next|the[ \n]coming|on)[ \n])?(?:{_DAY}(?![’'])|(?P<word>today|tonight|tomorrow))\b"
    r"|\b(?:by|until|before|no[ \n]later[ \n]than|not[ \n]later[ \n]than)[ \n](?:the[ \n])?end[ \n]of[ \n](?:the[ \n]|this[ \n])(?:current[ \n])?(?P<unit>month|year)\b",
    re.IGNORECASE,
    at="by until before no not",
)
_FROM: Final = Sought(
    rf"\b(?:from|as[ \n](?:of|from)|starting|beginning|effective(?:[ \n](?:as[ \n]of|from))?)[ \n](?:(?:this|next|on)[ \n])?(?:{_DAY}(?![’'])|(?P<word>today|now[ \n]on|tomorrow))\b(?![ \n](?:to|until|through|till)\b)"
    r"|\b(?P<now>with[ \n]immediate[ \n]effect|effective[ \n]immediately)\b",
    re.IGNORECASE,
    at="from as starting beginning effective with",
)
_BY_ELSEWHERE: Final = Sought(
    r"\b(?:bis(?:[ \n]spätestens)?(?:[ \n]zum)?|spätestens(?:[ \n](?:bis|am))?|avant|au[ \n]plus[ \n]tard|d[’']ici(?:[ \n]à)?|jusqu[’'](?:à|au)|antes[ \n]del?|hasta(?:[ \n]el)?|a[ \n]más[ \n]tardar(?:[ \n]el)?|como[ \n]máximo(?:[ \n]el)?)[ \n](?:(?:kommenden|nächsten|diesen|ce|este|próximo)[ \n])?"
    r"(?:(?P<day>Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)|(?P<word>heute|morgen|demain|aujourd[’']hui|hoy|mañana)"
    r"|(?P<unit>Monatsende|Ende[ \n]des[ \n]Monats|la[ \n]fin[ \n]du[ \n]mois|fin[ \n]de[ \n]mes|final[ \n]de[ \n]mes|Jahresende|Ende[ \n]des[ \n]Jahres|la[ \n]fin[ \n]de[ \n]l[’']année|final[ \n]de[ \n]año))(?!\w)",
    re.IGNORECASE,
    at="bis spätestens avant au d jusqu antes hasta a como",
    near="bis spätestens avant tard ici jusqu antes hasta tardar máximo",
)
_FROM_ELSEWHERE: Final = Sought(
    r"\b(?:ab[ \n](?P<ab>sofort|heute|morgen)|(?:dès|à[ \n]partir[ \n](?:de[ \n]|d[’'])|à[ \n]compter[ \n](?:de[ \n]|d[’']))[ \n]?(?P<des>aujourd[’']hui|maintenant|ce[ \n]jour|demain)|(?:a[ \n]partir[ \n]de|desde)[ \n](?P<desde>hoy|ahora|mañana)|(?P<now>avec[ \n]effet[ \n]immédiat|con[ \n]efecto[ \n]inmediato|mit[ \n]sofortiger[ \n]Wirkung))(?!\w)",
    re.IGNORECASE,
    at="ab dès à a desde avec con mit",
    near="sofort heute morgen dès partir compter hoy ahora mañana effet efecto",
)
_NEXT: Final = re.compile(r"\b(?:next|nächsten|kommenden|próximo)[ \n]", re.IGNORECASE)
_TOMORROW: Final = frozenset({"tomorrow", "morgen", "demain", "mañana"})
_YEAR: Final = re.compile(r"year|jahr|année|año", re.IGNORECASE)
_DATED: Final = re.compile(rf",?[ \n](?:den[ \n]|el[ \n]|le[ \n])?(?={DATE.pattern})")
"""A weekday with its date behind it says itself which day it is."""


class Relative(NamedTuple):
    """A term with its place, the day it gives (YYYY-MM-DD), its words, and whether the duty begins there instead of ending."""

    start: int
    end: int
    day: str
    printed: str
    begins: bool


def relative_terms(words: Words, published: str) -> Iterator[Relative]:
    """English terms in the text of these words, by kind and place. `published` YYYY-MM-DD, anything else gives none."""
    yield from _terms(words, published, ((_BY, False), (_FROM, True)))


def may_elsewhere(words: Words) -> bool:
    """Whether the text of these words can have terms in German, French or Spanish."""
    return _BY_ELSEWHERE.may(words) or _FROM_ELSEWHERE.may(words)


def relative_terms_elsewhere(words: Words, published: str) -> Iterator[Relative]:
    """The same in German, French and Spanish."""
    yield from _terms(words, published, ((_BY_ELSEWHERE, False), (_FROM_ELSEWHERE, True)))


def _terms(words: Words, published: str, forms: tuple[tuple[Sought, bool], ...]) -> Iterator[Relative]:
    try:
        base = datetime.date.fromisoformat(published)
    except ValueError:
        return
    seen: set[int] = set()
    for form, begins in forms:
        for each in form.find(words):
            if each.start() in seen:
                continue
            seen.add(each.start())
            if each.groupdict().get("day") and _DATED.match(words.text, each.end()):
                continue
            said = {name: value for name, value in each.groupdict().items() if value}
            day = _day(base + datetime.timedelta(days=_NEXT.search(each[0]) is not None), said)
            yield Relative(each.start(), each.end(), day.isoformat(), " ".join(each[0].split()), begins)


def _day(base: datetime.date, said: dict[str, str]) -> datetime.date:
    if "day" in said:
        return base + datetime.timedelta(days=(_DAYS[said["day"].lower()] - base.weekday()) % 7)
    if "unit" in said:
        if _YEAR.search(said["unit"]):
            return base.replace(month=12, day=31)
        return base.replace(day=calendar.monthrange(base.year, base.month)[1])
    tomorrow = any(value.lower() in _TOMORROW for value in said.values())
    return base + datetime.timedelta(days=1 if tomorrow else 0)
