# SPDX-License-Identifier: Apache-2.0
"""Does it concern us: yes, maybe or no, with reasons from the reader's profile.

"No" needs coverage: a product list that is said to be complete, or a duty that binds others. "Maybe" ends in
one question and, where there is one, a read-only command that answers it. No match proves nothing.
"""

from __future__ import annotations

import re
import shlex
from typing import Final

from scc.assess.evidence import Facts
from scc.assess.rules import Rules
from scc.assess.versions import affected
from scc.model.assessment import Reason, Relevance
from scc.model.facts import Claim, Country, Duty, Indicator, NamedOrganisation, Product, Sector
from scc.model.ids import ItemType
from scc.model.organisation import Organisation, OwnProduct

_WORD: Final = re.compile(r"[a-z0-9]+")
_SMALL: Final = frozenset("the for and of by inc ltd corp software server project systems".split())


def relevance(kind: ItemType, facts: Facts, organisation: Organisation, rules: Rules) -> Relevance:
    """The answer for this reader."""
    matches = _matches(facts, organisation)
    if matches:
        return _matched(matches, rules)
    if kind == "governance":
        return _governance(facts, organisation, rules)
    sector = next(
        (
            (each, fact)
            for each, fact in facts.of(Sector, own=True)
            if fact.role in ("victim", "addressed") and fact.name in organisation.sectors
        ),
        None,
    )
    if sector is not None:
        reason = rules.reason("rel-sector", [sector[0].id], sector=sector[1].name.replace("-", " "))
        return Relevance("maybe", (reason,), "Do we use what was attacked, in the way it was attacked?")
    country = next(
        (
            (each, fact)
            for each, fact in facts.of(Country, own=True)
            if fact.role in ("victim", "addressed") and fact.code in organisation.countries
        ),
        None,
    )
    if country is not None:
        reason = rules.reason("rel-country", [country[0].id], country=country[1].code)
        return Relevance("maybe", (reason,), "Do we use what was attacked, in the way it was attacked?")
    named = _named(facts)
    victims = [fact.name for _, fact in facts.of(NamedOrganisation, own=True) if fact.role == "victim"]
    victims += [
        claim.subject
        for _, claim in facts.of(Claim, own=True)
        if claim.question == "breached" and claim.subject
    ]
    if kind == "breach" and victims:
        reason = rules.reason(
            "rel-victim", [each.id for each in facts.story.observations[:1]], victim=victims[0]
        )
        return Relevance(
            "maybe",
            (reason,),
            f"Does {victims[0]} supply us, hold data of ours or have access to our systems?",
        )
    if organisation.given and organisation.products_complete and named:
        shown = ", ".join(named[:3])
        return Relevance("no", (rules.reason("rel-covered", _places(facts), products=shown),))
    reason = rules.reason("rel-no-match" if organisation.given else "rel-no-profile", _places(facts))
    subject = named[0] if named else ""
    question = f"Do we use {subject}?" if subject else "Do we use what is affected?"
    return Relevance("maybe", (reason,), question, _command(facts, subject))


def _governance(facts: Facts, organisation: Organisation, rules: Rules) -> Relevance:
    duties = facts.of(Duty, own=True)
    cited = [each.id for each, _ in duties[:2]] or [each.id for each in facts.story.observations[:1]]
    federal = bool(duties) and all(fact.binds == "federal" for _, fact in duties)
    if federal and organisation.federal:
        return Relevance("yes", (rules.reason("rel-federal", cited),))
    if federal and organisation.given:
        return Relevance("no", (rules.reason("rel-federal-only", cited),))
    if federal:
        return Relevance(
            "maybe",
            (rules.reason("rel-federal-only", cited),),
            "Are we a federal body, or bound to one by contract?",
        )
    return Relevance(
        "maybe",
        (rules.reason("rel-govern", cited),),
        "Does a law, regulator or contract of ours refer to it?",
    )


