# SPDX-License-Identifier: Apache-2.0
"""What leaves as STIX, MISP or CSAF and comes back through `read` still means the same.

Compared are identifiers, techniques, observed values with their validity, products and versions, title, dates, label,
withdrawal and sources, each where the format has a place for it. Values are compared in the form in which they come
back: hashes and hosts in lower case, hives written out, addresses percent-encoded.
"""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from tests.share.briefings import NASTY, briefing, context, nasty, observed, plain, spoiled

import scc.store
from scc import content, knowledge, read
from scc.collect.files import walk
from scc.engine import Options, run
from scc.model.briefing import Briefing, IndicatorShown
from scc.model.decision import Decision
from scc.model.document import Document, Raw, Source
from scc.model.facts import (
    Actor,
    AnyFact,
    Claim,
    Identifier,
    Indicator,
    Malware,
    Product,
    Technique,
    Weakness,
)
from scc.model.tlp import ORDER
from scc.read.records.patterns import is_local, refanged
from scc.read.records.stix_patterns import values
from scc.read.text.urls import web_links
from scc.share import EXPORTS, Records
from scc.share.identity import day
from scc.share.stix_patterns import pattern
from scc.share.texts import encodable, uri

ROOT = Path(__file__).parents[2]
OWN = content.open()
SOURCES = OWN.records("sources", Source)
FORMATS = ("stix", "misp", "csaf", "csaf-2.1")
HIVES = {"HKLM": "HKEY_LOCAL_MACHINE", "HKCU": "HKEY_CURRENT_USER"}
CVE = re.compile(r"CVE-\d{4}-\d{4,19}")


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> list[Briefing]:
    """The briefings of one run over the example folders."""
    options = Options(now="2026-06-10T07:00:00Z", knowledge=knowledge.open(), content=OWN, sources=SOURCES)
    with scc.store.open(f"{tmp_path_factory.mktemp('trip')}/t.db", create=True) as store:
        run(store, walk([ROOT / "examples"]), options)
        found = [store.items.briefing(each.id) for each in store.items.rows()]
    assert len(found) >= 6
    seen = [one for each in found if each for one in each.indicators if one.role == "observed"]
    assert {one.type for one in seen} == {"filename", "package"} and len(seen) > 3
    return [each for each in found if each is not None]


def back(shown: Briefing, name: str, **known: Any) -> tuple[Document, list[AnyFact]]:
    """The document and the facts that an export gives when it is read."""
    data = EXPORTS[name].write(shown, context(**known))
    assert isinstance(data, bytes)
    parts = list(read.split(Raw(data, path=f"item{EXPORTS[name].extension}")))
    assert len(parts) == 1 and isinstance(parts[0], Raw)
    document = read.document(parts[0], SOURCES)
    assert isinstance(document, Document)
    assert document.format == name.partition("-")[0]
    return document, [each.fact for each in read.observe(document, knowledge.open(), OWN)]


def same(type_: str, value: str) -> tuple[str, str]:
    """A value in the form in which it is compared."""
    value = refanged(value.strip(), "")
    if type_ == "url":
        value = uri(value, web=False) or value
        return type_, re.sub("^https?://", "", value)
    if type_ in ("md5", "sha1", "sha256", "sha512", "imphash", "ja3", "email", "domain", "ipv6"):
        return type_, value.lower()
    if type_ == "registry-key":
        hive, slash, rest = value.partition("\\")
        return type_, HIVES.get(hive.upper(), hive.upper()) + slash + rest
    if type_ == "asn":
        number = value.upper().removeprefix("AS")
        return type_, str(int(number)) if number.isascii() and number.isdecimal() else value
    return type_, value


def expected(shown: Briefing, name: str) -> Iterator[tuple[tuple[str, str], str, IndicatorShown]]:
    """(value, valid until, indicator) of what the format can carry as observed."""
    for each in shown.indicators:
        if each.role != "observed" or is_local_value(each):
            continue
        fits = bool(pattern(each.type, each.value)) and len(each.value) <= 2048
        if name == "misp":
            fits = fits or each.type in ("ja3", "ja4", "cryptocurrency-address", "android-package")
        if fits:
            end = day(each.valid_until)
            yield same(each.type, each.value), f"{end:%Y-%m-%d}" if end else "", each


def is_local_value(each: IndicatorShown) -> bool:
    """Whether the reader takes it for nobody's in particular: the ranges for documentation and private ones."""
    try:
        return is_local(each.type, each.value.lower())  # type: ignore[arg-type]
    except ValueError:
        return False


def line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def ids(shown: Briefing) -> set[str]:
    return {found[0] for each in shown.vulnerabilities if (found := CVE.fullmatch(each.id.strip().upper()))}


