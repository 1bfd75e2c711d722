# SPDX-License-Identifier: Apache-2.0
"""The day of a stage of an incident or of an act, put together from a date and the nearest word for what happened then.

Stages are kept apart, so that the day of discovery is never held against the day of the break-in: first access, attack,
discovery, notice to the authority or to those hit, disclosure, payment, recovery, deadline, day of application. Runs after
`dated_claims`, whose subjects it shares, and notes a stage only if the text gives it one day. "Three days later" and
weekdays alone are not read. "Not on 9 March" is noted as denied; "not until 9 March" is 9 March.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from scc.model.facts import Claim
from scc.read.claims.told_words import CONFIDENCE, SENTENCE_MOST, WIDE, Place, brief, by_sentence, voice
from scc.read.duties.event_dates import ELSEWHERE, find_dates
from scc.read.page import Notes, Page
from scc.read.scope import fictional, ordered
from scc.read.sought import Sought

_SHORT: Final = Sought(
    # Without a year: "5 de noviembre", "23 août", "29. Januar"; the last of several days of a night.
    rf"(?<![\d.,-])(?P<day>\d{{1,2}})(?:\.|er|º|°)?[ \n](?:de[ \n])?(?P<month>{'|'.join(ELSEWHERE)})(?![\w-])(?![ \n](?:del?[ \n])?(?:19|20)\d\d)",
    re.IGNORECASE,
    at="#",
)
_ORDINALS: Final = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth "
        "twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first".split(),
        1,
    )
}  # fmt: skip
_ENGLISH: Final = (
    "January February March April May June July August September October November December".split()
)
_IN_WORDS: Final = re.compile(
    rf"\b(?P<word>last|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))}) (?:day )?of (?P<month>{'|'.join(_ENGLISH)})\b(?:,? (?P<year>20\d\d))?"
    rf"|\b(?P<month2>{'|'.join(_ENGLISH)}) (?:the )?(?P<word2>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})\b(?:,? (?P<year2>20\d\d))?",
    re.IGNORECASE,
)
_NAMED: Final = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "new year's eve": (12, 31), "new year’s eve": (12, 31), "new year's day": (1, 1),
    "new year’s day": (1, 1), "boxing day": (12, 26), "halloween": (10, 31), "valentine's day": (2, 14), "heiligabend": (12, 24), "silvester": (12, 31),
}  # fmt: skip
_HOLIDAY: Final = re.compile(
    rf"\b(?P<name>{'|'.join(_NAMED)})\b(?:,? (?:of )?(?P<year>20\d\d))?", re.IGNORECASE
)
_SPELLED: Final = re.compile(r"(?:th|st|nd|rd|day) of [A-Z]|[a-z] (?:the )?[a-z-]{3,14}(?:th|st|nd|rd)\b")
_FEAST: Final = re.compile(r"[Ee]ve\b|mas [Dd]ay|Year|oween|ing [Dd]ay|ine['’]s|Heilig|Silvester")
_YEAR: Final = re.compile(
    r"\b(?:since|in|from|as early as|seit|depuis|en|desde|dal|to) (?P<year>(?:19|20)\d\d)\b(?![-/–]\d)"
)
_INCIDENT: Final = re.compile(
    r"\b(?:attack\w*|cyber\w*|breach\w*|hack\w*|intru\w+|theft|leak\w*|incident|break-?in|compromis\w+|outage|sabotage|malware|ransomware|encrypt\w+|unauthori[sz]ed|access\w*|stolen|exfiltrat\w+|wiper|virus|worm|"
    r"phish\w*|break-in|irregularit\w+|suspicious|Angriff\w*|Angreif\w+|atac\w+|attaqu\w+|intrus\w*|ladrones|Hacker\w*|Einbruch\w*|Vorfall\w*|Schadsoftware|Verschlüsselung|Datenleck|Eindring\w+|attaque\w*|intrusion|incident|fuite|piratage|rançongiciel|ataque\w*|intrusión|"
    r"incidente|filtración|ciberataque|brecha|attacco|violazione|aanval|inbraak)\b",
    re.IGNORECASE,
)
_FLAW: Final = re.compile(
    r"\b(?:vulnerab\w+|flaws?|bugs?|CVE-\d+|zero-days?|patch\w*|security hole|weakness\w*|proof[- ]of[- ]concept|exploits?|KEV|advisory|samples?|domains?|registered|campaigns?|variant|version|GitHub|npm|package)\b",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(
    r"\b(?:earlier attack|previous(?:ly)?|other|another|similar|separate(?:ly)?|unrelated|years? (?:ago|later)|last year|could(?! not)|would|might|may (?:have|be)|if|expects?|plans?|planned|scheduled|novel|film|thriller|exercise|simulat\w+|"
    r"others|each of|also|blog post|arrest\w*|sentenced|pleaded|charged|founded|anniversary)\b",
    re.IGNORECASE,
)
_NOT_DAY: Final = re.compile(
    r"(?:\b(?:not|nicht|pas|no)|n[’']t)(?: (?:happen|occur|begin|start|take place|on|in|am|le|el|the|of|already|as early as)){0,4}[ \n]$",
    re.IGNORECASE,
)
_DATELINE: Final = re.compile(r"\([A-Z]?[a-z]{0,3},? ?\Z")
_SAID_ON: Final = re.compile(
    r"\b(?:said|reported|wrote|told|confirmed|statement|post|article|published|interview|posted|tweeted)\b(?: [\w'’-]{2,16}){0,3}[ \n](?:on[ \n])?(?:\w+day,? )?$",
    re.IGNORECASE,
)
_SETS_OUT: Final = re.compile(
    r" (?:to|an? (?:investigation|inquiry|review|audit)|the (?:investigation|inquiry|review)|investigat\w+|work\w*)\b"
)
_INSTEAD: Final = re.compile(
    r"\b(?:but|sondern|mais|sino)(?: (?:on|in|only|am|le|el|the|of|already|since|erst))*[ \n]$", re.IGNORECASE
)
_UNTIL: Final = re.compile(
    r"\b(?:not|n[’']t|nicht|erst|only)\b[^.;]{0,90}\b(?:until|before|till|bis|erst)\b[^.;]{0,20}$",
    re.IGNORECASE,
)
_AUTHORITY: Final = re.compile(
    r"\b(?:regulators?|authorit\w+|commission\w*|police|prosecutor\w*|attorney general|SEC|FBI|ICO|CNIL|BSI|agency|ministry|government|watchdog|Behörde\w*|Polizei|Datenschutz\w*|Staatsanwalt\w*|autorité|police|préfet|autoridad\w*|policía|agencia|autorità|garante|stock exchange|insurer)\b",
    re.IGNORECASE,
)
_THOSE_HIT: Final = re.compile(
    r"\b(?:customers?|patients?|employees?|members?|users?|students?|clients?|parents|staff|individuals|people|guests|passengers|Kund\w+|Betroffene\w*|Patient\w+|Mitarbeite\w+|clientes?|usagers|assurés|usuarios|pacientes|empleados|clienti)\b",
    re.IGNORECASE,
)
_RANSOM: Final = re.compile(
    r"\b(?:ransom\w*|extort\w*|gang|attackers?|hackers?|criminals?|bitcoin|Lösegeld|Erpresser\w*|rançon|rescate|riscatto|blackmail\w*)\b",
    re.IGNORECASE,
)
_ACT: Final = re.compile(
    r"\b(?:Act|Regulation|Directive|Law|Order|Rules?|Verordnung|Gesetz|Richtlinie|Règlement|Loi|Reglamento|Ley|Directiva|DORA|NIS ?2|GDPR|[A-Z]{3,8}|duty|obligation\w*|requirement\w*)\b"
)
_FROM: Final = re.compile(
    r"\b(?:from|as of|on|is|was|until|till|ab|am|dem|seit|bis|à partir du|à compter du|depuis le|le|du|el|del|desde el|a partir del|hasta el|dal|il)[ \n]$",
    re.IGNORECASE,
)
_WAS_TOLD: Final = re.compile(
    r"\b(?:it|we|company|firm|she|he|they|university|hospital|bank)(?: (?:was|were|had been|has been))(?: first)? (?:notified|informed|alerted|told)\b",
    re.IGNORECASE,
)
"""Who was told found out then."""
_TO_PAY: Final = re.compile(r"\b(?:to pay|for payment|ransom|zahlen|payer|pagar)\b", re.IGNORECASE)
_NEAR: Final = 110
_MUST: Final = re.compile(
    r"\b(?:must|shall|have to|has to|had to|required|ordered|obliged|deadline|due|patch|fix|remove|report|register|comply|submit|file|grace|frist|müssen|doivent|deben|plazo|delay|object|apply)\b",
    re.IGNORECASE,
)


_DIGIT: Final = re.compile(r"\d")
_IN_LETTERS: Final = (
    "th of ",
    "st of ",
    "nd of ",
    "rd of ",
    "day of ",
    " eve",
    "christmas day",
    "halloween",
    "heiligabend",
    "silvester",
)
"""Of these a text has one that writes days without a figure."""


class _Day(NamedTuple):
    iso: str
    start: int
    end: int


def note_told_days(page: Page, notes: Notes) -> None:
    """Note the day of each stage of which the text gives exactly one."""
    taken = {claim.subject.split()[0] for _, claim in notes.claims("occurred-on") if claim.subject}
    told: dict[str, dict[str, tuple[int, bool, int]]] = {}
    spelled = any(each in page.low for each in _IN_LETTERS)
    for number, words in by_sentence(page).items():
        stages = words.get("day")
        start, end = page.sentences[number]
        if not stages or end - start > SENTENCE_MOST or page.section(start) in ("reference", "advice"):
            continue
        if not spelled and not _DIGIT.search(page.text, start, end):
            continue
        days = list(_days(page, start, end))
        if not days or len(days) > 3 or _ASIDE.search(page.text, start, end):
            continue
        if ordered(page, start) or fictional(page, start):
            continue
        for day in days:
            if _DATELINE.search(page.text, max(start, day.start - 8), day.start):
                continue
            stage = _stage(page, start, end, day, stages, days)
            if stage and stage.split()[0] not in taken:
                before = page.text[max(start, day.start - 120) : day.start]
                denied = _NOT_DAY.search(before) is not None
                told.setdefault(stage, {}).setdefault(day.iso, (number, denied, day.start))
    for stage, found in told.items():
        sure = {iso for iso, (_, denied, _) in found.items() if not denied}
        if len(sure) > 1:
            continue
        for iso, (number, denied, at) in found.items():
            spoken = voice(page, number, at, "negated")
            start, end = page.sentences[number]
            modality = "denied" if denied else spoken.modality
            if not denied and _INSTEAD.search(page.text, max(start, at - 40), at):
                modality = "reported"
            if denied or modality in ("asserted", "reported", "possible"):
                claim = Claim("occurred-on", iso, modality, spoken.holder, subject=stage)
                notes(claim, start, end, "stated", CONFIDENCE, f"{WIDE}day")


def _days(page: Page, start: int, end: int) -> Iterator[_Day]:
    """The days of a sentence; one without a year is the last before the document's own date."""
    text, own = page.text, page.document.date
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, int, int, int]] = []
    for each in find_dates(text, own[:4], start, end):
        if len(each.iso) < 10 or each.iso[:4] in text[each.start : each.end]:
            taken.append((each.start, each.end))
            yield _Day(each.iso, each.start, each.end)
        else:
            found.append((int(each.iso[5:7]), int(each.iso[8:]), each.start, each.end))
    for other in page.find(_SHORT, start, end):
        found.append((ELSEWHERE[other["month"].lower()], int(other["day"]), other.start(), other.end()))
    for spelled in _IN_WORDS.finditer(text, start, end) if _SPELLED.search(text, start, end) else ():
        month = _ENGLISH.index((spelled["month"] or spelled["month2"]).capitalize()) + 1
        word = (spelled["word"] or spelled["word2"]).lower()
        year = spelled["year"] or spelled["year2"]
        day = _ORDINALS.get(word) or 31 - (month in (4, 6, 9, 11)) - 3 * (month == 2)
        if year:
            taken.append((spelled.start(), spelled.end()))
            yield _Day(f"{year}-{month:02d}-{day:02d}", spelled.start(), spelled.end())
        else:
            found.append((month, day, spelled.start(), spelled.end()))
    for holiday in _HOLIDAY.finditer(text, start, end) if _FEAST.search(text, start, end) else ():
        month, day = _NAMED[holiday["name"].lower()]
        if holiday["year"]:
            taken.append((holiday.start(), holiday.end()))
            yield _Day(f"{holiday['year']}-{month:02d}-{day:02d}", holiday.start(), holiday.end())
        else:
            found.append((month, day, holiday.start(), holiday.end()))
    done: list[tuple[int, int]] = list(taken)
    for month, day, first, last in found:
        if own and not any(first < stop and begin < last for begin, stop in done):
            done.append((first, last))
            if iso := _last(own, month, day):
                yield _Day(iso, first, last)
    if not done:
        for year_only in _YEAR.finditer(text, start, end):
            yield _Day(year_only["year"], year_only.start("year"), year_only.end("year"))


