# SPDX-License-Identifier: Apache-2.0
"""Markdown to plain text with its links: headings, list items and table rows on lines of their own.

Raw HTML inside loses its tags, scripts and styles their content. Nothing is rendered.
"""

from __future__ import annotations

import html
import re
from itertools import pairwise
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
# A heading underlined with dashes is one line; CommonMark takes the whole paragraph above it.
_UNDERLINED: Final = re.compile(r"^([^\n]+)\n([^\n|]{1,150}\n(?:-{3,}|={3,})[ ]{0,9}$)", re.MULTILINE)
# Marks of emphasis that are left over when icons are taken out.
_STRAY: Final = re.compile(r"^[ \t]{0,9}(?:\*\*|__)[ \t]{0,9}$|(?<=\S) (?:\*\*|__)[ \t]{0,9}$", re.MULTILINE)
_SHORT: Final = 60
_PART: Final = 100_000
_BLOCK: Final = 20_000
_LOOKED_AT: Final = 50_000
_ROW: Final = re.compile(r"^\|\s{0,200}(.{1,4000}?)\s{0,9}\|$")
_IMAGES: Final = re.compile(r"^(?:!\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\)\s{0,3}){1,20}")
_BYLINE: Final = re.compile(
    r"(?:by [A-Z]|(?:posted|published|updated|last updated)\b|(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}|"
    r"\d{4}-\d\d-\d\d)\s{0,9}$)",
    re.IGNORECASE,
)
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
    """Text, first heading and links of a Markdown body.

    A paragraph of more than 20,000 characters is none that anybody wrote: it loses its tags and stays as it is.
    """
    from markdown_it import MarkdownIt

    source = _ATTRIBUTES.sub("", _SITE.sub("", source))
    source = _UNDERLINED.sub(r"\1\n\n\2", _STRAY.sub("", source))
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    writer = _Writer(*_wrapping(source[:_LOOKED_AT]))
    for part in _parts(source):
        if len(part) > _PART:
            writer.lines.extend((fragment(part, writer.links), ""))
        else:
            writer.take(parser.parse(part))
    return writer.result()


def _parts(source: str) -> Iterator[str]:
    """The source whole; a very long one cut at empty lines, its monstrous paragraphs alone."""
    if len(source) <= _PART:
        yield source
        return
    held: list[str] = []
    size = 0
    for block in source.split("\n\n"):
        if held and (size + len(block) > _PART or len(block) > _BLOCK):
            yield "\n\n".join(held)
            held, size = [], 0
        if len(block) > _BLOCK:
            yield block.ljust(_PART + 1)
        else:
            held.append(block)
            size += len(block) + 2
    if held:
        yield "\n\n".join(held)


