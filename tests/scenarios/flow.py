# SPDX-License-Identifier: Apache-2.0
"""Runs a scenario file through the whole flow: its documents are read, placed, judged and briefed.

A scenario gives documents (title, publisher, date, kind, text), the reader and the day. Nothing of it but
these reaches the program; what it asks for is compared by the tests.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import yaml

from scc import content, engine, knowledge, store
from scc.collect.files import walk
from scc.model.briefing import Briefing
from scc.model.document import Source
from scc.model.organisation import Organisation

KINDS = {"agency": "authority"}
"""Kinds of publisher in scenarios that the front matter of documents names otherwise."""


def load(path: Path) -> dict[str, Any]:
    """A scenario as plain values."""
    found = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(found, dict), path
    return found


@lru_cache(maxsize=64)
def briefings(path: Path) -> tuple[Briefing, ...]:
    """The briefings that the scenario's documents become, in the order of their ids."""
    scenario = load(path)
    shelf = content.open()
    with TemporaryDirectory() as place:
        folder = Path(place) / "in"
        folder.mkdir()
        for number, document in enumerate(scenario["documents"], 1):
            front = {
                "title": document["title"],
                "publisher": document["publisher"],
                "date": document["date"],
                "kind": KINDS.get(document["kind"], document["kind"]),
                "tlp": "TLP:CLEAR",
            }
            head = yaml.safe_dump(front, allow_unicode=True, sort_keys=True)
            (folder / f"{number:02}.md").write_text(f"---\n{head}---\n\n{document['text']}\n", "utf-8")
        options = engine.Options(
            now=f"{scenario['as_of']}T12:00:00Z",
            knowledge=knowledge.open(),
            content=shelf,
            sources=tuple(shelf.records("sources", Source)),
            organisation=msgspec.convert(scenario["organisation"], Organisation),
        )
        with store.open(Path(place) / "scc.db") as database:
            report = engine.run(database, walk([folder]), options)
            assert not report.faults, report.faults
            found = [database.items.briefing(each.id) for each in report.items]
    return tuple(each for each in found if each is not None)
