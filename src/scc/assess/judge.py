# SPDX-License-Identifier: Apache-2.0
"""Story to Assessment: every judgement with the rule and the inputs that gave it. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from scc.assess.acts import ended
from scc.assess.clocks import clock_rows
from scc.assess.deadlines import deadlines
from scc.assess.epss import jumps
from scc.assess.evidence import Facts, Records
from scc.assess.exploitation import exploitation
from scc.assess.flaws import header_score, scored
from scc.assess.kinds import facets, item_type
from scc.assess.priority import (
    HISTORICAL_DAYS,
    compromise,
    confidence,
    do_by,
    escalation,
    exposed,
    priority,
)
from scc.assess.relevance import relevance
from scc.assess.rules import Rules
from scc.assess.severity import severity
from scc.assess.tables import outcomes
from scc.assess.themes import themes
from scc.assess.undated import capped, latest_told
from scc.model.assessment import Assessment
from scc.model.decision import Decision
from scc.model.organisation import Organisation
from scc.model.story import Story

if TYPE_CHECKING:
    from scc.content import Content
    from scc.knowledge import Knowledge


def assess(
    story: Story,
    records: Records,
    organisation: Organisation,
    decisions: Sequence[Decision],
    knowledge: Knowledge,
    content: Content,
    now: str,
) -> Assessment:
    """The assessment of a story at the clock `now` (ISO 8601 UTC).

    `records` are record documents with their observations that share an id with the story.
    """
    facts = Facts(story, records)
    rules = Rules(content)
    flaws = scored(facts, knowledge)
    kind, type_reason = item_type(facts, flaws, rules)
    found = facets(facts, flaws)
    voices = exploitation(facts, flaws, rules)
    level, reasons = severity(kind, found, facts, flaws, voices, rules)
    answer = relevance(kind, found, facts, flaws, organisation, rules, content)
    over = ended(facts, knowledge, now) if kind == "governance" else ()
    if over:
        level, reasons = "low", (rules.reason("sev-act-ended", over[0].observations),)
    dates = () if over else deadlines(facts, flaws, organisation, now, rules)
    clocks = () if over else clock_rows(story.known_as, kind, answer, organisation, decisions, now, content)
    event, age = _age(story, now)
    historical = bool(over) or (age is not None and age > HISTORICAL_DAYS)
    hit = compromise(facts, organisation)
    ruled = any(each.opens_incident(story.known_as) for each in decisions)
    if ruled:
        answer = msgspec.structs.replace(
            answer, answer="yes", why=(rules.reason("rel-ruled"), *answer.why), question=""
        )
    chosen, why = priority(
        kind, level, answer, voices, flaws, hit, ruled, over, dates, historical, organisation, facts, rules
    )
    if not over:
        chosen, why = capped(
            chosen,
            why,
            latest_told(facts, now),
            ruled or bool(hit),
            flaws,
            answer,
            exposed(answer, organisation),
            rules,
        )
    if not over and answer.answer != "no":
        why = (*why, *jumps(facts, flaws, rules))
    due, due_rule = do_by(chosen, now, (*dates, *clocks), rules)
    trust, trust_reason = confidence(facts, rules)
    exploited = any(each.rule != "exp-reported" for each in voices)
    return Assessment(
        type=kind,
        type_reason=type_reason,
        facets=found,
        severity=level,
        severity_reasons=reasons,
        vulnerabilities=flaws,
        cvss=header_score(flaws),
        priority=chosen,
        priority_reasons=why,
        do_by=due,
        do_by_rule=due_rule,
        confidence=trust,
        confidence_reason=trust_reason,
        relevance=answer,
        deadlines=(*dates, *clocks),
        outcomes=outcomes(flaws, organisation, exposed(answer, organisation), now, rules, knowledge),
        exploitation=voices,
        escalation=escalation(kind, kind != "governance", exploited, bool(flaws), organisation, rules),
        historical=historical,
        event_date=event,
        age_days=age,
        themes=themes(kind, found, facts, flaws, knowledge),
    )


def _age(story: Story, now: str) -> tuple[str, int | None]:
    """The latest news decides whether a story is old; the event's date is its earliest source's."""
    dates = sorted(each.date for each in story.documents if len(each.date) == 10)
    if not dates:
        return "", None
    today = datetime.date.fromisoformat(now[:10])
    try:
        age = (today - datetime.date.fromisoformat(dates[-1])).days
    except ValueError:
        return dates[0], None
    return dates[0], max(0, age)
