# SPDX-License-Identifier: Apache-2.0
"""What a document is about: evidence for the item's type and its facets, by cue phrases.

The cues are data (`content/rubrics/topics.yaml`). Weights of types can be compared with each other; a facet is
noted only when it carries. Does not decide the type: `assess` does, with the other facts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from scc.model.facts import Topic
from scc.read.page import Notes, Page

if TYPE_CHECKING:
    from scc.content import Content

TYPES: Final = frozenset(
    {"vulnerability", "threat", "malware", "breach", "supply-chain", "governance", "disruption", "advisory"}
)
TITLE_FACTOR: Final = 3.0
LEAD_FACTOR: Final = 1.5
REFERENCE_FACTOR: Final = 0.2
"""Titles of linked articles say little of this one."""
TYPE_LEAST: Final = 2.0
FACET_LEAST: Final = 3.2
"""A facet needs a mention in the title, or several in the text; six tenths of it in a short text."""
SHORT: Final = 180
"""Words below which a text counts as short: teasers and openings."""

_SPARED: Final = re.compile(
    r"\b(?:no|not|without|neither|nor|never|rul(?:e|es|ed|ing) out|exclud(?:e|es|ed|ing))\b[^.;:!?\n]{0,90}$"
    r"|n[’']t\b[^.;:!?\n]{0,60}$|\b(?:kein\w{0,2}|nicht|aucune?|pas|ningun[oa]?|ningún|sin|sans)\b[^.;:!?\n]{0,60}$",
    re.IGNORECASE,
)


class TopicCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record of content/rubrics/topics.yaml."""

    id: str
    topic: str
    weight: float
    status: Literal["stable", "test", "deprecated"]
    date: str
    basis: str
    phrases: tuple[str, ...]


def phrases(content: Content) -> list[tuple[str, TopicCue]]:
    """Cue phrases of all topics."""
    return [(phrase, row) for row in content.records("rubrics/topics", TopicCue) for phrase in row.phrases]


def score_topics(page: Page) -> dict[str, tuple[float, int, int, str]]:
    """`_scored`, once a page."""
    known: dict[str, tuple[float, int, int, str]] | None = getattr(page, "_topics", None)
    if known is None:
        known = _scored(page)
        page._topics = known  # type: ignore[attr-defined]
    return known


def _scored(page: Page) -> dict[str, tuple[float, int, int, str]]:
    """topic -> (weight, start, end of the best mention, id of its cue). Repeated mentions count less each time:
    the n-th in the text 1/n of its weight, so that a long text does not win by length."""
    text_words = page.words
    title_end = len(page.document.title) if page.text.startswith(page.document.title) else 0
    total: dict[str, float] = {}
    heading: dict[str, float] = {}
    spared = {"title": 0.0, "text": 0.0}  # of what the breach weighs: said not to have been one
    best: dict[str, tuple[float, int, int, str]] = {}
    per_phrase: dict[tuple[str, str], int] = {}
    covered: set[tuple[str, int]] = set()
    # One place counts once for a topic, with the heaviest and longest phrase that stands there.
    hits = page.hits.get("topics", [])
    for hit in sorted(hits, key=lambda each: (-each.value.weight, each.first - each.last, each.first)):
        cue = hit.value
        places = {(cue.topic, index) for index in range(hit.first, hit.last)}
        if places & covered:
            continue
        covered |= places
        start, end = text_words.starts[hit.first], text_words.ends[hit.last - 1]
        zone = TITLE_FACTOR if start < title_end else LEAD_FACTOR if start < page.lead else 1.0
        if zone == 1.0 and page.section(start) == "reference":
            zone = REFERENCE_FACTOR
        key = (cue.topic, page.low[start:end])
        per_phrase[key] = per_phrase.get(key, 0) + 1
        share = 1.0 if zone == TITLE_FACTOR else 1.0 / per_phrase[key]
        weight = cue.weight * zone * share
        part = heading if zone == TITLE_FACTOR else total
        part[cue.topic] = part.get(cue.topic, 0.0) + weight
        if cue.topic == "breach" and _spared(page, start):
            spared["title" if zone == TITLE_FACTOR else "text"] += weight
        if cue.topic not in best or cue.weight * zone > best[cue.topic][0]:
            best[cue.topic] = (cue.weight * zone, start, end, cue.id)
    # Long texts mention much: what stands below the title is damped by the number of words beyond 300.
    damp = (max(len(text_words), 300) / 300) ** 0.5
    found = {
        topic: (round(heading.get(topic, 0.0) + total.get(topic, 0.0) / damp, 3), *place[1:])
        for topic, place in best.items()
    }
    left = found.get("breach", (0.0,))[0] - spared["title"] - spared["text"] / damp
    outage = found.get("disruption", (0.0,))[0]
    if "breach" in found and outage >= TYPE_LEAST and left < outage:
        # An outage that "was no breach" is not one; a breach that somebody denies, and nothing else, stays the subject.
        found["breach"] = (round(max(left, 0.0), 3), *found["breach"][1:])
    return found


def _spared(page: Page, at: int) -> bool:
    """Whether the clause before a place says that there was none of what stands there."""
    return _SPARED.search(page.text, max(page.sentence(at)[0], at - 100), at) is not None


def note_topics(page: Page, notes: Notes) -> None:
    """Note the types and facets that carry, each at its strongest mention."""
    short = len(page.words) < SHORT
    for topic, (weight, start, end, cue) in sorted(score_topics(page).items()):
        least = TYPE_LEAST if topic in TYPES else FACET_LEAST * (0.6 if short else 1.0)
        if weight >= least:
            notes(
                Topic(topic, weight),
                start,
                end,
                "inferred",
                min(0.99, weight / (weight + least)),
                f"cue:{cue}",
            )
