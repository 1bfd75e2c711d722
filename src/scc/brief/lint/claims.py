# SPDX-License-Identifier: Apache-2.0
"""Rules that hold a text against its sources: claims, figures, periods, scope, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from scc.brief.lint.finding import Finding
from scc.brief.lint.subject import Subject
from scc.brief.phrases import day
from scc.model.document import Document
from scc.model.facts import Claim, Observation
from scc.model.sentences import sentences

Sources = Sequence[tuple[Document, tuple[Observation, ...]]]

_VAGUE: Final = re.compile(
    r"\b(?:significant|sharp|dramatic|substantial|massive|rapid|steep|notable|marked|considerable)\b"
    r"[\w\s,/-]{0,40}\b(?:increases?|rise|rises|growth|surge|spike|decline|number|uptick)\b",
    re.IGNORECASE,
)
_PERIOD: Final = re.compile(
    r"\bwithin (?:a |the )?\d{1,3}(?: ?(?:to|-|–|and|or) ?\d{1,3})?[ -]?(?:calendar |business )?(?:days?|hours|weeks|months)"
    r"(?: of (?:the )?(?:signing|signature|issuance|publication|date|enactment)| window)",
    re.IGNORECASE,
)
_WINDOW: Final = re.compile(
    r"\bwithin the \d{1,3} to \d{1,3} day [\w -]{0,24}window|\b\d{1,3} to \d{1,3} days of signing",
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}\b"
)
_NUMBER: Final = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])")
_IDLIKE: Final = re.compile(
    r"\b(?:CVE|CWE|EO|Executive Order|T|TA|CIS|NIST|SP|ISO|[A-Z]{2})[- ]?\d[\w.():-]*|\bStep \d|\(\d\)|§ ?[\d.]+|\b20\d\d\b|\d+ ?(?:to|-|–) ?\d+ days?|\bHTTP \d+|\b\d{3}/\d{3}\b"
)
_CONTENT: Final = re.compile(r"[^\W\d_][\w'-]*", re.UNICODE)
_LONG: Final = re.compile(r"[^\W\d_]{5,}")
_SMALL: Final = frozenset(
    "the and for with from that this all any our its their into over under of in on to by or as at is are be subject".split()
)


def check_claims(subject: Subject, sources: Sources) -> Iterator[Finding]:
    """Findings of text against sources; what needs a source and has none is said to be not checkable."""
    yield from _figures(subject)
    yield from _periods(subject)
    if not sources:
        yield Finding(
            "source-not-at-hand",
            "sources",
            "Claims, scope and numbers could not be checked: no source is at hand; give --sources PATH.",
            "not-checkable",
        )
        return
    sources = _on_the_matter(subject, sources)
    yield from _contradictions(subject, sources)
    yield from _scope(subject, sources)
    if subject.briefing is None:
        yield from _numbers(subject, sources)


def _on_the_matter(subject: Subject, sources: Sources) -> Sources:
    """The sources that speak of the same matter: those whose date the text prints, else those that share most of
    its rarer words.

    A folder of sources holds other acts and events too; what they say contradicts nothing here.
    """
    if len(sources) < 2:
        return sources
    dated = [each for each in sources if _prints_date(subject.text, each[0].date)]
    if dated:
        return dated
    texts = [set(_LONG.findall(f"{document.title} {document.text}".lower())) for document, _ in sources]
    told = " ".join(text for where, text in subject.prose if where in ("summary", "analysis")) or subject.text
    mine = set(_LONG.findall(f"{subject.title} {told}".lower()))
    # A word that every source has says nothing of the matter.
    weights = {word: 1.0 / (1 + sum(word in text for text in texts)) for word in mine}
    shared = [sum(sorted(weights[word] for word in mine & text)) / (len(text) + 50) ** 0.5 for text in texts]
    most = max(shared)
    return [each for each, value in zip(sources, shared, strict=True) if value >= 0.75 * most]


def _prints_date(text: str, date: str) -> bool:
    """Whether a text prints a source's own date, in one of the usual forms."""
    number, _, rest = day(date).partition(" ")
    month, _, year = rest.partition(" ")
    forms = (date, f"{number} {month} {year}", f"{month} {number}, {year}")
    return len(date) == 10 and bool(year) and any(form in text for form in forms)


