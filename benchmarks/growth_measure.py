# SPDX-License-Identifier: Apache-2.0
"""What `growth.py` measures on one archive: a document added and placed, a run, search, an item's page, lists.

Statements and rows are counted at the store's own door; for SQLite the steps of its virtual machine too, so that rows read
inside a statement and thrown away are seen. The processor's time is that of this process, without the server's.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, select

import scc.store
from growth_archive import INFLOW, Made, cold
from scc import correlate, engine
from scc.engine.placing import place_all
from scc.model.document import Raw
from scc.render import FORMATS
from scc.store.database import Store
from scc.store.query import Query
from scc.store.tables import DOCUMENTS, FEATURES, IDENTIFIERS, ITEMS, KEYS

PROBES = 16
"""Documents of each kind added to an archive in one round."""
ASKED = 20
"""Searches of each kind, and items, in one round."""
STEPS = 1000
"""Steps of SQLite's virtual machine between two counts."""

Value = dict[str, float]
Samples = dict[str, list[Value]]


class Counted:
    """What a stretch costs: statements, rows handed over, thousands of steps, candidates, time."""

    def __init__(self, store: Store) -> None:
        self.value: Value = {"statements": 0, "rows": 0, "steps": 0, "candidates": 0}
        self._store = store

    def __enter__(self) -> Counted:
        store, value = self._store, self.value
        self._real = (store.rows, store.change, correlate.place)
        real_rows, real_change, real_place = self._real

        def rows(*given: Any) -> list[Any]:
            found = real_rows(*given)
            value["statements"] += 1
            value["rows"] += len(found)
            return found

        def change(*given: Any) -> int:
            value["statements"] += 1
            return real_change(*given)

        def place(document: Any, observations: Any, candidates: Any, decisions: Any) -> Any:
            value["candidates"] += len(candidates)
            return real_place(document, observations, candidates, decisions)

        store.rows, store.change, correlate.place = rows, change, place  # type: ignore[method-assign,assignment]
        self._driver = self._open()
        if self._driver is not None:
            self._driver.set_progress_handler(self._step, STEPS)
        self._start, self._busy = time.perf_counter(), time.process_time()
        return self

    def _open(self) -> Any:
        if self._store.dialect != "sqlite":
            return None
        with self._store.transaction(write=False):
            assert self._store._connection is not None
            return self._store._connection.connection.driver_connection

    def _step(self) -> int:
        self.value["steps"] += 1
        return 0

    def __exit__(self, *_: object) -> None:
        self.value["ms"] = (time.perf_counter() - self._start) * 1000
        self.value["cpu"] = (time.process_time() - self._busy) * 1000
        if self._driver is not None:
            self._driver.set_progress_handler(None, 0)
        store = self._store
        store.rows, store.change, correlate.place = self._real  # type: ignore[method-assign]


def asked(made: Made, chance: random.Random) -> dict[str, Callable[[], Query]]:
    """Kinds of search; ranks are those of Zipf's law."""

    def word(first: int, last: int) -> str:
        return made.vocabulary[chance.randrange(first, last)]

    def flaw() -> str:
        return f"CVE-{chance.randrange(2000, 2054)}-{10_000 + chance.randrange(250_000)}"

    return {
        "a common word (rank 1 to 50)": lambda: Query(word(0, 50)),
        "a middle word (rank 500 to 5,000)": lambda: Query(word(500, 5000)),
        "a rare word (rank 20,000 to 40,000)": lambda: Query(word(20_000, 40_000)),
        "two common words": lambda: Query(f"{word(0, 50)} {word(0, 50)}"),
        "a common (rank 50 to 500) and a middle word": lambda: Query(f"{word(50, 500)} {word(500, 5000)}"),
        "a common and a rare word": lambda: Query(f"{word(0, 50)} {word(20_000, 40_000)}"),
        "two middle words": lambda: Query(f"{word(500, 5000)} {word(500, 5000)}"),
        "a phrase of two common words": lambda: Query(f'"{word(0, 50)} {word(0, 50)}"'),
        "a phrase (rank 50 to 500) that hardly any has": lambda: Query(f'"{word(50, 500)} {word(50, 500)}"'),
        "the hot CVE": lambda: Query("CVE-2021-44228"),
        "some CVE": lambda: Query(flaw()),
        "a common word, one year": lambda: Query(word(0, 50), since="2003", until="2003"),
        "a middle word, a publisher without it": lambda: Query(word(500, 5000), publisher="Nobody"),
        "a common word, an item type that is rare": lambda: Query(word(0, 50), type="disruption"),
        "a common word, one page further": lambda: Query(word(0, 50), after=f"w-{730_800 << 40}"),
        "words that no document has": lambda: Query(f"nothingatall {word(0, 50)}"),
    }


def search(store: Store, made: Made, seed: int, samples: Samples, times: int = ASKED) -> None:
    """Each kind of search, in turn."""
    kinds = asked(made, random.Random(seed))
    for _ in range(times):
        for kind, make in kinds.items():
            query = make()
            with Counted(store) as counted:
                store.search(query)
            samples.setdefault(f"search: {kind}", []).append(counted.value)


