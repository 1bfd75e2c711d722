# SPDX-License-Identifier: Apache-2.0
"""What of a document is compared: identifiers, names, packages, title and text as weighted words, date."""

from __future__ import annotations

import datetime
import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from scc.correlate.terms import named, stems, vector, weight
from scc.correlate.titles import matter, periods, topic
from scc.model.document import Document
from scc.model.facts import (
    Actor,
    Claim,
    Identifier,
    Indicator,
    Malware,
    NamedOrganisation,
    Observation,
)

MANY_FLAWS = 5
"""A document with more CVEs than this is a release or a round-up: one shared CVE says little."""


class Features(msgspec.Struct, frozen=True):
    id: str
    kind: str
    listing: bool
    """A list of indicators: its words are those of its columns."""
    body: dict[str, float]
    """Unit vector of the stems of the beginning of the text."""
    heading: dict[str, float]
    """Plain weights of the title's words, without those that date or number it."""
    periods: frozenset[tuple[int, int]]
    """Months that the title names."""
    matter: str
    """What it is a numbered update of, "" for most."""
    update: bool
    """The title calls it an update."""
    cves: frozenset[str]
    main: frozenset[str]
    """CVEs of the title or said more than once."""
    acts: frozenset[str]
    """Orders, laws and directives it is about."""
    actors: frozenset[str]
    malware: frozenset[str]
    victims: frozenset[str]
    hit: frozenset[str]
    """The victims as stems joined by spaces, as titles are compared."""
    packages: frozenset[str]
    indicators: frozenset[str]
    links: frozenset[str]
    names: dict[str, float]
    """Unit vector of the words written with a capital."""
    url: str
    advisory: str
    """The entry of a database whose own page it is (GHSA, RUSTSEC, GO, PYSEC, ATLAS case … id that ends the address or
    the path), "" for other texts."""
    publisher: str
    authority: bool
    """Published by an authority."""
    official: bool
    """Published by an authority, CERT or vendor: its texts share a template."""
    page: str
    """For a section of a round-up: the page it is a section of."""
    line: bool
    """A section of one line: it says too little to be placed by its words."""
    days: tuple[int, int] | None
    """First and last day that the date may mean: "2021" is a whole year."""
    language: str


def features(document: Document, observations: Sequence[Observation]) -> Features:
    """The comparable features of a document; computed once a document and kept."""
    return _features(document.id, _Held(document, tuple(observations)))


_ENCODER: Final = msgspec.msgpack.Encoder(order="deterministic")


@lru_cache(maxsize=1)
def _decoder() -> msgspec.msgpack.Decoder[Features]:
    return msgspec.msgpack.Decoder(Features)


def freeze(features: Features) -> bytes:
    """The features as compact bytes: to make them again takes twenty times as long as to read them."""
    return zlib.compress(_ENCODER.encode(features), 1)


def thaw(data: bytes) -> Features | None:
    """The features that `freeze` wrote; None when another version wrote them in another form."""
    try:
        return _decoder().decode(zlib.decompress(data))
    except (msgspec.DecodeError, zlib.error):
        return None


_ADVISORY: Final = re.compile(
    r"/((?:GHSA(?:-[0-9a-z]{4}){3}|(?:RUSTSEC|PYSEC|GO|OSV|MAL|GSD|ELSA|RHSA|USN|DSA|DLA|CVE)-[0-9][0-9:-]{3,16}|AML\.CS[0-9]{4}))(?:\.[a-z]{2,5})?/?(?:[?#].*)?$",
    re.IGNORECASE,
)
"""An address or path that ends in the id of one entry of a database."""


def _advisory(*places: str) -> str:
    found = next((match for each in places if (match := _ADVISORY.search(each[-500:]))), None)
    return found[1].upper() if found else ""


class _Held:
    """Carries values past the cache: equal ids of document and observations are equal."""

    def __init__(self, document: Document, observations: tuple[Observation, ...]) -> None:
        self.document = document
        self.observations = observations
        self._key = (document.id, document.date, *(each.id for each in observations))

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self._key == other._key


@lru_cache(maxsize=4096)
def _features(id_: str, held: _Held) -> Features:
    document = held.document
    found: dict[str, set[str]] = {
        name: set()
        for name in (
            "cves",
            "main",
            "acts",
            "actors",
            "malware",
            "victims",
            "packages",
            "indicators",
        )
    }
    for each in held.observations:
        _sort(each, found)
    if document.kind == "record":
        found["main"] |= found["cves"]
    words = stems(document.text)
    titled = stems(document.title)
    return Features(
        id=id_,
        kind=document.kind,
        listing=document.kind == "indicators",
        body=vector(words),
        heading={
            each: weight(each)
            for each in sorted(set(topic(document.title, document.publisher_kind == "press") or titled))
        },
        periods=periods(document.title),
        matter=matter(document.title),
        update=any(each.startswith("updat") for each in titled),
        cves=frozenset(found["cves"]),
        main=frozenset(found["main"]),
        acts=frozenset(found["acts"]),
        actors=frozenset(found["actors"]),
        malware=frozenset(found["malware"]),
        victims=frozenset(found["victims"]),
        hit=frozenset(told for each in found["victims"] if (told := " ".join(stems(each)))),
        packages=frozenset(found["packages"]),
        indicators=frozenset(found["indicators"]),
        links=frozenset(document.links),
        url=document.url,
        advisory=_advisory(document.url, document.path),
        names=vector(named(f"{document.title}\n{document.text}")),
        page=(document.url.partition("#")[0] or f"{document.path} {document.part_of}")
        if document.part_of
        else "",
        line=bool(document.part_of) and document.excerpt,
        days=_days(document.date),
        language=document.language[:2],
        publisher=document.publisher.casefold(),
        authority=document.publisher_kind == "authority",
        official=document.publisher_kind in ("authority", "cert", "vendor"),
    )


def _sort(each: Observation, found: dict[str, set[str]]) -> None:
    fact = each.fact
    if isinstance(fact, Identifier):
        if fact.scheme == "cve":
            found["cves"].add(fact.value)
            if fact.relation == "main":
                found["main"].add(fact.value)
        elif fact.scheme in ("executive-order", "directive") and fact.relation == "main":
            found["acts"].add(fact.value)
        elif fact.scheme in ("ghsa", "osv") and fact.relation == "main":
            found["main"].add(fact.value)
            found["cves"].add(fact.value)
    elif isinstance(fact, Actor):
        found["actors"].add(fact.name.lower())
    elif isinstance(fact, Malware) and fact.kind != "tool":
        found["malware"].add(fact.name.lower())
    elif isinstance(fact, NamedOrganisation) and fact.role == "victim":
        found["victims"].add(fact.name.lower())
    elif isinstance(fact, Claim) and fact.question == "breached" and fact.subject:
        found["victims"].add(fact.subject.lower())
    elif isinstance(fact, Indicator) and fact.role == "observed":
        found["packages" if fact.type == "package" else "indicators"].add(fact.value)


def _days(date: str) -> tuple[int, int] | None:
    try:
        if len(date) >= 10:
            day = datetime.date.fromisoformat(date[:10]).toordinal()
            return day, day
        year, month = int(date[:4]), int(date[5:7] or 0)
        if month:
            after = datetime.date(year + month // 12, month % 12 + 1, 1)
            return datetime.date(year, month, 1).toordinal(), after.toordinal() - 1
        return datetime.date(year, 1, 1).toordinal(), datetime.date(year, 12, 31).toordinal()
    except ValueError:
        return None
