# SPDX-License-Identifier: Apache-2.0
"""The gap register: which recorded control gaps are open, and what an item's plan has against each.

Gaps come from people's records only; a control that a briefing names is no gap. Closed and accepted ones are
not listed. Overdue is judged at the time of the briefing, not of the reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from scc.knowledge import Knowledge
from scc.model.act import Gap
from scc.model.briefing import Briefing
from scc.render.labels import framework
from scc.share.interface import Context, NotApplicable
from scc.share.texts import encodable

NONE_OPEN: Final = NotApplicable("no gap is open")


class OpenGap(msgspec.Struct, frozen=True):
    """A gap with what stands around it."""

    gap: Gap
    item: str
    title: str
    """Of the item."""
    tlp: str
    framework: str
    """For people, e.g. "CIS Controls 8"."""
    control: str
    """Our title of the control, "" when it is not known."""
    state: str
    """ "open" or "overdue"."""
    actions: tuple[str, ...]
    """Titles of the item's actions that this control is attached to."""


def open_gaps(cleared: Iterable[tuple[Briefing, Context]]) -> tuple[OpenGap, ...]:
    """The open gaps of the items by due date (none: last), framework, control and id; each id once."""
    found: dict[tuple[str, str], OpenGap] = {}
    for briefing, context in cleared:
        fit = encodable(briefing)
        for each in context.records.gaps:
            if each.item == briefing.id and each.status == "open":
                found[each.item, each.id] = _open(each, fit, context.knowledge)
    return tuple(
        sorted(
            found.values(),
            key=lambda one: (one.gap.due or "9999", one.gap.framework, one.gap.control, one.item, one.gap.id),
        )
    )


def _open(gap: Gap, briefing: Briefing, knowledge: Knowledge) -> OpenGap:
    node = knowledge.node(gap.framework, gap.control)
    shown = (
        each
        for one in briefing.actions
        for each in one.controls
        if (each.framework, each.id) == (gap.framework, gap.control)
    )
    named = next((each.title for each in shown), "")
    return OpenGap(
        gap=gap,
        item=briefing.id,
        title=briefing.title,
        tlp=briefing.tlp,
        framework=framework(gap.framework),
        control=node.title if node is not None else named,
        state="overdue" if gap.due and gap.due[:10] < briefing.generated[:10] else "open",
        actions=tuple(
            one.title
            for one in briefing.actions
            if any((each.framework, each.id) == (gap.framework, gap.control) for each in one.controls)
        ),
    )
