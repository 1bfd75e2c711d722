# SPDX-License-Identifier: Apache-2.0
"""False findings on hand-made adversarial sentences. `adversarial.py [--set first|second|third|fourth|fifth] [--list] [--out FILE]`.

Reads tests/assets/adversarial.jsonl and adversarial-2.jsonl to -5.jsonl (their README gives the rules of scoring) and prints, by task, how many of the values
that must not be found were found and how many of those that must be found were. `--list` prints every miss. Each
sentence is read as an article of a press publisher with the shipped code; nothing is tuned here.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from scc import content, knowledge, read  # noqa: E402
from scc.model.document import Document  # noqa: E402
from scc.model.facts import (  # noqa: E402
    Actor,
    Claim,
    Duty,
    Fact,
    Identifier,
    Indicator,
    Malware,
    Product,
    Technique,
    Weakness,
)

SETS = {
    "first": ROOT / "tests" / "assets" / "adversarial.jsonl",
    "second": ROOT / "tests" / "assets" / "adversarial-2.jsonl",
    "third": ROOT / "tests" / "assets" / "adversarial-3.jsonl",
    "fourth": ROOT / "tests" / "assets" / "adversarial-4.jsonl",
    "fifth": ROOT / "tests" / "assets" / "adversarial-5.jsonl",
}
"""Five sets by five authors."""


class Miss(NamedTuple):
    """One label that did not hold."""

    id: str
    task: str
    kind: str
    """"false" for something found that must not be, "lost" for something not found."""
    value: str
    text: str


def facts_of(text: str) -> list[Fact]:
    """What the shipped reading finds in a sentence."""
    document = Document(
        id="doc-0123456789abcdef", kind="article", format="text", title="", text=text, publisher="Example Wire",
        tier="T3", tlp="TLP:CLEAR", publisher_kind="press",
    )  # fmt: skip
    return [each.fact for each in read.observe(document, knowledge.open(), content.open())]


def values(task: str, facts: Iterable[Fact]) -> set[str]:
    """What the facts say on a task, in comparable form."""
    found: set[str] = set()
    for fact in facts:
        if task == "indicator" and isinstance(fact, Indicator) and fact.role == "observed":
            found.add(_plain(fact.value))
            host = urlsplit(fact.value).hostname if fact.type == "url" else ""
            if host:
                found.add(f"host:{host}")
        elif task == "cve" and isinstance(fact, Identifier) and fact.scheme == "cve":
            found.add(fact.value)
        elif task == "cwe" and isinstance(fact, Weakness):
            found.add(fact.id)
        elif task == "technique" and isinstance(fact, Technique) and fact.role == "observed":
            found |= {fact.id, fact.stated_id} - {""}
        elif task in ("actor", "malware") and isinstance(fact, Actor | Malware):
            if isinstance(fact, Actor) == (task == "actor"):
                found |= {fact.name.lower(), fact.written.lower()} - {""}
        elif task == "product" and isinstance(fact, Product) and fact.status != "not-affected":
            found |= {fact.product.lower(), f"{fact.vendor} {fact.product}".strip().lower()}
        elif task == "claim-exploited" and _positive(fact, "exploited", "yes"):
            assert isinstance(fact, Claim)
            found.add(fact.subject or "*")
        elif task == "claim-ransom" and _positive(fact, "ransom", ""):
            assert isinstance(fact, Claim)
            found.add(fact.value.lower())
        elif task == "deadline" and isinstance(fact, Duty) and fact.date:
            found.add(fact.date)
        elif task == "duty" and isinstance(fact, Duty) and fact.binding == "mandatory":
            found.add(fact.duty.lower())
    return found


def _positive(fact: Fact, question: str, value: str) -> bool:
    return (
        isinstance(fact, Claim)
        and fact.question == question
        and fact.modality in ("asserted", "reported")
        and fact.holder != "attacker"
        and (not value or fact.value == value)
    )


def _plain(value: str) -> str:
    return value.strip().lower().rstrip("/")


def holds(task: str, value: str, facts: list[Fact]) -> bool:
    """Whether the facts have a value of a task; "*" is any."""
    found = values(task, facts)
    if value == "*":
        return bool(found)
    if task == "indicator":
        return _plain(value) in found or f"host:{_plain(value)}" in found
    if task in ("claim-exploited",):
        return value in found or "*" in found
    if task in ("claim-ransom", "duty"):
        return bool(found)
    if task == "technique":
        return value in found or bool(found & set(knowledge.open().resolve("attack", value).current))
    if task in ("actor", "malware", "product"):
        low = value.lower()
        return any(low == each or low in each.split() or f" {low} " in f" {each} " for each in found)
    return value in found


def measure(labels: Path) -> tuple[Counter[str], list[Miss]]:
    """Counts of a set ("task:absent", "task:present", "task:false", "task:lost", "lines", "lines-false") and what did not hold."""
    count: Counter[str] = Counter()
    misses: list[Miss] = []
    known = _same_entry
    for line in labels.read_text("utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        facts = facts_of(row["text"])
        count["lines"] += 1
        wrong = False
        for each in row["absent"]:
            count[f"{each['task']}:absent"] += 1
            if holds(each["task"], each["value"], facts) or known(each["task"], each["value"], facts):
                wrong = True
                count[f"{each['task']}:false"] += 1
                misses.append(Miss(row["id"], each["task"], "false", each["value"], row["text"]))
        for each in row["present"]:
            count[f"{each['task']}:present"] += 1
            either = ("actor", "malware") if each["task"] in ("actor", "malware") else (each["task"],)
            if not any(
                holds(task, each["value"], facts) or known(task, each["value"], facts) for task in either
            ):
                count[f"{each['task']}:lost"] += 1
                misses.append(Miss(row["id"], each["task"], "lost", each["value"], row["text"]))
        count["lines-false"] += wrong
    return count, misses


def _same_entry(task: str, value: str, facts: list[Fact]) -> bool:
    """Whether a finding is the entry that the value is another name of."""
    if task not in ("actor", "malware") or value == "*":
        return False
    pack = knowledge.open()
    kinds = ("actor",) if task == "actor" else ("malware", "tool", "ransomware")
    wanted = {
        entry.name.lower()
        for kind in kinds
        for entry in pack.names(kind)
        if value.lower() in {entry.name.lower(), *(alias.lower() for alias in entry.aliases)}
    }
    return bool(wanted & values(task, facts))


def table(count: Counter[str]) -> list[str]:
    """Markdown rows by task and in all."""
    tasks = sorted({key.partition(":")[0] for key in count if ":" in key})
    lines = ["| task | must not be found | found | must be found | lost |", "|---|---|---|---|---|"]
    for task in tasks:
        lines.append(
            f"| {task} | {count[f'{task}:absent']} | {count[f'{task}:false']} | {count[f'{task}:present']} | {count[f'{task}:lost']} |"
        )
    total = {
        key: sum(count[f"{task}:{key}"] for task in tasks) for key in ("absent", "false", "present", "lost")
    }
    lines.append(f"| **all** | {total['absent']} | {total['false']} | {total['present']} | {total['lost']} |")
    share = 100 * total["false"] / max(1, total["absent"])
    found = 100 * (1 - total["lost"] / max(1, total["present"]))
    lines += [
        "",
        f"False findings: {share:.1f} % of {total['absent']}; sentences with one: {count['lines-false']} of {count['lines']}; "
        f"recall of what must be found: {found:.1f} % of {total['present']}.",
    ]
    return lines


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--list", action="store_true", help="print every miss")
    parser.add_argument("--set", choices=("all", *SETS), default="all")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    lines: list[str] = []
    for name in SETS if given.set == "all" else (given.set,):
        count, misses = measure(SETS[name])
        lines += [f"{name} set", "", *table(count), ""]
        if given.list:
            for each in misses:
                print(f"{each.kind:5} {each.task:16} {each.id} {each.value!r}: {each.text}")
    print("\n".join(lines))
    if given.out:
        given.out.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
