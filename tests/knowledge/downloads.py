# SPDX-License-Identifier: Apache-2.0
"""Writes a small folder of "official downloads" in the real formats, with a manifest, for the builders.

Ids and names are real ones (facts); texts stand in for what the builders must leave out: TEXT must
never reach a pack.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from pathlib import Path
from typing import Any

from scc.knowledge.build.lists import WARNING_LISTS

TEXT = "A sentence that somebody else wrote."


def _reference(id_: str, source: str = "mitre-attack") -> list[dict[str, str]]:
    return [{"source_name": source, "external_id": id_, "url": f"https://attack.mitre.org/{id_}"}]


def _stix(type_: str, id_: str, name: str, **more: Any) -> dict[str, Any]:
    return {
        "type": type_, "id": f"{type_}--{id_}", "name": name, "description": TEXT,
        "external_references": _reference(id_), **more,
    }  # fmt: skip


def _relation(kind: str, src: str, dst: str) -> dict[str, Any]:
    return {
        "type": "relationship", "id": f"relationship--{src}{dst}", "relationship_type": kind,
        "source_ref": src, "target_ref": dst, "description": TEXT,
    }  # fmt: skip


def _value(id_: str, name: str, **more: Any) -> dict[str, Any]:
    meta = {"external_id": id_, **more.pop("meta", {})}
    return {"uuid": f"uuid-{id_}", "value": f"{name} - {id_}", "description": TEXT, "meta": meta, **more}


def _bundle(tactic: tuple[str, str], *objects: dict[str, Any]) -> dict[str, Any]:
    named = _stix("x-mitre-tactic", tactic[0], tactic[1], x_mitre_shortname=tactic[1].lower())
    matrix = {"type": "x-mitre-matrix", "id": "x-mitre-matrix--1", "tactic_refs": [named["id"]]}
    return {"type": "bundle", "objects": [named, matrix, *objects]}


ENTERPRISE = _bundle(
    ("TA0005", "Defense Evasion"),
    _stix("attack-pattern", "T1562", "Impair Defenses"),
    _stix("attack-pattern", "T1026", "Multiband Communication", x_mitre_deprecated=True),
    _stix("course-of-action", "M1038", "Execution Prevention"),
    _stix("campaign", "C0022", "Operation Dream Job"),
    _stix("x-mitre-data-component", "DC0032", "Process Creation"),
    _stix(
        "x-mitre-analytic", "AN1000", "Analytic 1000",
        x_mitre_log_source_references=[
            {"x_mitre_data_component_ref": "x-mitre-data-component--DC0032", "name": "WinEventLog:Sysmon", "channel": "EventCode=1"},
            {"x_mitre_data_component_ref": "x-mitre-data-component--DC0032", "name": "auditd:SYSCALL", "channel": TEXT},
        ],
    ),
)  # fmt: skip
MOBILE = _bundle(("TA0030", "Defense Evasion"), _stix("attack-pattern", "T1629", "Impair Defenses"))
ICS = _bundle(
    ("TA0108", "Initial Access"),
    _stix("attack-pattern", "T0883", "Internet Accessible Device",
          kill_chain_phases=[{"kill_chain_name": "mitre-ics-attack", "phase_name": "initial-access"}]),
    _stix("course-of-action", "M0930", "Network Segmentation"),
    _relation("mitigates", "course-of-action--M0930", "attack-pattern--T0883"),
)  # fmt: skip


def _revoked(id_: str, name: str, by: str) -> dict[str, Any]:
    return _value(id_, name, revoked=True, related=[{"dest-uuid": f"uuid-{by}", "type": "revoked-by"}])


TECHNIQUES = [
    _value("TA0005", "Stealth"),
    _value("TA0112", "Defense Impairment"),
    _value("T1685", "Disable or Modify Tools", meta={
        "kill_chain": ["attack-Windows:defense-impairment", "attack-Linux:defense-impairment"],
        "mitre_platforms": ["Windows", "Linux"]}),
    _revoked("T1562", "Impair Defenses", "T1685"),
    _revoked("T1562.001", "Disable or Modify Tools", "T1685"),
    _value("T1026", "Multiband Communication", meta={"kill_chain": ["attack-Windows:stealth"]}),
    _value("T1393", "Test ability to evade", meta={"kill_chain": ["pre-attack:test-capabilities"]}),
    _value("T1629", "Impair Defenses", meta={"kill_chain": ["mobile-attack-Android:defense-evasion"]}),
    _value("T1574", "Hijack Execution Flow", meta={"kill_chain": ["attack-Windows:stealth"]}),
    _value("T1574.001", "DLL", meta={"kill_chain": ["attack-Windows:stealth"]}),
    _revoked("T1574.002", "DLL Side-Loading", "T1574.001"),
    _revoked("T1073", "DLL Side-Loading", "T1574.002"),
]  # fmt: skip

GALAXY: dict[str, list[dict[str, Any]]] = {
    "mitre-attack-pattern": TECHNIQUES,
    "mitre-course-of-action": [
        _value("M1038", "Execution Prevention", related=[{"dest-uuid": "uuid-T1685", "type": "mitigates"}]),
        _value("T1060", "Registry Run Keys Mitigation", related=[{"dest-uuid": "uuid-T1685", "type": "mitigates"}]),
    ],
    "mitre-detection-strategy": [
        _value("DET0497", "Detection of disabled tools", related=[
            {"dest-uuid": "uuid-T1685", "type": "detects"}, {"dest-uuid": "uuid-AN1000", "type": "composed-of"}]),
    ],
    "mitre-analytic": [_value("AN1000", "Analytic 1000")],
    "mitre-intrusion-set": [
        _value("G0016", "APT29", meta={"synonyms": ["APT29", "Cozy Bear", "G0016"]},
               related=[{"dest-uuid": "uuid-T1685", "type": "uses"}]),
    ],
    "mitre-malware": [_value("S0154", "Cobalt Strike", meta={"synonyms": ["Cobalt Strike"]})],
    "mitre-tool": [_value("S0005", "Windows Credential Editor", meta={"synonyms": ["WCE"]})],
    "threat-actor": [
        {"uuid": "u-1", "value": "Cozy Bear", "description": TEXT, "meta": {"synonyms": ["The Dukes"], "country": "RU"}},
        {"uuid": "u-2", "value": "Shamoon Group", "description": TEXT, "meta": {"country": "IR"}},
    ],
    "microsoft-activity-group": [{"uuid": "u-3", "value": "Midnight Blizzard", "meta": {"synonyms": ["NOBELIUM"]}}],
    "ransomware": [{"uuid": "u-4", "value": "LockBit", "description": TEXT, "meta": {"synonyms": ["ABCD"]}}],
    "tool": [{"uuid": "u-5", "value": "PlugX", "meta": {"type": ["Backdoor"]}},
             {"uuid": "u-6", "value": "LaZagne", "meta": {"type": ["HackTool"]}}],
    "backdoor": [], "banker": [], "botnet": [], "rat": [],
    "stealer": [{"uuid": "u-7", "value": "Vidar", "meta": {}}],
    "sector": [{"uuid": "u-8", "value": "Health"}],
    "country": [{"uuid": "u-9", "value": "france", "description": "France", "meta": {"ISO": "FR", "ISO3": "FRA"}}],
}  # fmt: skip

CWE = {
    "Weaknesses": [
        {"ID": "284", "Name": "Improper Access Control", "Abstraction": "Pillar", "Status": "Incomplete",
         "Description": TEXT, "MappingNotes": {"Usage": "Discouraged", "Rationale": TEXT}},
        {"ID": "287", "Name": "Improper Authentication", "Abstraction": "Class", "Status": "Draft",
         "Description": TEXT, "MappingNotes": {"Usage": "Discouraged"}, "RelatedAttackPatterns": ["22"],
         "RelatedWeaknesses": [{"Nature": "ChildOf", "CweID": "284", "ViewID": "1000"},
                               {"Nature": "ChildOf", "CweID": "1", "ViewID": "9"}]},
        {"ID": "1", "Name": "DEPRECATED: Location", "Status": "Deprecated"},
    ],
    "Views": [{"ID": "1003", "Members": [{"CweID": "287", "ViewID": "1003"}]}],
}  # fmt: skip
OWASP = {
    "2021": [{"id": "A07:2021", "title": "Identification and Authentication Failures", "cwes": [287]}],
    "2025": [{"id": "A07:2025", "title": "Authentication Failures", "cwes": [287]}],
}
CAPEC = {
    "objects": [
        {"type": "attack-pattern", "id": "attack-pattern--22", "name": "Exploiting Trust in Client",
         "description": TEXT, "x_capec_status": "Draft",
         "external_references": _reference("CAPEC-22", "capec") + _reference("1574.010", "ATTACK")},
    ]
}  # fmt: skip


def _control(id_: str, label: str, title: str, **more: Any) -> dict[str, Any]:
    props = [{"name": "label", "value": label}]
    if more.pop("withdrawn", False):
        props.append({"name": "status", "value": "withdrawn"})
    return {"id": id_, "title": title, "props": props, "parts": [{"prose": TEXT}], **more}


NIST = {
    "catalog": {
        "groups": [
            {"id": "ia", "title": "Identification and Authentication", "controls": [
                _control("ia-2", "IA-2", "Identification and Authentication (Organizational Users)",
                         controls=[_control("ia-2.1", "IA-2(1)", "Multi-factor Authentication to Privileged Accounts")]),
            ]},
            {"id": "ac", "title": "Access Control", "controls": [
                _control("ac-2", "AC-2", "Account Management"),
                _control("ac-13", "AC-13", "Supervision and Review", withdrawn=True,
                         links=[{"href": "#ac-2", "rel": "incorporated-into"}]),
            ]},
        ]
    }
}  # fmt: skip
PROFILE = {"profile": {"imports": [{"include-controls": [{"with-ids": ["ia-2", "ia-2.1"]}]}]}}
_NS = 'xmlns="http://csrc.nist.gov/ns/oscal/1.0"'
CSF = f"""<catalog {_NS}><group id="PR" class="function"><title>Protect</title>
<control id="PR.AA" class="category"><title>Identity Management,
 Authentication, and Access Control</title>
