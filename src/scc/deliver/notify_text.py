# SPDX-License-Identifier: Apache-2.0
"""A message as subject, plain text and HTML. Text from outside is data in each of them: no line break in a subject, no
markup in HTML, no mention of everybody in a chat.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

import msgspec

from scc.deliver.notify_rules import Message
from scc.model.briefing import Briefing
from scc.render.characters import visible
from scc.render.links import safe

SUBJECT: Final = 150
LINE: Final = 600
"""Characters of one line."""
KNOWN: Final = 3
SOURCES: Final = 3
_MENTION: Final = re.compile(r"<(?=[!@#])|@(?=(?:here|channel|everyone|all|room)\b)", re.IGNORECASE)


class Text(msgspec.Struct, frozen=True):
    """A message in words."""

    subject: str
    plain: str
    html: str


def text(message: Message) -> Text:
    """The message in words; the first line of a correction says what no longer stands."""
    if message.kind == "digest":
        subject = f"Security digest: {len(message.items)} items"
        if ", one job: " in message.reason and message.channel.own:
            # All of one urgency and on one product of ours: the subject says both.
            subject = f"[{message.items[0][0].priority.upper()}] {_line(message.reason)}"
        blocks = [_block(briefing, told, message.channel.own) for briefing, told in message.items]
    else:
        ((briefing, told),) = message.items
        mark = {"new": "", "update": "Update: ", "correction": "Correction: "}[message.kind]
        urgency = f"[{briefing.priority.upper()}] " if message.channel.own else ""
        subject = f"{mark}{urgency}{_line(briefing.title)} ({briefing.id})"
        blocks = [_block(briefing, told, message.channel.own)]
    plain = "\n\n".join("\n".join(line for line, _ in block) for block in blocks)
    html = "\n<hr>\n".join("\n".join(markup for _, markup in block) for block in blocks)
    return Text(
        subject=_line(subject)[:SUBJECT],
        plain=_MENTION.sub(lambda hit: f"{hit[0]}\u2060", plain) + "\n",
        html=f"<html><body>\n{html}\n</body></html>\n",
    )


def _block(briefing: Briefing, told: tuple[str, ...], own: bool) -> list[tuple[str, str]]:
    """Lines of one item, each as text and as markup."""
    rows: list[tuple[str, str]] = []

    def say(line: str, tag: str = "p") -> None:
        if cleaned := _line(line):
            rows.append((cleaned, f"<{tag}>{escape(cleaned)}</{tag}>"))

    for each in told:
        say(each)
    say(f"{briefing.title}", "h2")
    say(f"{briefing.id}, revision {briefing.revision}. {briefing.tlp}.")
    if any(each.startswith("Correction: this item was withdrawn") for each in told):
        return rows
    if own:
        by = f" by {briefing.page_one.do_by}" if briefing.page_one.do_by else ""
        say(f"Decide{by}: {briefing.page_one.decide.text}")
        say(f"Does it concern us? {briefing.relevance.answer}. {briefing.page_one.concerns_us.question}")
        for now in briefing.page_one.now:
            say(f"Do now: {now.text} ({now.owner}, {now.minutes} min)")
    shown = [each.text for each in briefing.page_one.known][:KNOWN] or [
        each.text for each in briefing.summary[:KNOWN]
    ]
    for line in shown:
        say(line)
    for source in sorted(briefing.sources, key=lambda each: each.tier)[:SOURCES]:
        name = _line(f"{source.publisher}: {source.title}")
        address = safe(source.url)
        if address:
            rows.append((f"{name} {address}", f'<p><a href="{escape(address)}">{escape(name)}</a></p>'))
        else:
            say(name)
    return rows


def _line(text: str) -> str:
    """One line without control characters, cut."""
    return " ".join(visible(text[: 4 * LINE]).split())[:LINE]
