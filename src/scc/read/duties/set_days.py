# SPDX-License-Identifier: Apache-2.0
"""Deadlines that a noun or the cell of a table states: "the deadline for banks is 3 May 2026", "the filing date moves from 1 March
to 1 June 2026", "die Frist läuft am 3. Mai 2026 ab", "| CVE-… | due date 2025-04-22 |"; English, German, French and Spanish.

Runs after the duties that sentences state by a verb, and notes only days that those did not find. What is no duty has such
dates too: conferences, offers, licences, comments that anybody may send. Whom it binds stays open where the text does not say.
"""

from __future__ import annotations

import re
from typing import Final

from scc.model.facts import Duty
from scc.read.duties.event_dates import DATE, find_dates
from scc.read.duties.owners import whom
from scc.read.duties.who_is_bound import BODY, binds_nobody
from scc.read.page import Notes, Page
from scc.read.scope import fictional, ordered
from scc.read.sought import Sought

_NOUN: Final = Sought(
    r"\b(?:(?P<noun>deadlines?|due dates?|cut-?off(?: dates?)?|closing dates?|(?:filing|reporting|compliance|submission|registration|final|last) (?:date|day|deadline)|time limits?|time (?:allowed|given|granted|left)|(?:reports?|returns?|filings?|audits?|registrations?|notifications?|plans?|declarations?|assessments?|responses?|statements?|submissions?|inventor(?:y|ies)|attestations?) (?:is|are|falls?) due|grace periods?|transition(?:al)? periods?|compliance periods?|extension|"
    r"Frist|Meldefrist|Umsetzungsfrist|Abgabefrist|Übergangsfrist|Nachfrist|Stichtag|Schonfrist|délai|date limite|date butoir|échéance|période transitoire|plazo|fecha límite|fecha tope|período transitorio|periodo transitorio|vencimiento))\b",
    re.IGNORECASE,
    at="report return audit plan declaration assessment response statement inventor attestation deadline due cut closing filing reporting compliance submission registration notification final last time grace transition extension frist meldefrist umsetzungsfrist abgabefrist übergangsfrist nachfrist stichtag schonfrist délai date échéance période plazo fecha período periodo vencimiento",
)
_STATES: Final = re.compile(
    rf"(?:, | \()(?P<beside>(?={DATE.pattern.replace('?P<', '?P<n_')}))|"
    r"[^.;!?\n]{0,140}?\b(?:is|was|are|falls?|fell|set|fixed|runs? out|ran out|running out|expires?|expired|ends?|ended|closes?|closed|lapses?|lapsed|moves?|moved|pushed back|put off|extended|extends|postponed|brought forward|remains?|stays?|becomes?|now|of|on|until|till|to|shifted|changed|"
    r"läuft|endet|ist|fällt|verlängert|verschoben|bis|wurde|am|est|expire|fixée?|arrive|échoit|prend fin|reportée?|prolongée?|prorogée?|au|le|vence|termina|expira|finaliza|es|fijad[oa]|acaba|ampli(?:ado|ó|a)|prorrogad[oa]|aplazad[oa]|hasta|el)[ ](?:[^\W\d][\w'’.]{0,14}[ ,]{1,2}){0,4}?"
    rf"(?P<day>(?={DATE.pattern.replace('?P<', '?P<s_')}))",
    re.IGNORECASE,
)
_MOVED: Final = re.compile(
    rf"[ ]?(?:\d{{4}})?,?[ ](?:to|until|till|auf den|auf|au|al|bis zum|hasta el)[ ](?:[^\W\d]\w{{1,12}},?[ ])?(?P<day>(?={DATE.pattern.replace('?P<', '?P<v_')}))"
)
"""The second date of a move: it counts, the first does not."""
_CELL: Final = Sought(
    rf"\b(?:[Dd]ue(?: [Dd]ate)?|DUE(?: DATE)?|[Rr]emediate by|[Rr]emediation due|[Aa]ction due|[Dd]eadline|[Ff]rist|[Éé]chéance|[Pp]lazo|[Ff]echa límite)[ ]{{0,2}}[:|]?[ ]{{0,2}}(?:by |on )?(?={DATE.pattern.replace('?P<', '?P<c_')})",
    at="due remediat action deadline frist échéance plazo fecha",
)
_BEGINS: Final = re.compile(r"(?:\A|[|;,(\n\t]|[.] )[ ]{0,3}\Z")
"""Before the words of a cell."""
_NO_DUTY: Final = re.compile(
    r"\b(?:comments?|consultation|feedback|embargo\w*|conferences?|talks?|papers?|tickets?|early[ -]bird|nominations?|entries|contest|competition|prizes?|awards?|votes?|warranty|guarantee|certificates?|subscription|support|licen[cs]e (?:key|file)|trial|offer|discount|"
    r"leak|extort\w*|ransom|gangs?|attackers?|hackers?|criminals?|game|exploit|disclosure|class action|claimants?|claims? form|scholarship|internships?|bids?|tenders?|proposals?|call for|festival|workshop|merger|acquisition|takeover|deal|negotiations?|ceasefire|elections?|strike|sale|patent|"
    r"scrapped|abolished|cancelled|canceled|suspended|lifted|dropped|repealed|withdrawn|rescinded|revoked|struck down|waived|no (?:\w+ )?(?:deadline|date|time limit)|not a deadline|without a deadline|proposed|proposal|draft|would|could|might|may be|if|rumou?r\w*|"
    r"passed|missed|aufgehoben|gestrichen|zurückgezogen|Entwurf|Kommentare|Stellungnahme|annulée?|supprimée?|abrogée?|projet|anulad[oa]|derogad[oa]|borrador|suprimid[oa]|keine? (?:\w+ )?(?:Frist|Stichtag)|aucune? (?:délai|date|échéance)|ningún plazo|fictional|imaginary)\b|\?$",
    re.IGNORECASE,
)
_BODIES: Final = re.compile(
    rf"\b(?:for|on|auf|für|pour|para|of)[ ](?:all[ ]|every[ ]|each[ ]|the[ ]|any[ ]|most[ ])?(?P<who>(?:[\w-]{{2,16}}[ ]){{0,2}}?{BODY})\b|\b(?P<any>(?:[a-z-]{{3,14}}[ ])?{BODY})\b",
    re.IGNORECASE,
)
_TOLD: Final = re.compile(
    r"\b(?:regulator|authority|commission|ministry|agency|court|supervisor|government|law|act|directive|regulation|order|rule|ordinance|notice|KEV|CISA|must|shall|register|registration|report\w*|fil(?:e|ing)|comply|compliance|audit|notif\w+|submit\w*|submission|hand in|patch\w*|remediat\w+|mitigat\w+|update|upgrade|remov\w+|disconnect\w*|migrat\w+|implement\w*|"
    r"Behörde|Amt|Bundes\w+|Gesetz|Richtlinie|Verordnung|Meld\w+|melden|Registrier\w+|Umsetzung|Bescheid|autorité|loi|directive|règlement|déclar\w+|notifi\w+|signaler|conformité|autoridad|ley|directiva|reglamento|notific\w+|inform\w+|registr\w+|cumpl\w+)\b",
    re.IGNORECASE,
)
_RULED: Final = re.compile(
    r"\b(?:regulator|authority|commission|ministry|agency|agencies|court|supervisor|government|law|act|directive|regulation|order|rules?|ordinance|notice|KEV|CISA|licensees|operators)\b",
    re.IGNORECASE,
)
_INSTEAD: Final = re.compile(
    r"\b(?:instead of|rather than|not|no longer|formerly|originally|previously|at first|statt|nicht|bisher|ursprünglich|au lieu (?:du|de)|initialement|en lugar del?|en vez del?|antes)[ ](?:on[ ]|the[ ]|am[ ]|le[ ]|el[ ]|der[ ]|dem[ ]|du[ ]|del?[ ])?(?:\w{3,10},?[ ])?\Z",
    re.IGNORECASE,
)
_MOST: Final = 4


