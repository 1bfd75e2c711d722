# SPDX-License-Identifier: Apache-2.0
"""CACAO playbooks: the plan's order as a workflow, the gate a person's, changes manual, rules of the standard."""

from __future__ import annotations

import base64
import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from tests.share.briefings import NASTY, briefing, context, nasty, observed, plain, spoiled

from scc.model.decision import Decision
from scc.model.plan import GATED
from scc.share import EXPORTS, NotApplicable
from scc.share.clearance import Refused, clear, world
from scc.share.interface import Records

# Property tables of CACAO 2.0 (playbook, workflow steps): ours is a part of them.
PLAYBOOK = {
    "type", "spec_version", "id", "name", "description", "playbook_types", "playbook_activities",
    "playbook_processing_summary", "created_by", "created", "modified", "revoked", "related_to", "priority",
    "severity", "labels", "external_references", "markings", "playbook_variables", "workflow_start", "workflow",
    "agent_definitions", "data_marking_definitions",
}  # fmt: skip
COMMON = {"type", "name", "description", "external_references", "on_completion"}
STEPS = {
    "start": COMMON, "end": COMMON - {"on_completion"},
    "action": COMMON | {"commands", "agent", "out_args"},
    "if-condition": COMMON | {"condition", "on_true", "on_false"},
    "switch-condition": COMMON | {"switch", "cases"},
}  # fmt: skip
NEEDED = {
    "start": {"on_completion"}, "end": set(), "action": {"commands", "agent", "on_completion"},
    "if-condition": {"condition", "on_true"}, "switch-condition": {"switch", "cases"},
}  # fmt: skip
STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
ACTIVITIES = {
    "scan-system", "analyze-collected-data", "restrict-access", "eliminate-risk", "restore-capabilities",
    "configure-systems",
}  # fmt: skip


def playbook(values: dict[str, Any], **known: Any) -> dict[str, Any]:
    """The export, checked against the standard's rules."""
    data = EXPORTS["cacao"].write(briefing(values), context(**known))
    assert isinstance(data, bytes)
    found = json.loads(data)
    checked(found)
    return found


def checked(found: dict[str, Any]) -> None:
    """What the standard asks of every playbook."""
    assert set(found) <= PLAYBOOK and found["type"] == "playbook" and found["spec_version"] == "cacao-2.0"
    assert STAMP.fullmatch(found["created"]) and STAMP.fullmatch(found["modified"])
    assert found["created"] <= found["modified"]
    workflow = found["workflow"]
    assert workflow[found["workflow_start"]]["type"] == "start"
    assert sorted(each["type"] for each in workflow.values()).count("start") == 1
    for id_, step in workflow.items():
        kind, _, number = id_.partition("--")
        assert kind == step["type"] and uuid.UUID(number).version == 4
        assert NEEDED[kind] <= set(step) <= STEPS[kind]
        for each in following(step):
            assert each in workflow
        if kind == "action":
            assert step["agent"] in found["agent_definitions"] and step["commands"]
        for each in step.get("commands", ()):
            assert each["type"] in ("manual", "bash", "powershell")
            assert set(each) <= {"type", "description", "playbook_activity", "command", "command_b64"}
            text = each["command"] if "command" in each else base64.b64decode(each["command_b64"]).decode()
            assert text.strip()
        for each in step.get("external_references", ()):
            assert each in found["external_references"]
    used = {one["playbook_activity"] for each in workflow.values() for one in each.get("commands", ())}
    assert set(found["playbook_activities"]) == used <= ACTIVITIES
    for each in found["external_references"]:
        assert each["name"] and set(each) & {"description", "source", "url", "external_id", "reference_id"}
    for id_, agent in found["agent_definitions"].items():
        assert id_.startswith("group--") and agent["type"] == "group" and agent["name"].strip()
    assert set(found["markings"]) == set(found["data_marking_definitions"])
    numbers = [each.partition("--")[2] for each in _ids(found)]
    assert len(numbers) == len(set(numbers))
    reached = walk(workflow, found["workflow_start"])
    assert reached == set(workflow), "a step nobody reaches, or a branch without an end of its own"


def _ids(found: dict[str, Any]) -> list[str]:
    return [found["id"], *found["workflow"], *found["agent_definitions"], *found["data_marking_definitions"]]


