# SPDX-License-Identifier: Apache-2.0
"""Items of all types name the controls that belong to them and none of those that do not.

Each file of controls/ was written from its source without sight of the selection: `must` are ids that the
framework table (or a control in a step, which stands in the table) has to hold, `must_not` ids or, ending
in "-" or ".", beginnings of ids that may not stand in it. What does not hold stands in `open`, each difference with
the reason: neither what was asked for nor a table was bent to make it hold.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import flow

FOLDER = Path(__file__).parent / "controls"
SCENARIOS = sorted(FOLDER.glob("*.yaml"))


def shown(path: Path) -> dict[str, set[str]]:
    """Ids in the framework tables of the scenario's briefings, by framework."""
    found: dict[str, set[str]] = {}
    for briefing in flow.briefings(path):
        for framework, rows in briefing.frameworks.items():
            found.setdefault(framework, set()).update(row.id for row in rows)
    return found


def matches(id_: str, pattern: str) -> bool:
    """Whether an id is one of those meant: the id, its parts in brackets, or all that begin so."""
    if pattern.endswith(("-", ".")):
        return id_.startswith(pattern)
    return id_ == pattern or id_.startswith(f"{pattern}(")


def differences(path: Path) -> list[str]:
    """What does not hold, one line each: "framework: without ID" or "framework: with ID"."""
    table = shown(path)
    found: list[str] = []
    for framework, asked in flow.load(path)["frameworks"].items():
        ids = table.get(framework, set())
        found += [
            f"{framework}: without {each}"
            for each in asked.get("must", ())
            if not any(matches(id_, each) for id_ in ids)
        ]
        found += [
            f"{framework}: with {id_}"
            for each in asked.get("must_not", ())
            for id_ in sorted(ids)
            if matches(id_, each)
        ]
    return found


def test_there_are_scenarios_of_all_kinds() -> None:
    assert len(SCENARIOS) >= 38
    for path in SCENARIOS:
        scenario = flow.load(path)
        assert scenario["id"] == path.stem
        assert scenario["reason"]
        assert all(scenario.get("open", {}).values()), "what is open says why"
    assert sum(not flow.load(path).get("open") for path in SCENARIOS) >= 34


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_controls_that_must_and_must_not_appear(path: Path) -> None:
    assert flow.briefings(path), "no item was made of it"
    assert set(differences(path)) == set(flow.load(path).get("open", {}))
