# SPDX-License-Identifier: Apache-2.0
"""Main text and metadata of an HTML page. Runs no script, loads nothing, expands no entity of its own.

The main text is `main_text.py`'s.
"""

from __future__ import annotations

import html
import re
from typing import Any, Final

import msgspec

from scc.read.text.dates import iso_date
from scc.read.text.main_text import main_text
from scc.read.text.markdown import compact, fragment
from scc.read.text.metadata import Metadata, date_of_path
from scc.read.text.urls import web_links

TREE_CHARACTERS: Final = 8_000_000
"""A page longer than this is cut before it is parsed."""
_META: Final = {
    "og:title": "title", "twitter:title": "title", "dc.title": "title", "citation_title": "title",
    "og:url": "url",
    "og:site_name": "publisher", "dcterms.publisher": "publisher", "dc.publisher": "publisher",
    "application-name": "publisher",
    "article:published_time": "published", "og:article:published_time": "published", "datepublished": "published",
    "dc.date": "published", "dc.date.issued": "published", "dcterms.created": "published",
    "dcterms.date": "published", "date": "published", "pubdate": "published", "publishdate": "published",
    "parsely-pub-date": "published", "sailthru.date": "published", "citation_publication_date": "published",
    "article:modified_time": "modified", "og:updated_time": "modified", "datemodified": "modified",
    "dcterms.modified": "modified", "last-modified": "modified",
}  # fmt: skip
_TAGS: Final = 120_000
"""Tags of a page beyond which no article is looked for in it; libxml2 bounds the depth itself."""
_PREFORMATTED: Final = re.compile(r"<(pre|textarea|script|style)\b", re.IGNORECASE)
_DATED: Final = re.compile(
    r"\b(?:publish(?:ed)?-?date|date-?published|(?:entry|post|article|posted)-?(?:date|on)|published|pubdate)\b",
    re.IGNORECASE,
)
_MARKS: Final = (" | ", " - ", " – ", " — ", " · ", " :: ", " › ", " » ", " « ")
_TITLE_LEAST: Final = 3
"""Words of a title below which a longer headline is taken."""
_PARTS: Final = ("title", "url", "publisher", "published", "modified", "language")
_ARTICLE: Final = re.compile(r"Article|BlogPosting|Report|Advisory|WebPage|LiveBlog", re.IGNORECASE)


class Page(msgspec.Struct, frozen=True):
    """What a page holds."""

    text: str
    meta: Metadata
    links: tuple[str, ...]
    extractor: str


def read_page(source: str) -> Page:
    """Text, metadata and links of a page given as text."""
    source = source[:TREE_CHARACTERS]
    tree = _tree(_folded(source.replace("\r", "\n")))
    if tree is None:
        text, found = fragment_text(source)
        return Page(text, Metadata(), found, "plain tags")
    meta = _metadata(tree)
    anchors = [
        (str(node.get("href") or ""), " ".join(node.text_content().split())) for node in tree.iter("a")
    ]
    text, extractor = main_text(tree, source.count("<") <= _TAGS, _description(tree), meta)
    flat = " ".join(text.split())
    links = web_links([href for href, words in anchors if len(words) > 2 and words in flat], meta.url)
    return Page(text, meta, links, extractor)


def fragment_text(source: str) -> tuple[str, tuple[str, ...]]:
    """Text and http(s) links of a piece of HTML, as feeds carry it."""
    links: list[str] = []
    return compact(fragment(source, links)), web_links(links)


def _tree(source: str) -> Any:
    from lxml import etree
    from lxml import html as markup

    try:
        parser = markup.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True)
        # One class for all elements: lxml.html asks a function for the class of each, which takes a sixth of the time, to
        # tell the fields of forms apart.
        parser.set_element_class_lookup(
            etree.ElementDefaultClassLookup(
                element=markup.HtmlElement,
                comment=markup.HtmlComment,
                pi=markup.HtmlProcessingInstruction,
                entity=markup.HtmlEntity,
            )
        )
        tree = markup.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
        etree.strip_elements(tree, "style", with_tail=False)
        return tree
    except Exception:  # lxml raises several unrelated types on hostile input
        return None


def _folded(source: str) -> str:
    """White space as a browser shows it: line ends are spaces, except in preformatted text. Linear."""
    parts: list[str] = []
    place = 0
    for found in _PREFORMATTED.finditer(source):
        if found.start() < place:
            continue
        end = _closing(source, found[1], found.end())
        parts.append(source[place : found.start()].replace("\n", " "))
        parts.append(source[found.start() : end])
        place = end
    parts.append(source[place:].replace("\n", " "))
    return "".join(parts)


def _closing(source: str, name: str, place: int) -> int:
    """Where the element that opens before `place` is closed; the end of the source if nowhere."""
    found = re.compile(f"</{name}", re.IGNORECASE).search(source, place)
    return found.start() if found else len(source)


