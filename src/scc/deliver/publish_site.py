# SPDX-License-Identifier: Apache-2.0
"""Items as a static site: an index, a page an item, pages to find items by (no script anywhere), three feeds.

Only what is TLP:CLEAR by a label that somebody gave, and only facts about the world: no relevance, priority, plan or
owner. The passages behind citations stay out; each statement names its source. The same store gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec

from scc.deliver.admission import refusal
from scc.deliver.folder import replaced
from scc.model.briefing import Briefing
from scc.model.errors import DeliverError
from scc.render.characters import visible
from scc.render.labels import FACETS
from scc.render.links import safe
from scc.render.view import view
from scc.share import EXPORTS, Context, NotApplicable, Refused, clear
from scc.share.identity import made, withdrawn

KIND: Final = "site"
FEEDS: Final = {"atom": "feed.atom.xml", "rss": "feed.rss.xml", "jsonfeed": "feed.json"}
NEWEST: Final = 50
"""Items on the first page; all are on the pages to find them by."""
FEED: Final = 200
"""Items in a feed: those that changed last. A reader that comes back sees what is new; the pages have all."""
LONGEST: Final = 400
"""Links on one page of a list; more go to the next."""
ABOUT: Final = 40
"""CVE ids, products or names beside one link of a list; the item's page has all."""
WAYS: Final = ("type", "topic", "year", "flaw", "product", "name")
"""Ways to find an item."""
_CVE: Final = re.compile(r"CVE-[0-9]{4}(?=-[0-9])")


class Published(msgspec.Struct, frozen=True):
    """What a run did."""

    items: tuple[str, ...]
    pages: int
    refused: tuple[tuple[str, str], ...]
    """(item, reason)."""


class Entry(msgspec.Struct, frozen=True):
    """An item on a list."""

    id: str
    title: str
    type: str
    day: str
    """Of the event, else of the latest source; "" when nothing has a date, which is never the newest."""
    page: str
    """Relative to the site's root."""
    about: tuple[str, ...] = ()
    """What of it the list is for: CVE ids, products, names."""


def publish(target: Path, items: Iterable[tuple[Briefing, Context]]) -> Published:
    """Write the site. Raises DeliverError when the folder is not ours or cannot be written."""
    told: list[tuple[Briefing, Context]] = []
    refused: list[tuple[str, str]] = []
    for briefing, context in items:
        reason = refusal(briefing, context)
        if reason:
            refused.append((briefing.id, reason))
            continue
        allowed = clear(briefing, context.records, "atom", "TLP:CLEAR")
        if isinstance(allowed, Refused):
            refused.append((briefing.id, allowed.reason))
        else:
            told.append((allowed.briefing, msgspec.structs.replace(context, records=allowed.records)))
    told.sort(key=lambda each: each[0].id)
    entries = [_entry(briefing) for briefing, _ in told]
    lists = _lists([each for each, _ in told])
    pages = len(told) + 1
    feeds = {form: file for form, file in FEEDS.items() if told}
    places = {each.id: each.page for each in entries}
    with replaced(target, KIND) as folder:
        for briefing, context in told:
            folder.put(f"items/{briefing.id}.html", _item(briefing, context, feeds, places))
        newest = sorted(entries, key=lambda each: (each.day, each.id), reverse=True)
        folder.put(
            "index.html",
            _page("index", up="", feeds_of=feeds, newest=newest[:NEWEST], count=len(entries), lists=lists),
        )
        for kind, groups in lists.items():
            for name, title, members in groups:
                page = _page("list", up="../", feeds_of=feeds, title=title, kind=kind, members=members)
                folder.put(name, page)
                pages += 1
        fed = sorted(told, key=lambda each: (made(*each)[1], each[0].id), reverse=True)[:FEED]
        for form, file in feeds.items():
            data = EXPORTS[form].write_many(fed)
            if not isinstance(data, NotApplicable):
                folder.put(file, data)
    return Published(tuple(each.id for each in entries), pages, tuple(refused))


