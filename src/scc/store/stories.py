# SPDX-License-Identifier: Apache-2.0
"""Stories: which documents belong together, and which stories wait for a briefing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import func, insert, select, update

from scc.store.leases import claim, remaining, sweep
from scc.store.tables import DOCUMENTS, PROPOSALS, STORIES

if TYPE_CHECKING:
    from scc.store.database import Store


class StoryRow(msgspec.Struct, frozen=True):
    """A story. Stages: changed (waits for a briefing), typed (assessed, waits for it), briefed, merged, empty."""

    id: str
    item: str
    type: str
    date: str
    first: str
    inputs: str
    stage: str
    attempt: int


_COLUMNS = [STORIES.c[each] for each in StoryRow.__struct_fields__]


class Stories:
    """Repository of stories."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, *ids: str) -> None:
        """New stories without documents."""
        self._store.change(insert(STORIES), [{"id": each, "stage": "changed"} for each in ids])

    def get(self, id_: str) -> StoryRow | None:
        """The story of that id."""
        found = self._store.rows(select(*_COLUMNS).where(STORIES.c.id == id_))
        return StoryRow(*found[0]) if found else None

    def touch(self, id_: str) -> None:
        """The story's documents or their observations changed."""
        self._store.change(
            update(STORIES)
            .where(STORIES.c.id == id_, STORIES.c.stage != "merged")
            .values(stage="changed", attempt=0)
        )

    def touch_all(self) -> None:
        """Every story is looked at again (the profile, the clock's day or the pack changed)."""
        self._store.change(
            update(STORIES).where(STORIES.c.stage.in_(["briefed"])).values(stage="changed", attempt=0)
        )

    def merge(self, gone: str, into: str) -> None:
        """All documents of `gone` go over to `into`."""
        with self._store.transaction():
            self._store.change(update(DOCUMENTS).where(DOCUMENTS.c.story == gone).values(story=into))
            self._store.change(update(STORIES).where(STORIES.c.id == gone).values(stage="merged"))
            self.touch(into)

    def changed(self) -> list[str]:
        """Ids of the stories that wait for a briefing, in id order."""
        statement = select(STORIES.c.id).where(STORIES.c.stage == "changed").order_by(STORIES.c.id)
        return [str(row[0]) for row in self._store.rows(statement)]

    def alive(self) -> list[str]:
        """Ids of the stories that were not merged away, in id order."""
        statement = select(STORIES.c.id).where(STORIES.c.stage != "merged").order_by(STORIES.c.id)
        return [str(row[0]) for row in self._store.rows(statement)]

    def typed(self, id_: str, type_: str, date: str, first: str) -> None:
        """The story was assessed: its type, earliest date and earliest document."""
        self._store.change(
            update(STORIES)
            .where(STORIES.c.id == id_)
            .values(type=type_, date=date, first=first, stage="typed")
        )

    def unnumbered(self) -> list[StoryRow]:
        """Assessed stories without an item, in the order in which they get their numbers."""
        statement = select(*_COLUMNS).where(STORIES.c.stage == "typed", STORIES.c.item == "")
        rows = [StoryRow(*row) for row in self._store.rows(statement)]
        return sorted(rows, key=lambda each: (each.date or "9999", each.first))

    def number(self, id_: str, item: str) -> None:
        """The story is tracked as that item."""
        self._store.change(update(STORIES).where(STORIES.c.id == id_).values(item=item))

    def typed_count(self) -> int:
        """How many stories wait to be composed."""
        return remaining(self._store, STORIES, "typed")

    def claim(self, limit: int) -> list[str]:
        """Up to `limit` typed stories, by item id, leased to this process."""
        return claim(self._store, STORIES, "id", "typed", ("item",), limit)

    def briefed(self, id_: str, inputs: str) -> None:
        """The story's briefing is up to date with these inputs."""
        self._store.change(
            update(STORIES)
            .where(STORIES.c.id == id_)
            .values(stage="briefed", inputs=inputs, attempt=0, lease_until=0, lease_owner="")
        )

    def settle(self, id_: str, stage: str) -> None:
        """Put a story into a stage without a briefing (empty)."""
        self._store.change(update(STORIES).where(STORIES.c.id == id_).values(stage=stage, lease_until=0))

    def sweep(self) -> int:
        """Free the leases of processes that are gone."""
        return sweep(self._store, STORIES, "typed")

    def propose(self, document: str, stories: Sequence[str], reason: str) -> None:
        """Note that a document may belong to these stories."""
        known = {
            row[0]
            for row in self._store.rows(select(PROPOSALS.c.story).where(PROPOSALS.c.document == document))
        }
        self._store.change(
            insert(PROPOSALS),
            [
                {"document": document, "story": each, "reason": reason}
                for each in sorted(set(stories))
                if each not in known
            ],
        )

    def proposals(self) -> list[tuple[str, str, str]]:
        """(document, story, reason), sorted."""
        statement = select(PROPOSALS.c.document, PROPOSALS.c.story, PROPOSALS.c.reason)
        return sorted((str(row[0]), str(row[1]), str(row[2])) for row in self._store.rows(statement))

    def count(self) -> int:
        """How many stories are not merged away."""
        statement = select(func.count()).select_from(STORIES).where(STORIES.c.stage != "merged")
        return int(self._store.rows(statement)[0][0])
