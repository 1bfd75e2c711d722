# SPDX-License-Identifier: Apache-2.0
"""Sections and paragraphs of an act: which one a place stands in, by the markers before it ("Sec. 2. … (a) … (ii)").

Knows markers only; says nothing of what a clause demands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from scc.read.page import Page

_SECTION: Final = re.compile(
    r"(?:Section|SECTION|Sec|SEC|Article|ARTICLE)\s*\.?\s*(\d{1,3})(?=\s*[.:]|\s+[A-Z]|\n)"
)
_MARK: Final = re.compile(r"\(([a-z]{1,4}|[A-Z]|\d{1,2})\\?\)(?=\s)")
_ROMAN: Final = re.compile(r"(?:x{0,2})(?:ix|iv|v?i{0,3})")


class Clauses:
    """Which section and paragraph an offset stands in, by the markers before it."""

    def __init__(self, text: str) -> None:
        marks: list[tuple[int, str]] = [
            (each.start(1), f"§{each[1]}") for each in _SECTION.finditer(text) if _opens(text, each.start())
        ]
        marks += [
            (each.start(1), each[1])
            for each in _MARK.finditer(text)
            if _opens(text, _without(text, _without(text, each.start(), "\\"), "- "))
        ]
        marks.sort()
        self._at: list[int] = []
        self._names: list[str] = []
        self.sections = [at for at, mark in marks if mark.startswith("§")]
        section, stack = "", [""]
        for at, mark in marks:
            if mark.startswith("§"):
                section, stack = mark[1:], []
            else:
                stack = _placed(stack, mark)
            self._at.append(at)
            self._names.append(section + "".join(f"({each})" for each in stack if each))

    def at(self, offset: int) -> str:
        """e.g. "2(a)" or "4(e)(ii)"; "" before the first marker."""
        number = bisect_right(self._at, offset) - 1
        return self._names[number] if number >= 0 else ""

    def next_after(self, offset: int) -> int:
        """Offset of the next marker, -1 when there is none."""
        number = bisect_right(self._at, offset)
        return self._at[number] if number < len(self._at) else -1


def _without(text: str, at: int, mark: str) -> int:
    """Where a mark right before a place begins; the place itself where there is none."""
    return at - len(mark) if text.endswith(mark, 0, at) else at


def _opens(text: str, at: int) -> bool:
    """Whether only spaces stand before a place on its line, or spaces behind a full stop, semicolon or colon."""
    first = at
    while first and text[first - 1] in " \t":
        first -= 1
    return first == 0 or text[first - 1] == "\n" or (text[first - 1] in ".;:" and text[first:at][:1] == " ")


def _placed(stack: list[str], mark: str) -> list[str]:
    """The paragraph path after a marker: letters, then roman numbers, then capitals."""
    if len(mark) == 1 and mark.isupper():
        return [*[*stack, "", ""][:2], mark]
    follows = bool(stack) and len(mark) == 1 and len(stack[0]) == 1 and ord(mark) == ord(stack[0]) + 1
    roman = _ROMAN.fullmatch(mark) is not None and not follows
    if roman and stack and stack[0]:
        return [stack[0], mark]
    return [mark]


def clauses_of(page: Page) -> Clauses:
    """The clauses of a page, cached on it."""
    known: Clauses | None = getattr(page, "_clauses", None)
    if known is None:
        known = Clauses(page.text)
        page._clauses = known  # type: ignore[attr-defined]
    return known
