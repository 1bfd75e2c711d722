# SPDX-License-Identifier: Apache-2.0
"""Weaknesses printed in a text (CWE ids). Ids that the pack does not know are left out: they may be typing errors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scc.model.facts import Weakness
from scc.read.flaws.scores import flaw_near, flaws_of
from scc.read.page import Notes, Page
from scc.read.scope import denied

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

_CWE: Final = re.compile(r"(?<![\w-])CWE[-‐‑– :]{1,2}(?:ID )?(\d{1,4})(?!\d)", re.IGNORECASE)

_SERIES: Final = re.compile(
    r"\b(?:[Ss]eries|[Mm]odel|[Ff]light|[Rr]oom|[Pp]art|[Ss]eat|[Bb]ond|[Tt]icker|[Ll]ot)(?: (?:no\.?|number))? $"
)
"""What has numbers of its own of that shape."""
_WRONG: Final = re.compile(
    r"\)?,? (?:which|this|that) (?:is|was) (?:wrong|incorrect|not right|an error|a mistake)", re.IGNORECASE
)


def note_weaknesses(page: Page, notes: Notes, knowledge: Knowledge) -> None:
    """Note every known CWE id, with the CVE of its sentence or of the document when there is only one."""
    if "cwe" not in page.low:
        return
    for each in _CWE.finditer(page.text):
        id_ = f"CWE-{int(each[1])}"
        if knowledge.weakness(id_) is None:
            continue
        if _SERIES.search(page.text, max(0, each.start() - 20), each.start()):
            continue
        if denied(page, each.start()) or _WRONG.match(page.text, each.end()):
            continue
        flaw = flaw_near(page, each.start()) if flaws_of(page) else ""
        notes(Weakness(id_, vulnerability=flaw), each.start(), each.end(), "stated", 1.0, "pattern:cwe")
