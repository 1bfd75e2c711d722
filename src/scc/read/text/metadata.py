# SPDX-License-Identifier: Apache-2.0
"""What a document says of itself: front matter and the usual names of its fields. Judges nothing."""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

import msgspec

from scc.model.tlp import parse
from scc.read.text.dates import iso_date

_KEYS: Final = {
    "title": ("title", "name", "headline"),
    "url": (
        "url",
        "source_url",
        "canonical_url",
        "canonical",
        "link",
        "permalink",
        "redirect_to",
        "original_url",
    ),
    "publisher": ("publisher", "source", "site", "site_name"),
    "published": (
        "date",
        "published",
        "published_time",
        "pubdate",
        "publishedat",
        "published_at",
        "date_published",
    ),
    "modified": (
        "modified",
        "modified_time",
        "updated",
        "lastmod",
        "last_modified",
        "modifiedat",
        "updated_at",
    ),
    "collected": ("collected", "retrieved", "accessed"),
    "tier": ("tier",),
    "kind": ("kind", "publisher_kind"),
    "tlp": ("tlp",),
    "language": ("language", "lang"),
    "excerpt": ("excerpt",),
    "path": ("path", "slug"),
    "author": ("author", "authors", "by"),
}
_TIERS: Final = {"t1": "T1", "t2": "T2", "t3": "T3", "1": "T1", "2": "T2", "3": "T3"}
_LABEL: Final = re.compile(r"TLP[: _-]{0,3}(WHITE|CLEAR|GREEN|AMBER\+STRICT|AMBER|RED)\b", re.IGNORECASE)
_HEAD_CHARACTERS: Final = 20_000


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
    author: str = ""
    """Names of the authors as written: a cue to the publisher, nothing more."""
    date_basis: str = ""
    """Where `published` was taken from (`Document.date_basis`)."""


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The mapping in front of a document (YAML between ---, TOML between +++) and the rest of the text.

    Broken front matter, front matter with aliases and one of more than 20,000 characters is text.
    """
    for mark in ("---", "+++"):
        if not text.startswith(mark + "\n"):
            continue
        close = text.find(f"\n{mark}", 3, _HEAD_CHARACTERS)
        while close >= 0 and text[close + 4 : close + 5] not in ("\n", "", " "):
            close = text.find(f"\n{mark}", close + 1, _HEAD_CHARACTERS)
        if close < 0:
            return {}, text
        value = load(text[4:close]) if mark == "---" else _toml(text[4:close])
        if isinstance(value, dict):
            rest = text.find("\n", close + 1)
            return value, text[rest + 1 :] if rest >= 0 else ""
        return {}, text
    return {}, text


def _toml(head: str) -> Any:
    try:
        return tomllib.loads(head)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def load(text: str) -> Any:
    """The value of a YAML text; None if it is broken or uses aliases (alias bombs; no article needs them)."""
    import yaml

    if re.search(r"(?:^|[\s\[{,:-])\*\w", text) and re.search(r"(?:^|[\s\[{,:-])&\w", text):
        return None
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, OverflowError):
        return None


def of_mapping(value: dict[str, Any]) -> Metadata:
    """Metadata out of front matter or a YAML article, under whichever of the usual names."""
    flat = {str(key).lower(): each for key, each in value.items()}

    def first(name: str) -> Any:
        return next((flat[key] for key in _KEYS[name] if flat.get(key) not in (None, "", [])), "")

    publisher, url = _words(first("publisher")), _words(first("url"))
    if not is_address(url):
        url = publisher if is_address(publisher) else ""
    published, basis = iso_date(first("published")), "front-matter"
    if not published:
        published = date_of_path(_words(first("path")))
    if not published and flat.get("incident-date"):
        published, basis = _incident(flat), "incident"
    tlp = _words(first("tlp"))
    language = _words(first("language")).lower()
    return Metadata(
        title=_words(first("title")),
        url=url,
        publisher="" if is_address(publisher) else publisher,
        published=published,
        modified=iso_date(first("modified")),
        collected=iso_date(first("collected")),
        tier=_TIERS.get(_words(first("tier")).lower(), ""),
        kind=_words(first("kind")).lower(),
        tlp=read_label(tlp) if tlp else "",
        language=language[:2] if re.match(r"[a-z]{2}(?:$|[-_])", language) else "",
        excerpt=first("excerpt") is True,
        author=_words(first("author")),
        date_basis=basis if published else "",
    )


def read_label(value: str) -> str:
    """The TLP label of a field that is there for it. A label that is not understood reads as TLP:AMBER."""
    found = parse(value)
    if found is None:
        said = _LABEL.search(value)
        found = parse(said[1]) if said else None
    return found or "TLP:AMBER"


def joined(first: Metadata, second: Metadata) -> Metadata:
    """The first one's values, the second's where the first has none."""
    if first.published or not second.published:
        second = msgspec.structs.replace(second, date_basis="")
    return Metadata(
        **{name: getattr(first, name) or getattr(second, name) for name in Metadata.__struct_fields__}
    )


def is_address(value: str) -> bool:
    """Whether a string is an http(s) address."""
    return value.startswith(("http://", "https://"))


def _words(value: Any) -> str:
    if isinstance(value, str):
        return " ".join(value.split())[:1000]
    if isinstance(value, list):
        return ", ".join(" ".join(each.split()) for each in value[:20] if isinstance(each, str))[:1000]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(value)


def date_of_path(path: str) -> str:
    """The date (ISO 8601) that a permalink holds, e.g. "2025/09/12/title"; "" for none."""
    found = re.match(r"/?(?:[\w.-]{1,40}/){0,2}?((?:19|20)\d\d)/(\d\d)/(\d\d)/", path)
    return iso_date("-".join(found.groups())) if found else ""


def _incident(flat: dict[str, Any]) -> str:
    """The date of the incident told, as precise as its granularity says."""
    date = iso_date(flat["incident-date"])
    size = {"YEAR": 4, "MONTH": 7}.get(str(flat.get("incident-date-granularity", "")).upper(), 10)
    return date[:size]
