# SPDX-License-Identifier: Apache-2.0
"""How well documents are grouped into stories, against the labels of a corpus manifest.

    python tools/stories.py --data DIR [--json OUT]

Prints B-cubed precision, recall and F1 over the labelled documents, beside two baselines (every document its own
story; documents that share a CVE are one story), and how many hard negatives stay apart. Documents are those the
engine would place: articles, with their observations. Reads `MANIFEST.json` of the corpus for the labels only, and
tests/assets/topic-labels.jsonl: three of its groups are topics with several events, put into stories by somebody who had
not seen the code; both versions are printed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable
from pathlib import Path

from scc import content, correlate, knowledge, read
from scc.model.document import Document, Raw
from scc.model.facts import Observation

TOPICS = Path(__file__).resolve().parents[1] / "tests" / "assets" / "topic-labels.jsonl"
SPLIT = "2026-01-01"
"""Weights and thresholds were set on older documents."""
ORDERS = 20
Member = tuple[Document, tuple[Observation, ...]]


def load(data: Path, paths: Iterable[str]) -> dict[str, Member]:
    """Path to its first article document with observations."""
    from scc.model.document import Source

    sources = content.open().records("sources", Source)
    known = knowledge.open()
    found: dict[str, Member] = {}
    for path in paths:
        raw = Raw((data / path).read_bytes(), path=path)
        for each in read.split(raw)[:1]:
            document = read.document(each, sources) if isinstance(each, Raw) else each
            if isinstance(document, Document):
                found[path] = (document, read.observe(document, known, content.open()))
    return found


def group(members: dict[str, Member]) -> dict[str, str]:
    """Path to a group: connected components of `same_event`."""
    from scc.correlate.compare import compare
    from scc.correlate.features import features

    seen = {path: features(*member) for path, member in members.items()}
    keyed = {path: {each.text for each in correlate.keys(*member)} for path, member in members.items()}
    wanted = {path: set(correlate.lookups(held)) for path, held in keyed.items()}
    parent = {path: path for path in members}

    def root(path: str) -> str:
        while parent[path] != path:
            path = parent[path]
        return path

    ordered = sorted(members)
    for at, right in enumerate(ordered):
        for left in ordered[:at]:
            if keyed[left] & wanted[right] and compare(seen[left], seen[right]).same:
                first, second = sorted((root(left), root(right)))
                parent[second] = first
    return {path: root(path) for path in members}


def placed(members: dict[str, Member], order: list[str]) -> set[frozenset[str]]:
    """The stories that `correlate.place` gives when the documents arrive in this order, candidates by shared key."""
    stories: dict[str, list[str]] = {}
    story_of: dict[str, str] = {}
    index: dict[str, list[str]] = {}
    for path in order:
        keys = [each.text for each in correlate.keys(*members[path])]
        near = {each for key in correlate.lookups(keys) for each in index.get(key, ())}
        candidates = [
            correlate.Candidate(story_of[each], correlate.features(*members[each])) for each in sorted(near)
        ]
        into = path
        match correlate.place(*members[path], candidates, ()):
            case correlate.Join(story=story):
                into = story
            case correlate.Merge(stories=several):
                into = several[0]
                for gone in several[1:]:
                    for each in stories.pop(gone):
                        stories[into].append(each)
                        story_of[each] = into
            case _:
                pass
        stories.setdefault(into, []).append(path)
        story_of[path] = into
        for key in keys:
            index.setdefault(key, []).append(path)
    return {frozenset(each) for each in stories.values()}


def orders(members: dict[str, Member], count: int) -> int:
    """How many different partitions so many random orders of arrival give."""
    seen = set()
    for seed in range(count):
        order = sorted(members)
        random.Random(seed).shuffle(order)
        seen.add(frozenset(placed(members, order)))
    return len(seen)


def by_flaw(members: dict[str, Member]) -> dict[str, str]:
    """The baseline: documents that share a main CVE are one."""
    from scc.correlate.features import features

    parent = {path: path for path in members}

    def root(path: str) -> str:
        while parent[path] != path:
            path = parent[path]
        return path

    owner: dict[str, str] = {}
    for path in sorted(members):
        for cve in features(*members[path]).main:
            if cve in owner:
                parent[root(path)] = root(owner[cve])
            owner.setdefault(cve, path)
    return {path: root(path) for path in members}


def b_cubed(found: dict[str, str], gold: dict[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over the labelled documents (Bagga and Baldwin 1998)."""
    paths = [path for path in gold if path in found]
    precision = recall = 0.0
    for path in paths:
        mine = {each for each in paths if found[each] == found[path]}
        right = {each for each in paths if gold[each] == gold[path]}
        precision += len(mine & right) / len(mine)
        recall += len(mine & right) / len(right)
    precision, recall = precision / len(paths), recall / len(paths)
    return precision, recall, 2 * precision * recall / (precision + recall)


