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

_CWE: Final = re.compile(
    r"(?<![\w-])CWE[-‐‑– :]{1,2}(?:ID )?(\d{1,4})(?!\d|-\d|[-/]?[A-Z](?!\w))", re.IGNORECASE
)

_SERIES: Final = re.compile(
    r"\b(?:[Ss]eries|[Mm]odels?|[Ff]lights?|[Rr]ooms?|(?:[Ss]pare )?[Pp]arts?|[Ss]eats?|[Bb]onds?|[Tt]icker|[Ll]ots?|[Tt]ickets?|[Pp]ages?|[Ll]ines?|[Gg]ates?|[Vv]alves?|[Pp]umps?|[Ff]orms?|[Oo]rders?|[Ii]nvoices?|[Aa]isles?|[Pp]latforms?|[Cc]ourses?|Baureihe|Modell|Typ|Serie|Seite|Linie|Zug|Raum|Teil|[Mm]odèle|[Ss]érie|[Pp]ièce|[Ll]igne|[Vv]ol|[Mm]odelo|[Pp]ieza|[Vv]uelo)(?: (?:no\.?|number|Nr\.?|n°|named|called))? $"
)
"""What has numbers of its own of that shape."""
_OF_FLAWS: Final = re.compile(
    r"\bcwe\b(?: id)?s?[ :]*(?:list|top|catalog\w*|entr\w+|view|categor\w+)|weakness|vulnerab|flaw|\bbugs?\b|\bcve\b|overflow|underflow|inject|travers|bypass|xss|csrf|ssrf|\bsql\b|deseriali|after[ -]free|double[ -]free|out[ -]of[ -]bounds|improper|missing|insufficient|incorrect|uncontrolled|unrestricted|untrusted|unchecked|hard-?coded|buffer|memory|pointer|race condition|input|validat|sanitiz|sanitis|neutrali|authenti|authori[sz]|permission|privilege|access control|credential|password|crypt|certificate|disclos|expos|leak|exploit|attack|patch|secur|critical|severity|cvss|ghsa|advisor|\bcode\b|software|library|parser|scanner|function|loop|null|"
    r"lücke|schwach|fehler|überlauf|angreif|faille|vulnérab|faiblesse|débord|injection|fallo|debilidad|desbord|inyec|kwetsbaar|debolezz",
    re.IGNORECASE,
)
"""What sentences on weaknesses speak of: an id of three letters and a number alone may be a part's or a train's."""
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
        if not flaws_of(page) and not _speaks_of_flaws(page, each.start()):
            continue
        if denied(page, each.start()) or _WRONG.match(page.text, each.end()):
            continue
        flaw = flaw_near(page, each.start()) if flaws_of(page) else ""
        notes(Weakness(id_, vulnerability=flaw), each.start(), each.end(), "stated", 1.0, "pattern:cwe")


def _speaks_of_flaws(page: Page, offset: int) -> bool:
    """Whether the sentence of an id, or one beside it, speaks of weaknesses, or the id opens a line or stands in a bracket."""
    first, _ = page.line(offset)
    if not page.text[first:offset].strip(" \t|*-•") or page.text[max(0, offset - 1) : offset] in ("(", "["):
        return True
    number = page.sentence_number(offset)
    return any(
        0 <= each < len(page.sentences)
        and _OF_FLAWS.search(page.text, *(_near(page.sentences[each], offset))) is not None
        for each in (number, number - 1, number + 1)
    )


def _near(sentence: tuple[int, int], offset: int) -> tuple[int, int]:
    return max(sentence[0], offset - 600), min(sentence[1], offset + 600)
