# SPDX-License-Identifier: Apache-2.0
"""All phrases that reading looks for, in one index, so that a text is searched once.

Each module of a kind of fact says which phrases it wants (`PHRASES`); the hits come back by the name of the kind.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from scc.read import noise, topics
from scc.read.claims import cues, told_words
from scc.read.flaws import identifiers
from scc.read.indicators import indicators
from scc.read.names import known_names, organisations
from scc.read.page import Page
from scc.read.phrases import Hit, Phrases
from scc.read.techniques import techniques

if TYPE_CHECKING:
    from scc.content import Content
    from scc.knowledge import Knowledge


@lru_cache(maxsize=4)
def lexicon(knowledge: Knowledge, content: Content) -> Phrases[tuple[str, Any]]:
    """The index of every phrase, built once for a pack and content."""
    entries: list[tuple[str, tuple[str, Any]]] = []
    for kind, rows in (
        ("acts", identifiers.phrases(content)),
        ("techniques", techniques.phrases(knowledge)),
        ("names", known_names.phrases(knowledge, content)),
        ("places", organisations.phrases(knowledge, content)),
        ("indicators", indicators.phrases(content)),
        ("claims", cues.phrases(content)),
        ("modality", cues.modality_phrases(content)),
        ("told", told_words.phrases(content)),
        ("topics", topics.phrases(content)),
        ("noise", noise.phrases(content)),
    ):
        entries.extend((phrase, (kind, value)) for phrase, value in rows)
    return Phrases(entries)


def search(page: Page, knowledge: Knowledge, content: Content) -> None:
    """Search a page once and keep the hits on it, by kind and in order of their first word."""
    for (kind, value), first, last in lexicon(knowledge, content).find(page.words, page.same_sentence):
        page.hits.setdefault(kind, []).append(Hit(value, first, last))
