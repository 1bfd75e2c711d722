# SPDX-License-Identifier: Apache-2.0
"""Products of a STIX bundle: software that a report is about or that stands in relation to a vulnerability.

Software that an indicator points at is a thing to look for and no product concerned. STIX has no place for version
ranges: a description that begins "Affected versions:" or "Fixed versions:", as our own export writes it, gives them.
"""

from __future__ import annotations

from typing import Any, Final

from scc.model.facts import Product
from scc.read.records.interface import Note, cve_id, rows, text_at

_AFFECTED: Final = "Affected versions: "
_FIXED: Final = "Fixed versions: "


def note_products(placed: list[tuple[str, dict[str, Any]]], note: Note) -> None:
    """Note each product once a vulnerability; `placed` is (pointer, object)."""
    names = {text_at(each, "id"): text_at(each, "name") for _, each in placed}
    told: set[str] = set()
    sought: set[str] = set()
    flaws: dict[str, list[tuple[str, str]]] = {}
    for _, each in placed:
        if each.get("revoked") is True:
            continue
        if each.get("type") in ("report", "grouping"):
            told.update(ref for ref in rows(each, "object_refs") if isinstance(ref, str))
        elif each.get("type") == "relationship":
            ends = text_at(each, "source_ref"), text_at(each, "target_ref")
            for one, other in (ends, ends[::-1]):
                if one.startswith("software--") and other.startswith("indicator--"):
                    sought.add(one)
                elif one.startswith("software--") and other.startswith("vulnerability--"):
                    said = text_at(each, "description")
                    flaws.setdefault(one, []).append((cve_id(names.get(other)), said))
    for at, each in placed:
        id_, name = text_at(each, "id"), " ".join(text_at(each, "name").split())
        if each.get("type") != "software" or not name or id_ in sought or not (id_ in told or id_ in flaws):
            continue
        for flaw, said in flaws.get(id_) or [("", "")]:
            affected, fixed = _versions(said)
            product = Product(
                product=name,
                vendor=" ".join(text_at(each, "vendor").split()),
                versions=affected or text_at(each, "version"),
                fixed=fixed,
                cpe=text_at(each, "cpe"),
                vulnerability=flaw,
                status="affected" if id_ in flaws else "mentioned",
            )
            note(product, f"{at}/name")


def _versions(said: str) -> tuple[str, str]:
    """(affected, fixed) versions of a description, "" for what it does not begin with."""
    if said.startswith(_FIXED):
        return "", _line(said.removeprefix(_FIXED))
    if not said.startswith(_AFFECTED):
        return "", ""
    affected, _, fixed = said.removeprefix(_AFFECTED).partition(f"\n\n{_FIXED}")
    return _line(affected), _line(fixed)


def _line(text: str) -> str:
    return " ".join(text.split())
