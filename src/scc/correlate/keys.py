# SPDX-License-Identifier: Apache-2.0
"""Keys of a document: a bounded number, the telling ones first, so that candidates stay few.

A key carries a window of time ("cve:CVE-2026-50751@8224"), because what is far apart in time is rarely one event and
a name that everybody writes about would else tie a document to a growing share of the archive. Names and words say
little and have windows of 45 days; identifiers and names of victims, malware and actors 90 days. What a title numbers and what an authority published on one day are keys too. `lookups` gives the
keys under which candidates are found: the window itself and its neighbours. Whether two documents find each other
does not depend on which came first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from scc.correlate.features import MANY_FLAWS, Features, features
from scc.correlate.terms import weight
from scc.correlate.types import Key
from scc.model.document import Document
from scc.model.facts import Observation

MOST: Final = 32
"""Keys of one document."""
STRONG_DAYS: Final = 90
WEAK_DAYS: Final = 45
_TITLE: Final = 8
_NAMES: Final = 8
_BODY: Final = 8
_WORDS: Final = 20
_RARE: Final = 4.0
"""Least weight of a word that is a key: about one document in fifty has it."""
_WEAK: Final = frozenset({"word"})
_TIMELESS: Final = frozenset({"url", "act", "day"})
_FIRST: Final = 719_163 // STRONG_DAYS
"""Window of 1 January 1970; documents without a date are looked for from there on."""
_LAST: Final = 767_009 // STRONG_DAYS
"""Window of the end of 2100."""


def keys(document: Document, observations: Iterable[Observation]) -> tuple[Key, ...]:
    """At most 32 keys, sorted: flaws, acts, victims, packages, names, and rare words of title and text."""
    seen = features(document, tuple(observations))
    found = [
        *(("cve", each) for each in sorted(seen.main or seen.cves)[: MANY_FLAWS + 3]),
        *(("act", each) for each in sorted(seen.acts)[:3]),
        *(("victim", each) for each in sorted(seen.victims)[:3]),
        *(("package", each) for each in sorted(seen.packages)[:3]),
        *(("malware", each) for each in sorted(seen.malware)[:2]),
        *(("actor", each) for each in sorted(seen.actors)[:2]),
    ]
    if seen.url:
        found.append(("url", seen.url))
    if seen.authority and seen.days is not None and seen.days[0] == seen.days[1] and not seen.advisory:
        # An order and its fact sheet: what an authority publishes on one day often tells of one thing, in other words.
        found.append(("day", f"{seen.publisher} {seen.days[0]}"))
    if seen.matter:
        found.append(("matter", f"{seen.publisher} {seen.matter}"))
    telling = [*_rarest(seen.heading, _TITLE), *_rarest(seen.names, _NAMES), *_rarest(seen.body, _BODY)]
    # One kind for all three: a word of one title stands in the other text. Kept whatever else there is, because
    # most stories have no identifier.
    distinct = list(dict.fromkeys(telling))
    rare = [each for each in distinct if weight(each) >= _RARE]
    weak = [("word", each) for each in (rare if len(rare) > 1 else distinct[:2])[:_WORDS]]
    chosen = found[: MOST - len(weak)] + weak
    return tuple(sorted({Key(kind, value + _window(kind, seen)) for kind, value in chosen}))


def _rarest(weights: dict[str, float], most: int) -> list[str]:
    return sorted(weights, key=lambda each: (-weights[each], each))[:most]


def _window(kind: str, seen: Features) -> str:
    """The window of a key; "@" alone for a document whose day is not known."""
    if kind in _TIMELESS:
        return ""
    if seen.days is None or seen.days[0] != seen.days[1]:
        return "@"
    return f"@{seen.days[0] // (WEAK_DAYS if kind in _WEAK else STRONG_DAYS)}"


def lookups(stored: Iterable[str]) -> tuple[str, ...]:
    """The texts of keys to look for, given the texts of a document's own; sorted.

    A document without a day finds others by identifiers and names of any time, by words only such as have none.
    """
    found: set[str] = set()
    for text in stored:
        base, mark, window = text.rpartition("@")
        kind = text.split(":", 1)[0]
        if kind in _TIMELESS or not mark:
            found.add(text)
        elif window:
            found.update(f"{base}@{int(window) + step}" for step in (-1, 0, 1))
            if kind not in _WEAK:
                found.add(f"{base}@")
        else:
            found.add(text)
            if kind not in _WEAK:
                found.update(f"{base}@{at}" for at in range(_FIRST, _LAST + 1))
    return tuple(sorted(found))