def following(step: dict[str, Any]) -> list[str]:
    ways = [step[key] for key in ("on_completion", "on_true", "on_false") if key in step]
    return [*ways, *step.get("cases", {}).values()]


def walk(workflow: dict[str, Any], at: str) -> set[str]:
    """All steps of a branch up to its end; fails on a cycle and on two branches that share a step."""
    seen: set[str] = set()
    while True:
        assert at not in seen
        seen.add(at)
        step = workflow[at]
        if step["type"] == "end":
            return seen
        branches = [each for each in following(step) if each != step["on_completion"]]
        if step["type"] == "if-condition":
            assert len(branches) == (2 if "on_false" in step else 1)
        for branch in branches:
            inner = walk(workflow, branch)
            assert not inner & seen
            seen |= inner
        at = step["on_completion"]


def path(found: dict[str, Any], outcome: str) -> list[str]:
    """Names of the action steps that a person walks when the gate has this outcome."""
    names: list[str] = []

    def follow(at: str) -> None:
        step = found["workflow"][at]
        if step["type"] == "action":
            names.append(step["name"])
        if step["type"] == "if-condition":
            variable, sign, value = re.fullmatch(
                r"(__[a-z_]+__):value (!?=) '([a-z-]+)'", step["condition"]
            ).groups()
            assert variable in found["playbook_variables"]
            way = "on_true" if (outcome == value) is (sign == "=") else "on_false"
            if way in step:
                follow(step[way])
        if step["type"] == "switch-condition":
            assert step["switch"].removesuffix(":value") in found["playbook_variables"]
            follow(step["cases"][outcome])
        if "on_completion" in step:
            follow(step["on_completion"])

    follow(found["workflow_start"])
    return names


LOOKS = ["act-0101", "act-0102"]
CHANGES = ["act-0103", "act-0104", "act-0105"]


def titles(values: dict[str, Any], ids: list[str]) -> list[str]:
    known = {each["id"]: each["title"] for each in values["actions"]}
    return [known[each] for each in ids]


@pytest.mark.parametrize("outcome", ["no-evidence", "suspected"])
def test_the_plan_runs_in_its_order_with_the_gate_before_the_first_change(outcome: str) -> None:
    values = plain("maximal")
    gate = ["Gate between looking and changing", f"Outcome: {outcome}"]
    assert path(playbook(values), outcome) == [*titles(values, LOOKS), *gate, *titles(values, CHANGES)]


def test_a_confirmed_outcome_ends_with_the_declaration_and_no_change_follows() -> None:
    values = plain("maximal")
    values["plan"]["mode"] = "expose"
    found = playbook(values)
    assert path(found, "confirmed") == [
        *titles(values, LOOKS), "Gate between looking and changing", "Outcome: confirmed",
    ]  # fmt: skip
    assert found["playbook_variables"]["__gate_outcome__"]["value"] == "suspected"


def test_a_hunt_goes_on_when_it_is_confirmed_and_what_waits_for_a_suspicion_is_under_it() -> None:
    values = plain("maximal")
    assert values["plan"]["mode"] == "hunt"
    waiting = CHANGES[1:]
    for each in values["actions"]:
        if each["id"] in waiting:
            each["text"] = GATED + each["text"]
    found = playbook(values)
    gate = "Gate between looking and changing"
    for outcome, changes in (("no-evidence", CHANGES[:1]), ("suspected", CHANGES), ("confirmed", CHANGES)):
        assert path(found, outcome) == [
            *titles(values, LOOKS), gate, f"Outcome: {outcome}", *titles(values, changes),
        ]  # fmt: skip


def test_what_waits_for_a_suspicion_never_stands_before_the_gate() -> None:
    values = plain("maximal")
    look = next(each for each in values["actions"] if each["id"] == LOOKS[1])
    look["text"] = GATED + look["text"]
    found = playbook(values)
    names = path(found, "suspected")
    assert names.index("Gate between looking and changing") < names.index(look["title"])
    assert look["title"] not in path(found, "no-evidence")


