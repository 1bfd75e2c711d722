# SPDX-License-Identifier: Apache-2.0
"""Lists: Sigma index, warning lists, taxonomies, SSVC decision tables, KEV catalogue.

Only facts: no rule bodies, no descriptions, no notes of the KEV.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any, Final

import msgspec

from scc.knowledge.build import sigma
from scc.knowledge.build.facts import Facts
from scc.knowledge.build.upstream import Upstream
from scc.knowledge.pack import Kevs, WarningList
from scc.knowledge.types import DecisionTable, SigmaEntry, Term
from scc.model.errors import KnowledgeError

WARNING_LISTS: Final[dict[str, tuple[str, ...]]] = {
    "warnings-hashes": ("common-ioc-false-positive", "eicar.com", "empty-hashes"),
    "warnings-hosts": (
        "automated-malware-analysis", "bank-website", "captive-portals", "cloudflare-top1k",
        "common-contact-emails", "crl-hostname", "google", "link-in-bio", "lots-project", "microsoft",
        "microsoft-office365", "moz-top500", "rfc6761", "second-level-tlds", "security-provider-blogpost",
        "tlds", "tranco10k", "url-shortener", "whats-my-ip",
    ),
    "warnings-networks": (
        "akamai", "apple", "cloudflare", "crl-ip", "ipv6-linklocal", "multicast", "parking-domain",
        "public-dns-v4", "public-dns-v6", "rfc1918", "rfc3849", "rfc5735", "rfc6598", "sinkholes",
        "smtp-sending-ips",
    ),
}  # fmt: skip
"""By section. Left out: lists that say nothing of an indicator's role (universities, phone numbers,
disposable mail) or hold ranges that attackers rent as well (GitHub runners in Azure)."""

TAXONOMIES: Final = ("tlp", "admiralty-scale", "estimative-language")
_SIGMA: Final = "sigma/sigma-index.json.gz"
_SIGMA_STATUS: Final = frozenset({"stable", "test"})


def build(upstream: Upstream, facts: Facts, kev: Path | None) -> None:
    """Fill the sections; `kev` is a newer KEV JSON than the one among the downloads."""
    _sigma(upstream, facts)
    build_daily(upstream, facts, kev)


def build_daily(upstream: Upstream, facts: Facts, kev: Path | None) -> None:
    """The sections that change by the day, each from files of their own."""
    _warnings(upstream, facts)
    _terms(upstream, facts)
    _decisions(upstream, facts)
    _kev(upstream, facts, kev)


def _sigma(upstream: Upstream, facts: Facts) -> None:
    upstream.section = "sigma"
    rows = []
    entry = upstream.entry(_SIGMA)
    if entry.role:
        reference = entry.commit or "master"
        listed = sigma.index(upstream.data(_SIGMA, "SigmaHQ rules", entry.version), entry.file)
    else:
        reference = upstream.entry("sigma/sigma-rules-2026-08-05.tar.gz").commit or "master"
        listed = upstream.json(_SIGMA, "SigmaHQ rules", entry.version)
    for each in listed:
        if each["status"] not in _SIGMA_STATUS:
            continue
        source = each.get("logsource", {})
        parts = (source.get(key) for key in ("product", "category", "service"))
        rows.append(
            SigmaEntry(
                id=each["id"],
                title=each["title"],
                level=each.get("level") or "",
                techniques=tuple(sorted(each.get("techniques", ()))),
                logsource="/".join(str(one) for one in parts if one),
                status=each["status"],
                url=f"https://github.com/SigmaHQ/sigma/blob/{reference}/{each['path']}",
                author=str(each.get("author") or ""),
            )
        )
    facts.rows("sigma", sorted(rows, key=lambda row: row.id))


def _warnings(upstream: Upstream, facts: Facts) -> None:
    for section, names in WARNING_LISTS.items():
        upstream.section = section
        rows = []
        for name in names:
            file = f"misp-warninglists/{name}.json.gz"
            version = upstream.entry(file).date or "as fetched"
            document = upstream.json(file, "MISP warning lists", version)
            rows.append(
                WarningList(
                    name=name,
                    title=str(document["name"]),
                    type=str(document["type"]),
                    attributes=tuple(sorted(document["matching_attributes"])),
                    version=str(document["version"]),
                    values=tuple(sorted({str(each) for each in document["list"]})),
                )
            )
        facts.rows(section, rows)


def _terms(upstream: Upstream, facts: Facts) -> None:
    upstream.section = "terms"
    rows: list[Term] = []
    for name in TAXONOMIES:
        file = f"misp-taxonomies/{name}.json.gz"
        version = upstream.entry(file).date or "as fetched"
        document = upstream.json(file, "MISP taxonomies", version)
        rows.extend(_taxonomy(name, document))
    facts.rows("terms", rows)


def _taxonomy(name: str, document: dict[str, Any]) -> list[Term]:
    """Values in published order; a predicate without values is a value itself (TLP)."""
    found: list[Term] = []
    if "values" not in document:
        for each in document["predicates"]:
            found.append(Term(name, "", str(each["value"]), str(each["value"]).upper()))
        return found
    for group in document["values"]:
        for each in group["entry"]:
            number = each.get("numerical_value")
            title = str(each.get("expanded") or each["value"])
            found.append(
                Term(
                    name,
                    str(group["predicate"]),
                    str(each["value"]),
                    title if len(title) <= 80 else str(each["value"]),
                    None if number is None else float(number),
                )
            )
    return found


def _decisions(upstream: Upstream, facts: Facts) -> None:
    upstream.section = "decisions"
    found = []
    for file, key, version in (
        ("ssvc/cisa_bod_26_04_1_0_0.csv", "cisa-bod-26-04", "1.0.0"),
        ("ssvc/cisa_coordinator_2_0_3.csv", "cisa-coordinator", "2.0.3"),
    ):
        text = upstream.data(file, f"CISA SSVC decision table {key}", version).decode("utf-8-sig")
        header, *rows = list(csv.reader(io.StringIO(text, newline="")))
        found.append(
            DecisionTable(
                key=key,
                version=version,
                points=tuple(header[1:-1]),
                outcome=header[-1],
                rows=tuple(tuple(row[1:]) for row in rows if row),
            )
        )
    facts.rows("decisions", found)


def _kev(upstream: Upstream, facts: Facts, newer: Path | None) -> None:
    upstream.section = "kev"
    if newer is None:
        file = "kev/known_exploited_vulnerabilities.json.gz"
        catalogue = upstream.json(file, "CISA KEV", upstream.entry(file).version)
    else:
        try:
            data = newer.read_bytes()
            catalogue = msgspec.json.decode(data)
            version = str(catalogue["catalogVersion"])
        except (OSError, msgspec.DecodeError, KeyError, TypeError) as fault:
            raise KnowledgeError(f"{newer.name} is no KEV catalogue: {fault}.") from fault
        upstream.note("CISA KEV", version, str(catalogue["dateReleased"])[:10], "CC0-1.0", _KEV_URL)
    if len(catalogue["vulnerabilities"]) < int(catalogue.get("count", 0)):
        raise KnowledgeError(
            "The KEV catalogue does not hold as many rows as it says.", "Fetch it again later."
        )
    rows = [
        (
            str(each["cveID"]),
            " ".join(str(each.get("vendorProject", "")).split()),
            " ".join(str(each.get("product", "")).split()),
            " ".join(str(each.get("vulnerabilityName", "")).split()),
            str(each.get("dateAdded", "")),
            str(each.get("dueDate", "")),
            str(each.get("knownRansomwareCampaignUse", "")),
            " ".join(str(one) for one in each.get("cwes") or ()),
        )
        for each in catalogue["vulnerabilities"]
    ]
    date = str(catalogue["dateReleased"])[:10]
    facts.value("kev", Kevs(date, str(catalogue["catalogVersion"]), tuple(sorted(rows))))
    facts.edges(
        "cve", src="cve", dst="cwe", relation="classified-as", strength="exact", dataset="CISA KEV",
        version=str(catalogue["catalogVersion"]),
        pairs=[(row[0], each) for row in rows for each in row[7].split()],
    )  # fmt: skip


_KEV_URL: Final = "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json"
