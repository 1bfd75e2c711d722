# SPDX-License-Identifier: Apache-2.0
"""A TAXII collection in memory: its objects by the time they were added, filters and pages. Pure.

Source: TAXII 2.1 OASIS Standard (10 June 2021), filtering, pagination and sorting. Answers are
ascending by date added, which is different for every object of a collection, so that a client may go on
with `next` or with `added_after` and miss nothing. Knows no HTTP.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qsl

import msgspec

LARGEST: Final = 500
"""Objects in one page at most, whatever the client asks for."""
HEAVIEST: Final = 8_000_000
"""Bytes of objects in one page at most, unless one object alone is larger."""
_STAMP: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,30})?Z")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_MATCHES: Final = ("id", "type", "version", "spec_version")
_WORDS: Final = frozenset({"first", "last", "all"})
_LONGEST: Final = 16_384


class Entry(msgspec.Struct, frozen=True):
    """One version of one STIX object in a collection."""

    id: str
    type: str
    version: str
    """`modified`, else `created`, else the date added."""
    added: str
    """As `stamp` writes it; unique within the collection."""
    spec: str
    """ "2.1"."""
    body: bytes
    """The object as JSON."""


class Collection:
    """The objects of one collection."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """`entries` ascending by date added, each (id, version) once."""
        self.entries = tuple(entries)
        self._added = [each.added for each in self.entries]
        self._of: dict[str, list[Entry]] = {}
        for each in self.entries:
            self._of.setdefault(each.id, []).append(each)
        order = {id_: sorted(found, key=lambda one: moment(one.version)) for id_, found in self._of.items()}
        self._first = {id_: found[0].version for id_, found in order.items()}
        self._last = {id_: found[-1].version for id_, found in order.items()}

    def __contains__(self, id_: str) -> bool:
        return id_ in self._of

    def page(self, query: Query, id_: str = "") -> Page:
        """What the query asks for, of all objects or of the versions of one; "" is all."""
        after = max(query.added_after, query.resume)
        if id_:
            found = [each for each in self._of.get(id_, ()) if each.added > after]
        else:
            found = list(self.entries[bisect_right(self._added, after) :])
        wanted: list[Entry] = []
        size = 0
        for each in found:
            if self._wanted(each, query):
                size += len(each.body)
                if wanted and (len(wanted) == query.limit or size > HEAVIEST):
                    return Page(tuple(wanted), query.token(wanted[-1].added))
                wanted.append(each)
        return Page(tuple(wanted))

    def _wanted(self, each: Entry, query: Query) -> bool:
        if query.ids and each.id not in query.ids:
            return False
        if query.types and each.type not in query.types:
            return False
        if query.specs and each.spec not in query.specs:
            return False
        return (
            "all" in query.versions
            or ("last" in query.versions and each.version == self._last[each.id])
            or ("first" in query.versions and each.version == self._first[each.id])
            or (bool(query.versions - _WORDS) and moment(each.version) in query.versions)
        )


class Page(msgspec.Struct, frozen=True):
    """A page of an answer."""

    entries: tuple[Entry, ...]
    next: str = ""
    """What the client gives back to go on; "" when this is all."""


class Query(msgspec.Struct, frozen=True):
    """The filters of a request. Times are as `stamp` writes them."""

    limit: int = LARGEST
    added_after: str = ""
    resume: str = ""
    ids: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    versions: frozenset[str] = frozenset({"last"})
    specs: frozenset[str] = frozenset()
    scope: str = ""
    """What was asked, without the place in the answer: a token fits only the same question."""

    def token(self, added: str) -> str:
        """The value of `next` after an object."""
        return base64.urlsafe_b64encode(f"{added} {self.scope}".encode()).decode().rstrip("=")


class BadQuery(ValueError):
    """The filters are not understood; the message is for the client and holds nothing of the request."""


def query(text: str, path: str, *, matches: tuple[str, ...] = _MATCHES) -> Query:
    """The query string of a request as filters. `matches`: the match fields of the endpoint.

    `path` binds the token of a page to the endpoint. Parameters that TAXII does not name are left alone, an
    unknown match field or a value that is none is refused. Raises BadQuery.
    """
    if len(text) > _LONGEST:
        raise BadQuery("The query is too long.")
    try:
        given = parse_qsl(text, keep_blank_values=True, max_num_fields=100, errors="replace")
    except ValueError:
        raise BadQuery("The query has too many parameters.") from None
    values: dict[str, str] = {}
    for name, value in given:
        known = name in ("limit", "next", "added_after") or name.startswith("match[")
        if known and name in values:
            raise BadQuery("A parameter is given twice; several values are separated by commas.")
        values[name] = value
    for name in values:
        if name.startswith("match[") and name not in {f"match[{each}]" for each in matches}:
            raise BadQuery("A match field is not supported at this endpoint.")
    asked = {key: value for key, value in values.items() if key == "added_after" or key.startswith("match[")}
    scope = hashlib.sha256(repr((path, sorted(asked.items()))).encode()).hexdigest()[:16]
    versions = _list(values.get("match[version]", ""))
    return Query(
        limit=_limit(values.get("limit")),
        added_after=_time(values["added_after"]) if "added_after" in values else "",
        resume=_resume(values["next"], scope) if "next" in values else "",
        ids=_list(values.get("match[id]", "")),
        types=_list(values.get("match[type]", "")),
        versions=frozenset(each if each in _WORDS else _time(each) for each in versions)
        or frozenset({"last"}),
        specs=_list(values.get("match[spec_version]", "")),
        scope=scope,
    )


def _list(value: str) -> frozenset[str]:
    return frozenset(each.strip() for each in value.split(",") if each.strip())


def _limit(value: str | None) -> int:
    if value is None:
        return LARGEST
    if not _NUMBER.fullmatch(value) or int(value) == 0:
        raise BadQuery("The limit is no positive number.")
    return min(int(value), LARGEST)


def _time(value: str) -> str:
    if not _STAMP.fullmatch(value.strip()):
        raise BadQuery("A time is not written as RFC 3339 in UTC, e.g. 2026-06-02T12:00:00.000Z.")
    try:
        return moment(value.strip())
    except ValueError:
        raise BadQuery("A time is outside the calendar.") from None


def _resume(value: str, scope: str) -> str:
    try:
        padded = value + "=" * (-len(value) % 4)
        added, found = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii").split(" ")
    except (binascii.Error, ValueError):
        raise BadQuery("The value of next is none of ours.") from None
    if found != scope or not _STAMP.fullmatch(added):
        raise BadQuery("The value of next belongs to another question.")
    return added


def moment(text: str) -> str:
    """A timestamp in the one form that sorts as time does. Raises ValueError."""
    return stamp(datetime.datetime.fromisoformat(text))


def stamp(time: datetime.datetime) -> str:
    """A time in UTC as TAXII writes it, with six digits of a second: as text it sorts as time does."""
    return time.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")
