# SPDX-License-Identifier: Apache-2.0
"""Jira Cloud: the body of "Create issue" of the REST API v3, its description in the Atlassian Document Format.

Only fields that every project has are written; priorities have other names in other places and stand in the
labels. Item and revision are kept as the issue property `scc`, by which a script finds the issue again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from scc.model.briefing import Briefing
from scc.render.labels import DIALECTS
from scc.share.identity import named
from scc.share.interface import Context, NotApplicable
from scc.share.tickets.text import Step, Ticket, cut, day, document, request, ticket

SUMMARY_MOST: Final = 255
TEXT_MOST: Final = 30_000
"""Characters of text in a description; Jira's limit is 32,767."""
_Node = dict[str, Any]


def write(briefing: Briefing, context: Context) -> bytes | NotApplicable:
    """One task with a list of action items."""
    found = ticket(briefing, context)
    if isinstance(found, NotApplicable):
        return found
    return document(
        "Jira Cloud REST API v3",
        {"project": "key of the project"},
        request(
            "/rest/api/3/issue",
            {
                "fields": {
                    "project": {"key": "{project}"},
                    "issuetype": {"name": "Task"},
                    "summary": cut(f"{found.item} {found.title}", SUMMARY_MOST),
                    "description": description(found),
                    "labels": list(found.labels),
                    **({"duedate": day(found.due)} if found.due else {}),
                },
                "properties": [{"key": "scc", "value": {"item": found.item, "revision": found.revision}}],
            },
        ),
    )


def description(found: Ticket) -> _Node:
    """The `doc` node: facts, summary and checklist in full, details of steps as far as they fit."""
    nodes = [_paragraph(_text(f"{label}: ", "strong"), _text(value)) for label, value in found.facts]
    if found.summary:
        nodes += [_heading("Summary"), _bullets([[_text(each)] for each in found.summary])]
    nodes += [_heading("Checklist"), _checklist(found)]
    tail: list[_Node] = []
    if found.sources:
        links = [[_link(title, address) if address else _text(title)] for title, address in found.sources]
        tail = [_heading("Sources"), _bullets(links)]
    room = TEXT_MOST - sum(_size(each) for each in (*nodes, *tail))
    for number, step in enumerate(found.steps, 1):
        block = list(_details(number, step))
        room -= sum(_size(each) for each in block)
        if room < 0:
            nodes.append(
                _paragraph(_text("Details of further steps are left out here; the briefing has them."))
            )
            break
        nodes += block
    made = [*nodes, *tail]
    if sum(_size(each) for each in made) > TEXT_MOST + 200:
        made = [_paragraph(_text("The briefing has the full text.")), _checklist(found, brief=True)]
    return {"type": "doc", "version": 1, "content": made}


def _checklist(found: Ticket, *, brief: bool = False) -> _Node:
    items = []
    for number, step in enumerate(found.steps, 1):
        said = step.title if brief else " ".join(
            part for part in (f"{step.title}.", f"{step.about}.", f"Done when: {step.done_when}" if step.done_when else "") if part
        )  # fmt: skip
        items.append((str(number), cut(f"{number}. {said}", 200 if brief else 1500)))
    if found.more:
        items.append(("more", f"{found.more} more steps stand in the briefing"))
    return {
        "type": "taskList",
        "attrs": {"localId": named("task-list", found.item)},
        "content": [
            {
                "type": "taskItem",
                "attrs": {"localId": named("task", found.item, key), "state": "TODO"},
                "content": [_text(said)],
            }
            for key, said in items
        ],
    }


def _details(number: int, step: Step) -> Iterator[_Node]:
    yield _heading(f"{number}. {step.title}", 3)
    if step.first:
        yield _paragraph(_text("Keep first: ", "strong"), _text("; ".join(step.first)))
    if step.text:
        yield _paragraph(_text(step.text))
    for command in step.commands:
        label = ", ".join(
            part for part in (DIALECTS.get(command.dialect, command.dialect), command.purpose) if part
        )
        yield _paragraph(_text(f"{label}{', changes state' if command.alters else ''}:"))
        yield {"type": "codeBlock", "content": [_text(command.text)]}
    if step.undo:
        yield _paragraph(_text("Undo: ", "strong"), _text(step.undo))


def _text(value: str, *marks: str) -> _Node:
    """A text node; an empty one is not allowed."""
    node: _Node = {"type": "text", "text": value or " "}
    return {**node, "marks": [{"type": each} for each in marks]} if marks else node


def _link(title: str, address: str) -> _Node:
    return {**_text(title or address), "marks": [{"type": "link", "attrs": {"href": address}}]}


def _paragraph(*inline: _Node) -> _Node:
    return {"type": "paragraph", "content": list(inline)}


def _heading(title: str, level: int = 2) -> _Node:
    return {"type": "heading", "attrs": {"level": level}, "content": [_text(title)]}


def _bullets(rows: list[list[_Node]]) -> _Node:
    return {
        "type": "bulletList",
        "content": [{"type": "listItem", "content": [_paragraph(*row)]} for row in rows],
    }


def _size(node: _Node) -> int:
    """Characters of text in a node."""
    return len(node.get("text", "")) + sum(_size(each) for each in node.get("content", ()))
