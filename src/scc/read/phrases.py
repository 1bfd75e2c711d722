# SPDX-License-Identifier: Apache-2.0
"""Finds many phrases in one pass over the words of a text.

A phrase is a row of words as people write it; a word ending in `*` matches by its beginning, `a|b` is a
choice, `..3` stands for up to three words of any kind. Case, hyphens and apostrophes do not matter. Time is
linear in the number of words (a phrase has at most 12 parts and a gap at most 6 words).
Does not know what a phrase means.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final, Generic, NamedTuple, TypeVar, overload

WORD: Final = re.compile(r"[^\W_]+")
_PIECES: Final = re.compile(r"([^\W_]+)")
"""Splits a text into what stands between words and, at the odd places, the words."""
_FIGURES: Final = re.compile(r"\d+")
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


class _Remembered(dict[str, T]):
    """Answers that are worked out once a word, so long as there are no more than `most` of them."""

    def __init__(self, answer: Callable[[str], T], most: int) -> None:
        super().__init__()
        self._answer = answer
        self._most = most

    def __missing__(self, word: str) -> T:
        if len(self) > self._most:
            self.clear()
        found = self[word] = self._answer(word)
        return found


class _Asked:
    """With which first letters words are asked for, and which of these each word has."""

    def __init__(self) -> None:
        self.every: set[str] = set()
        self.longest = 0
        self.of = _Remembered(self._of, 50_000)

    def add(self, wanted: frozenset[str]) -> None:
        if not wanted <= self.every:
            self.every |= wanted
            self.longest = max(map(len, self.every))
            self.of.clear()

    def _of(self, word: str) -> tuple[str, ...]:
        # A word of a hostile text may be as long as the text: none of what is asked for is longer than `longest`.
        sizes = range(1, min(len(word), self.longest) + 1)
        found = [word[:size] for size in sizes]
        if not word.isalpha():
            figures = [word[: size - 1] + "#" for size in sizes if word[size - 1].isdecimal()]
            found += figures
            if any(map(str.isdecimal, word)):
                found.append("#")
        return tuple(sorted(self.every.intersection(found)))


_ASKED: Final = _Asked()


def asked(letters: str) -> frozenset[str]:
    """Beginnings of words, with spaces between them, for `Words.has` and `Words.beginning`: in lower case; "v#" is a v and a
    digit, "#" a row of digits at whatever place of a word."""
    wanted = frozenset(letters.split())
    _ASKED.add(wanted)
    return wanted


class Words(Sequence[Word]):
    """All words of a text with their ranges, in order, and where words of a kind begin.

    Cut once a text; each column is a list, and a `Word` is only made of the few that somebody asks for.
    """

    def __init__(self, text: str) -> None:
        pieces = _PIECES.split(text)
        bounds = list(accumulate(map(len, pieces)))
        self.text = text
        self.lows: list[str] = list(map(str.lower, pieces[1::2]))
        """Each word in lower case."""
        self.starts: list[int] = bounds[:-1:2]
        self.ends: list[int] = bounds[1::2]
        self._known: dict[frozenset[str], list[int]] = {}
        self._asked = 0
        self._begun: dict[str, list[str]] = {}

    def __len__(self) -> int:
        return len(self.lows)

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> list[Word]: ...
    def __getitem__(self, index: int | slice) -> Word | list[Word]:
        if isinstance(index, slice):
            return list(map(Word, self.lows[index], self.starts[index], self.ends[index]))
        return Word(self.lows[index], self.starts[index], self.ends[index])

    def __iter__(self) -> Iterator[Word]:
        return map(Word, self.lows, self.starts, self.ends)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """For each different word the offsets at which it stands."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for low, start in zip(self.lows, self.starts, strict=True):
            found[low].append(start)
        return found

    @property
    def _beginnings(self) -> dict[str, list[str]]:
        """The different words by the beginnings that are asked for."""
        if self._asked != len(_ASKED.every):
            found: dict[str, list[str]] = {}
            for word, beginnings in zip(self._places, map(_ASKED.of.__getitem__, self._places), strict=True):
                for each in beginnings:
                    if each in found:
                        found[each].append(word)
                    else:
                        found[each] = [word]
            self._asked, self._begun = len(_ASKED.every), found
        return self._begun

    def has(self, wanted: frozenset[str]) -> bool:
        """Whether a word begins in one of these ways (`asked`)."""
        return not self._beginnings.keys().isdisjoint(wanted)

    def beginning(self, wanted: frozenset[str]) -> Sequence[int]:
        """Offsets, in order, of the words that begin in one of these ways (`asked`)."""
        known = self._known.get(wanted)
        if known is None:
            every: set[int] = set()
            for each in self._beginnings.keys() & wanted:
                if each == "#":
                    every.update(self._figures)
                else:
                    every.update(*map(self._places.__getitem__, self._begun[each]))
            known = self._known[wanted] = sorted(every)
        return known

    def cut_begins(self, offset: int, wanted: frozenset[str]) -> bool:
        """Whether an offset falls within a word, the rest of which begins in one of these ways (`asked`)."""
        number = bisect_left(self.starts, offset) - 1
        if number < 0 or self.ends[number] <= offset:
            return False
        rest = self.text[offset : min(self.ends[number], offset + _ASKED.longest)].lower()
        return not wanted.isdisjoint(_ASKED.of[rest])

    @cached_property
    def _figures(self) -> list[int]:
        found: list[int] = []
        for word, places in self._places.items():
            if word.isdecimal():
                found += places
            elif not word.isalpha():
                for start in places:
                    end = self.ends[bisect_left(self.starts, start)]
                    found.extend(each.start() for each in _FIGURES.finditer(self.text, start, end))
        return found


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
        self._entries: _Remembered[_Entry[T] | None] = _Remembered(self._entry, 200_000)
        for phrase, value in entries:
            first, rest = _parse(phrase)
            for word in first[1]:
                self._exact.setdefault(word, []).append((rest, value))
            for begin in first[2]:
                self._begun.setdefault(begin[:_PREFIX], []).append((begin, rest, value))

    def find(self, text_words: Words, same: Callable[[int, int], bool] | None = None) -> list[Hit[T]]:
        """Every phrase in the words, in order of its first word.

        `same(i, j)` says whether words i and j stand in one sentence; without it, order alone counts.
        """
        found: list[Hit[T]] = []
        lows = text_words.lows
        last_index = len(lows) - 1
        entries = enumerate(map(self._entries.__getitem__, lows))
        for index, entry in [(index, entry) for index, entry in entries if entry is not None]:
            for single in entry.single:
                found.append(Hit(single, index, index + 1))
            if index == last_index:
                continue
            after = lows[index + 1]
            for rest, value in (*entry.second.get(after, ()), *entry.other):
                gap, whole, begun = rest[0]
                if not gap and after not in whole and not after.startswith(begun):
                    continue  # most phrases end here, and a call costs more than the question
                last = _match(lows, index, rest)
                if last and (same is None or same(index, last - 1)):
                    found.append(Hit(value, index, last))
        return found

    def _entry(self, word: str) -> _Entry[T] | None:
        """The phrases that begin with a word; None when there are none."""
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


def _match(lows: Sequence[str], index: int, rest: tuple[_Part, ...]) -> int:
    """Index after the last word of the phrase, 0 if it does not stand here."""
    at = index + 1
    for gap, whole, begun in rest:
        stop = min(at + gap + 1, len(lows))
        while at < stop:
            low = lows[at]
            if low in whole or (begun and low.startswith(begun)):
                break
            at += 1
        else:
            return 0
        at += 1
    return at
