# SPDX-License-Identifier: Apache-2.0
"""Run the main job over the development corpus and write docs/corpus-run.md. `corpus_run.py --data DIR`.

DIR holds `corpus/` with its MANIFEST.json. Everything stands in a fresh database in a temporary folder;
`--keep FILE` keeps it. Measures, judges nothing by hand: types are compared through corpus_types.csv,
outcomes with tests/corpus_expected.yaml, sentences by the linter.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

import scc.store  # noqa: E402
from scc import __version__, brief, content, knowledge  # noqa: E402
from scc.brief.lint.grounding import pieces  # noqa: E402
from scc.collect.files import walk  # noqa: E402
from scc.engine import Options, Report, run  # noqa: E402
from scc.model.briefing import Briefing  # noqa: E402
from scc.model.document import Document, Source  # noqa: E402
from scc.model.facts import Identifier, Observation  # noqa: E402
from scc.store.database import Store  # noqa: E402

Observed = tuple[Document, tuple[Observation, ...]]


@dataclass
class Figures:
    """Everything the note says."""

    seconds: float = 0.0
    render_seconds: float = 0.0
    peak: float = 0.0
    documents: int = 0
    pieces: int = 0
    ungrounded: list[str] = field(default_factory=list)
    findings: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    groups: int = 0
    cves: int = 0
    missing: list[str] = field(default_factory=list)
    short: list[str] = field(default_factory=list)
    full: int = 0
    typed: int = 0
    wrong: list[tuple[str, str, str, str]] = field(default_factory=list)
    split: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)


def main() -> int:
    """Run and write; 0 when the run itself went through."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "corpus-run.md")
    parser.add_argument("--now", default="2026-08-22T00:00:00Z")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    corpus: Path = given.data / "corpus"
    if not (corpus / "MANIFEST.json").is_file():
        parser.error(f"{corpus} has no MANIFEST.json")
    manifest = json.loads((corpus / "MANIFEST.json").read_text())
    figures = Figures()
    pack, own = knowledge.open(), content.open()
    with tempfile.TemporaryDirectory() as folder:
        target = given.keep or Path(folder) / "corpus.db"
        with scc.store.open(target) as store:
            options = Options(
                now=given.now, knowledge=pack, content=own, sources=own.records("sources", Source),
                tlp="TLP:AMBER", progress=_progress,
            )  # fmt: skip
            start = time.perf_counter()
            report = run(store, walk([corpus]), options)
            figures.seconds = time.perf_counter() - start
            figures.peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            figures.documents = store.documents.count()
            briefings = {each.id: _required(store.items.briefing(each.id)) for each in report.items}
            for each in briefings.values():
                _lint(figures, each, store, pack)
            _coverage(figures, manifest, corpus, report, briefings, store)
            _types(figures, manifest, corpus, report, briefings)
            _expected(figures, corpus, report)
    given.out.write_text(_note(figures, report, briefings, corpus, pack.pack_id, given.now), "utf-8")
    print(given.out)
    return 0


def _progress(stage: str, done: int, total: int) -> None:
    if total and done >= total:
        print(f"{stage:>10} {done}", file=sys.stderr)


def _required(briefing: Briefing | None) -> Briefing:
    assert briefing is not None
    return briefing


def _sources(briefing: Briefing, store: Store) -> list[Observed]:
    wanted = {each.document for each in briefing.sources} | {
        each.document for each in briefing.citations if each.document
    }
    return store.documents.get(sorted(wanted))


def _lint(figures: Figures, briefing: Briefing, store: Store, pack: object) -> None:
    findings = brief.lint_briefing(briefing, _sources(briefing, store), pack)  # type: ignore[arg-type]
    page = briefing.page_one
    for statement in (
        page.decide, *page.known, *page.unknown, *page.would_change, *briefing.summary, *briefing.analysis,
    ):  # fmt: skip
        figures.pieces += len(list(pieces(statement.text)))
    for each in findings:
        if each.state != "contradicted":
            figures.findings[f"{each.code} (not checkable)"] += 1
            continue
        figures.findings[each.code] += 1
        figures.examples[each.code].append(f"{briefing.id} {each.where}: {each.message}")
        if each.code == "statement-ungrounded":
            figures.ungrounded.append(briefing.id)


