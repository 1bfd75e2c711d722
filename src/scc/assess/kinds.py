# SPDX-License-Identifier: Apache-2.0
"""Type and facets of an item, from the topics that reading found and from what kind of facts there are."""

from __future__ import annotations

import re
from typing import Final, get_args

from scc.assess.evidence import Facts
from scc.assess.rules import Rules
from scc.model.assessment import Facet, Reason, Scored
from scc.model.facts import Claim, Duty, Identifier, Indicator, Malware, Noise, Product, Topic
from scc.model.ids import ItemType

_TYPES: Final = get_args(ItemType)
_FACETS: Final = get_args(Facet)
FACET_LEAST: Final = 1.0
"""Weight of topic evidence in one document from which a facet is set."""


def item_type(facts: Facts, flaws: tuple[Scored, ...], rules: Rules) -> tuple[ItemType, Reason]:
    """The primary type: the heaviest topic over the documents, each document one vote by weight."""
    weights, cited = _topics(facts)
    records = [each for each in facts.story.documents if each.kind == "record"]
    if records and len(records) == len(facts.story.documents):
        return "vulnerability", rules.reason("type-record", _first(facts))
    duties = facts.of(Duty, own=True)
    if duties and not flaws and weights.get("governance", 0.0) >= 0.5 * max(weights.values(), default=0.0):
        return "governance", rules.reason(
            "type-topic", [each.id for each, _ in duties[:3]], type="governance"
        )
    ranked = sorted(
        ((weight, name) for name, weight in weights.items() if name in _TYPES),
        key=lambda pair: (-pair[0], pair[1]),
    )
    own = [flaw for flaw in flaws if flaw.observations]
    if ranked and ranked[0][1] == "supply-chain" and not tampered(facts):
        # Talk of supply chains, or a flaw in a package: nobody put anything into anything.
        ranked = [(ranked[0][0], "vulnerability")] if own or _numbered(facts) else ranked[1:]
    if _advised(facts):
        cited_ids = [each.id for each, fact in facts.of(Identifier, own=True) if fact.relation == "main"]
        return "vulnerability", rules.reason("type-advised", cited_ids[:3])
    if ranked:
        weight, name = ranked[0]
        if name == "advisory" and own:
            name = "vulnerability"
        if own and name not in ("vulnerability",) and weight < 1.15 * weights.get("vulnerability", 0.0):
            name = "vulnerability"
        if name == "malware" and _hostile_package(facts):
            name = "supply-chain"
        for each in _TYPES:
            if each == name:
                return each, rules.reason(
                    "type-topic", cited.get(name, [])[:4] or _first(facts), type=name.replace("-", " ")
                )
    if own:
        return "vulnerability", rules.reason("type-flaw", own[0].observations[:3])
    if any(fact.rule for _, fact in facts.of(Noise, own=True)):
        return "advisory", rules.reason("type-advisory", _first(facts))
    if facts.of(Malware, own=True):
        return "malware", rules.reason(
            "type-topic", [each.id for each, _ in facts.of(Malware, own=True)[:2]], type="malware"
        )
    if any(fact.role == "observed" for _, fact in facts.of(Indicator, own=True)):
        return "threat", rules.reason("type-topic", _first(facts), type="threat")
    return "advisory", rules.reason("type-advisory", _first(facts))


def facets(facts: Facts, flaws: tuple[Scored, ...]) -> tuple[Facet, ...]:
    """Facets in the order of the model: topics with enough weight, exploitation asserted, ransomware by name."""
    weights, _ = _topics(facts)
    found = {name for name, weight in weights.items() if name in _FACETS and weight >= FACET_LEAST}
    found.discard("exploited")
    if any(each.exploited for each in flaws) or any(
        claim.question == "exploited" and claim.value == "yes" and claim.modality in ("asserted", "reported")
        for _, claim in facts.of(Claim, own=True)
    ):
        found.add("exploited")
    if (
        any(fact.kind == "ransomware" for _, fact in facts.of(Malware, own=True))
        and weights.get("ransomware", 0.0) > 0
    ):
        found.add("ransomware")
    return tuple(each for each in _FACETS if each in found)


_TAMPERED: Final = re.compile(
    r"\b(?:malicious|malware|compromis\w+|back-?door\w*|trojan\w*|poison\w*|hijack\w*|worm\w*|infect\w+|typosquat\w*|"
    r"breach\w*|stole\w*|steal\w*|attack\w*|tamper\w*|impersonat\w+|rogue|takeover|leaked)\b",
    re.IGNORECASE,
)
_LEAD: Final = 600
"""Characters in which news says what happened."""


def tampered(facts: Facts) -> bool:
    """Whether somebody put something into software or took over where it comes from: an observed package, malware, or
    the word for it in a title or lead."""
    if facts.of(Malware, own=True) or any(
        fact.type == "package" and fact.role == "observed" for _, fact in facts.of(Indicator, own=True)
    ):
        return True
    return any(
        _TAMPERED.search(each.title) or _TAMPERED.search(each.text[:_LEAD]) for each in facts.story.documents
    )


_NO_FLAW: Final = re.compile(
    r"\bmalicious (?:code|package|crate|gem|module|version|release|payload|dependency|script|commit)s?\b|\bmalware\b|"
    r"\bback-?door\w*|\btrojan\w*|\bpoisoned\b|\btyposquat\w*|\bcompromised (?:package|version|release|account|maintainer)|"
    r"\bembedded malicious\b|\bunmaintained\b|\bno longer maintained\b",
    re.IGNORECASE,
)
"""Words of an advisory's title that say that the package itself is hostile, or left alone: no flaw in it."""


def _advised(facts: Facts) -> bool:
    """Whether every document is a database's advisory on a flaw: its own id, and no title that calls the package hostile
    (what such a text says of attackers describes what the flaw allows)."""
    databases = {
        each.document
        for each, fact in facts.of(Identifier, own=True)
        if fact.scheme in ("ghsa", "osv") and fact.relation == "main"
    }
    return all(
        each.id in databases and not _NO_FLAW.search(each.title) for each in facts.story.documents
    ) and bool(facts.story.documents)


def _hostile_package(facts: Facts) -> bool:
    """Whether what is called malicious is a package that builds fetch, by coordinates of the story's own."""
    return any(
        fact.purl.startswith("pkg:") and fact.status != "not-affected"
        for _, fact in facts.of(Product, own=True)
    )


def _numbered(facts: Facts) -> bool:
    return any(fact.scheme in ("cve", "ghsa", "osv") for _, fact in facts.of(Identifier, own=True))


def _topics(facts: Facts) -> tuple[dict[str, float], dict[str, list[str]]]:
    """Mean weight of each topic over the documents (a long story does not outvote a clear one), with places."""
    sums: dict[str, dict[str, float]] = {}
    cited: dict[str, list[str]] = {}
    for each, fact in facts.of(Topic, own=True):
        held = sums.setdefault(fact.key, {})
        held[each.document] = max(held.get(each.document, 0.0), fact.weight)
        cited.setdefault(fact.key, []).append(each.id)
    count = max(1, len(facts.story.documents))
    weights = {key: sum(held.values()) / count for key, held in sums.items()}
    for key, held in sums.items():
        if key in _FACETS:
            weights[key] = max(held.values())
    return weights, cited


def _first(facts: Facts) -> list[str]:
    return [each.id for each in facts.story.observations[:1]]
