# SPDX-License-Identifier: Apache-2.0
"""Main text and metadata of an HTML page. Runs no script, loads nothing, expands no entity of its own.

Main text by trafilatura; where it finds next to none, the text of the body without navigation.
"""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from scc.read.dates import iso_date
from scc.read.decode import tidy
from scc.read.markdown import fragment
from scc.read.metadata import Metadata
from scc.read.urls import web_links

TREE_CHARACTERS: Final = 8_000_000
"""A page longer than this is cut before it is parsed."""
_LITTLE: Final = 200
"""Characters of main text below which the whole body is looked at."""
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
    import trafilatura

    tree = _tree(source[:TREE_CHARACTERS])
    if tree is None:
        text, found = fragment_text(source[:TREE_CHARACTERS])
        return Page(text, Metadata(), found, "plain tags")
    meta = _metadata(tree)
    links = web_links([str(node.get("href") or "") for node in tree.iter("a")], meta.url)
    text = _main(tree, trafilatura)
    extractor = f"trafilatura {trafilatura.__version__}"
    if len(text) < _LITTLE:
        body = _body(tree)
        if len(body) > 2 * len(text):
            text, extractor = body, "body text"
    return Page(text, meta, links, extractor)


def fragment_text(source: str) -> tuple[str, tuple[str, ...]]:
    """Text and http(s) links of a piece of HTML, as feeds carry it."""
    links: list[str] = []
    text = fragment(source, links)
    return tidy("\n".join(" ".join(line.split()) for line in text.split("\n"))), web_links(links)


def _tree(source: str) -> Any:
    from lxml import html

    try:
        parser = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True)
        return html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except Exception:  # lxml raises several unrelated types on hostile input
        return None


def _main(tree: Any, trafilatura: Any) -> str:
    try:
        found = trafilatura.extract(
            tree,
            fast=True,
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
    title = " ".join(_heading(tree, values["title"]).split())
    return Metadata(
        title=_without_site(title, values["publisher"]),
        url=values["url"] if values["url"].startswith(("http://", "https://")) else "",
        publisher=" ".join(values["publisher"].split()),
        published=published,
        modified=modified,
        language=values["language"].lower()[:2],
        date_basis=basis,
    )


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
    """The date of the first <time> of the article (of the page, where no article is marked)."""
    for place in (".//article//time", ".//header//time", ".//main//time", ".//time"):
        for node in tree.iterfind(place):
            date = iso_date(node.get("datetime") or " ".join(node.text_content().split()))
            if date:
                return str(date)
    return ""


def _heading(tree: Any, said: str) -> str:
    """The title: as said in the metadata, else the only h1, else <title>."""
    if said:
        return said
    headings = [" ".join(node.text_content().split()) for node in tree.iter("h1")]
    headings = [each for each in headings if each]
    titles = [" ".join((node.text or "").split()) for node in tree.iter("title")]
    page = next((each for each in titles if each), "")
    for each in headings:
        if len(headings) == 1 or each in page:
            return each[:400]
    return page[:400] or (headings[0][:400] if headings else "")


def _without_site(title: str, site: str) -> str:
    """A title without the site's name behind a separator."""
    if site:
        for mark in (" | ", " - ", " – ", " — ", " · ", " :: "):
            head, found, tail = title.rpartition(mark)
            if found and tail.strip().casefold() == site.strip().casefold() and head.strip():
                return head.strip()
    return title


def _body(tree: Any) -> str:
    """All text of the body without navigation, a block element a line."""
    from lxml import etree

    source = etree.tostring(
        tree.find("body") if tree.find("body") is not None else tree, encoding="unicode", method="html"
    )
    for name in ("nav", "footer", "form", "header", "aside", "button", "select"):
        source = _cut(source, name)
    return fragment_text(source)[0]


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
