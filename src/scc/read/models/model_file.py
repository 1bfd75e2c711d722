# SPDX-License-Identifier: Apache-2.0
"""The container of a model file: a mark, a head as JSON, arrays of numbers, compressed.

What the head and the arrays mean is the business of the models (`linear`, `network`, `flaw_models`).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

H = TypeVar("H", bound=msgspec.Struct)


def packed(magic: bytes, head: msgspec.Struct, arrays: Sequence[tuple[Any, str]]) -> bytes:
    """The bytes of a file, the same for the same model. `arrays`: (numpy array, type of its numbers), in order."""
    body = msgspec.json.encode(head, order="sorted")
    numbers = b"".join(array.astype(kind).tobytes() for array, kind in arrays)
    return magic + len(body).to_bytes(4, "little") + body + zlib.compress(numbers, 9)


def head_of(data: bytes, magic: bytes, kind: type[H]) -> tuple[H, bytes]:
    """(head, bytes of the arrays). Raises ValueError, zlib.error or msgspec.MsgspecError if the file is damaged."""
    if not data.startswith(magic):
        raise ValueError("it is no model file of this version")
    start = len(magic) + 4
    size = int.from_bytes(data[len(magic) : start], "little")
    head = msgspec.json.decode(data[start : start + size], type=kind)
    return head, zlib.decompress(data[start + size :])


def arrays_of(numbers: bytes, kinds: Sequence[tuple[str, int]]) -> list[Any]:
    """The arrays in the bytes. `kinds`: (type of the numbers, how many), in order. Raises ValueError if the lengths differ."""
    import numpy as np

    sizes = [np.dtype(kind).itemsize * count for kind, count in kinds]
    if len(numbers) != sum(sizes):
        raise ValueError("its arrays do not have the length its head gives")
    return [
        np.frombuffer(numbers, kind, count, sum(sizes[:place])) for place, (kind, count) in enumerate(kinds)
    ]
