# SPDX-License-Identifier: Apache-2.0
"""One urgency with its do-by date: every rule of priority, exploitation, confidence and escalation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from scc.model.facts import (
    Claim,
    Cvss,
    Duty,
    Epss,
    Identifier,
    Indicator,
    Kev,
    NamedOrganisation,
    Product,
    Ssvc,
    Topic,
)
from scc.model.organisation import Organisation, OwnProduct, Roles

CVE = "CVE-2026-50751"
FLAW = (
    Identifier("cve", CVE, "main"),
    Product("Quantum Gateway", "Check Point", vulnerability=CVE, status="affected"),
    Topic("vulnerability", 9.0),
)
EXPLOITED = Claim("exploited", "yes", "asserted", "vendor", "Check Point", subject=CVE)
PACKAGE = Indicator("package", "pkg:npm/example-stream", "observed")
SCORE = Cvss("", "3.1", 9.8, "NVD", CVE)


def ours(exposed: bool | None = True, **more: Any) -> Organisation:
    return Organisation(
        name="Example", products=(OwnProduct("Quantum Gateway", "Check Point", exposed=exposed),), **more
    )


def rule(found: Any) -> tuple[str, str]:
    return found.priority, found.priority_reasons[0].rule


@pytest.mark.parametrize(
    ("facts", "profile", "date", "expected"),
    [
        ((EXPLOITED,), ours(True), "2026-06-10", ("immediate", "pri-immediate")),
        ((EXPLOITED,), ours(None), "2026-06-10", ("urgent", "pri-urgent-exploited")),
        ((EXPLOITED,), ours(False), "2026-06-10", ("standard", "pri-standard-inside")),
        ((EXPLOITED,), Organisation(), "2026-06-10", ("urgent", "pri-urgent-exploited")),
        ((EXPLOITED,), Organisation(name="E", products_complete=True), "2026-06-10", ("deferred", "pri-deferred-not-ours")),
        ((EXPLOITED,), ours(True), "2026-02-01", ("urgent", "pri-urgent-exploited")),
        ((EXPLOITED,), ours(None), "2026-02-01", ("deferred", "pri-deferred-historical")),
        ((EXPLOITED,), Organisation(), "2026-02-01", ("deferred", "pri-deferred-historical")),
        # A product list without a match: a fortnight; a list of products names ours among others.
        ((EXPLOITED,), Organisation(name="E", products=(OwnProduct("Windows", "Microsoft"),)), "2026-06-10", ("standard", "pri-standard-no-match")),
        ((SCORE,), ours(True), "2026-06-10", ("standard", "pri-standard")),
        ((SCORE, Epss(CVE, 0.4, 0.97, "2026-06-14")), ours(True), "2026-06-10", ("urgent", "pri-urgent-likely")),
        ((SCORE, Epss(CVE, 0.05, 0.9, "2026-06-14")), ours(True), "2026-06-10", ("standard", "pri-standard")),
        ((SCORE, Epss(CVE, 0.4, 0.97, "2026-06-14")), ours(None), "2026-06-10", ("standard", "pri-standard")),
        ((SCORE, Ssvc(CVE, "poc", "yes", "total")), ours(True), "2026-06-10", ("urgent", "pri-urgent-likely")),
        ((SCORE, Claim("proof-of-concept", "yes", "reported")), ours(True), "2026-06-10", ("urgent", "pri-urgent-likely")),
        ((Cvss("", "3.1", 3.1, "NVD", CVE),), ours(True), "2026-06-10", ("deferred", "pri-deferred-low")),
    ],
)  # fmt: skip
def test_a_flaw(
    judge: Callable[..., Any],
    tell: Callable[..., Any],
    facts: tuple[Any, ...],
    profile: Organisation,
    date: str,
    expected: tuple[str, str],
) -> None:
    assert rule(judge(tell(*FLAW, *facts, date=date), organisation=profile)) == expected


@pytest.mark.parametrize(
    ("claim", "priority"),
    [
        (Claim("exploited", "yes", "asserted", "authority", subject=CVE), "immediate"),
        (Claim("exploited", "yes", "asserted", "cert", subject=CVE), "immediate"),
        (Claim("exploited", "yes", "asserted", "vendor", subject=CVE), "immediate"),
        (Claim("exploited", "yes", "asserted", "research", subject=CVE), "standard"),
        (Claim("exploited", "yes", "reported", "press", subject=CVE), "standard"),
        (Claim("exploited", "yes", "possible", "vendor", subject=CVE), "standard"),
        (Claim("exploited", "no", "no-evidence", "vendor", subject=CVE), "standard"),
        (Claim("exploited", "yes", "asserted", "attacker", subject=CVE), "standard"),
    ],
)
def test_exploitation_counts_when_an_authority_a_cert_or_the_vendor_asserts_it(
    judge: Callable[..., Any], tell: Callable[..., Any], claim: Claim, priority: str
) -> None:
    assert judge(tell(*FLAW, claim), organisation=ours(True)).priority == priority


def test_one_line_of_a_round_up_is_never_urgent(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    document, seen = tell(*FLAW, EXPLOITED)
    line = replace(document, part_of="Weekly recap", excerpt=True), seen
    assert rule(judge(line, organisation=ours(True))) == ("standard", "pri-standard-line")
    # A section with sentences of its own is a report like others, and so is a story with one.
    section = replace(document, part_of="Weekly recap"), seen
    assert rule(judge(section, organisation=ours(True))) == ("immediate", "pri-immediate")
    assert (
        rule(judge(line, tell(*FLAW, EXPLOITED, title="Another report"), organisation=ours(True)))[0]
        == "immediate"
    )


def test_kev_asserts_exploitation(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    listed = tell(Kev(CVE, "Check Point", "Quantum Gateway", "2026-06-08"), document_kind="record")
    found = judge(tell(*FLAW), records=[listed], organisation=ours(True))
    assert rule(found) == ("immediate", "pri-immediate")
    assert found.exploitation[0].rule == "exp-kev"
    assert found.vulnerabilities[0].exploited


def test_epss_never_lowers_what_kev_says(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    listed = tell(
        Kev(CVE, "Check Point", "Quantum Gateway", "2026-06-08"),
        Epss(CVE, 0.001, 0.1, "2026-06-14"),
        document_kind="record",
    )
    assert judge(tell(*FLAW), records=[listed], organisation=ours(True)).priority == "immediate"


def test_unknown_relevance_never_exceeds_urgent(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    for kind in ("vulnerability", "malware", "threat", "supply-chain", "breach", "disruption"):
        found = judge(tell(Topic(kind, 20.0), Topic("ransomware", 9.0), EXPLOITED, SCORE, FLAW[0]))
        assert found.relevance.answer == "maybe"
        assert found.priority in ("urgent", "standard", "deferred"), kind


def test_being_hit_ourselves_is_immediate(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    story = tell(Topic("breach", 9.0), Claim("breached", "yes", "reported", "press", subject="Example"))
    assert rule(judge(story, organisation=ours())) == ("immediate", "pri-immediate-compromise")
    named = tell(Topic("breach", 9.0), NamedOrganisation("example", "victim"))
    assert rule(judge(named, organisation=ours()))[0] == "immediate"
    denied = tell(Topic("breach", 9.0), Claim("breached", "yes", "denied", "victim", subject="Example"))
    assert rule(judge(denied, organisation=ours()))[0] != "immediate"
    assert rule(judge(story, organisation=Organisation()))[0] != "immediate"


def test_malicious_code_that_others_install_is_urgent(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    story = tell(Topic("supply-chain", 9.0), PACKAGE)
    assert rule(judge(story)) == ("urgent", "pri-urgent-supply")
    listed = (OwnProduct("Windows", "Microsoft"),)
    other = Organisation(name="Example", products=listed)
    assert rule(judge(story, organisation=other)) == ("standard", "pri-standard-no-match-supply")
    builds = Organisation(name="Example", products=listed, platforms=("npm",))
    assert rule(judge(story, organisation=builds)) == ("urgent", "pri-urgent-supply")


def test_the_system_on_which_malicious_code_runs_did_not_carry_it(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    def story(text: str) -> Any:
        return tell(
            Topic("supply-chain", 9.0), title="A crate stole tokens", text=f"A crate stole tokens. {text}"
        )

    reader = Organisation(
        name="Example", products=(OwnProduct("Windows", "Microsoft"), OwnProduct("Trivy", "Aqua Security"))
    )
    host = story("Its payload runs on Microsoft Windows hosts only.")
    assert rule(judge(host, organisation=reader)) == ("standard", "pri-standard-host-supply")
    carrier = story("Its payload runs on Microsoft Windows hosts; Aqua Security Trivy was built with it.")
    assert rule(judge(carrier, organisation=reader)) == ("urgent", "pri-urgent-supply")


def test_an_act(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    head = (Identifier("executive-order", "EO 99001", "main"), Topic("governance", 9.0))
    federal = tell(*head, Duty("Secretary", "report", "2026-07-02", binding="mandatory", binds="federal"))
    assert rule(judge(federal)) == ("deferred", "pri-govern")
    assert rule(judge(federal, organisation=ours(federal=True))) == ("standard", "pri-standard-binding")
    unclear = tell(*head, Duty("Operators", "report", "2026-07-02", binding="mandatory", binds="private"))
    assert rule(judge(unclear)) == ("standard", "pri-standard-binding")


def test_do_by_has_its_rule(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    immediate = judge(tell(*FLAW, EXPLOITED), organisation=ours(True))
    assert (immediate.do_by, immediate.do_by_rule) == (
        "2026-06-15T10:00Z",
        "Immediate: start within the hour.",
    )
    urgent = judge(tell(*FLAW, EXPLOITED))
    assert urgent.do_by == "2026-06-16T09:00Z"
    standard = judge(tell(*FLAW))
    assert standard.do_by == "2026-06-29"
    deferred = judge(tell(*FLAW), organisation=Organisation(name="E", products_complete=True))
    assert (deferred.do_by, deferred.do_by_rule) == ("", "")


def test_a_date_that_binds_us_comes_first(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    listed = tell(
        Kev(CVE, "Check Point", "Quantum Gateway", "2026-06-08", "2026-06-20"), document_kind="record"
    )
    found = judge(tell(*FLAW), records=[listed], organisation=ours(False, federal=True))
    assert (found.do_by, found.do_by_rule) == ("2026-06-20", "A date that binds you.")
    private = judge(tell(*FLAW), records=[listed], organisation=ours(False))
    assert private.do_by == "2026-06-29"


def confidence(found: Any) -> tuple[str, str]:
    return found.confidence, found.confidence_reason.rule


def test_confidence(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    vendor = tell(*FLAW, publisher="Check Point", tier="T1", kind="vendor")
    research = tell(*FLAW, publisher="Example Research", tier="T2", kind="research", date="2026-06-09")
    second = tell(*FLAW, publisher="Example CERT", tier="T2", kind="cert")
    wire = tell(*FLAW, publisher="Example Wire")
    post = tell(*FLAW, publisher="Example Post", date="2026-06-11")
    assert confidence(judge(vendor)) == ("high", "conf-primary")
    assert confidence(judge(research, second)) == ("high", "conf-origins")
    assert confidence(judge(research, wire)) == ("moderate", "conf-one")
    assert confidence(judge(wire, post)) == ("moderate", "conf-press")
    assert confidence(judge(wire)) == ("low", "conf-low")


def test_a_vendor_on_its_own_breach_is_an_interested_party(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    denial = Claim("breached", "no", "denied", "vendor", "Acme", about_self=True, subject="Acme")
    alone = tell(Topic("breach", 9.0), denial, publisher="Acme", tier="T1", kind="vendor")
    assert confidence(judge(alone)) == ("low", "conf-low")


def test_escalation_names_whom_to_phone(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    roles = Roles(lead="Ada, +1 555 0100", privacy="The privacy office")
    flaw = judge(tell(*FLAW, EXPLOITED), organisation=ours(None, roles=roles))
    assert [each.rule for each in flaw.escalation] == ["esc-exposed", "esc-compromise"]
    assert "Ada, +1 555 0100" in flaw.escalation[0].text
    quiet = judge(tell(*FLAW), organisation=ours(None, roles=roles))
    assert [each.rule for each in quiet.escalation] == ["esc-exploited", "esc-compromise"]
    breach = judge(tell(Topic("breach", 9.0)), organisation=ours(None, roles=roles))
    assert "The privacy office" in breach.escalation[0].text
    act = judge(tell(Identifier("law", "Public Law 999-1", "main"), Topic("governance", 9.0)))
    assert [each.rule for each in act.escalation] == ["esc-binding"]


def test_old_news_is_historical(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    assert not judge(tell(*FLAW, date="2026-03-17")).historical  # 90 days
    old = judge(tell(*FLAW, date="2026-03-16"))
    assert old.historical and old.age_days == 91 and old.event_date == "2026-03-16"
    undated = judge(tell(*FLAW, date=""))
    assert (undated.historical, undated.age_days, undated.event_date) == (False, None, "")


@pytest.mark.parametrize(
    ("cve", "version", "exposed", "expected"),
    [
        ("CVE-2023-50751", "", True, ("urgent", "pri-urgent-long-known")),
        ("CVE-2025-50751", "", True, ("immediate", "pri-immediate")),
        # Our version is known to be affected: years do not matter.
        ("CVE-2023-50751", "7.4.1", True, ("immediate", "pri-immediate")),
        ("CVE-2023-50751", "", None, ("standard", "pri-standard-long-known")),
        ("CVE-2023-50751", "7.4.1", None, ("urgent", "pri-urgent-exploited")),
    ],
)
def test_a_flaw_of_years_ago_wakes_nobody_unless_our_version_is_affected(
    judge: Callable[..., Any],
    tell: Callable[..., Any],
    cve: str,
    version: str,
    exposed: bool | None,
    expected: tuple[str, str],
) -> None:
    story = tell(
        Identifier("cve", cve, "main"),
        Product("Quantum Gateway", "Check Point", "before 8.0", vulnerability=cve, status="affected"),
        Claim("exploited", "yes", "asserted", "vendor", "Check Point", subject=cve),
        Topic("vulnerability", 9.0),
    )
    own = OwnProduct("Quantum Gateway", "Check Point", version, exposed=exposed)
    assert rule(judge(story, organisation=Organisation(name="E", products=(own,)))) == expected


def test_a_list_of_products_holds_ours(judge: Callable[..., Any], tell: Callable[..., Any]) -> None:
    story = tell(
        Identifier("cve", CVE, "main"),
        Product("Quantum Gateway and Spark Firewall", "Check Point", vulnerability=CVE, status="affected"),
        EXPLOITED,
        Topic("vulnerability", 9.0),
    )
    assert rule(judge(story, organisation=ours(True))) == ("immediate", "pri-immediate")