def _items_of(report: Report, corpus: Path) -> dict[str, str]:
    """Item by path in the corpus."""
    return {
        str(Path(each.path).relative_to(corpus)): each.item
        for each in report.inputs
        if each.item and not each.is_entry and each.path
    }


def _coverage(
    figures: Figures, manifest: dict[str, object], corpus: Path, report: Report,
    briefings: dict[str, Briefing], store: Store,
) -> None:  # fmt: skip
    stories = manifest["stories"]
    assert isinstance(stories, dict)
    items = _items_of(report, corpus)
    documents = {
        str(Path(each.path).relative_to(corpus)): each.document
        for each in report.inputs
        if each.document and not each.is_entry
    }
    for name, paths in sorted(stories.items()):
        figures.groups += 1
        named: Counter[str] = Counter()
        for path in paths:
            for _, seen in store.documents.get([documents[path]] if path in documents else []):
                named.update(
                    {
                        one.fact.value
                        for one in seen
                        if isinstance(one.fact, Identifier) and one.fact.scheme == "cve"
                    }
                )
        led = sorted({items[path] for path in paths if path in items})
        shown = {one.id for each in led for one in briefings[each].vulnerabilities}
        for cve, count in sorted(named.items()):
            if count >= 2:
                figures.cves += 1
                if cve not in shown:
                    figures.missing.append(f"{name}: {cve}")
        if len(led) > 1:
            figures.split.append(f"{name}: {len(paths)} files in {len(led)} items")
    for id_, briefing in briefings.items():
        if any(not each.excerpt and each.kind != "record" for each in briefing.sources):
            figures.full += 1
            if len(briefing.summary) < 3:
                figures.short.append(id_)


def _types(
    figures: Figures,
    manifest: dict[str, object],
    corpus: Path,
    report: Report,
    briefings: dict[str, Briefing],
) -> None:
    with (ROOT / "tools" / "corpus_types.csv").open(newline="") as stream:
        mapping = {row["label"]: row for row in csv.DictReader(stream)}
    entries = manifest["entries"]
    assert isinstance(entries, list)
    items = _items_of(report, corpus)
    for entry in entries:
        label, path = entry.get("type"), entry["path"]
        if label not in mapping:
            continue
        figures.typed += 1
        item = items.get(path)
        if item is None:
            figures.wrong.append((path, label, "no item", ""))
            continue
        briefing, wanted = briefings[item], mapping[label]
        right = (
            wanted["item_type"] == briefing.type
            if wanted["item_type"]
            else wanted["facet"] in briefing.facets
        )
        if not right:
            figures.wrong.append((path, label, briefing.type, ", ".join(briefing.facets)))


def _expected(figures: Figures, corpus: Path, report: Report) -> None:
    """Compare every file and entry with the outcome that tests/corpus_expected.yaml says of its folder."""
    import yaml

    folders = yaml.safe_load((ROOT / "tests" / "corpus_expected.yaml").read_text("utf-8"))["folders"]
    for each in report.inputs:
        path = Path(each.path).relative_to(corpus)
        place = path.parent
        while str(place) not in folders and place != Path("."):
            place = place.parent
        rule = folders.get("" if place == Path(".") else str(place))
        if rule is None or (place == Path(".") and len(path.parts) > 1):
            figures.unexpected.append(f"`{path}`: its folder is not among the expectations")
            continue
        rule = rule.get("except", {}).get(path.name, rule)
        wanted = rule["outcome"]
        if wanted == "container":
            wanted = rule["entries"] if each.is_entry else "context"
        allowed = {"item", "joined", "not-news"} if wanted == "news" else {wanted}
        if each.outcome not in allowed:
            figures.unexpected.append(f"`{path}` {each.entry}: {each.outcome}, expected {wanted}")


def _outcomes(report: Report, corpus: Path, entries: bool) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for each in report.inputs:
        if each.is_entry == entries and each.path:
            parts = Path(each.path).relative_to(corpus).parts
            found[parts[0] if len(parts) > 1 else "(top)"][each.outcome] += 1
    return dict(sorted(found.items()))


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> list[str]:
    names = list(head)
    lines = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    return lines + [f"| {' | '.join(str(each) for each in row)} |" for row in rows]


