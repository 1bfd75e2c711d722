# SPDX-License-Identifier: Apache-2.0
"""The order in which the chosen actions are done.

Places rank first (life and process safety, reversible stop, volatile evidence, examination, then whatever
alters: `rubrics/order`), then pairs of effects, then an action's own `evidence_before`. Deterministic.
"""

from __future__ import annotations

from scc.model.plan import Mode
from scc.plan.budget import Chosen
from scc.plan.content import ActionContent, Place
from scc.plan.vocabulary import Library

_WHEN = {"hour": 0, "day": 1, "later": 2}


def arrange(chosen: list[Chosen], mode: Mode, library: Library) -> list[Chosen]:
    """Chosen actions in the order of doing; a pair never loses to a rank."""
    ranks = library.ranks[mode]
    waiting = sorted(
        chosen,
        key=lambda each: (
            not _first(each, mode, ranks),
            _rank(each.match.action, mode, ranks),
            _WHEN[each.when],
            -each.match.score,
            each.match.action.id,
        ),
    )
    before = _before([each.match.action for each in waiting], library)
    done: list[Chosen] = []
    ids: set[str] = set()
    while waiting:
        # The first whose predecessors are done; content checks refuse circles, should one exist
        # nevertheless the first in rank goes.
        free = next((each for each in waiting if before[each.match.action.id] <= ids), waiting[0])
        waiting.remove(free)
        done.append(free)
        ids.add(free.match.action.id)
    return done


def _first(each: Chosen, mode: Mode, ranks: dict[Place, int]) -> bool:
    """Whether it is of an incident's first hour and neither examines nor alters: such an hour does not wait for what has
    the whole day, and evidence is not overtaken by it."""
    return mode == "incident" and each.when == "hour" and ranks[each.match.action.place] <= ranks["scope"]


def _rank(action: ActionContent, mode: Mode, ranks: dict[Place, int]) -> float:
    """The rank of the action's place; what waits for the gate in mode hunt stands just before "alter"."""
    if action.gated and mode == "hunt":
        return ranks["alter"] - 1 + (1 + ranks[action.place]) / (2 + len(ranks))
    return ranks[action.place]


def _before(actions: list[ActionContent], library: Library) -> dict[str, set[str]]:
    """For each action the ids of those that must be done first."""
    by_effect: dict[str, list[str]] = {}
    for action in actions:
        by_effect.setdefault(action.effect, []).append(action.id)
    before: dict[str, set[str]] = {action.id: set() for action in actions}
    for pair in library.pairs:
        for then in by_effect.get(pair.then, ()):
            before[then].update(by_effect.get(pair.first, ()))
    for action in actions:
        for effect in action.evidence_before:
            before[action.id].update(by_effect.get(effect, ()))
        before[action.id].discard(action.id)
    return before


def circles(pairs: list[tuple[str, str]]) -> list[str]:
    """Effects that stand in a circle of "before" relations; empty when there is none."""
    after: dict[str, set[str]] = {}
    for first, then in pairs:
        after.setdefault(first, set()).add(then)
        after.setdefault(then, set())
    free = dict.fromkeys(after, 0)
    for effects in after.values():
        for effect in effects:
            free[effect] += 1
    ready = sorted(effect for effect, count in free.items() if count == 0)
    while ready:
        effect = ready.pop()
        del free[effect]
        for following in sorted(after[effect]):
            free[following] -= 1
            if free[following] == 0:
                ready.append(following)
    return sorted(free)