def _metadata(tree: Any) -> Metadata:
    linked = _json_ld(tree)
    tagged = _tagged(tree)
    values = {name: linked.get(name) or tagged.get(name, "") for name in _PARTS}
    published, modified = iso_date(values["published"]), iso_date(values["modified"])
    basis = ""
    if published:
        basis = "json-ld" if linked.get("published") == values["published"] else "meta"
    else:
        published = _time(tree)
        basis = "meta" if published else ""
        if not published:
            published = date_of_path(values["url"].partition("://")[2].partition("/")[2])
            basis = "address" if published else ""
    title, site = _title(tree, html.unescape(values["title"]), values["publisher"])
    return Metadata(
        title=title,
        url=values["url"] if values["url"].startswith(("http://", "https://")) else "",
        publisher=" ".join(html.unescape(values["publisher"] or site).split()),
        published=published,
        modified=modified,
        language=values["language"].lower()[:2],
        date_basis=basis,
    )


def _description(tree: Any) -> str:
    """What the page says that it is about."""
    for node in tree.iter("meta"):
        if (node.get("property") or node.get("name") or "").lower() in ("og:description", "description"):
            said = " ".join(html.unescape(node.get("content") or "").split())
            if said:
                return said[:1000]
    return ""


def _tagged(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}

    def put(name: str, value: Any) -> None:
        if isinstance(value, str) and value.strip() and name not in found:
            found[name] = value.strip()[:1000]

    for node in tree.iter("link"):
        if (node.get("rel") or "").lower() == "canonical":
            put("url", node.get("href"))
    for node in tree.iter("meta"):
        key = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        if key in _META:
            put(_META[key], node.get("content"))
    put("language", tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"))
    return found


def _json_ld(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}

    def put(name: str, value: Any) -> None:
        if isinstance(value, str) and value.strip() and name not in found:
            found[name] = value.strip()[:1000]

    queue: list[Any] = []
    for node in tree.iter("script"):
        if (
            (node.get("type") or "").lower() == "application/ld+json"
            and node.text
            and len(node.text) < 500_000
        ):
            try:
                queue.append(msgspec.json.decode(node.text.strip()))
            except (msgspec.DecodeError, RecursionError):
                continue
    seen = 0
    while queue and seen < 300:
        seen += 1
        each = queue.pop(0)
        if isinstance(each, list):
            queue.extend(each[:100])
        elif isinstance(each, dict):
            graph = each.get("@graph")
            queue.extend(graph[:100] if isinstance(graph, list) else [])
            kind = each.get("@type")
            if _ARTICLE.search(
                " ".join(kind)
                if isinstance(kind, list) and all(isinstance(k, str) for k in kind)
                else str(kind)
            ):
                publisher = each.get("publisher")
                whole = each.get("mainEntityOfPage")
                put("title", each.get("headline"))
                put("published", each.get("datePublished"))
                put("modified", each.get("dateModified"))
                put("publisher", publisher.get("name") if isinstance(publisher, dict) else publisher)
                put("url", each.get("url") or (whole.get("@id") if isinstance(whole, dict) else whole))
                put("language", each.get("inLanguage"))
    return found


def _time(tree: Any) -> str:
    """The date that the page marks as the article's: by itemprop, <time>, or the name of a class."""
    for node in tree.iterfind(".//*[@itemprop]"):
        if node.get("itemprop", "").lower() == "datepublished":
            date = iso_date(node.get("content") or node.get("datetime") or node.get("title") or _words(node))
            if date:
                return date
    for place in (".//article//time", ".//header//time", ".//main//time", ".//time"):
        for node in tree.iterfind(place):
            date = iso_date(node.get("datetime") or _words(node))
            if date:
                return date
    for node in tree.xpath(".//*[@class]"):
        if _DATED.search(node.get("class", "")) and len(_words(node)) < 60:
            date = iso_date(_words(node))
            if len(date) >= 10:
                return date
    return ""


def _words(node: Any) -> str:
    return " ".join(node.text_content().split())


def _title(tree: Any, said: str, publisher: str) -> tuple[str, str]:
    """(title, site): what the metadata says, else the only h1, else <title>; the site's name is cut off.

    A page's own heading tells where in its <title> the site's name begins.
    """
    headings = [each for each in (_words(node) for node in tree.iter("h1")) if each]
    page = next(
        (each for each in (" ".join((node.text or "").split()) for node in tree.iter("title")) if each), ""
    )
    said = " ".join(said.split())
    whole = said or page
    site = ""
    shown = {*headings, *(_words(node) for node in tree.iter("h2"))}
    for mark in _MARKS:
        head, found, tail = whole.rpartition(mark)
        if found and head and (tail.casefold() == publisher.casefold() or head.strip() in shown or not said):
            whole, site = head.strip(), tail.strip()
            break
    if len(headings) == 1 and not whole.startswith(headings[0]):
        # A title of a word or two names the site or its section.
        if not said or (len(whole.split()) < _TITLE_LEAST <= len(headings[0].split()) - 1):
            whole = headings[0]
    return whole[:400], site[:100]
