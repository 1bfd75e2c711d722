# SPDX-License-Identifier: Apache-2.0
"""Does it concern us: yes, maybe or no, with reasons from the reader's profile.

"No" needs coverage: a product list that is said to be complete, versions outside the range, or a duty that binds
others. "Maybe" ends in one question and, where there is one, a read-only command that answers it. No match proves
nothing: an SBOM that lacks a component is no proof that we are not affected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from scc.assess.evidence import Facts
from scc.assess.inventory import Inventory, Match, ecosystem, inventory
from scc.assess.mentions import host, mentioned, suppliers
from scc.assess.questions import command_for
from scc.assess.rules import Rules
from scc.assess.versions import State, affected
from scc.model.assessment import Reason, Relevance, Scored
from scc.model.facts import Claim, Country, Duty, Indicator, NamedOrganisation, Product, Sector
from scc.model.ids import ItemType
from scc.model.organisation import Organisation

if TYPE_CHECKING:
    from scc.content import Content

SHOWN: Final = 5
"""Matches told one by one."""


class Found(msgspec.Struct, frozen=True):
    """A product of ours, what a source names, and where our version lies in its range."""

    match: Match
    fact: Product
    observation: str
    state: State

    @property
    def name(self) -> str:
        return f"{self.match.own.vendor} {self.match.own.product}".strip()


_QUESTIONS: Final = {
    "threat": "Has anybody here met the mails, files, calls or sign-ins described?",
    "malware": "Has anybody here met the mails, files or downloads described?",
    "breach": "Does the organisation hit supply us, hold data of ours or have access to our systems?",
    "supply-chain": "Do we install or build with any component that is named?",
    "disruption": "Do we depend on the service concerned?",
}
"""Asked where no product is named that we could look for."""


def relevance(
    kind: ItemType,
    facets: tuple[str, ...],
    facts: Facts,
    flaws: tuple[Scored, ...],
    organisation: Organisation,
    rules: Rules,
    content: Content,
) -> Relevance:
    """The answer for this reader. The first rule that applies decides, in the order of the code."""
    ours = inventory(organisation.products, content)
    found = _matches(facts, flaws, ours)
    certain = [each for each in found if each.match.strength == "certain"]
    if kind == "governance" and not (flaws and certain):
        return _governance(facts, organisation, rules)
    if certain:
        return _matched(certain, rules)
    supplier = _supplier(facts, ours, rules)
    if supplier is not None:
        return supplier
    possible = [each for each in found if each.state != "outside"]
    if possible:
        return _possible(possible[0], facts, rules)
    named_here = _mentioned(kind, facts, organisation, rules)
    if named_here is not None:
        return named_here
    if "ics" in facets and kind in ("vulnerability", "advisory") and organisation.has_ot is False:
        return Relevance("no", (rules.reason("rel-no-ot", _places(facts)),))
    named = _named(facts)
    if (
        organisation.given
        and organisation.products_complete
        and named
        and kind in ("vulnerability", "advisory")
    ):
        shown = ", ".join(named[:3])
        return Relevance("no", (rules.reason("rel-covered", _places(facts), products=shown),))
    near = _sector(facts, organisation, rules) or _country(facts, organisation, rules)
    if near is not None:
        return near
    victims = _victims(facts)
    if kind == "breach" and victims:
        return Relevance(
            "maybe",
            (rules.reason("rel-victim", _first(facts), victim=victims[0]),),
            f"Does {victims[0]} supply us, hold data of ours or have access to our systems?",
        )
    if organisation.given and organisation.products_complete and named:
        shown = ", ".join(named[:3])
        return Relevance("no", (rules.reason("rel-covered", _places(facts), products=shown),))
    reason = rules.reason("rel-no-match" if organisation.given else "rel-no-profile", _places(facts))
    listed = [f"{each.kev.vendor} {each.kev.product}" for each in flaws if each.kev is not None]
    subject = next(iter(named or listed), "")
    question = f"Do we use {subject}?" if subject else _QUESTIONS.get(kind, "Do we use what is affected?")
    return Relevance("maybe", (reason,), question, command_for(facts, subject))


def _governance(facts: Facts, organisation: Organisation, rules: Rules) -> Relevance:
    duties = facts.of(Duty, own=True)
    cited = [each.id for each, _ in duties[:2]] or _first(facts)
    bound = {fact.binds for _, fact in duties}
    if duties and bound == {"federal"}:
        if organisation.federal:
            return Relevance("yes", (rules.reason("rel-federal", cited),))
        if organisation.given:
            return Relevance("no", (rules.reason("rel-federal-only", cited),))
        question = "Are we a federal body, or bound to one by contract?"
        return Relevance("maybe", (rules.reason("rel-federal-only", cited),), question)
    if duties and bound == {"member-states"} and organisation.given:
        return Relevance("no", (rules.reason("rel-states-only", cited),))
    if duties and bound == {"manufacturers"} and organisation.given:
        if organisation.manufacturer:
            return Relevance("yes", (rules.reason("rel-manufacturer", cited),))
        return Relevance("no", (rules.reason("rel-manufacturers-only", cited),))
    return Relevance(
        "maybe",
        (rules.reason("rel-govern", cited),),
        "Does a law, regulator or contract of ours refer to it?",
    )


def _matched(found: list[Found], rules: Rules) -> Relevance:
    """Certain matches: yes, unless every version of ours lies outside every range."""
    best: dict[int, Found] = {}
    for each in found:
        key = id(each.match.own)
        if key not in best or _RANK[each.state] < _RANK[best[key].state]:
            best[key] = each
    ranked = sorted(best.values(), key=lambda each: (_RANK[each.state], each.name, each.match.own.version))
    reasons: list[Reason] = []
    for each in ranked[:SHOWN]:
        values = {"product": each.name, "version": each.match.own.version, "range": each.fact.versions}
        rule = {"inside": "rel-match-version", "outside": "rel-version-out", "unknown": "rel-match"}[
            each.state
        ]
        reasons.append(rules.reason(rule, [each.observation], **values))
    matched = tuple(dict.fromkeys(each.name for each in ranked))
    if all(each.state == "outside" for each in ranked):
        return Relevance("no", tuple(reasons), matched=matched)
    first = ranked[0]
    question = (
        ""
        if first.state == "inside" or first.match.own.version
        else f"Which version of {first.name} do we run?"
    )
    matched = tuple(dict.fromkeys(each.name for each in ranked if each.state != "outside"))
    return Relevance("yes", tuple(reasons), question, matched=matched)


_RANK: Final[dict[State, int]] = {"inside": 0, "unknown": 1, "outside": 2}


def _possible(found: Found, facts: Facts, rules: Rules) -> Relevance:
    theirs = _full(found.fact)
    reason = rules.reason("rel-possible", [found.observation], product=found.name, named=theirs)
    question = f"Is our {found.name} the {theirs} that is named?"
    return Relevance(
        "maybe", (reason,), question, command_for(facts, found.match.own.product), matched=(found.name,)
    )


def _matches(facts: Facts, flaws: tuple[Scored, ...], ours: Inventory) -> list[Found]:
    """What the sources, and the records on the story's own flaws, name of ours."""
    wanted = {each.id for each in flaws}
    own = {seen.id for seen, _ in facts.of(Product, own=True)}
    found: list[Found] = []
    for seen, fact in facts.of(Product):
        if fact.status in ("not-affected", "fixed") or (
            seen.id not in own and fact.vulnerability not in wanted
        ):
            continue
        for match in ours.matches(fact):
            kind = ecosystem(fact.purl) or ecosystem(match.own.purl)
            state = affected(match.own.version, fact.versions, kind)
            found.append(Found(match, fact, seen.id, state))
    for seen, indicator in facts.of(Indicator, own=True):
        if indicator.type == "package" and indicator.role in ("observed", "victim"):
            purl = indicator.value if indicator.value.startswith("pkg:") else ""
            name = indicator.value.rsplit("/", 1)[-1] if purl else indicator.value
            fact = Product(name, purl=purl, versions=indicator.note, status="affected")
            for match in ours.matches(fact):
                state = affected(match.own.version, fact.versions, ecosystem(match.own.purl))
                found.append(Found(match, fact, seen.id, state))
    return sorted(found, key=lambda each: (_RANK[each.state], each.name, each.observation))


