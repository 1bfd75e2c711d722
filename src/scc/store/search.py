# SPDX-License-Identifier: Apache-2.0
"""Full-text search over documents: FTS5 in SQLite, tsvector in PostgreSQL. The only dialect-bound SQL.

The order is one that an index can be read in, so that a common word costs no more than a rare one, whatever the archive
holds: documents with all words in the title first, then the others, in both the newest first. No figure is computed
over all documents that hold a word, as BM25 would.

The index keeps no copy of the text (contentless FTS5 without sizes; tsvector columns). Its key is the document's place
(`query.place`): date, then arrival. Publisher and kind are words of the index that no text has. Documents never change,
so nothing is ever taken out of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec
from sqlalchemy import bindparam, select, text

from scc.store.query import (
    MOST_RESULTS,
    TEXTS,
    TITLES,
    TOP,
    Found,
    Query,
    cursor,
    place,
    seq_of,
    span,
    terms,
    written,
)
from scc.store.tables import DOCUMENTS, STORIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import TextClause

    from scc.store.database import Store

LONGEST: Final = 200_000
"""Characters of a document that are indexed."""
LOOKED: Final = 1000
"""Matches that one page looks at, at most: those of another type and, among the texts, those shown as titles."""
_STEP: Final = 250

DEFINITIONS: Final = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_titles USING fts5(words, content='', columnsize=0, tokenize='porter unicode61')",
        "CREATE VIRTUAL TABLE search USING fts5(words, content='', columnsize=0, tokenize='porter unicode61')",
    ),
    "postgresql": (
        "CREATE TABLE search (place BIGINT PRIMARY KEY, titles TSVECTOR NOT NULL, words TSVECTOR NOT NULL)",
        "CREATE INDEX search_titles ON search USING gin (titles)",
        "CREATE INDEX search_words ON search USING gin (words)",
    ),
}
INSERTIONS: Final = {
    "sqlite": (
        "INSERT INTO search_titles (rowid, words) VALUES (:place, :title || ' ' || :facets)",
        "INSERT INTO search (rowid, words) VALUES (:place, :title || ' ' || :body || ' ' || :facets)",
    ),
    "postgresql": (
        "INSERT INTO search (place, titles, words) VALUES (:place, "
        "to_tsvector('english', :title) || to_tsvector('simple', :facets), to_tsvector('english', :title) "
        "|| to_tsvector('english', :body) || to_tsvector('simple', :facets))",
    ),
}


class Entry(msgspec.Struct, frozen=True):
    """What of a document is indexed."""

    seq: int
    date: str
    title: str
    body: str
    publisher: str
    kind: str


def create(store: Store) -> None:
    """Make the index."""
    for each in DEFINITIONS[store.dialect]:
        store.change(text(each))


def add(store: Store, entries: Iterable[Entry]) -> None:
    """Index documents."""
    rows = values(entries)
    for each in INSERTIONS[store.dialect]:
        store.change(text(each), rows)


def values(entries: Iterable[Entry]) -> list[dict[str, object]]:
    """What `INSERTIONS` want, by place: FTS5 begins a new segment whenever a place is below the one before."""
    rows: list[dict[str, object]] = [
        {
            "place": place(each.date, each.seq),
            "title": _clean(each.title),
            "body": _clean(each.body[:LONGEST]),
            "facets": f"{_publisher(each.publisher)} {_kind(each.kind)}",
        }
        for each in entries
    ]
    return sorted(rows, key=lambda each: int(str(each["place"])))


def find(store: Store, query: Query) -> Found:
    """A page of the documents that hold all words and pass all filters. Raises UsageError.

    Each statement reads its index downwards from a place and stops at a limit.
    """
    wanted = terms(query.words)
    limit = max(1, min(query.limit, MOST_RESULTS))
    low, high = span(query)
    where, below = cursor(query.after)
    if not wanted:
        return Found(())
    facets = [_publisher(query.publisher)] if query.publisher else []
    facets += [_kind(query.kind)] if query.kind else []
    index = _Index(store, wanted, facets, low)
    shown: list[tuple[str, str, int]] = []
    looked = 0
    while True:
        step = _STEP if query.type else min(max(limit + 1 - len(shown), 20), _STEP)
        places = index.newest(where, min(below, high), step)
        looked += len(places)
        ids = _ids(store, index.unseen(where, places), query.type)
        shown += [(ids[each], where, each) for each in places if each in ids]
        if len(shown) > limit:
            _, where, below = shown[limit - 1]
            return Found(tuple(id_ for id_, _, _ in shown[:limit]), written(where, below))
        if len(places) == step:
            below = places[-1]
        elif where == TITLES:
            where, below = TEXTS, TOP
        else:
            return Found(tuple(id_ for id_, _, _ in shown))
        if looked >= LOOKED:
            return Found(tuple(id_ for id_, _, _ in shown), written(where, below))


class _Index:
    """The index as one query sees it."""

    def __init__(self, store: Store, wanted: Sequence[str], facets: Sequence[str], low: int) -> None:
        self._store = store
        self._values: dict[str, object] = {"low": low}
        if store.dialect == "sqlite":
            self._values["words"] = " ".join(f'"{each}"' for each in (*wanted, *facets))
            return
        parts = []
        for number, each in enumerate(wanted):
            parts.append(f"phraseto_tsquery('english', :t{number})")
            self._values[f"t{number}"] = each
        for number, each in enumerate(facets):
            parts.append(f"to_tsquery('simple', :f{number})")
            self._values[f"f{number}"] = each
        self._asked = " && ".join(parts)

    def newest(self, where: str, below: int, most: int) -> list[int]:
        """Places of documents that match, downwards."""
        statement = self._match(where, "< :below", "LIMIT :most")
        return self._places(statement, below=below, most=most)

    def unseen(self, where: str, places: list[int]) -> list[int]:
        """Those of the matches that were not among the titles."""
        if where == TITLES or not places:
            return places
        statement = self._match(TITLES, "<= :below", "LIMIT :most")
        values = {"below": places[0], "most": len(places), "low": places[-1]}
        titles = set(self._places(statement, **values))
        return [each for each in places if each not in titles]

    def _match(self, where: str, below: str, limit: str) -> TextClause:
        if self._store.dialect == "sqlite":
            table = "search_titles" if where == TITLES else "search"
            return text(
                f"SELECT rowid FROM {table} WHERE {table} MATCH :words "
                f"AND rowid {below} AND rowid >= :low ORDER BY rowid DESC {limit}"
            )
        column = "titles" if where == TITLES else "words"
        return text(
            f"SELECT place FROM search WHERE {column} @@ ({self._asked}) "
            f"AND place {below} AND place >= :low ORDER BY place DESC {limit}"
        )

    def _places(self, statement: TextClause, **values: int) -> list[int]:
        values["below"] = min(values["below"], TOP - 1)
        return [int(row[0]) for row in self._store.rows(statement, {**self._values, **values})]


def _ids(store: Store, places: Sequence[int], type_: str) -> dict[int, str]:
    """The documents at these places by place, those of a type of item when one is asked for."""
    if not places:
        return {}
    by_seq = {seq_of(each): each for each in places}
    statement = select(DOCUMENTS.c.seq, DOCUMENTS.c.id).where(
        DOCUMENTS.c.seq.in_(bindparam("seqs", expanding=True))
    )
    given: dict[str, object] = {"seqs": list(by_seq)}
    if type_:
        statement = statement.join(STORIES, STORIES.c.id == DOCUMENTS.c.story).where(
            STORIES.c.type == bindparam("type")
        )
        given["type"] = type_
    return {by_seq[int(row[0])]: str(row[1]) for row in store.rows(statement, given)}


def _publisher(name: str) -> str:
    """A publisher as a word of the index; of digits, so that no stemmer changes it."""
    said = " ".join(_clean(name).casefold().split())
    return f"xp{int.from_bytes(hashlib.sha256(said.encode()).digest()[:6])}"


def _kind(kind: str) -> str:
    """A kind of document as a word of the index."""
    return f"xk{int.from_bytes(hashlib.sha256(_clean(kind).encode()).digest()[:6])}"


def _clean(value: str) -> str:
    """NUL and lone surrogates, which neither database stores, become spaces."""
    return value.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
