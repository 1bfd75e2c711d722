# SPDX-License-Identifier: Apache-2.0
"""What attackers put out is only a claim while nobody else tells of a breach."""

from __future__ import annotations

import pytest
from tests.read.reading import article

import scc.content
import scc.knowledge
from scc import assess, correlate, plan, read
from scc.model.organisation import Organisation

TITLE = "Ransomware gang lists Contoso Care"
LEAK = "The gang leaked 40 GB of data on its site."


@pytest.mark.parametrize(
    ("more", "only"),
    [
        ("Nobody else has seen the files of the ransomware gang.", True),
        ("Contoso Care confirmed a data breach and said that customer data was stolen.", False),
    ],
)
def test_a_leak_that_the_party_confirms_is_no_mere_claim(more: str, only: bool) -> None:
    knowledge, content = scc.knowledge.open(), scc.content.open()
    document = article(f"{LEAK} {more}", title=TITLE)
    story = correlate.story([(document, read.observe(document, knowledge, content))], (), knowledge)
    ours = Organisation()
    judged = assess.assess(story, (), ours, (), knowledge, content, "2026-06-12T08:00:00Z")
    planned = plan.plan(story, judged, ours, knowledge, content)
    effects = {each.effect for each in planned.actions}
    assert ("watch-for-change" in effects) == only
