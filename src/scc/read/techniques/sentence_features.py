# SPDX-License-Identifier: Apache-2.0
"""Hashed features of sentences for the model of techniques.

Four kinds: words, their beginnings (six letters, a plural s dropped), neighbouring beginnings, and those with one word
between. Each is a number below 2**20 made with CRC-32; no vocabulary ships. Knows nothing of labels.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from scc.read.models.linear import TEXT_MOST
from scc.read.phrases import WORD

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

BITS: Final = 20
PLACES: Final = 1 << BITS
_NEIGHBOUR: Final = 0x9E3779B1
_ONE_BETWEEN: Final = 0x85EBCA77
"""Odd multipliers, so that a pair's number depends on its order and on its kind."""


def beginning(word: str) -> str:
    """The form under which forms of a word meet: "encrypted" and "encryption", "files" and "file"."""
    if len(word) > 6:
        return word[:6]
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


@lru_cache(maxsize=1 << 15)
def _hashes(word: str) -> tuple[int, int]:
    """Numbers of a lower-case word and of its beginning."""
    return zlib.crc32(word.encode(), 1), zlib.crc32(beginning(word).encode())


def sentence_features(texts: Sequence[str]) -> tuple[NDArray[numpy.int64], NDArray[numpy.int64]]:
    """(features, sentence) in pairs: the distinct features of each sentence, by sentence and then by number."""
    import numpy as np

    both = [[_hashes(word) for word in WORD.findall(text[:TEXT_MOST].lower())] for text in texts]
    owner = np.repeat(np.arange(len(texts), dtype=np.uint64), [len(each) for each in both])
    flat = np.array([pair for each in both for pair in each], dtype=np.uint64).reshape(-1, 2)
    stem = flat[:, 1]
    found = [flat[:, 0], stem]
    owners = [owner, owner]
    for apart, factor in ((1, _NEIGHBOUR), (2, _ONE_BETWEEN)):
        together = owner[apart:] == owner[:-apart]
        pair = stem[:-apart] * np.uint64(factor) + stem[apart:]
        found.append(pair[together])
        owners.append(owner[apart:][together])
    number = np.concatenate(found)
    # The upper bits count too: the lowest of a product depend on the lowest of its factors alone.
    place = (number ^ (number >> np.uint64(17))) & np.uint64(PLACES - 1)
    every = np.sort((np.concatenate(owners) << np.uint64(BITS)) | place).astype(np.int64)
    distinct = every[np.diff(every, prepend=-1) > 0]
    return distinct & (PLACES - 1), distinct >> BITS
