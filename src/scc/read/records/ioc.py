# SPDX-License-Identifier: Apache-2.0
"""Indicator lists: CSV with a value column (and a type, a note) or one value a line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from scc.model.facts import Indicator
from scc.read.records.interface import Note, View, rows, text_at
from scc.read.records.patterns import typed

_VALUE = ("value", "indicator", "ioc", "associated url", "file")
_TYPE = ("type", "entity_type", "indicator_type", "category")
_NOTE = ("notes", "description", "comment", "note")


def from_csv(text: str, name: str) -> dict[str, Any]:
    """A CSV list as rows of value, type and note; without a header the columns are value, type, note."""
    table = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    if not table:
        return {"name": name, "rows": []}
    head = [cell.strip().strip('"').lower() for cell in table[0]]
    known = any(cell in _VALUE for cell in head)
    columns = head if known else ["value", "type", "note"]
    body = table[1:] if known else table
    found = []
    for row in body:
        cells = dict(zip(columns, (cell.strip() for cell in row), strict=False))
        value = next((cells[key] for key in _VALUE if cells.get(key)), "")
        kind = next((cells[key] for key in _TYPE if cells.get(key)), "")
        said = next((cells[key] for key in _NOTE if cells.get(key)), "")
        # A file's hashes stand together in one cell, separated by commas.
        for part in re.split(r"[,\s]+", value) if kind.lower() in ("file", "hash", "hashes") else [value]:
            if part:
                found.append({"value": part, "type": kind, "note": said})
    return {"name": name, "rows": found}


def from_lines(text: str, name: str) -> dict[str, Any]:
    """One value a line; empty lines and comments left out."""
    lines = [line.strip() for line in text.splitlines()]
    return {
        "name": name,
        "rows": [
            {"value": line, "type": "", "note": ""} for line in lines if line and not line.startswith("#")
        ],
    }


def entries(value: Any) -> Iterator[tuple[str, Any]]:
    """The list as one document."""
    yield text_at(value, "name"), value


def view(value: Any) -> View:
    """The list by its name, its notes as text."""
    said = dict.fromkeys(text_at(each, "note") for each in rows(value, "rows"))
    return View(
        title=f"Indicator list {text_at(value, 'name')}".strip(),
        text="\n".join(each for each in list(said)[:80] if each),
        kind="indicators",
        publisher_kind="unknown",
    )


def facts(value: Any, note: Note) -> None:
    """Every valid value as an observed indicator: a list of indicators is published to be searched for."""
    for index, each in enumerate(rows(value, "rows")):
        kind = text_at(each, "type").lower()
        raw = text_at(each, "value")
        found = typed("filename" if raw.startswith("./") else kind, raw)
        if found is not None:
            note(
                Indicator(found[0], found[1], "observed", "detect", note=text_at(each, "note")[:160]),
                f"/rows/{index}/value",
            )
