# SPDX-License-Identifier: Apache-2.0
"""Markdown to plain text with its links: headings, list items and table rows on lines of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from markdown_it.token import Token


class Plain(msgspec.Struct, frozen=True):
    """Readable text of a marked-up document."""

    text: str
    title: str
    links: tuple[str, ...]


def plain_markdown(source: str) -> Plain:
    """Text, first heading and http(s) links of a Markdown body. Raw HTML inside loses its tags."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    lines: list[str] = []
    links: list[str] = []
    title = ""
    cells: list[str] = []
    prefix = ""
    heading = False
    in_cell = False
    for token in parser.parse(source):
        if token.type in ("th_open", "td_open"):
            in_cell = True
        elif token.type in ("th_close", "td_close"):
            in_cell = False
        elif token.type == "heading_open":
            heading = True
        elif token.type == "heading_close":
            heading = False
            lines.append("")
        elif token.type == "list_item_open":
            prefix = "- "
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            lines.append(" | ".join(cells))
        elif token.type in ("paragraph_close", "table_close", "bullet_list_close", "ordered_list_close"):
            lines.append("")
        elif token.type in ("fence", "code_block"):
            lines.extend((*token.content.rstrip().split("\n"), ""))
        elif token.type == "html_block":
            lines.extend((strip_tags(token.content, links).strip(), ""))
        elif token.type == "inline":
            text = _inline(token, links)
            if heading:
                title = title or " ".join(text.split())
                lines.extend(("", " ".join(text.split())))
            elif in_cell:
                cells.append(" ".join(text.split()))
            else:
                lines.append(prefix + text)
            prefix = ""
    return Plain("\n".join(lines), title, tuple(dict.fromkeys(links)))


def _inline(token: Token, links: list[str]) -> str:
    parts: list[str] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append("\n")
        elif child.type == "hardbreak":
            parts.append("\n")
        elif child.type == "link_open":
            _keep(child.attrGet("href"), links)
        elif child.type == "html_inline":
            parts.append(strip_tags(child.content, links))
        # Images carry no text of the article.
    return "".join(parts)


def _keep(address: Any, links: list[str]) -> None:
    if isinstance(address, str) and address.startswith(("http://", "https://")):
        links.append(address)


def strip_tags(source: str, links: list[str]) -> str:
    """The text of an HTML fragment; linear in its length, whatever stands in it."""
    if re.match(r"\s*<(?:script|style|iframe|noscript)\b", source, re.IGNORECASE):
        return ""
    for address in re.findall(r"""href\s*=\s*["'](https?://[^"'\s>]{1,2000})""", source):
        links.append(address)
    source = re.sub(r"<(?:br|/p|/li|/div|/h[1-6]|/tr)\b[^>]{0,400}>", "\n", source, flags=re.IGNORECASE)
    source = re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL)
    import html

    return html.unescape(re.sub(r"<[A-Za-z/!][^>]{0,2000}>", "", source))
