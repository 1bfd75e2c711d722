# SPDX-License-Identifier: Apache-2.0
"""Products with affected and fixed versions, as a text states them.

Three sources of a name: the KEV catalogue for a flaw that the text speaks of (vendor and product official, if the
text names the product), the grammar of version statements ("X before 1.2.3", "X 10.0 through 10.4", "fixed in
X 1.2.3"), and the grammar of flaws ("a vulnerability in X"). A name is never guessed from a capital letter alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from scc.model.facts import Product
from scc.read.flaws.fixed_versions import note_fixed
from scc.read.flaws.product_names import (
    BUILD,
    MANY,
    NAMED_VERSION,
    NOT_PRODUCT,
    PRODUCT,
    VERSION,
    houses,
    product_name,
    vendor_of,
)
from scc.read.flaws.scores import flaw_near, flaws_of
from scc.read.flaws.version_ranges import BETWEEN, PATCHED, orderly, row
from scc.read.page import Notes, Page
from scc.read.phrases import WORD
from scc.read.sought import Sought

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

_TAILS: Final = (
    Sought(rf"(?P<versions>(?<![\w.])(?P<both>{BETWEEN}))", at="# v#"),
    Sought(
        rf"(?P<versions>\b(?:from[ \n])?{VERSION}[ \n](?:through|to|up to|until|--|–|-)[ \n]{VERSION})",
        at="# v# from",
    ),
    Sought(rf"(?P<versions>(?:<=?|≤)[ \n]?{VERSION})", marks="<≤"),
    Sought(
        rf"(?P<versions>\b(?:before|prior to|earlier than|older than|below|up to(?: and including)?|through)[ \n](?:version[ \n]|v)?(?:{PATCHED}|{VERSION}|{BUILD}))",
        at="before prior earlier older below up through",
    ),
    Sought(
        rf"(?P<versions>(?<![\w.]){VERSION}[ \n](?:and|or)[ \n](?:all[ \n])?(?:earlier|below|prior|older|lower)(?:[ \n](?:versions?|releases?))?)",
        at="# v#",
        near="earlier below prior older lower",
    ),
    Sought(
        r"(?P<versions>\b(?:bis(?:[ \n](?:einschließlich|inklusive))?|vor|älter[ \n]als|antérieures?[ \n]à|avant|jusqu['’]à|anteriores?[ \n]a|hasta|antes[ \n]de)[ \n](?:(?:la|der)[ \n])?(?:[vV]ersi[oó]n[ \n])?v?\d{1,5}(?:\.\d{1,6}){1,4}(?![.\w]*\w))",
        at="bis vor älter antérieure avant jusqu anterior hasta antes",
    ),
)
"""Ranges, upper limits, "and earlier": looked for first; the product stands right before them."""
_HEAD: Final = re.compile(rf"{PRODUCT},?[ \n]\(?(?:(?:all )?{NAMED_VERSION}[ \n](?:{VERSION}[ \n])?)?$")
_DAY: Final = re.compile(
    r"\.?[ \n](?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\w*\b|\.?[ \n](?:Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|janvier|février|mars|avril|juin|juillet|août|octobre|décembre|de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|octubre|diciembre))\b"
)
_SAID: Final = re.compile(rf"{NAMED_VERSION}[ \n]$")
_LINE_HEAD: Final = re.compile(r"(?:^|\n)[ \t]{0,8}(?:[-*•][ \t])(?P<product>[a-z][\w.+-]{2,40})[ \t]$")
"""A list's line may begin with a name in small letters: "- oauth2 < v0.6.1"."""
_ROW: Final = re.compile(
    rf"[ \t]{{0,8}}[-*•] {PRODUCT}(?:(?: [Vv]ersion)? \w{{2,6}})? (?:pour|for|für|para) (?:[a-zà-ÿ\d]{{2,12}} ){{0,3}}$"
)
"""A row's product, where the name right before the versions is the system it runs on: "Office pour Android versions …"."""
_HEAD_MOST: Final = 100
_LISTED: Final = Sought(rf"\b(?:versions?|releases?)[ \n](?P<versions>{MANY})", at="version release")
_LISTED_HEAD: Final = re.compile(r"(?P<product>[A-Za-z@][\w@/+-]{1,60}(?:[ \n][A-Z][\w-]{1,30}){0,3})[ \n]$")
_OF: Final = Sought(
    rf"\b(?:versions?|releases?)[ \n](?P<versions>{MANY}(?:[ \n](?:through|to)[ \n]{VERSION})?)[ \n](?:of|for)[ \n](?:the[ \n])?{PRODUCT}",
    at="version release",
)
_GENERIC: Final = frozenset(
    "between least malicious trojanized trojanised poisoned compromised affected vulnerable all and of the these two in on following to from infected official new older earlier recent clean package packages npm pypi its their both several three backdoored rogue tainted latest as with for".split()
)
_HARMFUL: Final = re.compile(
    r"\b(?:malicious|compromised|affected|vulnerable|backdoored|infected|trojani[sz]ed|impact\w*|exploit\w*|flaw|poisoned)\b",
    re.IGNORECASE,
)
_FIXING: Final = re.compile(r"\b(?:fix|patch|address|resolv|upgrad|updat|clean|safe)\w*\b", re.IGNORECASE)
_FLAW_IN: Final = Sought(
    rf"\b(?:vulnerabilit(?:y|ies)|flaws?|bugs?|zero-days?|0-days?|weakness(?:es)?|issue|hole)\b(?:[ \n]\([^)\n]{{3,80}}\))?[ \n](?:\((?:CVE|tracked)[^)\n]{{3,80}}\)[ \n])?(?:in|of|affecting|impacting|within)[ \n](?:the[ \n]|a[ \n])?(?:[a-z][\w-]*[ \n](?:of|in|for)[ \n](?:the[ \n])?){{0,2}}{PRODUCT}",
    at="vulnerabilit flaw bug zero 0 weakness issue hole",
)
_AFFECTS: Final = Sought(
    rf"\b(?:[Vv]ulnerabilit(?:y|ies)|[Ff]laws?|[Bb]ugs?|CVE-\d{{4}}-\d{{4,7}})[ \n](?:affects?|impacts?)[ \n](?:the[ \n]|all[ \n])?{PRODUCT}",
    at="vulnerabilit flaw bug cve",
)
_CVE_IN: Final = Sought(
    rf"\bCVE-\d{{4}}-\d{{4,7}},?[ \n](?:\([^)\n]{{3,60}}\)[ \n])?(?:in|de|dans|en)[ \n](?:(?:the|le|la|les|el|los|las)[ \n])?{PRODUCT}",
    at="cve",
)
""""Attackers exploit CVE-2025-31324 in SAP NetWeaver"."""
_FLAW_CLASS: Final = r"(?:vulnerability|flaw|bug|zero-day|overflow|underflow|injection|traversal|bypass|use-after-free|confusion|corruption|disclosure|deserialization|weakness|write|read|Lücke|Schwachstelle|faille|vulnérabilité|débordement|vulnerabilidad|fallo|desbordamiento)"
_LIBRARY: Final = Sought(
    rf"\b{_FLAW_CLASS}[ \n](?:\((?:CVE|CWE)-[\d-]{{2,14}}\)[ \n])?(?:in|dans|de|en)[ \n](?:the[ \n](?:[a-z]{{3,12}}[ \n])?)?(?P<product>(?:lib(?!rar|er)[a-z][a-z\d_+-]{{1,25}}|open(?:ssl|ssh|vpn|ldap|slp|smtpd|wrt)|[a-z]{{2,20}}\.(?:js|py|io|rs)))(?![\w-])",
    at=_FLAW_CLASS[3:-1].replace("|", " ").lower(),
)
"""Libraries and tools whose names are written small: "a heap overflow (CWE-122) in libwebp"."""
_CONTAINS: Final = Sought(
    r"[ \n](?:contains?|has|have|suffers? from)[ \n](?:a|an|two|three|several|multiple)[ \n](?:[a-z-]{3,20}[ \n]){0,4}(?:vulnerabilit(?:y|ies)|flaws?|bugs?|weakness(?:es)?)\b",
    near="vulnerabilit flaw bug weakness",
)
_BEFORE: Final = re.compile(rf"{PRODUCT}$")
_USED_IN: Final = re.compile(
    rf",?[ \n]as[ \n](?:used|shipped|included|bundled)[ \n](?:in|by|with)[ \n](?:the[ \n])?{PRODUCT}"
)
"""In "OpenSLP as used in ESXi" the product to look for is the second one."""


