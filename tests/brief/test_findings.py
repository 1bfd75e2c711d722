# SPDX-License-Identifier: Apache-2.0
"""From texts to page 1: who is named, what is said to be exploited, what stands where little is found."""

from __future__ import annotations

import msgspec
import pytest
from tests.read.reading import article

import scc.content
import scc.knowledge
from scc import assess, brief, correlate, plan, read
from scc.brief.phrases import when
from scc.model.briefing import Briefing
from scc.model.document import Document
from scc.model.organisation import Organisation
from scc.model.story import Item

NOW = "2026-06-12T08:00:00Z"


def _briefing(text: str, title: str, *others: Document, **more: str) -> Briefing:
    knowledge, content = scc.knowledge.open(), scc.content.open()
    members = [
        (each, read.observe(each, knowledge, content))
        for each in (article(text, title=title, **more), *others)
    ]
    story = correlate.story(members, (), knowledge)
    ours = Organisation()
    judged = assess.assess(story, (), ours, (), knowledge, content, NOW)
    planned = plan.plan(story, judged, ours, knowledge, content)
    item = Item(id="SCC-THR-2026-0001", story=story.id, revision=1, status="new")
    return brief.compose(item, story, judged, planned, None, ours, knowledge, content, NOW)


def _said(found: Briefing) -> str:
    return " ".join(each.text for each in (*found.page_one.known, *found.summary, *found.analysis))


def test_a_service_that_is_exploited_has_no_flaw() -> None:
    found = _briefing(
        "Attackers actively exploit the popularity of a chat service to host malware. The Emotet malware is sent in mails.",
        "Emotet malware abuses a chat service",
    )
    assert "exploitation of it" not in _said(found)
    assert not any("xploitation is reported" in each.text for each in found.severity.reasons)


def test_flaws_are_put_into_a_product_only_where_a_source_ties_them() -> None:
    found = _briefing(
        "Two flaws were fixed, CVE-2026-10001 and CVE-2026-10002. A vulnerability in Acme Gateway lets attackers in.",
        "Two flaws fixed, CVE-2026-10001 and CVE-2026-10002",
    )
    assert "CVE-2026-10001 and CVE-2026-10002 affect" not in _said(found)
    assert {each.id for each in found.vulnerabilities} == {"CVE-2026-10001", "CVE-2026-10002"}


def test_an_actor_is_named_as_the_text_names_it() -> None:
    found = _briefing(
        "APT40 has sent mails to agencies. APT40 is tracked by others as Leviathan. APT40 uses old flaws.",
        "Advisory on APT40",
    )
    assert [each.id for each in found.actors] == ["G0065"]
    assert "APT40" in " ".join(each.text for each in found.page_one.known)


def test_page_one_knows_at_least_who_told_it() -> None:
    found = _briefing("More soon", "Wiper seen at a hospital", publisher="Example Wire")
    assert [each.publisher for each in found.page_one.known] == ["Example Wire"]


def test_an_unknown_publisher_is_called_so() -> None:
    found = _briefing(
        "The Emotet malware was seen in mails to schools on Monday.", "Emotet seen", publisher="unknown"
    )
    assert "Unknown" not in _said(found)
    assert "n unknown publisher" in _said(found)


def test_of_an_old_event_only_the_search_for_it_is_due_now() -> None:
    text = "A vulnerability in Citrix NetScaler, CVE-2023-4966, is being exploited. A fix is available in 13.1-49.15."
    old = _briefing(text, "Citrix NetScaler CVE-2023-4966 exploited", published="2023-10-20")
    steps = {each.id: each.step for each in old.actions}
    assert old.historical
    assert {steps[each.action] for each in old.page_one.now} <= {"scoping"}


@pytest.mark.parametrize(
    ("date", "words"),
    [("2023", "in 2023"), ("2023-05", "in May 2023"), ("2023-05-02T10:00:00Z", "on 2 May 2023")],
)
def test_dates_are_as_precise_as_the_source(date: str, words: str) -> None:
    assert when(date) == words


def test_a_score_carries_the_tier_of_who_gives_it() -> None:
    agency = msgspec.structs.replace(
        article(
            "CVE-2026-10001 is in a gateway. Apply the update.", title="CVE-2026-10001", publisher="CISA"
        ),
        id="doc-fedcba9876543210",
        tier="T1",
    )
    found = _briefing("CVE-2026-10001 (CVSS score: 9.8) lets strangers in.", "A flaw, CVE-2026-10001", agency)
    scored = [each for each in found.page_one.known if "9.8" in each.text]
    assert [(each.publisher, each.tier) for each in scored] == [("Example Wire", "T3")]


def test_what_an_act_says_of_attacks_is_said_of_no_flaw() -> None:
    found = _briefing(
        "This directive requires agencies to remediate vulnerabilities. The agency knows of no exploitation yet.",
        "Binding Operational Directive 22-01",
        by="authority",
        publisher="CISA",
    )
    assert "exploitation of BOD" not in _said(found)


def test_none_seen_here_by_who_tells_of_attacks_is_not_said_as_no_exploitation() -> None:
    found = _briefing(
        "Attackers exploited CVE-2026-10001 in routers. The office has not observed any exploitation of CVE-2026-10001 "
        "in Western Australia.",
        "Routers attacked through CVE-2026-10001",
        by="cert",
        publisher="SOC of Western Australia",
    )
    assert "knows of no exploitation" not in _said(found)
    assert "Western Australia" not in [each.product for each in found.products]


def test_a_missing_fix_is_no_fix_for_the_decision() -> None:
    open_ = _briefing(
        "CVE-2026-4401 is a vulnerability in Acme Gateway. Acme has yet to issue a patch for CVE-2026-4401.",
        "Vulnerability in Acme Gateway, CVE-2026-4401",
    )
    assert "until a fix is named" in open_.page_one.decide.text
    closed = _briefing(
        "CVE-2026-4401 is a vulnerability in Acme Gateway. Acme has released a patch for CVE-2026-4401.",
        "Vulnerability in Acme Gateway, CVE-2026-4401",
    )
    assert "until a fix is named" not in closed.page_one.decide.text


def test_an_undated_text_of_years_ago_says_how_old_its_latest_date_is() -> None:
    text = (
        "Attackers exploited a vulnerability in Acme Gateway, CVE-2022-41082, until 29 September 2022. "
        "The vendor confirmed that CVE-2022-41082 was exploited in the wild."
    )
    found = _briefing(text, "Attacks on Acme Gateway", published="", by="vendor")
    assert found.priority == "standard"
    first = found.priority_reasons[0]
    assert "latest date in the text is 2022-09-29" in first.text
    cited = [each for each in found.citations if each.id in first.citations]
    assert any("until 29 September 2022" in each.quote for each in cited)


def test_an_outage_that_was_no_breach_is_a_disruption() -> None:
    found = _briefing(
        "Acme services were unavailable for a day. There was no unauthorised access to customer data, Acme said.",
        "Acme outage was not a cyberattack",
    )
    assert found.type == "disruption"


def test_the_speaker_of_a_long_lead_is_named_beside_the_quotation() -> None:
    lead = (
        "Intruders who had been inside the network of the regional water utility since the beginning of the year copied "
        "the records of its customers and the plans of three pumping stations before anybody noticed them at all, the "
        "utility said in a notice on the first working day after the long weekend."
    )
    found = _briefing(lead + " The police look into it.", "Intruders at a water utility")
    quoted = [each.text for each in found.summary if "Intruders who had been inside" in each.text]
    assert quoted and quoted[0].startswith("Example Wire writes, citing the utility: “")
    assert quoted[0].endswith("at all …”")
