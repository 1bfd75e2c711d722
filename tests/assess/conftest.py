# SPDX-License-Identifier: Apache-2.0
"""Small stories for the rules of judgement: facts in documents of a publisher, and the assessment of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from scc import assess, content, correlate, knowledge
from scc.assess.rules import Rules
from scc.knowledge.types import ActEntry
from scc.model.assessment import Assessment
from scc.model.decision import Decision
from scc.model.document import Document
from scc.model.facts import AnyFact, Observation
from scc.model.ids import short
from scc.model.organisation import Organisation
from scc.model.provenance import Span

NOW = "2026-06-15T09:00:00Z"
Member = tuple[Document, tuple[Observation, ...]]


class Known:
    """The shipped pack with acts and KEV entries of a test laid over it."""

    def __init__(self, acts: Sequence[ActEntry] = (), kev: dict[str, Any] | None = None) -> None:
        self._pack = knowledge.open()
        self._acts = {each.id: each for each in acts}
        self._kev = kev or {}

    def act(self, id_: str) -> ActEntry | None:
        return self._acts.get(id_)

    def kev(self, cve: str) -> Any:
        return self._kev.get(cve)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pack, name)


def member(
    *facts: AnyFact,
    title: str = "A report",
    text: str = "",
    publisher: str = "Example Wire",
    tier: Any = "T3",
    kind: Any = "press",
    date: str = "2026-06-10",
    document_kind: Any = "article",
) -> Member:
    """A document of its own words with these facts in it."""
    words = text or f"{title}. {publisher} tells it in words of {short('w', publisher, date, title)}."
    id_ = short("doc", title, publisher, date, words)
    document = Document(
        id=id_,
        kind=document_kind,
        format="text",
        title=title,
        text=words,
        publisher=publisher,
        tier=tier,
        tlp="TLP:CLEAR",
        published=date,
        publisher_kind=kind,
    )
    seen = tuple(
        Observation(short("obs", id_, str(at), repr(each)), id_, each, Span(0, 5), "stated", 1.0)
        for at, each in enumerate(facts)
    )
    return document, seen


@pytest.fixture(scope="session")
def rules() -> Rules:
    return Rules(content.open())


@pytest.fixture
def tell() -> Callable[..., Member]:
    return member


@pytest.fixture
def judge() -> Callable[..., Assessment]:
    def run(
        *members: Member,
        records: Sequence[Member] = (),
        organisation: Organisation | None = None,
        decisions: Sequence[Decision] = (),
        acts: Sequence[ActEntry] = (),
        kev: dict[str, Any] | None = None,
        now: str = NOW,
    ) -> Assessment:
        known: Any = Known(acts, kev)
        return assess.assess(
            correlate.story(members, decisions),
            tuple(records),
            organisation or Organisation(),
            decisions,
            known,
            content.open(),
            now,
        )

    return run
