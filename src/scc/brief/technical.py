# SPDX-License-Identifier: Apache-2.0
"""The technical sentences: weaknesses, techniques, vectors, SSVC, EPSS, indicators, tools."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scc.brief.evidence import Evidence
from scc.brief.phrases import Draft, Phrases, listing, number
from scc.model.assessment import Assessment
from scc.model.briefing import IndicatorShown, TechniqueShown, WeaknessShown
from scc.model.facts import Cvss, Indicator, Malware, Ssvc, Technique, Weakness


def technical(
    evidence: Evidence,
    assessment: Assessment,
    weaknesses: Sequence[WeaknessShown],
    techniques: Sequence[TechniqueShown],
    indicators: Sequence[IndicatorShown],
    phrases: Phrases,
) -> list[Draft]:
    """Sentences of the technical analysis that restate the tables in words, in a fixed order."""
    return [
        *_weaknesses(evidence, weaknesses, phrases),
        *_scores(evidence, assessment, phrases),
        *_techniques(evidence, techniques, phrases),
        *_tools(evidence, phrases),
        *_indicators(evidence, indicators, phrases),
    ]


def _weaknesses(evidence: Evidence, weaknesses: Sequence[WeaknessShown], phrases: Phrases) -> Iterator[Draft]:
    for predicted, rule in ((False, "find-weakness"), (True, "find-weakness-predicted")):
        shown = [each for each in weaknesses if (each.basis == "inferred") is predicted]
        ids = {each.id for each in shown}
        cited = [each.id for each, fact in evidence.of(Weakness) if fact.id in ids]
        if not (shown and cited):
            continue
        if predicted:
            names = [f"{each.id} ({each.name}, likely in {each.probability or 0.0:.0%})" for each in shown]
            edges = [f"SCC model of weaknesses, predicted from a description: {listing(names, 5)}"]
        else:
            names, edges = [f"{each.id} ({each.name})" if each.name else each.id for each in shown], []
        yield phrases.draft(rule, observations=cited, edges=edges, names=listing(names, 5))


def _scores(evidence: Evidence, assessment: Assessment, phrases: Phrases) -> Iterator[Draft]:
    for flaw in assessment.vulnerabilities[:3]:
        for score in flaw.cvss[:1]:
            if score.vector and not score.predicted:
                origin = evidence.score_origin(score)
                yield phrases.draft(
                    "find-vector",
                    observations=flaw.observations,
                    cve=flaw.id,
                    origin=origin,
                    vector=score.vector,
                )
        if not flaw.cvss:
            yield from _predicted_score(flaw.id, evidence, phrases)
        if flaw.ssvc is not None and not flaw.ssvc.predicted:
            points = [
                f"{name} {value}"
                for name, value in (
                    ("exploitation", flaw.ssvc.exploitation),
                    ("automatable", flaw.ssvc.automatable),
                    ("technical impact", flaw.ssvc.technical_impact),
                )
                if value
            ]
            if points:
                yield phrases.draft(
                    "find-ssvc",
                    observations=flaw.observations,
                    cve=flaw.id,
                    origin=flaw.ssvc.origin,
                    points=", ".join(points),
                )
        if flaw.epss is not None:
            yield phrases.draft(
                "find-epss",
                observations=flaw.observations,
                cve=flaw.id,
                score=number(flaw.epss.score),
                percentile=number(flaw.epss.percentile),
            )


def _predicted_score(cve: str, evidence: Evidence, phrases: Phrases) -> Iterator[Draft]:
    """What a model makes of the description of a flaw that nobody at hand has scored, said as such."""
    scores = [
        (each, fact) for each, fact in evidence.of(Cvss) if fact.predicted and fact.vulnerability == cve
    ]
    if not scores:
        return
    (place, score), *_ = scores
    points = next(
        (fact for _, fact in evidence.of(Ssvc) if fact.predicted and fact.vulnerability == cve), None
    )
    told = f"{score.vector}, {score.score:.1f}"
    if points is not None:
        told += f"; automatable {points.automatable}, technical impact {points.technical_impact}"
    yield phrases.draft(
        "find-score-predicted",
        observations=[place.id],
        edges=[f"SCC models of flaws, predicted from the description of {cve}: {told}"],
        cve=cve,
        told=told,
    )


def _techniques(
    evidence: Evidence, techniques: Sequence[TechniqueShown], phrases: Phrases
) -> Iterator[Draft]:
    rules = {
        "observed": "find-techniques",
        "possible": "find-techniques-possible",
        "context": "find-techniques-context",
    }
    for role, rule in rules.items():
        shown = [each for each in techniques if each.role == role]
        ids = {each.id for each in shown}
        cited = [each.id for each, fact in evidence.of(Technique) if fact.id in ids]
        if shown and cited:
            names = [f"{each.id} ({each.name})" for each in shown]
            edges = sorted({f"ATT&CK {each.domain} {each.version}" for each in shown})
            yield phrases.draft(rule, observations=cited, edges=edges, names=listing(names, 8))


def _tools(evidence: Evidence, phrases: Phrases) -> Iterator[Draft]:
    tools = [(each, fact) for each, fact in evidence.of(Malware) if fact.kind == "tool"]
    if tools:
        publisher = evidence.publisher(tools[0][0])
        mine = [(each, fact) for each, fact in tools if evidence.publisher(each) == publisher]
        yield phrases.draft(
            "find-tools",
            observations=[each.id for each, _ in mine[:5]],
            by=publisher,
            publisher=publisher,
            names=listing([fact.written or fact.name for _, fact in mine], 6),
        )


def _indicators(
    evidence: Evidence, indicators: Sequence[IndicatorShown], phrases: Phrases
) -> Iterator[Draft]:
    seen = {each.value for each in indicators if each.role == "observed"}
    found = [
        (each, fact)
        for each, fact in evidence.of(Indicator)
        if fact.role == "observed" and fact.value in seen
    ]
    if found:
        publisher = evidence.publisher(found[0][0])
        # Long addresses stand in the table; a sentence shows values one can read.
        mine = [
            (each, fact)
            for each, fact in found
            if evidence.publisher(each) == publisher and len(fact.value) <= 64
        ][:3]
        if not mine:
            return
        yield phrases.draft(
            "find-indicators",
            observations=[each.id for each, _ in mine],
            by=publisher,
            publisher=publisher,
            names=listing([f"{fact.value} ({fact.type})" for _, fact in mine], 3),
        )
