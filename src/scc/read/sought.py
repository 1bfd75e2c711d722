# SPDX-License-Identifier: Apache-2.0
"""Patterns that are tried only where they can match.

A pattern held against every place of a page spends its time at places where it cannot begin. A `Sought` says with which
words its matches begin (`at`), or of which words a text needs one (`near`); the words of a page are cut once, so where
these stand costs next to nothing. The matches are those of the pattern, no more and no fewer: `tests/read/test_sought.py`
derives both lists from each pattern. It is compiled when a text first needs it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from scc.read.phrases import Words, asked


def one_of(words: Iterable[str]) -> str:
    """A pattern of one of these words, by their first letters: many words in a row are each tried at every place."""
    heads: dict[str, list[str]] = {}
    for word in sorted(words):
        heads.setdefault(word[0], []).append(re.escape(word[1:]))
    ways = (f"{re.escape(head)}(?:{'|'.join(rests)})" for head, rests in heads.items())
    return f"(?:{'|'.join(ways)})"


def found_at(pattern: re.Pattern[str], marks: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern, as `finditer` gives them, each of which begins with one of the `marks`, a set of characters:
    a set alone is looked for faster than what it opens."""
    reached = 0
    for mark in marks.finditer(text):
        if mark.start() >= reached and (found := pattern.match(text, mark.start())) is not None:
            yield found
            reached = found.end()


def found_from(pattern: re.Pattern[str], pieces: Iterable[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern, as `finditer` gives them, each of which begins with one of the `pieces`, at the boundary of a
    word or within one: a piece alone is looked for faster than a choice of many."""
    places: set[int] = set()
    for piece in pieces:
        at = text.find(piece)
        while at >= 0:
            places.add(at)
            at = text.find(piece, at + 1)
    reached = 0
    for place in sorted(places):
        if place >= reached and (found := pattern.match(text, place)) is not None:
            yield found
            reached = found.end()


class Sought:
    """A pattern and the words that tell where it may stand, by their first letters in lower case, with spaces between;
    "v#" is a v and a digit, "#" a row of digits. A pattern with `at` begins at the boundary of a word; `marks` are characters of which a text
    needs one."""

    def __init__(self, source: str, flags: int = 0, *, at: str = "", near: str = "", marks: str = "") -> None:
        self.source = source
        self.flags = flags
        self.at = at
        self.near = near
        self.marks = marks
        self._at = asked(at)
        self._near = asked(near)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern itself, for a text whose words are not cut."""
        return re.compile(self.source, self.flags)

    def may(self, words: Words, start: int = 0, end: int | None = None) -> bool:
        """Whether text[start:end] of the text of these words, or a piece of it, can have a match: whether it holds the
        words and marks."""
        for wanted in (self._at, self._near):
            if wanted and not words.has(wanted):
                return False
        if end is None:
            return not self.marks or any(mark in words.text for mark in self.marks)
        return (not self._at or _stands(words, self._at, start, end)) and self._held(words, start, end)

    def _held(self, words: Words, start: int, end: int | None) -> bool:
        """Whether text[start:end] holds the words and marks that a match needs within it."""
        if end is None:
            return True
        if self.marks and all(words.text.find(mark, start, end) < 0 for mark in self.marks):
            return False
        return not self._near or _stands(words, self._near, start, end)

    def search(self, words: Words, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match in text[start:end], None if there is none."""
        if not (self.may(words) and self._held(words, start, end)):
            return None
        stop = len(words.text) if end is None else end
        if not self.at:
            return self.pattern.search(words.text, start, stop)
        match = self.pattern.match
        for place in self._places(words, start, stop):
            if (found := match(words.text, place, stop)) is not None:
                return found
        return None

    def inside(self, words: Words, start: int, end: int) -> re.Match[str] | None:
        """The first match in the piece text[start:end] by itself, which sees nothing of what stands around it; places
        count from `start`."""
        return self.pattern.search(words.text[start:end]) if self.may(words, start, end) else None

    def find(self, words: Words, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """The matches in text[start:end] of the text of these words, as `finditer` gives them."""
        if not (self.may(words) and self._held(words, start, end)):
            return
        stop = len(words.text) if end is None else end
        if not self.at:
            yield from self.pattern.finditer(words.text, start, stop)
            return
        match = self.pattern.match
        for place in self._places(words, start, stop):
            if place >= start and (found := match(words.text, place, stop)) is not None:
                yield found
                start = found.end()

    def _places(self, words: Words, start: int, stop: int) -> Sequence[int]:
        """Where a match in text[start:stop] may begin."""
        places = words.beginning(self._at)
        if not places or (places[0] >= start and places[-1] < stop):
            return places
        first = bisect_left(places, start)
        return places[first : bisect_left(places, stop, first)]


def _stands(words: Words, wanted: frozenset[str], start: int, end: int) -> bool:
    """Whether one of the words begins in text[start:end], be it the rest of a word that is cut there."""
    places = words.beginning(wanted)
    first = bisect_left(places, start)
    return (first < len(places) and places[first] < end) or words.cut_begins(start, wanted)
