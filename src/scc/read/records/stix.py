# SPDX-License-Identifier: Apache-2.0
"""STIX 2.0 and 2.1 bundles: attack patterns, groups, malware, vulnerabilities with weaknesses, reports, withdrawals.

Patterns of indicators are read by `stix_patterns`, observed data by `stix_observed`, software by `stix_products`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from scc.model.facts import Actor, Claim, Identifier, Malware, Technique, Weakness
from scc.model.tlp import Tlp, parse, strictest
from scc.read.records.interface import Note, View, cve_id, cwe_id, dated, linked, rows, text_at
from scc.read.records.stix_observed import note_observed
from scc.read.records.stix_patterns import note_indicator
from scc.read.records.stix_products import note_products

_GHSA: Final = re.compile(r"GHSA(?:-[0-9A-Z]{4}){3}")

_ORDER: Final = (
    "report",
    "campaign",
    "grouping",
    "note",
    "intrusion-set",
    "threat-actor",
    "malware",
    "vulnerability",
    "indicator",
)
_MARKINGS: Final[dict[str, Tlp]] = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": "TLP:CLEAR",
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "TLP:GREEN",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "TLP:AMBER",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "TLP:RED",
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487": "TLP:CLEAR",
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "TLP:GREEN",
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": "TLP:AMBER",
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": "TLP:AMBER+STRICT",
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": "TLP:RED",
}
"""The fixed ids of TLP 1 (STIX 2.1, section 7.2.1.4) and TLP 2 (OASIS extension of the TLP 2.0 markings)."""
_DOMAINS: Final = {"mitre-mobile-attack": "mobile", "mitre-ics-attack": "ics"}
"""Kill chains whose techniques are not of the enterprise domain."""


def entries(value: Any) -> Iterator[tuple[str, Any]]:
    """The bundle as one document: its objects refer to each other."""
    yield text_at(value, "id"), value


def view(value: Any) -> View | None:
    """Name and descriptions of the report, campaign or first named object."""
    objects = _objects(value)
    if not objects:
        return None
    named = sorted(
        (each for each in objects if text_at(each, "name") and each.get("type") in _ORDER),
        key=lambda each: _ORDER.index(str(each["type"])),
    )
    main = named[0] if named else next((each for each in objects if text_at(each, "name")), objects[0])
    title = " ".join(text_at(main, "name").split()) or f"STIX {text_at(main, 'type') or 'bundle'}"
    names = [
        f"{each['type']}: {text_at(each, 'name')}"
        for each in objects
        if each.get("type")
        in ("campaign", "intrusion-set", "threat-actor", "malware", "tool", "attack-pattern", "vulnerability")
        and text_at(each, "name")
    ]
    described = [text_at(each, "description") for each in objects if text_at(each, "description")]
    created = sorted(
        dated(each, "created")
        for each in objects
        if dated(each, "created") and each.get("type") != "marking-definition"
    )
    modified = sorted(dated(each, "modified") for each in objects if dated(each, "modified"))
    return View(
        title=title,
        text="\n\n".join(dict.fromkeys(part for part in [title, *names[:200], *described[:400]] if part)),
        published=dated(main, "published") or dated(main, "created") or (created[0] if created else ""),
        modified=modified[-1] if modified else "",
        publisher=_author(main, objects),
        tier="T3",
        kind="indicators",
        tlp=_label(objects),
        links=linked(*(rows(each, "external_references") for each in objects)),
    )


def _placed(value: Any) -> list[tuple[str, dict[str, Any]]]:
    """(pointer, object) of the bundle's objects; an object that stands alone is its own bundle."""
    if isinstance(value, dict) and "objects" not in value:
        return [("", value)]
    return [
        (f"/objects/{index}", each)
        for index, each in enumerate(rows(value, "objects"))
        if isinstance(each, dict)
    ]


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for _, each in _placed(value)]


def _author(main: Any, objects: list[dict[str, Any]]) -> str:
    """The identity that created the main object."""
    wanted = text_at(main, "created_by_ref")
    return next((text_at(each, "name") for each in objects if wanted and text_at(each, "id") == wanted), "")


def _label(objects: list[dict[str, Any]]) -> str:
    """The strictest label that any object is marked with; a definition alone marks nothing."""
    known: dict[str, Tlp] = dict(_MARKINGS)
    for each in objects:
        if each.get("type") == "marking-definition":
            said = text_at(each, "definition", "tlp") or text_at(each, "name")
            label = parse(said)
            if label is not None:
                known[text_at(each, "id")] = label
    found = [
        known[mark]
        for each in objects
        for mark in (
            *rows(each, "object_marking_refs"),
            *(text_at(part, "marking_ref") for part in rows(each, "granular_markings")),
        )
        if isinstance(mark, str) and mark in known
    ]
    return strictest(found) if found else ""


