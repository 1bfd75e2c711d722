# SPDX-License-Identifier: Apache-2.0
"""Every pattern that reading holds runs in linear time: over long texts made of its own beginnings, pieces and separators.

The patterns are collected from the modules, so a new one is tested without being listed. For each one texts are made from
the pattern itself (what it matches, that without its end, its first half) and repeated. Time on four times the text may be
at most ten times as long: linear is four, quadratic sixteen. Only CPU time counts, and what takes next to none passes.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import re._parser as parser  # type: ignore[import-not-found]
import time
from collections.abc import Iterator
from typing import Any

import pytest

import scc.read
from scc.read.sought import Sought

_SIZES = (1_000, 4_000, 16_000)
"""Lengths that are tried; a pattern that grows too fast is found at the small ones, before it takes long."""
_NOTHING = 0.01
"""Seconds of CPU within which growth is not looked at."""


_WHOLE_NAMES = {
    "scc.read.names.known_names._APART": "matches whole names of the pack",
    "scc.read.names.known_names._JOINED": "matches whole names of the pack",
    "scc.read.text.tables._IOC_ROW": "matches the beginning of one line",
    "scc.read.names.introduced_names._SHAPE": "matches one whole word",
}
"""Patterns that are only ever held against the whole of a piece: tried so, not at every place of a text."""


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for found in pkgutil.walk_packages(scc.read.__path__, "scc.read."):
        module = importlib.import_module(found.name)
        for name, value in sorted(vars(module).items()):
            for number, each in enumerate(_held(value)):
                if isinstance(each.pattern, str):
                    yield f"{found.name}.{name}" + (f"[{number}]" if number else ""), each


def _held(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Sought):
        yield value.pattern
    elif depth < 3 and isinstance(value, dict):
        for each in value.values():
            yield from _held(each, depth + 1)
    elif depth < 3 and isinstance(value, tuple | list | frozenset):
        for each in value:
            yield from _held(each, depth + 1)


ALL: dict[str, re.Pattern[str]] = {}
"""Each pattern once, where its module first comes in the order of names: others import it."""
_KNOWN: set[tuple[str, int]] = set()
for _name, _pattern in patterns():
    if _name in _WHOLE_NAMES or (_pattern.pattern, _pattern.flags) not in _KNOWN:
        _KNOWN.add((_pattern.pattern, _pattern.flags))
        ALL[_name] = _pattern


def sample(parsed: Any, repeats: int) -> str:
    """A text that a parsed pattern goes through, its repeats taken `repeats` times where they allow it."""
    made: list[str] = []
    for op, argument in parsed:
        kind = str(op)
        if kind == "LITERAL":
            made.append(chr(argument))
        elif kind == "NOT_LITERAL":
            made.append("a" if argument != ord("a") else "b")
        elif kind == "ANY":
            made.append("x")
        elif kind == "IN":
            made.append(_one_of(argument))
        elif kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, inner = argument
            made.append(sample(inner, repeats) * max(least, min(int(most), repeats)))
        elif kind == "SUBPATTERN":
            made.append(sample(argument[3], repeats))
        elif kind == "ATOMIC_GROUP":
            made.append(sample(argument, repeats))
        elif kind == "BRANCH":
            made.append(sample(argument[1][0], repeats))
    return "".join(made)


def _one_of(parts: Any) -> str:
    negated = bool(parts) and str(parts[0][0]) == "NEGATE"
    if not negated:
        for op, argument in parts:
            if str(op) == "LITERAL":
                return chr(argument)
            if str(op) == "RANGE":
                return chr(argument[0])
            if str(op) == "CATEGORY":
                return {"CATEGORY_SPACE": " ", "CATEGORY_DIGIT": "1"}.get(str(argument), "a")
        return "a"
    shut = {chr(argument) for op, argument in parts[1:] if str(op) == "LITERAL"}
    spaces = any(str(argument) == "CATEGORY_SPACE" for op, argument in parts[1:] if str(op) == "CATEGORY")
    return next(each for each in "ax1 -_/é" if each not in shut and not (spaces and each == " "))


def texts(pattern: re.Pattern[str]) -> set[str]:
    """Pieces that are repeated to make long texts."""
    parsed = parser.parse(pattern.pattern, pattern.flags)
    whole = {sample(parsed, repeats) for repeats in (1, 3)}
    pieces = {each for one in whole for each in (one, one[:-1], one[: len(one) // 2], one + " ", one[:1])}
    return {each for each in pieces if each} | {"a", " ", "a ", "\n", "not ", "1.", "| "}


def spent(pattern: re.Pattern[str], text: str, whole: bool) -> float:
    begun = time.process_time()
    if whole:
        pattern.match(text)
        pattern.fullmatch(text)
    else:
        for _ in pattern.finditer(text):
            pass
    return time.process_time() - begun


def growth(pattern: re.Pattern[str], piece: str, whole: bool) -> tuple[float, float] | None:
    """Seconds at one length and at four times of it where they grow faster than the text, None if nowhere."""
    before = 0.0
    for size in _SIZES:
        text = (piece * (size // len(piece) + 1))[:size]
        if size > _SIZES[1] and before < _NOTHING / 64:
            return None  # even if it grew with the third power it would take nothing at four times the length
        took = spent(pattern, text, whole)
        if before and took > _NOTHING and took > 10 * max(before, 0.001):
            took = min(took, spent(pattern, text, whole))  # a machine may have been busy
            if took > 10 * max(before, 0.001):
                return before, took
        before = took
    return None


@pytest.mark.parametrize("name", sorted(ALL))
def test_time_grows_with_the_text_and_not_faster(name: str) -> None:
    pattern = ALL[name]
    for piece in sorted(texts(pattern)):
        assert growth(pattern, piece, name in _WHOLE_NAMES) is None, piece[:80]


def test_patterns_are_found() -> None:
    assert len(ALL) > 200 and "scc.read.indicators.addresses._URL" in ALL
