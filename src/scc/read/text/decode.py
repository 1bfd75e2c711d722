# SPDX-License-Identifier: Apache-2.0
"""Bytes to text: byte order marks, declared charsets, UTF-8, else Windows-1252; controls made visible.

Never raises: what cannot be decoded is replaced and counted, so that nothing is lost silently.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import msgspec

_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED: Final = re.compile(
    rb"""(?:<\?xml[^>]{0,200}encoding\s*=\s*["']|<meta[^>]{0,200}charset\s*=\s*["']?)([A-Za-z0-9_.:-]{2,40})""",
    re.IGNORECASE,
)
# Zero-width and direction-override characters hide or reorder text (CVE-2021-42574).
_HIDDEN: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
_BEYOND: Final = re.compile("[\u0080-\U0010ffff]")
# Two to four characters that are the bytes of one: the later ones lie where Latin-1 has control characters.
_TWICE: Final = re.compile(
    "[\u00c2-\u00df][\u0080-\u009f]|[\u00e0-\u00ef](?:[\u0080-\u009f][\u0080-\u00bf]|[\u00a0-\u00bf][\u0080-\u009f])"
    "|\u00f0[\u0090-\u009f][\u0080-\u00bf]{2}|\u00e2\u20ac[\u0080-\u00bf\u0152-\u02dc\u2018-\u2022\u2026-\u203a\u20ac\u2122]"
)
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Decoded(msgspec.Struct, frozen=True):
    text: str
    charset: str
    replaced: int
    """How many bytes or control characters were replaced."""


def decode(data: bytes, declared: str = "") -> Decoded:
    """Text of `data`; `declared` is the charset of a Content-Type header, "" if none."""
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], charset)
    found = _DECLARED.search(data[:2048])
    for charset in (declared, found[1].decode("ascii") if found else "", "utf-8"):
        if not charset:
            continue
        try:
            return Decoded(data.decode(charset), charset.lower(), 0)
        except (LookupError, UnicodeDecodeError):
            continue
    lossy = data.decode("utf-8", "replace")
    wrong = lossy.count("\ufffd")
    # UTF-8 with some broken bytes still has whole characters beyond ASCII; a legacy charset hardly ever does.
    whole = sum(1 for character in _BEYOND.findall(lossy) if character != "\ufffd")
    if whole > wrong:
        return Decoded(lossy, "utf-8", wrong)
    return _decoded(data, "windows-1252")


def _decoded(data: bytes, charset: str) -> Decoded:
    text = data.decode(charset, "replace")
    return Decoded(text, charset, text.count("\ufffd"))


def clean(text: str) -> tuple[str, int]:
    """NFC text with one kind of line end, without hidden characters, and how many controls were replaced.

    UTF-8 that somebody has read as Latin-1 or Windows-1252 before is put right.
    """
    if not text.isascii():
        text = _TWICE.sub(_repaired, text)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n"))
    text = _HIDDEN.sub("", text).replace("\u00a0", " ")
    text, count = _CONTROL.subn("\ufffd", text)
    return text, count


def _repaired(found: re.Match[str]) -> str:
    for charset in ("latin-1", "windows-1252"):
        try:
            return found[0].encode(charset).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
    return found[0]


def tidy(text: str) -> str:
    """Lines without trailing space, at most one empty line in a row, none at the ends. Idempotent."""
    lines = [" ".join(line.split()) if line else "" for line in text.split("\n")]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return "\n".join(kept)