def test_a_change_that_the_plan_puts_before_any_look_does_not_wait() -> None:
    values = plain("maximal")
    order = {each["id"]: each for each in values["actions"]}
    values["actions"] = [order[each] for each in ("act-0103", "act-0101", "act-0104")]
    names = path(playbook(values), "suspected")
    assert names.index("Gate between looking and changing") == 2
    values["actions"] = [order[each] for each in ("act-0103", "act-0104")]
    assert path(playbook(values), "suspected")[0] == "Gate between looking and changing"
    values["actions"] = [order["act-0101"]]
    assert path(playbook(values), "suspected")[1] == "Gate between looking and changing"


def test_without_a_gate_the_actions_are_one_line() -> None:
    values = plain("maximal")
    values["plan"]["gate"] = []
    found = playbook(values)
    assert {each["type"] for each in found["workflow"].values()} == {"start", "action", "end"}
    assert path(found, "") == titles(values, LOOKS + CHANGES)
    assert "playbook_variables" not in found
    assert found["playbook_processing_summary"]["if_logic"] is False


def test_what_alters_is_manual_and_what_reads_may_run() -> None:
    values = plain("maximal")
    found = playbook(values)
    by_title = {each["name"]: each for each in found["workflow"].values()}
    for action in values["actions"]:
        commands = by_title[action["title"]]["commands"]
        run = [
            base64.b64decode(each["command_b64"]).decode() for each in commands if each["type"] != "manual"
        ]
        told = "\n".join(each.get("command", "") for each in commands)
        expected = [each["text"] for each in action["commands"] if not (each["alters"] or action["alters"])]
        assert run == expected
        for each in action["commands"]:
            assert each["text"] in run or each["text"] in told
        assert action["text"] in told and action["done_when"] in told
        for each in action["evidence"]:
            assert each["artifact"] in told
    assert found["playbook_processing_summary"]["manual_playbook"] is False


@pytest.mark.parametrize(
    ("command", "type_"),
    [
        ({"text": "Get-Process", "dialect": "powershell", "alters": False}, "powershell"),
        ({"text": "ps -ef", "dialect": "posix", "alters": False}, "bash"),
        ({"text": "ssh <HOST e.g. web01> ps -ef", "dialect": "posix", "alters": False}, "manual"),
        ({"text": "rm -r /srv/app", "dialect": "posix", "alters": True}, "manual"),
        ({"text": "select 1", "dialect": "sql", "alters": False}, "manual"),
        ({"text": "DeviceProcessEvents | take 1", "dialect": "kql", "alters": False}, "manual"),
    ],
)
def test_only_complete_reading_commands_of_the_two_shells_are_machine_run(
    command: dict[str, Any], type_: str
) -> None:
    values = plain("maximal")
    values["actions"] = [
        {**values["actions"][0], "commands": [{**command, "privileges": "user", "purpose": ""}]}
    ]
    found = playbook(values)
    step = next(each for each in found["workflow"].values() if each["name"] == values["actions"][0]["title"])
    of_it = [
        each
        for each in step["commands"]
        if command["text"] in (each.get("command") or base64.b64decode(each["command_b64"]).decode())
    ]
    assert [each["type"] for each in of_it] == [type_]


def test_evidence_to_keep_first_stands_before_the_action() -> None:
    values = plain("maximal")
    action = values["actions"][2]
    assert action["evidence"][0]["preserve_first"]
    step = next(each for each in playbook(values)["workflow"].values() if each["name"] == action["title"])
    texts = [each.get("command", "") for each in step["commands"]]
    kept = next(number for number, each in enumerate(texts) if action["evidence"][0]["artifact"] in each)
    assert kept < texts.index(action["text"])


def test_owners_are_agents_controls_are_references_and_the_label_is_a_marking() -> None:
    values = plain("maximal")
    found = playbook(values)
    assert {each["name"] for each in found["agent_definitions"].values()} == {
        each["owner"] for each in values["actions"]
    }
    for action in values["actions"]:
        step = next(each for each in found["workflow"].values() if each["name"] == action["title"])
        assert found["agent_definitions"][step["agent"]]["name"] == action["owner"]
        pairs = {(each["name"], each.get("external_id")) for each in step["external_references"]}
        assert {(each["framework"], each["id"]) for each in action["controls"]} <= pairs
    assert [each["tlpv2_level"] for each in found["data_marking_definitions"].values()] == [values["tlp"]]


