# SPDX-License-Identifier: Apache-2.0
"""Measures the knowledge pack and its selection and writes docs/knowledge.md.

python tools/knowledge_report.py --data DIR [--out FILE]

DIR holds `reference/briefing-example.txt`, a published briefing whose framework table is the yardstick; its text up to
its own steps is briefed, its table is compared. The scenarios come from tests/scenarios/controls. Changes nothing
but the page.
"""

from __future__ import annotations

import argparse
import datetime
import platform
import re
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / each) for each in ("src", "benchmarks", "tools", "tests/scenarios")]

import knowledge_scenarios  # noqa: E402
import measure  # noqa: E402
import scc.content  # noqa: E402
import scc.knowledge  # noqa: E402
from knowledge_scenarios import Row, table  # noqa: E402
from scc.knowledge import Knowledge  # noqa: E402
from scc.knowledge.authored import OURS  # noqa: E402
from scc.knowledge.select import rolled_up  # noqa: E402
from scc.model.briefing import Briefing  # noqa: E402

CTID: Final = "CTID Mappings Explorer: NIST 800-53r5"
NIST: Final = "nist-800-53r5"
KEYS: Final = {
    "NIST-800-53R5": NIST, "OWASP-TOP10-2021": "owasp-2021", "CIS-V8": "cis-v8", "SOC2-TSC": "soc2",
    "HIPAA-SECURITY": "hipaa", "ISO-27001-2022": "iso-27001-2022", "NIST-CSF-2": "nist-csf-2.0",
}  # fmt: skip
"""Headings of the reference table that stand for frameworks of controls."""


def share(part: int, whole: int) -> str:
    """ "28 of 33 (85 %)"."""
    return f"{part} of {whole} ({100 * part / whole:.0f} %)" if whole else "none"


def counts(known: Knowledge) -> str:
    """Entries by framework and edges by strength."""
    shown = scc.content.open().table("frameworks", dict[str, str])
    rows: list[Row] = []
    for each in shown:
        nodes = known.nodes(each["key"])
        live = sum(node.status == "live" for node in nodes)
        rows.append((each["key"], each["version"], f"{live:,}", f"{len(nodes) - live:,}"))
    ours = Counter(group.strength for group in known.authored.groups for _ in group.pairs)
    pairs: list[Row] = []
    for group in sorted(
        {(group.src, group.dst, group.relation) for group in known.authored.groups if group.dst != "theme"}
    ):
        number = sum(
            len(each.pairs)
            for each in known.authored.groups
            if (each.src, each.dst, each.relation) == group
        )  # fmt: skip
        pairs.append((group[0], group[2], group[1], str(number)))
    return "\n\n".join(
        (
            table(("framework", "version", "live", "revoked, deprecated or withdrawn"), rows),
            "Our own edges by strength: " + ", ".join(f"{key} {n}" for key, n in sorted(ours.items())) + ".",
            table(("from", "relation", "to", "our edges"), pairs),
        )
    )


def reference(text: str) -> tuple[str, list[tuple[str, str]], set[str]]:
    """The story without its answers, the rows of its table, and the NIST controls of its table and steps."""
    lines = [line.strip() for line in text.splitlines()]
    steps, mapping, end = (
        lines.index(each) for each in ("Action Checklist", "Framework Mappings", "MITRE ATT&CK Mapping")
    )
    rows: list[tuple[str, str]] = []
    key = ""
    for line in lines[mapping:end]:
        key = KEYS.get(line, "" if re.fullmatch(r"[A-Z0-9-]{5,}", line) else key)
        found = re.match(r"- \*\*(.+?)\*\*", line)
        if found and key:
            rows.append((key, found[1]))
    named = set(re.findall(r"\b[A-Z]{2}-\d{1,2}\b", "\n".join(lines[steps:end])))
    return "\n\n".join(line for line in lines[:steps] if line), rows, named