def page(store: Store, ids: list[str], seed: int, samples: Samples, times: int = ASKED) -> None:
    """Items as `scc show` reads them, then as an HTML page."""
    chance = random.Random(seed)
    for _ in range(times):
        id_ = chance.choice(ids)
        with Counted(store) as counted:
            item = store.items.resolve(id_)
            assert item is not None
            briefing = store.items.briefing(item.id)
        samples.setdefault("item read", []).append(counted.value)
        assert briefing is not None
        with Counted(store) as counted:
            item = store.items.resolve(id_)
            FORMATS["html"].write(briefing if item is None else store.items.briefing(item.id) or briefing)
        samples.setdefault("item page", []).append(counted.value)


def add(store: Store, made: Made, size: int, turn: int, options: engine.Options, samples: Samples) -> None:
    """Ordinary and hot documents in turn: stored (with the search index), then placed."""
    first = 10**9 + store.documents.count()
    for probe in range(PROBES * 2):
        hot = bool(probe % 2)
        story = size // 3 + (turn * PROBES * 2 + probe) * 13
        new = made.document(first + probe, story, hot, "read", size // INFLOW)
        with Counted(store) as counted, store.transaction():
            store.documents.add([new])
        samples.setdefault("stored", []).append(counted.value)
        with Counted(store) as counted:
            place_all(store, options)
        samples.setdefault("hot placed" if hot else "ordinary placed", []).append(counted.value)
    for id_ in store.stories.changed():
        store.stories.settle(id_, "briefed")


def runs(store: Store, size: int, turn: int, options: engine.Options, samples: Samples) -> None:
    """A run without input, and one with an article on a flaw of its own."""
    with Counted(store) as counted:
        engine.run(store, [], options)
    samples.setdefault("run on nothing", []).append(counted.value)
    first = store.documents.count() + turn * 10
    for number in range(2):
        flaw = f"CVE-2026-{10_000 + (first + number) % 80_000}"
        name, day = f"Example{first + number}", f"{2006 + (first + number) % 18}-{1 + first % 12:02}-01"
        words = f"{flaw}: a flaw in {name} {turn}.{number} is exploited. Update to {turn}.{number + 1}."
        raw = Raw(
            f"---\ntitle: {flaw} in {name}\ndate: {day}\n---\n{words}\n".encode(),
            path=f"{size}-{turn}-{first + number}.md",
        )
        with Counted(store) as counted:
            report = engine.run(store, [raw], options)
        assert [each.outcome for each in report.inputs] == ["item"], report.inputs
        samples.setdefault("run on an article", []).append(counted.value)


def lists(store: Store, samples: Samples) -> None:
    """What a list or an overview asks for."""
    for name, call in {
        "the last 50 items": lambda: store.items.rows(last=50),
        "number of documents": store.documents.count,
        "number of items": store.items.count,
    }.items():
        with Counted(store) as counted:
            call()
        samples.setdefault(f"list: {name}", []).append(counted.value)


def chilled(path: str, made: Made, seed: int, samples: Samples) -> None:
    """Searches and items of a database of which nothing is in memory, each with a connection of its own (SQLite)."""
    with scc.store.open(path) as store:
        ids = some_items(store, seed)
    chance = random.Random(seed)
    kinds = asked(made, chance)
    for kind, make in kinds.items():
        cold(path)
        with scc.store.open(path) as store:
            query = make()
            with Counted(store) as counted:
                store.search(query)
        samples.setdefault(f"cold search: {kind}", []).append(counted.value)
    for id_ in ids[:8]:
        cold(path)
        with scc.store.open(path) as store, Counted(store) as counted:
            FORMATS["html"].write(store.items.briefing(store.items.resolve(id_).id))  # type: ignore[arg-type,union-attr]
        samples.setdefault("cold item page", []).append(counted.value)


def some_items(store: Store, seed: int, most: int = 2000) -> list[str]:
    """Ids of items over the whole archive."""
    count = store.items.count()
    chance = random.Random(seed)
    numbers = sorted({chance.randrange(1, count + 1) for _ in range(min(most, 500))})
    statement = select(ITEMS.c.id).where(ITEMS.c.year == 2026, ITEMS.c.number.in_(numbers))
    found = [str(row[0]) for row in store.rows(statement)]
    chance.shuffle(found)
    return found


def measure(
    target: str, size: int, turn: int, made: Made, options: engine.Options, *, lasting: bool
) -> Samples:
    """One round on one archive. `lasting`: a file on this machine, which can be read cold too."""
    samples: Samples = {}
    if lasting:
        chilled(target, made, turn, samples)
    with scc.store.open(target) as store:
        ids = some_items(store, turn)
        search(store, made, turn, {}, 6)  # to warm up
        page(store, ids, turn, {}, 6)
        search(store, made, turn, samples)
        page(store, ids, turn, samples)
        lists(store, samples)
        add(store, made, size, turn, options, samples)
        runs(store, size, turn, options, samples)
        with store.transaction():  # the next round is not to find what this one added
            for table in (KEYS, IDENTIFIERS, FEATURES):
                store.change(delete(table).where(table.c.document > size))
            store.change(delete(DOCUMENTS).where(DOCUMENTS.c.seq > size))
    return samples


def quantile(values: list[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def median(values: list[Value], name: str) -> float:
    """The middle of one figure over all samples."""
    return statistics.median(each[name] for each in values)
