# SPDX-License-Identifier: Apache-2.0
"""Metadata of a document: front matter, then the page's own, then the source matched by domain.

Never the file's time, never the folder's name. Labels: front matter, text, source, option (DESIGN rule 8).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import Any, Final, cast, get_args

import msgspec

from scc.model.document import PublisherKind, Source
from scc.model.provenance import Tier
from scc.model.tlp import Tlp, parse
from scc.read.urls import host_of

_KEYS: Final = {
    "title": ("title", "name", "headline"),
    "url": ("url", "source_url", "canonical_url", "canonical", "link", "permalink"),
    "publisher": ("publisher", "source", "site", "site_name"),
    "published": (
        "date",
        "published",
        "published_time",
        "pubdate",
        "publishedat",
        "date_published",
        "incident-date",
    ),
    "modified": ("modified", "modified_time", "updated", "lastmod", "last_modified"),
    "collected": ("collected", "retrieved"),
    "tier": ("tier",),
    "kind": ("kind", "publisher_kind"),
    "tlp": ("tlp",),
    "language": ("language", "lang"),
    "excerpt": ("excerpt",),
}
_LABEL: Final = re.compile(
    r"(?:^|\n)[ \t*_|>-]{0,6}TLP[: -]{1,3}(WHITE|CLEAR|GREEN|AMBER\+STRICT|AMBER|RED)\b[^\n]{0,40}(?=\n|$)",
    re.IGNORECASE,
)
_TIERS: Final[dict[str, Tier]] = {"t1": "T1", "t2": "T2", "t3": "T3", "1": "T1", "2": "T2", "3": "T3"}


class Metadata(msgspec.Struct, frozen=True):
    """What is known of a document besides its text; "" where nothing is."""

    title: str = ""
    url: str = ""
    publisher: str = ""
    published: str = ""
    modified: str = ""
    collected: str = ""
    tier: str = ""
    kind: str = ""
    tlp: str = ""
    language: str = ""
    excerpt: bool = False


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The mapping in front of a document (YAML between ---, TOML between +++) and the rest of the text.

    Broken front matter is text, not an error.
    """
    for mark in ("---", "+++"):
        if not text.startswith(mark + "\n"):
            continue
        close = text.find(f"\n{mark}\n", 3)
        if close < 0:
            close = text.find(f"\n{mark}", 3) if text.rstrip().endswith(f"\n{mark}") else -1
        if close < 0 or close > 20_000:
            return {}, text
        head, rest = text[4:close], text[close + len(mark) + 2 :]
        try:
            value = tomllib.loads(head) if mark == "+++" else _yaml(head)
        except (tomllib.TOMLDecodeError, ValueError):
            return {}, text
        return (value, rest) if isinstance(value, dict) else ({}, text)
    return {}, text


def _yaml(head: str) -> Any:
    import yaml

    if "&" in head and "*" in head and re.search(r"(?:^|\s)&\w", head):
        raise ValueError("anchors in front matter")  # alias bombs; no front matter needs them
    try:
        return yaml.load(head, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as fault:
        raise ValueError(str(fault)) from fault


def of_mapping(value: dict[str, Any]) -> Metadata:
    """Metadata out of front matter or page metadata, under whichever of the usual names."""
    from scc.read.dates import iso_date

    flat = {str(key).lower(): each for key, each in value.items()}

    def first(name: str) -> Any:
        return next((flat[key] for key in _KEYS[name] if flat.get(key) not in (None, "")), "")

    def words(name: str) -> str:
        found = first(name)
        return (
            " ".join(found.split())
            if isinstance(found, str)
            else str(found)
            if isinstance(found, int) and not isinstance(found, bool)
            else ""
        )

    return Metadata(
        title=words("title"),
        url=words("url") if words("url").startswith(("http://", "https://")) else "",
        publisher=words("publisher"),
        published=iso_date(first("published")),
        modified=iso_date(first("modified")),
        collected=iso_date(first("collected")),
        tier=_TIERS.get(words("tier").lower(), ""),
        kind=words("kind").lower(),
        tlp=parse(words("tlp")) or "" if words("tlp") else "",
        language=words("language").lower(),
        excerpt=first("excerpt") is True,
    )


def joined(first: Metadata, second: Metadata) -> Metadata:
    """The first one's values, the second's where the first has none."""
    return Metadata(
        **{name: getattr(first, name) or getattr(second, name) for name in Metadata.__struct_fields__}
    )


def match_source(url: str, publisher: str, sources: Sequence[Source]) -> Source | None:
    """The source whose domain the address is under (the longest wins), else the one of that publisher."""
    host = host_of(url)
    found: tuple[int, Source] | None = None
    for each in sources:
        for domain in each.domains:
            if (
                host
                and (host == domain or host.endswith("." + domain))
                and (found is None or len(domain) > found[0])
            ):
                found = (len(domain), each)
    if found is not None:
        return found[1]
    if url or not publisher:
        return None
    wanted = publisher.casefold()
    return next((each for each in sources if each.publisher.casefold() == wanted), None)


def label_in(text: str) -> Tlp | None:
    """A TLP marking that stands on a line of its own at the head or foot of a text."""
    found = _LABEL.search("\n" + text[:2000]) or _LABEL.search("\n" + text[-1000:])
    return parse(found[1]) if found else None


def kind_of(word: str, source: Source | None) -> PublisherKind:
    """The publisher's kind: as stated, else the source's, else unknown."""
    if word in get_args(PublisherKind):
        return cast(PublisherKind, word)
    return source.publisher_kind if source is not None else "unknown"
