# SPDX-License-Identifier: Apache-2.0
"""Persistence: `store.open(url)` gives a Store with one repository a noun.

SQLite (WAL, FTS5) by default, PostgreSQL through psycopg. Importing this package is cheap;
SQLAlchemy is loaded by `open`. Knows no stage: what is stored was decided elsewhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scc.store.database import Store

__all__ = ["open"]


def open(target: str | Path, *, create: bool = True) -> Store:
    """Open the database at a path or a `postgresql://` URL; make it when `create` and there is none.

    Raises StoreError: not a database, a newer schema, locked, not writable, disk full, absent.
    """
    from scc.store.database import open_store

    return open_store(str(target), create=create)
