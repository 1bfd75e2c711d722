# SPDX-License-Identifier: Apache-2.0
"""Items as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scc.model.briefing import Briefing
from scc.share.feed_entries import AUTHOR, NOTHING, SUBTITLE, Entry, Feed, Place, feed, stamp
from scc.share.interface import Context, NotApplicable
from scc.share.xml_lines import element


def write(briefing: Briefing, context: Context) -> bytes | NotApplicable:
    """The item as a feed of one entry."""
    found = feed(((briefing, context),), single=True)
    return NOTHING if found is None else _written(found, Place())


def write_many(
    cleared: Iterable[tuple[Briefing, Context]], place: Place | None = None
) -> bytes | NotApplicable:
    """The items as one feed, newest first."""
    found = feed(cleared)
    return NOTHING if found is None else _written(found, place or Place())


def _written(found: Feed, place: Place) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        element("id", f"urn:uuid:{found.uuid}"),
        element("title", found.title),
        element("subtitle", SUBTITLE),
        element("updated", stamp(found.updated)),
        f"<author>{element('name', AUTHOR)}</author>",
        element("generator", AUTHOR),
    ]
    if place.own:
        lines.append(element("link", rel="self", type="application/atom+xml", href=place.own))
    if place.home:
        lines.append(element("link", rel="alternate", type="text/html", href=place.home))
    for each in found.entries:
        lines += _entry(each)
    return ("\n".join((*lines, "</feed>")) + "\n").encode("utf-8")


def _entry(each: Entry) -> Iterator[str]:
    yield "<entry>"
    yield element("id", f"urn:uuid:{each.uuid}")
    yield element("title", each.title)
    yield element("published", stamp(each.published))
    yield element("updated", stamp(each.updated))
    yield element("rights", f"{each.tlp} (FIRST Traffic Light Protocol 2.0)")
    for tag in each.tags:
        yield element("category", term=tag)
    for link in each.links:
        yield element("link", rel="related", href=link.href, title=link.title)
    for other in each.related:
        yield element(
            "link", rel="related", href=f"urn:uuid:{other.uuid}", title=f"{other.item}: {other.title}"
        )
    yield element("content", each.html, type="html")
    yield "</entry>"
