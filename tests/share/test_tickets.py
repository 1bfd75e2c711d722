# SPDX-License-Identifier: Apache-2.0
"""Tickets: the request bodies by the documented shapes and limits, checklists in full, nobody called, nothing run."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace
from tests.share.briefings import briefing, context, nasty, plain, spoiled

from scc.model.briefing import Briefing
from scc.share import EXPORTS, NotApplicable
from scc.share.tickets.markdown import text
from scc.share.tickets.text import ticket

SYSTEMS = ("github", "gitlab", "jira", "servicenow")
ITEM = "SCC-VUL-2026-0042"


def strict(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": sorted(properties),
        "properties": properties,
    }


def string(most: int, pattern: str = "") -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": most, **({"pattern": pattern} if pattern else {})}


DAY = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
ONE_LINE = "^[^\r\n]+$"
# The documented fields of each call that we use, with the limits that the servers enforce.
BODIES: dict[str, dict[str, Any]] = {
    "github": strict(
        title=string(256, ONE_LINE), body=string(65_536),
        labels={"type": "array", "items": string(50, r"^\S+$"), "uniqueItems": True},
    ),
    "gitlab": strict(
        title=string(255, ONE_LINE), description=string(1_048_576), labels=string(500, r"^[a-z-]+(,[a-z-]+)*$"),
        confidential={"const": True}, due_date=DAY,
    ),
    "jira": strict(
        fields=strict(
            project=strict(key={"const": "{project}"}), issuetype=strict(name={"const": "Task"}),
            summary=string(255, ONE_LINE), description={"type": "object"},
            labels={"type": "array", "items": string(255, r"^\S+$")}, duedate=DAY,
        ),
        properties={"type": "array", "items": strict(key=string(255), value={"type": "object"})},
    ),
    "servicenow": strict(
        short_description=string(160, ONE_LINE), description=string(4000), work_notes=string(4000),
        impact={"enum": ["1", "2", "3"]}, urgency={"enum": ["1", "2", "3"]}, correlation_id=string(100),
        correlation_display=string(100), due_date=string(19, "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}$"),
    ),
}  # fmt: skip
PATHS = {
    "github": "/repos/{owner}/{repo}/issues", "gitlab": "/api/v4/projects/{id}/issues", "jira": "/rest/api/3/issue",
    "servicenow": "/api/now/table/{table}",
}  # fmt: skip


def body(system: str, values: dict[str, Any]) -> dict[str, Any]:
    return checked(system, briefing(values))


def checked(system: str, item: Briefing) -> dict[str, Any]:
    """The body of the one request, after checks of its shape."""
    data = EXPORTS[f"tickets-{system}"].write(item, context())
    assert isinstance(data, bytes)
    found = json.loads(data)
    assert set(found) == {"system", "placeholders", "requests"}
    (request,) = found["requests"]
    assert (request["method"], request["path"]) == ("POST", PATHS[system])
    blanks = set(re.findall(r"\{([a-z]+)\}", request["path"]))
    assert set(found["placeholders"]) == (blanks or {"project"})
    jsonschema.validate(request["body"], BODIES[system])
    if system == "jira":
        check_doc(request["body"]["fields"]["description"])
    if system in ("github", "gitlab"):
        check_markdown(request["body"]["body" if system == "github" else "description"])
    return request["body"]


# Node: (attributes that are required and allowed, content allowed), from the schema of the document format.
NODES: dict[str, tuple[set[str], set[str]]] = {
    "doc": (set(), {"paragraph", "heading", "bulletList", "taskList", "codeBlock"}),
    "paragraph": (set(), {"text"}),
    "heading": ({"level"}, {"text"}),
    "bulletList": (set(), {"listItem"}),
    "listItem": (set(), {"paragraph"}),
    "taskList": ({"localId"}, {"taskItem"}),
    "taskItem": ({"localId", "state"}, {"text"}),
    "codeBlock": (set(), {"text"}),
    "text": (set(), set()),
}


def check_doc(node: dict[str, Any]) -> int:
    """Characters of text in a valid node."""
    assert (node["type"], node["version"]) == ("doc", 1)
    size = _check_node({key: value for key, value in node.items() if key != "version"})
    assert size <= 32_767
    return size


def _check_node(node: dict[str, Any]) -> int:
    attributes, content = NODES[node["type"]]
    assert set(node.get("attrs", {})) == attributes
    assert set(node) <= {"type", "attrs", "content", "text", "marks"}
    if node["type"] == "text":
        assert node["text"] and set(node) <= {"type", "text", "marks"}
        for mark in node.get("marks", ()):
            assert mark["type"] in ("strong", "link")
            assert mark["type"] == "strong" or mark["attrs"]["href"].startswith(("http://", "https://"))
        return len(node["text"])
    assert node["content"] and {each["type"] for each in node["content"]} <= content
    if node["type"] == "codeBlock":
        assert not any(each.get("marks") for each in node["content"])
    return sum(_check_node(each) for each in node["content"])


def check_markdown(page: str) -> None:
    """Nothing of a source is markup, calls a person, refers to another issue or is run."""
    tokens = MarkdownIt("commonmark", {"html": True, "linkify": False}).parse(page)
    for token in tokens:
        assert token.type != "html_block" or token.content.startswith("<!-- scc SCC-")
        for one in token.children or ():
            assert one.type in ("text", "strong_open", "strong_close", "em_open", "em_close", "softbreak", "hardbreak",
                                "link_open", "link_close", "code_inline"), (one.type, token.content)  # fmt: skip
            if one.type == "text":
                assert not re.search(r"[@#!~%$&][\w\"']|\bGH-\d", one.content), one.content
            if one.type == "link_open":
                assert str(one.attrs["href"]).startswith(("http://", "https://"))
    fences = {
        number
        for token in tokens
        if token.type in ("fence", "code_block") and token.map
        for number in range(*token.map)
    }
    for number, line in enumerate(page.split("\n")):
        assert number in fences or not line.lstrip(" ->").startswith("/"), line


def checklist(system: str, values: dict[str, Any]) -> list[str]:
    found = body(system, values)
    if system == "jira":
        lists = [each for each in found["fields"]["description"]["content"] if each["type"] == "taskList"]
        return [each["content"][0]["text"] for one in lists for each in one["content"]]
    page = {"github": "body", "gitlab": "description", "servicenow": "work_notes"}[system]
    return [each for each in found[page].split("\n") if re.match(r"(?:- )?\[ \]", each)]


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_action_is_a_line_to_tick_with_owner_time_and_when(system: str) -> None:
    found = checklist(system, plain("maximal"))
    actions = plain("maximal")["actions"]
    assert len(found) == len(actions) == 5
    for said, action in zip(found, actions, strict=True):
        shown = said.replace("\\", "")
        assert action["title"] in shown and action["owner"] in shown


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_there_is_no_ticket_for(system: str) -> None:
    write = EXPORTS[f"tickets-{system}"].write
    for changed, reason in (
        ({"status": "withdrawn"}, "the item was withdrawn"),
        ({"status": "dismissed"}, "the item was dismissed"),
        ({"actions": []}, "the plan has no action"),
    ):
        assert write(briefing({**plain("maximal"), **changed}), context()) == NotApplicable(reason)


def test_the_due_date_is_the_first_that_is_ours() -> None:
    values = plain("maximal")
    assert body("gitlab", values)["due_date"] == "2026-08-25"
    one = {**values["deadlines"][0], "binds_us": "yes", "state": "due"}
    values["deadlines"] += [
        {**one, "date": "2026-08-24T08:00:00Z"},
        {**one, "date": "2026-08-01", "state": "passed"},
    ]
    assert body("jira", values)["fields"]["duedate"] == "2026-08-24"
    assert body("servicenow", values)["due_date"] == "2026-08-24 08:00:00"
    values["page_one"]["do_by"] = None
    values["deadlines"] = []
    data = EXPORTS["tickets-gitlab"].write(briefing(values), context())
    assert isinstance(data, bytes) and b"due_date" not in data


def test_urgency_and_impact_come_from_priority_and_severity() -> None:
    found = body("servicenow", plain("maximal"))
    assert (found["impact"], found["urgency"], found["correlation_id"]) == ("1", "2", ITEM)
    assert body("jira", plain("maximal"))["properties"] == [
        {"key": "scc", "value": {"item": ITEM, "revision": 2}}
    ]


def test_steps_stand_with_their_commands_and_what_to_keep_first() -> None:
    page = body("github", plain("maximal"))["body"]
    assert "```\nss -tunap\n```" in page and "Keep first: Process tree (each exposed host)" in page
    codes = [
        each
        for each in body("jira", plain("maximal"))["fields"]["description"]["content"]
        if each["type"] == "codeBlock"
    ]
    assert any(each["content"][0]["text"] == "ss -tunap" for each in codes)


@pytest.mark.parametrize("system", SYSTEMS)
@given(texts=nasty())
def test_hostile_texts_keep_the_shape(system: str, texts: list[str]) -> None:
    body(system, spoiled(plain("maximal"), texts))


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("filler", ["x", "`", "*_@#/", "\U0001f4a9", "\n/close\n", "&<"])
def test_fields_of_a_megabyte_stay_within_the_limits(system: str, filler: str) -> None:
    long = filler * (1_000_000 // len(filler))
    small = briefing(plain("maximal"))
    command = replace(small.actions[0].commands[0], text=long)
    action = replace(small.actions[0], title=long, text=long, done_when=long, commands=(command,))
    summary = (replace(small.summary[0], text=long),)
    checked(system, replace(small, title=long, summary=summary, actions=(action,) * 70))


@given(st.text(max_size=200))
def test_escaped_text_calls_nobody(value: str) -> None:
    one_line = " ".join(value.split())
    check_markdown(f"- {text(one_line)}\n")
    for sign in (
        "@team",
        "#12",
        "group/project#1",
        "!3",
        "~label",
        "%1",
        "&5",
        "$7",
        "GH-26",
        "/close",
        "@all",
    ):
        check_markdown(f"{text(sign)}\n")


def test_an_answer_and_why_are_sentences() -> None:
    values = plain("maximal")
    values["page_one"] |= {"do_by": "2026-06-11T08:00Z", "do_by_rule": "Urgent: within 24 hours."}
    values["relevance"] = {
        "answer": "maybe",
        "why": [{"sid": "r1", "text": "No profile was given.", "citations": [1]}],
    }
    found = ticket(briefing(values), context())
    assert not isinstance(found, NotApplicable)
    facts = dict(found.facts)
    assert facts["Do by"] == "2026-06-11 08:00 UTC. Urgent: within 24 hours."
    assert facts["Concerns us"] == "maybe. No profile was given."
