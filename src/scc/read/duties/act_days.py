# SPDX-License-Identifier: Apache-2.0
"""Days that a text itself gives to an order: "the order was signed on 10 March 2025", "the memo of Monday, 12 May 2025",
"die Anordnung vom 1. September 2025". Terms such as "within 30 days of the order" or "by Friday" count from them.

Only acts that set their addressees a term when they are issued: orders, memos, notices, rulings. A law or a regulation
sets terms for events ("within 24 hours of an incident") and is left out. Says nothing of who is bound.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from scc.read.duties.event_dates import DATE, find_dates
from scc.read.page import Page
from scc.read.sought import Sought

_NOUN: Final = (
    r"order|directive|memo|memorandum|notice|letter|circular|decree|ruling|decision|instruction|injunction|bulletin|proclamation|direction|"
    r"anordnung|verfügung|bescheid|weisung|erlass|rundschreiben|schreiben|beschluss|arrêté|ordre|décision|circulaire|injonction|lettre|ordonnance|"
    r"orden|decisión|requerimiento|resolución|instrucción|carta"
)
_WEEKDAY: Final = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
)
_GIVEN: Final = r"(?:signed|issued|published|sent|dated|handed[ \n]down|adopted)"
_ACT_DAY: Final = Sought(
    rf"\b(?P<noun>{_NOUN})(?!\w)(?:,?[ \n](?!is\b|will\b|takes?\b|comes?\b|enters?\b|expires?\b)[\w'’/-]{{1,20}}){{0,4}}?,?[ \n]"
    rf"(?:\(?(?:(?:was|were|had[ \n]been|has[ \n]been)[ \n])?{_GIVEN}(?:[ \n]by[ \n][^.;,()\n]{{2,40}}?)?(?:[ \n]on)?|of|from|vom|von|du|en[ \n]date[ \n]du|(?:a[ \n]été[ \n])?(?:sign|publi|dat)ée?[ \n](?:le|du)|"
    rf"del?|de[ \n]fecha|(?:fue[ \n])?(?:firmad|dictad|emitid|publicad)[ao][ \n](?:el|de))[ \n](?:{_WEEKDAY},?[ \n](?:den[ \n]|dem[ \n]|le[ \n])?)?(?={DATE.pattern.replace('?P<', '?P<a_')})",
    re.IGNORECASE,
    at=_NOUN.replace("|", " "),
)
_DAY_FIRST: Final = Sought(
    rf"\b(?:[Dd]ated|[Ss]igned|[Ii]ssued|[Pp]ublished|[Aa]dopted|[Ss]ent|[Hh]anded[ ]down|[Dd]atée?|[Ss]ignée?|[Ff]echad[ao]|[Ff]irmad[ao])[ ](?:on[ ]|el[ ]|le[ ]|du[ ])?(?:{_WEEKDAY},?[ ](?:den[ ]|dem[ ]|le[ ])?)?(?={DATE.pattern.replace('?P<', '?P<f_')})",
    at="adopted dated daté fechad firmad handed issued published sent signed signé",
)
_ACT_BEHIND: Final = re.compile(
    rf"(?:[ ]by[ ][^.;,()\n]{{2,40}})?,[ ](?:the|this|its|an?|la|le|l['’]|el|cet|cette)[ ]?(?:[\w'’-]{{1,20}}[ ]){{0,3}}?(?P<noun>{_NOUN})(?!\w)",
    re.IGNORECASE,
)
"""The other way about: "Dated 20 January 2026, the order requires …"."""
_EVENT: Final = re.compile(
    r"\b(?:incidents?|breach(?:es)?|attacks?|any|every|whenever|when|if|once|aware|discover\w*|learn\w*|detect\w*|request\w*|payment|"
    r"vorf[aä]ll\w*|sicherheitsvorf\w+|sobald|wenn|falls|jede[rsnm]?|incidentes?|brechas?|cuando|violations?|lorsqu\w*|dès|tout|toute|cada)\b",
    re.IGNORECASE,
)
"""Terms of such a sentence count from something that happens later."""


class ActDay(NamedTuple):
    """An act's noun in lower case, its day (YYYY-MM-DD), and where the text says so."""

    noun: str
    day: str
    start: int
    end: int


def act_days(page: Page) -> list[ActDay]:
    """Every act of a page whose full day stands beside it, by place."""
    found: list[ActDay] = []
    for each in page.find(_ACT_DAY):
        date = next(find_dates(page.text, "", each.end(), each.end() + 30), None)
        if date is not None and date.start == each.end() and len(date.iso) == 10:
            found.append(ActDay(each["noun"].lower(), date.iso, each.start(), date.end))
    for each in page.find(_DAY_FIRST):
        date = next(find_dates(page.text, "", each.end(), each.end() + 30), None)
        if date is not None and date.start == each.end() and len(date.iso) == 10:
            act = _ACT_BEHIND.match(page.text, date.end)
            if act is not None:
                found.append(ActDay(act["noun"].lower(), date.iso, each.start(), act.end()))
    return sorted(found, key=lambda each: each.start)


def day_in(days: list[ActDay], page: Page, start: int, end: int) -> str:
    """The day of the one act that the sentence text[start:end] names, "" where there is none, where it names several, or
    where its terms count from an event."""
    inside = {each.day for each in days if start <= each.start < end}
    return inside.pop() if len(inside) == 1 and not _EVENT.search(page.text, start, end) else ""


def day_of(days: list[ActDay], noun: str, start: int, end: int) -> str:
    """The day of the act that is called `noun` between two places, "" where none or several days are given."""
    same = {
        each.day for each in days if each.noun == noun.lower() and start <= each.start and each.end <= end
    }
    return same.pop() if len(same) == 1 else ""
