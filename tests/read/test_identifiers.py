# SPDX-License-Identifier: Apache-2.0
"""Identifiers, scores, weaknesses and techniques printed in a text."""

from __future__ import annotations

import pytest
from tests.read.reading import facts, observed

from scc.model.facts import Cvss, Identifier, Technique, Weakness
from scc.model.provenance import Span


@pytest.mark.parametrize(
    ("text", "scheme", "value"),
    [
        ("The flaw is CVE-2026-50751.", "cve", "CVE-2026-50751"),
        ("tracked as CVE‑2024‑3094 (non-breaking hyphens)", "cve", "CVE-2024-3094"),
        ("See GHSA-G8P2-7WF7-98MQ for details.", "ghsa", "GHSA-g8p2-7wf7-98mq"),
        ("fixed in RUSTSEC-2024-0013", "osv", "RUSTSEC-2024-0013"),
        ("CAPEC-66 describes it", "capec", "CAPEC-66"),
        ("Microsoft bulletin MS17-010 fixed EternalBlue", "bulletin", "MS17-010"),
        ("Fortinet FG-IR-24-015", "bulletin", "FG-IR-24-015"),
        ("Executive Order 14409 was signed", "executive-order", "EO 14409"),
        ("E.O. 14144 remains", "executive-order", "EO 14144"),
        ("Binding Operational Directive 22-01 applies", "directive", "BOD 22-01"),
        ("under ED 21-02 agencies", "directive", "ED 21-02"),
        ("Regulation (EU) 2022/2554 applies", "regulation", "Regulation (EU) 2022/2554"),
        ("the NIS 2 Directive", "directive", "Directive (EU) 2022/2555"),
        ("under 18 U.S.C. 1030 it is a crime", "law", "18 U.S.C. 1030"),
        ("45 CFR 164.308(a)(1) asks for", "regulation", "45 CFR 164.308(a)(1)"),
        ("Public Law 113-283", "law", "Public Law 113-283"),
    ],
)  # fmt: skip
def test_identifier_in_canonical_form(text: str, scheme: str, value: str) -> None:
    assert (scheme, value) in {(each.scheme, each.value) for each in facts(Identifier, text)}


@pytest.mark.parametrize(
    "text",
    [
        "CVE-19999-0000 is not a CVE",
        "CVE-2022-000012 has a leading zero",
        "CVE-2022-123 is too short",
        "Dora the explorer met Ed 21 times",
        "The order of 14409 screws",
        "GHSA-aaaa-bbbb has two groups",
    ],
)
def test_lookalike_is_no_identifier(text: str) -> None:
    assert facts(Identifier, text) == []


def test_both_orders_of_a_list_are_found() -> None:
    found = {
        each.value for each in facts(Identifier, "amending Executive Orders 13694 and 14144 of earlier years")
    }
    assert found == {"EO 13694", "EO 14144"}


def test_flaw_of_the_title_is_main_and_an_earlier_one_is_not() -> None:
    found = facts(
        Identifier,
        "An attacker can get in. Earlier this year another hole, CVE-2025-1111, was closed.",
        title="CVE-2026-50751 under attack",
    )
    relation = {each.value: each.relation for each in found}
    assert relation["CVE-2026-50751"] == "main"
    assert relation["CVE-2025-1111"] != "main"


def test_span_reproduces_the_identifier() -> None:
    text = "Before it stood CVE-2026-33634 in the text."
    spans = [each.locator for each in observed(text) if isinstance(each.fact, Identifier)]
    assert [text[each.start : each.end] for each in spans if isinstance(each, Span)] == ["CVE-2026-33634"]


def test_vector_is_validated_and_scored_and_belongs_to_its_flaw() -> None:
    found = facts(Cvss, "CVE-2021-44228 has the vector CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H in NVD.")
    assert [(each.version, each.score, each.vulnerability) for each in found] == [
        ("3.1", 10.0, "CVE-2021-44228")
    ]


def test_broken_vector_is_not_noted() -> None:
    assert facts(Cvss, "The vector CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H is wrong.") == []


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("tracked as CVE-2026-25253 with a CVSS score of 8.8.", 8.8),
        ("CVE-2026-25253 (CVSS score: 9.8)", 9.8),
        ("CVSS v3.1 base score 7.5 was given", 7.5),
        ("rated 10.0 out of 10 for severity", 10.0),
        ("CVE-2026-25253 scores 10.0 in CVSS 3.1.", 10.0),
        ("We rate the bypass CVE-2026-25253 at 8.1 (CVSS v3.1, high).", 8.1),
        ("Base score 9.8, critical (CVSS v3.1), for CVE-2026-25253.", 9.8),
    ],
)
def test_score_without_vector(text: str, score: float) -> None:
    assert [each.score for each in facts(Cvss, text)] == [score]


def test_a_score_before_the_name_has_its_version() -> None:
    (found,) = facts(Cvss, "CVE-2026-25253 scores 7.2 in CVSS 3.1.")
    assert (found.score, found.version) == (7.2, "3.1")
    assert facts(Cvss, "The severity of CVE-2026-25253 was computed in CVSS 3.1.") == []


def test_version_of_cvss_is_no_score() -> None:
    assert facts(Cvss, "The score was computed with CVSS version 3.1 by the vendor.") == []


def test_weakness_known_to_the_pack() -> None:
    found = facts(
        Weakness, "CVE-2026-50751 is an improper authentication weakness (CWE-287); CWE-99999 does not exist."
    )
    assert [(each.id, each.vulnerability) for each in found] == [("CWE-287", "CVE-2026-50751")]


def test_revoked_technique_resolves_forward_and_keeps_what_was_printed() -> None:
    found = facts(Technique, "Relevant techniques include T1562 (impair defenses) and T1588.006.")
    assert {(each.stated_id, each.id) for each in found} == {("T1562", "T1685"), ("T1588.006", "T1588.006")}
    assert {each.role for each in found} == {"context"}


def test_role_follows_what_the_sentence_tells() -> None:
    told = facts(Technique, "The attackers used spearphishing attachments (T1566.001) to gain a foothold.")
    advised = facts(Technique, "Defenders should monitor for T1566.001 in mail logs.")
    assert [each.role for each in told] == ["observed"]
    assert [each.role for each in advised] == ["context"]


@pytest.mark.parametrize(
    "text", ["T1329FUN", "AT0001", "version T1156.0012", "part T9999 of a list", "room T1059.b"]
)
def test_lookalike_is_no_technique(text: str) -> None:
    assert [each.id for each in facts(Technique, text) if each.id != "T1059"] == []


def test_flaws_of_one_list_are_equally_main() -> None:
    filler = "The vendor writes at length about its platform and the many people who use it every day. " * 12
    text = f"{filler}\n\nFlaws\n\n- CVE-2023-49103 - base score 10\n- CVE-2023-49104 - base score 8.7\n- CVE-2023-49105 - base score 9.8\n\nAfterwards\n\nAn older one was CVE-2019-1111."
    for cut in (0, 900):
        found = {
            each.value: each.relation
            for each in facts(Identifier, text[cut:], title="Several flaws in a file share")
        }
        assert len({found[f"CVE-2023-4910{number}"] for number in (3, 4, 5)}) == 1
    assert found["CVE-2023-49105"] == "main"
    assert found["CVE-2019-1111"] == "mentions"
