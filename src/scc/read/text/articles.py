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
from scc.read.text.dates import date_in_serial, dateline, iso_date
from scc.read.text.decode import Decoded, clean, tidy
from scc.read.text.feeds import Entry
from scc.read.text.furniture import without_furniture
from scc.read.text.limits import quarantine
from scc.read.text.metadata import Metadata, front_matter, joined, load, of_mapping
from scc.read.text.urls import web_links

EMPTY: Final = quarantine("empty", "The file is empty; get it again from its source.")
_TEASER: Final = 400
"""Characters: a shorter entry of a feed is no full text."""
_EXCERPT: Final = re.compile(r"^\[(?:…|\.{3})[ \t]*excerpt ends[^\]\n]{0,200}\][ \t]*$", re.MULTILINE)
_ADDRESS: Final = re.compile(r"\bhttps?://[^\s\"'<>)\]}]{4,1000}")
_PATHLIKE: Final = re.compile(r"^[-*| `\[]{0,6}[\w.{},*-]{1,60}/(?:[\w.{},*/-]{0,120})[`\]|\s]")
_NOT_PROSE: Final = frozenset(
    "id slug image thumbnail icon twitter domain contributor contributors object-type case-study-type layout status"
    " entrystatus incident-date-granularity".split()
)
_NOTHING: Final = frozenset(["", "none", "n/a", "none required", "null", "unknown", "tbd"])


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
    slug: str = ""
    """For a section of a round-up: what tells it from the others of its page."""
    part_of: str = ""
    """Title of the round-up whose section it is."""
    frame: str = ""
    """The page around the sections: where it is signed."""
    marked: str = ""
    """Label that a marking line of the page gives."""


def feed_entry(entry: Entry) -> Body | Skipped:
    """An entry of a feed, from its own content."""
    from scc.read.text.html import fragment_text

    text, links = fragment_text(entry.html)
    text = without_furniture(text)
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
            excerpt=bool(entry.link) and _is_teaser(text),
        ),
        extractor="feed entry",
        links=links,
        replaced=replaced,
    )


def _is_teaser(text: str) -> bool:
    """Whether an entry only leads to the page it links to: a few words, or a text that is cut off."""
    if len(text) < _TEASER:
        return True
    last = text.rstrip().rpartition("\n")[2]
    # A list of links ends without a full stop as well; a sentence does not.
    return last.endswith(("…", "...", "[…]")) or (
        len(text) < 3 * _TEASER and last.count(" ") >= 5 and last[-1:].isalnum()
    )


def page(decoded: Decoded) -> Body | Skipped:
    """An HTML page."""
    from scc.read.text.html import read_page

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
    from scc.read.text.pdf import pdf_text

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

        from scc.read.text.markdown import plain_markdown

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
    if isinstance(value.get("id"), str):
        meta = msgspec.structs.replace(meta, author=f"{value['id']}, {meta.author}".strip(", "))
    fields = _Fields()
    fields.take(value, "", 0)
    parts = [each for each in (*fields.prose, *fields.short) if each != meta.title]
    text = tidy(headed(meta.title, "\n\n".join(dict.fromkeys(parts))))
    return Body(
        "yaml-article",
        text,
        meta,
        "yaml fields",
        web_links(fields.links),
        replaced=replaced + decoded.replaced,
    )


class _Fields:
    """The readable fields of a YAML article, in order: sentences, and short values with their name in front."""

    def __init__(self) -> None:
        self.prose: list[str] = []
        self.short: list[str] = []
        self.links: list[str] = []

    def take(self, value: Any, label: str, depth: int) -> None:
        """Collect what is readable below a value."""
        if depth > 6 or len(self.prose) + len(self.short) > 2000 or label.lower() in _NOT_PROSE:
            return
        if isinstance(value, dict):
            for key, each in value.items():
                self.take(each, str(key), depth + 1)
        elif isinstance(value, list):
            for each in value:
                self.take(each, label, depth + 1)
        elif isinstance(value, str) and "{{" not in value:
            self._text(value.strip(), label)

    def _text(self, value: str, label: str) -> None:
        if value.startswith(("http://", "https://")) and " " not in value:
            self.links.append(value)
        elif len(value.split()) > 5:
            from scc.read.text.markdown import plain_markdown

            plain = plain_markdown(value)
            self.links.extend(plain.links)
            self.prose.append(tidy(plain.text))
        elif value and value.lower().rstrip(".") not in _NOTHING and not iso_date(value):
            name = re.sub(r"(?<=[a-z])(?=[A-Z])|[-_]", " ", label).strip().lower()
            said = " ".join(value.split())
            self.short.append(said if name in ("title", "name") else f"{name}: {said}")


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