def note_products(page: Page, notes: Notes, knowledge: Knowledge) -> None:
    """Note affected products with versions, fixed versions, and what fixes the document's flaw."""
    told: set[str] = set()
    _note_listed(page, notes, knowledge, told)
    low = page.low
    if not (
        "vulnerab" in low
        or "flaw" in low
        or "version" in low
        or "patch" in low
        or "bug" in low
        or "zero-day" in low
        or "cve-" in low
        or "release" in low
        or "affected" in low
        or "at risk" in low
        or "lücke" in low
        or "betroffen" in low
        or "faille" in low
        or "vulnérab" in low
        or "fallo" in low
    ):
        return
    for product, versions, start, end in _affected(page):
        vendor, name = vendor_of(product, knowledge)
        told.add(name.lower())
        flaw = flaw_near(page, start)
        notes(
            Product(name, vendor, versions, vulnerability=flaw, status="affected"),
            start,
            end,
            "stated",
            0.85,
            "grammar:versions",
        )
    note_fixed(page, notes, knowledge)
    for each in _named(page):
        used = _USED_IN.match(page.text, each.end("product"))
        found = used or each
        cleaned = product_name(found["product"])
        if (
            not cleaned
            or page.section(each.start()) == "reference"
            or spared(page.text, found.end("product"))
        ):
            continue
        vendor, name = vendor_of(cleaned, knowledge)
        if not vendor and (name.lower() in houses(knowledge) or _is_place(name, page)):
            continue
        if name.lower() in told or any(name.lower() in each_told for each_told in told):
            continue
        told.add(name.lower())
        start = found.start("product")
        notes(
            Product(name, vendor, vulnerability=flaw_near(page, start), status="affected"),
            start,
            start + len(cleaned),
            "stated",
            0.75,
            "grammar:flaw-in",
        )


