# SPDX-License-Identifier: Apache-2.0
"""Claims that follow from dates and numbers already found: the number of an act, the day it was signed or takes effect,
the day of a first access. One a document and question: a text with several gives none, for it may tell of several things.
"""

from __future__ import annotations

import re
from typing import Final

from scc.model.facts import Claim, Date, Holder, Identifier, Modality, Observation
from scc.model.provenance import Span
from scc.read.claims.subjects import cves_in
from scc.read.duties.event_dates import find_dates
from scc.read.flaws.identifiers import eu_number, eu_numbers
from scc.read.holders import first_hand, publisher_holder
from scc.read.page import Notes, Page
from scc.read.sought import Sought

_ENTRY: Final = Sought(
    r"\b(?:first|initial) access\b|\bfirst (?:in|inside) (?:our|the|its|their) (?:network|systems?)\b|\bfirst (?:entered|gained|got|accessed|compromised|broke)\b|\b(?:intrusion|breach|attack) (?:began|started|dates? (?:back )?to)\b",
    re.IGNORECASE,
    at="first initial intrusion breach attack",
)
"""Wording for the first day of an intrusion; other days of its timeline are not the same question."""

_DUE: Final = Sought(
    r"\b(?:must|shall|ha(?:ve|s) (?:to|until)|(?:are|is) (?:required|ordered|obliged|directed) to|deadline|due date|date by which)\b",
    re.IGNORECASE,
    at="must shall have has are is deadline due date",
)
_DUE_DAY: Final = re.compile(
    r"\b(?:by|until|on or before|no later than|before|(?:deadline|date|due)\b[^.;\n]{0,90}? (?:is|was|has been (?:moved|extended|postponed) to|to|of|for))[ \n](?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?$",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"\b(?:number|Nummer|numéro|número|numero|Nr\.|no\.|as|is|als|,)[ \n](?P<number>20\d\d/\d{2,4})(?!\d)"
)
_PARENT: Final = re.compile(
    r"\b(?:under|pursuant to|according to|supplement\w*|of|gemäß|nach|unter|en vertu du|con arreglo al)[ \n](?:the[ \n])?\Z",
    re.IGNORECASE,
)
"""What stands before an act that has given rise to the one whose number is printed."""
_CHANGES: Final = re.compile(
    r"\b(?:amend\w{0,4}|repeal\w{0,3}|replac\w{1,4}|supersed\w{1,3}|revok\w{1,3}|instead of|unlike|fined)\b",
    re.IGNORECASE,
)


def note_dated_claims(page: Page, notes: Notes) -> None:
    """Note the claims; identifiers and dates must have been noted before."""
    holder = publisher_holder(page.document)
    modality = first_hand("occurred-on", holder)
    main = [
        each
        for each in notes.of(Identifier)
        if isinstance(each.fact, Identifier)
        and each.fact.relation == "main"
        and each.fact.scheme in ("executive-order", "regulation", "directive")
    ]
    numbers = {each.fact.value for each in main if isinstance(each.fact, Identifier)}
    named = _named_number(page, notes, holder, modality)
    if len(numbers) == 1 and not named:
        _note(notes, main[0], Claim("law-number", next(iter(numbers)), modality, holder))
    if main or "order" in page.low or "directive" in page.low or "regulation" in page.low:
        for role in ("signed", "effective"):
            found = [
                each
                for each in notes.of(Date)
                if isinstance(each.fact, Date) and each.fact.role == role and len(each.fact.date) == 10
            ]
            if len({each.fact.date for each in found if isinstance(each.fact, Date)}) == 1:
                fact = found[0].fact
                assert isinstance(fact, Date)
                _note(notes, found[0], Claim("occurred-on", fact.date, modality, holder, subject=role))
    _entry(page, notes, modality)
    _deadline(page, notes, modality)


def _named_number(page: Page, notes: Notes, holder: Holder, modality: Modality) -> bool:
    """Note the number that a sentence prints for an act that it also names; its subject is the act by its official number."""
    for hit in page.hits.get("acts", []):
        at = page.words.starts[hit.first]
        start, end = page.sentence(at)
        if at > page.lead or _CHANGES.search(page.text, start, end):
            continue
        if _PARENT.search(page.text, start, at):
            continue
        if hit.value.case == "exact" and page.text[at : page.words.ends[hit.last - 1]] != hit.value.name:
            continue
        printed = {(each[1], each[2], each[3]) for each in eu_numbers(page.text, start, end)}
        plain = {each["number"] for each in _NUMBER.finditer(page.text, start, end)}
        kind = hit.value.value.partition(" (")[0]
        if len(printed) == 1:
            value = eu_number(*next(iter(printed)))
        elif len(plain) == 1 and not printed:
            value = f"{kind} (EU) {next(iter(plain))}"
        else:
            continue
        claim = Claim("law-number", value, modality, holder, subject=hit.value.value)
        notes(claim, start, end, "stated", 0.75, "law-number:named")
        return True
    return False


def _deadline(page: Page, notes: Notes, modality: Modality) -> None:
    """Note the one day by which something must be done, for the flaw of its sentence if it names one."""
    days: dict[str, tuple[int, int, str]] = {}
    for start, end in dict.fromkeys(page.sentence(each.start()) for each in page.find(_DUE)):
        if end - start > 600:
            continue
        flaws = cves_in(page, start, end)
        for found in find_dates(page.text, page.document.date[:4], start, end):
            before = page.text[max(start, found.start - 120) : found.start]
            if len(found.iso) == 10 and _DUE_DAY.search(before):
                days.setdefault(found.iso, (found.start, found.end, flaws[0] if len(flaws) == 1 else ""))
    if len(days) != 1:
        return
    day, (first, last, flaw) = next(iter(days.items()))
    claim = Claim(
        "occurred-on", day, modality, publisher_holder(page.document), subject=f"deadline {flaw}".strip()
    )
    notes(claim, first, last, "stated", 0.7, "date:deadline")


def _entry(page: Page, notes: Notes, modality: Modality) -> None:
    days: dict[str, tuple[int, int]] = {}
    for start, end in dict.fromkeys(
        page.sentences[page.sentence_number(each.start())] for each in page.find(_ENTRY)
    ):
        for found in find_dates(page.text, page.document.date[:4], start, end):
            if len(found.iso) == 10:
                days.setdefault(found.iso, (found.start, found.end))
    if len(days) != 1:
        return
    day, (first, last) = next(iter(days.items()))
    claim = Claim("occurred-on", day, modality, publisher_holder(page.document), subject="first access")
    notes(claim, first, last, "stated", 0.7, "date:first-access")


def _note(notes: Notes, of: Observation, claim: Claim) -> None:
    place = of.locator
    assert isinstance(place, Span)
    notes(claim, place.start, place.end, "stated", 0.8, f"{claim.question}:{of.rule}"[:60])
