# SPDX-License-Identifier: Apache-2.0
"""Markdown to plain text with its links: headings, list items and table rows on lines of their own.

Raw HTML inside loses its tags, scripts and styles their content. Nothing is rendered.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token


class Plain(msgspec.Struct, frozen=True):
    """Readable text of a marked-up document."""

    text: str
    title: str
    links: tuple[str, ...]
    """Every link target as written, relative ones too."""
    permalink: str = ""
    """The target of a link that calls itself the page's own address."""


# Template tags of site generators: the variables of the site and the page, never `{{7*7}}` of an exploit.
_SITE: Final = re.compile(
    r"\{\{-?\s*(?:site|page|post|layout|include)\.[^{}\n]{1,120}\}\}|\{%[^%\n]{1,200}%\}"
)
_ATTRIBUTES: Final = re.compile(r"\{:[^}\n]{0,200}\}|\{\.[\w.\- ]{1,80}\}")
_OWN: Final = frozenset({"permalink", "original", "original article", "canonical link"})
_NO_SPACE: Final = frozenset(",.;:!?)]}”’»…%")
_BREAK: Final = re.compile(
    r"<(?:br|hr|/?p|/?li|/?div|/?h[1-6]|/?tr|/?table|/?ul|/?ol|/?pre|/?blockquote|/?section|/?article|/?figure|"
    r"/?figcaption|/?dt|/?dd|/?dl|/?summary|/?details|/?header|/?footer)\b[^<>]{0,4000}>",
    re.IGNORECASE,
)
_CELL: Final = re.compile(r"</(?:td|th)\s*>", re.IGNORECASE)
_ITEM: Final = re.compile(r"<li\b[^<>]{0,4000}>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[A-Za-z/!?][^<>]{0,8000}>")
_HREF: Final = re.compile(r"""\bhref\s*=\s*["']?([^"'\s<>]{1,2000})""", re.IGNORECASE)


def plain_markdown(source: str) -> Plain:
    """Text, first heading and links of a Markdown body."""
    from markdown_it import MarkdownIt

    source = _ATTRIBUTES.sub("", _SITE.sub("", source))
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(source)
    return _Writer().write(tokens)


class _Writer:
    """Turns the parser's tokens into lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.links: list[str] = []
        self.title = ""
        self.permalink = ""
        self._prefix = ""
        self._counters: list[int | None] = []
        self._cells: list[str] = []
        self._inside = ""

    def write(self, tokens: list[Token]) -> Plain:
        for token in tokens:
            self._token(token)
        return Plain("\n".join(self.lines), self.title, tuple(dict.fromkeys(self.links)), self.permalink)

    def _token(self, token: Token) -> None:
        kind = token.type
        if kind in ("th_open", "td_open"):
            self._inside = "cell"
        elif kind == "heading_open":
            self._inside = "heading"
        elif kind in ("th_close", "td_close", "heading_close"):
            if kind == "heading_close":
                self.lines.append("")
            self._inside = ""
        elif kind in ("bullet_list_open", "ordered_list_open"):
            start = token.attrGet("start")
            self._counters.append(int(start or 1) if kind == "ordered_list_open" else None)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._counters.pop()
            self.lines.append("")
        elif kind == "list_item_open":
            number = self._counters[-1]
            self._prefix = "- " if number is None else f"{number}. "
            if number is not None:
                self._counters[-1] = number + 1
        elif kind == "tr_open":
            self._cells = []
        elif kind == "tr_close":
            self.lines.append(" | ".join(self._cells))
        elif kind in ("paragraph_close", "table_close", "blockquote_close"):
            if not (token.hidden and self._counters):
                self.lines.append("")
        elif kind in ("fence", "code_block"):
            self.lines.extend((*token.content.rstrip().split("\n"), ""))
        elif kind == "html_block":
            self.lines.extend((fragment(token.content, self.links).strip(), ""))
        elif kind == "inline":
            self._inline(token)

    def _inline(self, token: Token) -> None:
        text = "".join(self._pieces(token.children or []))
        if self._inside == "heading":
            text = " ".join(text.split())
            self.title = self.title or text
            if not self.lines or self.lines[-1] != "":
                self.lines.append("")
            if next((line for line in reversed(self.lines) if line), "") != text:
                self.lines.append(text)  # the same heading twice in a row is once too often
        elif self._inside == "cell":
            self._cells.append(" ".join(text.split()))
        elif text.strip():
            self.lines.append(self._prefix + text.strip())
            self._prefix = ""

    def _pieces(self, children: list[Token]) -> Iterator[str]:
        address, words = "", ""
        for index, child in enumerate(children):
            if child.type in ("text", "code_inline"):
                words += child.content
                yield child.content
            elif child.type == "softbreak":
                yield _soft(children, index)
            elif child.type == "hardbreak":
                yield "\n"
            elif child.type == "link_open":
                address, words = str(child.attrGet("href") or ""), ""
                self.links.append(address)
            elif child.type == "link_close":
                if words.strip().lower() in _OWN and address.startswith("http"):
                    self.permalink = self.permalink or address
            elif child.type == "html_inline":
                yield fragment(child.content, self.links)
            # An image carries no text of the article; its description is the page's, not the story's.


def _soft(children: list[Token], index: int) -> str:
    """What a line end inside a paragraph means: a space, nothing before punctuation, or a line of its own.

    Texts that put one sentence on a line keep their lines; wrapped texts become flowing.
    """
    before = children[index - 1] if index else None
    after = children[index + 1] if index + 1 < len(children) else None
    last = before.content.rstrip() if before is not None and before.type == "text" else ""
    first = after.content.lstrip() if after is not None and after.type == "text" else ""
    if first[:1] in _NO_SPACE and first:
        return ""
    if last and first and last[-1] in ".!?:|" and (first[0].isupper() or first[0] in "\"“'(*•|"):
        return "\n" if len(last) < 400 else " "
    if last and first and len(last) < 60 and not last.endswith((",", ";", "-")) and first[0].isupper():
        return "\n"  # a short line: an address, a date, a heading without mark
    return " "


def fragment(source: str, links: list[str]) -> str:
    """The text of a piece of HTML; linear in its length, whatever stands in it. Appends its links."""
    if "<" in source:
        source = without(source)
        links.extend(html.unescape(found) for found in _HREF.findall(source))
        source = _CELL.sub(" | ", source)
        source = _ITEM.sub("\n- ", source)
        source = _BREAK.sub("\n", source)
        source = _TAG.sub("", source)
    lines = html.unescape(source).split("\n")
    # The last cell of a row has no neighbour: its separator goes.
    return "\n".join(line.rstrip(" \t|") if line.rstrip().endswith("|") else line for line in lines)


def without(source: str) -> str:
    """HTML without comments and without elements whose content is not text. Linear: each end is sought once."""
    parts: list[str] = []
    place = 0
    low = source.lower()
    for found in re.finditer(r"<(?:!--|script\b|style\b|iframe\b|noscript\b|template\b|svg\b|object\b)", low):
        if found.start() < place:
            continue
        parts.append(source[place : found.start()])
        closing = "-->" if found[0] == "<!--" else f"</{found[0][1:]}"
        end = low.find(closing, found.end())
        if end < 0:
            return "".join(parts)  # never closed: everything behind it belongs to it
        stop = end + 3 if closing == "-->" else low.find(">", end) + 1 or len(low)
        place = stop
        parts.append(" ")
    parts.append(source[place:])
    return "".join(parts)
