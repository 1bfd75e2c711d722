# SPDX-License-Identifier: Apache-2.0
"""Identifiers printed in a text: flaws, bulletins, orders, directives, laws, regulations.

Only what is printed is noted, in canonical form. CWE, ATT&CK and CVSS have modules of their own. Short names
of acts ("NIS 2") come from `content/names/acts.csv`; a short name never gives an id that the table lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from scc.model.facts import Identifier
from scc.read.flaws.advisory_pages import own_advisory
from scc.read.page import Notes, Page
from scc.read.sought import Sought, found_at, found_from

if TYPE_CHECKING:
    from scc.content import Content

Scheme = Literal[
    "cve", "ghsa", "osv", "capec", "bulletin", "executive-order", "law", "directive", "regulation"
]
Relation = Literal["main", "related", "amends", "revokes", "mentions"]

_H: Final = "[-‐‑‒–—]"
CVE: Final = re.compile(
    rf"(?<![A-Za-z0-9])CVE(?:{_H}|[ _])((?:19|20)\d\d){_H}(\d{{4}}|[1-9]\d{{4,6}})(?!\d|{_H}[A-Z](?!\w))",
    re.IGNORECASE,
)
_GHSA: Final = re.compile(rf"(?<!\w)GHSA((?:{_H}[23456789cfghjmpqrvwx]{{4}}){{3}})(?!\w)", re.IGNORECASE)
_OSV: Final = Sought(
    r"(?<![\w-])(?:(?:PYSEC|RUSTSEC|MAL|OSV|HSEC|RSEC|DRUPAL-CORE|GO)-(?:19|20)\d\d-\d{1,6})(?![\w-])",
    at="pysec rustsec mal osv hsec rsec drupal go",
)
_CAPEC: Final = re.compile(r"(?<!\w)CAPEC-(\d{1,3})(?!\d)")
_BULLETIN: Final = Sought(
    r"(?<![\w-])(?:MS\d\d-\d{3}|KB\d{6,7}|FG-IR-\d\d-\d{3,4}|cisco-sa-[\w-]{4,60}|VMSA-\d{4}-\d{4,5}(?:\.\d{1,2})?|"
    r"APS[BA]\d\d-\d{2,3}|ICS(?:A|MA)-\d\d-\d{3}-\d\d|AA\d\d-\d{3}[A-Z]|CTX\d{6,7}|JSA\d{5,6}|SNWLID-\d{4}-\d{4}|"
    r"ZDI-(?:CAN-\d{4,6}|\d\d-\d{3,4})|sk\d{5,6}|RH[SBE]A-\d{4}:\d{4,6}|USN-\d{4,5}-\d{1,2}|D[SL]A-\d{4}-\d{1,2}|"
    r"GLSA-\d{6}-\d\d|CERTFR-\d{4}-(?:AVI|ALE|CTI|ACT)-\d{3,4}|VU#\d{4,6}|PAN-SA-\d{4}-\d{4}|TALOS-\d{4}-\d{4}|"
    r"JVNDB-\d{4}-\d{6}|JVN#\d{8}|SUSE-[SR]U-\d{4}:\d{4,6}(?:-\d)?|ALAS\d?-\d{4}-\d{3,5}|SVD-\d{4}-\d{4}|"
    r"SSA-\d{6}|SEVD-\d{4}-\d{3}-\d\d|NCSC-\d{4}-\d{4}|WID-SEC-\d{4}-\d{4}|ELSA-\d{4}-\d{4,6}|XSA-\d{2,4}|"
    r"UNC-SA-\d{4}|SA-(?:CORE|CONTRIB)-\d{4}-\d{3}|openSUSE-SU-\d{4}:\d{4,6}(?:-\d)?)(?![\w])",
    at="ms# kb# fg cisco vmsa apsa apsb icsa icsma aa# ctx# jsa# snwlid zdi sk# rhsa rhba rhea usn dsa dla glsa certfr vu pan talos jvndb jvn suse alas svd ssa sevd ncsc wid elsa xsa unc sa opensuse",
)
_ORDER: Final = re.compile(
    r"\bExecutive[ \n]Orders?(?:[ \n](?:No\.?|Number|\(E\.?O\.?\)))?[ \n](1[0-4]\d{3})"
    r"((?:(?:,|,?[ \n]and)[ \n](?:Executive[ \n]Order[ \n])?1[0-4]\d{3}){0,6})(?!\d)|\bE\.?O\.?[ \n-]{0,2}(1[0-4]\d{3})(?!\d)",
)
_BOD: Final = Sought(
    rf"\b(?:(Binding Operational Directive|BOD)|(Emergency Directive|ED))(?: \((?:BOD|ED)\))?[ \n-](\d\d){_H}(\d\d)(?![\d-])",
    at="binding bod emergency ed",
)
_MEMO: Final = Sought(
    r"(?<![\w-])(?:NSM|NSPM|PPD|HSPD|NSPD)[- ]\d{1,2}(?!\d)|\bOMB (?:Memorandum )?(M-\d\d-\d\d)(?!\d)",
    at="nsm nspm ppd hspd nspd omb",
)
_EU_NUMBER: Final = re.compile(
    r"\b((?:Implementing |Delegated )?Regulation|Directive|Decision|Verordnung|[Rr]èglement|Reglamento|[Rr]egolamento|Verordening|Richtlinie|Directiva|[Dd]irettiva|Richtlijn) \((EU|EC|EEC|EU, Euratom|UE|EG|CE)\) (?:No\.? ?)?(\d{2,4}/\d{2,4})(?!\d)"
)
_EU_BODIES: Final = ("(EU)", "(EC)", "(EEC)", "(EU, Euratom)", "(UE)", "(EG)", "(CE)")
_EU_KINDS: Final = {
    "Verordnung": "Regulation", "Règlement": "Regulation", "Reglamento": "Regulation", "Regolamento": "Regulation",
    "Verordening": "Regulation", "Richtlinie": "Directive", "Directiva": "Directive", "Direttiva": "Directive",
    "Richtlijn": "Directive",
}  # fmt: skip
_EU_OLD: Final = re.compile(r"\bDirective (\d{2,4}/\d{1,3}/(?:EC|EEC|EU))\b")
_PUBLIC: Final = re.compile(r"\b(?:Public Law|Pub\. ?L\.)(?: No\.?)? (\d{2,3})[-–](\d{1,3})(?!\d)")
_USC: Final = re.compile(
    r"\b(\d{1,2}) U\.?S\.?C\.? (?:§{1,2} ?|[Ss]ections? )?(\d{1,5}[a-z]?(?:-\d{1,2})?)((?:\([A-Za-z0-9]{1,3}\)){0,5})"
)
_CFR: Final = re.compile(
    r"\b(\d{1,2}) C\.?F\.?R\.? (?:§{1,2} ?|[Pp]arts? )?(\d{1,5}(?:\.\d{1,4})?)((?:\([A-Za-z0-9]{1,3}\)){0,5})"
)
_FIGURES: Final = re.compile(r"\d+")
_BILL: Final = re.compile(r"\bH\. ?R\. ?(\d{1,5})(?!\d)")

_AMENDS: Final = re.compile(r"\bamend(?:s|ed|ing|ment)?\b", re.IGNORECASE)
_REVOKES: Final = re.compile(
    r"\b(?:revok(?:e|es|ed|ing)|rescind(?:s|ed|ing)?|repeal(?:s|ed|ing)?|supersed(?:e|es|ed|ing)|replac(?:es|ed|ing)|clos(?:es|ed|ing))\b",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(
    r"\b(?:earlier this|last (?:year|month|week)|previously|similar to|in the past|unrelated|separate(?:ly)?|also (?:added|fixed|patched|addressed|disclosed)|"
    r"other (?:flaws|vulnerabilities)|reminiscent|comes? (?:days|weeks|months) after|back in|related)\b",
    re.IGNORECASE,
)
_LEGAL: Final = frozenset({"executive-order", "law", "directive", "regulation"})
"""An act that a title says is amended is not the act that the text is."""
_MAIN_MOST: Final = 6
"""With more different flaws than this, only those of the title count as the main ones."""
_LIST_MOST: Final = 50
"""Lines of a list that are followed upwards."""


class ActName(msgspec.Struct, frozen=True):
    """A row of content/names/acts.csv: how people call an act, and its official number."""

    name: str
    scheme: Scheme
    value: str
    case: Literal["any", "exact"] = "any"


def note_identifiers(page: Page, notes: Notes) -> None:
    """Note every identifier with what it is to the document: main, amends, revokes, related or mentions."""
    found = sorted(_found(page), key=lambda each: (each[2], -each[3]))
    flaws = {value for scheme, value, _, _ in found if scheme == "cve"}
    title_end = len(page.document.title) if page.text.startswith(page.document.title) else 0
    in_title = {
        value
        for scheme, value, start, _ in found
        if start < title_end and not (scheme in _LEGAL and _AMENDS.search(page.text, 0, start))
    }
    told: dict[tuple[Scheme, str], tuple[Relation, int, int]] = {}
    own = own_advisory(page.document)
    for scheme, value, start, end in found:
        relation = _relation(page, scheme, value, start, flaws, in_title)
        if own is not None and scheme in ("ghsa", "osv"):
            relation = "main" if (scheme, value) == own else "mentions"
        known = told.get((scheme, value))
        if known is None or (_RANK[relation] < _RANK[known[0]]):
            told[scheme, value] = (relation, start, end)
    for (kind, name), (relation, start, end) in told.items():
        notes(Identifier(kind, name, relation), start, end, "stated", 1.0, f"pattern:{kind}")


_RANK: Final[dict[Relation, int]] = {"main": 0, "revokes": 1, "amends": 2, "related": 3, "mentions": 4}


def _found(page: Page) -> Iterator[tuple[Scheme, str, int, int]]:
    text = page.text
    low = page.low
    if "cve" in low:
        for each in found_from(CVE, ("cve",), low):
            yield "cve", f"CVE-{each[1]}-{each[2]}", each.start(), each.end()
    if "ghsa" in low:
        for each in _GHSA.finditer(text):
            yield "ghsa", "GHSA" + re.sub(_H, "-", each[1]).lower(), each.start(), each.end()
    for each in page.find(_OSV):
        yield "osv", each[0], each.start(), each.end()
    if "CAPEC" in text:
        for each in _CAPEC.finditer(text):
            yield "capec", f"CAPEC-{int(each[1])}", each.start(), each.end()
    for each in page.find(_BULLETIN):
        yield "bulletin", each[0], each.start(), each.end()
    yield from _acts(page)
    yield from _named_acts(page)


def eu_number(kind: str, body: str, number: str) -> str:
    """The name of an act of the Union in English, from its parts in any language."""
    kind = _EU_KINDS.get(kind.split()[-1].capitalize(), kind.split()[-1])
    return f"{kind} ({ ({'UE': 'EU', 'EG': 'EC', 'CE': 'EC'}.get(body, body)) }) {number}"


def eu_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Acts of the Union as text[start:end] prints them, each with its kind, body and number."""
    if any(text.find(each, start, end) >= 0 for each in _EU_BODIES):
        yield from _EU_NUMBER.finditer(text, start, len(text) if end is None else end)


