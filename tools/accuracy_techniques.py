# SPDX-License-Identifier: Apache-2.0
"""The part of `tools/accuracy.py` on techniques: sentences, reports, and what a briefing would print."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import baseline_techniques
import directions
import technique_data
import train_techniques
from calibration import FOLDS, Unit, best_threshold, comparable, counts, given, printable, unnamed

if TYPE_CHECKING:
    from accuracy import Bench

Labels = list[tuple[str, ...]]
Count = tuple[int, int, int]
SOURCES = ("tram2", "annoctr")
SIMPLE, NAMED, OURS = "TF-IDF, logistic regression", "the same, printed ids and names added", "ours"
REACH = {
    ("report", "tram2"): (0.717, 0.77),
    ("report", "annoctr"): (0.661, 0.72),
    ("sentence", "tram2"): (0.497, 0.54),
    ("sentence", "annoctr"): (0.500, 0.56),
}
"""The baseline on another set of the same kind, and what is to be reached there."""


def techniques(bench: Bench) -> None:
    """Sentences and reports to techniques, with baselines, out of fold."""
    data = technique_data.read_data(bench.data, bench.procedures)
    kept = train_techniques.keeper(bench.cache)
    encoder = bench.encoder
    if encoder is not None:
        data.directions = kept("directions", lambda: directions.read_directions(encoder))
    with tempfile.TemporaryDirectory() as scratch:
        of_sentence, of_report, labels = kept(
            train_techniques.out_of_fold(data),
            lambda: train_techniques.units(data, Path(scratch) / "fold.bin", kept),
        )
    other_sentence, other_report, other_labels = baseline_techniques.units(
        data, (of_sentence, of_report), kept
    )
    bench.lines += [
        "## Techniques (ATT&CK)",
        "",
        *(
            ["Without the vectors of `tools/encoder.py`: not the network that ships.", ""]
            if encoder is None
            else []
        ),
        "| task | method | micro P / R / F1 (95 % interval) | mean per text | without printed ids |",
        "|---|---|---|---|---|",
    ]
    remarks, at = [], {}
    for task, gold, units, others, folder, field in (
        ("report", data.reports, of_report, other_report, "attack-report", "techniques"),
        ("sentence", data.rows, of_sentence, other_sentence, "attack-sentence", "labels"),
    ):
        product = train_techniques.as_given(units, labels) if task == "sentence" else units
        at[task] = thresholds(product, labels, data.space)
        bare = [unit._replace(named=frozenset()) for unit in others]
        methods = {
            "printed ids and names": [set(unit.named) for unit in units],
            SIMPLE: _simple(bare, other_labels, data.space),
            NAMED: _simple(others, other_labels, data.space),
            OURS: answers(product, labels, dict.fromkeys(SOURCES, at[task])),
        }
        groups: dict[tuple[str, str], list[Count]] = {}
        for method, found in methods.items():
            result = bench.score.attack(
                gold,
                {row["id"]: {"labels": sorted(each)} for row, each in zip(gold, found, strict=True)},
                str(bench.data / folder),
                field,
            )
            for source, level in (("tram2", "all"), ("annoctr", "parent_level")):
                held = groups[method, source] = by_document(gold, units, found, source, data.space)
                bench.lines.append(_row(f"{task}, {source}", method, result[source], level, held))
        for source in SOURCES:
            better = max((groups[SIMPLE, source], groups[NAMED, source]), key=f1)
            remarks.append(_gain(task, source, better, groups[OURS, source]))
    bench.lines += [
        "",
        "Ours and the better of the two trained baselines, under the same folds, documents resampled together:",
        "",
        *remarks,
        "",
        f"Thresholds, each chosen on the other folds: sentences {at['sentence']}, reports {at['report']}.",
        "",
    ]
    bench.lines += _errors(of_report, labels, at["report"], data.space)
    _printed(bench, of_report, labels, data.space)


def thresholds(units: Sequence[Unit], labels: Labels, space: frozenset[str]) -> list[float]:
    """The threshold of each fold, chosen on the others."""
    return [
        best_threshold([unit for unit in units if unit.fold != fold], labels, space) for fold in range(FOLDS)
    ]


def _simple(units: Sequence[Unit], labels: Labels, space: frozenset[str]) -> list[set[str]]:
    """The baseline's answers, with thresholds of its own for each source."""
    at = {
        source: thresholds([unit for unit in units if unit.source == source], labels, space)
        for source in SOURCES
    }
    return answers(units, labels, at)


def answers(units: Sequence[Unit], labels: Labels, at: dict[str, list[float]]) -> list[set[str]]:
    """Labels of each unit: those that reach the threshold of its source and fold, and those it names."""
    return [given(labels[unit.fold], unit.scores, at[unit.source][unit.fold]) | unit.named for unit in units]


def by_document(
    gold: Sequence[Any], units: Sequence[Unit], found: Sequence[set[str]], source: str, space: frozenset[str]
) -> list[Count]:
    """(right, wrong, missed) of each document of a source."""
    groups: dict[str, list[int]] = {}
    for row, unit, labels in zip(gold, units, found, strict=True):
        if unit.source == source:
            held = groups.setdefault(row.get("doc", row["id"]), [0, 0, 0])
            part = counts(comparable(source, unit.gold, space), comparable(source, labels, space))
            for place, count in enumerate(part):
                held[place] += count
    return [(each[0], each[1], each[2]) for each in groups.values()]


def f1(chosen: Sequence[Count]) -> float:
    right, wrong, missed = (sum(each[place] for each in chosen) for place in range(3))
    return 2 * right / (2 * right + wrong + missed) if right else 0.0


