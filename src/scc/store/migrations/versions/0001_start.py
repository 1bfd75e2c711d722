# SPDX-License-Identifier: Apache-2.0
"""The first schema. New databases are made from `tables.py` at once; a test holds the two together."""

from __future__ import annotations

from alembic import op
from sqlalchemy import text

from scc.store.tables import METADATA

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table and the search index."""
    bind = op.get_bind()
    METADATA.create_all(bind)
    if bind.dialect.name == "sqlite":
        bind.execute(
            text(
                "CREATE VIRTUAL TABLE search USING fts5(title, body, content='', detail=full, "
                "tokenize='porter unicode61')"
            )
        )
    else:
        bind.execute(text("CREATE TABLE search (document BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)"))
        bind.execute(text("CREATE INDEX search_words ON search USING gin (words)"))