def _acts(page: Page) -> Iterator[tuple[Scheme, str, int, int]]:
    text = page.text
    for each in found_from(_ORDER, ("Executive", "EO", "E.O"), text):
        for number in re.findall(r"1[0-4]\d{3}", each[0]):
            at = text.index(number, each.start())
            start = each.start() if number in (each[1], each[3]) else at
            yield "executive-order", f"EO {number}", start, at + len(number)
    for each in page.find(_BOD):
        yield "directive", f"{'BOD' if each[1] else 'ED'} {each[3]}-{each[4]}", each.start(), each.end()
    for each in page.find(_MEMO):
        yield "directive", each[1] or each[0].replace(" ", "-"), each.start(), each.end()
    for each in eu_numbers(text):
        value = eu_number(each[1], each[2], each[3])
        scheme: Scheme = "directive" if value.startswith("Directive") else "regulation"
        yield scheme, value, each.start(), each.end()
    for each in _EU_OLD.finditer(text) if "Directive" in text else ():
        yield "directive", f"Directive {each[1]}", each.start(), each.end()
    for each in found_from(_PUBLIC, ("Pub",), text):
        yield "law", f"Public Law {each[1]}-{each[2]}", each.start(), each.end()
    for each in found_at(_USC, _FIGURES, text) if "U.S.C" in text or "USC" in text else ():
        yield "law", f"{each[1]} U.S.C. {each[2]}{each[3]}", each.start(), each.end()
    for each in found_at(_CFR, _FIGURES, text) if "C.F.R" in text or "CFR" in text else ():
        yield "regulation", f"{each[1]} CFR {each[2]}{each[3]}", each.start(), each.end()
    for each in _BILL.finditer(text) if "R." in text else ():
        yield "law", f"H.R. {each[1]}", each.start(), each.end()


