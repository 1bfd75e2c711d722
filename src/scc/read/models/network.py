# SPDX-License-Identifier: Apache-2.0
"""A small network over hashed words, as data: reads the weights and scores texts with numpy.

One hidden layer that all labels share, so that a rare label learns from the words of the others. A text's hidden values
are the sums of the weights of its features over the square root of their number, plus a bias, nought where negative;
its log-odds are a linear function of them. `tools/train_techniques.py` writes the file. Decides nothing.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from scc.model.errors import ContentError
from scc.read.models.linear import places_of, row_sums
from scc.read.models.model_file import arrays_of, head_of, packed

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

MAGIC: Final = b"scc-network-1\n"


class NetworkHead(msgspec.Struct, frozen=True):
    """What stands in front of the arrays of a network's file."""

    name: str
    labels: tuple[str, ...]
    features: int
    scale: tuple[float, ...]
    """Per hidden value: what its 8-bit weights are multiplied with."""
    hidden_bias: tuple[float, ...]
    bias: tuple[float, ...]


class Network:
    """Weights of the features that it knows, and of the hidden values."""

    def __init__(self, head: NetworkHead, index: Any, inner: Any, outer: Any) -> None:
        import numpy as np

        hidden = len(head.scale)
        self.head = head
        self._places = places_of(index)
        self._inner = inner.reshape(-1, hidden) * np.array(head.scale, dtype=np.float32)
        self._hidden_bias = np.array(head.hidden_bias, dtype=np.float32)
        self._outer = outer.reshape(hidden, -1).astype(np.float32)
        self._bias = np.array(head.bias, dtype=np.float32)

    def logits(self, places: Any, owner: Any, rows: int) -> NDArray[numpy.float64]:
        """(rows, labels) log-odds from features and the row that each belongs to, sorted by row."""
        import numpy as np

        sums = row_sums(self._inner, self._places, places, owner, rows)
        sizes = np.bincount(owner, minlength=rows)
        root = np.sqrt(np.maximum(sizes, 1)).astype(np.float32)
        hidden = np.maximum(sums / root[:, None] + self._hidden_bias, np.float32(0))
        found: NDArray[numpy.float64] = (hidden @ self._outer + self._bias).astype(np.float64)
        return found


def pack_network(head: NetworkHead, index: Any, inner: Any, outer: Any) -> bytes:
    """The bytes of a network's file: the same for the same network."""
    return packed(MAGIC, head, [(index, "<u4"), (inner, "i1"), (outer, "<f4")])


@lru_cache(maxsize=4)
def load_network(path: Path) -> Network | None:
    """The network in a file, None when there is no such file. Raises ContentError if it is damaged."""
    if not path.is_file():
        return None
    try:
        head, numbers = head_of(path.read_bytes(), MAGIC, NetworkHead)
        hidden, labels = len(head.scale), len(head.labels)
        if len(head.hidden_bias) != hidden or len(head.bias) != labels or head.features < 1:
            raise ValueError("its head contradicts itself")
        arrays = arrays_of(
            numbers, (("<u4", head.features), ("i1", head.features * hidden), ("<f4", hidden * labels))
        )
    except (ValueError, zlib.error, msgspec.MsgspecError) as fault:
        raise ContentError([f"{path.name}: the model cannot be read: {fault}"]) from fault
    return Network(head, *arrays)
