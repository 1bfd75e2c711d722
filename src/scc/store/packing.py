# SPDX-License-Identifier: Apache-2.0
"""Frozen values to compact bytes and back: JSON, sorted, zlib level 1."""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Any

import msgspec

_ENCODER = msgspec.json.Encoder(order="deterministic")


@lru_cache(maxsize=32)
def _decoder(type_: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(type_)


def pack(value: object) -> bytes:
    """The value as compressed JSON."""
    return zlib.compress(_ENCODER.encode(value), 1)


def unpack(data: bytes, type_: Any) -> Any:
    """The value of that type again."""
    return _decoder(type_).decode(zlib.decompress(data))
