# SPDX-License-Identifier: Apache-2.0
"""Executive summary and technical analysis: which findings stand in which, in a reader's order.

Where the findings alone leave a section thin, whole sentences of the sources fill it as marked
quotations. Composes no finding itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from scc.brief.citations import Citer
from scc.brief.evidence import Evidence, publisher_name
from scc.brief.phrases import Draft, Phrases, when
from scc.brief.quotes import leaning, salient, whose, within, written
from scc.brief.sections import Section
from scc.model.briefing import Statement
from scc.model.document import Document
from scc.model.provenance import Span

SUMMARY_MOST: Final = 7
SUMMARY_LEAST: Final = 4
"""With fewer findings than this, quotations are added: a reader needs what, who, how bad, what now."""
QUOTES: Final = 3
QUOTES_LEAST: Final = 2
"""A text with fewer sentences that stand alone is quoted with others: who, what, and one more."""

_ANALYSIS_ONLY: Final = frozenset(
    {
        "find-flaw-versions",
        "find-epss",
        "find-cause",
        "find-poc",
        "find-patch",
        "find-ransom",
        "find-origins",
        "find-origin",
    }
)
_PREDICTED: Final = frozenset({"find-weakness-predicted", "find-score-predicted"})
"""Said by no source: never in the summary, however little else is known."""
_ORDER: Final = (
    "find-retracted",
    "find-quote",
    "find-quote-said",
    "find-act",
    "find-signed",
    "find-voluntary",
    "find-mandatory",
    "find-flaw",
    "find-flaw-several",
    "find-victim",
    "find-victim-confirms",
    "find-packages",
    "find-kev",
    "find-exploited",
    "find-exploited-reported",
    "find-not-exploited",
    "find-attribution",
    "find-actors",
    "find-actors-many",
    "find-malware",
    "find-sectors",
    "find-number",
    "find-data",
    "find-attacker-claims",
    "find-victim-denies",
    "find-score",
    "find-score-plain",
    "find-fixed",
    "find-duties",
    "find-duties-others",
    "find-dispute",
    "find-reported",
    "find-reported-undated",
)
_WORD: Final = re.compile(r"[^\W\d_]{4,}")


class Quoted(NamedTuple):
    """A sentence that quotes a source, and the citation of the place."""

    draft: Draft
    citation: int
    document: Document


def quotes(evidence: Evidence, phrases: Phrases, citer: Citer, title: str) -> list[Quoted]:
    """The sentences of the sources most worth quoting; one origin is not quoted
    twice before another one has been."""
    terms = frozenset(each.lower() for each in _WORD.findall(title))
    found: dict[str, tuple[Document, Span]] = {}
    offered = [list(_offers(documents, terms, evidence)) for documents in _origins(evidence)]
    for offers in (each[rank : rank + 1] for rank in range(QUOTES) for each in offered):
        for document, span in offers:
            found.setdefault(written(document, span).lower(), (document, span))
    if len(found) < QUOTES_LEAST:
        for span in leaning(evidence.primary, QUOTES_LEAST - len(found)):
            found.setdefault(written(evidence.primary, span).lower(), (evidence.primary, span))
    return [
        Quoted(_said(document, span, phrases), citer.place(document.id, span), document)
        for document, span in list(found.values())[: 2 * QUOTES]
    ]


def _said(document: Document, span: Span, phrases: Phrases) -> Draft:
    """The quotation, with whose word it is where the source says so behind the quoted part."""
    publisher, quote = publisher_name(document), within(written(document, span)).strip()
    holder = whose(document, span)
    if not holder:
        return phrases.draft("find-quote", by=publisher, publisher=publisher, quote=quote)
    return phrases.draft("find-quote-said", by=publisher, publisher=publisher, quote=quote, holder=holder)


def _offers(
    documents: list[Document], terms: frozenset[str], evidence: Evidence
) -> Iterator[tuple[Document, Span]]:
    """Quotable sentences of one origin, its best document first."""
    for document in documents:
        marked = tuple(
            each.locator
            for each in evidence.story.observations
            if each.document == document.id and isinstance(each.locator, Span)
        )
        for span in salient(document, terms, marked, QUOTES):
            yield document, span


def summary(
    findings: list[Draft],
    technical: list[Draft],
    quoted: list[Quoted],
    evidence: Evidence,
    phrases: Phrases,
    citer: Citer,
) -> tuple[Statement, ...]:
    """The executive summary: at most seven sentences, the quotation that says what happened first.

    Where little is known, it takes what would else stand in the analysis (`technical` among it).
    """
    section = Section("sum", citer)
    chosen = [each for each in findings if each.rule not in _ANALYSIS_ONLY][: SUMMARY_MOST - 1]
    room = max(1, SUMMARY_LEAST - len(chosen))
    chosen.append(reported(evidence, phrases))
    short = 3 - len(chosen) - len(quoted[:room])
    if short > 0:
        rest = [each for each in findings if each.rule in _ANALYSIS_ONLY]
        chosen += [each for each in (*technical, *rest) if each.rule not in _PREDICTED][:short]
    chosen.sort(key=_position)
    told = [
        Statement(sid=f"sum-quote-{at + 1}", text=draft.text, citations=(citation,))
        for at, (draft, citation, _) in enumerate(quoted[:room])
    ]
    stated = [statement for draft in chosen if (statement := section.state(draft)) is not None]
    # News opens with what happened, an act with what it is.
    acts = any(each.rule == "find-act" for each in chosen)
    return (*stated[:-1], *told, *stated[-1:]) if acts else (*told, *stated)


def analysis(
    findings: list[Draft],
    technical: list[Draft],
    quoted: list[Quoted],
    told: tuple[Statement, ...],
    citer: Citer,
) -> tuple[Statement, ...]:
    """The technical analysis: what the summary (`told`) leaves out, then weaknesses, techniques, indicators."""
    section = Section("ana", citer)
    used = sum(1 for each in told if each.sid.startswith("sum-quote-"))
    said = {each.text for each in told}
    stated: list[Statement] = []
    for draft, citation, _ in quoted[used : used + 2]:
        stated.append(Statement(sid=f"ana-quote-{len(stated) + 1}", text=draft.text, citations=(citation,)))
    rest = [each for each in findings if each.rule in _ANALYSIS_ONLY]
    for draft in [*rest, *technical]:
        statement = section.state(draft) if draft.text not in said else None
        if statement is not None:
            stated.append(statement)
    return tuple(stated)


def reported(evidence: Evidence, phrases: Phrases) -> Draft:
    """Who told it first, by the documents' own dates."""
    dated = [each for each in evidence.story.documents if each.date]
    first = dated[0] if dated else evidence.primary
    name = publisher_name(first)
    cited = [each.id for each in evidence.story.observations if each.document == first.id][:1]
    if not dated:
        return phrases.draft("find-reported-undated", observations=cited, weight=3.0, publisher=name)
    return phrases.draft(
        "find-reported", observations=cited, weight=3.0, by=name, publisher=name, when=when(first.date)
    )


def _position(draft: Draft) -> int:
    return _ORDER.index(draft.rule) if draft.rule in _ORDER else len(_ORDER)


def _origins(evidence: Evidence) -> list[list[Document]]:
    """The documents by origin, best first; origins in the order of their best document."""
    groups = []
    for origin in evidence.story.origins:
        members = [each for each in (evidence.document(one) for one in origin.documents) if each is not None]
        if members:
            groups.append(evidence.order(members))
    rank = {each.id: at for at, each in enumerate(evidence.order(evidence.story.documents))}
    groups.sort(key=lambda documents: rank[documents[0].id])
    return groups or [[evidence.primary]]
