# SPDX-License-Identifier: Apache-2.0
"""Main text of a parsed page: trafilatura without what surely is not the article, with the lead that it leaves out.

Where trafilatura finds next to none, the text of the body without navigation. Parses nothing and knows no site: what
is left out is named by words of classes that content systems share. Changes the tree that it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from scc.read.furniture import without_furniture
from scc.read.markdown import compact, fragment

_LITTLE: Final = 200
"""Characters of main text below which the whole body is looked at."""
_LONG_LINE: Final = 600
_FEW: Final = 1200
"""Characters of main text below which it is looked for more thoroughly."""
_COVERED: Final = 0.6
"""Part of the page's running text of which a main text that has less is doubted."""
_MORE: Final = 1.2
_BESIDE: Final = re.compile(
    r"(?:^|[\s_-])(?:newsletters?|promo(?:tion|box)?|subscribe|subscription|signup|sign-up|share|sharing|sharedaddy|sharebar|social(?:s|media)?"
    r"|related(?:posts?|articles?|content)?|relatedposts|recommended|recommendations|recirc\w*|readmore|read-(?:more|next|also)|most-?(?:read|popular)"
    r"|trending|outbrain|taboola|author-?(?:bio|box|info|card|profile)|about-?(?:the-)?author|breadcrumbs?|cookies?|cookie-\w+|consent|disqus\w*"
    r"|comments?(?:-?(?:area|list|section|form|wrapper))?|rightbox|leftbox|advert\w*|sponsored|ad-(?:slot|container|wrapper|unit)|taglist|tag-list"
    r"|post-?tags|pagination|pager|paywall|loading|print-?(?:link|button)|skip-?link|jp-relatedposts|likes?-widget\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Words of a class or id that say that an element stands beside the article. Linear: plain words between marks."""
_LEAD: Final = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|leadtext|standfirst|stand-first|sub-?title|sub-?head(?:line|ing)?|abstract|excerpt|summary|intro|introtext|introduction"
    r"|dek|deck|teaser(?:-?text)?|chapo|chapeau|entradilla|bajada|vorspann|untertitel|anriss|sapo|kurztext)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Words of a class by which content systems name the paragraph between headline and article."""
_WHOLE_PAGE: Final = frozenset(("html", "body", "main", "article", "head"))
_BLOCKS: Final = frozenset(("p", "div", "h2", "h3", "h4", "section", "span", "blockquote", "strong"))
_OUTSIDE: Final = frozenset(("nav", "aside", "footer", "form", "figure", "li", "script", "style"))
_SHARE_MOST: Final = 0.2
"""Part of the page's text above which an element is not taken for something beside the article."""
_WORK: Final = 30
"""How often a page's text may be measured while elements are judged."""
_PARAGRAPH: Final = 150
_PARAGRAPHS: Final = 3
"""So many paragraphs of so many characters outside links are read on, whatever their element is called."""
_CAPTION_LEAST: Final = 40
_LEAD_LEAST: Final = 40
_LEAD_MOST: Final = 900
_LEADS_LOOKED_AT: Final = 400
"""Elements after the headline among which the lead is looked for."""


def main_text(tree: Any, ordinary: bool, description: str) -> tuple[str, str]:
    """(text, extractor) of a page; `ordinary`: small enough for trafilatura; `description`: its own, from metadata."""
    import trafilatura

    _without_beside(tree)
    _captions(tree)
    text = _extracted(tree, trafilatura) if ordinary else ""
    if ordinary and (len(text) < _FEW or len(text) < _COVERED * _running(tree)):
        # The fast settings stop at the first candidate; where that is little, the thorough ones are asked too.
        thorough = _extracted(tree, trafilatura, fast=False)
        text = thorough if len(thorough) > _MORE * len(text) else text
    extractor = f"trafilatura {trafilatura.__version__}"
    if len(text) < _LITTLE or (len(text) > _LONG_LINE and "\n" not in text):
        # It found next to nothing, or threw all blocks of the page into one line.
        body = _body(tree)
        if len(body) > 2 * len(text) or len(text) > _LONG_LINE:
            text, extractor = body, "body text"
    text = without_furniture(text)
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


def _without_beside(tree: Any) -> None:
    """Take out of the tree what its class or id says is beside the article, unless much of the page's text is in it."""
    marked = []
    for node in tree.iter("nav"):
        if _linked(node) > 0.8 * _length(node):
            marked.append(node)
    for node in tree.iter("div", "section", "aside", "ul", "ol", "p", "span", "dl", "h2", "h3", "h4"):
        words = f"{node.get('class') or ''} {node.get('id') or ''}"
        if len(words) > 1 and len(words) < 2000 and _BESIDE.search(words):
            marked.append(node)
    if not marked:
        return
    whole = _length(tree)
    most = max(_SHARE_MOST * whole, 400)
    work = _WORK * max(whole, 10_000)
    for node in marked:
        length = _length(node)
        work -= length
        if work < 0:
            return  # elements so nested are no page of anybody's
        if (
            node.getparent() is not None
            and length <= most
            and node.find(".//h1") is None
            and not _reads_on(node)
        ):
            node.drop_tree()


def _captions(tree: Any) -> None:
    """Put captions after their figures as paragraphs: with the figures trafilatura would leave them out."""
    from lxml import etree

    for figure in list(tree.iter("figure")):
        caption = figure.find(".//figcaption")
        words = " ".join(caption.text_content().split()) if caption is not None else ""
        if figure.getparent() is not None and len(words) >= _CAPTION_LEAST:
            paragraph = etree.Element("p")
            paragraph.text = words
            figure.addnext(paragraph)
            paragraph.tail, figure.tail = figure.tail, None


def _reads_on(node: Any) -> bool:
    """Whether an element holds several long paragraphs, as an article does."""
    return sum(1 for each in node.iter("p") if _length(each) - _linked(each) > _PARAGRAPH) >= _PARAGRAPHS


def _length(node: Any) -> int:
    return len(node.text_content())


def _lead(tree: Any, text: str, description: str) -> str:
    """The paragraph between headline and article that the text lacks: by its class, or because the page's description
    begins like it."""
    flat = " ".join(text.split())
    opening = " ".join(description.split())[:60].rstrip(" .…") if len(description) >= _LEAD_LEAST else ""
    after = False
    looked = 0
    for node in tree.iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag == "h1":
            after = True
            continue
        if not after or node.tag not in _BLOCKS:
            continue
        looked += 1
        if looked > _LEADS_LOOKED_AT:
            return ""
        named = _LEAD.search(f"{node.get('class') or ''} {_class_of_parent(node)}"[:2000])
        if not named and not opening:
            continue
        words = " ".join(node.text_content().split()) if _length(node) < 5 * _LEAD_MOST else ""
        if not _LEAD_LEAST <= len(words) <= _LEAD_MOST or any(each.tag in _BLOCKS for each in node):
            continue
        if words[:80] in flat:
            if named or len(words) > 150:
                return ""  # the article has begun
            continue
        if (named or words.startswith(opening)) and not _outside(node) and _linked(node) < 0.3 * len(words):
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


def _running(tree: Any) -> int:
    """Characters of the page's long paragraphs outside links."""
    lengths = (_length(each) - _linked(each) for each in tree.iter("p"))
    return sum(each for each in lengths if each > _PARAGRAPH)


def _linked(node: Any) -> int:
    return sum(_length(each) for each in node.iter("a"))


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
