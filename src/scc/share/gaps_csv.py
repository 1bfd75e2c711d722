# SPDX-License-Identifier: Apache-2.0
"""The gap register as CSV, one row an open gap; columns as in `HEADS`, framework also as its key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from scc.model.briefing import Briefing
from scc.share.cells import table
from scc.share.gaps import NONE_OPEN, open_gaps
from scc.share.interface import Context, NotApplicable

HEADS: Final = (
    "Gap", "Item", "Item title", "TLP", "Framework key", "Framework", "Control", "Control title", "What is missing",
    "Owner", "Due", "State", "Found", "Recorded by", "Actions of the plan",
)  # fmt: skip


def write(briefing: Briefing, context: Context) -> bytes | NotApplicable:
    """The open gaps of the item."""
    return write_many(((briefing, context),))


def write_many(cleared: Iterable[tuple[Briefing, Context]]) -> bytes | NotApplicable:
    """The open gaps of all the items in one table."""
    found = open_gaps(cleared)
    if not found:
        return NONE_OPEN
    return table(
        HEADS,
        (
            (each.gap.id, each.item, each.title, each.tlp, each.gap.framework, each.framework, each.gap.control,
             each.control, each.gap.description, each.gap.owner, each.gap.due, each.state, each.gap.found,
             each.gap.author, "; ".join(each.actions))
            for each in found
        ),
    )  # fmt: skip
