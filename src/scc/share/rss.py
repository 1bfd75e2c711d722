# SPDX-License-Identifier: Apache-2.0
"""Items as an RSS 2.0 feed. A date of change, which RSS has not, comes from Atom's namespace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from email.utils import format_datetime

from scc.model.briefing import Briefing
from scc.share.feed_entries import AUTHOR, NOTHING, SUBTITLE, Entry, Feed, Place, feed, stamp
from scc.share.interface import Context, NotApplicable
from scc.share.xml_lines import element


def write(briefing: Briefing, context: Context) -> bytes | NotApplicable:
    """The item as a channel of one item."""
    found = feed(((briefing, context),), single=True)
    return NOTHING if found is None else _written(found, Place())


def write_many(
    cleared: Iterable[tuple[Briefing, Context]], place: Place | None = None
) -> bytes | NotApplicable:
    """The items as one channel, newest first."""
    found = feed(cleared)
    return NOTHING if found is None else _written(found, place or Place())


def _written(found: Feed, place: Place) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">',
        "<channel>",
        element("title", found.title),
        # A channel has to have a link: without a page it is the name of the feed.
        element("link", place.home or f"urn:uuid:{found.uuid}"),
        element("description", SUBTITLE),
        element("language", "en"),
        element("lastBuildDate", format_datetime(found.updated)),
        element("generator", AUTHOR),
    ]
    if place.own:
        lines.append(element("atom:link", rel="self", type="application/rss+xml", href=place.own))
    for each in found.entries:
        lines += _item(each)
    return ("\n".join((*lines, "</channel>", "</rss>")) + "\n").encode("utf-8")


def _item(each: Entry) -> Iterator[str]:
    yield "<item>"
    yield element("title", each.title)
    if each.links:
        yield element("link", each.links[0].href)
    yield element("description", each.html)
    for tag in each.tags:
        yield element("category", tag)
    yield element("guid", f"urn:uuid:{each.uuid}", isPermaLink="false")
    yield element("pubDate", format_datetime(each.published))
    yield element("atom:updated", stamp(each.updated))
    yield "</item>"
