# SPDX-License-Identifier: Apache-2.0
"""Undoes the ways in which people make addresses harmless ("hxxp", "[.]", "(at)"), and remembers the offsets.

The refanged text is only for finding indicators; every range is mapped back into the stored text. Linear: each
rule has bounded repeats and begins with a rare character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from scc.read.sought import found_at

_BRACKET: Final = re.compile(
    r"[\[({]{1,3}[ \t]{0,2}(?:"
    r"(?P<dot>(?:\.|[dD][oO][tT])[ \t]{0,2}[\])}]{1,4}(?:[ \t]{0,3}(?=[A-Za-z0-9\[({])|\n(?=[a-z]{2,24}(?![\w.-])))|(?<=\[)(?:\.|[dD][oO][tT] )(?=[A-Za-z0-9]))"
    r"|(?P<at>(?:@|[aA][tT])[ \t]{0,2}[\])}]{1,2}[ \t]{0,2}(?=[A-Za-z0-9]))"
    r"|(?P<sep>://\])|(?P<colon>:\])|(?P<slashes>//\])|(?P<slash>/\]))"
)
_OPENING: Final = re.compile(r"[\[({]")
_OTHER: Final = re.compile(
    r"(?P<close>\.\](?=[A-Za-z0-9]))|(?P<escaped>\\\.(?=[A-Za-z0-9]))|(?P<back>(?<=ttp:)\\\\|(?<=ttps:)\\\\)"
)
_SCHEME: Final = re.compile(
    r"\b[hH](?:[xX]{2}|\*\*|__|[tT][xX]|\[tt\]|\[xx\]|[tT]{2}[xX])[pP](?P<s>[sS]?)(?=:|\[|\\)"
)
_HYPHEN: Final = re.compile("[\u2010\u2011](?=[\\w\u2010\u2011.-]{1,60}\\[\\.\\])")
"""The hyphen as typesetters write it, in a host whose dot was broken."""
_SPACED_SCHEME: Final = re.compile(
    r"\b[hH][xX]{2}[pP](?P<s>[sS]?)[ \t]{0,2}(?:\[:\]|:)[ \t]{0,2}/[ \t]?/(?:[ \t]{0,2}|\n)(?=[\w-]{1,63}(?:[. \[(\n]))"
)
"""A scheme that nobody writes by accident, with spaces inside or a line break behind it."""
_SPACED_HOST: Final = re.compile(
    r"\b[hH][xX]{2}[pP][sS]?(?:\[:\]|:)//(?P<head>[A-Za-z0-9-]{1,40})[ \n](?=[A-Za-z0-9-]{1,63}(?:\[\.\]|\[dot\])[A-Za-z0-9])"
)
"""What stands behind a scheme up to a space is no host without a dot: the host goes on after it."""
_NO_HEAD: Final = frozenset(
    "localhost and or the at on in from to for with via host domain server victim attacker".split()
)
_SPACED_AT: Final = re.compile(r" @ ?(?=(?:[\w-]{1,63}\[?\.\]?){1,5}[A-Za-z]{2,24}(?![\w/]))")
_REPLACED: Final = {
    "dot": ".",
    "at": "@",
    "sep": "://",
    "colon": ":",
    "slashes": "//",
    "slash": "/",
    "back": "//",
}
_SPOKEN: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} (?:At|AT|at) [\w-]{1,63}(?: (?:DOT|Dot|dot) [\w-]{1,63}){1,4}(?![\w-])"
)


class Refanged:
    """A text with its addresses whole, and the way back."""

    def __init__(self, source: str) -> None:
        parts: list[str] = []
        self._new: list[int] = [0]
        self._old: list[int] = [0]
        at, length = 0, 0
        for start, end, put in _changes(source):
            if start < at:
                continue
            parts.append(source[at:start])
            length += start - at
            parts.append(put)
            self._new.append(length)
            self._old.append(start)
            length += len(put)
            self._new.append(length)
            self._old.append(end)
            at = end
        parts.append(source[at:])
        self.text = "".join(parts) if len(parts) > 1 else source

    def back(self, offset: int) -> int:
        """The offset in the stored text of an offset in the refanged one."""
        number = bisect_right(self._new, offset) - 1
        if number % 2 == 1 and offset > self._new[number]:
            return self._old[number + 1] if number + 1 < len(self._old) else self._old[number]
        return self._old[number] + (offset - self._new[number] if number % 2 == 0 else 0)


def _changes(source: str) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for each in found_at(_BRACKET, _OPENING, source):
        kind = each.lastgroup or ""
        start = each.start()
        if kind in ("dot", "at"):
            # Spaces in front belong to it; a bracket that opens a remark (" (at the time") was refused above.
            while start and each.start() - start < 3 and source[start - 1] in " \t":
                start -= 1
            if not start or not (source[start - 1].isalnum() or source[start - 1] in "])}_-/"):
                continue
        found.append((start, each.end(), _REPLACED[kind]))
    if ".]" in source or "\\" in source:
        for each in _OTHER.finditer(source):
            found.append((each.start(), each.end(), "//" if each["back"] else "."))
    if "\u2010" in source or "\u2011" in source:
        found.extend((each.start(), each.end(), "-") for each in _HYPHEN.finditer(source))
    low = source.lower()
    if any(mark in low for mark in ("hxx", "h**", "h__", "htx", "h[", "httx")):
        found.extend(
            (each.start(), each.end(), "http" + each["s"].lower()) for each in _SCHEME.finditer(source)
        )
        found.extend(_spaced(source))
    if " @" in source:
        for each in _SPACED_AT.finditer(source):
            start = each.start() - (1 if source[each.start() - 1 : each.start()] == " " else 0)
            if start and (source[start - 1].isalnum() or source[start - 1] == "_"):
                found.append((start, each.end(), "@"))
    if " dot " in source or " DOT " in source or " Dot " in source:
        for each in _SPOKEN.finditer(source):
            put = re.sub(r" (?:dot|DOT|Dot) ", ".", re.sub(r" (?:at|At|AT) ", "@", each[0], count=1))
            found.append((each.start(), each.end(), put))
    return sorted(found, key=lambda each: (each[0], -each[1]))


def _spaced(source: str) -> list[tuple[int, int, str]]:
    """Spaces and line breaks inside the scheme and the host of a defanged address."""
    found = [
        (each.start(), each.end(), f"http{each['s'].lower()}://")
        for each in _SPACED_SCHEME.finditer(source)
        if any(mark in each[0] for mark in " \t\n")
    ]
    found.extend(
        (each.end("head"), each.end(), "")
        for each in _SPACED_HOST.finditer(source)
        if each["head"].lower() not in _NO_HEAD
    )
    return found
