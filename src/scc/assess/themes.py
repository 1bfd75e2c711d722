# SPDX-License-Identifier: Apache-2.0
"""Which themes of security work an item touches: by weakness, technique, keyword, type and facet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scc.assess.evidence import Facts
from scc.model.assessment import Scored
from scc.model.facts import Technique, Weakness
from scc.model.ids import ItemType

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

MOST: Final = 4
_BY_TYPE: Final[dict[ItemType, tuple[str, ...]]] = {
    "vulnerability": ("vulnerability-management",),
    "supply-chain": ("software-supply-chain",),
    "breach": ("third-parties",),
    "malware": ("malware",),
    "governance": ("duty-on-us",),
    "disruption": ("denial-of-service",),
    "advisory": ("vulnerability-management",),
}
_BY_FACET: Final = {
    "ransomware": "ransomware",
    "ics": "ics-medical",
    "mobile": "mobile",
    "ai": "ai-misuse",
    "identity": "authentication",
    "cloud": "cloud-configuration",
    "fraud": "payment-fraud",
    "wiper": "destructive-attack",
    "phishing": "phishing",
}


def themes(
    kind: ItemType, facets: tuple[str, ...], facts: Facts, flaws: tuple[Scored, ...], knowledge: Knowledge
) -> tuple[str, ...]:
    """At most four theme keys, the most specific first; the theme of the type always last."""
    scores: dict[str, float] = {}
    weaknesses = {fact.id for each, fact in facts.of(Weakness) if each.basis != "inferred"} | {
        one for flaw in flaws for one in flaw.weaknesses
    }
    techniques = {fact.id for _, fact in facts.of(Technique, own=True)}
    title = " ".join(each.title for each in facts.story.documents).lower()
    head = " ".join(each.text[:1500] for each in facts.story.documents).lower()
    for theme in knowledge.themes():
        score = 2.0 * len(weaknesses & set(theme.weaknesses)) + 1.5 * len(techniques & set(theme.techniques))
        for word in theme.keywords:
            if re.search(rf"\b{re.escape(word)}", title):
                score += 2.0
            elif re.search(rf"\b{re.escape(word)}", head):
                score += 0.6
        if score:
            scores[theme.key] = score
    for facet in facets:
        if facet in _BY_FACET:
            key = _BY_FACET[facet]
            scores[key] = scores.get(key, 0.0) + 2.0
    chosen = [
        key for key, score in sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])) if score >= 1.2
    ]
    own = [key for key in _BY_TYPE.get(kind, ()) if key not in chosen[: MOST - 1]]
    return tuple(dict.fromkeys([*chosen[: MOST - len(own)], *own]))
