# SPDX-License-Identifier: Apache-2.0
"""CSAF 2.0 and 2.1 documents, VEX among them (OASIS CSAF, section 3.2).

Lenient: a document that breaks a rule of the standard gives what is valid in it. Checking is not its work.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, cast

from scc.model.facts import Claim, Date, Identifier, Product, Weakness
from scc.model.tlp import parse
from scc.read.records.interface import Note, View, cve_id, cwe_id, dated, escape, linked, rows, text_at
from scc.read.records.products import Named, products_of
from scc.read.records.scores import score_fact

_STATUS: Final = {
    "known_affected": "affected", "first_affected": "affected", "last_affected": "affected", "recommended": "fixed",
    "fixed": "fixed", "first_fixed": "fixed", "known_not_affected": "not-affected",
    "under_investigation": "under-investigation",
}  # fmt: skip
_KINDS: Final = {"vendor": "vendor", "coordinator": "cert", "discoverer": "research", "translator": "cert"}
_PRODUCTS_MOST: Final = 80
"""Products kept of one flaw and status: a distribution's VEX lists thousands of packages."""


def entries(value: Any) -> Iterator[tuple[str, Any]]:
    """The one document of the file."""
    yield text_at(value, "document", "tracking", "id"), value


def view(value: Any) -> View | None:
    """Title, notes and dates; the label of the distribution."""
    document = value.get("document")
    if not isinstance(document, dict):
        return None
    id_ = text_at(document, "tracking", "id")
    flaws = [cve_id(each.get("cve")) for each in rows(value, "vulnerabilities") if isinstance(each, dict)]
    title = (
        " ".join(text_at(document, "title").split())
        or id_
        or next((f"CSAF document on {cve}" for cve in flaws if cve), "")
    )
    if not title:
        return None
    parts = [title]
    parts += _said(document, ("summary", "description", "details"))
    for flaw in rows(value, "vulnerabilities")[:200]:
        head = " ".join(
            part
            for part in (cve_id(flaw.get("cve") if isinstance(flaw, dict) else ""), text_at(flaw, "title"))
            if part
        )
        parts += [head, *_said(flaw, ("summary", "description", "details"))]
        parts += [text_at(each, "details") for each in rows(flaw, "threats")[:10]]
        parts += list(dict.fromkeys(text_at(each, "details") for each in rows(flaw, "remediations")[:20]))
    parts += [
        f"{text_at(each, 'title')}: {text_at(each, 'text')}"
        for each in rows(document, "notes")
        if text_at(each, "title")
        and 0 < len(text_at(each, "text")) < 400
        and text_at(each, "category") == "other"
    ]
    references = rows(document, "references")
    own = [text_at(each, "url") for each in references if text_at(each, "category") == "self"]
    label = parse(text_at(document, "distribution", "tlp", "label"))
    category = text_at(document, "publisher", "category")
    return View(
        title=title,
        text="\n\n".join(dict.fromkeys(part.strip() for part in parts if part.strip())),
        url=next((each for each in own if each.startswith("http") and not each.endswith(".json")), "")
        or next((each for each in own if each.startswith("http")), ""),
        published=dated(document, "tracking", "initial_release_date"),
        modified=dated(document, "tracking", "current_release_date"),
        publisher=text_at(document, "publisher", "name") or "unknown",
        home=text_at(document, "publisher", "namespace"),
        tier="T1" if category in ("vendor", "coordinator") else "T2",
        publisher_kind=cast(Any, _KINDS.get(category, "unknown")),
        tlp=label or "",
        language=text_at(document, "lang")[:2].lower() or "en",
        links=linked(
            references, *(rows(flaw, "references") for flaw in rows(value, "vulnerabilities")[:200])
        ),
    )


def _said(value: Any, categories: tuple[str, ...]) -> list[str]:
    return [text_at(each, "text") for each in rows(value, "notes") if text_at(each, "category") in categories]


def facts(value: Any, note: Note) -> None:
    """The advisory's number; flaws with products by status, scores, weaknesses, remedies."""
    named = products_of(value.get("product_tree"))
    _withdrawn(value, note)
    origin = text_at(value, "document", "publisher", "name") or "unknown"
    id_ = text_at(value, "document", "tracking", "id")
    if id_:
        note(Identifier("bulletin", id_, "main"), "/document/tracking/id")
    if dated(value, "document", "tracking", "initial_release_date"):
        note(
            Date(dated(value, "document", "tracking", "initial_release_date"), "published"),
            "/document/tracking/initial_release_date",
        )
    for index, flaw in enumerate(rows(value, "vulnerabilities")):
        at = f"/vulnerabilities/{index}"
        cve = cve_id(flaw.get("cve")) if isinstance(flaw, dict) else ""
        if cve:
            note(Identifier("cve", cve, "main"), f"{at}/cve")
        for key, role in (
            ("disclosure_date", "disclosed"),
            ("discovery_date", "other"),
            ("release_date", "disclosed"),
        ):
            if dated(flaw, key):
                note(Date(dated(flaw, key), cast(Any, role)), f"{at}/{key}")
        if cwe_id(text_at(flaw, "cwe", "id")):
            note(Weakness(cwe_id(text_at(flaw, "cwe", "id")), vulnerability=cve), f"{at}/cwe/id")
        for place, each in enumerate(rows(flaw, "cwes")):
            if cwe_id(text_at(each, "id")):
                note(Weakness(cwe_id(text_at(each, "id")), vulnerability=cve), f"{at}/cwes/{place}/id")
        _scores(flaw, at, origin, cve, note)
        _products(flaw, at, cve, named, note)
        _exploited(flaw, at, origin, cve, note)


