# SPDX-License-Identifier: Apache-2.0
"""CVE records, CVE Record Format 5.x, with CNA and ADP containers (SSVC and KEV of CISA's container among them)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from scc.model.facts import Claim, Date, Identifier, Kev, Product, Ssvc, Weakness
from scc.read.records.interface import Note, View, cve_id, cwe_id, dated, linked, rows, text_at
from scc.read.records.scores import score_fact
from scc.read.records.versions import Range, spoken

HOME: Final = "https://www.cve.org/"
_NO_NAME: Final = frozenset({"", "n/a", "unknown", "unspecified", "-", "*"})
_SSVC_EXPLOITATION: Final = {"none": "none", "poc": "poc", "public poc": "poc", "active": "active"}


def entries(value: Any) -> Iterator[tuple[str, Any]]:
    """The one record of the file."""
    yield cve_id(text_at(value, "cveMetadata", "cveId")), value


def view(value: Any) -> View | None:
    """Title, description and dates."""
    cve = cve_id(text_at(value, "cveMetadata", "cveId"))
    if not cve:
        return None
    containers = _containers(value)
    described = [
        " ".join(text_at(each, "value").split())
        for _, container, _ in containers
        for each in rows(container, "descriptions") or rows(container, "rejectedReasons")
        if text_at(each, "lang").lower().startswith("en")
    ]
    said = next(
        (text_at(container, "title") for _, container, _ in containers if text_at(container, "title")), ""
    )
    # ADP containers are titled after themselves ("CISA ADP Vulnrichment"): the CNA's title comes first or not at all.
    said = said if containers and said == text_at(containers[0][1], "title") else ""
    title = " ".join(said.split()) or _short(described[0] if described else "")
    return View(
        title=f"{cve}: {title}" if title else cve,
        text="\n\n".join(dict.fromkeys([f"{cve}: {title}" if title else cve, *described])),
        url=f"https://www.cve.org/CVERecord?id={cve}",
        published=dated(value, "cveMetadata", "datePublished"),
        modified=dated(value, "cveMetadata", "dateUpdated"),
        publisher="CVE Program",
        home=HOME,
        tier="T1",
        publisher_kind="authority",
        links=linked(*(rows(container, "references") for _, container, _ in containers)),
    )


def facts(value: Any, note: Note) -> None:
    """Everything of the CNA and ADP containers; a rejected record gives its id and its rejection."""
    cve = cve_id(text_at(value, "cveMetadata", "cveId"))
    note(Identifier("cve", cve, "main"), "/cveMetadata/cveId")
    if text_at(value, "cveMetadata", "state") == "REJECTED":
        note(
            Claim("retracted", "yes", "asserted", "authority", "CVE Program", subject=cve),
            "/cveMetadata/state",
        )
        return
    if dated(value, "cveMetadata", "datePublished"):
        note(Date(dated(value, "cveMetadata", "datePublished"), "disclosed"), "/cveMetadata/datePublished")
    for at, container, origin in _containers(value):
        _metrics(container, at, origin, cve, note)
        for index, problem in enumerate(rows(container, "problemTypes")):
            for place, each in enumerate(rows(problem, "descriptions")):
                weakness = cwe_id(text_at(each, "cweId")) or cwe_id(
                    text_at(each, "description").split(" ")[0]
                )
                if weakness:
                    note(
                        Weakness(weakness, vulnerability=cve),
                        f"{at}/problemTypes/{index}/descriptions/{place}",
                    )
        for index, each in enumerate(rows(container, "affected")[:200]):
            _affected(each, f"{at}/affected/{index}", cve, note)


def _containers(value: Any) -> list[tuple[str, Any, str]]:
    """(pointer, container, who speaks) of the CNA and every ADP."""
    containers = value.get("containers")
    if not isinstance(containers, dict):
        return []
    found = []
    if isinstance(containers.get("cna"), dict):
        cna = containers["cna"]
        name = text_at(cna, "providerMetadata", "shortName")
        found.append(("/containers/cna", cna, "MITRE" if name == "mitre" else name or "CNA"))
    for index, each in enumerate(rows(containers, "adp")):
        if isinstance(each, dict):
            name = text_at(each, "providerMetadata", "shortName")
            origin = (
                "CISA-ADP" if name == "CISA-ADP" or "CISA ADP" in text_at(each, "title") else name or "ADP"
            )
            found.append((f"/containers/adp/{index}", each, origin))
    return found


def _metrics(container: Any, at: str, origin: str, cve: str, note: Note) -> None:
    for index, each in enumerate(rows(container, "metrics")):
        for key, metric in each.items() if isinstance(each, dict) else ():
            place = f"{at}/metrics/{index}/{key}"
            if key.startswith("cvssV"):
                fact = score_fact(key, metric, origin, cve)
                if fact is not None:
                    note(fact, place)
            elif key == "other" and isinstance(metric, dict):
                if metric.get("type") == "ssvc":
                    _ssvc(metric.get("content"), f"{place}/content", origin, cve, note)
                elif metric.get("type") == "kev" and dated(metric, "content", "dateAdded"):
                    _kev(container, dated(metric, "content", "dateAdded"), f"{place}/content", cve, note)


def _kev(container: Any, date: str, at: str, cve: str, note: Note) -> None:
    """CISA's container says since when the flaw is in its catalogue; due dates are in the catalogue alone."""
    vendor, product = (
        text_at(container, "affected", 0, "vendor"),
        text_at(container, "affected", 0, "product"),
    )
    note(Kev(cve, vendor, product, date), at)
    note(Claim("exploited", "yes", "asserted", "authority", "CISA", subject=cve), at)


