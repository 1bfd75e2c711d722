# SPDX-License-Identifier: Apache-2.0
"""Documents with their observations, the keys that tie them together and the ids records speak of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace
from sqlalchemy import bindparam, delete, func, insert, select, update

from scc.model.document import Document
from scc.model.facts import Observation
from scc.store import search
from scc.store.packing import pack, unpack
from scc.store.tables import DOCUMENTS, FEATURES, IDENTIFIERS, KEYS

if TYPE_CHECKING:
    from scc.store.database import Store

Observed = tuple[Document, tuple[Observation, ...]]
_OBSERVATIONS = tuple[Observation, ...]
_BODY = tuple[Document, msgspec.Raw]


class NewDocument(msgspec.Struct, frozen=True):
    """Everything that is stored of a document at once."""

    document: Document
    observations: tuple[Observation, ...]
    keys: tuple[str, ...]
    identifiers: tuple[str, ...]
    """Ids that the document speaks of ("CVE-…") and, for a record, its products ("product:…")."""
    inputs: str
    """Digest of what the observations were made with."""
    stage: str
    """read (waits for its place) or placed (needs none)."""
    outcome: str = ""
    rule: str = ""
    reason: str = ""
    features: bytes = b""
    """What of it is compared with others, frozen; empty for what is never placed."""


class DocumentRow(msgspec.Struct, frozen=True):
    """What is known of a document without opening its body."""

    id: str
    kind: str
    format: str
    title: str
    publisher: str
    url: str
    date: str
    story: str
    outcome: str
    rule: str
    reason: str
    stage: str


_COLUMNS = [DOCUMENTS.c[each] for each in DocumentRow.__struct_fields__]


class Documents:
    """Repository of documents."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def known(self, ids: Sequence[str]) -> dict[str, DocumentRow]:
        """Rows of those ids that are stored."""
        found: dict[str, DocumentRow] = {}
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            for row in self._store.rows(select(*_COLUMNS).where(DOCUMENTS.c.id.in_(part))):
                found[row[0]] = DocumentRow(*row)
        return found

    def add(self, new: Sequence[NewDocument]) -> None:
        """Store documents that are not stored yet, index them, note their keys."""
        if not new:
            return
        with self._store.transaction():
            first = int(self._store.rows(select(func.coalesce(func.max(DOCUMENTS.c.seq), 0)))[0][0]) + 1
            numbered = list(enumerate(new, first))
            self._store.change(insert(DOCUMENTS), [_values(seq, each) for seq, each in numbered])
            self._store.change(
                insert(KEYS), list(_pairs("key", ((seq, each.keys) for seq, each in numbered)))
            )
            self._store.change(
                insert(IDENTIFIERS),
                list(_pairs("value", ((seq, each.identifiers) for seq, each in numbered))),
            )
            self._store.change(insert(FEATURES), _frozen(numbered))
            search.add(
                self._store,
                [search_entry(seq, each.document) for seq, each in numbered],
            )

    def observe_again(self, new: NewDocument) -> None:
        """Replace the observations, keys and ids of a stored document."""
        with self._store.transaction():
            seq = self._store.rows(select(DOCUMENTS.c.seq).where(DOCUMENTS.c.id == new.document.id))[0][0]
            self._store.change(
                update(DOCUMENTS)
                .where(DOCUMENTS.c.seq == seq)
                .values(observations=pack(new.observations), inputs=new.inputs)
            )
            for table in (KEYS, IDENTIFIERS, FEATURES):
                self._store.change(delete(table).where(table.c.document == seq))
            self._store.change(insert(KEYS), list(_pairs("key", [(seq, new.keys)])))
            self._store.change(insert(IDENTIFIERS), list(_pairs("value", [(seq, new.identifiers)])))
            self._store.change(insert(FEATURES), _frozen([(int(seq), new)]))

    def stale(self, inputs: str, limit: int) -> list[str]:
        """Ids of documents whose observations were made with other inputs."""
        found: list[str] = []
        # Two ranges of an index: "is not" would read every row.
        for other in (DOCUMENTS.c.inputs < inputs, DOCUMENTS.c.inputs > inputs):
            statement = select(DOCUMENTS.c.id).where(other).order_by(DOCUMENTS.c.inputs, DOCUMENTS.c.seq)
            found += [str(row[0]) for row in self._store.rows(statement.limit(limit - len(found)))]
        return found

    def waiting(self) -> list[DocumentRow]:
        """Documents that have no place yet, by (date, id); undated ones last."""
        found = self._store.rows(
            select(*_COLUMNS).where(DOCUMENTS.c.stage == "read").order_by(DOCUMENTS.c.date, DOCUMENTS.c.id)
        )
        rows = [DocumentRow(*row) for row in found]
        return sorted(rows, key=lambda each: (each.date or "9999", each.id))

    def get(self, ids: Iterable[str]) -> list[Observed]:
        """Documents with observations, in the order of the ids asked for; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Observed] = {}
        for start in range(0, len(wanted), 500):
            statement = select(DOCUMENTS.c.id, DOCUMENTS.c.body, DOCUMENTS.c.observations).where(
                DOCUMENTS.c.id.in_(wanted[start : start + 500])
            )
            for row in self._store.rows(statement):
                found[row[0]] = (opened(row[1]), unpack(row[2], _OBSERVATIONS))
        return [found[each] for each in wanted if each in found]

    def features(self, ids: Sequence[str]) -> dict[str, bytes]:
        """The frozen features of those documents that have some, by document id."""
        found: dict[str, bytes] = {}
        for start in range(0, len(ids), 500):
            statement = (
                select(DOCUMENTS.c.id, FEATURES.c.body)
                .join(FEATURES, FEATURES.c.document == DOCUMENTS.c.seq)
                .where(DOCUMENTS.c.id.in_(ids[start : start + 500]))
            )
            found.update((str(row[0]), bytes(row[1])) for row in self._store.rows(statement))
        return found

    def sharing(self, keys: Sequence[str], limit: int) -> list[tuple[str, str]]:
        """(document id, story id) of placed documents that share a key, most shared keys first."""
        if not keys:
            return []
        shared = func.count().label("shared")
        statement = (
            select(DOCUMENTS.c.id, DOCUMENTS.c.story, shared)
            .join(KEYS, KEYS.c.document == DOCUMENTS.c.seq)
            .where(KEYS.c.key.in_(list(keys)[:900]), DOCUMENTS.c.story != "")
            .group_by(DOCUMENTS.c.id, DOCUMENTS.c.story)
            .order_by(shared.desc(), DOCUMENTS.c.id)
            .limit(limit)
        )
        return [(str(row[0]), str(row[1])) for row in self._store.rows(statement)]

    def keys_of(self, id_: str) -> tuple[str, ...]:
        """The keys noted for a document."""
        statement = (
            select(KEYS.c.key)
            .join(DOCUMENTS, DOCUMENTS.c.seq == KEYS.c.document)
            .where(DOCUMENTS.c.id == id_)
            .order_by(KEYS.c.key)
        )
        return tuple(str(row[0]) for row in self._store.rows(statement))

    def of_story(self, story: str) -> list[str]:
        """Ids of the documents of a story, by (date, id)."""
        statement = select(DOCUMENTS.c.date, DOCUMENTS.c.id).where(DOCUMENTS.c.story == story)
        rows = self._store.rows(statement)
        return [str(row[1]) for row in sorted(rows, key=lambda each: (each[0] or "9999", each[1]))]

    def speaking_of(self, identifiers: Sequence[str], among: Sequence[str] | None = None) -> list[str]:
        """Ids of the records (not articles) that speak of any of the ids, sorted; of those `among` when given."""
        if among is not None:
            return [id_ for id_, said in self._said(among) if said & set(identifiers)]
        found: set[str] = set()
        wanted = list(identifiers)
        for start in range(0, len(wanted), 500):
            statement = (
                select(DOCUMENTS.c.id)
                .join(IDENTIFIERS, IDENTIFIERS.c.document == DOCUMENTS.c.seq)
                .where(IDENTIFIERS.c.value.in_(wanted[start : start + 500]), DOCUMENTS.c.kind == "record")
            )
            found.update(str(row[0]) for row in self._store.rows(statement))
        return sorted(found)

    def _said(self, ids: Sequence[str]) -> list[tuple[str, set[str]]]:
        """The ids that each of these records speaks of, by document id."""
        found: dict[str, set[str]] = {}
        for start in range(0, len(ids), 500):
            statement = (
                select(DOCUMENTS.c.id, IDENTIFIERS.c.value)
                .join(IDENTIFIERS, IDENTIFIERS.c.document == DOCUMENTS.c.seq)
                .where(DOCUMENTS.c.id.in_(ids[start : start + 500]), DOCUMENTS.c.kind == "record")
            )
            for row in self._store.rows(statement):
                found.setdefault(str(row[0]), set()).add(str(row[1]))
        return sorted(found.items())

    def identifiers_of(self, ids: Sequence[str]) -> list[str]:
        """The ids that these documents speak of, sorted."""
        found: set[str] = set()
        for start in range(0, len(ids), 500):
            statement = (
                select(IDENTIFIERS.c.value)
                .join(DOCUMENTS, IDENTIFIERS.c.document == DOCUMENTS.c.seq)
                .where(DOCUMENTS.c.id.in_(ids[start : start + 500]))
            )
            found.update(str(row[0]) for row in self._store.rows(statement))
        return sorted(found)

    def wait(self, id_: str) -> None:
        """A record is to be placed after all."""
        self.settle(id_, "", stage="read")

    def stories_on(self, identifiers: Sequence[str]) -> list[str]:
        """Ids of the stories with a document that speaks of any of the ids, sorted."""
        found: set[str] = set()
        for start in range(0, len(identifiers), 500):
            statement = (
                select(DOCUMENTS.c.story)
                .join(IDENTIFIERS, IDENTIFIERS.c.document == DOCUMENTS.c.seq)
                .where(IDENTIFIERS.c.value.in_(identifiers[start : start + 500]), DOCUMENTS.c.story != "")
                .distinct()
            )
            found.update(str(row[0]) for row in self._store.rows(statement))
        return sorted(found)

    def with_url(self, urls: Sequence[str]) -> list[DocumentRow]:
        """Documents with one of these canonical URLs, by id."""
        found: list[DocumentRow] = []
        for start in range(0, len(urls), 500):
            part = [each for each in urls[start : start + 500] if each]
            statement = select(*_COLUMNS).where(DOCUMENTS.c.url.in_(part)).order_by(DOCUMENTS.c.id)
            found.extend(DocumentRow(*row) for row in self._store.rows(statement))
        return found

    def place(self, id_: str, story: str) -> None:
        """The document belongs to that story."""
        self.settle(id_, "", stage="placed", story=story)

    def place_many(self, places: Sequence[tuple[str, str]]) -> None:
        """(document id, story id) each: the document belongs to that story."""
        statement = (
            update(DOCUMENTS)
            .where(DOCUMENTS.c.id == bindparam("document"))
            .values(stage="placed", outcome="", rule="", reason="", story=bindparam("into"))
        )
        self._store.change(statement, [{"document": id_, "into": story} for id_, story in places])

    def settle(self, id_: str, outcome: str, rule: str = "", reason: str = "", **values: str) -> None:
        """Set a document's outcome and, by name, its stage or story."""
        self._store.change(
            update(DOCUMENTS)
            .where(DOCUMENTS.c.id == id_)
            .values(outcome=outcome, rule=rule, reason=reason, **values)
        )

    def with_outcome(self, outcome: str) -> list[DocumentRow]:
        """Documents of an outcome, in order of arrival."""
        statement = select(*_COLUMNS).where(DOCUMENTS.c.outcome == outcome).order_by(DOCUMENTS.c.seq)
        return [DocumentRow(*row) for row in self._store.rows(statement)]

    def count(self) -> int:
        """How many documents are stored."""
        return int(self._store.rows(select(func.count()).select_from(DOCUMENTS))[0][0])


