# SPDX-License-Identifier: Apache-2.0
"""Duties and dates with whether they bind the reader; KEV due dates; clocks that news would start.

A deadline that binds others is a date to watch. News starts no clock of ours: a clock is shown as what would
start it. A duty of a revoked act is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scc.assess.evidence import Facts
from scc.assess.kinds import acts_of
from scc.assess.rules import Rules
from scc.model.assessment import Answer, Deadline, Scored
from scc.model.facts import Duty
from scc.model.ids import ItemType
from scc.model.organisation import Organisation

if TYPE_CHECKING:
    from scc.knowledge import Knowledge


def deadlines(
    kind: ItemType,
    facts: Facts,
    flaws: tuple[Scored, ...],
    organisation: Organisation,
    now: str,
    rules: Rules,
    knowledge: Knowledge,
) -> tuple[Deadline, ...]:
    """Every dated duty of the sources and every KEV due date, sorted by date, then owner."""
    found: dict[tuple[str, str, str], Deadline] = {}
    acts = acts_of(facts)
    for seen, duty in _unique_duties(facts):
        if not duty.date:
            continue
        answer, rule = _binds(duty, organisation)
        clause = f", section {duty.clause}" if duty.clause else ""
        source = acts[0] if acts else facts.documents[seen].title if seen in facts.documents else "the text"
        where = next((each for each, fact in facts.of(Duty) if fact == duty), None)
        row = Deadline(
            date=duty.date,
            duty=duty.duty,
            owner=duty.owner,
            binds_us=answer,
            basis=f"{source}{clause}" + (f" ({duty.period})" if duty.period else ""),
            why=rules.text(rule),
            observations=(where.id,) if where else (),
            rule=rule,
            state="passed" if duty.date < now[:10] else "due",
        )
        found.setdefault((row.date, row.owner, row.duty), row)
    for flaw in flaws:
        if flaw.kev is None or not flaw.kev.due_date:
            continue
        row = Deadline(
            date=flaw.kev.due_date,
            duty=f"Remediate {flaw.id} or stop using the product",
            owner="Federal civilian agencies",
            binds_us="yes" if organisation.federal else "no",
            basis=f"CISA KEV entry of {flaw.kev.date_added}",
            why=rules.text("due-federal-ours" if organisation.federal else "due-kev"),
            observations=flaw.observations[:2],
            rule="due-kev",
            state="passed" if flaw.kev.due_date < now[:10] else "due",
        )
        # The date of the catalogue stands for reports of the same date.
        for key in [key for key, each in found.items() if each.date == row.date and "ederal" in each.owner]:
            del found[key]
        found[(row.date, row.owner, row.duty)] = row
    del kind, knowledge
    return tuple(sorted(found.values(), key=lambda each: (each.date, each.owner, each.duty)))


def _unique_duties(facts: Facts) -> list[tuple[str, Duty]]:
    """Duties of the most direct document; a report's version of a date that the text itself sets is left out."""
    rows = facts.of(Duty, own=True)
    official = {
        seen.document for seen, _ in rows if facts.documents[seen.document].publisher_kind == "authority"
    }
    kept: list[tuple[str, Duty]] = []
    known: set[tuple[str, str]] = set()
    for seen, duty in sorted(
        rows, key=lambda pair: (pair[0].document not in official, pair[0].document, pair[0].id)
    ):
        key = (duty.date, duty.clause or duty.duty)
        if key in known or (
            official and seen.document not in official and any(date == duty.date for date, _ in known)
        ):
            continue
        known.add(key)
        kept.append((seen.document, duty))
    return kept


def _binds(duty: Duty, organisation: Organisation) -> tuple[Answer, str]:
    if duty.binds == "federal":
        return ("yes", "due-federal-ours") if organisation.federal else ("no", "due-federal")
    return "maybe", "due-unknown"
