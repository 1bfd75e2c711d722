# SPDX-License-Identifier: Apache-2.0
"""Measures reading on labelled data and writes docs/accuracy.md.

python tools/accuracy.py --data DIR [--procedures FILE] [--weaknesses FILE] [--cache DIR] [--out FILE] [--tasks a,b]

DIR is the folder of labelled data with its scorer (`score/score.py`). What is trained is measured by five-fold
cross-validation by document (or CVE), thresholds set on the other folds; what is not trained is run once. Intervals
are 95 % bootstraps over documents. Baselines are run under the same folds. Moves no threshold to fit a set.
"""

from __future__ import annotations

import argparse
import base64
import datetime
import gzip
import importlib.util
import pickle
import platform
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import measure
import predict
import scc.knowledge
import train
from calibration import FOLDS, fold_of
from scc.content.loader import ROOT
from scc.read.models import LinearModel

Row = dict[str, Any]


def scorer(data: Path) -> Any:
    """The scorer's module, from the data folder."""
    spec = importlib.util.spec_from_file_location("score", data / "score" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Bench:
    """The labelled data, the scorer and what was computed before."""

    def __init__(
        self, data: Path, procedures: Path | None, weaknesses: Path | None, cache: Path | None
    ) -> None:
        self.data = data
        self.weaknesses = weaknesses
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


# Not trained


def untrained(bench: Bench) -> None:
    """Tasks without training: run once with the shipped code."""
    bench.lines += [
        "## Without training",
        "",
        "| task | ours | baseline | seconds a 1,000 texts |",
        "|---|---|---|---|",
    ]
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
            bench.lines.append(f"| {task} | not at hand | | |")
            continue
        rows = train.rows_of(path)
        found = [predict.predict(task, row, withhold=True) for row in rows]
        result = bench.score.run(task, str(path), found)
        other = "none"
        if task in BASELINES:
            name = BASELINES[task][0]
            given = bench.kept(f"baseline-{task}", lambda task=task, rows=rows: answered(task, rows))  # type: ignore[misc]
            other = (
                f"{name}: not installed"
                if given is None
                else (f"{name}: {figure(bench.score.run(task, str(path), given)['result'])}")
            )
        bench.lines.append(
            f"| {task} | {figure(result['result'])} | {other} | {result['seconds_per_1000_texts']:.2f} |"
        )
    bench.lines.append("")


def answered(task: str, rows: list[Row]) -> list[Row] | None:
    """A baseline's answers in the scorer's format, None where its package is not installed."""
    answer = BASELINES[task][1]
    found = []
    for row in rows:
        start = time.perf_counter()
        try:
            given = answer(row)
        except ImportError:
            return None
        except Exception:  # what a baseline fails on it has no answer for
            given = {}
        found.append({"id": row["id"], **given, "seconds": time.perf_counter() - start})
    return found


def _trafilatura(row: Row) -> Row:
    import trafilatura

    return {"text": trafilatura.extract(gzip.decompress(base64.b64decode(row["html_gz_b64"]))) or ""}


BASELINES: dict[str, tuple[str, Callable[[Row], Row]]] = {"main-text": ("trafilatura, default", _trafilatura)}


def unseen(bench: Bench) -> None:
    """What was labelled by hand by people who had not seen the code (tests/assets/)."""
    import adversarial
    import claim_pairs

    count, _ = adversarial.measure()
    bench.lines += [
        "## Adversarial sentences",
        "",
        "Written by somebody who had not seen the code (`tests/assets/`), read by `tools/adversarial.py`. The first run, before any change: 14 of 406 false (3.4 %), 12 of 260 sentences, 86 of 116 found (74.1 %). Since then rules were changed for the kinds of sentence that failed, so this is no unseen figure any more:",
        "",
        *adversarial.table(count),
        "",
        "## Claims that contradict each other",
        "",
        "Pairs labelled by the same rule (`tools/claim_pairs.py`). First run: precision 1.00, recall 0.08. Now:",
        "",
        *claim_pairs.lines(claim_pairs.answers()),
        "",
    ]


def main() -> int:
    """Measure and write; 0 on success, 2 when the data are not at hand."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--procedures", type=Path)
    parser.add_argument("--weaknesses", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT.parents[2] / "docs" / "accuracy.md")
    parser.add_argument("--tasks", default="techniques,flaws,untrained,unseen")
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
    catalogues = (
        sorted((given.data / "upstream" / "cwe").glob("cwe-*.json.gz"))
        if given.weaknesses is None
        else [given.weaknesses]
    )
    bench = Bench(data, bundles[-1] if bundles else None, catalogues[-1] if catalogues else None, given.cache)
    bench.lines += [
        "# Accuracy of reading",
        "",
        "Written by `make accuracy DATA=DIR` (tools/accuracy.py). Trained parts are measured out of fold: five folds by document or CVE, thresholds from the other folds. The shipped weights are trained on all of it and so have no score here. Intervals are 95 % bootstraps over documents.",
        "",
        f"Run {datetime.date.today().isoformat()} on {measure.machine()} with Python {platform.python_version()}, pack {scc.knowledge.open().pack_id[:12]}.",
        "",
        *(
            f"- `{name}` sha256 `{digest}`"
            for name, digest in train.hashed(
                data,
                "attack-sentence/data.jsonl",
                "attack-report/data.jsonl",
                "cve/vulnrichment.jsonl",
                "cve/kev.jsonl",
                "ioc/data.jsonl",
                "entities-doc/annoctr.jsonl",
            )
        ),
        "",
    ]
    from accuracy_flaws import flaws
    from accuracy_techniques import techniques

    for task, run in (
        ("techniques", techniques),
        ("flaws", flaws),
        ("untrained", untrained),
        ("unseen", unseen),
    ):
        if task in given.tasks.split(","):
            run(bench)
    given.out.write_text("\n".join(bench.lines).rstrip() + "\n", encoding="utf-8")
    print("\n".join(bench.lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
