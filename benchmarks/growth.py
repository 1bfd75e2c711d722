# SPDX-License-Identifier: Apache-2.0
"""What a document costs as the archive grows. `growth.py [--most N] [--rows FILE] [--filled DB]` writes docs/growth.md.

Archives of 10^3, 10^4 ... N (default 10^5) documents are filled through the store with generated documents and
observations: words by Zipf's law, stories of heavy-tailed size, one hot CVE in one document of a hundred, fifty documents
a day (so that the windows of time in which documents are compared are full from about 10^4 on). At each size the same kind of document is placed by the real code, in interleaved runs of ordinary and hot ones;
candidates scored, statements sent and rows read are counted. DESIGN's budget: flat within 20 % from 10^3 to 10^6.
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import json
import os
import platform
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

import scc.store  # noqa: E402
from scc import content, correlate, knowledge  # noqa: E402
from scc.correlate.terms import stems, weight  # noqa: E402
from scc.engine import Options  # noqa: E402
from scc.engine.placing import place_all  # noqa: E402
from scc.model.document import Document  # noqa: E402
from scc.model.facts import Identifier, Observation  # noqa: E402
from scc.model.provenance import Span  # noqa: E402
from scc.store.database import Store  # noqa: E402
from scc.store.documents import NewDocument  # noqa: E402

FILE = ROOT / "docs" / "growth.md"
VOCABULARY = 40_000
WORDS = 80
INFLOW = 50
"""Documents a day."""
HOT = "CVE-2021-44228"
PROBES = 120
SEARCHES = 100


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


class Counted:
    """Statements and rows of a stretch, counted at the store's own door."""

    def __init__(self, store: Store) -> None:
        self.statements = self.rows = 0
        self._store, self._real = store, store.rows

    def __enter__(self) -> Counted:
        def rows(*given: Any) -> list[Any]:
            found = self._real(*given)
            self.statements += 1
            self.rows += len(found)
            return found

        self._store.rows = rows  # type: ignore[method-assign]
        return self

    def __exit__(self, *_: object) -> None:
        self._store.rows = self._real  # type: ignore[method-assign]


def fill(store: Store, stream: Iterator[tuple[NewDocument, int]], count: int, filled: set[int]) -> None:
    """Add so many documents with their stories, a thousand in a transaction; `filled` are the stories there are."""
    while count:
        batch = list(itertools.islice(stream, min(1000, count)))
        with store.transaction():
            store.documents.add([each for each, _ in batch])
            stories = sorted({story for _, story in batch} - filled)
            store.stories.add(*(f"story-{story:016x}" for story in stories))
            filled.update(stories)
            store.documents.place_many([(each.document.id, f"story-{story:016x}") for each, story in batch])
        count -= len(batch)


