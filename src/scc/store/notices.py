# SPDX-License-Identifier: Apache-2.0
"""What was sent to whom. A row is written before sending and settled after it, so that a crash leaves a trace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from scc.model.notice import Notice
from scc.store.packing import pack, unpack
from scc.store.tables import NOTICES

if TYPE_CHECKING:
    from scc.store.database import Store


class Notices:
    """Repository of notices."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, notices: Sequence[Notice]) -> None:
        """Write them; one with a known id takes the place of the earlier one."""
        with self._store.transaction():
            for each in notices:
                self._store.change(delete(NOTICES).where(NOTICES.c.id == each.id))
            self._store.change(
                insert(NOTICES),
                [
                    {"id": each.id, "time": each.time, "channel": each.channel, "item": each.item, "body": pack(each)}
                    for each in {each.id: each for each in notices}.values()
                ],
            )  # fmt: skip

    def all(self) -> tuple[Notice, ...]:
        """All of them, oldest first."""
        found = self._store.rows(select(NOTICES.c.body).order_by(NOTICES.c.time, NOTICES.c.id))
        return tuple(unpack(row[0], Notice) for row in found)
