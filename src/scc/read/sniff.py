# SPDX-License-Identifier: Apache-2.0
"""What kind of input bytes are, by their content and never by their name."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

_JSON: Final = msgspec.json.Decoder()
_LOG_LINE: Final = re.compile(
    r"^(?:\[?\w{3} \w{3} +\d+ [\d:]+ \d{4}\]|\w{3} +\d+ \d\d:\d\d:\d\d |\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d|\d+\.\d+\.\d+\.\d+ - )"
)
_REQUIREMENT: Final = re.compile(
    r"^(?:[A-Za-z0-9][\w.\[\],-]*\s*(?:[=<>~!]=|@|;|$)|--?[a-z]|#|https?://\S+\.whl|\s|$)"
)
_TAG: Final = re.compile(
    r"<(?:!doctype html|html|head|body|article|div|p|h[1-6]|table|meta)\b", re.IGNORECASE
)
_IOC: Final = re.compile(
    r"^(?:[0-9a-f]{32,128}|\d{1,3}(?:\[?\.\]?\d{1,3}){3}(?::\d+)?|(?:h..ps?\[?:\]?//)?[\w.\[\]-]+\[?\.\]?[a-z]{2,}(?:/\S*)?)$",
    re.IGNORECASE,
)


class Kind(msgspec.Struct, frozen=True):
    """What was found, and the parsed JSON when it is JSON."""

    name: str
    value: Any = None


def sniff(data: bytes, text: str) -> Kind:
    """The kind of `data`, of which `text` is the decoded form.

    Names: empty, gzip, zip, pdf, evtx, binary, html, rss, atom, opml, sbom, xml, kev, cve5, nvd, osv, csaf,
    csaf-meta, stix, misp, jsonfeed, certfr, ghsa, json-lines, json, json-broken, kev-csv, epss-csv, ioc-csv,
    ioc-list, csv, osv-yaml, article-yaml, yaml, manifest, log, markdown, text.
    """
    if not data.strip():
        return Kind("empty")
    for mark, name in (
        (b"\x1f\x8b", "gzip"),
        (b"PK\x03\x04", "zip"),
        (b"PK\x05\x06", "zip"),
        (b"%PDF-", "pdf"),
        (b"ElfFile\0", "evtx"),
    ):
        if data.startswith(mark):
            return Kind(name)
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and _is_binary(data):
        return Kind("binary")
    head = text.lstrip()
    if head[:1] in "{[":
        found = _json(head)
        # TOML tables and log lines open with a bracket, too.
        if found.name != "json-broken" or not re.match(r"\[[A-Za-z\"][^\n\]]{0,80}\]", head):
            return found
    if head.startswith("<"):
        found = _markup(head)
        if found is not None:
            return found
    return _textual(head)


def _is_binary(data: bytes) -> bool:
    head = data[:4096]
    if b"\0" in head:
        return True
    odd = sum(1 for byte in head if byte < 9 or 13 < byte < 32)
    return odd * 10 > len(head)


def _markup(head: str) -> Kind | None:
    start = head[:4000]
    for pattern, name in (
        (r"<rss\b|<rdf:RDF\b", "rss"),
        (r"<feed\b[^>]*Atom|<feed\b", "atom"),
        (r"<opml\b", "opml"),
        (r"<bom\b|<(?:\w+:)?Document[^>]*spdx|cyclonedx", "sbom"),
    ):
        if re.search(pattern, start, re.IGNORECASE):
            return Kind(name)
    if _TAG.search(start):
        return Kind("html")
    if start.startswith("<?xml"):
        return Kind("xml")
    return None


def _json(head: str) -> Kind:
    try:
        value = _JSON.decode(head)
    except msgspec.DecodeError:
        return _json_lines(head)
    if isinstance(value, list):
        first = value[0] if value and isinstance(value[0], dict) else {}
        inner = of_value(first).name
        return Kind("json-list", value) if inner not in ("json", "event-log") else Kind(inner, value)
    return of_value(value)


def _json_lines(head: str) -> Kind:
    lines = head.split("\n", 2)
    if len(lines) > 1:
        try:
            first = _JSON.decode(lines[0])
        except msgspec.DecodeError:
            return Kind("json-broken")
        if isinstance(first, dict):
            inner = of_value(first).name
            return Kind("event-log") if inner in ("json", "event-log") else Kind("json-lines")
    return Kind("json-broken")


def of_value(value: Any) -> Kind:
    """The kind of one parsed JSON object."""
    if not isinstance(value, dict):
        return Kind("json", value)
    keys = value.keys()
    if "vulnerabilities" in keys and ("catalogVersion" in keys or "dateReleased" in keys):
        return Kind("kev", value)
    if value.get("dataType") == "CVE_RECORD" or ("cveMetadata" in keys and "containers" in keys):
        return Kind("cve5", value)
    if value.get("format") == "NVD_CVE" or ("resultsPerPage" in keys and "vulnerabilities" in keys):
        return Kind("nvd", value)
    if isinstance(value.get("document"), dict) and "csaf_version" in value["document"]:
        return Kind("csaf", value)
    if keys & {"aggregator_version", "metadata_version", "canonical_url"} or (
        "feed" in keys
        and isinstance(value["feed"], dict)
        and ("entry" in value["feed"] or "link" in value["feed"])
    ):
        return Kind("csaf-meta", value)
    if ("categories" in keys or "service" in keys) and len(keys) == 1:
        return Kind("csaf-meta", value)
    if value.get("bomFormat") == "CycloneDX" or "spdxVersion" in keys or "SPDXID" in keys:
        return Kind("sbom", value)
    if value.get("type") == "bundle" or ("spec_version" in keys and "objects" in keys):
        return Kind("stix", value)
    if isinstance(value.get("type"), str) and re.match(r"[a-z-]+--[0-9a-f-]{36}$", str(value.get("id", ""))):
        return Kind("stix", {"type": "bundle", "id": "bundle--single", "objects": [value]})
    if isinstance(value.get("Event"), dict) and "info" in value["Event"]:
        return Kind("misp", value)
    if (
        isinstance(value.get("response"), list)
        and value["response"]
        and "Event" in (value["response"][0] or {})
    ):
        return Kind("misp", value)
    if str(value.get("version", "")).startswith("https://jsonfeed.org/"):
        return Kind("jsonfeed", value)
    if "affected_systems" in keys and "cves" in keys:
        return Kind("certfr", value)
    if "ghsaId" in keys:
        return Kind("ghsa", value)
    if "id" in keys and "modified" in keys and ("affected" in keys or "details" in keys or "summary" in keys):
        return Kind("osv", value)
    if "id" in keys and "affected" in keys and "schema_version" in keys:
        return Kind("osv", value)
    if "lockfileVersion" in keys or "dependencies" in keys or "devDependencies" in keys:
        return Kind("manifest", value)
    if keys & {"EventID", "@timestamp", "eventName", "Records", "EventTime"}:
        return Kind("event-log", value)
    return Kind("json", value)


def _textual(head: str) -> Kind:
    lines = [line for line in head.split("\n", 60)[:60] if line.strip()]
    first = lines[0].strip().lower() if lines else ""
    if first.startswith("cveid,vendorproject"):
        return Kind("kev-csv")
    if re.match(r"(?:#model_version|cve,epss,percentile)", first):
        return Kind("epss-csv")
    if re.match(r'"?(?:value|indicator|ioc|file|associated url)"?,', first) or _ioc_rows(lines):
        return Kind("ioc-csv")
    if first in ("---", "+++"):
        found = _front(head)
        if found is not None:
            return found
    if re.match(
        r"\[(?:project|package|workspace|tool\.|build-system|\[package\])", first
    ) or first.startswith("version = "):
        return Kind("manifest")
    if first.startswith(("# this file is automatically @generated", "lockfileversion", "package-lock")):
        return Kind("manifest")
    logs = sum(1 for line in lines if _LOG_LINE.match(line))
    if lines and logs * 10 >= len(lines) * 7:
        return Kind("log")
    if len(lines) > 1 and all(_IOC.match(line.strip()) or line.strip().startswith("./") for line in lines):
        return Kind("ioc-list")
    if (
        len(lines) > 1
        and all(_REQUIREMENT.match(line) for line in lines)
        and any("==" in line or ">=" in line or "@" in line for line in lines)
    ) or _plain_packages(lines):
        return Kind("manifest")
    if re.match(r"(?:id|schema_version|modified): ?\S", first) and "\naffected:" in head:
        return Kind("osv-yaml")
    if (
        re.match(r"[a-z][\w-]*:(?: |$)", first)
        and sum(1 for line in lines if re.match(r"[a-zA-Z][\w-]*:(?:\s|$)|\s|- ", line)) > len(lines) * 0.8
    ):
        return Kind("article-yaml") if re.search(r"^(?:title|name):", head, re.MULTILINE) else Kind("yaml")
    if re.search(r"^#{1,6} \S|^\s*[-*] \S|\]\(https?://|^\*\*|^\|.*\|$", head[:8000], re.MULTILINE):
        return Kind("markdown")
    return Kind("text")


def _front(head: str) -> Kind | None:
    close = head.find("\n" + head[:3], 3)
    body = head[close + 4 :] if close > 0 else ""
    if close > 0 and body.strip():
        return Kind("markdown")
    return Kind("article-yaml") if head.startswith("---") else None


def _ioc_rows(lines: list[str]) -> bool:
    kinds = re.compile(
        r'^"?[^"]{4,300}"?,(?:ipaddress|hostname|domain|url|file|md5|sha1|sha256|email\w*)\b', re.IGNORECASE
    )
    return len(lines) > 1 and all(kinds.match(line) for line in lines[:5])


def _plain_packages(lines: list[str]) -> bool:
    return (
        len(lines) > 4
        and all(re.match(r"^[A-Za-z0-9][\w.-]*(?:\[[\w,]+\])?$", line.strip()) for line in lines)
        and not any("." in line for line in lines[:3])
    )
