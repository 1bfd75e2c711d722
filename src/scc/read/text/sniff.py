# SPDX-License-Identifier: Apache-2.0
"""What kind of input bytes are, by their content and never by their name. Reads nothing further."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from scc.read.text.feeds import hostile_entities
from scc.read.text.shapes import of_value
from scc.read.text.tables import of_table

_JSON: Final = msgspec.json.Decoder()
_MAGIC: Final = (
    (b"\x1f\x8b", "gzip"), (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"%PDF-", "pdf"), (b"ElfFile\0", "evtx"),
    (b"BZh", "binary"), (b"\xfd7zXZ\0", "binary"), (b"7z\xbc\xaf", "binary"), (b"Rar!", "binary"), (b"\x28\xb5\x2f\xfd", "binary"),
)  # fmt: skip
_ELEMENT: Final = re.compile(r"<([A-Za-z_][\w.-]{0,60}(?::[\w.-]{1,60})?)[\s>/]")
_ROOTS: Final = {
    "rss": "rss", "rdf": "rss", "feed": "atom", "opml": "opml", "bom": "sbom", "spdxdocument": "sbom", "document": "document",
}  # fmt: skip
_PAGE: Final = frozenset(
    "html head body article main section div p h1 h2 h3 h4 h5 h6 table meta span br a ul ol dl pre blockquote center font b i"
    " header nav title link script style img noscript strong em form iframe".split()
)
_LIQUID: Final = re.compile(r"\{%-?\s{0,4}(?:for|if|include|assign)\b[^%\n]{0,200}%\}|\{\{[^{}\n]{1,120}\}\}")
_JSON_START: Final = re.compile(
    r"\{\s{0,1000}[\"}]|\[\s{0,1000}(?:[\[{\"\]\d]|-\d|true\b|false\b|null\b)|[\[{]\s{0,1000}$"
)
_FIRST: Final = 4000
"""Characters of a text that decide on markup."""


class Kind(msgspec.Struct, frozen=True):
    """What was found, and the parsed JSON when it is JSON."""

    name: str
    value: Any = None


def sniff(data: bytes, text: str) -> Kind:
    """The kind of `data`, of which `text` is the decoded form.

    Containers: gzip, zip, rss, atom, jsonfeed, kev, kev-csv, epss-csv, nvd, misp, json-lines, json-list.
    Documents: html, pdf, markdown, text, article-yaml, cve5, osv, osv-yaml, ghsa, csaf, stix, certfr, ioc-csv, ioc-list.
    Context: opml, sbom, manifest, log, event-log, evtx, csaf-meta, schema, template, collection, nvd-other, json, yaml,
    csv, xml. Refused: empty, binary, json-broken, xml-broken, xml-entities.
    """
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        return Kind("empty")
    for mark, name in _MAGIC:
        if data.startswith(mark):
            return Kind(name)
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and _is_binary(data):
        return Kind("binary")
    head = text.lstrip("\ufeff \t\r\n")
    if _JSON_START.match(head):
        return _json(head)
    if head.startswith("<"):
        found = _markup(head)
        if found is not None:
            return found
    return Kind(_textual(head))


def _is_binary(data: bytes) -> bool:
    """Whether bytes that no text has are among the first: NUL, or many control characters."""
    head = data[:8192]
    if b"\0" in head:
        return True
    odd = len(head.translate(None, _TEXT_BYTES))
    return odd * 20 > len(head)


_TEXT_BYTES: Final = bytes([7, 8, 9, 10, 12, 13, 27, *range(32, 256)])


def _markup(head: str) -> Kind | None:
    """By the first element; a text that only begins with a comment is no markup."""
    if re.match(r"<!doctype\s{1,20}html", head, re.IGNORECASE):
        return Kind("html")
    found = _ELEMENT.match(_behind_prolog(head))
    if found is None:
        return Kind("xml-broken") if head.startswith("<?xml") else None
    name = found[1].rpartition(":")[2].lower()
    kind = _ROOTS.get(name)
    if kind is None and name in _PAGE:
        # A page, or a feed in the middle of one: what a browser shows is read as a page.
        return Kind("html")
    if _declares(head):
        return Kind("xml-entities")
    if kind == "document":
        kind = "sbom" if "spdx" in head[:_FIRST].lower() else None
    if kind is not None:
        return Kind(kind)
    if not head.startswith("<?xml") and f"</{found[1]}" not in head:
        return None  # "<name> wrote:" and the like
    return Kind("xml" if head.rstrip().endswith(">") else "xml-broken")


def _behind_prolog(head: str) -> str:
    """The text behind XML declaration, comments, processing instructions and document type."""
    place = 0
    for _ in range(50):
        while place < len(head) and head[place] in " \t\r\n\ufeff":
            place += 1
        for opening, closing in (("<!--", "-->"), ("<?", "?>"), ("<!DOCTYPE", ">"), ("<!doctype", ">")):
            if head.startswith(opening, place):
                inner = head.find("[", place, place + 300) if closing == ">" else -1
                if inner >= 0 and inner < head.find(">", place):
                    closing = "]>"
                end = head.find(closing, place)
                if end < 0:
                    return ""
                place = end + len(closing)
                break
        else:
            return head[place : place + _FIRST]
    return ""


def _declares(head: str) -> bool:
    """Whether an XML text declares entities that refer to others or to files."""
    return hostile_entities(head[:1_000_000].encode("utf-8", "replace")) if "<!" in head[:_FIRST] else False


def _json(head: str) -> Kind:
    try:
        value = _JSON.decode(head)
    except msgspec.DecodeError:
        return _json_lines(head)
    except RecursionError:
        return Kind("json-broken")
    if isinstance(value, list):
        first = next((each for each in value if isinstance(each, dict)), {})
        inner = of_value(first)
        if inner in ("json", "event-log", "schema"):
            return Kind("event-log" if inner == "event-log" else "json")
        return Kind("misp" if inner == "misp" else "json-list", value)
    return Kind(of_value(value), value)


def _json_lines(head: str) -> Kind:
    first = head.partition("\n")[0]
    if len(first) < len(head.rstrip()):
        try:
            value = _JSON.decode(first)
        except (msgspec.DecodeError, RecursionError):
            return Kind("json-broken")
        if isinstance(value, dict):
            return Kind("event-log" if of_value(value) in ("json", "event-log") else "json-lines")
    return Kind("json-broken")


def _textual(head: str) -> str:
    table = of_table(head)
    if table:
        return table
    front = _front(head)
    body = front or head
    # A template of a feed or page has tags and fields that nobody has filled in.
    if re.search(r"<(?:rss|feed|html)\b", body[:_FIRST]) and len(_LIQUID.findall(body[:_FIRST])) >= 3:
        return "template"
    if front:
        return "markdown"
    if body.lstrip().startswith("---\n"):
        return "article-yaml" if _is_article(body) else "yaml"
    first = body.split("\n", 1)[0].strip()
    if re.match(r"(?:id|schema_version|modified): ?\S", first) and "\naffected:" in body:
        return "osv-yaml"
    if _is_yaml(body):
        return "article-yaml" if _is_article(body) else "yaml"
    if _is_toml(body):
        return "toml"
    marks = r"^#{1,6} \S|^[ ]{0,3}[-*+] \S|\]\((?:https?://|\.{0,2}/|#)|^\*\*|^\|.{1,2000}\|[ ]{0,3}$|^(?:={3,}|-{3,})$|^```"
    return "markdown" if re.search(marks, body[:20_000], re.MULTILINE) else "text"


def _front(head: str) -> str:
    """The text behind front matter, "" if there is no front matter or no text."""
    mark = head[:3]
    if mark not in ("---", "+++") or head[3:4] != "\n":
        return ""
    close = head.find("\n" + mark, 3, 20_000)
    return head[close + 4 :].strip() if close > 0 else ""


def _is_yaml(head: str) -> bool:
    lines = [line for line in head.split("\n", 80)[:80] if line.strip()]
    if not lines or not re.match(r"[A-Za-z][\w-]{0,40}:(?:\s|$)", lines[0]):
        return False
    fitting = sum(1 for line in lines if re.match(r"[A-Za-z][\w-]{0,40}:(?:\s|$)|\s|- |#", line))
    return fitting * 10 > len(lines) * 9 and sum(1 for line in lines if line[:1].isalpha()) >= 3


def _is_toml(head: str) -> bool:
    """Settings or a profile: tables and keys with typed values, and it parses."""
    if not re.search(r"^[\w.-]{1,60}[ ]?=[ ]?(?:[\"'\[{0-9]|true\b|false\b)", head[:20_000], re.MULTILINE):
        return False
    import tomllib

    try:
        return bool(tomllib.loads(head))
    except (tomllib.TOMLDecodeError, RecursionError):
        return False


def _is_article(head: str) -> bool:
    return bool(
        re.search(r"^(?:title|name|headline):\s*\S", head, re.MULTILINE)
        and re.search(r"^(?:summary|description|content|body|text|details|procedure):", head, re.MULTILINE)
    )