def brief(story: str) -> tuple[Briefing, tuple[str, ...]]:
    """Our briefing of the story's text, and the themes that were recognised."""
    from scc import engine, store
    from scc.collect.files import walk
    from scc.engine.briefing import judge
    from scc.model.document import Source

    shelf = scc.content.open()
    with TemporaryDirectory() as folder:
        (Path(folder) / "story.txt").write_text(story, "utf-8")
        options = engine.Options(
            now="2026-06-26T12:00:00Z",
            knowledge=scc.knowledge.open(),
            content=shelf,
            sources=tuple(shelf.records("sources", Source)),
        )
        with store.open(Path(folder) / "scc.db") as database:
            report = engine.run(database, walk([folder]), options)
            (item,) = report.items
            tracked, found = database.items.get(item.id), database.items.briefing(item.id)
            assert tracked is not None and found is not None
            return found, judge(database, tracked.story, options).assessment.themes


PAIRS: Final = frozenset({"crosswalk/800-53-cis", "crosswalk/800-53-soc2"})
"""Tables of ours that were written when the yardstick was known; the theme tables were not."""


def without_pairs() -> Knowledge:
    """The pack and our tables, less those of PAIRS."""
    known = Knowledge(scc.knowledge.open()._pack, scc.content.open())
    known.authored.__dict__["tables"] = tuple(name for name in known.authored.tables if name not in PAIRS)
    return known


def ways(known: Knowledge, ours: Briefing, rows: list[tuple[str, str]]) -> dict[tuple[str, str], Any]:
    """For each row that is reached from the story's techniques and weaknesses: the shortest path."""
    found: dict[tuple[str, str], Any] = {}
    for row in rows:
        paths = [path for start in _starts(ours) for path in known.paths(*start, ":".join(row))]
        if paths:
            found[row] = min(paths, key=lambda path: (len(path.edges), path.label))
    return found


def _starts(ours: Briefing) -> list[tuple[str, str]]:
    found = [("atlas" if each.domain == "atlas" else "attack", each.id) for each in ours.techniques]
    return found + [("cwe", each.id) for each in ours.weaknesses]


def reached(known: Knowledge, ours: Briefing, rows: list[tuple[str, str]]) -> str:
    """Which rows of the table a printed path reaches, by framework, and why the others are not reached."""
    full, bare = ways(known, ours, rows), ways(without_pairs(), ours, rows)
    lines: list[Row] = []
    for key in (*dict.fromkeys(key for key, _ in rows), "all"):
        mine = [row for row in rows if key in ("all", row[0])]
        missed = ", ".join(":".join(row) for row in mine if row not in full)
        lines.append(
            (
                key,
                share(sum(row in full for row in mine), len(mine)),
                missed or "none",
                share(sum(row in bare for row in mine), len(mine)),
            )
        )
    parts = [table(("framework", "rows reached", "not reached", "without our pairs of controls"), lines)]
    for row in rows:
        if row not in full:
            parts.append(f"- {':'.join(row)} is not reached: {_reason(known, row, _starts(ours))}.")
    parts.append(
        table(("row", "shortest path"), [(":".join(row), _label(full[row])) for row in rows if row in full])
    )
    return "\n\n".join(parts)


def _label(path: Any) -> str:
    """A path with the dataset of every edge."""
    return "; ".join(
        f"{each.src} {each.relation} {each.dst} ({each.dataset} {each.version})" for each in path.edges
    )


def _reason(known: Knowledge, row: tuple[str, str], starts: list[tuple[str, str]]) -> str:
    node = known.node(*row)
    if node is None:
        return "the pack does not have it"
    near = sorted(
        {edge.dst.partition(":")[0] + " " + edge.dst.partition(":")[2] for edge in known.edges(*row)}
    )
    if not near:
        return "no data set and no table of ours has an edge to it"
    return f"its edges come from {', '.join(near[:6])}{' and others' if len(near) > 6 else ''}, and none of these follows from the story's {len(starts)} ids within four steps"


