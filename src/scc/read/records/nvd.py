# SPDX-License-Identifier: Apache-2.0
"""NVD API 2.0 responses (CVE API schema 2.0): scores by whom, weaknesses, configurations, CISA's fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from scc.model.facts import Claim, Date, Identifier, Kev, Product, Weakness
from scc.read.records.interface import Note, View, cve_id, cwe_id, dated, linked, rows, text_at
from scc.read.records.scores import score_fact
from scc.read.records.versions import Range, spoken

HOME: Final = "https://nvd.nist.gov/"
_PRODUCTS_MOST: Final = 200


def entries(value: Any) -> Iterator[tuple[str, Any]]:
    """Every CVE of a response."""
    for index, each in enumerate(rows(value, "vulnerabilities")):
        cve = each.get("cve") if isinstance(each, dict) else None
        if isinstance(cve, dict):
            yield cve_id(cve.get("id")) or str(index), cve


def view(value: Any) -> View | None:
    """Description and dates."""
    cve = cve_id(value.get("id"))
    if not cve:
        return None
    described = next(
        (text_at(each, "value") for each in rows(value, "descriptions") if text_at(each, "lang") == "en"), ""
    )
    first = " ".join(described.split()).split(". ")[0].rstrip(".")
    title = first if len(first) <= 140 else first[:139].rsplit(" ", 1)[0] + "…"
    return View(
        title=f"{cve}: {title}" if title else cve,
        text="\n\n".join(part for part in (cve, described) if part),
        url=f"https://nvd.nist.gov/vuln/detail/{cve}",
        published=dated(value, "published"),
        modified=dated(value, "lastModified"),
        publisher="NVD",
        home=HOME,
        tier="T1",
        publisher_kind="authority",
        links=linked(rows(value, "references")),
    )


def facts(value: Any, note: Note) -> None:
    """Scores with who gave them, weaknesses, products of the configurations, CISA's catalogue fields."""
    cve = cve_id(value.get("id"))
    note(Identifier("cve", cve, "main"), "/id")
    if text_at(value, "vulnStatus") == "Rejected":
        note(Claim("retracted", "yes", "asserted", "authority", "NVD", subject=cve), "/vulnStatus")
        return
    if dated(value, "published"):
        note(Date(dated(value, "published"), "disclosed"), "/published")
    metrics = value.get("metrics")
    for key, group in metrics.items() if isinstance(metrics, dict) else ():
        for index, each in enumerate(group if isinstance(group, list) else []):
            source = text_at(each, "source")
            origin = "NVD" if source in ("nvd@nist.gov", "") else source
            fact = score_fact(key, each.get("cvssData"), origin, cve) if isinstance(each, dict) else None
            if fact is not None:
                note(fact, f"/metrics/{key}/{index}/cvssData")
    for index, each in enumerate(rows(value, "weaknesses")):
        for place, said in enumerate(rows(each, "description")):
            if cwe_id(text_at(said, "value")):
                note(
                    Weakness(cwe_id(text_at(said, "value")), vulnerability=cve),
                    f"/weaknesses/{index}/description/{place}",
                )
    if dated(value, "cisaExploitAdd"):
        note(
            Kev(
                cve,
                "",
                text_at(value, "cisaVulnerabilityName"),
                dated(value, "cisaExploitAdd"),
                dated(value, "cisaActionDue"),
            ),
            "/cisaExploitAdd",
        )
        note(Claim("exploited", "yes", "asserted", "authority", "CISA", subject=cve), "/cisaExploitAdd")
    count = 0
    for index, configuration in enumerate(rows(value, "configurations")):
        for place, node in enumerate(rows(configuration, "nodes")):
            for spot, match in enumerate(rows(node, "cpeMatch")):
                count += 1
                if count <= _PRODUCTS_MOST:
                    _product(match, f"/configurations/{index}/nodes/{place}/cpeMatch/{spot}", cve, note)


def _product(match: Any, at: str, cve: str, note: Note) -> None:
    if not isinstance(match, dict) or match.get("vulnerable") is not True:
        return
    criteria = text_at(match, "criteria")
    parts = criteria.replace("\\:", "\0").split(":")
    if len(parts) < 6 or parts[0] != "cpe":
        return
    vendor, product, version = (
        part.replace("\0", ":").replace("\\", "").replace("_", " ") for part in parts[3:6]
    )
    span = Range(
        start=text_at(match, "versionStartIncluding"),
        above=text_at(match, "versionStartExcluding"),
        below=text_at(match, "versionEndExcluding"),
        upto=text_at(match, "versionEndIncluding"),
    )
    affected, fixed = spoken([span])
    if not affected:
        affected = "all versions" if version == "*" else "" if version == "-" else version
    note(Product(product, vendor, affected, fixed, criteria, "", cve, "affected"), at)
