# SPDX-License-Identifier: Apache-2.0
"""Facts of a story and of the records that share an id with it, by kind, best source first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from scc.model.document import Document
from scc.model.facts import Cvss, Fact, Observation
from scc.model.story import Story

F = TypeVar("F", bound=Fact)
Records = Sequence[tuple[Document, tuple[Observation, ...]]]

_TIERS = {"T1": 0, "T2": 1, "T3": 2}


class Facts:
    """Read access for the rules of judgement."""

    def __init__(self, story: Story, records: Records) -> None:
        self.story = story
        self.documents = {each.id: each for each in story.documents}
        self._own = [each for each in story.observations if not each.wide]
        self._all = list(self._own)
        for document, seen in records:
            self.documents.setdefault(document.id, document)
            self._all.extend(seen)

    def of(self, kind: type[F], *, own: bool = False) -> list[tuple[Observation, F]]:
        """Observations of a kind with their fact; `own` leaves the records out. Best tier first."""
        pool = self._own if own else self._all
        found = [(each, each.fact) for each in pool if isinstance(each.fact, kind)]
        return sorted(
            found,
            key=lambda pair: (_TIERS[self.documents[pair[0].document].tier], pair[0].document, pair[0].id),
        )

    def publisher(self, observation: Observation) -> str:
        """Who published the document of an observation."""
        return self.documents[observation.document].publisher or "A source without a publisher"

    def printed_by(self, score: Cvss) -> str:
        """Who published the best document that prints a score whose scorer nobody names."""
        key = (score.vulnerability, score.score, score.vector)
        for each, fact in self.of(Cvss):
            if (fact.vulnerability, fact.score, fact.vector) == key:
                name = self.documents[each.document].publisher
                return name if name not in ("", "unknown") else "A source"
        return "A source"
