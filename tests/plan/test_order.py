# SPDX-License-Identifier: Apache-2.0
"""Budget and order hold for whatever situation a story may give: properties over generated situations."""

from __future__ import annotations

import functools
import random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scc.content
import scc.knowledge
from scc.model.assessment import Assessment, Reason, Relevance
from scc.model.organisation import Organisation
from scc.model.plan import Mode
from scc.plan import budget, order, select
from scc.plan.budget import Chosen
from scc.plan.select import Match
from scc.plan.situation import Situation
from scc.plan.vocabulary import library

SHELF = library(scc.content.open())
TYPES = (
    "vulnerability",
    "advisory",
    "threat",
    "malware",
    "breach",
    "supply-chain",
    "disruption",
    "governance",
)
MODES: tuple[Mode, ...] = ("govern", "expose", "hunt", "incident")
FACETS = ("exploited", "ransomware", "ics", "mobile", "ai", "identity", "cloud", "fraud", "wiper", "phishing")
THEMES = sorted({theme for action in SHELF.actions for theme in action.applies.themes})
TECHNIQUES = sorted({t for action in SHELF.actions for t in action.applies.techniques})
CLASSES = sorted({row.product_class for row in SHELF.words})


def _some(values: Any, most: int) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(sorted(values)), max_size=most)


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    named = draw(_some(SHELF.platforms, 3))
    return Situation(
        type=draw(st.sampled_from(TYPES)),
        facets=draw(_some(FACETS, 4)),
        themes=tuple(draw(st.lists(st.sampled_from(THEMES), max_size=5, unique=True))),
        weaknesses=frozenset(),
        techniques=draw(_some(TECHNIQUES, 5)),
        product_classes=draw(_some(CLASSES, 3)),
        platforms=named | draw(_some(SHELF.platforms, 6)),
        named=named,
        exposure=draw(st.sampled_from(("internet", "internal", "unknown"))),
        traits=draw(_some(SHELF.traits, 10)),
        observations={},
    )


def _assessment(priority: str, kind: str) -> Assessment:
    reason = Reason("given", "test")
    return Assessment(
        type=kind,  # type: ignore[arg-type]
        type_reason=reason, facets=(), severity="medium", severity_reasons=(), vulnerabilities=(), cvss=None,
        priority=priority,  # type: ignore[arg-type]
        priority_reasons=(), do_by="", do_by_rule="", confidence="moderate",
        confidence_reason=reason, relevance=Relevance("maybe", ()), deadlines=(), outcomes=(),
        exploitation=(), escalation=(), historical=False, event_date="", age_days=None,
    )  # fmt: skip


def _share(s: Situation, mode: Mode, capacity: float, priority: str) -> tuple[list[Chosen], list[str]]:
    found = select.matches(SHELF, s, mode)
    chosen, cut = budget.budget(
        found, s, _assessment(priority, s.type), Organisation(capacity_hours=capacity), mode
    )
    assert len(chosen) + len(cut) == len(found), "every match is chosen or cut with a reason"
    return order.arrange(chosen, mode, SHELF), [each.because for each in cut]


PRIORITIES = st.sampled_from(("immediate", "urgent", "standard", "deferred"))
CAPACITY = st.floats(min_value=0.5, max_value=40, allow_nan=False)


@settings(max_examples=250)
@given(situations(), st.sampled_from(MODES), CAPACITY, PRIORITIES)
def test_budget(s: Situation, mode: Mode, capacity: float, priority: str) -> None:
    chosen, reasons = _share(s, mode, capacity, priority)
    hour = [each for each in chosen if each.when == "hour"]
    day = [each for each in chosen if each.when != "later"]
    assert len(hour) <= 3
    assert len(day) <= 7
    assert sum(each.match.action.minutes for each in hour) <= 120
    # One action is always named, also where it alone takes longer than the day has room for.
    assert sum(each.match.action.minutes for each in day) <= max(
        capacity * 60, day[0].match.action.minutes if len(day) == 1 else 0
    )
    assert len(chosen) - len(day) <= 7
    if hour:
        assert mode == "incident" or priority == "immediate"
    assert all(reasons)
    assert all(each.match.action.when != "later" for each in day)
    if mode == "hunt":
        assert not any(each.match.action.gated for each in day)


