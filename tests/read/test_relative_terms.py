# SPDX-License-Identifier: Apache-2.0
"""Terms that count from the publication date, and the dates on which rules begin."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Date, Duty
from scc.read.duties.relative_terms import relative_terms
from scc.read.phrases import Words

WEDNESDAY = "2025-08-20"


def duties(text: str, published: str = WEDNESDAY) -> list[tuple[str, str]]:
    return [(each.owner, each.date) for each in facts(Duty, text, published=published, by="authority")]


@pytest.mark.parametrize(
    ("text", "owner", "day"),
    [
        ("From today, operators must report incidents.", "Operators", "2025-08-20"),
        ("With immediate effect, agencies must disconnect the gateways.", "Agencies", "2025-08-20"),
        ("Starting tomorrow, importers must keep records.", "Importers", "2025-08-21"),
        ("Agencies must report by close of business Friday.", "Agencies", "2025-08-22"),
        ("Agencies must report by 5 p.m. on Monday.", "Agencies", "2025-08-25"),
        ("Agencies have until tomorrow to install the update.", "Agencies", "2025-08-21"),
        ("Agencies must answer by next Wednesday.", "Agencies", "2025-08-27"),
        ("Agencies are required to answer before Wednesday.", "Agencies", "2025-08-20"),
        ("Operators must register no later than the end of the month.", "Operators", "2025-08-31"),
        ("Operators must register by the end of the year.", "Operators", "2025-12-31"),
        ("Ab sofort müssen Betreiber die Vorfälle melden.", "Betreiber", "2025-08-20"),
        ("Die Behörden müssen bis Freitag melden.", "Behörden", "2025-08-22"),
        ("Dès demain, les opérateurs doivent signaler les incidents.", "Opérateurs", "2025-08-21"),
        ("Les opérateurs doivent répondre avant lundi.", "Opérateurs", "2025-08-25"),
        ("A partir de hoy, los operadores deben informar.", "Operadores", "2025-08-20"),
        ("Los operadores deben informar antes del viernes.", "Operadores", "2025-08-22"),
    ],
)  # fmt: skip
def test_duty_with_the_day_it_gives(text: str, owner: str, day: str) -> None:
    assert duties(text) == [(owner, day)]


@pytest.mark.parametrize(
    "text",
    [
        "From today, the office is closed.",
        "From today to Friday, visitors must use the side door.",
        "Last year agencies had until Friday to install the update.",
        "The bill would require agencies to report by Friday.",
        "Agencies must send Friday’s report to the board.",
        "Operators must register by the end of this week.",
        "Users should change their password by tomorrow.",
        "Die Behörden berichten bis Freitag.",
    ],
)
def test_no_duty(text: str) -> None:
    assert duties(text) == []


def test_without_a_publication_date_nothing_is_counted() -> None:
    text = "Agencies must report by Friday."
    assert list(relative_terms(Words(text), "")) == []
    assert len(list(relative_terms(Words(text), WEDNESDAY))) == 1


def test_what_is_to_be_done_leaves_the_term_out() -> None:
    found = facts(Duty, "Agencies have until Monday to install the update.", published=WEDNESDAY)
    assert [each.duty for each in found] == ["install the update"]


def test_a_weekday_with_its_date_is_that_date() -> None:
    text = "The attack on the agency was detected on Thursday, July 3, 2025 and reported at once."
    found = facts(Date, text, published=WEDNESDAY)
    assert {each.date for each in found} == {"2025-07-03"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Obligations for providers of general-purpose models follow on 2 August 2026.", "2026-08-02"),
        ("The reporting rules start on 11 September 2026.", "2026-09-11"),
        ("The ban on these routers begins in March 2027.", "2027-03"),
        ("The regulation comes into force on 1 January 2026.", "2026-01-01"),
    ],
)
def test_day_on_which_rules_begin(text: str, day: str) -> None:
    found = facts(Date, text, published=WEDNESDAY, by="authority")
    assert [(each.date, each.role) for each in found] == [(day, "effective")]


def test_what_follows_is_not_always_a_rule() -> None:
    assert facts(Date, "The next briefing for members follows on 2 August 2026.", published=WEDNESDAY) == []
