# SPDX-License-Identifier: Apache-2.0
"""EPSS scores as CSV (FIRST): an optional `#model_version:…,score_date:…` line, then cve,epss,percentile."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from scc.model.facts import Epss, Identifier
from scc.read.records.interface import Note, View, text_at


def entries(text: str) -> Iterator[tuple[str, Any]]:
    """Every score with the model version and the date, where the file names them."""
    model = date = ""
    lines = text.split("\n", 1)
    if lines[0].startswith("#"):
        found = re.search(r"model_version:([^,\s]+)", lines[0])
        model = found[1] if found else ""
        found = re.search(r"score_date:(\d{4}-\d{2}-\d{2})", lines[0])
        date = found[1] if found else ""
        text = lines[1] if len(lines) > 1 else ""
    for row in csv.DictReader(io.StringIO(text)):
        cve = (row.get("cve") or "").strip()
        try:
            score, percentile = float(row.get("epss") or ""), float(row.get("percentile") or "")
        except ValueError:
            continue
        if re.fullmatch(r"CVE-\d{4}-\d{4,}", cve) and 0 <= score <= 1 and 0 <= percentile <= 1:
            yield cve, {"cve": cve, "epss": score, "percentile": percentile, "date": date, "model": model}


def view(value: Any) -> View:
    """One score."""
    cve = text_at(value, "cve")
    return View(
        title=f"EPSS of {cve}",
        text=f"{cve}: EPSS {value['epss']}, percentile {value['percentile']}",
        url=f"https://api.first.org/data/v1/epss?cve={cve}",
        published=text_at(value, "date"),
        publisher="FIRST",
        tier="T1",
        publisher_kind="authority",
        tlp="TLP:CLEAR",
    )


def facts(value: Any, note: Note) -> None:
    """The score."""
    cve = text_at(value, "cve")
    note(Identifier("cve", cve, "main"), "/cve")
    note(
        Epss(
            cve,
            float(value["epss"]),
            float(value["percentile"]),
            text_at(value, "date"),
            text_at(value, "model"),
        ),
        "/epss",
    )
