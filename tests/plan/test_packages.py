# SPDX-License-Identifier: Apache-2.0
"""Packages of several registries in one item: each search names those of its own registry, whole and without prefix."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scc.model.facts import Identifier, Indicator, Product
from scc.model.plan import Action, ActionPlan

Planner = Callable[..., ActionPlan]

FLAW = Identifier("cve", "CVE-2026-33634")
NPM = Indicator("package", "pkg:npm/%40example/date-tool@1.2.3", "observed")
PYPI = Indicator("package", "pkg:pypi/example-client@0.9.1", "observed")
JUDGED: dict[str, Any] = {
    "type": "supply-chain", "facets": ("exploited",), "themes": ("software-supply-chain", "ci-cd"),
    "title": "Hostile versions of npm and PyPI packages",
}  # fmt: skip


def _searches(plan: ActionPlan) -> dict[str, Action]:
    every = [each for each in plan.actions if each.effect == "find-affected-packages"]
    return {("npm" if "npm" in each.title else "pypi"): each for each in every}


def test_each_registry_is_searched_for_its_own_packages(planned: Planner) -> None:
    found = _searches(planned(NPM, PYPI, **JUDGED))
    assert found.keys() == {"npm", "pypi"}
    for key, ours, theirs in (
        ("npm", "@example/date-tool", "example-client"),
        ("pypi", "example-client", "date-tool"),
    ):
        action = found[key]
        assert ours in action.text and theirs not in action.text
        assert "pkg:" not in action.text


def test_commands_name_the_package_as_the_registry_does(planned: Planner) -> None:
    action = _searches(planned(NPM, PYPI, **JUDGED))["npm"]
    commands = [each.text for each in action.compensating_commands]
    assert any("'@example/date-tool'" in each for each in commands), commands


def test_a_product_beside_packages_is_not_covered_by_their_search(planned: Planner) -> None:
    covered = "the search for the package finds the systems"
    tool = Product("date-tool", purl="pkg:npm/%40example/date-tool@1.2.3", status="affected")
    alone = planned(FLAW, NPM, tool, **JUDGED)
    beside = planned(FLAW, NPM, tool, Product("Scanner", vendor="Example", status="affected"), **JUDGED)
    assert covered in {each.because for each in alone.cut}
    assert covered not in {each.because for each in beside.cut}


def test_a_registry_named_in_passing_is_not_searched(planned: Planner) -> None:
    assert _searches(planned(NPM, **JUDGED)).keys() == {"npm"}
    assert _searches(planned(PYPI, **JUDGED)).keys() == {"pypi"}


def test_the_act_is_the_story_s_own_and_no_section_that_defines_its_words(planned: Planner) -> None:
    section = Identifier("law", "44 U.S.C. 3552", "main")
    order = Identifier("executive-order", "EO 14999", "mentions")
    plan = planned(section, order, type="governance", themes=("duty-on-us",))
    text = next(each.text for each in plan.actions if each.effect == "assess-applicability")
    assert "EO 14999" in text and "U.S.C." not in text