def _gain(task: str, source: str, simple: list[Count], ours: list[Count]) -> str:
    """How much of the baseline's error is gone, with an interval of the difference."""
    state = random.Random(7)
    differences = []
    for _ in range(500):
        chosen = [state.randrange(len(ours)) for _ in ours]
        differences.append(f1([ours[each] for each in chosen]) - f1([simple[each] for each in chosen]))
    differences.sort()
    before, after = f1(simple), f1(ours)
    base, reach = REACH[task, source]
    wanted = (reach - base) / (1 - base)
    return (
        f"- {task}, {source}: {after - before:+.3f} ({differences[12]:+.3f} to {differences[487]:+.3f}); "
        f"{(after - before) / (1 - before):.1%} of its error gone, to reach: {wanted:.1%} (F1 {before + wanted * (1 - before):.3f} here)."
    )


TRIED = (
    "Tried and of no use to reports: words of the neighbouring sentences as features; a model of its own for whether a sentence "
    "shows any technique; procedure examples alone, or pairs of words in place of beginnings, as a further first step; a second "
    "step for documents (best and second sentence, number, prior, techniques of named software and groups, lift of other techniques), noisy-or over all sentences; dividing by the length of the TF-IDF vector; names of "
    "techniques in running text. Of use: beginnings of words and words "
    "with one between; the place in the document (all of the gain in sentences); old ids read as the labels that mean the same; "
    "for what is printed, the network beside the linear model. Its size was chosen by how it ranks reports in folds 0 and 3, so its gain "
    "is seen well; for reports and sentences no gain of that is sure; the directions of a sentence encoder learned from unlabelled sentences (decision 0008; soft labels of the encoder gave nothing). Ids that a report prints are kept though tables that were not "
    "labelled hold some."
)


def _errors(units: Sequence[Unit], labels: Labels, at: list[float], space: frozenset[str]) -> list[str]:
    """Where reports go wrong: what kind of misses, and the techniques most often missed and wrongly given."""
    found = [
        "Where the errors of ours are in reports (missed: no label of the model, under 0.1, up to the threshold):",
        "",
    ]
    for source in SOURCES:
        missed, wrong = Counter[str](), Counter[str]()
        kinds = [0, 0, 0]
        for unit in units:
            if unit.source != source:
                continue
            gold = comparable(source, unit.gold, space)
            best: dict[str, float] = {}
            for label, score in zip(labels[unit.fold], unit.scores, strict=True):
                for each in comparable(source, {label}, space):
                    best[each] = max(best.get(each, 0.0), float(score))
            answer = {label for label, score in best.items() if score >= at[unit.fold]}
            answer |= comparable(source, unit.named, space)
            missed.update(gold - answer)
            wrong.update(answer - gold)
            for each in gold - answer:
                kinds[0 if each not in best else 1 if best[each] < 0.1 else 2] += 1
        found.append(
            f"- {source}: {sum(missed.values())} missed ({kinds[0]}, {kinds[1]}, {kinds[2]}), most {_most(missed)}; "
            f"{sum(wrong.values())} wrong, most {_most(wrong)}."
        )
    return [*found, "", TRIED, ""]


def _most(count: Counter[str]) -> str:
    ranked = sorted(count.items(), key=lambda each: (-each[1], each[0]))
    return ", ".join(f"{label} ({number})" for label, number in ranked[:6])


def _printed(bench: Bench, units: list[Unit], labels: Labels, space: frozenset[str]) -> None:
    """Precision and recall of what a briefing prints without an id in the text; rule chosen on the other folds."""
    right = wrong = hidden = possible = 0
    per_document: list[Count] = []
    for fold in range(FOLDS):
        shown = printable([unit for unit in units if unit.fold != fold], labels, space)
        for unit in units:
            if unit.fold != fold:
                continue
            pairs = list(unnamed([unit], labels, space))
            printed = [good for score, good, label in pairs if score >= shown.get(label, 2.0)]
            right += sum(printed)
            wrong += len(printed) - sum(printed)
            possible += sum(good for score, good, label in pairs) - sum(printed)
            hidden += len(
                comparable(unit.source, unit.gold, space) - comparable(unit.source, unit.named, space)
            )
            per_document.append((sum(printed), len(printed) - sum(printed), 0))
    total = right + wrong
    state = random.Random(7)
    shares = []
    for _ in range(500):
        chosen = [per_document[state.randrange(len(per_document))] for _ in per_document]
        all_ = sum(each[0] + each[1] for each in chosen)
        shares.append(sum(each[0] for each in chosen) / all_ if all_ else 0.0)
    shares.sort()
    bench.lines += [
        "### Inferred techniques as printed in a briefing",
        "",
        f"Precision {right / total if total else 0:.3f} ({right} of {total}; 95 % interval {shares[12]:.3f} to {shares[487]:.3f}); recall of those that the text does not name {right / hidden if hidden else 0:.3f}.",
        f"Printed is what has at least the probability from which nine in ten were right on the other folds, by one standard error. Everything else is possible, not shown: {possible} more right ones ({possible / hidden if hidden else 0:.3f}) are among it from probability 0.3. The product also leaves out texts that do not tell of attackers, and sentences that advise or deny; that is not measured here.",
        "",
    ]


def _row(task: str, method: str, result: Any, level: str, held: list[Count]) -> str:
    from accuracy import interval

    micro = result[level]["micro"]
    span = interval(held)
    return (
        f"| {task} | {method} | {micro[0]:.3f} / {micro[1]:.3f} / **{micro[2]:.3f}** ({span[1]:.3f} to {span[2]:.3f}) "
        f"| {result[level]['mean_by_text'][2]:.3f} | {result['no_literal_id_in_text']['micro'][2]:.3f} |"
    )
