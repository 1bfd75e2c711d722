# SPDX-License-Identifier: Apache-2.0
"""What Atom, RSS and JSON Feed have in common: items as entries, newest first, told in our own words.

Only facts about the world stand in an entry. Its id hangs on the item, so a revision updates it; a withdrawn
item stays in, marked so, with nothing of it left. Dismissed and merged items are not in a feed. Characters
that XML 1.0 cannot carry are written out as `[U+0000]` in every format.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from html import escape
from typing import Final

import msgspec

from scc.model.briefing import Briefing, Statement
from scc.render.characters import visible
from scc.render.links import safe
from scc.share.identity import made, named, withdrawn
from scc.share.interface import Context, NotApplicable
from scc.share.texts import encodable, uri

TITLE: Final = "Security briefings"
SUBTITLE: Final = "Items with their sources, from Security Command Center"
AUTHOR: Final = "Security Command Center"
NOTHING: Final = NotApplicable("there is no item for a feed")
_LINKS: Final = 20
"""Sources linked from an entry, the best ones first."""
_LONGEST: Final = 20_000
"""Characters kept of a statement."""


class Place(msgspec.Struct, frozen=True):
    """Where a feed will stand, when that is known; every field may be empty."""

    own: str = ""
    """Address of the feed itself."""
    home: str = ""
    """Address of the page it belongs to."""


class Link(msgspec.Struct, frozen=True):
    href: str
    title: str


class Linked(msgspec.Struct, frozen=True):
    """Another item that this one is linked with."""

    item: str
    uuid: str
    """Of its entry."""
    relation: str
    title: str


class Entry(msgspec.Struct, frozen=True):
    """One item in a feed. Texts have no characters that XML 1.0 forbids; `html` is escaped once."""

    item: str
    uuid: str
    title: str
    tlp: str
    published: datetime.datetime
    updated: datetime.datetime
    html: str
    text: str
    tags: tuple[str, ...]
    links: tuple[Link, ...]
    related: tuple[Linked, ...] = ()


class Feed(msgspec.Struct, frozen=True):
    uuid: str
    title: str
    updated: datetime.datetime
    entries: tuple[Entry, ...]


def feed(cleared: Iterable[tuple[Briefing, Context]], *, single: bool = False) -> Feed | None:
    """The feed of the items, None when none of them belongs in one. Of two revisions the later stays.

    A `single` one is the feed of its item and has an id of its own.

    Raises ValueError when `generated` is no ISO 8601 time.
    """
    newest: dict[str, tuple[Briefing, Context]] = {}
    for briefing, context in cleared:
        known = newest.get(briefing.id)
        if known is None or known[0].revision <= briefing.revision:
            newest[briefing.id] = (briefing, context)
    entries = [
        _entry(encodable(briefing), context)
        for briefing, context in newest.values()
        if briefing.status not in ("dismissed", "merged")
    ]
    if not entries:
        return None
    entries.sort(key=lambda each: each.item)
    entries.sort(key=lambda each: each.updated, reverse=True)
    return Feed(
        uuid=named("feed", entries[0].item) if single else named("feed"),
        title=f"{TITLE}: {entries[0].item}" if single else TITLE,
        updated=entries[0].updated,
        entries=tuple(entries),
    )


def stamp(moment: datetime.datetime) -> str:
    """RFC 3339 in UTC with capital T and Z."""
    return (
        f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d}"
        f"T{moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}Z"
    )


def _entry(briefing: Briefing, context: Context) -> Entry:
    published, updated = made(briefing, context)
    gone = withdrawn(briefing, context)
    title = _line(briefing.title)[:300] or briefing.id
    links = () if gone else _links(briefing)
    parts = [("", [f"{briefing.tlp}. {briefing.id}, revision {briefing.revision}."])]
    if gone:
        reasons = [
            each.reason
            for each in context.records.decisions
            if each.kind == "withdraw" and each.target == briefing.id
        ]
        parts.append(("", ["This item was withdrawn. What it said no longer stands.", *reasons]))
    else:
        parts += [
            ("Summary", _texts(briefing.summary)),
            (f"Severity: {briefing.severity.level}", _texts(briefing.severity.reasons)),
            ("Analysis", _texts(briefing.analysis)),
            ("Indicators", [briefing.indicators_note]),
            ("", [briefing.disclaimer]),
        ]
    told = [(head, [line for each in lines if (line := _line(each))]) for head, lines in parts]
    told = [(head, lines) for head, lines in told if lines]
    return Entry(
        item=briefing.id,
        uuid=named("entry", briefing.id),
        title=f"Withdrawn: {title}" if gone else title,
        tlp=briefing.tlp,
        published=published,
        updated=updated,
        html=_html(told, links),
        text=_plain(told, links),
        tags=(briefing.tlp,) if gone else _tags(briefing),
        links=links,
        related=()
        if gone
        else tuple(
            Linked(each.item, named("entry", each.item), each.relation, _line(each.title)[:300] or each.item)
            for each in briefing.related
        ),
    )


def _tags(briefing: Briefing) -> tuple[str, ...]:
    found = [briefing.tlp, briefing.type, *briefing.facets, f"severity:{briefing.severity.level}"]
    found += [each.id for each in briefing.vulnerabilities]
    return tuple(dict.fromkeys(line for each in found if (line := _line(each)[:200])))


def _links(briefing: Briefing) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for each in sorted(briefing.sources, key=lambda one: one.tier):
        address = safe(uri(each.url))
        if address:
            title = _line(f"{each.publisher}: {each.title}" if each.publisher.strip() else each.title)
            found.setdefault(address, Link(address, title[:300] or address))
    return tuple(found.values())[:_LINKS]


def _texts(statements: Iterable[Statement]) -> list[str]:
    return [each.text for each in statements]


def _line(text: str) -> str:
    return " ".join(visible(text[:_LONGEST]).split())


def _html(told: list[tuple[str, list[str]]], links: tuple[Link, ...]) -> str:
    made: list[str] = []
    for head, lines in told:
        if head:
            made.append(f"<h3>{escape(head)}</h3>")
        made += [f"<p>{escape(line)}</p>" for line in lines]
    if links:
        made.append("<h3>Sources</h3>")
        rows = (f'<li><a href="{escape(each.href)}">{escape(each.title)}</a></li>' for each in links)
        made.append(f"<ul>{''.join(rows)}</ul>")
    return "\n".join(made)


def _plain(told: list[tuple[str, list[str]]], links: tuple[Link, ...]) -> str:
    made = ["\n".join(([head] if head else []) + lines) for head, lines in told]
    if links:
        made.append("\n".join(["Sources", *(f"{each.title} {each.href}" for each in links)]))
    return "\n\n".join(made)
