# SPDX-License-Identifier: Apache-2.0
"""Articles of every format to text with what they say of themselves: one reader a format.

Settling whose they are and how far they may travel is `documents`' work.
"""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from scc.model.document import DocumentKind
from scc.model.provenance import Skipped, Tier
from scc.read.dates import date_in_serial, dateline, iso_date
from scc.read.decode import Decoded, clean, tidy
from scc.read.feeds import Entry
from scc.read.limits import quarantine
from scc.read.metadata import Metadata, front_matter, joined, load, of_mapping
from scc.read.urls import web_links

EMPTY: Final = quarantine("empty", "The file is empty; get it again from its source.")
_EXCERPT: Final = re.compile(r"^\[(?:…|\.{3})[ \t]*excerpt ends[^\]\n]{0,200}\][ \t]*$", re.MULTILINE)
_ADDRESS: Final = re.compile(r"\bhttps?://[^\s\"'<>)\]}]{4,1000}")
_PATHLIKE: Final = re.compile(r"^[-*| `\[]{0,6}[\w.{},*-]{1,60}/(?:[\w.{},*/-]{0,120})[`\]|\s]")
_NOT_PROSE: Final = frozenset(
    "id slug image thumbnail icon twitter domain contributor contributors object-type layout status url link"
    " incident-date-granularity".split()
)


class Body(msgspec.Struct, frozen=True):
    """What the reader of one format found, before it is settled whose it is."""

    format: str
    text: str
    """Cleaned: NFC, tidy lines, no hidden or control characters."""
    meta: Metadata
    extractor: str
    links: tuple[str, ...] = ()
    kind: DocumentKind = "article"
    payload: msgspec.Raw | None = None
    replaced: int = 0
    tier: Tier | None = None
    """The tier of the format's own publisher, where no source is known."""
    home: str = ""
    """An address of whoever keeps the records of this format: matched like the document's own."""


def feed_entry(entry: Entry) -> Body | Skipped:
    """An entry of a feed, from its own content."""
    from scc.read.html import fragment_text

    text, links = fragment_text(entry.html)
    title = " ".join(fragment_text(entry.title)[0].split())
    cleaned, replaced = clean(headed(title, text))
    if not cleaned.strip():
        return quarantine(
            "entry-empty", "The feed entry has neither title nor text; read the article itself."
        )
    return Body(
        format="feed-entry",
        text=tidy(cleaned),
        meta=Metadata(
            title=title,
            url=entry.link,
            publisher=entry.feed_title,
            published=iso_date(entry.published),
            modified=iso_date(entry.updated),
            language=entry.language[:2].lower(),
            author=entry.author,
            date_basis="feed" if iso_date(entry.published) else "",
        ),
        extractor="feed entry",
        links=links,
        replaced=replaced,
    )


def page(decoded: Decoded) -> Body | Skipped:
    """An HTML page."""
    from scc.read.html import read_page

    found = read_page(decoded.text)
    text, replaced = clean(headed(found.meta.title, found.text))
    text = tidy(text)
    if not text:
        return quarantine(
            "html-no-text", "The page holds no readable text; save the article itself and give it again."
        )
    meta = found.meta
    if not meta.published:
        date = dateline(text)
        meta = msgspec.structs.replace(meta, published=date, date_basis="text" if date else "")
    return Body("html", text, meta, found.extractor, found.links, replaced=replaced + decoded.replaced)


def pdf(data: bytes) -> Body | Skipped:
    """A PDF with a text layer."""
    from scc.read.pdf import pdf_text

    found = pdf_text(data)
    if isinstance(found, Skipped):
        return found
    cleaned, replaced = clean(found.text)
    text = tidy(cleaned)
    date = dateline(text)
    meta = Metadata(title=found.title or _first_line(text), published=date, date_basis="text" if date else "")
    return Body("pdf", text, meta, found.extractor, _addresses(text), replaced=replaced)


