# SPDX-License-Identifier: Apache-2.0
"""Actors, malware and tools: names of the pack found in the text, and names that the text introduces.

A name that is also a word ("Play", "Hive") counts only with a word of the trade beside it; which names these are
is data (`content/names/ambiguous.csv`: `context` needs such a word, `never` is not looked for). An unknown name
counts if the text introduces it ("a worm called …", "ransomware gang …") or has the shape of a designation
("UNC1069"). Does not attribute anything: `claims` does.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import Final

from scc.model.facts import Actor, Malware
from scc.read.names.context import is_meant
from scc.read.names.introduced_names import introduced
from scc.read.names.known_names import OTHER_DATASET, Alias
from scc.read.names.scope import advice, unsaid
from scc.read.page import Notes, Page
from scc.read.phrases import Hit
from scc.read.sought import Sought

_ACTOR_WORDS: Final = frozenset(
    "group groups gang gangs actor actors hackers hacker apt aka operators operator collective crew cluster adversary affiliates affiliate threat "
    "linked backed sponsored nexus attributed espionage cartel syndicate team subgroup tracked alias spies hacktivists hacktivist".split()
)
_MALWARE_WORDS: Final = frozenset(
    "malware ransomware trojan backdoor rat botnet loader stealer infostealer worm wiper spyware rootkit bootkit implant dropper downloader variant variants family "
    "strain payload payloads sample samples keylogger beacon beacons framework kit encryptor locker dubbed deploying deployed deploys delivers delivered drops dropped infected infections miner".split()
)
_ACTOR_BESIDE: Final = frozenset(
    "group gang apt hackers operators crew cartel affiliates ransomware aka groupe gruppe grupo gruppo bande banda".split()
)
_MALWARE_BESIDE: Final = frozenset(
    "ransomware malware trojan botnet stealer infostealer rat backdoor wiper worm loader spyware rootkit gang operators affiliates c2 beacon beacons implant implants sample samples build builds groupe gruppe grupo gruppo bande banda".split()
)
"""Words of which one must stand right beside a doubtful name."""
_REACH: Final = 3
"""How many words before and after a doubtful name are looked at."""
_JOINTS: Final = re.compile(r"[ \u00a0\u202f\n\-‐‑_.'’/&$+]{1,2}")
_LINK: Final = re.compile(
    r"\]\([^()\n]{1,600}\)|\b(?:https?|hxxps?|ftp)(?:\[:\]|:)//[^\s<>|]+", re.IGNORECASE
)
"""Where a link leads: its address and the title that some write behind it."""
_LIST_JOINT: Final = re.compile(
    r"[*_”\"’')\]]{0,3}(?:,? (?:and|or) |, (?:and |or )?| ?/ ?| & )[*_“\"‘'(\[]{0,3}"
)
"""What stands between the names of an enumeration."""
_ARTICLE: Final = re.compile(r"\b(?:an?|the|his|her) $", re.IGNORECASE)
_STROKES: Final = re.compile(r"(?<![\w/+@\\#.:~%-])(?:[A-Z][\w+-]{1,30}/){1,2}$")
_STROKES_AFTER: Final = re.compile(r"(?:/[A-Z][\w+-]{1,30}){1,2}(?![\w/@\\:-]|\.\w)")
"""One or two more names with strokes between."""
_NUMBER: Final = re.compile(r"(?<![\w.])\d{1,2}\.$")
"""The number of an item of a list, right before its first word."""
_NUMBERED: Final = re.compile(r"[a-z]{2,5}[ -]?\d{1,4}")
"""A designation written small: "apt28"."""
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
    links = _links(page.text)
    printed = {each[0] for each in page.find(_PRINTED)}
    best: dict[int, Hit[Alias]] = {}
    unsure: list[Hit[Alias]] = []
    for hit in page.hits.get("names", []):
        known = best.get(hit.first)
        if known is not None and not (
            hit.last > known.last or (hit.last == known.last and _better(page, hit, known))
        ):
            continue
        if _linked(links, page.words.starts[hit.first]) or not _written(page, hit):
            continue
        if hit.value.id in printed or _sure(page, hit):
            best[hit.first] = hit
        else:
            unsure.append(hit)
    _listed(page, best, unsure)
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


def _listed(page: Page, best: dict[int, Hit[Alias]], unsure: list[Hit[Alias]]) -> None:
    """Take a doubtful name that a list of names of its kind holds: "DoppelPaymer, Maze and Ryuk"."""
    ends = {hit.last: hit for hit in best.values()}
    ranked = sorted(unsure, key=lambda hit: hit.value.rank)
    # Forwards, then backwards: a list may begin or end with several doubtful names.
    for way in (1, -1):
        for hit in sorted(ranked, key=lambda hit: way * hit.first):
            if hit.first in best or not _alone(page, hit):
                continue
            left, right = hit.first, hit.last
            if left and page.words.lows[left - 1] in ("and", "or"):
                left -= 1
            if right < len(page.words) and page.words.lows[right] in ("and", "or"):
                right += 1
            for other in (ends.get(left), best.get(right)):
                if (
                    other is not None
                    and (other.value.kind == "actor") == (hit.value.kind == "actor")
                    and page.same_sentence(hit.first, other.first)
                    and _LIST_JOINT.fullmatch(page.text, *_between(page, hit, other))
                ):
                    best[hit.first] = ends[hit.last] = hit
                    break


def _between(page: Page, one: Hit[Alias], other: Hit[Alias]) -> tuple[int, int]:
    """Range of the text between two neighbouring names."""
    left, right = (one, other) if one.first < other.first else (other, one)
    return page.words.ends[left.last - 1], page.words.starts[right.first]


def _alone(page: Page, hit: Hit[Alias]) -> bool:
    """Whether a name is no part of a longer one ("Carbon" in "Carbon Black")."""
    for left, index in ((hit.first - 1, hit.first - 1), (hit.last - 1, hit.last)):
        if 0 <= index and left + 1 < len(page.words):
            joint = page.text[page.words.ends[left] : page.words.starts[left + 1]]
            word = page.words[index]
            capital = page.text[word.start].isupper()
            if joint in (" ", "-", "\u00a0") and capital and word.low not in _MALWARE_WORDS | _ACTOR_WORDS:
                return False
    return True


def _links(text: str) -> list[tuple[int, int]]:
    if "://" not in text and "](" not in text:
        return []
    return [each.span() for each in _LINK.finditer(text)]


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


def _better(page: Page, hit: Hit[Alias], known: Hit[Alias]) -> bool:
    """Between entries of one name: the kind that the words beside it speak of, then the better dataset."""
    if (hit.value.kind == "actor") != (
        known.value.kind == "actor"
    ) and hit.value.rank % OTHER_DATASET != known.value.rank % OTHER_DATASET:
        beside = _beside(page, hit)
        actor, malware = bool(beside & _ACTOR_WORDS), bool(beside & _MALWARE_WORDS)
        if actor != malware:
            return actor == (hit.value.kind == "actor")
    return (hit.value.rank, not _own(hit.value)) < (known.value.rank, not _own(known.value))


def _own(alias: Alias) -> bool:
    """Whether a spelling is of the entry's first name: "Winnti" of Winnti Group before another group's alias."""
    return alias.name.casefold().startswith(alias.written.casefold())


def _beside(page: Page, hit: Hit[Alias]) -> set[str]:
    number = page.sentence_of_word[hit.first]
    first, last = max(0, hit.first - _REACH), min(len(page.words), hit.last + _REACH)
    return {
        page.words.lows[index]
        for index in range(first, last)
        if not hit.first <= index < hit.last and page.sentence_of_word[index] == number
    }


def _written(page: Page, hit: Hit[Alias]) -> bool:
    """Whether the words stand as a name does: joined, in the case of the name, no piece of an address."""
    words, text, alias = page.words, page.text, hit.value
    start, end = words.starts[hit.first], words.ends[hit.last - 1]
    for left, right in zip(words[hit.first : hit.last], words[hit.first + 1 : hit.last], strict=False):
        if not _JOINTS.fullmatch(text[left.end : right.start]):
            return False
    if _in_address(text, start, end):
        return False
    written = text[start:end]
    if alias.written.isupper() and alias.written.isalpha() and not written.isupper():
        # An abbreviation that is a word when written small, so the words beside must be of its kind.
        trade = _ACTOR_WORDS if alias.kind == "actor" else _ACTOR_WORDS | _MALWARE_WORDS
        if alias.doubtful or not (_beside(page, hit) & trade or _meant(page, hit)):
            return False
    if (
        written.islower()
        and re.search(r"[a-z][A-Z]", alias.written)
        and _ARTICLE.search(text, max(0, start - 5), start)
    ):
        return False  # "a bloodhound" is a dog
    if not (written[0].isupper() or written[0].isdigit()) and alias.written[0].isupper():
        # Written small: only tools and names with inner capitals or digits are, others with a word of the trade beside.
        if alias.doubtful:
            return False
        if alias.kind == "actor":
            if _NUMBERED.fullmatch(written) is None or not _adjacent(page, hit, _ACTOR_BESIDE):
                return False
        elif " " in alias.written or len(written) < 6:
            return alias.rank < OTHER_DATASET and _adjacent(page, hit, _MALWARE_BESIDE)
    if (
        hit.last - hit.first > 1
        and alias.written[0].isupper()
        and sum(1 for word in words[hit.first : hit.last] if text[word.start].islower()) > 1
    ):
        return False
    return True


def _sure(page: Page, hit: Hit[Alias]) -> bool:
    """Whether a name needs no other evidence, or a word of the trade beside it gives it."""
    alias = hit.value
    written = page.text[page.words.starts[hit.first] : page.words.ends[hit.last - 1]]
    cased = (
        re.search(r"[a-z][A-Z]", alias.written) is not None
        and written != alias.written
        and " " not in alias.written
    )
    if not alias.doubtful and not (cased and alias.rank >= OTHER_DATASET):
        return True
    return _adjacent(page, hit, _ACTOR_BESIDE if alias.kind == "actor" else _MALWARE_BESIDE) or _meant(
        page, hit
    )


def _meant(page: Page, hit: Hit[Alias]) -> bool:
    """Whether a name with a capital that is no part of a longer one is said to be a gang's or a malware's."""
    start, end = page.words.starts[hit.first], page.words.ends[hit.last - 1]
    if not page.text[start].isupper() or not _alone(page, hit):
        return False
    return is_meant(
        page.text, start, end, *page.sentence(start), hit.value.kind == "actor", hit.value.doubtful
    )


def _adjacent(page: Page, hit: Hit[Alias], wanted: set[str] | frozenset[str]) -> bool:
    """Whether a word of the trade stands right before or after, in the same sentence."""
    number = page.sentence_of_word[hit.first]
    words = page.words
    left, right = hit.first - 1, hit.last
    if left > 0 and words.lows[left] == "of":
        left -= 1  # "a sample of Sliver"
    if right < len(words) and words.lows[right] == "s" and words.starts[right] - words.ends[right - 1] == 1:
        right += 1  # "Hive's affiliates"
    for index in (left, right):
        if (
            0 <= index < len(page.words)
            and page.sentence_of_word[index] == number
            and page.words.lows[index] in wanted
        ):
            between = page.text[
                min(page.words.ends[index], page.words.ends[hit.last - 1]) : max(
                    page.words.starts[index], page.words.starts[hit.first]
                )
            ]
            if "," not in between and "." not in between[:2]:
                return True
    return False


def _in_address(text: str, start: int, end: int) -> bool:
    """Whether the place is a piece of a host name, path or handle; "REvil/Sodinokibi", "#Emotet" and "1.Emotet" are none."""
    before, after = text[start - 1 : start], text[end : end + 2]
    if (before and before in "@\\") or after[:1] in ("@", "\\"):
        return True
    if (before == "#" and text[start - 2 : start - 1].strip(" \n(")) or (
        before == "." and _NUMBER.search(text, max(0, start - 5), start) is None
    ):
        return True
    if len(after) == 2 and after[0] in "./" and after[1].isalnum() and not _STROKES_AFTER.match(text, end):
        return True
    return before == "/" and not _STROKES.search(text, max(0, start - 70), start)
