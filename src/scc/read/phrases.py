# SPDX-License-Identifier: Apache-2.0
"""Finds many phrases in one pass over the words of a text.

A phrase is a row of words as people write it; a word ending in `*` matches by its beginning, `a|b` is a
choice, `..3` stands for up to three words of any kind. Case, hyphens and apostrophes do not matter. Time is
linear in the number of words (a phrase has at most 12 parts and a gap at most 6 words).
Does not know what a phrase means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

WORD: Final = re.compile(r"[^\W_]+")
_PREFIX: Final = 3
"""Letters by which phrases that begin with a prefix are filed."""

T = TypeVar("T")


class Word(NamedTuple):
    """A run of letters and digits: lower-case form, and its range in the text."""

    low: str
    start: int
    end: int


class Hit(NamedTuple, Generic[T]):
    """A phrase found: what it belongs to and its words `first` to `last` (half-open indices)."""

    value: T
    first: int
    last: int


_Part = tuple[int, tuple[str, ...], tuple[str, ...]]
"""(gap before, whole words, beginnings)."""


def words(text: str) -> list[Word]:
    """All words of a text with their ranges, in order."""
    new = (
        tuple.__new__
    )  # a text has thousands of words, and a named tuple's own constructor takes twice as long
    return [new(Word, (found[0].lower(), found.start(), found.end())) for found in WORD.finditer(text)]


class _Entry(NamedTuple, Generic[T]):
    """What may follow a first word: phrases that end here, those with a fixed second word, and the others."""

    single: tuple[T, ...]
    second: dict[str, tuple[tuple[tuple[_Part, ...], T], ...]]
    other: tuple[tuple[tuple[_Part, ...], T], ...]


class Phrases(Generic[T]):
    """An index of phrases, built once and used for many texts."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        """`entries`: (phrase, value). Raises ValueError if a phrase begins with a gap or has no word."""
        self._exact: dict[str, list[tuple[tuple[_Part, ...], T]]] = {}
        self._begun: dict[str, list[tuple[str, tuple[_Part, ...], T]]] = {}
        self._cache: dict[str, _Entry[T] | None] = {}
        for phrase, value in entries:
            first, rest = _parse(phrase)
            for word in first[1]:
                self._exact.setdefault(word, []).append((rest, value))
            for begin in first[2]:
                self._begun.setdefault(begin[:_PREFIX], []).append((begin, rest, value))

    def find(
        self, text_words: Sequence[Word], same: Callable[[int, int], bool] | None = None
    ) -> list[Hit[T]]:
        """Every phrase in the words, in order of its first word.

        `same(i, j)` says whether words i and j stand in one sentence; without it, order alone counts.
        """
        found: list[Hit[T]] = []
        cache = self._cache
        last_index = len(text_words) - 1
        for index, word in enumerate(text_words):
            low = word.low
            entry = cache[low] if low in cache else self._entry(low)
            if entry is None:
                continue
            for single in entry.single:
                found.append(Hit(single, index, index + 1))
            if index == last_index:
                continue
            following = entry.second.get(text_words[index + 1].low, ())
            for rest, value in (*following, *entry.other):
                last = _match(text_words, index, rest)
                if last and (same is None or same(index, last - 1)):
                    found.append(Hit(value, index, last))
        return found

    def _entry(self, word: str) -> _Entry[T] | None:
        """The phrases that begin with a word, remembered; None when there are none."""
        begun = [
            (rest, value)
            for begin, rest, value in self._begun.get(word[:_PREFIX], ())
            if word.startswith(begin)
        ]
        every = [*self._exact.get(word, ()), *begun]
        entry: _Entry[T] | None = None
        if every:
            second: dict[str, list[tuple[tuple[_Part, ...], T]]] = {}
            other = []
            for rest, value in every:
                if rest and rest[0][0] == 0 and not rest[0][2]:
                    for each in rest[0][1]:
                        second.setdefault(each, []).append((rest, value))
                elif rest:
                    other.append((rest, value))
            entry = _Entry(
                tuple(value for rest, value in every if not rest),
                {each: tuple(rows) for each, rows in second.items()},
                tuple(other),
            )
        if len(self._cache) > 200_000:
            self._cache.clear()
        self._cache[word] = entry
        return entry


def _parse(phrase: str) -> tuple[_Part, tuple[_Part, ...]]:
    parts: list[_Part] = []
    gap = 0
    for piece in phrase.split():
        if piece.startswith("..") and piece[2:].isdigit():
            gap = min(6, int(piece[2:]))
            continue
        choices = piece.split("|")
        if len(choices) > 1 or piece.endswith("*"):
            whole = tuple(each.lower() for each in choices if not each.endswith("*"))
            begun = tuple(each[:-1].lower() for each in choices if each.endswith("*"))
            if any(len(each) < _PREFIX for each in begun):
                raise ValueError(f"“{phrase}”: a beginning needs at least {_PREFIX} letters")
            parts.append((gap, whole, begun))
            gap = 0
            continue
        for word in WORD.findall(piece):
            parts.append((gap, (word.lower(),), ()))
            gap = 0
    if not parts or parts[0][0] or len(parts) > 12:
        raise ValueError(f"“{phrase}”: 1 to 12 words, and no gap in front")
    return parts[0], tuple(parts[1:])


def _match(text_words: Sequence[Word], index: int, rest: tuple[_Part, ...]) -> int:
    """Index after the last word of the phrase, 0 if it does not stand here."""
    at = index + 1
    for gap, whole, begun in rest:
        stop = min(at + gap + 1, len(text_words))
        while at < stop:
            low = text_words[at].low
            if low in whole or (begun and low.startswith(begun)):
                break
            at += 1
        else:
            return 0
        at += 1
    return at