def _last(own: str, month: int, day: int) -> str:
    """The last such day up to three months after the document's own date."""
    try:
        today = datetime.date.fromisoformat(own)
        found = datetime.date(today.year, month, day)
    except ValueError:
        return ""
    if (found - today).days > _AHEAD:
        found = found.replace(year=found.year - 1) if (month, day) != (2, 29) else found
    return found.isoformat()


_AHEAD: Final = 92


def _stage(page: Page, start: int, end: int, day: _Day, stages: list[Place], days: list[_Day]) -> str:
    """The stage whose word stands nearest to a day with no other day between, "" if what it needs is missing."""
    text = page.text
    before = text[max(start, day.start - 120) : day.start]
    until = _UNTIL.search(before) is not None
    if _INSTEAD.search(before):
        days = [day]  # "not on 9 March but on 7 March": the word stands before the first
    best: tuple[int, Place] | None = None
    for place in stages:
        if (until and place.value == "deadline") or _SETS_OUT.match(text, place.end, end):
            continue
        low, high = (place.end, day.start) if place.end <= day.start else (day.end, place.start)
        distance = high - low
        if distance < 0 or distance > _NEAR or any(low <= each.start < high for each in days if each != day):
            continue
        if (
            "\n" in text[low:high]
            or (";" in text[low:high] and " when " not in text[low:high] + text[place.start : place.end])
            or (place.start > day.start and distance > _NEAR // 2)
        ):
            continue
        if best is None or distance < best[0]:
            best = (distance, place)
    if best is None:
        return ""
    stage, past = best[1].value, day.iso <= page.document.date[: len(day.iso)] or not page.document.date
    # A short text on nothing but the day of a stage is on the incident that somebody else describes.
    incident = brief(page) or _INCIDENT.search(text, start, end) is not None
    if stage in ("deadline", "effective"):
        if len(day.iso) < 10:
            return ""
        if stage == "effective":
            return stage if _ACT.search(text, start, end) and _FROM.search(before) else ""
        if _TO_PAY.search(text, start, end):
            return "payment deadline"
        return stage if _MUST.search(text, start, end) else ""
    if stage == "recovery":
        return stage if past and len(day.iso) == 10 else ""
    if stage == "report to the maker":
        return stage if past and len(day.iso) == 10 and _FLAW.search(text, start, end) else ""
    if stage == "payment":
        return stage if past and len(day.iso) == 10 and _RANSOM.search(text, start, end) else ""
    if _SAID_ON.search(before) and stage not in ("disclosure", "notice"):
        return ""
    if not past or not incident or _FLAW.search(text, start, end):
        return ""
    if len(day.iso) < 10 and stage != "first access":
        return ""
    if stage == "notice" and _WAS_TOLD.search(text, start, end):
        return "discovery"
    if stage == "notice":
        if _AUTHORITY.search(text, start, end):
            return "notice to the authority"
        return "notice to those hit" if _THOSE_HIT.search(text, start, end) else ""
    return stage
