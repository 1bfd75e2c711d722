# SPDX-License-Identifier: Apache-2.0
"""Reporting clocks: who is bound, what would start one, and the arithmetic of hours, days and business days."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scc import content
from scc.assess.clocks import Clock, clock_rows, ends, faults, holds
from scc.assess.holidays import us_federal, working_day
from scc.model.assessment import Reason, Relevance
from scc.model.decision import Decision
from scc.model.organisation import Organisation

BREACH = Clock(
    id="clock-test",
    regulation="Test Act",
    article="Article 9",
    duty="Notify the regulator",
    bound="controllers",
    applies=("eu+regulated:personal-eu",),
    trigger="you become aware of a breach of personal data.",
    kinds=("breach",),
    duration=72,
    unit="hours",
    legal="in force",
    as_of="2026-06-01",
    source="https://law.example/act",
    verified=True,
    status="test",
    date="2026-06-01",
)
FILING = replace(
    BREACH,
    id="clock-filing",
    duration=4,
    unit="business-days",
    calendar="us-federal",
    zone="America/New_York",
)
OURS = Organisation(name="Example", countries=("DE",), regulated=("personal-eu",))
MAYBE = Relevance("maybe", (Reason("why", "rel-victim"),))
NOW = "2026-06-15T09:00:00Z"


@pytest.mark.parametrize(
    ("condition", "profile", "expected"),
    [
        ("anyone", Organisation(), True),
        ("eu", Organisation(countries=("FR",)), True),
        ("eu", Organisation(countries=("CH",)), False),
        ("us", Organisation(countries=("US",)), True),
        ("federal", Organisation(federal=True), True),
        ("public-company", Organisation(public_company_us=True), True),
        ("manufacturer", Organisation(), False),
        ("eu+manufacturer", Organisation(countries=("FR",), manufacturer=True), True),
        ("eu+manufacturer", Organisation(countries=("US",), manufacturer=True), False),
        ("sector:energy", Organisation(sectors=("energy",)), True),
        ("regulated:health", Organisation(regulated=("health",)), True),
        ("country:DE", Organisation(countries=("DE",)), True),
        ("size:50", Organisation(size=50), True),
        ("size:50", Organisation(size=49), False),
        ("size:50", Organisation(), False),
    ],
)
def test_conditions_on_the_profile(condition: str, profile: Organisation, expected: bool) -> None:
    assert holds(condition, profile) is expected


def test_an_unknown_condition_is_a_fault() -> None:
    with pytest.raises(ValueError, match="not known"):
        holds("weather", Organisation())


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-06-15T09:00:00Z", "2026-06-18T09:00Z"),
        ("2026-12-24T23:30:00Z", "2026-12-27T23:30Z"),  # hours run through weekends and holidays
        ("2026-06-15T09:00:00+02:00", "2026-06-18T07:00Z"),
        ("2026-10-24T12:00:00+02:00", "2026-10-27T10:00Z"),  # the end of summer time gives no hour
    ],
)
def test_hours(start: str, end: str) -> None:
    assert ends(BREACH, start) == end


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-06-15T12:00:00-04:00", "2026-06-22"),  # Mon; Tue Wed Thu, Fri 19 June is a holiday, Mon
        ("2026-06-10T12:00:00-04:00", "2026-06-16"),  # Wed; Thu Fri, weekend, Mon Tue
        ("2026-06-13T12:00:00-04:00", "2026-06-18"),  # Saturday counts from and with Monday
        ("2026-06-16T01:00:00Z", "2026-06-22"),  # still Monday evening in New York
        ("2026-12-23T12:00:00-05:00", "2026-12-30"),  # Wed; Thu, Christmas Friday, weekend, Mon Tue Wed
    ],
)
def test_four_business_days(start: str, end: str) -> None:
    assert ends(FILING, start) == end


def test_days_months_and_no_limit() -> None:
    assert ends(replace(BREACH, unit="days", duration=60), "2026-06-15T09:00:00Z") == "2026-08-14"
    month = replace(BREACH, unit="months", duration=1)
    assert ends(month, "2026-01-31T09:00:00Z") == "2026-02-28"
    assert ends(month, "2026-12-15T09:00:00Z") == "2027-01-15"
    assert ends(month, "2026-11-30T09:00:00Z") == "2026-12-30"
    assert ends(replace(BREACH, unit="none", duration=0), "2026-06-15") == ""


def test_federal_holidays_of_2026() -> None:
    assert sorted(each.isoformat() for each in us_federal(2026)) == [
        "2026-01-01",
        "2026-01-19",
        "2026-02-16",
        "2026-05-25",
        "2026-06-19",
        "2026-07-03",  # 4 July is a Saturday
        "2026-09-07",
        "2026-10-12",
        "2026-11-11",
        "2026-11-26",
        "2026-12-25",
    ]
    assert datetime.date(2021, 12, 31) in us_federal(2021)  # New Year's Day of 2022 is a Saturday
    assert datetime.date(2020, 6, 19) not in us_federal(2020)


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 1, 1)), st.integers(1, 30))
def test_business_days_end_on_a_business_day_with_that_many_between(start: datetime.date, count: int) -> None:
    clock = replace(FILING, duration=count)
    end = datetime.date.fromisoformat(ends(clock, start.isoformat()))
    between = [start + datetime.timedelta(days=step) for step in range(1, (end - start).days + 1)]
    assert working_day(end, "us-federal")
    assert sum(working_day(each, "us-federal") for each in between) == count


def rows(
    clock: Clock = BREACH,
    kind: Any = "breach",
    relevance: Relevance = MAYBE,
    profile: Organisation = OURS,
    decisions: tuple[Decision, ...] = (),
    now: str = NOW,
) -> list[tuple[str, str]]:
    found = clock_rows(
        frozenset({"story-1"}), kind, relevance, profile, decisions, now, content.open(), [clock]
    )
    return [(each.state, each.date) for each in found]


def ruled(kind: Any, time: str, story: str = "story-1") -> Decision:
    return Decision(f"d-{kind}", kind, "analyst", time, "we know since then", "clock-test", story)


def test_news_starts_no_clock() -> None:
    assert rows() == [("would-start-if", "")]


@pytest.mark.parametrize(
    ("clock", "kind", "relevance", "profile"),
    [
        (BREACH, "vulnerability", MAYBE, OURS),
        (BREACH, "breach", Relevance("no", ()), OURS),
        (BREACH, "breach", MAYBE, Organisation()),
        (BREACH, "breach", MAYBE, Organisation(name="Example", countries=("US",))),
        (replace(BREACH, legal="repealed"), "breach", MAYBE, OURS),
        (replace(BREACH, verified=False), "breach", MAYBE, OURS),
    ],
)
def test_a_clock_that_cannot_be_ours_is_not_shown(
    clock: Clock, kind: Any, relevance: Relevance, profile: Organisation
) -> None:
    assert rows(clock, kind, relevance, profile) == []


def test_a_person_starts_and_stops_it() -> None:
    start = ruled("confirm", "2026-06-14T09:00:00Z")
    assert rows(decisions=(start,)) == [("running", "2026-06-17T09:00Z")]
    assert rows(decisions=(start,), now="2026-06-18T00:00:00Z") == [("passed", "2026-06-17T09:00Z")]
    stop = ruled("withdraw", "2026-06-15T08:00:00Z")
    assert rows(decisions=(start, stop), now="2026-06-18T00:00:00Z") == [("met", "2026-06-17T09:00Z")]
    assert rows(decisions=(ruled("confirm", "2026-06-14T09:00:00Z", "story-2"),)) == [("would-start-if", "")]
    assert rows(relevance=Relevance("no", ()), decisions=(start,)) == [("running", "2026-06-17T09:00Z")]


@pytest.mark.parametrize("standing", ["proposed", "adopted"])
def test_what_is_not_in_force_is_shown_as_that_and_never_starts(standing: Any) -> None:
    clock = replace(BREACH, legal=standing)
    start = ruled("confirm", "2026-06-14T09:00:00Z")
    (row,) = clock_rows(frozenset({"story-1"}), "breach", MAYBE, OURS, (start,), NOW, content.open(), [clock])
    assert (row.state, row.date, row.binds_us) == ("not-applicable", "", "no")
    assert row.why.startswith(f"{standing.capitalize()}, not in force on 2026-06-01: no duty.")
    assert rows(clock, kind="vulnerability") == []


@pytest.mark.parametrize(
    ("since", "state"), [("2026-06-15", "would-start-if"), ("2026-06-16", "not-applicable")]
)
def test_a_duty_begins_on_the_day_from_which_the_law_applies(since: str, state: str) -> None:
    clock = replace(BREACH, since=since)
    (row,) = clock_rows(frozenset({"story-1"}), "breach", MAYBE, OURS, (), NOW, content.open(), [clock])
    assert row.state == state
    assert (row.why.startswith(f"It applies from {since}: no duty.")) is (state == "not-applicable")


def test_a_clock_that_follows_another_is_shown_once_started() -> None:
    follow = replace(BREACH, kinds=())
    assert rows(follow) == []
    assert rows(follow, decisions=(ruled("confirm", "2026-06-14T09:00:00Z"),)) == [
        ("running", "2026-06-17T09:00Z")
    ]


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        (BREACH, "Then 72 hours."),
        (replace(BREACH, duration=1), "Then 1 hour."),
        (replace(BREACH, duration=1, unit="months"), "Then 1 month."),
        (FILING, "Then 4 business days."),
        (replace(BREACH, duration=0, unit="none"), "Then without delay."),
    ],
)
def test_the_length_is_told_in_words(clock: Clock, said: str) -> None:
    (row,) = clock_rows(frozenset({"story-1"}), "breach", MAYBE, OURS, (), NOW, content.open(), [clock])
    assert said in row.why and "News starts no clock of yours." in row.why


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('applies: ["sector:weather"]', "weather is no sector"),
        ('applies: ["regulated:weather"]', "weather is no kind of regulated data"),
        ('applies: ["weather"]', "not known"),
        ("applies: []", "whom it binds"),
        ("zone: Europe/Atlantis", "no time zone"),
        ("duration: 0", "a duration needs a unit"),
        ("unit: business-days", "business days need a calendar"),
        ("source: http://law.example", "it needs a source"),
        ('start: "2026-01-01"', "only a person starts a clock"),
        ("verified: false", "what is not verified says why"),
    ],
)
def test_a_faulty_clock_of_the_users_own_is_found(tmp_path: Path, line: str, fault: str) -> None:
    fields = {
        "id": "own", "regulation": "Own", "article": "Article 1", "duty": "Tell", "bound": "us", "applies": "[anyone]",
        "trigger": "it happens.", "kinds": "[breach]", "duration": "1", "unit": "hours", "legal": "in force",
        "as_of": "2026-01-01", "source": "https://law.example", "verified": "true", "status": "test",
        "date": "2026-01-01", "basis": "read",
    }  # fmt: skip
    name, _, value = line.partition(": ")
    lines = [f"{key}: {each}" for key, each in {**fields, name: value}.items()]
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics" / "clocks.yaml").write_text("- " + "\n  ".join(lines) + "\n")
    found = faults(content.open(tmp_path))
    assert len(found) == 1 and found[0].startswith("own: ") and fault in found[0]


def test_the_clocks_that_ship_have_no_fault() -> None:
    assert faults(content.open()) == []
