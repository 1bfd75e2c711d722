# SPDX-License-Identifier: Apache-2.0
"""CSAF 2.0 and 2.1 documents, VEX among them (OASIS CSAF, sections 3.2.1 to 3.2.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from scc.model.facts import Date, Identifier, Product, Weakness
from scc.model.tlp import parse
from scc.read.records.interface import Note, View, escape, rows, text_at
from scc.read.records.scores import score_fact

_STATUS: Final = {
    "known_affected": "affected",
    "first_affected": "affected",
    "last_affected": "affected",
    "fixed": "fixed",
    "first_fixed": "fixed",
    "known_not_affected": "not-affected",
    "under_investigation": "under-investigation",
}
_PRODUCTS_MOST: Final = 60
"""Products kept of one flaw: a distribution's VEX lists thousands of packages."""


def entries(value: Any) -> Iterator[tuple[str, Any]]:
    """The one document of the file."""
    yield text_at(value, "document", "tracking", "id"), value


def view(value: Any) -> View:
    """Title, summary notes and dates."""
    document = value.get("document", {})
    title = text_at(document, "title") or text_at(document, "tracking", "id") or "CSAF document"
    notes = [
        text_at(each, "text")
        for each in rows(document, "notes")
        if text_at(each, "category") in ("summary", "description", "general")
    ]
    about = [
        text_at(each, "text")
        for flaw in rows(value, "vulnerabilities")
        for each in rows(flaw, "notes")
        if text_at(each, "category") in ("summary", "description")
    ]
    url = next(
        (
            text_at(each, "url")
            for each in rows(document, "references")
            if text_at(each, "category") == "self"
            and text_at(each, "url").startswith("http")
            and not text_at(each, "url").endswith(".json")
        ),
        "",
    )
    category = text_at(document, "publisher", "category")
    return View(
        title=title,
        text="\n\n".join([title, *notes, *about[:20]]),
        url=url,
        published=text_at(document, "tracking", "initial_release_date")[:10],
        modified=text_at(document, "tracking", "current_release_date")[:10],
        publisher=text_at(document, "publisher", "name") or "unknown",
        tier="T1" if category in ("vendor", "coordinator") else "T2",
        publisher_kind="vendor"
        if category == "vendor"
        else "cert"
        if category == "coordinator"
        else "research",
        tlp=parse(text_at(document, "distribution", "tlp", "label")) or "",
        language=text_at(document, "lang")[:2].lower() or "en",
    )


def facts(value: Any, note: Note) -> None:
    """Flaws with products by status, scores, weaknesses."""
    names = dict(_names(value.get("product_tree", {})))
    origin = text_at(value, "document", "publisher", "name") or "vendor"
    id_ = text_at(value, "document", "tracking", "id")
    if id_:
        note(Identifier("bulletin", id_, "main"), "/document/tracking/id")
    for index, flaw in enumerate(rows(value, "vulnerabilities")):
        at = f"/vulnerabilities/{index}"
        cve = text_at(flaw, "cve")
        if cve:
            note(Identifier("cve", cve, "main"), f"{at}/cve")
        if text_at(flaw, "release_date"):
            note(Date(text_at(flaw, "release_date")[:10], "disclosed"), f"{at}/release_date")
        if text_at(flaw, "cwe", "id"):
            note(Weakness(text_at(flaw, "cwe", "id"), vulnerability=cve), f"{at}/cwe/id")
        for place, each in enumerate(rows(flaw, "cwes")):
            note(Weakness(text_at(each, "id"), vulnerability=cve), f"{at}/cwes/{place}/id")
        _scores(flaw, at, origin, cve, note)
        fixes = _fixes(flaw)
        status = flaw.get("product_status") if isinstance(flaw, dict) else None
        for key, ids in status.items() if isinstance(status, dict) else ():
            for place, each in enumerate((ids if isinstance(ids, list) else [])[:_PRODUCTS_MOST]):
                name = names.get(str(each))
                if name is not None and key in _STATUS:
                    vendor, product, version = name
                    note(
                        Product(
                            product, vendor, version, fixes.get(str(each), ""), "", "", cve, _STATUS[key]
                        ),  # type: ignore[arg-type]
                        f"{at}/product_status/{escape(key)}/{place}",
                    )


def _scores(flaw: Any, at: str, origin: str, cve: str, note: Note) -> None:
    for group, inner in (("scores", None), ("metrics", "content")):
        for place, each in enumerate(rows(flaw, group)):
            metric = each.get(inner) if inner and isinstance(each, dict) else each
            for key, value in metric.items() if isinstance(metric, dict) else ():
                fact = score_fact(key, value, origin, cve) if key.startswith("cvss_v") else None
                if fact is not None:
                    note(fact, f"{at}/{group}/{place}" + (f"/{inner}" if inner else "") + f"/{key}")


def _fixes(flaw: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in rows(flaw, "remediations"):
        if text_at(each, "category") == "vendor_fix":
            for id_ in rows(each, "product_ids"):
                found.setdefault(str(id_), " ".join(text_at(each, "details").split())[:160])
    return found


def _names(tree: Any) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """product_id to (vendor, product, version) through branches, full names and relationships."""
    queue: list[tuple[Any, str, str, str]] = [(each, "", "", "") for each in rows(tree, "branches")]
    steps = 0
    while queue and steps < 50_000:
        steps += 1
        branch, vendor, product, version = queue.pop(0)
        name, category = text_at(branch, "name"), text_at(branch, "category")
        if category == "vendor":
            vendor = name
        elif category in ("product_name", "product_family"):
            product = name
        elif category in ("product_version", "product_version_range"):
            version = name
        queue.extend((each, vendor, product, version) for each in rows(branch, "branches"))
        leaf = branch.get("product") if isinstance(branch, dict) else None
        if isinstance(leaf, dict) and leaf.get("product_id"):
            yield str(leaf["product_id"]), (vendor, product or text_at(leaf, "name"), version)
    for each in rows(tree, "full_product_names"):
        yield text_at(each, "product_id"), ("", text_at(each, "name"), "")
    for each in rows(tree, "relationships"):
        full = each.get("full_product_name") if isinstance(each, dict) else None
        if isinstance(full, dict):
            yield text_at(full, "product_id"), ("", text_at(full, "name"), "")
