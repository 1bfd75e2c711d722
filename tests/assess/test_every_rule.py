# SPDX-License-Identifier: Apache-2.0
"""No rule of judgement without a test that names it; here those that no other test names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scc import content
from scc.assess.rules import Rule, Rules
from scc.model.assessment import Assessment
from scc.model.decision import Decision
from scc.model.facts import (
    AnyFact,
    Claim,
    Cvss,
    Duty,
    Identifier,
    Indicator,
    Kev,
    Malware,
    Noise,
    Product,
    Ssvc,
    Topic,
)
from scc.model.organisation import Organisation, OwnProduct, Roles

CVE = "CVE-2026-50751"
FLAW: tuple[AnyFact, ...] = (
    Identifier("cve", CVE, "main"),
    Product("Gateway", "Example", status="affected"),
    Topic("vulnerability", 9.0),
)
OURS = Organisation(name="E", products=(OwnProduct("Gateway", "Example", exposed=True),))


def test_every_rule_is_named_in_a_test() -> None:
    rules = {
        each.id for each in content.open().records("rubrics/judgement", Rule) if each.status != "deprecated"
    }
    tests = "".join(each.read_text("utf-8") for each in Path(__file__).parent.glob("test_*.py"))
    assert [each for each in sorted(rules) if f'"{each}"' not in tests] == []


@pytest.mark.parametrize(
    ("facts", "kind", "rule"),
    [
        ((Topic("breach", 9.0),), "breach", "type-topic"),
        ((Malware("ExampleRat"),), "malware", "type-topic"),
        ((Indicator("ipv4", "198.51.100.7", "observed"),), "threat", "type-topic"),
        ((Identifier("cve", CVE, "main"),), "vulnerability", "type-flaw"),
        ((Noise("marketing"),), "advisory", "type-advisory"),
        ((), "advisory", "type-advisory"),
    ],
)
def test_why_a_type(
    judge: Callable[..., Assessment],
    tell: Callable[..., Any],
    facts: tuple[AnyFact, ...],
    kind: str,
    rule: str,
) -> None:
    found = judge(tell(*facts))
    assert (found.type, found.type_reason.rule) == (kind, rule)


@pytest.mark.parametrize(
    ("facts", "level", "rule"),
    [
        # CVSS v3.1, section 5: the four words of the scale.
        ((Cvss("", "3.1", 9.0, "NVD", CVE),), "critical", "sev-cvss-critical"),
        ((Cvss("", "3.1", 7.0, "NVD", CVE),), "high", "sev-cvss-high"),
        ((Cvss("", "3.1", 6.9, "NVD", CVE),), "medium", "sev-cvss-medium"),
        ((Cvss("", "3.1", 3.9, "NVD", CVE),), "low", "sev-cvss-low"),
        ((Claim("severity", "critical", "asserted", "vendor"),), "critical", "sev-said"),
    ],
)
def test_why_a_severity(
    judge: Callable[..., Assessment],
    tell: Callable[..., Any],
    facts: tuple[AnyFact, ...],
    level: str,
    rule: str,
) -> None:
    found = judge(tell(*FLAW, *facts))
    assert (found.severity, found.severity_reasons[0].rule) == (level, rule)


def test_what_nobody_rates_is_low(judge: Callable[..., Assessment], tell: Callable[..., Any]) -> None:
    found = judge(tell(Topic("advisory", 9.0)))
    assert (found.severity, found.severity_reasons[0].rule) == ("low", "sev-unrated")


def test_a_ruling_makes_it_ours_and_immediate(
    judge: Callable[..., Assessment], tell: Callable[..., Any]
) -> None:
    story = tell(*FLAW)
    ruling = Decision("d", "confirm", "A", "2026-06-15T08:00:00Z", "own logs", story[0].id, "incident")
    found = judge(story, organisation=Organisation(name="E", products_complete=True), decisions=[ruling])
    assert (found.priority, found.priority_reasons[0].rule) == ("immediate", "pri-immediate-ruled")
    assert (found.relevance.answer, found.relevance.why[0].rule) == ("yes", "rel-ruled")


SCORED = Cvss("", "3.1", 9.8, "NVD", CVE)
USED = Claim("exploited", "yes", "asserted", "vendor", subject=CVE)
NEAR = Duty("Agencies", "report the gateways", "2026-06-20", binding="mandatory", binds="federal")


@pytest.mark.parametrize(
    ("facts", "profile", "priority", "rule"),
    [
        ((*FLAW, USED), OURS, "immediate", "by-hour"),
        ((*FLAW, USED), Organisation(), "urgent", "by-day"),
        ((*FLAW, SCORED), OURS, "standard", "by-fortnight"),
        (
            (*FLAW, SCORED, NEAR),
            Organisation(name="E", federal=True, products=OURS.products),
            "standard",
            "by-bound",
        ),
    ],
)
def test_why_a_time(
    judge: Callable[..., Assessment],
    tell: Callable[..., Any],
    rules: Rules,
    facts: tuple[AnyFact, ...],
    profile: Organisation,
    priority: str,
    rule: str,
) -> None:
    found = judge(tell(*facts), organisation=profile)
    assert (found.priority, found.do_by_rule) == (priority, rules.text(rule))


def test_cisas_date_and_tables_say_whom_they_bind(
    judge: Callable[..., Assessment], tell: Callable[..., Any], rules: Rules
) -> None:
    record = tell(
        Kev(CVE, "Example", "Gateway", "2026-06-11", "2026-06-25"),
        Ssvc(CVE, "active", "yes", "total"),
        document_kind="record",
    )
    found = judge(tell(*FLAW), records=[record])
    (due,) = [each for each in found.deadlines if each.rule == "due-kev"]
    assert (due.why, due.binds_us) == (rules.text("due-kev"), "no")
    labels = {each.table: each.label for each in found.outcomes}
    assert set(labels.values()) == {rules.text("table-bod-26-04"), rules.text("table-coordinator")}
    assert any("BOD 26-04" in table and "benchmark for others" in label for table, label in labels.items())


@pytest.mark.parametrize(
    ("holder", "modality", "rule"),
    [("vendor", "asserted", "exp-asserted"), ("press", "reported", "exp-reported")],
)
def test_who_says_that_it_is_exploited(
    judge: Callable[..., Assessment], tell: Callable[..., Any], holder: Any, modality: Any, rule: str
) -> None:
    found = judge(tell(*FLAW, Claim("exploited", "yes", modality, holder, subject=CVE)))
    assert [each.rule for each in found.exploitation] == [rule]


def test_whom_to_phone_over_a_breach_and_a_supplier(
    judge: Callable[..., Assessment], tell: Callable[..., Any]
) -> None:
    reader = Organisation(name="E", roles=Roles(lead="Lee", it="Ira", legal="Lou", privacy="Pat"))
    breach = {
        each.rule: each.text for each in judge(tell(Topic("breach", 9.0)), organisation=reader).escalation
    }
    assert "Lou" in breach["esc-data"] and "Pat" in breach["esc-data"]
    assert "Ira" in breach["esc-supplier"] and "Lee" in breach["esc-supplier"]
