# SPDX-License-Identifier: Apache-2.0
"""CVE records, JSON 5 (CVE Record Format 5.x) with CNA and ADP containers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scc.model.facts import Cvss, Date, Identifier, Product, Ssvc, Weakness
from scc.read.records.interface import Note, View, rows, text_at
from scc.read.records.scores import score_fact


def entries(value: Any) -> Iterator[tuple[str, Any]]:
    """The one record of the file."""
    yield text_at(value, "cveMetadata", "cveId"), value


def view(value: Any) -> View:
    """Title, description and dates."""
    cve = text_at(value, "cveMetadata", "cveId")
    cna = value.get("containers", {}).get("cna", {}) if isinstance(value.get("containers"), dict) else {}
    described = next(
        (
            text_at(each, "value")
            for each in rows(cna, "descriptions")
            if text_at(each, "lang").lower().startswith("en")
        ),
        "",
    )
    title = text_at(cna, "title") or described.split(". ")[0][:140] or "CVE record"
    return View(
        title=f"{cve}: {title}",
        text="\n".join(part for part in (title, described) if part),
        url=f"https://www.cve.org/CVERecord?id={cve}",
        published=text_at(value, "cveMetadata", "datePublished")[:10],
        modified=text_at(value, "cveMetadata", "dateUpdated")[:10],
        publisher=text_at(value, "cveMetadata", "assignerShortName") or "CVE Program",
        tier="T1",
        publisher_kind="vendor",
        tlp="TLP:CLEAR",
    )


def facts(value: Any, note: Note) -> None:
    """Everything of the CNA and ADP containers; a rejected record gives its id only."""
    cve = text_at(value, "cveMetadata", "cveId")
    if not cve:
        return
    note(Identifier("cve", cve, "main"), "/cveMetadata/cveId")
    if text_at(value, "cveMetadata", "state") == "REJECTED":
        return
    published = text_at(value, "cveMetadata", "datePublished")[:10]
    if published:
        note(Date(published, "disclosed"), "/cveMetadata/datePublished")
    containers = value.get("containers") if isinstance(value.get("containers"), dict) else {}
    cna = containers.get("cna") or {}
    _container(
        cna, "/containers/cna", text_at(cna, "providerMetadata", "shortName") or "CNA", cve, note, True
    )
    for index, each in enumerate(rows(containers, "adp")):
        name = text_at(each, "providerMetadata", "shortName")
        origin = "CISA-ADP" if name == "CISA-ADP" or "CISA" in text_at(each, "title") else name or "ADP"
        _container(each, f"/containers/adp/{index}", origin, cve, note, False)


def _container(value: Any, at: str, origin: str, cve: str, note: Note, own: bool) -> None:
    for index, each in enumerate(rows(value, "metrics")):
        if not isinstance(each, dict):
            continue
        for key, metric in each.items():
            fact = score_fact(key, metric, origin, cve) if key.startswith("cvssV") else None
            if isinstance(fact, Cvss):
                note(fact, f"{at}/metrics/{index}/{key}")
        other = each.get("other")
        if isinstance(other, dict) and other.get("type") == "ssvc":
            _ssvc(other.get("content"), f"{at}/metrics/{index}/other/content", origin, cve, note)
    for index, problem in enumerate(rows(value, "problemTypes")):
        for place, each in enumerate(rows(problem, "descriptions")):
            weakness = text_at(each, "cweId")
            if weakness.startswith("CWE-"):
                note(Weakness(weakness, vulnerability=cve), f"{at}/problemTypes/{index}/descriptions/{place}")
    for index, each in enumerate(rows(value, "affected")):
        vendor, product = text_at(each, "vendor"), text_at(each, "product")
        if not own or not product or product.lower() in ("n/a", "unknown"):
            continue
        affected, fixed = _versions(each)
        note(
            Product(
                product=product,
                vendor="" if vendor.lower() in ("n/a", "unknown") else vendor,
                versions=affected,
                fixed=fixed,
                cpe=next((each for each in rows(each, "cpes") if isinstance(each, str)), ""),
                vulnerability=cve,
                status="affected",
            ),
            f"{at}/affected/{index}",
        )


def _ssvc(content: Any, at: str, origin: str, cve: str, note: Note) -> None:
    points: dict[str, str] = {}
    for option in rows(content, "options"):
        if isinstance(option, dict):
            points.update({str(key).lower(): str(each).lower() for key, each in option.items()})
    exploitation = points.get("exploitation", "")
    automatable = points.get("automatable", "")
    impact = points.get("technical impact", "")
    note(
        Ssvc(
            vulnerability=cve,
            exploitation=exploitation if exploitation in ("none", "poc", "active") else "",  # type: ignore[arg-type]
            automatable=automatable if automatable in ("yes", "no") else "",  # type: ignore[arg-type]
            technical_impact=impact if impact in ("partial", "total") else "",  # type: ignore[arg-type]
            origin=origin,
            date=text_at(content, "timestamp")[:10],
        ),
        at,
    )


def _versions(affected: Any) -> tuple[str, str]:
    """(affected, fixed) in words: ranges as the record gives them, nothing computed."""
    found: list[str] = []
    fixed: list[str] = []
    for each in rows(affected, "versions"):
        if text_at(each, "status") != "affected":
            continue
        start, below, upto = (
            text_at(each, "version"),
            text_at(each, "lessThan"),
            text_at(each, "lessThanOrEqual"),
        )
        opening = "" if start in ("", "0", "unspecified", "n/a", "*") else f"from {start} "
        if below and below != "*":
            found.append(f"{opening}before {below}")
            fixed.append(below)
        elif upto and upto != "*":
            found.append(f"{opening}up to and including {upto}")
        elif start not in ("", "unspecified", "n/a"):
            found.append(f"from {start}" if below == "*" or upto == "*" else start)
    return "; ".join(dict.fromkeys(found))[:400], "; ".join(dict.fromkeys(fixed))[:200]
