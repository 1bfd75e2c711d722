# SPDX-License-Identifier: Apache-2.0
"""Detection guidance: where the techniques would show, which public rules exist, what to sweep for.

Only from techniques that are observed or possible and from observed indicators that are still valid.
Commands are built from validated values, quoted for the shell; nothing is executed.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from scc.brief.citations import Citer
from scc.brief.phrases import listing
from scc.brief.sections import Section
from scc.model.briefing import Detection, IndicatorShown, SigmaRule, Statement, TechniqueShown
from scc.model.plan import ActionPlan, Command

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

TECHNIQUES_MOST: Final = 8
RULES_MOST: Final = 12
_LEVELS = {"critical": 0, "high": 1, "medium": 2, "low": 3, "informational": 4}
_NETWORK: Final = ("ipv4", "ipv6", "domain", "url", "email")


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
    sweeps = _sweeps([each for each in indicators if _sweepable(each, today)])
    if not statements and not sweeps:
        text = (
            "No technique is shown and no observed indicator is given by the sources at hand; "
            "search the logs of the affected systems for the period named above."
        )
        statements.append(section.rule("detection-none", text))
    return Detection(statements=tuple(statements), sigma=tuple(_spread(ranked)), sweeps=sweeps)


def _spread(rules: list[SigmaRule]) -> list[SigmaRule]:
    """At most three rules a technique, twelve in all: the worst-rated first."""
    taken: dict[str, int] = {}
    kept: list[SigmaRule] = []
    for each in rules:
        if taken.get(each.technique, 0) < 3 and len(kept) < RULES_MOST:
            taken[each.technique] = taken.get(each.technique, 0) + 1
            kept.append(each)
    return kept


def _sweepable(indicator: IndicatorShown, today: str) -> bool:
    expired = indicator.valid_until and indicator.valid_until[:10] < today[:10]
    return indicator.role == "observed" and not expired


def _sweeps(indicators: list[IndicatorShown]) -> tuple[Command, ...]:
    network = [each.value for each in indicators if each.type in _NETWORK][:20]
    hashes = [each.value.lower() for each in indicators if each.type == "sha256"][:20]
    commands: list[Command] = []
    if network:
        patterns = " ".join(f"-e {shlex.quote(each)}" for each in network)
        commands.append(
            Command(
                text=f"grep -rIF {patterns} /var/log/",
                dialect="posix",
                privileges="root",
                purpose="search exported DNS, proxy and mail logs on a Linux host for observed indicators",
            )
        )
        values = ", ".join(f'"{each}"' for each in network if '"' not in each and "\\" not in each)
        if values:
            commands.append(
                Command(
                    text="DeviceNetworkEvents "
                    f"| where RemoteUrl has_any ({values}) or RemoteIP in ({values})",
                    dialect="kql",
                    privileges="reader",
                    purpose="the same in Microsoft Defender advanced hunting",
                )
            )
    if hashes and all(each.isalnum() for each in hashes):
        values = ", ".join(f"'{each}'" for each in hashes)
        commands.append(
            Command(
                text="SELECT path, sha256 FROM hash WHERE directory IN ('/tmp', '/usr/local/bin') "
                f"AND sha256 IN ({values});",
                dialect="osquery",
                privileges="root",
                purpose="search common drop folders for observed files; adapt the folders",
            )
        )
    return tuple(commands)
