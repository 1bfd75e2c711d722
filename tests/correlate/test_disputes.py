# SPDX-License-Identifier: Apache-2.0
"""Who says what on one question, and which rule prefers."""

from __future__ import annotations

from typing import Any

from scc.correlate import story
from scc.model.document import Document
from scc.model.facts import Claim, Observation
from scc.model.ids import short
from scc.model.provenance import Span
from scc.model.story import Dispute


def told(
    publisher: str, tier: Any, kind: Any, date: str, *claims: Claim
) -> tuple[Document, tuple[Observation, ...]]:
    text = f"{publisher} tells its own version of the event in words that nobody else uses: {short('x', publisher)}"
    id_ = short("doc", publisher, date)
    document = Document(
        id=id_,
        kind="article",
        format="text",
        title=publisher,
        text=text,
        publisher=publisher,
        tier=tier,
        tlp="TLP:CLEAR",
        published=date,
        publisher_kind=kind,
    )
    return document, tuple(
        Observation(short("obs", id_, repr(each)), id_, each, Span(0, 5), "stated", 1.0) for each in claims
    )


def only(*members: tuple[Document, tuple[Observation, ...]]) -> Dispute:
    found = story(members).disputes
    assert len(found) == 1
    return found[0]


MANDATORY = Claim("mandatory", "yes", "asserted", "press")
VOLUNTARY = Claim("mandatory", "no", "asserted", "authority")


def test_the_official_text_is_preferred_over_a_report_of_it() -> None:
    dispute = only(
        told("The Authority", "T1", "authority", "2026-06-02", VOLUNTARY),
        told("Example Post", "T3", "press", "2026-06-04", MANDATORY),
    )
    assert (dispute.preferred, dispute.rule) == ("no", "directness")
    assert {each.value for each in dispute.positions} == {"yes", "no"}


def test_a_victims_word_on_itself_is_never_preferred_over_others() -> None:
    dispute = only(
        told(
            "Victim Corp",
            "T1",
            "vendor",
            "2025-03-21",
            Claim("breached", "no", "denied", "victim", "Victim Corp", True),
        ),
        told(
            "Example Research",
            "T2",
            "research",
            "2025-03-25",
            Claim("breached", "yes", "asserted", "research"),
        ),
    )
    assert (dispute.preferred, dispute.rule) == ("yes", "interested-party")


def test_no_evidence_of_is_not_a_denial() -> None:
    found = story(
        [
            told("Vendor", "T1", "vendor", "2026-06-02", Claim("exploited", "yes", "no-evidence", "vendor")),
            told("Example Wire", "T3", "press", "2026-06-03", Claim("exploited", "yes", "reported", "press")),
        ]
    )
    assert found.disputes == ()


def test_a_possibility_is_no_position() -> None:
    found = story(
        [
            told("Example Post", "T3", "press", "2026-06-02", Claim("exploited", "no", "asserted", "press")),
            told("Example Wire", "T3", "press", "2026-06-03", Claim("exploited", "yes", "possible", "press")),
        ]
    )
    assert found.disputes == ()


def test_tier_decides_between_two_reports_and_the_later_date_between_equals() -> None:
    yes = Claim("exploited", "yes", "reported", "research")
    no = Claim("exploited", "no", "asserted", "press")
    by_tier = only(
        told("Lab", "T2", "press", "2026-06-02", yes), told("Blog", "T3", "press", "2026-06-09", no)
    )
    assert (by_tier.preferred, by_tier.rule) == ("yes", "tier")
    by_date = only(
        told("Wire", "T3", "press", "2026-06-02", yes), told("Post", "T3", "press", "2026-06-09", no)
    )
    assert (by_date.preferred, by_date.rule) == ("no", "date")


def test_numbers_close_to_each_other_are_no_dispute_and_far_apart_ones_are() -> None:
    def number(value: str) -> Claim:
        return Claim("number-affected", value, "reported", "press")

    close = story(
        [
            told("A", "T3", "press", "2026-06-02", number("40 million")),
            told("B", "T3", "press", "2026-06-03", number("48 million")),
        ]
    )
    assert close.disputes == ()
    far = only(
        told("A", "T3", "press", "2026-06-02", number("100 million")),
        told("B", "T3", "press", "2026-06-03", number("40 million")),
    )
    assert len(far.positions) == 2
