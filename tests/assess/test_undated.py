# SPDX-License-Identifier: Apache-2.0
"""Old news without a date is at most standard; what a person ruled, what hit us, and a listed flaw that runs with us stay."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from scc.model.decision import Decision
from scc.model.facts import Claim, Date, Identifier, Kev, NamedOrganisation, Product, Topic
from scc.model.organisation import Organisation, OwnProduct

CVE = "CVE-2022-41082"
FLAW = (
    Identifier("cve", CVE, "main"),
    Product("Mail Gateway", "Example", versions="before 4.2", vulnerability=CVE, status="affected"),
    Topic("vulnerability", 9.0),
    Claim("exploited", "yes", "asserted", "vendor", "Example", subject=CVE),
)


def undated(tell: Any, last: str, *facts: Any, **more: Any) -> Any:
    """A document without a date whose latest day told is `last`; "" tells none."""
    latest = (Date(last, "other"),) if last else ()
    document, seen = tell(*(facts or FLAW), *latest, date="", **more)
    return document, tuple(
        msgspec.structs.replace(each, rule="date:latest") if isinstance(each.fact, Date) else each
        for each in seen
    )


def ours(version: str = "") -> Organisation:
    own = OwnProduct("Mail Gateway", "Example", version=version, exposed=True)
    return Organisation(name="Contoso", products=(own,))


def rules(found: Any) -> list[str]:
    return [each.rule for each in found.priority_reasons]


@pytest.mark.parametrize("last", ["2022", "2022-10", "2022-10-03", "2025-06-14", "2025-05"])
def test_what_tells_of_years_ago_is_standard_and_says_so(judge: Any, tell: Any, last: str) -> None:
    found = judge(undated(tell, last))
    assert found.age_days is None
    assert found.priority == "standard"
    assert rules(found)[:2] == ["pri-standard-undated", "pri-urgent-exploited"]
    assert last in found.priority_reasons[0].text
    assert found.priority_reasons[0].observations


@pytest.mark.parametrize("last", ["2025-06-16", "2025-07", "2025", "2026-06-01", "2027", ""])
def test_within_twelve_months_or_without_a_day_nothing_changes(judge: Any, tell: Any, last: str) -> None:
    found = judge(undated(tell, last))
    assert (found.priority, rules(found)) == ("urgent", ["pri-urgent-exploited"])


def test_one_dated_document_makes_the_age_known(judge: Any, tell: Any) -> None:
    fresh = tell(*FLAW, title="New attacks", date="2026-06-12")
    found = judge(undated(tell, "2022-10-03"), fresh)
    assert not {"pri-standard-undated", "pri-undated"} & set(rules(found))


def test_a_document_that_tells_no_day_leaves_the_age_unknown(judge: Any, tell: Any) -> None:
    found = judge(undated(tell, "2022"), undated(tell, "", title="Another report"))
    assert found.priority == "urgent"


def test_what_is_standard_anyway_is_told_the_age_only(judge: Any, tell: Any) -> None:
    found = judge(undated(tell, "2022", *FLAW[:3]))
    assert found.priority == "standard"
    assert rules(found) == ["pri-standard", "pri-undated"]


def test_listed_exposed_and_affected_with_us_is_never_lowered(judge: Any, tell: Any) -> None:
    listed = tell(Kev(CVE, "Example", "Mail Gateway", "2022-09-30"), document_kind="record")
    found = judge(undated(tell, "2022-10-03"), records=[listed], organisation=ours("4.1"))
    assert found.priority in ("immediate", "urgent")
    assert rules(found)[-1] == "pri-undated"


@pytest.mark.parametrize(("listed", "version"), [(True, ""), (True, "4.3"), (False, "4.1")])
def test_not_listed_or_not_known_to_be_affected_is_lowered(
    judge: Any, tell: Any, listed: bool, version: str
) -> None:
    records = (
        [tell(Kev(CVE, "Example", "Mail Gateway", "2022-09-30"), document_kind="record")] if listed else []
    )
    found = judge(undated(tell, "2022-10-03"), records=records, organisation=ours(version))
    assert found.priority in ("standard", "deferred")


def test_our_own_breach_is_never_lowered(judge: Any, tell: Any) -> None:
    hit = (NamedOrganisation("Contoso", "victim"), Topic("breach", 9.0))
    found = judge(undated(tell, "2022-10-03", *hit), organisation=ours())
    assert found.priority == "immediate"
    assert rules(found)[-1] == "pri-undated"


def test_a_ruling_is_never_lowered(judge: Any, tell: Any) -> None:
    story = undated(tell, "2022-10-03")
    ruling = Decision("d", "confirm", "A", "2026-06-14T09:00:00Z", "own logs", story[0].id, "incident")
    found = judge(story, decisions=[ruling])
    assert found.priority == "immediate"
    assert rules(found) == ["pri-immediate-ruled", "pri-undated"]