def _figures(subject: Subject) -> Iterator[Finding]:
    for where, text in subject.prose:
        found = _VAGUE.search(text)
        if (
            found
            and not re.search(r"\d+(?:\.\d+)? ?(?:%|percent|per cent|million|billion)|\d{3,}", text)
            and "“" not in text
        ):
            yield Finding(
                "figure-missing", where, f"“{found[0]}”: give the figure with its source, or leave it out."
            )


def _periods(subject: Subject) -> Iterator[Finding]:
    for where, text in subject.prose:
        found = _PERIOD.search(text) or _WINDOW.search(text)
        if found and not _DATE.search(text) and "“" not in text:
            yield Finding(
                "deadline-uncomputed", where, f"“{found[0]}”: compute the date, name the duty and its owner."
            )


def _contradictions(subject: Subject, sources: Sources) -> Iterator[Finding]:
    held: dict[tuple[str, str], list[tuple[Document, Claim]]] = {}
    for document, observations in sources:
        for each in observations:
            if isinstance(each.fact, Claim) and each.fact.modality in ("asserted", "reported"):
                held.setdefault(_topic(each.fact), []).append((document, each.fact))
    told: set[tuple[str, str]] = set()
    for each in subject.observations:
        claim = each.fact
        if not isinstance(claim, Claim) or claim.question not in ("mandatory", "exploited", "breached"):
            continue
        against = [pair for pair in held.get(_topic(claim), []) if pair[1].value != claim.value]
        agree = [pair for pair in held.get(_topic(claim), []) if pair[1].value == claim.value]
        best = min((pair[0].tier for pair in against), default="T9")
        if (
            against
            and best <= min((pair[0].tier for pair in agree), default="T9")
            and not (agree and best == "T3")
        ):
            if (claim.question, claim.value) in told:
                continue
            told.add((claim.question, claim.value))
            document, other = next(pair for pair in against if pair[0].tier == best)
            yield Finding(
                "claim-contradicted",
                claim.question,
                f"The text says “{claim.value}” on the question “{claim.question}”; {document.publisher or 'a source'} "
                f"({document.tier}) says “{other.value}”.",
            )


def _topic(claim: Claim) -> tuple[str, str]:
    """What claims must share to contradict each other: the question, and for a duty whom it addresses."""
    return claim.question, claim.subject if claim.question == "mandatory" else ""


def _scope(subject: Subject, sources: Sources) -> Iterator[Finding]:
    if not subject.scope:
        return
    known = [
        {_stem(word) for word in _CONTENT.findall(document.text[start:end])}
        for document, _ in sources
        for start, end in sentences(document.text)
    ]
    for entry in subject.scope:
        head = re.sub(r"\([^)]*\)", "", entry)
        wanted = {
            _stem(word) for word in _CONTENT.findall(head) if word.lower() not in _SMALL and len(word) > 2
        }
        if wanted and not any(wanted <= words for words in known):
            yield Finding(
                "scope-not-in-source",
                entry,
                "No source names this in one sentence; quote the scope from the primary source.",
            )
        inside = re.findall(r"\(([^)]*)\)", entry)
        for each in inside:
            for value in _NUMBER.findall(each):
                if not any(_stands(value, document.text) for document, _ in sources):
                    yield Finding("scope-not-in-source", entry, f"No source says “{each}”.")


def _numbers(subject: Subject, sources: Sources) -> Iterator[Finding]:
    told: set[str] = set()
    for where, text in subject.prose:
        if where not in ("summary", "analysis"):
            continue
        plain = _IDLIKE.sub(" ", _DATE.sub(" ", text))
        for value in _NUMBER.findall(plain):
            if value not in told and not any(_stands(value, document.text) for document, _ in sources):
                told.add(value)
                yield Finding("number-not-in-source", where, f"No source contains the number {value}.")


def _stands(value: str, text: str) -> bool:
    return re.search(rf"(?<![\d.,]){re.escape(value)}(?![\d])", text) is not None


def _stem(word: str) -> str:
    low = word.lower().replace("-", " ").strip("' ")
    return low[:-1] if low.endswith("s") and len(low) > 3 else low
