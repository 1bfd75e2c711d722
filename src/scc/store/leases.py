# SPDX-License-Identifier: Apache-2.0
"""Claiming work rows: a lease says who works on a row and until when; a lapsed one is free again."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sqlalchemy import Table, func, select, update

if TYPE_CHECKING:
    from scc.store.database import Store

LEASE_SECONDS: Final = 600.0
ATTEMPTS: Final = 5
"""After so many claims that were never finished a row is given up (it crashes its worker)."""


def owner() -> str:
    """Who this process is, in a lease."""
    return f"{socket.gethostname()}:{os.getpid()}"


def claim(store: Store, table: Table, key: str, stage: str, order: Sequence[str], limit: int) -> list[str]:
    """Take up to `limit` free rows of a stage, in that order; counts the attempt. Gives their keys."""
    columns = table.c
    with store.transaction():
        free = (
            select(columns[key])
            .where(columns.stage == stage, columns.lease_until < time.time())
            .order_by(*(columns[each] for each in order))
            .limit(limit)
        )
        if store.dialect == "postgresql":
            free = free.with_for_update(skip_locked=True)
        keys = [str(row[0]) for row in store.rows(free)]
        for start in range(0, len(keys), 500):
            store.change(
                update(table)
                .where(columns[key].in_(keys[start : start + 500]))
                .values(
                    attempt=columns.attempt + 1, lease_owner=owner(), lease_until=time.time() + LEASE_SECONDS
                )
            )
    return keys


def sweep(store: Store, table: Table, stage: str) -> int:
    """Free every lease of a stage. Only for the holder of the run lock: whoever held them is gone.

    The stage is the one that rows are claimed in, so that those which are done are not read.
    """
    return store.change(
        update(table)
        .where(table.c.stage == stage, table.c.lease_until > 0, table.c.lease_owner != "")
        .values(lease_until=0, lease_owner="")
    )


def remaining(store: Store, table: Table, stage: str) -> int:
    """How many rows wait in a stage."""
    return int(store.rows(select(func.count()).select_from(table).where(table.c.stage == stage))[0][0])
