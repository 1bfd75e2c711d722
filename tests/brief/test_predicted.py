# SPDX-License-Identifier: Apache-2.0
"""What is predicted of a flaw is said as such, in the analysis alone, and feeds nothing else."""

from __future__ import annotations

from typing import Any

from tests.read.test_description import _record

import scc.content
import scc.knowledge
from scc import assess, brief, correlate, plan, read
from scc.model.briefing import Briefing
from scc.model.organisation import Organisation
from scc.model.story import Item

NOW = "2026-06-12T08:00:00Z"


SSVC = {
    "other": {
        "type": "ssvc",
        "content": {
            "options": [{"Exploitation": "none"}, {"Automatable": "no"}, {"Technical Impact": "partial"}]
        },
    }
}


def _briefing(**cna: Any) -> Briefing:
    knowledge, content, ours = scc.knowledge.open(), scc.content.open(), Organisation()
    document = _record(**cna)
    member = (document, read.observe(document, knowledge, content))
    story = correlate.story([member], (), knowledge)
    judged = assess.assess(story, (), ours, (), knowledge, content, NOW)
    planned = plan.plan(story, judged, ours, knowledge, content)
    item = Item(id="SCC-VUL-2026-0001", story=story.id, revision=1, status="new")
    found = brief.compose(item, story, judged, planned, None, ours, knowledge, content, NOW)
    assert brief.lint_briefing(found, [member], knowledge) == ()
    return found


def test_a_predicted_vector_stands_in_the_analysis_and_says_what_it_is() -> None:
    found = _briefing()
    (said,) = [each.text for each in found.analysis if "CVSS:3.1/" in each.text]
    assert "predicted from its description, not published by anybody" in said
    assert not any("CVSS:3.1/" in each.text for each in (*found.summary, *found.page_one.known))


def test_the_sentence_stands_as_well_where_the_points_are_stated() -> None:
    (said,) = [each.text for each in _briefing(metrics=[SSVC]).analysis if "CVSS:3.1/" in each.text]
    assert "automatable" not in said


def test_a_predicted_weakness_is_labelled_and_brings_no_control() -> None:
    found = _briefing()
    shown = next(each for each in found.weaknesses if each.id == "CWE-89")
    assert shown.basis == "inferred" and shown.probability is not None
    assert any("Predicted weakness, stated by no source: CWE-89" in each.text for each in found.analysis)
    assert not any("CWE-89" in each.why for rows in found.frameworks.values() for each in rows)


def test_no_published_place_of_a_score_holds_a_predicted_one() -> None:
    found = _briefing()
    assert [each.cvss for each in found.vulnerabilities] == [()]
    assert [each.weaknesses for each in found.vulnerabilities] == [()]
