# SPDX-License-Identifier: Apache-2.0
"""What turns the scores of the models of flaws into probabilities and answers, from scores out of fold.

`fold`, where given, is left out: what is learned is then measured on it. None uses every fold: what ships.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from msgspec.structs import replace
from scipy.optimize import minimize
from scipy.special import log_softmax
from sklearn.linear_model import LogisticRegression

from calibration import fold_of
from scc.read.models.flaw_models import FlawHead, FlawModel
from scc.read.models.prediction import LISTED, METRICS, POINTS, beliefs, leads, logit, scored
from train_flaws import METRIC_LABELS, Row, answer, metrics_of

TOGETHER = (0.0, 0.25, 0.5, 0.75, 1.0)
SAMPLE = 3000
"""Rows from which single numbers are learned."""


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
    """The head with how likely a listed label is, by its score and its lead."""
    told: list[np.ndarray] = []
    right: list[np.ndarray] = []
    for row in np.flatnonzero(held.folds != fold):
        labels = models[held.folds[row]].head.labels
        order = np.argsort(-held.scores[row], kind="stable")[:LISTED]
        scores = held.scores[row][order]
        told.append(np.column_stack([scores, leads(scores), np.arange(len(scores)) == 0]))
        right.append(np.array([labels[each] == held.rows[row]["cwe"] for each in order]))
    model = LogisticRegression(C=1e3, max_iter=2000).fit(np.concatenate(told), np.concatenate(right))
    by_score, by_lead, first = (round(float(each), 4) for each in model.coef_[0])
    return replace(head, listing=(round(float(model.intercept_[0]), 4), by_score, by_lead, first))


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
    """The head with temperatures, the weight of values that go together, confidences, mix and threshold of points."""
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
    sure = confidences(models, held, scores, [int(row) for row in told], best)
    return replace(scaled(head, factors, added), together=best, mixed=mixed, thresholds=thresholds, sure=sure)


def confidences(
    models: list[FlawModel], held: Unseen, scores: np.ndarray, rows: list[int], together: float
) -> dict[str, tuple[float, float]]:
    """By metric, what corrects the probability of the value chosen."""
    tried = [each.again(replace(each.head, together=together)) for each in models]
    told: dict[str, list[tuple[float, bool]]] = {metric: [] for metric in METRICS}
    for row in rows[:: max(1, len(rows) // SAMPLE)]:
        vector, _, sure = scored(tried[held.folds[row]], scores[row])
        gold, given = metrics_of(held.rows[row]["vector"]), metrics_of(vector)
        for metric, chance in zip(METRICS, sure, strict=True):
            told[metric].append((logit(chance), gold[metric] == given[metric]))
    found = {}
    for metric, pairs in told.items():
        if len({right for _, right in pairs}) < 2:
            continue  # always right or always wrong: nothing to learn from
        model = LogisticRegression(C=1e3).fit([[each] for each, _ in pairs], [right for _, right in pairs])
        found[metric] = (round(float(model.intercept_[0]), 4), round(float(model.coef_[0][0]), 4))
    return found


def together_weight(models: list[FlawModel], held: Unseen, scores: np.ndarray, rows: list[int]) -> float:
    """The weight of `Vector.together` under which the true vectors are likeliest."""
    loss = np.zeros(len(TOGETHER))
    for place, weight in enumerate(TOGETHER):
        tried = [each.again(replace(each.head, together=weight)) for each in models]
        known = [{each.vector: at for at, each in enumerate(one.head.vectors)} for one in models]
        for row in rows[:: max(1, len(rows) // SAMPLE)]:
            fold = held.folds[row]
            vector = "CVSS:3.1/" + held.rows[row]["vector"].partition("/")[2]
            if vector in known[fold]:
                loss[place] -= np.log(beliefs(tried[fold], scores[row])[known[fold][vector]] + 1e-12)
    return TOGETHER[int(loss.argmin())]


def best_threshold(odds: np.ndarray, gold: np.ndarray) -> float:
    """The log-odds with the best macro F1, halfway between hundredths of the rows; of equals the nearest to even odds."""

    def f1(threshold: float) -> float:
        found = odds >= threshold
        parts: list[Any] = []
        for value in (0, 1):
            right = ((found == value) & (gold == value)).sum()
            parts.append(2 * right / max(1, (found == value).sum() + (gold == value).sum()))
        return float(np.mean(parts))

    steps = np.quantile(odds, np.linspace(0.0, 1.0, 101))
    tried = [round(float(each), 4) for each in (steps[1:] + steps[:-1]) / 2]
    found = [f1(each) for each in tried]
    best = [each for each, value in zip(tried, found, strict=True) if value == max(found)]
    return min(best, key=abs)
