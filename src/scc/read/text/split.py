# SPDX-License-Identifier: Apache-2.0
"""Containers to entries: archives, feeds, catalogues, lists of records, round-ups. A plain file stays as it is.

A container ends as context; each of its entries has an outcome of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from scc.model.document import Raw
from scc.model.ids import digest
from scc.model.provenance import Skipped
from scc.read.records import epss, format_of, kev
from scc.read.text.archives import is_archive, open_archive
from scc.read.text.decode import decode
from scc.read.text.documents import charset
from scc.read.text.feeds import split_feed, split_json_feed
from scc.read.text.limits import CONTAINER_ENTRIES, FILE_BYTES, TOO_LARGE, context, quarantine
from scc.read.text.roundups import of_entry, sections
from scc.read.text.shapes import of_value
from scc.read.text.sniff import Kind, sniff

_CATALOGUES: Final = ("kev", "kev-csv", "epss-csv", "nvd", "misp", "json-lines", "json-list")
_SINGLE: Final = ("nvd", "misp")
"""Formats whose answers hold one record as often as many: one alone is no container."""
_NESTED: Final = quarantine(
    "archive-nested", "An archive inside an archive is not opened; unpack it and give the folder."
)


def split(raw: Raw) -> list[Raw | Skipped]:
    """The entries of a container, each with `parent` and `entry`; a list of one without entry for anything else.

    An archive is opened one level deep: an archive inside it is quarantined. Never raises on content.
    """
    if raw.media_type.startswith("application/x-scc-"):
        return [raw]
    if len(raw.data) > FILE_BYTES:
        return [TOO_LARGE]
    if is_archive(raw.data):
        if raw.entry:
            return [_NESTED]
        return [
            part
            for each in open_archive(raw)
            for part in (_inside(each) if isinstance(each, Raw) else [each])
        ]
    decoded = decode(raw.data, charset(raw))
    text = decoded.text
    kind = sniff(raw.data, text)
    if kind.name in ("rss", "atom"):
        return _with_sections(split_feed(raw, charset(raw)))
    if kind.name == "jsonfeed":
        return _with_sections(split_json_feed(raw, kind.value))
    if kind.name in _CATALOGUES:
        return _catalogue(raw, kind, text)
    if kind.name in ("html", "markdown"):
        return sections(raw, kind.name, decoded) or [raw]
    return [raw]


def _with_sections(entries: list[Raw | Skipped]) -> list[Raw | Skipped]:
    """The entries of a feed, each that is a round-up followed by its sections."""
    return [part for each in entries for part in (of_entry(each) if isinstance(each, Raw) else [each])]


def _inside(raw: Raw) -> list[Raw | Skipped]:
    """The entries of a file that came out of an archive; their keys begin with the file's."""
    parts = split(raw)
    if len(parts) == 1 and (parts[0] is raw or isinstance(parts[0], Skipped)):
        return parts
    prefix = raw.entry if raw.entry != "content" else ""
    return [
        msgspec.structs.replace(
            each, entry="#".join(part for part in (prefix, each.entry) if part) or raw.entry
        )
        if isinstance(each, Raw)
        else each
        for each in parts
    ]


def _catalogue(raw: Raw, kind: Kind, text: str) -> list[Raw | Skipped]:
    found: list[Raw | Skipped] = []
    for each in _records(raw, kind, text):
        if len(found) >= CONTAINER_ENTRIES:
            found.append(
                quarantine(
                    "too-many", f"Only the first {CONTAINER_ENTRIES} entries are read; split the file."
                )
            )
            break
        found.append(each)
    if not found:
        return [context("container-empty", "The catalogue has no entries; get it again from its source.")]
    if len(found) == 1 and kind.name in _SINGLE and isinstance(found[0], Raw):
        return [msgspec.structs.replace(found[0], parent=raw.parent, entry=raw.entry)]
    return found


def _records(raw: Raw, kind: Kind, text: str) -> Iterator[Raw | Skipped]:
    parent = digest(raw.data)
    if kind.name == "kev-csv":
        yield from _entries(raw, parent, "kev", kev.entries(kev.from_csv(text)))
    elif kind.name == "epss-csv":
        yield from _entries(raw, parent, "epss", epss.entries(text))
    elif kind.name in ("kev", "nvd", "misp"):
        reader = format_of(kind.name)
        assert reader is not None
        yield from _entries(raw, parent, kind.name, reader.entries(_whole(kind)))
    else:
        values = enumerate(kind.value) if kind.name == "json-list" else _lines(text)
        yield from _each(raw, parent, values)


def _whole(kind: Kind) -> Any:
    """A record that stands alone, in the shape of its catalogue."""
    value = kind.value
    if kind.name == "kev" and isinstance(value, dict) and "cveID" in value:
        return {"vulnerabilities": [value]}
    if kind.name == "nvd" and isinstance(value, dict) and "sourceIdentifier" in value:
        return {"vulnerabilities": [{"cve": value}]}
    return value


def _lines(text: str) -> Iterator[tuple[int, Any]]:
    for index, line in enumerate(text.split("\n")):
        if line.strip():
            try:
                yield index, msgspec.json.decode(line)
            except (msgspec.DecodeError, RecursionError):
                yield index, None


def _each(raw: Raw, parent: str, values: Iterable[tuple[int, Any]]) -> Iterator[Raw | Skipped]:
    for index, value in values:
        if value is None:
            yield quarantine(
                "entry-broken", f"Entry {index + 1} cannot be parsed, it may be cut off; get the file again."
            )
            continue
        name = of_value(value)
        reader = format_of(name)
        if reader is None:
            yield context("entry-unknown", f"Entry {index + 1} is of no record format that is understood.")
            continue
        yield from _entries(raw, parent, name, reader.entries(_whole(Kind(name, value))), str(index + 1))


def _entries(
    raw: Raw, parent: str, name: str, found: Iterable[tuple[str, Any]], place: str = ""
) -> Iterator[Raw]:
    for count, (key, value) in enumerate(found):
        yield Raw(
            data=msgspec.json.encode(value, order="sorted"),
            path=raw.path,
            url=raw.url,
            media_type=f"application/x-scc-{name}+json",
            retrieved=raw.retrieved,
            source=raw.source,
            parent=parent,
            entry=key or place or str(count + 1),
        )