def _ssvc(content: Any, at: str, origin: str, cve: str, note: Note) -> None:
    points: dict[str, str] = {}
    for option in rows(content, "options"):
        if isinstance(option, dict):
            points.update({str(key).lower(): str(each).lower() for key, each in option.items()})
    automatable, impact = points.get("automatable", ""), points.get("technical impact", "")
    note(
        Ssvc(
            vulnerability=cve,
            exploitation=_SSVC_EXPLOITATION.get(points.get("exploitation", ""), ""),  # type: ignore[arg-type]
            automatable=automatable if automatable in ("yes", "no") else "",  # type: ignore[arg-type]
            technical_impact=impact if impact in ("partial", "total") else "",  # type: ignore[arg-type]
            origin=origin,
            date=dated(content, "timestamp"),
        ),
        at,
    )


def _affected(value: Any, at: str, cve: str, note: Note) -> None:
    vendor, product = text_at(value, "vendor").strip(), text_at(value, "product").strip()
    product = product or text_at(value, "packageName").strip()
    if product.lower() in _NO_NAME:
        return
    ranges = []
    for each in rows(value, "versions"):
        if text_at(each, "status") == "affected":
            changed = [
                text_at(step, "at")
                for step in rows(each, "changes")
                if text_at(step, "status") == "unaffected"
            ]
            ranges.append(
                Range(
                    start=text_at(each, "version"),
                    below=text_at(each, "lessThan"),
                    upto=text_at(each, "lessThanOrEqual"),
                    fixed=tuple(changed),
                    commits=text_at(each, "versionType") == "git",
                )
            )
    affected, fixed = spoken(ranges)
    if not ranges and text_at(value, "defaultStatus") == "affected":
        affected = "all versions"
    note(
        Product(
            product=product,
            vendor="" if vendor.lower() in _NO_NAME else vendor,
            versions=affected,
            fixed=fixed,
            cpe=next((each for each in rows(value, "cpes") if isinstance(each, str)), ""),
            purl=text_at(value, "packageURL"),
            vulnerability=cve,
            status="affected" if ranges or affected else "mentioned",
        ),
        at,
    )


def _short(text: str) -> str:
    """The first sentence of a description, at most 140 characters, cut at a word."""
    first = text.split(". ")[0].rstrip(".")
    return first if len(first) <= 140 else first[:139].rsplit(" ", 1)[0] + "…"