def _matched(matches: list[tuple[OwnProduct, Product, str, str]], rules: Rules) -> Relevance:
    reasons: list[Reason] = []
    inside = False
    outside = True
    for own, fact, seen, state in matches[:5]:
        name = f"{own.vendor} {own.product}".strip()
        if state == "inside":
            inside, outside = True, False
            reasons.append(
                rules.reason(
                    "rel-match-version", [seen], product=name, version=own.version, range=fact.versions
                )
            )
        elif state == "outside":
            reasons.append(
                rules.reason(
                    "rel-version-out", [seen], product=name, version=own.version, range=fact.versions
                )
            )
        else:
            outside = False
            reasons.append(rules.reason("rel-match", [seen], product=name))
    matched = tuple(dict.fromkeys(f"{own.vendor} {own.product}".strip() for own, _, _, _ in matches))
    if outside and not inside:
        return Relevance("no", tuple(reasons), matched=matched)
    versioned = any(own.version for own, _, _, _ in matches)
    question = "" if inside or versioned else f"Which version of {matched[0]} do we run?"
    return Relevance("yes", tuple(reasons), question, matched=matched)


def _matches(facts: Facts, organisation: Organisation) -> list[tuple[OwnProduct, Product, str, str]]:
    found = []
    for own in organisation.products:
        for seen, fact in facts.of(Product, own=True):
            if fact.status != "not-affected" and same_product(own, fact):
                found.append((own, fact, seen.id, affected(own.version, fact.versions)))
        for seen, indicator in facts.of(Indicator, own=True):
            if (
                indicator.type == "package"
                and own.purl
                and own.purl.split("@")[0].endswith("/" + indicator.value.lstrip("@"))
            ):
                found.append((own, Product(indicator.value), seen.id, "unknown"))
    order = {"inside": 0, "unknown": 1, "outside": 2}
    return sorted(found, key=lambda row: (order[row[3]], row[0].product, row[2]))


def same_product(own: OwnProduct, fact: Product) -> bool:
    """Whether a product of the profile is the one a source names: package, CPE, or words of name and vendor."""
    if own.purl and fact.purl and own.purl.split("@")[0] == fact.purl.split("@")[0]:
        return True
    if own.cpe and fact.cpe and own.cpe.split(":")[3:5] == fact.cpe.split(":")[3:5]:
        return True
    mine = set(_WORD.findall(own.product.lower())) - _SMALL
    theirs = set(_WORD.findall(fact.product.lower())) - _SMALL
    if not mine or not theirs:
        return False
    if own.vendor and fact.vendor:
        vendors = set(_WORD.findall(own.vendor.lower())) & set(_WORD.findall(fact.vendor.lower())) - _SMALL
        if not vendors:
            return mine == theirs and len("".join(mine)) > 5
    mine -= set(_WORD.findall(own.vendor.lower()))
    theirs -= set(_WORD.findall(fact.vendor.lower()))
    smaller, larger = sorted((mine, theirs), key=len)
    return bool(smaller) and smaller <= larger


def _named(facts: Facts) -> list[str]:
    names = [
        f"{fact.vendor} {fact.product}".strip()
        if fact.vendor and not fact.product.lower().startswith(fact.vendor.lower())
        else fact.product
        for _, fact in facts.of(Product, own=True)
        if fact.status != "not-affected"
    ]
    return list(dict.fromkeys(names))


def _places(facts: Facts) -> list[str]:
    return [each.id for each, fact in facts.of(Product, own=True)][:2] or [
        each.id for each in facts.story.observations[:1]
    ]


def _command(facts: Facts, subject: str) -> str:
    """A read-only command that looks for a package or product on one host, "" when none fits."""
    packages = [fact.value for _, fact in facts.of(Indicator, own=True) if fact.type == "package"]
    packages += [
        fact.product
        for _, fact in facts.of(Product, own=True)
        if fact.purl.startswith(("pkg:npm/", "pkg:pypi/"))
    ]
    if packages:
        name = shlex.quote(packages[0])
        return f"grep -rlF --include=package-lock.json --include=requirements.txt -e {name} ."
    word = max(_WORD.findall(subject.lower()), key=len, default="")
    return (
        f"dpkg-query -W -f '${{Package}} ${{Version}}\\n' | grep -iF -e {shlex.quote(word)}"
        if len(word) > 3
        else ""
    )
