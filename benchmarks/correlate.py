# SPDX-License-Identifier: Apache-2.0
"""Placing a document as the archive grows, and an SBOM of 5,000 components against 10,000 advisories.

The archive is made up: words by a Zipf law (common ones have low weights, as in the frozen table), stories with a heavy
tail of sizes, 40 documents a day, one CVE in 1 % of the documents. It is kept in a dictionary of keys, so that what is
measured is the work of `correlate`: keys looked up, candidates found, pairs scored. `benchmarks/archive.py` measures
the store. Keys have windows of time, so candidates grow until the archive spans the windows (about 5,000 documents)
and are flat from there on. SCC_BENCH_DOCUMENTS says how far it goes (default 20,000).
"""

from __future__ import annotations

import bisect
import datetime
import itertools
import os
import random
import statistics
import time

from measure import Row

A_DAY = 40
CANDIDATES = 200
"""As many as the engine hands to `place`."""


class Made:
    """An archive of documents made up on demand, each with its keys."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        from scc.correlate.terms import stems, weight

        made = [f"term{number:05d}x" for number in range(60_000)]
        self._vocabulary = sorted(made, key=lambda each: (weight(stems(each)[0]), each))
        self._sums = list(itertools.accumulate(1 / (rank + 2.7) ** 1.05 for rank in range(60_000)))
        self.keys: dict[str, list[int]] = {}
        self.members: list[object] = []
        self.stories: list[int] = []
        self._heads: list[tuple[list[str], datetime.date, str]] = []

    def _words(self, count: int) -> list[str]:
        top = self._sums[-1]
        return [
            self._vocabulary[bisect.bisect(self._sums, self._chance.random() * top)] for _ in range(count)
        ]

    def make(self) -> tuple[object, tuple[object, ...], int]:
        """A document, its observations and its story; one in two joins one of the last 400 stories."""
        from scc.model.document import Document
        from scc.model.facts import Identifier, Observation
        from scc.model.provenance import Span

        number = len(self.members)
        start = datetime.date(2016, 1, 1) + datetime.timedelta(days=number // A_DAY)
        if self._heads and self._chance.random() < 0.5:
            # Recent stories get most of the documents, and a few of them very many.
            story = max(0, len(self._heads) - 1 - int(400 * self._chance.random() ** 3))
            words, _, cve = self._heads[story]
        else:
            story = len(self._heads)
            cve = f"CVE-{start.year}-{20000 + story}" if self._chance.random() < 0.4 else ""
            words = self._words(12)
            self._heads.append((words, start, cve))
        found = [cve] if cve else []
        if self._chance.random() < 0.01:
            found.append("CVE-2021-44228")
        title = " ".join(words[:7]).capitalize()
        text = f"{title}\n\n" + " ".join(words + self._words(240)) + " " + " ".join(found)
        document = Document(
            id=f"doc-{number:016x}", kind="article", format="text", title=title, text=text,
            publisher=f"Paper {number % 40}", tier="T3", tlp="TLP:CLEAR", published=start.isoformat(),
        )  # fmt: skip
        seen = tuple(
            Observation(
                f"obs-{number:016x}-{at}",
                document.id,
                Identifier("cve", each, "main"),
                Span(0, 1),
                "stated",
                1.0,
            )
            for at, each in enumerate(found)
        )
        return document, seen, story

    def add(self) -> None:
        """Put one more document into the archive, with its keys."""
        from scc import correlate

        document, seen, story = self.make()
        for each in correlate.keys(document, seen):  # type: ignore[arg-type]
            self.keys.setdefault(each.text, []).append(len(self.members))
        self.members.append((document, seen))
        self.stories.append(story)

    def place(self) -> tuple[int, int, float]:
        """Place a new document: keys looked up, candidates scored, seconds."""
        from scc import correlate

        document, seen, _ = self.make()
        start = time.perf_counter()
        wanted = correlate.lookups(each.text for each in correlate.keys(document, seen))  # type: ignore[arg-type]
        shared: dict[int, int] = {}
        for text in wanted:
            for at in self.keys.get(text, ()):
                shared[at] = shared.get(at, 0) + 1
        chosen = sorted(shared, key=lambda at: (-shared[at], at))[:CANDIDATES]
        candidates = [
            correlate.Candidate(f"story-{self.stories[at]}", correlate.features(*self.members[at]))  # type: ignore[misc]
            for at in chosen
        ]
        correlate.place(document, seen, candidates)  # type: ignore[arg-type]
        return len(wanted), len(shared), time.perf_counter() - start


def rows() -> list[Row]:
    """Rows: candidates and time a document at each size; the SBOM."""
    most = int(os.environ.get("SCC_BENCH_DOCUMENTS", "20000"))
    archive = Made(7)
    found: list[Row] = []
    for size in sorted({1000, most // 4, most} - {0}):
        while len(archive.members) < size:
            archive.add()
        runs = [archive.place() for _ in range(60)]
        middle = statistics.median(each[1] for each in runs)
        worst = max(each[1] for each in runs)
        spent = statistics.median(each[2] for each in runs)
        found.append(
            Row(
                f"placing a document among {size}",
                "flat",
                f"{middle:.0f} candidates (most {worst}), {spent * 1000:.1f} ms",
                None,
            )
        )
    found.append(_sbom())
    return found


def _sbom() -> Row:
    from scc import content
    from scc.assess.inventory import ecosystem, inventory
    from scc.assess.versions import affected
    from scc.model.facts import Product
    from scc.model.organisation import OwnProduct

    chance = random.Random(11)
    kinds = ("npm", "pypi", "maven", "golang", "deb", "rpm")

    def version() -> str:
        return f"{chance.randrange(9)}.{chance.randrange(30)}.{chance.randrange(30)}"

    owned = tuple(
        OwnProduct(f"lib-{at}", version=(v := version()), purl=f"pkg:{kinds[at % 6]}/lib-{at}@{v}")
        for at in range(5000)
    )
    advisories = [
        Product(
            f"lib-{(name := chance.randrange(10000))}",
            versions=f"from 1.0 before {version()}; before 0.{chance.randrange(9)}",
            purl=f"pkg:{kinds[name % 6]}/lib-{name}",
            status="affected",
        )
        for _ in range(10000)
    ]
    opened = content.open()
    start = time.perf_counter()
    ours = inventory(owned, opened)
    inside = 0
    for fact in advisories:
        for match in ours.matches(fact):
            kind = ecosystem(match.own.purl)
            inside += affected(match.own.version, fact.versions, kind) == "inside"
    spent = time.perf_counter() - start
    return Row(
        "5,000 components against 10,000 advisories", "< 10 s", f"{spent:.2f} s, {inside} inside", spent < 10
    )