_SPARED: Final = re.compile(
    r"[^.;,!?\n]{0,30}\b(?:not|nicht|pas|no)\b[^.;,!?\n]{0,20}?\b(?:affected|vulnerable|concerned|present|vor|vorhanden|betroffen|concernée?|touchée?|présente?|afectad[oa]|está)\b"
)


def spared(text: str, end: int) -> bool:
    """Whether what follows a product's name says that the flaw is not in it."""
    return _SPARED.match(text, end, end + 90) is not None


def _named(page: Page) -> Iterator[re.Match[str]]:
    """Places where a sentence on a flaw names a product, in the group `product`."""
    for form in (_FLAW_IN, _AFFECTS, _CVE_IN, _LIBRARY):
        yield from page.find(form)
    for each in page.find(_CONTAINS):
        begin = max(0, each.start() - _HEAD_MOST)
        head = _BEFORE.search(page.text, begin, each.start())
        if head is not None:
            yield head


def _note_listed(page: Page, notes: Notes, knowledge: Knowledge, told: set[str]) -> None:
    """The product that KEV gives for a flaw of the page, where the text names it."""
    for flaw in sorted(flaws_of(page)):
        entry = knowledge.kev(flaw)
        if entry is None:
            continue
        for name in re.split(r",\s| and ", entry.product)[:4]:
            words = WORD.findall(name.lower())
            if not words or name.lower() in ("multiple products", "multiple"):
                continue
            start = _place(page, words)
            if start is None and (family := _family(entry.vendor, name, knowledge)):
                # "Confluence" for "Confluence Data Center": what several products of one vendor are called by.
                name, start = family, _place(page, [family.lower()])
            if start is not None:
                told.add(name.lower())
                notes(
                    Product(name, entry.vendor, vulnerability=flaw, status="affected"),
                    *start,
                    "matched",
                    0.9,
                    "kev:product",
                )


_PLAIN: Final = frozenset("adaptive endpoint graphics streaming visual wireless catalyst".split())
"""First words of products that are words of the language too."""


