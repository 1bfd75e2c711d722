# SPDX-License-Identifier: Apache-2.0
"""Claims that follow from dates and numbers already found: the number of an act, the day it was signed or takes effect,
the day of a first access. One a document and question: a text with several gives none, for it may tell of several things.
"""

from __future__ import annotations

import re
from typing import Final

from scc.model.facts import Claim, Date, Identifier, Modality, Observation
from scc.model.provenance import Span
from scc.read.claims import publisher_holder
from scc.read.event_dates import find_dates
from scc.read.page import Notes, Page

_ENTRY: Final = re.compile(
    r"\b(?:first|initial) access\b|\bfirst (?:in|inside) (?:our|the|its|their) (?:network|systems?)\b|\bfirst (?:entered|gained|got|accessed|compromised|broke)\b|\b(?:intrusion|breach|attack) (?:began|started|dates? (?:back )?to)\b",
    re.IGNORECASE,
)
"""Wording for the first day of an intrusion; other days of its timeline are not the same question."""


def note_dated_claims(page: Page, notes: Notes) -> None:
    """Note the claims; identifiers and dates must have been noted before."""
    holder = publisher_holder(page.document)
    modality: Modality = (
        "asserted" if holder in ("authority", "cert", "vendor", "research", "victim") else "reported"
    )
    main = [
        each
        for each in notes.of(Identifier)
        if isinstance(each.fact, Identifier)
        and each.fact.relation == "main"
        and each.fact.scheme in ("executive-order", "regulation", "directive")
    ]
    numbers = {each.fact.value for each in main if isinstance(each.fact, Identifier)}
    if len(numbers) == 1:
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


def _entry(page: Page, notes: Notes, modality: Modality) -> None:
    days: dict[str, tuple[int, int]] = {}
    for start, end in page.sentences:
        if not _ENTRY.search(page.text, start, end):
            continue
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
