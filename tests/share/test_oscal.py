# SPDX-License-Identifier: Apache-2.0
"""OSCAL: open gaps as POA&M, recorded findings as assessment results; loaded strictly and written again alike."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.share.briefings import NASTY, briefing, context, nasty, plain, spoiled
from trestle.oscal import OSCAL_VERSION
from trestle.oscal.assessment_results import AssessmentResults
from trestle.oscal.poam import PlanOfActionAndMilestones

from scc.model.act import Gap, Review
from scc.share import EXPORTS, Context, NotApplicable, Records
from scc.share.clearance import Refused, clear
from scc.share.oscal_parts import VERSION, control_id

ITEM = "SCC-VUL-2026-0042"
OPEN = Gap(
    id="g1", item=ITEM, framework="cis-v8", control="2.1", description="no list of servers", owner="IT",
    due="2026-09-30", author="a person", found="2026-07-01",
)  # fmt: skip
BARE = Gap(id="g2", item=ITEM, framework="nist-800-53r5", control="AC-2(1)", description="by hand only")
CLOSED = Gap(
    id="g3", item=ITEM, framework="cis-v8", control="8.11", description="closed", status="closed", author="a person",
    found="2026-07-01",
)  # fmt: skip
ACCEPTED = Gap(
    id="g4", item=ITEM, framework="cis-v8", control="3.1", description="accepted", status="accepted",
    author="other person", found="2026-06-01",
)  # fmt: skip
OTHER = Gap(
    id="g5",
    item="SCC-VUL-2026-0001",
    framework="cis-v8",
    control="1.1",
    description="x",
    author="a",
    found="2026-01-01",
)
DONE = Review(id="r1", item=ITEM, date="2026-07-20", reason="looked again", status="done")
TO_COME = Review(id="r2", item=ITEM, date="2026-12-01", reason="look again")
MODELS = {
    "oscal": ("plan-of-action-and-milestones", PlanOfActionAndMilestones),
    "oscal-ar": ("assessment-results", AssessmentResults),
}


def having(*records: Gap | Review, **more: Any) -> Context:
    gaps = tuple(each for each in records if isinstance(each, Gap))
    reviews = tuple(each for each in records if isinstance(each, Review))
    return context(records=Records(gaps=gaps, reviews=reviews), **more)


def write(name: str, values: dict[str, Any], known: Context) -> bytes | NotApplicable:
    return EXPORTS[name].write(briefing(values), known)


def loaded(name: str, data: bytes | NotApplicable) -> dict[str, Any]:
    """The document, loaded by the models of its version and written again without loss."""
    assert isinstance(data, bytes)
    root, model = MODELS[name]
    value = json.loads(data)
    assert list(value) == [root]
    strict = model.model_validate(value[root])
    assert json.loads(strict.oscal_serialize_json()) == value
    found: dict[str, Any] = value[root]
    _checked(found)
    return found


def _checked(found: dict[str, Any]) -> None:
    """References inside the document, which the models do not follow (OSCAL metaschema, index-has-key)."""
    assert found["metadata"]["oscal-version"] == VERSION == OSCAL_VERSION
    uuids = [each["uuid"] for each in _objects(found) if "uuid" in each]
    assert len(uuids) == len(set(uuids))
    parties = {each["uuid"] for each in found["metadata"]["parties"]}
    roles = {each["id"] for each in found["metadata"]["roles"]}
    for each in _objects(found):
        for key, value in each.items():
            if key in ("observation-uuid", "risk-uuid"):
                assert value in uuids
            if key == "actor-uuid":
                assert value in parties
            if key == "role-id":
                assert value in roles
            if key == "party-uuids":
                assert set(value) <= parties
            if key in ("title", "description", "statement", "remarks"):
                assert value.strip() and shown(value), (key, value)
            if isinstance(value, str):
                # What XML 1.0 cannot carry cannot stand in the XML form of the same document.
                assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", value)
    if "import-ap" in found:
        assert found["import-ap"]["href"].removeprefix("#") in uuids


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    if isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


def shown(markup: str) -> str:
    """What a reader of the markup sees; nothing in it may be more than text."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markup)
    assert [each.type for each in tokens] == ["paragraph_open", "inline", "paragraph_close"], markup
    assert {each.type for each in tokens[1].children or ()} == {"text"}, markup
    return "".join(each.content for each in tokens[1].children or ())


def props(value: dict[str, Any]) -> dict[str, str]:
    return {each["name"]: each["value"] for each in value["props"]}


# -- plan of action and milestones


