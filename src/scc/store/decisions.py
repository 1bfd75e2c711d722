# SPDX-License-Identifier: Apache-2.0
"""What people ruled. Kept for good, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from scc.model.decision import Decision
from scc.store.packing import pack, unpack
from scc.store.tables import DECISIONS

if TYPE_CHECKING:
    from scc.store.database import Store


class Decisions:
    """Repository of decisions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, decisions: Sequence[Decision]) -> None:
        """Keep new ones; one that is known (same id) is left alone."""
        with self._store.transaction():
            ids = [each.id for each in decisions]
            known = {
                row[0]
                for start in range(0, len(ids), 500)
                for row in self._store.rows(
                    select(DECISIONS.c.id).where(DECISIONS.c.id.in_(ids[start : start + 500]))
                )
            }
            self._store.change(
                insert(DECISIONS),
                [
                    {"id": each.id, "time": each.time, "target": each.target, "body": pack(each)}
                    for each in decisions
                    if each.id not in known
                ],
            )

    def all(self) -> tuple[Decision, ...]:
        """All of them, oldest first."""
        found = self._store.rows(select(DECISIONS.c.body).order_by(DECISIONS.c.time, DECISIONS.c.id))
        return tuple(unpack(row[0], Decision) for row in found)
