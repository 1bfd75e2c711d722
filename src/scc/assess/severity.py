# SPDX-License-Identifier: Apache-2.0
"""Severity: from published scores, else by rubric with reasons. Severity is not risk and sets no priority alone."""

from __future__ import annotations

import re
from typing import Final

from scc.assess.evidence import Facts
from scc.assess.flaws import RANK, band
from scc.assess.rules import Rules
from scc.model.assessment import Level, Reason, Scored
from scc.model.facts import Claim, Duty
from scc.model.ids import ItemType

MANY_PEOPLE: Final = 1_000_000
_WORDS: Final[dict[str, Level]] = {"critical": "critical", "high": "high", "medium": "medium", "low": "low"}
_VOICES: Final = {"vendor": 0, "authority": 0, "cert": 1, "research": 2}
"""Whose word on severity comes first."""


def severity(
    kind: ItemType,
    facets: tuple[str, ...],
    facts: Facts,
    flaws: tuple[Scored, ...],
    exploitation: tuple[Reason, ...],
    rules: Rules,
) -> tuple[Level, tuple[Reason, ...]]:
    """The level and every reason that applied; the highest reason gives the level."""
    found: list[tuple[Level, Reason]] = []
    scored = _highest(flaws, facts)
    if scored is not None:
        flaw, level, origin, score = scored
        found.append(
            (
                level,
                rules.reason(
                    f"sev-cvss-{level}",
                    flaw.observations[:3],
                    origin=origin,
                    cve=flaw.id,
                    score=f"{score:.1f}",
                ),
            )
        )
    asserted = [each for each in exploitation if each.rule != "exp-reported"]
    if asserted:
        found.append(
            (
                "high",
                rules.reason(
                    "sev-exploited",
                    [one for each in asserted for one in each.observations][:3],
                    by=_by(asserted),
                ),
            )
        )
    elif exploitation:
        found.append(
            (
                "medium",
                rules.reason("sev-reported", exploitation[0].observations[:2], by=_by(list(exploitation))),
            )
        )
    if "ransomware" in facets or "wiper" in facets:
        found.append(("high", rules.reason("sev-ransomware", _topic(facts, "ransomware", "wiper"))))
    if "ics" in facets and kind in ("threat", "malware", "disruption"):
        found.append(("high", rules.reason("sev-ics", _topic(facts, "ics"))))
    found.extend(_by_type(kind, facts, flaws, scored is not None, rules))
    if not found:
        rule = "sev-governance" if kind == "governance" else "sev-unrated"
        return "low", (rules.reason(rule, _first(facts)),)
    level = max((each for each, _ in found), key=RANK.__getitem__)
    ranked = sorted(found, key=lambda pair: -RANK[pair[0]])
    return level, tuple(reason for _, reason in ranked)


def _by_type(
    kind: ItemType, facts: Facts, flaws: tuple[Scored, ...], scored: bool, rules: Rules
) -> list[tuple[Level, Reason]]:
    if kind == "supply-chain":
        return [("high", rules.reason("sev-packages", _first(facts)))]
    if kind == "breach":
        for each, claim in facts.of(Claim, own=True):
            if claim.question == "number-affected" and (_number(claim.value) or 0) >= MANY_PEOPLE:
                return [("high", rules.reason("sev-number", [each.id], value=claim.value))]
        return [("medium", rules.reason("sev-breach", _first(facts)))]
    if kind in ("threat", "malware"):
        return [("medium", rules.reason("sev-threat", _first(facts)))]
    if kind == "governance":
        dated = [each.id for each, fact in facts.of(Duty, own=True) if fact.date]
        if dated:
            return [("medium", rules.reason("sev-governance-binding", dated[:3]))]
        return [("low", rules.reason("sev-governance", _first(facts)))]
    if kind == "disruption":
        return [("medium", rules.reason("sev-disruption", _first(facts)))]
    if scored:
        return []
    if said := _said(facts, rules):
        return [said]
    return [("medium", rules.reason("sev-unscored", flaws[0].observations[:2]))] if flaws else []


def _said(facts: Facts, rules: Rules) -> tuple[Level, Reason] | None:
    """The word of the best source, where nobody gives a score; what the sources dispute is no word."""
    if any(each.question == "severity" for each in facts.story.disputes):
        return None
    found: list[tuple[int, Level, Reason]] = []
    for each, claim in facts.of(Claim, own=True):
        if claim.question == "severity" and claim.value in _WORDS:
            level = _WORDS[claim.value]
            reason = rules.reason("sev-said", [each.id], publisher=facts.publisher(each), level=level)
            found.append((_VOICES.get(claim.holder, 3), level, reason))
    if not found:
        return None
    _, level, reason = min(found, key=lambda row: row[0])
    return level, reason


def _highest(flaws: tuple[Scored, ...], facts: Facts) -> tuple[Scored, Level, str, float] | None:
    """The flaw with the highest band; within a flaw the newest CVSS version speaks, never the maximum over versions."""
    best: tuple[Scored, Level, str, float] | None = None
    for flaw in flaws:
        official = [each for each in flaw.cvss if not each.predicted]
        if not official:
            continue
        score = official[0]
        level = band(score)
        origin = score.scorer or facts.printed_by(score)
        if level != "none" and (best is None or RANK[level] > RANK[best[1]]):
            best = (flaw, level, origin, score.score)
    return best


def _number(text: str) -> float | None:
    found = re.search(r"(\d[\d,]*(?:\.\d+)?)\s*(million|billion|thousand|m\b|k\b)?", text.lower())
    if not found:
        return None
    scale = {"million": 1e6, "m": 1e6, "billion": 1e9, "thousand": 1e3, "k": 1e3}.get(found[2] or "", 1.0)
    return float(found[1].replace(",", "")) * scale


def _by(reasons: list[Reason]) -> str:
    names = list(
        dict.fromkeys(
            "CISA" if each.rule == "exp-kev" else each.text.split(" asserts")[0].split(" reports")[0]
            for each in reasons
        )
    )
    return " and ".join(names[:2])


def _topic(facts: Facts, *keys: str) -> list[str]:
    from scc.model.facts import Topic

    return [each.id for each, fact in facts.of(Topic, own=True) if fact.key in keys][:3] or _first(facts)


def _first(facts: Facts) -> list[str]:
    return [each.id for each in facts.story.observations[:1]]
