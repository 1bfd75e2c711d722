# SPDX-License-Identifier: Apache-2.0
"""The language of a text by its script and its commonest small words; "" where there are too few to tell."""

from __future__ import annotations

import re
from typing import Final

_LOOKED_AT: Final = 4000
_ENOUGH: Final = 8
_WORDS: Final[dict[str, frozenset[str]]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the of and to in is that for with was are this which from have has been by it not",
        "fr": "le la les des de du et une est dans pour qui sur par avec ont cette aux il sont",
        "de": "der das und ist nicht mit von für auf ein eine den dem sich wird werden im zu",
        "es": "el la los las de que en por con una para del se su ha este como más también según",
        "it": "il la di che per una con del della sono alle nel gli dei ha si non anche più",
        "pt": "os de que em para com uma da não por foi dos na ao são mais pelo pela como também",
        "nl": "de het een en van dat op te voor met zijn niet aan er werd bij ook naar wordt",
    }.items()
}
_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]"), 20),
    ("ko", re.compile("[\uac00-\ud7af]"), 40),
    ("zh", re.compile("[\u4e00-\u9fff]"), 50),
    ("ru", re.compile("[\u0400-\u04ff]"), 100),
    ("ar", re.compile("[\u0600-\u06ff]"), 100),
    ("el", re.compile("[\u0370-\u03ff]"), 100),
    ("he", re.compile("[\u0590-\u05ff]"), 100),
)


def language(text: str) -> str:
    """ISO 639-1 code by the first 4,000 characters, "" when they do not tell."""
    head = text[:_LOOKED_AT].lower()
    if not head.isascii():
        for code, letters, enough in _SCRIPTS:
            if len(letters.findall(head)) > enough:
                return code
    words = re.findall(r"[^\W\d_]+", head)
    counts = {code: sum(1 for word in words if word in small) for code, small in _WORDS.items()}
    best = max(counts, key=lambda code: (counts[code], code == "en"))
    return best if counts[best] >= _ENOUGH else ""
