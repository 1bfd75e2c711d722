# SPDX-License-Identifier: Apache-2.0
"""Severity, scores, type and facets: what is published stands, what is not is judged by rule with reasons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scc.assess.flaws import band
from scc.model.facts import (
    Claim,
    Cvss,
    Duty,
    Epss,
    Identifier,
    Indicator,
    Malware,
    Noise,
    Topic,
    Weakness,
)

CVE = "CVE-2026-50751"
MAIN = Identifier("cve", CVE, "main")
PACKAGE = Indicator("package", "pkg:npm/example-stream", "observed")
V4 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"
V31 = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"


@pytest.mark.parametrize(
    ("version", "score", "level"),
    [
        ("3.1", 9.0, "critical"),
        ("3.1", 8.9, "high"),
        ("4.0", 7.0, "high"),
        ("4.0", 6.9, "medium"),
        ("3.0", 4.0, "medium"),
        ("3.1", 3.9, "low"),
        ("3.1", 0.1, "low"),
        ("3.1", 0.0, "none"),
        ("2.0", 10.0, "high"),
        ("2.0", 6.9, "medium"),
        ("", 9.8, "critical"),
    ],
)
def test_the_published_words_for_a_score(version: Any, score: float, level: str) -> None:
    assert band(Cvss("", version, score, "NVD")) == level


def level(found: Any) -> tuple[str, set[str]]:
    return found.severity, {each.rule for each in found.severity_reasons}


def test_scores_of_all_origins_stand_side_by_side(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    record = tell(
        Cvss(V31, "3.1", 9.8, "NVD", CVE),
        Cvss(V4, "4.0", 8.7, "checkpoint", CVE),
        Cvss(V31, "3.1", 7.5, "checkpoint", CVE),
        document_kind="record",
    )
    found = judge(tell(MAIN, Topic("vulnerability", 9.0)), records=[record])
    assert [(each.origin, each.version) for each in found.vulnerabilities[0].cvss] == [
        ("checkpoint", "4.0"),
        ("checkpoint", "3.1"),
        ("NVD", "3.1"),
    ]
    assert (found.cvss.origin, found.cvss.version) == ("checkpoint", "4.0")
    # The newest version speaks; NVD's 9.8 of another version is not compared with it.
    assert level(found)[0] == "high"


def test_a_printed_score_names_its_source_and_comes_last(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    printed = Cvss("", "3.1", 9.9, "text", CVE)
    found = judge(
        tell(MAIN, printed, Topic("vulnerability", 9.0)),
        records=[tell(Cvss("", "3.1", 9.1, "NVD", CVE), document_kind="record")],
    )
    assert found.cvss.origin == "NVD"
    alone = judge(tell(MAIN, printed, Topic("vulnerability", 9.0)))
    assert alone.cvss == printed


def test_a_predicted_score_is_never_shown_as_published(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    found = judge(
        tell(MAIN, Cvss(V31, "3.1", 9.8, "model", CVE, predicted=True), Topic("vulnerability", 9.0))
    )
    assert found.cvss is None
    assert level(found) == ("medium", {"sev-unscored"})


def test_no_score_without_a_flaw(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    found = judge(tell(Identifier("executive-order", "EO 99001", "main"), Topic("governance", 9.0)))
    assert found.cvss is None and found.vulnerabilities == ()


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((Topic("supply-chain", 9.0), PACKAGE), ("high", "sev-packages")),
        ((Topic("breach", 9.0),), ("medium", "sev-breach")),
        ((Topic("breach", 9.0), Claim("number-affected", "7 million people")), ("high", "sev-number")),
        ((Topic("breach", 9.0), Claim("number-affected", "12,000 people")), ("medium", "sev-breach")),
        ((Topic("threat", 9.0),), ("medium", "sev-threat")),
        ((Topic("threat", 9.0), Topic("ics", 4.0)), ("high", "sev-ics")),
        ((Topic("malware", 9.0), Topic("ransomware", 4.0)), ("high", "sev-ransomware")),
        ((Topic("disruption", 9.0), Topic("wiper", 4.0)), ("high", "sev-ransomware")),
        ((Topic("disruption", 9.0),), ("medium", "sev-disruption")),
        ((Topic("governance", 9.0),), ("low", "sev-governance")),
        ((Topic("governance", 9.0), Duty("S", "report", "2026-07-02")), ("medium", "sev-governance-binding")),
        ((MAIN, Topic("vulnerability", 9.0)), ("medium", "sev-unscored")),
        ((MAIN, Claim("exploited", "yes", "asserted", "vendor", subject=CVE)), ("high", "sev-exploited")),
        ((MAIN, Claim("exploited", "yes", "reported", "press", subject=CVE)), ("medium", "sev-reported")),
    ],
)
def test_without_a_score_the_rubric_gives_the_level(
    judge: Callable[..., Any], tell: Callable[..., Any], facts: tuple[Any, ...], expected: tuple[str, str]
) -> None:
    found = level(judge(tell(*facts)))
    assert found[0] == expected[0] and expected[1] in found[1]


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ((Topic("threat", 9.0), Topic("breach", 3.0)), "threat"),
        ((Topic("malware", 9.0),), "malware"),
        ((Topic("breach", 9.0),), "breach"),
        ((Topic("supply-chain", 9.0), PACKAGE), "supply-chain"),
        # Nobody put anything into anything: a flaw in a package, or talk of supply chains.
        ((Topic("supply-chain", 9.0), Identifier("ghsa", "GHSA-x4x5-jx9j-mmv7", "main")), "vulnerability"),
        ((Topic("supply-chain", 9.0), Topic("governance", 2.0)), "governance"),
        ((Topic("supply-chain", 9.0),), "advisory"),
        ((Topic("disruption", 9.0),), "disruption"),
        ((Topic("governance", 9.0),), "governance"),
        ((Topic("advisory", 9.0),), "advisory"),
        ((Topic("advisory", 9.0), MAIN), "vulnerability"),
        ((Topic("governance", 6.0), Topic("threat", 9.0), Duty("S", "report", "2026-07-02")), "governance"),
        ((MAIN,), "vulnerability"),
        ((Malware("Emotet"),), "malware"),
        ((Indicator("domain", "evil.example", "observed"),), "threat"),
        ((Noise("podcast"),), "advisory"),
        ((), "advisory"),
    ],
)
def test_the_type(
    judge: Callable[..., Any], tell: Callable[..., Any], facts: tuple[Any, ...], kind: str
) -> None:
    found = judge(tell(*facts, Weakness("CWE-79")))
    assert found.type == kind
    assert found.type_reason.rule.startswith("type-")


def test_a_record_alone_is_a_vulnerability(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    found = judge(tell(MAIN, document_kind="record", publisher="NVD", tier="T1"))
    assert (found.type, found.type_reason.rule) == ("vulnerability", "type-record")


def test_facets(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    found = judge(tell(Topic("threat", 9.0), Topic("ics", 3.0), Topic("ai", 0.4), Topic("exploited", 9.0)))
    assert found.facets == ("ics",)  # "exploited" needs a claim, a faint topic is none
    told = judge(tell(Topic("threat", 9.0), Claim("exploited", "yes", "reported", "press")))
    assert told.facets == ("exploited",)
    named = judge(tell(Malware("LockBit", kind="ransomware"), Topic("ransomware", 0.5)))
    assert named.facets == ("ransomware",)


def test_the_newest_epss_stands(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    older, newer = Epss(CVE, 0.9, 0.99, "2026-06-01"), Epss(CVE, 0.2, 0.95, "2026-06-14", "v2026.03")
    found = judge(tell(MAIN), records=[tell(older, newer, document_kind="record")])
    assert found.vulnerabilities[0].epss == newer


def test_flaws_mentioned_in_passing_are_left_out(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    found = judge(tell(MAIN, Identifier("cve", "CVE-2021-44228", "mentions"), Topic("vulnerability", 9.0)))
    assert [each.id for each in found.vulnerabilities] == [CVE]


def test_the_header_shows_the_flaw_with_the_highest_word(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    other = "CVE-2026-60000"
    record = tell(
        Cvss("", "3.1", 5.0, "NVD", CVE), Cvss("", "3.1", 9.1, "NVD", other), document_kind="record"
    )
    found = judge(tell(MAIN, Identifier("cve", other, "main"), Topic("vulnerability", 9.0)), records=[record])
    assert found.cvss.vulnerability == other
    assert level(found)[0] == "critical"


def test_words_of_tampering_make_a_supply_chain_item(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    poisoned = tell(Topic("supply-chain", 9.0), title="Maintainer account hijacked, update backdoored")
    assert judge(poisoned).type == "supply-chain"


@pytest.mark.parametrize(
    ("origin", "named"),
    [
        ("secalert@example.com", "example.com scores"),
        ("NVD", "NVD scores"),
        ("Example", "Example scores"),
        ("text", "Example Wire scores"),
        ("", "Example Wire scores"),
    ],
)
def test_who_scored_is_named_by_domain_never_by_address(
    judge: Callable[..., Any], tell: Callable[..., Any], origin: str, named: str
) -> None:
    found = judge(tell(MAIN, Cvss("", "3.1", 9.1, origin, CVE), Topic("vulnerability", 9.0)))
    assert found.severity_reasons[0].text.startswith(named)
