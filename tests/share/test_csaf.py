# SPDX-License-Identifier: Apache-2.0
"""CSAF 2.0 and 2.1: profiles, products, scores, TLP, tracking; schema and mandatory tests, ours and others'."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from csaf.csaf.v20._validator import validate as other_20
from csaf.csaf.v21._validator import validate as other_21
from hypothesis import given, settings
from tests.share.briefings import NASTY, briefing, context, nasty, observed, plain, spoiled

from scc import knowledge
from scc.model.briefing import CvssShown, ProductShown
from scc.model.decision import Decision
from scc.share import EXPORTS, Records
from scc.share.csaf.check import check
from scc.share.csaf.products import tree
from scc.share.csaf.ranges import specifier
from scc.share.csaf.scores import scored

FORMATS = ("csaf", "csaf-2.1")


def document(values: dict[str, Any], name: str = "csaf", **known: Any) -> dict[str, Any]:
    """The export, after schema and mandatory tests of it found nothing."""
    data = EXPORTS[name].write(briefing(values), context(**known))
    assert isinstance(data, bytes)
    found: dict[str, Any] = json.loads(data)
    old = found["document"]["csaf_version"] == "2.0"
    report = (other_20 if old else other_21)(found)
    assert [(each.id, each.errors[:2]) for each in report.results if not (each.passed or each.skipped)] == []
    assert report.overall_valid
    if old:
        assert check(found, knowledge.open()) == []
    return found


def changed(**parts: Any) -> dict[str, Any]:
    return {**plain("maximal"), **parts}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "values", [plain("minimal"), plain("maximal"), observed()], ids=["least", "most", "seen"]
)
def test_it_is_valid_and_the_same_each_time(values: dict[str, Any], name: str) -> None:
    assert document(values, name) == document(values, name)
    first = EXPORTS[name].write(briefing(values), context())
    assert first == EXPORTS[name].write(briefing(values), context())


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("parts", "profile"),
    [
        ({}, "csaf_security_advisory"),
        ({"type": "breach"}, "csaf_security_incident_response"),
        ({"type": "threat", "vulnerabilities": []}, "csaf_security_incident_response"),
        ({"type": "breach", "sources": []}, "csaf_security_advisory"),
        ({"vulnerabilities": []}, "csaf_informational_advisory"),
        ({"vulnerabilities": [], "sources": []}, "csaf_base"),
        ({"products": []}, "csaf_base"),
        ({"status": "withdrawn"}, "csaf_base"),
    ],
)
def test_the_profile_fits_what_is_known(parts: dict[str, Any], profile: str, name: str) -> None:
    assert document(changed(**parts), name)["document"]["category"] == profile


def test_several_vulnerabilities_get_no_product() -> None:
    one = plain("maximal")["vulnerabilities"][0]
    found = document(
        changed(vulnerabilities=[one, {**one, "id": "CVE-2025-1"}, {**one, "id": "cve-2025-55182"}])
    )
    assert found["document"]["category"] == "csaf_base"
    # "CVE-2025-1" has too few digits for a CVE id, and the same CVE in small letters is not a third one.
    assert [each.get("cve") or each["ids"][0]["text"] for each in found["vulnerabilities"]] == [
        "CVE-2025-55182",
        "CVE-2025-1",
    ]
    assert not any(
        {"product_status", "scores", "remediations"} & set(each) for each in found["vulnerabilities"]
    )


@pytest.mark.parametrize(
    ("tlp", "old", "new"),
    [
        ("TLP:CLEAR", "WHITE", "CLEAR"),
        ("TLP:GREEN", "GREEN", "GREEN"),
        ("TLP:AMBER", "AMBER", "AMBER"),
        ("TLP:AMBER+STRICT", "RED", "AMBER+STRICT"),
        ("TLP:RED", "RED", "RED"),
    ],
)
def test_tlp(tlp: str, old: str, new: str) -> None:
    first = document(changed(tlp=tlp))["document"]["distribution"]
    assert first["tlp"]["label"] == old
    assert ("TLP:AMBER+STRICT" in first.get("text", "")) is (tlp == "TLP:AMBER+STRICT")
    assert document(changed(tlp=tlp), "csaf-2.1")["document"]["distribution"] == {"tlp": {"label": new}}


def test_publisher_references_and_what_is_not_said() -> None:
    values = plain("maximal")
    found = document(values)
    assert found["document"]["publisher"]["category"] == "other"
    assert found["document"]["references"][0] == {
        "category": "external",
        "summary": "GitHub Security Advisories: React Server Components are Vulnerable to RCE",
        "url": "https://github.com/advisories/GHSA-fv66-9v8q-g76r",
    }
    text = json.dumps(found)
    for statement in (*values["relevance"]["why"], *values["priority_reasons"], values["page_one"]["decide"]):
        assert statement["text"] not in text


def test_products_and_their_states() -> None:
    found = document(plain("maximal"))
    vendor = found["product_tree"]["branches"][0]
    assert [each["name"] for each in vendor["branches"]][:2] == [
        "react-server-dom-webpack", "react-server-dom-parcel"
    ]  # fmt: skip
    leaves = {each["product"]["product_id"]: each for each in vendor["branches"][0]["branches"]}
    assert {each["category"] for each in leaves.values()} == {"product_version"}
    flaw = found["vulnerabilities"][0]
    affected = [leaves[id_]["name"] for id_ in flaw["product_status"]["known_affected"] if id_ in leaves]
    fixed = [leaves[id_]["name"] for id_ in flaw["product_status"]["fixed"] if id_ in leaves]
    assert affected == ["19.0", "19.1.0", "19.1.1", "19.2.0"]
    assert fixed == ["19.0.1", "19.1.2", "19.2.1"]
    remedy = flaw["remediations"][0]
    assert (remedy["category"], remedy["details"]) == ("vendor_fix", "Fixed versions: 19.0.1, 19.1.2, 19.2.1")
    assert set(remedy["product_ids"]) == set(flaw["product_status"]["known_affected"])


def test_a_list_that_is_cut_names_no_product_of_it_and_says_so() -> None:
    shown = {**plain("maximal")["products"][0], "vendor": "Cisco", "product": "Cisco IOS XE", "fixed": ""}
    shown["versions"] = "16.1.1; 16.1.2; and 174 more"
    for name in FORMATS:
        found = document(changed(products=[shown]), name)
        flaw = found["vulnerabilities"][0]
        (vendor,) = found["product_tree"]["branches"]
        leaves = [each["product"]["name"] for each in vendor["branches"][0]["branches"]]
        assert leaves == ["Cisco IOS XE 16.1.1", "Cisco IOS XE 16.1.2"]  # not "Cisco Cisco"
        assert len(flaw["product_status"]["known_affected"]) == 2
        assert flaw["notes"][-1]["text"] == "Cisco IOS XE: and 174 more"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 1.0 before 1.4", ">=1.0|<1.4"),
        (">= 1.0, < 1.4", ">=1.0|<1.4"),
        ("<1.4,>=1.0", ">=1.0|<1.4"),
        ("before 4.2", "<4.2"),
        ("4.1 and earlier", "<=4.1"),
        ("8.0 or later", ">=8.0"),
        ("after 2 up to and including 3", ">2|<=3"),
        ("all versions", "vers:all/*"),
        ("vers:npm/1.2.3|>=2.0.0|<5.0.0", "vers:npm/1.2.3|>=2.0.0|<5.0.0"),
        ("up to 3", ""),
        ("< 1, < 2", ""),
        ("from 2 before 2", ""),
        ("< 3, prior to 2", ""),
        ("3.x", ""),
        ("Gen 4 boxes", ""),
        ("vers:npm/ 1", ""),
        ("", ""),
    ],
)
def test_ranges_are_translated_or_left(text: str, expected: str) -> None:
    assert specifier(text) == expected


def test_a_range_without_a_form_is_a_full_product_name() -> None:
    made = tree([ProductShown("Vendor", "Box", "3.x and its betas; before 2", "")])
    assert [each["name"] for each in made.value["full_product_names"]] == ["Vendor Box 3.x and its betas"]
    assert made.value["branches"][0]["branches"][0]["branches"][0]["name"] == "<2"
    assert len(made.of("affected")) == 2


def test_states_without_versions() -> None:
    assert [each.kind for each in tree([ProductShown("V", "P", "", "")]).entries] == ["named"]
    assert [(each.kind, each.fixed) for each in tree([ProductShown("V", "P", "", "2.0")]).entries] == [
        ("named", "2.0")
    ]
    # What one source calls affected and another fixed stays affected.
    both = tree([ProductShown("V", "P", "1.0", "1.0, 1.1")])
    assert [(each.name, each.kind) for each in both.entries] == [
        ("V P 1.0", "affected"),
        ("V P 1.1", "fixed"),
    ]
    assert tree([ProductShown("V", " ", "1.0", "")]).value == {}


def score(number: float, vector: str, version: str) -> CvssShown:
    return CvssShown(number, vector, version, "NVD")


def test_scores_are_published_ones_or_none() -> None:
    three = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
    assert scored(score(9.8, three, "3.1")) == (
        "cvss_v3",
        {"version": "3.1", "vectorString": three, "baseScore": 9.8, "baseSeverity": "CRITICAL"},
    )
    assert scored(score(9.7, three, "3.1")) is None
    assert scored(score(9.8, three, "3.0")) is None
    assert scored(score(9.8, "", "3.1")) is None
    two = scored(score(10.0, "AV:N/AC:L/Au:N/C:C/I:C/A:C", "2.0"))
    assert two is not None and two[0] == "cvss_v2" and "baseSeverity" not in two[1]


def test_each_version_of_the_standard_carries_the_scores_it_knows() -> None:
    values = plain("maximal")
    four = {
        **values["vulnerabilities"][0]["cvss"][0], "version": "4.0", "score": 9.3,
        "vector": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
    }  # fmt: skip
    flaw = {**values["vulnerabilities"][0], "cvss": [*values["vulnerabilities"][0]["cvss"], four]}
    old = document(changed(vulnerabilities=[flaw]))["vulnerabilities"][0]
    new = document(changed(vulnerabilities=[flaw]), "csaf-2.1")["vulnerabilities"][0]
    assert [sorted(each) for each in old["scores"]] == [["cvss_v3", "products"]]
    assert [next(iter(each["content"])) for each in new["metrics"]] == ["cvss_v3", "cvss_v4", "epss"]
    assert new["metrics"][2]["content"]["epss"]["probability"] == "0.99616"
    assert "CVSS:4.0/AV:N" in old["notes"][1]["text"]
    assert old["cwe"]["id"] == "CWE-502" and new["cwes"][0]["id"] == "CWE-502"


def test_a_weakness_whose_name_ends_in_a_space() -> None:
    flaw = {**plain("maximal")["vulnerabilities"][0], "weaknesses": ["CWE-280", "CWE-502"]}
    old = document(changed(vulnerabilities=[flaw]))["vulnerabilities"][0]
    assert old["cwe"]["name"] == "Improper Handling of Insufficient Permissions or Privileges"
    new = document(changed(vulnerabilities=[flaw]), "csaf-2.1")["vulnerabilities"][0]
    assert [each["id"] for each in new["cwes"]] == ["CWE-502"]


def test_a_wrong_score_is_told_in_words_only() -> None:
    flaw = plain("maximal")["vulnerabilities"][0]
    flaw["cvss"][0]["score"] = 4.2
    found = document(changed(vulnerabilities=[flaw]))["vulnerabilities"][0]
    assert "scores" not in found and "CVSS 3.1: 4.2" in found["notes"][1]["text"]


def test_revisions() -> None:
    values = changed(revision=1, changes=None)
    assert document(values)["document"]["tracking"]["version"] == "1.0.0"
    values = changed(
        revision=4, generated="2026-08-21T10:00:00Z",
        changes={
            "revision": 3, "since": "2026-08-20T10:00:00Z",
            "entries": [{"field": "priority", "before": "a", "after": "b"}],
        },
    )  # fmt: skip
    found = document(values, created="2026-08-01T09:00:00Z")["document"]["tracking"]
    assert found["initial_release_date"] == "2026-08-01T09:00:00Z"
    assert [(each["date"][:10], each["number"], each["summary"]) for each in found["revision_history"]] == [
        ("2026-08-01", "1.0.0", "First published."),
        ("2026-08-20", "1.2.0", "Revised."),
        ("2026-08-21", "1.3.0", "Changed: priority."),
    ]
    assert (found["version"], found["id"]) == ("1.3.0", values["id"])


@pytest.mark.parametrize("name", FORMATS)
def test_a_withdrawn_item_keeps_its_id_and_says_why(name: str) -> None:
    gone = Decision(
        "d", "withdraw", "someone", "2026-08-21T00:00:00Z", "It was a hoax.", plain("maximal")["id"]
    )
    found = document(plain("maximal"), name, records=Records(decisions=(gone,)))
    assert found["document"]["title"].startswith("Withdrawn: ")
    assert "It was a hoax." in found["document"]["notes"][0]["text"]
    tracking = found["document"]["tracking"]
    assert tracking["id"] == plain("maximal")["id"]
    # The revision was of 22 August, so a decision of an earlier clock still comes after it.
    assert tracking["version"] == "1.1.1" and tracking["current_release_date"] == "2026-08-22T12:00:01Z"
    assert tracking["revision_history"][-1] == {
        "date": "2026-08-22T12:00:01Z", "number": "1.1.1", "summary": "Withdrawn."
    }  # fmt: skip
    assert "vulnerabilities" not in found and "product_tree" not in found


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", [*NASTY, "x" * 1_000_000], ids=lambda text: ascii(text)[:20])
def test_one_hostile_text_everywhere(text: str, name: str) -> None:
    assert document(spoiled(observed(), [text]), name)["document"]["tracking"]["id"] == observed()["id"]


@settings(max_examples=25, deadline=None)
@given(nasty())
def test_hostile_texts(texts: list[str]) -> None:
    for name in FORMATS:
        assert document(spoiled(observed(), texts), name)["document"]["csaf_version"] in ("2.0", "2.1")


@pytest.mark.corpus
@pytest.mark.parametrize("name", FORMATS)
def test_the_official_schemas(name: str, data: Path) -> None:
    """The JSON Schemas that OASIS publishes, with the schemas of CVSS that they refer to by their addresses."""
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT7, DRAFT202012

    folder = data / "schemas/csaf" / ("csaf_2.0" if name == "csaf" else "csaf_2.1")
    known = {each.name: json.loads(each.read_text("utf-8")) for each in sorted(folder.rglob("*.json"))}

    def fetched(address: str) -> Resource[Any]:
        # The addresses carry dates behind a question mark; CVSS has drafts of its own.
        file = address.partition("?")[0].rpartition("/")[2]
        return Resource.from_contents(
            known[file], default_specification=DRAFT7 if "cvss" in file else DRAFT202012
        )

    root = known["csaf_json_schema.json" if name == "csaf" else "csaf.json"]
    # 2.1 names a meta schema of its own, which says the same of the keywords used.
    schema = {key: value for key, value in root.items() if key != "$schema"}
    validator = Draft202012Validator(schema, registry=Registry(retrieve=fetched))  # type: ignore[call-arg]
    for values in (plain("minimal"), plain("maximal"), observed(), spoiled(plain("maximal"), NASTY)):
        assert [each.message for each in validator.iter_errors(document(values, name))] == []
    broken = document(plain("maximal"), name)
    broken["vulnerabilities"][0]["cve"] = "CVE-1"
    assert list(validator.iter_errors(broken))