def corrected(gold: dict[str, str]) -> dict[str, str]:
    """The labels with the topics put into stories."""
    found = dict(gold)
    for line in TOPICS.read_text("utf-8").splitlines():
        for name, paths in json.loads(line)["stories"].items():
            found.update({path: name for path in paths if path in gold})
    return found


def main() -> int:
    """Print the table; 0 on success."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="corpus folder with MANIFEST.json")
    parser.add_argument("--errors", action="store_true", help="list stories that were split or glued")
    given = parser.parse_args()
    manifest = json.loads((given.data / "MANIFEST.json").read_text("utf-8"))
    articles = [
        each["path"] for each in manifest["entries"] if each["kind"] in ("article", "html", "advisory-json")
    ]
    gold = {path: name for name, paths in manifest["stories"].items() for path in paths if path in articles}
    members = load(given.data, articles)
    found = group(members)
    rows = {
        "ours": found,
        "every document its own": {path: path for path in members},
        "same CVE": by_flaw(members),
    }
    for label, wanted in (("as the manifest has it", gold), ("topics corrected", corrected(gold))):
        print(f"{label}: {len(set(wanted.values()))} stories, {len(wanted)} documents")
        for name, grouping in rows.items():
            precision, recall, f1 = b_cubed(grouping, wanted)
            print(f"  {name:24} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
        for part, kept in (("before", True), ("from", False)):
            some = {path: name for path, name in wanted.items() if (members[path][0].date < SPLIT) is kept}
            precision, recall, f1 = b_cubed(found, some)
            print(f"  {f'ours, {part} {SPLIT}':24} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
    for each in manifest["entries"]:
        near = each.get("hard_negative_of")
        if near and each["path"] in found:
            glued = [path for path in gold if gold[path] == near and found.get(path) == found[each["path"]]]
            print(f"hard negative {each['path']}: {'GLUED' if glued else 'apart'}")
    print(f"{ORDERS} orders of arrival of {len(members)} documents: {orders(members, ORDERS)} partition(s)")
    if given.errors:
        _errors(found, corrected(gold), sys.stdout.write)
    return 0


def _errors(found: dict[str, str], gold: dict[str, str], write: object) -> None:
    groups: dict[str, list[str]] = {}
    for path, root in found.items():
        groups.setdefault(root, []).append(path)
    for root, paths in sorted(groups.items()):
        names = sorted({gold.get(path, "-") for path in paths})
        if len(paths) > 1 and (len(names) > 1 or len(paths) > 12):
            print("glued", names, *paths, sep="\n   ")
        del root
    for name in sorted(set(gold.values())):
        parts: dict[str, list[str]] = {}
        for path, story in gold.items():
            if story == name and path in found:
                parts.setdefault(found[path], []).append(path)
        if len(parts) > 1:
            print("split", name)
            for part in parts.values():
                print("   --", *part, sep="\n      ")


if __name__ == "__main__":
    raise SystemExit(main())
