# SPDX-License-Identifier: Apache-2.0
"""Classes of events that turn a plan: what may be left out of it, and what may not, on small stories of each class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scc.model.assessment import Reason, Relevance
from scc.model.facts import Claim, Identifier, Malware, NamedOrganisation
from scc.model.organisation import Organisation, OwnProduct

Planner = Callable[..., Any]
CVE = Identifier(scheme="cve", value="CVE-2026-1111", relation="main")
ATTACKED = Claim("exploited", "yes", "asserted", "authority", subject="CVE-2026-1111")
WHY = (Reason("given", "test"),)
MATCHED = Relevance("yes", WHY, matched=("Example Maker Example Host",))
FLAW: dict[str, Any] = {
    "type": "vulnerability",
    "themes": ("vulnerability-management",),
    "relevance": MATCHED,
}


def effects(plan: Any) -> set[str]:
    return {action.effect for action in plan.actions}


def ours(exposed: bool | None) -> Organisation:
    own = OwnProduct("Example Host", "Example Maker", version="7.0.3", exposed=exposed)
    return Organisation(name="Example Ltd", products=(own,))


def test_an_attacked_flaw_inside_is_closed_and_nothing_is_taken_off_the_internet(planned: Planner) -> None:
    inside = planned(CVE, ATTACKED, organisation=ours(False), **FLAW)
    unknown = planned(CVE, ATTACKED, organisation=ours(None), **FLAW)
    assert (inside.mode, unknown.mode) == ("expose", "hunt")
    assert "install-fix" in effects(inside) and len(inside.actions) <= 6
    assert "restrict-exposure" not in effects(inside) and "restrict-exposure" in effects(unknown)


def test_inside_is_still_searched_where_traces_or_malware_are_told(planned: Planner) -> None:
    asked = "Owners should look for new accounts on the server."
    assert planned(CVE, ATTACKED, organisation=ours(False), text=asked, **FLAW).mode == "hunt"
    assert planned(CVE, ATTACKED, Malware("ExampleLoader"), organisation=ours(False), **FLAW).mode == "hunt"


def test_what_has_no_fix_yet_is_mitigated_and_a_version_to_install_wins(planned: Planner) -> None:
    none_yet = "A flaw in Example Host is attacked. There is currently no fixed version."
    later = f"{none_yet} On Friday the maker followed: it is fixed in 7.0.9."
    waiting = effects(planned(CVE, organisation=ours(True), text=none_yet, **FLAW))
    assert "apply-mitigation" in waiting and "install-fix" not in waiting
    assert "install-fix" in effects(planned(CVE, organisation=ours(True), text=later, **FLAW))


def test_a_flaw_that_needs_hands_on_the_device_is_answered_by_locks(planned: Planner) -> None:
    hands = effects(planned(CVE, text="A flaw that requires physical access to the kiosk.", **FLAW))
    far = effects(planned(CVE, text="A flaw that requires access over the network to the kiosk.", **FLAW))
    assert "review-sites" in hands and "restrict-exposure" not in hands
    assert "review-sites" not in far and "restrict-exposure" in far


def test_secrets_that_were_spared_are_not_replaced_and_people_are_warned(planned: Planner) -> None:
    victim = NamedOrganisation("Example Mailer", "victim")
    story: dict[str, Any] = {"type": "breach", "themes": ("third-parties", "phishing"), "facets": ()}
    told = "Example Mailer lost names and addresses of customers to an intruder."
    spared = planned(victim, text=f"{told} No passwords or access keys were taken.", **story)
    as_well = planned(
        victim, text=f"{told} No access keys were taken. Customers should reset passwords.", **story
    )
    assert spared.mode == "expose" and as_well.mode == "hunt"
    assert "communicate-staff" in effects(spared)
    assert not effects(spared) & {"reset-passwords", "rotate-keys"}
    assert "reset-passwords" in effects(as_well)


def test_customers_of_a_processor_report_themselves(planned: Planner) -> None:
    victim = NamedOrganisation("Example Host", "victim")
    told = "Example Host lost personal data and dates of birth of staff of its customers."
    story: dict[str, Any] = {
        "type": "breach",
        "themes": ("third-parties",),
        "relevance": MATCHED,
        "organisation": ours(None),
    }
    duties = {"notify-authorities", "notify-affected"}
    theirs = planned(
        victim, text=f"{told} Employers must notify the authority and the people concerned.", **story
    )
    assert duties <= effects(theirs)
    assert "notify-authorities" not in effects(planned(victim, text=told, **story))


def test_a_stolen_device_is_locked_and_not_isolated(planned: Planner) -> None:
    story: dict[str, Any] = {
        "type": "breach",
        "themes": ("physical", "exfiltration"),
        "organisation": Organisation(name="Example Ltd", platforms=("windows",)),
        "incident": True,
    }
    text = "A laptop was stolen from a car on Sunday."
    alone = effects(planned(text=text, **story))
    assert {"revoke-sessions", "reset-passwords"} <= alone and "isolate-host" not in alone
    assert "isolate-host" in effects(planned(Malware("ExampleLoader"), text=text, **story))


def test_a_service_that_deleted_data_concerns_those_who_use_it(planned: Planner) -> None:
    text = (
        "The outage at the host goes on. It is not the result of an attack: "
        "by mistake customer accounts were permanently deleted."
    )
    story: dict[str, Any] = {"type": "breach", "themes": ("third-parties",), "facets": (), "text": text}
    used = planned(organisation=ours(None), relevance=MATCHED, **story)
    assert used.mode == "expose"
    assert {"run-downtime", "communicate-staff", "ask-supplier"} <= effects(used)
    assert not effects(used) & {"rotate-keys", "hunt-saas", "verify-logging"}
    elsewhere = planned(organisation=ours(None), relevance=Relevance("maybe", WHY), **story)
    assert elsewhere.mode == "govern"


def test_keys_of_a_cloud_in_use_by_others_end_with_sessions_and_additions(planned: Planner) -> None:
    cloud = Organisation(name="Example Ltd", platforms=("aws",))
    story: dict[str, Any] = {"type": "threat", "themes": ("cloud-configuration",), "facets": ("cloud",)}
    plan = planned(title="Keys of AWS misused", organisation=cloud, incident=True, **story)
    assert {"rotate-keys", "revoke-sessions", "remove-persistence", "hunt-cloud"} <= effects(plan)


def test_changed_payees_hold_the_next_run_within_the_day(planned: Planner) -> None:
    text = "Somebody altered direct deposits of two nurses in the personnel portal."
    story: dict[str, Any] = {"type": "threat", "themes": ("payment-fraud",), "facets": ("fraud",)}
    plan = planned(text=text, organisation=Organisation(name="Example Ltd"), incident=True, **story)
    held = next(each for each in plan.actions if each.effect == "block-payment-fraud")
    assert held.title.startswith("Hold the next pay run") and held.when in ("hour", "day")
    recall = next(each for each in plan.actions if each.effect == "recall-payment")
    assert recall.when == "hour"


def test_an_act_that_applies_already_is_written_down_with_what_follows(planned: Planner) -> None:
    story: dict[str, Any] = {"type": "governance", "themes": ("duty-on-us",), "facets": ("ai",)}
    reader = Organisation(name="Example Ltd", uses_ai=True)
    begun = "The law has entered into force. Users of chat programs must train their staff."
    assert {"track-duties", "find-ai-use"} <= effects(planned(text=begun, organisation=reader, **story))
    draft = "The draft law would bind users of chat programs."
    assert "track-duties" not in effects(planned(text=draft, organisation=reader, **story))


def test_staff_hear_of_malware_and_not_of_a_flaw_in_a_server(planned: Planner) -> None:
    reader = Organisation(name="Example Ltd", platforms=("windows",))
    story: dict[str, Any] = {"organisation": reader, "incident": True, "facets": ()}
    spread = planned(Malware("ExampleLoader"), type="malware", themes=("malware",), **story)
    flaw = planned(
        CVE, ATTACKED, type="vulnerability", themes=("vulnerability-management", "malware"), **story
    )
    assert "communicate-staff" in effects(spread)
    assert "communicate-staff" not in effects(flaw)
