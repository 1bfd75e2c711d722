# SPDX-License-Identifier: Apache-2.0
"""The number of an act, put together from a kind of act, a number and the name or words of its subject in one sentence.

"Act No. 22 of 2023", "Security Order 2024-07", "ED 24-02", "número 21.663". Runs after `dated_claims` and notes only in a
text without a number there, that prints one number alone and nothing about changes of acts. A delegated act is
not its parent. Whether two sentences are on one act is judged where they are compared (`correlate/events.py`).
"""

from __future__ import annotations

import re
from typing import Final

from scc.model.facts import Claim
from scc.read.claims.told_words import CONFIDENCE, SENTENCE_MOST, WIDE, answered, voice
from scc.read.flaws.identifiers import eu_number, eu_numbers
from scc.read.page import Notes, Page
from scc.read.scope import fictional, ordered

_NO: Final = r"(?:No\.?|no\.|Number|number|Nr\.?|n[°º]\.?|núm\.?|numéro|número|numero|Nummer)"
_FIGURE: Final = r"(?P<{}>\d{{1,6}}(?:[-/.]\d{{1,5}}){{0,2}}(?:[ ](?:of|de|del|von|vom)[ ](?:19|20)\d\d)?)(?![\w%])(?![-/.]\d)"
_KIND: Final = (
    r"(?:Executive Order|Emergency Directive|Binding Operational Directive|Public Law|Royal Decree|Real Decreto(?:-ley)?|Statutory Instrument|[A-Z][a-z]{3,12} (?:Order|Directive|Decree|Regulation|Circular|Notice|Rule)|"
    r"Act|Law|Bill|Decree|Order|Regulation|Directive|Rule|Ordinance|Circular|Resolution|Statute|Ley|Loi|Legge|Decreto|Décret|Gesetz|Verordnung|Erlass|Reglamento|Règlement|Directiva|Richtlinie|EO|E\.O\.|ED|BOD|SI)"
)
_PRINTED: Final = re.compile(
    rf"\b(?P<kind>{_KIND})[ \n]\(?(?:{_NO}[ ]?)?{_FIGURE.format('figure')}"
    rf"|\b(?:is|as|under|got|has|ist|est|es|with|the|als|das|die|la|le|el|by|decree|law|act|order|bill|décret|ley|loi|decreto)[ \n](?:{_NO})[ ]?(?:\((?:EU|UE)\)[ ])?{_FIGURE.format('alone')}"
)
_SHORT: Final = {
    "Executive Order": "EO", "E.O.": "EO", "Emergency Directive": "ED", "Binding Operational Directive": "BOD", "SI": "Statutory Instrument",
    "Ley": "Law", "Loi": "Law", "Legge": "Law", "Gesetz": "Law", "Decreto": "Decree", "Décret": "Decree", "Verordnung": "Regulation", "Reglamento": "Regulation",
    "Règlement": "Regulation", "Directiva": "Directive", "Richtlinie": "Directive",
}  # fmt: skip
_NAME: Final = re.compile(
    r"\b(?P<name>(?:[A-Z][\w'’-]{1,20}[ ])(?:(?:[A-Z][\w'’-]{1,20}|of|and|for|the|on)[ ]){0,6}?(?:Act|Law|Regulation|Directive|Code|Rules|Framework|Strategy|Bill))\b(?![ ](?:No|Number|\())"
)
_ARTICLE: Final = re.compile(
    r"^(?:(?:The|This|That|In|Under|What|Its|Our|An?|New|Der|Die|Das|Le|La|El|By|With|For|On|the|of|and|for|on|[A-Z][\w]+['’]s)[ ])+"
)
_CHANGES: Final = re.compile(
    r"\b(?:amend\w*|repeal\w*|replac\w*|supersed\w*|revok\w*|rescind\w*|instead of|unlike|fined|delegated|implementing|transpos\w*|builds? on|followed by|following|previous|earlier|predecessor|successor|"
    r"article|section|annex|chapter|recital|page|version|issue|case|docket|similar|compared|as well as|and also|ändert|ersetzt|modifi\w*|remplac\w*|derog\w*)\b",
    re.IGNORECASE,
)
_GATE: Final = (
    "order",
    "directive",
    "act",
    "law",
    "decree",
    "regulation",
    "bill",
    "ley ",
    "loi ",
    "gesetz",
    "richtlinie",
    "décret",
    "the number ",
    "número",
    "numéro",
    "nummer",
    "verordnung",
    "bod ",
    "ed 2",
    "eo 1",
    "decreto",
    "circular",
)


def note_told_acts(page: Page, notes: Notes) -> None:
    """Note the one number of an act that the text prints, with the act's name where the sentence gives it."""
    if len(page.text) > _LONGEST or not any(map(page.low.__contains__, _GATE)):
        return
    if answered(notes, "law-number"):
        return
    found: dict[str, int] = {}
    for each in eu_numbers(page.text):
        found.setdefault(eu_number(each[1], each[2], each[3]), each.start())
    if not found:
        for each in _PRINTED.finditer(page.text):
            found.setdefault(_number(each), each.start())
    if len(found) != 1:
        return
    value, at = next(iter(found.items()))
    if not re.search(r"\d{2}|\d of", value):
        return
    number = page.sentence_number(at)
    start, end = page.sentences[number]
    if (
        end - start > SENTENCE_MOST
        or _CHANGES.search(page.text, start, end)
        or ordered(page, at)
        or fictional(page, at)
    ):
        return
    if page.section(at) in ("reference", "advice"):
        return
    spoken = voice(page, number, at, "negated")
    if spoken.modality not in ("asserted", "reported"):
        return
    claim = Claim("law-number", value, spoken.modality, spoken.holder, subject=_name(page, start, end))
    notes(claim, start, end, "stated", CONFIDENCE, f"{WIDE}act")


def _number(printed: re.Match[str]) -> str:
    """The number with its kind; "No. 21 of 2023" where no kind is printed."""
    if printed["alone"]:
        return f"No. {printed['alone']}"
    kind = _SHORT.get(printed["kind"], printed["kind"])
    union = kind in ("Regulation", "Directive") and _UNION.fullmatch(printed["figure"])
    return f"{kind} (EU) {printed['figure']}" if union else f"{kind} {printed['figure']}"


_UNION: Final = re.compile(r"(?:19|20)\d\d/\d{2,4}")
_SHORT_TEXT: Final = 3
"""Sentences of a text that is on one act."""
_LONGEST: Final = 3000
"""Characters: a longer text speaks of several acts."""


def _name(page: Page, start: int, end: int) -> str:
    """The act's official number or its name, if the sentence names exactly one act."""
    every = [
        (page.words.starts[hit.first], hit.value.value)
        for hit in page.hits.get("acts", [])
        if hit.value.case != "exact" or page.text[page.words.starts[hit.first] :].startswith(hit.value.name)
    ]
    known = {value for at, value in every if start <= at < end}
    if not known and len(page.sentences) <= _SHORT_TEXT:
        known = {value for _, value in every}
    if known:
        return known.pop() if len(known) == 1 else ""
    named = {_ARTICLE.sub("", each["name"]).lower() for each in _NAME.finditer(page.text, start, end)}
    named = {each for each in named if " " in each}
    return named.pop() if len(named) == 1 else ""
