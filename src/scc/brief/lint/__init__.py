# SPDX-License-Identifier: Apache-2.0
"""The linter: holds a briefing, ours or anybody's, against its sources and the knowledge pack.

Reads nothing itself: the caller hands in the linted thing and the sources, read and observed. A check
whose source is not at hand is reported as not checkable, never as passed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scc.brief.lint.claims import Sources, check_claims
from scc.brief.lint.finding import CODES, Finding
from scc.brief.lint.frameworks import check_frameworks
from scc.brief.lint.grounding import check_grounding, check_quotes
from scc.brief.lint.structure import check_structure
from scc.brief.lint.subject import of_briefing, of_text
from scc.model.briefing import Briefing
from scc.model.document import Document
from scc.model.facts import Observation

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

__all__ = ["CODES", "Finding", "lint_briefing", "lint_text"]


def lint_text(
    document: Document, observations: tuple[Observation, ...], sources: Sources, knowledge: Knowledge
) -> tuple[Finding, ...]:
    """Findings on the plain text of a briefing, sorted by code and place, each once."""
    subject = of_text(document, observations)
    found = [
        *check_structure(subject),
        *check_frameworks(subject, knowledge),
        *check_claims(subject, sources),
    ]
    return tuple(sorted(set(found)))


def lint_briefing(briefing: Briefing, sources: Sources, knowledge: Knowledge) -> tuple[Finding, ...]:
    """Findings on a Briefing, sorted by code and place, each once."""
    subject = of_briefing(briefing)
    documents = {document.id: document for document, _ in sources}
    found = [
        *check_structure(subject),
        *check_frameworks(subject, knowledge),
        *(each for each in check_claims(subject, sources) if each.state == "contradicted"),
        *check_grounding(briefing, documents, knowledge),
        *check_quotes(briefing, documents),
    ]
    return tuple(sorted(set(found)))