def _entry(briefing: Briefing) -> Entry:
    return Entry(
        briefing.id,
        " ".join(visible(briefing.title).split())[:200] or briefing.id,
        briefing.type,
        briefing.event_date or max((each.date[:10] for each in briefing.sources), default=""),
        f"items/{briefing.id}.html",
    )


Groups = list[tuple[str, str, list[Entry]]]


def _lists(briefings: list[Briefing]) -> dict[str, Groups]:
    """For each way to find items the pages: (file, title, entries)."""
    found: dict[str, dict[str, dict[Entry, list[str]]]] = {kind: {} for kind in WAYS}
    for briefing in briefings:
        entry = _entry(briefing)

        def note(kind: str, key: str, about: str = "", entry: Entry = entry) -> None:
            words = found[kind].setdefault(key, {}).setdefault(entry, [])
            if about := " ".join(visible(about).split())[:120]:
                words.append(about)

        note("type", briefing.type)
        note("year", entry.day[:4] or "No date")
        for facet in briefing.facets:
            note("topic", FACETS.get(facet, facet))
        for flaw in briefing.vulnerabilities:
            cve = _CVE.match(flaw.id)
            note("flaw", cve[0] if cve else "Other ids", flaw.id)
        for product in briefing.products:
            name = _product(product.vendor, product.product)
            note("product", _letter(name), name)
        for each in (*briefing.actors, *briefing.malware):
            note("name", _letter(each.name), each.name)
    return {
        kind: [part for key, members in sorted(groups.items()) for part in _parts(kind, key, _rows(members))]
        for kind, groups in found.items()
        if groups
    }


def _rows(members: dict[Entry, list[str]]) -> list[Entry]:
    rows = [
        msgspec.structs.replace(entry, about=tuple(sorted(set(words))[:ABOUT]))
        for entry, words in members.items()
    ]
    return sorted(rows, key=lambda each: (each.day, each.id), reverse=True)


def _parts(kind: str, key: str, members: list[Entry]) -> Groups:
    slug = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-") or "other"
    count = -(-len(members) // LONGEST)
    return [
        (
            f"find/{kind}-{slug}{f'-{at + 1}' if at else ''}.html",
            f"{key}{f', part {at + 1} of {count}' if count > 1 else ''}",
            members[at * LONGEST : (at + 1) * LONGEST],
        )
        for at in range(count)
    ]


def _product(vendor: str, product: str) -> str:
    """A product with its vendor in front, but for one that is named after its vendor."""
    return product if product.lower().startswith(vendor.lower()) else f"{vendor} {product}"


def _letter(name: str) -> str:
    first = name.strip()[:1].upper()
    return first if first.isascii() and first.isalnum() else "Other"


def _item(briefing: Briefing, context: Context, feeds: dict[str, str], pages: dict[str, str]) -> bytes:
    """The page of an item; `pages` are those of all items, to which linked ones lead."""
    gone = withdrawn(briefing, context)
    reasons = [
        visible(each.reason)
        for each in context.records.decisions
        if each.kind == "withdraw" and each.target == briefing.id
    ]
    shown = view(briefing)
    for row in shown["sources"]:
        row["href"] = safe(row.get("href") or "")
    shown["related"] = [
        {**each, "page": pages[each["item"]]} for each in shown["related"] if each["item"] in pages
    ]
    topics = [FACETS.get(each, each) for each in shown["facets"]]
    return _page("item", up="../", feeds_of=feeds, d=shown, gone=gone, reasons=reasons, topics=topics)


def _page(name: str, *, up: str, **values: Any) -> bytes:
    template, style, digest = _template()
    html: str = template.render(page=name, up=up, style=style, style_hash=digest, **values)
    return html.encode("utf-8")


@lru_cache(maxsize=1)
def _template() -> tuple[Any, Any, str]:
    """(compiled template, style sheet, its hash for the content policy), read once in a process."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from scc.render.labels import CONTENT

    folder = CONTENT / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    environment.filters["product"] = lambda each: _product(each["vendor"], each["product"])
    try:
        style = (folder / "site.css").read_text("utf-8")
    except OSError as error:
        raise DeliverError("The style sheet of the site is missing.", "Reinstall the program.") from error
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    return environment.get_template("site.html.j2"), Markup(style), f"sha256-{digest}"
