# SPDX-License-Identifier: Apache-2.0
"""Small inputs of the formats read, in our own words, and the sources that the tests know."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from typing import Any

from scc.model.document import Document, Raw, Source
from scc.model.provenance import Skipped
from scc.read import document, split

SOURCES = (
    Source("cisa", "CISA", "https://www.cisa.gov/f.xml", "rss", "T1", publisher_kind="authority", domains=("cisa.gov",)),
    Source("wire", "Example Wire", "https://press.example/f.xml", "rss", "T3", publisher_kind="press", domains=("press.example",)),
    Source("cert", "Example CERT", "https://cert.example/f.xml", "rss", "T2", publisher_kind="cert", domains=("cert.example",),
           names=("Example CERT recommends",), tlp="TLP:GREEN"),
    Source("ghsa", "GitHub Advisory Database", "https://x.example/f", "atom", "T1", domains=("github.com/advisories",)),
    Source("cve", "CVE Program", "https://www.cve.org/x", "cve", "T1", domains=("cve.org",)),
    Source("nvd", "NVD", "https://nvd.nist.gov/x", "nvd", "T1", domains=("nvd.nist.gov",)),
)  # fmt: skip


def raw(data: str | bytes | dict[str, Any] | list[Any], path: str = "in/file", **more: Any) -> Raw:
    """A Raw of a text, bytes or a value to be written as JSON."""
    if isinstance(data, dict | list):
        data = json.dumps(data, ensure_ascii=False)
    return Raw(data=data.encode() if isinstance(data, str) else data, path=path, **more)


def read(data: Any, path: str = "in/file", **more: Any) -> Document:
    """The one document of an input; fails when there is none or more than one."""
    parts = split(raw(data, path, **more))
    assert len(parts) == 1, parts
    part = parts[0]
    found = part if isinstance(part, Skipped) else document(part, SOURCES)
    assert isinstance(found, Document), found
    return found


def refused(data: Any, path: str = "in/file", **more: Any) -> Skipped:
    """Why the one part of an input is not taken further; fails when it is."""
    parts = split(raw(data, path, **more))
    assert len(parts) == 1, parts
    part = parts[0]
    found = part if isinstance(part, Skipped) else document(part, SOURCES)
    assert isinstance(found, Skipped), found
    return found


def read_all(data: Any, path: str = "in/file", **more: Any) -> list[Document | Skipped]:
    """What each entry of a container becomes."""
    return [
        each if isinstance(each, Skipped) else document(each, SOURCES)
        for each in split(raw(data, path, **more))
    ]


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive of some files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def gzipped(data: bytes) -> bytes:
    """A gzip file."""
    return gzip.compress(data, mtime=0)


ARTICLE = """---
title: A flaw in Example Gateway is attacked
url: https://press.example/2026/03/gateway?utm_source=feed
date: 2026-03-05
---

# A flaw in Example Gateway is attacked

