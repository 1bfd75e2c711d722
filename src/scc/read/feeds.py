# SPDX-License-Identifier: Apache-2.0
"""Feeds to entries: RSS, Atom, RDF and JSON Feed. One Raw an entry, as canonical JSON of its fields."""

from __future__ import annotations

import io
import re
from typing import Any

import msgspec

from scc.model.document import Raw
from scc.model.ids import digest
from scc.model.provenance import Skipped
from scc.read.limits import CONTAINER_ENTRIES, quarantine

ENTRY = "application/x-scc-feed-entry+json"


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A feed entry with what its feed says of itself."""

    id: str
    title: str = ""
    link: str = ""
    html: str = ""
    published: str = ""
    updated: str = ""
    feed_title: str = ""
    feed_link: str = ""
    language: str = ""


def parse_feed(data: bytes) -> Any:
    """The feed as feedparser reads it; no external entity is ever loaded."""
    import feedparser

    return feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=True)


def split_feed(raw: Raw) -> list[Raw | Skipped]:
    """The entries of an RSS, RDF or Atom feed."""
    if re.search(rb"<!ENTITY\b", raw.data[:20_000], re.IGNORECASE):
        return [
            quarantine(
                "xml-entities",
                "The feed declares entities of its own, as entity bombs do; ask the publisher for a plain feed.",
            )
        ]
    feed = parse_feed(raw.data)
    head = feed.get("feed", {})
    entries = [
        Entry(
            id=str(each.get("id") or each.get("link") or each.get("title") or index),
            title=str(each.get("title", "")),
            link=str(each.get("link", "")),
            html=_content(each),
            published=str(each.get("published", "") or each.get("created", "")),
            updated=str(each.get("updated", "")),
            feed_title=str(head.get("title", "")),
            feed_link=str(head.get("link", "")),
            language=str(head.get("language", "")),
        )
        for index, each in enumerate(feed.get("entries", [])[:CONTAINER_ENTRIES])
    ]
    if not entries and feed.get("bozo"):
        return [
            quarantine(
                "feed-broken",
                "The feed cannot be parsed and has no readable entry; get it again from its source.",
            )
        ]
    return _raws(raw, entries)


def split_json_feed(raw: Raw, value: dict[str, Any]) -> list[Raw | Skipped]:
    """The items of a JSON Feed (version 1.1, section Items)."""
    entries = []
    for index, each in enumerate(value.get("items", [])[:CONTAINER_ENTRIES]):
        if isinstance(each, dict):
            entries.append(
                Entry(
                    id=str(each.get("id") or each.get("url") or index),
                    title=str(each.get("title") or ""),
                    link=str(each.get("url") or each.get("external_url") or ""),
                    html=str(
                        each.get("content_html") or each.get("content_text") or each.get("summary") or ""
                    ),
                    published=str(each.get("date_published") or ""),
                    updated=str(each.get("date_modified") or ""),
                    feed_title=str(value.get("title") or ""),
                    feed_link=str(value.get("home_page_url") or ""),
                    language=str(value.get("language") or ""),
                )
            )
    return _raws(raw, entries)


def _content(entry: Any) -> str:
    bodies = [str(each.get("value", "")) for each in entry.get("content", []) if isinstance(each, dict)]
    bodies.append(str(entry.get("summary", "")))
    return max(bodies, key=len)


def _raws(raw: Raw, entries: list[Entry]) -> list[Raw | Skipped]:
    parent = digest(raw.data)
    return [
        Raw(
            data=msgspec.json.encode(each, order="sorted"),
            path=raw.path,
            url=raw.url,
            media_type=ENTRY,
            retrieved=raw.retrieved,
            source=raw.source,
            parent=parent,
            entry=each.id,
        )
        for each in entries
    ]
