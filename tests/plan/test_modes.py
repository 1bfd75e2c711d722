# SPDX-License-Identifier: Apache-2.0
"""Which mode an item is handled in: what makes the difference between looking and closing, and what opens an incident."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scc.model.assessment import Reason, Relevance
from scc.model.facts import Claim, Country, Identifier, Product
from scc.model.organisation import Organisation, OwnProduct

Planner = Callable[..., Any]
CVE = Identifier(scheme="cve", value="CVE-2026-1111", relation="main")
ATTACKED = Claim("exploited", "yes", "asserted", "authority", subject="CVE-2026-1111")
WHY = (Reason("given", "test"),)


def effects(plan: Any) -> set[str]:
    return {action.effect for action in plan.actions}


def ours(version: str, exposed: bool | None = None) -> Organisation:
    return Organisation(
        name="Example Ltd",
        products=(OwnProduct("Example Host", "Example Maker", version=version, exposed=exposed),),
    )


MATCHED = Relevance("yes", WHY, matched=("Example Maker Example Host",))


def test_a_flaw_that_needs_rights_first_is_closed_inside_and_looked_for_outside(planned: Planner) -> None:
    story: dict[str, Any] = {
        "type": "vulnerability",
        "themes": ("hypervisor", "vulnerability-management"),
        "relevance": MATCHED,
        "text": "Groups used it. It requires administrator rights in the domain.",
    }
    inside = planned(CVE, ATTACKED, organisation=ours("7.0.3", False), **story)
    outside = planned(CVE, ATTACKED, organisation=ours("7.0.3", True), **story)
    assert (inside.mode, outside.mode) == ("expose", "hunt")


def test_a_branch_without_a_fix_is_mitigated_though_others_are_fixed(planned: Planner) -> None:
    story: dict[str, Any] = {
        "type": "vulnerability",
        "themes": ("vulnerability-management",),
        "relevance": MATCHED,
    }
    fixed = Product(
        "Example Host", "Example Maker", fixed="8.1", status="affected", vulnerability="CVE-2026-1111"
    )
    text = "Example Host 8.0 is fixed with 8.1. For Example Host 7.0 no patch is planned."
    old = effects(planned(CVE, fixed, organisation=ours("7.0.3"), text=text, **story))
    new = effects(planned(CVE, fixed, organisation=ours("8.0.2"), text=text, **story))
    assert "apply-mitigation" in old and "install-fix" not in old
    assert "install-fix" in new and "apply-mitigation" not in new
    other = "For Other Thing 7.0 no patch is planned."
    assert "install-fix" in effects(planned(CVE, fixed, organisation=ours("7.0.3"), text=other, **story))


def test_a_version_of_ours_that_is_not_affected_is_checked_and_closed(planned: Planner) -> None:
    outside = Relevance("no", WHY, matched=("Example Maker Example Host",))
    absent = Relevance("no", WHY)
    story: dict[str, Any] = {"type": "supply-chain", "themes": ("software-supply-chain",)}
    here = planned(organisation=ours("5.4"), relevance=outside, **story)
    nowhere = planned(organisation=ours("5.4"), relevance=absent, **story)
    assert (here.mode, nowhere.mode) == ("expose", "govern")
    assert effects(here) == effects(nowhere) == {"record-not-concerned", "watch-for-change"}


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Customers should rotate the API keys that the service held.", "hunt"),
        ("The company apologised to its members.", "expose"),
    ],
)
def test_a_breach_is_looked_into_where_secrets_of_ours_may_be_out(
    planned: Planner, text: str, mode: str
) -> None:
    assert planned(type="breach", themes=("third-parties",), text=text).mode == mode


def test_advice_on_what_somebody_does_is_no_flaw(planned: Planner) -> None:
    told = "Since May criminals have entered accounts by telephone. Firms should look for new factors."
    advice: dict[str, Any] = {"type": "advisory", "themes": ("identity-proofing",)}
    assert planned(text=told, **advice).mode == "hunt"
    assert planned(text="Firms should look for new factors each month.", **advice).mode == "expose"


def test_people_are_deceived_and_no_system_is_searched(planned: Planner) -> None:
    fraud: dict[str, Any] = {"type": "threat", "themes": ("payment-fraud",), "facets": ("fraud",)}
    plan = planned(text="The clerk paid. None of its systems were entered.", **fraud)
    assert plan.mode == "govern"
    assert {"verify-change", "block-payment-fraud", "communicate-staff"} <= effects(plan)
    assert "recall-payment" not in effects(plan)


def test_a_power_cut_is_ours_only_in_our_country(planned: Planner) -> None:
    dark = "A blackout left the whole country without electricity. There is no sign of an attack."
    outage: dict[str, Any] = {"type": "disruption", "themes": ("denial-of-service",), "text": dark}
    country = Country("PT", "mentioned")
    near = planned(country, organisation=Organisation(name="Example", countries=("PT",)), **outage)
    far = planned(country, organisation=Organisation(name="Example", countries=("SE",)), **outage)
    assert (near.mode, far.mode) == ("expose", "govern")
    assert {"run-downtime", "restore-service"} <= effects(near)


def test_a_provider_that_is_linked_with_its_customers_is_cut_off(planned: Planner) -> None:
    hit = "A laboratory provider was hit by ransomware; operations are cancelled, patients wait."
    linked = hit + " The hospitals cut their connections to the servers of the provider."
    story: dict[str, Any] = {"type": "malware", "themes": ("ransomware",), "facets": ("ransomware",)}
    clinic = Organisation(name="Example Clinic", sectors=("health",))
    assert planned(text=hit, organisation=clinic, **story).mode == "expose"
    plan = planned(text=linked, organisation=clinic, **story)
    assert plan.mode == "hunt"
    assert {"protect-life", "run-downtime", "disconnect-supplier", "find-shared-data"} <= effects(plan)
    assert plan.actions[0].effect == "protect-life"
    assert "protect-life" not in effects(
        planned(text=linked, organisation=Organisation(name="Example Shop"), **story)
    )


def test_a_party_that_closed_a_page_named_no_flaw(planned: Planner) -> None:
    closed = Claim("fixed-version", "yes", "asserted", "vendor", subject="the applications")
    plan = planned(
        closed, type="threat", themes=("session-theft", "phishing"), text="Mail was read.", incident=True
    )
    assert "install-fix" not in effects(plan)


@pytest.mark.parametrize(
    "themes", [("software-supply-chain", "ci-cd"), ("ransomware",), ("session-theft", "phishing")]
)
def test_an_incident_opens_with_a_lead_and_keeps_evidence_on_the_first_day(
    planned: Planner, themes: tuple[str, ...]
) -> None:
    reader = Organisation(name="Example", platforms=("linux", "windows", "entra", "github", "ci"))
    kind = "supply-chain" if "ci-cd" in themes else "malware"
    plan = planned(type=kind, themes=themes, organisation=reader, incident=True)
    when = {action.effect: action.when for action in plan.actions}
    assert when["declare-incident"] == "hour"
    assert when["hold-evidence"] != "later" and when["call-counsel-insurer"] != "later"


def test_card_skimming_recalls_no_payment(planned: Planner) -> None:
    story: dict[str, Any] = {
        "type": "breach",
        "themes": ("payment-fraud", "web-applications"),
        "facets": ("fraud",),
    }
    skimmer = planned(text="A skimmer on the checkout page read card numbers.", incident=True, **story)
    invoice = planned(text="A false invoice was paid.", incident=True, **story)
    assert "recall-payment" not in effects(skimmer)
    assert "recall-payment" in effects(invoice)


def test_deception_without_mail_removes_no_mail(planned: Planner) -> None:
    story: dict[str, Any] = {"type": "threat", "themes": ("phishing", "mobile")}
    code = "People scan a code in a messenger. Users should check for linked devices."
    assert not effects(planned(text=code, **story)) & {"quarantine-mail", "preserve-mail", "hunt-mailbox"}
    mail = "People open a mail with a link. Users should check for it."
    assert "preserve-mail" in effects(planned(text=mail, **story))
