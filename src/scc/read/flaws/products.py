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

from scc.model.facts import Claim, Product
from scc.read.flaws.scores import flaw_near, flaws_of
from scc.read.holders import first_hand, publisher_holder
from scc.read.page import Notes, Page
from scc.read.phrases import WORD, Phrases, Words
from scc.read.sought import Sought

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

_PIECE: Final = r"(?:[A-Z][\w+#-]{0,60}(?:\.(?:js|NET|io|py))?|[a-z]{1,8}[A-Z][\w-]{0,60}|\d{1,4}(?![.\d]))"
_PRODUCT: Final = rf"(?P<product>(?:[A-Z][\w+#-]{{0,60}}(?:\.(?:js|NET|io|py))?|[a-z]{{1,8}}[A-Z][\w-]{{0,60}}|@[\w.-]{{1,40}}/[\w.-]{{1,60}})(?:[ \n](?:for[ \n]|of[ \n])?{_PIECE}){{0,5}})"
_V: Final = r"[vV]?\d{1,6}(?:\.(?:\d{1,8}|x|X)){0,5}(?:[-.+]?(?:rc|beta|alpha|p|hf|build|sp|r|u|SP|GA|LTS|b)\.?\d{0,4})?(?!\.{0,20}\w)"
_BUILD: Final = r"[A-Z][A-Za-z]{1,10}\d{1,4}[A-Za-z\d]{0,6}-\d{4,12}(?:-[A-Z]{1,4})?(?!\w)"
"""A version that is a build's name: "ESXi70U1c-17325551"."""
_MANY: Final = rf"{_V}(?:(?:, and |, or |, | and | or |/){_V}){{0,9}}"
_NAMED_VERSION: Final = r"(?:versions?|releases?|builds?|firmware|v\.?)"
_TAILS: Final = (
    Sought(
        rf"(?P<versions>\b(?:from[ \n])?{_V}[ \n](?:through|to|up to|until|--|–|-)[ \n]{_V})", at="# v# from"
    ),
    Sought(rf"(?P<versions>(?:<=?|≤)[ \n]?{_V})", marks="<≤"),
    Sought(
        rf"(?P<versions>\b(?:before|prior to|earlier than|older than|below|up to(?: and including)?|through)[ \n](?:version[ \n]|v)?(?:{_V}|{_BUILD}))",
        at="before prior earlier older below up through",
    ),
    Sought(
        rf"(?P<versions>(?<![\w.]){_V}[ \n](?:and|or)[ \n](?:all[ \n])?(?:earlier|below|prior|older|lower)(?:[ \n](?:versions?|releases?))?)",
        at="# v#",
        near="earlier below prior older lower",
    ),
)
"""Ranges, upper limits, "and earlier": looked for first; the product stands right before them."""
_HEAD: Final = re.compile(rf"{_PRODUCT},?[ \n](?:\(?(?:all )?{_NAMED_VERSION}[ \n](?:{_V}[ \n])?)?$")
_LINE_HEAD: Final = re.compile(r"(?:^|\n)[ \t]{0,8}(?:[-*•][ \t])(?P<product>[a-z][\w.+-]{2,40})[ \t]$")
"""A list's line may begin with a name in small letters: "- oauth2 < v0.6.1"."""
_HEAD_MOST: Final = 100
_LISTED: Final = Sought(rf"\b(?:versions?|releases?)[ \n](?P<versions>{_MANY})", at="version release")
_LISTED_HEAD: Final = re.compile(r"(?P<product>[A-Za-z@][\w@/+-]{1,60}(?:[ \n][A-Z][\w-]{1,30}){0,3})[ \n]$")
_OF: Final = Sought(
    rf"\b(?:versions?|releases?)[ \n](?P<versions>{_MANY}(?:[ \n](?:through|to)[ \n]{_V})?)[ \n](?:of|for)[ \n](?:the[ \n])?{_PRODUCT}",
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
_FIXED: Final = Sought(
    rf"\b(?:fixed|patched|addressed|resolved|remediated|corrected)[ \n](?:in|with|by|as of)[ \n](?:the[ \n])?(?:release of[ \n])?(?:{_PRODUCT}[ \n])?(?:{_NAMED_VERSION}[ \n])?(?P<fixed>{_MANY})"
    rf"|\b(?:[Uu]pgrad(?:e|ed|ing)|[Uu]pdat(?:e|ed|ing))[ \n](?:(?:immediately|now|their \w+|to the latest|it|installations)[ \n])?to[ \n](?:at least[ \n])?(?:{_PRODUCT.replace('?P<product>', '?P<product2>')}[ \n])?(?:{_NAMED_VERSION}[ \n])?(?P<fixed2>{_MANY})"
    rf"|\bfix(?:es)?(?:[ \n](?:for|to)[ \n][^.;\n]{{2,60}})?[ \n](?:will be|is|are|was|were|has been|have been)[ \n](?:included|shipped|available|released|delivered|part of)[ \n](?:in|with|of)?[ \n]?(?:the[ \n])?(?:{_PRODUCT.replace('?P<product>', '?P<product4>')}[ \n])?(?:{_NAMED_VERSION}[ \n])?(?P<fixed4>{_MANY})"
    rf"|\b(?:[Ii]nstall|[Uu]se|[Aa]pply|[Mm]ove to|[Ss]witch to)[ \n](?:version[ \n]|release[ \n])?(?P<fixed5>{_MANY})(?=,? (?:or (?:later|newer|above)|instead|which (?:closes?|fixes|contains)|to (?:close|fix))|[.;]|$)"
    rf"|\b(?:first[ \n])?fixed[ \n](?:versions?|releases?|builds?)[ \n](?:is|are)[ \n](?P<fixed6>{_MANY})"
    rf"|\b[Vv]ersions?[ \n](?P<fixed3>{_MANY})[ \n](?:fix(?:es)?|address(?:es)?|patch(?:es)?|resolves?|contains? (?:the|a) (?:fix|patch))\b"
    rf"|\b(?P<fixed7>{_MANY})[ \n](?:is|was)[ \n]the[ \n]first[ \n](?:fixed[ \n])?(?:release|version|build)[ \n](?:(?:in[ \n]which|where|that|to|with|without)\b[^.;\n]{{2,60}}?\b(?:closed|fixed|patched|fix|fixes|gone|closes|repaired|removed|bug|flaw|hole|vulnerable)\b)"
    rf"|\b(?:closed|gone|repaired|fixed|patched)[ \n](?:from|since|starting with)[ \n](?:{_NAMED_VERSION}[ \n])?(?P<fixed8>{_MANY})(?=[ \n](?:on|onwards?|upwards?)\b|[.;,]|$)",
    at="# v# version fix patched addressed resolved remediated corrected upgrad updat install use apply move switch first closed gone repaired",
)
_FIXED_GROUPS: Final = ("fixed", "fixed2", "fixed3", "fixed4", "fixed5", "fixed6", "fixed7", "fixed8")
_FLAW_IN: Final = Sought(
    rf"\b(?:vulnerabilit(?:y|ies)|flaws?|bugs?|zero-days?|0-days?|weakness(?:es)?|issue|hole)\b(?:[ \n]\([^)\n]{{3,80}}\))?[ \n](?:\((?:CVE|tracked)[^)\n]{{3,80}}\)[ \n])?(?:in|of|affecting|impacting|within)[ \n](?:the[ \n]|a[ \n])?(?:[a-z][\w-]*[ \n](?:of|in|for)[ \n](?:the[ \n])?){{0,2}}{_PRODUCT}",
    at="vulnerabilit flaw bug zero 0 weakness issue hole",
)
_AFFECTS: Final = Sought(
    rf"\b(?:[Vv]ulnerabilit(?:y|ies)|[Ff]laws?|[Bb]ugs?|CVE-\d{{4}}-\d{{4,7}})[ \n](?:affects?|impacts?)[ \n](?:the[ \n]|all[ \n])?{_PRODUCT}",
    at="vulnerabilit flaw bug cve",
)
_CVE_IN: Final = Sought(
    rf"\bCVE-\d{{4}}-\d{{4,7}},?[ \n](?:\([^)\n]{{3,60}}\)[ \n])?(?:in|de|dans|en)[ \n](?:(?:the|le|la|les|el|los|las)[ \n])?{_PRODUCT}",
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
_BEFORE: Final = re.compile(rf"{_PRODUCT}$")
_USED_IN: Final = re.compile(
    rf",?[ \n]as[ \n](?:used|shipped|included|bundled)[ \n](?:in|by|with)[ \n](?:the[ \n])?{_PRODUCT}"
)
"""In "OpenSLP as used in ESXi" the product to look for is the second one."""
_NOT_PRODUCT: Final = frozenset(
    "the a an this that these those its their our it he she we they in on for of and or by with from at as is was cve cvss cwe versions version update updates patch patches security advisory advisories researchers attackers "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december "
    "cisa nist nvd fbi nsa mitre us u.s uk eu known exploited vulnerabilities catalog catalogue kev internet web remote code execution sql xss csrf api apis http https tcp udp rce dos vpn new earlier affected fixed critical high medium low "
    "ikev1 ikev2 ipsec ssl tls ssh smtp dns ldap kerberos ntlm oauth saml bgp snmp mqtt modbus users customers organizations everyone admins administrators all any both please note however while when if for because according additionally also figure table step section chapter page iso pci example".split()
)
_TAIL: Final = re.compile(r"[ \n](?:for|of|and|\d{1,4})$")


@lru_cache(maxsize=4)
def _vendors(knowledge: Knowledge) -> Phrases[str]:
    """Names of the vendors of the KEV catalogue."""
    names = sorted({each.vendor for each in knowledge.kevs() if 2 < len(each.vendor) < 40})
    return Phrases((name, name) for name in names if WORD.findall(name))


@lru_cache(maxsize=4)
def houses(knowledge: Knowledge) -> frozenset[str]:
    """Vendors of many products: their bare name is no product."""
    products: dict[str, set[str]] = {}
    for each in knowledge.kevs():
        products.setdefault(each.vendor.lower(), set()).add(each.product)
    return frozenset(name for name, found in products.items() if len(found) >= 8)


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
    ):
        return
    for product, versions, start, end in _affected(page):
        vendor, name = _split(product, knowledge)
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
    _note_fixed(page, notes, knowledge)
    for each in _named(page):
        used = _USED_IN.match(page.text, each.end("product"))
        found = used or each
        cleaned = _clean(found["product"])
        if not cleaned or page.section(each.start()) == "reference":
            continue
        vendor, name = _split(cleaned, knowledge)
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
        and word.lower() not in _NOT_PRODUCT | _PLAIN
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
    ends: set[int] = set()
    text = page.text
    for tail in _TAILS:
        for each in page.find(tail):
            begin = max(0, each.start() - _HEAD_MOST)
            before = text[begin : each.start()]
            head = _HEAD.search(before) or _LINE_HEAD.search(before)
            cleaned = _clean(head["product"]) if head else ""
            if head and cleaned and each.end() not in ends:
                seen.add(each.start())
                ends.add(each.end())
                yield cleaned, " ".join(each["versions"].split()), begin + head.start("product"), each.end()
    for each in page.find(_OF):
        cleaned = _clean(each["product"])
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
            or each.end() in ends
            or not re.search(r"\d\.\d", each["versions"])
        ):
            continue
        sentence = page.sentence_text(each.start())
        if not _HARMFUL.search(sentence) or _FIXING.search(sentence):
            continue
        name = head["product"].strip()
        name = re.split(r"[ \n]", name)[-1] if name.split()[0].islower() else name
        first = name.split()[0].lower()
        if first in _NOT_PRODUCT or name.lower() in _GENERIC or (name.islower() and len(name) < 4):
            continue
        seen.add(each.start("versions"))
        yield name, " ".join(each["versions"].split()), each.start() - 1 - len(name), each.end("versions")


