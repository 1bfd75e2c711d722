# SPDX-License-Identifier: Apache-2.0
"""Actors, malware and tools: names of the pack found in the text, and names that the text introduces.

A name that is also a word ("Play", "Hive") counts only with evidence beside it (`evidence`); which names these are
is data (`content/names/ambiguous.csv`: `context` needs it right beside, `sentence` a sentence on attacks, `never` is not
looked for). What a sentence denies, compares or gives to others is `scope`'s question. An unknown name counts if the text introduces it ("a worm called …", "ransomware gang …") or has the shape of a designation
("UNC1069"). Does not attribute anything: `claims` does.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import Final

from scc.model.facts import Actor, Malware
from scc.read.names.evidence import has_evidence, longer, stands_as_name, take_listed, take_told
from scc.read.names.introduced_names import introduced
from scc.read.names.known_names import Alias
from scc.read.names.scope import advice, unsaid
from scc.read.page import Notes, Page
from scc.read.phrases import Hit
from scc.read.sought import Sought, found_from

_LINK: Final = re.compile(
    r"\]\([^()\n]{1,600}\)|\b(?:https?|hxxps?|ftp)(?:\[:\]|:)//[^\s<>|]+", re.IGNORECASE
)
"""Where a link leads: its address and the title that some write behind it."""
_LINK_BEGINS: Final = ("](", "http", "hxxp", "ftp")
MENTIONS_MOST: Final = 60
"""Mentions of one name that are looked at: a text that repeats a name a thousand times says no more of it."""
MENTIONS_ALL: Final = 5000
MENTIONS_LATE: Final = 2
"""Mentions of all names after which a name has only so many of its own."""
_PRINTED: Final = Sought(r"(?<!\w)[GS]\d{4}(?!\w)", at="g# s#")
"""ATT&CK's ids of groups and software."""


def note_names(page: Page, notes: Notes) -> None:
    """Note actors, malware and tools, each once by its primary name, at the first sure mention."""
    fresh = [each for each in introduced(page) if not unsaid(page, each[2], each[3])]
    as_malware = {name.lower() for kind, name, _, _ in fresh if kind != "actor"}
    told: set[tuple[str, str]] = set()
    taken: list[tuple[int, int]] = []
    known = []
    for each in _known(page):
        if not unsaid(page, each[1], each[2]):
            if not advice(page, *each):
                known.append(each)
        elif each[0].kind in ("actor", "ransomware"):
            page.denied_actors.append(page.text[each[1] : each[2]])
    used = Counter((alias.name, page.text[start:end]) for alias, start, end in known)
    # The name as this text mostly writes it, of equal ones the primary name, then the first.
    for alias, start, end in sorted(
        known,
        key=lambda each: (
            -used[each[0].name, page.text[each[1] : each[2]]],
            page.text[each[1] : each[2]] != each[0].name,
        ),
    ):
        if alias.kind == "actor" and page.text[start:end].lower() in as_malware:
            continue  # some datasets list a group's malware among its names
        taken.append((start, end))
        key = (alias.kind, alias.name)
        if key in told:
            continue
        told.add(key)
        written = page.text[start:end]
        confidence = 0.7 if alias.doubtful else 0.9
        if alias.kind == "actor":
            notes(Actor(alias.name, alias.id, written), start, end, "matched", confidence, "name:actor")
        else:
            notes(
                Malware(alias.name, alias.id, alias.kind, written),
                start,
                end,
                "matched",
                confidence,
                f"name:{alias.kind}",
            )
    seen = {page.text[start:end].lower() for start, end in taken}
    actors = {each.fact.name.lower() for each in notes.of(Actor) if isinstance(each.fact, Actor)}
    for kind, name, start, end in fresh:
        if name.lower() in seen or any(start < stop and begin < end for begin, stop in taken):
            continue
        seen.add(name.lower())
        if any(name.lower() in each for each in actors) and kind != "actor":
            continue  # "the TeamPCP infostealer" is a tool of TeamPCP
        entry = _alias_at(page, start, kind == "actor")
        if entry is not None and (entry.kind, entry.name) in told:
            continue
        if entry is not None and kind == "actor":
            notes(Actor(entry.name, entry.id, name), start, end, "matched", 0.85, "introduced:actor")
        elif entry is not None and entry.kind != "actor":
            notes(
                Malware(entry.name, entry.id, entry.kind, name),
                start,
                end,
                "matched",
                0.85,
                f"introduced:{kind}",
            )
        elif kind == "actor":
            notes(Actor(name, "", name), start, end, "stated", 0.75, "introduced:actor")
        else:
            notes(
                Malware(name, "", "ransomware" if kind == "ransomware" else "malware", name),
                start,
                end,
                "stated",
                0.75,
                f"introduced:{kind}",
            )


def _known(page: Page) -> Iterator[tuple[Alias, int, int]]:
    links = _links(page)
    printed = {each[0] for each in page.find(_PRINTED)}
    best: dict[int, Hit[Alias]] = {}
    unsure: list[Hit[Alias]] = []
    for hit in page.hits.get("names", []):
        if not longer(page, hit, best):
            continue
        if _linked(links, page.words.starts[hit.first]) or not stands_as_name(page, hit):
            continue
        if hit.value.id in printed or has_evidence(page, hit):
            best[hit.first] = hit
        else:
            unsure.append(hit)
    take_told(page, best, unsure)
    take_listed(page, best, unsure)
    reached = 0
    seen: Counter[str] = Counter()
    for number, first in enumerate(sorted(best)):
        hit = best[first]
        if first < reached:
            continue
        reached = hit.last
        seen[hit.value.name] += 1
        if seen[hit.value.name] > (MENTIONS_MOST if number < MENTIONS_ALL else MENTIONS_LATE):
            continue
        yield hit.value, page.words.starts[hit.first], page.words.ends[hit.last - 1]


def _links(page: Page) -> list[tuple[int, int]]:
    if "://" not in page.text and "](" not in page.text:
        return []
    return [each.span() for each in found_from(_LINK, _LINK_BEGINS, page.low)]


def _linked(links: list[tuple[int, int]], start: int) -> bool:
    """Whether a place is inside the target of a link: its words are an address, not the text."""
    number = bisect_right(links, (start, 1 << 62)) - 1
    return number >= 0 and start < links[number][1]


def _alias_at(page: Page, start: int, actor: bool) -> Alias | None:
    """The name of the pack that stands at a place where the text introduces a name, doubtful or not."""
    hits = page.hits.get("names", [])
    first = bisect_left(page.words.starts, start)
    if first == len(page.words) or page.words.starts[first] != start:
        return None
    here = (
        bisect_left(hits, first, key=lambda hit: hit.first),
        bisect_right(hits, first, key=lambda hit: hit.first),
    )
    fitting = [hit for hit in hits[slice(*here)] if (hit.value.kind == "actor") == actor]
    best = max(fitting, key=lambda hit: (hit.last, -hit.value.rank), default=None)
    return best.value if best is not None else None
