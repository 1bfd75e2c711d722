# SPDX-License-Identifier: Apache-2.0
"""A run of the engine in a process of its own: child.py DB FOLDER POINT. Prints the number of points at 0."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "engine"))

import stages

import scc.store
from scc import assess, brief, correlate, plan, read
from scc.collect.files import walk
from scc.engine import Options, run
from scc.engine.faults import Counted, ending


class Pack:
    pack_id = "pack"


class Content:
    def digest(self) -> str:
        return "content"


def main(db: str, folder: str, point: int) -> None:
    for module, names in (
        (read, ("split", "document", "observe")),
        (correlate, ("keys", "place", "story", "Join", "Merge", "New", "Propose", "Candidate")),
        (assess, ("assess",)), (plan, ("plan",)), (brief, ("compose",)),
    ):  # fmt: skip
        for name in names:
            setattr(module, name, getattr(stages, name))
    counted = Counted()
    options = Options(
        now="2026-06-10T00:00:00Z", knowledge=Pack(), content=Content(), batch=3,  # type: ignore[arg-type]
        reach=ending(point) if point else counted,
    )  # fmt: skip
    with scc.store.open(db) as store:
        run(store, walk([folder]), options)
    print(len(counted.points))


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
