# SPDX-License-Identifier: Apache-2.0
"""Duties and dates with whether they bind the reader, and KEV due dates.

A deadline that binds others is a date to watch, not one of ours. Duties of an act that has ended are left out.
Clocks of law are in `clocks`.
"""

from __future__ import annotations

from typing import Final

from scc.assess.acts import acts_of
from scc.assess.evidence import Facts
from scc.assess.rules import Rules
from scc.model.assessment import Answer, Deadline, Scored
from scc.model.facts import Duty, Observation
from scc.model.organisation import Organisation

BOD_26_04_FROM: Final = "2026-06-10"
"""BOD 22-01 applies to dates until 2026-06-09; BOD 26-04 from then on."""


def deadlines(
    facts: Facts, flaws: tuple[Scored, ...], organisation: Organisation, now: str, rules: Rules
) -> tuple[Deadline, ...]:
    """Every dated duty of the sources and every KEV due date, sorted by date, then owner."""
    found: dict[tuple[str, str, str], Deadline] = {}
    acts = acts_of(facts)
    for seen, duty in _unique_duties(facts):
        answer, rule = binds(duty, organisation)
        clause = f", section {duty.clause}" if duty.clause else ""
        source = acts[0] if acts else facts.documents[seen.document].title
        row = Deadline(
            date=duty.date,
            duty=duty.duty,
            owner=duty.owner,
            binds_us=answer,
            basis=f"{source}{clause}" + (f" ({duty.period})" if duty.period else ""),
            why=rules.text(rule),
            observations=(seen.id,),
            rule=rule,
            state="passed" if duty.date < now[:10] else "due",
        )
        found.setdefault((row.date, row.owner, row.duty), row)
    for flaw in flaws:
        if flaw.kev is not None and flaw.kev.due_date:
            row = _kev(flaw, flaw.kev.date_added, flaw.kev.due_date, organisation, now, rules)
            # The date of the catalogue stands for reports of the same date.
            for key in [
                key for key, each in found.items() if each.date == row.date and "ederal" in each.owner
            ]:
                del found[key]
            found[(row.date, row.owner, row.duty)] = row
    return tuple(sorted(found.values(), key=lambda each: (each.date, each.owner, each.duty)))


def _kev(flaw: Scored, added: str, due: str, organisation: Organisation, now: str, rules: Rules) -> Deadline:
    directive = "BOD 26-04" if due >= BOD_26_04_FROM else "BOD 22-01"
    return Deadline(
        date=due,
        duty=f"Remediate {flaw.id} or stop using the product",
        owner="Federal civilian agencies",
        binds_us="yes" if organisation.federal else "no",
        basis=f"{directive}; CISA KEV entry of {added}",
        why=rules.text("due-federal-ours" if organisation.federal else "due-kev"),
        observations=flaw.observations[:2],
        rule="due-kev",
        state="passed" if due < now[:10] else "due",
    )


def _unique_duties(facts: Facts) -> list[tuple[Observation, Duty]]:
    """Dated duties of the most direct document; a report's version of a date that the text itself sets is left out."""
    rows = [(seen, duty) for seen, duty in facts.of(Duty, own=True) if duty.date]
    official = {
        seen.document for seen, _ in rows if facts.documents[seen.document].publisher_kind == "authority"
    }
    kept: list[tuple[Observation, Duty]] = []
    known: set[tuple[str, str]] = set()
    dates: set[str] = set()
    for seen, duty in sorted(
        rows, key=lambda pair: (pair[0].document not in official, pair[0].document, pair[0].id)
    ):
        key = (duty.date, duty.clause or duty.duty)
        if key in known or (official and seen.document not in official and duty.date in dates):
            continue
        known.add(key)
        dates.add(duty.date)
        kept.append((seen, duty))
    return kept


def binds(duty: Duty, organisation: Organisation) -> tuple[Answer, str]:
    """Whether a duty binds the reader, and the rule that says so."""
    if duty.binding == "voluntary":
        return "no", "due-voluntary"
    if duty.binds == "federal":
        return ("yes", "due-federal-ours") if organisation.federal else ("no", "due-federal")
    if duty.binds == "member-states":
        return "no", "due-states"
    if duty.binds == "manufacturers" and organisation.given:
        return ("yes", "due-manufacturer") if organisation.manufacturer else ("no", "due-manufacturers-only")
    return "maybe", "due-unknown"
