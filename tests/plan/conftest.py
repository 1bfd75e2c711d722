# SPDX-License-Identifier: Apache-2.0
"""Plans for small stories: facts in a document, judged by the real rules, with what a test wants laid over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import pytest

import scc.content
import scc.knowledge
import scc.plan
from scc import assess, correlate
from scc.model.decision import Decision
from scc.model.document import Document
from scc.model.facts import AnyFact, Observation
from scc.model.ids import short
from scc.model.organisation import Organisation
from scc.model.plan import ActionPlan
from scc.model.provenance import Span

NOW = "2026-06-15T09:00:00Z"
Planner = Callable[..., ActionPlan]


@pytest.fixture(scope="session")
def planned() -> Planner:
    """`planned(*facts, type=..., title=..., organisation=..., incident=..., **judged)` gives the plan.

    `judged` replaces fields of the assessment (themes, facets, priority ...), so that a test of the plan
    does not depend on how a theme is recognised.
    """

    def run(
        *facts: AnyFact,
        title: str = "A report",
        text: str = "",
        organisation: Organisation | None = None,
        incident: bool = False,
        decisions: Sequence[Decision] = (),
        published: str = "2026-06-12",
        **judged: Any,
    ) -> ActionPlan:
        id_ = short("doc", title, published)
        document = Document(
            id=id_,
            kind="article",
            format="text",
            title=title,
            text=text or f"{title}. It is told in a few words.",
            publisher="Example Wire",
            tier="T3",
            tlp="TLP:CLEAR",
            published=published,
            publisher_kind="press",
        )
        seen = tuple(
            Observation(short("obs", id_, str(at)), id_, each, Span(0, 5), "stated", 1.0)
            for at, each in enumerate(facts)
        )
        story = correlate.story(((document, seen),), ())
        given = list(decisions)
        if incident:
            given.append(
                Decision(
                    id="dec-1",
                    kind="confirm",
                    author="A. Analyst",
                    time=NOW,
                    reason="Own logs",
                    target=story.id,
                    other="incident",
                )
            )
        reader = organisation or Organisation()
        content, pack = scc.content.open(), scc.knowledge.open()
        found = assess.assess(story, (), reader, (), pack, content, NOW)
        found = msgspec.structs.replace(found, **judged)
        return scc.plan.plan(story, found, reader, pack, content, tuple(given))

    return run
