# SPDX-License-Identifier: Apache-2.0
"""STIX: valid by the reference library, MITRE's ids, deterministic, observed values only, revisions, retraction."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec
import pytest
import stix2
from hypothesis import given, settings
from stix2patterns.validator import run_validator
from tests.share.briefings import NASTY, OBSERVED, briefing, context, nasty, observed, plain, spoiled

from scc.model.decision import Decision
from scc.model.tlp import ORDER
from scc.share import EXPORTS, Records
from scc.share.stix_markings import COPYRIGHT, US
from scc.share.stix_patterns import SCO_NAMESPACE, observables, pattern

SCOS = {
    "ipv4-addr", "ipv6-addr", "domain-name", "url", "email-addr", "file", "directory", "windows-registry-key",
    "mutex", "autonomous-system", "software", "user-account",
}  # fmt: skip
OURS = {
    "report", "note", "indicator", "relationship", "course-of-action", "vulnerability", "malware", "intrusion-set",
    "attack-pattern",
}  # fmt: skip


def bundle(values: dict[str, Any], **known: Any) -> list[dict[str, Any]]:
    """The objects of the export, after the reference library has accepted every one."""
    data = EXPORTS["stix"].write(briefing(values), context(**known))
    assert isinstance(data, bytes)
    accepted(data)
    return json.loads(data)["objects"]


def accepted(data: bytes) -> None:
    """Parse strictly, and check what the library does not: references inside the bundle, unique ids, version."""
    found = stix2.parse(data.decode(), allow_custom=False)
    assert type(found) is stix2.v21.Bundle
    objects = json.loads(data)["objects"]
    ids = [each["id"] for each in objects]
    assert len(ids) == len(set(ids))
    for each in objects:
        assert each["spec_version"] == "2.1"
        for key, value in each.items():
            refs = [value] if key.endswith("_ref") else value if key.endswith("_refs") else []
            assert set(refs) <= set(ids), (each["id"], key)


def of(objects: list[dict[str, Any]], type_: str) -> list[dict[str, Any]]:
    return [each for each in objects if each["type"] == type_]


@pytest.mark.parametrize("name", ["minimal", "maximal"])
def test_the_contract_exports(name: str) -> None:
    values = plain(name)
    objects = bundle(values)
    report = of(objects, "report")[0]
    assert report["name"] == values["title"]
    assert [
        each["external_id"] for each in report["external_references"] if each["source_name"] == "scc"
    ] == [values["id"]]
    assert {each["name"] for each in of(objects, "vulnerability")} == {
        v["id"] for v in values["vulnerabilities"]
    }
    assert {each["name"] for each in of(objects, "course-of-action")} == {
        a["title"] for a in values["actions"]
    }


def test_the_report_names_everything_it_tells_of() -> None:
    objects = bundle(observed())
    told = {
        each["id"]
        for each in objects
        if each["type"] not in ("report", "note", "marking-definition", "identity")
    }
    possible = {each["id"] for each in objects if each.get("name") == "Valid Accounts"}
    assert set(of(objects, "report")[0]["object_refs"]) == told - possible
    assert len(possible) == 1
    assert any(possible <= set(note["object_refs"]) for note in of(objects, "note"))


def test_a_report_on_nothing_names_its_author() -> None:
    assert of(bundle(plain("minimal")), "report")[0]["object_refs"] == [US]


def test_attack_stands_under_ids_of_mitre() -> None:
    objects = bundle(observed())
    found = {each["external_references"][0]["external_id"]: each for each in objects if COPYRIGHT in marks(each)
             and "external_references" in each}  # fmt: skip
    # The ids as attack.mitre.org publishes them.
    assert found["T1190"]["id"] == "attack-pattern--3f886f2a-874f-4333-b794-aa6075009b1c"
    assert found["G0016"]["id"] == "intrusion-set--899ce53f-13a0-479b-a0e4-67d46e241542"
    assert found["S0154"]["id"] == "malware--a7881f21-e978-4fe4-af56-92c9416a2616"
    assert found["T1059.007"]["external_references"][0]["url"].endswith("/techniques/T1059/007")
    for each in found.values():
        assert each["created"] == each["modified"] < "2026"
        assert each["created_by_ref"] == "identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5"
        assert "revoked" not in each and "description" not in each


def marks(each: dict[str, Any]) -> list[str]:
    return each.get("object_marking_refs", [])


@pytest.mark.parametrize("label", ORDER)
def test_tlp_is_the_official_marking_on_everything_of_ours(label: str) -> None:
    objects = bundle({**observed(), "tlp": label})
    mark = next(each for each in of(objects, "marking-definition") if each.get("name") == label)
    extension = mark["extensions"]["extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"]
    assert extension == {"extension_type": "property-extension", "tlp_2_0": label[4:].lower()}
    for each in objects:
        if each["type"] in OURS | SCOS and COPYRIGHT not in marks(each):
            assert marks(each) == [mark["id"]]


def test_only_observed_values_become_indicators() -> None:
    assert of(bundle(plain("maximal")), "indicator") == []
    objects = bundle(observed())
    without = {"ja3", "ja4", "cryptocurrency-address", "android-package"}
    assert {each["name"] for each in of(objects, "indicator")} == {
        value for type_, value in OBSERVED.items() if type_ not in without
    }
    note = next(each for each in of(objects, "note") if each.get("abstract") == "Values")
    assert all(OBSERVED[type_] in note["content"] for type_ in without)
    for each in of(objects, "indicator"):
        assert run_validator(each["pattern"], stix_version="2.1") == []
        assert each["valid_from"] == "2025-12-04T00:00:00.000Z"  # the date of the source cited
        assert each["confidence"] == (15 if each["name"] == OBSERVED["filename"] else 85)
    until = {each["name"]: each["valid_until"] for each in of(objects, "indicator") if "valid_until" in each}
    assert until == {"203.0.113.7": "2026-12-31T00:00:00.000Z"}


def test_a_value_that_ended_before_it_began_is_only_noted() -> None:
    values = observed()
    values["indicators"][0]["valid_until"] = "2025-12-04"
    objects = bundle(values)
    assert "203.0.113.7" not in {each["name"] for each in of(objects, "indicator")}
    assert any("ipv4: 203.0.113.7" in each["content"] for each in of(objects, "note"))


def test_observables_have_the_ids_of_the_standard() -> None:
    for type_, value in OBSERVED.items():
        for each in observables(type_, value):
            made = type(stix2.parse(each))(
                **{k: v for k, v in each.items() if k not in ("id", "type", "spec_version")}
            )
            assert made.id == each["id"]
    # The example of the specification's namespace: an address of RFC 5737.
    assert str(SCO_NAMESPACE) == "00abedb4-aa42-466c-9c01-fed23315a9b7"
    assert pattern("filepath", "C:\\a\\b.exe") == (
        "[file:name = 'b.exe' AND file:parent_directory_ref.path = 'C:\\\\a']"
    )
    assert pattern("cidr", "198.51.100.0/24") == "[ipv4-addr:value ISSUBSET '198.51.100.0/24']"


def test_addresses_without_a_scheme_and_names_that_nobody_can_register() -> None:
    assert pattern("url", "bad.example/a.js") == (
        "[url:value = 'http://bad.example/a.js' OR url:value = 'https://bad.example/a.js']"
    )
    # An underscore and an emoji: they resolve, but RFC 5890 does not allow them in a domain-name object.
    for value in ("_x.bad.example", "xn--ls8h.example", "ab--cd.example"):
        assert pattern("domain", value) == f"[domain-name:value = '{value}']"
        assert observables("domain", value) == []
    assert observables("domain", "xn--mnchen-3ya.example") != []


@pytest.mark.parametrize(("type_", "value"), [
    ("ipv4", "999.1.1.1"), ("ipv6", "fe80::1%eth0"), ("domain", "a b"), ("url", "javascript:alert(1)"), ("md5", "z" * 32),
    ("email", "a@b@c"), ("registry-key", "HKXX\\a"), ("port", "70000"), ("asn", "ASx"), ("filepath", "C:\\a\\"),
    ("package", "pkg:npm"), ("mutex", " "),
])  # fmt: skip
def test_a_value_that_does_not_fit_has_no_pattern(type_: str, value: str) -> None:
    assert pattern(type_, value) == "" and observables(type_, value) == []


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("url", "cdn.example/attachments/[0-9]{18}/name.rar"),  # a template
        ("url", "https://host.example/calc\\_poc/calc.dll"),  # markup left in it
        ("url", "https://host.example/*/gate.php"),  # a wildcard, which a comparison takes as it is
        ("url", "https://host.example/a b"),
        ("filename", "urlmon.dll"),
        ("filename", "SvcHost.exe"),
        ("registry-key", "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run"),
        ("registry-key", "HKLM\\SYSTEM\\CurrentControlSet\\Services\\"),
        ("registry-key", "HKLM\\"),
    ],
)
def test_what_would_never_or_always_match_has_no_pattern(type_: str, value: str) -> None:
    assert pattern(type_, value) == ""


def test_a_key_is_named_without_the_mark_at_its_end() -> None:
    found = pattern("registry-key", "HKLM\\SYSTEM\\CurrentControlSet\\Services\\wsaudio\\")
    # A backslash is written twice in a pattern (section 9.2).
    assert found.count("HKEY_LOCAL_MACHINE") == 1 and found.endswith("\\\\wsaudio']")


def test_a_name_alone_is_told_with_low_confidence() -> None:
    marks = {each["name"]: each for each in of(bundle(observed()), "indicator")}
    assert marks["it's.exe"]["confidence"] == 15 < marks["login.example"]["confidence"]
    assert "A name alone" in marks["it's.exe"]["description"]


def stated(values: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Every relation by the names of its ends."""
    objects = bundle(values)
    names = {each["id"]: each.get("name", "") for each in objects}
    return {
        (names[r["source_ref"]], r["relationship_type"], names[r["target_ref"]])
        for r in of(objects, "relationship")
    }


