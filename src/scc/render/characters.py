# SPDX-License-Identifier: Apache-2.0
"""Characters that a page must show and not obey, and characters that the shipped fonts lack.

Source text may carry control characters, lone surrogates and marks that turn the reading direction
around, so that a line reads otherwise than it is stored (CVE-2021-42574). For people these are written
out as `[U+202E]`. Letters of any script pass; only the PDF, whose fonts are shipped, writes out what
its fonts cannot draw. The JSON keeps everything but lone surrogates.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_OBEYED: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufeff"
    "\ud800-\udfff\U000e0001-\U000e007f\ufffe\uffff]"
)
"""Controls but tab and line ends, direction marks, interlinear marks, tag characters, surrogates."""
_LINE_ENDS: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_INVISIBLE: Final = re.compile("[\u00ad\u034f\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Joiners, selectors and break marks: without the script they belong to they draw nothing."""


def named(character: str) -> str:
    """A character written out, e.g. "[U+6F22]"."""
    return f"[U+{ord(character):04X}]"


def visible(text: str) -> str:
    """The text with characters written out that a reader would not see but a program would obey."""
    text = _LINE_ENDS.sub("\n", text)
    return _OBEYED.sub(lambda found: named(found[0]), text)


def each_string(value: Any, change: Callable[[str], str]) -> Any:
    """A copy of plain values (dict, list, str, numbers) with every string changed; keys stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: each_string(inner, change) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [each_string(inner, change) for inner in value]
    return value


def well_formed(value: Any) -> Any:
    """Plain values with each lone surrogate replaced by U+FFFD, keys included."""
    if isinstance(value, dict):
        return {_SURROGATE.sub("\ufffd", key): well_formed(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [well_formed(inner) for inner in value]
    return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value


class Glyphs:
    """Replaces what a set of fonts cannot draw, and counts it."""

    def __init__(self, fonts: tuple[Path, ...]) -> None:
        self._missing = _missing(fonts)
        self.replaced = 0
        """How many characters were written out so far."""

    def fit(self, text: str) -> str:
        """The text with characters outside the fonts written out as `[U+6F22]`."""
        if text.isascii():
            return text
        text = _INVISIBLE.sub("", text)
        return self._missing.sub(self._write_out, text)

    def _write_out(self, found: re.Match[str]) -> str:
        self.replaced += 1
        return named(found[0])


@lru_cache(maxsize=4)
def _missing(fonts: tuple[Path, ...]) -> re.Pattern[str]:
    """A pattern of one character that no font has. Space, tab and line end are never missing."""
    have = {0x09, 0x0A, 0x20}
    for each in fonts:
        have |= covered(each.read_bytes())
    ranges: list[tuple[int, int]] = []
    for code in sorted(have):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1] = (ranges[-1][0], code)
        else:
            ranges.append((code, code))
    return re.compile("[^" + "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges) + "]")


def covered(font: bytes) -> set[int]:
    """Code points of a TrueType or OpenType file, from its `cmap` (subtable formats 4 and 12).

    Source of the layout: OpenType 1.9, 'cmap'. Raises ValueError when there is no such table.
    """
    tables = struct.unpack_from(">H", font, 4)[0]
    for index in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if tag == b"cmap":
            return _cmap(font, offset)
    raise ValueError("the font has no cmap table")


def _cmap(font: bytes, start: int) -> set[int]:
    found: set[int] = set()
    for index in range(struct.unpack_from(">H", font, start + 2)[0]):
        offset = start + struct.unpack_from(">HHI", font, start + 4 + 8 * index)[2]
        form = struct.unpack_from(">H", font, offset)[0]
        if form == 4:
            found |= _segments(font, offset)
        elif form == 12:
            for group in range(struct.unpack_from(">I", font, offset + 12)[0]):
                low, high, _ = struct.unpack_from(">III", font, offset + 16 + 12 * group)
                found.update(range(low, high + 1))
    return found


def _segments(font: bytes, offset: int) -> set[int]:
    """Code points of a format 4 subtable that lead to a glyph other than 0."""
    count = struct.unpack_from(">H", font, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, offset + 14)
    starts = struct.unpack_from(f">{count}H", font, offset + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", font, offset + 16 + 4 * count)
    at = offset + 16 + 6 * count
    shifts = struct.unpack_from(f">{count}H", font, at)
    found: set[int] = set()
    for index, (low, high, delta, shift) in enumerate(zip(starts, ends, deltas, shifts, strict=True)):
        for code in range(low, high + 1):
            if shift:
                place = at + 2 * index + shift + 2 * (code - low)
                glyph = struct.unpack_from(">H", font, place)[0]
                glyph = (glyph + delta) & 0xFFFF if glyph else 0
            else:
                glyph = (code + delta) & 0xFFFF
            if glyph:
                found.add(code)
    return found - {0xFFFF}
