# SPDX-License-Identifier: Apache-2.0
"""Archives of generated documents for `growth.py`: made once through the store, kept in a folder, measured as often as one likes.

Documents: words by Zipf's law and by the frozen weights, stories of heavy-tailed size, one hot CVE in one document of a
hundred, fifty documents a day (so that the windows of time in which documents are compared are full from about 10^4 on).
Each story is an item with a briefing: those of the examples, in turn.
"""

from __future__ import annotations

import datetime
import itertools
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

import psycopg  # noqa: E402
from sqlalchemy import bindparam, insert, select, text, update  # noqa: E402
from sqlalchemy.engine import make_url  # noqa: E402

import scc.store  # noqa: E402
from scc import correlate, engine  # noqa: E402
from scc.collect.files import walk  # noqa: E402
from scc.correlate.terms import stems, weight  # noqa: E402
from scc.model.briefing import Briefing  # noqa: E402
from scc.model.document import Document  # noqa: E402
from scc.model.facts import Identifier, Observation  # noqa: E402
from scc.model.ids import item_id  # noqa: E402
from scc.model.provenance import Span  # noqa: E402
from scc.store.database import Store  # noqa: E402
from scc.store.documents import NewDocument  # noqa: E402
from scc.store.packing import pack  # noqa: E402
from scc.store.tables import ITEMS, REVISIONS, STORIES  # noqa: E402

VOCABULARY = 40_000
WORDS = 80
INFLOW = 50
"""Documents a day."""
HOT = "CVE-2021-44228"
TRANSACTION = 2000
CACHE = 1_000_000
"""Kilobytes that SQLite may hold while an archive is filled."""


