# SPDX-License-Identifier: Apache-2.0
"""Whether statements hold against the documents they cite: quotes, numbers, ids, dates, names, runs.

Works on the text of the cited documents where it is at hand, else on the quotes that the Briefing
carries; a statement whose documents are not at hand is reported as not checkable once per document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from scc.brief.lint.finding import Finding
from scc.brief.phrases import day
from scc.model.briefing import Briefing, Citation, Statement
from scc.model.document import Document

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

RUN: Final = 12
"""Words in a row that may not be shared with a source outside quotation marks (DESIGN rule 7)."""

_MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE: Final = re.compile(rf"\b(\d{{1,2}}) ({_MONTHS}) (\d{{4}})\b|\b({_MONTHS}) (\d{{4}})\b")
_ID: Final = re.compile(
    r"\b(?:CVE-\d{4}-\d{4,}|CWE-\d+|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}|AML\.T\d{4}(?:\.\d{3})?|T\d{4}(?:\.\d{3})?|"
    r"EO \d{4,5}|BOD \d\d-\d\d|ED \d\d-\d\d|CAPEC-\d+)\b"
)
_NUMBER: Final = re.compile(r"(?<![\w.,:/-])\d[\d,]*(?:\.\d+)*(?![\w])")
_NAME: Final = re.compile(
    r"(?<![.:!?“”] )(?<!^)\b[A-Z][\w&.’'-]*(?: (?:of|the|and|de|for) [A-Z][\w&.’'-]*| [A-Z][\w&.’'-]*)*"
)
_LONG_FORMS: Final = {
    "EO": "Executive Order",
    "BOD": "Binding Operational Directive",
    "ED": "Emergency Directive",
}
_WORD: Final = re.compile(r"\w+", re.UNICODE)
_NOT_PROSE: Final = re.compile(r"\S*\d\S*|https?://\S+")
"""Ids, versions, numbers and addresses are facts, not wording: a run of words ends at them."""


def check_grounding(
    briefing: Briefing, documents: Mapping[str, Document], knowledge: Knowledge | None
) -> Iterator[Finding]:
    """Findings of page 1, summary and analysis against what they cite."""
    citations = {each.id: each for each in briefing.citations}
    known = {each.document for each in briefing.sources}
    missing = sorted(known - set(documents))
    for each in missing:
        source = next(one for one in briefing.sources if one.document == each)
        yield Finding(
            "source-not-at-hand",
            source.path or source.url or each,
            "Runs of words and quotations of this source could not be checked; give it with --sources or --db.",
            "not-checkable",
        )
    page = briefing.page_one
    statements = (
        page.decide,
        *page.known,
        *page.unknown,
        *page.would_change,
        *briefing.summary,
        *briefing.analysis,
    )
    for statement in statements:
        cited = [citations[each] for each in statement.citations if each in citations]
        yield from _grounded(statement, cited, briefing, documents, knowledge)
    yield from _runs(briefing, documents)


def _grounded(
    statement: Statement,
    cited: list[Citation],
    briefing: Briefing,
    documents: Mapping[str, Document],
    knowledge: Knowledge | None,
) -> Iterator[Finding]:
    held = support(cited, briefing, documents)
    low = held.lower()
    known = _computed(briefing, cited)
    for piece in pieces(statement.text):
        if piece.lower() in low or _other_form(piece, held):
            continue
        if knowledge is not None and _in_pack(piece, cited, knowledge):
            continue
        if piece in known:
            continue
        if any(each.rule for each in cited) and not any(each.document for each in cited):
            # A statement of a rule of ours names things of the item; they must stand in the item.
            item = " ".join(
                [briefing.title, *(f"{each.vendor} {each.product}" for each in briefing.products)]
            )
            item += " " + " ".join(each.id for each in briefing.vulnerabilities) + " " + _all_quotes(briefing)
            if piece.lower() in item.lower():
                continue
        yield Finding("statement-ungrounded", statement.sid, f"“{piece}” does not stand in a cited place.")


def _computed(briefing: Briefing, cited: list[Citation]) -> set[str]:
    """Dates computed from a cited period (each stands with its clause in the deadline table), and names that the
    pack gives to ids that the Briefing shows."""
    ids = {each.id for each in cited}
    found = {day(each.date) for each in briefing.deadlines if ids & set(each.citations)}
    quoted = " ".join(each.quote for each in cited)
    for flaw in briefing.vulnerabilities:
        # A score is arithmetic over its vector (CVSS specification), so the vector is its origin.
        found.update(f"{score.score:.1f}" for score in flaw.cvss if score.vector and score.vector in quoted)
    for technique in briefing.techniques:
        found.update(pieces(f"Named {technique.name}"))
    for weakness in briefing.weaknesses:
        found.update(pieces(f"Named {weakness.name}"))
    return found


def support(cited: list[Citation], briefing: Briefing, documents: Mapping[str, Document]) -> str:
    """Everything the citations of a statement say: quotes, edges, and their documents' texts and metadata."""
    parts: list[str] = []
    for each in cited:
        parts.extend((each.quote, each.edge))
        source = next((one for one in briefing.sources if one.document == each.document), None)
        if source is not None:
            parts.extend((source.publisher, source.title, day(source.date), source.date))
        document = documents.get(each.document)
        if document is not None:
            parts.extend((document.text, document.publisher, document.title))
            if document.payload is not None:
                parts.append(bytes(document.payload).decode("utf-8", "replace"))
    return _refanged(" ".join(" ".join(parts).split()))


