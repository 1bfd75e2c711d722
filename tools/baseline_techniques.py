# SPDX-License-Identifier: Apache-2.0
"""The simple method that the model of techniques has to beat, under the same folds.

Words and pairs of words, TF-IDF, logistic regression one label against the rest, from labelled sentences and procedure
examples; a document has a label if one of its sentences has it; what the text names is added. Thresholds on the other
folds, one a source (more than ours gets). Nothing of it ships.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from calibration import FOLDS, Unit
from logistic import fit_labels
from technique_data import Data, targets
from train_techniques import Kept

C = 6.0


def units(
    data: Data, ours: tuple[list[Unit], list[Unit]], kept: Kept
) -> tuple[list[Unit], list[Unit], list[tuple[str, ...]]]:
    """Sentences and documents with the baseline's scores out of fold; what they name as in `ours`."""
    of_sentence, labels = list(ours[0]), []
    best: dict[str, Any] = {}
    for fold in range(FOLDS):
        without = frozenset({fold})
        labels.append(data.labels(without))
        odds = kept(f"baseline-without-{fold}", lambda without=without: _scores(data, without))
        for row, found in zip(np.flatnonzero(data.fold == fold), odds, strict=True):
            of_sentence[row] = of_sentence[row]._replace(scores=found, named=ours[0][row].named)
            document = data.rows[row]["doc"]
            best[document] = np.maximum(best.get(document, 0.0), found)
    of_report = [
        unit._replace(scores=best[row["id"]]) for row, unit in zip(data.reports, ours[1], strict=True)
    ]
    return of_sentence, of_report, labels


def _scores(data: Data, without: frozenset[int]) -> Any:
    train = [row for row, fold in zip(data.rows, data.fold, strict=True) if fold not in without]
    test = [row for row, fold in zip(data.rows, data.fold, strict=True) if fold in without]
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    x = words.fit_transform([row["text"] for row in train] + [text for text, _ in data.examples])
    y, weight = targets(train, data.examples, data.labels(without), data.space)
    # Every row counts the same, except where a label is not known.
    weights, bias = fit_labels(x, y, (weight > 0).astype(np.float32), C)
    return 1.0 / (1.0 + np.exp(-(words.transform([row["text"] for row in test]) @ weights + bias)))
