# SPDX-License-Identifier: Apache-2.0
"""What a sentence encoder knows of words, learned as weights of hashed words (tools/directions.py)."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn")
pytest.importorskip("scipy")
sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import directions
from encoder import plain, strings
from technique_data import matrix

WORDS = {"spearphishing": (1.0, 0.0), "attachments": (0.9, 0.1), "keylogger": (0.0, 1.0), "keystrokes": (0.1, 0.9)}  # fmt: skip


def test_words_that_mean_the_same_come_together() -> None:
    texts = [word for word in WORDS for _ in range(12)]
    found = directions.directions(matrix(texts), np.array([WORDS[word] for word in texts], dtype=np.float32))
    place = np.zeros((directions.PLACES, found.weights.shape[1]), np.float32)
    place[found.features] = found.weights
    mail, file, logger, keys = (matrix([word]) @ place for word in WORDS)
    assert np.linalg.norm(mail - file) < np.linalg.norm(mail - logger) / 4
    assert np.linalg.norm(logger - keys) < np.linalg.norm(file - keys) / 4


def test_a_feature_seen_seldom_has_no_direction() -> None:
    texts = ["spearphishing"] * directions.SEEN + ["keylogger"] * (directions.SEEN - 1)
    vectors = np.eye(2, dtype=np.float32)[[0] * directions.SEEN + [1] * (directions.SEEN - 1)]
    found = directions.directions(matrix(texts), vectors)
    often, seldom = (set(matrix([word]).indices) for word in ("spearphishing", "keylogger"))
    assert often <= set(found.features)
    assert not (seldom - often) & set(found.features)


def test_texts_of_public_data_without_citations_and_links() -> None:
    held = {"objects": [{"description": "It [runs](https://a.example)<br>. (Citation: A)", "name": "no"}]}
    assert [plain(each).split() for each in strings(held)] == [["It", "runs", "."]]
