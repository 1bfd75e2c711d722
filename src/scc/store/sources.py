# SPDX-License-Identifier: Apache-2.0
"""What is remembered of each source between polls: conditional GET values and the last result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import delete, insert, select

from scc.store.packing import pack, unpack
from scc.store.tables import SOURCE_STATE

if TYPE_CHECKING:
    from scc.store.database import Store


class SourceState(msgspec.Struct, frozen=True):
    """State of one source."""

    etag: str = ""
    modified: str = ""
    """Last-Modified as the server sent it."""
    polled: str = ""
    """ISO 8601 UTC time of the last poll."""
    result: str = ""
    """"ok", "not modified", or what went wrong, in a sentence."""
    failures: int = 0
    """Polls in a row that failed."""
    digest: str = ""
    """Digest of the last body."""


class Sources:
    """Repository of source states."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, source: str) -> SourceState:
        """The state of a source, an empty one when it was never polled."""
        found = self._store.rows(select(SOURCE_STATE.c.body).where(SOURCE_STATE.c.source == source))
        return unpack(found[0][0], SourceState) if found else SourceState()

    def put(self, source: str, state: SourceState) -> None:
        """Remember it."""
        with self._store.transaction():
            self._store.change(delete(SOURCE_STATE).where(SOURCE_STATE.c.source == source))
            self._store.change(insert(SOURCE_STATE).values(source=source, body=pack(state)))
