# SPDX-License-Identifier: Apache-2.0
"""Which frameworks and rows stand in the table: subject and reader decide, and every row says why."""

from __future__ import annotations

import pytest
from tests.read.reading import article

import scc.content
import scc.knowledge
from scc import assess, brief, correlate, plan, read
from scc.model.briefing import Briefing
from scc.model.organisation import Organisation
from scc.model.story import Item

NOW = "2026-06-12T08:00:00Z"
AI = {"ai-rmf-1.0", "owasp-llm-2025", "iso-42001-2023", "ai-act"}


def _briefing(text: str, title: str, ours: Organisation | None = None) -> Briefing:
    knowledge, content = scc.knowledge.open(), scc.content.open()
    document = article(text, title=title)
    observations = read.observe(document, knowledge, content)
    story = correlate.story([(document, observations)], (), knowledge)
    reader = ours or Organisation()
    judged = assess.assess(story, (), reader, (), knowledge, content, NOW)
    planned = plan.plan(story, judged, reader, knowledge, content)
    item = Item(id="SCC-THR-2026-0001", story=story.id, revision=1, status="new")
    return brief.compose(item, story, judged, planned, None, reader, knowledge, content, NOW)


AMONG_AI = (
    "A research team of an AI company shared a token of its cloud storage on GitHub. The data breach exposed "
    "private keys and passwords. The token had full control over the storage account (T1552)."
)


def test_the_facet_brings_the_frameworks_of_ai_and_not_the_controls_against_misuse() -> None:
    found = _briefing(AMONG_AI, "Data breach: AI researchers exposed private data")
    assert "ai" in found.facets
    assert set(found.frameworks) & AI
    reasons = [row.why for key, rows in found.frameworks.items() if key not in AI | {"atlas"} for row in rows]
    assert reasons and not any("AI misuse" in why for why in reasons)


def test_an_item_without_ai_has_no_framework_of_ai() -> None:
    found = _briefing("Attackers used a phishing mail to steal passwords (T1566).", "Phishing of a town hall")
    assert not set(found.frameworks) & AI


@pytest.mark.parametrize(
    ("ours", "there", "absent"),
    [
        (Organisation(name="Clinic", countries=("US",), regulated=("health",)), "hipaa", "dora"),
        (Organisation(name="Bank", countries=("DE",), regulated=("financial",)), "dora", "hipaa"),
        (Organisation(name="Bank", countries=("US",), regulated=("financial",)), "cis-v8", "dora"),
        (Organisation(name="Shop", countries=("US",), regulated=("personal-eu",)), "gdpr", "nis2"),
        (Organisation(name="Yard", countries=("US",), regulated=("defense",)), "nist-800-171r3", "gdpr"),
    ],
)
def test_frameworks_of_law_follow_the_reader(ours: Organisation, there: str, absent: str) -> None:
    text = (
        "Attackers of a ransomware group encrypted files of a supplier. Outsourced services failed (T1486)."
    )
    found = _briefing(text, "Ransomware at a service provider", ours)
    assert there in found.frameworks
    assert absent not in found.frameworks


def test_controls_of_steps_are_a_subset_of_the_table() -> None:
    found = _briefing(AMONG_AI, "Data breach: AI researchers exposed private data")
    table = {(key, row.id) for key, rows in found.frameworks.items() for row in rows}
    steps = {(control.framework, control.id) for action in found.actions for control in action.controls}
    assert steps and steps <= table
    for rows in found.frameworks.values():
        assert all(row.why for row in rows)
