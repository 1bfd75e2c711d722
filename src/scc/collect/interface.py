# SPDX-License-Identifier: Apache-2.0
"""The seam of this package: what collecting yields besides Raw, and what a poller is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, Protocol

import msgspec

from scc.model.document import Raw, Source

if TYPE_CHECKING:
    from scc.collect.http import Door


class Unreadable(msgspec.Struct, frozen=True):
    """A file that cannot be taken, with the outcome it ends in and why."""

    path: str
    reason: str
    rule: str
    outcome: Literal["quarantined", "context"] = "quarantined"


class Memory(msgspec.Struct, frozen=True):
    """What a poller is told of the last poll of a source."""

    etag: str = ""
    modified: str = ""
    digest: str = ""


class Poll(Protocol):
    """One module a kind: fetches a source through the door and yields what is new."""

    def __call__(self, source: Source, memory: Memory, door: Door) -> Iterator[Raw]: ...
