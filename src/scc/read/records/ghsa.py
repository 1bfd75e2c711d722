# SPDX-License-Identifier: Apache-2.0
"""GitHub advisories in the form of GitHub's GraphQL API (object SecurityAdvisory)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from scc.model.facts import Claim, Date, Identifier, Product, Weakness
from scc.read.records.interface import Note, View, cve_id, cwe_id, dated, linked, rows, text_at
from scc.read.records.scores import score_fact

HOME: Final = "https://github.com/advisories"
_PURL: Final = {
    "NPM": "npm", "PIP": "pypi", "RUST": "cargo", "MAVEN": "maven", "GO": "golang", "RUBYGEMS": "gem",
    "NUGET": "nuget", "COMPOSER": "composer", "ERLANG": "hex", "PUB": "pub",
}  # fmt: skip


def entries(value: Any) -> Iterator[tuple[str, Any]]:
    """The one advisory of the file."""
    yield text_at(value, "ghsaId"), value


def view(value: Any) -> View | None:
    """Summary, description and dates."""
    id_ = text_at(value, "ghsaId")
    if not id_.startswith("GHSA-"):
        return None
    from scc.read.text.markdown import plain_markdown

    title = f"{id_}: {' '.join(text_at(value, 'summary').split())}"
    return View(
        title=title,
        text="\n\n".join([title, plain_markdown(text_at(value, "description")).text]),
        url=f"{HOME}/{id_}",
        published=dated(value, "publishedAt"),
        modified=dated(value, "updatedAt"),
        publisher="GitHub Advisory Database",
        home=HOME,
        tier="T1",
        publisher_kind="authority",
        links=linked(rows(value, "references")),
    )


def facts(value: Any, note: Note) -> None:
    """Ids, packages with version ranges as written, score, weaknesses."""
    id_ = text_at(value, "ghsaId")
    name = id_
    note(Identifier("ghsa", id_, "main"), "/ghsaId")
    for index, each in enumerate(rows(value, "identifiers")):
        cve = cve_id(text_at(each, "value"))
        if cve:
            name = cve
            note(Identifier("cve", cve, "main"), f"/identifiers/{index}/value")
    if dated(value, "withdrawnAt"):
        note(Claim("retracted", "yes", "asserted", "authority", "GitHub", subject=name), "/withdrawnAt")
        return
    if dated(value, "publishedAt"):
        note(Date(dated(value, "publishedAt"), "disclosed"), "/publishedAt")
    score = value.get("cvss")
    if isinstance(score, dict):
        fact = score_fact(
            "",
            {"vectorString": score.get("vectorString"), "baseScore": score.get("score")},
            "GitHub Advisory Database",
            name,
        )
        if fact is not None:
            note(fact, "/cvss")
    for index, each in enumerate(rows(value, "cwes", "nodes")):
        if cwe_id(text_at(each, "cweId")):
            note(Weakness(cwe_id(text_at(each, "cweId")), vulnerability=name), f"/cwes/nodes/{index}/cweId")
    for index, each in enumerate(rows(value, "vulnerabilities", "nodes")):
        package, ecosystem = text_at(each, "package", "name"), text_at(each, "package", "ecosystem")
        if package:
            kind = _PURL.get(ecosystem, "")
            note(
                Product(
                    product=package,
                    vendor=ecosystem,
                    versions=text_at(each, "vulnerableVersionRange"),
                    fixed=text_at(each, "firstPatchedVersion", "identifier"),
                    purl=f"pkg:{kind}/{package}" if kind else "",
                    vulnerability=name,
                    status="affected",
                ),
                f"/vulnerabilities/nodes/{index}",
            )
