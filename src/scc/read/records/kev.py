# SPDX-License-Identifier: Apache-2.0
"""CISA Known Exploited Vulnerabilities catalogue, JSON and CSV (schema of cisa.gov, fields as of 2026)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from scc.model.facts import Claim, Identifier, Kev, Product, Weakness
from scc.read.records.interface import Note, View, rows, text_at

CATALOGUE = "https://www.cisa.gov/known-exploited-vulnerabilities-catalog"


def entries(value: Any) -> Iterator[tuple[str, Any]]:
    """Every vulnerability, with the catalogue's date."""
    date = text_at(value, "dateReleased")[:10] or text_at(value, "catalogVersion").replace(".", "-")
    for each in rows(value, "vulnerabilities"):
        if isinstance(each, dict) and each.get("cveID"):
            yield str(each["cveID"]), {**each, "catalogDate": date}


def from_csv(text: str) -> dict[str, Any]:
    """The CSV form of the catalogue in the shape of the JSON form."""
    found = []
    for row in csv.DictReader(io.StringIO(text)):
        weaknesses = [part.strip() for part in (row.get("cwes") or "").split(",") if part.strip()]
        found.append({**{key: each for key, each in row.items() if key}, "cwes": weaknesses})
    return {"vulnerabilities": found, "dateReleased": "", "catalogVersion": ""}


def view(value: Any) -> View:
    """One catalogue entry in a few lines."""
    cve = text_at(value, "cveID")
    name = text_at(value, "vulnerabilityName") or cve
    text = "\n".join(
        part
        for part in (
            name,
            text_at(value, "shortDescription"),
            text_at(value, "requiredAction"),
            text_at(value, "notes"),
        )
        if part
    )
    return View(
        title=f"{cve}: {name}",
        text=text,
        url=f"{CATALOGUE}?field_cve={cve}",
        published=text_at(value, "dateAdded"),
        publisher="CISA",
        tier="T1",
        publisher_kind="authority",
        tlp="TLP:CLEAR",
    )


def facts(value: Any, note: Note) -> None:
    """CVE, KEV entry, CISA's assertion of exploitation, product, weaknesses."""
    cve = text_at(value, "cveID")
    note(Identifier("cve", cve, "main"), "/cveID")
    ransom = text_at(value, "knownRansomwareCampaignUse")
    triage = next((str(each) for key, each in value.items() if "forensic" in key.lower() and each), "")
    note(
        Kev(
            vulnerability=cve,
            vendor=text_at(value, "vendorProject").strip(),
            product=text_at(value, "product").strip(),
            date_added=text_at(value, "dateAdded"),
            due_date=text_at(value, "dueDate"),
            ransomware="Known" if ransom == "Known" else "Unknown" if ransom else "",
            forensic_triage=triage,
            catalog_date=text_at(value, "catalogDate"),
        ),
        "/dateAdded",
    )
    note(Claim("exploited", "yes", "asserted", "authority", "CISA", subject=cve), "/dateAdded")
    note(
        Product(
            text_at(value, "product").strip(),
            text_at(value, "vendorProject").strip(),
            vulnerability=cve,
            status="affected",
        ),
        "/product",
    )
    for index, each in enumerate(rows(value, "cwes")):
        if isinstance(each, str) and each.startswith("CWE-"):
            note(Weakness(each, vulnerability=cve), f"/cwes/{index}")
