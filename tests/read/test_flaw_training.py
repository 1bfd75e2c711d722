# SPDX-License-Identifier: Apache-2.0
"""Training of the models of flaws: the arithmetic, the folds, the same bytes twice."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

pytest.importorskip("sklearn")

import calibration_flaws
import train_flaws
from calibration import FOLDS, fold_of
from scc.read.models.prediction import METRICS, points, ranked, scored

KINDS: list[dict[str, Any]] = [
    {
        "words": "SQL injection in the parameter {} of the shop",
        "cwe": "CWE-89",
        "vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "ssvc": {"automatable": "yes", "technical_impact": "total"},
    },
    {
        "words": "stored cross site scripting in field {} of the plugin",
        "cwe": "CWE-79",
        "vector": "CVSS:3.1/AV:N/AC:L/PR:L/UI:R/S:C/C:L/I:L/A:N",
        "ssvc": {"automatable": "no", "technical_impact": "partial"},
    },
    {
        "words": "use after free in driver {} lets a local user corrupt memory",
        "cwe": "CWE-416",
        "vector": "CVSS:3.0/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H",
        "ssvc": {"automatable": "no", "technical_impact": "total"},
    },
]
ROWS = [
    {
        **kind,
        "cve": f"CVE-2024-{number}{place}",
        "id": f"{number}{place}",
        "text": kind["words"].format(number),
    }
    for number in range(20)
    for place, kind in enumerate(KINDS)
]


def test_the_dual_form_is_ridge_regression() -> None:
    texts = [row["text"] for row in ROWS]
    x = train_flaws.Features(texts).matrix(texts)
    y = np.where(np.array([row["cwe"] for row in ROWS])[:, None] == np.array(["CWE-79", "CWE-89"]), 1.0, -1.0)
    counts = np.where(np.arange(len(ROWS)) % 2, 1.0, 0.5)
    weights, biases = train_flaws.ridge(x, y, counts)
    # The primal form: least squares with a penalty on every weight, the bias among them.
    full = np.hstack([x.toarray(), np.ones((len(ROWS), 1))])
    left = full.T @ (full * counts[:, None]) + train_flaws.RIDGE * np.eye(full.shape[1])
    expected = np.linalg.solve(left, full.T @ (y * counts[:, None]))
    assert weights == pytest.approx(expected[:-1], abs=1e-4)
    assert biases == pytest.approx(expected[-1], abs=1e-4)


def test_rows_have_length_one() -> None:
    texts = [row["text"] for row in ROWS]
    x = train_flaws.Features(texts).matrix(texts)
    assert np.sqrt((x.toarray() ** 2).sum(axis=1)) == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize("make", [train_flaws.train_weaknesses, train_flaws.train_scores])
def test_the_same_rows_give_the_same_bytes(make: train_flaws.Maker) -> None:
    assert make(ROWS, []).packed() == make(list(ROWS), []).packed()


def test_a_fold_is_tested_without_its_flaws() -> None:
    common = [{"cve": "", "text": "a description", "cwe": "CWE-1"}]
    for fold in range(FOLDS):
        kept = train_flaws.outside(ROWS + common, fold)
        assert kept == [row for row in ROWS if fold_of(row["cve"]) != fold] + common
    assert train_flaws.outside(ROWS, None) == ROWS


def test_the_largest_weights_stay() -> None:
    model = train_flaws.train_weaknesses(ROWS, [])
    less = train_flaws.thinned(model, 3)
    before, after = model.arrays(), less.arrays()
    for label in range(len(model.head.labels)):
        largest = sorted(np.abs(before[4][before[3] == label].astype(int)))[-3:]
        assert sorted(np.abs(after[4][after[3] == label].astype(int))) == largest
    assert (after[0] == before[0]).all()


def test_what_was_learned_is_predicted() -> None:
    folds = train_flaws.cross("weaknesses", ROWS, train_flaws.train_weaknesses, None)
    held = calibration_flaws.unseen(folds, ROWS)
    marks = train_flaws.cross("scores", ROWS, train_flaws.train_scores, None)
    marked = calibration_flaws.unseen(marks, ROWS)
    for fold in range(FOLDS):
        weak = folds[fold].again(calibration_flaws.weakness_head(folds[fold].head, folds, held, fold))
        mark = marks[fold].again(calibration_flaws.score_head(marks[fold].head, marks, marked, fold))
        for row in (each for each in ROWS if fold_of(each["cve"]) == fold):
            assert ranked(weak, row["text"])[0].id == row["cwe"]
            scores = mark.scores(row["text"])
            vector, _, sure = scored(mark, scores)
            assert vector == row["vector"].replace("CVSS:3.0", "CVSS:3.1")
            assert len(sure) == len(METRICS)
            found = points(mark, scores)
            assert {point: each.value for point, each in found.items()} == row["ssvc"]


def test_the_threshold_with_the_best_macro_f1() -> None:
    odds = np.array([-3.0, -2.0, -1.0, 0.5, 1.0, 2.0])
    gold = np.array([0, 0, 0, 0, 1, 1])
    assert 0.5 < calibration_flaws.best_threshold(odds, gold) <= 1.0