def test_one_item_an_open_gap_and_nothing_of_the_others() -> None:
    found = loaded("oscal", write("oscal", plain("maximal"), having(OPEN, BARE, CLOSED, ACCEPTED, OTHER)))
    assert sorted(props(each)["gap"] for each in found["poam-items"]) == ["g1", "g2"]
    assert [each["status"] for each in found["risks"]] == ["open", "open"]
    assert "import-ssp" not in found and found["system-id"]["id"]


def test_an_item_carries_what_was_recorded() -> None:
    values = plain("maximal")
    found = loaded("oscal", write("oscal", values, having(OPEN)))
    (item,), (risk,), (observation,) = found["poam-items"], found["risks"], found["observations"]
    assert shown(item["description"]) == "no list of servers"
    assert item["title"].startswith("CIS Controls") and "2.1" in item["title"]
    assert props(item) == {
        "gap": "g1", "item": ITEM, "framework": "cis-v8", "control": "2.1", "control-id": "_cis-v8_2.1",
    }  # fmt: skip
    assert risk["deadline"] == "2026-09-30T00:00:00+00:00"
    assert observation["collected"] == "2026-07-01T00:00:00+00:00"
    names = {each["uuid"]: each["name"] for each in found["metadata"]["parties"]}
    assert [names[each["actor-uuid"]] for each in item["origins"][0]["actors"]] == ["a person"]
    roles = {each["id"]: each["title"] for each in found["metadata"]["roles"]}
    milestone = risk["remediations"][-1]["tasks"][0]
    assert milestone["type"] == "milestone" and milestone["timing"]["on-date"]["date"] == risk["deadline"]
    assert [roles[each["role-id"]] for each in milestone["responsible-roles"]] == ["IT"]


def test_actions_of_the_plan_with_that_control_are_recommended() -> None:
    values = plain("maximal")
    found = loaded("oscal", write("oscal", values, having(OPEN)))
    against = [
        each["title"]
        for each in values["actions"]
        if any((one["framework"], one["id"]) == ("cis-v8", "2.1") for one in each["controls"])
    ]
    assert against
    recommended = [
        each for each in found["risks"][0]["remediations"] if each["lifecycle"] == "recommendation"
    ]
    assert [shown(each["title"]) for each in recommended] == against


def test_what_was_not_recorded_is_not_written() -> None:
    found = loaded("oscal", write("oscal", plain("maximal"), having(BARE)))
    assert "observations" not in found and "origins" not in found["poam-items"][0]
    (risk,) = found["risks"]
    assert "deadline" not in risk and risk["statement"] == "Not assessed."
    assert "remediations" not in risk


def test_the_uuid_is_new_when_the_content_is_and_those_inside_stay() -> None:
    values = plain("maximal")
    first = loaded("oscal", write("oscal", values, having(OPEN)))
    assert write("oscal", values, having(OPEN)) == write("oscal", values, having(OPEN))
    values["revision"] += 1
    second = loaded("oscal", write("oscal", values, having(OPEN)))
    assert first["uuid"] != second["uuid"]
    assert first["poam-items"][0]["uuid"] == second["poam-items"][0]["uuid"]
    assert first["metadata"]["props"] == [{"name": "marking", "value": values["tlp"], "class": "tlp"}]


def test_several_items_make_one_plan() -> None:
    values = plain("maximal")
    other = {**plain("maximal"), "id": "SCC-VUL-2026-0001", "tlp": "TLP:RED"}
    known = having(OPEN, OTHER)
    data = EXPORTS["oscal"].write_many([(briefing(values), known), (briefing(other), known)])
    found = loaded("oscal", data)
    assert {props(each)["item"] for each in found["poam-items"]} == {ITEM, "SCC-VUL-2026-0001"}
    assert found["metadata"]["props"][0]["value"] == "TLP:RED"


def test_without_an_open_gap_it_is_not_applicable() -> None:
    found = write("oscal", plain("maximal"), having(CLOSED, ACCEPTED, OTHER))
    assert found == NotApplicable("no gap is open")


@pytest.mark.parametrize("name", sorted(MODELS))
def test_it_is_refused_to_who_may_not_know_about_us(name: str) -> None:
    records = Records(gaps=(OPEN,))
    assert isinstance(clear(briefing(plain("maximal")), records, name, "TLP:AMBER"), Refused)


