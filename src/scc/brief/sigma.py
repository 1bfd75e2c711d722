# SPDX-License-Identifier: Apache-2.0
"""Which public Sigma rules an item lists: those written for it, then those for its techniques.

A rule for another vulnerability or for malware that the item does not name is left out, however well its technique
fits: it would find something else. Rules for one tool or actor, those of SigmaHQ's folders for threat hunting and
compliance, and those for the logs of one service or appliance come after the general ones, unless the item names that
service. Does not read rules, does not convert them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from scc.knowledge.sigma_index import flaws, threat
from scc.model.briefing import SigmaRule, TechniqueShown

if TYPE_CHECKING:
    from scc.knowledge import Knowledge
    from scc.knowledge.types import SigmaEntry

RULES_MOST: Final = 24
A_TECHNIQUE_MOST: Final = 3
_LEVELS: Final = {"critical": 0, "high": 1, "medium": 2, "low": 3, "informational": 4}
_GENERAL: Final = frozenset(
    {"windows", "linux", "macos", "antivirus", "dns", "firewall", "proxy", "webserver", "zeek"}
)
"""Log sources that most sites have in some form; every other one is of a single service or product."""
_TOLD: Final = {
    "azure": ("azure", "entra", "microsoft 365"),
    "m365": ("microsoft 365", "office 365", "exchange online"),
}
"""Names under which a text speaks of a log source that is not called so itself."""
_OF_A_TOOL: Final = re.compile(r"/[a-z0-9_]{0,80}_(?:hktl|apt|mal|malware|pua|exploit)_[^/]{1,200}$")
"""File names of SigmaHQ's rules for one tool or actor."""


def rules(
    techniques: Sequence[TechniqueShown],
    vulnerabilities: Sequence[str],
    names: Sequence[str],
    knowledge: Knowledge,
) -> tuple[tuple[SigmaRule, ...], int]:
    """(at most 24 rules, number of all that fit). `names`: title, malware, actors and products of the item.

    Rules for the item's own vulnerabilities come first, then one a technique, then the second and third of each.
    """
    index = knowledge.sigma_rules
    own = {flaw.upper() for flaw in vulnerabilities}
    told = " ".join(_plain(each) for each in names)
    fitting: dict[str, tuple[SigmaEntry, str]] = {}
    for flaw in sorted(own):
        for entry in index.by_flaw.get(flaw, ()):
            fitting.setdefault(entry.id, (entry, ""))
    for technique in techniques:
        for entry in knowledge.sigma(technique.id):
            if _fits(entry, own, told):
                fitting.setdefault(entry.id, (entry, technique.id))
    ranked = sorted(fitting.values(), key=lambda pair: _rank(pair[0], pair[1], own, told))
    places: dict[str, int] = {}
    turns: list[tuple[int, int, SigmaEntry, str]] = []
    for number, (entry, technique_id) in enumerate(ranked):
        turn = places.get(technique_id, 0)
        places[technique_id] = turn + 1
        if turn < A_TECHNIQUE_MOST or not technique_id:
            turns.append((turn if technique_id else 0, number, entry, technique_id))
    kept = sorted(turns, key=lambda each: each[:2])[:RULES_MOST]
    return tuple(_shown(entry, technique_id, knowledge) for _, _, entry, technique_id in kept), len(ranked)


def _plain(text: str) -> str:
    return f" {re.sub(r'[^a-z0-9]+', ' ', text.lower()).strip()} "


def _fits(entry: SigmaEntry, own: set[str], told: str) -> bool:
    """Whether a rule is a general one, or written for what the item is about."""
    written_for = flaws(entry)
    if written_for:
        return bool(written_for & own)
    name = threat(entry)
    if name:
        return _plain(name) in told
    return "/rules-emerging-threats/" not in entry.url


def _rank(entry: SigmaEntry, technique: str, own: set[str], told: str) -> tuple[object, ...]:
    special = bool(flaws(entry) & own) or (bool(threat(entry)) and _plain(threat(entry)) in told)
    product = entry.logsource.partition("/")[0]
    of_a_service = product not in _GENERAL
    named = of_a_service and any(_plain(each) in told for each in _TOLD.get(product, (product,)))
    narrow = _OF_A_TOOL.search(entry.url) is not None or "/rules/" not in entry.url
    return (
        0 if special else 1 if named else 4 if of_a_service else 3 if narrow else 2,
        _LEVELS.get(entry.level, 5),
        entry.status != "stable",
        technique,
        entry.id,
    )


def _shown(entry: SigmaEntry, technique: str, knowledge: Knowledge) -> SigmaRule:
    return SigmaRule(
        id=entry.id,
        title=entry.title,
        level=entry.level,
        technique=technique,
        url=entry.url,
        status=entry.status,
        logsource=entry.logsource,
        author=entry.author,
        text=knowledge.sigma_rules.text(entry.id),
    )
