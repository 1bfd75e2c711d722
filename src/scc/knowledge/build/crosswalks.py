# SPDX-License-Identifier: Apache-2.0
"""Published mappings as edges: CTID, CRI, D3FEND, OLIR, SP 800-66r2, and the prior drawn from KEV.

Ids and relations only; comments of the mappings are prose and stay out. Ids keep the ATT&CK version of
their dataset: the resolver crosses versions when the graph is asked.
"""

from __future__ import annotations

import re
from typing import Any, Final

from scc.knowledge.build.facts import Facts
from scc.knowledge.build.upstream import Upstream
from scc.knowledge.resolve import canonical
from scc.knowledge.types import Node

_CTID: Final = "CTID Mappings Explorer"
_SERVICES: Final = {
    "aws": ("ctid/aws-12.12.2024_attack-16.1-enterprise.json.gz", "AWS"),
    "azure": ("ctid/azure-04.26.2025_attack-16.1-enterprise.json.gz", "Azure"),
    "gcp": ("ctid/gcp-03.06.2025_attack-16.1-enterprise.json.gz", "GCP"),
    "m365": ("ctid/m365-07.18.2025_attack-16.1-enterprise.json.gz", "M365"),
}
_KEV: Final = (
    "ctid/kev-07.28.2025_attack-16.1-enterprise.json.gz",
    "ctid/kev-07.28.2025_attack-16.1-mobile.json.gz",
)
_CRI: Final = "ctid/cri_profile-v2.1_attack-16.1-enterprise.json.gz"
_CRI_TABLE: Final = "derived/attack-csf2-via-cri.csv"
_STATEMENT: Final = re.compile(r"(?:GV|ID|PR|DE|RS|RC)\.[A-Z]{2}-[0-9]{2}")
_CISA: Final = "kev/known_exploited_vulnerabilities.json.gz"
_PRIOR: Final = "CWE and techniques of KEV entries (CTID, CISA)"
_PRIOR_TABLE: Final = "derived/cwe-attack-from-kev.csv"
_COMPOSED: Final = "NIST CSF 2.0 to SP 800-53r5 through CSF 1.1"
_OLIR: Final = "NIST OLIR: ISO/IEC 27001:2022"
_HIPAA: Final = "NIST SP 800-66r2"
_TABLES: Final = (
    ("derived/csf2-nist80053r5-composed.csv", "nist-csf-2.0", "nist-800-53r5", "derived", "csf", _COMPOSED, "2020-12"),
    ("derived/csf2-iso27001_2022.csv", "nist-csf-2.0", "iso-27001-2022", "intersects", "iso", _OLIR, "as of 2026-08-08"),
    ("derived/nist80053r5-iso27001_2022.csv", "nist-800-53r5", "iso-27001-2022", "intersects", "iso", _OLIR, "as of 2026-08-08"),
    ("derived/hipaa-nist80053r5.csv", "hipaa", "nist-800-53r5", "intersects", "hipaa", _HIPAA, "2024-02"),
    ("derived/hipaa-csf2.csv", "hipaa", "nist-csf-2.0", "intersects", "hipaa", _HIPAA, "2024-02"),
)  # fmt: skip
"""(file, source, target, strength, section, dataset, version); the first two columns are the ids."""
_D3_TABLES: Final = (
    ("derived/nist80053r5-d3fend.csv", "MITRE D3FEND: SP 800-53r5", "2025-08"),
    ("derived/attack-mitigation-d3fend.csv", "MITRE D3FEND", "1.2.0+"),
    ("derived/d3fend-attack-misp.csv.gz", "MITRE D3FEND via MISP galaxy", "2024-05"),
)
OFFLINE: Final = (
    *((file, dataset) for file, _, _, _, _, dataset, _ in _TABLES),
    *((file, dataset) for file, dataset, _ in _D3_TABLES),
)
"""(file, dataset) of tables that no publisher offers as a file: an update keeps them as they are."""
_D3_STRENGTH: Final = {"exactly": "exact", "same": "exact", "broader": "superset", "narrower": "subset"}


def build(upstream: Upstream, facts: Facts) -> None:
    """Fill the sections of edges between frameworks."""
    upstream.section = "edges-ctid"
    _controls(upstream, facts)
    _ccm(upstream, facts)
    _veris(upstream, facts)
    _services(upstream, facts)
    _exploited(upstream, facts)
    upstream.section = "edges-derived"
    _derived(upstream, facts)
    upstream.section = "edges-d3fend"
    _countermeasures(upstream, facts)


def _mapped(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        each
        for each in document["mapping_objects"]
        if each.get("status") != "non_mappable" and each.get("capability_id") and each.get("attack_object_id")
    ]


