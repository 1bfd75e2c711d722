# SPDX-License-Identifier: Apache-2.0
"""Indicator lists: CSV with a value column (and a type, a note), or one value a line.

A list that names itself one of indicators, or types its values, says that they were observed. A bare list of
hosts or paths says nothing of the kind: its values are references.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from scc.model.facts import Indicator
from scc.read.records.interface import Note, View, rows, text_at
from scc.read.records.patterns import account_note, guessed, is_local, typed
from scc.read.text.dates import iso_date

VALUES: Final = (
    "value",
    "indicator",
    "ioc",
    "ioc_value",
    "indicator_value",
    "associated url",
    "url",
    "domain",
    "file",
    "hash",
)
_TYPES: Final = ("type", "entity_type", "indicator_type", "ioc_type", "category")
_NOTES: Final = ("notes", "description", "comment", "note", "comments", "tags", "malware_printable", "threat")
_SEEN: Final = ("first_seen", "first_seen_utc", "dateadded", "date")
_DECLARED: Final = frozenset({"value", "indicator", "ioc", "ioc_value", "indicator_value"})
_ROWS_MOST: Final = 20_000


def from_csv(text: str) -> dict[str, Any]:
    """A CSV list as rows of value, type and note; without a header the columns are value, type, note."""
    body = "\n".join(line for line in text.lstrip("\ufeff").split("\n") if not line.startswith("#"))
    try:
        table = list(csv.reader(io.StringIO(body)))
    except csv.Error:
        table = [line.split(",") for line in body.split("\n")]
    table = [row for row in table if any(cell.strip() for cell in row)]
    if not table:
        return {"declared": False, "rows": []}
    head = [cell.strip().strip('"').lower() for cell in table[0]]
    known = any(cell in VALUES for cell in head)
    columns = head if known else ["value", "type", "note"]
    key = next((name for name in VALUES if name in columns), "value")
    declared = (key in _DECLARED and any(name in columns for name in _TYPES)) or key in ("indicator", "ioc")
    found: list[dict[str, str]] = []
    for row in table[1:] if known else table:
        cells = dict(zip(columns, (cell.strip() for cell in row), strict=False))
        kind, said = _cell(cells, _TYPES), _cell(cells, _NOTES)
        seen = iso_date(_cell(cells, _SEEN))[:10]
        # The hashes of one file stand together in one cell.
        values = (
            re.split(r"[,\s;]+", cells.get(key, ""))
            if kind.lower() in ("file", "hash", "hashes")
            else [cells.get(key, "")]
        )
        for part in values:
            if part and len(found) < _ROWS_MOST:
                found.append({"value": part, "type": kind, "note": said, "seen": seen})
    return {"declared": declared, "rows": found}


def from_lines(text: str) -> dict[str, Any]:
    """One value a line; empty lines and comments left out."""
    lines = [line.strip() for line in text.lstrip("\ufeff").split("\n")]
    values = [line for line in lines if line and not line.startswith(("#", ";", "//"))]
    return {
        "declared": False,
        "rows": [{"value": each, "type": "", "note": "", "seen": ""} for each in values[:_ROWS_MOST]],
    }


def _cell(cells: dict[str, str], names: tuple[str, ...]) -> str:
    return next((cells[name] for name in names if cells.get(name)), "")


def entries(value: Any) -> Iterator[tuple[str, Any]]:
    """The list as one document."""
    yield "", value


def view(value: Any) -> View | None:
    """The list under the note that most of its rows carry; its notes are the text."""
    found = rows(value, "rows")
    if not found:
        return None
    notes = Counter(text_at(each, "note") for each in found if text_at(each, "note"))
    kinds = sorted({kind[0] for kind in (_typed(each) for each in found[:200]) if kind is not None})
    most = notes.most_common(1)[0][0] if notes else ""
    title = most if most and notes[most] * 2 > len(found) else ""
    said = title[:160] or f"{', '.join(kinds[:4]) or 'values'} without a title"
    lines = [f"{each}" for each in notes]
    return View(
        title=f"Indicator list: {said}",
        text="\n".join([f"Indicator list: {said}", *lines[:400]]),
        kind="indicators",
    )


def facts(value: Any, note: Note) -> None:
    """Every valid value; observed and to be searched for only where the list says that it is of indicators."""
    declared = value.get("declared") is True
    for index, each in enumerate(rows(value, "rows")):
        found = _typed(each)
        if found is None:
            continue
        role = "benign" if is_local(*found) else "observed" if declared else "reference"
        note(
            Indicator(
                type=found[0],
                value=found[1],
                role=role,  # type: ignore[arg-type]
                action="detect" if role == "observed" else "none",
                first_seen=text_at(each, "seen"),
                note=_note(found[0], each)[:160],
            ),
            f"/rows/{index}/value",
        )


def _note(kind: str, row: Any) -> str:
    note = text_at(row, "note")
    return account_note(text_at(row, "type"), note) if kind == "account" else note


def _typed(row: Any) -> Any:
    kind, value = text_at(row, "type").lower(), text_at(row, "value")
    return typed(kind, value) or guessed(value)