def _withdrawn(value: Any, note: Note) -> None:
    """That the document was taken back: CSAF 2.1 has a category for it, in 2.0 the note that says so is named."""
    named = text_at(value, "document", "category") == "csaf_withdrawn"
    for index, each in enumerate(rows(value, "document", "notes")):
        if text_at(each, "title").casefold() in ("withdrawal", "reasoning for withdrawal"):
            named = True
            at = f"/document/notes/{index}/text"
            break
    else:
        at = "/document/category"
    if named:
        by = text_at(value, "document", "publisher", "name")
        note(Claim("retracted", "yes", "asserted", "unknown", by), at)


def _scores(flaw: Any, at: str, origin: str, cve: str, note: Note) -> None:
    seen: set[str] = set()
    for group, inner in (("scores", ""), ("metrics", "content")):
        for place, each in enumerate(rows(flaw, group)):
            metric = each.get(inner) if inner and isinstance(each, dict) else each
            for key, value in metric.items() if isinstance(metric, dict) else ():
                fact = score_fact(key, value, origin, cve) if key.startswith("cvss_v") else None
                if fact is not None and f"{fact.vector} {fact.score}" not in seen:
                    seen.add(f"{fact.vector} {fact.score}")
                    note(fact, f"{at}/{group}/{place}" + (f"/{inner}" if inner else "") + f"/{key}")


def _products(flaw: Any, at: str, cve: str, named: dict[str, Named], note: Note) -> None:
    """One product fact a vendor, product and status; its versions together."""
    fixes = _fixes(flaw)
    status = flaw.get("product_status") if isinstance(flaw, dict) else None
    for key, ids in status.items() if isinstance(status, dict) else ():
        if key not in _STATUS or not isinstance(ids, list):
            continue
        groups: dict[tuple[str, str], list[tuple[int, Named, str]]] = {}
        for place, each in enumerate(ids):
            name = named.get(each) if isinstance(each, str) else None
            if name is not None:
                groups.setdefault((name.vendor, name.product), []).append((place, name, fixes.get(each, "")))
        for (vendor, product), members in list(groups.items())[:_PRODUCTS_MOST]:
            versions = list(dict.fromkeys(name.version for _, name, _ in members if name.version))
            remedies = list(dict.fromkeys(fix for _, _, fix in members if fix))
            note(
                Product(
                    product=product,
                    vendor=vendor,
                    versions="; ".join(versions[:12])
                    + (f"; and {len(versions) - 12} more" if len(versions) > 12 else ""),
                    fixed=remedies[0] if len(remedies) == 1 else "",
                    cpe=members[0][1].cpe,
                    purl=members[0][1].purl,
                    vulnerability=cve,
                    status=cast(Any, _STATUS[key]),
                ),
                f"{at}/product_status/{escape(key)}/{members[0][0]}",
            )


def _fixes(flaw: Any) -> dict[str, str]:
    """product_id to the vendor's fix, in the record's words."""
    found: dict[str, str] = {}
    for each in rows(flaw, "remediations"):
        if text_at(each, "category") == "vendor_fix":
            details = " ".join(text_at(each, "details").split()).removeprefix("Fixed versions: ")
            for id_ in rows(each, "product_ids"):
                if isinstance(id_, str):
                    found.setdefault(
                        id_, details if len(details) <= 160 else details[:159].rsplit(" ", 1)[0] + "…"
                    )
    return found


def _exploited(flaw: Any, at: str, origin: str, cve: str, note: Note) -> None:
    """What the issuer says on exploitation, as far as its field is plain; other sentences are for the text reader."""
    for place, each in enumerate(rows(flaw, "threats")):
        if text_at(each, "category") != "exploit_status":
            continue
        said = text_at(each, "details").lower()
        if "exploited:yes" in said.replace(" ", ""):
            note(
                Claim("exploited", "yes", "asserted", "vendor", origin, subject=cve),
                f"{at}/threats/{place}/details",
            )
        elif "exploited:no" in said.replace(" ", ""):
            note(
                Claim("exploited", "no", "no-evidence", "vendor", origin, subject=cve),
                f"{at}/threats/{place}/details",
            )