def _supplier(facts: Facts, ours: Inventory, rules: Rules) -> Relevance | None:
    """An organisation that was hit and whose products the profile lists."""
    for each, fact in facts.of(NamedOrganisation, own=True):
        if fact.role == "victim" and (name := ours.supplier(fact.name)):
            return Relevance(
                "yes", (rules.reason("rel-supplier", [each.id], supplier=name),), matched=(name,)
            )
    for each, claim in facts.of(Claim, own=True):
        if claim.question == "breached" and claim.value == "yes" and (name := ours.supplier(claim.subject)):
            return Relevance(
                "yes", (rules.reason("rel-supplier", [each.id], supplier=name),), matched=(name,)
            )
    return None


def _mentioned(kind: ItemType, facts: Facts, organisation: Organisation, rules: Rules) -> Relevance | None:
    """A product or supplier of ours that the words name: a question, because reading could not tell its part."""
    documents = facts.story.documents
    if kind in ("breach", "disruption", "supply-chain"):
        for name in suppliers(documents, organisation.products):
            reason = rules.reason("rel-named-supplier", _first(facts), supplier=name)
            question = f"Is {name} the party hit, and what does it hold of ours or reach here?"
            return Relevance("maybe", (reason,), question, matched=(name,))
    only_titles = bool(_named(facts))
    named = mentioned(documents, organisation.products)
    if kind == "supply-chain":
        # What carried the code decides before what it runs on.
        named = tuple(sorted(named, key=lambda each: host(each.own.product)))
    for each in named:
        if only_titles and not each.in_title:
            continue  # the sources say which product it is about, and name ours in passing
        own = f"{each.own.vendor} {each.own.product}".strip()
        reason = rules.reason("rel-named-product", _first(facts), product=own)
        question = f"Is our {own} affected by what the sources describe?"
        return Relevance("maybe", (reason,), question, command_for(facts, each.own.product), matched=(own,))
    return None