def test_relations_are_stated_only_where_one_thing_is_meant() -> None:
    one = observed()
    one["techniques"][0]["citations"] = one["vulnerabilities"][0]["citations"] = [25]
    said = stated(one)
    assert ("APT29", "uses", one["techniques"][0]["name"]) in said
    assert ("APT29", "targets", "CVE-2025-55182") in said
    assert ("login.example", "indicates", "APT29") in said
    one["actors"].append({"name": "Another", "id": "", "citations": [25]})
    assert not [each for each in stated(one) if each[1] in ("uses", "targets", "indicates")]


def test_two_things_that_no_document_names_together_are_not_related() -> None:
    # The group stands in the document of citation 25, the techniques and the first value in others.
    values = observed()
    values["indicators"][0]["citations"] = [1]
    said = stated(values)
    used = {each["name"] for each in values["techniques"]}
    assert not [each for each in said if each[1] == "uses" and each[2] in used]
    assert (values["indicators"][0]["value"], "indicates", "APT29") not in said
    assert (values["indicators"][1]["value"], "indicates", "APT29") in said


def test_an_action_mitigates_only_what_it_takes_away() -> None:
    values = plain("maximal")
    kinds = {"install-fix": "mitigates", "restrict-exposure": "mitigates", "protect-backups": "related-to"}
    eradication = [each for each in values["actions"] if each["step"] == "eradication"]
    for action, effect in zip(eradication * 2, kinds, strict=False):
        action["effect"] = effect
        assert (action["title"], kinds[effect], "CVE-2025-55182") in stated(values)
    values |= {"vulnerabilities": [], "actors": []}
    eradication[0]["effect"] = "protect-backups"
    eradication[1]["effect"] = "communicate-staff"
    assert (eradication[0]["title"], "mitigates", "EtherRAT") in stated(values)
    assert (eradication[1]["title"], "related-to", "EtherRAT") in stated(values)


