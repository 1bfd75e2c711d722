# SPDX-License-Identifier: Apache-2.0
"""Replay a corpus in date order for the example profiles and write docs/replay.md. `replay.py --data DIR [--db FILE]`.

DIR holds `corpus/`, FILE is a database that `corpus_run.py --keep` made of it (else the corpus is read). Records on products of
any of the profiles are put into stories; then, for each profile, the weeks pass one by one and
each story is judged with what was published until the end of the week, KEV included. Counted is the week in which a
story first reaches immediate or urgent. Judgements by hand stand in replay_judgements.csv (profile, key, right or wrong,
why); this program changes none. A list made without the judging code (KEV rows whose vendor and product stand among the
exposed products of the profile) shows what was missed.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import sqlite3
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

import scc.store  # noqa: E402
from scc import (  # noqa: E402
    act,
    assess,
    content,
    correlate,
    knowledge,
    settings,
)
from scc.collect.files import walk  # noqa: E402
from scc.content import Content  # noqa: E402
from scc.engine import Options  # noqa: E402
from scc.engine.intake import admit, own_products, read_all, release  # noqa: E402
from scc.engine.news import identifiers  # noqa: E402
from scc.engine.placing import place_all  # noqa: E402
from scc.knowledge import Knowledge  # noqa: E402
from scc.knowledge.types import KevEntry  # noqa: E402
from scc.model.document import Document, Source  # noqa: E402
from scc.model.organisation import Organisation  # noqa: E402
from scc.store.database import Store  # noqa: E402
from scc.store.documents import Observed  # noqa: E402

PROFILES = ("hospital", "water-utility", "saas-company")
MOST = {"immediate": 2, "urgent": 10}


class Until:
    """The knowledge of a day: KEV rows that were added later do not exist yet."""

    def __init__(self, pack: Knowledge) -> None:
        self._pack = pack
        self.day = "9999"

    def __getattr__(self, name: str) -> object:
        return getattr(self._pack, name)

    def kev(self, cve: str) -> KevEntry | None:
        entry = self._pack.kev(cve)
        return entry if entry is not None and entry.kev.date_added <= self.day else None


@dataclass
class Raised:
    """A story in the week in which it first reached a priority."""

    week: str
    priority: str
    key: str
    title: str
    why: str
    cves: tuple[str, ...]
    products: tuple[str, ...] = ()
    """Products of the reader's that matched."""


@dataclass
class Run:
    """What a profile's replay gave."""

    weeks: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    raised: list[Raised] = field(default_factory=list)
    stories: int = 0
    jobs: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """As `weeks`, but what is one job (`act.jobs`) counts once."""
    reached: dict[str, tuple[str, str]] = field(default_factory=dict)
    """CVE to (priority, week) first reached."""


