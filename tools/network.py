# SPDX-License-Identifier: Apache-2.0
"""Trains the network of `scc.read.models.network`: one hidden layer behind the main directions of the features.

The sparse rows are first projected on their `DIRECTIONS` strongest singular vectors, and on what a sentence encoder
knows of words (`directions.py`): few labelled sentences cannot train a weight for each of forty thousand features.
Afterwards projection and first layer are one matrix, which is all that ships. Adam by numpy on one thread with a fixed seed, so the same input gives the same bytes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.utils.extmath import randomized_svd
from threadpoolctl import threadpool_limits

DIRECTIONS = 200
HIDDEN = 160
ROUNDS = 16
BATCH = 256
RATE = 2e-3
DROPPED = 0.3
"""Share of hidden values left out at each step."""
DECAY = 1e-5
SEED = 7


def fit_network(x: csr_matrix, y: Any, weight: Any, known: Any = None) -> tuple[Any, Any, Any, Any]:
    """(features, hidden) weights, hidden biases, (hidden, labels) weights, biases.

    `y`: 0 or 1, (rows, labels); `weight` of the same shape; `known`: (features, directions) weights learned elsewhere.
    """
    with threadpool_limits(1):
        _, _, across = randomized_svd(x, DIRECTIONS, n_iter=2, random_state=SEED)
        parts = [_evened(x, across.T)] + ([] if known is None else [_evened(x, known)])
        project = np.hstack(parts).astype(np.float32)
        dense = np.asarray(x @ project).astype(np.float32)
        found = _adam(dense, y.astype(np.float32), weight.astype(np.float32))
        return (project @ found[0]).astype(np.float32), found[1], found[2], found[3]


def _evened(x: csr_matrix, project: Any) -> Any:
    """The projection, its columns half-way between equal ones and ones as strong as they are."""
    dense = np.asarray(x @ project)
    whole = 3 * dense.std()
    return project / (whole * ((dense / whole).std(axis=0) + 1e-6) ** 0.5)


def _adam(x: Any, y: Any, weight: Any) -> list[Any]:
    draw = np.random.RandomState(SEED)
    rows, columns = x.shape
    share = (y * weight).sum(axis=0) / (weight.sum(axis=0) + 1e-9)
    at = [
        (draw.randn(columns, HIDDEN) * np.sqrt(2 / columns)).astype(np.float32),
        np.zeros(HIDDEN, np.float32),
        (draw.randn(HIDDEN, y.shape[1]) * 0.1).astype(np.float32),
        np.log(np.maximum(share, 1e-4)).astype(np.float32),
    ]
    mean, square = [np.zeros_like(each) for each in at], [np.zeros_like(each) for each in at]
    steps, step = ROUNDS * (rows // BATCH), 0
    for _ in range(ROUNDS):
        order = draw.permutation(rows)
        for start in range(0, rows - BATCH + 1, BATCH):
            some = order[start : start + BATCH]
            slopes = _slopes(at, x[some], y[some], weight[some], draw)
            step += 1
            rate = np.float32(RATE * (1 - 0.95 * step / steps))
            for place, slope in enumerate(slopes):
                mean[place] += np.float32(0.1) * (slope - mean[place])
                square[place] += np.float32(0.01) * (slope * slope - square[place])
                moved = mean[place] / np.float32(1 - 0.9**step)
                spread = np.sqrt(square[place] / np.float32(1 - 0.99**step))
                at[place] -= rate * moved / (spread + np.float32(1e-8))
    return at


def _slopes(at: list[Any], x: Any, y: Any, weight: Any, draw: np.random.RandomState) -> tuple[Any, ...]:
    """The slope of the loss at the four parts of the network, for some rows."""
    before = x @ at[0] + at[1]
    kept = ((draw.rand(*before.shape) > DROPPED) * (before > 0) / (1 - DROPPED)).astype(np.float32)
    hidden = before * kept
    odds = 1 / (1 + np.exp(-(hidden @ at[2] + at[3])))
    wrong = (weight * (odds - y) / len(x)).astype(np.float32)
    back = (wrong @ at[2].T) * kept
    decay = np.float32(DECAY)
    return (
        x.T @ back + decay * at[0],
        back.sum(axis=0),
        hidden.T @ wrong + decay * at[2],
        wrong.sum(axis=0),
    )
