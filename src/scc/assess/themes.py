# SPDX-License-Identifier: Apache-2.0
"""Which themes of security work an item touches: by weakness, technique, keyword, type and facet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scc.assess.evidence import Facts
from scc.model.assessment import Scored
from scc.model.facts import NamedOrganisation, Product, Technique, Weakness
from scc.model.ids import ItemType

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

MOST: Final = 4
_LEAST: Final = 1.2
"""Score from which a theme is touched: a word in the title, or two in the opening."""
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


_FACET_GAIN: Final = {"ai": 1.0}
"""A facet that is often only the trade of somebody in the story needs a word of the theme beside it."""

_KINDS_OF_SYSTEM: Final = frozenset({"mobile", "authentication", "cloud-configuration"})
"""Themes that a kind of system stands for: in an outage its names say what stood still, not what was attacked or set
wrong."""

_NOT_TECHNICAL: Final = frozenset(
    {"market-signal", "third-parties", "end-of-support", "duty-on-us", "incident-reporting"}
)
"""Themes that news of the market may have: who is there, who supplies us, what is owed."""

_OTHERS: Final = re.compile(r"\b(?:customers?|clients|subscribers?|partners?|suppliers?|vendors?)\b")
"""Words for those who are hit by a breach at somebody else's and may be us. Patients, guests, students are persons."""

_CUT_OFF: Final = re.compile(
    r"\b(?:customers?|clients|subscribers?|tenants)\b[^.;]{0,60}\b(?:no access|lost access|cut off|locked out|deleted|unable to (?:log|sign|reach|use|open)|can(?:not|'t) (?:log|sign|reach|use|open))"
    r"|\b(?:cut off|locked out|deleted|removed) (?:[\w'’-]{1,16} ){0,4}?(?:customers?|clients|subscribers?|tenants)\b"
)


def themes(
    kind: ItemType, facets: tuple[str, ...], facts: Facts, flaws: tuple[Scored, ...], knowledge: Knowledge
) -> tuple[str, ...]:
    """At most four theme keys, the most specific first; the theme of the type always last."""
    scores: dict[str, float] = {}
    weaknesses = {fact.id for each, fact in facts.of(Weakness) if each.basis != "inferred"} | {
        one for flaw in flaws for one in flaw.weaknesses
    }
    techniques = {one for _, fact in facts.of(Technique, own=True) for one in (fact.id, _parent(fact.id))}
    title = " ".join(each.title for each in facts.story.documents).lower()
    head = " ".join(each.text[:1500] for each in facts.story.documents).lower()
    products = [
        f"{fact.vendor} {fact.product}".lower()
        for _, fact in facts.of(Product, own=True)
        if fact.status != "not-affected"
    ]
    products += [each.title.lower() for each in facts.story.documents]
    victim = any(fact.role == "victim" for _, fact in facts.of(NamedOrganisation, own=True))
    for theme in knowledge.themes():
        score = 2.0 * len(weaknesses & set(theme.weaknesses)) + 1.5 * len(techniques & set(theme.techniques))
        for word in theme.keywords:
            if re.search(rf"\b{re.escape(word)}", title):
                score += 2.0
            elif re.search(rf"\b{re.escape(word)}", head):
                score += 0.6
        if any(_named(word, each) for word in theme.products for each in products):
            score += 2.0
        if score:
            scores[theme.key] = score
    if kind == "disruption" and victim:
        # Work stops because somebody we may depend on was hit.
        scores["third-parties"] = scores.get("third-parties", 0.0) + 0.7
    if kind == "disruption" and _CUT_OFF.search(f"{title} {head}"):
        # A provider's customers stand without its service: only the provider knows until when, and what is lost.
        scores["third-parties"] = scores.get("third-parties", 0.0) + _LEAST
    for facet in facets:
        if facet in _BY_FACET:
            key = _BY_FACET[facet]
            scores[key] = scores.get(key, 0.0) + _FACET_GAIN.get(facet, 2.0)
    bare = not (flaws or techniques or weaknesses)
    if kind == "disruption" and bare:
        scores = {key: score for key, score in scores.items() if key not in _KINDS_OF_SYSTEM}
    if kind == "advisory" and bare and scores.get("market-signal", 0.0) >= _LEAST:
        # A change in the market; nothing technical happened, whatever the products are called.
        scores = {key: score for key, score in scores.items() if key in _NOT_TECHNICAL}
    chosen = [
        key for key, score in sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])) if score >= _LEAST
    ]
    own = [key for key in _BY_TYPE.get(kind, ()) if key not in chosen[: MOST - 1]]
    if kind == "breach" and not victim and not _OTHERS.search(f"{title} {head}"):
        # Nobody else is named who was hit: what was exposed, and how, is the subject.
        own = [] if chosen else ["exfiltration"]
    if kind == "disruption" and "end-of-support" in chosen:
        own = []  # the service goes on; what ends is the support of it
    if kind == "advisory" and chosen and not flaws:
        own = []  # advice that names no flaw is about what it advises
    return tuple(dict.fromkeys([*chosen[: MOST - len(own)], *own]))


def _parent(technique: str) -> str:
    """T1566.001 as T1566; an ATLAS id keeps its first two parts."""
    return technique.rpartition(".")[0] if technique.count(".") > technique.startswith("AML.") else technique


def _named(word: str, text: str) -> bool:
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None
