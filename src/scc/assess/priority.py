# SPDX-License-Identifier: Apache-2.0
"""One urgency with its do-by time, confidence, and what would raise it. Each by a named rule."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from scc.assess.evidence import Facts
from scc.assess.rules import Rules
from scc.model.assessment import Deadline, Level, Priority, Reason, Relevance
from scc.model.facts import Claim
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
    deadlines: tuple[Deadline, ...],
    historical: bool,
    organisation: Organisation,
    rules: Rules,
) -> tuple[Priority, tuple[Reason, ...]]:
    """The priority and the reason of the rule that decided; severity alone never sets it."""
    asserted = [each for each in exploitation if each.rule != "exp-reported"]
    cited = [one for each in asserted for one in each.observations][:3]
    reach = exposed(relevance, organisation)
    if relevance.answer == "no":
        return "deferred", (rules.reason("pri-deferred-not-ours", relevance.why[0].observations),)
    if kind == "governance":
        if any(each.binds_us == "yes" for each in deadlines) or not deadlines:
            return "standard", (rules.reason("pri-standard-binding"),)
        return "deferred", (rules.reason("pri-govern"),)
    if historical and not (relevance.answer == "yes" and reach is True):
        return "deferred", (rules.reason("pri-deferred-historical"),)
    if asserted:
        if relevance.answer == "yes" and reach is True and not historical:
            return "immediate", (rules.reason("pri-immediate", cited),)
        return "urgent", (rules.reason("pri-urgent-exploited", cited),)
    if kind == "supply-chain" and level in ("high", "critical"):
        return "urgent", (rules.reason("pri-urgent-supply"),)
    if level in ("low", "none"):
        return "deferred", (rules.reason("pri-deferred-low"),)
    return "standard", (rules.reason("pri-standard"),)


def do_by(chosen: Priority, now: str, deadlines: tuple[Deadline, ...], rules: Rules) -> tuple[str, str]:
    """(time, rule in words) by which to decide: our own binding date if it is earlier than the priority's."""
    moment = datetime.datetime.fromisoformat(now.replace("Z", "+00:00"))
    spans = {
        "immediate": (datetime.timedelta(hours=1), "by-hour"),
        "urgent": (datetime.timedelta(hours=24), "by-day"),
        "standard": (datetime.timedelta(days=14), "by-fortnight"),
    }
    ours = sorted(each.date for each in deadlines if each.binds_us == "yes" and each.date >= now[:10])
    if chosen not in spans:
        return (ours[0], "A date that binds you.") if ours else ("", "")
    span, rule = spans[chosen]
    due = moment + span
    if ours and ours[0] < due.date().isoformat():
        return ours[0], "A date that binds you."
    shown = due.strftime("%Y-%m-%dT%H:%MZ") if chosen != "standard" else due.date().isoformat()
    return shown, rules.text(rule)


def confidence(facts: Facts, rules: Rules) -> tuple[Confidence, Reason]:
    """High, moderate or low by tier, directness and independent origins (the issue of one rule, not of taste)."""
    story = facts.story
    best = min(story.origins, key=lambda each: (each.tier, each.id))
    publishers = {each.id: each for each in story.documents}
    first = publishers[best.documents[0]]
    cited = [each.id for each in story.observations if each.document == first.id][:2]
    name = first.publisher or "unknown publisher"
    direct = [
        each
        for each in story.documents
        if each.tier == "T1" and each.publisher_kind in ("authority", "vendor", "cert", "unknown", "research")
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


def _interested_only(facts: Facts) -> bool:
    """Whether the only voices are a victim's or an attacker's on the event itself."""
    claims = [claim for _, claim in facts.of(Claim, own=True)]
    victims = all(each.publisher_kind == "victim" for each in facts.story.documents)
    return victims or (bool(claims) and all(each.holder == "attacker" for each in claims))


def escalation(
    kind: ItemType, plan_is_technical: bool, exploited: bool, organisation: Organisation, rules: Rules
) -> tuple[Reason, ...]:
    """Observable criteria that raise the priority, with whom to phone (roles of the profile)."""
    roles = organisation.roles
    if kind == "governance":
        chosen: Sequence[str] = ("esc-binding",)
    elif kind == "breach":
        chosen = ("esc-data", "esc-supplier", "esc-compromise")
    elif not plan_is_technical:
        chosen = ("esc-supplier",)
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
