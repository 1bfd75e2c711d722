# SPDX-License-Identifier: Apache-2.0
"""Round-ups of unrelated news to one Raw a section: each is read and placed like a short article of its own.

Only what is clearly a round-up is split: its title or lead says so, at least three headed parts stand on their own, and
they neither share their subject nor are chapters of one text. Everything else stays whole. A section keeps publisher,
dates, tier and label of the page; offsets point into its own text. Facts are not read here.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

import msgspec

from scc.model.document import Raw
from scc.model.ids import digest
from scc.model.provenance import Skipped
from scc.read.text import articles
from scc.read.text.articles import Body
from scc.read.text.attribution import label_in
from scc.read.text.decode import Decoded, tidy
from scc.read.text.feeds import Entry
from scc.read.text.language import language
from scc.read.text.leads import folded, leads
from scc.read.text.limits import context
from scc.read.text.metadata import Metadata, front_matter
from scc.read.text.roundup_parts import ID, LEAST, STANDS, Part, parts_of
from scc.read.text.roundup_words import may_say_so

SECTION: Final = "application/x-scc-section+json"
WHOLE: Final = "application/x-scc-roundup+json"
_FRAME: Final = 4000
"""Characters of the text around the sections in which a signature is looked for."""
_READ: Final = 2_000_000
_HEADINGS: Final = re.compile(
    r"<title[^>]{0,300}>([^<]{1,500})|<h1[^>]{0,300}>([^<]{1,500})|og:title[\"'][^>]{0,50}content=[\"']([^\"'>]{1,500})",
    re.IGNORECASE,
)
_FIRST: Final = re.compile(
    r"^(?:title:|headline:|#{1,3})[ ]?([^\n]{1,400})$|^([^\n#-][^\n]{1,300})\n[=-]{3,}$", re.MULTILINE
)


class Section(msgspec.Struct, frozen=True, omit_defaults=True):
    """A section on its way to its Document."""

    format: str
    text: str
    meta: Metadata
    extractor: str
    slug: str
    part_of: str
    links: tuple[str, ...] = ()
    frame: str = ""
    marked: str = ""
    """Label that a marking line of the page gives."""


def sections(raw: Raw, kind: str, decoded: Decoded) -> list[Raw | Skipped]:
    """The sections of a page or Markdown text that is a round-up; empty for anything else."""
    if kind == "html":
        heads = _HEADINGS.findall(decoded.text[:_READ])[:6]
        if not any(may_say_so(each) for head in heads for each in head if each):
            return []
        body = articles.page(decoded)
        markup = decoded.text
    elif kind == "markdown":
        if not any(may_say_so("".join(each)) for each in _FIRST.findall(decoded.text[:_FRAME])[:3]):
            return []
        body = articles.marked(decoded, kind)
        markup = _rendered(decoded.text)
    else:
        return []
    return [] if isinstance(body, Skipped) else _raws(raw, body, markup)


def of_entry(raw: Raw) -> list[Raw | Skipped]:
    """The entry of a feed and, if it is a round-up, its sections; the entry is then only their container."""
    entry = msgspec.json.decode(raw.data, type=Entry)
    if not may_say_so(entry.title) or len(entry.html) < LEAST * STANDS:
        return [raw]
    body = articles.feed_entry(entry)
    found = [] if isinstance(body, Skipped) or body.meta.excerpt else _raws(raw, body, entry.html)
    if not found:
        return [raw]
    return [msgspec.structs.replace(raw, data=b"{}", media_type=WHOLE), *found]


def _rendered(source: str) -> str:
    from markdown_it import MarkdownIt

    _, rest = front_matter(source.lstrip("\ufeff\n \t"))
    if len(rest) > 400_000:
        return ""
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(rest))


def _raws(raw: Raw, body: Body, markup: str) -> list[Raw | Skipped]:
    lines = body.text.split("\n")
    found = [each for each in leads(markup, body.text) if folded(each.words) != folded(body.meta.title)]
    if len(found) < LEAST:
        return []
    parts = parts_of(body.meta.title, lines, found)
    if not parts:
        return []
    frame = "\n".join([*lines[: found[0].line], *lines[-3:]])[:_FRAME]
    meta = msgspec.structs.replace(body.meta, language=language(body.text) or body.meta.language)
    slugs: Counter[str] = Counter()
    made: list[Raw | Skipped] = []
    for part in parts:
        if part.kind == "frame":
            made.append(context("round-up-frame", f"“{part.title}” of a round-up tells no event of its own."))
            continue
        if part.kind == "list" or (part.kind == "line" and not ID.search(part.body)):
            made.append(
                context(
                    "round-up-line",
                    f"“{part.title}” is a line or list of a round-up, no text; read what it links to.",
                )
            )
            continue
        slug = _slug(part.title)
        slugs[slug] += 1
        slug = slug if slugs[slug] == 1 else f"{slug}-{slugs[slug]}"
        section = Section(
            format=body.format,
            text=tidy(_under(part)),
            meta=msgspec.structs.replace(meta, title=part.title, excerpt=part.kind == "line"),
            extractor=body.extractor,
            slug=slug,
            part_of=body.meta.title,
            links=part.links,
            frame=frame,
            marked=label_in(body.text) or "",
        )
        made.append(
            msgspec.structs.replace(
                raw,
                data=msgspec.json.encode(section, order="sorted"),
                media_type=SECTION,
                parent=raw.parent or digest(raw.data),
                entry=f"{raw.entry}#{slug}" if raw.entry else slug,
            )
        )
    return made


def _under(part: Part) -> str:
    """The text of a section under its title, without the mark of the list that it was an entry of."""
    text = re.sub(r"^(?:[-*•]|\d{1,3}[.)])\s", "", part.body)
    at = text.find(part.title)
    if 0 <= at <= 8 and not part.title.endswith("…"):
        rest = text[at + len(part.title) :].lstrip(" :–—-.*\n")
        return f"{part.title}\n\n{rest}" if rest else part.title
    return articles.headed(part.title, text)


def _slug(title: str) -> str:
    return "-".join(folded(title).split()[:9])[:70].strip("-") or "section"