<control id="PR.AA-01" class="subcategory"><title>PR.AA-01</title><part name="statement"><p>{TEXT}</p></part>
<part name="example"><p>{TEXT}</p></part></control>
</control>
<control id="PR.AC" class="category"><title>Access Control</title>
<control id="PR.AC-01" class="subcategory"><title>PR.AC-01</title><part name="statement"><p>{TEXT}</p></part></control>
</control></group></catalog>"""
SP171 = f"""<catalog {_NS}><group id="SP_800_171_03.05" class="family"><title>Identification</title>
<control id="SP_800_171_03.05.03" class="requirement"><title>Multi-Factor Authentication</title></control>
</group></catalog>"""
ATLAS = f"""id: ATLAS
version: 5.6.0
matrices:
- id: ATLAS
  tactics:
  - {{id: AML.TA0005, name: Execution, description: "{TEXT}"}}
  techniques:
  - {{id: AML.T0051, name: LLM Prompt Injection, tactics: [AML.TA0005], description: "{TEXT}"}}
  - {{id: AML.T0051.000, name: Direct, subtechnique-of: AML.T0051}}
  mitigations:
  - {{id: AML.M0020, name: Generative AI Guardrails, techniques: [{{id: AML.T0051, use: "{TEXT}"}}]}}
"""
D3FEND = f""":Multi-factorAuthentication a owl:Class ;
    rdfs:label "Multi-factor Authentication" ;
    rdfs:subClassOf :CredentialHardening ;
    :d3fend-id "D3-MFA" ;
    :definition "{TEXT}" .
