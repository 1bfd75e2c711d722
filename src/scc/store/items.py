# SPDX-License-Identifier: Apache-2.0
"""Items and their revisions. Numbers are given once and for good; a merged item redirects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import msgspec
from sqlalchemy import and_, func, insert, select, update

from scc.model.briefing import Briefing
from scc.model.ids import ItemType, item_id
from scc.model.story import Item, Status
from scc.store.packing import pack, unpack
from scc.store.tables import ITEMS, REVISIONS, STORIES

if TYPE_CHECKING:
    from scc.store.database import Store


class ItemRow(msgspec.Struct, frozen=True):
    """A line of the list of items: the item with what its last revision says."""

    id: str
    status: str
    revision: int
    merged_into: str
    type: str
    severity: str
    priority: str
    title: str
    generated: str


class Items:
    """Repository of items and revisions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def number(self, stories: list[tuple[str, str]], year: int) -> list[str]:
        """Give the stories (id, type) numbers in that order, all or none. Gives the item ids."""
        ids: list[str] = []
        with self._store.transaction():
            last = self._store.rows(
                select(func.coalesce(func.max(ITEMS.c.number), 0)).where(ITEMS.c.year == year)
            )
            for number, (story, type_) in enumerate(stories, int(last[0][0]) + 1):
                id_ = item_id(cast(ItemType, type_), year, number)
                self._store.change(insert(ITEMS).values(id=id_, story=story, year=year, number=number))
                self._store.change(update(STORIES).where(STORIES.c.id == story).values(item=id_))
                ids.append(id_)
        return ids

    def get(self, id_: str) -> Item | None:
        """The item of that id, as stored (not redirected)."""
        columns = (ITEMS.c.id, ITEMS.c.story, ITEMS.c.status, ITEMS.c.revision, ITEMS.c.merged_into)
        found = self._store.rows(select(*columns).where(ITEMS.c.id == id_))
        return Item(*found[0]) if found else None

    def resolve(self, id_: str) -> Item | None:
        """The item of that id, or the one it was merged into."""
        seen: set[str] = set()
        item = self.get(id_)
        while item is not None and item.merged_into and item.id not in seen:
            seen.add(item.id)
            item = self.get(item.merged_into)
        return item

    def redirect(self, gone: str, into: str) -> None:
        """`gone` is from now on the item `into`."""
        self._store.change(update(ITEMS).where(ITEMS.c.id == gone).values(status="merged", merged_into=into))

    def mark(self, id_: str, status: Status) -> None:
        """The item is in that state from now on."""
        self._store.change(update(ITEMS).where(ITEMS.c.id == id_).values(status=status))

    def revise(self, briefing: Briefing, digest: str) -> None:
        """Keep a new revision and make it the item's current one."""
        with self._store.transaction():
            self._store.change(
                insert(REVISIONS).values(
                    item=briefing.id, revision=briefing.revision, generated=briefing.generated, digest=digest,
                    type=briefing.type, severity=briefing.severity.level, priority=briefing.priority,
                    title=briefing.title.replace("\0", " "), briefing=pack(briefing),
                )
            )  # fmt: skip
            self._store.change(
                update(ITEMS).where(ITEMS.c.id == briefing.id).values(revision=briefing.revision)
            )

    def briefing(self, id_: str, revision: int | None = None) -> Briefing | None:
        """A revision of the item, the last one by default; None when there is none."""
        statement = select(REVISIONS.c.briefing).where(REVISIONS.c.item == id_)
        if revision is not None:
            statement = statement.where(REVISIONS.c.revision == revision)
        found = self._store.rows(statement.order_by(REVISIONS.c.revision.desc()).limit(1))
        return cast(Briefing, unpack(found[0][0], Briefing)) if found else None

    def revisions(self) -> list[tuple[str, int, str]]:
        """(item, revision, `generated`) of all revisions of items that are not merged, oldest first."""
        statement = (
            select(REVISIONS.c.item, REVISIONS.c.revision, REVISIONS.c.generated)
            .join(ITEMS, ITEMS.c.id == REVISIONS.c.item)
            .where(ITEMS.c.merged_into == "")
            .order_by(REVISIONS.c.generated, ITEMS.c.year, ITEMS.c.number, REVISIONS.c.revision)
        )
        return [(row[0], row[1], row[2]) for row in self._store.rows(statement)]

    def digest(self, id_: str) -> str:
        """Digest of the last revision's content, "" when there is none."""
        found = self._store.rows(
            select(REVISIONS.c.digest)
            .where(REVISIONS.c.item == id_)
            .order_by(REVISIONS.c.revision.desc())
            .limit(1)
        )
        return str(found[0][0]) if found else ""

    def rows(self, ids: Sequence[str] | None = None, last: int | None = None) -> list[ItemRow]:
        """The list of items that have a briefing, by year and number; only `ids`, or the `last` so many, when given."""
        current = and_(REVISIONS.c.item == ITEMS.c.id, REVISIONS.c.revision == ITEMS.c.revision)
        statement = select(
            ITEMS.c.id, ITEMS.c.status, ITEMS.c.revision, ITEMS.c.merged_into, REVISIONS.c.type,
            REVISIONS.c.severity, REVISIONS.c.priority, REVISIONS.c.title, REVISIONS.c.generated,
        ).join(REVISIONS, current)  # fmt: skip
        order = (ITEMS.c.year, ITEMS.c.number)
        if last is not None:
            newest = statement.order_by(*(each.desc() for each in order)).limit(last)
            return [ItemRow(*row) for row in reversed(self._store.rows(newest))]
        if ids is None:
            statement = statement.order_by(*order)
            return [ItemRow(*row) for row in self._store.rows(statement)]
        found: list[Any] = []
        for start in range(0, len(ids), 500):
            part = statement.add_columns(*order).where(ITEMS.c.id.in_(list(ids[start : start + 500])))
            found += self._store.rows(part)
        return [ItemRow(*row[:-2]) for row in sorted(found, key=lambda each: each[-2:])]

    def count(self) -> int:
        """How many items have a briefing."""
        statement = select(func.count()).select_from(ITEMS).where(ITEMS.c.revision > 0)
        return int(self._store.rows(statement)[0][0])
