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
_BODY: Final = (
    "margin:0 auto;padding:16px;max-width:640px;font:15px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"
    "color:#16202c;background:#ffffff"
)
_STYLES: Final = {
    "told": "margin:0 0 8px;padding:6px 10px;background:#eef3f8;border-left:4px solid #0b5394",
    "correction": "margin:0 0 8px;padding:6px 10px;background:#fdecea;border-left:4px solid #b3261e;font-weight:bold",
    "h2": "margin:0 0 2px;font-size:18px;line-height:1.3;overflow-wrap:anywhere",
    "meta": "margin:0 0 10px;font-size:13px;color:#556270",
    "lead": "margin:0 0 8px;font-weight:bold",
    "p": "margin:0 0 8px;overflow-wrap:anywhere",
    "source": "margin:0 0 2px;font-size:13px;color:#556270;overflow-wrap:anywhere",
}
"""Styles stand in the elements: programs for mail leave out style sheets. Nothing is fetched."""
_RULE: Final = '<hr style="margin:22px 0;border:0;border-top:1px solid #d5dbe1">'
_MOMENT: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2})(?::[0-9]{2})?Z")
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
    html = f"\n{_RULE}\n".join("\n".join(markup for _, markup in block) for block in blocks)
    return Text(
        subject=_line(subject)[:SUBJECT],
        plain=_MENTION.sub(lambda hit: f"{hit[0]}\u2060", plain) + "\n",
        html='<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>'
        f'<body style="{_BODY}">\n{html}\n</body></html>\n',
    )


def _block(briefing: Briefing, told: tuple[str, ...], own: bool) -> list[tuple[str, str]]:
    """Lines of one item, each as text and as markup."""
    rows: list[tuple[str, str]] = []

    def say(line: str, style: str = "p") -> None:
        if cleaned := _line(line):
            tag = "h2" if style == "h2" else "p"
            rows.append((cleaned, f'<{tag} style="{_STYLES[style]}">{escape(cleaned)}</{tag}>'))

    for each in told:
        say(each, "correction" if each.startswith("Correction:") else "told")
    say(f"{briefing.title}", "h2")
    priority = f"Priority {briefing.priority}. " if own else ""
    severity = f"Severity {briefing.severity.level}. "
    say(f"{briefing.id}, revision {briefing.revision}. {priority}{severity}{briefing.tlp}.", "meta")
    if any(each.startswith("Correction: this item was withdrawn") for each in told):
        return rows
    if own:
        by = f"By {_moment(briefing.page_one.do_by)}: " if briefing.page_one.do_by else ""
        say(f"{by}{briefing.page_one.decide.text}", "lead")
        answer = briefing.relevance.answer.capitalize()
        say(f"Does it concern us? {answer}. {briefing.page_one.concerns_us.question}")
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
            link = f'<a href="{escape(address)}" style="color:#0b5394">{escape(name)}</a>'
            rows.append((f"{name} {address}", f'<p style="{_STYLES["source"]}">{link}</p>'))
        else:
            say(name, "source")
    return rows


def _moment(iso: str) -> str:
    """A time of the briefing as people write it: "2026-06-11T08:00Z" is "2026-06-11 08:00 UTC"."""
    found = _MOMENT.fullmatch(iso)
    return f"{found[1]} {found[2]} UTC" if found else iso


def _line(text: str) -> str:
    """One line without control characters, cut."""
    return " ".join(visible(text[: 4 * LINE]).split())[:LINE]
