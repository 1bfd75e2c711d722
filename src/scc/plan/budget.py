# SPDX-License-Identifier: Apache-2.0
"""How many of the actions that apply fit: first hour, first day, later, within the hours that two people have.

Deterministic. Every action that is left out says why. Does not decide what applies (`select`) nor the order (`order`).
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from scc.model.assessment import Assessment
from scc.model.organisation import Organisation
from scc.model.plan import STEP_OF, Cut, Mode
from scc.plan.select import Match, left_out, merge
from scc.plan.situation import Situation

HOUR_MOST: Final = 3
DAY_MOST: Final = 7
LATER_MOST: Final = 7
KEPT: Final = 4
"""Value from which an action that does not fit into the first day is done after it rather than left out."""
HOUR_MINUTES: Final = 120
"""Two people for one hour."""

_OPENING: Final = {"hour": 0, "day": 1, "": 2}

When = Literal["hour", "day", "later"]


class Chosen(msgspec.Struct, frozen=True):
    match: Match
    when: When


def budget(
    found: list[Match], situation: Situation, assessment: Assessment, organisation: Organisation, mode: Mode
) -> tuple[list[Chosen], list[Cut]]:
    """Share the matches out to first hour, first day and later, within capacity; the rest is cut.

    At most 3 actions in the first hour (together 120 person-minutes), 7 in the first day including these,
    their sum within `capacity_hours`. What the mode opens with is placed first: leading, keeping and advice are
    settled before work that weighs more. Items that do not concern us, are old, or are rules get fewer.
    """
    cut: list[Cut] = []
    kept = sorted(merge(found, cut), key=lambda match: _OPENING[match.opens])
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
            cut.append(left_out(action, why_small))
            continue
        full = counts["hour"] + counts["day"] >= DAY_MOST
        if (full or (chosen and spent + action.minutes > capacity)) and (match.core or action.value >= KEPT):
            later.append(match)
            continue
        if full:
            cut.append(
                left_out(action, f"the first day has room for {DAY_MOST} actions, and these weigh more")
            )
            continue
        if chosen and spent + action.minutes > capacity:
            cut.append(
                left_out(
                    action,
                    f"{organisation.capacity_hours:g} person-hours a day are spent on what weighs more",
                )
            )
            continue
        first = (
            hours
            and action.when == "hour"
            and match.opens != "day"
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
    if "flaw-withdrawn" in situation.traits and mode == "govern":
        return 3, "the number was taken back"
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
        "rights-first",
        "secrets-spared",
        "physical-access",
    }:
        return 6, "what may be open is closed and proven closed, there is no trace to follow"
    if mode == "expose" and situation.exposure == "internal" and "exploited" in situation.traits:
        return 6, "our system is not reachable from outside, and there is no trace to follow"
    if mode == "expose":
        return DAY_MOST, "there is no sign of compromise, and what closes the gap comes first"
    if "provider-hit" in situation.traits and "indicators" not in situation.traits:
        return 10, "it happened at somebody else's, and what reaches us from there comes first"
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
            cut.append(left_out(match.action, why_small))
        elif len(taken) >= LATER_MOST:
            cut.append(left_out(match.action, f"{LATER_MOST} later actions are enough to begin with"))
        else:
            taken.append(Chosen(match, "later"))
    return taken
