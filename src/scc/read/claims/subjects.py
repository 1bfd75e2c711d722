# SPDX-License-Identifier: Apache-2.0
"""Which flaws a claim is about where its sentence names several: those of the clause that makes the claim.

"CVE-2024-0012 is being exploited together with CVE-2024-9474, while CVE-2024-3400 plays no role": the last is not of
the first claim. Judges nothing about a sentence with one flaw or none.
"""

from __future__ import annotations

import re
from typing import Final

from scc.read.flaws.identifiers import CVE
from scc.read.page import Page

CLAUSE: Final = re.compile(
    r"\b(?:While|Although|Though|Whereas|Even though) [^.;:,]{3,200}, |;|, (?:but|while|whereas) |, (?:and )?(?:for|as for|in the case of) (?=CVE-)|: |\bin practice\b|\b(?:but|and) (?:then|later|now|finally|eventually|on \w+day)\b"
)
"""Where another clause begins, which may say something else; a clause that "While" begins is part of the match."""
_MOST: Final = 6


def cves_in(page: Page, start: int, end: int) -> list[str]:
    """The CVE ids of text[start:end], each once, in order."""
    if page.low.find("cve", start, end) < 0:
        return []
    return list(dict.fromkeys(f"CVE-{each[1]}-{each[2]}" for each in CVE.finditer(page.text, start, end)))


def flaws_of_claim(page: Page, offset: int, start: int, end: int) -> list[str]:
    """The flaws of the clause around `offset` in the sentence text[start:end], if the sentence names several."""
    if len(cves_in(page, start, end)) < 2:
        return []
    for each in CLAUSE.finditer(page.text, start, end):
        if each.end() <= offset:
            start = each.end()
        else:
            end = each.end() if each.start() <= offset else each.start()
            break
    return cves_in(page, start, end)[:_MOST]
