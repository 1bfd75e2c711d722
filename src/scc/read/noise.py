# SPDX-License-Identifier: Apache-2.0
"""Rules that say that a document is not security news: marketing, recap, podcast, opinion, product news, careers.

The rules are data (`content/rubrics/noise.yaml`). A document without any word of security is `off-topic`. Facts
that oblige outweigh a rule; that is decided by the engine, not here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from scc.model.facts import Noise
from scc.read.page import Notes, Page
from scc.read.phrases import Phrases
from scc.read.topics import TYPES, score_topics

if TYPE_CHECKING:
    from scc.content import Content

_LEAST_ON_TOPIC: Final = 3.0
"""Sum of the strongest type's cues below which a text of some length is no security news."""


class NoiseRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record of content/rubrics/noise.yaml."""

    id: str
    status: Literal["stable", "test", "deprecated"]
    date: str
    basis: str
    where: Literal["title", "lead", "any"]
    weight: float
    phrases: tuple[str, ...]
    rule: str = ""
    """The rule this belongs to, when several records make one; default its own id."""


@lru_cache(maxsize=4)
def _index(content: Content) -> Phrases[NoiseRule]:
    rows = content.records("rubrics/noise", NoiseRule)
    return Phrases((phrase, row) for row in rows for phrase in row.phrases)


def note_noise(page: Page, notes: Notes, content: Content) -> None:
    """Note each rule that fires, at its first phrase."""
    title_end = len(page.document.title) if page.text.startswith(page.document.title) else 0
    weights: dict[str, float] = {}
    places: dict[str, tuple[int, int]] = {}
    seen: set[tuple[str, str]] = set()
    for hit in _index(content).find(page.words, page.same_sentence):
        rule = hit.value
        start, end = page.words[hit.first].start, page.words[hit.last - 1].end
        if start >= {"title": title_end, "lead": page.lead, "any": len(page.text)}[rule.where]:
            continue
        name = rule.rule or rule.id
        phrase = page.low[start:end]
        if (name, phrase) in seen:
            continue
        seen.add((name, phrase))
        weights[name] = weights.get(name, 0.0) + rule.weight
        places.setdefault(name, (start, end))
    for name in sorted(weights):
        if weights[name] >= 1.0:
            notes(Noise(name), *places[name], "inferred", 0.9, f"noise:{name}")
    cyber = page.low.count("cyber") + page.low.count("security") >= 2
    counted = TYPES if cyber else TYPES - {"governance", "advisory"}
    on_topic = max(
        (weight for topic, (weight, *_) in score_topics(page, content).items() if topic in counted),
        default=0.0,
    )
    if on_topic < _LEAST_ON_TOPIC and not notes.hard() and page.text:
        notes(
            Noise("off-topic"),
            0,
            page.sentences[0][1] if page.sentences else len(page.text),
            "inferred",
            0.8,
            "noise:off-topic",
        )