def phrases(content: Content) -> list[tuple[str, ActName]]:
    """What acts are called."""
    return [(each.name, each) for each in content.table("names/acts", ActName)]


def _named_acts(page: Page) -> Iterator[tuple[Scheme, str, int, int]]:
    for hit in page.hits.get("acts", []):
        start, end = page.words.starts[hit.first], page.words.ends[hit.last - 1]
        written = " ".join(page.text[start:end].split())
        if hit.value.case == "any" or written == hit.value.name:
            yield hit.value.scheme, hit.value.value, start, end


def _relation(
    page: Page, scheme: Scheme, value: str, start: int, flaws: set[str], in_title: set[str]
) -> Relation:
    if value in in_title and (scheme != "cve" or len(flaws & in_title) <= _MAIN_MOST):
        return "main"
    sentence = page.sentence_text(start)
    if scheme in _LEGAL:
        if value.split()[0] in ("EO", "BOD", "ED", "Directive", "Regulation"):
            before, after = page.text[max(0, start - 60) : start], page.text[start : start + 220]
            for pattern, what in ((_REVOKES, "revokes"), (_AMENDS, "amends")):
                if pattern.search(re.split(r"[.;]\s", before)[-1]) or re.search(
                    rf"(?:is|are|was|were|be|been) (?:hereby )?(?:further )?(?:{pattern.pattern})",
                    re.split(r"\.\s", after)[0],
                    re.IGNORECASE,
                ):
                    return what  # type: ignore[return-value]
        own = start < page.lead and scheme in ("executive-order", "directive", "regulation") and not in_title
        return "main" if own and _speaks_of_itself(sentence) else "mentions"
    if page.section(start) == "reference":
        return "mentions"
    if scheme == "cve":
        if in_title & flaws:
            return "related"
        if (
            len(flaws) <= _MAIN_MOST
            and not _ASIDE.search(sentence)
            and (_list_start(page.text, start) < page.lead or len(flaws) <= 2)
        ):
            return "main"
    if scheme in ("ghsa", "osv") and start < page.lead:
        return "main"
    return "mentions"


def _list_start(text: str, start: int) -> int:
    """Where the list of flaws begins whose line `start` opens; `start` itself where there is none.

    What holds for the first line of such a list holds for the others."""
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].strip(" \t-*•|"):
        return start
    for _ in range(_LIST_MOST):
        above = text.rfind("\n", 0, max(line - 1, 0)) + 1
        opens = text[above : above + 12].lstrip(" \t-*•|")
        if above >= line or not opens.startswith("CVE-"):
            break
        line = above
    return line


def _speaks_of_itself(sentence: str) -> bool:
    return (
        re.search(
            r"\b(?:signed|issued|issues|directs|order|directive|establishes|establishing|requires|published|says)\b",
            sentence,
            re.IGNORECASE,
        )
        is not None
    )
