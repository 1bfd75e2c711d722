# SPDX-License-Identifier: Apache-2.0
"""One urgency with its do-by time, confidence, and what would raise it. Each by a named rule."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final

from scc.assess.acts import Ended
from scc.assess.evidence import Facts
from scc.assess.inventory import ecosystem
from scc.assess.mentions import host
from scc.assess.rules import Rules
from scc.model.assessment import Deadline, Level, Priority, Reason, Relevance, Scored
from scc.model.facts import Claim, Epss, Indicator, NamedOrganisation, Product, Ssvc
from scc.model.ids import ItemType
from scc.model.organisation import Organisation
from scc.model.provenance import Confidence

HISTORICAL_DAYS = 90
"""An event older than this at the clock is historical."""


def exposed(relevance: Relevance, organisation: Organisation) -> bool | None:
    """Whether a matched product of the reader is reachable from the internet; None: not known."""
    states = [
        each.exposed
        for each in organisation.products
        if f"{each.vendor} {each.product}".strip() in relevance.matched
    ]
    if any(state is True for state in states):
        return True
    return False if states and all(state is False for state in states) else None


def priority(
    kind: ItemType,
    level: Level,
    relevance: Relevance,
    exploitation: tuple[Reason, ...],
    flaws: tuple[Scored, ...],
    compromised: Sequence[str],
    ruled: bool,
    ended: tuple[Ended, ...],
    deadlines: tuple[Deadline, ...],
    historical: bool,
    organisation: Organisation,
    facts: Facts,
    rules: Rules,
) -> tuple[Priority, tuple[Reason, ...]]:
    """The priority and the reason of the rule that decided, the first that applies; severity alone never sets it.

    `compromised` are the observations that say that we were hit ourselves, `ruled` that a person said so; `deadlines` those of the sources.
    """
    asserted = [each for each in exploitation if each.rule != "exp-reported"]
    cited = [one for each in asserted for one in each.observations][:3]
    reach = exposed(relevance, organisation)
    if ruled:
        return "immediate", (rules.reason("pri-immediate-ruled"),)
    if compromised:
        return "immediate", (rules.reason("pri-immediate-compromise", compromised),)
    if ended:
        return "deferred", tuple(_ended(each, rules) for each in ended)
    if relevance.answer == "no":
        return "deferred", (rules.reason("pri-deferred-not-ours", relevance.why[0].observations),)
    if kind == "governance":
        if any(each.binds_us != "no" for each in deadlines) or not deadlines:
            return "standard", (rules.reason("pri-standard-binding"),)
        return "deferred", (rules.reason("pri-govern"),)
    ours = relevance.answer == "yes" and reach is True
    if historical and not ours:
        return "deferred", (rules.reason("pri-deferred-historical"),)
    if level not in ("low", "none") and all(each.part_of and each.excerpt for each in facts.story.documents):
        return "standard", (rules.reason("pri-standard-line", cited),)
    if asserted and ours and not historical:
        if _long_known(flaws, relevance, facts):
            return "urgent", (rules.reason("pri-urgent-long-known", cited),)
        return "immediate", (rules.reason("pri-immediate", cited),)
    if asserted and organisation.products and relevance.why[0].rule == "rel-no-match":
        return "standard", (rules.reason("pri-standard-no-match", cited),)
    if asserted:
        if relevance.answer == "yes" and reach is False:
            return "standard", (rules.reason("pri-standard-inside", cited),)
        if relevance.matched and _long_known(flaws, relevance, facts):
            return "standard", (rules.reason("pri-standard-long-known", cited),)
        return "urgent", (rules.reason("pri-urgent-exploited", cited),)
    if kind == "supply-chain" and level in ("high", "critical"):
        if (
            organisation.products
            and relevance.why[0].rule == "rel-no-match"
            and not _builds(facts, organisation)
        ):
            return "standard", (rules.reason("pri-standard-no-match-supply"),)
        if _only_its_host(relevance) and not _builds(facts, organisation):
            return "standard", (rules.reason("pri-standard-host-supply", relevance.why[0].observations),)
        return "urgent", (rules.reason("pri-urgent-supply"),)
    if ours and (likely := _likely(flaws, facts)):
        return "urgent", (rules.reason("pri-urgent-likely", likely),)
    if level in ("low", "none"):
        return "deferred", (rules.reason("pri-deferred-low"),)
    return "standard", (rules.reason("pri-standard"),)


def _only_its_host(relevance: Relevance) -> bool:
    """Whether all that the words name of ours is an operating system: what the code runs on, not what carried it."""
    return (
        relevance.why[0].rule in ("rel-named-product", "rel-named-supplier")
        and bool(relevance.matched)
        and all(host(each) for each in relevance.matched)
    )


def _builds(facts: Facts, organisation: Organisation) -> bool:
    """Whether a package named belongs to a registry that the reader uses, by platforms or components of the profile."""
    used = {*organisation.platforms, *(ecosystem(each.purl) for each in organisation.products)}
    named = {ecosystem(fact.value) for _, fact in facts.of(Indicator, own=True) if fact.type == "package"}
    named |= {ecosystem(fact.purl) for _, fact in facts.of(Product, own=True)}
    return bool((named - {""}) & used)


LONG_KNOWN: Final = 2
"""Years after which a flaw's fix has long been out: BOD 22-01 gave flaws of earlier years six months instead of two
weeks; with us its listing is no reason to wake anybody unless our version is known to be affected."""


def _long_known(flaws: tuple[Scored, ...], relevance: Relevance, facts: Facts) -> bool:
    """Whether every exploited flaw got its CVE id years before the story and our version is not known to be affected."""
    if any(each.rule == "rel-match-version" for each in relevance.why):
        return False
    dates = [each.date[:4] for each in facts.story.documents if each.date[:4].isdigit()]
    matched = {one for each in relevance.why for one in each.observations}
    ours = {
        fact.vulnerability for seen, fact in facts.of(Product) if seen.id in matched and fact.vulnerability
    }
    years = [
        int(each.id.split("-")[1])
        for each in flaws
        if each.exploited and each.id.startswith("CVE-") and (not ours or each.id in ours)
    ]
    return bool(dates) and bool(years) and max(years) + LONG_KNOWN <= int(max(dates))


def _ended(act: Ended, rules: Rules) -> Reason:
    values = {"act": act.id, "status": act.status, "since": act.since or "an unknown date"}
    if act.by:
        return rules.reason("pri-act-ended-by", act.observations, successor=act.by, **values)
    return rules.reason("pri-act-ended", act.observations, **values)


LIKELY: Final = 0.10
"""EPSS from which exploitation is expected soon enough to look today (CISA and FIRST give no limit: ours)."""


def _likely(flaws: tuple[Scored, ...], facts: Facts) -> list[str]:
    """Observations that make exploitation of a high flaw likely: public exploit code, or the EPSS."""
    wanted = {each.id for each in flaws if any(one.score >= 7.0 for one in each.cvss)}
    found = [
        each.id for each, fact in facts.of(Epss) if fact.vulnerability in wanted and fact.score >= LIKELY
    ]
    found += [
        each.id
        for each, fact in facts.of(Ssvc)
        if fact.vulnerability in wanted and fact.exploitation in ("poc", "public poc") and not fact.predicted
    ]
    found += [
        each.id
        for each, claim in facts.of(Claim, own=True)
        if claim.question == "proof-of-concept"
        and claim.value == "yes"
        and claim.modality in ("asserted", "reported")
        and wanted & ({claim.subject} if claim.subject else wanted)
    ]
    return found[:3]


def compromise(facts: Facts, organisation: Organisation) -> list[str]:
    """Observations that say that the reader's own organisation was breached or attacked, and not by its denial."""
    if not organisation.given:
        return []
    name = organisation.name.casefold()
    found = [
        each.id
        for each, claim in facts.of(Claim, own=True)
        if claim.question == "breached"
        and claim.value == "yes"
        and claim.modality in ("asserted", "reported")
        and claim.subject.casefold() == name
    ]
    found += [
        each.id
        for each, fact in facts.of(NamedOrganisation, own=True)
        if fact.role == "victim" and fact.name.casefold() == name
    ]
    return found[:3]


