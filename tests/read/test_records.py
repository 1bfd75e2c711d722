# SPDX-License-Identifier: Apache-2.0
"""Records to documents and facts: every fact stands at a place of the payload."""

from __future__ import annotations

import copy
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from tests.read.given import CSAF, CVE5, KEV, MISP, NVD, OSV, STIX, read, read_all

from scc.model.document import Document
from scc.model.facts import (
    Actor,
    Claim,
    Cvss,
    Date,
    Epss,
    Fact,
    Identifier,
    Indicator,
    Kev,
    Malware,
    Product,
    Ssvc,
    Technique,
    Weakness,
)
from scc.model.provenance import Pointer
from scc.read.records import observations
from scc.read.records.versions import natural

CVE = "CVE-2026-11111"


def facts(found: Document) -> list[Fact]:
    return [each.fact for each in observations(found)]


def at(found: Document, pointer: str) -> Any:
    """The value at a JSON Pointer of the payload."""
    value = msgspec.json.decode(found.payload or b"null")
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


ALL = {
    "kev": KEV, "cve5": CVE5, "nvd": NVD, "osv": OSV, "csaf": CSAF, "stix": STIX, "misp": MISP,
    "ioc": "value,type,description\n198.51.100.7,ipaddress,C2\n", "epss": "#model_version:v9,score_date:2026-03-05T00:00:00+0000\ncve,epss,percentile\nCVE-2026-11111,0.9,0.99\n",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_fact_stands_where_it_says(name: str) -> None:
    (found,) = read_all(ALL[name])
    assert found.format == name and found.payload is not None
    every = observations(found)
    assert every and all(each.basis == "record" and each.document == found.id for each in every)
    assert len({each.id for each in every}) == len(every)
    for each in every:
        assert isinstance(each.locator, Pointer)
        assert at(found, each.locator.path) is not None


@pytest.mark.parametrize("name", sorted(name for name, value in ALL.items() if isinstance(value, dict)))
def test_key_order_does_not_matter(name: str) -> None:
    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        return [turned(each) for each in value] if isinstance(value, list) else value

    assert [each.id for each in read_all(ALL[name])] == [each.id for each in read_all(turned(ALL[name]))]


def test_kev() -> None:
    (found,) = read_all(KEV)
    assert (found.publisher, found.tier, found.tlp, found.entry) == ("CISA", "T1", "TLP:CLEAR", CVE)
    assert found.published == "2026-03-06" and found.collected == "2026-03-06"
    said = facts(found)
    assert Identifier("cve", CVE, "main") in said
    assert Kev(CVE, "Example", "Gateway", "2026-03-06", "2026-03-27", "Known", "", "2026-03-06") in said
    assert Claim("exploited", "yes", "asserted", "authority", "CISA", subject=CVE) in said
    assert Weakness("CWE-125", vulnerability=CVE) in said and Date("2026-03-27", "due") in said


def test_an_unchanged_kev_entry_is_the_same_document_in_the_next_catalogue() -> None:
    later = {**KEV, "catalogVersion": "2026.03.09", "dateReleased": "2026-03-09T15:00:00Z"}
    (one,), (two,) = read_all(KEV), read_all(later)
    assert one.id == two.id and two.collected == "2026-03-09"


def test_kev_csv_gives_the_same_facts() -> None:
    head = "cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,dueDate,knownRansomwareCampaignUse,notes,cwes\n"
    row = f'{CVE},Example,Gateway,"Example, read",2026-03-06,"Reads.","Apply.",2026-03-27,Known,https://vendor.example/advisory,"CWE-125, CWE-20"\n'
    (found,) = read_all(head + row)
    said = facts(found)
    assert {each.id for each in said if isinstance(each, Weakness)} == {"CWE-125", "CWE-20"}
    assert any(isinstance(each, Kev) and each.due_date == "2026-03-27" for each in said)


def test_cve5() -> None:
    found = read(CVE5)
    assert found.kind == "record" and found.publisher == "CVE Program"
    assert found.title == f"{CVE}: Out-of-bounds read in Example Gateway"
    said = facts(found)
    assert Cvss("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", "3.1", 7.5, "example", CVE) in said
    assert Ssvc(CVE, "active", "yes", "partial", "CISA-ADP", "2026-03-06") in said
    product = next(each for each in said if isinstance(each, Product))
    assert (product.versions, product.fixed, product.status) == ("from 4.0 before 4.2", "4.2", "affected")
    assert any(isinstance(each, Kev) and each.date_added == "2026-03-06" for each in said)


def test_a_rejected_cve_gives_its_rejection_and_nothing_else() -> None:
    gone = copy.deepcopy(CVE5)
    gone["cveMetadata"]["state"] = "REJECTED"
    said = facts(read(gone))
    assert [type(each).__name__ for each in said] == ["Identifier", "Claim"]
    assert isinstance(said[1], Claim) and said[1].question == "retracted"


def test_nvd() -> None:
    found = read(NVD)
    assert (found.format, found.publisher, found.entry) == ("nvd", "NVD", "")
    said = facts(found)
    assert {each.origin for each in said if isinstance(each, Cvss)} == {"NVD", "psirt@vendor.example"}
    assert [each.id for each in said if isinstance(each, Weakness)] == ["CWE-125"], (
        "placeholders are no weakness"
    )
    products = [each for each in said if isinstance(each, Product)]
    assert [(each.vendor, each.product, each.versions, each.fixed) for each in products] == [
        ("example", "gate way", "from 4.0 before 4.2", "4.2")
    ]
    assert Claim("exploited", "yes", "asserted", "authority", "CISA", subject=CVE) in said


def test_nvd_with_several_is_a_container() -> None:
    many = copy.deepcopy(NVD)
    many["vulnerabilities"].append({"cve": {**NVD["vulnerabilities"][0]["cve"], "id": "CVE-2026-33333"}})
    assert [each.entry for each in read_all(many)] == [CVE, "CVE-2026-33333"]


def test_osv() -> None:
    found = read(OSV)
    assert found.url == "https://github.com/advisories/GHSA-aaaa-bbbb-cccc" and found.tier == "T1"
    assert "The render function evaluates input." in found.text
    said = facts(found)
    assert (
        Identifier("ghsa", "GHSA-aaaa-bbbb-cccc", "main") in said and Identifier("cve", CVE, "main") in said
    )
    assert Identifier("cve", "CVE-2026-22222", "related") in said
    product = next(each for each in said if isinstance(each, Product))
    assert product.versions == "before 1.2.3; from 2.0.0 before 2.1.0" and product.fixed == "1.2.3; 2.1.0"
    assert (product.purl, product.vendor, product.vulnerability) == ("pkg:npm/example-pkg", "npm", CVE)
    assert next(each for each in said if isinstance(each, Cvss)).score == 9.8
    assert Weakness("CWE-94", vulnerability=CVE) in said


def test_osv_yaml_and_withdrawal() -> None:
    text = 'id: PYSEC-2026-1\nmodified: 2026-03-05T00:00:00Z\npublished: "2026-03-04T00:00:00Z"\nwithdrawn: "2026-03-06T00:00:00Z"\ndetails: Bad.\naffected:\n- package:\n    name: example\n    ecosystem: PyPI\n  versions:\n  - "1.0"\naliases:\n- CVE-2026-11111\n'
    found = read(text)
    assert (found.format, found.published) == ("osv", "2026-03-04")
    said = facts(found)
    assert not any(isinstance(each, Product) for each in said), "a withdrawn record affects nothing"
    assert any(isinstance(each, Claim) and each.question == "retracted" for each in said)


def test_malicious_package_is_an_indicator() -> None:
    bad = {"id": "MAL-2026-1", "modified": "2026-03-05T00:00:00Z", "summary": "Malicious code in evil-pkg", "affected": [{"package": {"ecosystem": "npm", "name": "evil-pkg"}, "versions": ["1.0.1"]}]}  # fmt: skip
    found = next(each for each in facts(read(bad)) if isinstance(each, Indicator))
    assert (found.type, found.value, found.role, found.note) == (
        "package",
        "pkg:npm/evil-pkg",
        "observed",
        "1.0.1",
    )


def test_github_graphql() -> None:
    value = {"ghsaId": "GHSA-aaaa-bbbb-cccc", "identifiers": [{"value": CVE}], "summary": "S", "description": "D", "publishedAt": "2026-03-05T00:00:00Z", "updatedAt": "2026-03-05T00:00:00Z", "withdrawnAt": None,
             "cvss": {"score": 9.8, "vectorString": "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}, "cwes": {"nodes": [{"cweId": "CWE-94"}]},
             "vulnerabilities": {"nodes": [{"package": {"ecosystem": "RUBYGEMS", "name": "p"}, "firstPatchedVersion": None, "vulnerableVersionRange": "= 1.1.6"}]}}  # fmt: skip
    said = facts(read(value))
    assert any(isinstance(each, Cvss) and each.version == "3.0" for each in said)
    assert any(
        isinstance(each, Product) and (each.purl, each.versions, each.fixed) == ("pkg:gem/p", "= 1.1.6", "")
        for each in said
    )


def test_csaf() -> None:
    found = read(CSAF)
    assert (found.publisher, found.publisher_kind, found.tlp) == ("Example", "vendor", "TLP:GREEN")
    assert found.url == "https://vendor.example/EX-2026-7" and found.published == "2026-03-04"
    assert "All rights reserved" not in found.text and "Update to 4.2." in found.text
    said = facts(found)
    assert Identifier("bulletin", "EX-2026-7", "main") in said
    products = {each.status: each for each in said if isinstance(each, Product)}
    assert set(products) == {"affected", "fixed"}, "an id that the tree does not know names no product"
    assert (products["affected"].vendor, products["affected"].product, products["affected"].versions) == (
        "Example",
        "Gateway",
        "< 4.2",
    )
    assert products["affected"].fixed == "Update to 4.2." and products["fixed"].cpe.startswith(
        "cpe:2.3:a:example"
    )
    assert Claim("exploited", "yes", "asserted", "vendor", "Example", subject=CVE) in said


def test_csaf_2_1_metrics() -> None:
    newer = copy.deepcopy(CSAF)
    newer["document"]["csaf_version"] = "2.1"
    flaw = newer["vulnerabilities"][0]
    flaw["metrics"] = [
        {
            "content": {
                "cvss_v4": {
                    "version": "4.0",
                    "vectorString": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N",
                    "baseScore": 8.7,
                }
            }
        }
    ]
    flaw["cwes"] = [flaw.pop("cwe")]
    del flaw["scores"]
    said = facts(read(newer))
    assert [each.version for each in said if isinstance(each, Cvss)] == ["4.0"]
    assert Weakness("CWE-125", vulnerability=CVE) in said


def test_stix() -> None:
    found = read(STIX)
    assert (found.kind, found.title, found.publisher, found.tlp) == (
        "indicators",
        "Campaign against gateways",
        "Example Research",
        "TLP:AMBER",
    )
    said = facts(found)
    indicators = {each.value: each for each in said if isinstance(each, Indicator)}
    assert set(indicators) == {
        "203.0.113.9",
        "evil.test-c2.net",
        "two.test-c2.net",
        "ab" * 32,
        "www.update-host.net",
    }
    assert indicators["203.0.113.9"].role == "benign", "an address reserved for documentation is nobody's"
    assert (indicators["evil.test-c2.net"].role, indicators["evil.test-c2.net"].valid_until) == (
        "observed",
        "2026-09-01",
    )
    assert indicators["www.update-host.net"].role == "benign"
    roles = {each.id: each.role for each in said if isinstance(each, Technique)}
    assert roles == {"T1190": "observed", "T1566": "context"}
    assert (
        Malware("GateRat", "", "ransomware", "GateRat") in said and Identifier("cve", CVE, "related") in said
    )


def test_observed_data_of_a_sighting_are_indicators_and_others_are_not() -> None:
    def made(kind: str, number: int, **more: Any) -> dict[str, Any]:
        return {"type": kind, "spec_version": "2.1", "id": f"{kind}--00000000-0000-4000-8000-{number:012}",
                "created": "2026-03-05T00:00:00Z", "modified": "2026-03-05T00:00:00Z", **more}  # fmt: skip

    file = made("file", 1, name="dropper.exe", hashes={"MD5": "ab" * 16, "SHA-1": "cd" * 20})
    key = made("windows-registry-key", 2, key="HKEY_LOCAL_MACHINE\\SYSTEM\\Services\\Drop")
    clean = made("domain-name", 3, value="www.update-host.net")
    family = made("malware", 4, name="Drop", is_family=True)
    seen = made("observed-data", 5, first_observed="2026-03-01T00:00:00Z", last_observed="2026-03-02T00:00:00Z",
                number_observed=1, object_refs=[file["id"], key["id"]])  # fmt: skip
    other = made("observed-data", 6, number_observed=1, object_refs=[clean["id"]])
    sighting = made("sighting", 7, sighting_of_ref=family["id"], observed_data_refs=[seen["id"]])
    bundle = {"type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000009",
              "objects": [file, key, clean, family, seen, other, sighting]}  # fmt: skip
    found = {(each.type, each.value): each for each in facts(read(bundle)) if isinstance(each, Indicator)}
    assert set(found) == {
        ("md5", "ab" * 16),
        ("sha1", "cd" * 20),
        ("filename", "dropper.exe"),
        ("registry-key", "HKEY_LOCAL_MACHINE\\SYSTEM\\Services\\Drop"),
    }
    assert {each.role for each in found.values()} == {"observed"}
    assert found["md5", "ab" * 16].first_seen == "2026-03-01"


def test_a_stix_object_alone() -> None:
    alone = {"type": "campaign", "spec_version": "2.1", "id": "campaign--00000000-0000-4000-8000-000000000001", "created": "2026-03-05T00:00:00Z", "modified": "2026-03-05T00:00:00Z", "name": "Op", "object_marking_refs": ["marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"]}  # fmt: skip
    found = read(alone)
    assert (found.title, found.tlp) == ("Op", "TLP:RED")


def test_misp() -> None:
    found = read(MISP)
    assert (found.kind, found.title, found.publisher, found.tlp, found.published) == (
        "indicators",
        "Gateway campaign",
        "Example CERT",
        "TLP:AMBER",
        "2026-03-05",
    )
    said = facts(found)
    indicators = {each.value: each for each in said if isinstance(each, Indicator)}
    assert set(indicators) == {
        "198.51.100.7",
        "up.exe",
        "cd" * 32,
        "https://research.example/report",
        "ef" * 16,
    }
    assert (
        indicators["up.exe"].role == "observed"
        and indicators["https://research.example/report"].role == "reference"
    )
    assert Technique("T1190", "T1190", "observed") in said and Actor("Sofacy", "", "Sofacy") in said


def test_epss() -> None:
    found = read_all(ALL["epss"])[0]
    assert Epss(CVE, 0.9, 0.99, "2026-03-05", "v9") in facts(found)
    older = read_all("cve,epss,percentile\nCVE-2026-11111,0.9,0.99\nCVE-x,1,1\nCVE-2026-22222,7,0\n")
    assert len(older) == 1 and facts(older[0])[1] == Epss(CVE, 0.9, 0.99)


def test_lists_of_indicators() -> None:
    said = facts(
        read(
            "value,type,notes\nhxxp://bad[.]c2-host[.]net/x,url,C2\n"
            + f'"{"ab" * 16},{"cd" * 20}",file,Dropper\n10.0.0.1,ipaddress,inside\n'
        )
    )
    values = {each.value: each.role for each in said if isinstance(each, Indicator)}
    assert values == {
        "http://bad.c2-host.net/x": "observed",
        "ab" * 16: "observed",
        "cd" * 20: "observed",
        "10.0.0.1": "benign",
    }


def test_a_bare_list_says_nothing_of_observation() -> None:
    said = facts(read("gateway.one-host.net\ngateway.two-host.net\n./public/login.jsp\n"))
    assert {(each.type, each.role) for each in said if isinstance(each, Indicator)} == {
        ("domain", "reference"),
        ("filepath", "reference"),
    }


def test_certfr() -> None:
    value = {"reference": "CERTFR-2026-AVI-0123", "title": "Vulnérabilité dans Gateway", "summary": "Une vulnérabilité a été découverte.", "affected_systems": [{"description": "Gateway versions antérieures à 4.2", "product": {"name": "Gateway", "vendor": {"name": "Example"}}}],
             "content": "## Solutions\n\nSe référer au bulletin.", "cves": [{"name": CVE, "url": "https://www.cve.org/x"}], "risks": [{"description": "Déni de service"}], "revisions": [{"revision_date": "2026-03-05T00:00:00.000000"}], "links": [], "vendor_advisories": []}  # fmt: skip
    found = read(value)
    assert (found.kind, found.publisher, found.tier, found.language) == ("article", "CERT-FR", "T2", "fr")
    assert (
        found.url == "https://www.cert.ssi.gouv.fr/avis/CERTFR-2026-AVI-0123"
        and found.published == "2026-03-05"
    )
    assert "- Déni de service" in found.text and CVE in found.text
    assert Product("Gateway", "Example", "before 4.2", status="affected") in facts(found)


def test_certfr_in_english() -> None:
    advisory = {"reference": "CERTFR-2026-AVI-0124", "title": "Vulnérabilité", "summary": "Une faille.",
                "affected_systems": [{"description": "Alpha et Beta versions 8.13.x à 8.14.x antérieures à 8.14.1",
                                      "product": {"name": "Alpha et Beta", "vendor": {"name": "N/A"}}}],
                "risks": [], "revisions": [{"revision_date": "2026-03-05"}], "content": "x", "links": [], "cves": [],
                "vendor_advisories": []}  # fmt: skip
    products = [each for each in facts(read(advisory)) if isinstance(each, Product)]
    assert [(each.product, each.vendor, each.versions) for each in products] == [
        ("Alpha", "", "8.13.x to 8.14.x before 8.14.1"),
        ("Beta", "", "8.13.x to 8.14.x before 8.14.1"),
    ]


def test_articles_have_no_record_facts() -> None:
    assert observations(read("# A title\n\nText on CVE-2026-11111.")) == ()


def test_versions_sort_by_their_numbers() -> None:
    ordered = [
        "0",
        "0.9",
        "1.0.0-alpha",
        "1.0rc1",
        "1.0",
        "1.0.post1",
        "1.0.1",
        "1.2",
        "1.10",
        "2.0.0-rc.1",
        "2",
    ]
    for low, high in pairwise(ordered):
        assert natural(low) < natural(high), (low, high)
    assert natural("1.2") == natural("1.2.0") == natural("v1.2.0.0")


def test_osv_lists_and_unsorted_events() -> None:
    def product(ranges: list[dict[str, str]], versions: list[str], ecosystem: str = "npm") -> Product:
        entry = {
            "package": {"ecosystem": ecosystem, "name": "example-pkg"},
            "ranges": [{"type": "ECOSYSTEM", "events": ranges}],
            "versions": versions,
        }
        return next(each for each in facts(read({**OSV, "affected": [entry]})) if isinstance(each, Product))

    fixed = [{"introduced": "0"}, {"fixed": "1.2.3"}]
    assert product(fixed, ["0.9.0", "1.0.0", "1.2.2"]).versions == "before 1.2.3"
    assert product(fixed, ["1.0.0", "4.1.0"]).versions == "before 1.2.3; 4.1.0"
    mixed = [{"fixed": "2.1.0"}, {"introduced": "2.0.0"}, {"fixed": "1.2.3"}, {"introduced": "0"}]
    assert product(mixed, []).versions == "before 1.2.3; from 2.0.0 before 2.1.0"
    assert product(fixed, [], "Debian:12").purl == "pkg:deb/debian/example-pkg"
    assert product(fixed, [], "Rocky Linux:9").purl == "pkg:rpm/rocky/example-pkg"
