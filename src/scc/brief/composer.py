# SPDX-License-Identifier: Apache-2.0
"""What composers of candidate sentences share: the evidence, the sentences, whom a claim is about.

Composes nothing itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from scc.brief.evidence import Evidence
from scc.brief.phrases import Draft, Phrases
from scc.brief.subjects import subject_name
from scc.model.assessment import Assessment, Scored
from scc.model.facts import Claim, Observation


def first_of(flaws: Sequence[Scored]) -> list[str]:
    """The first observation of each flaw."""
    return [each for flaw in flaws for each in flaw.observations[:1]]


class Composer:
    """The evidence of one story and the means to state it."""

    def __init__(self, evidence: Evidence, assessment: Assessment, phrases: Phrases) -> None:
        self._evidence = evidence
        self._assessment = assessment
        self._phrases = phrases
        self._disputed = {each.question for each in evidence.story.disputes if each.doubtful}

    def _subject(self, claim: Claim) -> tuple[str, list[str]]:
        """What a claim is about, and the observations that name it."""
        if claim.subject:
            named = [flaw for flaw in self._assessment.vulnerabilities if flaw.id == claim.subject]
            return claim.subject, first_of(named)
        flaws = self._assessment.vulnerabilities[:3]
        return subject_name(self._evidence, self._assessment), first_of(flaws)

    def _one(
        self, rule: str, each: Observation, weight: float, *, also: Sequence[str] = (), **values: str
    ) -> Draft:
        publisher = self._evidence.publisher(each)
        return self._phrases.draft(
            rule, observations=[each.id, *also], weight=weight, by=publisher, publisher=publisher, **values
        )