def measure(store: Store, size: int, made: Made, options: Options) -> dict[str, float]:
    """Place ordinary and hot documents in turn; medians."""
    kinds: dict[bool, list[tuple[float, int, int, float]]] = {False: [], True: []}
    for probe in range(PROBES):
        hot = bool(probe % 2)
        number = 10**9 + size * 1000 + probe
        story = size // 3 + probe * 13
        with store.transaction():
            store.documents.add([made.document(number, story, hot, "read", size // INFLOW)])
        with Counted(store) as counted:
            start, busy = time.perf_counter(), time.process_time()
            place_all(store, options)
            took, busy = time.perf_counter() - start, time.process_time() - busy
        kinds[hot].append((took * 1000, counted.statements, counted.rows, busy * 1000))
    found = {}
    for hot, name in ((False, "ordinary"), (True, "hot")):
        times = sorted(each[0] for each in kinds[hot])
        found[f"{name} ms"] = statistics.median(times)
        found[f"{name} ms low"] = times[len(times) // 10]
        found[f"{name} ms high"] = times[-1 - len(times) // 10]
        found[f"{name} cpu"] = statistics.median(each[3] for each in kinds[hot])
        found[f"{name} statements"] = statistics.median(each[1] for each in kinds[hot])
        found[f"{name} rows"] = statistics.median(each[2] for each in kinds[hot])
    waits = []
    chance = random.Random(size)
    for _ in range(SEARCHES):
        # A common word and one of the middle, as a person asks.
        words = f"{made.vocabulary[chance.randrange(50, 500)]} {made.vocabulary[chance.randrange(500, 5000)]}"
        start = time.perf_counter()
        store.search(words)
        waits.append((time.perf_counter() - start) * 1000)
    found["search ms"] = sorted(waits)[int(SEARCHES * 0.95)]
    return found


def machine() -> str:
    """What it ran on."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        name = next(each.partition(":")[2].strip() for each in lines if each.startswith("model name"))
    except (OSError, StopIteration):
        name = platform.processor() or "unknown"
    return f"{os.cpu_count()} cores {name}, Python {platform.python_version()}"


def page(rows: dict[int, dict[str, float]], goal: int) -> list[str]:
    """docs/growth.md."""
    sizes = sorted(rows)
    lines = [
        "# Growth",
        "",
        f"Written by `benchmarks/growth.py --most {goal}` on {datetime.date.today()} ({machine()}). SQLite. A document is placed",
        "among archives of generated documents, filled through the store: words by Zipf's law and by the frozen weights, heavy-tailed",
        "stories, one CVE in 1 % of the documents (hot), fifty documents a day: the windows of time in which documents",
        "are compared are full from about 10^4 on. Processor time is that of the process; time by the clock is that of a machine",
        "that others used at the same time.",
        "",
        "| archive | ordinary document: processor ms | ms by the clock (10 % to 90 %) | statements | rows read | hot document: processor ms | ms by the clock (10 % to 90 %) | statements | rows read | search p95, ms | filling, ms a document | file, MB | peak memory, MB |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for size in sizes:
        r = rows[size]
        cells = [str(size)]
        for kind in ("ordinary", "hot"):
            cells += [
                f"{r[f'{kind} cpu']:.1f}",
                f"{r[f'{kind} ms']:.1f} ({r[f'{kind} ms low']:.1f} to {r[f'{kind} ms high']:.1f})",
                f"{r[f'{kind} statements']:.0f}",
                f"{r[f'{kind} rows']:.0f}",
            ]
        cells += [f"{r['search ms']:.1f}", f"{r['fill ms']:.1f}", f"{r['file']:.0f}", f"{r['memory']:.0f}"]
        lines.append(f"| {' | '.join(cells)} |")
    full = next((each for each in sizes if each >= 10_000), sizes[0])
    first, last = rows[full], rows[sizes[-1]]
    lines += ["", f"From {full} to {sizes[-1]} documents (budget: flat within 20 %):", ""]
    for kind in ("ordinary", "hot"):
        for name in ("statements", "rows", "cpu", "ms"):
            before, after = first[f"{kind} {name}"], last[f"{kind} {name}"]
            change = after / before - 1 if before else 0.0
            said = {"cpu": "processor time", "ms": "time by the clock", "rows": "rows read"}.get(name, name)
            over = "" if change <= 0.2 else ", above the budget"
            lines.append(f"- {kind} document, {said}: {change:+.0%}{over}")
    lines += [
        "",
        "At most 200 candidates are compared with a document, whatever the archive holds; those that share most keys come first.",
    ]
    lines += [
        "Search looks for a common word (rank 50 to 500) and one of the middle (rank 500 to 5,000).",
    ]
    if sizes[-1] < goal:
        lines.append(f"The archive was to grow to {goal}; its filling was ended at {sizes[-1]}.")
    return lines


def main() -> int:
    """Fill, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--out", type=Path, default=FILE)
    parser.add_argument("--rows", type=Path, help="JSON of what was measured: taken up and kept")
    parser.add_argument(
        "--filled", type=Path, help="measure this archive, that an earlier run filled, and no other"
    )
    most = parser.parse_args()
    options = Options(now="2026-06-10T08:00:00Z", knowledge=knowledge.open(), content=content.open())
    rows: dict[int, dict[str, float]] = {}
    if most.rows and most.rows.exists():
        rows = {int(size): row for size, row in json.loads(most.rows.read_text("utf-8")).items()}
    made = Made()

    def note(store: Store, size: int, folder: Path, filling: float) -> None:
        rows[size] = measure(store, size, made, options)
        rows[size]["fill ms"] = filling
        rows[size]["file"] = sum(each.stat().st_size for each in folder.iterdir()) / 1e6
        rows[size]["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(size, {name: round(value, 1) for name, value in rows[size].items()}, flush=True)
        if most.rows:
            most.rows.write_text(json.dumps(rows, sort_keys=True), "utf-8")

    if most.filled:
        with scc.store.open(most.filled) as store:
            note(
                store,
                store.documents.count(),
                most.filled.parent,
                rows[max(rows)]["fill ms"] if rows else 0.0,
            )
    else:
        with tempfile.TemporaryDirectory() as folder, scc.store.open(f"{folder}/t.db") as store:
            stream, done, size, filled = made.stream(), 0, 1000, set[int]()
            while size <= most.most:
                start = time.perf_counter()
                fill(store, stream, size - done, filled)
                note(store, size, Path(folder), (time.perf_counter() - start) * 1000 / (size - done))
                done = size
                size *= 10
    most.out.write_text("\n".join(page(rows, most.most)) + "\n", "utf-8")
    print(f"{most.out} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
