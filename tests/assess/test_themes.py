# SPDX-License-Identifier: Apache-2.0
"""Themes follow what the item is about: sub-techniques, products, those who were hit; not the trade of somebody in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scc.knowledge import Knowledge, open
from scc.model.facts import Identifier, NamedOrganisation, Product, Technique, Topic

Judge = Callable[..., Any]
Tell = Callable[..., Any]


@pytest.fixture(scope="module")
def shipped() -> Knowledge:
    return open()


def test_a_sub_technique_points_where_its_parent_points(judge: Judge, tell: Tell) -> None:
    found = judge(tell(Topic("threat", 8.0), Technique("T1566.001", "T1566.001")))
    assert "phishing" in found.themes


@pytest.mark.parametrize(
    ("vendor", "product", "theme"),
    [("Cisco", "IOS XE", "edge-devices"), ("VMware", "ESXi", "hypervisor"), ("JetBrains", "TeamCity", "ci-cd"),
     ("Fortinet", "FortiOS", "edge-devices")],
)  # fmt: skip
def test_the_class_of_the_product_is_a_theme(
    vendor: str, product: str, theme: str, judge: Judge, tell: Tell
) -> None:
    found = judge(
        tell(
            Topic("vulnerability", 8.0), Identifier("cve", "CVE-2026-1234", relation="main"),
            Product(product, vendor, status="affected"),
        )
    )  # fmt: skip
    assert theme in found.themes
    assert "mobile" not in found.themes


def test_a_breach_is_a_matter_of_third_parties_when_others_were_hit(judge: Judge, tell: Tell) -> None:
    topic = Topic("breach", 8.0)
    alone = judge(tell(topic, title="A research team shared a token", text="A research team shared a token."))
    assert alone.type == "breach"
    assert alone.themes == ("exfiltration",)
    hit = judge(tell(topic, title="Records were copied", text="Records of customers were copied."))
    assert "third-parties" in hit.themes
    named = judge(tell(topic, NamedOrganisation("Example Corp", "victim"), text="Example Corp lost files."))
    assert "third-parties" in named.themes


def test_work_that_stops_at_somebody_else_s_is_a_matter_of_third_parties(judge: Judge, tell: Tell) -> None:
    topic, victim = Topic("disruption", 8.0), NamedOrganisation("Example Corp", "victim")
    found = judge(tell(topic, victim, text="Example Corp stopped. Ask your suppliers."))
    assert {"third-parties", "denial-of-service"} <= set(found.themes)


def test_the_end_of_support_is_no_denial_of_service(judge: Judge, tell: Tell) -> None:
    topic = Topic("disruption", 8.0)
    found = judge(tell(topic, title="Example Gateway 7 reaches end of support", text="Updates stop in May."))
    assert "end-of-support" in found.themes
    assert "denial-of-service" not in found.themes


def test_advice_that_names_no_flaw_is_about_what_it_advises(judge: Judge, tell: Tell) -> None:
    topic = Topic("advisory", 8.0)
    found = judge(tell(topic, title="Change default passwords and use multifactor authentication"))
    assert found.themes == ("authentication",)


def test_somebody_of_the_ai_trade_is_no_misuse_of_ai(judge: Judge, tell: Tell) -> None:
    facet = Topic("ai", 4.0)
    bare = judge(
        tell(Topic("breach", 8.0), facet, title="AI people lost a laptop", text="A laptop was lost.")
    )
    assert "ai-misuse" not in bare.themes
    meant = judge(
        tell(Topic("threat", 8.0), facet, title="Deepfake calls made by an AI agent", text="Calls.")
    )
    assert "ai-misuse" in meant.themes


def test_an_outage_is_not_about_the_security_of_what_stood_still(judge: Judge, tell: Tell) -> None:
    told = (Topic("disruption", 8.0), Topic("cloud", 8.0), Topic("identity", 4.0), Topic("mobile", 4.0))
    title = "Outage of Azure and WhatsApp after a configuration change"
    calm = judge(tell(*told, title=title, text="Sign-in failed for hours."))
    assert calm.type == "disruption" and calm.themes == ("denial-of-service",)
    attacked = judge(tell(*told, Technique("T1078", "T1078"), title=title, text="Attackers signed in."))
    assert "authentication" in attacked.themes


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Hundreds of customers have had no access to the service since Monday.", True),
        ("A script deleted the sites of 400 customers.", True),
        ("Subscribers were unable to sign in.", True),
        ("Error rates were high for six hours.", False),
    ],
)
def test_a_provider_whose_customers_are_cut_off_is_asked(
    text: str, asked: bool, judge: Judge, tell: Tell
) -> None:
    found = judge(tell(Topic("disruption", 8.0), title="Outage at a maker of tickets", text=text))
    assert ("third-parties" in found.themes) == asked


def test_a_supplier_that_changes_hands_asks_for_no_technical_control(judge: Judge, tell: Tell) -> None:
    topic = Topic("advisory", 8.0)
    found = judge(tell(topic, title="Acquisition of a maker of firewalls", text="A merger of VPN vendors."))
    assert set(found.themes) == {"market-signal", "third-parties"}


@pytest.mark.parametrize(("hit", "ours"), [("customers", True), ("patients", False), ("students", False)])
def test_persons_are_no_organisation_of_ours(hit: str, ours: bool, judge: Judge, tell: Tell) -> None:
    found = judge(tell(Topic("breach", 8.0), title="Records copied", text=f"Records of {hit} were copied."))
    assert ("third-parties" in found.themes) == ours


def test_cues_belong_to_known_themes_and_are_words_of_their_own(shipped: Knowledge) -> None:
    held = {row["key"]: set(row["keywords"].split("|")) for row in shipped.authored.rows("crosswalk/themes")}
    rows = shipped.authored.rows("crosswalk/theme-cues")
    assert rows
    for row in rows:
        assert row["phrase"] == row["phrase"].lower().strip() and row["basis"], row
        assert row["phrase"] not in held[row["theme"]], row