def do_by(chosen: Priority, now: str, deadlines: tuple[Deadline, ...], rules: Rules) -> tuple[str, str]:
    """(time, rule in words) by which to decide: our own binding date if it is earlier than the priority's."""
    moment = datetime.datetime.fromisoformat(now.replace("Z", "+00:00"))
    spans = {
        "immediate": (datetime.timedelta(hours=1), "by-hour"),
        "urgent": (datetime.timedelta(hours=24), "by-day"),
        "standard": (datetime.timedelta(days=14), "by-fortnight"),
    }
    ours = sorted(
        each.date
        for each in deadlines
        if each.binds_us == "yes" and each.date[:10] >= now[:10] and each.state in ("due", "running")
    )
    if chosen not in spans:
        return (ours[0], rules.text("by-bound")) if ours else ("", "")
    span, rule = spans[chosen]
    due = moment + span
    if ours and ours[0][:10] < due.date().isoformat():
        return ours[0], rules.text("by-bound")
    shown = due.strftime("%Y-%m-%dT%H:%MZ") if chosen != "standard" else due.date().isoformat()
    return shown, rules.text(rule)


def confidence(facts: Facts, rules: Rules) -> tuple[Confidence, Reason]:
    """High, moderate or low by tier, directness and independent origins (the issue of one rule, not of taste)."""
    story = facts.story
    best = min(story.origins, key=lambda each: (each.tier, each.id))
    publishers = {each.id: each for each in story.documents}
    first = publishers[best.documents[0]]
    cited = [each.id for each in story.observations if each.document == first.id][:2]
    name = first.publisher or "an unknown publisher"
    direct = [
        each
        for each in story.documents
        if each.tier == "T1"
        and each.publisher_kind in ("authority", "vendor", "cert", "unknown", "research")
        and not _on_itself(each.id, facts)
    ]
    interested = _interested_only(facts)
    if direct and not interested:
        publisher = direct[0].publisher or name
        places = [each.id for each in story.observations if each.document == direct[0].id][:2]
        return "high", rules.reason("conf-primary", places or cited, publisher=publisher)
    credible = [each for each in story.origins if each.tier in ("T1", "T2")]
    if len(credible) >= 2:
        return "high", rules.reason("conf-origins", cited)
    if credible and not interested:
        return "moderate", rules.reason("conf-one", cited, publisher=name)
    if len(story.origins) >= 2:
        return "moderate", rules.reason("conf-press", cited)
    return "low", rules.reason("conf-low", cited, publisher=name)