def marked(decoded: Decoded, name: str) -> Body | Skipped:
    """Markdown or plain text, with or without front matter."""
    source, replaced = clean(decoded.text)
    head, rest = front_matter(source.lstrip("\n \t"))
    meta = of_mapping(head) if head else Metadata()
    if not rest.strip():
        return quarantine("no-body", "The file has front matter and no text; give the article with it.")
    if name == "markdown" or head:
        from markdown_it import __version__ as version

        from scc.read.markdown import plain_markdown

        plain = plain_markdown(rest)
        text, links, title, permalink = tidy(plain.text), plain.links, plain.title, plain.permalink
        extractor = f"markdown-it {version}"
        if not head and _is_listing(rest):
            return Skipped(
                "context", "A list of files or folders: kept as context; give the files it names.", "index"
            )
    else:
        text, links, title, permalink, extractor = tidy(rest), _addresses(rest), "", "", "text"
    excerpt = bool(_EXCERPT.search(text))
    text = tidy(_EXCERPT.sub("", text))
    title = meta.title or title or _first_line(text)
    text = tidy(headed(title, text))
    date = dateline(text)
    basis = "text"
    if not date and not meta.published:
        date = date_in_serial(title)
    found = Metadata(
        title=title, url=permalink, published=date, excerpt=excerpt, date_basis=basis if date else ""
    )
    if meta.collected and not meta.published and not _is_own(date, meta.collected):
        found = msgspec.structs.replace(found, published="", date_basis="")
    settled = joined(meta, found)
    return Body(
        "markdown" if name == "markdown" or head else "text",
        text,
        settled,
        extractor,
        web_links(list(links), settled.url),
        replaced=replaced + decoded.replaced,
    )


def yaml_article(decoded: Decoded) -> Body | Skipped:
    """A YAML file whose fields are an article: title or name, summary, what follows."""
    source, replaced = clean(decoded.text)
    value = load(source.strip().removeprefix("---\n").removesuffix("\n---").removesuffix("\n..."))
    if not isinstance(value, dict):
        return marked(decoded, "text")
    meta = of_mapping(value)
    parts: list[str] = []
    _prose(value, parts, "", 0)
    title = " ".join(meta.title.split())
    text = tidy(headed(title, "\n\n".join(dict.fromkeys(part for part in parts if part and part != title))))
    return Body(
        "yaml-article", text, meta, "yaml fields", _addresses(source), replaced=replaced + decoded.replaced
    )


def headed(title: str, text: str) -> str:
    """The text with its title in front, once: facts that only the title tells need a place."""
    if not title:
        return text
    said, words = _folded(title), _folded(text[: 4 * len(title) + 400])
    return text if words.startswith(said) else f"{title}\n\n{text}"


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _first_line(text: str) -> str:
    line = next((line for line in text.split("\n") if line.strip()), "").strip("#*-= ")
    return line if len(line) <= 200 else f"{line[:197].rsplit(' ', 1)[0]}…"


def _is_own(date: str, collected: str) -> bool:
    """Whether a date in the text can be the document's own: not after the day it was collected."""
    return bool(date) and date[:10] <= collected[:10]


def _is_listing(source: str) -> bool:
    """Whether most rows and items of a Markdown text begin with a path: an index of a folder, a readme."""
    rows = [line for line in source.split("\n") if line.lstrip().startswith(("|", "-", "*"))]
    named = sum(1 for line in rows if _PATHLIKE.match(line.strip()))
    return len(rows) >= 4 and named * 2 > len(rows)


def _addresses(text: str) -> tuple[str, ...]:
    return web_links([found.rstrip(".,;:!?") for found in _ADDRESS.findall(text)])


def _prose(value: Any, parts: list[str], label: str, depth: int) -> None:
    """The readable fields in order: sentences as they are, short values with their name in front."""
    if depth > 6 or len(parts) > 2000:
        return
    if isinstance(value, dict):
        for key, each in value.items():
            if str(key).lower() not in _NOT_PROSE:
                _prose(each, parts, str(key), depth + 1)
    elif isinstance(value, list):
        for each in value:
            _prose(each, parts, label, depth + 1)
    elif isinstance(value, str) and value.strip() and "{{" not in value and "://" not in value[:8]:
        if len(value.split()) > 5:
            from scc.read.markdown import plain_markdown

            parts.append(tidy(plain_markdown(value).text))
        elif label.lower() not in ("title", "name"):
            parts.append(f"{_spaced(label)}: {' '.join(value.split())}")
        else:
            parts.append(" ".join(value.split()))


def _spaced(key: str) -> str:
    """A field name as words: discoveredBy, incident-date."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[-_]", " ", key).strip().lower()