"""


def _mapping(framework: str, version: str, *rows: tuple[str, str, str]) -> dict[str, Any]:
    return {
        "metadata": {"mapping_framework": framework, "mapping_framework_version": version},
        "mapping_objects": [
            {"capability_id": capability, "capability_description": "Name", "mapping_type": kind,
             "attack_object_id": technique, "comments": TEXT, "status": "complete"}
            for capability, technique, kind in rows
        ] + [{"capability_id": None, "attack_object_id": "T1026", "status": "non_mappable", "comments": TEXT}],
    }  # fmt: skip


KEV = {
    "title": "CISA Catalog of Known Exploited Vulnerabilities", "catalogVersion": "2026.08.21",
    "dateReleased": "2026-08-21T17:46:43Z", "count": 1,
    "vulnerabilities": [
        {"cveID": "CVE-2024-34102", "vendorProject": "Adobe", "product": "Commerce", "vulnerabilityName": "XXE",
         "dateAdded": "2024-07-17", "dueDate": "2024-08-07", "knownRansomwareCampaignUse": "Unknown",
         "shortDescription": TEXT, "requiredAction": TEXT, "notes": TEXT, "cwes": ["CWE-611"]},
    ],
}  # fmt: skip
SIGMA = [
    {"id": "1f2c7a52-0000-4000-8000-000000000001", "title": "Defender Disabled", "status": "test", "level": "high",
     "techniques": ["T1685"], "logsource": {"product": "windows", "service": "security"}, "path": "rules/a.yml",
     "author": "Example"},
    {"id": "1f2c7a52-0000-4000-8000-000000000002", "title": "Old", "status": "experimental", "level": "low",
     "techniques": ["T1685"], "logsource": {}, "path": "rules/b.yml"},
]  # fmt: skip
LISTS: dict[str, dict[str, Any]] = {
    "google": {"type": "string", "list": [".google.ad", "docs.google.com"], "matching_attributes": ["domain", "url"]},
    "tlds": {"type": "string", "list": ["COM", "ZIP"], "matching_attributes": ["domain"]},
    "tranco10k": {"type": "hostname", "list": ["example.com"], "matching_attributes": ["domain", "url"]},
    "rfc1918": {"type": "cidr", "list": ["10.0.0.0/8"], "matching_attributes": ["ip-src", "ip-dst"]},
    "public-dns-v4": {"type": "cidr", "list": ["9.9.9.9"], "matching_attributes": ["ip-src", "ip-dst"]},
    "rfc3849": {"type": "cidr", "list": ["2001:DB8::/32"], "matching_attributes": ["ip-src"]},
    "automated-malware-analysis": {"type": "substring", "list": ["any.run"], "matching_attributes": ["domain", "url"]},
    "common-contact-emails": {
        "type": "regex", "list": ["/^(security|abuse)\\@.*\\..*$/i"], "matching_attributes": ["email-src"]},
    "empty-hashes": {
        "type": "string", "list": ["d41d8cd98f00b204e9800998ecf8427e"], "matching_attributes": ["md5"]},
}  # fmt: skip
TAXONOMY: dict[str, dict[str, Any]] = {
    "tlp": {"predicates": [{"value": "amber", "expanded": TEXT, "description": TEXT}]},
    "admiralty-scale": {
        "predicates": [{"value": "source-reliability"}],
        "values": [{"predicate": "source-reliability", "entry": [
            {"value": "a", "expanded": "Completely reliable", "description": TEXT, "numerical_value": 100}]}],
    },
    "estimative-language": {"predicates": [], "values": []},
}  # fmt: skip


def _llm() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        body = f"## LLM03:2025 Supply Chain\n\n{TEXT}\n".encode()
        member = tarfile.TarInfo("LLM03_SupplyChain.md")
        member.size = len(body)
        archive.addfile(member, io.BytesIO(body))
    return out.getvalue()


def files() -> dict[str, bytes]:
    """Unpacked contents by file name; names that end in .json.gz and the like are packed by `write`."""
    ctid = "ctid/{}_attack-16.1-enterprise.json.gz"
    found: dict[str, Any] = {
        "attack/enterprise-attack-18.1.stix20.json.gz": ENTERPRISE,
        "attack/mobile-attack-18.1.stix20.json.gz": MOBILE,
        "attack/ics-attack-18.1.stix21.json.gz": ICS,
        "cwe/cwe-4.19.1.json.gz": CWE,
        "owasp/owasp-top10-cwe.json": OWASP,
        "capec/capec-3.9.stix21.json.gz": CAPEC,
        "nist/NIST_SP-800-53_rev5_catalog-5.0.1-min.json.gz": NIST,
        "sigma/sigma-index.json.gz": SIGMA,
        "kev/known_exploited_vulnerabilities.json.gz": KEV,
        ctid.format("nist_800_53-rev5"): _mapping("nist_800_53", "rev5", ("IA-02", "T1562", "mitigates"), ("AC-02", "T1574", "mitigates")),
        "ctid/csa_ccm-4.1_attack-17.1-enterprise.json.gz": _mapping("csa_ccm", "4.1", ("IAM-14", "T1562", "mitigates")),
        ctid.format("veris-1.4.0"): _mapping("veris", "1.4.0", ("action.hacking.variety.Disable controls", "T1562", "related_to")),
        ctid.format("kev-07.28.2025"): _mapping("kev", "07/28/2025", ("CVE-2024-34102", "T1574", "exploitation_technique")),
        "ctid/kev-07.28.2025_attack-16.1-mobile.json.gz": _mapping("kev", "07/28/2025"),
        ctid.format("aws-12.12.2024"): _mapping("aws", "12/12/2024", ("amazon_cognito", "T1574", "technique_scores")),
        ctid.format("azure-04.26.2025"): _mapping("azure", "04/26/2025"),
        ctid.format("gcp-03.06.2025"): _mapping("gcp", "03/06/2025"),
        ctid.format("m365-07.18.2025"): _mapping("m365", "07/18/2025"),
        "derived/attack-csf2-via-cri.csv": "technique,csf2\nT1562,PR.AA-01\n",
        "derived/csf2-nist80053r5-composed.csv": "csf2,nist80053\nPR.AA-01,IA-2(1)\n",
        "derived/csf1_1-csf2.csv": "source,target,relation\nPR.AC-1,PR.AA-01,intersect\n",
        "derived/csf2-iso27001_2022.csv": "source,target,relation\nPR.AA-01,A.5.16,intersect\n",
        "derived/nist80053r5-iso27001_2022.csv": "source,target,relation\nIA-2,A.8.5,intersect\n",
        "derived/hipaa-nist80053r5.csv": "hipaa,target\n164.312(d),IA-2\n",
        "derived/hipaa-csf2.csv": "hipaa,target\n164.312(d),PR.AA-01\n",
        "derived/cwe-attack-from-kev.csv": "cwe,role,technique,n_cves\nCWE-287,exploitation_technique,T1562,7\nCWE-287,exploitation_technique,T1574,1\n",
        "derived/nist80053r5-d3fend.csv": "control,relation,d3fend\nIA-2(1),broader,D3-MFA\n",
        "derived/attack-mitigation-d3fend.csv": "mitigation,relation,d3fend\nM1038,related,D3-MFA\n",
        "derived/d3fend-attack-misp.csv.gz": "d3fend,label,relation,technique\nD3-MFA,x,hardens,T1562\n",
        "nist/NIST_CSF_v2.0_catalog.xml.gz": CSF,
        "nist/NIST_SP800-171_rev3_catalog.xml.gz": SP171,
        "atlas/ATLAS.yaml.gz": ATLAS,
        "d3fend/d3fend-protege.ttl.gz": D3FEND,
        "ssvc/cisa_bod_26_04_1_0_0.csv": "row,In KEV v1.0.0 (cisa),Remediation\n0,no,fix on system upgrade\n1,yes,14 days\n",
        "ssvc/cisa_coordinator_2_0_3.csv": "row,Exploitation v1.1.0,Levels\n0,none,track\n",
        "sigma/sigma-rules-2026-08-05.tar.gz": b"",
        "owasp/owasp-llm-top10-2025-md.tar.gz": _llm(),
    }  # fmt: skip
    for level in ("LOW", "MODERATE", "HIGH", "PRIVACY"):
        found[f"nist/NIST_SP-800-53_rev5_{level}-baseline_profile-min.json.gz"] = PROFILE
    for level in ("HIGH", "PRIVACY"):
        found[f"nist/NIST_SP-800-53_rev5_{level}-baseline-resolved-profile_catalog-min.json.gz"] = {
            "catalog": {"groups": []}
        }
    for name, values in GALAXY.items():
        found[f"misp-galaxy/{name}.json.gz"] = {"version": 1, "values": values}
    for names in WARNING_LISTS.values():
        for name in names:
            body = LISTS.get(name, {"type": "string", "list": [], "matching_attributes": ["domain"]})
            found[f"misp-warninglists/{name}.json.gz"] = {
                "name": name,
                "version": 1,
                "description": TEXT,
                **body,
            }
    for name, body in TAXONOMY.items():
        found[f"misp-taxonomies/{name}.json.gz"] = body
    return {name: _bytes(body) for name, body in found.items()}


def _bytes(body: Any) -> bytes:
    if isinstance(body, bytes):
        return body
    return (body if isinstance(body, str) else json.dumps(body)).encode()


def write(folder: Path, contents: dict[str, bytes] | None = None, **redistribute: str) -> Path:
    """Write the downloads and their manifest; returns the folder."""
    rows = []
    for name, body in (contents or files()).items():
        stored = (
            gzip.compress(body, mtime=0) if name.endswith(".gz") and not name.endswith(".tar.gz") else body
        )
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(stored)
        rows.append({
            "file": name, "sha256": hashlib.sha256(stored).hexdigest(), "redistribute": redistribute.get("all", "yes"),
            "version": "1", "date": "2026-08-06", "license": "test", "official_url": f"https://example.org/{name}",
        })  # fmt: skip
    (folder / "MANIFEST.json").write_text(json.dumps({"files": rows}))
    return folder
