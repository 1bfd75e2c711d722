# SPDX-License-Identifier: Apache-2.0
"""Every clock that ships: what starts it, whom it binds, and when it ends, worked out by hand from the law.

Each expected end carries the count that gave it. Where the zone of a clock is the westernmost one, a case shows that
the date falls a day early at most and never late.
"""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from scc import content
from scc.assess.clocks import Clock, clock_rows, ends
from scc.model.assessment import Reason, Relevance
from scc.model.decision import Decision
from scc.model.organisation import Organisation

CLOCKS = {each.id: each for each in content.open().records("rubrics/clocks", Clock)}
MAYBE = Relevance("maybe", (Reason("why", "rel-victim"),))
NOW = "2026-11-23T09:00:00Z"


def profile(**values: Any) -> Organisation:
    return Organisation(name="Example", **values)


GDPR = profile(countries=("DE",), regulated=("personal-eu",))
PROCESSOR = profile(countries=("IE",), sectors=("technology",), regulated=("personal-eu",))
HOSPITAL = profile(countries=("DE",), sectors=("health",), size=900)
SMALL = profile(countries=("DE",), sectors=("health",), size=49)
BANK_EU = profile(countries=("FR",), sectors=("finance",))
BANK_US = profile(countries=("US",), sectors=("finance",))
LENDER_US = profile(countries=("US",), regulated=("financial",))
MAKER = profile(countries=("SE",), manufacturer=True)
LISTED = profile(countries=("US",), public_company_us=True)
CLINIC_US = profile(countries=("US",), sectors=("health",), regulated=("health",))
ASSOCIATE = profile(countries=("US",), sectors=("technology",), regulated=("health",))
SUPPLIER = profile(countries=("US",), sectors=("defence",))
GRID = profile(countries=("US",), sectors=("energy",))
WATER_US = profile(countries=("US",), sectors=("water",))
STATES = profile(countries=("US",), regulated=("personal-us",))
SHOP_US = profile(countries=("US",), sectors=("retail",))
SHOP_EU = profile(countries=("NL",), sectors=("retail",), size=500)


class Case(msgspec.Struct, frozen=True):
    trigger: str
    """Words of the trigger as the law has it."""
    bound: Organisation
    free: Organisation
    ends: tuple[tuple[str, str], ...]
    kind: str = "breach"
    """"" for a clock that follows another one and is only started."""


