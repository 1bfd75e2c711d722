# SPDX-License-Identifier: Apache-2.0
"""ServiceNow: a record for the Table API, in the security incident table `sn_si_incident`.

Only columns of the base table `task` are written, so the same body goes to `incident` where Security Incident
Response is not installed. `correlation_id` holds the item, by which a script finds the record again. Journals and
descriptions take 4,000 characters: the description has the facts, the work note the checklist.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from scc.model.briefing import Briefing
from scc.share.interface import Context, NotApplicable
from scc.share.tickets.text import cut, day, document, request, ticket

SHORT_MOST: Final = 160
TEXT_MOST: Final = 4000
_IMPACT: Final = {"critical": "1", "high": "1", "medium": "2", "low": "3", "none": "3"}
_URGENCY: Final = {"immediate": "1", "urgent": "2", "standard": "3", "deferred": "3"}
"""1 high, 2 medium, 3 low; the instance makes the priority of both."""


def write(briefing: Briefing, context: Context) -> bytes | NotApplicable:
    """One security incident with its checklist as a work note."""
    found = ticket(briefing, context)
    if isinstance(found, NotApplicable):
        return found
    facts = [f"{label}: {value}" for label, value in found.facts]
    sources = [" ".join(part for part in each if part) for each in found.sources]
    steps = [
        f"[ ] {number}. {step.title}. {step.about}."
        + (f" Done when: {step.done_when}" if step.done_when else "")
        for number, step in enumerate(found.steps, 1)
    ]
    if found.more:
        steps.append(f"[ ] {found.more} more steps stand in the briefing")
    return document(
        "ServiceNow Table API",
        {"table": "sn_si_incident; incident where Security Incident Response is not installed"},
        request(
            "/api/now/table/{table}",
            {
                "short_description": cut(f"{found.item} {found.title}", SHORT_MOST),
                "description": _fitted([*facts, "", *found.summary, "", "Sources:", *sources]),
                "work_notes": _fitted(["Checklist", *steps]),
                "impact": _IMPACT[found.severity],
                "urgency": _URGENCY[found.priority],
                "correlation_id": found.item,
                "correlation_display": "Security Command Center",
                **({"due_date": f"{day(found.due)} {found.due:%H:%M:%S}"} if found.due else {}),
            },
        ),
    )


def _fitted(lines: Iterable[str]) -> str:
    """Whole lines up to the limit, then how many are left out."""
    every = list(lines)
    kept: list[str] = []
    room = TEXT_MOST - 60
    for number, each in enumerate(every):
        line = cut(each, 600)
        if len(line) + 1 > room:
            kept.append(f"({len(every) - number} more lines stand in the briefing)")
            break
        kept.append(line)
        room -= len(line) + 1
    return "\n".join(kept)
