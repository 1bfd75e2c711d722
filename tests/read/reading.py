# SPDX-License-Identifier: Apache-2.0
"""Reads small texts for the tests of observations, with the pack and content that ship."""

from __future__ import annotations

from typing import Any, TypeVar

import scc.content
import scc.knowledge
from scc import read
from scc.model.document import Document, PublisherKind
from scc.model.facts import Observation
from scc.model.provenance import Span

T = TypeVar("T")


def article(
    text: str, *, title: str = "", published: str = "2026-06-10", by: PublisherKind = "press", **more: Any
) -> Document:
    """An article with the given text; the title stands in front, as `read.document` puts it."""
    body = f"{title}\n\n{text}" if title else text
    return Document(
        id="doc-0123456789abcdef", kind="article", format="text", title=title, text=body, publisher=more.pop("publisher", "Example Wire"),
        tier="T3", tlp="TLP:CLEAR", publisher_kind=by, published=published, **more,
    )  # fmt: skip


def observed(text: str, **more: Any) -> tuple[Observation, ...]:
    """All observations of a text; every span must lie in it."""
    document = article(text, **more)
    found = read.observe(document, scc.knowledge.open(), scc.content.open())
    for each in found:
        assert isinstance(each.locator, Span)
        assert 0 <= each.locator.start <= each.locator.end <= len(document.text)
    return found


def facts(kind: type[T], text: str, **more: Any) -> list[T]:
    """The facts of one kind that a text gives."""
    return [each.fact for each in observed(text, **more) if isinstance(each.fact, kind)]
