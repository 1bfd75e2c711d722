# SPDX-License-Identifier: Apache-2.0
"""When an indicator was first and last seen, where its row or the words right behind it say so.

A column of a table ("First seen"), or "first seen on 3 March 2026" between an indicator and the next one. A day after the
document's own, or a last day before the first, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from scc.read.duties.event_dates import find_dates
from scc.read.page import Page
from scc.read.sought import Sought

Key = tuple[str, str]
"""Type and value of an indicator."""


class Place(NamedTuple):
    """One place where an indicator stands in the text."""

    start: int
    end: int
    key: Key


class Seen(NamedTuple):
    """ISO days, "" for not told."""

    first: str
    last: str


_TOLD: Final = Sought(
    r"\b(?:(?P<first>first|initially|earliest)|(?P<last>last|most recently|latest))[ -]{1,2}(?:seen|observed|spotted|detected|active|sighted|sighting|observation|activity|used|reported|recorded|contacted)\b",
    re.IGNORECASE,
    at="first initially earliest last most latest",
)
_REACH: Final = 60
"""Characters between the words and their day."""
_BEHIND: Final = 160
"""Characters between an indicator and the words."""
_ROWS: Final = 3000


def seen(page: Page, places: Iterable[Place]) -> dict[Key, Seen]:
    """First and last day by indicator, for those of which the text tells one; `places` in any order."""
    told = list(page.find(_TOLD))
    if not told:
        return {}
    found: dict[Key, Seen] = {}
    ordered = sorted(places)
    columns = _columns(page, told)
    for number, place in enumerate(ordered):
        following = ordered[number + 1].start if number + 1 < len(ordered) else len(page.text)
        days = _of_row(page, place, columns) or _behind(page, place, following, told)
        if days:
            first, last = (_past(page, each) for each in days)
            last = "" if first and last and last < first else last
            known = found.get(place.key, Seen("", ""))
            if first or last:
                found[place.key] = Seen(known.first or first, known.last or last)
    return found


def _past(page: Page, day: str) -> str:
    return "" if page.document.date and day > page.document.date[: len(day)] else day


def _day(page: Page, start: int, end: int) -> str:
    return next((each.iso for each in find_dates(page.text, "", start, end) if len(each.iso) == 10), "")


def _behind(page: Page, place: Place, following: int, told: list[re.Match[str]]) -> tuple[str, str] | None:
    """The days told between an indicator and the next one, in its sentence."""
    _, end = page.sentence(place.start)
    stop = min(end, following, place.end + _BEHIND)
    days = {"first": "", "last": ""}
    for each in told:
        if place.end <= each.start() < stop:
            kind = "first" if each["first"] else "last"
            days[kind] = days[kind] or _day(
                page, each.end(), min(stop + _REACH, each.end() + _REACH, following, end)
            )
    return (days["first"], days["last"]) if any(days.values()) else None


def _columns(page: Page, told: list[re.Match[str]]) -> list[tuple[int, int, dict[int, str]]]:
    """(start, end, kind by number of the column) of each table with such a head."""
    found: list[tuple[int, int, dict[int, str]]] = []
    for each in told:
        begin, end = page.line(each.start())
        head = page.text[begin:end]
        if "|" not in head or (found and begin < found[-1][1]):
            continue
        kinds: dict[int, str] = {}
        for number, cell in enumerate(head.split("|")):
            named = _TOLD.pattern.search(cell)
            if named and len(cell.split()) <= 5 and not any(mark.isdigit() for mark in cell):
                kinds[number] = "first" if named["first"] else "last"
        stop, rows = end, 0
        while kinds and rows < _ROWS and stop < len(page.text):
            following = page.text.find("\n", stop + 1)
            following = len(page.text) if following < 0 else following
            if "|" not in page.text[stop:following]:
                break
            stop, rows = following, rows + 1
        if kinds:
            found.append((begin, stop, kinds))
    return found


def _of_row(
    page: Page, place: Place, columns: list[tuple[int, int, dict[int, str]]]
) -> tuple[str, str] | None:
    for start, stop, kinds in columns:
        if not start <= place.start < stop:
            continue
        begin, end = page.line(place.start)
        days = {"first": "", "last": ""}
        at = begin
        for number, cell in enumerate(page.text[begin:end].split("|")):
            if number in kinds:
                days[kinds[number]] = _day(page, at, at + len(cell))
            at += len(cell) + 1
        return days["first"], days["last"]
    return None
