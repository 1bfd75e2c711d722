# SPDX-License-Identifier: Apache-2.0
"""Export every item of a store in every format, validate, and write docs/exports.md. `exports.py --db FILE [--data DIR]`.

FILE is the database of a corpus run (`tools/corpus_run.py --keep FILE`). DIR has `schemas/` (official JSON Schemas); a
format whose validator is not at hand is counted as not checked. Each format is written for the reader, warm, in one
process; milliseconds are of this process's own time, the mean a written item.

First without records. Then every tenth item that has an action with a control, with records that this script makes up
(a gap of each status, reviews, a statement that we are not affected), read back from a file as `scc export --records`
does; counted apart. `--files DIR` keeps the files. Validators that stand in environments of their own are run by
`outside.py`, which writes docs/exports-outside.md.
"""

from __future__ import annotations

import argparse
import datetime
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks"), str(ROOT / "tools")]

import exports_checks  # noqa: E402
import measure  # noqa: E402
import scc.store  # noqa: E402
from scc import __version__, knowledge  # noqa: E402
from scc.model.act import Gap, Review  # noqa: E402
from scc.model.briefing import Briefing  # noqa: E402
from scc.model.decision import Decision  # noqa: E402
from scc.render import FORMATS  # noqa: E402
from scc.share.clearance import Refused, clear  # noqa: E402
from scc.share.interface import EXPORTS, Context, NotApplicable, Records  # noqa: E402

PEOPLE = ("xlsx", "docx", "md")
"""Formats for people that belong to the exports too."""
NAMES = (*EXPORTS, *PEOPLE)
WITH_RECORDS = ("csaf-vex", "openvex", "cyclonedx-vex", "oscal", "oscal-ar", "ics", "gaps-md", "gaps-csv")
"""Formats in which records show."""
EACH = 10
"""Every so manieth item gets made up records."""


class Count:
    """What one pass gave, by format."""

    def __init__(self) -> None:
        self.by: dict[str, Counter[str]] = {}
        self.reasons: dict[str, Counter[str]] = {}
        self.spent: Counter[str] = Counter()
        self.items: list[float] = []
        """Seconds of the process's own time an item, all formats together."""
        self.walls: list[float] = []
        """The same by the clock on the wall, with whatever else the machine does."""
        self.faults: list[str] = []


def main() -> int:
    """Export, validate and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--db", required=True, type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "exports.md")
    parser.add_argument("--most", type=int, default=0, help="at most so many items (0: all)")
    parser.add_argument("--files", type=Path, help="keep the files there")
    given = parser.parse_args()
    pack = knowledge.open()
    checks = exports_checks.checks(given.data)
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.files or Path(scratch)
        with scc.store.open(given.db) as store:
            rows = store.items.rows()[: given.most or None]

            def briefings() -> Iterator[Briefing]:
                return (found for row in rows if (found := store.items.briefing(row.id)) is not None)

            plain = _pass(briefings(), NAMES, lambda _: Records(), pack, checks, folder / "plain")
            sample = [each for each in briefings() if any(one.controls for one in each.actions)][::EACH]
            handed = _handed(sample, Path(scratch) / "records.json")
            recorded = _pass(sample, WITH_RECORDS, lambda _: handed, pack, checks, folder / "recorded")
    note = _note(plain, recorded, len(sample), checks, pack.pack_id)
    given.out.write_text(note, "utf-8")
    faults = [*plain.faults, *recorded.faults]
    print(given.out, len(faults), "faults", file=sys.stderr)
    return 1 if faults else 0


def _pass(
    briefings: Iterable[Briefing], names: tuple[str, ...], records: Callable[[Briefing], Records], pack: knowledge.Knowledge,
    checks: dict[str, exports_checks.Check], folder: Path,
) -> Count:  # fmt: skip
    """Every item in every format: written, timed, validated, kept."""
    count = Count()
    for name in names:
        count.by[name], count.reasons[name] = Counter(), Counter()
    for number, briefing in enumerate(briefings):
        if number == 0:  # imports and caches: what is measured is warm
            for name in names:
                _write(name, briefing, records(briefing), pack)
        total = wall = 0.0
        for name in names:
            start, clock = time.process_time(), time.perf_counter()
            written = _write(name, briefing, records(briefing), pack)
            seconds = time.process_time() - start
            total += seconds
            wall += time.perf_counter() - clock
            if isinstance(written, Refused):
                count.by[name]["refused"] += 1
                continue
            if isinstance(written, NotApplicable):
                count.by[name]["not applicable"] += 1
                count.reasons[name][written.reason] += 1
                continue
            count.spent[name] += round(seconds * 1e6)
            count.by[name]["written"] += 1
            count.by[name]["bytes"] += len(written)
            place = folder / name / f"{briefing.id}{(EXPORTS.get(name) or FORMATS[name]).extension}"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(written)
            check = checks.get(name)
            if check is None:
                continue
            fault = check(written)
            count.by[name]["invalid" if fault else "valid"] += 1
            if fault:
                count.faults.append(f"{briefing.id} {name}: {fault[:160]}")
        count.items.append(total)
        count.walls.append(wall)
    return count


def _write(
    name: str, briefing: Briefing, records: Records, pack: knowledge.Knowledge
) -> bytes | NotApplicable | Refused:
    cleared = clear(briefing, records, name, None)
    if isinstance(cleared, Refused):
        return cleared
    if name in EXPORTS:
        return EXPORTS[name].write(cleared.briefing, Context(pack, cleared.records))
    return FORMATS[name].write(cleared.briefing)


def _handed(sample: list[Briefing], file: Path) -> Records:
    """Made up records on the first control of an item's actions, written to a file and read from it."""
    gaps: list[Gap] = []
    reviews: list[Review] = []
    decisions: list[Decision] = []
    for number, each in enumerate(sample):
        control = next(one for action in each.actions for one in action.controls)
        where = {"item": each.id, "framework": control.framework, "control": control.id}
        day = each.generated[:10]
        gaps += [
            Gap(id=f"{each.id}-open", description="Not in place.", owner="IT operations", due="2026-12-31", author="A. Person",
                found=day, **where),
            Gap(id=f"{each.id}-accepted", description="Accepted until replaced.", status="accepted", author="A. Person",
                found=day, **where),
            Gap(id=f"{each.id}-closed", description="Closed.", status="closed", author="A. Person", found=day, **where),
        ]  # fmt: skip
        reviews += [
            Review(id=f"{each.id}-next", item=each.id, date="2026-12-01", reason="Look again."),
            Review(id=f"{each.id}-done", item=each.id, date=day, reason="Looked.", status="done"),
        ]
        if number % 2:
            reason = "component_not_present: never installed"
            decisions.append(
                Decision(f"{each.id}-vex", "correct", "A. Person", each.generated, reason, target=each.id)
            )
    file.write_bytes(msgspec.json.encode(Records(tuple(gaps), tuple(reviews), tuple(decisions))))
    return msgspec.json.decode(file.read_bytes(), type=Records)