class Made:
    """Generated documents: the same number gives the same document."""

    def __init__(self) -> None:
        made = [f"term{number:05d}x" for number in range(VOCABULARY)]
        # What is common here is common for the frozen weights too, as in real texts.
        self.vocabulary = sorted(made, key=lambda each: (weight(stems(each)[0]), each))
        self._sums = list(itertools.accumulate(1 / (rank + 10) for rank in range(VOCABULARY)))
        self._story = 0
        self._left = 0

    def _text(self, chance: random.Random, words: int) -> str:
        return " ".join(chance.choices(self.vocabulary, cum_weights=self._sums, k=words))

    def document(self, number: int, story: int, hot: bool, stage: str, when: int) -> NewDocument:
        chance = random.Random(number * 7 + 1)
        day = datetime.date(2000, 1, 1) + datetime.timedelta(days=when)
        theme = random.Random(story)
        flaw = HOT if hot else f"CVE-{day.year}-{10000 + story}"
        title = f"{self._text(theme, 4)} {self._text(chance, 3)}"
        text = f"{title}. {flaw}. {self._text(theme, 20)} {self._text(chance, WORDS - 20)}"
        made = Document(
            id=f"doc-{number:016x}", kind="article", format="text", title=title, text=text, publisher="Example Wire",
            tier="T3", tlp="TLP:CLEAR", published=day.isoformat(), url=f"https://wire.example/{number}",
        )  # fmt: skip
        at = text.index(flaw)
        seen = (
            Observation(
                f"obs-{number:016x}",
                made.id,
                Identifier("cve", flaw, "main"),
                Span(at, at + len(flaw)),
                "stated",
                1.0,
            ),
        )
        keys = tuple(f"{each.kind}:{each.value}" for each in correlate.keys(made, seen))
        frozen = correlate.freeze(correlate.features(made, seen))
        return NewDocument(made, seen, keys, (flaw,), "inputs", stage, features=frozen)

    def stream(self) -> Iterator[tuple[NewDocument, int]]:
        """Documents with the story they belong to: most stories have one, few have hundreds (Pareto, index 1.2)."""
        chance = random.Random(11)
        for number in itertools.count():
            if self._left == 0:
                self._story += 1
                self._left = min(400, int(chance.paretovariate(1.2)))
            self._left -= 1
            hot = chance.random() < 0.01
            yield self.document(number, self._story, hot, "placed", number // INFLOW), self._story


def fill(store: Store, stream: Iterator[tuple[NewDocument, int]], count: int, filled: set[int]) -> None:
    """Add so many documents with their stories; `filled` are the stories there are."""
    while count:
        batch = list(itertools.islice(stream, min(TRANSACTION, count)))
        with store.transaction():
            store.documents.add([each for each, _ in batch])
            stories = sorted({story for _, story in batch} - filled)
            store.stories.add(*(f"story-{story:016x}" for story in stories))
            filled.update(stories)
            store.documents.place_many([(each.document.id, f"story-{story:016x}") for each, story in batch])
        count -= len(batch)


def examples(options: engine.Options) -> list[Briefing]:
    """The briefings of the examples that ship."""
    with tempfile.TemporaryDirectory() as folder, scc.store.open(f"{folder}/t.db") as store:
        engine.run(store, walk([str(ROOT / "examples")]), options)
        found = [store.items.briefing(each.id) for each in store.items.rows()]
    return [each for each in found if each is not None]


def furnish(store: Store, briefings: list[Briefing]) -> int:
    """Make every story without one an item with a briefing. Gives the number of items.

    The briefings are packed once and keep the ids they had: what an item's page costs does not hang on that.
    """
    packed = [pack(each) for each in briefings]
    rest = (
        select(STORIES.c.id)
        .where(STORIES.c.item == "", STORIES.c.id > bindparam("last"))
        .order_by(STORIES.c.id)
        .limit(TRANSACTION)
    )
    place = (
        update(STORIES)
        .where(STORIES.c.id == bindparam("story"))
        .values(item=bindparam("to"), type=bindparam("as"), stage="briefed", inputs="x")
    )
    number = store.items.count()
    last = ""
    while rows := store.rows(rest, {"last": last}):
        last = rows[-1][0]
        items, revisions, stories = [], [], []
        for row in rows:
            number += 1
            like = briefings[number % len(briefings)]
            id_ = item_id(like.type, 2026, number)
            items.append({"id": id_, "story": row[0], "revision": 1, "year": 2026, "number": number})
            revisions.append(
                {
                    "item": id_, "revision": 1, "generated": like.generated, "digest": "", "type": like.type,
                    "severity": like.severity.level, "priority": like.priority, "title": like.title,
                    "briefing": packed[number % len(briefings)],
                }
            )  # fmt: skip
            stories.append({"story": row[0], "to": id_, "as": like.type})
        with store.transaction():
            store.change(insert(ITEMS), items)
            store.change(insert(REVISIONS), revisions)
            store.change(place, stories)
    return number


class Shelf:
    """A folder (SQLite) or a server (PostgreSQL) with an archive for each size, and copies to measure on."""

    def __init__(self, folder: Path, server: str = "") -> None:
        self.folder = folder
        self.server = server
        folder.mkdir(parents=True, exist_ok=True)
        self._noted = folder / ("filled-postgresql.json" if server else "filled-sqlite.json")

    def noted(self) -> dict[str, dict[str, float]]:
        """What was noted when the archives were filled, by size."""
        found: dict[str, dict[str, float]] = (
            json.loads(self._noted.read_text()) if self._noted.exists() else {}
        )
        return found

    def note(self, size: int, **values: float) -> None:
        """Note something on an archive."""
        found = self.noted()
        found[str(size)] = {**found.get(str(size), {}), **values}
        self._noted.write_text(json.dumps(found, indent=1, sort_keys=True))

    def target(self, name: str) -> str:
        """Path or address of an archive."""
        if not self.server:
            return str(self.folder / f"{name}.db")
        return make_url(self.server).set(database=name).render_as_string(hide_password=False)

    def copy(self, source: str, name: str) -> str:
        """A fresh copy of an archive under another name."""
        if not self.server:
            self.drop(name)
            if source:
                with sqlite3.connect(self.target(source)) as old, sqlite3.connect(self.target(name)) as new:
                    old.backup(new)
                old.close(), new.close()
            return self.target(name)
        self.drop(name)
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {source}" if source else ""))
        return self.target(name)

    def drop(self, name: str) -> None:
        """Remove an archive, if it is there."""
        if not self.server:
            for each in self.folder.glob(f"{name}.db*"):
                each.unlink()
            return
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name}")

    def megabytes(self, store: Store, name: str) -> float:
        """Size on disk."""
        if not self.server:
            return sum(each.stat().st_size for each in self.folder.glob(f"{name}.db*")) / 1e6
        return float(store.rows(text("SELECT pg_database_size(current_database())"))[0][0]) / 1e6

    def stock(self, sizes: list[int], options: engine.Options) -> None:
        """Fill the archives that are not there yet: one is filled on, and copied at each size."""
        if all(f"{each}" in self.noted() for each in sizes):
            return
        made = Made()
        stream, filled, done, briefings = made.stream(), set[int](), 0, examples(options)
        with scc.store.open(self.copy("", "filling")) as store:
            for size in sizes:
                start, busy = time.perf_counter(), time.process_time()
                if store.dialect == "sqlite":
                    store.change(text(f"PRAGMA cache_size=-{CACHE}"))
                fill(store, stream, size - done, filled)
                took, busy = time.perf_counter() - start, time.process_time() - busy
                items = furnish(store, briefings)
                self.note(size, ms=took * 1000 / (size - done), cpu=busy * 1000 / (size - done), items=items)
                done = size
                store.close()
                self.copy("filling", f"archive{size}")
                print(f"filled {size}: {busy * 1000 / size:.2f} ms of the processor a document", flush=True)
        self.drop("filling")


def cold(path: str) -> None:
    """Ask the system to forget what it holds of a file in memory. Only where it can be asked (Linux)."""
    for each in (path, f"{path}-wal"):
        if Path(each).exists():
            with open(each, "rb") as file:
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
