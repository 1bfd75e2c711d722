# SPDX-License-Identifier: Apache-2.0
"""The response scenarios as a whole: their form, and that what held goes on holding (docs/scenarios.md)."""

from __future__ import annotations

import csv
import importlib.util
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
EFFECTS = ROOT / "src" / "scc" / "content" / "vocabularies" / "effects.csv"
HELD = 299
"""Checks that held on the first run."""


def tool() -> Any:
    spec = importlib.util.spec_from_file_location("scenarios", ROOT / "tools" / "scenarios.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["scenarios"] = module
    spec.loader.exec_module(module)
    return module


def test_every_scenario_names_effects_that_there_are() -> None:
    with EFFECTS.open(newline="") as file:
        known = {row["effect"] for row in csv.DictReader(file)}
    found = tool().scenarios()
    assert len(found) >= 40
    for each in found:
        named = {*each.must, *each.must_not, *(one for pair in each.before for one in pair)}
        assert named <= known, (each.id, named - known)
        assert not set(each.must) & set(each.must_not), each.id
        assert each.references and each.reason, each.id


def test_what_held_goes_on_holding() -> None:
    module = tool()
    made = [module.checks(each, module.run(each).plan) for each in module.scenarios()]
    held = sum(ok for checks in made for _, ok in checks)
    assert held >= HELD
