# SPDX-License-Identifier: Apache-2.0
"""Rules that say that a document is not security news: marketing, recap, podcast, opinion, product news, careers.

The rules are data (`content/rubrics/noise.yaml`). A document without any word of security is `off-topic`. Facts
that oblige outweigh a rule; that is decided by the engine, not here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec

from scc.model.facts import Noise
from scc.read.page import Notes, Page
from scc.read.topics import TYPES, score_topics

if TYPE_CHECKING:
    from scc.content import Content

_STRONG: Final = 6.0
_ALWAYS: Final = frozenset({"recap", "podcast", "marketing"})
_TRADE: Final = (
    "cyber", "hack", "malware", "malicious", "vulnerab", "exploit", "attacker", "adversar", "phish", "ransom", "breach", "exfiltrat",
    "credential", "misconfig", "overprivileged", "injection", "backdoor", "botnet", "ddos", "spyware", "infosec", "cve", "honeypot", "cowrie",
    "deepfake", "takeover", "compromis", "spam", "scam", "jailbreak", "security", "unauthori", "encrypt", "leaked", "poison",
    "authenticat", "password", "passkey", "cryptograph", "unencrypt",
)  # fmt: skip
"""Beginnings of words of the trade: several different ones make a text one of security."""
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


def phrases(content: Content) -> list[tuple[str, NoiseRule]]:
    """Phrases of all rules."""
    return [(phrase, row) for row in content.records("rubrics/noise", NoiseRule) for phrase in row.phrases]


def note_noise(page: Page, notes: Notes) -> None:
    """Note each rule that fires, at its first phrase."""
    title_end = len(page.document.title) if page.text.startswith(page.document.title) else 0
    weights: dict[str, float] = {}
    places: dict[str, tuple[int, int]] = {}
    seen: set[tuple[str, str]] = set()
    for hit in page.hits.get("noise", []):
        rule = hit.value
        start, end = page.words.starts[hit.first], page.words.ends[hit.last - 1]
        if start >= {"title": title_end, "lead": page.lead, "any": len(page.text)}[rule.where]:
            continue
        name = rule.rule or rule.id
        phrase = page.low[start:end]
        if (name, phrase) in seen:
            continue
        seen.add((name, phrase))
        weights[name] = weights.get(name, 0.0) + rule.weight
        places.setdefault(name, (start, end))
    topics = {topic: weight for topic, (weight, *_) in score_topics(page).items()}
    strongest = max(
        (weight for topic, weight in topics.items() if topic in TYPES - {"advisory"}), default=0.0
    )
    for name in sorted(weights):
        # A launch or an essay with a strong subject is still about that subject; a recap or a podcast never is.
        if weights[name] >= 1.0 and (strongest < _STRONG or name in _ALWAYS):
            notes(Noise(name), *places[name], "inferred", 0.9, f"noise:{name}")
    if not notes.hard() and page.text and not _on_topic(page, topics):
        notes(
            Noise("off-topic"),
            0,
            page.sentences[0][1] if page.sentences else len(page.text),
            "inferred",
            0.8,
            "noise:off-topic",
        )


def _on_topic(page: Page, topics: dict[str, float]) -> bool:
    """Whether a text speaks of security at all: a type's cues, or several different words of the trade."""
    if (
        max(
            (weight for topic, weight in topics.items() if topic in TYPES - {"governance", "advisory"}),
            default=0.0,
        )
        >= _LEAST_ON_TOPIC
    ):
        return True
    found = [low for low in page.words.lows if low.startswith(_TRADE)]
    if topics.get("governance", 0.0) >= _LEAST_ON_TOPIC and len(found) >= 2:
        return True
    if any(low.startswith(_TRADE) for low in page.title_words.lows):
        return True
    least = 2 if len(page.words) < 300 else max(3, len(page.words) / 150)
    return len({low[:6] for low in found}) >= 2 and len(found) >= least
