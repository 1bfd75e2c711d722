# SPDX-License-Identifier: Apache-2.0
"""Who says what on one question, and which rule prefers."""

from __future__ import annotations

from typing import Any

import msgspec

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
    dispute = only(
        told("Vendor", "T1", "vendor", "2026-06-02", Claim("exploited", "yes", "no-evidence", "vendor")),
        told("Example Wire", "T3", "press", "2026-06-03", Claim("exploited", "yes", "reported", "press")),
    )
    assert {each.value for each in dispute.positions} == {"none known", "yes"}
    assert (dispute.preferred, dispute.rule, dispute.doubtful) == ("yes", "observed", False)


def test_no_evidence_of_and_a_denial_agree() -> None:
    found = story(
        [
            told("Vendor", "T1", "vendor", "2026-06-02", Claim("exploited", "yes", "no-evidence", "vendor")),
            told("Example Wire", "T3", "press", "2026-06-03", Claim("exploited", "no", "denied", "press")),
        ]
    )
    assert found.disputes == ()


def test_an_attackers_boast_does_not_outweigh_that_nobody_saw_it() -> None:
    dispute = only(
        told("Vendor", "T1", "vendor", "2026-06-02", Claim("exploited", "yes", "no-evidence", "vendor")),
        told("A leak site", "T3", "unknown", "2026-06-03", Claim("exploited", "yes", "reported", "attacker")),
    )
    assert dispute.rule != "observed"


def test_a_release_said_to_close_a_flaw_and_said_to_leave_it_open() -> None:
    dispute = only(
        told("Vendor", "T1", "vendor", "2026-06-02", Claim("fixed-version", "2.15.0", "asserted", "vendor")),
        told(
            "Example Research", "T2", "research", "2026-06-05",
            Claim("fixed-version", "2.15.0", "denied", "research"),
            Claim("fixed-version", "2.16.0", "reported", "research"),
        ),
    )  # fmt: skip
    assert {each.value for each in dispute.positions} == {"2.15.0", "not 2.15.0", "2.16.0"}


def test_fixes_of_other_branches_agree() -> None:
    found = story(
        [
            told("Vendor", "T1", "vendor", "2026-06-02", Claim("fixed-version", "5.15.25, 5.10.102", "asserted", "vendor")),
            told("Wire", "T3", "press", "2026-06-03", Claim("fixed-version", "5.15.25", "reported", "press"), Claim("fixed-version", "5.10.102", "reported", "press")),
        ]
    )  # fmt: skip
    assert found.disputes == ()


def test_scores_without_a_version_contradict_each_other_only_by_level() -> None:
    def both(one: str, other: str) -> int:
        return len(
            story(
                [
                    told("Vendor", "T1", "vendor", "2026-06-02", Claim("severity", one, "asserted", "vendor", subject="CVE-2024-0001 CVSS")),
                    told("Wire", "T3", "press", "2026-06-03", Claim("severity", other, "reported", "press", subject="CVE-2024-0001 CVSS")),
                ]
            ).disputes
        )  # fmt: skip

    assert both("7.5", "8.1") == 0
    assert both("6.9", "7.0") == 1


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


def test_two_voices_in_one_document_are_a_dispute() -> None:
    dispute = only(
        told(
            "Example Wire",
            "T3",
            "press",
            "2025-03-21",
            Claim("breached", "yes", "reported", "attacker", subject="Victim Corp"),
            Claim("breached", "no", "denied", "victim", about_self=True, subject="Victim Corp"),
        ),
    )
    assert all(each.interested for each in dispute.positions)
    assert (dispute.preferred, dispute.rule) == ("", "interested-parties-only")


def test_one_document_that_reports_both_sides_itself_is_no_dispute() -> None:
    both = (Claim("mandatory", "yes", "reported", "press"), Claim("mandatory", "no", "reported", "press"))
    assert story([told("Example Wire", "T3", "press", "2025-03-21", *both)]).disputes == ()


def test_a_source_that_took_it_back_is_not_preferred() -> None:
    dispute = only(
        told("The Authority", "T1", "authority", "2026-06-02", MANDATORY, Claim("retracted", "yes")),
        told("Example Post", "T3", "press", "2026-06-04", VOLUNTARY),
    )
    assert (dispute.preferred, dispute.rule) == ("no", "correction")


def counted(*values: str) -> tuple[Dispute, ...]:
    return story(
        [
            told(
                f"Paper {at}", "T3", "press", f"2026-06-0{at + 1}", Claim("number-affected", each, "reported")
            )
            for at, each in enumerate(values)
        ]
    ).disputes


def test_people_and_records_are_different_questions() -> None:
    assert counted("100 million customers", "30 million records") == ()
    assert len(counted("100 million customers", "30 million people")) == 1


