# SPDX-License-Identifier: Apache-2.0
"""Whether a name is a person's surname: by the title before it, or a first name before and a person's part behind.

"Professor Lazarus", "Carla Conti, who chairs the board". Knows no persons and tells nothing about them.
"""

from __future__ import annotations

import re
from typing import Final

_TITLED: Final = re.compile(
    r"\b(?:Mrs?|Ms|Miss|Dr|Prof|Professor(?:in)?|Sir|Lord|Lady|Dame|Judge|Justice|Senator|Sen|Rep|Congress(?:wo)?man|Minister|President|Chancellor|Mayor|Captain|"
    r"Colonel|General|Sergeant|Officer|Detective|Inspector|Attorney|Frau|Herr|Madame|Monsieur|Mme|Señora?|Sra?|Don|Doña|Signora?|Dottor(?:essa)?|Maître)\.? (?:[A-Z][\w'’-]{1,20} ){0,2}$"
)
_FIRST: Final = re.compile(r"(?<![\w-])(?P<first>[A-Z][a-zà-ÿ]{2,12})(?: [A-Z]\.)? $")
_PERSONAL: Final = re.compile(
    r",? (?:\(\d{2}\)|who\b|said\b|says\b|told\b|wrote\b|explain(?:s|ed)\b|added\b|adds\b|argue[sd]\b)"
    r"|, (?:\d{2},|(?:the |an? |its |our |their |his |her |former |deputy |chief |senior |vice )*(?:head|chief|director|president|chair\w*|professor|officer|manager|analyst|researcher|engineer|"
    r"spokes\w+|lawyer|founder|co-founder|minister|mayor|consultant|editor|reporter|CEO|CISO|CTO)\b)"
)
_NO_FIRST_NAME: Final = frozenset(
    "The This That These When While After Before With From Since Although Both Only Like Also Even Group Gang Operation Ransomware Malware Trojan Botnet Backdoor Stealer "
    "Loader Worm Wiper Actor Hackers Russian Chinese Iranian North Korean Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)


def is_person(text: str, start: int, end: int) -> bool:
    """Whether text[start:end], one word with a capital, is a person's surname here."""
    name = text[start:end]
    if not (name.isalpha() and name.istitle()):
        return False
    before = text[max(0, start - 70) : start]
    if _TITLED.search(before):
        return True
    first = _FIRST.search(before)
    return (
        first is not None
        and first["first"] not in _NO_FIRST_NAME
        and _PERSONAL.match(text, end, end + 120) is not None
    )