Attackers use CVE-2026-11111 in Example Gateway to read the memory of the device. The vendor has
fixed it in version 4.2 and asks customers to [install the update](https://vendor.example/advisory)
, which takes ten minutes.

| Version | Fixed in |
| ------- | -------- |
| 4.0     | 4.2      |
| 3.9     | 3.9.7    |

- Look at the logs of the gateway.
- Change \\*all\\* passwords.

```
grep -c "GET /memory" access.log
```
"""

PAGE = """<!doctype html><html lang="en"><head><title>Example Gateway attacked | Example Wire</title>
<meta property="og:title" content="Example Gateway attacked"><meta property="og:site_name" content="Example Wire">
<link rel="canonical" href="https://press.example/2026/03/gateway">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Example Gateway attacked",
"datePublished":"2026-03-05T09:30:00+01:00","publisher":{"@type":"Organization","name":"Example Wire"}}</script>
<style>p{color:red}</style><script>alert("never shown")</script></head>
<body><nav><a href="/">Home</a> <a href="/subscribe">Subscribe to our newsletter</a></nav>
<article><h1>Example Gateway attacked</h1>
<p>Attackers use CVE-2026-11111 in Example Gateway to read the memory of the device, the vendor said
on Thursday. It has fixed the flaw in version 4.2 and asks its customers to install the update today.</p>
<p>The company saw the first attacks on Monday, when a customer reported sessions that nobody had opened. Two more
customers found the same in their logs, and all of them had left the management port open to the internet.</p>
<table><tr><th>Version</th><th>Fixed in</th></tr><tr><td>4.0</td><td>4.2</td></tr></table>
<ul><li>Look at the logs of the gateway for requests to the memory page.</li><li>Change all passwords.</li></ul>
<pre>grep -c "GET /memory" access.log</pre>
<p>See <a href="https://vendor.example/advisory">the advisory of the vendor</a> for details on the update.</p>
</article><footer>Copyright Example Wire. Cookie settings. Privacy.</footer></body></html>"""

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Example Wire</title><link>https://press.example/</link><language>en</language>
<item><title>Gateway attacked &amp; fixed</title><link>https://press.example/2026/03/gateway</link><guid>g1</guid>
<pubDate>Thu, 05 Mar 2026 09:30:00 +0100</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Attackers use <b>CVE-2026-11111</b>.</p><script>alert(1)</script><ul><li>Update</li></ul>]]></content:encoded></item>
<item><title>No date</title><link>https://press.example/2026/03/none</link><guid>g2</guid><pubDate>yesterday-ish</pubDate>
<description>&lt;p&gt;Text of the second.&lt;/p&gt;</description></item>
</channel></rss>"""

KEV: dict[str, Any] = {
    "title": "Catalogue", "catalogVersion": "2026.03.06", "dateReleased": "2026-03-06T15:00:00Z", "count": 1,
    "vulnerabilities": [{
        "cveID": "CVE-2026-11111", "vendorProject": "Example", "product": "Gateway", "vulnerabilityName": "Example Gateway Out-of-Bounds Read",
        "dateAdded": "2026-03-06", "shortDescription": "Example Gateway reads out of bounds.", "requiredAction": "Apply the update.",
        "dueDate": "2026-03-27", "knownRansomwareCampaignUse": "Known", "notes": "https://vendor.example/advisory ; https://nvd.nist.gov/vuln/detail/CVE-2026-11111",
        "cwes": ["CWE-125"],
    }],
}  # fmt: skip

CVE5: dict[str, Any] = {
    "dataType": "CVE_RECORD", "dataVersion": "5.1",
    "cveMetadata": {"cveId": "CVE-2026-11111", "state": "PUBLISHED", "assignerShortName": "example", "datePublished": "2026-03-04T10:00:00.000Z", "dateUpdated": "2026-03-07T10:00:00Z"},
    "containers": {
        "cna": {
            "providerMetadata": {"shortName": "example"}, "title": "Out-of-bounds read in Example Gateway",
            "descriptions": [{"lang": "en", "value": "Example Gateway before 4.2 reads out of bounds."}],
            "affected": [{"vendor": "Example", "product": "Gateway", "versions": [
                {"version": "4.0", "lessThan": "4.2", "status": "affected", "versionType": "semver"},
                {"version": "3.9", "status": "unaffected"}]}],
            "problemTypes": [{"descriptions": [{"cweId": "CWE-125", "lang": "en", "description": "CWE-125 Out-of-bounds Read"}]}],
            "metrics": [{"cvssV3_1": {"version": "3.1", "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", "baseScore": 7.5}}],
            "references": [{"url": "https://vendor.example/advisory"}],
        },
        "adp": [{"title": "CISA ADP Vulnrichment", "providerMetadata": {"shortName": "CISA-ADP"}, "metrics": [
            {"other": {"type": "ssvc", "content": {"id": "CVE-2026-11111", "options": [{"Exploitation": "active"}, {"Automatable": "yes"}, {"Technical Impact": "partial"}], "timestamp": "2026-03-06T12:00:00Z"}}},
            {"other": {"type": "kev", "content": {"dateAdded": "2026-03-06", "reference": "https://www.cisa.gov/known-exploited-vulnerabilities-catalog"}}}]}],
    },
}  # fmt: skip

