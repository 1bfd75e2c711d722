# SPDX-License-Identifier: Apache-2.0
"""Circumstances that only the wording tells, and what they make of the mode."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import scc.content
import scc.knowledge
from scc.model.document import Document
from scc.model.facts import Claim, Identifier, Topic
from scc.model.organisation import Organisation, OwnProduct
from scc.plan import told
from scc.plan.vocabulary import library

Planner = Callable[..., Any]
RULES = library(scc.content.open()).told
CVE = Identifier(scheme="cve", value="CVE-2026-1111", relation="main")
ATTACKED = Claim("exploited", "yes", "asserted", "authority", subject="CVE-2026-1111")


def traits(text: str, kind: str = "vulnerability", title: str = "A report") -> set[str]:
    document = Document(
        id="doc-1", kind="article", format="text", title=title, text=text, publisher="Example Wire", tier="T3",
        tlp="TLP:CLEAR", published="2026-06-12", publisher_kind="press",
    )  # fmt: skip
    return told.traits((document,), kind, RULES)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text", "trait"),
    [
        ("vulnerability", "The flaw was fixed in the service in May. No customer action is required.", "supplier-fixed"),
        ("vulnerability", "Tenants do not need to take any steps; it has been remediated on the server side.", "supplier-fixed"),
        ("threat", "Agencies urge owners to look for new accounts on their servers.", "search-asked"),
        ("malware", "Defenders should review sign-in logs of the last month.", "search-asked"),
        ("malware", "Hashes of the samples are published in the annex.", "traces-published"),
        ("vulnerability", "It was used in an extremely sophisticated attack against specific targeted individuals.", "narrow-target"),
        ("disruption", "The fault is not the result of a cyberattack.", "no-attacker"),
        ("disruption", "A DDoS of 3 Tbps took the bank's pages away.", "flood"),
        ("disruption", "A faulty content update sent machines into a loop.", "faulty-update"),
        ("vulnerability", "The attack vector is local: code must already run on the machine.", "local-only"),
        ("governance", "A report is due within four business days of the decision.", "durations"),
        ("breach", "Names and dates of birth of members were taken.", "personal-data"),
    ],
)  # fmt: skip
def test_what_is_told(kind: str, text: str, trait: str) -> None:
    assert trait in traits(text, kind)


@pytest.mark.parametrize(
    ("kind", "text", "trait"),
    [
        ("vulnerability", "Cloud tenants need no action. Self-hosted customers must apply the patch.", "supplier-fixed"),
        ("malware", "The intruders look for backups and search for Snowflake access.", "search-asked"),
        ("malware", "No indicators are available at this time.", "traces-published"),
        ("vulnerability", "The maker publishes no indicators.", "traces-published"),
        ("disruption", "The company does not say whether it was an attack.", "no-attacker"),
        ("vulnerability", "A local privilege escalation follows once a remote attacker executes code.", "local-only"),
        ("vulnerability", "The outage lasted a day.", "outage"),
        ("governance", "Within the framework the committee met for two days.", "durations"),
    ],
)  # fmt: skip
def test_what_is_not(kind: str, text: str, trait: str) -> None:
    assert trait not in traits(text, kind)


def test_every_trait_of_a_rule_is_in_the_vocabulary() -> None:
    assert {rule.trait for rule in RULES if rule.trait} <= set(library(scc.content.open()).traits)


def test_every_theme_of_a_rule_is_one_of_the_pack() -> None:
    known = {theme.key for theme in scc.knowledge.open().themes()}
    assert {rule.theme for rule in RULES if rule.theme} <= known


def test_a_sentence_must_hold_all_parts() -> None:
    assert "search-asked" not in traits(
        "Agencies urge owners to update. The group is looking for money.", "threat"
    )


def test_long_hostile_text_is_cut_and_bounded() -> None:
    assert traits("should look " * 200_000, "threat") <= {"search-asked"}
    assert traits("customers " * 100_000) == set()


def test_modes_by_what_an_attack_leaves(planned: Planner) -> None:
    flaw: dict[str, Any] = {"type": "vulnerability", "themes": ("vulnerability-management",)}
    assert planned(CVE, ATTACKED, **flaw).mode == "hunt"
    local = "Attackers used it. The attack vector is local and no traces are given."
    assert planned(CVE, ATTACKED, text=local, **flaw).mode == "expose"
    asked = "The attack vector is local. Administrators should look for new services."
    assert planned(CVE, ATTACKED, text=asked, **flaw).mode == "hunt"
    flood = {"type": "vulnerability", "themes": ("denial-of-service",)}
    assert planned(CVE, ATTACKED, **flood).mode == "expose"
    fixed = "It is fixed. No customer action is required."
    assert planned(CVE, text=fixed, **flaw).mode == "govern"
    assert planned(CVE, ATTACKED, text=fixed, **flaw).mode == "hunt"


def test_a_fire_is_ours_only_where_something_of_ours_may_stand(planned: Planner) -> None:
    def fire(reader: Organisation) -> str:
        plan = planned(
            Topic("disruption", 8.0), organisation=reader, title="Fire in a data centre of Example Host",
            text="A fire broke out in the data centre. Servers were lost.",
        )  # fmt: skip
        return str(plan.mode)

    assert fire(Organisation()) == "expose"
    assert fire(Organisation(name="Example Ltd", products=(OwnProduct("Desk", "Other Maker"),))) == "govern"
    assert (
        fire(Organisation(name="Example Ltd", products=(OwnProduct("Server", "Example Host"),))) == "expose"
    )


def test_a_denied_claim_notifies_nobody(planned: Planner) -> None:
    denied = Claim("breached", "no", "denied", "victim", about_self=True, subject="Example Host")
    story: dict[str, Any] = {
        "type": "breach",
        "themes": ("cloud-configuration", "third-parties", "exfiltration"),
    }
    rumour = planned(denied, **story)
    effects = {action.effect for action in rumour.actions}
    assert rumour.mode == "expose"
    assert "watch-for-change" in effects and "notify-affected" not in effects
    said = Claim("breached", "yes", "asserted", "authority", subject="Example Host")
    assert planned(denied, said, **story).mode == "hunt"
