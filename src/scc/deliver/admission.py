# SPDX-License-Identifier: Apache-2.0
"""Whether an item is one that can be published at all; how it is labelled is for `share.clearance` to judge.

The label of an item is the strictest of its sources, and that of no source is TLP:CLEAR: what names no source has no
known label and stays here.
"""

from __future__ import annotations

from scc.model.briefing import Briefing
from scc.model.ids import ITEM_ID
from scc.share import Context
from scc.share.identity import withdrawn


def refusal(briefing: Briefing, context: Context) -> str:
    """Why the item may not be published, for people; "" when nothing speaks against it."""
    if ITEM_ID.fullmatch(briefing.id) is None:
        return "its id is not of the form of items"
    if briefing.status in ("dismissed", "merged"):
        return f"it is {briefing.status}"
    if not briefing.sources and not withdrawn(briefing, context):
        return "it names no source whose label is known"
    return ""
