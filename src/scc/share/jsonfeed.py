# SPDX-License-Identifier: Apache-2.0
"""Items as a JSON Feed (version 1.1). What the format has no word for stands under `_scc`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scc.model.briefing import Briefing
from scc.share.feed_entries import AUTHOR, NOTHING, SUBTITLE, Entry, Feed, Linked, Place, feed, stamp
from scc.share.interface import Context, NotApplicable
from scc.share.texts import as_json


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
    made: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": found.title,
        **({"home_page_url": place.home} if place.home else {}),
        **({"feed_url": place.own} if place.own else {}),
        "description": SUBTITLE,
        "authors": [{"name": AUTHOR}],
        "language": "en",
        "items": [_item(each) for each in found.entries],
    }
    return as_json(made)


def _item(each: Entry) -> dict[str, Any]:
    return {
        "id": f"urn:uuid:{each.uuid}",
        **({"external_url": each.links[0].href} if each.links else {}),
        "title": each.title,
        "content_html": each.html,
        "content_text": each.text,
        "date_published": stamp(each.published),
        "date_modified": stamp(each.updated),
        "tags": list(each.tags),
        "_scc": {
            "item": each.item,
            "tlp": each.tlp,
            **({"related": [_linked(one) for one in each.related]} if each.related else {}),
        },
    }


def _linked(other: Linked) -> dict[str, str]:
    return {
        "id": f"urn:uuid:{other.uuid}",
        "item": other.item,
        "relation": other.relation,
        "title": other.title,
    }