def _controls(upstream: Upstream, facts: Facts) -> None:
    document = upstream.json(
        "ctid/nist_800_53-rev5_attack-16.1-enterprise.json.gz", f"{_CTID}: NIST 800-53r5", "ATT&CK 16.1"
    )
    # Controls newer than the full catalogue at hand (IA-13) have their name from the mapping.
    facts.nodes(
        Node(
            "nist-800-53r5", canonical("nist-800-53r5", each["capability_id"]),
            str(each["capability_description"]), "5.1.1", "live",
            (str(each["capability_id"]).partition("-")[0],),
        )
        for each in _mapped(document)
    )  # fmt: skip
    facts.edges(
        "ctid", src="nist-800-53r5", dst="attack", relation="mitigates", strength="intersects",
        dataset=f"{_CTID}: NIST 800-53r5", version="ATT&CK 16.1",
        pairs=[
            (canonical("nist-800-53r5", each["capability_id"]), each["attack_object_id"])
            for each in _mapped(document)
        ],
    )  # fmt: skip


def _ccm(upstream: Upstream, facts: Facts) -> None:
    """CCM by id only: its titles belong to the Cloud Security Alliance."""
    document = upstream.json(
        "ctid/csa_ccm-4.1_attack-17.1-enterprise.json.gz", f"{_CTID}: CSA CCM 4.1", "ATT&CK 17.1"
    )
    ids = sorted({each["capability_id"] for each in document["mapping_objects"] if each.get("capability_id")})
    facts.nodes(Node("ccm-4.1", id_, id_, "4.1") for id_ in ids)
    facts.edges(
        "ctid", src="ccm-4.1", dst="attack", relation="mitigates", strength="intersects",
        dataset=f"{_CTID}: CSA CCM 4.1", version="ATT&CK 17.1",
        pairs=[(each["capability_id"], each["attack_object_id"]) for each in _mapped(document)],
    )  # fmt: skip


def _veris(upstream: Upstream, facts: Facts) -> None:
    document = upstream.json(
        "ctid/veris-1.4.0_attack-16.1-enterprise.json.gz", f"{_CTID}: VERIS 1.4.0", "ATT&CK 16.1"
    )
    ids = sorted({each["capability_id"] for each in document["mapping_objects"] if each.get("capability_id")})
    facts.nodes(Node("veris-1.4.0", id_, id_.rpartition(".")[2], "1.4.0") for id_ in ids)
    facts.edges(
        "ctid", src="veris-1.4.0", dst="attack", relation="related-to", strength="intersects",
        dataset=f"{_CTID}: VERIS 1.4.0", version="ATT&CK 16.1",
        pairs=[(each["capability_id"], each["attack_object_id"]) for each in _mapped(document)],
    )  # fmt: skip


def _services(upstream: Upstream, facts: Facts) -> None:
    """What cloud services protect from, detect or respond to; the comment is category and score."""
    for key, (file, name) in _SERVICES.items():
        document = upstream.json(file, f"{_CTID}: {name}", "ATT&CK 16.1")
        version = str(document["metadata"]["mapping_framework_version"])
        facts.nodes(
            Node(key, str(each["capability_id"]), _short(each), version)
            for each in document["mapping_objects"]
            if each.get("capability_id")
        )
        scores: dict[tuple[str, str], set[str]] = {}
        for each in _mapped(document):
            pair = (str(each["capability_id"]), str(each["attack_object_id"]))
            scores.setdefault(pair, set()).add(
                f"{each.get('score_category') or ''} {each.get('score_value') or ''}".strip()
            )
        facts.edges(
            "cloud", src=key, dst="attack", relation="scores", strength="intersects",
            dataset=f"{_CTID}: {name} {version}", version="ATT&CK 16.1", pairs=scores,
            comments={pair: ", ".join(sorted(found - {""})) for pair, found in scores.items()},
        )  # fmt: skip


def _short(each: dict[str, Any]) -> str:
    """The name of a service; a text longer than a name is left out."""
    name = " ".join(str(each.get("capability_description") or "").split())
    return name if len(name) <= 80 else str(each["capability_id"])


def _exploited(upstream: Upstream, facts: Facts) -> None:
    by_role: dict[str, set[tuple[str, str]]] = {}
    for file in _KEV:
        document = upstream.json(file, f"{_CTID}: KEV 07/28/2025", "ATT&CK 16.1")
        for each in _mapped(document):
            role = str(each.get("mapping_type") or "").replace("_", "-")
            pair = (str(each["capability_id"]).strip(), str(each["attack_object_id"]).strip())
            by_role.setdefault(role, set()).add(pair)
    for role in sorted(by_role):
        facts.edges(
            "kev", src="cve", dst="attack", relation=role, strength="intersects",
            dataset=f"{_CTID}: KEV 07/28/2025", version="ATT&CK 16.1", pairs=by_role[role],
        )  # fmt: skip