NVD: dict[str, Any] = {
    "resultsPerPage": 1, "startIndex": 0, "totalResults": 1, "format": "NVD_CVE", "version": "2.0", "timestamp": "2026-03-08T00:00:00",
    "vulnerabilities": [{"cve": {
        "id": "CVE-2026-11111", "sourceIdentifier": "psirt@vendor.example", "published": "2026-03-04T10:15:00.000", "lastModified": "2026-03-08T00:00:00.000", "vulnStatus": "Analyzed",
        "descriptions": [{"lang": "en", "value": "Example Gateway before 4.2 reads out of bounds. It leaks memory."}, {"lang": "es", "value": "Lectura."}],
        "metrics": {"cvssMetricV31": [
            {"source": "nvd@nist.gov", "type": "Primary", "cvssData": {"version": "3.1", "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", "baseScore": 7.5}},
            {"source": "psirt@vendor.example", "type": "Secondary", "cvssData": {"version": "3.1", "vectorString": "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N", "baseScore": 5.9}}]},
        "weaknesses": [{"source": "nvd@nist.gov", "description": [{"lang": "en", "value": "CWE-125"}, {"lang": "en", "value": "NVD-CWE-noinfo"}]}],
        "configurations": [{"nodes": [{"operator": "OR", "cpeMatch": [
            {"vulnerable": True, "criteria": "cpe:2.3:a:example:gate_way:*:*:*:*:*:*:*:*", "versionStartIncluding": "4.0", "versionEndExcluding": "4.2"},
            {"vulnerable": False, "criteria": "cpe:2.3:h:example:box:-:*:*:*:*:*:*:*"}]}]}],
        "cisaExploitAdd": "2026-03-06", "cisaActionDue": "2026-03-27", "cisaVulnerabilityName": "Example Gateway Out-of-Bounds Read",
    }}],
}  # fmt: skip

