# SPDX-License-Identifier: Apache-2.0
"""One Raw to one Document, or why not: text, metadata, label, identity.

Splitting containers is `split`'s work, facts are `observe`'s. Never raises on content.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from scc.model.document import Document, DocumentKind, Raw, Source
from scc.model.ids import short
from scc.model.provenance import Skipped, Tier
from scc.model.tlp import Tlp, strictest
from scc.read.dates import date_in, date_in_name, iso_date
from scc.read.decode import Decoded, clean, decode, tidy
from scc.read.feeds import ENTRY, Entry
from scc.read.limits import FILE_BYTES, TEXT_CHARACTERS, context, quarantine
from scc.read.metadata import Metadata, front_matter, joined, kind_of, label_in, match_source, of_mapping
from scc.read.records import FORMATS, format_of
from scc.read.sniff import Kind, sniff
from scc.read.urls import canonical_url

_CONTEXT: Final = {
    "sbom": "A software bill of materials: give it in the profile (`sboms`) to match products.",
    "manifest": "A dependency manifest or lock file: kept as context.",
    "log": "A log file: kept as context, not read as news.",
    "event-log": "Event records: kept as context, not read as news.",
    "evtx": "A Windows event log: kept as context, not read as news.",
    "opml": "A list of feeds: kept as context; `scc sources add` takes the feeds you want.",
    "csaf-meta": "Metadata of a CSAF provider: kept as context; give the advisories themselves.",
    "json": "JSON of no format that is understood: kept as context.",
    "yaml": "YAML of no format that is understood: kept as context.",
    "csv": "A table of no format that is understood: kept as context.",
    "json-list": "A JSON list of no format that is understood: kept as context.",
    "xml": "XML of no format that is understood: kept as context.",
}
_EMPTY: Final = "The file is empty; get it again from its source."
_HEAD_DATE: Final = 1200
"""Characters at the head of a text in which a date line is looked for."""
_EXCERPT: Final = re.compile(r"\[(?:…|\.\.\.)\s*excerpt ends[^\]\n]{0,120}\]")


class Body(msgspec.Struct, frozen=True):
    """What a reader of one format found, before metadata is settled."""

    kind: DocumentKind
    format: str
    text: str
    meta: Metadata
    extractor: str
    links: tuple[str, ...] = ()
    payload: msgspec.Raw | None = None
    replaced: int = 0
    tier: Tier | None = None
    date_basis: str = "front-matter"
    found_in: str = ""
    """Which metadata the publication date came from."""


def document(raw: Raw, sources: Sequence[Source], tlp: Tlp | None = None) -> Document | Skipped:
    """The document of one entry; `tlp` is the label for files that carry none (default TLP:AMBER)."""
    if len(raw.data) > FILE_BYTES:
        return quarantine(
            "too-large",
            f"The file has more than {FILE_BYTES // 1_000_000} MB; cut it or give the articles in it.",
        )
    body = _body(raw)
    return body if isinstance(body, Skipped) else _settled(raw, body, sources, tlp)


def _body(raw: Raw) -> Body | Skipped:
    if raw.media_type == ENTRY:
        return _feed_entry(msgspec.json.decode(raw.data, type=Entry))
    found = re.fullmatch(r"application/x-scc-([a-z0-9]+)\+json", raw.media_type)
    if found:
        return _record(found[1], msgspec.json.decode(raw.data))
    decoded = decode(raw.data, _charset(raw))
    kind = sniff(raw.data, decoded.text)
    if kind.name == "empty":
        return quarantine("empty", _EMPTY)
    if kind.name == "binary":
        return quarantine(
            "binary", "The file is binary and of no format that is understood; give the text of it."
        )
    if kind.name in ("gzip", "zip"):
        return quarantine(
            "archive-nested", "An archive inside an archive is not opened; unpack it and give the folder."
        )
    if kind.name == "json-broken":
        return quarantine(
            "json-broken", "The file starts like JSON and cannot be parsed; it may be cut off: get it again."
        )
    if kind.name in _CONTEXT:
        if kind.name == "xml" and re.search(r"<!ENTITY\b", decoded.text[:20_000]):
            return quarantine(
                "xml-entities",
                "The XML declares entities of its own, as entity bombs do; it is not expanded.",
            )
        return context(kind.name, _CONTEXT[kind.name])
    return _text_body(raw, kind, decoded)


def _text_body(raw: Raw, kind: Kind, decoded: Decoded) -> Body | Skipped:
    if kind.name in FORMATS:
        return _record(kind.name, kind.value)
    if kind.name in ("rss", "atom", "jsonfeed", "kev", "nvd", "misp", "kev-csv", "epss-csv", "json-lines"):
        return context("container", "A container without entries: nothing to read in it.")
    if kind.name == "osv-yaml":
        return _yaml_record(decoded.text)
    if kind.name in ("ioc-csv", "ioc-list"):
        from scc.read.records import ioc

        name = raw.path.replace("\\", "/").rsplit("/", 1)[-1]
        value = (
            ioc.from_csv(decoded.text, name) if kind.name == "ioc-csv" else ioc.from_lines(decoded.text, name)
        )
        return _record("ioc", value)
    if kind.name == "pdf":
        return _pdf(raw)
    if kind.name == "html":
        return _html(decoded)
    if kind.name == "article-yaml":
        return _yaml_article(decoded)
    return _marked(decoded, kind.name)


def _charset(raw: Raw) -> str:
    for name, value in raw.headers:
        found = re.search(r"charset=[\"']?([\w.:-]{2,40})", value) if name.lower() == "content-type" else None
        if found:
            return found[1]
    return ""


def _feed_entry(entry: Entry) -> Body | Skipped:
    from scc.read.html import fragment_text

    text, links = fragment_text(entry.html)
    title = " ".join(fragment_text(entry.title)[0].split())
    cleaned, replaced = clean(f"{title}\n\n{text}" if title and not text.startswith(title) else text or title)
    if not cleaned.strip():
        return quarantine("entry-empty", "The feed entry has neither title nor text.")
    return Body(
        kind="article",
        format="feed-entry",
        text=tidy(cleaned),
        meta=Metadata(
            title=title,
            url=entry.link,
            publisher=entry.feed_title,
            published=iso_date(entry.published),
            modified=iso_date(entry.updated),
            language=entry.language[:2].lower(),
        ),
        extractor="feed entry",
        links=links,
        replaced=replaced,
        date_basis="feed",
    )


def _record(name: str, value: Any) -> Body | Skipped:
    reader = format_of(name)
    if reader is None or not isinstance(value, dict):
        return quarantine(
            "record-shape", "The record does not have the shape of its format; get it again from its source."
        )
    try:
        view = reader.view(value)
    except (KeyError, TypeError, ValueError, AttributeError):
        return quarantine(
            "record-shape", "The record does not have the shape of its format; get it again from its source."
        )
    text, replaced = clean(view.text or view.title)
    return Body(
        kind=view.kind,
        format=name,
        text=tidy(text),
        meta=Metadata(
            title=" ".join(view.title.split()),
            url=view.url,
            publisher=view.publisher,
            published=iso_date(view.published),
            modified=iso_date(view.modified),
            kind=view.publisher_kind if view.publisher_kind != "unknown" else "",
            tlp=view.tlp,
            language=view.language,
        ),
        extractor=f"record {name}",
        payload=msgspec.Raw(msgspec.json.encode(value, order="sorted")),
        replaced=replaced,
        tier=view.tier,
        date_basis="record",
    )


def _yaml_record(text: str) -> Body | Skipped:
    value = _load_yaml(text)
    if not isinstance(value, dict):
        return quarantine("yaml-broken", "The YAML record cannot be parsed; get it again from its source.")
    return _record("osv", value)


def _load_yaml(text: str) -> Any:
    import yaml

    if len(re.findall(r"(?:^|[\s\[{,:-])\*\w", text)) > 50:
        return None  # many aliases: an alias bomb
    try:
        loaded = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return msgspec.json.decode(msgspec.json.encode(loaded, enc_hook=str))
    except (yaml.YAMLError, ValueError, TypeError, msgspec.MsgspecError, RecursionError):
        return None


def _yaml_article(decoded: Decoded) -> Body | Skipped:
    value = _load_yaml(decoded.text.strip().removeprefix("---\n").removesuffix("\n---"))
    if not isinstance(value, dict):
        return _marked(decoded, "text")
    meta = of_mapping(value)
    parts: list[str] = [meta.title]
    _prose(value, parts, 0)
    text, replaced = clean("\n\n".join(dict.fromkeys(part for part in parts if part)))
    return Body(
        "article", "yaml-article", tidy(text), meta, "yaml", replaced=replaced, links=_addresses(decoded.text)
    )


def _prose(value: Any, parts: list[str], depth: int) -> None:
    """Sentences of a YAML article: strings of several words, in order; keys are not prose."""
    if depth > 6:
        return
    if isinstance(value, dict):
        for key, each in value.items():
            if str(key) not in ("image", "references", "contributor", "url", "twitter", "domain"):
                _prose(each, parts, depth + 1)
    elif isinstance(value, list):
        for each in value:
            _prose(each, parts, depth + 1)
    elif isinstance(value, str) and len(value.split()) > 3:
        from scc.read.markdown import plain_markdown

        parts.append(plain_markdown(value).text.strip())


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.findall(r"https?://[^\s\"'<>)\]]{4,500}", text)))


def _pdf(raw: Raw) -> Body | Skipped:
    from scc.read.pdf import pdf_text

    found = pdf_text(raw.data)
    if isinstance(found, Skipped):
        return found
    title, text = found
    cleaned, replaced = clean(text)
    return Body("article", "pdf", tidy(cleaned), Metadata(title=title), "pypdfium2", replaced=replaced)


def _html(decoded: Decoded) -> Body | Skipped:
    from scc.read.html import read_page

    page = read_page(decoded.text)
    text, replaced = clean(page.text)
    text = tidy(text)
    meta = of_mapping(dict(page.meta))
    if meta.title and not text.startswith(meta.title):
        text = f"{meta.title}\n\n{text}".strip()
    if not text:
        return quarantine(
            "html-no-text", "The page holds no readable text; save the article itself and give it again."
        )
    return Body(
        "article",
        "html",
        text,
        meta,
        page.extractor,
        page.links,
        replaced=replaced + decoded.replaced,
        date_basis="meta",
    )


def _marked(decoded: Decoded, name: str) -> Body | Skipped:
    from scc.read.markdown import plain_markdown

    source, replaced = clean(decoded.text)
    head, rest = front_matter(source.lstrip("\n"))
    meta = of_mapping(head) if head else Metadata()
    if head and not rest.strip():
        return quarantine("no-body", "The file has front matter and no text; give the article with it.")
    if name == "markdown" or head:
        plain = plain_markdown(rest)
        text, links = tidy(plain.text), plain.links
        title = plain.title
    else:
        text, links, title = tidy(rest), _addresses(rest), ""
    if not title and not meta.title:
        title = next((line for line in text.split("\n") if line.strip()), "")[:200]
    excerpt = meta.excerpt or bool(_EXCERPT.search(text))
    text = tidy(_EXCERPT.sub("", text))
    if meta.title and not text.startswith(meta.title[:60]):
        text = f"{meta.title}\n\n{text}"
    if not text.strip():
        return quarantine("empty", _EMPTY)
    settled = joined(meta, Metadata(title=title, excerpt=excerpt))
    return Body(
        "article",
        name,
        text,
        settled,
        "markdown-it" if name == "markdown" else "text",
        links,
        replaced=replaced + decoded.replaced,
    )


def _settled(raw: Raw, body: Body, sources: Sequence[Source], tlp: Tlp | None) -> Document:
    meta = body.meta
    url = canonical_url(meta.url or raw.url)
    source = raw.source or match_source(url, meta.publisher, sources)
    text = body.text[:TEXT_CHARACTERS]
    published, basis = meta.published, body.date_basis if meta.published else ""
    if not published and body.kind == "article":
        head = text[:_HEAD_DATE]
        in_head = _dateline(head)
        if in_head:
            published, basis = in_head, "text"
        elif not meta.modified and not meta.collected and date_in_name(raw.path):
            published, basis = date_in_name(raw.path), "file-name"
    found = label_in(text)
    labels = [each for each in (meta.tlp, found) if each]
    if labels:
        label, label_basis = strictest(labels), "front-matter" if meta.tlp else "text"  # type: ignore[arg-type]
    elif source is not None:
        label, label_basis = source.tlp, "source"
    else:
        label, label_basis = tlp or "TLP:AMBER", "option"
    tier: Tier = meta.tier or body.tier or (source.tier if source else "T3")  # type: ignore[assignment]
    identity = url or f"{raw.path}#{raw.entry}"
    canonical = bytes(body.payload) if body.payload is not None else " ".join(text.split())
    return Document(
        id=short("doc", identity, canonical),
        kind=body.kind,
        format=body.format,
        title=meta.title or "Untitled",
        text=text,
        publisher=meta.publisher if meta.tier or source is None else source.publisher,
        tier=tier,
        tlp=label,
        url=url,
        path=raw.path,
        publisher_kind=kind_of(meta.kind, source),
        language=meta.language[:2] or _language(text, source),
        published=published,
        modified=meta.modified,
        collected=meta.collected,
        date_basis=basis,
        extractor=body.extractor,
        payload=body.payload,
        source_id=source.id if source else "",
        parent=raw.parent,
        entry=raw.entry,
        excerpt=meta.excerpt,
        replaced=body.replaced,
        tlp_basis=label_basis,
        links=body.links,
    )


def _dateline(head: str) -> str:
    """A date that stands on a short line near the head of a text: the article's own dateline."""
    for line in head.split("\n")[:25]:
        if 6 <= len(line) <= 60:
            found = date_in(line)
            if found and len(re.sub(r"[\W\d_]", "", line)) <= 40:
                return found
    return ""


def _language(text: str, source: Source | None) -> str:
    from scc.read.language import language

    return language(text) or (source.language[:2] if source else "en")
