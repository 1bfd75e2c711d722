# SPDX-License-Identifier: Apache-2.0
"""Full-text search over documents: FTS5 in SQLite, tsvector in PostgreSQL. The only dialect-bound SQL.

The index keeps no copy of the text (contentless FTS5; a tsvector column). Documents never change, so
nothing is ever taken out of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from scc.store.database import Store

LONGEST: Final = 200_000
"""Characters of a document that are indexed."""
_WORD: Final = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")


def create(store: Store) -> None:
    """Make the index."""
    if store.dialect == "sqlite":
        store.change(
            text(
                "CREATE VIRTUAL TABLE search USING fts5(title, body, content='', detail=full, "
                "tokenize='porter unicode61')"
            )
        )
        return
    store.change(text("CREATE TABLE search (document BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)"))
    store.change(text("CREATE INDEX search_words ON search USING gin (words)"))


def add(store: Store, entries: Sequence[tuple[int, str, str]]) -> None:
    """Index (document seq, title, text)."""
    if store.dialect == "sqlite":
        statement = text("INSERT INTO search (rowid, title, body) VALUES (:seq, :title, :body)")
    else:
        statement = text(
            "INSERT INTO search (document, words) VALUES (:seq, "
            "setweight(to_tsvector('english', :title), 'A') || to_tsvector('english', :body))"
        )
    store.change(
        statement,
        [
            {"seq": seq, "title": _clean(title), "body": _clean(body[:LONGEST])}
            for seq, title, body in entries
        ],
    )


def find(store: Store, words: str, limit: int) -> list[str]:
    """Document ids, best first; the words are data, never query syntax."""
    terms = _WORD.findall(words)
    if not terms:
        return []
    if store.dialect == "sqlite":
        query = text(
            "SELECT d.id FROM search JOIN documents d ON d.seq = search.rowid "
            "WHERE search MATCH :query ORDER BY bm25(search, 4.0, 1.0), d.id LIMIT :most"
        )
        found = store.rows(query, {"query": " ".join(f'"{each}"' for each in terms), "most": limit})
    else:
        query = text(
            "SELECT d.id FROM search s JOIN documents d ON d.seq = s.document, "
            "plainto_tsquery('english', :query) q WHERE s.words @@ q ORDER BY ts_rank(s.words, q) DESC, d.id "
            "LIMIT :most"
        )
        found = store.rows(query, {"query": " ".join(terms), "most": limit})
    return [str(row[0]) for row in found]


def _clean(value: str) -> str:
    """NUL and lone surrogates, which neither database stores, become spaces."""
    return value.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