CASES: dict[str, Case] = {
    "gdpr-33": Case("become aware", GDPR, SHOP_US, (
        ("2026-12-18T16:00:00+01:00", "2026-12-21T15:00Z"),  # Friday to Monday, through the weekend
        ("2026-12-24T10:00:00+01:00", "2026-12-27T09:00Z"),  # through Christmas
        ("2027-03-27T12:00:00+01:00", "2027-03-30T11:00Z"),  # 13:00 summer time: the lost hour is not counted
    )),
    "gdpr-33-processor": Case("process for others", PROCESSOR, GDPR, (("2026-12-18T16:00:00Z", ""),)),
    "gdpr-34": Case("high risk", GDPR, SHOP_US, (("2026-12-18T16:00:00Z", ""),)),
    "nis2-23-early-warning": Case("significant impact", HOSPITAL, SMALL, (
        ("2026-11-28T23:30:00+01:00", "2026-11-29T22:30Z"),  # Saturday to Sunday
    )),
    "nis2-23-notification": Case("become aware", HOSPITAL, SHOP_EU, (
        ("2026-11-28T23:30:00+01:00", "2026-12-01T22:30Z"),
    )),
    "nis2-23-final": Case("submit the incident notification", HOSPITAL, SMALL, (
        ("2027-01-31T12:00:00+01:00", "2027-02-28"),  # February has no 31st: its last day
        ("2028-01-30T12:00:00+01:00", "2028-02-29"),
        ("2026-12-15T00:30:00+01:00", "2027-01-14"),  # still the 14th on Martinique: a day early
    ), ""),
    "dora-19-initial-classified": Case("classify", BANK_EU, BANK_US, (
        ("2026-11-29T22:00:00+01:00", "2026-11-30T01:00Z"),  # a Sunday night gives no relief to a bank
    )),
    "dora-19-initial-aware": Case("become aware", BANK_EU, HOSPITAL, (
        ("2026-12-31T20:00:00+01:00", "2027-01-01T19:00Z"),
    )),
    "dora-19-intermediate": Case("submit the initial notification", BANK_EU, BANK_US, (
        ("2026-12-24T18:00:00Z", "2026-12-27T18:00Z"),
    ), ""),
    "dora-19-final": Case("intermediate report", BANK_EU, BANK_US, (
        ("2026-11-30T09:00:00Z", "2026-12-30"),
        ("2026-10-31T09:00:00Z", "2026-11-30"),  # November has no 31st
    ), ""),
    "cra-14-vulnerability-warning": Case("actively exploited", MAKER, HOSPITAL, (
        ("2026-10-24T20:00:00+02:00", "2026-10-25T18:00Z"),  # 19:00 winter time: the hour gained is counted
    ), "vulnerability"),
    "cra-14-vulnerability": Case("actively exploited", MAKER, HOSPITAL, (
        ("2026-10-24T20:00:00+02:00", "2026-10-27T18:00Z"),
    ), "vulnerability"),
    "cra-14-vulnerability-final": Case("measure is available", MAKER, HOSPITAL, (
        ("2026-12-18T10:00:00Z", "2027-01-01"),  # 13 days to the end of the year, one more; a holiday stays
    ), ""),
    "cra-14-incident-warning": Case("severe incident", MAKER, HOSPITAL, (
        ("2026-11-27T09:00:00Z", "2026-11-28T09:00Z"),
    )),
    "cra-14-incident": Case("severe incident", MAKER, HOSPITAL, (("2026-11-27T09:00:00Z", "2026-11-30T09:00Z"),)),
    "cra-14-incident-final": Case("submit the incident notification", MAKER, HOSPITAL, (
        ("2026-12-31T12:00:00Z", "2027-01-31"),
    ), ""),
    "sec-8k-1.05": Case("material", LISTED, SHOP_US, (
        ("2026-11-25T10:00:00-05:00", "2026-12-02"),  # Wed; Thanksgiving; Fri, weekend, Mon, Tue, Wed
        ("2026-12-05T10:00:00-05:00", "2026-12-10"),  # Saturday: from and with Monday: 7, 8, 9, 10
        ("2026-07-03T10:00:00-04:00", "2026-07-09"),  # Independence Day kept on Friday: from Mon: 6, 7, 8, 9
        ("2026-12-07T22:00:00-08:00", "2026-12-11"),  # Monday night in California; Tue, Wed, Thu, Fri
    )),
    "hipaa-164.404": Case("discover", CLINIC_US, HOSPITAL, (
        ("2026-12-01T10:00:00-05:00", "2027-01-30"),  # 30 days to 31 December, 30 more; a Saturday stays
        ("2028-01-01T12:00:00-05:00", "2028-03-01"),  # 30 in January, 29 in February, one more
        ("2026-12-01T01:00:00-05:00", "2027-01-29"),  # still 30 November in Samoa: a day early
    )),
    "hipaa-164.406": Case("more than 500 residents", CLINIC_US, HOSPITAL, (
        ("2026-03-02T12:00:00-05:00", "2026-05-01"),  # 29 in March, 30 in April, one more
    )),
    "hipaa-164.408-large": Case("500 or more persons", CLINIC_US, HOSPITAL, (
        ("2026-10-15T12:00:00-04:00", "2026-12-14"),  # 16 in October, 30 in November, 14 more
    )),
    "hipaa-164.408-small": Case("calendar year ends", CLINIC_US, HOSPITAL, (
        ("2026-12-31", "2027-03-01"),  # 31 + 28 + 1
        ("2027-12-31", "2028-02-29"),  # 31 + 29
    ), ""),
    "hipaa-164.410": Case("hold for a covered entity", ASSOCIATE, CLINIC_US, (
        ("2026-11-02T12:00:00-05:00", "2027-01-01"),  # 28 in November, 31 in December, one more
    )),
    "nydfs-500.17-incident": Case("determine", LENDER_US, BANK_EU, (
        ("2026-11-27T17:00:00-05:00", "2026-11-30T22:00Z"),  # Friday to Monday
    )),
    "nydfs-500.17-payment": Case("extortion payment", LENDER_US, BANK_EU, (
        ("2026-11-27T17:00:00-05:00", "2026-11-28T22:00Z"),
    ), ""),
    "nydfs-500.17-explanation": Case("extortion payment", LENDER_US, BANK_EU, (
        ("2026-12-01T23:00:00-05:00", "2026-12-31"),  # the New York day counts
    ), ""),
    "us-bank-36h": Case("notification incident", BANK_US, BANK_EU, (
        ("2026-11-26T20:00:00-05:00", "2026-11-28T13:00Z"),  # Thanksgiving evening to Saturday 08:00
    )),
    "ftc-314.4j": Case("at least 500 consumers", LENDER_US, SHOP_US, (
        ("2026-01-30T12:00:00-05:00", "2026-03-01"),  # 1 in January, 28 in February, one more; a Sunday stays
    )),
    "dfars-7012": Case("covered defense information", SUPPLIER, SHOP_US, (
        ("2026-07-02T09:00:00-04:00", "2026-07-05T13:00Z"),  # through the holiday and the weekend
    )),
    "nerc-cip-008-reportable": Case("reportable", GRID, WATER_US, (
        ("2026-11-01T01:30:00-04:00", "2026-11-01T06:30Z"),  # 01:30 standard time, one real hour later
    )),
    "nerc-cip-008-attempt": Case("attempt to compromise", GRID, WATER_US, (
        ("2026-11-27T15:00:00-06:00", "2026-11-28"),  # Friday: Saturday is the next calendar day
        ("2026-12-31T22:00:00-05:00", "2027-01-01"),
        ("2026-12-01T01:00:00-05:00", "2026-12-01"),  # still 30 November on the Pacific: a day early
    )),
    "circia-incident": Case("reasonably believe", WATER_US, SHOP_US, (
        ("2026-11-27T09:00:00-05:00", "2026-11-30T14:00Z"),
    )),
    "circia-payment": Case("ransom payment", WATER_US, SHOP_US, (
        ("2026-11-27T09:00:00-05:00", "2026-11-28T14:00Z"),
    ), ""),
    "us-states": Case("residents of a state", STATES, GDPR, (("2026-11-27T09:00:00-05:00", ""),)),
}  # fmt: skip


