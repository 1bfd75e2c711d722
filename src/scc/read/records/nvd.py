# SPDX-License-Identifier: Apache-2.0
"""NVD API 2.0 responses (CVE JSON schema 2.0)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scc.model.facts import Date, Identifier, Product, Weakness
from scc.read.records.interface import Note, View, rows, text_at
from scc.read.records.scores import score_fact


def entries(value: Any) -> Iterator[tuple[str, Any]]:
    """Every CVE of the response."""
    for each in rows(value, "vulnerabilities"):
        cve = each.get("cve") if isinstance(each, dict) else None
        if isinstance(cve, dict) and cve.get("id"):
            yield str(cve["id"]), cve


def view(value: Any) -> View:
    """Description and dates."""
    cve = text_at(value, "id")
    described = next(
        (text_at(each, "value") for each in rows(value, "descriptions") if text_at(each, "lang") == "en"), ""
    )
    return View(
        title=f"{cve}: {described.split('. ')[0][:140]}",
        text=described,
        url=f"https://nvd.nist.gov/vuln/detail/{cve}",
        published=text_at(value, "published")[:10],
        modified=text_at(value, "lastModified")[:10],
        publisher="NVD",
        tier="T1",
        publisher_kind="authority",
        tlp="TLP:CLEAR",
    )


def facts(value: Any, note: Note) -> None:
    """Scores with who gave them, weaknesses, products of the configurations."""
    cve = text_at(value, "id")
    note(Identifier("cve", cve, "main"), "/id")
    if text_at(value, "published"):
        note(Date(text_at(value, "published")[:10], "disclosed"), "/published")
    metrics = value.get("metrics") if isinstance(value.get("metrics"), dict) else {}
    for key, group in metrics.items():
        for index, each in enumerate(group if isinstance(group, list) else []):
            source = text_at(each, "source")
            origin = "NVD" if source == "nvd@nist.gov" else source or "NVD"
            fact = score_fact(key, each.get("cvssData"), origin, cve) if isinstance(each, dict) else None
            if fact is not None:
                note(fact, f"/metrics/{key}/{index}/cvssData")
    for index, each in enumerate(rows(value, "weaknesses")):
        for place, said in enumerate(rows(each, "description")):
            if text_at(said, "value").startswith("CWE-"):
                note(
                    Weakness(text_at(said, "value"), vulnerability=cve),
                    f"/weaknesses/{index}/description/{place}",
                )
    for index, configuration in enumerate(rows(value, "configurations")):
        for place, node in enumerate(rows(configuration, "nodes")):
            for spot, match in enumerate(rows(node, "cpeMatch")):
                _product(match, f"/configurations/{index}/nodes/{place}/cpeMatch/{spot}", cve, note)


def _product(match: Any, at: str, cve: str, note: Note) -> None:
    parts = text_at(match, "criteria").replace("\\:", "\0").split(":")
    if len(parts) < 6 or match.get("vulnerable") is not True:
        return
    vendor, product, version = (
        part.replace("\0", ":").replace("\\", "").replace("_", " ") for part in parts[3:6]
    )
    start = text_at(match, "versionStartIncluding")
    below, upto = text_at(match, "versionEndExcluding"), text_at(match, "versionEndIncluding")
    opening = f"from {start} " if start else ""
    if below:
        versions = f"{opening}before {below}"
    elif upto:
        versions = f"{opening}up to and including {upto}"
    else:
        versions = version if version not in ("*", "-") else ""
    note(Product(product, vendor, versions, below, text_at(match, "criteria"), "", cve, "affected"), at)
