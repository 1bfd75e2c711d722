# SPDX-License-Identifier: Apache-2.0
"""The page docs/actions.md: every action, and what is covered by mode, theme, phase and platform."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import get_args

import actions_chosen
from scc import content, knowledge
from scc.model.plan import Mode, Phase
from scc.plan.content import ANY, ActionContent
from scc.plan.vocabulary import Library, library

FILE = Path("docs/actions.md")

HEAD = """\
# Actions

Written by `make generated` from `src/scc/content/actions/`; edit those ([WRITING_ACTIONS.md](../WRITING_ACTIONS.md)). How
often an action is chosen stands in `tools/actions_chosen.csv`, written by `tools/actions_chosen.py` from the response
scenarios and from the database of the [corpus run](corpus-run.md).
"""

HOLES = """\
A dash is a hole: no action speaks of that theme there. It is not empty for a reader, because {general} actions need no
theme and fill it: find what is affected, fix, mitigate, take reach away, open an incident, hold evidence, report, watch,
review. In mode govern nothing technical happened, so a theme has an action there only where a decision, a register or a
watch is due; the reason for each empty step stands in the plan itself (`rubrics/gate.yaml`).
"""


def text() -> str:
    """The whole page; the same bytes for the same content."""
    shelf = library(content.open())
    chosen = _chosen()
    actions = shelf.actions
    general = sum(not each.applies.themes for each in actions)
    unused = [each for each in actions if not sum(chosen.get(each.id, (0, 0)))]
    lines = [
        HEAD,
        f"{len(actions)} actions with {len({each.effect for each in actions})} effects; "
        f"{len(actions) - len(unused)} were chosen by a scenario or an item of the corpus.",
        "",
        "## By theme and mode",
        "",
        HOLES.format(general=general),
        *_grid(
            actions,
            [each.key for each in knowledge.open().themes()],
            _themes,
            get_args(Mode),
            _modes,
            "theme",
        ),
        "",
        "## By theme and phase",
        "",
        *_grid(
            actions,
            [each.key for each in knowledge.open().themes()],
            _themes,
            get_args(Phase),
            _phase,
            "theme",
        ),
        "",
        "## By platform and mode",
        "",
        "Platforms for which an action is written; all others get the general action of the effect.",
        "",
        *_grid(actions, _platforms(shelf), _own, get_args(Mode), _modes, "platform"),
        "",
        "## Never chosen",
        "",
    ]
    lines += [f"- {each.id} {each.title} (`{each.effect}`)" for each in unused] or ["None."]
    lines += [
        "",
        "## All",
        "",
        "| id | effect | for | phase | modes | status | minutes | controls | scenarios | items | title |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
        *(_row(each, chosen) for each in actions),
    ]
    return "\n".join(lines) + "\n"


def _chosen() -> dict[str, tuple[int, int]]:
    with actions_chosen.FILE.open(encoding="utf-8", newline="") as file:
        return {row["action"]: (int(row["scenarios"]), int(row["items"])) for row in csv.DictReader(file)}


def _themes(action: ActionContent) -> tuple[str, ...]:
    return action.applies.themes


def _own(action: ActionContent) -> tuple[str, ...]:
    return tuple(each for each in (action.platform, action.product_class) if each != ANY)


def _modes(action: ActionContent) -> tuple[str, ...]:
    return action.modes


def _phase(action: ActionContent) -> tuple[str, ...]:
    return (action.phase,)


def _platforms(shelf: Library) -> list[str]:
    return sorted({name for each in shelf.actions for name in _own(each)})


def _grid(actions, rows, row_of, columns, column_of, name):  # type: ignore[no-untyped-def]
    """A table of counts, a dash for none."""
    yield f"| {name} | " + " | ".join(columns) + " |"
    yield "|---|" + "---|" * len(columns)
    for row in rows:
        mine = [each for each in actions if row in row_of(each)]
        counts = [sum(column in column_of(each) for each in mine) for column in columns]
        yield f"| {row} | " + " | ".join(str(count) if count else "–" for count in counts) + " |"


def _row(action: ActionContent, chosen: dict[str, tuple[int, int]]) -> str:
    used = chosen.get(action.id, (0, 0))
    own = ", ".join(_own(action)) or "any"
    controls = ", ".join(
        each.partition(":")[2] for each in action.controls if each.startswith("nist-800-53r5:")
    )
    return (
        f"| {action.id} | {action.effect} | {own} | {action.phase} | {', '.join(action.modes)} | {action.status} | "
        f"{action.minutes} | {controls} | {used[0]} | {used[1]} | {action.title.replace('|', '/')} |"
    )
