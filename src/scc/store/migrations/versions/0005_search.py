# SPDX-License-Identifier: Apache-2.0
"""Builds the search index anew, by title and text and in the order of dates; indexes what observations were made with."""

from __future__ import annotations

from alembic import op
from sqlalchemy import bindparam, inspect, select, text

from scc.store.documents import opened, search_entry
from scc.store.search import DEFINITIONS, INSERTIONS, values
from scc.store.tables import DOCUMENTS

revision = "0005"
down_revision = "0004"
BATCH = 2000


def upgrade() -> None:
    """Read every document once more; an archive of a million takes some minutes."""
    bind = op.get_bind()
    dialect = bind.dialect.name
    for name in ("search", "search_titles"):
        bind.execute(text(f"DROP TABLE IF EXISTS {name}"))
    for each in DEFINITIONS[dialect]:
        bind.execute(text(each))
    statement = (
        select(DOCUMENTS.c.seq, DOCUMENTS.c.body)
        .where(DOCUMENTS.c.seq > bindparam("last"))
        .order_by(DOCUMENTS.c.seq)
        .limit(BATCH)
    )
    last = 0
    while rows := bind.execute(statement, {"last": last}).fetchall():
        last = rows[-1][0]
        entries = values(search_entry(int(row[0]), opened(row[1])) for row in rows)
        for each in INSERTIONS[dialect]:
            bind.execute(text(each), entries)
    if not any(each["name"] == "documents_inputs" for each in inspect(bind).get_indexes("documents")):
        op.create_index("documents_inputs", "documents", ["inputs"])