def _sector(facts: Facts, organisation: Organisation, rules: Rules) -> Relevance | None:
    for each, fact in facts.of(Sector, own=True):
        if fact.role in ("victim", "addressed") and fact.name in organisation.sectors:
            reason = rules.reason("rel-sector", [each.id], sector=fact.name.replace("-", " "))
            return Relevance("maybe", (reason,), "Do we use what was attacked, in the way it was attacked?")
    return None


def _country(facts: Facts, organisation: Organisation, rules: Rules) -> Relevance | None:
    for each, fact in facts.of(Country, own=True):
        if fact.role in ("victim", "addressed") and fact.code in organisation.countries:
            reason = rules.reason("rel-country", [each.id], country=fact.code)
            return Relevance("maybe", (reason,), "Do we use what was attacked, in the way it was attacked?")
    return None


def _victims(facts: Facts) -> list[str]:
    found = [fact.name for _, fact in facts.of(NamedOrganisation, own=True) if fact.role == "victim"]
    found += [
        claim.subject
        for _, claim in facts.of(Claim, own=True)
        if claim.question == "breached" and claim.subject
    ]
    return found


def _full(fact: Product) -> str:
    if fact.vendor and not fact.product.lower().startswith(fact.vendor.lower()):
        return f"{fact.vendor} {fact.product}".strip()
    return fact.product


def _named(facts: Facts) -> list[str]:
    kept = [fact for _, fact in facts.of(Product, own=True) if fact.status != "not-affected"]
    return list(dict.fromkeys(_full(each) for each in kept))


def _places(facts: Facts) -> list[str]:
    return [each.id for each, _ in facts.of(Product, own=True)][:2] or _first(facts)


def _first(facts: Facts) -> list[str]:
    return [each.id for each in facts.story.observations[:1]]
