# SPDX-License-Identifier: Apache-2.0
"""A ticket as Markdown for GitHub and GitLab, that calls nobody and does nothing when it is saved.

Beyond the escaping of Markdown: mentions and references (@name, #1, !1, GH-1) are broken by a zero width space,
and no line begins with "/", which GitLab runs as a quick action when an issue is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from scc.render.labels import DIALECTS
from scc.render.markdown_text import code, link, longest_run
from scc.render.markdown_text import text as escaped
from scc.share.tickets.text import Step, Ticket

_REFERENCE: Final = re.compile(r"""[@#!~%$&](?=[\w"'])|\bGH(?=-\d)|^/""")
_LEFT_OUT: Final = "_Details of further steps are left out here; the briefing has them._"


def body(found: Ticket, most: int) -> str:
    """The ticket in at most `most` characters: the checklist in full, details of steps as far as they fit."""
    lines = [f"**{label}:** {text(value)}  " for label, value in found.facts]
    lines += ["", "## Summary", "", *(f"- {text(each)}" for each in found.summary)] if found.summary else []
    lines += ["", "## Checklist", ""]
    for number, step in enumerate(found.steps, 1):
        lines.append(f"- [ ] **{number}. {text(step.title)}** {text(step.about)}".rstrip())
        if step.done_when:
            lines.append(f"  Done when: {text(step.done_when)}")
    if found.more:
        lines.append(f"- [ ] {found.more} more steps stand in the briefing")
    tail = ["", "## Sources", "", *(f"- {_source(*each)}" for each in found.sources)] if found.sources else []
    tail += ["", f"<!-- scc {found.item} revision {found.revision} -->"]
    room = most - _size(lines) - _size(tail) - len(_LEFT_OUT) - 40
    if room < 0:
        return _shortened(found, most)
    details: list[str] = ["", "## Steps", ""]
    for number, step in enumerate(found.steps, 1):
        block = list(_details(number, step))
        if _size(details) + _size(block) > room:
            details += [_LEFT_OUT, ""]
            break
        details += block
    return "\n".join([*lines, *details, *tail]).strip("\n") + "\n"


def text(value: str) -> str:
    """Text that stays text: no markup, no mention, no reference, no quick action."""
    broken = _REFERENCE.sub(
        lambda found: f"\u200b{found[0]}" if found[0] == "/" else f"{found[0]}\u200b", value
    )
    return escaped(broken)


def _source(title: str, address: str) -> str:
    return link(_broken(title), address) if address else text(title)


def _broken(value: str) -> str:
    return _REFERENCE.sub(lambda found: f"{found[0]}\u200b", value)


def _details(number: int, step: Step) -> Iterator[str]:
    yield f"### {number}. {text(step.title)}"
    yield ""
    if step.first:
        yield "Keep first: " + "; ".join(text(each) for each in step.first)
        yield ""
    if step.text:
        yield text(step.text)
        yield ""
    for command in step.commands:
        marks = "`" * max(3, longest_run(command.text) + 1)
        label = ", ".join(
            part for part in (DIALECTS.get(command.dialect, command.dialect), command.purpose) if part
        )
        yield f"{text(label)}{', **changes state**' if command.alters else ''}:"
        yield ""
        yield from (marks, *command.text.split("\n"), marks, "")
    if step.undo:
        yield f"Undo: {text(step.undo)}"
        yield ""


def _shortened(found: Ticket, most: int) -> str:
    """Titles only: what remains of a plan whose texts do not fit at all."""
    lines = [f"{found.item}. The briefing has the full text.", "", "## Checklist", ""]
    for number, step in enumerate(found.steps, 1):
        lines.append(f"- [ ] {number}. {code(_broken(step.title[:200]))}")
    return "\n".join(lines)[: most - 1] + "\n"


def _size(lines: Iterable[str]) -> int:
    return sum(len(each) + 1 for each in lines)