def states(id_: str, kind: str, organisation: Organisation, *decisions: Decision) -> list[tuple[str, str]]:
    """(state, end) of one clock's row; empty when it is not shown."""
    found: Any = clock_rows(
        frozenset({"story"}), kind, MAYBE, organisation, decisions, NOW, content.open(), [CLOCKS[id_]]
    )  # type: ignore[arg-type]
    return [(each.state, each.date) for each in found]


def test_every_clock_has_a_case() -> None:
    assert set(CASES) == set(CLOCKS)


@pytest.mark.parametrize(("id_", "start", "end"), [(k, *pair) for k, v in CASES.items() for pair in v.ends])
def test_when_it_ends(id_: str, start: str, end: str) -> None:
    assert ends(CLOCKS[id_], start) == end


@pytest.mark.parametrize("id_", CASES)
def test_what_starts_it_and_whom_it_binds(id_: str) -> None:
    clock, case = CLOCKS[id_], CASES[id_]
    start, end = case.ends[-1]
    ours = Decision("d-1", "confirm", "analyst", start, "established", id_, "story")
    assert case.trigger in clock.trigger
    kind = case.kind or "breach"
    assert states(id_, "governance", case.bound) == []
    assert states(id_, kind, case.free) == [] and states(id_, kind, case.free, ours) == []
    shown, running = states(id_, kind, case.bound), states(id_, kind, case.bound, ours)
    if not clock.verified:
        assert shown == running == []
    elif clock.legal != "in force":
        assert shown == running == ([("not-applicable", "")] if case.kind else [])
    else:
        assert shown == ([("would-start-if", "")] if case.kind else [])
        late = bool(end) and end < NOW[: len(end)]
        assert running == [("passed" if late else "running", end)]


def test_the_cyber_resilience_act_starts_nothing_before_it_applies() -> None:
    for day, state in (("2026-09-10", "not-applicable"), ("2026-09-11", "would-start-if")):
        clock = CLOCKS["cra-14-vulnerability-warning"]
        (row,) = clock_rows(
            frozenset({"story"}),
            "vulnerability",
            MAYBE,
            MAKER,
            (),
            f"{day}T09:00:00Z",
            content.open(),
            [clock],
        )
        assert row.state == state


def test_what_is_proposed_or_not_read_is_named() -> None:
    assert {each.id for each in CLOCKS.values() if each.legal != "in force"} == {
        "circia-incident",
        "circia-payment",
    }
    assert {each.id for each in CLOCKS.values() if not each.verified} == {
        "nydfs-500.17-payment",
        "nydfs-500.17-explanation",
    }