def _note_fixed(page: Page, notes: Notes, knowledge: Knowledge) -> None:
    holder = publisher_holder(page.document)
    for each in page.find(_FIXED):
        versions = next(each[name] for name in _FIXED_GROUPS if each[name])
        if each["fixed5"] and not flaws_of(page):
            continue
        if not re.search(r"\d\.\d|\d{3}", versions) and not re.search(r"version", each[0], re.IGNORECASE):
            continue
        if re.fullmatch(r"(?:19|20)\d\d", versions.strip()):
            continue
        named = each["product"] or each["product2"] or each["product4"] or ""
        cleaned = _clean(named) if named else ""
        flaw = flaw_near(page, each.start()) if flaws_of(page) else ""
        text = " ".join(versions.split())
        if cleaned:
            vendor, name = _split(cleaned, knowledge)
            notes(
                Product(name, vendor, fixed=text, vulnerability=flaw, status="affected"),
                each.start(),
                each.end(),
                "stated",
                0.85,
                "grammar:fixed",
            )
        if (
            flaw
            or cleaned
            or re.search(
                r"vulnerab|flaw|bug|security|exploit|malicious|hole|overflow|injection|bypass|escalation|backdoor",
                page.sentence_text(each.start()),
                re.IGNORECASE,
            )
        ):
            notes(
                Claim("fixed-version", text, first_hand("fixed-version", holder), holder, "", False, flaw),
                each.start(), each.end(), "stated", 0.85, "grammar:fixed",
            )  # fmt: skip


def _clean(product: str) -> str:
    """A product's name without words around it, "" when nothing is left or it is none."""
    words = product.split()
    while words and (words[0].lower().strip(".,") in _NOT_PRODUCT or words[0].isdigit()):
        words = words[1:]
    while words and (
        words[-1].lower().strip(".,") in _NOT_PRODUCT or words[-1].lower() in ("for", "of", "and")
    ):
        words = words[:-1]
    name = " ".join(words)
    if (
        len(name) < 3
        or not re.search(r"[A-Za-z]{2}", name)
        or len(name) > 70
        or re.match(r"(?:CVE|CWE|GHSA)-", name)
    ):
        return ""
    return name


def _split(product: str, knowledge: Knowledge) -> tuple[str, str]:
    """(vendor, product): the vendor when the name begins with one that KEV knows."""
    text_words = Words(product)
    best = ""
    for hit in _vendors(knowledge).find(text_words):
        if hit.first == 0 and hit.last < len(text_words) and len(hit.value) > len(best):
            best = hit.value
    if not best:
        return "", product
    return best, product[len(best) :].strip() or product