def _refanged(text: str) -> str:
    """Defanged values as they really are, so that what a briefing prints is found."""
    for written, real in (("[.]", "."), ("(.)", "."), ("[:]", ":"), ("[@]", "@"), ("hxxp", "http")):
        text = text.replace(written, real)
    return text


def pieces(text: str) -> list[str]:
    """Ids, dates, numbers and proper names of a sentence; quotations are checked word by word elsewhere."""
    plain = re.sub(r"“[^”]*”", " ", text)
    found = [each[0] for each in _ID.finditer(plain)]
    plain = _ID.sub(" ", plain)
    found += [each[0] for each in _DATE.finditer(plain)]
    plain = _DATE.sub(" ", plain)
    plain = re.sub(r"\bCVSS \d\.\d\b|\bATT&CK\b|\bSSVC\b|\bEPSS\b|\bKEV\b|\bCVSS\b", " ", plain)
    found += [each[0].rstrip(".,") for each in _NUMBER.finditer(plain)]
    plain = re.sub(r"\S*\d\S*", " ", plain)
    found += [
        each[0].strip(" .'’").removesuffix("'s").removesuffix("’s")
        for each in _NAME.finditer(plain)
        if len(each[0]) > 2
    ]
    return list(dict.fromkeys(found))


def _other_form(piece: str, held: str) -> bool:
    """The same date or number in another form: "2 June 2026" as "June 2, 2026" or "2026-06-02"."""
    for short, long in _LONG_FORMS.items():
        if piece.startswith(short + " ") and long.lower() in held.lower():
            return (
                re.search(
                    rf"{long}\s+(?:No\.\s+)?{re.escape(piece[len(short) + 1 :])}\b", held, re.IGNORECASE
                )
                is not None
            )
    found = _DATE.fullmatch(piece)
    if found and found[1]:
        number, month, year = found[1], found[2], found[3]
        position = _MONTHS.split("|").index(month) + 1
        forms = (
            f"{year}-{position:02d}-{int(number):02d}",
            f"{year}/{position:02d}/{int(number):02d}",
            f"{month} {number}, {year}",
            f"{month[:3]} {int(number):02d}, {year}",
            f"{month[:3]} {number}, {year}",
            f"{number} {month[:3]} {year}",
        )
        return any(form.lower() in held.lower() for form in forms)
    if found and found[4]:
        position = _MONTHS.split("|").index(found[4]) + 1
        return f"{found[5]}-{position:02d}" in held or f"{found[4].lower()}" in held.lower()
    if re.fullmatch(r"[\d,]+(?:\.\d+)?", piece):
        plain = piece.replace(",", "").removesuffix(".0")
        return re.search(rf"(?<![\d.]){re.escape(plain)}(?:\.0+)?(?![\d])", held.replace(",", "")) is not None
    # A name of several words: each of them must stand there.
    words = [each for each in piece.split() if each[0].isupper()]
    return len(words) > 1 and all(re.search(rf"\b{re.escape(each)}", held) for each in words)


