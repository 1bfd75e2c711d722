# SPDX-License-Identifier: Apache-2.0
"""What every record format gives: its entries, a readable form, and its facts with JSON Pointers.

One module a format, with three functions: `entries(value)`, `view(value)`, `facts(value, note)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

import msgspec

from scc.model.document import DocumentKind, PublisherKind
from scc.model.facts import AnyFact, Observation
from scc.model.ids import short
from scc.model.provenance import Pointer, Tier


class View(msgspec.Struct, frozen=True):
    """A record as a reader sees it."""

    title: str
    text: str = ""
    url: str = ""
    published: str = ""
    modified: str = ""
    publisher: str = ""
    tier: Tier | None = None
    publisher_kind: PublisherKind = "unknown"
    kind: DocumentKind = "record"
    tlp: str = ""
    language: str = "en"


Note = Callable[..., None]
"""`note(fact, pointer, confidence=1.0)`: keep a fact that stands at a JSON Pointer."""


class Format(Protocol):
    """A record format."""

    def entries(self, value: Any) -> Iterator[tuple[str, Any]]:
        """(key, record) of every record in a parsed file."""

    def view(self, value: Any) -> View:
        """The readable form of one record."""

    def facts(self, value: Any, note: Note) -> None:
        """Hand every fact of one record to `note`."""


class Notes:
    """Collects the observations of one record document."""

    def __init__(self, document: str, rule: str) -> None:
        self._document = document
        self._rule = rule
        self._found: dict[str, Observation] = {}

    def __call__(self, fact: AnyFact, pointer: str, confidence: float = 1.0) -> None:
        """Keep one fact; the same fact at the same place is kept once."""
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
