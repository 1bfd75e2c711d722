# SPDX-License-Identifier: Apache-2.0
"""The response scenarios: mode, effects that must and must not be planned, order, and how small a plan must be."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((Path(__file__).parent / "response").glob("*.yaml"))


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scenarios_tool", ROOT / "tools" / "scenarios.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["scenarios_tool"] = module
    spec.loader.exec_module(module)
    return module


TOOL = _tool()
SCENARIOS = {each.id: each for each in TOOL.scenarios()}


def test_every_file_is_a_scenario() -> None:
    assert sorted(each.stem for each in FILES) == sorted(SCENARIOS)
    assert len(SCENARIOS) >= 40


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_the_plan_is_right(name: str) -> None:
    outcome = TOOL.run(SCENARIOS[name])
    assert outcome.checks
    assert outcome.failed == []
    assert [each.minutes for each in outcome.plan.actions if each.when == "hour"][3:] == []
    spent = [each.minutes for each in outcome.plan.actions if each.when != "later"]
    assert len(spent) <= 7
    assert sum(spent) <= max(outcome.plan.capacity_hours * 60, spent[0] if len(spent) == 1 else 0)