def _note(
    plain: Count, recorded: Count, sample: int, checks: dict[str, exports_checks.Check],
    pack: str,
) -> str:  # fmt: skip
    times = sorted(plain.items) or [0.0]
    n = len(times)
    over = sum(each > 0.3 for each in times)
    p99 = times[int(n * 0.99)]
    lines = [
        "# Exports of the corpus run",
        "",
        f"Written by `tools/exports.py --db FILE --data DIR` on "
        f"{datetime.date.today().isoformat()} (SCC {__version__}, pack {pack[:12]}, {measure.machine()}, Python "
        f"{platform.python_version()}). Every item of the corpus run ({len(times)}) in every format, for the reader, "
        "without recorded gaps or findings.",
        "",
        *_table(plain, checks),
        "",
        f"All formats of one item together, with xlsx, docx and md: {1000 * sum(times) / n:.0f} ms in the mean, "
        f"{1000 * p99:.0f} ms at the 99th percentile, {1000 * times[-1]:.0f} ms for the slowest item; {over} of {len(times)} "
        f"items over the budget of 300 ms. By the wall clock, with other work on the machine: {1000 * sum(plain.walls) / n:.0f} ms "
        f"in the mean, {1000 * max(plain.walls, default=0):.0f} ms for the slowest.",
        "",
        "## With recorded gaps, reviews and statements",
        "",
        f"Every tenth item that has an action with a control ({sample}), with made up records handed in as `--records` does: a "
        "gap of each status, an open and a done review, and for half of them a person's statement that we are not affected.",
        "",
        *_table(recorded, checks),
        "",
        "Validators of other projects that stand in environments of their own: [exports-outside.md](exports-outside.md).",
        "",
        "## Why not applicable",
        "",
    ]
    for name, each in plain.reasons.items():
        for reason, number in each.most_common(4):
            lines.append(f"- {name}: {reason} ({number})")
    faults = [*plain.faults, *(f"with records: {each}" for each in recorded.faults)]
    lines += ["", "## Faults", "", *([f"- {each}" for each in faults[:40]] or ["None."])]
    return "\n".join(lines) + "\n"


def _table(count: Count, checks: dict[str, exports_checks.Check]) -> list[str]:
    lines = [
        "| format | written | valid | not checked | not applicable | kB in the mean | ms in the mean | checked by |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, each in count.by.items():
        written = each["written"]
        unchecked = 0 if name in checks else written
        size = f"{each['bytes'] / written / 1000:.1f}" if written else ""
        pace = f"{count.spent[name] / 1000 / written:.2f}" if written else ""
        lines.append(
            f"| {name} | {written} | {each['valid']} | {unchecked} | {each['not applicable']} | {size} | {pace} | "
            f"{exports_checks.BY[name]} |"
        )
    return lines


if __name__ == "__main__":
    sys.exit(main())
