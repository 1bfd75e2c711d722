# SPDX-License-Identifier: Apache-2.0
"""Main text of a parsed page: trafilatura without what surely is not the article, with the lead that it leaves out.

Where trafilatura finds next to none, the text of the body without navigation. Parses nothing and knows no site: what
is left out is named by words of classes that content systems share. Changes the tree that it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from scc.read.text.beside import PARAGRAPH, length, linked, without_beside
from scc.read.text.furniture import without_furniture, without_head
from scc.read.text.markdown import compact, fragment
from scc.read.text.metadata import Metadata

_LITTLE: Final = 200
"""Characters of main text below which the whole body is looked at."""
_LONG_LINE: Final = 600
_FEW: Final = 1200
"""Characters of main text below which it is looked for more thoroughly."""
_COVERED: Final = 0.6
"""Part of the page's running text of which a main text that has less is doubted."""
_MORE: Final = 1.2
_LEAD: Final = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|leadtext|standfirst|stand-first|sub-?title|sub-?head(?:line|ing)?|abstract|excerpt|summary|intro|introtext|introduction"
    r"|dek|deck|teaser(?:-?text)?|chapo|chapeau|entradilla|bajada|vorspann|untertitel|anriss|sapo|kurztext)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Words of a class by which content systems name the paragraph between headline and article."""
_WHOLE_PAGE: Final = frozenset(("html", "body", "main", "article", "head"))
_BLOCKS: Final = frozenset(("p", "div", "h2", "h3", "h4", "section", "span", "blockquote", "strong"))
_OUTSIDE: Final = frozenset(("nav", "aside", "footer", "form", "figure", "li", "script", "style"))
_CAPTION_LEAST: Final = 40
_CREDIT: Final = re.compile(
    r"©|\(c\)|\b(?:photo(?:graph)?s?|pictures?|images?|fotos?|bild(?:er)?|credits?|crédits?|imagen)(?: credits?| by| von| de| via)?\s?[:/©]|\b(?:photo|picture|image|foto) (?:by|von|de|courtesy)\b"
    r"|\b(?:getty|shutterstock|istock|adobe ?stock|unsplash|pexels|picture alliance|afp|dpa|epa)\b|\((?:file|archivo?|foto|photo|picture)\b",
    re.IGNORECASE,
)
"""A caption with the credit of a press photograph shows the news's looks; figures of reports have none."""
_LEAD_LEAST: Final = 40
_LEAD_MOST: Final = 900
_LEADS_LOOKED_AT: Final = 400
"""Elements after the headline among which the lead is looked for."""


def main_text(tree: Any, ordinary: bool, description: str, meta: Metadata) -> tuple[str, str]:
    """(text, extractor) of a page; `ordinary`: small enough for trafilatura; `description`: what the page says it is about."""
    import trafilatura
    from lxml import etree

    etree.strip_elements(tree, "script", with_tail=False)
    without_beside(tree)
    _captions(tree)
    text = _extracted(tree, trafilatura) if ordinary else ""
    if ordinary and (len(text) < _FEW or _prose(text) < _COVERED * _running(tree)):
        # The fast settings stop at the first candidate; where that is little or no prose, the thorough ones are asked too.
        thorough = _extracted(tree, trafilatura, fast=False)
        measure = _prose if _prose(text) or _prose(thorough) else len
        text = thorough if measure(thorough) > _MORE * measure(text) else text
    extractor = f"trafilatura {trafilatura.__version__}"
    thrown = _in_one_line(tree, text)
    if len(text) < _LITTLE or thrown:
        # It found next to nothing, or threw all blocks of the page into one line.
        body = _body(tree)
        if len(body) > 2 * len(text) or (thrown and len(body) > _LONG_LINE):
            text, extractor = body, "body text"
    text = without_head(without_furniture(text), meta.title, bool(meta.published))
    lead = _lead(tree, text, description) if ordinary and text else ""
    return (f"{lead}\n{text}" if lead else text), extractor