@settings(max_examples=250)
@given(situations(), st.sampled_from(MODES))
def test_order_pairs_hold(s: Situation, mode: Mode) -> None:
    arranged, _ = _share(s, mode, 24, "immediate")
    place: dict[str, list[int]] = {}
    for at, each in enumerate(arranged):
        place.setdefault(each.match.action.effect, []).append(at)
    for pair in SHELF.pairs:
        if pair.first in place and pair.then in place:
            assert max(place[pair.first]) < min(place[pair.then]), pair.id
    for at, each in enumerate(arranged):
        for effect in each.match.action.evidence_before:
            assert all(before < at for before in place.get(effect, ())), (each.match.action.id, effect)


@settings(max_examples=150)
@given(situations(), st.sampled_from(MODES), st.integers(0, 1000))
def test_choice_and_order_do_not_depend_on_the_order_of_the_library(
    s: Situation, mode: Mode, seed: int
) -> None:
    shuffled = list(SHELF.actions)
    random.Random(seed).shuffle(shuffled)
    other = msgspec.structs.replace(SHELF, actions=tuple(shuffled))
    assert select.matches(other, s, mode) == select.matches(SHELF, s, mode)


@settings(max_examples=150)
@given(situations(), st.sampled_from(MODES))
def test_an_effect_stands_at_most_twice_and_no_general_action_beside_a_specific_one(
    s: Situation, mode: Mode
) -> None:
    chosen, _ = _share(s, mode, 40, "urgent")
    by_effect: dict[str, list[bool]] = {}
    for each in chosen:
        action = each.match.action
        by_effect.setdefault(action.effect, []).append(
            action.platform != "any" or action.product_class != "any"
        )
    for effect, specific in by_effect.items():
        assert len(specific) <= 2, effect
        assert all(specific) or not any(specific), effect


@pytest.mark.parametrize("mode", ["hunt", "incident"])
def test_evidence_comes_before_what_destroys_it(mode: Mode) -> None:
    """Place by place: whatever captures stands before whatever alters what it would capture."""
    ranks = SHELF.ranks[mode]
    assert ranks["capture"] < ranks["examine"] < ranks["alter"] < ranks["restore"]
    assert ranks["safety"] == 0
    assert ranks["stop"] < ranks["capture"]


def test_everything_that_destroys_evidence_names_what_to_capture_or_why_not() -> None:
    for action in SHELF.actions:
        if action.alters or any(command.alters for command in action.commands):
            assert action.evidence or action.evidence_note, action.id
            assert action.evidence_before or action.may_precede_evidence_when, action.id


@functools.cache
def _match(id_: str) -> Match:
    return Match(next(each for each in SHELF.actions if each.id == id_), 1.0, "", ())


def _by_effect(effect: str) -> Match:
    return _match(next(each.id for each in SHELF.actions if each.effect == effect))


PAIRS = [
    ("remove-persistence", "rotate-directory-keys"),
    ("install-fix", "rotate-keys"),
    ("isolate-host", "rotate-keys"),
    ("reset-passwords", "revoke-sessions"),
    ("recall-payment", "hunt-mailbox"),
    ("protect-life", "declare-incident"),
    ("capture-volatile", "rebuild-system"),
    ("export-logs", "install-fix"),
    ("preserve-mail", "quarantine-mail"),
]


@pytest.mark.parametrize(("first", "then"), PAIRS, ids=[f"{a}<{b}" for a, b in PAIRS])
@pytest.mark.parametrize("mode", ["hunt", "incident"])
def test_pairs_of_the_standards_hold_whatever_score_says(first: str, then: str, mode: Mode) -> None:
    """The later one is given the higher score and the earlier time."""
    late = Chosen(msgspec.structs.replace(_by_effect(then), score=99.0), "hour")
    early = Chosen(_by_effect(first), "later")
    arranged = order.arrange([late, early], mode, SHELF)
    assert [each.match.action.effect for each in arranged] == [first, then]
