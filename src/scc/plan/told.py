# SPDX-License-Identifier: Apache-2.0
"""Circumstances that only the wording of the sources tells (`rubrics/told.yaml`), as traits, and what plain words are
about, as themes.

A row is a set of patterns that must stand in one sentence, or anywhere in the place it names. Every pattern is
bounded; a story's texts are searched once a row. Knows nothing of products, claims or the reader.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

import msgspec

from scc.model.document import Document
from scc.model.ids import ItemType

OPENING: Final = 1500
"""Characters in which news says what happened."""
MOST: Final = 60_000
"""Characters of a document that are searched: what comes later is appendix."""

SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")


class ToldRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `rubrics/told.yaml`."""

    id: str
    status: Literal["draft", "test", "stable"]
    date: str
    basis: str
    all: tuple[str, ...]
    """Patterns that must all be found, in one sentence unless `whole`."""
    trait: str = ""
    """What holds then; either this or `theme` is given."""
    theme: str = ""
    """What it is about then, told in words of everyday: an administrator who reports what happened uses no jargon."""
    words: tuple[str, ...] = ()
    """Letters of which some must stand in the place, whatever the patterns say: looked for first, because that is cheap."""
    none: tuple[str, ...] = ()
    """Patterns that must not stand in that sentence."""
    unless: tuple[str, ...] = ()
    """Patterns that must not stand anywhere in the story's texts."""
    types: tuple[ItemType, ...] = ()
    """Empty: every type."""
    where: Literal["title", "opening", "text"] = "text"
    whole: bool = False


def traits(documents: tuple[Document, ...], kind: ItemType, rules: tuple[ToldRule, ...]) -> set[str]:
    """The traits whose rows hold for a story of this type."""
    return set(_found(documents, kind, tuple(each for each in rules if each.trait)))


def themes(documents: tuple[Document, ...], kind: ItemType, rules: tuple[ToldRule, ...]) -> tuple[str, ...]:
    """The themes whose rows hold for a story of this type, in the order of the rows."""
    return tuple(_found(documents, kind, tuple(each for each in rules if each.theme)))


def _found(documents: tuple[Document, ...], kind: ItemType, rules: tuple[ToldRule, ...]) -> list[str]:
    """What the rows that hold give, in their order, each once."""
    found: dict[str, None] = {}
    texts = [f"{each.title}\n{each.text[:MOST]}".lower() for each in documents]
    titles = [each.title.lower() for each in documents]
    for rule in rules:
        gives = rule.trait or rule.theme
        if gives in found or (rule.types and kind not in rule.types):
            continue
        places = titles if rule.where == "title" else texts
        if rule.where == "opening":
            places = [each[:OPENING] for each in texts]
        if rule.words and not any(word in place for place in places for word in rule.words):
            continue
        if any(_search(each, text) for each in rule.unless for text in texts):
            continue
        if any(_holds(rule, place) for place in places):
            found[gives] = None
    return list(found)


def _holds(rule: ToldRule, text: str) -> bool:
    if not all(_search(each, text) for each in rule.all):
        return False
    if rule.whole:
        return not any(_search(each, text) for each in rule.none)
    return any(
        all(_search(each, sentence) for each in rule.all)
        and not any(_search(each, sentence) for each in rule.none)
        for sentence in SENTENCE.split(text)
    )


def _search(pattern: str, text: str) -> bool:
    return _compiled(pattern).search(text) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
