# SPDX-License-Identifier: Apache-2.0
"""Containers to entries: archives, feeds, catalogues, lists of records. A plain file stays as it is.

A container ends as context; each of its entries has an outcome of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from scc.model.document import Raw
from scc.model.ids import digest
from scc.model.provenance import Skipped
from scc.read.archives import open_gzip, open_zip
from scc.read.decode import decode
from scc.read.feeds import split_feed, split_json_feed
from scc.read.limits import CONTAINER_ENTRIES, FILE_BYTES, quarantine
from scc.read.records import epss, format_of, kev
from scc.read.sniff import Kind, of_value, sniff

CONTAINERS = (
    "kev",
    "kev-csv",
    "epss-csv",
    "nvd",
    "misp",
    "json-lines",
    "json-list",
    "rss",
    "atom",
    "jsonfeed",
)


def split(raw: Raw) -> list[Raw | Skipped]:
    """The entries of a container, [raw] for anything else. Never raises on content.

    An archive is opened one level deep: an archive inside it is quarantined.
    """
    if raw.media_type.startswith("application/x-scc-"):
        return [raw]
    if len(raw.data) > FILE_BYTES:
        return [
            quarantine(
                "too-large",
                f"The file has more than {FILE_BYTES // 1_000_000} MB; cut it or give the articles in it.",
            )
        ]
    head = raw.data[:4]
    if head[:2] == b"\x1f\x8b" or head in (b"PK\x03\x04", b"PK\x05\x06"):
        if raw.parent:
            return [
                quarantine(
                    "archive-nested",
                    "An archive inside an archive is not opened; unpack it and give the folder.",
                )
            ]
        opened = open_gzip(raw) if head[:2] == b"\x1f\x8b" else open_zip(raw)
        found: list[Raw | Skipped] = []
        for each in opened:
            found.extend(split(each) if isinstance(each, Raw) else [each])
        return found
    text = decode(raw.data).text
    kind = sniff(raw.data, text)
    if kind.name in ("rss", "atom"):
        return split_feed(raw)
    if kind.name == "jsonfeed":
        return split_json_feed(raw, kind.value)
    if kind.name in CONTAINERS:
        return list(_records(raw, kind, text)) or [raw]
    return [raw]


def _records(raw: Raw, kind: Kind, text: str) -> Iterator[Raw | Skipped]:
    parent = digest(raw.data)
    if kind.name == "kev-csv":
        yield from _entries(raw, parent, "kev", kev.entries(kev.from_csv(text)))
    elif kind.name == "epss-csv":
        yield from _entries(raw, parent, "epss", epss.entries(text))
    elif kind.name in ("kev", "nvd", "misp"):
        reader = format_of(kind.name)
        assert reader is not None
        yield from _entries(raw, parent, kind.name, reader.entries(kind.value))
    elif kind.name == "json-list":
        yield from _each(raw, parent, enumerate(kind.value))
    else:
        yield from _each(raw, parent, _lines(text))


def _lines(text: str) -> Iterator[tuple[int, Any]]:
    for index, line in enumerate(text.split("\n")):
        if line.strip():
            try:
                yield index, msgspec.json.decode(line)
            except msgspec.DecodeError:
                yield index, None


def _each(raw: Raw, parent: str, values: Any) -> Iterator[Raw | Skipped]:
    for index, value in values:
        if index >= CONTAINER_ENTRIES:
            return
        name = of_value(value).name
        reader = format_of(name)
        if value is None or reader is None:
            yield quarantine(
                "entry-broken", f"Entry {index + 1} is no record that is understood; look at it in the file."
            )
        else:
            yield from _entries(raw, parent, name, reader.entries(value), str(index))


def _entries(
    raw: Raw, parent: str, name: str, found: Iterator[tuple[str, Any]], place: str = ""
) -> Iterator[Raw]:
    for count, (key, value) in enumerate(found):
        if count >= CONTAINER_ENTRIES:
            return
        yield Raw(
            data=msgspec.json.encode(value, order="sorted"),
            path=raw.path,
            url=raw.url,
            media_type=f"application/x-scc-{name}+json",
            retrieved=raw.retrieved,
            source=raw.source,
            parent=parent,
            entry=key or place or str(count),
        )
