# SPDX-License-Identifier: Apache-2.0
"""What the TAXII server holds: the STIX objects of all items, one collection a TLP label, kept up with the store.

Only facts about the world are in it, whatever a client is cleared for: what is said about the reader leaves
by `scc export` to a named recipient. A revision stands in the collection of its label or of the item's label
now, whichever is stricter, so that an item that became more restricted is gone from the wider collections at
once. Items that were merged into others are left out; those have what they said.

An object was added when its revision was made (the clock of that run), moved on by microseconds where several
would share a moment. A withdrawal by decision adds all that the item ever said once more as revoked, at the
time of the decision; what was there before stays as the earlier version.
"""

from __future__ import annotations

import datetime
import json
import logging
import threading
import time
from collections.abc import Callable, Iterable
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import msgspec

from scc.knowledge import Knowledge
from scc.model.tlp import ORDER, Tlp, strictest
from scc.share import EXPORTS, Context, NotApplicable, Records
from scc.share.clearance import world
from scc.share.identity import day
from scc.share.identity import moment as utc
from scc.web.taxii_objects import Collection, Entry, stamp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scc.model.decision import Decision
    from scc.store.database import Store

PAUSE: Final = 5.0
"""Seconds between two looks whether the store has something new."""
_LOG: Final = logging.getLogger(__name__)
_TICK: Final = datetime.timedelta(microseconds=1)


class Written(msgspec.Struct, frozen=True):
    """A revision as STIX objects."""

    label: Tlp
    objects: tuple[tuple[str, str, str, bytes], ...]
    """(id, type, `modified` or `created` or "", JSON)."""


class Added(msgspec.Struct, frozen=True):
    """A revision with its place in time."""

    time: datetime.datetime
    label: Tlp
    written: Written


class Library:
    """The collections by label. Safe for several threads; looks into the store by itself, under one lock."""

    def __init__(self, store: Callable[[], Store], knowledge: Knowledge, pause: float = PAUSE) -> None:
        """`store` opens the database; it is closed again after each look."""
        self._store = store
        self._knowledge = knowledge
        self._pause = pause
        self._lock = threading.Lock()
        self._looked = float("-inf")
        self._seen: tuple[object, ...] = ()
        self._cache: dict[tuple[str, int, bool], Written] = {}
        self._collections: Mapping[Tlp, Collection] = MappingProxyType({})

    def collections(self) -> Mapping[Tlp, Collection]:
        """Those that hold something, by label, as the store is now. Raises StoreError."""
        # While one looks, the others are answered from what is there; only the first look is waited for.
        if self._lock.acquire(blocking=not self._seen):
            try:
                if time.monotonic() - self._looked >= self._pause:
                    self._look()
                    self._looked = time.monotonic()
            finally:
                self._lock.release()
        return self._collections

    def _look(self) -> None:
        with self._store() as store:
            revisions = store.items.revisions()
            decisions = tuple(each for each in store.decisions.all() if each.kind == "withdraw")
            seen = (tuple(revisions), decisions)
            if seen == self._seen:
                return
            added = list(self._all(store, revisions, decisions))
        self._collections = MappingProxyType(collected(added))
        self._seen = seen

    def _all(
        self, store: Store, revisions: list[tuple[str, int, str]], decisions: tuple[Decision, ...]
    ) -> Iterable[Added]:
        last = {item: revision for item, revision, _ in sorted(revisions)}
        first = {item: generated for item, revision, generated in revisions if revision == 1}
        ruled: dict[str, Decision] = {}
        for each in sorted(decisions, key=lambda one: one.time):
            ruled.setdefault(each.target, each)

        def written(item: str, revision: int, by: Decision | None = None) -> Written | None:
            return self._written(store, item, revision, first.get(item, "") if revision > 1 else "", by)

        told = [(item, utc(generated), written(item, revision)) for item, revision, generated in revisions]
        # The last revision first: of an object that several have, its words are the ones revoked.
        for item, revision, generated in sorted(revisions, reverse=True):
            if item in ruled:
                when = max(day(ruled[item].time) or utc(generated), utc(generated))
                told.append((item, when, written(item, revision, ruled[item])))
        for item, when, found in told:
            now = written(item, last[item])
            if found is not None and now is not None:
                yield Added(when, strictest((found.label, now.label)), found)

    def _written(
        self, store: Store, item: str, revision: int, created: str, ruled: Decision | None
    ) -> Written | None:
        key = (item, revision, ruled is not None)
        if key not in self._cache:
            briefing = store.items.briefing(item, revision)
            if briefing is None:
                return None
            # Whatever a client is cleared for: nothing that is said about the reader gets in here.
            told = world(briefing)
            records = Records(decisions=(msgspec.structs.replace(ruled, author=""),) if ruled else ())
            context = Context(self._knowledge, records, created=created)
            try:
                data = EXPORTS["stix"].write(told, context)
            except ValueError:
                _LOG.warning("%s revision %d cannot be written as STIX and is left out", item, revision)
                return None
            if isinstance(data, NotApplicable):
                return None
            self._cache[key] = Written(told.tlp, _objects(data))
        return self._cache[key]


def _objects(data: bytes) -> tuple[tuple[str, str, str, bytes], ...]:
    return tuple(
        (
            each["id"],
            each["type"],
            each.get("modified") or each.get("created") or "",
            json.dumps(each, ensure_ascii=False, separators=(",", ":")).encode(),
        )
        for each in json.loads(data)["objects"]
    )


def collected(added: Iterable[Added]) -> dict[Tlp, Collection]:
    """The collections, least restricted first; an object and version that is there already stays as it was."""
    entries: dict[Tlp, list[Entry]] = {}
    known: dict[Tlp, set[tuple[str, str]]] = {}
    clock: dict[Tlp, datetime.datetime] = {}
    for each in sorted(added, key=lambda one: one.time):
        have = known.setdefault(each.label, set())
        for id_, type_, version, body in each.written.objects:
            if (id_, version) in have:
                continue
            have.add((id_, version))
            before = clock.get(each.label)
            time_ = each.time if before is None else max(each.time, before + _TICK)
            clock[each.label] = time_
            when = stamp(time_)
            entries.setdefault(each.label, []).append(Entry(id_, type_, version or when, when, "2.1", body))
    return {label: Collection(entries[label]) for label in ORDER if label in entries}
