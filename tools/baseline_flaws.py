# SPDX-License-Identifier: Apache-2.0
"""The simple baseline for flaws: TF-IDF of words and pairs of words with logistic regression, one label at a time.

Trained under the same folds as ours, on the labelled records alone. Never shipped.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from calibration import FOLDS, fold_of
from scc.read.models.prediction import METRICS, POINTS
from train_flaws import Row, answer, metrics_of


def _fitted(x: Any, y: np.ndarray) -> Any:
    model = LogisticRegression(C=10.0, solver="liblinear", dual=True, tol=0.01, max_iter=1000, random_state=7)
    return OneVsRestClassifier(model).fit(x, y) if len(set(y)) > 2 else model.fit(x, y)


def answers(rows: list[Row], extra: list[Row]) -> dict[str, Row]:
    """Answers in the scorer's format, by id, each by models that have not seen its fold; `extra` is only answered."""
    found: dict[str, Row] = {}
    for fold in range(FOLDS):
        seen = [row for row in rows if fold_of(row["cve"]) != fold]
        asked = [row for row in rows + extra if fold_of(row["cve"]) == fold]
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
        x, z = (
            words.fit_transform([row["text"] for row in seen]),
            words.transform([row["text"] for row in asked]),
        )
        for row in asked:
            found[row["id"]] = {"id": row["id"]}
        count = Counter(row.get("cwe") for row in seen)
        part = np.array([bool(row.get("cwe")) and count[row["cwe"]] > 2 for row in seen])
        model = _fitted(x[part], np.array([row.get("cwe", "") for row in seen])[part])
        order = np.argsort(-model.decision_function(z), axis=1)[:, :10]
        for row, places in zip(asked, order, strict=True):
            ranked = [str(each) for each in model.classes_[places]]
            found[row["id"]] |= {"cwe": ranked[0], "ranked": ranked}
        vectors = [metrics_of(row.get("vector", "")) for row in seen]
        part = np.array([bool(each) for each in vectors])
        parts = []
        for metric in METRICS:
            y = np.array([each.get(metric, "") for each in vectors])[part]
            parts.append([f"{metric}:{value}" for value in _fitted(x[part], y).predict(z)])
        for row, *values in zip(asked, *parts, strict=True):
            found[row["id"]]["vector"] = "CVSS:3.1/" + "/".join(values)
        for point, names in POINTS.items():
            y = np.array([answer(row, point) for row in seen])
            for row, value in zip(asked, _fitted(x[y >= 0], y[y >= 0]).predict(z), strict=True):
                found[row["id"]][point] = names[int(value)]
    return found