def _note(
    figures: Figures, report: Report, briefings: dict[str, Briefing], corpus: Path, pack: str, now: str
) -> str:
    kinds = ["item", "joined", "record", "context", "not-news", "quarantined"]
    types = Counter(each.type for each in briefings.values())
    grounded = figures.pieces - len(figures.ungrounded)
    right = figures.typed - len(figures.wrong)
    contradicted = sum(count for code, count in figures.findings.items() if "(not" not in code)
    lines = [
        "# The corpus run", "",
        f"Written by `tools/corpus_run.py --data DIR` (SCC {__version__}, pack {pack[:12]}, clock {now}).", "",
        *_table(
            ("measure", "value"),
            [
                ("files", sum(report.files().values())),
                ("entries of containers", sum(report.entries().values())),
                ("documents stored", figures.documents),
                ("items", len(briefings)),
                ("wall time, reading to stored briefings", f"{figures.seconds:.0f} s"),
                ("documents a second", f"{figures.documents / max(figures.seconds, 0.001):.0f}"),
                ("peak memory", f"{figures.peak:.0f} MB"),
                ("grounding (numbers, ids, dates, names of page 1, summary, analysis)",
                 f"{_share(grounded, figures.pieces)} of {figures.pieces}"),
                (f"coverage: CVEs named twice or more, over {figures.groups} story groups",
                 f"{_share(figures.cves - len(figures.missing), figures.cves)} of {figures.cves}"),
                ("coverage: three summary sentences where a full text exists",
                 f"{_share(figures.full - len(figures.short), figures.full)} of {figures.full}"),
                ("type accuracy against hand-set labels", f"{_share(right, figures.typed)} of {figures.typed}"),
                ("share of advisory", _share(types["advisory"], len(briefings))),
                ("lint findings", contradicted),
                ("files and entries without the outcome expected of their folder", len(figures.unexpected)),
                ("failures of the program", len(report.faults)),
            ],
        ),
        "", "## Outcomes of files by folder", "",
        *_table(("folder", *kinds), [
            (name, *(found[kind] for kind in kinds)) for name, found in _outcomes(report, corpus, False).items()
        ]),
        "", "## Outcomes of entries by folder", "",
        *_table(("folder", *kinds), [
            (name, *(found[kind] for kind in kinds)) for name, found in _outcomes(report, corpus, True).items()
        ]),
        "", "## Items by type", "", *_table(("type", "items"), sorted(types.items())),
        "", "## What falls short", "",
    ]  # fmt: skip
    lines += _listed(
        "Wrong types (label, got, facets)", [f"`{a}`: {b}, {c}, {d}" for a, b, c, d in figures.wrong]
    )
    lines += _listed("Not the outcome expected of the folder", figures.unexpected)
    lines += _listed("CVEs of a story group that no briefing of it shows", figures.missing)
    lines += _listed("Story groups in several items", figures.split)
    lines += _listed("Full text and fewer than three summary sentences", figures.short)
    lines += _listed("Failures of the program", list(report.faults))
    lines += _listed(
        "Quarantined", [
            f"`{Path(each.path).relative_to(corpus)}` {each.entry}: {each.reason}"
            for each in report.inputs if each.outcome == "quarantined"
        ],
    )  # fmt: skip
    lines += ["### Lint findings by code", ""]
    lines += _table(("code", "count", "for example"), [
        (code, count, next(iter(figures.examples.get(code, ())), "").replace("|", "\\|")[:160])
        for code, count in sorted(figures.findings.items())
    ])  # fmt: skip
    return "\n".join(lines) + "\n"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "nothing to measure"


def _listed(title: str, values: list[str], most: int = 60) -> list[str]:
    if not values:
        return []
    shown = [f"- {each}" for each in values[:most]]
    if len(values) > most:
        shown.append(f"- and {len(values) - most} more")
    return [f"### {title}: {len(values)}", "", *shown, ""]


if __name__ == "__main__":
    sys.exit(main())
