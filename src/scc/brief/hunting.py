# SPDX-License-Identifier: Apache-2.0
"""Hunting questions: what to ask one's own logs about the techniques of an item.

The questions are ours (`content/rubrics/hunting.yaml`), keyed by technique or, for want of one, by tactic; where no
technique is shown, by theme. Each question is put once, with all techniques it serves. Does not answer, does not
search.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from scc.model.briefing import Statement, TechniqueShown

if TYPE_CHECKING:
    from scc.brief.citations import Citer
    from scc.content import Content
    from scc.knowledge import Knowledge

QUESTIONS_MOST: Final = 10
THEMES_MOST: Final = 3
WORDS_MOST: Final = 55


class HuntQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question for the techniques it names (their sub-techniques with them) or for whole tactics of a domain."""

    id: str
    question: str
    techniques: tuple[str, ...] = ()
    tactics: tuple[str, ...] = ()
    """Names as ATT&CK or ATLAS prints them."""
    domain: str = "enterprise"
    """enterprise, ics, mobile or atlas; for tactics only, a technique's id belongs to one domain."""
    themes: tuple[str, ...] = ()
    """Themes it stands for when the sources show no technique."""


@lru_cache(maxsize=8)
def _keyed(content: Content) -> tuple[dict[str, HuntQuestion], dict[tuple[str, str], HuntQuestion]]:
    by_technique: dict[str, HuntQuestion] = {}
    by_tactic: dict[tuple[str, str], HuntQuestion] = {}
    for each in content.records("rubrics/hunting", HuntQuestion):
        for technique in each.techniques:
            by_technique.setdefault(technique, each)
        for tactic in each.tactics:
            by_tactic.setdefault((each.domain, tactic), each)
    return by_technique, by_tactic


def nearest(technique: TechniqueShown, content: Content) -> HuntQuestion | None:
    """The question for a technique: its own, its parent's, its tactic's (those that fit the text first)."""
    by_technique, by_tactic = _keyed(content)
    for id_ in (technique.id, technique.id.rpartition(".")[0]):
        if id_ in by_technique:
            return by_technique[id_]
    for tactic in (*technique.fitting, *technique.tactics):
        if found := by_tactic.get((technique.domain, tactic)):
            return found
    return None


def questions(techniques: Sequence[TechniqueShown], citer: Citer, content: Content) -> tuple[Statement, ...]:
    """A statement a question, in the order of the techniques; at most ten, a technique's own before a tactic's."""
    asked: dict[HuntQuestion, list[TechniqueShown]] = {}
    for each in techniques:
        found = nearest(each, content)
        if found is not None:
            asked.setdefault(found, []).append(each)
    ranked = sorted(asked, key=lambda question: not question.techniques)[:QUESTIONS_MOST]
    return tuple(_statement(question, asked[question], citer) for question in ranked)


def _statement(question: HuntQuestion, techniques: list[TechniqueShown], citer: Citer) -> Statement:
    # What the question rests on: the rule, and where the sources show the techniques.
    places = tuple(dict.fromkeys(each.citations[0] for each in techniques if each.citations))
    ids = ", ".join(each.id for each in techniques[:6]) + (" and others" if len(techniques) > 6 else "")
    return Statement(
        sid=f"det-{question.id}",
        text=f"{ids}: {question.question}",
        citations=(citer.rule(question.id), *places[:3]),
    )


def by_theme(themes: Sequence[str], citer: Citer, content: Content) -> tuple[Statement, ...]:
    """Questions for the themes of an item, in their order, each once; for items without a technique."""
    found: dict[HuntQuestion, None] = {}
    for theme in themes:
        for each in content.records("rubrics/hunting", HuntQuestion):
            if theme in each.themes:
                found.setdefault(each)
    return tuple(
        Statement(sid=f"det-{each.id}", text=each.question, citations=(citer.rule(each.id),))
        for each in list(found)[:THEMES_MOST]
    )


def faults(content: Content, knowledge: Knowledge) -> Iterator[str]:
    """What is wrong with the questions: unknown or revoked techniques, unknown tactics and themes, two for one, no question."""
    known = {
        (technique.domain, tactic)
        for technique in knowledge.techniques()
        if technique.status == "live"
        for tactic in technique.tactics
    }
    themes = {each.key for each in knowledge.themes()}
    seen: dict[object, str] = {}
    for each in content.records("rubrics/hunting", HuntQuestion):
        if not (each.techniques or each.tactics or each.themes):
            yield f"{each.id}: it names no technique, no tactic and no theme"
        for theme in each.themes:
            if theme not in themes:
                yield f"{each.id}: there is no theme {theme!r}"
        if "?" not in each.question:
            yield f"{each.id}: it asks nothing"
        if len(each.question.split()) > WORDS_MOST:
            yield f"{each.id}: more than {WORDS_MOST} words"
        for id_ in each.techniques:
            technique = knowledge.technique(id_)
            if technique is None or technique.status != "live":
                yield f"{each.id}: technique {id_!r} is not a live one of the pack"
        for tactic in each.tactics:
            if (each.domain, tactic) not in known:
                yield f"{each.id}: the {each.domain} domain has no tactic {tactic!r}"
        for key in (*each.techniques, *((each.domain, tactic) for tactic in each.tactics)):
            if key in seen:
                yield f"{each.id}: {key} has a question already, {seen[key]}"
            seen.setdefault(key, each.id)
