# SPDX-License-Identifier: Apache-2.0
"""Collects the citations of one briefing: each place, edge or rule once, numbered in order of use.

Quotes are cut from the stored text as it stands there, at most 40 words, at sentence ends where the
sentence fits. Does not judge whether a statement follows from its citation; the linter does.
"""

from __future__ import annotations

from collections.abc import Iterable

from scc.brief.evidence import Evidence
from scc.brief.quotes import quote_at
from scc.model.briefing import Citation
from scc.model.facts import Observation
from scc.model.provenance import Locator, Span


class Citer:
    """Hands out citation ids for one briefing. Same thing cited twice: same id."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._ids: dict[tuple[str, ...], int] = {}
        self._citations: list[Citation] = []

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations handed out so far, in order of their ids (from 1)."""
        return tuple(self._citations)

    def place(self, document: str, locator: Locator) -> int:
        """Cite a place in a document of the story or in a record that enriches it."""
        key: tuple[str, ...]
        if isinstance(locator, Span):
            key = ("span", document, str(locator.start), str(locator.end))
        else:
            key = ("pointer", document, locator.path)
        found = self._ids.get(key)
        if found is None:
            source = self._evidence.document(document)
            quote = quote_at(source, locator) if source is not None else ""
            found = self._add(key, Citation(id=0, document=document, locator=locator, quote=quote))
        return found

    def observation(self, observation: Observation) -> int:
        """Cite the place where an observation stands."""
        return self.place(observation.document, observation.locator)

    def observations(self, ids: Iterable[str], limit: int = 6) -> tuple[int, ...]:
        """Cite observations by id, at most `limit` of them, best source first; unknown ids are left out."""
        found = [self._evidence.observation(each) for each in ids]
        ranked = self._evidence.ranked([each for each in found if each is not None])
        return tuple(dict.fromkeys(self.observation(each) for each in ranked[:limit]))

    def edge(self, label: str) -> int:
        """Cite a knowledge edge or dataset, as `Edge.label` gives it."""
        return self._ids.get(("edge", label)) or self._add(("edge", label), Citation(id=0, edge=label))

    def rule(self, rule: str) -> int:
        """Cite a content rule by its id."""
        return self._ids.get(("rule", rule)) or self._add(("rule", rule), Citation(id=0, rule=rule))

    def _add(self, key: tuple[str, ...], citation: Citation) -> int:
        number = len(self._citations) + 1
        self._ids[key] = number
        self._citations.append(
            Citation(
                id=number,
                document=citation.document,
                locator=citation.locator,
                quote=citation.quote,
                edge=citation.edge,
                rule=citation.rule,
            )
        )
        return number
