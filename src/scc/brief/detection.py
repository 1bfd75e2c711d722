# SPDX-License-Identifier: Apache-2.0
"""Detection guidance: where the techniques would show, which public rules exist, what to ask, what to sweep for.

Only from techniques that are observed or possible and from observed indicators; those whose time is past are for a
look back into kept logs, where nothing else is there to look for. Governance items have nothing to hunt, and say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from scc.brief import sigma
from scc.brief.citations import Citer
from scc.brief.hunting import by_theme, questions
from scc.brief.lists import past
from scc.brief.phrases import listing
from scc.brief.sections import Section
from scc.brief.sweeps import sweeps
from scc.model.briefing import Detection, IndicatorShown, Statement, TechniqueShown
from scc.model.plan import ActionPlan

if TYPE_CHECKING:
    from scc.content import Content
    from scc.knowledge import Knowledge

TECHNIQUES_MOST: Final = 12
"""Techniques told in full; those beyond are listed with their detection strategies."""
SOURCES_MOST: Final = 8


def detection(
    plan: ActionPlan,
    techniques: Sequence[TechniqueShown],
    indicators: Sequence[IndicatorShown],
    vulnerabilities: Sequence[str],
    names: Sequence[str],
    themes: Sequence[str],
    today: str,
    knowledge: Knowledge,
    content: Content,
    citer: Citer,
) -> Detection:
    """What to look for; for a governance item the plain statement that there is nothing to hunt.

    `vulnerabilities` are the item's CVE ids, `names` its title, products, malware and actors: they decide which
    public rules are about it. `themes` choose the questions where the sources show no technique.
    """
    section = Section("det", citer)
    if plan.mode == "govern":
        text = "Not applicable, because nothing technical happened: there is nothing to hunt for this item."
        return Detection(statements=(section.rule("detection-govern", text),))
    live = [each for each in techniques if each.role in ("observed", "possible")]
    statements = [_told(each, knowledge, citer) for each in live[:TECHNIQUES_MOST]]
    if rest := live[TECHNIQUES_MOST:]:
        statements.append(_listed(rest, knowledge, citer))
    rules, fitting = sigma.rules(live, vulnerabilities, names, knowledge)
    if rules:
        text = (
            f"{fitting} public Sigma rules fit the item's techniques and vulnerabilities; listed below: {len(rules)}, "
            "those written for it first. Try a rule on your own logs before it raises alarms."
        )
        dataset = next((each for each in knowledge.sources if each.name.startswith("SigmaHQ")), None)
        edge = citer.edge(f"{dataset.name} {dataset.version}" if dataset else "SigmaHQ rules")
        statements.append(Statement(sid="det-sigma", text=text, citations=(edge,)))
    observed = [each for each in indicators if each.role == "observed"]
    live_ones = [each for each in observed if not past(each.valid_until, today)]
    if observed and not live:
        text = "No technique is shown; the observed indicators are what there is to search for by value."
        statements.append(section.rule("detection-indicators", text))
    if dates := sorted(each.valid_until[:10] for each in live_ones if each.valid_until):
        until = dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"
        text = f"The searches below hold observed indicators only; their use-by dates: {until}."
        statements.append(section.rule("detection-valid", text))
    if len(live_ones) < len(observed):
        text = (
            f"The use-by date of {len(observed) - len(live_ones)} of {len(observed)} observed indicators is past: "
            "look for them in kept logs of that time, do not block them."
        )
        statements.append(section.rule("detection-expired", text))
    looking = [each.title for each in plan.actions if each.step == "detection"]
    if looking and not live:
        named = (
            ""
            if observed
            else "No technique is shown and no observed indicator is given by the sources at hand. "
        )
        text = f"{named}What to look for stands in the actions: {'; '.join(looking[:5])}."
        statements.append(section.rule("detection-actions", text))
    if not statements:
        text = (
            "No technique is shown and no observed indicator is given by the sources at hand, "
            "so there is nothing specific to search for."
        )
        statements.append(section.rule("detection-none", text))
    asked = questions(live, citer, content)
    if not live and plan.mode in ("hunt", "incident"):
        asked = by_theme(themes, citer, content)
    return Detection(
        statements=tuple(statements), sigma=rules, sweeps=sweeps(live_ones or observed), questions=asked
    )


def _told(technique: TechniqueShown, knowledge: Knowledge, citer: Citer) -> Statement:
    """Data components, log sources and detection strategies that ATT&CK publishes for a technique."""
    node = knowledge.detection(technique.id)
    name = f"{technique.id} ({technique.name})"
    dataset = "ATLAS" if technique.domain == "atlas" else "ATT&CK"
    if not (node.data_components or node.log_sources or node.strategies):
        text = f"{name}: {dataset} {technique.version} publishes no detection for it."
    else:
        text = f"{name} shows in: {listing(list(node.data_components), SOURCES_MOST) or 'no data component is named'}."
        if node.log_sources:
            # Names of log sources hold commas.
            more = len(node.log_sources) - SOURCES_MOST
            text += f" Log sources: {'; '.join(node.log_sources[:SOURCES_MOST])}"
            text += f"; and {more} more." if more > 0 else "."
        if node.strategies:
            told = "; ".join(f"{id_} ({title.rstrip('.')})" for id_, title in node.strategies[:3])
            text += f" Detection strategy of {dataset} {technique.version}: {told}."
    edge = citer.edge(f"{dataset} {technique.domain} {technique.version}: {technique.id} detection")
    return Statement(sid=f"det-{technique.id.lower()}", text=text, citations=(edge, *technique.citations[:1]))


def _listed(techniques: Sequence[TechniqueShown], knowledge: Knowledge, citer: Citer) -> Statement:
    """The techniques beyond those told in full, each with its detection strategy."""
    told = []
    for each in techniques:
        strategies = knowledge.detection(each.id).strategies
        told.append(f"{each.id} ({strategies[0][0] if strategies else 'no strategy published'})")
    edge = citer.edge(f"ATT&CK {techniques[0].domain} {techniques[0].version}: detection strategies")
    return Statement(
        sid="det-further", text=f"Further techniques with their detection strategy: {', '.join(told)}.",
        citations=(edge,),
    )  # fmt: skip