def main() -> int:
    """Replay and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "replay.md")
    parser.add_argument("--now", default="2026-08-22T00:00:00Z", help="the last day of the corpus")
    parser.add_argument("--list", type=Path, help="write what was raised to this CSV, for judging by hand")
    parser.add_argument(
        "--db",
        type=Path,
        help="a database that corpus_run.py of this version kept; it is copied, not changed",
    )
    given = parser.parse_args()
    pack, own = knowledge.open(), content.open()
    runs: dict[str, tuple[Organisation, Run]] = {}
    profiles = {
        name: settings.organisation(ROOT / "examples" / "profiles" / f"{name}.toml") for name in PROFILES
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "replay.db"
        if given.db:
            with closing(sqlite3.connect(given.db)) as source, closing(sqlite3.connect(file)) as target:
                source.backup(target)
        with scc.store.open(file) as store:
            together = Organisation(
                products=tuple(each for one in profiles.values() for each in one.products)
            )
            options = Options(
                now=given.now, knowledge=pack, content=own, sources=own.records("sources", Source),
                organisation=together, tlp="TLP:AMBER",
            )  # fmt: skip
            prepare(store, given.data / "corpus", options, fresh=given.db is None)
            for name, organisation in profiles.items():
                runs[name] = organisation, replay(store, organisation, pack, own, given.now)
                print(
                    name,
                    runs[name][1].stories,
                    "stories",
                    len(runs[name][1].raised),
                    "raised",
                    file=sys.stderr,
                )
    if given.list:
        with given.list.open("w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["profile", "key", "week", "priority", "title", "why"])
            for name, (_, each) in runs.items():
                rows.writerows([name, r.key, r.week, r.priority, r.title, r.why] for r in each.raised)
    given.out.write_text(_note(runs, pack, given.now), "utf-8")
    print(given.out)
    return 0


def prepare(store: Store, corpus: Path, options: Options, *, fresh: bool) -> None:
    """Read the corpus unless it is there, put everything into stories that a reader of these products needs."""
    if fresh:
        read_all(store, options, len(admit(store, walk([corpus]), options)))
    kept = {row.id for row in store.documents.with_outcome("record")}
    ours = store.documents.speaking_of(sorted(own_products(options)))
    with store.transaction():
        release(store, [each for each in ours if each in kept], options)
    place_all(store, options)


def replay(store: Store, organisation: Organisation, pack: Knowledge, own: Content, now: str) -> Run:
    """Judge every story week by week for one reader."""
    found = Run()
    until = Until(pack)
    for members, records in _stories(store):
        found.stories += 1
        _judge(members, records, organisation, until, own, now, found)
    found.raised.sort(key=lambda each: (each.week, each.priority, each.key))
    for week in found.weeks:
        together = [each for each in found.raised if each.week == week]
        for job in act.jobs((each.key, each.priority, each.products) for each in together):  # type: ignore[misc]
            found.jobs[week][job.priority] += 1
    return found


def _stories(store: Store) -> Iterator[tuple[list[Observed], list[Observed]]]:
    for id_ in store.stories.alive():
        members = store.documents.get(store.documents.of_story(id_))
        if not members:
            continue
        wanted = sorted({value for document, seen in members for value in identifiers(document, seen)})
        inside = {document.id for document, _ in members}
        records = store.documents.get(
            each for each in store.documents.speaking_of(wanted) if each not in inside
        )
        yield members, records


def _judge(
    members: list[Observed], records: list[Observed], organisation: Organisation, until: Until, own: Content,
    now: str, found: Run,
) -> None:  # fmt: skip
    days = sorted({_day(each) for each, _ in (*members, *records)} - {""})
    order = ("", "urgent", "immediate")
    best = ""
    for week in sorted({_week(day) for day in days}):
        end = _end(week)
        if end > now[:10]:
            end = now[:10]
        known = [each for each in members if "" < _day(each[0]) <= end]
        if not known:
            continue
        told = [each for each in records if _day(each[0]) <= end]
        until.day = end
        story = correlate.story(known, (), until)  # type: ignore[arg-type]
        judged = assess.assess(story, tuple(told), organisation, (), until, own, f"{end}T23:00:00Z")  # type: ignore[arg-type]
        cves = tuple(each.id for each in judged.vulnerabilities)
        if judged.priority in MOST:
            for cve in cves:
                found.reached.setdefault(cve, (judged.priority, week))
        if judged.priority in MOST and order.index(judged.priority) > order.index(best):
            best = judged.priority
            found.weeks[week][best] += 1
            key = min(each[0].id for each in known)
            found.raised.append(
                Raised(
                    week,
                    best,
                    key,
                    story.documents[0].title,
                    judged.priority_reasons[0].text,
                    cves,
                    judged.relevance.matched,
                )
            )


def _day(document: Document) -> str:
    """When a document said what it says: a record was rewritten since it was first published."""
    said = document.modified if document.kind == "record" and document.modified else document.date
    return said[:10] if len(said) >= 10 else ""


def _week(day: str) -> str:
    year, week, _ = datetime.date.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02}"


def _end(week: str) -> str:
    year, number = week.split("-W")
    return datetime.date.fromisocalendar(int(year), int(number), 7).isoformat()


def _exposed_and_listed(organisation: Organisation, pack: Knowledge, now: str) -> list[KevEntry]:
    """KEV rows whose vendor and product words are those of an exposed product of the profile."""
    found = []
    for each in pack.kevs():
        listed = f"{each.vendor} {each.product}".lower().split()
        for own in organisation.products:
            if own.exposed and each.kev.date_added <= now[:10]:
                words = [*own.vendor.lower().split(), *own.product.lower().split()]
                if all(word in listed for word in words):
                    found.append(each)
                    break
    return found


def _most(weeks: dict[str, Counter[str]], level: str) -> int:
    return max((count[level] for count in weeks.values()), default=0)


def _over(counted: dict[str, dict[str, Counter[str]]]) -> list[str]:
    found = [
        f"- {name}, {week}: {count[level]} {level}"
        for name, weeks in counted.items()
        for week, count in sorted(weeks.items())
        for level in MOST
        if count[level] > MOST[level]
    ]
    return found or ["None."]


def _note(runs: dict[str, tuple[Organisation, Run]], pack: Knowledge, now: str) -> str:
    verdicts = {
        (row["profile"], row["key"]): row
        for row in csv.DictReader((Path(__file__).parent / "replay_judgements.csv").open())
    }
    lines = [
        "# Replay in date order",
        "",
        f"Written by `tools/replay.py --data DIR` (pack {pack.pack_id}, up to {now[:10]}). For each example profile the",
        "corpus is judged week by week with what was published until then; a story counts in the week in which it first",
        "reached a priority. Bounds: at most 2 immediate and 10 urgent in any week. They are counted in jobs: what concerns the",
        "same products of the reader with the same urgency in one week is one call and one update",
        "([decision 6](decisions/0006-a-job-is-counted-once.md)); the count of items stands beside it.",
        "",
        "| profile | stories | weeks with news raised | immediate | most in a week: jobs (items) | urgent | most in a week: jobs (items) |"
        " in KEV, exposed, ours | of these raised |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    missed_all: dict[str, list[KevEntry]] = {}
    for name, (organisation, each) in runs.items():
        counts = {
            level: (
                sum(week[level] for week in each.weeks.values()),
                max((week[level] for week in each.weeks.values()), default=0),
            )
            for level in MOST
        }
        wanted = _exposed_and_listed(organisation, pack, now)
        missed_all[name] = [entry for entry in wanted if entry.vulnerability not in each.reached]
        lines.append(
            f"| {name} | {each.stories} | {len(each.weeks)} | {counts['immediate'][0]} | {_most(each.jobs, 'immediate')} ({counts['immediate'][1]}) | "
            f"{counts['urgent'][0]} | {_most(each.jobs, 'urgent')} ({counts['urgent'][1]}) | {len(wanted)} | {len(wanted) - len(missed_all[name])} |"
        )
    lines.append("")
    for name, missed in missed_all.items():
        for entry in missed:
            lines.append(
                f"- Missed for {name}: {entry.vulnerability} ({entry.vendor} {entry.product}, listed {entry.kev.date_added})"
            )
    lines += ["", "## Weeks over a bound", "", "Counted in jobs:", ""]
    lines += _over({name: each.jobs for name, (_, each) in runs.items()})
    lines += ["", "Counted in items:", ""]
    lines += [*_over({name: each.weeks for name, (_, each) in runs.items()}), ""]
    for name, (_, each) in runs.items():
        judged = [verdicts.get((name, raised.key)) for raised in each.raised]
        right = sum(1 for row in judged if row and row["verdict"] == "right")
        read = sum(1 for row in judged if row)
        lines += [f"## {name}", "", f"Read and judged: {read} of {len(each.raised)}; right: {right}.", ""]
        lines += ["| week | priority | story | judged | why |", "|---|---|---|---|---|"]
        for raised, row in zip(each.raised, judged, strict=True):
            title = raised.title.replace("|", "/")[:90]
            verdict = f"{row['verdict']} | {row['why']}" if row else "not read | "
            lines.append(f"| {raised.week} | {raised.priority} | {title} | {verdict} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    sys.exit(main())
