# SPDX-License-Identifier: Apache-2.0
"""The observations of a story and of the records that enrich it, indexed for composing.

Looks things up and ranks sources (tier, directness, date); composes no sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from scc.model.document import Document
from scc.model.facts import Cvss, Fact, Observation
from scc.model.provenance import Span
from scc.model.story import Story

F = TypeVar("F", bound=Fact)

_TIERS = {"T1": 0, "T2": 1, "T3": 2}
_DIRECT = {
    "authority": 0,
    "vendor": 1,
    "cert": 1,
    "victim": 2,
    "research": 2,
    "press": 3,
    "blog": 4,
    "unknown": 5,
}


def publisher_name(document: Document) -> str:
    """Who published a document, as a sentence of ours names it."""
    return document.publisher if document.publisher not in ("", "unknown") else "an unknown publisher"


class Evidence:
    """Read access to everything a briefing may rest on.

    `records` are documents of kind record with their observations, which share an id with the story.
    """

    def __init__(
        self, story: Story, records: Sequence[tuple[Document, tuple[Observation, ...]]] = ()
    ) -> None:
        self.story = story
        self._documents = {each.id: each for each in story.documents}
        observations = list(story.observations)
        for document, facts in records:
            self._documents.setdefault(document.id, document)
            observations.extend(facts)
        self._observations = {each.id: each for each in observations}
        self._by_fact: dict[type, list[Observation]] = {}
        for each in self._observations.values():
            if each.wide:
                continue  # cited where a dispute shows it; no statement rests on it alone
            self._by_fact.setdefault(type(each.fact), []).append(each)
        self.primary = self.order(story.documents)[0]

    def document(self, id_: str) -> Document | None:
        """The document of that id, of the story or of its records."""
        return self._documents.get(id_)

    def publisher(self, observation: Observation) -> str:
        """Who published the document an observation stands in."""
        return publisher_name(self._documents[observation.document])

    def score_place(self, score: Cvss) -> Observation | None:
        """The best place that gives a score with this origin, or gives it at all."""
        key = (score.vulnerability, score.score, score.vector)
        places = [
            (each, fact)
            for each, fact in self.of(Cvss)
            if (fact.vulnerability, fact.score, fact.vector) == key
        ]
        own = [each for each, fact in places if fact.origin == score.origin]
        return next(iter(own or [each for each, _ in places]), None)

    def score_origin(self, score: Cvss) -> str:
        """Who gives a score: its scorer, or who printed it when the text names none."""
        if score.scorer:
            return score.scorer
        place = self.score_place(score)
        return self.publisher(place) if place is not None else "A source"

    def observation(self, id_: str) -> Observation | None:
        """The observation of that id."""
        return self._observations.get(id_)

    def of(self, kind: type[F]) -> list[tuple[Observation, F]]:
        """All observations of one kind of fact with the fact, best source first."""
        found = self.ranked(self._by_fact.get(kind, []))
        return [(each, each.fact) for each in found if isinstance(each.fact, kind)]

    def ranked(self, observations: Iterable[Observation]) -> list[Observation]:
        """Sorted by tier, directness of the publisher, date, document and place."""
        return sorted(observations, key=self._rank)

    def order(self, documents: Sequence[Document]) -> list[Document]:
        """Documents sorted by tier, directness, date and how much they say: the first is the primary one."""
        said: dict[str, int] = {}
        for each in self.story.observations:
            said[each.document] = said.get(each.document, 0) + 1
        return sorted(
            documents,
            key=lambda each: (*self._weight(each), each.date or "9999", -said.get(each.id, 0), each.id),
        )

    def _weight(self, document: Document) -> tuple[int, int]:
        return _TIERS[document.tier], _DIRECT[document.publisher_kind]

    def _rank(self, each: Observation) -> tuple[int, int, str, str, int]:
        document = self._documents[each.document]
        start = each.locator.start if isinstance(each.locator, Span) else 0
        return (*self._weight(document), document.date or "9999", each.document, start)