class _Writer:
    """Turns the parser's tokens into lines."""

    def __init__(self, wrapped: bool, width: int) -> None:
        self._wrapped = wrapped
        self._width = width
        self.lines: list[str] = []
        self.links: list[str] = []
        self.title = ""
        self.permalink = ""
        self._prefix = ""
        self._counters: list[int | None] = []
        self._cells: list[str] = []
        self._inside = ""
        self._first = ""
        self._level = 0

    def take(self, tokens: list[Token]) -> None:
        """Write what the parser found."""
        for token in tokens:
            self._token(token)

    def result(self) -> Plain:
        """Everything written."""
        return Plain("\n".join(self.lines), self.title, tuple(dict.fromkeys(self.links)), self.permalink)

    def _token(self, token: Token) -> None:
        kind = token.type
        if kind in ("th_open", "td_open"):
            self._inside = "cell"
        elif kind == "heading_open":
            self._inside, self._level = "heading", int(token.tag[1:])
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
            number = self._counters[-1] if self._counters else None
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
        text = "".join(self._pieces(token.children or [], token.content.split("\n")))
        if self._inside == "heading":
            text = " ".join(text.split())
            if not self.title:
                # A text may begin with its title as a plain line, followed by its first section.
                self.title = self._first if _is_title(self._first) and self._level > 1 else text
            if not self.lines or self.lines[-1] != "":
                self.lines.append("")
            if next((line for line in reversed(self.lines) if line), "") != text:
                self.lines.append(text)  # the same heading twice in a row is once too often
        elif self._inside == "cell":
            self._cells.append(" ".join(text.split()))
        elif text.strip():
            self._first = self._first or text.strip().split("\n", 1)[0]
            # Rows of a table without its rule of dashes are a paragraph to the parser.
            lines = (_ROW.sub(r"\1", line.strip()) for line in text.strip().split("\n"))
            self.lines.append(self._prefix + "\n".join(lines))
            self._prefix = ""

    def _pieces(self, children: list[Token], lines: list[str]) -> Iterator[str]:
        address, words = "", ""
        line = 0
        for child in children:
            if child.type in ("text", "code_inline"):
                words += child.content
                yield child.content
            elif child.type == "softbreak":
                yield self._soft(lines[line], lines[line + 1]) if line + 1 < len(lines) else " "
                line += 1
            elif child.type == "hardbreak":
                yield "\n"
                line += 1
            elif child.type == "link_open":
                address, words = str(child.attrGet("href") or ""), ""
                self.links.append(address)
            elif child.type == "link_close":
                if words.strip().lower() in _OWN and address.startswith("http"):
                    self.permalink = self.permalink or address
            elif child.type == "html_inline":
                yield fragment(child.content, self.links)
            # An image carries no text of the article; its description is the page's, not the story's.

    def _soft(self, before: str, after: str) -> str:
        """What a line end inside a paragraph means: a space, nothing before punctuation, or a line of its own.

        In a wrapped text lines flow together, except after one that is short for no reason. A text that puts
        one sentence on a line keeps its lines.
        """
        before, after = before.strip(), _IMAGES.sub("", after.strip())
        if after[:1] in _NO_SPACE and after:
            return ""
        if before.endswith("|") or after.startswith("|") or _BYLINE.match(after) or _BYLINE.fullmatch(before):
            return "\n"
        if not self._wrapped and before[-1:] in ".!?:”" and after and not after[0].islower():
            return "\n"
        if not after or after[0].islower() or after[0] in "[*_<`&" or before[-1:] in ",;-–—(":
            return " "
        if before.startswith(("[", "*", "<")) and len(before.split("](")) > 1 and before.endswith(")"):
            return " "  # a link that was put on a line of its own
        if not self._wrapped:
            return "\n"
        return "\n" if len(before) < _SHORT and len(before) * 2 < self._width else " "


def _is_title(line: str) -> bool:
    """Whether a first line reads like a title: some words, no full stop, neither date nor byline nor mark."""
    return (
        2 <= len(line.split()) <= 30
        and len(line) <= 200
        and line[-1] not in ".:;,|"
        and not _BYLINE.match(line)
        and line[0] not in "-*|[("
    )


def _wrapping(source: str) -> tuple[bool, int]:
    """Whether the lines of paragraphs are wrapped, and how wide: in a wrapped text many go on in small letters."""
    lines = source.split("\n")
    followed = [
        (one, two)
        for one, two in pairwise(lines)
        if one[:1].isalpha() and two.strip() and two.lstrip()[0] not in "#-*+|>=`:0123456789"
    ]
    small = sum(1 for _, two in followed if two.lstrip()[0].islower() or two.startswith("["))
    widths = sorted(len(one) for one, _ in followed)
    return small * 4 >= len(followed), widths[len(widths) * 3 // 4] if widths else 80


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


def compact(text: str) -> str:
    """Lines of a fragment without doubled spaces, list marks joined with their item, items under each other."""
    kept: list[str] = []
    pending = False
    for each in text.split("\n"):
        line = " ".join(each.split())
        if line == "-":
            pending = True
        elif line:
            line = f"- {line}" if pending and not line.startswith("- ") else line
            pending = False
            if line.startswith("- ") and len(kept) > 1 and not kept[-1] and kept[-2].startswith("- "):
                kept.pop()
            kept.append(line)
        elif kept and kept[-1] and not pending:
            kept.append("")
    return "\n".join(kept).strip()


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
