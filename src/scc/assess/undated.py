# SPDX-License-Identifier: Apache-2.0
"""Old news without a date: where no publication date is known and the latest day that the text itself tells is long past, the
priority is at most standard, and the briefing says why.

Never lowers what a person ruled, what says that we were hit ourselves, nor a flaw in KEV whose affected version runs with us
where the internet reaches it. Dated stories are `judge`'s work.
"""

from __future__ import annotations

import calendar
import datetime
from typing import Final, NamedTuple

from scc.assess.evidence import Facts
from scc.assess.rules import Rules
from scc.model.assessment import Priority, Reason, Relevance, Scored
from scc.model.facts import Date

UNDATED_MONTHS: Final = 12
"""Months after the latest day told from which an undated text counts as old news. Of the corpus's dated articles that tell a
day besides their own, one in twenty-seven told none of the year before it was published (one in eleven none of the half
year before): a shorter span would call too much old, a longer one leaves old reports urgent."""


class Told(NamedTuple):
    """The latest day that the texts of a story tell (YYYY, YYYY-MM or YYYY-MM-DD), and the places where they do."""

    date: str
    observations: tuple[str, ...]


def latest_told(facts: Facts, now: str) -> Told | None:
    """The latest day told in a story none of whose documents has a date, if it is long past at `now`; else None. A document in
    which no day is told leaves the age of its story unknown."""
    if any(each.date for each in facts.story.documents):
        return None
    told = {
        each.document: (fact.date, each.id)
        for each, fact in facts.of(Date, own=True)
        if each.rule == "date:latest"
    }
    if not told or any(each.id not in told for each in facts.story.documents):
        return None
    last = max(date for date, _ in told.values())
    if _months_between(_last_day(last), now[:10]) < UNDATED_MONTHS:
        return None
    return Told(last, tuple(sorted(id_ for date, id_ in told.values() if date == last))[:2])


def capped(
    chosen: Priority,
    why: tuple[Reason, ...],
    told: Told | None,
    spared: bool,
    flaws: tuple[Scored, ...],
    relevance: Relevance,
    exposed: bool | None,
    rules: Rules,
) -> tuple[Priority, tuple[Reason, ...]]:
    """The priority of an undated story, at most standard when what it tells is old, with the reason in front of the others.
    `spared`: a person ruled it, or it says that we were hit ourselves."""
    if told is None:
        return chosen, why
    values = {"date": told.date, "months": str(UNDATED_MONTHS)}
    listed = any(each.kev is not None for each in flaws)
    running = any(each.rule == "rel-match-version" for each in relevance.why)
    kept = spared or (listed and running and relevance.answer == "yes" and exposed is True)
    if chosen in ("immediate", "urgent") and not kept:
        return "standard", (rules.reason("pri-standard-undated", told.observations, **values), *why)
    return chosen, (*why, rules.reason("pri-undated", told.observations, **values))


def _last_day(date: str) -> str:
    """The last day of a year or month, a day itself."""
    parts = [int(each) for each in date.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return datetime.date(year, month, day).isoformat()


def _months_between(first: str, last: str) -> int:
    """Whole months from one ISO date to another, negative when the first comes later."""
    one, two = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    return (two.year - one.year) * 12 + two.month - one.month - (two.day < one.day)