def test_two_names_of_one_actor_are_one_answer() -> None:
    from scc import knowledge

    members = [
        told("A", "T2", "research", "2026-06-01", Claim("attribution", "APT28", "reported")),
        told("B", "T3", "press", "2026-06-02", Claim("attribution", "Fancy Bear", "reported")),
    ]
    assert len(story(members).disputes) == 1
    assert story(members, (), knowledge.open()).disputes == ()


def test_a_state_and_a_group_are_different_questions() -> None:
    members = [
        told("A", "T2", "research", "2026-06-01", Claim("attribution", "Russia", "reported")),
        told("B", "T3", "press", "2026-06-02", Claim("attribution", "Sandworm", "reported")),
    ]
    assert story(members).disputes == ()


def test_fixes_of_two_branches_do_not_contradict_each_other() -> None:
    def fixed(*values: str) -> tuple[Dispute, ...]:
        claims = [Claim("fixed-version", each, "reported", subject="CVE-2026-50751") for each in values]
        return story(
            [told(f"P{at}", "T3", "press", f"2026-06-0{at + 1}", each) for at, each in enumerate(claims)]
        ).disputes

    assert fixed("1.66.1", "2.0.4") == ()
    assert [each.question for each in fixed("1.66.1", "1.66.3")] == ["fixed-version"]


def test_a_denied_actor_contradicts_the_one_who_names_it() -> None:
    def two(second: Claim) -> tuple[Dispute, ...]:
        return story(
            [
                told("A", "T3", "press", "2026-06-01", Claim("attribution", "LockBit", "reported")),
                told("B", "T1", "authority", "2026-06-02", second),
            ]
        ).disputes

    assert [each.question for each in two(Claim("attribution", "LockBit", "denied"))] == ["attribution"]
    assert two(Claim("attribution", "Akira", "denied")) == ()


def test_a_duty_is_compared_for_the_same_addressees_only() -> None:
    def two(first: str, second: str) -> tuple[Dispute, ...]:
        return story(
            [
                told(
                    "A",
                    "T3",
                    "press",
                    "2026-06-01",
                    Claim("mandatory", "mandatory", "reported", subject=first),
                ),
                told(
                    "B",
                    "T1",
                    "authority",
                    "2026-06-02",
                    Claim("mandatory", "voluntary", "asserted", subject=second),
                ),
            ]
        ).disputes

    assert [each.subject for each in two("operators", "operators")] == ["operators"]
    assert two("operators", "agencies") == ()


def test_a_source_with_several_figures_contradicts_nobody_who_shares_one() -> None:
    def number(value: str) -> Claim:
        return Claim("number-affected", value, "reported", "press")

    shared = story(
        [
            told("A", "T3", "press", "2026-06-02", number("14,000 accounts"), number("6.9 million profiles")),
            told("B", "T3", "press", "2026-06-03", number("about 7,000,000 users")),
        ]
    )
    assert shared.disputes == ()


def test_staff_and_customers_are_counted_apart() -> None:
    found = story(
        [
            told("A", "T3", "press", "2026-06-02", Claim("number-affected", "310,000 patients", "reported", "press")),
            told("B", "T3", "press", "2026-06-03", Claim("number-affected", "4,200 employees", "reported", "press")),
        ]
    )  # fmt: skip
    assert found.disputes == ()


def test_states_groups_and_insiders() -> None:
    def by(one: str, other: str) -> int:
        return len(
            story(
                [
                    told("A", "T2", "research", "2026-06-01", Claim("attribution", one, "reported")),
                    told("B", "T3", "press", "2026-06-02", Claim("attribution", other, "reported")),
                ]
            ).disputes
        )

    assert by("Russia", "China") == 1
    assert by("an insider", "Lazarus Group") == 1
    assert by("Russia", "activists") == 1
    assert by("Russia", "a state actor") == 0
    assert by("China", "Volt Typhoon") == 0
    assert by("criminals", "LockBit") == 0


def test_days_are_compared_as_exactly_as_the_less_exact_is_said() -> None:
    def on(one: str, other: str, modality: Any = "reported") -> int:
        return len(
            story(
                [
                    told("A", "T2", "research", "2026-06-01", Claim("occurred-on", one, "reported", subject="discovery")),
                    told("B", "T3", "press", "2026-06-02", Claim("occurred-on", other, modality, subject="discovery")),
                ]
            ).disputes
        )  # fmt: skip

    assert on("2026-03", "2026-03-09") == 0
    assert on("2025", "2026-03-09") == 1
    assert on("2026-03-09", "2026-03-09", "denied") == 1
    assert on("2026-03-09", "2026-03-08", "denied") == 0


def test_who_says_both_of_a_duty_contradicts_nobody() -> None:
    found = story(
        [
            told(
                "The Authority",
                "T1",
                "authority",
                "2026-06-02",
                msgspec.structs.replace(MANDATORY, holder="authority"),
                VOLUNTARY,
            ),
            told("Example Post", "T3", "press", "2026-06-04", MANDATORY),
        ]
    )
    assert found.disputes == ()