@pytest.mark.parametrize(
    ("framework", "control", "expected"),
    [
        ("nist-800-53r5", "AC-2(1)", "ac-2.1"),
        ("nist-800-53r5", "CM-8", "cm-8"),
        ("nist-800-53r5", "CM-8 (and more)", "_nist-800-53r5_cm-8--and-more-"),
        ("cis-v8", "2.1", "_cis-v8_2.1"),
        ("iso-27001-2022", "A.8.8", "_iso-27001-2022_A.8.8"),
    ],
)
def test_controls_are_tokens(framework: str, control: str, expected: str) -> None:
    """SP 800-53 in the form of NIST's OSCAL catalogue, rev. 5; for the others no catalogue gives one."""
    assert (
        control_id(Gap(id="g", item=ITEM, framework=framework, control=control, description="")) == expected
    )


# -- assessment results


def test_a_finding_is_a_gap_with_author_and_day_that_is_not_closed() -> None:
    known = having(OPEN, BARE, CLOSED, ACCEPTED, OTHER, DONE, TO_COME)
    (result,) = loaded("oscal-ar", write("oscal-ar", plain("maximal"), known))["results"]
    assert {props(each)["gap"] for each in result["findings"]} == {"g1", "g4"}
    assert {each["target"]["status"]["state"] for each in result["findings"]} == {"not-satisfied"}
    selected = result["reviewed-controls"]["control-selections"][0]["include-controls"]
    assert [each["control-id"] for each in selected] == ["_cis-v8_2.1", "_cis-v8_3.1"]
    reviews = [each for each in result["observations"] if each["title"] == "Review"]
    assert [shown(each["description"]) for each in reviews] == ["looked again"]
    assert (result["start"], result["end"]) == ("2026-06-01T00:00:00+00:00", "2026-07-20T00:00:00+00:00")


def test_an_accepted_gap_says_so() -> None:
    (result,) = loaded("oscal-ar", write("oscal-ar", plain("maximal"), having(ACCEPTED)))["results"]
    assert result["findings"][0]["target"]["status"]["remarks"] == "The gap was accepted."


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        ((), "nobody recorded a finding with its author and day"),
        ((BARE,), "nobody recorded a finding with its author and day"),
        ((CLOSED,), "nobody recorded a finding with its author and day"),
        ((TO_COME,), "nobody recorded a finding with its author and day"),
        ((OTHER,), "nobody recorded a finding with its author and day"),
        ((DONE,), "a review names no control"),
    ],
)
def test_without_a_recorded_finding_it_is_not_applicable(records: tuple[Any, ...], reason: str) -> None:
    assert write("oscal-ar", plain("maximal"), having(*records)) == NotApplicable(reason)


# -- hostile texts


def _records(texts: list[str]) -> Context:
    """Records whose every text is one of these; ids stay apart."""
    fit = [each.encode("utf-8", "replace").decode() for each in texts]
    pick = iter(fit * 40)
    gaps = [
        Gap(
            id=f"{number}{next(pick)}", item=ITEM, framework=next(pick), control=next(pick), description=next(pick),
            owner=next(pick), due=due, author=f"{next(pick)} x", found=date,
        )
        for number, (due, date) in enumerate([("2026-09-30", "2026-07-01"), ("soon", "2026-07-01T10:00:00.1234+02:00"), ("", "")])
    ]  # fmt: skip
    return having(
        *gaps, OPEN, DONE, Review(id="r3", item=ITEM, date="2026-07-21", reason=next(pick), status="done")
    )


@settings(max_examples=80)
@given(nasty())
def test_any_text_gives_documents_that_load(texts: list[str]) -> None:
    values = spoiled(plain("maximal"), texts)
    for name in MODELS:
        loaded(name, write(name, values, _records(texts)))


@pytest.mark.parametrize("text", NASTY)
def test_each_nasty_text_everywhere(text: str) -> None:
    for name in MODELS:
        loaded(name, write(name, spoiled(plain("maximal"), [text]), _records([text])))


@given(st.dates(), st.datetimes(timezones=st.timezones()))
def test_any_day_is_written_as_a_time(due: Any, found: Any) -> None:
    gap = Gap(
        id="g", item=ITEM, framework="cis-v8", control="2.1", description="x", due=due.isoformat(), author="a",
        found=found.isoformat(),
    )  # fmt: skip
    for name in MODELS:
        data = write(name, plain("maximal"), having(gap))
        if not isinstance(data, NotApplicable):
            loaded(name, data)


def test_fields_of_a_megabyte() -> None:
    long = Gap(
        id="g",
        item=ITEM,
        framework="cis-v8",
        control="2.1",
        description="x\u202e'\n*" * 200_000,
        author="a",
        found="2026-07-01",
    )
    for name in MODELS:
        data = write(name, plain("maximal"), having(long))
        assert isinstance(data, bytes)
        root, model = MODELS[name]
        model.model_validate(json.loads(data)[root])