def check(shown: Briefing, name: str, *, created: str = "") -> None:
    """Everything that the format carries of a briefing is there again, and nothing else was seen in an attack."""
    document, facts = back(shown, name, created=created)
    assert document.title == line(shown.title), name
    label = "TLP:RED" if (name, shown.tlp) == ("csaf", "TLP:AMBER+STRICT") else shown.tlp
    assert document.tlp == label
    begun = shown.event_date if name == "misp" and day(shown.event_date) else created or shown.generated
    assert document.published[:10] == begun[:10] and document.modified[:10] == shown.generated[:10]
    links = web_links([uri(each.url) for each in shown.sources if uri(each.url)])
    assert set(links) <= set(document.links)
    found = {each.value for each in facts if isinstance(each, Identifier) and each.scheme == "cve"}
    assert found == ids(shown)
    assert not [each for each in facts if isinstance(each, Claim) and each.question == "retracted"]
    if name.startswith("csaf"):
        return
    seen = {each.id for each in facts if isinstance(each, Technique) and each.role == "observed"}
    assert seen == {each.id for each in shown.techniques if each.role == "observed"}
    weak = {each for one in shown.vulnerabilities for each in one.weaknesses}
    weak |= set() if shown.vulnerabilities else {each.id for each in shown.weaknesses}
    assert weak <= {each.id for each in facts if isinstance(each, Weakness)}
    names = {each.name for each in facts if isinstance(each, Actor | Malware)}
    assert len(names) >= len({each.name for each in (*shown.actors, *shown.malware)})
    values = {
        (same(each.type, each.value), each.valid_until)
        for each in facts
        if isinstance(each, Indicator) and each.role == "observed"
    }
    wanted = {(value, until) for value, until, _ in expected(shown, name)}
    assert values == wanted, name


def products(facts: list[AnyFact], status: str = "affected") -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for each in facts:
        if isinstance(each, Product) and each.status == status:
            held = found.setdefault((each.vendor, each.product), set())
            held.update(part.strip() for part in re.split("[;,]", each.versions) if part.strip())
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_the_full_briefing(name: str) -> None:
    check(briefing(observed()), name, created="2025-12-08T08:00:00Z")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("label", ORDER)
def test_every_label(name: str, label: str) -> None:
    check(briefing({**plain("minimal"), "tlp": label}), name)


@pytest.mark.parametrize("name", FORMATS)
def test_the_examples(name: str, examples: list[Briefing]) -> None:
    for each in examples:
        check(each, name)


def test_every_type_of_value_comes_back() -> None:
    values = observed()
    every = {
        "ipv4": "45.148.10.7", "ipv6": "2a0e:b107::7", "domain": "login.bad-host.net",
        "url": "http://login.bad-host.net:8080/a?b='c'&d=%20",
    }  # fmt: skip
    for each in values["indicators"]:
        if each["role"] == "observed" and each["type"] in every:
            each.update(value=every[each["type"]], valid_until="2027-01-31")
    shown = briefing(values)
    stix = {each.type for _, _, each in expected(shown, "stix")}
    assert {each.type for _, _, each in expected(shown, "misp")} - stix == {
        "ja3", "ja4", "cryptocurrency-address", "android-package"
    }  # fmt: skip
    assert len(stix) == 21
    for name in ("stix", "misp"):
        check(shown, name)


def test_products_and_versions() -> None:
    shown = briefing(plain("maximal"))
    versions = {"19.0", "19.1.0", "19.1.1", "19.2.0"}
    for name in FORMATS:
        facts = back(shown, name)[1]
        assert products(facts) == {(each.vendor, each.product): versions for each in shown.products}, name
        affected = [each for each in facts if isinstance(each, Product) and each.status == "affected"]
        if name != "misp":  # its object for software has no place for the fixed version
            assert {each.fixed for each in affected} == {"19.0.1, 19.1.2, 19.2.1"}
            assert {each.vulnerability for each in affected} == {"CVE-2025-55182"}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("way", ["status", "decision"])
def test_a_withdrawn_item_says_so_and_nothing_else(name: str, way: str) -> None:
    shown = briefing({**observed(), "status": "withdrawn" if way == "status" else "confirmed"})
    ruled = Decision("d", "withdraw", "duty", "2026-08-25T00:00:00Z", "It was false.", shown.id)
    document, facts = back(shown, name, records=Records(decisions=(ruled,) if way == "decision" else ()))
    said = [each for each in facts if isinstance(each, Claim) and each.question == "retracted"]
    assert [(each.value, each.modality, each.holder_name) for each in said] == [
        ("yes", "asserted", "Security Command Center")
    ]
    others = [each for each in facts if isinstance(each, Indicator | Technique | Product | Actor | Malware)]
    assert (
        others == [] and ids(shown) & {each.value for each in facts if isinstance(each, Identifier)} == set()
    )
    assert document.modified[:10] == ("2026-08-25" if way == "decision" else "2026-08-22")


