# SPDX-License-Identifier: Apache-2.0
"""The words of `content/rubrics/told_words.yaml` in a text, by sentence: what the wide readers of claims are put together from.

A wide reader combines kinds of words (a number, what is counted, a word of harm) where `claims` knows phrases. It sees
more and is less sure, so its claims' rules begin with `WIDE` (`model/facts.py`): they take part in disagreement between
documents, and neither judgement nor the briefing's page 1 rests on one alone. Reads no values itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import msgspec

from scc.model.facts import WIDE, Holder, Modality, Question
from scc.read.claims.cues import Mode
from scc.read.holders import publisher_holder
from scc.read.page import Notes, Page
from scc.read.phrases import Hit

if TYPE_CHECKING:
    from scc.content import Content

__all__ = [
    "CONFIDENCE",
    "SENTENCE_MOST",
    "WIDE",
    "Place",
    "ToldWord",
    "Voice",
    "answered",
    "brief",
    "by_sentence",
    "phrases",
    "voice",
]

Family = Literal["counted", "elsewhere", "harm", "who", "nation", "day", "blame"]
CONFIDENCE: Final = 0.6
"""Of every claim of a wide reader."""
SENTENCE_MOST: Final = 600
"""Characters of a sentence that is put together; longer ones are lists and tables."""


class ToldWord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record of content/rubrics/told_words.yaml."""

    id: str
    status: Literal["stable", "test", "deprecated"]
    date: str
    basis: str
    family: Family
    value: str
    phrases: tuple[str, ...]


class Place(NamedTuple):
    """A word found: what it stands for and where."""

    value: str
    start: int
    end: int


class Voice(NamedTuple):
    """Who speaks in a sentence and how surely."""

    holder: Holder
    modality: Modality


def phrases(content: Content) -> list[tuple[str, ToldWord]]:
    """Every word with its record."""
    return [
        (phrase, row) for row in content.records("rubrics/told_words", ToldWord) for phrase in row.phrases
    ]


def by_sentence(page: Page) -> dict[int, dict[str, list[Place]]]:
    """Number of a sentence to the words found in it, by family and in order."""
    hits: list[Hit[ToldWord]] = page.hits.get("told", [])
    if "told by sentence" in page.hits:
        return page.hits["told by sentence"][0]  # type: ignore[return-value]
    found: dict[int, dict[str, list[Place]]] = {}
    words, number_of = page.words, page.sentence_of_word
    for row, first, last in hits:
        place = Place(row.value, words.starts[first], words.ends[last - 1])
        found.setdefault(number_of[first], {}).setdefault(row.family, []).append(place)
    page.hits["told by sentence"] = [found]  # type: ignore[list-item]
    return found


def answered(notes: Notes, question: Question) -> bool:
    """Whether a claim with a position on a question is noted already; a mere possibility is none."""
    return any(claim.modality in ("asserted", "reported", "denied") for _, claim in notes.claims(question))


def brief(page: Page) -> bool:
    """Whether a text is so short that its sentences speak of one thing: what one leaves out, another says."""
    return len(page.text) <= _BRIEF and len(page.sentences) <= _BRIEF_SENTENCES


_BRIEF: Final = 700
_BRIEF_SENTENCES: Final = 5


def voice(page: Page, number: int, at: int, ignore: str = "") -> Voice:
    """Who says what stands at offset `at` of a sentence, by the words of saying and hedging in it (`modality.yaml`).

    A hedge or a "no" counts when it stands before the place in the same clause, or right behind it; hedges of the
    kind `ignore` are the caller's own work.
    """
    holder: Holder = publisher_holder(page.document)
    own = holder
    kinds: set[str] = set()
    hedge = ""
    for mode in _modes(page).get(number, ()):
        kind = mode.value.kind
        first, last = page.words.starts[mode.first], page.words.ends[mode.last - 1]
        kinds.add(kind)
        if kind in ("possible", "no-evidence", "negated", "denied"):
            if kind == ignore or page.text[first:last] == "May" or _CAN_SAY.match(page.text, first):
                continue  # a month; "we can confirm"
            between = page.text[last:at] if last <= at else page.text[at:first]
            if len(between) < _REACH and not any(each in between for each in ";:,—"):
                hedge = hedge if kind == "negated" and hedge else kind
    if "attacker" in kinds:
        holder = "attacker"
    else:
        for said in ("victim", "vendor", "authority", "research"):
            if said in kinds:
                holder = said
                break
    modality: Modality
    if hedge:
        # A hedge makes a possibility, a "no" next to a word of seeing makes no evidence.
        modality = "possible" if hedge == "possible" else "denied" if hedge == "denied" else "no-evidence"
    elif "reported" in kinds or "attacker" in kinds or own in ("press", "unknown"):
        modality = "reported"
    else:
        modality = "asserted" if own == holder else "reported"
    return Voice(holder, modality)


_REACH: Final = 90
_CAN_SAY: Final = re.compile(r"can (?:now |today |only |also )?(?:confirm|say|state|announce|report|tell)\b")


def _modes(page: Page) -> dict[int, list[Hit[Mode]]]:
    if "modes by sentence" not in page.hits:
        found: dict[int, list[Hit[Mode]]] = {}
        for mode in page.hits.get("modality", []):
            found.setdefault(page.sentence_of_word[mode.first], []).append(mode)
        page.hits["modes by sentence"] = [found]  # type: ignore[list-item]
    return page.hits["modes by sentence"][0]  # type: ignore[return-value]