def note_set_days(page: Page, notes: Notes) -> None:
    """Note, at most four, deadlines that stand as a noun with its date or in a cell."""
    known = {each.fact.date for each in notes.of(Duty) if isinstance(each.fact, Duty)}
    own = page.document.date
    left = _MOST
    for at, start, end, cell in _places(page):
        found = next(find_dates(page.text, own[:4], at, min(end, at + 26)), None)
        if found is None or found.start != at or len(found.iso) < 10 or (own and found.iso < own):
            continue
        sentence = page.text[start:end]
        if _INSTEAD.search(page.text, max(start, at - 40), at):
            continue
        if found.iso in known or left <= 0 or _NO_DUTY.search(sentence) or binds_nobody(sentence):
            continue
        if ordered(page, start) or fictional(page, start) or page.section(start) == "reference":
            continue
        left -= 1
        known.add(found.iso)
        who = None if cell else _BODIES.search(sentence)
        owner = (who["who"] or who["any"] or "") if who else ""
        owner = owner[:1].upper() + owner[1:]
        duty = " ".join(" ".join(sentence.split()).split(" ")[:40]).strip(" |,;:.")
        fact = Duty(
            owner=owner, duty=duty, date=found.iso, period=found_words(page.text, at, found.end), binding="mandatory", binds=whom(owner),
        )  # fmt: skip
        notes(fact, start, min(end, start + 1500), "stated", 0.7, "duty:set-day")


