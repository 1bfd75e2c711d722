# SPDX-License-Identifier: Apache-2.0
"""What every record format gives: its entries, a readable form, and its facts with JSON Pointers.

One module a format, with three functions: `entries(value)`, `view(value)`, `facts(value, note)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, Protocol

import msgspec

from scc.model.document import Document, DocumentKind, PublisherKind
from scc.model.facts import AnyFact, Observation
from scc.model.ids import short
from scc.model.provenance import Pointer, Tier
from scc.read.text.dates import iso_date
from scc.read.text.urls import web_links


class View(msgspec.Struct, frozen=True):
    """A record as a reader sees it."""

    title: str
    text: str = ""
    url: str = ""
    """The record's own public address, "" if its format has none."""
    published: str = ""
    """ISO date or date-time."""
    modified: str = ""
    collected: str = ""
    """The date of the catalogue it was taken from."""
    publisher: str = ""
    home: str = ""
    """An address of whoever keeps the records: the source is matched by it, not by `url`."""
    tier: Tier | None = None
    """The tier where no source is known."""
    publisher_kind: PublisherKind = "unknown"
    kind: DocumentKind = "record"
    tlp: str = ""
    """The label that the record carries, "" if it carries none."""
    language: str = "en"
    links: tuple[str, ...] = ()


_CVE: Final = re.compile(r"CVE-\d{4}-\d{4,19}")
_CWE: Final = re.compile(r"CWE-\d{1,5}")
TRANSIT: Final = "x-scc-"
"""Keys with this beginning travel from `entries` to `view` and do not become part of the payload."""


class Note:
    """Collects the observations of one record document: `note(fact, pointer)` keeps a fact."""

    def __init__(self, document: Document) -> None:
        self.collected = document.collected[:10]
        """The date of the catalogue that the record was taken from."""
        self._document = document.id
        self._rule = f"record:{document.format}"
        self._found: dict[str, Observation] = {}

    def __call__(self, fact: AnyFact, pointer: str, confidence: float = 1.0) -> None:
        """Keep one fact that stands at a JSON Pointer; the same fact at the same place is kept once."""
        id_ = short("obs", self._document, msgspec.json.encode(fact), pointer)
        self._found[id_] = Observation(
            id=id_,
            document=self._document,
            fact=fact,
            locator=Pointer(pointer),
            basis="record",
            confidence=confidence,
            rule=self._rule,
        )

    def observations(self) -> tuple[Observation, ...]:
        """Everything kept, in order."""
        return tuple(self._found.values())


class Format(Protocol):
    """A record format."""

    def entries(self, value: Any) -> Iterator[tuple[str, Any]]:
        """(key, record) of every record in a parsed file."""

    def view(self, value: Any) -> View | None:
        """The readable form of one record, None if it lacks what its format requires."""

    def facts(self, value: Any, note: Note) -> None:
        """Hand every fact of one record to `note`."""


def text_at(value: Any, *keys: str | int) -> str:
    """The string at a path of keys, "" when there is none or it is not a string."""
    for key in keys:
        if isinstance(value, dict) and isinstance(key, str):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and -len(value) <= key < len(value):
            value = value[key]
        else:
            return ""
    return value if isinstance(value, str) else ""


def rows(value: Any, *keys: str) -> list[Any]:
    """The list at a path of keys, [] when there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, list) else []


def escape(key: str) -> str:
    """A key as a token of a JSON Pointer (RFC 6901, section 3)."""
    return key.replace("~", "~0").replace("/", "~1")


def dated(value: Any, *keys: str | int) -> str:
    """The ISO date at a path of keys, "" when there is none or it is broken."""
    return iso_date(text_at(value, *keys))[:10]


def cve_id(value: Any) -> str:
    """The value as a CVE id in capitals, "" if it is none (CVE Record Format: four or more digits)."""
    found = _CVE.fullmatch(value.strip().upper()) if isinstance(value, str) else None
    return found[0] if found else ""


def cwe_id(value: Any) -> str:
    """The value as a CWE id, "" if it is none; NVD's placeholders (NVD-CWE-noinfo) are none."""
    found = _CWE.fullmatch(value.strip().upper()) if isinstance(value, str) else None
    return found[0] if found else ""


def linked(*groups: Any) -> tuple[str, ...]:
    """The http(s) addresses of lists of references (objects with `url`, or strings), in order."""
    return web_links(
        [
            each if isinstance(each, str) else text_at(each, "url")
            for group in groups
            for each in (group if isinstance(group, list) else [])
        ]
    )
