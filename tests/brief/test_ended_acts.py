# SPDX-License-Identifier: Apache-2.0
"""A text about an act that has ended: a historical note that names what ended it, and nothing to do."""

from __future__ import annotations

import pytest
from tests.read.reading import article

import scc.content
import scc.knowledge
from scc import assess, brief, correlate, plan, read
from scc.brief.lint.grounding import check_grounding
from scc.model.briefing import Briefing
from scc.model.document import Document
from scc.model.organisation import Organisation
from scc.model.story import Item

DIRECTIVE = (
    "BOD {id} requires agencies to fix known exploited vulnerabilities",
    "Binding Operational Directive {id} requires federal civilian agencies to remediate vulnerabilities of the "
    "catalog by 15 July 2026. The directive establishes a catalog of known exploited vulnerabilities.",
)
ORDER = (
    "Executive Order {id} sets rules for safe artificial intelligence",
    "The President signed Executive Order {id} on artificial intelligence. The order directs agencies to report on "
    "their use of artificial intelligence within 270 days.",
)


def found_document(texts: tuple[str, str], id_: str) -> Document:
    return article(texts[1].format(id=id_), title=texts[0].format(id=id_))


def briefing(texts: tuple[str, str], id_: str, now: str, reader: Organisation | None = None) -> Briefing:
    knowledge, content = scc.knowledge.open(), scc.content.open()
    document = found_document(texts, id_)
    story = correlate.story([(document, read.observe(document, knowledge, content))], (), knowledge)
    ours = reader or Organisation(name="Example Agency", federal=True)
    judged = assess.assess(story, (), ours, (), knowledge, content, now)
    planned = plan.plan(story, judged, ours, knowledge, content)
    item = Item(id="SCC-GOV-2026-0001", story=story.id, revision=1, status="new")
    return brief.compose(item, story, judged, planned, None, ours, knowledge, content, now)


@pytest.mark.parametrize(
    ("texts", "id_", "said"),
    [
        (
            DIRECTIVE,
            "22-01",
            "BOD 22-01 is revoked since 2026-06-10, by BOD 26-04; it sets no duty any more.",
        ),
        (
            DIRECTIVE,
            "19-02",
            "BOD 19-02 is revoked since 2026-06-10, by BOD 26-04; it sets no duty any more.",
        ),
        (ORDER, "14110", "EO 14110 is revoked since 2025-01-20, by EO 14148; it sets no duty any more."),
    ],
)
@pytest.mark.parametrize("reader", [None, Organisation(), Organisation(name="Example", countries=("DE",))])
def test_it_is_a_note_with_what_ended_it_and_no_action(
    texts: tuple[str, str], id_: str, said: str, reader: Organisation | None
) -> None:
    found = briefing(texts, id_, "2026-06-12T08:00:00Z", reader)
    assert found.historical and found.priority == "deferred" and found.severity.level == "low"
    assert found.page_one.decide.text == f"Historical note, nothing to do: {said}"
    assert said in [each.text for each in found.summary]
    assert found.actions == () and found.page_one.now == () and found.deadlines == () and found.recovery == ()
    assert list(check_grounding(found, {found.sources[0].document: found_document(texts, id_)}, None)) == []
    told = " ".join(each.text for each in (*found.page_one.known, *found.summary))
    assert "Duties fall due" not in told and "Dated duties" not in told


@pytest.mark.parametrize(
    ("texts", "id_", "now"),
    [
        (DIRECTIVE, "22-01", "2026-06-09T08:00:00Z"),  # the day before it was revoked
        (DIRECTIVE, "26-04", "2026-06-12T08:00:00Z"),
        (ORDER, "14409", "2026-06-12T08:00:00Z"),
    ],
)
def test_an_act_that_stands_is_handled(texts: tuple[str, str], id_: str, now: str) -> None:
    found = briefing(texts, id_, now)
    assert not found.historical and found.actions
    assert "Historical note" not in found.page_one.decide.text
