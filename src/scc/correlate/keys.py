# SPDX-License-Identifier: Apache-2.0
"""Keys of a document: a bounded number, the telling ones first, so that candidates stay few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from scc.correlate.features import MANY_FLAWS, features
from scc.correlate.terms import stems, weight
from scc.correlate.types import Key
from scc.model.document import Document
from scc.model.facts import Observation

MOST: Final = 24
_TITLE_WORDS: Final = 6
_PAIRS: Final = 8


def keys(document: Document, observations: Sequence[Observation]) -> tuple[Key, ...]:
    """At most 24 keys, sorted: ids, acts, victims, packages, names, and rare words of the title in pairs."""
    seen = features(document, observations)
    found: list[Key] = []
    flaws = sorted(seen.main or seen.cves)
    found += [Key("cve", each) for each in flaws[: MANY_FLAWS + 3]]
    found += [Key("act", each) for each in sorted(seen.acts)[:3]]
    found += [Key("victim", each) for each in sorted(seen.victims)[:3]]
    found += [Key("package", each) for each in sorted(seen.packages)[:3]]
    found += [Key("malware", each) for each in sorted(seen.malware)[:2]]
    found += [Key("actor", each) for each in sorted(seen.actors)[:2]]
    if seen.url:
        found.append(Key("url", seen.url))
    found += [Key("url", each) for each in sorted(seen.links)[:0]]
    rare = sorted(set(stems(document.title)), key=lambda each: (-weight(each), each))[:_TITLE_WORDS]
    found += [Key("title", each) for each in rare[:3]]
    leading = sorted(seen.body, key=lambda each: (-seen.body[each], each))[:_PAIRS]
    found += [Key("word", each) for each in leading[:5]]
    return tuple(sorted(dict.fromkeys(found[:MOST])))