@lru_cache(maxsize=4)
def _families(knowledge: Knowledge) -> frozenset[tuple[str, str]]:
    """(vendor, first word) where at least two products of one vendor, and of no other, begin with the word."""
    products: dict[str, set[tuple[str, str]]] = {}
    for each in knowledge.kevs():
        for name in re.split(r",\s| and ", each.product):
            if " " in name:
                products.setdefault(name.split()[0], set()).add((each.vendor, name))
    return frozenset(
        (next(iter(held))[0], word)
        for word, held in products.items()
        if len(held) >= 2
        and len({vendor for vendor, _ in held}) == 1
        and len(word) >= 5
        and word.isalpha()
        and word.lower() not in NOT_PRODUCT | _PLAIN
        and word not in next(iter(held))[0]
    )


def _family(vendor: str, name: str, knowledge: Knowledge) -> str:
    """The word that a product and its siblings begin with, "" where that says nothing."""
    word = name.split()[0]
    return word if (vendor, word) in _families(knowledge) else ""


def _is_place(name: str, page: Page) -> bool:
    """Whether what stands after "in" is where, not what: a country or sector, or part of the name of the office that
    writes ("in Western Australia")."""
    held = {
        page.text[page.words.starts[hit.first] : page.words.ends[hit.last - 1]].lower()
        for hit in page.hits.get("places", [])
    }
    office = page.document.publisher_kind in ("authority", "cert") and name in page.document.publisher
    return office or name.lower() in held


def _place(page: Page, wanted: list[str]) -> tuple[int, int] | None:
    """The first place where the words stand in a row, written with a capital or digit."""
    words, size = page.words, len(wanted)
    for index, low in enumerate(words.lows):
        if low == wanted[0] and words.lows[index : index + size] == wanted:
            start = words.starts[index]
            if not page.text[start].islower() or size > 1:
                return start, words.ends[index + size - 1]
    return None


def _affected(page: Page) -> Iterator[tuple[str, str, int, int]]:
    seen: set[int] = set()
    rows: list[tuple[int, int]] = []
    text = page.text
    for tail in _TAILS:
        for each in page.find(tail):
            begin = max(0, each.start() - _HEAD_MOST)
            before = text[begin : each.start()]
            head = _HEAD.search(before) or _LINE_HEAD.search(before)
            cleaned = product_name(head["product"]) if head else ""
            if not head or not cleaned or any(start <= each.start() < stop for start, stop in rows):
                continue
            if _DAY.match(text, each.end()):
                continue  # "Course 5 – 16 October": days
            if tail is _TAILS[0] and not orderly(each["versions"], _SAID.search(before) is not None):
                continue
            start = begin + head.start("product")
            told = _ROW.match(text, page.line(start)[0], start)
            if told is not None and (named := product_name(told["product"])):
                cleaned, start = named, told.start("product")
            versions, end = row(text, each["versions"], each.end())
            seen.add(each.start())
            rows.append((each.start(), end))
            yield cleaned, versions, start, end
    for each in page.find(_OF):
        cleaned = product_name(each["product"])
        if (
            cleaned
            and each.start("versions") not in seen
            and re.search(r"\d\.\d", each["versions"])
            and re.search(
                r"\b(?:malicious|compromised|affected|vulnerable|affects?|backdoored|infected|trojani[sz]ed|impacts?|poisoned)\b",
                page.sentence_text(each.start()),
                re.IGNORECASE,
            )
        ):
            seen.add(each.start("versions"))
            yield (
                cleaned,
                " ".join(each["versions"].split()),
                each.start("versions"),
                each.start("product") + len(each["product"]),
            )
    for each in page.find(_LISTED):
        begin = max(0, each.start() - _HEAD_MOST)
        head = _LISTED_HEAD.search(text[begin : each.start()])
        if (
            not head
            or each.start("versions") in seen
            or any(start < each.end() <= stop for start, stop in rows)
            or not re.search(r"\d\.\d", each["versions"])
        ):
            continue
        sentence = page.sentence_text(each.start())
        if not _HARMFUL.search(sentence) or _FIXING.search(sentence):
            continue
        name = head["product"].strip()
        name = re.split(r"[ \n]", name)[-1] if name.split()[0].islower() else name
        first = name.split()[0].lower()
        if first in NOT_PRODUCT or name.lower() in _GENERIC or (name.islower() and len(name) < 4):
            continue
        seen.add(each.start("versions"))
        yield name, " ".join(each["versions"].split()), each.start() - 1 - len(name), each.end("versions")
