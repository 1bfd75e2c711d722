# SPDX-License-Identifier: Apache-2.0
"""Judge the response scenarios of tests/scenarios/response and write docs/scenarios.md. `scenarios.py [ID ...]`.

Each scenario goes through the real stages in memory: front matter and text as a raw input with its source, read, observe,
story, assessment, plan. Checked are the mode, the effects that must and must not be planned, order pairs (where both
effects are planned) and the number of actions. An effect counts, not the id of an action. Nothing here is tuned: a
scenario that was itself wrong carries `corrected` (what, from, why) and is counted in both versions.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

import scc.content  # noqa: E402
import scc.knowledge  # noqa: E402
import scc.plan  # noqa: E402
from scc import assess, correlate, read  # noqa: E402
from scc.knowledge.types import KevEntry  # noqa: E402
from scc.model.assessment import Assessment  # noqa: E402
from scc.model.decision import Decision  # noqa: E402
from scc.model.document import Document, PublisherKind, Raw, Source  # noqa: E402
from scc.model.facts import Observation  # noqa: E402
from scc.model.organisation import Organisation  # noqa: E402
from scc.model.plan import ActionPlan  # noqa: E402
from scc.model.provenance import Tier  # noqa: E402
from scc.model.story import Story  # noqa: E402

FOLDER = ROOT / "tests" / "scenarios" / "response"
FILE = ROOT / "docs" / "scenarios.md"
KINDS: dict[str, tuple[PublisherKind, Tier]] = {
    "agency": ("authority", "T1"),
    "vendor": ("vendor", "T1"),
    "research": ("research", "T2"),
    "press": ("press", "T3"),
}
"""`kind` of a document in a scenario: what its publisher is to us, and its tier."""


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document of a scenario."""

    title: str
    publisher: str
    date: str
    kind: str
    text: str


class Corrected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A judgement of a scenario that was changed after it was written."""

    field: str
    was: Any
    why: str


class Scenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file; tests/scenarios/README.md says what its fields mean."""

    id: str
    title: str
    as_of: str
    reason: str
    references: tuple[str, ...]
    documents: tuple[Given, ...]
    organisation: Organisation
    evidence_at_our_site: bool
    mode: str
    must: tuple[str, ...]
    must_not: tuple[str, ...]
    before: tuple[tuple[str, str], ...] = ()
    max_actions: int | None = None
    corrected: tuple[Corrected, ...] = ()

    def first(self) -> Scenario:
        """The scenario as it was first written."""
        return msgspec.convert(
            {**msgspec.to_builtins(self), **{each.field: each.was for each in self.corrected}}, Scenario
        )


@dataclass
class Outcome:
    """What a scenario gave: the plan, and for every check whether it holds."""

    scenario: Scenario
    story: Story
    assessment: Assessment
    plan: ActionPlan
    checks: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def failed(self) -> list[str]:
        return [name for name, holds in self.checks if not holds]


class UntilDay:
    """The knowledge of a day: entries of the catalogue that were added later do not exist yet."""

    def __init__(self, pack: scc.knowledge.Knowledge, day: str) -> None:
        self._pack, self._day = pack, day

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pack, name)

    def kev(self, cve: str) -> KevEntry | None:
        entry = self._pack.kev(cve)
        return entry if entry is not None and entry.kev.date_added <= self._day else None


def scenarios() -> list[Scenario]:
    """All of them, by id. Raises msgspec.ValidationError for an unknown or missing key."""
    return [
        msgspec.convert(yaml.safe_load(file.read_text("utf-8")), Scenario)
        for file in sorted(FOLDER.glob("*.yaml"))
    ]


def document(given: Given, number: int) -> Document:
    """A document as it would come from a feed of its publisher."""
    kind, tier = KINDS[given.kind]
    head = yaml.safe_dump({"title": given.title, "date": given.date}, allow_unicode=True, width=1000)
    source = Source(
        f"source-{number}",
        given.publisher,
        f"https://source-{number}.example/feed",
        "rss",
        tier,
        publisher_kind=kind,
    )
    raw = Raw(
        data=f"---\n{head}---\n\n{given.text}\n".encode(),
        url=f"https://source-{number}.example/{given.date}",
        source=source,
    )
    (part,) = read.split(raw)
    assert isinstance(part, Raw), part
    made = read.document(part, (source,))
    assert isinstance(made, Document), made
    return made


def run(scenario: Scenario) -> Outcome:
    """Take a scenario through the stages, at nine o'clock of its day."""
    now = f"{scenario.as_of}T09:00:00Z"
    content = scc.content.open()
    pack: Any = UntilDay(scc.knowledge.open(), scenario.as_of)
    members: list[tuple[Document, tuple[Observation, ...]]] = []
    for number, given in enumerate(scenario.documents, 1):
        made = document(given, number)
        members.append((made, read.observe(made, pack, content)))
    story = correlate.story(members, (), pack)
    rulings: tuple[Decision, ...] = ()
    if scenario.evidence_at_our_site:
        rulings = (Decision("dec-1", "confirm", "A. Analyst", now, "Own logs", story.id, "incident"),)
        story = correlate.story(members, rulings, pack)
    found = assess.assess(story, (), scenario.organisation, rulings, pack, content, now)
    plan = scc.plan.plan(story, found, scenario.organisation, pack, content, rulings)
    return Outcome(scenario, story, found, plan, checks(scenario, plan))


