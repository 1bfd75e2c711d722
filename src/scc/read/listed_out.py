# SPDX-License-Identifier: Apache-2.0
"""Whether a row of a table, an entry of a list or the heading of a list says that what it names was not there.

"| Charming Kitten | ruled out |"; "Ursnif: no case"; the entries under "Techniques considered and discarded". Judges form only.
"""

from __future__ import annotations

import re
from typing import Final

from scc.read.page import Page

_OUT: Final = (
    r"(?:ruled out|excluded|discarded|rejected|dismissed|refuted|disproved|withdrawn|retracted|absent|negative|unrelated|unlikely|nil|none|nothing|clean|never(?: seen| found| observed| used)?|"
    r"not (?:seen|found|observed|used|present|detected|involved|confirmed|attributed|related|applicable|at all|in scope)|no (?:case|hit|match|trace|sign|evidence|finding|detection|sighting|sample|infection|activity|link|tie|connection|incident|attack|victim)(?:e?s)?|zero(?: \w{3,12})?|0(?: \w{3,12})?|false positives?|"
    r"ausgeschlossen|verworfen|nicht (?:\w{2,14} )?(?:gefunden|beobachtet|festgestellt|nachgewiesen|beteiligt|vorhanden|bestätigt)|kein(?:e|en)? (?:Fall|Fälle|Treffer|Spur|Fund|Hinweis\w{0,2}|Beleg\w{0,2})|keine?|écartée?s?|exclue?s?|aucune? \w{3,12}|aucune?|non (?:observée?|retenue?|confirmée?|détectée?)|descartad[oa]s?|excluid[oa]s?|ningun[oa]?(?: \w{3,12})?|no (?:observad[oa]|detectad[oa]|confirmad[oa]|visto|vista))"
)
_CELL: Final = re.compile(
    rf"[*_ ]{{0,3}}{_OUT}[*_ .!]{{0,3}}(?:\([^()|\n]{{0,60}}\))?[* ]{{0,3}}", re.IGNORECASE
)
_YES: Final = re.compile(
    r"[*_ ]{0,3}(?:yes|seen|confirmed|observed|found|present|likely|probable|used|active|ja|oui|sí|x|✓|✔|✅|\+|high|medium)[*_ .!]{0,3}",
    re.IGNORECASE,
)
_ENTRY: Final = re.compile(
    rf"[*_”\"'’)]{{0,3}}(?: \([^()\n]{{1,40}}\))? ?(?:[:=–—→]| - ) ?{_OUT}(?=[ .;,!)]|\Z)", re.IGNORECASE
)
_HEADING: Final = re.compile(
    r"\b(?:discarded|rejected|ruled out|excluded|dismissed|disproved|refuted|withdrawn|retracted|(?:not|never|no longer) (?:\w{2,12} )?(?:seen|observed|found|used|detected|attributed|confirmed|present|involved|affected|applicable|included|covered)|without (?:evidence|findings)|unrelated|false positives?|red herrings|hypothes[ei]s|considered but|out of scope|no (?:evidence|sign|trace) of|"
    r"ausgeschlossen\w{0,2}|verworfen\w{0,2}|nicht (?:\w{2,14} )?(?:beobachtet\w{0,2}|gefunden\w{0,2}|eingesetzt\w{0,2}|betroffen\w{0,2})|écartée?s|exclue?s|non (?:observée?s|retenue?s|détectée?s|concernée?s)|descartad[oa]s|excluid[oa]s|no (?:observad[oa]s|detectad[oa]s|utilizad[oa]s|afectad[oa]s))\b",
    re.IGNORECASE,
)
_LINES_MOST: Final = 15
"""Lines of a list that are followed upwards."""
_LINE_MOST: Final = 110


def listed_out(page: Page, start: int, end: int) -> bool:
    """Whether the row, the entry or the heading of the list of text[start:end] says that it was not there."""
    text = page.text
    first, last = page.line(start)
    line = text[first:last]
    if line.count("|") >= 1 or line.count("\t") >= 1:
        cells = re.split(r"[|\t]", line)
        if any(_CELL.fullmatch(each) for each in cells) and not any(_YES.fullmatch(each) for each in cells):
            return True
    if last - end < 80 and _ENTRY.match(text, end, last) is not None:
        return True
    return _under(text, first, last)


def _under(text: str, first: int, last: int) -> bool:
    """Whether the line text[first:last] is an entry below a heading of what was ruled out."""
    if last - first > _LINE_MOST or first == 0:
        return False
    line = text[first:last]
    if line.rstrip().endswith(".") and line.lstrip()[:1] not in "-*•|":
        return False
    at = first
    for _ in range(_LINES_MOST):
        above = text.rfind("\n", 0, max(at - 1, 0)) + 1
        if above >= at:
            return False
        each = text[above : at - 1].strip()
        if not each:
            if above == 0 or text[max(0, above - 2) : above] == "\n\n":
                return False
        elif len(each) > _LINE_MOST or (each.endswith(".") and each[:1] not in "-*•|"):
            return False
        elif each[:1] not in "-*•|" and (
            each.endswith(":") or each.startswith("#") or not _CODED.match(each)
        ):
            return _HEADING.search(each) is not None
        at = above
        if at == 0:
            return False
    return False


_CODED: Final = re.compile(r"\W{0,3}(?:[A-Z]{0,6}-?\d|[\w .@/-]{2,40}[:=–—→])")
"""An entry of a list without a mark: an id or a name with what is said of it."""
