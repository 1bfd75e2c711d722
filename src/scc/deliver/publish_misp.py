# SPDX-License-Identifier: Apache-2.0
"""A folder that MISP instances read as a feed: one file an event, a manifest, the hashes of all values.

What leaves to whom is for `share.clearance` to judge, for one recipient: whoever can read the folder. A withdrawn item
stays as an event with everything in it deleted, which an instance that pulls it carries out. The same store gives the
same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from scc.deliver.admission import refusal
from scc.deliver.folder import replaced
from scc.model.briefing import Briefing
from scc.model.tlp import Tlp
from scc.share import EXPORTS, Context, Refused, clear
from scc.share.misp_feed import feed

KIND: Final = "misp"


class Published(msgspec.Struct, frozen=True):
    """What a run did."""

    events: tuple[str, ...]
    """Items that are in the feed."""
    refused: tuple[tuple[str, str], ...]
    """(item, reason)."""


def publish(target: Path, items: Iterable[tuple[Briefing, Context]], clearance: Tlp) -> Published:
    """Write the feed. Raises DeliverError when the folder is not ours or cannot be written."""
    events: dict[str, bytes] = {}
    refused: list[tuple[str, str]] = []
    for briefing, context in items:
        if reason := refusal(briefing, context):
            refused.append((briefing.id, reason))
            continue
        allowed = clear(briefing, context.records, "misp", clearance)
        if isinstance(allowed, Refused):
            refused.append((briefing.id, allowed.reason))
            continue
        known = msgspec.structs.replace(context, records=allowed.records)
        written = EXPORTS["misp"].write(allowed.briefing, known)
        if isinstance(written, bytes):
            events[briefing.id] = written
        else:
            refused.append((briefing.id, written.reason))
    with replaced(target, KIND) as folder:
        for name, data in feed(events.values()).items():
            folder.put(name, data)
    return Published(tuple(events), tuple(refused))
