# SPDX-License-Identifier: Apache-2.0
"""Whether a place of a sentence stands under a denial, a question, a rehearsal, or in an order to the reader's software.

Looks back within the clause only: a comma, colon or full stop ends the reach of a "not". Judges no truth, only form.
"""

from __future__ import annotations

import re
from typing import Final

from scc.read.page import Page

REACH: Final = 90
"""Characters before a place that can deny it."""
_DENIED: Final = re.compile(
    r"\b(?:not(?! (?:only|just|merely|until))|never|neither|nor|(?:is|are|was|were|did|do|does|has|have|had)n[’']t|instead of|rather than|"
    r"unlike|ruled? out|no evidence (?:of|that|for)|no (?:link|connection|tie)s? (?:to|with|between))\b[^.,;:!?\n]{0,45}$"
    r"|\bno (?:signs?|indications?|traces?) of\b[^.,;:!?\n]{0,75}$",
    re.IGNORECASE,
)
_ASKED: Final = re.compile(
    r"\b(?:whether|asked if|wondered if|unclear if)\b[^.,;:!?\n]{0,45}$", re.IGNORECASE
)
_REHEARSED: Final = re.compile(
    r"\b(?:simulat|emulat|mimick|imitat|role-?play)\w*\b[^.,;:!?\n]{0,45}$|"
    r"\b(?:red team|purple team|penetration test(?:ers?)?|table-?top exercise)\b[^.;!?\n]{0,45}$",
    re.IGNORECASE,
)
_ORDERED: Final = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.;\n]{0,30}\b(?:previous|prior|above|earlier|preceding|all|system)\b[^.;\n]{0,20}\b(?:instructions?|prompts?|directions?|rules|messages?)\b",
    re.IGNORECASE,
)
"""What a hostile text tells the software of its reader."""


def denied(page: Page, offset: int) -> bool:
    """Whether the clause before a place denies, asks or rehearses what stands there."""
    start, _ = page.sentence(offset)
    before = page.text[max(start, offset - REACH) : offset]
    return any(each.search(before) is not None for each in (_DENIED, _ASKED, _REHEARSED))


def ordered(page: Page, offset: int) -> bool:
    """Whether the sentence of a place gives orders to whatever software reads it."""
    return _ORDERED.search(page.sentence_text(offset)) is not None
