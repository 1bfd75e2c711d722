# SPDX-License-Identifier: Apache-2.0
"""One Raw to one Document, or why not: which format it is, whose it is, its label, its identity.

Splitting containers is `split`'s work, facts are `observe`'s. Never raises on content.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final, cast

import msgspec

from scc.model.document import Document, Raw, Source
from scc.model.ids import short
from scc.model.provenance import Skipped, Tier
from scc.model.tlp import Tlp, strictest
from scc.read.records import FORMATS, format_of
from scc.read.records.interface import TRANSIT
from scc.read.text import articles
from scc.read.text.articles import EMPTY, Body
from scc.read.text.attribution import kind_of, label_in, match_source, source_named, source_signed
from scc.read.text.dates import date_in_name
from scc.read.text.decode import Decoded, clean, decode, tidy
from scc.read.text.feeds import ENTRY, Entry
from scc.read.text.limits import FILE_BYTES, TEXT_CHARACTERS, TOO_LARGE, context, quarantine
from scc.read.text.metadata import Metadata, load
from scc.read.text.roundups import SECTION, WHOLE, Section
from scc.read.text.sniff import Kind, sniff
from scc.read.text.urls import canonical_url

MEDIA_TYPE: Final = re.compile(r"application/x-scc-([a-z0-9]+)\+json")
_DEFAULT_LABEL: Final[Tlp] = "TLP:AMBER"
_CONTEXT: Final = {
    "sbom": "A bill of materials: name it in the profile (`sboms`) and its components are matched.",
    "manifest": "A manifest or lock file of dependencies: kept as context; make an SBOM of it to match components.",
    "log": "A log: kept as context; searching it is the plan's work, not the reader's.",
    "event-log": "Event records: kept as context; searching them is the plan's work, not the reader's.",
    "evtx": "A Windows event log: kept as context; searching it is the plan's work, not the reader's.",
    "opml": "A list of feeds: kept as context; `scc sources add` takes the feeds you want.",
    "csaf-meta": "A CSAF provider's directory, no advisory: kept as context; give the documents it lists.",
    "template": "A template whose fields nobody filled in: kept as context; give what is made of it.",
    "schema": "A schema, no data: kept as context; give the file that it describes.",
    "collection": "A list of files with notes on them: kept as context; give the files it lists.",
    "nvd-other": "CVE data, not in the form of the NVD's API 2.0: kept as context; give the API's own answer "
    "(services.nvd.nist.gov/rest/json/cves/2.0).",
    "json": "JSON of no format that is understood: kept as context; `docs/formats.md` lists those that are.",
    "json-list": "A JSON list of no format that is understood: kept as context; `docs/formats.md` lists those that are.",
    "yaml": "YAML of no format that is understood: kept as context; `docs/formats.md` lists those that are.",
    "toml": "Settings or an organisation profile: kept as context; give a profile with `--profile`.",
    "csv": "A table of no format that is understood: kept as context; `docs/formats.md` lists those that are.",
    "xml": "XML of no format that is understood: kept as context; `docs/formats.md` lists those that are.",
}
_REFUSED: Final = {
    "binary": "The file is binary and of no format that is understood; give its text.",
    "archive-nested": "An archive inside an archive is not opened; unpack it and give the folder.",
    "json-broken": "The file starts as JSON and cannot be parsed, it may be cut off; get it again from its source.",
    "xml-broken": "The XML cannot be parsed, it may be cut off; get it again from its source.",
    "xml-entities": "The XML declares entities of its own, as entity bombs do; it is not expanded. "
    "Get a plain file from its source.",
    "record-shape": "The record lacks what its format requires; get it again from its source.",
    "yaml-broken": "The YAML cannot be parsed; get it again from its source.",
}


def document(raw: Raw, sources: Sequence[Source], tlp: Tlp | None = None) -> Document | Skipped:
    """The document of one entry; `tlp` is the label for files that carry none (default TLP:AMBER).

    `sources` give publisher, tier and label by domain. A container has no document: see `split`.
    """
    if len(raw.data) > FILE_BYTES:
        return TOO_LARGE
    body = _body(raw)
    return body if isinstance(body, Skipped) else _settled(raw, body, sources, tlp)


def charset(raw: Raw) -> str:
    """The charset that the Content-Type header declares, "" if none."""
    for name, value in raw.headers:
        found = re.search(r"charset=[\"']?([\w.:-]{2,40})", value) if name.lower() == "content-type" else None
        if found:
            return found[1]
    return ""


def _body(raw: Raw) -> Body | Skipped:
    if raw.media_type == ENTRY:
        return articles.feed_entry(msgspec.json.decode(raw.data, type=Entry))
    if raw.media_type == WHOLE:
        return context("round-up", "A round-up: its sections are read one by one.")
    if raw.media_type == SECTION:
        return _section(msgspec.json.decode(raw.data, type=Section))
    named = MEDIA_TYPE.fullmatch(raw.media_type)
    if named:
        return _record(named[1], msgspec.json.decode(raw.data))
    decoded = decode(raw.data, charset(raw))
    kind = sniff(raw.data, decoded.text)
    if kind.name in ("gzip", "zip"):
        return _refused("archive-nested")
    if kind.name == "empty":
        return EMPTY
    if kind.name in _REFUSED:
        return _refused(kind.name)
    if kind.name in _CONTEXT:
        return context(kind.name, _CONTEXT[kind.name])
    return _read(raw, kind, decoded)


def _section(found: Section) -> Body:
    return Body(
        format=found.format,
        text=found.text,
        meta=found.meta,
        extractor=found.extractor,
        links=found.links,
        slug=found.slug,
        part_of=found.part_of,
        frame=found.frame,
        marked=found.marked,
    )


def _refused(rule: str) -> Skipped:
    return quarantine(rule, _REFUSED[rule])


def _read(raw: Raw, kind: Kind, decoded: Decoded) -> Body | Skipped:
    if kind.name in FORMATS:
        return _record(kind.name, kind.value)
    if kind.name == "osv-yaml":
        value = load(decoded.text)
        # Dates that YAML turned into objects become text again.
        return _record("osv", msgspec.to_builtins(value, enc_hook=str)) if value else _refused("yaml-broken")
    if kind.name in ("ioc-csv", "ioc-list"):
        from scc.read.records import ioc

        return _record("ioc", (ioc.from_csv if kind.name == "ioc-csv" else ioc.from_lines)(decoded.text))
    if kind.name == "pdf":
        return articles.pdf(raw.data)
    if kind.name == "html":
        return articles.page(decoded)
    if kind.name == "article-yaml":
        return articles.yaml_article(decoded)
    if kind.name in ("markdown", "text"):
        return articles.marked(decoded, kind.name)
    return context("container", "A container without entries: there is nothing to read in it.")


def _record(name: str, value: Any) -> Body | Skipped:
    """A record of a known format; what its reader cannot make out is refused, never guessed."""
    reader = format_of(name)
    if reader is None or not isinstance(value, dict):
        return _refused("record-shape")
    try:
        view = reader.view(value)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return _refused("record-shape")
    if view is None:
        blank = name == "csaf"  # a CSAF form without title, number and flaw: nobody filled it in
        return context("template", _CONTEXT["template"]) if blank else _refused("record-shape")
    text, replaced = clean(view.text or view.title)
    kept = {key: each for key, each in value.items() if not key.startswith(TRANSIT)}
    return Body(
        format=name,
        text=tidy(text),
        meta=Metadata(
            title=" ".join(view.title.split()),
            url=view.url,
            publisher=view.publisher,
            published=view.published,
            modified=view.modified,
            collected=view.collected,
            kind=view.publisher_kind if view.publisher_kind != "unknown" else "",
            tlp=view.tlp,
            language=view.language,
            date_basis="record" if view.published else "",
        ),
        extractor=f"record {name}",
        links=view.links,
        kind=view.kind,
        payload=msgspec.Raw(msgspec.json.encode(kept, order="sorted")),
        replaced=replaced,
        tier=view.tier,
        home=view.home,
    )


def _settled(raw: Raw, body: Body, sources: Sequence[Source], tlp: Tlp | None) -> Document:
    """Publisher, tier, label, date and identity of what was read."""
    meta = body.meta
    url = canonical_url(meta.url or raw.url)
    source, publisher, tier = _whose(raw, body, url, sources)
    # Parsers undo escapes: what they bring to light is cleaned once more. Offsets point into this text.
    text, replaced = clean(body.text)
    text = tidy(text[:TEXT_CHARACTERS])
    title = " ".join(clean(meta.title)[0].split())
    published, basis = meta.published, meta.date_basis
    if not published and not meta.modified and not meta.collected and body.kind == "article":
        published = date_in_name(raw.path)
        basis = "file-name" if published else ""
    label, label_basis = _label(meta.tlp, body, text, source, tlp)
    if url and body.slug:
        url = f"{url}#{body.slug}"
    identity = url or f"{raw.path}#{raw.entry}"
    content = bytes(body.payload) if body.payload is not None else " ".join(text.split())
    return Document(
        id=short("doc", identity, content),
        kind=body.kind,
        format=body.format,
        title=title or "Untitled",
        text=text,
        publisher=publisher,
        tier=tier,
        tlp=label,
        url=url,
        path=raw.path,
        publisher_kind=kind_of(meta.kind, source),
        language=meta.language
        if body.part_of and meta.language
        else _language(meta.language, text, source, body.format),
        published=published,
        modified=meta.modified,
        collected=meta.collected,
        date_basis=basis,
        extractor=body.extractor,
        payload=body.payload,
        source_id=source.id if source else "",
        parent=raw.parent,
        entry=raw.entry,
        excerpt=meta.excerpt or len(body.text) > TEXT_CHARACTERS,
        replaced=body.replaced + replaced,
        tlp_basis=label_basis,
        links=body.links,
        part_of=body.part_of,
    )


def _whose(raw: Raw, body: Body, url: str, sources: Sequence[Source]) -> tuple[Source | None, str, Tier]:
    """The source a document belongs to, its publisher and tier.

    What front matter states stands, the reader of the file put it there. Otherwise the address decides: a page
    may call itself what it likes. A name or signature counts only where there is no address.
    """
    meta = body.meta
    stated = body.format in ("markdown", "text", "yaml-article", "pdf")
    source = match_source(body.home, sources) if body.home else match_source(url, sources)
    if source is None and raw.source is not None:
        source = raw.source
    if source is None and meta.publisher and (stated or body.payload is not None or not url):
        source = source_named(meta.publisher, sources)
    if source is None and (stated or body.format == "html") and not url and not (stated and meta.publisher):
        source = source_signed(f"{meta.author}\n{body.frame}\n{body.text[:20_000]}", sources)
    if stated and meta.publisher:
        publisher = meta.publisher
    elif body.payload is not None and body.kind != "article":
        publisher = meta.publisher or (source.publisher if source else "unknown")
    else:
        publisher = source.publisher if source else meta.publisher or "unknown"
    tier = meta.tier if stated and meta.tier else source.tier if source else body.tier or "T3"
    if raw.source is not None and body.format == "feed-entry":
        # The feed wrote the entry, whatever page it links to: no entry is better than its feed.
        tier = max(tier, raw.source.tier)
    return source, publisher, cast(Tier, tier)


def _label(stated: str, body: Body, text: str, source: Source | None, option: Tlp | None) -> tuple[Tlp, str]:
    """The label and what gave it: front matter or record, text, source, option."""
    if stated:
        return cast(Tlp, stated), "front-matter"
    marked = [label_in(text), body.marked or None] if body.kind == "article" else []
    labels = [cast(Tlp, each) for each in marked if each is not None]
    if labels:
        return strictest(labels), "text"
    if source is not None:
        return source.tlp, "source"
    return option or _DEFAULT_LABEL, "option"


def _language(stated: str, text: str, source: Source | None, format_: str) -> str:
    from scc.read.text.language import language

    if stated and format_ not in ("html", "feed-entry", "markdown"):
        return stated
    # Pages and feeds often carry the language of their template.
    return language(text) or stated or (source.language[:2] if source else "en")