OSV: dict[str, Any] = {
    "schema_version": "1.6.0", "id": "GHSA-aaaa-bbbb-cccc", "modified": "2026-03-07T00:00:00Z", "published": "2026-03-05T00:00:00Z",
    "aliases": ["CVE-2026-11111"], "related": ["CVE-2026-22222"], "summary": "Template injection in example-pkg", "details": "The **render** function evaluates input.",
    "affected": [{"package": {"ecosystem": "npm", "name": "example-pkg"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.2.3"}, {"introduced": "2.0.0"}, {"fixed": "2.1.0"}]}]}],
    "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
    "database_specific": {"cwe_ids": ["CWE-94"]}, "references": [{"type": "WEB", "url": "https://vendor.example/advisory"}],
}  # fmt: skip

CSAF: dict[str, Any] = {
    "document": {
        "category": "csaf_security_advisory", "csaf_version": "2.0", "title": "Example Gateway: out-of-bounds read", "lang": "en-US",
        "publisher": {"category": "vendor", "name": "Example", "namespace": "https://vendor.example"},
        "distribution": {"tlp": {"label": "GREEN"}}, "tracking": {"id": "EX-2026-7", "initial_release_date": "2026-03-04T10:00:00Z", "current_release_date": "2026-03-05T10:00:00Z", "status": "final", "version": "2"},
        "notes": [{"category": "summary", "text": "A remote attacker can read memory."}, {"category": "legal_disclaimer", "text": "All rights reserved."}],
        "references": [{"category": "self", "url": "https://vendor.example/EX-2026-7"}],
    },
    "product_tree": {"branches": [{"category": "vendor", "name": "Example", "branches": [{"category": "product_name", "name": "Gateway", "branches": [
        {"category": "product_version_range", "name": "< 4.2", "product": {"product_id": "P1", "name": "Gateway < 4.2"}},
        {"category": "product_version", "name": "4.2", "product": {"product_id": "P2", "name": "Gateway 4.2", "product_identification_helper": {"cpe": "cpe:2.3:a:example:gateway:4.2:*:*:*:*:*:*:*"}}}]}]}]},
    "vulnerabilities": [{
        "cve": "CVE-2026-11111", "cwe": {"id": "CWE-125", "name": "Out-of-bounds Read"},
        "notes": [{"category": "description", "text": "The parser reads out of bounds."}],
        "product_status": {"known_affected": ["P1"], "fixed": ["P2"], "known_not_affected": ["P9"]},
        "remediations": [{"category": "vendor_fix", "details": "Update to 4.2.", "product_ids": ["P1"]}],
        "scores": [{"cvss_v3": {"version": "3.1", "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", "baseScore": 7.5}, "products": ["P1"]}],
        "threats": [{"category": "exploit_status", "details": "Exploited:Yes;Latest Software Release:Exploitation Detected"}],
    }],
}  # fmt: skip

STIX: dict[str, Any] = {
    "type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000001", "objects": [
        {"type": "report", "spec_version": "2.1", "id": "report--00000000-0000-4000-8000-000000000002", "created": "2026-03-05T00:00:00Z", "modified": "2026-03-05T00:00:00Z", "published": "2026-03-05T00:00:00Z",
         "name": "Campaign against gateways", "object_refs": ["attack-pattern--00000000-0000-4000-8000-000000000003"], "object_marking_refs": ["marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"],
         "created_by_ref": "identity--00000000-0000-4000-8000-000000000004"},
        {"type": "identity", "id": "identity--00000000-0000-4000-8000-000000000004", "name": "Example Research", "identity_class": "organization"},
        {"type": "attack-pattern", "id": "attack-pattern--00000000-0000-4000-8000-000000000003", "name": "Exploit Public-Facing Application", "external_references": [{"source_name": "mitre-attack", "external_id": "T1190"}]},
        {"type": "attack-pattern", "id": "attack-pattern--00000000-0000-4000-8000-000000000005", "name": "Phishing", "external_references": [{"source_name": "mitre-attack", "external_id": "T1566"}]},
        {"type": "indicator", "id": "indicator--00000000-0000-4000-8000-000000000006", "name": "C2", "pattern_type": "stix", "valid_from": "2026-03-01T00:00:00Z", "valid_until": "2026-09-01T00:00:00Z",
         "pattern": "[ipv4-addr:value = '203.0.113.9' OR domain-name:value IN ('evil.test-c2.net', 'two.test-c2.net')] AND [file:hashes.'SHA-256' = '" + "ab" * 32 + "']"},
        {"type": "indicator", "id": "indicator--00000000-0000-4000-8000-000000000007", "name": "fine", "pattern_type": "stix", "indicator_types": ["benign"], "pattern": "[domain-name:value = 'www.update-host.net']", "valid_from": "2026-03-01T00:00:00Z"},
        {"type": "malware", "id": "malware--00000000-0000-4000-8000-000000000008", "name": "GateRat", "is_family": True, "malware_types": ["ransomware"]},
        {"type": "vulnerability", "id": "vulnerability--00000000-0000-4000-8000-000000000009", "name": "CVE-2026-11111"},
    ],
}  # fmt: skip

MISP: dict[str, Any] = {"Event": {
    "uuid": "00000000-0000-4000-8000-00000000000a", "info": "Gateway campaign", "date": "2026-03-05", "publish_timestamp": "1772755200", "Orgc": {"name": "Example CERT"},
    "Tag": [{"name": "tlp:amber"}, {"name": 'misp-galaxy:mitre-attack-pattern="Exploit Public-Facing Application - T1190"'}],
    "Attribute": [
        {"type": "ip-dst|port", "value": "198.51.100.7|443", "to_ids": True, "comment": "C2"},
        {"type": "filename|sha256", "value": "up.exe|" + "cd" * 32, "to_ids": True},
        {"type": "link", "value": "https://research.example/report", "to_ids": False},
        {"type": "domain", "value": "gone.bad-host.net", "to_ids": True, "deleted": True},
        {"type": "vulnerability", "value": "CVE-2026-11111", "to_ids": False}],
    "Object": [{"name": "file", "Attribute": [{"type": "md5", "value": "ef" * 16, "to_ids": True}]}],
    "Galaxy": [{"type": "threat-actor", "GalaxyCluster": [{"value": "Sofacy"}]}],
}}  # fmt: skip