def _derived(upstream: Upstream, facts: Facts) -> None:
    """Tables drawn from other files. Those not at hand are drawn anew or, where that cannot be, left out."""
    facts.edges(
        "csf", src="nist-csf-2.0", dst="attack", relation="mitigates", strength="derived",
        dataset=f"{_CTID}: CRI Profile 2.1", version="ATT&CK 16.1", pairs=_profile(upstream),
    )  # fmt: skip
    for file, src, dst, strength, section, dataset, version in _TABLES:
        if not upstream.has(file):
            continue
        rows = upstream.rows(file, dataset, version)
        first, second, *_ = rows[0] if rows else ("", "")
        facts.edges(
            section, src=src, dst=dst, relation="related-to", strength=strength, dataset=dataset, version=version,
            pairs=[
                (canonical(src, each[first]), canonical(dst, each[second]))
                for each in rows
                if each[second] and (src != "hipaa" or each[first].startswith("164."))
            ],
        )  # fmt: skip
    by_role: dict[str, dict[tuple[str, str], str]] = {}
    for (weakness, role, technique), number in _prior(upstream).items():
        by_role.setdefault(role.replace("_", "-"), {})[weakness, technique] = f"{number} CVE"
    for role in sorted(by_role):
        facts.edges(
            "cwe-prior", src="cwe", dst="attack", relation=role, strength="derived",
            dataset=_PRIOR, version="07/28/2025", pairs=by_role[role], comments=by_role[role],
        )  # fmt: skip


def _profile(upstream: Upstream) -> set[tuple[str, str]]:
    """(CSF subcategory, technique): diagnostic statements of the CRI Profile, cut to their subcategory."""
    dataset = f"{_CTID}: CRI Profile 2.1"
    if upstream.has(_CRI_TABLE):
        return {
            (each["csf2"], each["technique"]) for each in upstream.rows(_CRI_TABLE, dataset, "ATT&CK 16.1")
        }
    found = set()
    for each in _mapped(upstream.json(_CRI, dataset, "ATT&CK 16.1")):
        statement = _STATEMENT.match(str(each["capability_id"]))
        if statement:  # EX.*: the profile's own extension of CSF
            found.add((statement[0], str(each["attack_object_id"])))
    return found


def _prior(upstream: Upstream) -> dict[tuple[str, str, str], int]:
    """(weakness, role, technique): number of KEV entries of that weakness for which CTID gives it."""
    if upstream.has(_PRIOR_TABLE):
        rows = upstream.rows(_PRIOR_TABLE, _PRIOR, "07/28/2025")
        return {(each["cwe"], each["role"], each["technique"]): int(each["n_cves"]) for each in rows}
    catalogue = upstream.json(_CISA, _PRIOR, "07/28/2025")
    weaknesses = {str(each["cveID"]): each.get("cwes") or [] for each in catalogue["vulnerabilities"]}
    found: dict[tuple[str, str, str], set[str]] = {}
    for each in _mapped(upstream.json(_KEV[0], _PRIOR, "07/28/2025")):
        flaw = str(each["capability_id"]).strip()
        for weakness in weaknesses.get(flaw, ()):
            key = (str(weakness), str(each["mapping_type"]), str(each["attack_object_id"]).strip())
            found.setdefault(key, set()).add(flaw)
    return {key: len(flaws) for key, flaws in found.items()}


def _countermeasures(upstream: Upstream, facts: Facts) -> None:
    """Pairs with ids that the ontology no longer has (D3-MAC, D3-FR) are left out."""
    known = facts.ids("d3fend")
    read = [upstream.rows(*table) if upstream.has(table[0]) else [] for table in _D3_TABLES]
    controls, mitigations, techniques = ([each for each in rows if each["d3fend"] in known] for rows in read)
    by_strength: dict[str, set[tuple[str, str]]] = {}
    for each in controls:
        strength = _D3_STRENGTH.get(each["relation"], "intersects")
        by_strength.setdefault(strength, set()).add(
            (canonical("nist-800-53r5", each["control"]), each["d3fend"])
        )
    for strength in sorted(by_strength):
        facts.edges(
            "d3fend", src="nist-800-53r5", dst="d3fend", relation="related-to", strength=strength,
            dataset="MITRE D3FEND: SP 800-53r5", version="2025-08", pairs=by_strength[strength],
        )  # fmt: skip
    facts.edges(
        "d3fend", src="attack", dst="d3fend", relation="related-to", strength="intersects",
        dataset="MITRE D3FEND", version="1.2.0+", pairs=[(each["mitigation"], each["d3fend"]) for each in mitigations],
    )  # fmt: skip
    facts.edges(
        "d3fend-techniques", src="d3fend", dst="attack", relation="counters", strength="intersects",
        dataset="MITRE D3FEND via MISP galaxy", version="2024-05",
        pairs=[(each["d3fend"], each["technique"]) for each in techniques],
    )  # fmt: skip
