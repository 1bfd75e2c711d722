# SPDX-License-Identifier: Apache-2.0
"""Inputs and what became of each. A Raw's bytes are kept until it was read, its row for good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import delete, func, insert, select, update

from scc.model.document import Raw
from scc.model.ids import digest
from scc.store.leases import claim, sweep
from scc.store.packing import pack, unpack
from scc.store.tables import RAWS

if TYPE_CHECKING:
    from scc.store.database import Store


class RawRow(msgspec.Struct, frozen=True):
    """What became of an input. `stage` is collected or read; `outcome` is "" while it is not known."""

    id: str
    path: str = ""
    url: str = ""
    entry: str = ""
    parent: str = ""
    container: str = ""
    size: int = 0
    document: str = ""
    outcome: str = ""
    rule: str = ""
    reason: str = ""
    stage: str = "read"
    attempt: int = 0


_COLUMNS = [RAWS.c[each] for each in RawRow.__struct_fields__]


def raw_id(raw: Raw) -> str:
    """Identity of an input: where it stood and its bytes."""
    return digest("raw", raw.path, raw.url if not raw.path else "", raw.parent, raw.entry, raw.data)[:32]


class Raws:
    """Repository of inputs."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def known(self, ids: Sequence[str]) -> set[str]:
        """Those of the ids that are stored."""
        found: set[str] = set()
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            found.update(row[0] for row in self._store.rows(select(RAWS.c.id).where(RAWS.c.id.in_(part))))
        return found

    def admit(self, raws: Iterable[tuple[str, Raw]]) -> int:
        """Store new inputs with their bytes, stage collected. Known ones are left alone, except those that
        ended in quarantine or hold an entry that did: they are read again, the program may have learnt."""
        pairs = dict(raws)
        known = self.known(list(pairs))
        for id_ in self._quarantined(sorted(known)):
            self._store.change(delete(RAWS).where(RAWS.c.container == id_, RAWS.c.outcome == "quarantined"))
            self._store.change(
                update(RAWS)
                .where(RAWS.c.id == id_)
                .values(body=pack(pairs[id_]), stage="collected", attempt=0, outcome="", rule="", reason="")
            )
        return self._insert(
            {
                "id": id_, "path": raw.path, "url": raw.url, "entry": raw.entry, "parent": raw.parent,
                "size": len(raw.data), "body": pack(raw), "stage": "collected",
            }
            for id_, raw in pairs.items() if id_ not in known
        )  # fmt: skip

    def _quarantined(self, ids: Sequence[str]) -> list[str]:
        """Those of the ids that are, or hold, quarantined inputs; crashes of the reader stay where they are."""
        found: set[str] = set()
        bad = (RAWS.c.outcome == "quarantined") & (RAWS.c.rule != "crashes")
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            for column in (RAWS.c.id, RAWS.c.container):
                rows = self._store.rows(select(column).where(column.in_(part), bad, RAWS.c.stage == "read"))
                found.update(str(row[0]) for row in rows)
        return sorted(found)

    def put(self, rows: Sequence[RawRow]) -> int:
        """Store inputs that are already decided (entries of a container, unreadable files)."""
        known = self.known([each.id for each in rows])
        return self._insert(msgspec.structs.asdict(each) for each in rows if each.id not in known)

    def _insert(self, rows: Iterable[dict[str, object]]) -> int:
        values = list(rows)
        self._store.change(insert(RAWS), values)
        return len(values)

    def claim(self, limit: int) -> list[tuple[RawRow, Raw]]:
        """Up to `limit` inputs that wait to be read, in order of arrival, leased to this process."""
        ids = claim(self._store, RAWS, "id", "collected", ("seq",), limit)
        found = self._store.rows(
            select(*_COLUMNS, RAWS.c.body).where(RAWS.c.id.in_(ids)).order_by(RAWS.c.seq)
        )
        return [(RawRow(*row[:-1]), unpack(row[-1], Raw)) for row in found]

    def sweep(self) -> int:
        """Free the leases of processes that are gone."""
        return sweep(self._store, RAWS, "collected")

    def decide(self, id_: str, outcome: str, rule: str = "", reason: str = "", document: str = "") -> None:
        """An input was read: its document or its outcome; the bytes are let go."""
        self._store.change(
            update(RAWS)
            .where(RAWS.c.id == id_)
            .values(
                outcome=outcome, rule=rule, reason=reason, document=document,
                stage="read", body=None, lease_until=0, lease_owner="",
            )
        )  # fmt: skip

    def outcome_of_documents(self, entries: Sequence[tuple[str, str, str, str]]) -> None:
        """Set (document, outcome, rule, reason) on every input that gave the document.

        Of several inputs that gave one document the first is its carrier; the others joined it when
        the document made an item.
        """
        for document, outcome, rule, reason in entries:
            self._store.change(
                update(RAWS)
                .where(RAWS.c.document == document)
                .values(outcome=outcome, rule=rule, reason=reason)
            )
            if outcome == "item":
                first = select(func.min(RAWS.c.seq)).where(RAWS.c.document == document).scalar_subquery()
                self._store.change(
                    update(RAWS)
                    .where(RAWS.c.document == document, RAWS.c.seq > first)
                    .values(outcome="joined", rule="same-document")
                )

    def repoint(self, document: str, to: str) -> None:
        """Inputs that gave a document are carried by another one from now on (the full text of a feed entry)."""
        self._store.change(update(RAWS).where(RAWS.c.document == document).values(document=to))

    def rows(self, ids: Sequence[str]) -> list[RawRow]:
        """The rows of these inputs and of the entries they hold, in order of arrival."""
        found: dict[str, tuple[int, RawRow]] = {}
        for column in (RAWS.c.id, RAWS.c.container):
            for start in range(0, len(ids), 500):
                part = ids[start : start + 500]
                for row in self._store.rows(select(RAWS.c.seq, *_COLUMNS).where(column.in_(part))):
                    found[row[1]] = (row[0], RawRow(*row[1:]))
        return [row for _, row in sorted(found.values(), key=lambda each: each[0])]

    def counts(self) -> dict[str, int]:
        """How many inputs ended in each outcome ("" : not decided yet)."""
        return {
            str(row[0]): int(row[1])
            for row in self._store.rows(select(RAWS.c.outcome, func.count()).group_by(RAWS.c.outcome))
        }
