# SPDX-License-Identifier: Apache-2.0
"""Export every item of a store in every format, validate, and write docs/exports.md. `exports.py --db FILE [--data DIR]`.

FILE is the database of a corpus run (`tools/corpus_run.py --keep FILE`). DIR has `schemas/` (official JSON Schemas); a
format whose validator is not at hand is counted as not checked. Each format is written for the reader, without
recorded gaps or findings, warm, in one process; milliseconds are the mean a written item.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import io
import json
import platform
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(ROOT / "benchmarks"))

import measure  # noqa: E402
import scc.store  # noqa: E402
from scc import __version__, knowledge  # noqa: E402
from scc.share.clearance import Refused, clear  # noqa: E402
from scc.share.interface import EXPORTS, Context, NotApplicable, Records  # noqa: E402

Check = Callable[[bytes], str]
"""The fault of a file, "" for none."""


def main() -> int:
    """Export, validate and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--db", required=True, type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "exports.md")
    parser.add_argument("--most", type=int, default=0, help="at most so many items (0: all)")
    given = parser.parse_args()
    pack = knowledge.open()
    checks = _checks(given.data)
    count: dict[str, Counter[str]] = {name: Counter() for name in EXPORTS}
    spent: Counter[str] = Counter()
    faults: list[str] = []
    reasons: dict[str, Counter[str]] = {name: Counter() for name in EXPORTS}
    slowest = 0.0
    with scc.store.open(given.db) as store:
        rows = store.items.rows()
        for row in rows[: given.most or None]:
            briefing = store.items.briefing(row.id)
            if briefing is None:
                continue
            total = 0.0
            for name, export in EXPORTS.items():
                cleared = clear(briefing, Records(), name, None)
                if isinstance(cleared, Refused):
                    count[name]["refused"] += 1
                    continue
                start = time.perf_counter()
                written = export.write(cleared.briefing, Context(pack, cleared.records))
                seconds = time.perf_counter() - start
                total += seconds
                if isinstance(written, NotApplicable):
                    count[name]["not applicable"] += 1
                    reasons[name][written.reason] += 1
                    continue
                spent[name] += round(seconds * 1e6)
                count[name]["written"] += 1
                count[name]["bytes"] += len(written)
                check = checks.get(name)
                if check is None:
                    continue
                fault = check(written)
                count[name]["invalid" if fault else "valid"] += 1
                if fault:
                    faults.append(f"{row.id} {name}: {fault[:160]}")
            slowest = max(slowest, total)
    given.out.write_text(_note(count, spent, reasons, faults, slowest, checks, pack.pack_id), "utf-8")
    print(given.out, len(faults), "faults", file=sys.stderr)
    return 1 if faults else 0


def _checks(data: Path | None) -> dict[str, Check]:
    """What can be checked with the packages of requirements/dev.txt and, with DIR, the official schemas."""
    found: dict[str, Check] = {
        "stix": _stix,
        "misp": _misp,
        "ics": _ics,
        "rss": _feed,
        "atom": _feed,
        "jsonfeed": _json,
        "navigator": _json,
        "csv": _csv,
        "gaps-csv": _csv,
        **{name: _json for name in EXPORTS if name.startswith("tickets-")},
    }
    found.update({"csaf": _csaf, "csaf-vex": _csaf, "csaf-2.1": _csaf})
    schemas = data / "schemas" if data else None
    if schemas is not None and schemas.is_dir():
        found["openvex"] = _schema(
            json.loads((schemas / "openvex" / "openvex_json_schema.json").read_text("utf-8"))
        )
        found["cacao"] = _cacao(schemas / "cacao")
    return found


def _schema(schema: dict[str, Any]) -> Check:
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)

    def check(data: bytes) -> str:
        return next((each.message for each in validator.iter_errors(json.loads(data))), "")

    return check


