# SPDX-License-Identifier: Apache-2.0
"""Boosted decision trees as data: reads them and scores rows of numbers with numpy.

A row's score is the sum over the trees of the value of the leaf it falls into, plus a base. A node sends a row to the
left if its column is at most the node's threshold. `tools/train_techniques.py` writes the files. Decides nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

ROWS_MOST: Final = 4000
"""Rows scored at a time: bounds the memory of a long document."""


class Trees(msgspec.Struct, frozen=True):
    """Trees of the same number of places each; a leaf leads to itself."""

    base: float
    depth: int
    places: int
    """Nodes a tree, unused ones included."""
    column: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[float, ...]

    def sound(self, columns: int) -> bool:
        """Whether every number points at something that is there."""
        size = len(self.column)
        return (
            self.places > 0
            and size % self.places == 0
            and all(len(each) == size for each in (self.threshold, self.left, self.right, self.value))
            and all(0 <= each < columns for each in self.column)
            and all(0 <= each < self.places for each in (*self.left, *self.right))
            and 0 <= self.depth <= 32
        )


class Forest:
    """Trees as arrays, made once."""

    def __init__(self, trees: Trees) -> None:
        import numpy as np

        count = len(trees.column) // trees.places
        self._first = np.arange(count) * trees.places
        self._column = np.array(trees.column)
        self._threshold = np.array(trees.threshold)
        # Places become absolute, so that a step is one look-up.
        both = np.stack((np.array(trees.right), np.array(trees.left)), axis=1)
        self._next = (both + np.repeat(self._first, trees.places)[:, None]).ravel()
        self._value = np.array(trees.value)
        self._base, self._depth = trees.base, trees.depth

    def scores(self, rows: Any) -> NDArray[numpy.float64]:
        """Scores (log-odds) of rows of numbers."""
        import numpy as np

        found = [self._some(rows[start : start + ROWS_MOST]) for start in range(0, len(rows), ROWS_MOST)]
        return np.concatenate(found) if found else np.zeros(0)

    def _some(self, rows: Any) -> Any:
        import numpy as np

        rows = np.ascontiguousarray(rows, dtype=np.float64)
        flat, start = rows.ravel(), np.arange(len(rows))[:, None] * rows.shape[1]
        at = np.broadcast_to(self._first, (len(rows), len(self._first)))
        for _ in range(self._depth):
            smaller = flat.take(start + self._column.take(at)) <= self._threshold.take(at)
            at = self._next.take(2 * at + smaller)
        return self._base + self._value.take(at).sum(axis=1)
