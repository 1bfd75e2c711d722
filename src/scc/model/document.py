# SPDX-License-Identifier: Apache-2.0
"""What is read: sources, raw bytes and the immutable documents made of them."""

from __future__ import annotations

from typing import Literal

import msgspec

from scc.model.provenance import Tier
from scc.model.tlp import Tlp

SourceKind = Literal[
    "rss",
    "atom",
    "jsonfeed",
    "kev",
    "epss",
    "cve",
    "nvd",
    "osv",
    "csaf",
    "stix",
    "misp",
    "ioc",
    "html",
]

DocumentKind = Literal["article", "record", "indicators", "analyst"]

PublisherKind = Literal["authority", "cert", "vendor", "research", "press", "blog", "victim", "unknown"]
"""What the publisher is: authority (government, legislator, regulator), cert (national or sector
CERT), vendor (of the product spoken about), research, press, blog, victim, unknown."""


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A feed or database we read, as described in `content/sources/`."""

    id: str
    """Stable key, kebab-case, e.g. "cisa-kev"."""
    publisher: str
    url: str
    """Where it is fetched. Documents are matched by `domains`, not by this."""
    kind: SourceKind
    tier: Tier
    language: str = "en"
    """BCP 47."""
    publisher_kind: PublisherKind = "unknown"
    domains: tuple[str, ...] = ()
    """Host names whose pages are this publisher's, e.g. ("cisa.gov",); subdomains included. A path may follow
    ("github.com/advisories") where only a part of a host is."""
    names: tuple[str, ...] = ()
    """Phrases with which the publisher signs its texts, e.g. "The WA SOC recommends". A document without address
    and publisher in which one of them stands is taken for the publisher's."""
    tlp: Tlp = "TLP:CLEAR"
    licence: str = ""
    """Note on what may be done with the texts, in our words."""
    poll_minutes: int = 60
    enabled: bool = True
    status: Literal["stable", "test", "deprecated"] = "stable"
    date: str = ""
    """ISO date on which this entry was last checked."""
    references: tuple[str, ...] = ()


class Raw(msgspec.Struct, frozen=True):
    """Bytes as they came, not yet understood. What `collect` yields and `read.split` takes."""

    data: bytes
    path: str = ""
    """The path as the user gave it (joined with the walk below it), or "" for the network."""
    url: str = ""
    media_type: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    retrieved: str = ""
    """ISO 8601 UTC time of the fetch, "" for files: a file's time says nothing of its content."""
    source: Source | None = None
    parent: str = ""
    """Digest of the container's bytes when this is an entry of one."""
    entry: str = ""
    """Key of the entry in its container: a path in an archive, a feed entry id, a record id."""


class Document(msgspec.Struct, frozen=True):
    """One immutable thing with readable content."""

    id: str
    """`doc-` and 16 hex digits of the hash over (url or path, normalised text or canonical payload)."""
    kind: DocumentKind
    format: str
    """What it was read from: html, markdown, text, pdf, feed-entry, kev, epss, cve5, nvd, osv, csaf,
    stix, misp, ioc, certfr, ghsa, yaml-article, analyst."""
    title: str
    text: str
    """Plain text, NFC, lines kept. Every Span points into this. Headings, list items and table rows
    stand on lines of their own; a table row's cells are joined by " | "."""
    publisher: str
    tier: Tier
    tlp: Tlp
    url: str = ""
    """Canonical URL, "" if none is known."""
    path: str = ""
    publisher_kind: PublisherKind = "unknown"
    language: str = "en"
    published: str = ""
    """ISO 8601 date or date-time, "" if unknown. From the document itself, never from a file's time."""
    modified: str = ""
    collected: str = ""
    date_basis: str = ""
    """Where `published` was taken from: front-matter, meta, json-ld, address, feed, text,
    file-name, record, incident (only the date of what it tells is known), ""."""
    extractor: str = ""
    """Name and version of what made the text, e.g. "trafilatura 2.3.1"."""
    payload: msgspec.Raw | None = None
    """Canonical JSON of the structured record it had, if any. Every Pointer points into this."""
    source_id: str = ""
    parent: str = ""
    entry: str = ""
    excerpt: bool = False
    """True if the document says that it is only the opening of a longer text."""
    replaced: int = 0
    """How many undecodable or control characters were replaced while reading."""
    tlp_basis: str = ""
    """front-matter, text, source or option: what gave the label."""
    links: tuple[str, ...] = ()
    """Absolute http(s) addresses the document links to, in order, without duplicates."""
    part_of: str = ""
    """Title of the round-up of which this is a section; with `excerpt`, a section of one line."""

    @property
    def date(self) -> str:
        """The document's own date as YYYY-MM-DD: published, else modified, else "" (never a file's)."""
        return (self.published or self.modified or self.collected)[:10]
