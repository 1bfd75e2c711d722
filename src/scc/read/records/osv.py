# SPDX-License-Identifier: Apache-2.0
"""OSV records (OSV schema 1.x), JSON or YAML, and GitHub advisories in the shape of its GraphQL API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scc.model.facts import Date, Identifier, Product, Weakness
from scc.read.records.interface import Note, View, rows, text_at
from scc.read.records.scores import base_score, score_fact, version_of

_ECOSYSTEMS = {
    "npm": "npm", "PyPI": "pypi", "crates.io": "cargo", "Maven": "maven", "Go": "golang", "RubyGems": "gem",
    "NuGet": "nuget", "Packagist": "composer", "Hex": "hex", "Pub": "pub",
}  # fmt: skip


def entries(value: Any) -> Iterator[tuple[str, Any]]:
    """The one record of the file."""
    yield text_at(value, "id") or text_at(value, "ghsaId"), value


def view(value: Any) -> View:
    """Summary, details and dates."""
    id_ = text_at(value, "id") or text_at(value, "ghsaId")
    summary = text_at(value, "summary")
    details = text_at(value, "details") or text_at(value, "description")
    title = summary or details.split(". ")[0].split("\n")[0][:140] or id_
    web = (
        f"https://github.com/advisories/{id_}"
        if id_.startswith("GHSA-")
        else f"https://osv.dev/vulnerability/{id_}"
    )
    return View(
        title=f"{id_}: {title}",
        text="\n\n".join(part for part in (summary, details) if part),
        url=web,
        published=(text_at(value, "published") or text_at(value, "publishedAt"))[:10],
        modified=(text_at(value, "modified") or text_at(value, "updatedAt"))[:10],
        publisher="GitHub Advisory Database" if id_.startswith("GHSA-") else "OSV",
        tier="T1",
        publisher_kind="research",
        tlp="TLP:CLEAR",
    )


def facts(value: Any, note: Note) -> None:
    """Ids and aliases, packages with ranges, scores, weaknesses."""
    id_ = text_at(value, "id") or text_at(value, "ghsaId")
    if text_at(value, "withdrawn"):
        return
    note(
        Identifier(
            "ghsa" if id_.startswith("GHSA-") else "osv" if not id_.startswith("CVE-") else "cve", id_, "main"
        ),
        "/id" if "id" in value else "/ghsaId",
    )
    cve = id_ if id_.startswith("CVE-") else ""
    for index, each in enumerate(rows(value, "aliases")):
        if isinstance(each, str) and each.startswith(("CVE-", "GHSA-")):
            note(Identifier("cve" if each.startswith("CVE-") else "ghsa", each, "main"), f"/aliases/{index}")
            cve = cve or (each if each.startswith("CVE-") else "")
    for index, each in enumerate(rows(value, "identifiers")):
        other = text_at(each, "value")
        if other.startswith("CVE-"):
            note(Identifier("cve", other, "main"), f"/identifiers/{index}/value")
            cve = cve or other
    if text_at(value, "published"):
        note(Date(text_at(value, "published")[:10], "disclosed"), "/published")
    for index, each in enumerate(rows(value, "severity")):
        vector = text_at(each, "score")
        score = base_score(vector)
        if score is not None:
            fact = score_fact(
                "", {"vectorString": vector, "baseScore": score}, view(value).publisher, cve or id_
            )
            if fact is not None and version_of("", vector):
                note(fact, f"/severity/{index}")
    for index, each in enumerate(rows(value, "affected")):
        _affected(each, f"/affected/{index}", cve or id_, note)
    specific = value.get("database_specific")
    for index, each in enumerate(rows(specific, "cwe_ids")):
        if isinstance(each, str) and each.startswith("CWE-"):
            note(Weakness(each, vulnerability=cve), f"/database_specific/cwe_ids/{index}")


def _affected(value: Any, at: str, id_: str, note: Note) -> None:
    name, ecosystem = text_at(value, "package", "name"), text_at(value, "package", "ecosystem")
    if not name:
        return
    spans: list[str] = []
    fixed: list[str] = []
    for each in rows(value, "ranges"):
        if text_at(each, "type") == "GIT":
            continue
        start = ""
        for event in rows(each, "events"):
            if text_at(event, "introduced"):
                start = text_at(event, "introduced")
            elif text_at(event, "fixed"):
                opening = "" if start in ("", "0", "0.0.0-0") else f"from {start} "
                spans.append(f"{opening}before {text_at(event, 'fixed')}")
                fixed.append(text_at(event, "fixed"))
                start = ""
            elif text_at(event, "last_affected"):
                spans.append(f"up to and including {text_at(event, 'last_affected')}")
                start = ""
        if start:
            spans.append("all versions" if start in ("0", "0.0.0-0") else f"from {start}")
    if not spans:
        spans = [each for each in rows(value, "versions") if isinstance(each, str)][:12]
    kind = _ECOSYSTEMS.get(ecosystem.split(":")[0], "")
    note(
        Product(
            product=name,
            vendor=ecosystem,
            versions="; ".join(spans)[:400],
            fixed="; ".join(dict.fromkeys(fixed))[:200],
            purl=text_at(value, "package", "purl") or (f"pkg:{kind}/{name}" if kind else ""),
            vulnerability=id_,
            status="affected",
        ),
        at,
    )