def checks(scenario: Scenario, plan: ActionPlan) -> list[tuple[str, bool]]:
    """Every check of a scenario with its result."""
    effects = [action.effect for action in plan.actions]
    found: list[tuple[str, bool]] = [(f"mode {scenario.mode} (is {plan.mode})", plan.mode == scenario.mode)]
    found += [(f"must {effect}", effect in effects) for effect in scenario.must]
    found += [(f"must not {effect}", effect not in effects) for effect in scenario.must_not]
    for first, then in scenario.before:
        both = first in effects and then in effects
        last = len(effects) - 1 - effects[::-1].index(first) if both else 0
        found.append((f"{first} before {then}", not both or last < effects.index(then)))
    if scenario.max_actions is not None:
        found.append(
            (
                f"at most {scenario.max_actions} actions (are {len(effects)})",
                len(effects) <= scenario.max_actions,
            )
        )
    return found


def figures(outcomes: list[Outcome]) -> str:
    """The two figures in words."""
    every = [holds for each in outcomes for _, holds in each.checks]
    whole = sum(not each.failed for each in outcomes)
    return f"{whole} of {len(outcomes)} scenarios held, {sum(every)} of {len(every)} checks"


def table(outcomes: list[Outcome]) -> list[str]:
    """A row a scenario."""
    lines = ["| scenario | mode | type | actions | fails |", "|---|---|---|---|---|"]
    for each in outcomes:
        why = "; ".join(each.failed) or "holds"
        lines.append(
            f"| {each.scenario.id} | {each.plan.mode} | {each.assessment.type} | {len(each.plan.actions)} | {why} |"
        )
    return lines


SETS = (
    (1, 40, "2026-11-24", "4 of 40 scenarios held, 299 of 384 checks"),
    (41, 60, "2026-11-29", "4 of 20 scenarios held, 149 of 200 checks"),
    (61, 72, "2026-11-29", "1 of 12 scenarios held, 85 of 106 checks"),
)
"""First and last number of a set, the day of its first run, and what that run gave before anything was changed for it."""


def page(outcomes: list[Outcome]) -> list[str]:
    """docs/scenarios.md: the figures and every check that fails."""
    lines = [
        "# Response scenarios",
        "",
        "Written by `tools/scenarios.py`. Scenarios over all types and modes, written from public standards and advisories by",
        "people who had not seen the content (`tests/scenarios/response/`). Judged by effect, not by action.",
        "",
        "The first run of a set, before anything was changed for it, is the figure that tells how plans do on events nobody",
        "looked at while writing rules; afterwards a set only guards against falling back. The second set was written after",
        "the first had been worked on to the end, and its first run was no better: rules had followed forty events, not",
        "classes of events. The third, by a third author, was written after both: four of five checks hold at first, a whole",
        "scenario hardly ever.",
        "",
        "| set | first run | now |",
        "|---|---|---|",
    ]
    for first, last, day, figure in SETS:
        mine = [each for each in outcomes if first <= int(each.scenario.id[:2]) <= last]
        lines.append(f"| {first} to {last} | {figure} ({day}) | {figures(mine)} |")
    corrected = [each for each in outcomes if each.scenario.corrected]
    before = [
        judged_by(each, checks(each.scenario.first(), each.plan)) if each in corrected else each
        for each in outcomes
    ]
    lines += [
        "",
        f"With the {len(corrected)} corrected scenarios as they were first written: {figures(before)}. Corrected were:",
        "",
    ]
    for each in corrected:
        lines += [
            f"- {each.scenario.id}: `{one.field}` was `{_short(one.was)}`. {one.why.strip()}"
            for one in each.scenario.corrected
        ]
    return [*lines, "", *table(outcomes)]


def judged_by(outcome: Outcome, found: list[tuple[str, bool]]) -> Outcome:
    """The same plan under other checks."""
    return Outcome(outcome.scenario, outcome.story, outcome.assessment, outcome.plan, found)


def _short(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def main(arguments: list[str]) -> int:
    """Print the table; with an id in the arguments the plans of the scenarios whose id begins so."""
    wanted = [each for each in arguments if not each.startswith("-")]
    chosen = [each for each in scenarios() if not wanted or any(each.id.startswith(w) for w in wanted)]
    outcomes = [run(each) for each in chosen]
    print("\n".join(table(outcomes)))
    print(figures(outcomes))
    if not wanted:
        FILE.write_text("\n".join(page(outcomes)) + "\n", "utf-8")
    for outcome in outcomes if wanted else ():
        a = outcome.assessment
        print(f"\n{outcome.scenario.id}: {outcome.scenario.title}\n{a.type} {a.facets} themes {a.themes}")
        print(
            f"priority {a.priority} relevance {a.relevance.answer}; {outcome.plan.mode}: {outcome.plan.mode_why}"
        )
        print("fails:", outcome.failed)
        for action in outcome.plan.actions:
            print(f"  {action.when:5} {action.step:12} {action.effect:22} {action.title} [{action.chosen}]")
        for cut in outcome.plan.cut:
            print(f"     cut {cut.id} {cut.title}: {cut.because}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
