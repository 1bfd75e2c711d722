# SPDX-License-Identifier: Apache-2.0
"""Techniques whose act a sentence tells in words that mean nothing else, without the id: "ran vssadmin delete shadows", "emptied the
event logs", "listed the domain trusts", "one password was tried against six thousand mailboxes".

Only acts told as done count: no advice, denial, question, wish, exercise, nor what a program could do. The ids are ATT&CK's; `inference`
has the statistics for what is only described.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scc.model.facts import Technique
from scc.read.page import Notes, Page
from scc.read.scope import denied, fictional, ordered
from scc.read.techniques.act_words import ACTS
from scc.read.techniques.told_rows import NOT_DONE

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

_HONEST: Final = re.compile(
    r"\b(?:analysts?|researchers?|administrators?|admins?|engineers?|testers?|red team\w*|blue team|students?|you|we|our|users?|police|customers?|defenders?|responders?|employees?|staff|teacher|parents?)\b",
    re.IGNORECASE,
)
_COUNSEL: Final = re.compile(
    r"\b(?:rules? (?:for|that|which)|detect\w*|sigma|yara|quer(?:y|ies)|hunt\w*|alert\w*|look for|watch for|recommend\w*|mitigat\w*|prevent\w*|defen[cd]\w*|example|such as|typical\w*|usually|often|commonly|most|many|ransomware gangs|every time|when an?|whenever|designed to|capable|able to|supports?|feature\w*|command (?:to|for)|function\w*|ability|commands?:|options?)\b",
    re.IGNORECASE,
)
_HEADLESS: Final = re.compile(r"[A-Z]\w{2,14}ing\b")
"""An act without anybody who does it, as in a list of what a flaw would allow: "Stealing session cookies"."""
_BACK: Final = 160


def note_plain_acts(page: Page, notes: Notes, knowledge: Knowledge) -> None:
    """Note each such technique once, at the first sentence that tells its act as done."""
    known = {each.fact.id for each in notes.of(Technique) if isinstance(each.fact, Technique)}
    for id_, cues, form in ACTS:
        if not any(each in page.low for each in cues):
            continue
        current = next(iter(knowledge.resolve("attack", id_).current), "")
        node = knowledge.technique(current)
        if node is None or current in known:
            continue
        for each in form.finditer(page.text):
            if _done(page, each.start(), each.end()):
                notes(
                    Technique(current, "", "observed", node.domain),
                    each.start(),
                    each.end(),
                    "matched",
                    0.8,
                    "act:technique",
                )
                break


def _done(page: Page, start: int, end: int) -> bool:
    if page.section(start) in ("advice", "reference") or ordered(page, start) or fictional(page, start):
        return False
    if page.text[max(0, start - 1) : start].isalnum() or _HEADLESS.match(page.text, start, end) is not None:
        return False
    first, last = page.sentence(start)
    before = page.text[max(first, start - _BACK) : start]
    before = before[max(before.rfind("; "), before.rfind(": ")) + 1 :]
    whole = page.text[first:last]
    if whole.rstrip().endswith("?") or _COUNSEL.search(whole) or _HONEST.search(before[-60:]):
        return False
    inside = re.sub(r"recoveryenabled no|\brules?\b", "", page.text[start:end], flags=re.IGNORECASE)
    return not (NOT_DONE.search(before) or NOT_DONE.search(inside) or denied(page, start))
