# SPDX-License-Identifier: Apache-2.0
"""What a ticket says, whatever the system: facts, a step for each action of the plan, sources, a due date.

All texts are single lines without characters that obey instead of showing, cut at the lengths given here.
"""

from __future__ import annotations

import datetime
import json
import re
from typing import Any, Final

import msgspec

from scc.model.briefing import ActionShown, Briefing
from scc.model.plan import Command
from scc.render.characters import visible
from scc.render.labels import WHEN, minutes
from scc.render.links import safe
from scc.share.identity import moment, withdrawn
from scc.share.interface import Context, NotApplicable
from scc.share.texts import encodable, uri

STEPS_MOST: Final = 60
"""Steps in a checklist; what is beyond is counted."""
_MOMENT: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2})(?::[0-9]{2})?Z")
_LINE: Final = 1000
_COMMAND: Final = 4000
_SOURCES: Final = 15


class Step(msgspec.Struct, frozen=True):
    title: str
    about: str
    """Owner, time, when, and whether it changes anything: "IT; 45 min; First hour; changes state"."""
    text: str
    done_when: str
    first: tuple[str, ...]
    """What to keep before the step touches anything."""
    commands: tuple[Command, ...]
    undo: str


class Ticket(msgspec.Struct, frozen=True):
    item: str
    revision: int
    title: str
    facts: tuple[tuple[str, str], ...]
    """(label, value), values never empty."""
    summary: tuple[str, ...]
    steps: tuple[Step, ...]
    more: int
    """Steps beyond `STEPS_MOST`."""
    sources: tuple[tuple[str, str], ...]
    """(title, address); the address is http or https and may be "". """
    due: datetime.datetime | None
    """In UTC; None when nothing falls due."""
    priority: str
    severity: str
    labels: tuple[str, ...]
    """Lower case without blanks."""


def ticket(briefing: Briefing, context: Context) -> Ticket | NotApplicable:
    """The ticket; there is none for an item that was taken back or a plan without an action."""
    if withdrawn(briefing, context):
        return NotApplicable("the item was withdrawn")
    if briefing.status in ("dismissed", "merged"):
        return NotApplicable(f"the item was {briefing.status}")
    if not briefing.actions:
        return NotApplicable("the plan has no action")
    found = encodable(briefing)
    page = found.page_one
    facts = (
        ("Label", found.tlp),
        ("Decide", line(page.decide.text)),
        ("Do by", _said(_moment(line(page.do_by or "")), page.do_by_rule)),
        ("Concerns us", _said(found.relevance.answer, *(each.text for each in found.relevance.why))),
        ("Severity", found.severity.level),
        ("Priority", _said(found.priority, *(each.text for each in found.priority_reasons))),
        ("Escalate", " ".join(line(each.text) for each in found.escalation)),
    )
    sources = dict.fromkeys(
        (line(f"{each.publisher}: {each.title}")[:300], safe(uri(each.url))) for each in found.sources
    )
    return Ticket(
        item=found.id,
        revision=found.revision,
        title=line(found.title) or found.id,
        facts=tuple((label, cut(value, 2000)) for label, value in facts if value.strip()),
        summary=tuple(said for each in found.summary if (said := line(each.text))),
        steps=tuple(_step(each) for each in found.actions[:STEPS_MOST]),
        more=max(0, len(found.actions) - STEPS_MOST),
        sources=tuple(sources)[:_SOURCES],
        due=_due(found),
        priority=found.priority,
        severity=found.severity.level,
        labels=("scc", f"priority-{found.priority}", f"severity-{found.severity.level}", found.type),
    )


def _said(answer: str, *reasons: str) -> str:
    """An answer and why, as sentences: "maybe. No profile was given."; "" without both."""
    told = [said for each in reasons if (said := line(each))]
    return " ".join((f"{answer}.", *told) if answer and told else (answer, *told)).strip()


def _moment(iso: str) -> str:
    """A time of the briefing as people write it: "2026-06-11T08:00Z" is "2026-06-11 08:00 UTC"."""
    found = _MOMENT.fullmatch(iso)
    return f"{found[1]} {found[2]} UTC" if found else iso


def document(system: str, placeholders: dict[str, str], *requests: dict[str, Any]) -> bytes:
    """The requests as one JSON document."""
    made = {"system": system, "placeholders": placeholders, "requests": list(requests)}
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def day(due: datetime.datetime) -> str:
    """ISO date, the year with four digits."""
    return due.date().isoformat()


def request(path: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"method": "POST", "path": path, "body": body}


def line(text: str) -> str:
    """One line without characters that obey, cut at `_LINE`."""
    return cut(" ".join(visible(text[: 4 * _LINE]).split()), _LINE)


def cut(text: str, most: int) -> str:
    """The text, with an ellipsis at its end when it is longer."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _step(action: ActionShown) -> Step:
    about = (
        line(action.owner),
        minutes(action.minutes),
        WHEN.get(action.when, line(action.when)),
        "changes state" if action.alters else "",
    )
    return Step(
        title=cut(line(action.title) or action.id, 250),
        about="; ".join(part for part in about if part),
        text=line(action.text),
        done_when=cut(line(action.done_when), 500),
        first=tuple(
            line(f"{each.artifact} ({each.where})" if each.where.strip() else each.artifact)
            for each in action.evidence
            if each.preserve_first
        ),
        commands=tuple(
            msgspec.structs.replace(
                each, text=cut(visible(each.text[: _COMMAND + 1]), _COMMAND), purpose=line(each.purpose)
            )
            for each in action.commands
            if each.text.strip()
        ),
        undo=line(action.undo),
    )


def _due(briefing: Briefing) -> datetime.datetime | None:
    """When the decision or the first duty that binds us falls due; a day ends at 23:59:59 UTC."""
    bound = (
        each.date
        for each in briefing.deadlines
        if each.binds_us == "yes" and each.state in ("", "due", "running")
    )
    found = []
    for each in (briefing.page_one.do_by or "", *bound):
        try:
            at = moment(each)
        except ValueError:
            continue
        found.append(at.replace(hour=23, minute=59, second=59) if len(each) == 10 else at)
    return min(found, default=None)