def short_list(
    known: Knowledge, ours: Briefing, themes: tuple[str, ...], rows: list[tuple[str, str]], named: set[str]
) -> tuple[list[str], list[str]]:
    """Our selected NIST rows: those that stand in the reference's table or steps, and the others."""
    nist = {id_ for key, id_ in rows if key == NIST} | {
        id_ for id_ in named if (node := known.node(NIST, id_)) is not None and node.status == "live"
    }
    selected = known.select(
        techniques=tuple(each.id for each in ours.techniques),
        weaknesses=tuple(each.id for each in ours.weaknesses if each.basis != "inferred"),
        themes=themes,
        frameworks=(NIST,),
    ).get(NIST, ())
    return [each.id for each in selected if each.id in nist], [
        each.id for each in selected if each.id not in nist
    ]


def capped(
    known: Knowledge, ours: Briefing, themes: tuple[str, ...], rows: list[tuple[str, str]], named: set[str]
) -> str:
    """How our short list agrees with the table and the steps of the reference."""
    hit, other = short_list(known, ours, themes, rows, named)
    mine = ours.frameworks.get(NIST, ())
    table_ids = [id_ for key, id_ in rows if key == NIST]
    both = [id_ for id_ in table_ids if id_ in {row.id for row in mine}]
    return "\n".join(
        (
            f"- The selection gives {len(hit) + len(other)} NIST rows for the story (themes: {', '.join(themes)}); "
            f"{share(len(hit), len(hit) + len(other))} stand in the reference's table or steps: {', '.join(hit)}. "
            f"Not there: {', '.join(other) or 'none'}.",
            f"- Our whole table holds {len(mine)} NIST rows, those of the printed actions included; "
            f"{share(len(both), len(table_ids))} of the reference's {len(table_ids)} NIST rows are among them: "
            f"{', '.join(both) or 'none'}.",
        )
    )


def pairs_of_route(known: Knowledge) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """By technique: CTID's controls, and those of the technique's mitigations without CTID's edges."""
    truth: dict[str, set[str]] = {}
    guess: dict[str, set[str]] = {}
    for each in known.techniques():
        if each.status != "live" or each.domain != "enterprise":
            continue
        controls = {
            rolled_up(NIST, edge.dst.partition(":")[2])
            for edge in known.edges("attack", each.id, NIST)
            if edge.dataset == CTID
        }
        if not controls:
            continue
        truth[each.id] = controls
        guess[each.id] = {
            edge.dst.partition(":")[2]
            for step in known.edges("attack", each.id, "attack")
            if step.relation == "mitigated-by"
            for edge in known.edges("attack", step.dst.partition(":")[2], NIST)
            if edge.dataset == OURS
        }
    return truth, guess


def route(known: Knowledge) -> str:
    """Precision and recall of technique to mitigation to control, against CTID's own mapping."""
    truth, guess = pairs_of_route(known)
    rows: list[Row] = []
    for name, keep in (("all", truth), ("those with a mitigation", [id_ for id_ in truth if guess[id_]])):
        right = sum(len(truth[id_] & guess[id_]) for id_ in keep)
        told = sum(len(guess[id_]) for id_ in keep)
        asked = sum(len(truth[id_]) for id_ in keep)
        rows.append(
            (name, str(len(keep)), str(asked), str(told), f"{right / told:.3f}", f"{right / asked:.3f}")
        )
    return table(("techniques", "number", "CTID's pairs", "the route's pairs", "precision", "recall"), rows)


def covered(known: Knowledge) -> str:
    """By framework: how many themes lead to its controls, and which do or do not."""
    themes = [theme.key for theme in known.themes()]
    rows: list[Row] = []
    for key in dict.fromkeys(row.framework for row in known.authored.theme_controls):
        held = {row.theme for row in known.authored.theme_controls if row.framework == key}
        few = len(held) < len(themes) / 2
        named = [each for each in themes if (each in held) == few]
        said = f"only {', '.join(named)}" if few else f"without {', '.join(named)}" if named else "all"
        rows.append((key, f"{len(held)} of {len(themes)}", said))
    return table(("framework", "themes with controls", "which"), rows)


