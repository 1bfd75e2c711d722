# SPDX-License-Identifier: Apache-2.0
"""Thresholds of the technique model, from scores that were made out of fold. Used by training and by measuring.

What may be printed is set so that, among documents the model had not seen, it was right in nine of ten cases.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

FOLDS = 5
GRID = tuple(round(0.04 + 0.02 * step, 2) for step in range(24))
SHOWN_FROM = 0.3
"""Probability below which nothing is considered for printing."""
SHOWN_PRECISION = 0.9
SHOWN_LEAST = 40
"""Cases from which a precision is believed."""
WRONG_MOST = 3


class Unit(NamedTuple):
    """A sentence or a document with what is known and what the model says of it, out of fold."""

    source: str
    gold: frozenset[str]
    scores: Any
    """Probability by label, in the order of the fold's labels."""
    fold: int
    named: frozenset[str]
    """Techniques that the text prints or names."""


def fold_of(key: str) -> int:
    """The fold of a document or CVE: by its hash, so that it never moves."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % FOLDS


def comparable(source: str, labels: Iterable[str], space: frozenset[str]) -> set[str]:
    """Labels as the scorer compares them: 50 ids for TRAM (`space`), parents for AnnoCTR."""
    if source == "annoctr":
        return {each.split(".")[0] for each in labels}
    return {each if each in space else each.split(".")[0] for each in labels} & space


def given(labels: Sequence[str], scores: Any, threshold: float) -> set[str]:
    """Labels whose score reaches the threshold."""
    return {label for label, score in zip(labels, scores, strict=True) if score >= threshold}


def counts(gold: set[str], found: set[str]) -> tuple[int, int, int]:
    """(right, wrong, missed)."""
    return len(gold & found), len(found - gold), len(gold - found)


def best_threshold(units: Sequence[Unit], labels: Sequence[Sequence[str]], space: frozenset[str]) -> float:
    """The threshold of the grid with the best mean of the sources' micro F1."""
    sums: dict[tuple[str, float], list[int]] = {}
    sources = sorted({unit.source for unit in units})
    for unit in units:
        gold = comparable(unit.source, unit.gold, space)
        for threshold in GRID:
            found = comparable(
                unit.source, given(labels[unit.fold], unit.scores, threshold) | unit.named, space
            )
            held = sums.setdefault((unit.source, threshold), [0, 0, 0])
            for place, count in enumerate(counts(gold, found)):
                held[place] += count

    def f1(threshold: float) -> float:
        values = []
        for source in sources:
            right, wrong, missed = sums[source, threshold]
            values.append(2 * right / (2 * right + wrong + missed) if right else 0.0)
        return sum(values) / len(values)

    return max(GRID, key=f1)


def printable(
    units: Sequence[Unit], labels: Sequence[Sequence[str]], space: frozenset[str]
) -> dict[str, float]:
    """Label to the probability from which it may be printed.

    One probability for all labels: the lowest from which, among documents that the model had not seen, what it adds to
    the named techniques was right in nine of ten cases by at least one standard error. A label that is wrong
    `WRONG_MOST` times in spite of that, and in a quarter of its cases, is never printed.
    """
    pairs = sorted(unnamed(units, labels, space), reverse=True)
    right, at = 0, 2.0
    for number, (probability, good, _) in enumerate(pairs, 1):
        right += good
        share = right / number
        if number < SHOWN_LEAST or (number < len(pairs) and pairs[number][0] == probability):
            continue
        if share - (share * (1 - share) / number) ** 0.5 >= SHOWN_PRECISION:
            at = probability
    wrong: dict[str, list[int]] = {}
    for probability, good, label in pairs:
        if probability >= at:
            wrong.setdefault(label, [0, 0])[0 if good else 1] += 1
    return {
        label: round(at, 3)
        for label in sorted({each for every in labels for each in every})
        if at <= 1.0
        and not (wrong.get(label, [0, 0])[1] >= WRONG_MOST and 4 * wrong[label][1] >= sum(wrong[label]))
    }


def unnamed(
    units: Sequence[Unit], labels: Sequence[Sequence[str]], space: frozenset[str]
) -> Iterable[tuple[float, bool, str]]:
    """(probability, whether it is right, label) of what documents do not name and annotators were asked for.

    Labels that the scorer takes for one (a parent and its sub-techniques) count once, by the most probable.
    """
    for unit in units:
        gold = comparable(unit.source, unit.gold, space)
        named = comparable(unit.source, unit.named, space)
        best: dict[str, tuple[float, str]] = {}
        for label, score in zip(labels[unit.fold], unit.scores, strict=True):
            for each in comparable(unit.source, {label}, space) - named:
                best[each] = max(best.get(each, (-1.0, "")), (float(score), label))
        for each, (score, label) in best.items():
            if score >= SHOWN_FROM:
                yield score, each in gold, label
