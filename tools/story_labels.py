# SPDX-License-Identifier: Apache-2.0
"""The stories of a corpus run against labels made by hand. `story_labels.py --db FILE [--list]`.

FILE is the database of `tools/corpus_run.py --keep FILE`. Labels are tests/assets/story-labels.jsonl: cells of documents
that look alike, each put into stories by two people who had not seen the code and did not see each other's labels. A
document is named by its path inside the corpus and its title. Prints the agreement of the two, B-cubed F1 of the run
against each and against the cells on which both agree, the baselines, and how many hard negatives stay apart; the later
half of the cells by date stands apart (chronological split). Tunes nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

import scc.store  # noqa: E402
from scc.store.database import Store  # noqa: E402

LABELS = ROOT / "tests" / "assets" / "story-labels.jsonl"
Key = tuple[str, str]
Partition = dict[Key, str]


def labels() -> list[dict[str, Any]]:
    """The cells: documents as [path, title, date, cves], the stories of both labellers, their hard negatives."""
    return [json.loads(line) for line in LABELS.read_text("utf-8").splitlines() if line.strip()]


def bcubed(found: Mapping[Key, str], wanted: Mapping[Key, str]) -> tuple[float, float, float]:
    """B-cubed precision, recall, F1 over the documents of `wanted` (Bagga and Baldwin 1998)."""
    keys = list(wanted)
    have: dict[str, set[Key]] = defaultdict(set)
    want: dict[str, set[Key]] = defaultdict(set)
    for key in keys:
        have[found[key]].add(key)
        want[wanted[key]].add(key)
    precision = sum(len(have[found[key]] & want[wanted[key]]) / len(have[found[key]]) for key in keys) / len(
        keys
    )
    recall = sum(len(have[found[key]] & want[wanted[key]]) / len(want[wanted[key]]) for key in keys) / len(
        keys
    )
    return precision, recall, 2 * precision * recall / (precision + recall)


def of_run(store: Store, cells: list[dict[str, Any]]) -> Partition:
    """The story in which the run put each labelled document; a document of its own where it put it in none.

    A feed entry that gave way to the full text of its address is in the story of that text.
    """
    wanted = {(each[0], each[1]) for cell in cells for each in cell["documents"]}
    found: Partition = {}
    urls = sorted({row.url for row in store.documents.with_outcome("joined") if row.stage == "superseded"})
    full = {row.url: row.story for row in store.documents.with_url(urls) if row.story}
    rows = [
        row for outcome in ("item", "joined", "not-news") for row in store.documents.with_outcome(outcome)
    ]
    for row, (document, _) in zip(rows, store.documents.get([row.id for row in rows]), strict=False):
        key = (inside(document.path), document.title)
        if key in wanted and key not in found:
            found[key] = row.story or (full.get(row.url) if row.stage == "superseded" else "") or document.id
    return found


def inside(path: str) -> str:
    """A path from the corpus folder on."""
    return path.partition("/corpus/")[2] or path


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--db", required=True, type=Path)
    parser.add_argument(
        "--data", type=Path, help="corpus folder: says which joined pairs its manifest has as one story"
    )
    parser.add_argument("--list", action="store_true", help="print the cells that differ from both labels")
    given = parser.parse_args()
    cells = labels()
    with scc.store.open(given.db) as store:
        run = of_run(store, cells)
    cells = [
        {**cell, "documents": kept}
        for cell in cells
        if (kept := [each for each in cell["documents"] if (each[0], each[1]) in run])
    ]
    names = [name for name in ("a", "b") if f"stories_{name}" in cells[0]]
    by = {name: _partition(cells, name) for name in ("a", "b") if name in names}
    if len(by) == 1:
        print("Labelled by one person so far; the agreement of two is not known.")
        by = {"a": by[names[0]], "b": by[names[0]]}
    singles = {key: f"{key}" for key in by["a"]}
    flaws = _by_flaw(cells)
    agreed = [cell for cell in cells if _same(cell, by)]
    both = {
        key: story
        for key, story in by["a"].items()
        if key in {_key(each) for cell in agreed for each in cell["documents"]}
    }
    print(
        f"{len(cells)} cells, {len(by['a'])} documents, {len(set(by['a'].values()))} and {len(set(by['b'].values()))} stories"
    )
    print(
        f"agreement of the two: B-cubed F1 {bcubed(by['a'], by['b'])[2]:.3f}; same in {len(agreed)} of {len(cells)} cells"
    )
    print("| labels | ours: precision / recall / F1 | every document alone | documents that share a CVE |")
    print("|---|---|---|---|")
    later = sorted(agreed, key=lambda cell: min(each[2] for each in cell["documents"]))[len(agreed) // 2 :]
    late = {
        key: both[key] for key in both if key in {_key(each) for cell in later for each in cell["documents"]}
    }
    for name, wanted in (
        ("first", by["a"]),
        ("second", by["b"]),
        ("both agree", both),
        ("both agree, later half", late),
    ):
        ours = bcubed(run, wanted)
        print(
            f"| {name} | {ours[0]:.3f} / {ours[1]:.3f} / **{ours[2]:.3f}** | {bcubed(singles, wanted)[2]:.3f} | {bcubed(flaws, wanted)[2]:.3f} |"
        )
    pairs = {
        tuple(sorted((tuple(one), tuple(other))))
        for cell in cells
        for name in names
        for one, other in cell[f"apart_{name}"]
    }
    known = [(one, other) for one, other in pairs if one in run and other in run]
    apart = sum(1 for one, other in known if run[one] != run[other])  # type: ignore[index]
    print(f"hard negatives kept apart: {apart} of {len(known)}")
    if given.data:
        groups = json.loads((given.data / "MANIFEST.json").read_text("utf-8"))["stories"]
        story_of = {path: name for name, paths in groups.items() for path in paths}
        joined = [(one[0], other[0]) for one, other in known if run[one] == run[other]]  # type: ignore[index]
        same = sum(1 for one, other in joined if one in story_of and story_of[one] == story_of.get(other))
        print(f"of the {len(joined)} that are not: {same} are one story in the manifest's groups")
    if given.list:
        _differences(cells, run, by)
    return 0


def _key(each: list[Any]) -> Key:
    return each[0], each[1]


def _partition(cells: list[dict[str, Any]], name: str) -> Partition:
    found: Partition = {}
    for cell in cells:
        held = {_key(each) for each in cell["documents"]}
        for number, story in enumerate(cell[f"stories_{name}"]):
            for each in story:
                if tuple(each) in held:
                    found[tuple(each)] = f"{cell['cell']}-{number}"
    return found


def _by_flaw(cells: list[dict[str, Any]]) -> Partition:
    found: Partition = {}
    for cell in cells:
        owner: dict[str, str] = {}
        for each in cell["documents"]:
            name = next((owner[cve] for cve in each[3] if cve in owner), f"{_key(each)}")
            found[_key(each)] = name
            for cve in each[3]:
                owner.setdefault(cve, name)
    return found


def _same(cell: dict[str, Any], by: dict[str, Partition]) -> bool:
    keys = [_key(each) for each in cell["documents"]]
    return all(
        (by["a"][one] == by["a"][other]) == (by["b"][one] == by["b"][other]) for one in keys for other in keys
    )


def _differences(cells: list[dict[str, Any]], run: Partition, by: dict[str, Partition]) -> None:
    for cell in cells:
        keys = [_key(each) for each in cell["documents"]]
        wrong = [
            (one, other)
            for at, one in enumerate(keys)
            for other in keys[at + 1 :]
            if by["a"][one] == by["a"][other]
            and (by["a"][one] == by["a"][other]) == (by["b"][one] == by["b"][other])
            and run[one] != run[other]
        ]
        joined = [
            (one, other)
            for at, one in enumerate(keys)
            for other in keys[at + 1 :]
            if by["a"][one] != by["a"][other] and by["b"][one] != by["b"][other] and run[one] == run[other]
        ]
        for kind, pairs in (("split", wrong), ("joined", joined)):
            for one, other in pairs:
                print(f"{kind} in cell {cell['cell']}: {one[1][:80]!r} | {other[1][:80]!r}")


if __name__ == "__main__":
    sys.exit(main())
