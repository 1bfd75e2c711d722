# SPDX-License-Identifier: Apache-2.0
"""Patterns that are tried only where their words stand find what they find when tried everywhere.

The words are derived here from each parsed pattern, so one that gets a new alternative and not its word fails, with the
beginnings that its words leave out. The patterns are collected from the modules; a new one is tested without being listed.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import re._constants as code  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from typing import Any

import pytest

import scc.read
from scc.read.phrases import Words
from scc.read.sought import Sought, found_from

ANY, BOUND, FREE, OF_DIGITS = "\0", "\1", "\2", "\3"
"""Marks in a derived text: anything, the beginning of a word, no beginning of a word, the beginning of a row of digits."""
_MOST = 16


def soughts() -> Iterator[tuple[str, Sought]]:
    for found in pkgutil.walk_packages(scc.read.__path__, "scc.read."):
        for name, value in sorted(vars(importlib.import_module(found.name)).items()):
            for number, each in enumerate(value if isinstance(value, tuple) else (value,)):
                for one in each if isinstance(each, tuple) else (each,):
                    if isinstance(one, Sought):
                        yield f"{found.name}.{name}" + (f"[{number}]" if number else ""), one


ALL = dict(soughts())


def letters(argument: Any) -> set[str]:
    """What a set of characters is in a derived text: its few members, "#" for digits, a space for what is in no word."""
    found: set[str] = set()
    for kind, value in argument:
        if kind is code.LITERAL:
            found.add(chr(value).lower())
        elif kind is code.CATEGORY and value is code.CATEGORY_DIGIT:
            found.add("#")
        elif kind is code.CATEGORY and value is code.CATEGORY_SPACE:
            found.add(" ")
        elif kind is code.RANGE and chr(value[0]).isdecimal() and chr(value[1]).isdecimal():
            found.add("#")
        else:
            return {ANY}
    found = {"#" if each.isdecimal() else each for each in found}
    return found if len(found) < 9 else {ANY}


def bounds(kind: Any, argument: Any) -> str:
    """What a condition without width says of the place where it stands, "" for nothing."""
    if kind is code.AT:
        return BOUND if argument is code.AT_BOUNDARY else ""
    if kind is code.ASSERT_NOT and argument[0] < 0 and len(argument[1]) == 1:
        shut = argument[1][0]
        members = shut[1] if shut[0] is code.IN else [shut]
        inside = {value for each, value in members if each is code.CATEGORY}
        if code.CATEGORY_WORD in inside:
            return BOUND
        if code.CATEGORY_DIGIT in inside:
            return OF_DIGITS
    return ""


def beginnings(items: Any) -> tuple[set[str], set[str]]:
    """Derived texts with which a match may begin: those that go on behind these items, and those that are cut off."""
    going, cut = {""}, set()
    for kind, argument in items:
        if kind in (code.AT, code.ASSERT, code.ASSERT_NOT):
            mark = bounds(kind, argument)
            going = {each or mark for each in going}
            continue
        more, over = {ANY}, set()
        if kind is code.LITERAL:
            more = {chr(argument).lower()}
        elif kind is code.IN:
            more = letters(argument)
        elif kind is code.SUBPATTERN:
            more, over = beginnings(argument[3])
        elif kind is code.BRANCH:
            each_way = [beginnings(way) for way in argument[1]]
            more = {one for ways, _ in each_way for one in ways}
            over = {one for _, ways in each_way for one in ways}
        elif kind is code.MAX_REPEAT or kind is code.MIN_REPEAT:
            least, most, inner = argument
            more, over = beginnings(inner)
            if most is code.MAXREPEAT or most > 1:
                over, more = over | more, set()
            if least == 0:
                more = more | {""}
        joined = {before + after for before in going for after in more}
        cut |= {before + after for before in going for after in over}
        cut |= {each for each in joined if ANY in each or len(each) > _MOST}
        going = {each for each in joined if ANY not in each and len(each) <= _MOST}
        if not going:
            break
    return going, cut


def left_out(sought: Sought) -> set[str]:
    """Beginnings of matches that `at` does not name."""
    known = sought.at.split()
    found: set[str] = set()
    for each in set.union(*beginnings(parser.parse(sought.source, sought.flags))):
        bare = each.lstrip(BOUND + OF_DIGITS)
        figures = bare[:1] == "#" or bare[:1].isdecimal()
        starts = each[:1] == BOUND or (figures and each[:1] == OF_DIGITS)
        named = any(bare.startswith(one) for one in known) or (figures and "#" in known)
        if not (starts and named):
            found.add(each)
    return found


def needs(items: Any, words: list[str], before: str = FREE) -> bool:
    """Whether every match of the items holds one of the words, at its beginning; `before` is what surely stands before."""
    run = before
    for kind, argument in items:
        if kind is code.LITERAL:
            run += chr(argument).lower()
        elif kind is code.IN:
            found = letters(argument)
            run += found.pop() if len(found) == 1 else " " if not any(map(str.isalnum, found)) else ANY
        elif kind in (code.AT, code.ASSERT_NOT):
            run += bounds(kind, argument)
        elif kind is code.SUBPATTERN:
            if needs(argument[3], words, run):
                return True
            inner = list(argument[3])
            if all(each is code.LITERAL for each, _ in inner):
                run += "".join(chr(value).lower() for _, value in inner)
            else:
                run += ANY
        elif kind is code.BRANCH:
            if all(needs(way, words, run) for way in argument[1]):
                return True
            run += ANY + " " if all(map(opens, argument[1])) else ANY
        elif kind is code.MAX_REPEAT or kind is code.MIN_REPEAT:
            if argument[0] > 0 and needs(argument[2], words, run):
                return True
            apart = breaks(argument[2]) and (argument[0] > 0 or not run[-1:].isalnum())
            run += ANY + " " if apart and run[-1:] not in (ANY, FREE) else ANY
        elif kind is not code.ASSERT:
            run += ANY
    marked = re.sub(rf"[^\w{ANY}{FREE}]+", BOUND, run.replace("_", " "))
    return any(BOUND + word in marked for word in words)


def opens(items: Any) -> bool:
    """Whether behind the items a word can only begin: they are the beginning of the text, or end in a character of no word."""
    return list(items) == [(code.AT, code.AT_BEGINNING)] or breaks(items)


def breaks(items: Any) -> bool:
    """Whether the items end in a character of no word."""
    if not len(items):
        return False
    kind, argument = list(items)[-1]
    if kind is code.MAX_REPEAT or kind is code.MIN_REPEAT:
        return breaks(argument[2]) and (argument[0] > 0 or breaks(items[:-1]))
    if kind is code.SUBPATTERN:
        return breaks(argument[3])
    if kind is code.BRANCH:
        return all(breaks(way) for way in argument[1])
    if kind is code.IN and all(each is code.LITERAL for each, _ in argument):
        return not any(chr(value).isalnum() or value == ord("_") for _, value in argument)
    found = letters(argument) if kind is code.IN else {chr(argument)} if kind is code.LITERAL else {"a"}
    return not any(each.isalnum() or each in "#_" + ANY for each in found)


@pytest.mark.parametrize("name", sorted(name for name, each in ALL.items() if each.at))
def test_a_match_begins_with_a_word_that_is_named(name: str) -> None:
    assert left_out(ALL[name]) == set()


@pytest.mark.parametrize("name", sorted(name for name, each in ALL.items() if each.near))
def test_a_match_holds_a_word_that_is_named(name: str) -> None:
    assert needs(parser.parse(ALL[name].source, ALL[name].flags), ALL[name].near.split())


@pytest.mark.parametrize("name", sorted(name for name, each in ALL.items() if each.marks))
def test_a_match_holds_a_character_that_is_named(name: str) -> None:
    marks = "".join(map(re.escape, ALL[name].marks))
    assert not re.compile(rf"(?s)(?=[^{marks}]*\Z)(?:{ALL[name].source})", ALL[name].flags).search("")
    assert marked(parser.parse(ALL[name].source, ALL[name].flags), set(ALL[name].marks))


def marked(items: Any, marks: set[str]) -> bool:
    """Whether every match of the items holds one of the characters."""
    for kind, argument in items:
        if kind is code.LITERAL and chr(argument) in marks:
            return True
        if kind is code.IN and all(each is code.LITERAL and chr(value) in marks for each, value in argument):
            return True
        if kind is code.SUBPATTERN and marked(argument[3], marks):
            return True
        if kind is code.BRANCH and all(marked(way, marks) for way in argument[1]):
            return True
        if kind is code.MAX_REPEAT and argument[0] > 0 and marked(argument[2], marks):
            return True
    return False


def spans(found: Iterator[re.Match[str]]) -> list[tuple[int, int]]:
    return [each.span() for each in found]


@pytest.mark.parametrize(
    ("source", "flags", "at", "text"),
    [
        (r"\b(?:fixed|patched) in \d", 0, "fix patch", "Fixed in 3, was fixed in 2, fixed in 1; unfixed in 4, patched_in 5"),
        (r"\b(?:fixed|patched) in \d", re.IGNORECASE, "fix patch", "Fixed in 3, PATCHED in 2, dispatched in 1, patched in x"),
        (r"(?<![\d.])\d{2}-\d", 0, "#", "12-3, a12-4, 112-3, .12-3, ١٢-3, x_12-5"),
        (r"\bof(?: of)* the\b", 0, "of", "of of of the, offer the, of the of the"),
        (r"\bİzmir|\bkey", re.IGNORECASE, "i̇zmir key", "İİ İzmir key \u212aey KEY"),
    ],
)  # fmt: skip
def test_the_matches_are_those_of_the_pattern(source: str, flags: int, at: str, text: str) -> None:
    sought, words = Sought(source, flags, at=at), Words(text)
    assert spans(sought.find(words)) == spans(sought.pattern.finditer(text))
    for start in range(0, len(text), 5):
        for end in (start, start + 7, len(text)):
            assert spans(sought.find(words, start, end)) == spans(sought.pattern.finditer(text, start, end))


def test_a_pattern_tried_from_a_piece_gives_the_same_matches() -> None:
    pattern = re.compile(r"ransom(?!ware)|\bp(?:aid|ay)\b|files? back")
    text = "unpaid, paid; a ransomware ransom: files back, extortion. notes were signed, the profiles back"
    assert spans(found_from(pattern, ("ransom", "pa", "file"), text)) == spans(pattern.finditer(text))
    assert len(spans(pattern.finditer(text))) == 4


def test_the_rest_of_a_word_that_is_cut_counts_as_a_word() -> None:
    sought, words = (
        Sought(r"\bnot (?:seen|told)", near="not"),
        Words("they cannot told, it was not seen, knot told"),
    )
    for start in range(len(words.text)):
        piece = sought.pattern.search(words.text[start:30])
        assert (sought.inside(words, start, 30) is None) == (piece is None)
    assert not sought.may(words, 6, 16) and sought.may(words, 8, 16)


def test_a_text_of_one_long_word_is_cheap() -> None:
    words, letters = Words("fix" + "a" * 400_000 + " 1" + "b" * 400_000 + "7"), Sought(r"\bfix", near="fix #")
    assert letters.may(words) and words.beginning(frozenset({"#"})) == [
        0 + len("fix") + 400_001,
        len(words.text) - 1,
    ]


def test_a_text_without_the_words_is_not_searched() -> None:
    sought = Sought(r"\bfixed (?:in|with)|\bgone\b|<", near="fix gone", marks="<")
    assert not sought.may(Words("the prefix < is gone_by"[:14])) and not sought.may(Words("a fix is gone"))
    assert "pattern" not in vars(sought), "compiled for nothing"
    assert sought.may(Words("a fix < 3"))


def test_a_word_that_is_left_out_is_told() -> None:
    assert left_out(Sought(r"\b(?:fix(?:es)?|patch|[Hh]otfix) in", at="fix hot")) == {BOUND + "patch in"}
    assert left_out(Sought(r"(?:fix)", at="fix")) == {"fix"}, "may begin within a word"
    assert left_out(Sought(r"(?<!\d)(?:\d{1,3}|v\d)", at="# v")) == {OF_DIGITS + "v#"}
    assert not needs(parser.parse(r"\b(?:fixed|patched) in"), ["fix"])
    assert not needs(parser.parse(r"un(?:fixed|fixes)"), ["fix"])
    assert needs(parser.parse(r"a (?:fixed|fixes) b|\bfix(?:ing)?"), ["fix"])


def test_patterns_are_found() -> None:
    assert len(ALL) > 15 and "scc.read.duties.event_dates._DATE" in ALL
