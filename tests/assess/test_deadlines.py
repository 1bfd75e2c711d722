# SPDX-License-Identifier: Apache-2.0
"""Duties and dates: whom they bind, KEV's own date, and acts that have ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scc.assess.deadlines import binds
from scc.knowledge.types import ActEntry
from scc.model.facts import Duty, Identifier, Kev, Topic
from scc.model.organisation import Organisation

CVE = "CVE-2026-50751"
PRIVATE = Organisation(name="Example")
FEDERAL = Organisation(name="Example Agency", federal=True)
MAKER = Organisation(name="Example Devices", manufacturer=True)


@pytest.mark.parametrize(
    ("bound", "binding", "profile", "expected"),
    [
        ("federal", "mandatory", Organisation(), ("no", "due-federal")),
        ("federal", "mandatory", PRIVATE, ("no", "due-federal")),
        ("federal", "mandatory", FEDERAL, ("yes", "due-federal-ours")),
        ("federal", "voluntary", FEDERAL, ("no", "due-voluntary")),
        ("private", "voluntary", PRIVATE, ("no", "due-voluntary")),
        ("private", "mandatory", PRIVATE, ("maybe", "due-unknown")),
        ("both", "mandatory", PRIVATE, ("maybe", "due-unknown")),
        ("member-states", "mandatory", PRIVATE, ("no", "due-states")),
        ("manufacturers", "mandatory", MAKER, ("yes", "due-manufacturer")),
        ("manufacturers", "mandatory", PRIVATE, ("no", "due-manufacturers-only")),
        ("manufacturers", "mandatory", Organisation(), ("maybe", "due-unknown")),
        ("unknown", "unknown", PRIVATE, ("maybe", "due-unknown")),
    ],
)
def test_whom_a_duty_binds(
    bound: Any, binding: Any, profile: Organisation, expected: tuple[str, str]
) -> None:
    assert binds(Duty("X", "report", "2026-07-02", binding=binding, binds=bound), profile) == expected


HEAD = (Identifier("executive-order", "EO 99001", "main"), Topic("governance", 9.0))
REPORT = Duty("Secretary", "report", "2026-07-02", "within 30 days", "2(a)", "mandatory", "federal")


def test_a_duty_names_act_clause_period_and_owner(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    found = judge(tell(*HEAD, REPORT))
    (row,) = found.deadlines
    assert (row.date, row.owner, row.binds_us, row.state) == ("2026-07-02", "Secretary", "no", "due")
    assert row.basis == "EO 99001, section 2(a) (within 30 days)"
    assert len(row.observations) == 1
    assert judge(tell(*HEAD, REPORT), now="2026-07-03T00:00:00Z").deadlines[0].state == "passed"


def test_a_duty_without_a_date_is_no_deadline(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    assert (
        judge(tell(*HEAD, Duty("Labs", "share models", period="up to 30 days before release"))).deadlines
        == ()
    )


def test_the_texts_own_date_stands_for_reports_of_it(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    official = tell(*HEAD, REPORT, publisher="The Authority", tier="T1", kind="authority")
    report = tell(*HEAD, Duty("officials", "send reports", "2026-07-02", binds="unknown"))
    wrong = tell(*HEAD, Duty("officials", "send reports", "2026-07-04"), publisher="Example Post")
    rows = judge(official, report, wrong).deadlines
    assert [(each.date, each.owner) for each in rows] == [
        ("2026-07-02", "Secretary"),
        ("2026-07-04", "officials"),
    ]


@pytest.mark.parametrize(("due", "directive"), [("2026-06-09", "BOD 22-01"), ("2026-06-10", "BOD 26-04")])
def test_kevs_date_is_cisas(
    judge: Callable[..., Any], tell: Callable[..., Any], due: str, directive: str
) -> None:
    listed = tell(
        Kev(CVE, "Check Point", "Gateway", "2026-05-19", due), document_kind="record", publisher="CISA"
    )
    flaw = tell(Identifier("cve", CVE, "main"), Topic("vulnerability", 9.0))
    (row,) = judge(flaw, records=[listed]).deadlines
    assert (row.date, row.owner, row.binds_us) == (due, "Federal civilian agencies", "no")
    assert row.basis == f"{directive}; CISA KEV entry of 2026-05-19"
    (row,) = judge(flaw, records=[listed], organisation=FEDERAL).deadlines
    assert (row.binds_us, row.why) == ("yes", "Your profile says that you are a federal civilian agency.")


def ended(status: Any, by: str = "", since: str = "2026-01-20") -> ActEntry:
    return ActEntry("EO 99001", "An order", status, by=by, since=since)


@pytest.mark.parametrize("status", ["revoked", "superseded", "closed", "expired"])
def test_an_act_that_has_ended_is_history_without_duties(
    judge: Callable[..., Any], tell: Callable[..., Any], status: str
) -> None:
    found = judge(tell(*HEAD, REPORT), acts=[ended(status, "EO 99002")])
    assert found.deadlines == () and found.historical and found.priority == "deferred"
    assert found.priority_reasons[0].rule == "pri-act-ended-by"
    assert (
        found.priority_reasons[0].text
        == f"EO 99001 is {status} since 2026-01-20, by EO 99002; it sets no duty any more."
    )
    alone = judge(tell(*HEAD, REPORT), acts=[ended(status)])
    assert alone.priority_reasons[0].rule == "pri-act-ended"


@pytest.mark.parametrize(
    "act", [ended("in force"), ended("amended", "EO 99002"), ended("revoked", since="2026-12-01")]
)
def test_an_act_that_stands_keeps_its_duties(
    judge: Callable[..., Any], tell: Callable[..., Any], act: ActEntry
) -> None:
    found = judge(tell(*HEAD, REPORT), acts=[act])
    assert len(found.deadlines) == 1 and not found.historical


def test_a_story_on_an_act_and_its_successor_is_about_the_successor(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    both = tell(*HEAD, Identifier("executive-order", "EO 99002", "main"), REPORT)
    assert len(judge(both, acts=[ended("revoked", "EO 99002")]).deadlines) == 1
