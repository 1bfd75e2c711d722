# SPDX-License-Identifier: Apache-2.0
"""What a document is about: evidence for the item's type and its facets, by cue phrases.

The cues are data (`content/rubrics/topics.yaml`). Weights of types can be compared with each other; a facet is
noted only when it carries. Does not decide the type: `assess` does, with the other facts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from scc.model.facts import Topic
from scc.read.page import Notes, Page
from scc.read.phrases import Phrases

if TYPE_CHECKING:
    from scc.content import Content

TYPES: Final = frozenset(
    {"vulnerability", "threat", "malware", "breach", "supply-chain", "governance", "disruption", "advisory"}
)
TITLE_FACTOR: Final = 3.0
LEAD_FACTOR: Final = 1.5
TYPE_LEAST: Final = 2.0
FACET_LEAST: Final = 4.0
"""A facet needs a mention in the title, or several in the text."""


class TopicCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record of content/rubrics/topics.yaml."""

    id: str
    topic: str
    weight: float
    status: Literal["stable", "test", "deprecated"]
    date: str
    basis: str
    phrases: tuple[str, ...]


@lru_cache(maxsize=4)
def _index(content: Content) -> Phrases[TopicCue]:
    rows = content.records("rubrics/topics", TopicCue)
    return Phrases((phrase, row) for row in rows for phrase in row.phrases)


def score_topics(page: Page, content: Content) -> dict[str, tuple[float, int, int, str]]:
    """topic -> (weight, start, end of the best mention, id of its cue). Repeated mentions count less each time:
    the n-th in the text 1/n of its weight, so that a long text does not win by length."""
    text_words = page.words
    title_end = len(page.document.title) if page.text.startswith(page.document.title) else 0
    counts: dict[tuple[str, int, int], int] = {}
    total: dict[str, float] = {}
    best: dict[str, tuple[float, int, int, str]] = {}
    per_phrase: dict[tuple[str, str], int] = {}
    last: dict[str, int] = {}
    for hit in _index(content).find(text_words, page.same_sentence):
        cue = hit.value
        if last.get(cue.topic, -1) >= hit.first and (cue.topic, hit.first, 0) in counts:
            continue  # one place counts once for a topic
        counts[cue.topic, hit.first, 0] = 1
        last[cue.topic] = hit.last
        start, end = text_words[hit.first].start, text_words[hit.last - 1].end
        zone = TITLE_FACTOR if start < title_end else LEAD_FACTOR if start < page.lead else 1.0
        key = (cue.topic, page.low[start:end])
        per_phrase[key] = per_phrase.get(key, 0) + 1
        share = 1.0 if zone == TITLE_FACTOR else 1.0 / per_phrase[key]
        weight = cue.weight * zone * share
        total[cue.topic] = total.get(cue.topic, 0.0) + weight
        if cue.topic not in best or cue.weight * zone > best[cue.topic][0]:
            best[cue.topic] = (cue.weight * zone, start, end, cue.id)
    # Long texts mention much: the sum is damped by the number of words beyond 300.
    damp = (max(len(text_words), 300) / 300) ** 0.5
    return {topic: (round(weight / damp, 3), *best[topic][1:]) for topic, weight in total.items()}


def note_topics(page: Page, notes: Notes, content: Content) -> None:
    """Note the types and facets that carry, each at its strongest mention."""
    for topic, (weight, start, end, cue) in sorted(score_topics(page, content).items()):
        least = TYPE_LEAST if topic in TYPES else FACET_LEAST
        if weight >= least:
            notes(
                Topic(topic, weight),
                start,
                end,
                "inferred",
                min(0.99, weight / (weight + least)),
                f"cue:{cue}",
            )
