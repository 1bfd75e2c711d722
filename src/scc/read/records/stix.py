# SPDX-License-Identifier: Apache-2.0
"""STIX 2.x bundles: indicators with patterns, attack patterns, groups, malware, vulnerabilities, reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from scc.model.facts import Actor, Identifier, Indicator, Malware, Technique
from scc.model.tlp import parse
from scc.read.records.interface import Note, View, rows, text_at
from scc.read.records.patterns import typed

_PAIR: Final = re.compile(r"\[?\s*([a-z0-9-]+):([A-Za-z0-9_.'-]+)\s*(?:=|IN)\s*'((?:[^'\\]|\\.){1,2048})'")
_OBJECTS: Final = {
    "ipv4-addr": "ipv4-addr", "ipv6-addr": "ipv6-addr", "domain-name": "domain-name", "url": "url",
    "email-addr": "email-addr", "mutex": "mutex", "windows-registry-key": "regkey", "email-message": "email-addr",
}  # fmt: skip


def entries(value: Any) -> Iterator[tuple[str, Any]]:
    """The bundle as one document: its objects refer to each other."""
    yield text_at(value, "id"), value


def view(value: Any) -> View:
    """Name and description of the report, campaign or first named object."""
    objects = [each for each in rows(value, "objects") if isinstance(each, dict)]
    named = sorted(
        (each for each in objects if each.get("name")),
        key=lambda each: {"report": 0, "campaign": 1, "grouping": 2, "malware": 3}.get(
            str(each.get("type")), 9
        ),
    )
    identity = next(
        (
            text_at(each, "name")
            for each in objects
            if each.get("type") == "identity" and text_at(each, "identity_class") == "organization"
        ),
        "",
    )
    title = text_at(named[0], "name") if named else "STIX bundle"
    text = "\n\n".join(
        [title, *(text_at(each, "description") for each in objects if text_at(each, "description"))][:40]
    )
    marking = next(
        (
            parse(text_at(each, "name") or f"TLP:{text_at(each, 'definition', 'tlp')}")
            for each in objects
            if each.get("type") == "marking-definition"
        ),
        None,
    )
    return View(
        title=title,
        text=text,
        published=(text_at(named[0], "published") or text_at(named[0], "created"))[:10] if named else "",
        modified=text_at(named[0], "modified")[:10] if named else "",
        publisher=identity,
        tier="T2",
        publisher_kind="research",
        kind="indicators",
        tlp=marking or "",
    )


def facts(value: Any, note: Note) -> None:
    """Indicators as observed, techniques under MITRE's ids, groups, malware, CVEs."""
    for index, each in enumerate(rows(value, "objects")):
        if not isinstance(each, dict) or each.get("revoked") is True:
            continue
        at = f"/objects/{index}"
        kind = each.get("type")
        if kind == "indicator":
            _indicator(each, at, note)
        elif kind == "attack-pattern":
            id_ = _external(each, r"T\d{4}(?:\.\d{3})?")
            if id_:
                note(Technique(id_, id_, "observed"), f"{at}/external_references")
        elif kind in ("intrusion-set", "threat-actor") and text_at(each, "name"):
            note(
                Actor(text_at(each, "name"), _external(each, r"G\d{4}"), text_at(each, "name")), f"{at}/name"
            )
        elif kind in ("malware", "tool") and text_at(each, "name"):
            note(
                Malware(
                    text_at(each, "name"),
                    _external(each, r"S\d{4}"),
                    "tool" if kind == "tool" else "malware",
                    text_at(each, "name"),
                ),
                f"{at}/name",
            )
        elif kind == "vulnerability":
            name = text_at(each, "name")
            if re.fullmatch(r"CVE-\d{4}-\d{4,}", name):
                note(Identifier("cve", name, "related"), f"{at}/name")


def _indicator(value: Any, at: str, note: Note) -> None:
    first, until = text_at(value, "valid_from")[:10], text_at(value, "valid_until")[:10]
    for object_, path, literal in _PAIR.findall(text_at(value, "pattern")):
        kind = _OBJECTS.get(object_, "")
        if object_ == "file":
            hashed = re.search(r"(MD5|SHA-?1|SHA-?256|SHA-?512)", path, re.IGNORECASE)
            kind = hashed[1].lower() if hashed else "filename" if path == "name" else ""
        found = typed(kind, literal.replace("\\\\", "\\").replace("\\'", "'")) if kind else None
        if found is not None:
            note(
                Indicator(found[0], found[1], "observed", "detect", first_seen=first, valid_until=until),
                f"{at}/pattern",
            )


def _external(value: Any, pattern: str) -> str:
    for each in rows(value, "external_references"):
        if re.fullmatch(pattern, text_at(each, "external_id")):
            return text_at(each, "external_id")
    return ""
