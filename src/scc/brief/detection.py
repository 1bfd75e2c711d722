# SPDX-License-Identifier: Apache-2.0
"""Detection guidance: where the techniques would show, which public rules exist, what to sweep for.

Only from techniques that are observed or possible and from observed indicators; those whose time is past are for a
look back into kept logs, where nothing else is there to look for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from scc.brief.citations import Citer
from scc.brief.lists import past
from scc.brief.phrases import listing
from scc.brief.sections import Section
from scc.brief.sweeps import sweeps
from scc.model.briefing import Detection, IndicatorShown, SigmaRule, Statement, TechniqueShown
from scc.model.plan import ActionPlan

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

TECHNIQUES_MOST: Final = 8
RULES_MOST: Final = 12
_LEVELS = {"critical": 0, "high": 1, "medium": 2, "low": 3, "informational": 4}


def detection(
    plan: ActionPlan,
    techniques: Sequence[TechniqueShown],
    indicators: Sequence[IndicatorShown],
    today: str,
    knowledge: Knowledge,
    citer: Citer,
) -> Detection:
    """What to look for; for a governance item the plain statement that there is nothing to hunt."""
    section = Section("det", citer)
    if plan.mode == "govern":
        text = "Not applicable, because nothing technical happened: there is nothing to hunt for this item."
        return Detection(statements=(section.rule("detection-govern", text),))
    live = [each for each in techniques if each.role in ("observed", "possible")][:TECHNIQUES_MOST]
    statements: list[Statement] = []
    rules: dict[str, SigmaRule] = {}
    for each in live:
        node = knowledge.detection(each.id)
        if node.data_components or node.log_sources:
            where = listing(list(node.data_components), 4) or "no data component is named"
            text = f"{each.id} ({each.name}) shows in: {where}."
            if node.strategies:
                text += f" Detection strategy: {node.strategies[0][0]} ({node.strategies[0][1]})."
            edge = citer.edge(f"ATT&CK {each.domain} {each.version}: {each.id} detection")
            statements.append(
                Statement(sid=f"det-{each.id.lower()}", text=text, citations=(edge, *each.citations[:1]))
            )
        for entry in knowledge.sigma(each.id):
            rules.setdefault(
                entry.id,
                SigmaRule(
                    id=entry.id, title=entry.title, level=entry.level, technique=each.id, url=entry.url
                ),
            )
    ranked = sorted(rules.values(), key=lambda rule: (_LEVELS.get(rule.level, 5), rule.technique, rule.id))
    observed = [each for each in indicators if each.role == "observed"]
    live_ones = [each for each in observed if not past(each.valid_until, today)]
    if observed and not statements:
        text = "No technique is shown; the observed indicators are what there is to search for."
        statements.append(section.rule("detection-indicators", text))
    if len(live_ones) < len(observed):
        text = (
            f"The use-by date of {len(observed) - len(live_ones)} of {len(observed)} observed indicators is past: "
            "look for them in kept logs of that time, do not block them."
        )
        statements.append(section.rule("detection-expired", text))
    if not statements:
        text = (
            "No technique is shown and no observed indicator is given by the sources at hand, "
            "so there is nothing specific to search for."
        )
        statements.append(section.rule("detection-none", text))
    searches = sweeps(live_ones or observed)
    return Detection(statements=tuple(statements), sigma=tuple(_spread(ranked)), sweeps=searches)


def _spread(rules: list[SigmaRule]) -> list[SigmaRule]:
    """At most three rules a technique, twelve in all: the worst-rated first."""
    taken: dict[str, int] = {}
    kept: list[SigmaRule] = []
    for each in rules:
        if taken.get(each.technique, 0) < 3 and len(kept) < RULES_MOST:
            taken[each.technique] = taken.get(each.technique, 0) + 1
            kept.append(each)
    return kept
