# SPDX-License-Identifier: Apache-2.0
"""Which actions of the library an item gets: matching, merging, scoring, budget.

Deterministic: the same situation gives the same choice, ties go to the lower id. Every chosen action says
why, every action that applied and was left out says why not. Does not order the chosen ones (`order`).
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from scc.model.assessment import Assessment
from scc.model.organisation import Organisation
from scc.model.plan import STEP_OF, Cut, Mode
from scc.plan.content import ANY, ActionContent
from scc.plan.situation import Situation
from scc.plan.vocabulary import Library

HOUR_MOST: Final = 3
DAY_MOST: Final = 7
LATER_MOST: Final = 7
SAME_EFFECT_MOST: Final = 2
KEPT: Final = 4
"""Value from which an action that does not fit into the first day is done after it rather than left out."""
CORE_BONUS: Final = 6.0
"""Lifts what `rubrics/order` calls core above any sum of matching conditions."""
HOUR_MINUTES: Final = 120
"""Two people for one hour."""

When = Literal["hour", "day", "later"]


class Match(msgspec.Struct, frozen=True):
    action: ActionContent
    score: float
    why: str
    basis: tuple[str, ...]
    """Keys of `Situation.observations` that made it match."""
    core: bool = False
    """`rubrics/order` says that an item of this kind must not lose its effect."""


class Chosen(msgspec.Struct, frozen=True):
    match: Match
    when: When


def matches(library: Library, situation: Situation, mode: Mode) -> list[Match]:
    """Every action whose conditions hold, best first."""
    core = {
        effect: rule.reason
        for rule in library.cores
        if mode in rule.modes
        and (not rule.types or not situation.types.isdisjoint(rule.types))
        and (not rule.themes or not set(situation.themes).isdisjoint(rule.themes))
        and situation.traits.issuperset(rule.traits)
        for effect in rule.effects
    }
    found = [
        match
        for action in library.actions
        if mode in action.modes and (match := _match(action, situation, core)) is not None
    ]
    return sorted(found, key=lambda match: (-match.score, match.action.id))


def uncovered(library: Library, situation: Situation, found: list[Match]) -> tuple[list[Match], list[Cut]]:
    """The matches without those that another one covers (`rubrics/order`), and these with the reason."""
    have = {match.action.effect for match in found}
    covered = {
        effect: rule.reason
        for rule in library.covers
        if rule.by in have and situation.type in rule.types and situation.traits.isdisjoint(rule.unless)
        for effect in rule.effects
    }
    kept = [match for match in found if match.action.effect not in covered]
    cut = [
        _cut(match.action, covered[match.action.effect]) for match in found if match.action.effect in covered
    ]
    return kept, cut


def _match(action: ActionContent, s: Situation, core: dict[str, str]) -> Match | None:
    applies, unless = action.applies, action.unless
    if (
        s.type in unless.types
        or not s.facets.isdisjoint(unless.facets)
        or not s.product_classes.isdisjoint(unless.product_classes)
        or not s.named.isdisjoint(unless.platforms)
        or not s.traits.isdisjoint(unless.traits)
        or any(theme in unless.themes for theme in s.themes)
    ):
        return None
    if applies.types and s.types.isdisjoint(applies.types):
        return None
    if applies.exposure and s.exposure not in applies.exposure:
        return None
    if not s.traits.issuperset(applies.traits):
        return None
    score = 0.0
    reasons: list[str] = []
    basis: list[str] = list(applies.traits)
    if applies.types:
        score += 1
        reasons.append(
            f"type {next(t for t in sorted(s.types & set(applies.types), key=lambda t: t != s.type))}"
        )
    for given, have, weight, label in (
        (applies.facets, s.facets, 1.5, "facet"),
        (applies.product_classes, s.product_classes, 4.0, "product class"),
        (applies.platforms, s.platforms, 2.0, "platform"),
    ):
        if given:
            hit = sorted(set(given) & have)
            if not hit:
                return None
            if label == "platform" and not s.named.isdisjoint(given):
                weight += 2
            score += weight
            reasons.append(f"{label} {', '.join(hit)}")
            basis.extend(hit)
    if applies.traits:
        score += 0.5 * len(applies.traits)
        reasons.append("because " + ", ".join(applies.traits))
    if applies.themes or applies.weaknesses or applies.techniques:
        triggered = _trigger(action, s, reasons, basis)
        if not triggered:
            return None
        score += triggered
    score += 2.0 * action.value - action.minutes / 90
    if action.effect in core:
        score += CORE_BONUS
        reasons.append(core[action.effect])
    reasons.append(f"value {action.value} of 5 in {action.minutes} minutes")
    return Match(action, round(score, 4), "; ".join(reasons), tuple(basis), action.effect in core)


def _trigger(action: ActionContent, s: Situation, reasons: list[str], basis: list[str]) -> float:
    score = 0.0
    themes = [(rank, theme) for rank, theme in enumerate(s.themes) if theme in action.applies.themes]
    if themes:
        rank, theme = themes[0]
        score += max(3.0 - 0.75 * rank, 0.5)
        reasons.append(f"theme {theme}")
    techniques = sorted(set(action.applies.techniques) & s.techniques)
    if techniques:
        score += 3
        reasons.append(f"technique {', '.join(techniques)}")
        basis.extend(techniques)
    weaknesses = sorted(set(action.applies.weaknesses) & s.weaknesses)
    if weaknesses:
        score += 2
        reasons.append(f"weakness {', '.join(weaknesses)}")
    return score


def merge(found: list[Match], cut: list[Cut]) -> list[Match]:
    """One effect once: a specific action replaces the general one, at most two platforms of an effect."""
    specific = {m.action.effect for m in found if _specific(m.action)}
    closer = {
        (m.action.effect, m.action.product_class)
        for m in found
        if m.action.platform != ANY and m.action.product_class != ANY
    }
    kept: list[Match] = []
    count: dict[str, int] = {}
    for match in found:
        effect = match.action.effect
        general = effect in specific and not _specific(match.action)
        if general or (match.action.platform == ANY and (effect, match.action.product_class) in closer):
            cut.append(_cut(match.action, "a more specific action with the same effect is in the plan"))
        elif count.get(effect, 0) >= SAME_EFFECT_MOST:
            cut.append(_cut(match.action, "the same effect is covered for the closer platforms"))
        else:
            count[effect] = count.get(effect, 0) + 1
            kept.append(match)
    return kept


def _specific(action: ActionContent) -> bool:
    return action.platform != ANY or action.product_class != ANY


def _cut(action: ActionContent, because: str) -> Cut:
    return Cut(action.id, action.title, because)


def budget(
    found: list[Match], situation: Situation, assessment: Assessment, organisation: Organisation, mode: Mode
) -> tuple[list[Chosen], list[Cut]]:
    """Share the matches out to first hour, first day and later, within capacity; the rest is cut.

    At most 3 actions in the first hour (together 120 person-minutes), 7 in the first day including these,
    their sum within `capacity_hours`. Items that do not concern us, are old, or are rules get fewer.
    """
    cut: list[Cut] = []
    kept = merge(found, cut)
    most, why_small = _ceiling(situation, mode)
    hours = mode == "incident" or assessment.priority == "immediate"
    capacity = organisation.capacity_hours * 60
    chosen: list[Chosen] = []
    spent = hour_spent = 0
    counts = {"hour": 0, "day": 0, "later": 0}
    later: list[Match] = []
    for match in kept:
        action = match.action
        if action.when == "later" or (action.gated and mode == "hunt"):
            later.append(match)
            continue
        if len(chosen) >= most:
            cut.append(_cut(action, why_small))
            continue
        full = counts["hour"] + counts["day"] >= DAY_MOST
        if (full or (chosen and spent + action.minutes > capacity)) and (match.core or action.value >= KEPT):
            later.append(match)
            continue
        if full:
            cut.append(_cut(action, f"the first day has room for {DAY_MOST} actions, and these weigh more"))
            continue
        if chosen and spent + action.minutes > capacity:
            cut.append(
                _cut(
                    action,
                    f"{organisation.capacity_hours:g} person-hours a day are spent on what weighs more",
                )
            )
            continue
        first = (
            hours
            and action.when == "hour"
            and counts["hour"] < HOUR_MOST
            and hour_spent + action.minutes <= HOUR_MINUTES
        )
        when: When = "hour" if first else "day"
        counts[when] += 1
        spent += action.minutes
        hour_spent += action.minutes if first else 0
        chosen.append(Chosen(match, when))
    chosen.extend(_later(later, chosen, most, why_small, cut))
    return chosen, sorted(cut, key=lambda each: each.id)


def _ceiling(situation: Situation, mode: Mode) -> tuple[int, str]:
    if mode == "incident":
        return DAY_MOST + LATER_MOST, "the plan is full"
    if "not-relevant" in situation.traits:
        return 3, "it does not concern us, so the plan ends with a record and a watch"
    if "supplier-fixed" in situation.traits:
        return 3, "the supplier repaired its own service"
    if mode == "govern":
        return (
            6 if situation.type == "governance" else 5,
            "nothing technical happened here, and a decision needs no long plan",
        )
    if "historical" in situation.traits:
        return 5, "the event is older than 90 days"
    if mode == "expose" and situation.traits & {
        "narrow-target",
        "local-only",
        "availability-only",
        "claim-only",
    }:
        return 6, "what may be open is closed and proven closed, there is no trace to follow"
    if mode == "expose":
        return DAY_MOST, "there is no sign of compromise, and what closes the gap comes first"
    return DAY_MOST + LATER_MOST, "the plan is full"


def _later(
    later: list[Match], chosen: list[Chosen], most: int, why_small: str, cut: list[Cut]
) -> list[Chosen]:
    """Core first, then the best later action of each printed step, then by score."""
    later = sorted(later, key=lambda match: (not match.core, -match.score, match.action.id))
    seen = {STEP_OF[each.match.action.phase] for each in chosen}
    leading: list[Match] = []
    rest: list[Match] = []
    for match in later:
        step = STEP_OF[match.action.phase]
        if match.core:
            seen.add(step)
            leading.append(match)
        elif step in seen:
            rest.append(match)
        else:
            seen.add(step)
            leading.append(match)
    taken: list[Chosen] = []
    for match in [*leading, *rest]:
        if len(chosen) + len(taken) >= most:
            cut.append(_cut(match.action, why_small))
        elif len(taken) >= LATER_MOST:
            cut.append(_cut(match.action, f"{LATER_MOST} later actions are enough to begin with"))
        else:
            taken.append(Chosen(match, "later"))
    return taken