def test_what_would_change_the_picture_is_not_told_as_what_is_not_known() -> None:
    values = plain("maximal")
    notes = {each["abstract"]: each["content"] for each in of(bundle(values), "note")}
    for title, key in (("What is not known", "unknown"), ("What would change this", "would_change")):
        assert notes[title] == "\n".join(each["text"] for each in values["page_one"][key])


def test_a_score_without_version_and_vector_has_no_holes() -> None:
    values = plain("maximal")
    flaw = values["vulnerabilities"][0]
    flaw["cvss"] = [{"score": 8.8, "vector": "", "version": "", "origin": "Vendor"}]
    flaw["kev"] = "not in KEV as of 2026-08-21"
    (found,) = of(bundle(values), "vulnerability")
    assert "CVSS: 8.8 (Vendor)." in found["description"].splitlines()
    assert "Not in CISA KEV as of 2026-08-21." in found["description"].splitlines()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            "pkg:npm/%40scope/name",
            "A package of npm. No version is named: the package may have clean versions.",
        ),
        ("pkg:npm/%40scope/name@1.2.3", "A package of npm."),
        ("pkg:pypi/name@1.0?x=y", "A package of pypi."),
        ("name", "No version is named: the package may have clean versions."),
    ],
)
def test_a_package_says_its_ecosystem_and_whether_a_version_is_meant(value: str, said: str) -> None:
    values = observed()
    (shown,) = [
        each for each in values["indicators"] if each["type"] == "package" and each["role"] == "observed"
    ]
    shown["value"] = value
    (found,) = [each for each in of(bundle(values), "indicator") if each["name"] == value]
    assert said in found["description"].split("\n\n")