def test_a_revision_keeps_its_ids_and_moves_modified() -> None:
    values = plain("maximal")
    first = playbook(values)
    values["revision"], values["generated"] = 9, "2027-03-01T10:00:00Z"
    second = playbook(values, created=plain("maximal")["generated"])
    assert (second["id"], list(second["workflow"])) == (first["id"], list(first["workflow"]))
    assert second["created"] == first["created"] and second["modified"] == "2027-03-01T10:00:00.000Z"
    assert playbook(values) == playbook(values)
    other = plain("maximal")
    other["id"] = "SCC-2026-VULN-9999"
    assert not set(playbook(other)["workflow"]) & set(first["workflow"])


def test_a_withdrawn_item_is_revoked() -> None:
    values = plain("maximal")
    assert playbook(values)["revoked"] is False
    ruled = Decision("d1", "withdraw", "lead", "2026-01-01T00:00:00Z", "wrong", values["id"])
    assert playbook(values, records=Records(decisions=(ruled,)))["revoked"] is True


def test_an_item_without_actions_is_not_applicable() -> None:
    found = EXPORTS["cacao"].write(briefing(plain("minimal")), context())
    assert found == NotApplicable("the plan has no action")


def test_the_plan_is_about_us() -> None:
    item = briefing(plain("maximal"))
    assert isinstance(clear(item, Records(), "cacao", "TLP:AMBER"), Refused)
    assert EXPORTS["cacao"].write(world(item), context()) == NotApplicable("the plan has no action")


def test_without_owner_and_reasons_nobody_is_named_and_no_priority() -> None:
    values = plain("maximal")
    values["priority_reasons"] = []
    for each in values["actions"]:
        each["owner"] = " "
    found = playbook(values)
    assert [each["name"] for each in found["agent_definitions"].values()] == ["Responder"]
    assert "priority" not in found and "priority" in playbook(plain("maximal"))


@settings(max_examples=60)
@given(nasty())
def test_any_text_gives_a_valid_playbook(texts: list[str]) -> None:
    playbook(spoiled(observed(), texts))


@pytest.mark.parametrize("text", NASTY)
def test_each_nasty_text_everywhere(text: str) -> None:
    playbook(spoiled(observed(), [text]))


def test_fields_of_a_megabyte() -> None:
    values = plain("maximal")
    values["actions"] = spoiled(values["actions"][:1], ["x\u202e'\n" * 250_000])
    playbook(values)


def validator(folder: Path) -> Any:
    """The OASIS schemas; what a dictionary of steps holds is validated by the schema of its type."""
    from jsonschema import Draft7Validator
    from referencing import Registry, Resource

    loaded = [json.loads(each.read_text("utf-8")) for each in sorted(folder.rglob("*.json"))]
    registry = Registry().with_resources((each["$id"], Resource.from_contents(each)) for each in loaded)
    by_title = {each["title"]: each for each in loaded}
    return lambda title: Draft7Validator(by_title[title], registry=registry)


@pytest.mark.corpus
@pytest.mark.parametrize("texts", [None, list(NASTY)])
def test_the_schemas_of_oasis(data: Path, texts: list[str] | None) -> None:
    schema = validator(data / "schemas" / "cacao")
    values = observed()
    found = playbook(values if texts is None else spoiled(values, texts))
    schema("playbook").validate(found)
    # The playbook's schema looks at the common part of commands only: here each meets its own.
    for step in found["workflow"].values():
        for each in step.get("commands", ()):
            schema(each["type"]).validate(each)
    broken = {**found, "workflow": {**found["workflow"], "action--1": {}}}
    del broken["workflow_start"]
    assert list(schema("playbook").iter_errors(broken))


def test_a_replacement_is_told_and_never_run() -> None:
    values = plain("maximal")
    command = {"text": "ps -ef", "dialect": "posix", "alters": False, "privileges": "user", "purpose": ""}
    action = {**values["actions"][0], "commands": [], "compensating_commands": [command]}
    values["actions"] = [action]
    step = next(each for each in playbook(values)["workflow"].values() if each["name"] == action["title"])
    assert {each["type"] for each in step["commands"]} == {"manual"}
    assert any(
        each["command"].startswith("Instead") and "ps -ef" in each["command"] for each in step["commands"]
    )
