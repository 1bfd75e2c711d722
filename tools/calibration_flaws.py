# SPDX-License-Identifier: Apache-2.0
"""What turns the scores of the models of flaws into probabilities and answers, from scores out of fold.

`fold`, where given, is left out: what is learned is then measured on it. None uses every fold: what ships.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from msgspec.structs import replace
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax
from sklearn.linear_model import LogisticRegression

from calibration import FOLDS, fold_of
from scc.read.flaw_models import FlawHead, FlawModel
from scc.read.prediction import METRICS, POINTS, beliefs
from train_flaws import METRIC_LABELS, Row, answer, metrics_of

TEMPERATURES = tuple(float(each) for each in range(2, 41))
TOGETHER = (0.0, 0.25, 0.5, 0.75, 1.0)
FIRST = 5


class Unseen(NamedTuple):
    """Scores of rows by the model that has not seen their fold."""

    rows: list[Row]
    folds: np.ndarray
    scores: list[np.ndarray]
    """By row, in the order of its fold's labels."""


def unseen(models: list[FlawModel], rows: list[Row]) -> Unseen:
    """The scores of each row out of fold."""
    folds = np.array([fold_of(row["cve"]) for row in rows])
    return Unseen(
        rows, folds, [models[fold].scores(row["text"]) for fold, row in zip(folds, rows, strict=True)]
    )


def weakness_head(head: FlawHead, models: list[FlawModel], held: Unseen, fold: int | None) -> FlawHead:
    """The head with the temperature that gives the first five the least Brier score."""
    loss = np.zeros(len(TEMPERATURES))
    for each in range(FOLDS):
        chosen = [] if each == fold else np.flatnonzero(held.folds == each)
        if not len(chosen):
            continue
        labels = {label: place for place, label in enumerate(models[each].head.labels)}
        scores = np.array([held.scores[row] for row in chosen])
        gold = np.array([labels.get(held.rows[row]["cwe"], -1) for row in chosen])
        first = np.argsort(-scores, axis=1, kind="stable")[:, :FIRST]
        right = first == gold[:, None]
        for place, temperature in enumerate(TEMPERATURES):
            chances = np.take_along_axis(softmax(temperature * scores, axis=1), first, axis=1)
            loss[place] += float(((chances - right) ** 2).sum())
    return scaled(
        head, np.full(len(head.labels), TEMPERATURES[int(loss.argmin())]), np.zeros(len(head.labels))
    )


def scaled(head: FlawHead, factors: np.ndarray, added: np.ndarray) -> FlawHead:
    """The head whose scores are the old ones times a factor plus a term, by label."""
    return replace(
        head,
        scale=tuple(round(float(each), 9) for each in np.array(head.scale) * factors),
        bias=tuple(round(float(each), 6) for each in np.array(head.bias) * factors + added),
    )


def metric_terms(scores: np.ndarray, gold: np.ndarray) -> tuple[float, np.ndarray]:
    """(temperature, term by value) of one metric with the greatest likelihood."""

    def loss(given: np.ndarray) -> tuple[float, np.ndarray]:
        logs = log_softmax(scores * given[0] + given[1:], axis=1)
        off = np.exp(logs)
        off[np.arange(len(gold)), gold] -= 1.0
        return float(-logs[np.arange(len(gold)), gold].mean()), np.concatenate(
            ([(off * scores).sum() / len(gold)], off.mean(axis=0))
        )

    start = np.concatenate(([3.0], np.zeros(scores.shape[1])))
    found = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return float(found[0]), found[1:] - found[1:].mean()


def score_head(head: FlawHead, models: list[FlawModel], held: Unseen, fold: int | None) -> FlawHead:
    """The head with temperatures, the weight of values that go together, and the mix and threshold of each point."""
    inside = held.folds != fold
    scores = np.array(held.scores)
    vectors = [metrics_of(row.get("vector", "")) for row in held.rows]
    told = np.flatnonzero(inside & np.array([bool(each) for each in vectors]))
    factors, added = np.ones(len(head.labels)), np.zeros(len(head.labels))
    for metric, values in METRICS.items():
        columns = [METRIC_LABELS.index(f"{metric}:{value}") for value in values]
        gold = np.array([values.index(vectors[row][metric]) for row in told])
        factors[columns], added[columns] = metric_terms(scores[np.ix_(told, columns)], gold)
    scores = scores * factors + added
    best = together_weight(models, held, scores, [int(row) for row in told])
    mixed, thresholds = {}, {}
    for point in POINTS:
        gold = np.array([answer(row, point) for row in held.rows])
        rows = np.flatnonzero(inside & (gold >= 0))
        model = LogisticRegression(C=1.0, max_iter=2000).fit(scores[rows], gold[rows])
        mixed[point] = (
            round(float(model.intercept_[0]), 4),
            *(round(float(each), 4) for each in model.coef_[0]),
        )
        odds = mixed[point][0] + scores[rows] @ np.array(mixed[point][1:])
        thresholds[point] = best_threshold(odds, gold[rows])
    return replace(scaled(head, factors, added), together=best, mixed=mixed, thresholds=thresholds)


def together_weight(models: list[FlawModel], held: Unseen, scores: np.ndarray, rows: list[int]) -> float:
    """The weight of `Vector.together` under which the true vectors are likeliest."""
    loss = np.zeros(len(TOGETHER))
    for place, weight in enumerate(TOGETHER):
        tried = [each.again(replace(each.head, together=weight)) for each in models]
        known = [{each.vector: at for at, each in enumerate(one.head.vectors)} for one in models]
        for row in rows[:: max(1, len(rows) // 3000)]:
            fold = held.folds[row]
            vector = "CVSS:3.1/" + held.rows[row]["vector"].partition("/")[2]
            if vector in known[fold]:
                loss[place] -= np.log(beliefs(tried[fold], scores[row])[known[fold][vector]] + 1e-12)
    return TOGETHER[int(loss.argmin())]


def best_threshold(odds: np.ndarray, gold: np.ndarray) -> float:
    """The log-odds with the best macro F1, among hundredths of the rows."""

    def f1(threshold: float) -> float:
        found = odds >= threshold
        parts: list[Any] = []
        for value in (0, 1):
            right = ((found == value) & (gold == value)).sum()
            parts.append(2 * right / max(1, (found == value).sum() + (gold == value).sum()))
        return float(np.mean(parts))

    return max((round(float(each), 4) for each in np.quantile(odds, np.linspace(0.01, 0.99, 99))), key=f1)
