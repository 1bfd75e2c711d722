# SPDX-License-Identifier: Apache-2.0
"""Linear models over hashed words, as data: reads the weights and scores texts with numpy.

A feature is a place of a hash (`sentence_features`); no vocabulary ships. A text's score for a label is the sum of the weights of its features over the square root of their number, plus the
label's bias; the probability is the logistic of it. `tools/train.py` writes the files. Decides nothing.
"""

from __future__ import annotations

import zlib
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from scc.model.errors import ContentError
from scc.read.models.model_file import arrays_of, head_of, packed

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

TEXT_MOST: Final = 4000
"""Characters of one text that are looked at."""
MAGIC: Final = b"scc-linear-1\n"


class Head(msgspec.Struct, frozen=True):
    """What stands in front of the arrays of a model file."""

    name: str
    labels: tuple[str, ...]
    bias: tuple[float, ...]
    scale: tuple[float, ...]
    """Per label: what the 8-bit weights are multiplied with."""
    thresholds: tuple[float, ...]
    """Probability from which a label is given: for a sentence, and for a document."""
    features: int
    entries: int
    trained_on: tuple[tuple[str, str], ...]
    """(file, sha256) of the training data."""
    shown: dict[str, float] = {}
    """Label to the probability from which it may be printed; labels that are not here never are."""


class LinearModel:
    """Sparse weights by feature."""

    def __init__(self, head: Head, index: Any, starts: Any, labels: Any, weights: Any) -> None:
        self.head = head
        self._index = index
        self._starts = starts
        self._labels = labels
        self._weights = weights

    @cached_property
    def _places(self) -> Any:
        return places_of(self._index)

    @cached_property
    def _table(self) -> NDArray[numpy.float32]:
        """The weights as a full table: four times as fast where most features have weights for many labels."""
        import numpy as np

        found = np.zeros((len(self._index), len(self.head.labels)), dtype=np.float32)
        row = np.repeat(np.arange(len(self._index)), np.diff(self._starts.astype(np.int64)))
        found[row, self._labels] = self._weights * np.array(self.head.scale, dtype=np.float32)[self._labels]
        return found

    def logits(self, places: Any, owner: Any, rows: int) -> NDArray[numpy.float64]:
        """(rows, labels) log-odds from features and the row that each belongs to, sorted by row."""
        import numpy as np

        sums = row_sums(self._table, self._places, places, owner, rows)
        sizes = np.bincount(owner, minlength=rows)
        found: NDArray[numpy.float64] = sums / np.sqrt(np.maximum(sizes, 1))[:, None] + np.array(
            self.head.bias
        )
        return found


def places_of(index: Any) -> Any:
    """The row of a table by feature, -1 where it has none: one look-up each, faster than a search. `index`: the features
    of the rows, ascending; the last place stands for all features above them."""
    import numpy as np

    found = np.full(int(index[-1]) + 2, -1, dtype=np.int32)
    found[index] = np.arange(len(index), dtype=np.int32)
    return found


def row_sums(table: Any, rows_of: Any, places: Any, owner: Any, rows: int) -> Any:
    """(rows, columns) sums of the table's rows of the features of each row; `owner` ascends. `rows_of`: `places_of`."""
    import numpy as np

    sums = np.zeros((rows, table.shape[1]), dtype=np.float32)
    at = rows_of[np.minimum(places, len(rows_of) - 1)]
    known = at >= 0
    at, owner = at[known], owner[known]
    edges = np.searchsorted(owner, np.arange(rows + 1)).tolist()
    for row in range(rows):
        start, end = edges[row], edges[row + 1]
        if start < end:
            # Text by text is three times as fast as add.reduceat over all.
            np.add.reduce(table.take(at[start:end], axis=0), axis=0, out=sums[row])
    return sums


def pack(head: Head, index: Any, starts: Any, labels: Any, weights: Any) -> bytes:
    """The bytes of a model file: the same for the same model."""
    return packed(MAGIC, head, [(index, "<u4"), (starts, "<u4"), (labels, "<u2"), (weights, "i1")])


@lru_cache(maxsize=8)
def load(path: Path) -> LinearModel | None:
    """The model in a file, None when there is no such file. Raises ContentError if it is damaged."""
    if not path.is_file():
        return None
    try:
        head, numbers = head_of(path.read_bytes(), MAGIC, Head)
        count, entries = head.features, head.entries
        index, starts, labels, weights = arrays_of(
            numbers, (("<u4", count), ("<u4", count + 1), ("<u2", entries), ("i1", entries))
        )
    except (ValueError, zlib.error, msgspec.MsgspecError) as fault:
        raise ContentError([f"{path.name}: the model cannot be read: {fault}"]) from fault
    return LinearModel(head, index, starts, labels, weights)