PAGE: Final = """# The knowledge pack, measured

Written by `python tools/knowledge_report.py --data DIR` on {date}, {machine}, Python {python}, pack {pack}.

## What it holds

{counts}

## Themes and frameworks

The 32 themes lead to the controls of a framework where the framework has something to say on them. Frameworks of one
subject (AI, development, personal data, products, applications) have none for the others.

{cells}

## The published briefing: what a path reaches

The yardstick is the framework table of the published briefing in docs/reference-comparison.md ({rows} rows of controls).
Our briefing of its text, cut before its own steps and table, finds {techniques} techniques and {weaknesses} weaknesses;
the paths start from these alone. The theme tables were committed before this was measured; our pairs of SP 800-53 with
CIS and SOC 2 were written when the table was known, so the last column gives the share without them.

{reached}

### The short list

{capped}

## The mitigation route against CTID

From a technique to its ATT&CK mitigations (MITRE) and from these to SP 800-53 (`crosswalk/mitigation-800-53.csv`, ours),
held against CTID's own mapping of techniques to controls, which the route does not use. Enhancements count as their control.

{route}

## Scenarios of controls

`tests/scenarios/controls/`: items of all types with ids that must and must not stand in the table, each set written from
its sources before the program had been run on it.

{scenarios}

The figures of now are no forecast: the faults below were found on these items. Each was mended by a rule for its kind
of item (the loss of a site and the second line rest on one item each); no table of themes to controls was changed for it.

Found on 01 to 20:

- sub-techniques did not point where their parents point; products did not point to the theme of their class (a router to
  edge devices); the cue "ios" took Cisco's IOS XE for a telephone
- every breach, outage and advisory brought the theme of its type, whether somebody else was hit, a service stopped or a
  flaw was named, or not; a bare "AI" in a title brought misuse of AI
- an attack told only by the outage it caused, and the loss of a site, were taken for no news
- words were missing by which themes are recognised (`crosswalk/theme-cues.csv`, kept apart from the themes)
- actions: contingency tests belonged to every table-top exercise, suppliers' controls to breaches without a supplier; none
  spoke of a second line, of copies elsewhere, or of protection of sites
- among equals the order of ids decided; now the theme that fits best does

Found on 21 to 32:

- in an outage the kind of system that stood still (mobile, identity, cloud) was taken for its subject
- a supplier that changes hands or terms was taken for a flaw in its products; news of the market now has no technical theme
- a new standard with dates was taken for no news
- suspending an account named the control for leavers (PS-4) whoever used the account

Found on 33 to 38, a set made of kinds that had failed before (a supplier bought, an outage, a standard) and of three
others, to see whether the rules above hold; they did not:

- news of the market is set aside as product news; a supplier of the reader that changes hands is now news to this reader
- words of sign-in and of cryptography did not count as words of security; data that leaves with a device was no breach;
  cues were missing (digital identity, identity proofing, unencrypted laptop)
- in an outage the names of systems in the title brought their themes still
- patients and students were taken for customers that may be us
- a theme brought classes of OWASP beside the one that OWASP gives the item's own weakness

What does not hold:

{open}
"""


def main() -> int:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description="Measure the knowledge pack and write docs/knowledge.md.")
    parser.add_argument("--data", type=Path, required=True, help="folder with reference/")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "knowledge.md")
    asked = parser.parse_args()
    known = scc.knowledge.open()
    story, rows, named = reference((asked.data / "reference" / "briefing-example.txt").read_text("utf-8"))
    ours, themes = brief(story)
    held, still = knowledge_scenarios.scenarios()
    asked.out.write_text(
        PAGE.format(
            date=datetime.date.today().isoformat(),
            machine=measure.machine(),
            python=platform.python_version(),
            pack=known.pack_id[:12],
            counts=counts(known),
            cells=covered(known),
            rows=len(rows),
            techniques=len(ours.techniques),
            weaknesses=len(ours.weaknesses),
            reached=reached(known, ours, rows),
            capped=capped(known, ours, themes, rows, named),
            route=route(known),
            scenarios=held,
            open=still or "Nothing.",
        ),
        "utf-8",
    )
    print(f"{asked.out.name} written.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
