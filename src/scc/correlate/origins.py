# SPDX-License-Identifier: Apache-2.0
"""Independent origins: rewrites of one text, and documents of one publisher, count once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from scc.model.document import Document
from scc.model.ids import short
from scc.model.story import Origin

_SHINGLE: Final = 6
_REWRITE: Final = 0.22
"""Share of six-word runs from which one text is a rewrite of the other."""
_WORD: Final = re.compile(r"\w+")
_TIERS = {"T1": 0, "T2": 1, "T3": 2}


def origins(documents: Sequence[Document]) -> tuple[Origin, ...]:
    """The documents grouped by origin, earliest first; each document in exactly one."""
    runs = [_shingles(each.text) for each in documents]
    parent = list(range(len(documents)))

    def root(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    for right in range(len(documents)):
        for left in range(right):
            if _one_origin(documents[left], documents[right], runs[left], runs[right]):
                first, second = sorted((root(left), root(right)))
                parent[second] = first
    groups: dict[int, list[Document]] = {}
    for at, each in enumerate(documents):
        groups.setdefault(root(at), []).append(each)
    found = []
    for members in groups.values():
        ordered = sorted(members, key=lambda each: (_TIERS[each.tier], each.date or "9999", each.id))
        found.append(
            Origin(
                id=short("org", ordered[0].id),
                documents=tuple(each.id for each in ordered),
                tier=ordered[0].tier,
                publisher=ordered[0].publisher or "unknown",
            )
        )
    return tuple(found)


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = [each.lower() for each in _WORD.findall(text[:6000])]
    return frozenset(tuple(words[at : at + _SHINGLE]) for at in range(max(0, len(words) - _SHINGLE + 1)))


def _one_origin(
    a: Document, b: Document, first: frozenset[tuple[str, ...]], second: frozenset[tuple[str, ...]]
) -> bool:
    if a.publisher and a.publisher.casefold() == b.publisher.casefold():
        return True
    if first and second and len(first & second) / min(len(first), len(second)) >= _REWRITE:
        return True
    return False
