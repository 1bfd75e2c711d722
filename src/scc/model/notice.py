# SPDX-License-Identifier: Apache-2.0
"""What was told to whom: the record by which a change reaches those who got the earlier word, and nobody twice."""

from __future__ import annotations

from typing import Literal

import msgspec

NoticeKind = Literal["new", "update", "correction", "digest"]
NoticeState = Literal["sending", "sent", "failed", "given-up"]


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What of an item is material: a change of it is worth a message."""

    exploited: bool = False
    fixed: tuple[str, ...] = ()
    """Fixed versions as "product version", sorted."""
    scope: tuple[str, ...] = ()
    """Affected products, sorted."""
    priority: str = ""
    withdrawn: bool = False


class Notice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One message to one channel about one item; a digest has a row an item and one with an empty item."""

    id: str
    """Of channel, item, revision and kind: the same message has the same id."""
    channel: str
    item: str
    revision: int
    kind: NoticeKind
    facts: Facts
    time: str
    """ISO 8601 UTC."""
    state: NoticeState
    attempts: int = 1
    error: str = ""
