# SPDX-License-Identifier: Apache-2.0
"""A flaw's description in a record or on an advisory's page, and what is predicted from it where that gives nothing.

Predicted is only from texts of the kind on which the error was measured (docs/accuracy.md): the description in a CVE or
NVD record, the details of an OSV entry, the page of an advisory database. News is not. A weakness, a vector, the
SSVC points are each left alone where the document states one. Everything here is labelled: `basis` inferred,
`predicted` or a probability on the fact. `prediction` holds the models; nothing here judges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from scc.model.document import Document
from scc.model.facts import AnyFact, Cvss, Identifier, Observation, Ssvc, Weakness
from scc.model.ids import short
from scc.model.provenance import Locator, Pointer, Span
from scc.read.flaws.advisory_pages import own_advisory
from scc.read.models.prediction import predict_cvss, predict_ssvc, predict_weaknesses
from scc.read.records.interface import rows, text_at

if TYPE_CHECKING:
    from scc.content import Content
    from scc.knowledge import Knowledge

WORDS_LEAST: Final = 12
"""With fewer words a description says nothing that could be told from another."""
CHARACTERS_MOST: Final = 3000


def predicted(
    document: Document, found: tuple[Observation, ...], knowledge: Knowledge, content: Content
) -> tuple[Observation, ...]:
    """What is predicted of the one flaw that the document describes; () where it describes none or several, or says all
    of it. `found` are the document's own observations."""
    flaw = _flaw(found)
    if not flaw:
        return ()
    described = _in_record(document) if document.payload is not None else _on_page(document)
    if described is None or described[0].count(" ") < WORDS_LEAST:
        return ()
    text, place = described[0][:CHARACTERS_MOST], described[1]
    facts: list[tuple[AnyFact, float]] = []
    if not any(isinstance(each.fact, Weakness) for each in found):
        for ranked in predict_weaknesses(text, knowledge, content):
            facts.append((Weakness(ranked.id, ranked.probability, flaw), ranked.probability))
    if not any(isinstance(each.fact, Cvss) for each in found):
        guess = predict_cvss(text, content, flaw)
        if guess is not None:
            facts.append((guess.cvss, min(chance for _, chance in guess.confidence)))
    if not any(isinstance(each.fact, Ssvc) for each in found):
        points = predict_ssvc(text, content, flaw)
        if points is not None:
            facts.append((points, 0.5))
    return tuple(_observation(document, fact, place, sure) for fact, sure in facts)


def _flaw(found: tuple[Observation, ...]) -> str:
    """The id of the only flaw that the document is about: its CVE, else the id of its advisory."""
    for schemes in (("cve",), ("ghsa", "osv")):
        main = {
            each.fact.value
            for each in found
            if isinstance(each.fact, Identifier)
            and each.fact.scheme in schemes
            and each.fact.relation == "main"
        }
        if main:
            return main.pop() if len(main) == 1 else ""
    return ""


def _in_record(document: Document) -> tuple[str, Locator] | None:
    """The English description in the payload of a record, with its JSON Pointer."""
    if document.format not in ("osv", "cve5", "nvd"):
        return None
    value = msgspec.json.decode(document.payload or b"null")
    if not isinstance(value, dict):
        return None
    if document.format == "osv":
        return text_at(value, "details"), Pointer("/details")
    held: object = value
    at = ""
    if document.format == "cve5":
        containers = value.get("containers")
        held, at = (containers.get("cna") if isinstance(containers, dict) else None), "/containers/cna"
    for index, each in enumerate(rows(held, "descriptions") if isinstance(held, dict) else ()):
        if text_at(each, "lang").lower().startswith("en"):
            return " ".join(text_at(each, "value").split()), Pointer(f"{at}/descriptions/{index}/value")
    return None


def _on_page(document: Document) -> tuple[str, Locator] | None:
    """The text of an advisory database's page after its title; the place is its first part."""
    text, title = document.text, document.title
    if own_advisory(document) is None or not text.startswith(title):
        return None
    start = len(title)
    start += len(text[start:]) - len(text[start:].lstrip())
    end = min(len(text), start + CHARACTERS_MOST)
    return (" ".join(text[start:end].split()), Span(start, end)) if end > start else None


def _observation(document: Document, fact: AnyFact, place: Locator, sure: float) -> Observation:
    return Observation(
        id=short("obs", document.id, msgspec.json.encode(fact), "predicted"),
        document=document.id,
        fact=fact,
        locator=place,
        basis="inferred",
        confidence=round(sure, 3),
        rule="model:flaws",
    )
