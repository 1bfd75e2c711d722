# SPDX-License-Identifier: Apache-2.0
"""Stories: which documents belong together, and which stories wait for a briefing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import delete, func, insert, select, update

from scc.model.story import Held
from scc.store.leases import claim, remaining, sweep
from scc.store.tables import DOCUMENTS, FLAWS, ITEMS, PROPOSALS, STORIES

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
    flaws: int
    """How many vulnerabilities it was about when it was last assessed."""


_LIVING = ("changed", "typed", "briefed")
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
            self.forget(gone)
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

    def tell(self, mine: Held, flaws: Mapping[str, bool]) -> bool:
        """Note what links the story to others: its flaws, each with whether it is exploited; whether anything changed."""
        columns = (
            STORIES.c.title,
            STORIES.c.tlp,
            STORIES.c.release,
            STORIES.c.flaws,
            STORIES.c.date,
            STORIES.c.first,
        )
        before = self._store.rows(select(*columns).where(STORIES.c.id == mine.story))
        held = {
            str(row[0]): bool(row[1])
            for row in self._store.rows(
                select(FLAWS.c.flaw, FLAWS.c.exploited).where(FLAWS.c.story == mine.story)
            )
        }
        title = mine.title.replace("\0", " ")
        now = (title, mine.tlp, int(mine.release), mine.flaws, mine.date, mine.first)
        if held == dict(flaws) and before and tuple(before[0]) == now:
            return False
        self._store.change(
            update(STORIES)
            .where(STORIES.c.id == mine.story)
            .values(
                title=title,
                tlp=mine.tlp,
                release=int(mine.release),
                flaws=mine.flaws,
                date=mine.date,
                first=mine.first,
            )
        )
        if held != dict(flaws):
            self._store.change(delete(FLAWS).where(FLAWS.c.story == mine.story))
            self._store.change(
                insert(FLAWS),
                [
                    {"flaw": each, "story": mine.story, "exploited": int(used)}
                    for each, used in sorted(flaws.items())
                ],
            )
        return True

    def told(self, ids: Sequence[str]) -> dict[str, Held]:
        """What links the living ones of those stories, with their items; those of withdrawn and dismissed items are left out."""
        found: dict[str, Held] = {}
        columns = (
            STORIES.c.id,
            STORIES.c.title,
            STORIES.c.tlp,
            STORIES.c.date,
            STORIES.c.first,
            STORIES.c.release,
            STORIES.c.flaws,
            STORIES.c.item,
            ITEMS.c.status,
        )
        for start in range(0, len(ids), 500):
            statement = (
                select(*columns)
                .outerjoin(ITEMS, ITEMS.c.id == STORIES.c.item)
                .where(STORIES.c.id.in_(ids[start : start + 500]), STORIES.c.stage.in_(_LIVING))
            )
            for row in self._store.rows(statement):
                if row[8] in ("dismissed", "withdrawn", "merged"):
                    continue
                found[str(row[0])] = Held(
                    story=str(row[0]),
                    title=str(row[1]),
                    tlp=row[2] or "TLP:AMBER",
                    date=str(row[3]),
                    first=str(row[4]),
                    release=bool(row[5]),
                    flaws=int(row[6]),
                    item=str(row[7]),
                )
        return found

    def sharing(self, id_: str, limit: int) -> dict[str, dict[str, bool]]:
        """For other stories that are about a flaw of this one: those flaws and whether they hold them for exploited."""
        own = select(FLAWS.c.flaw).where(FLAWS.c.story == id_)
        statement = (
            select(FLAWS.c.story, FLAWS.c.flaw, FLAWS.c.exploited)
            .where(FLAWS.c.flaw.in_(own), FLAWS.c.story != id_)
            .order_by(FLAWS.c.flaw, FLAWS.c.story)
            .limit(limit)
        )
        found: dict[str, dict[str, bool]] = {}
        for row in self._store.rows(statement):
            found.setdefault(str(row[0]), {})[str(row[1])] = bool(row[2])
        return found

    def about_only(self, flaw: str, without: Sequence[str]) -> str:
        """The earliest living story that is about this flaw and no other, "" if there is none."""
        statement = (
            select(STORIES.c.date, STORIES.c.first, STORIES.c.id)
            .join(FLAWS, FLAWS.c.story == STORIES.c.id)
            .where(
                FLAWS.c.flaw == flaw,
                STORIES.c.flaws == 1,
                STORIES.c.stage.in_(_LIVING),
                STORIES.c.id.not_in(without),
            )
        )
        rows = [(row[0] or "9999", str(row[1]), str(row[2])) for row in self._store.rows(statement)]
        return min(rows)[2] if rows else ""

    def forget(self, id_: str) -> None:
        """The story is no more: those that were linked to it are looked at again."""
        self.look_again(sorted(self.sharing(id_, 500)))
        self._store.change(delete(FLAWS).where(FLAWS.c.story == id_))

    def look_again(self, ids: Sequence[str]) -> None:
        """Those of the stories that are briefed are looked at again: a link of theirs may have changed."""
        for start in range(0, len(ids), 500):
            self._store.change(
                update(STORIES)
                .where(STORIES.c.id.in_(ids[start : start + 500]), STORIES.c.stage == "briefed")
                .values(stage="changed", attempt=0)
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
