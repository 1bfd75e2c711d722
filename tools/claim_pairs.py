# SPDX-License-Identifier: Apache-2.0
"""Disagreement found between two claims, against hand-made labels. `claim_pairs.py [--set first|second|third|fourth] [--list]`.

Reads tests/assets/claim-pairs.jsonl and its second to fourth set (their README gives the rule). Each side is a document of its publisher, kind and
date; a pair conflicts when the shipped code finds a dispute on the pair's question. Prints precision and recall of
conflict with 95 % bootstrap intervals. Tunes nothing.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path
from typing import Any, Final, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from scc import content, correlate, knowledge, read  # noqa: E402
from scc.model.document import Document  # noqa: E402

SETS: Final = {
    "first": ROOT / "tests" / "assets" / "claim-pairs.jsonl",
    "second": ROOT / "tests" / "assets" / "claim-pairs-2.jsonl",
    "third": ROOT / "tests" / "assets" / "claim-pairs-3.jsonl",
    "fourth": ROOT / "tests" / "assets" / "claim-pairs-4.jsonl",
}
"""Four sets by four authors."""
QUESTIONS: Final = {
    "affected-number": ("number-affected",),
    "date": ("occurred-on",),
    "act-number": ("law-number",),
    "exploited": ("exploited",),
    "mandatory": ("mandatory",),
    "severity": ("severity",),
    "attribution": ("attribution",),
    "fixed-version": ("fixed-version",),
    "ransom-paid": ("ransom",),
    "data-taken": ("data-taken",),
    "cause": ("cause",),
}
KINDS: Final = {"agency": "authority", "attacker": "unknown"}
TIERS: Final = {"vendor": "T1", "agency": "T1", "victim": "T1", "research": "T2"}


class Answer(NamedTuple):
    """What was found for one pair."""

    id: str
    question: str
    label: str
    conflict: bool
    a: str
    b: str


def document(side: dict[str, str], id_: str) -> Document:
    """One side as the article of its publisher."""
    return Document(
        id=id_, kind="article", format="text", title="", text=side["text"], publisher=side["publisher"],
        tier=TIERS.get(side["kind"], "T3"), tlp="TLP:CLEAR", published=side["date"],  # type: ignore[arg-type]
        publisher_kind=KINDS.get(side["kind"], side["kind"]),  # type: ignore[arg-type]
    )  # fmt: skip


def answers(labels: Path) -> list[Answer]:
    """Every pair of a set through reading and disagreement."""
    pack, own = knowledge.open(), content.open()
    found = []
    for line in labels.read_text("utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        members = []
        for key in ("a", "b"):
            each = document(row[key], f"doc-{key * 16}")
            members.append((each, tuple(read.observe(each, pack, own))))
        story = correlate.story(members, (), pack)
        asked = QUESTIONS[row["question"]]
        conflict = any(each.question in asked for each in story.disputes)
        found.append(
            Answer(row["id"], row["question"], row["label"], conflict, row["a"]["text"], row["b"]["text"])
        )
    return found


def scores(rows: list[Answer]) -> tuple[float, float]:
    """(precision, recall) of conflict."""
    right = sum(1 for each in rows if each.conflict and each.label == "conflict")
    given = sum(1 for each in rows if each.conflict)
    wanted = sum(1 for each in rows if each.label == "conflict")
    return (right / given if given else 1.0), (right / wanted if wanted else 1.0)


def lines(rows: list[Answer]) -> list[str]:
    """The figures with intervals."""
    state = random.Random(7)
    draws = [scores([rows[state.randrange(len(rows))] for _ in rows]) for _ in range(1000)]
    precision, recall = scores(rows)
    low, high = 25, 974
    by = [sorted(each[at] for each in draws) for at in (0, 1)]
    return [
        f"Conflict precision {precision:.2f} ({by[0][low]:.2f} to {by[0][high]:.2f}), recall {recall:.2f} "
        f"({by[1][low]:.2f} to {by[1][high]:.2f}) on {len(rows)} pairs."
    ]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--list", action="store_true", help="print every wrong answer")
    parser.add_argument("--set", choices=("all", *SETS), default="all")
    given = parser.parse_args()
    for name in SETS if given.set == "all" else (given.set,):
        rows = answers(SETS[name])
        if given.list:
            for each in rows:
                if each.conflict != (each.label == "conflict"):
                    print(
                        f"{each.id} {each.question} is {each.label}, found {each.conflict}\n   {each.a}\n   {each.b}"
                    )
        print(f"{name} set: " + "\n".join(lines(rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