def test_a_part_that_is_revoked_takes_nothing_else_with_it() -> None:
    data = EXPORTS["stix"].write(briefing(observed()), context())
    assert isinstance(data, bytes)
    bundle = json.loads(data)
    for each in bundle["objects"]:
        if each["type"] == "indicator" and each["name"] == "evil-user":
            each["revoked"] = True
    document = read.document(Raw(json.dumps(bundle).encode(), path="a.json"), SOURCES)
    assert isinstance(document, Document)
    facts = [each.fact for each in read.observe(document, knowledge.open(), OWN)]
    types = {each.type for each in facts if isinstance(each, Indicator)}
    assert "account" not in types and "mutex" in types
    assert not [each for each in facts if isinstance(each, Claim) and each.question == "retracted"]


def held(shown: Briefing, name: str) -> None:
    """What holds whatever the texts are: label, ids, and that nothing is called observed that was not."""
    shown = encodable(shown)
    document, facts = back(shown, name)
    assert ORDER.index(document.tlp) >= ORDER.index(shown.tlp)
    flaws = {each.value for each in facts if isinstance(each, Identifier) and each.scheme == "cve"}
    assert flaws >= ids(shown)
    if name.startswith("csaf"):
        return
    assert {each.id for each in facts if isinstance(each, Technique) and each.role == "observed"} == {
        each.id for each in shown.techniques if each.role == "observed"
    }
    given_ = {
        same(each.type, each.value)[1].casefold() for each in shown.indicators if each.role == "observed"
    }
    for each in facts:
        if isinstance(each, Indicator) and each.role == "observed":
            value = same(each.type, each.value)[1].casefold()
            assert any(value in one or one in value for one in given_), (each.type, each.value)


@settings(max_examples=30, deadline=None)
@given(nasty())
def test_hostile_texts(texts: list[str]) -> None:
    for name in FORMATS:
        held(briefing(spoiled(observed(), texts)), name)


@pytest.mark.parametrize("text", [*NASTY, "x" * 100_000, "'" * 20_000], ids=lambda text: ascii(text)[:20])
@pytest.mark.parametrize("name", FORMATS)
def test_one_hostile_text_everywhere(name: str, text: str) -> None:
    held(briefing(spoiled(observed(), itertools.cycle([text]))), name)


@settings(max_examples=40, deadline=None)
@given(nasty())
def test_values_that_fit_come_back_whatever_they_hold(texts: list[str]) -> None:
    kinds = ("filename", "mutex", "user-agent", "account", "filepath", "registry-key", "url")
    shown = briefing(observed())
    indicators = tuple(
        IndicatorShown(kind, f"{before}{text.strip()}x", "observed", "detect")
        for text in texts
        for kind, before in zip(
            kinds, ("a", "b", "c", "d", "C:\\f\\", "HKLM\\k\\", "https://a.net/"), strict=True
        )
        if text.isprintable()
    )
    shown = msgspec.structs.replace(shown, indicators=indicators)
    facts = back(shown, "stix")[1]
    found = {same(each.type, each.value) for each in facts if isinstance(each, Indicator)}
    for value, _, each in expected(shown, "stix"):
        assert value in found or any(mark in each.value for mark in "/\\"), value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"[mutex:name = 'x ipv4-addr:value = \'45.148.10.7\'']", {("mutex", "x ipv4-addr:value = '45.148.10.7'")}),
        ("[file:name = 'a' AND file:name NOT = 'b']", {("filename", "a")}),
        ("[file:name = 'a.exe' AND directory:path = 'C:\\\\t']", {("filepath", "C:\\t\\a.exe")}),
        ("[file:name = 'a.exe' OR directory:path = '/t']", {("filename", "a.exe"), ("filepath", "/t")}),
        ("[domain-name:value IN ('a.net', 'b.net') AND url:value LIKE 'http://c.net/']", {("domain", "a.net"), ("domain", "b.net")}),
        ("[network-traffic:dst_port = 4444 OR network-traffic:dst_port = 99999]", {("port", "4444")}),
        ("[ipv4-addr:value ISSUBSET '45.148.10.0/24'] START t'2026-01-01T00:00:00Z'", {("cidr", "45.148.10.0/24")}),
        ("[mutex:name = 'open", {("mutex", "open")}),
        ("[software:name = 'n' AND software:version = '1']", {("package", "n@1")}),
    ],
)  # fmt: skip
def test_patterns_of_others(text: str, found: set[tuple[str, str]]) -> None:
    assert set(values(text)) == found
