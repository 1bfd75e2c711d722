# SPDX-License-Identifier: Apache-2.0
"""Training of the models of flaws' descriptions: weakness (CWE), CVSS 3.1 metrics and SSVC points.

Weights are a ridge regression on TF-IDF of words and pairs of words, solved in its dual form (one factorisation of
texts by texts for all labels), and for SSVC a logistic regression. What turns scores into probabilities and answers (temperatures, mix, thresholds) is
learned from scores out of fold. scikit-learn and scipy are needed here and nowhere else. Writes no file but its cache.
"""

from __future__ import annotations

import gzip
import json
import pickle
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from calibration import FOLDS, fold_of
from scc.read.flaws.scores import score_of
from scc.read.models.flaw_models import IDF_STEP, FlawHead, FlawModel, Vector, counted, unpacked
from scc.read.models.prediction import METRICS, POINTS
from train import Row, rows_of

RIDGE = 0.5
"""Of 0.1, 0.3 and 0.6, tried on two folds for weaknesses, 0.3 and 0.6 did alike."""
CATALOGUE_WEIGHT = 0.5
"""What a text of the CWE catalogue counts beside a record; little depends on it."""
WEAKNESS_KEEP = 1500
"""Weights kept a weakness, for the size: all of them would be four times as large and hardly more right."""
VECTOR_LEAST = 2
METRIC_LABELS = tuple(f"{metric}:{value}" for metric, values in METRICS.items() for value in values)


class Features:
    """The features that stand in at least two texts, with their rarity, as the product will know them."""

    def __init__(self, texts: Sequence[str]) -> None:
        seen = Counter(feature for text in texts for feature in counted(text))
        self.index = np.array(sorted(each for each, count in seen.items() if count > 1), dtype=np.uint32)
        counts = np.array([seen[int(each)] for each in self.index], dtype=np.float64)
        idf = np.log((1 + len(texts)) / (1 + counts)) + 1
        self.idf = np.minimum(np.rint(idf / IDF_STEP), 255).astype(np.uint8)

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        """One row a text, of length one: the product's own arithmetic."""
        empty = np.zeros(len(self.index) + 1)
        reader = FlawModel(FlawHead("", (), (), (), 0, 0, ()), self.index, self.idf, empty, empty, empty)
        found = [reader.placed(text) for text in texts]
        starts = np.concatenate(([0], np.cumsum([len(at) for at, _ in found])))
        return csr_matrix(
            (
                np.concatenate([values for _, values in found]).astype(np.float32),
                np.concatenate([at for at, _ in found]),
                starts,
            ),
            shape=(len(texts), len(self.index)),
        )