def test_a_revision_keeps_created_and_moves_modified() -> None:
    first = {**observed(), "revision": 1, "generated": "2025-12-08T08:00:00Z"}
    second = observed()
    old = {each["id"]: each for each in bundle(first)}
    new = {each["id"]: each for each in bundle(second, created="2025-12-08T08:00:00Z")}
    both = [
        id_ for id_ in old if id_ in new and old[id_]["type"] in OURS and COPYRIGHT not in marks(old[id_])
    ]
    assert len(both) > 20
    for id_ in both:
        assert new[id_]["created"] == old[id_]["created"] == "2025-12-08T08:00:00.000Z"
        assert old[id_]["modified"] == "2025-12-08T08:00:00.000Z"
        assert new[id_]["modified"] == "2026-08-22T12:00:00.000Z"


def _withdrawal() -> Records:
    item = plain("maximal")["id"]
    return Records(
        decisions=(Decision("d-1", "withdraw", "duty", "2026-08-23T00:00:00Z", "It was false.", item),)
    )


@pytest.mark.parametrize("way", ["status", "decision", "neither"])
def test_a_withdrawn_item_is_revoked(way: str) -> None:
    values = {**observed(), "status": "withdrawn" if way == "status" else "confirmed"}
    objects = bundle(values, records=_withdrawal() if way == "decision" else Records())
    for each in objects:
        if each["type"] in OURS and COPYRIGHT not in marks(each):
            assert each.get("revoked", False) is (way != "neither")
        else:
            assert "revoked" not in each


@pytest.mark.parametrize(
    ("ruled", "modified"),
    [
        ("2026-08-23T00:00:00Z", "2026-08-23T00:00:00.000Z"),
        ("2026-08-22T12:00:00Z", "2026-08-22T12:00:01.000Z"),  # in the moment of the revision itself
        ("2026-08-01T00:00:00+02:00", "2026-08-22T12:00:01.000Z"),  # a clock was behind
        ("yesterday", "2027-01-01T00:00:00.000Z"),  # no time: the next decision counts
    ],
)
def test_a_withdrawal_is_a_later_version_of_the_same_objects(ruled: str, modified: str) -> None:
    decision = _withdrawal().decisions[0]
    again = msgspec.structs.replace(decision, id="d-2", time="2027-01-01T00:00:00Z")
    records = Records(decisions=(again, msgspec.structs.replace(decision, time=ruled)))
    live = {each["id"]: each for each in bundle(observed(), created="2025-12-08T08:00:00Z")}
    gone = bundle(observed(), created="2025-12-08T08:00:00Z", records=records)
    changed = [each for each in gone if each.get("revoked")]
    assert {each["id"] for each in gone} == set(live) and len(changed) > 20
    for each in changed:
        assert (each["created"], each["modified"]) == ("2025-12-08T08:00:00.000Z", modified)
        assert live[each["id"]]["created"] == each["created"] and live[each["id"]]["modified"] < modified


def test_a_revision_that_says_that_it_is_withdrawn_has_its_own_time() -> None:
    gone = bundle({**observed(), "status": "withdrawn"}, records=_withdrawal())
    assert {each["modified"] for each in gone if each.get("revoked")} == {"2026-08-22T12:00:00.000Z"}


def test_the_same_briefing_gives_the_same_bytes() -> None:
    one = EXPORTS["stix"].write(briefing(observed()), context())
    assert one == EXPORTS["stix"].write(briefing(observed()), context())


def test_what_concerns_only_us_is_not_written() -> None:
    values = plain("maximal")
    data = json.dumps(bundle(values), ensure_ascii=False)
    page = values["page_one"]
    for text in (
        page["decide"]["text"],
        values["relevance"]["why"][0]["text"],
        values["priority_reasons"][0]["text"],
    ):
        assert text not in data


@settings(max_examples=60)
@given(nasty())
def test_hostile_texts_leave_it_valid(texts: list[str]) -> None:
    for values in (plain("minimal"), observed()):
        objects = bundle(spoiled(values, texts))
        for each in of(objects, "indicator"):
            assert run_validator(each["pattern"], stix_version="2.1") == []
        for each in objects:
            for reference in each.get("external_references", []):
                assert not re.search(r"[^\x21-\x7e]", reference.get("url", ""))


@pytest.mark.parametrize("text", NASTY)
def test_each_nasty_text_alone(text: str) -> None:
    assert of(bundle(spoiled(observed(), [text])), "report")


def test_fields_of_a_megabyte() -> None:
    values = observed()
    values["title"] = values["summary"][0]["text"] = values["indicators"][3]["value"] = "x" * 1_000_000
    objects = bundle(values)
    assert len(of(objects, "report")[0]["name"]) == 1_000_000
    assert OBSERVED["domain"] not in {each["name"] for each in of(objects, "indicator")}
