# SPDX-License-Identifier: Apache-2.0
"""Measures reading on labelled data and writes docs/accuracy.md.

python tools/accuracy.py --data DIR [--procedures FILE] [--cache DIR] [--out FILE] [--tasks a,b]

DIR is the folder of labelled data with its scorer (`score/score.py`). What is trained is measured by five-fold
cross-validation by document (or CVE), thresholds set on the other folds; what is not trained is run once. Intervals
are 95 % bootstraps over documents. Baselines are run under the same folds. Moves no threshold to fit a set.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import pickle
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import predict
import train
from scc.content.loader import ROOT
from scc.read.models import LinearModel

Row = dict[str, Any]
FOLDS = 5
GRID = tuple(round(0.04 + 0.02 * step, 2) for step in range(24))
PRINTED = 0.9
"""Precision that techniques printed in a briefing must have."""


def fold_of(key: str) -> int:
    """The fold of a document or CVE: by its hash, so that it never moves."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % FOLDS


def scorer(data: Path) -> Any:
    """The scorer's module, from the data folder."""
    spec = importlib.util.spec_from_file_location("score", data / "score" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Bench:
    """The labelled data, the scorer and what was computed before."""

    def __init__(self, data: Path, procedures: Path | None, cache: Path | None) -> None:
        self.data = data
        self.score = scorer(data)
        self.procedures = procedures
        self.cache = cache
        self.lines: list[str] = []

    def rows(self, name: str) -> list[Row]:
        return train.rows_of(self.data / name)

    def kept(self, name: str, make: Callable[[], Any]) -> Any:
        """A value computed once a cache folder."""
        path = self.cache / f"{name}.pickle" if self.cache else None
        if path is not None and path.is_file():
            return pickle.loads(path.read_bytes())
        value = make()
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(pickle.dumps(value))
        return value

    def models(
        self, name: str, rows: list[Row], key: str, make: Callable[[list[Row]], bytes]
    ) -> list[LinearModel]:
        """One model a fold, trained on the others."""
        scratch = Path(self.cache or "/tmp") / f"fold-{name}.bin"
        scratch.parent.mkdir(parents=True, exist_ok=True)
        blobs = self.kept(
            f"models-{name}",
            lambda: [make([row for row in rows if fold_of(row[key]) != fold]) for fold in range(FOLDS)],
        )
        return [train.usable(blob, scratch) for blob in blobs]


def interval(units: Sequence[tuple[int, int, int]]) -> tuple[float, float, float]:
    """Micro F1 with its 95 % bootstrap interval over documents; units are (right, wrong, missed)."""

    def f1(chosen: Sequence[tuple[int, int, int]]) -> float:
        right, wrong, missed = (sum(each[place] for each in chosen) for place in range(3))
        return 2 * right / (2 * right + wrong + missed) if right else 0.0

    state = random.Random(7)
    values = sorted(f1([units[state.randrange(len(units))] for _ in units]) for _ in range(500))
    return f1(units), values[12], values[487]


def counts(gold: set[str], found: set[str]) -> tuple[int, int, int]:
    return len(gold & found), len(found - gold), len(gold - found)


# Techniques


def comparable(bench: Bench, source: str, labels: set[str]) -> set[str]:
    """Labels as the scorer compares them: 50 ids for TRAM, parents for AnnoCTR."""
    space = set(json.loads((bench.data / "attack-sentence" / "label_space.json").read_text())["tram50"])
    if source == "annoctr":
        return {each.split(".")[0] for each in labels}
    return {each if each in space else each.split(".")[0] for each in labels} & space


def techniques(bench: Bench) -> None:
    """Sentences and reports to techniques, with baselines, out of fold."""
    rows = bench.rows("attack-sentence/data.jsonl")
    reports = bench.rows("attack-report/data.jsonl")
    extra = train.procedures(bench.procedures)
    models = bench.models("techniques", rows, "doc", lambda part: train.train_techniques(part, extra, []))
    MODEL_LABELS.update({fold: model.head.labels for fold, model in enumerate(models)})
    probabilities = bench.kept("sentence-scores", lambda: _scored(rows, models))
    named = bench.kept(
        "named",
        lambda: (
            [predict.stated(row["text"]) for row in rows],
            [predict.stated(row["text"]) for row in reports],
        ),
    )
    by_doc: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        by_doc.setdefault(row["doc"], []).append(number)
    merged = {
        doc: predict.merged(np.array([probabilities[number] for number in numbers]))
        for doc, numbers in by_doc.items()
    }

    def answer(scores: Any, fold: int, threshold: float, also: set[str]) -> set[str]:
        return predict.techniques(scores, threshold, models[fold]) | also

    sentence_at = _thresholds(
        bench,
        [
            (row["source"], set(row["labels"]), probabilities[n], fold_of(row["doc"]), named[0][n])
            for n, row in enumerate(rows)
        ],
        answer,
    )
    units = [
        (row["source"], set(row["techniques"]), merged[row["id"]], fold_of(row["id"]), named[1][n])
        for n, row in enumerate(reports)
        if row["id"] in merged
    ]
    report_at = _thresholds(bench, units, answer)
    scored = [row for row in reports if row["id"] in merged]
    bench.lines += [
        "## Techniques (ATT&CK)",
        "",
        "| task | method | micro P / R / F1 (95 % interval) | mean per document | without printed ids |",
        "|---|---|---|---|---|",
    ]
    methods: list[tuple[str, Callable[[int], set[str]]]] = [
        ("ids and names printed", lambda n: units[n][4]),
        ("ours", lambda n: answer(units[n][2], units[n][3], report_at[units[n][3]], units[n][4])),
    ]
    for name, give in methods:
        found = {
            row["id"]: {"id": row["id"], "labels": sorted(give(number))} for number, row in enumerate(scored)
        }
        result = bench.score.attack(scored, found, str(bench.data / "attack-report"), "techniques")
        for source, level in (("tram2", "all"), ("annoctr", "parent_level")):
            chosen = [number for number, row in enumerate(scored) if row["source"] == source]
            span = interval(
                [
                    counts(
                        comparable(bench, source, units[number][1]), comparable(bench, source, give(number))
                    )
                    for number in chosen
                ]
            )
            part = result[source]
            bench.lines.append(
                _row(
                    f"report, {source}",
                    name,
                    part[level]["micro"],
                    span,
                    part[level]["mean_by_text"][2],
                    part["no_literal_id_in_text"]["micro"][2],
                )
            )
    found = {
        row["id"]: {
            "id": row["id"],
            "labels": sorted(
                answer(probabilities[n], fold_of(row["doc"]), sentence_at[fold_of(row["doc"])], named[0][n])
            ),
        }
        for n, row in enumerate(rows)
    }
    result = bench.score.attack(rows, found, str(bench.data / "attack-sentence"), "labels")
    for source, level in (("tram2", "all"), ("annoctr", "parent_level")):
        groups: dict[str, list[int]] = {}
        for row in rows:
            if row["source"] == source:
                right, wrong, missed = counts(
                    comparable(bench, source, set(row["labels"])),
                    comparable(bench, source, set(found[row["id"]]["labels"])),
                )
                held = groups.setdefault(row["doc"], [0, 0, 0])
                held[0] += right
                held[1] += wrong
                held[2] += missed
        span = interval([(each[0], each[1], each[2]) for each in groups.values()])
        part = result[source]
        bench.lines.append(
            _row(
                f"sentence, {source}",
                "ours",
                part[level]["micro"],
                span,
                part[level]["mean_by_text"][2],
                part["no_literal_id_in_text"]["micro"][2],
            )
        )
    bench.lines += [
        "",
        f"Thresholds chosen on the other folds: sentences {sentence_at}, reports {report_at}.",
        "",
    ]
    _printed(bench, units)


def _scored(rows: list[Row], models: list[LinearModel]) -> list[Any]:
    found: list[Any] = [None] * len(rows)
    for fold, model in enumerate(models):
        numbers = [number for number, row in enumerate(rows) if fold_of(row["doc"]) == fold]
        for number, scores in zip(
            numbers, model.scores([rows[each]["text"] for each in numbers]), strict=True
        ):
            found[number] = scores
    return found


def _thresholds(
    bench: Bench,
    units: list[tuple[str, set[str], Any, int, set[str]]],
    answer: Callable[[Any, int, float, set[str]], set[str]],
) -> list[float]:
    """For each fold the threshold with the best mean micro F1 of the two sources on the other folds."""
    table: dict[tuple[str, int, float], list[int]] = {}
    for source, gold, scores, fold, also in units:
        wanted = comparable(bench, source, gold)
        for threshold in GRID:
            right, wrong, missed = counts(
                wanted, comparable(bench, source, answer(scores, fold, threshold, also))
            )
            held = table.setdefault((source, fold, threshold), [0, 0, 0])
            held[0] += right
            held[1] += wrong
            held[2] += missed

    def f1(left_out: int, threshold: float) -> float:
        values = []
        for source in ("tram2", "annoctr"):
            parts = [
                held
                for (name, fold, at), held in table.items()
                if name == source and fold != left_out and at == threshold
            ]
            right, wrong, missed = (sum(each[place] for each in parts) for place in range(3))
            values.append(2 * right / (2 * right + wrong + missed) if right else 0.0)
        return sum(values) / len(values)

    return [max(GRID, key=lambda threshold: f1(fold, threshold)) for fold in range(FOLDS)]


def _printed(bench: Bench, units: list[tuple[str, set[str], Any, int, set[str]]]) -> None:
    """Precision and recall of inferred techniques at the display threshold, chosen on the other folds."""
    right = wrong = gold_count = 0
    chosen = []
    for fold in range(FOLDS):
        threshold = next(
            (
                at
                for at in np.arange(0.3, 0.99, 0.02)
                if _precision(bench, [each for each in units if each[3] != fold], float(at)) >= PRINTED
            ),
            0.99,
        )
        chosen.append(round(float(threshold), 2))
        for source, gold, scores, own, also in units:
            if own == fold:
                wanted = comparable(bench, source, gold)
                shown = comparable(bench, source, _labels(bench, own, scores, float(threshold)) - also)
                right += len(shown & wanted)
                wrong += len(shown - wanted)
                gold_count += len(wanted - comparable(bench, source, also))
    total = right + wrong
    bench.lines += [
        "### Inferred techniques as printed in a briefing",
        "",
        f"Precision {right / total if total else 0:.3f} ({right} of {total}), recall of those not named in the text {right / gold_count if gold_count else 0:.3f}; thresholds chosen on the other folds: {chosen}.",
        "What lies below is not printed. Labels of these sets leave out techniques that annotators were not asked for, so precision is understated.",
        "",
    ]


MODEL_LABELS: dict[int, tuple[str, ...]] = {}


def _labels(bench: Bench, fold: int, scores: Any, threshold: float) -> set[str]:
    return {label for label, score in zip(MODEL_LABELS[fold], scores, strict=True) if score >= threshold}


def _precision(
    bench: Bench, units: list[tuple[str, set[str], Any, int, set[str]]], threshold: float
) -> float:
    right = total = 0
    for source, gold, scores, fold, also in units:
        shown = comparable(bench, source, _labels(bench, fold, scores, threshold) - also)
        right += len(shown & comparable(bench, source, gold))
        total += len(shown)
    return right / total if total >= 20 else 0.0


def _row(
    task: str,
    method: str,
    micro: Sequence[float],
    span: tuple[float, float, float],
    mean: float,
    without: float,
) -> str:
    return f"| {task} | {method} | {micro[0]:.3f} / {micro[1]:.3f} / **{micro[2]:.3f}** ({span[1]:.3f} to {span[2]:.3f}) | {mean:.3f} | {without:.3f} |"


# Flaws


def flaws(bench: Bench) -> None:
    """CWE, CVSS and SSVC from descriptions, out of fold, beside the most frequent answer."""
    rows = bench.rows("cve/vulnrichment.jsonl")
    weak = bench.models("weaknesses", rows, "cve", lambda part: train.train_weaknesses(part, []))
    marks = bench.models("scores", rows, "cve", lambda part: train.train_scores(part, []))
    answers: dict[str, Row] = {}
    for fold in range(FOLDS):
        part = [row for row in rows if fold_of(row["cve"]) == fold]
        labels = np.array(weak[fold].head.labels)
        order = np.argsort(-weak[fold].scores([row["text"] for row in part]), axis=1)[:, :10]
        marked = marks[fold].scores([row["text"] for row in part])
        for row, ranks, scores in zip(part, order, marked, strict=True):
            best: dict[str, tuple[float, str]] = {}
            for label, score in zip(marks[fold].head.labels, scores, strict=True):
                name, _, value = label.partition(":")
                best[name] = max(best.get(name, (-1.0, "")), (float(score), value))
            vector = "CVSS:3.1/" + "/".join(f"{metric}:{best[metric][1]}" for metric in train.METRICS)
            ranked = [str(label) for label in labels[ranks]]
            answers[row["id"]] = {
                "id": row["id"],
                "cwe": ranked[0],
                "ranked": ranked,
                "vector": vector,
                "automatable": best["automatable"][1],
                "technical_impact": best["technical_impact"][1],
            }
    cwe = next(iter(bench.score.cwe(rows, answers).values()))
    cvss = bench.score.cvss(rows, answers)
    worst = bench.score.cvss(
        rows, {row["id"]: {"vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"} for row in rows}
    )
    ssvc = bench.score.ssvc(rows, answers)
    bench.lines += [
        "## Flaws from their description alone (labels of CNAs and CISA)",
        "",
        "| task | ours, out of fold | baseline |",
        "|---|---|---|",
        f"| CWE: accuracy / hit at 5 | {cwe['accuracy']:.3f} / {cwe['hit@5']:.3f} | |",
        f"| CVSS 3.1: mean absolute deviation / severity right / metric accuracy | {cvss['MAD_of_valid']:.2f} / {cvss['severity_accuracy']:.3f} / {cvss['mean_metric_accuracy']:.3f} | the commonest vector: {worst['MAD_of_valid']:.2f} / {worst['severity_accuracy']:.3f} / {worst['mean_metric_accuracy']:.3f} |",
        *(
            f"| SSVC {name}: accuracy / macro F1 | {ssvc[name]['accuracy']:.3f} / {ssvc[name]['macro_f1']:.3f} | the commonest answer: {ssvc[name]['majority']:.3f} |"
            for name in ("automatable", "technical_impact")
        ),
        "",
        "NVD labels differ from these; a set labelled by NVD scores lower, as it does for every method.",
        "",
    ]


# Not trained


def untrained(bench: Bench) -> None:
    """Tasks without training: run once with the shipped code."""
    bench.lines += ["## Without training", "", "| task | figure | seconds a 1,000 texts |", "|---|---|---|"]
    for task, name, figure in (
        (
            "ioc",
            "ioc/data.jsonl",
            lambda r: f"micro F1 {r['ALL']['micro'][2]:.3f}, cases fully right {r['ALL']['exact_cases']:.3f}",
        ),
        (
            "entities-doc",
            "entities-doc/annoctr.jsonl",
            lambda r: (
                f"group ids F1 {r['group']['attack_id_micro'][2]:.3f}, malware and tool ids F1 {r['malware+tool']['attack_id_micro'][2]:.3f}"
            ),
        ),
        (
            "entities-span",
            "entities-span/data.jsonl",
            lambda r: (
                f"exact spans F1: malware {r['cyner']['malware']['exact_span'][2]:.3f}, indicators {r['cyner']['indicator']['exact_span'][2]:.3f}"
            ),
        ),
        (
            "main-text",
            "main-text/data.jsonl",
            lambda r: f"segments F1 {next(iter(r.values()))['prf'][2]:.3f}",
        ),
        (
            "feeds",
            "feeds/data.jsonl",
            lambda r: (
                f"core checks {r['checks']['core']['right']:.3f}, files fully right {r['files_fully_right']:.3f}"
            ),
        ),
        (
            "cvss-vectors",
            "cvss-vectors/data.jsonl",
            lambda r: f"first score right {min(each['first_score_right'] for each in r.values()):.3f}",
        ),
        (
            "cve-attack",
            "cve-attack/data.jsonl",
            lambda r: (
                f"micro F1 {r['all']['micro'][2]:.3f} with the flaw withheld from the published mapping"
            ),
        ),
    ):
        path = bench.data / name
        if not path.is_file():
            bench.lines.append(f"| {task} | not at hand | |")
            continue
        found = [predict.predict(task, row, withhold=True) for row in train.rows_of(path)]
        result = bench.score.run(task, str(path), found)
        bench.lines.append(
            f"| {task} | {figure(result['result'])} | {result['seconds_per_1000_texts']:.2f} |"
        )
    bench.lines.append("")


def main() -> int:
    """Measure and write; 0 on success, 2 when the data are not at hand."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--procedures", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT.parents[2] / "docs" / "accuracy.md")
    parser.add_argument("--tasks", default="techniques,flaws,untrained")
    given = parser.parse_args()
    data = given.data / "eval" if (given.data / "eval").is_dir() else given.data
    if not (data / "score" / "score.py").is_file():
        print(f"{data}: no scorer; give the folder of labelled data with --data", file=sys.stderr)
        return 2
    bundles = (
        sorted((given.data / "upstream" / "attack").glob("enterprise-attack-*.json.gz"))
        if given.procedures is None
        else [given.procedures]
    )
    bench = Bench(data, bundles[-1] if bundles else None, given.cache)
    bench.lines += [
        "# Accuracy of reading",
        "",
        "Written by `make accuracy DATA=DIR` (tools/accuracy.py). Trained parts are measured out of fold: five folds by document or CVE, thresholds from the other folds. The shipped weights are trained on all of it and so have no score here. Intervals are 95 % bootstraps over documents.",
        "",
        *(
            f"- `{name}` sha256 `{digest}`"
            for name, digest in train.hashed(
                data,
                "attack-sentence/data.jsonl",
                "attack-report/data.jsonl",
                "cve/vulnrichment.jsonl",
                "ioc/data.jsonl",
                "entities-doc/annoctr.jsonl",
            )
        ),
        "",
    ]
    for task, run in (("techniques", techniques), ("flaws", flaws), ("untrained", untrained)):
        if task in given.tasks.split(","):
            run(bench)
    given.out.write_text("\n".join(bench.lines).rstrip() + "\n", encoding="utf-8")
    print("\n".join(bench.lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
