# SPDX-License-Identifier: Apache-2.0
"""CISA Known Exploited Vulnerabilities catalogue, JSON and CSV (schema of cisa.gov).

One record an entry. Its payload is the entry as CISA publishes it: the date of the catalogue is the document's
`collected` date, so that an unchanged entry stays the same document in the next catalogue.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, Final

from scc.model.facts import Claim, Date, Identifier, Kev, Product, Weakness
from scc.read.records.interface import Note, View, cve_id, cwe_id, dated, rows, text_at
from scc.read.text.urls import web_links

CATALOGUE: Final = "https://www.cisa.gov/known-exploited-vulnerabilities-catalog"
DATE: Final = "x-scc-catalogDate"
"""The key under which an entry travels with its catalogue's date from `split` to `document`."""


def entries(value: Any) -> Iterator[tuple[str, Any]]:
    """Every vulnerability, with the catalogue's date."""
    date = dated(value, "dateReleased") or text_at(value, "catalogVersion").replace(".", "-")
    for index, each in enumerate(rows(value, "vulnerabilities")):
        if isinstance(each, dict):
            yield cve_id(each.get("cveID")) or str(index), {**each, DATE: date}


def from_csv(text: str) -> dict[str, Any]:
    """The CSV form of the catalogue in the shape of the JSON form; it names no date."""
    found = []
    for row in csv.DictReader(io.StringIO(text)):
        weaknesses = [part.strip() for part in (row.get("cwes") or "").split(",") if part.strip()]
        found.append({**{key: each or "" for key, each in row.items() if key}, "cwes": weaknesses})
    return {"vulnerabilities": found, "dateReleased": "", "catalogVersion": ""}


def view(value: Any) -> View | None:
    """One catalogue entry in a few lines."""
    cve = cve_id(value.get("cveID"))
    if not cve or not dated(value, "dateAdded"):
        return None
    name = " ".join(text_at(value, "vulnerabilityName").split()) or cve
    parts = (f"{cve}: {name}", text_at(value, "shortDescription"), text_at(value, "requiredAction"))
    return View(
        title=f"{cve}: {name}",
        text="\n".join(part for part in parts if part),
        url=f"{CATALOGUE}?search_api_fulltext={cve}",
        published=dated(value, "dateAdded"),
        collected=text_at(value, DATE),
        publisher="CISA",
        home=CATALOGUE,
        tier="T1",
        publisher_kind="authority",
        links=web_links([part.strip() for part in text_at(value, "notes").replace(" ; ", " ").split()]),
    )


def facts(value: Any, note: Note) -> None:
    """CVE, KEV entry, CISA's assertion of exploitation, product, weaknesses, due date."""
    cve = cve_id(value.get("cveID"))
    vendor, product = text_at(value, "vendorProject").strip(), text_at(value, "product").strip()
    ransom = text_at(value, "knownRansomwareCampaignUse").strip().capitalize()
    note(Identifier("cve", cve, "main"), "/cveID")
    note(
        Kev(
            vulnerability=cve,
            vendor=vendor,
            product=product,
            date_added=dated(value, "dateAdded"),
            due_date=dated(value, "dueDate"),
            ransomware="Known" if ransom == "Known" else "Unknown" if ransom == "Unknown" else "",
            forensic_triage=next(
                (
                    str(each)
                    for key, each in value.items()
                    if "forensic" in key.lower() and isinstance(each, str)
                ),
                "",
            ),
            catalog_date=note.collected,
        ),
        "/dateAdded",
    )
    # CISA lists a flaw only on reliable evidence of active exploitation (BOD 22-01, criteria of the catalogue).
    note(Claim("exploited", "yes", "asserted", "authority", "CISA", subject=cve), "/dateAdded")
    if dated(value, "dueDate"):
        note(Date(dated(value, "dueDate"), "due"), "/dueDate")
    if product:
        note(Product(product, vendor, vulnerability=cve, status="affected"), "/product")
    for index, each in enumerate(rows(value, "cwes")):
        if cwe_id(each):
            note(Weakness(cwe_id(each), vulnerability=cve), f"/cwes/{index}")
