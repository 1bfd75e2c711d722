# SPDX-License-Identifier: Apache-2.0
"""What a pretrained sentence encoder knows of words, as weights of hashed words: ridge regression to its vectors.

The sum of these weights over a text's features comes near the encoder's vector of it, so words that mean the same lie
close together though the labelled sentences have only one of them. Learned from unlabelled sentences (`encoder.py`)
alone, so one matrix serves every fold. `network.py` takes it as further columns in front of the first layer, in which
it ends: nothing is added to what ships or to what is computed at run time.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from scc.read.techniques.sentence_features import PLACES
from technique_data import matrix

DIRECTIONS = 192
"""Main directions of the encoder's vectors that are kept."""
RIDGE = 2.0
ROUNDS = 12
"""Steps of conjugate gradients."""
SEEN = 6
"""Sentences from which a feature counts."""


class Directions(NamedTuple):
    """Features, the commonest first, and the weights of each."""

    features: Any
    weights: Any
    """(features, directions)."""


def read_directions(folder: Path) -> Directions:
    """From the sentences and vectors in a folder."""
    found = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    return directions(matrix(found), np.load(folder / "vectors.npy").astype(np.float32))


def directions(x: csr_matrix, vectors: Any) -> Directions:
    """`x`: rows of hashed features as at run time; `vectors`: what the encoder makes of the same texts."""
    with threadpool_limits(1):  # the same sums in the same order: the same bytes
        seen = np.bincount(x.indices, minlength=PLACES)
        features = np.flatnonzero(seen >= SEEN)
        features = features[np.argsort(-seen[features], kind="stable")]
        rare = (np.log((1 + x.shape[0]) / (1 + seen[features])) + 1) / np.log(1 + x.shape[0])
        rare = rare.astype(np.float32)
        vectors = vectors - vectors.mean(axis=0)
        _, across = np.linalg.eigh(vectors.T @ vectors / len(vectors))
        vectors = vectors @ across[:, ::-1][:, :DIRECTIONS]
        weighted = x[:, features].multiply(rare).tocsr().astype(np.float32)
        return Directions(features, _ridge(weighted, vectors) * rare[:, None])


def _ridge(x: csr_matrix, y: Any) -> Any:
    """Weights of least squares with a ridge, column by column by conjugate gradients."""
    back = x.T.tocsr()
    weights = np.zeros((x.shape[1], y.shape[1]), np.float32)
    rest = np.asarray(back @ y)
    toward, size = rest.copy(), (rest * rest).sum(axis=0)
    for _ in range(ROUNDS):
        moved = np.asarray(back @ (x @ toward)) + RIDGE * toward
        step = size / ((toward * moved).sum(axis=0) + 1e-12)
        weights += step * toward
        rest -= step * moved
        before, size = size, (rest * rest).sum(axis=0)
        toward = rest + (size / (before + 1e-12)) * toward
    return weights
