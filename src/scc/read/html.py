# SPDX-License-Identifier: Apache-2.0
"""Main text and metadata of an HTML page. Runs no script, loads nothing, expands no entity of its own."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

import msgspec

from scc.read.markdown import strip_tags


class Page(msgspec.Struct, frozen=True):
    text: str
    title: str
    links: tuple[str, ...]
    extractor: str
    meta: dict[str, str]
    """title, url, publisher, published, modified, language: what the page says of itself."""


def read_page(source: str) -> Page:
    """Main text by trafilatura (fast settings); where it finds none, the text of the body."""
    import trafilatura
    from lxml import html as lxml_html

    tree = None
    try:
        tree = lxml_html.document_fromstring(
            source.encode("utf-8", "replace"), parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=False)
        )
    except Exception:  # lxml raises several unrelated types on hostile input
        tree = None
    meta = _meta(tree) if tree is not None else {}
    text = ""
    if tree is not None:
        text = (
            trafilatura.extract(
                tree,
                fast=True,
                include_comments=False,
                include_tables=True,
                include_formatting=False,
                output_format="txt",
                deduplicate=False,
            )
            or ""
        )
    extractor = f"trafilatura {trafilatura.__version__}"
    if len(text) < 200:
        body = _body(tree) if tree is not None else strip_tags(source, [])
        if len(body) > 2 * len(text):
            text, extractor = body, "body text"
    links = _links(tree, meta.get("url", "")) if tree is not None else ()
    return Page(text=text, title=meta.get("title", ""), links=links, extractor=extractor, meta=meta)


def fragment_text(source: str) -> tuple[str, tuple[str, ...]]:
    """Text and links of a piece of HTML, as feeds carry it."""
    links: list[str] = []
    cleaned = re.sub(
        r"<(script|style|iframe|noscript)\b.{0,200000}?</\1\s*>", " ", source, flags=re.IGNORECASE | re.DOTALL
    )
    text = strip_tags(re.sub(r"</?(?:td|th)\b[^>]{0,200}>", " | ", cleaned, flags=re.IGNORECASE), links)
    text = re.sub(r"(?:\s*\|\s*)+\n", "\n", text)
    return text, tuple(dict.fromkeys(links))


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}

    def put(name: str, value: object) -> None:
        if isinstance(value, str) and value.strip() and name not in found:
            found[name] = value.strip()[:1000]

    for node in tree.iter("script"):
        if node.get("type") == "application/ld+json" and node.text and len(node.text) < 500_000:
            _json_ld(node.text, put)
    names = {
        "og:title": "title",
        "og:url": "url",
        "og:site_name": "publisher",
        "article:published_time": "published",
        "article:modified_time": "modified",
        "datepublished": "published",
        "dc.date": "published",
        "dcterms.created": "published",
        "date": "published",
        "dcterms.publisher": "publisher",
    }
    for node in tree.iter("meta"):
        key = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        if key in names:
            put(names[key], node.get("content"))
    for node in tree.iter("link"):
        if (node.get("rel") or "").lower() == "canonical":
            put("url", node.get("href"))
    for node in tree.iter("h1"):
        put("title", " ".join(node.text_content().split()))
        break
    for node in tree.iter("title"):
        put("title", " ".join((node.text or "").split()))
        break
    for node in tree.iter("time"):
        put("published", node.get("datetime") or node.text_content())
        break
    put("language", tree.get("lang"))
    return found


def _json_ld(source: str, put: Any) -> None:
    try:
        value = msgspec.json.decode(source)
    except msgspec.DecodeError:
        return
    queue: list[Any] = [value]
    seen = 0
    while queue and seen < 200:
        seen += 1
        each = queue.pop(0)
        if isinstance(each, list):
            queue.extend(each)
        elif isinstance(each, dict):
            queue.extend(each.get("@graph", []) if isinstance(each.get("@graph"), list) else [])
            if re.search(r"Article|BlogPosting|Report|WebPage", str(each.get("@type", ""))):
                put("title", each.get("headline"))
                put("published", each.get("datePublished"))
                put("modified", each.get("dateModified"))
                publisher = each.get("publisher")
                put("publisher", publisher.get("name") if isinstance(publisher, dict) else publisher)
                put("url", each.get("url") or each.get("mainEntityOfPage"))


def _body(tree: Any) -> str:
    for node in list(tree.iter("script", "style", "nav", "footer", "noscript", "iframe", "form")):
        parent = node.getparent()
        if parent is not None:
            node.drop_tree()
    body = tree.find(".//body")
    lines = [" ".join(piece.split()) for piece in (body if body is not None else tree).itertext()]
    return "\n".join(line for line in lines if line)


def _links(tree: Any, base: str) -> tuple[str, ...]:
    found: list[str] = []
    for node in tree.iter("a"):
        address = (node.get("href") or "").strip()
        if base and address and not re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE):
            try:
                address = urljoin(base, address)
            except ValueError:
                continue
        if address.startswith(("http://", "https://")):
            found.append(address[:2000])
    return tuple(dict.fromkeys(found[:2000]))