def _in_pack(piece: str, cited: list[Citation], knowledge: Knowledge) -> bool:
    if re.fullmatch(r"T\d{4}(?:\.\d{3})?|AML\.T\d{4}(?:\.\d{3})?", piece):
        return knowledge.technique(piece) is not None
    if piece.startswith("CWE-"):
        return knowledge.weakness(piece) is not None
    names = " ".join(
        node.name
        for each in cited
        for id_ in re.findall(r"T\d{4}(?:\.\d{3})?", f"{each.edge} {each.quote}")
        if (node := knowledge.technique(id_)) is not None
    )
    names += " " + " ".join(
        weakness.name
        for each in cited
        for id_ in re.findall(r"CWE-\d+", f"{each.edge} {each.quote}")
        if (weakness := knowledge.weakness(id_)) is not None
    )
    return piece.lower() in names.lower() or piece in ("CISA", "EPSS", "CVSS", "SSVC")


def _all_quotes(briefing: Briefing) -> str:
    return " ".join(each.quote for each in briefing.citations)


def _runs(briefing: Briefing, documents: Mapping[str, Document]) -> Iterator[Finding]:
    page = briefing.page_one
    ours = [
        *(page.decide, *page.known, *page.unknown, *page.would_change),
        *briefing.summary,
        *briefing.analysis,
        *briefing.escalation,
        *briefing.recovery,
    ]
    shingles: set[tuple[str, ...]] = set()
    titles = [briefing.title, *(each.title for each in briefing.sources)]
    names = {tuple(run) for title in titles for run in _windows(title)}
    for document in documents.values():
        shingles.update(_windows(_NOT_PROSE.sub(" ¦ ", document.text)))
    named = sorted(
        {f"{each.vendor} {each.product}".strip() for each in briefing.products}
        | {each.product for each in briefing.products},
        key=len,
        reverse=True,
    )
    named += [each.name for each in briefing.techniques if each.name]
    named += [each.name for each in briefing.weaknesses if each.name]
    for each in ours:
        text = re.sub(r"“[^”]*”", " ¦ ", each.text)
        for name in named:
            text = text.replace(name, " ¦ ")
        for run in _windows(_NOT_PROSE.sub(" ¦ ", text)):
            if run in shingles and run not in names:
                yield Finding("copied-run", each.sid, f"Shared with a source: “{' '.join(run)}”.")
                break


def _windows(text: str) -> Iterator[tuple[str, ...]]:
    for part in text.split("¦"):
        found = [each.lower() for each in _WORD.findall(part)]
        for index in range(len(found) - RUN + 1):
            yield tuple(found[index : index + RUN])


def check_quotes(briefing: Briefing, documents: Mapping[str, Document]) -> Iterator[Finding]:
    """Citations whose quote does not stand in its document."""
    flat: dict[str, str] = {}
    for each in briefing.citations:
        document = documents.get(each.document)
        if document is None or not each.quote:
            continue
        text = flat.get(document.id)
        if text is None:
            text = " ".join(document.text.split())
            if document.payload is not None:
                text += " " + _strings(msgspec.json.decode(document.payload))
            flat[document.id] = text
        quote = each.quote.removeprefix("… ").removesuffix(" …")
        if " ".join(quote.split()) not in text and not quote.startswith(("{", "[")):
            yield Finding(
                "quote-not-in-source", f"citation {each.id}", f"“{quote}” does not stand in its source."
            )


def _strings(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(_strings(each) for each in value.values())
    if isinstance(value, list):
        return " ".join(_strings(each) for each in value)
    return " ".join(str(value).split())
