# SPDX-License-Identifier: Apache-2.0
"""Words of a text with frozen weights: rare words say more of an event than common ones.

Weights are inverse document frequencies of hashed stems, made once by `tools/term_weights.py`; no
vocabulary is carried. A stem that the table has not met gets the weight of a rare one.
"""

from __future__ import annotations

import math
import re
import zlib
from functools import lru_cache
from typing import Final

from scc.content import loader

BUCKETS: Final = 1 << 15
_WORD: Final = re.compile(r"\d*[^\W\d_][^\W_]{2,}|\d{4,}", re.UNICODE)
"""Words with a letter ("n8n", "log4j", "moveit") and numbers of four digits or more."""
_NAME: Final = re.compile(r"\b[A-Z][\w&.+-]*\w")
_INNER: Final = re.compile(r"\w+")
_STOP: Final = frozenset(
    """the and for that with from this have has was were are not but they their which will been its his her him she who
    can may also more than into over after about said says one two new other some such when where what how all any our
    your you would could should there these those then them out use used using including include includes according
    under between both each most many while through during before because against per via""".split()
)


def stems(text: str, limit: int = 600) -> list[str]:
    """The content words of the beginning of a text, lower case, plural and tense endings cut."""
    found: list[str] = []
    for each in _WORD.findall(text[:8000].lower()):
        if each not in _STOP:
            found.append(_stem(each))
            if len(found) == limit:
                break
    return found


def named(text: str) -> list[str]:
    """The stems of words written with a capital in the beginning of a text: names, mostly."""
    found: list[str] = []
    for each in _NAME.findall(text[:8000]):
        parts = _INNER.findall(each.lower())
        found.extend(_stem(part) for part in parts if len(part) > 2 and part not in _STOP)
    return found


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    for ending in ("ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def bucket(stem: str) -> int:
    """The place of a stem in the weight table."""
    return zlib.crc32(stem.encode()) % BUCKETS


@lru_cache(maxsize=1)
def _table() -> tuple[int, dict[int, int]]:
    import msgspec

    path = loader.open().file("models/terms.json")
    if not path.is_file():
        return 1000, {}
    body = msgspec.json.decode(path.read_bytes())
    return int(body["documents"]), {int(at): int(count) for at, count in body["counts"]}


@lru_cache(maxsize=50_000)
def weight(stem: str) -> float:
    """Inverse document frequency of a stem, at least 0."""
    documents, counts = _table()
    return math.log((documents + 1) / (counts.get(bucket(stem), 0) + 1)) + 0.1


def vector(words: list[str]) -> dict[str, float]:
    """Unit-length TF-IDF vector of a list of stems (sub-linear term frequency)."""
    counts: dict[str, int] = {}
    for each in words:
        counts[each] = counts.get(each, 0) + 1
    weighted = {each: (1 + math.log(count)) * weight(each) for each, count in counts.items()}
    length = math.sqrt(sum(value * value for value in weighted.values())) or 1.0
    return {each: value / length for each, value in weighted.items()}


def cosine(first: dict[str, float], second: dict[str, float], most: float = 1.0) -> float:
    """Cosine of two unit vectors, one word adding at most `most`; summed exactly, so that order does not matter."""
    if len(first) > len(second):
        first, second = second, first
    return math.fsum(min(value * second[each], most) for each, value in first.items() if each in second)
