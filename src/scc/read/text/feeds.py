# SPDX-License-Identifier: Apache-2.0
"""Feeds to entries: RSS, Atom, RDF and JSON Feed. One Raw an entry, as canonical JSON of its fields.

Which article an entry links to and whether that is at hand is the engine's question (`read.canonical_url`).
"""

from __future__ import annotations

import html
import io
import re
import time
from typing import Any, Final

import msgspec

from scc.model.document import Raw
from scc.model.ids import digest
from scc.model.provenance import Skipped
from scc.read.text.dates import iso_date
from scc.read.text.limits import CONTAINER_ENTRIES, context, quarantine

ENTRY: Final = "application/x-scc-feed-entry+json"
_DECLARED: Final = re.compile(
    rb"<!ENTITY\s{1,8}(%?)\s{0,8}[\w.-]{1,80}\s{1,8}([^>]{0,2000})>?", re.IGNORECASE
)
_DECLARATIONS_MOST: Final = 300
_EMPTY: Final = context("feed-empty", "The feed has no entries; ask its publisher, or look again later.")


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A feed entry with what its feed says of itself."""

    id: str
    title: str = ""
    link: str = ""
    html: str = ""
    published: str = ""
    """ISO date or date-time, "" where the feed gives none or a broken one."""
    updated: str = ""
    author: str = ""
    feed_title: str = ""
    feed_link: str = ""
    language: str = ""


def parse_feed(data: bytes, charset: str = "") -> Any:
    """The feed as feedparser reads it, sanitised; nothing is fetched, no external entity loaded.

    `charset` is what the Content-Type header declared, "" if it declared none.
    """
    import feedparser

    headers = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    return feedparser.parse(io.BytesIO(data), response_headers=headers)


def split_feed(raw: Raw, charset: str = "") -> list[Raw | Skipped]:
    """The entries of an RSS, RDF or Atom feed."""
    if hostile_entities(raw.data):
        return [
            quarantine(
                "xml-entities",
                "The feed declares entities that refer to others or to files, as entity bombs do; "
                "it is not expanded. Ask the publisher for a plain feed.",
            )
        ]
    feed = parse_feed(raw.data, charset)
    head = feed.get("feed", {})
    entries = [
        Entry(
            id=str(each.get("id") or each.get("link") or each.get("title") or index),
            title=str(each.get("title", "")),
            link=str(each.get("link", "")),
            html=_content(each),
            published=_date(each, "published") or _date(each, "created"),
            updated=_date(each, "updated"),
            author=str(each.get("author", "")),
            feed_title=str(head.get("title", "")),
            feed_link=str(head.get("link", "")),
            language=str(head.get("language", "") or ""),
        )
        for index, each in enumerate(feed.get("entries", [])[:CONTAINER_ENTRIES])
    ]
    if not entries:
        if feed.get("bozo") and not head.get("title"):
            return [quarantine("feed-broken", "The feed cannot be parsed; get it again from its source.")]
        return [_EMPTY]
    return _raws(raw, entries)


def split_json_feed(raw: Raw, value: dict[str, Any]) -> list[Raw | Skipped]:
    """The items of a JSON Feed (version 1.1, section Items)."""
    items = value.get("items")
    entries = [
        Entry(
            id=str(each.get("id") or each.get("url") or index),
            title=str(each.get("title") or ""),
            link=str(each.get("url") or each.get("external_url") or ""),
            html=str(each.get("content_html") or "")
            or html.escape(str(each.get("content_text") or each.get("summary") or "")),
            published=iso_date(each.get("date_published")),
            updated=iso_date(each.get("date_modified")),
            author=_json_author(each),
            feed_title=str(value.get("title") or ""),
            feed_link=str(value.get("home_page_url") or ""),
            language=str(each.get("language") or value.get("language") or ""),
        )
        for index, each in enumerate(items[:CONTAINER_ENTRIES] if isinstance(items, list) else [])
        if isinstance(each, dict)
    ]
    return _raws(raw, entries) if entries else [_EMPTY]


def hostile_entities(data: bytes) -> bool:
    """Whether an XML text declares entities that refer to other entities or to files, or very many of them."""
    if b"<!ENTITY" not in data and b"<!entity" not in data.lower():
        return False
    found = _DECLARED.findall(data[:1_000_000])
    return len(found) > _DECLARATIONS_MOST or any(
        parameter
        or b"SYSTEM" in value
        or b"PUBLIC" in value
        or re.search(rb"&(?!#|amp;|lt;|gt;|quot;|apos;)", value)
        for parameter, value in found
    )


def _content(entry: Any) -> str:
    """The longest of what an entry carries: full content before a summary."""
    bodies = [str(each.get("value", "")) for each in entry.get("content", []) if isinstance(each, dict)]
    bodies.append(str(entry.get("summary", "")))
    return max(bodies, key=len)


def _date(entry: Any, name: str) -> str:
    """A date of an entry: what feedparser made of it, else what can be read of the words; broken ones are unknown."""
    said = entry.get(name)
    parsed = entry.get(f"{name}_parsed")
    if parsed is not None and said:
        try:
            moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", parsed)
        except (ValueError, TypeError, OverflowError):
            moment = ""
        exact = re.search(r"\d:\d\d", str(said)) is not None
        if iso_date(moment):
            return iso_date(moment) if exact else iso_date(moment)[:10]
    return iso_date(said) if isinstance(said, str) else ""


def _json_author(item: dict[str, Any]) -> str:
    authors = item.get("authors")
    named = [authors[0]] if isinstance(authors, list) and authors else [item.get("author")]
    return str(named[0].get("name") or "") if isinstance(named[0], dict) else ""


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
