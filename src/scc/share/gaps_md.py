# SPDX-License-Identifier: Apache-2.0
"""The gap register as Markdown: one table, the label above it, what closes each gap beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from scc.model.briefing import Briefing
from scc.model.tlp import ORDER
from scc.render.characters import visible
from scc.render.markdown_text import table, text
from scc.share.gaps import NONE_OPEN, OpenGap, open_gaps
from scc.share.interface import Context, NotApplicable

LONGEST: Final = 2000
"""Characters of a text in a cell."""


def write(briefing: Briefing, context: Context) -> bytes | NotApplicable:
    """The open gaps of the item."""
    return write_many(((briefing, context),))


def write_many(cleared: Iterable[tuple[Briefing, Context]]) -> bytes | NotApplicable:
    """The open gaps of all the items in one register."""
    cleared = tuple(cleared)
    found = open_gaps(cleared)
    if not found:
        return NONE_OPEN
    label = max((each.tlp for each in found), key=[str(each) for each in ORDER].index)
    time = max(briefing.generated for briefing, _ in cleared)
    overdue = sum(each.state == "overdue" for each in found)
    lines = [
        "# Control gaps", "",
        f"{_fit(label)}. {len(found)} open, {overdue} overdue. As of {_fit(time)}.", "",
        *table(
            ("Gap", "Item", "Control", "What is missing", "Owner", "Due", "Actions of the plan"),
            (_row(each) for each in found),
        ),
    ]  # fmt: skip
    return "\n".join(lines).encode("utf-8")


def _row(each: OpenGap) -> tuple[str, ...]:
    control = " ".join(part for part in (each.framework, each.gap.control, each.control) if part)
    due = each.gap.due + (" (overdue)" if each.state == "overdue" else "")
    cells = (each.gap.id, f"{each.item} {each.title}", control, each.gap.description, each.gap.owner, due)
    return (*(_fit(cell) for cell in cells), "; ".join(_fit(action) for action in each.actions))


def _fit(cell: str) -> str:
    return text(visible(cell if len(cell) <= LONGEST else cell[: LONGEST - 1] + "…"))