def facts(value: Any, note: Note) -> None:
    """Indicators as observed, techniques under MITRE's ids, groups, malware, vulnerabilities, products; what a report of
    the bundle revokes stands no more."""
    if _withdrawn(value, note):
        return
    used = _used(value)
    note_observed(_placed(value), note)
    note_products(_placed(value), note)
    for at, each in _placed(value):
        if each.get("revoked") is True:
            continue
        kind, name = each.get("type"), " ".join(text_at(each, "name").split())
        if kind == "indicator":
            note_indicator(each, f"{at}/pattern", note)
        elif kind == "attack-pattern":
            id_ = _external(each, r"T\d{4}(?:\.\d{3})?|AML\.T\d{4}(?:\.\d{3})?")
            if id_:
                # Somebody in the bundle uses it; a pattern that stands there alone is a dictionary entry.
                role = "observed" if text_at(each, "id") in used else "context"
                note(Technique(id_, id_, role, _domain(each, id_)), f"{at}/external_references")  # type: ignore[arg-type]
        elif kind in ("intrusion-set", "threat-actor") and name:
            note(Actor(name, _external(each, r"G\d{4}"), name), f"{at}/name")
        elif kind in ("malware", "tool") and name:
            ransom = "ransomware" in rows(each, "malware_types") or "ransomware" in rows(each, "labels")
            sort = "tool" if kind == "tool" else "ransomware" if ransom else "malware"
            note(Malware(name, _external(each, r"S\d{4}"), sort, name), f"{at}/name")  # type: ignore[arg-type]
        elif kind == "vulnerability":
            _vulnerability(each, at, note)
        elif kind == "report":
            for index, one in enumerate(rows(each, "external_references")):
                if cwe_id(text_at(one, "external_id")):
                    place = f"{at}/external_references/{index}/external_id"
                    note(Weakness(cwe_id(text_at(one, "external_id"))), place)


def _used(value: Any) -> set[str]:
    """Ids that a `uses` relationship leads to or a report is about."""
    found: set[str] = set()
    for each in _objects(value):
        if each.get("revoked") is True:
            continue
        if each.get("type") == "relationship" and each.get("relationship_type") == "uses":
            found.add(text_at(each, "target_ref"))
        elif each.get("type") in ("report", "grouping"):
            found.update(ref for ref in rows(each, "object_refs") if isinstance(ref, str))
    return found


def _vulnerability(value: Any, at: str, note: Note) -> None:
    """Its id of any scheme, and the weaknesses it refers to."""
    name = text_at(value, "name").strip().upper()
    cve = cve_id(name) or cve_id(_external(value, r"(?i)CVE-\d{4}-\d{4,19}"))
    ghsa = _GHSA.fullmatch(name)
    if cve:
        note(Identifier("cve", cve, "related"), f"{at}/name")
    elif ghsa:
        note(Identifier("ghsa", "GHSA" + name.removeprefix("GHSA").lower(), "related"), f"{at}/name")
    for index, each in enumerate(rows(value, "external_references")):
        weakness = cwe_id(text_at(each, "external_id"))
        if weakness:
            note(Weakness(weakness, vulnerability=cve), f"{at}/external_references/{index}/external_id")


def _withdrawn(value: Any, note: Note) -> bool:
    """Whether every report of the bundle is revoked: then nothing in it still stands, and that is what it says."""
    reports = [(at, each) for at, each in _placed(value) if each.get("type") == "report"]
    if not reports or not all(each.get("revoked") is True for _, each in reports):
        return False
    author = _author(reports[0][1], _objects(value))
    note(Claim("retracted", "yes", "asserted", "unknown", author), f"{reports[0][0]}/revoked")
    return True


def _domain(value: Any, id_: str) -> str:
    chains = [text_at(each, "kill_chain_name") for each in rows(value, "kill_chain_phases")]
    return (
        "atlas"
        if id_.startswith("AML")
        else next((_DOMAINS[one] for one in chains if one in _DOMAINS), "enterprise")
    )


def _external(value: Any, pattern: str) -> str:
    for each in rows(value, "external_references"):
        if re.fullmatch(pattern, text_at(each, "external_id")):
            return text_at(each, "external_id")
    return ""
