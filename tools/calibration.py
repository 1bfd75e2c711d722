# SPDX-License-Identifier: Apache-2.0
"""Thresholds of the technique model, from scores that were made out of fold. Used by training and by measuring.

A label may be printed only if, among documents the model had not seen, it was right in nine of ten cases (with a
small prior) when its merged probability reached `SHOWN_FROM`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

FOLDS = 5
GRID = tuple(round(0.04 + 0.02 * step, 2) for step in range(24))
SHOWN_FROM = 0.4
SHOWN_PRECISION = 0.9


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


def merged(rows: Any) -> Any:
    """Probabilities of a document: the best of each label over its sentences, raised a little by the next two."""
    import numpy as np

    best = -np.sort(-np.asarray(rows), axis=0)[:3]
    missing = 1.0 - best[0]
    for each in best[1:]:
        missing = missing * (1.0 - 0.3 * each)
    return 1.0 - missing


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
    """Label to the probability from which it may be printed."""
    seen: dict[str, list[int]] = {}
    for unit in units:
        gold = comparable(unit.source, unit.gold, space)
        for label in given(labels[unit.fold], unit.scores, SHOWN_FROM) - unit.named:
            mapped = comparable(unit.source, {label}, space)
            if unit.source == "tram2" and label not in space:
                continue
            held = seen.setdefault(label, [0, 0])
            held[0 if mapped <= gold else 1] += 1
    return {
        label: SHOWN_FROM
        for label, (right, wrong) in sorted(seen.items())
        if right >= 2 and (right + 1.0) / (right + wrong + 1.3) >= SHOWN_PRECISION
    }
