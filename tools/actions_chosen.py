# SPDX-License-Identifier: Apache-2.0
"""How often each action is chosen: by the response scenarios, and by the items of a database.
`actions_chosen.py [--db FILE]` writes tools/actions_chosen.csv, which docs/actions.md reads.

FILE is a database that `tools/corpus_run.py --keep FILE` kept; without it the counts of items stay as they are. Its stories
are assessed and planned again with the code and content at hand, so the counts are of these and not of the day of the run.
"""

from __future__ import annotations

import argparse
import csv
import sqlite3
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import scc.content
import scc.knowledge
import scc.plan
import scc.store
import scenarios
from scc.engine import Options
from scc.engine.briefing import judge
from scc.plan.vocabulary import library

FILE = Path(__file__).parent / "actions_chosen.csv"
NOW = "2026-08-22T00:00:00Z"
"""The clock of the corpus run."""


def main() -> int:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", type=Path)
    arguments = parser.parse_args()
    by_scenario: Counter[str] = Counter()
    for each in scenarios.scenarios():
        by_scenario.update({action.id for action in scenarios.run(each).plan.actions})
    by_item: Counter[str] = Counter()
    if arguments.db is not None:
        options = Options(now=NOW, knowledge=scc.knowledge.open(), content=scc.content.open())
        with scc.store.open(arguments.db) as store:
            rows = (
                sqlite3.connect(f"file:{arguments.db}?mode=ro", uri=True)
                .execute("select id from stories where item != ''")
                .fetchall()
            )
            for (id_,) in rows:
                judged = judge(store, id_, options)
                if judged is None:
                    continue
                plan = scc.plan.plan(
                    judged.story, judged.assessment, options.organisation, options.knowledge, options.content
                )
                by_item.update({action.id for action in plan.actions})
    elif FILE.is_file():
        with FILE.open(encoding="utf-8", newline="") as file:
            by_item.update({row["action"]: int(row["items"]) for row in csv.DictReader(file)})
    with FILE.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("action", "scenarios", "items"))
        for action in library(scc.content.open()).actions:
            out.writerow((action.id, by_scenario[action.id], by_item[action.id]))
    print(f"{FILE} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