def search_entry(seq: int, document: Document) -> search.Entry:
    """What of a document is found by its words: of a record only the title."""
    body = "" if document.kind == "record" else document.text
    return search.Entry(seq, document.date, document.title, body, document.publisher, document.kind)


def _closed(document: Document) -> bytes:
    """The document and, beside it, its payload as it is: a raw value cannot be told from null when read."""
    return pack((replace(document, payload=None), document.payload or msgspec.Raw(b"null")))


def opened(data: bytes) -> Document:
    """The document of a stored body."""
    document: Document
    document, payload = unpack(data, _BODY)
    raw = bytes(payload)
    return document if raw == b"null" else replace(document, payload=msgspec.Raw(raw))


def _values(seq: int, new: NewDocument) -> dict[str, object]:
    document = new.document
    return {
        "seq": seq, "id": document.id, "kind": document.kind, "format": document.format,
        "title": document.title.replace("\0", " "), "publisher": document.publisher.replace("\0", " "),
        "url": document.url, "date": document.date,
        "stage": new.stage, "outcome": new.outcome, "rule": new.rule, "reason": new.reason,
        "inputs": new.inputs, "body": _closed(document), "observations": pack(new.observations),
    }  # fmt: skip


def _frozen(numbered: Iterable[tuple[int, NewDocument]]) -> list[dict[str, object]]:
    return [{"document": seq, "body": each.features} for seq, each in numbered if each.features]


def _pairs(column: str, entries: Iterable[tuple[int, tuple[str, ...]]]) -> Iterable[dict[str, object]]:
    for seq, values in entries:
        for value in sorted(set(values)):
            yield {column: value, "document": seq}