def found_words(text: str, start: int, end: int) -> str:
    """The words of a term, on one line."""
    return " ".join(text[start:end].split())


def _places(page: Page) -> list[tuple[int, int, int, bool]]:
    """(where the date stands, sentence, its end, whether in a cell) of every stated day."""
    text = page.text
    found: list[tuple[int, int, int, bool]] = []
    for each in page.find(_NOUN):
        start, end = page.sentence(each.start())
        if end - start > 500 or not _TOLD.search(text, start, end):
            continue
        if each["noun"].lower().endswith(" due") and not _RULED.search(text, start, end):
            continue
        states = _STATES.match(text, each.end(), end)
        ahead = _ahead(page, start, each.start())
        if ahead is not None:
            found.append((ahead, start, end, False))
            continue
        if states is None:
            continue
        at = max(states.start("day"), states.start("beside"))
        first = next(find_dates(text, page.document.date[:4], at, min(end, at + 26)), None)
        stop = first.end if first is not None and first.start == at else at + len(_bare(text, at, end))
        moved = _MOVED.match(text, stop, end)
        found.append((moved.start("day") if moved else at, start, end, False))
    for each in page.find(_CELL):
        if not _BEGINS.search(text[max(0, each.start() - 5) : each.start()]):
            continue
        start, end = page.sentence(each.end())
        if end - start <= 600 and start >= 0:
            found.append((each.end(), start, end, True))
    return found


def _ahead(page: Page, start: int, noun: int) -> int | None:
    """Where the day stands right before a noun: "3 May 2026 is the last day", "a 3 May 2026 deadline", "el 3 de mayo de 2026 como
    fecha límite"."""
    days = [*find_dates(page.text, page.document.date[:4], max(start, noun - 60), noun)]
    if not days or len(days[-1].iso) < 10 or not _BETWEEN.fullmatch(page.text[days[-1].end : noun]):
        return None
    return days[-1].start


_BETWEEN: Final = re.compile(
    r",? (?:(?:is|was|as|will be|remains|are|como|ist|als|est|es|comme|la|el|der|die|le) ){0,2}(?:the |la |el |der |die |le )?(?:final |last |new |official )?",
    re.IGNORECASE,
)


def _bare(text: str, at: int, end: int) -> str:
    day = DATE.match(text, at, end)
    return day[0] if day else ""
