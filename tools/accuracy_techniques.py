# SPDX-License-Identifier: Apache-2.0
"""The part of `tools/accuracy.py` on techniques: sentences, reports, and what a briefing would print."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import train
from calibration import FOLDS, Unit, best_threshold, comparable, counts, given, printable

if TYPE_CHECKING:
    from accuracy import Bench

Labels = list[tuple[str, ...]]


def techniques(bench: Bench) -> None:
    """Sentences and reports to techniques, with a baseline, out of fold."""
    from accuracy import interval

    rows = bench.rows("attack-sentence/data.jsonl")
    reports = bench.rows("attack-report/data.jsonl")
    space = frozenset(json.loads((bench.data / "attack-sentence" / "label_space.json").read_text())["tram50"])
    scratch = Path(bench.cache or "/tmp") / "fold-techniques.part"
    scratch.parent.mkdir(parents=True, exist_ok=True)
    sentence_units, report_units, labels = bench.kept(
        "technique-units",
        lambda: train.technique_units(rows, reports, train.procedures(bench.procedures), scratch),
    )
    scratch.unlink(missing_ok=True)

    def cross(units: list[Unit]) -> list[float]:
        return [
            best_threshold([unit for unit in units if unit.fold != fold], labels, space)
            for fold in range(FOLDS)
        ]

    sentence_at, report_at = cross(sentence_units), cross(report_units)

    def named(unit: Unit) -> set[str]:
        return set(unit.named)

    def ours(at: list[float]) -> Callable[[Unit], set[str]]:
        return lambda unit: given(labels[unit.fold], unit.scores, at[unit.fold]) | unit.named

    bench.lines += [
        "## Techniques (ATT&CK)",
        "",
        "| task | method | micro P / R / F1 (95 % interval) | mean per text | without printed ids |",
        "|---|---|---|---|---|",
    ]
    for task, gold, units, folder, field, at in (
        ("report", list(reports), report_units, "attack-report", "techniques", report_at),
        ("sentence", rows, sentence_units, "attack-sentence", "labels", sentence_at),
    ):
        for method, give in (("printed ids and names", named), ("ours", ours(at))):
            answers = {
                row["id"]: {"id": row["id"], "labels": sorted(give(unit))}
                for row, unit in zip(gold, units, strict=True)
            }
            result = bench.score.attack(gold, answers, str(bench.data / folder), field)
            for source, level in (("tram2", "all"), ("annoctr", "parent_level")):
                groups: dict[str, list[int]] = {}
                for row, unit in zip(gold, units, strict=True):
                    if unit.source == source:
                        held = groups.setdefault(row.get("doc", row["id"]), [0, 0, 0])
                        part = counts(
                            comparable(source, unit.gold, space), comparable(source, give(unit), space)
                        )
                        for place, count in enumerate(part):
                            held[place] += count
                span = interval([(each[0], each[1], each[2]) for each in groups.values()])
                found = result[source]
                bench.lines.append(
                    _row(
                        f"{task}, {source}",
                        method,
                        found[level]["micro"],
                        span,
                        found[level]["mean_by_text"][2],
                        found["no_literal_id_in_text"]["micro"][2],
                    )
                )
    bench.lines += [
        "",
        f"Thresholds, each chosen on the other folds: sentences {sentence_at}, reports {report_at}.",
        "",
    ]
    _printed(bench, report_units, labels, space)


def _printed(bench: Bench, units: list[Unit], labels: Labels, space: frozenset[str]) -> None:
    """Precision and recall of what a briefing prints without an id in the text; rule chosen on the other folds."""
    right = wrong = hidden = 0
    for fold in range(FOLDS):
        shown = printable([unit for unit in units if unit.fold != fold], labels, space)
        for unit in units:
            if unit.fold != fold:
                continue
            gold = comparable(unit.source, unit.gold, space)
            printed = {
                label
                for label, score in zip(labels[fold], unit.scores, strict=True)
                if label in shown
                and score >= shown[label]
                and label not in unit.named
                and (unit.source != "tram2" or label in space)
            }
            mapped = comparable(unit.source, printed, space)
            right += len(mapped & gold)
            wrong += len(mapped - gold)
            hidden += len(gold - comparable(unit.source, unit.named, space))
    total = right + wrong
    bench.lines += [
        "### Inferred techniques as printed in a briefing",
        "",
        f"Precision {right / total if total else 0:.3f} ({right} of {total}); recall of those that the text does not name {right / hidden if hidden else 0:.3f}.",
        "A label is printed only if it was right in nine of ten cases on the other folds; everything else is dropped.",
        "",
    ]


def _row(
    task: str,
    method: str,
    micro: Sequence[float],
    span: tuple[float, float, float],
    mean: float,
    without: Any,
) -> str:
    return (
        f"| {task} | {method} | {micro[0]:.3f} / {micro[1]:.3f} / **{micro[2]:.3f}** ({span[1]:.3f} to {span[2]:.3f}) "
        f"| {mean:.3f} | {without:.3f} |"
    )
