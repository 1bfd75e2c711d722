# SPDX-License-Identifier: Apache-2.0
"""Both published decision tables row by row, and what unknown inputs leave open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scc import knowledge
from scc.assess.tables import look_up
from scc.knowledge.types import DecisionTable
from scc.model.facts import Cvss, Identifier, Kev, Product, Ssvc
from scc.model.organisation import Organisation, OwnProduct

CVE = "CVE-2026-50751"

# Rows written down from the tables CISA publishes: exploitation, automatable, technical impact, then the outcome for
# mission and well-being impact low, medium, high.
COORDINATOR = """
none no partial: track track track
none no total: track track track*
none yes partial: track track attend
none yes total: track track attend
public_poc no partial: track track track*
public_poc no total: track track* attend
public_poc yes partial: track track attend
public_poc yes total: track track* attend
active no partial: track track attend
active no total: track attend act
active yes partial: attend attend act
active yes total: attend act act
"""

# In KEV, publicly exposed, automatable, technical impact: what CISA's BOD 26-04 asks for.
BOD = """
no no no partial: fix on system upgrade
yes no no partial: 14 days
no yes no partial: 60 days
no no yes partial: 60 days
no no no total: fix on system upgrade
yes yes no partial: 14 days
yes no yes partial: 14 days
no yes yes partial: 14 days
yes no no total: 14 days
no yes no total: 14 days
no no yes total: 60 days
yes yes yes partial: 3 days
yes yes no total: 3 days & forensic investigation
yes no yes total: 3 days & forensic investigation
no yes yes total: 3 days
yes yes yes total: 3 days & forensic investigation
"""


def table(key: str) -> DecisionTable:
    return next(each for each in knowledge.open().decision_tables() if each.key == key)


def coordinator_rows() -> list[tuple[dict[str, str], str]]:
    found = []
    for line in COORDINATOR.strip().splitlines():
        inputs, _, ends = line.partition(": ")
        exploitation, automatable, impact = inputs.split()
        for mission, end in zip(("low", "medium", "high"), ends.split(), strict=True):
            known = {
                "exploitation": exploitation.replace("_", " "),
                "automatable": automatable,
                "technical impact": impact,
                "mission": mission,
            }
            found.append((known, end))
    return found


def bod_rows() -> list[tuple[dict[str, str], str]]:
    names = ("in kev", "publicly exposed", "automatable", "technical impact")
    return [
        (dict(zip(names, inputs.split(), strict=True)), end)
        for inputs, _, end in (line.partition(": ") for line in BOD.strip().splitlines())
    ]


def test_the_tables_have_36_and_16_rows() -> None:
    assert len(coordinator_rows()) == len(table("cisa-coordinator").rows) == 36
    assert len(bod_rows()) == len(table("cisa-bod-26-04").rows) == 16


@pytest.mark.parametrize(("known", "end"), coordinator_rows())
def test_coordinator_row(known: dict[str, str], end: str) -> None:
    assert look_up(table("cisa-coordinator"), known) == (end,)


@pytest.mark.parametrize(("known", "end"), bod_rows())
def test_bod_row(known: dict[str, str], end: str) -> None:
    assert look_up(table("cisa-bod-26-04"), known) == (end,)


def test_an_unknown_input_gives_the_range() -> None:
    known = {"exploitation": "active", "automatable": "no", "technical impact": "total"}
    assert look_up(table("cisa-coordinator"), known) == ("track", "attend", "act")


def test_active_exploitation_alone_is_not_act() -> None:
    known = {"exploitation": "active", "automatable": "no", "technical impact": "partial", "mission": "low"}
    assert look_up(table("cisa-coordinator"), known) == ("track",)


FLAW = (
    Identifier("cve", CVE, "main"),
    Product("Quantum Gateway", "Check Point", vulnerability=CVE, status="affected"),
)
POINTS = Ssvc(CVE, exploitation="active", automatable="yes", technical_impact="total", origin="CISA")
LISTED = Kev(CVE, "Check Point", "Quantum Gateway", "2026-06-08", "2026-06-11")


def outcomes(found: Any) -> dict[str, tuple[str, ...]]:
    return {each.table: each.outcomes for each in found.outcomes}


def test_without_a_profile_both_arms_are_shown(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    found = judge(tell(*FLAW), records=[tell(POINTS, LISTED, document_kind="record", publisher="CISA")])
    shown = outcomes(found)
    assert shown["BOD 26-04 timeline"] == ("3 days & forensic investigation",)
    assert shown["CISA coordinator table"] == ("attend", "act")


def test_unknown_exposure_shows_both_arms(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    points = Ssvc(CVE, exploitation="none", automatable="no", technical_impact="total", origin="CISA")
    found = judge(tell(*FLAW), records=[tell(points, document_kind="record", publisher="CISA")])
    assert outcomes(found)["BOD 26-04 timeline"] == ("fix on system upgrade", "14 days")
    label = next(each.label for each in found.outcomes if each.table == "BOD 26-04 timeline")
    assert label == "binding on federal civilian agencies, benchmark for others"


@pytest.mark.parametrize(
    ("mission", "well", "expected"),
    [
        ("minimal", "minimal", ("attend",)),
        ("support", "minimal", ("act",)),
        ("minimal", "material", ("act",)),
        ("essential", "", ("act",)),
        ("", "irreversible", ("act",)),
        ("support", "", ("attend", "act")),
    ],
)
def test_mission_and_well_being_come_from_the_profile(
    judge: Callable[..., Any], tell: Callable[..., Any], mission: Any, well: Any, expected: tuple[str, ...]
) -> None:
    profile = Organisation(name="Example Hospital", mission_critical=mission, well_being=well)
    record = tell(POINTS, document_kind="record", publisher="CISA")
    assert (
        outcomes(judge(tell(*FLAW), records=[record], organisation=profile))["CISA coordinator table"]
        == expected
    )


def test_exposure_comes_from_the_profile(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    points = Ssvc(CVE, exploitation="none", automatable="no", technical_impact="total", origin="CISA")
    record = tell(points, document_kind="record", publisher="CISA")
    for exposed, expected in ((True, "14 days"), (False, "fix on system upgrade")):
        profile = Organisation(
            name="Example", products=(OwnProduct("Quantum Gateway", "Check Point", exposed=exposed),)
        )
        found = judge(tell(*FLAW), records=[record], organisation=profile)
        assert outcomes(found)["BOD 26-04 timeline"] == (expected,)


def test_predicted_points_feed_no_table(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    guess = Ssvc(CVE, exploitation="active", automatable="yes", technical_impact="total", predicted=True)
    found = judge(
        tell(*FLAW), records=[tell(guess, Cvss("", "3.1", 9.8, "NVD", CVE), document_kind="record")]
    )
    assert found.outcomes == ()


def test_before_its_first_day_bod_26_04_says_nothing(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    record = tell(POINTS, document_kind="record", publisher="CISA")
    found = judge(tell(*FLAW), records=[record], now="2026-06-09T12:00:00Z")
    assert "BOD 26-04 timeline" not in outcomes(found)
