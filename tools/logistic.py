# SPDX-License-Identifier: Apache-2.0
"""Logistic regression of many labels at once: one-vs-rest, one weight a row and label, by L-BFGS with numpy.

The same optimum as fitting label by label, several times faster: each step multiplies the sparse matrix once for all
labels. Stops early on purpose (`STEPS`): the last steps change no decision. One thread, so the same input gives the
same bytes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack

STEPS = 40
LEAST = 5e-4
"""Relative gain of a step below which it stops."""
MEMORY = 5


def fit_labels(x: csr_matrix, y: Any, weight: Any, c: float) -> tuple[Any, Any]:
    """(features, labels) weights and a bias a label. `y`: 0 or 1, (rows, labels); `weight` of the same shape."""
    x = hstack([x, np.ones((x.shape[0], 1))]).tocsr().astype(np.float32)
    across = x.T.tocsr()
    sign = (2 * y - 1).astype(np.float32)
    weight = weight.astype(np.float32) * np.float32(c)
    penalty = np.ones((x.shape[1], 1), np.float32)
    penalty[-1] = 0.01
    at = np.zeros((x.shape[1], y.shape[1]), np.float32)
    right, wrong = (weight * y).sum(axis=0), (weight * (1 - y)).sum(axis=0)
    at[-1] = np.log(np.maximum(right, 1e-3) / np.maximum(wrong, 1e-3))

    def value(point: Any) -> tuple[float, Any]:
        margin = sign * (x @ point)
        small = np.exp(-np.abs(margin))
        loss = np.log1p(small) + np.maximum(-margin, 0)
        total = float((weight * loss).sum(dtype=np.float64))
        total += 0.5 * float((penalty * point * point).sum(dtype=np.float64))
        odds = np.where(margin > 0, small, np.float32(1)) / (1 + small)
        return total, across @ (-(weight * sign) * odds) + penalty * point

    now, slope = value(at)
    past: list[tuple[Any, Any, float]] = []
    for _ in range(STEPS):
        step = _direction(slope, past)
        length, down = 1.0, float(np.vdot(slope, step))
        while True:
            point = at - np.float32(length) * step
            then, slope_then = value(point)
            if then <= now - 1e-4 * length * down or length < 1e-4:
                break
            length *= 0.5
        moved, turned = point - at, slope_then - slope
        curve = float(np.vdot(moved, turned))
        if curve > 1e-10:
            past = [*past, (moved, turned, 1.0 / curve)][-MEMORY:]
        gain = (now - then) / max(abs(then), 1.0)
        at, now, slope = point, then, slope_then
        if gain < LEAST:
            break
    return at[:-1], at[-1]


def _direction(slope: Any, past: list[tuple[Any, Any, float]]) -> Any:
    """The slope times the inverse curvature as far as the last steps tell it."""
    step = slope.copy()
    held = []
    for moved, turned, inverse in reversed(past):
        share = np.float32(inverse * float(np.vdot(moved, step)))
        held.append(share)
        step -= share * turned
    if past:
        moved, turned, inverse = past[-1]
        step *= np.float32(1.0 / (inverse * float(np.vdot(turned, turned))))
    else:
        step *= np.float32(1.0 / np.linalg.norm(slope))
    for (moved, turned, inverse), share in zip(past, reversed(held), strict=True):
        step += (share - np.float32(inverse * float(np.vdot(turned, step)))) * moved
    return step
