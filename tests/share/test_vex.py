# SPDX-License-Identifier: Apache-2.0
"""Are we affected: when what is said, and that OpenVEX, CycloneDX and CSAF say the same in valid documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from csaf.csaf.v20._validator import validate as other
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from packageurl import PackageURL
from tests.share.briefings import NASTY, briefing, context, nasty, observed, plain, spoiled

from scc import content, knowledge
from scc.assess.rules import Rules
from scc.model.decision import Decision
from scc.share import EXPORTS, NotApplicable, Records
from scc.share.csaf.check import check
from scc.share.vex import Statement, statements

FORMATS = ("csaf-vex", "openvex", "cyclonedx-vex")
ITEM = plain("maximal")["id"]
OURS = "Meta react-server-dom-webpack"
RANGE = "19.0, 19.1.0, 19.1.1, 19.2.0"


def compared(rule: str, product: str = OURS, version: str = "18.3", *, range_: str = RANGE) -> dict[str, Any]:
    """The full briefing with a relevance as the rules of the content word it."""
    values = plain("maximal")
    reason = Rules(content.open()).reason(rule, (), product=product, version=version, range=range_)
    why = {"sid": "rel-1", "text": reason.text, "citations": [99, 1]}
    answer = "no" if rule == "rel-version-out" else "yes"
    return {
        **values,
        "citations": [*values["citations"], {"id": 99, "rule": rule}],
        "relevance": {**values["relevance"], "answer": answer, "why": [why]},
    }


def said(values: dict[str, Any], *decisions: Decision) -> dict[str, Statement]:
    """Statements by product, for a briefing with one vulnerability."""
    found = statements(briefing(values), context(records=Records(decisions=decisions)))
    assert not isinstance(found, NotApplicable)
    return {each.subject.title: each for each in found}


def ruled(kind: str, reason: str, time: str = "2026-08-21T00:00:00Z", target: str = ITEM) -> Decision:
    return Decision(f"d-{time}-{kind}", kind, "the analyst", time, reason, target)  # type: ignore[arg-type]


def exported(values: dict[str, Any], name: str, *decisions: Decision) -> dict[str, Any]:
    data = EXPORTS[name].write(briefing(values), context(records=Records(decisions=decisions)))
    assert isinstance(data, bytes)
    assert data == EXPORTS[name].write(briefing(values), context(records=Records(decisions=decisions)))
    found: dict[str, Any] = json.loads(data)
    if name == "csaf-vex":
        assert check(found, knowledge.open()) == []
        report = other(found)
        assert [each.id for each in report.results if not (each.passed or each.skipped)] == []
    return found


def test_a_version_outside_the_range_is_not_affected() -> None:
    found = said(compared("rel-version-out"))
    ours = found.pop(f"{OURS} 18.3")
    assert (ours.state, ours.justification) == ("not_affected", "vulnerable_code_not_present")
    assert ours.why == f"The version in use, 18.3, lies outside the affected range {RANGE}."
    # The two other products that the source names were not compared with anything.
    assert {each.state for each in found.values()} == {"under_investigation"}
    assert list(found) == ["Meta react-server-dom-parcel", "Meta react-server-dom-turbopack"]


def test_a_version_inside_the_range_is_affected_and_says_what_to_do() -> None:
    ours = said(compared("rel-match-version", version="19.1.0"))[f"{OURS} 19.1.0"]
    assert (ours.state, ours.justification) == ("affected", "")
    assert ours.action.startswith("Fixed versions: 19.0.1, 19.1.2, 19.2.1. Actions: ")


@pytest.mark.parametrize(
    "rule", ["rel-match", "rel-covered", "rel-no-match", "rel-no-profile", "rel-possible", "rel-no-ot"]
)
def test_no_comparison_decides_nothing(rule: str) -> None:
    values = compared("rel-version-out")
    values["citations"][-1]["rule"] = rule
    assert {each.state for each in said(values).values()} == {"under_investigation"}


def test_a_sentence_without_its_rule_decides_nothing() -> None:
    values = compared("rel-version-out")
    values["relevance"]["why"][0]["citations"] = [1]
    assert {each.state for each in said(values).values()} == {"under_investigation"}


def test_several_vulnerabilities_leave_the_comparison_open() -> None:
    values = compared("rel-version-out")
    values["vulnerabilities"] = [
        *values["vulnerabilities"],
        {**values["vulnerabilities"][0], "id": "CVE-2025-66478"},
    ]
    found = statements(briefing(values), context())
    assert not isinstance(found, NotApplicable)
    assert len(found) == 6
    assert {each.state for each in found} == {"under_investigation"}


def test_a_part_of_a_name_is_another_product() -> None:
    """ "Chrome OS" outside the range says nothing of "Chrome"."""
    values = compared("rel-version-out", "Meta react-server-dom-webpack plugin")
    found = said(values)
    assert found[OURS].state == "under_investigation"
    assert found["Meta react-server-dom-webpack plugin 18.3"].state == "not_affected"


@pytest.mark.parametrize("kind", ["dismiss", "correct"])
@pytest.mark.parametrize(
    "label",
    [
        "component_not_present",
        "vulnerable_code_not_present",
        "vulnerable_code_not_in_execute_path",
        "vulnerable_code_cannot_be_controlled_by_adversary",
        "inline_mitigations_already_exist",
    ],
)
def test_a_person_states_it_with_a_justification(kind: str, label: str) -> None:
    found = said(plain("maximal"), ruled(kind, f"{label}: looked at every host"))
    assert len(found) == 3
    for each in found.values():
        assert (each.state, each.justification) == ("not_affected", label)
        assert each.why == "Stated by the analyst: looked at every host"


@pytest.mark.parametrize(
    "decision",
    [
        ruled("dismiss", "not interesting"),
        ruled("dismiss", "we think component_not_present"),
        ruled("dismiss", "component_not_presented"),
        ruled("publish", "component_not_present"),
        ruled("dismiss", "component_not_present", target="SCC-VUL-2026-0001"),
    ],
)
def test_without_justification_or_for_another_item_it_is_no_statement(decision: Decision) -> None:
    assert {each.state for each in said(plain("maximal"), decision).values()} == {"under_investigation"}


def test_the_last_word_holds() -> None:
    first = ruled("dismiss", "component_not_present", "2026-08-20T00:00:00Z")
    later = ruled("confirm", "it was found after all", "2026-08-21T00:00:00Z")
    assert {each.state for each in said(plain("maximal"), later, first).values()} == {"under_investigation"}
    again = ruled("dismiss", "vulnerable_code_not_present", "2026-08-22T00:00:00Z")
    found = said(plain("maximal"), again, later, first)
    assert {each.justification for each in found.values()} == {"vulnerable_code_not_present"}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"vulnerabilities": []}, "no vulnerability is named"),
        ({"products": [], "relevance": {"answer": "maybe", "why": []}}, "no product is named"),
        ({"status": "withdrawn"}, "the item was withdrawn"),
    ],
)
def test_nothing_to_say(parts: dict[str, Any], reason: str, name: str) -> None:
    found = EXPORTS[name].write(briefing({**plain("maximal"), **parts}), context())
    assert found == NotApplicable(reason)


def test_a_word_of_a_person_after_the_revision_is_a_newer_document() -> None:
    item = briefing(compared("rel-version-out"))
    said = Decision(
        "d1", "correct", "A", "2026-09-01T08:00:00Z", "component_not_present: never had it", item.id
    )
    back = Decision("d2", "confirm", "A", "2026-09-02T08:00:00Z", "It is there after all.", item.id)
    versions: dict[str, list[Any]] = {name: [] for name in FORMATS}
    for decisions in ((), (said,), (said, back)):
        known = context(records=Records(decisions=decisions))
        for name in FORMATS:
            found = json.loads(EXPORTS[name].write(item, known))
            if name == "csaf-vex":
                tracking = found["document"]["tracking"]
                assert check(found, knowledge.open()) == [] and other(found).overall_valid
                assert tracking["current_release_date"] == tracking["revision_history"][-1]["date"]
                told = tuple(map(int, tracking["version"].split("."))), tracking["current_release_date"]
            elif name == "openvex":
                told = found["version"], found["last_updated"]
            else:
                told = found["version"], found["metadata"]["timestamp"]
            versions[name].append(told)
    for name in FORMATS:
        numbers, times = zip(*versions[name], strict=True)
        assert list(numbers) == sorted(set(numbers)), name
        assert times == (f"{item.generated[:19]}Z", "2026-09-01T08:00:00Z", "2026-09-02T08:00:00Z")


def test_openvex() -> None:
    found = exported(compared("rel-version-out"), "openvex")
    assert found["statements"][0] == {
        "vulnerability": {"name": "CVE-2025-55182"},
        "products": [{"@id": "pkg:generic/Meta%20react-server-dom-webpack@18.3"}],
        "status": "not_affected",
        "justification": "vulnerable_code_not_present",
        "impact_statement": f"The version in use, 18.3, lies outside the affected range {RANGE}.",
    }
    url = PackageURL.from_string(found["statements"][0]["products"][0]["@id"])
    assert (url.name, url.version) == (OURS, "18.3")
    assert [each["status"] for each in found["statements"][1:]] == ["under_investigation"] * 2
    assert (found["@context"], found["version"]) == ("https://openvex.dev/ns/v0.2.0", 2)
    affected = exported(compared("rel-match-version", version="19.0"), "openvex")["statements"][0]
    assert affected["status"] == "affected" and affected["action_statement"].startswith(
        "Fixed versions: 19.0.1"
    )


def test_cyclonedx() -> None:
    found = exported(compared("rel-version-out"), "cyclonedx-vex")
    names = {each["bom-ref"]: (each["name"], each.get("version")) for each in found["components"]}
    states = {
        names[one["ref"]]: (each["analysis"]["state"], each["analysis"].get("justification"))
        for each in found["vulnerabilities"]
        for one in each["affects"]
    }
    assert states == {
        (OURS, "18.3"): ("not_affected", "code_not_present"),
        ("Meta react-server-dom-parcel", None): ("in_triage", None),
        ("Meta react-server-dom-turbopack", None): ("in_triage", None),
    }
    # One entry a reason: the two that were not compared share theirs.
    assert [len(each["affects"]) for each in found["vulnerabilities"]] == [1, 2]
    assert found["vulnerabilities"][0]["ratings"] == [
        {
            "score": 10.0, "method": "CVSSv31", "severity": "critical", "source": {"name": "CNA Meta"},
            "vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H",
        }
    ]  # fmt: skip
    assert found["vulnerabilities"][0]["cwes"] == [502]
    assert {"name": "scc:tlp", "value": "TLP:AMBER"} in found["metadata"]["properties"]
    inside = exported(compared("rel-match-version", version="19.0"), "cyclonedx-vex")
    assert inside["vulnerabilities"][0]["analysis"]["state"] == "exploitable"


def test_csaf() -> None:
    found = exported(compared("rel-version-out"), "csaf-vex")
    names = {each["product_id"]: each["name"] for each in found["product_tree"]["full_product_names"]}
    flaw = found["vulnerabilities"][0]
    assert [names[each] for each in flaw["product_status"]["known_not_affected"]] == [f"{OURS} 18.3"]
    assert len(flaw["product_status"]["under_investigation"]) == 2
    assert flaw["flags"][0]["label"] == "vulnerable_code_not_present"
    assert found["document"]["publisher"]["category"] == "user"
    assert found["document"]["tracking"]["id"] == f"{ITEM}-VEX"
    inside = exported(compared("rel-match-version", version="19.0"), "csaf-vex")["vulnerabilities"][0]
    assert inside["remediations"][0]["product_ids"] == inside["product_status"]["known_affected"]


SAMPLES = {
    "outside": compared("rel-version-out"), "inside": compared("rel-match-version", version="19.0"),
    "open": plain("maximal"), "seen": observed(),
    **{f"nasty {number}": spoiled(observed(), [text]) for number, text in enumerate(NASTY)},
    "long": spoiled(observed(), ["x" * 1_000_000]),
}  # fmt: skip


@pytest.mark.corpus
@pytest.mark.parametrize("name", SAMPLES)
def test_openvex_is_valid_by_its_schema(name: str, data: Path) -> None:
    schema = json.loads((data / "schemas/openvex/openvex_json_schema.json").read_text("utf-8"))
    written = EXPORTS["openvex"].write(briefing(SAMPLES[name]), context())
    if isinstance(written, NotApplicable):
        assert name.startswith("nasty") and written.reason == "no product is named"
        return
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [each.message for each in validator.iter_errors(json.loads(written))] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_cyclonedx_is_valid_by_its_schema(name: str) -> None:
    validation = pytest.importorskip(
        "cyclonedx.validation.json", reason="cyclonedx-python-lib has the schema"
    )
    from cyclonedx.schema import SchemaVersion

    written = EXPORTS["cyclonedx-vex"].write(briefing(SAMPLES[name]), context())
    if isinstance(written, NotApplicable):
        assert name.startswith("nasty") and written.reason == "no product is named"
        return
    assert validation.JsonStrictValidator(SchemaVersion.V1_6).validate_str(written.decode()) is None


@settings(max_examples=25, deadline=None)
@given(nasty())
def test_hostile_texts(texts: list[str]) -> None:
    for name in FORMATS:
        values = spoiled(compared("rel-version-out"), texts)
        written = EXPORTS[name].write(briefing(values), context())
        if isinstance(written, NotApplicable):
            assert written.reason == "no product is named"
            continue
        found = json.loads(written)
        assert "not_affected" not in json.dumps(found.get("statements", found.get("vulnerabilities")))
        if name == "csaf-vex":
            assert check(found, knowledge.open()) == []
            assert other(found).overall_valid
