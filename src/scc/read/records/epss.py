# SPDX-License-Identifier: Apache-2.0
"""EPSS scores as CSV (FIRST): an optional `#model_version:…,score_date:…` line, then cve,epss,percentile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from scc.model.facts import Epss, Identifier
from scc.read.records.interface import Note, View, cve_id, dated, text_at

HOME: Final = "https://www.first.org/epss"
_MODEL: Final = re.compile(r"model_version:([^,\s]{1,40})")
_DATE: Final = re.compile(r"score_date:(\d{4}-\d{2}-\d{2})")


def entries(text: str) -> Iterator[tuple[str, Any]]:
    """Every valid score with the model version and the date, where the file names them."""
    lines = iter(text.split("\n"))
    model = date = ""
    for line in lines:
        if line.startswith("#"):
            found = _MODEL.search(line)
            model = found[1] if found else ""
            found = _DATE.search(line)
            date = found[1] if found else ""
        elif line.strip().lower().startswith("cve,"):
            break
    for line in lines:
        cells = line.strip().split(",")
        if len(cells) < 3 or not cve_id(cells[0]):
            continue
        try:
            score, percentile = float(cells[1]), float(cells[2])
        except ValueError:
            continue
        if 0 <= score <= 1 and 0 <= percentile <= 1:
            cve = cve_id(cells[0])
            yield cve, {"cve": cve, "epss": score, "percentile": percentile, "date": date, "model": model}


def view(value: Any) -> View | None:
    """One score."""
    cve = cve_id(value.get("cve"))
    if not cve or not isinstance(value.get("epss"), int | float):
        return None
    return View(
        title=f"EPSS score of {cve}",
        text=f"{cve}: EPSS {value['epss']}, percentile {value['percentile']}",
        url=f"https://api.first.org/data/v1/epss?cve={cve}",
        published=dated(value, "date"),
        publisher="FIRST",
        home=HOME,
        tier="T1",
        publisher_kind="authority",
    )


def facts(value: Any, note: Note) -> None:
    """The score."""
    cve = cve_id(value.get("cve"))
    note(Identifier("cve", cve, "main"), "/cve")
    note(
        Epss(
            cve,
            float(value["epss"]),
            float(value["percentile"]),
            dated(value, "date"),
            text_at(value, "model"),
        ),
        "/epss",
    )
