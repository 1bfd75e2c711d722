# SPDX-License-Identifier: Apache-2.0
"""Which actions of the library apply to an item: matching, scoring, merging.

Deterministic: the same situation gives the same choice, ties go to the lower id. Every chosen action says
why, every action that applied and was left out says why not. How many of them fit is `budget`'s, in which order `order`'s.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from scc.model.plan import Cut, Mode
from scc.plan.content import ANY, ActionContent
from scc.plan.situation import Situation
from scc.plan.vocabulary import Library

SAME_EFFECT_MOST: Final = 2
CORE_BONUS: Final = 6.0
"""Lifts what `rubrics/order` calls core above any sum of matching conditions."""


class Match(msgspec.Struct, frozen=True):
    action: ActionContent
    score: float
    why: str
    basis: tuple[str, ...]
    """Keys of `Situation.observations` that made it match."""
    core: bool = False
    """`rubrics/order` says that an item of this kind must not lose its effect."""
    opens: Literal["", "hour", "day"] = ""
    """`rubrics/order` says that a plan of this mode opens with it, in the first hour or on the first day."""


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
        msgspec.structs.replace(match, opens=_opens(library, mode, action.effect))
        for action in library.actions
        if mode in action.modes and (match := _match(action, situation, core)) is not None
    ]
    return sorted(found, key=lambda match: (-match.score, match.action.id))


def _opens(library: Library, mode: Mode, effect: str) -> Literal["", "hour", "day"]:
    for rule in library.leads:
        if rule.mode == mode and effect in (*rule.hour, *rule.day):
            return "hour" if effect in rule.hour else "day"
    return ""


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
        left_out(match.action, covered[match.action.effect])
        for match in found
        if match.action.effect in covered
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
            cut.append(left_out(match.action, "a more specific action with the same effect is in the plan"))
        elif count.get(effect, 0) >= SAME_EFFECT_MOST:
            cut.append(left_out(match.action, "the same effect is covered for the closer platforms"))
        else:
            count[effect] = count.get(effect, 0) + 1
            kept.append(match)
    return kept


def _specific(action: ActionContent) -> bool:
    return action.platform != ANY or action.product_class != ANY


def left_out(action: ActionContent, because: str) -> Cut:
    """An action that applied and stands in no plan, with the reason."""
    return Cut(action.id, action.title, because)
