# SPDX-License-Identifier: Apache-2.0
"""Linear models of flaws' descriptions, as data: reads the weights and scores one text with numpy.

A feature is a word or a pair of neighbouring words, as its CRC-32; no vocabulary ships. Each feature that training
saw in two texts has its rarity (idf); a text is the vector of (1 + log count) * idf, of length one, and its score
for a label the product with the label's 8-bit weights plus the label's bias. `tools/train_flaws.py` writes the
files. Says nothing on what a score means: that is `prediction`'s.
"""

from __future__ import annotations

import zlib
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from scc.model.errors import ContentError
from scc.read.models.model_file import arrays_of, head_of, packed
from scc.read.phrases import WORD

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

TEXT_MOST: Final = 4000
"""Characters of one text that are looked at."""
MAGIC: Final = b"scc-flaws-1\n"
IDF_STEP: Final = 0.05
"""The idf of a feature is a whole number of these, in one byte."""


class Vector(msgspec.Struct, frozen=True, array_like=True):
    """A CVSS vector that training saw at least twice."""

    vector: str
    score: float
    together: float
    """How much oftener its values were seen together than one by one: log of the ratio."""


class FlawHead(msgspec.Struct, frozen=True):
    """What stands in front of the arrays of a model file."""

    name: str
    labels: tuple[str, ...]
    bias: tuple[float, ...]
    scale: tuple[float, ...]
    """Per label: what its 8-bit weights are multiplied with."""
    features: int
    entries: int
    trained_on: tuple[tuple[str, str], ...]
    """(file, sha256) of the training data."""
    listing: tuple[float, float, float, float] = (0.0, 1.0, 0.0, 0.0)
    """Log-odds of a listed label: a term, and what its score, its lead and being the first count."""
    together: float = 0.0
    """Weight of `Vector.together`."""
    sure: dict[str, tuple[float, float]] = {}
    """Metric to (term, factor): the log-odds of its value from those the vectors' probabilities give."""
    vectors: tuple[Vector, ...] = ()
    mixed: dict[str, tuple[float, ...]] = {}
    """Decision point to (bias, coefficient by label): its log-odds from the scores of all labels."""
    thresholds: dict[str, float] = {}
    """Decision point to the log-odds from which its rarer answer is given."""


def counted(text: str) -> dict[int, int]:
    """Feature to how often it stands in the text."""
    low = [each.lower() for each in WORD.findall(text[:TEXT_MOST])]
    crc = zlib.crc32
    found = Counter(crc(word.encode()) for word in low)
    found.update(crc(f"{left} {right}".encode()) for left, right in pairwise(low))
    return found


class FlawModel:
    """Sparse weights by feature."""

    def __init__(self, head: FlawHead, index: Any, idf: Any, starts: Any, labels: Any, weights: Any) -> None:
        import numpy as np

        self.head = head
        self._index = index
        self._idf = idf
        self._starts = starts
        self._labels = labels
        self._weights = weights
        self._scale = np.array(head.scale)
        self._bias = np.array(head.bias)

    def placed(self, text: str) -> tuple[NDArray[numpy.int64], NDArray[numpy.float64]]:
        """(places in the index, values) of the features of a text that are known; the values' squares sum to one."""
        import numpy as np

        found = counted(text)
        size = len(found)
        wanted = np.fromiter(found, dtype=np.uint32, count=size)
        counts = np.fromiter(found.values(), dtype=np.float64, count=size)
        order = np.argsort(wanted)
        wanted, counts = wanted[order], counts[order]
        at = np.searchsorted(self._index, wanted)
        at[at == len(self._index)] = 0
        known = self._index[at] == wanted if len(self._index) else np.zeros(size, dtype=bool)
        at = at[known]
        values = (1.0 + np.log(counts[known])) * (self._idf[at] * IDF_STEP)
        length = float(np.sqrt(np.sum(values * values))) or 1.0
        return at, values / length

    def scores(self, text: str) -> NDArray[numpy.float64]:
        """The score of each label of `head.labels`."""
        import numpy as np

        at, values = self.placed(text)
        starts = self._starts[at].astype(np.int64)
        lengths = self._starts[at + 1].astype(np.int64) - starts
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        places = np.arange(total) + np.repeat(starts - (ends - lengths), lengths)
        sums = np.bincount(
            self._labels[places],
            weights=self._weights[places] * np.repeat(values, lengths),
            minlength=len(self.head.labels),
        )
        found: NDArray[numpy.float64] = sums * self._scale + self._bias
        return found

    def again(self, head: FlawHead) -> FlawModel:
        """The same weights under another head (its labels in the same order)."""
        return FlawModel(head, self._index, self._idf, self._starts, self._labels, self._weights)

    def arrays(self) -> tuple[Any, Any, Any, Any, Any]:
        """(features, their idf, where each one's weights start, the weights' labels, the weights)."""
        return self._index, self._idf, self._starts, self._labels, self._weights

    def packed(self) -> bytes:
        """The bytes of the model's file: the same for the same model."""
        kinds = ("<u4", "u1", "<u4", "<u2", "i1")
        return packed(MAGIC, self.head, list(zip(self.arrays(), kinds, strict=True)))


def unpacked(data: bytes, name: str) -> FlawModel:
    """The model in a file's bytes. Raises ContentError, with the file's name, if they are damaged."""
    try:
        head, numbers = head_of(data, MAGIC, FlawHead)
        count, entries = head.features, head.entries
        index, idf, starts, labels, weights = arrays_of(
            numbers, (("<u4", count), ("u1", count), ("<u4", count + 1), ("<u2", entries), ("i1", entries))
        )
        if entries and int(labels.max()) >= len(head.labels):
            raise ValueError("its weights name a label that its head lacks")
    except (ValueError, zlib.error, msgspec.MsgspecError) as fault:
        raise ContentError([f"{name}: the model cannot be read: {fault}"]) from fault
    return FlawModel(head, index, idf, starts, labels, weights)


@lru_cache(maxsize=4)
def load(path: Path) -> FlawModel | None:
    """The model in a file, None when there is no such file. Raises ContentError if it is damaged."""
    return unpacked(path.read_bytes(), path.name) if path.is_file() else None