def _extracted(tree: Any, trafilatura: Any, fast: bool = True) -> str:
    try:
        found = trafilatura.extract(
            tree,
            fast=fast,
            include_comments=False,
            include_tables=True,
            include_formatting=False,
            output_format="txt",
            deduplicate=False,
        )
    except (ValueError, TypeError, AttributeError, RecursionError, AssertionError):
        return ""
    # Its table rows come as "| a | b |" or "a | b |".
    lines = (line.strip().strip("|").strip() if "|" in line else line for line in (found or "").split("\n"))
    return "\n".join(line for line in lines if not re.fullmatch(r"[-|: ]{3,}", line))


def _captions(tree: Any) -> None:
    """Put captions after their figures as paragraphs, press photographs aside: with the figures trafilatura would leave
    them out."""
    from lxml import etree

    for figure in list(tree.iter("figure")):
        caption = figure.find(".//figcaption")
        words = " ".join(caption.text_content().split()) if caption is not None else ""
        if figure.getparent() is not None and len(words) >= _CAPTION_LEAST and not _CREDIT.search(words):
            paragraph = etree.Element("p")
            paragraph.text = words
            figure.addnext(paragraph)
            paragraph.tail, figure.tail = figure.tail, None


def _lead(tree: Any, text: str, description: str) -> str:
    """The paragraph between headline and article that the text lacks: by its class, or because the page's description
    begins like it."""
    flat = " ".join(text.split())
    opening = " ".join(description.split())[:60].rstrip(" .…") if len(description) >= _LEAD_LEAST else ""
    after = False
    looked = 0
    for node in tree.iter("h1", *_BLOCKS):
        if node.tag == "h1":
            after = True
        if not after or node.tag == "h1":
            continue
        looked += 1
        if looked > _LEADS_LOOKED_AT:
            return ""
        said = f"{node.get('class') or ''} {_class_of_parent(node)}"
        named = len(said) > 1 and _LEAD.search(said[:2000])
        if not named and not opening:
            continue
        words = " ".join(node.text_content().split()) if length(node) < 5 * _LEAD_MOST else ""
        if not _LEAD_LEAST <= len(words) <= _LEAD_MOST or any(each.tag in _BLOCKS for each in node):
            continue
        if words[:80] in flat:
            if named or len(words) > 150:
                return ""  # the article has begun
            continue
        if (named or words.startswith(opening)) and not _outside(node) and linked(node) < 0.3 * len(words):
            return words
    return ""


def _class_of_parent(node: Any) -> str:
    parent = node.getparent()
    return (parent.get("class") or "") if parent is not None and parent.tag not in _WHOLE_PAGE else ""


def _outside(node: Any) -> bool:
    return any(each.tag in _OUTSIDE for each in _up(node))


def _up(node: Any) -> Iterator[Any]:
    while node is not None:
        yield node
        node = node.getparent()


def _in_one_line(tree: Any, text: str) -> bool:
    """Whether a long text is one line and not one paragraph of the page."""
    if len(text) <= _LONG_LINE or "\n" in text:
        return False
    return not any(length(each) > 0.9 * len(text) for each in tree.iter("p", "pre"))


def _prose(text: str) -> int:
    """Characters in long lines: a menu has none."""
    return sum(len(line) for line in text.split("\n") if len(line) > PARAGRAPH)


def _running(tree: Any) -> int:
    """Characters of the page's long paragraphs outside links."""
    lengths = (length(each) - linked(each) for each in tree.iter("p"))
    return sum(each for each in lengths if each > PARAGRAPH)


def _body(tree: Any) -> str:
    """All text of the body without navigation, a block element a line."""
    from lxml import etree

    place = next((node for name in ("article", "main", "body") for node in tree.iter(name)), tree)
    source = etree.tostring(place, encoding="unicode", method="html", with_tail=False)
    for name in ("nav", "footer", "form", "header", "aside", "button", "select"):
        source = _cut(source, name)
    return compact(fragment(source, []))


def _cut(source: str, name: str) -> str:
    """The source without the elements of that name; linear."""
    parts: list[str] = []
    place = depth = 0
    for found in re.finditer(rf"<(/?){name}\b[^<>]{{0,2000}}>", source, re.IGNORECASE):
        if found[1]:
            depth = max(0, depth - 1)
            if depth == 0:
                place = found.end()
        else:
            if depth == 0:
                parts.append(source[place : found.start()])
            depth += 1
    if depth == 0:
        parts.append(source[place:])
    return "".join(parts)
