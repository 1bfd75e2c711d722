# SPDX-License-Identifier: Apache-2.0
"""Duties, deadlines, and whether something is voluntary or mandatory."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Claim, Duty

ORDER = """Promoting Something

Section 1. Purpose. The United States leads.

Sec. 2. Upgrading systems. (a) Within 30 days of the date of this order, the Secretary of War shall prioritize the defense of information systems.

\\(b\\) Within 30 days of the date of this order, the Secretary of Homeland Security, through the Director of CISA, in consultation with the Director of OMB, shall release directives.

Sec. 3. Models. Within 60 days of the date of this order, the Secretary of the Treasury, the Secretary of War, through the Director of NSA, and the Secretary of Homeland Security, in consultation with the White House Chief of Staff, shall:

\\(a\\) develop a benchmarking process;

\\(b\\) design a voluntary framework with developers, who may give access for a period of up to 30 days before they plan to release a model.

(c) Nothing in this section shall be construed to authorize a mandatory licensing requirement for the release of models.
"""


def test_order_gives_owner_clause_and_date_of_each_duty() -> None:
    found = facts(Duty, ORDER, published="2026-06-02", by="authority")
    assert [(each.clause, each.date, each.owner) for each in found] == [
        ("2(a)", "2026-07-02", "Secretary of War"),
        ("2(b)", "2026-07-02", "Secretary of Homeland Security"),
        ("3", "2026-08-01", "Secretary of the Treasury, Secretary of War, Secretary of Homeland Security"),
    ]
    assert {each.binds for each in found} == {"federal"}
    assert {each.binding for each in found} == {"mandatory"}
    assert found[2].duty.startswith("develop a benchmarking process")


def test_up_to_days_before_release_is_no_term() -> None:
    assert facts(Duty, "Developers shall offer access for a period of up to 30 days before release.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Guidance is expected within 30 to 60 days of signing.",
        "The patch arrived within 14 days.",
        "Logs must be kept for at least 12 months.",
        "The offer was made by June 1, 2026 and nothing followed.",
    ],
)
def test_no_duty_without_term_and_binding_word(text: str) -> None:
    assert facts(Duty, text) == []


@pytest.mark.parametrize(
    ("text", "date", "owner", "binds"),
    [
        ("Federal civilian agencies have until April 9, 2026.", "2026-04-09", "Federal civilian agencies", "federal"),
        ("CISA has ordered federal agencies to apply the fix by 24 June 2026.", "2026-06-24", "Federal agencies", "federal"),
        ("Manufacturers shall report exploited flaws no later than 11 September 2026.", "2026-09-11", "Manufacturers", "manufacturers"),
        ("Within two weeks of issuance, agencies must report to CISA.", "2026-03-17", "Agencies", "federal"),
        ("Within 3 months of the date of this order, the Secretary of Energy shall report.", "2026-06-03", "Secretary of Energy", "federal"),
    ],
)  # fmt: skip
def test_terms_in_directives_and_news(text: str, date: str, owner: str, binds: str) -> None:
    found = facts(Duty, text, published="2026-03-03")
    assert [(each.date, each.owner, each.binds) for each in found] == [(date, owner, binds)]


def test_period_from_an_event_without_date_has_no_date() -> None:
    found = facts(Duty, "Covered entities must report within 72 hours after discovery of the incident.")
    assert [(each.date, each.owner, each.binds) for each in found] == [("", "Covered entities", "private")]
    assert found[0].period.startswith("within 72 hours after discovery")


def test_order_is_voluntary_and_its_disclaimer_says_so_too() -> None:
    values = {
        each.value
        for each in facts(Claim, ORDER, published="2026-06-02", by="authority")
        if each.question == "mandatory"
    }
    assert values == {"voluntary"}


def test_article_that_says_mandatory() -> None:
    text = "Executive Order 14409 establishes mandatory pre-release cyber risk assessments for frontier AI models."
    assert [each.value for each in facts(Claim, text) if each.question == "mandatory"] == ["mandatory"]


def test_mandatory_outside_of_acts_is_no_claim() -> None:
    text = "Multi-factor login is now mandatory for every member of the chess club."
    assert [each for each in facts(Claim, text) if each.question == "mandatory"] == []
