# SPDX-License-Identifier: Apache-2.0
"""Every fact of a document: from its payload, where it has one, and from its text.

One function a kind of fact, each in a module of its own; here only their order. Pure: the same document, pack
and content give the same observations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scc.model.document import Document
from scc.model.facts import Observation
from scc.read import records
from scc.read.claims.binding_claims import note_binding_claims
from scc.read.claims.claims import note_claims
from scc.read.claims.dated_claims import note_dated_claims
from scc.read.claims.leaks import note_leaks
from scc.read.claims.missing_fixes import note_missing_fixes
from scc.read.claims.ransoms import note_ransoms
from scc.read.claims.ruled_out import note_ruled_out
from scc.read.claims.severity_words import note_severity_words
from scc.read.claims.told_actors import note_told_actors
from scc.read.claims.told_acts import note_told_acts
from scc.read.claims.told_days import note_told_days
from scc.read.claims.told_exploits import note_told_exploits
from scc.read.claims.told_fixes import note_told_fixes
from scc.read.claims.told_numbers import note_told_numbers
from scc.read.claims.told_severity import note_told_severity
from scc.read.claims.used_flaws import note_used_flaws
from scc.read.duties.duties import note_duties
from scc.read.duties.duties_elsewhere import note_duties_elsewhere
from scc.read.duties.event_dates import note_dates, note_latest
from scc.read.duties.obligations import note_obligations
from scc.read.duties.set_days import note_set_days
from scc.read.flaws.advisory_pages import note_package
from scc.read.flaws.description import predicted
from scc.read.flaws.identifiers import note_identifiers
from scc.read.flaws.own_products import note_own_product
from scc.read.flaws.products import note_products
from scc.read.flaws.scores import note_scores
from scc.read.flaws.told_products import note_told_products
from scc.read.flaws.weaknesses import note_weaknesses
from scc.read.indicators.indicators import note_indicators
from scc.read.lexicon import search
from scc.read.names.names import note_names
from scc.read.names.organisations import note_places, note_victims
from scc.read.noise import note_noise
from scc.read.page import Notes, Page
from scc.read.techniques.inference import note_inferred
from scc.read.techniques.plain_acts import note_plain_acts
from scc.read.techniques.techniques import note_techniques
from scc.read.topics import note_topics, score_topics

if TYPE_CHECKING:
    from scc.content import Content
    from scc.knowledge import Knowledge


def observe(document: Document, knowledge: Knowledge, content: Content) -> tuple[Observation, ...]:
    """All observations of a document, by place. A record's facts are those of its payload, with JSON Pointers;
    an article's are read from its text, with Spans.

    Raises KnowledgeError or ContentError if the pack or our tables are damaged, nothing on any text.
    """
    if document.payload is not None:
        stated = records.observations(document)
        return (*stated, *predicted(document, stated, knowledge, content))
    page = Page(document)
    search(page, knowledge, content)
    notes = Notes(document)
    note_identifiers(page, notes)
    note_scores(page, notes)
    note_weaknesses(page, notes, knowledge)
    note_techniques(page, notes, knowledge)
    note_plain_acts(page, notes, knowledge)
    note_names(page, notes)
    note_package(page, notes)
    note_products(page, notes, knowledge)
    note_told_products(page, notes, knowledge)
    note_own_product(page, notes, knowledge)
    note_places(page, notes)
    note_victims(page, notes, {topic: found[0] for topic, found in score_topics(page).items()})
    note_indicators(page, notes, knowledge)
    note_duties(page, notes)
    note_duties_elsewhere(page, notes)
    note_set_days(page, notes)
    note_obligations(page, notes)
    note_dates(page, notes)
    note_latest(page, notes)
    note_claims(page, notes)
    note_told_exploits(page, notes)
    note_used_flaws(page, notes)
    note_missing_fixes(page, notes)
    note_leaks(page, notes)
    note_ransoms(page, notes)
    note_ruled_out(page, notes)
    note_told_fixes(page, notes)
    note_severity_words(page, notes)
    note_told_severity(page, notes)
    note_dated_claims(page, notes)
    note_binding_claims(page, notes)
    note_told_numbers(page, notes)
    note_told_actors(page, notes, knowledge)
    note_told_days(page, notes)
    note_told_acts(page, notes)
    note_topics(page, notes)
    note_inferred(page, notes, knowledge, content)
    note_noise(page, notes)
    read = notes.observations()
    return (*read, *predicted(document, read, knowledge, content))