def ridge(x: csr_matrix, y: np.ndarray, counts: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """(weights, features by labels; biases) for targets of 1 and -1; `counts`: how much a row counts."""
    with threadpool_limits(1):  # the same sums in the same order: the same bytes
        back = x.T.tocsr()
        kernel = np.empty((x.shape[0], x.shape[0]), dtype=np.float32)
        for start in range(0, x.shape[0], 1000):
            kernel[start : start + 1000] = (x[start : start + 1000] @ back).toarray()
        kernel += 1.0  # the bias, as a feature of every row
        each = np.ones(x.shape[0]) if counts is None else counts
        kernel[np.diag_indices(x.shape[0])] += (RIDGE / each).astype(np.float32)
        factor = cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
        alpha = cho_solve(factor, y.astype(np.float32), check_finite=False)
        return back @ alpha, alpha.sum(axis=0)


def model_of(head: FlawHead, features: Features, weights: np.ndarray, biases: np.ndarray) -> FlawModel:
    """A model with its weights in eight bits by label; what rounds to nothing is left out, and so are features
    whose every weight does."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    eight = np.rint(weights / scale).astype(np.int8)
    kept = np.flatnonzero(eight.any(axis=1))
    eight = eight[kept]
    rows, columns = np.nonzero(eight)
    starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=len(kept)))))
    filled = replace(
        head,
        bias=tuple(round(float(each), 6) for each in biases),
        scale=tuple(round(float(each), 9) for each in scale),
        features=len(kept),
        entries=len(rows),
    )
    return unpacked(
        FlawModel(
            filled, features.index[kept], features.idf[kept], starts, columns, eight[rows, columns]
        ).packed(),
        head.name,
    )


def thinned(model: FlawModel, keep: int) -> FlawModel:
    """The model with the `keep` largest weights of each label; its features stay, since they set a text's length."""
    index, idf, starts, labels, weights = model.arrays()
    rows = np.repeat(np.arange(len(index)), np.diff(starts))
    order = np.lexsort((rows, -np.abs(weights.astype(np.int16)), labels))
    first = np.searchsorted(labels[order], np.arange(len(model.head.labels)))
    chosen = np.sort(order[np.arange(len(order)) - first[labels[order]] < keep])
    starts = np.concatenate(([0], np.cumsum(np.bincount(rows[chosen], minlength=len(index)))))
    head = replace(model.head, entries=len(chosen))
    return unpacked(FlawModel(head, index, idf, starts, labels[chosen], weights[chosen]).packed(), head.name)


# Rows


def catalogue(path: Path | None) -> list[Row]:
    """Rows of the CWE catalogue (JSON, gzip): each weakness's name and description, and its observed examples."""
    if path is None:
        return []
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        held = json.load(stream)["Weaknesses"]
    found = []
    for each in held:
        cwe = f"CWE-{each['ID']}"
        found.append({"cve": "", "text": f"{each['Name']}. {each['Description']}", "cwe": cwe})
        found += [
            {"cve": one["Reference"], "text": one["Description"], "cwe": cwe}
            for one in each.get("ObservedExamples", [])
        ]
    return [{**each, "weight": CATALOGUE_WEIGHT} for each in found]


def weakness_rows(folder: Path, cwe: Path | None) -> list[Row]:
    """What the model of weaknesses learns from: labelled records, KEV entries with one weakness, the catalogue."""
    kev = [{**row, "cwe": row["cwes"][0]} for row in rows_of(folder / "kev.jsonl") if len(row["cwes"]) == 1]
    return [row for row in rows_of(folder / "vulnrichment.jsonl") if row.get("cwe")] + kev + catalogue(cwe)


def outside(rows: list[Row], fold: int | None) -> list[Row]:
    """Rows to learn from when a fold is tested: none of its CVEs; what is on no CVE always. None: everything."""
    return [row for row in rows if fold is None or not row["cve"] or fold_of(row["cve"]) != fold]


def metrics_of(vector: str) -> dict[str, str]:
    """Base metrics of a CVSS 3.x vector, {} of another."""
    return dict(part.split(":", 1) for part in vector.split("/")[1:]) if vector.startswith("CVSS:3") else {}


# Models


def train_weaknesses(rows: list[Row], hashes: list[tuple[str, str]]) -> FlawModel:
    """One label a CWE with at least two rows."""
    seen = Counter(row["cwe"] for row in rows)
    labels = sorted(cwe for cwe, count in seen.items() if count > 1)
    features = Features([row["text"] for row in rows])
    y = np.where(np.array([row["cwe"] for row in rows])[:, None] == np.array(labels)[None], 1.0, -1.0)
    counts = np.array([row.get("weight", 1.0) for row in rows])
    weights, biases = ridge(features.matrix([row["text"] for row in rows]), y, counts)
    head = FlawHead("weaknesses-2", tuple(labels), (), (), 0, 0, tuple(hashes))
    return thinned(model_of(head, features, weights, biases), WEAKNESS_KEEP)


def train_scores(rows: list[Row], hashes: list[tuple[str, str]]) -> FlawModel:
    """One label a value of each CVSS 3.1 base metric ("AV:N"), one a decision point of SSVC (its rarer answer)."""
    features = Features([row["text"] for row in rows])
    x = features.matrix([row["text"] for row in rows])
    vectors = [metrics_of(row.get("vector", "")) for row in rows]
    with_vector = np.array([bool(each) for each in vectors])
    held = [each for each in vectors if each]
    y = np.array([[1.0 if each[label[: label.index(":")]] == label[label.index(":") + 1 :] else -1.0 for label in METRIC_LABELS] for each in held])  # fmt: skip
    parts = [ridge(x[with_vector], y)]
    for point in POINTS:
        told = np.array([answer(row, point) for row in rows])
        model = LogisticRegression(
            C=5.0, solver="liblinear", dual=True, tol=0.01, max_iter=500, random_state=7
        ).fit(x[told >= 0].astype(np.float64), told[told >= 0])
        parts.append((model.coef_.T, model.intercept_))
    head = FlawHead(
        "scores-2", (*METRIC_LABELS, *POINTS), (), (), 0, 0, tuple(hashes), vectors=together(held)
    )
    return model_of(
        head, features, np.hstack([each for each, _ in parts]), np.concatenate([each for _, each in parts])
    )


def answer(row: Row, point: str) -> int:
    """1 for the rarer answer to a decision point, 0 for the other, -1 when the row does not say."""
    told = str((row.get("ssvc") or {}).get(point, "")).lower()
    return POINTS[point].index(told) if told in POINTS[point] else -1


def together(held: list[dict[str, str]]) -> tuple[Vector, ...]:
    """The vectors seen often enough, with how much oftener their values come together than one by one would say."""
    count = Counter(tuple(each[metric] for metric in METRICS) for each in held)
    alone = [Counter(each[metric] for each in held) for metric in METRICS]
    found = []
    for values, number in sorted(count.items()):
        if number >= VECTOR_LEAST:
            vector = "CVSS:3.1/" + "/".join(f"{m}:{v}" for m, v in zip(METRICS, values, strict=True))
            scored = score_of(vector)
            assert scored is not None
            chance = sum(np.log(alone[place][value] / len(held)) for place, value in enumerate(values))
            found.append(Vector(vector, scored[1], round(float(np.log(number / len(held)) - chance), 4)))
    return tuple(found)


Maker = Callable[[list[Row], list[tuple[str, str]]], FlawModel]


def kept(name: str, cache: Path | None, make: Callable[[], list[FlawModel]]) -> list[FlawModel]:
    """Models made once a cache folder; without one made anew."""
    path = cache / f"flaws-{name}.pickle" if cache else None
    if path is not None and path.is_file():
        return [unpacked(blob, name) for blob in pickle.loads(path.read_bytes())]
    models = make()
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps([each.packed() for each in models]))
    return models


def cross(name: str, rows: list[Row], make: Maker, cache: Path | None) -> list[FlawModel]:
    """One model a fold, trained on the others."""
    return kept(name, cache, lambda: [make(outside(rows, fold), []) for fold in range(FOLDS)])
