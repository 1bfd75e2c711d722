# SPDX-License-Identifier: Apache-2.0
"""Open gaps as an OSCAL plan of action and milestones (POA&M), one item a gap.

Only gaps that a person recorded and that are open: a control that a briefing names is no weakness of the
reader's. A gap becomes an item with its risk; what the plan of the briefing has against it stands there as
recommended, the recorded due date as a milestone of its owner. Overdue is not written: it follows from the
deadline. Source: OSCAL plan-of-action-and-milestones model, version as in `oscal_parts`.
"""

from __future__ import annotations

from collections.abc import Iterable

from scc.model.act import Gap
from scc.model.briefing import ActionShown, Briefing
from scc.model.tlp import strictest
from scc.share.gaps import NONE_OPEN, OpenGap, open_gaps
from scc.share.identity import day, made, named
from scc.share.interface import Context, NotApplicable
from scc.share.oscal_parts import (
    SPACE,
    Object,
    People,
    control_id,
    control_name,
    document,
    filled,
    latest,
    markup,
    observed,
    props,
    string,
    written,
)
from scc.share.texts import encodable

_OWN_SYSTEM = "reader"


def write(briefing: Briefing, context: Context) -> bytes | NotApplicable:
    """The POA&M of one item. Raises ValueError when `generated` is no ISO 8601 time."""
    return write_many(((briefing, context),))


def write_many(cleared: Iterable[tuple[Briefing, Context]]) -> bytes | NotApplicable:
    """One POA&M of all the items. Raises ValueError when a `generated` is no ISO 8601 time."""
    cleared = tuple((encodable(briefing), context) for briefing, context in cleared)
    gaps = open_gaps(cleared)
    if not gaps:
        return NONE_OPEN
    items = {briefing.id: briefing for briefing, _ in cleared}
    people = People()
    entries = [_entry(people, each, items[each.item]) for each in gaps]
    told = [briefing for briefing in items.values() if any(each.item == briefing.id for each in gaps)]
    title = f"Plan of action: {told[0].id} {told[0].title}" if len(told) == 1 else "Plan of action"
    version = str(told[0].revision) if len(told) == 1 else max(each.generated for each in told)
    metadata = people.metadata(
        markup(title),
        latest(made(briefing, context)[1] for briefing, context in cleared),
        version,
        strictest([each.tlp for each in told]),
        "The system identifier stands for the estate of whoever recorded the gaps: put your own in its place.",
    )
    body = {
        "metadata": metadata,
        # Without a system security plan to import, a system has to be named.
        "system-id": {"identifier-type": SPACE, "id": _OWN_SYSTEM},
        "observations": [observation for _, _, observation in entries if observation],
        "risks": [risk for _, risk, _ in entries],
        "poam-items": [item for item, _, _ in entries],
    }
    return document("plan-of-action-and-milestones", filled(body))


def _entry(people: People, each: OpenGap, briefing: Briefing) -> tuple[Object, Object, Object | None]:
    """(item, its risk, the observation it rests on or None)."""
    gap = each.gap
    name = control_name(gap, each.control)
    observation = observed(people, gap, name)
    related = [{"observation-uuid": observation["uuid"]}] if observation else []
    risk = _risk(people, gap, name, briefing)
    risk["related-observations"] = related
    item = {
        "uuid": named("oscal", "poam-item", gap.item, gap.id),
        "title": name,
        "description": markup(gap.description, otherwise=name),
        "props": props(
            gap=gap.id,
            item=gap.item,
            framework=gap.framework,
            control=gap.control,
            control_id=control_id(gap),
        ),
        "origins": people.origin(gap.author),
        "related-observations": related,
        "related-risks": [{"risk-uuid": risk["uuid"]}],
    }
    return filled(item), filled(risk), observation


def _risk(people: People, gap: Gap, name: str, briefing: Briefing) -> Object:
    against = [
        each
        for each in briefing.actions
        if any((one.framework, one.id) == (gap.framework, gap.control) for one in each.controls)
    ]
    due = day(gap.due)
    remediations = [_recommended(people, gap, number, each) for number, each in enumerate(against)]
    if due is not None or gap.owner.strip():
        remediations.append(_recorded(people, gap, written(due) if due else ""))
    return {
        "uuid": named("oscal", "risk", gap.item, gap.id),
        "title": name,
        "description": markup(gap.description, otherwise=name),
        "statement": markup(*dict.fromkeys(each.risk for each in against), otherwise="Not assessed."),
        "props": props(item=gap.item),
        "status": "open",
        "origins": people.origin(gap.author),
        "deadline": written(due) if due else "",
        "remediations": remediations,
    }


def _recommended(people: People, gap: Gap, number: int, action: ActionShown) -> Object:
    """What the plan has against it: recommended by us, decided by nobody yet."""
    key = (gap.item, gap.id, str(number), action.id)
    lines = (action.text, f"Done when: {action.done_when}" if action.done_when.strip() else "")
    task = filled({
        "uuid": named("oscal", "task", *key),
        "type": "action",
        "title": markup(action.title, otherwise=string(action.id)),
        "description": markup(*lines),
        "responsible-roles": [{"role-id": people.role(action.owner)}] if action.owner.strip() else [],
    })  # fmt: skip
    return filled({
        "uuid": named("oscal", "response", *key),
        "lifecycle": "recommendation",
        "title": task["title"],
        "description": markup(action.why, otherwise="From the plan of the item."),
        "props": props(action=action.id),
        "tasks": [task],
    })  # fmt: skip


def _recorded(people: People, gap: Gap, due: str) -> Object:
    """Who is to close it by when, as recorded."""
    task = filled({
        "uuid": named("oscal", "task", gap.item, gap.id, "close"),
        "type": "milestone",
        "title": "Gap closed",
        "timing": {"on-date": {"date": due}} if due else {},
        "responsible-roles": [{"role-id": people.role(gap.owner)}] if gap.owner.strip() else [],
    })  # fmt: skip
    return {
        "uuid": named("oscal", "response", gap.item, gap.id, "close"),
        "lifecycle": "planned",
        "title": "Close the gap",
        "description": "Owner and day as recorded.",
        "tasks": [task],
    }
