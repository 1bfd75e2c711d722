# SPDX-License-Identifier: Apache-2.0
"""Polling by kind of source. Most kinds are one address that gives one file; HTML is a page.

What the bytes mean is `read`'s: a catalogue is split there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scc.collect.http import Answer, Door
from scc.collect.interface import Memory, Poll
from scc.model.document import Raw, Source, SourceKind
from scc.model.ids import digest

_FEED: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
)
_JSON: Final = "application/json, */*;q=0.5"
_ACCEPT: Final[dict[SourceKind, str]] = {
    "rss": _FEED, "atom": _FEED, "jsonfeed": _FEED, "kev": _JSON, "epss": "application/gzip, text/csv, */*;q=0.5",
    "cve": _JSON, "nvd": _JSON, "osv": _JSON, "csaf": _JSON, "stix": _JSON, "misp": _JSON,
    "ioc": "text/csv, text/plain, */*;q=0.5", "html": "text/html, */*;q=0.5",
}  # fmt: skip


def fetch(url: str, door: Door, retrieved: str, source: Source | None = None) -> Raw:
    """One address as a Raw. Raises CollectError."""
    return _raw(door.get(url), retrieved, source)


def poll_one(source: Source, memory: Memory, door: Door) -> Iterator[Raw]:
    """Fetch a source's one address; nothing when it is as it was. Raises CollectError."""
    answer = door.get(
        source.url, etag=memory.etag, modified=memory.modified, accept=_ACCEPT.get(source.kind, "")
    )
    if answer.status != 304 and digest(answer.data) != memory.digest:
        yield _raw(answer, "", source)


def poller(kind: SourceKind) -> Poll:
    """Who polls sources of that kind."""
    return poll_one


def _raw(answer: Answer, retrieved: str, source: Source | None) -> Raw:
    return Raw(
        data=answer.data,
        url=answer.url,
        media_type=answer.header("content-type").split(";")[0].strip().lower(),
        headers=tuple((key.lower(), value) for key, value in answer.headers if key.lower() in _KEPT),
        retrieved=retrieved,
        source=source,
    )


_KEPT: Final = frozenset({"content-type", "etag", "last-modified", "content-language", "date"})
