# SPDX-License-Identifier: Apache-2.0
"""Outages and lost sites: a second way, copies elsewhere, and no question to a supplier where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scc.model.facts import NamedOrganisation, Topic

Planner = Callable[..., Any]
DISRUPTION = Topic("disruption", 8.0)


def effects(plan: Any) -> set[str]:
    return {action.effect for action in plan.actions}


def test_an_outage_asks_for_a_second_way(planned: Planner) -> None:
    plan = planned(
        DISRUPTION, NamedOrganisation("Example Telecom", "victim"), title="Network outage at Example Telecom",
        text="The outage lasted a day. No attack was found.",
    )  # fmt: skip
    assert "use-second-line" in effects(plan)
    assert "restore-elsewhere" not in effects(plan)
    controls = {f"{each.framework}:{each.id}" for action in plan.actions for each in action.controls}
    assert "nist-800-53r5:CP-8" in controls


def test_a_burnt_site_asks_for_copies_elsewhere_and_for_protection(planned: Planner) -> None:
    plan = planned(
        DISRUPTION, title="Fire in a data centre of Example Host", text="A fire broke out. Servers were lost."
    )
    assert {"restore-elsewhere", "review-sites"} <= effects(plan)


def test_both_words_are_needed_and_a_flaw_is_no_fire(planned: Planner) -> None:
    centre = planned(DISRUPTION, title="Outage in a data centre", text="A switch failed. Services are down.")
    assert "review-sites" not in effects(centre)
    flaw = planned(
        Topic("vulnerability", 8.0),
        title="Flaw in cameras of data centres",
        text="The camera of a data centre can be made to catch fire.",
    )
    assert "review-sites" not in effects(flaw)


def test_a_breach_without_anybody_else_asks_no_supplier(planned: Planner) -> None:
    told = {"title": "A storage account stood open", "text": "A token with full control lay in a repository."}
    alone = planned(Topic("breach", 8.0), **told, themes=("cloud-configuration", "exfiltration"))
    assert not effects(alone) & {"reduce-shared-data", "find-shared-data"}
    hit = planned(Topic("breach", 8.0), **told, themes=("exfiltration", "third-parties"))
    assert effects(hit) & {"reduce-shared-data", "find-shared-data"}