def _on_itself(document: str, facts: Facts) -> bool:
    """Whether a document tells of its publisher's own breach: an interested party, however direct."""
    return any(
        claim.about_self and claim.question in ("breached", "data-taken", "number-affected", "cause")
        for each, claim in facts.of(Claim, own=True)
        if each.document == document
    )


def _interested_only(facts: Facts) -> bool:
    """Whether the only voices are a victim's or an attacker's on the event itself."""
    claims = [claim for _, claim in facts.of(Claim, own=True)]
    victims = all(
        each.publisher_kind == "victim" or _on_itself(each.id, facts) for each in facts.story.documents
    )
    return victims or (bool(claims) and all(each.holder == "attacker" for each in claims))


def escalation(
    kind: ItemType,
    plan_is_technical: bool,
    exploited: bool,
    flawed: bool,
    organisation: Organisation,
    rules: Rules,
) -> tuple[Reason, ...]:
    """Observable criteria that raise the priority, with whom to phone (roles of the profile)."""
    roles = organisation.roles
    if kind == "governance":
        chosen: Sequence[str] = ("esc-binding",)
    elif kind == "breach":
        chosen = ("esc-data", "esc-supplier", "esc-compromise")
    elif not plan_is_technical:
        chosen = ("esc-supplier",)
    elif not flawed:
        # Without a flaw nobody lists or confirms its exploitation: what counts is a trace here.
        chosen = ("esc-compromise", "esc-supplier")
    else:
        chosen = ("esc-exposed", "esc-compromise") if exploited else ("esc-exploited", "esc-compromise")
    values = {
        "lead": roles.lead,
        "it": roles.it,
        "management": roles.management,
        "legal": roles.legal,
        "privacy": roles.privacy,
    }
    return tuple(rules.reason(each, **values) for each in chosen)