def _cacao(folder: Path) -> Check:
    """The OASIS schemas; what a dictionary of steps holds is validated by the schema of its type."""
    from jsonschema import Draft7Validator
    from referencing import Registry, Resource

    loaded = [json.loads(each.read_text("utf-8")) for each in sorted(folder.rglob("*.json"))]
    registry = Registry().with_resources((each["$id"], Resource.from_contents(each)) for each in loaded)
    by_title = {each["title"]: Draft7Validator(each, registry=registry) for each in loaded}

    def check(data: bytes) -> str:
        found = json.loads(data)
        parts = [("playbook", found)]
        parts += [
            (each["type"], each) for step in found["workflow"].values() for each in step.get("commands", ())
        ]
        return next((each.message for title, part in parts for each in by_title[title].iter_errors(part)), "")

    return check


def _csaf(data: bytes) -> str:
    """The wheel's schema and mandatory tests, and for 2.0 ours."""
    from csaf.csaf.v20._validator import validate as other_20
    from csaf.csaf.v21._validator import validate as other_21

    from scc.share.csaf.check import check

    found = json.loads(data)
    old = found["document"]["csaf_version"] == "2.0"
    report = (other_20 if old else other_21)(found)
    failed = [f"{each.id} {each.errors[:1]}" for each in report.results if not (each.passed or each.skipped)]
    failed += [str(each) for each in (check(found, knowledge.open()) if old else [])]
    return failed[0] if failed else "" if report.overall_valid else "not valid"


def _stix(data: bytes) -> str:
    import stix2

    try:
        stix2.parse(data.decode(), allow_custom=True)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _misp(data: bytes) -> str:
    from pymisp import MISPEvent

    event = MISPEvent()
    try:
        event.load(json.loads(data))
        event.to_feed()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _ics(data: bytes) -> str:
    import icalendar

    try:
        calendar = icalendar.Calendar.from_ical(data)
    except ValueError as error:
        return str(error)
    return "" if calendar.walk("VEVENT") or calendar.walk("VTODO") else "no event"


def _feed(data: bytes) -> str:
    import feedparser

    found = feedparser.parse(data)
    return str(found.bozo_exception) if found.bozo else "" if found.entries else "no entry"


def _json(data: bytes) -> str:
    try:
        json.loads(data)
    except ValueError as error:
        return str(error)
    return ""


def _csv(data: bytes) -> str:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    if len({len(row) for row in rows}) > 1:
        return "rows of different lengths"
    formula = [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    return f"a cell begins like a formula: {formula[0]!r}" if formula else ""


def _note(
    count: dict[str, Counter[str]], spent: Counter[str], reasons: dict[str, Counter[str]], faults: list[str],
    slowest: float, checks: dict[str, Check], pack: str,
) -> str:  # fmt: skip
    mean = sum(spent.values()) / 1000 / max(1, max(each["written"] for each in count.values()))
    lines = [
        "# Exports of the corpus run",
        "",
        f"Written by `tools/exports.py --db FILE --data DIR` on {datetime.date.today().isoformat()} (SCC {__version__}, pack "
        f"{pack[:12]}, {measure.machine()}, Python {platform.python_version()}). Every item of the corpus run in every format, "
        "for the reader, without recorded gaps or findings.",
        "",
        "| format | written | valid | not checked | not applicable | kB in the mean | ms in the mean |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, each in count.items():
        written = each["written"]
        unchecked = 0 if name in checks else written
        size = f"{each['bytes'] / written / 1000:.1f}" if written else ""
        pace = f"{spent[name] / 1000 / written:.2f}" if written else ""
        lines.append(
            f"| {name} | {written} | {each['valid']} | {unchecked} | {each['not applicable']} | {size} | {pace} |"
        )
    lines += [
        "",
        f"All formats of one item together: {mean:.0f} ms in the mean, {1000 * slowest:.0f} ms for the slowest item (budget 300 ms).",
        "",
        "## Why not applicable",
        "",
    ]
    for name, each in reasons.items():
        for reason, times in each.most_common(4):
            lines.append(f"- {name}: {reason} ({times})")
    lines += ["", "## Faults", "", *([f"- {each}" for each in faults[:40]] or ["None."])]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
