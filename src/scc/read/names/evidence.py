# SPDX-License-Identifier: Apache-2.0
"""Whether a place where a name of the pack stands shows that the name is meant: how it is written, and which evidence is beside it.

A name that is also a word needs a word of the trade right beside it, words that say it is a gang's or malware's (`context`), a deed
(`deeds`), or a list of its kind around it; one that is also a person's or a firm's, a sentence on attacks. Denials are `scope`'s.
"""

from __future__ import annotations

import re
from typing import Final

from scc.read.names.bearers import attested
from scc.read.names.context import is_meant
from scc.read.names.deeds import acts_so
from scc.read.names.known_names import OTHER_DATASET, Alias
from scc.read.page import Page
from scc.read.phrases import Hit

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
_OPENERS: Final = frozenset(
    "had were was did does do is are has have will would can could should may might not no once when while after before since until although though because if as in on at by from with without for of and but or so then now later today yesterday the a an its their this that these those only even both only monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december "
    "sobald wenn als während nachdem bevor weil obwohl in im am auf mit von bei und aber dann der die das quand lorsque après avant pendant dans le la les et mais puis avec cuando mientras después antes aunque en el los las y pero con".split()
)
"""Words that only have a capital where they open a sentence."""
_JOINTS: Final = re.compile(r"(?!\. )[ \u00a0\u202f\n\-‐‑_.'’/&$+]{1,2}")
_LIST_JOINT: Final = re.compile(
    r"[*_”\"’')\]]{0,3}(?:,? (?:and|or) |, (?:and |or )?| ?/ ?| & )[*_“\"‘'(\[]{0,3}"
)
"""What stands between the names of an enumeration."""
_TWO_WORDS: Final = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+")
_ARTICLE: Final = re.compile(r"\b(?:an?|the|his|her) $", re.IGNORECASE)
_STROKES: Final = re.compile(r"(?<![\w/+@\\#.:~%-])(?:[A-Z][\w+-]{1,30}/){1,2}$")
_STROKES_AFTER: Final = re.compile(r"(?:/[A-Z][\w+-]{1,30}){1,2}(?![\w/@\\:-]|\.\w)")
"""One or two more names with strokes between."""
_NUMBER: Final = re.compile(r"(?<![\w.])\d{1,2}\.$")
"""The number of an item of a list, right before its first word."""
_NUMBERED: Final = re.compile(r"[a-z]{2,5}[ -]?\d{1,4}")
"""A designation written small: "apt28"."""


def longer(page: Page, hit: Hit[Alias], best: dict[int, Hit[Alias]]) -> bool:
    """Whether a name says more than what is known to begin at its place."""
    known = best.get(hit.first)
    return known is None or hit.last > known.last or (hit.last == known.last and _better(page, hit, known))


def take_told(page: Page, best: dict[int, Hit[Alias]], unsure: list[Hit[Alias]]) -> None:
    """Take a doubtful name of which its sentence tells what is only told of gangs and malware."""
    named = {page.sentence_of_word[first] for first in best}
    for hit in unsure:
        start, end = page.words[hit.first].start, page.words[hit.last - 1].end
        actor, among = hit.value.kind == "actor", page.sentence_of_word[hit.first] in named
        if (
            page.text[start].isupper()
            and (hit.value.rank < OTHER_DATASET or not (actor or hit.value.doubtful))
            and _alone(page, hit)
            and longer(page, hit, best)
            and not any(each.first == hit.first for each in page.hits.get("places", []))
            and (
                (hit.value.shared and among)
                or acts_so(page.text, start, end, *page.sentence(start), actor, among)
            )
        ):
            best[hit.first] = hit


def take_listed(page: Page, best: dict[int, Hit[Alias]], unsure: list[Hit[Alias]]) -> None:
    """Take a doubtful name that a list of names of its kind holds: "DoppelPaymer, Maze and Ryuk"."""
    ends = {hit.last: hit for hit in best.values()}
    ranked = sorted(unsure, key=lambda hit: hit.value.rank)
    # Forwards, then backwards: a list may begin or end with several doubtful names.
    for way in (1, -1):
        for hit in sorted(ranked, key=lambda hit: way * hit.first):
            if hit.first in best or not _alone(page, hit):
                continue
            left, right = hit.first, hit.last
            if left and page.words[left - 1].low in ("and", "or"):
                left -= 1
            if right < len(page.words) and page.words[right].low in ("and", "or"):
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
    return page.words[left.last - 1].end, page.words[right.first].start


def _alone(page: Page, hit: Hit[Alias]) -> bool:
    """Whether a name is no part of a longer one ("Carbon" in "Carbon Black")."""
    for left, index in ((hit.first - 1, hit.first - 1), (hit.last - 1, hit.last)):
        if 0 <= index and left + 1 < len(page.words):
            joint = page.text[page.words[left].end : page.words[left + 1].start]
            word = page.words[index]
            capital = page.text[word.start].isupper()
            known = word.low in _MALWARE_WORDS or word.low in _ACTOR_WORDS or word.low in _OPENERS
            if joint in (" ", "-", "\u00a0") and capital and not known:
                return False
    return True


def _unjoined(page: Page, hit: Hit[Alias]) -> bool:
    """Whether a name is no part of a longer one, as far as the line shows: in a headline every word has a capital."""
    if _alone(page, hit):
        return True
    line = page.text[slice(*page.line(page.words[hit.first].start))].split()
    return 2 * sum(1 for word in line if word[:1].isupper()) > len(line)


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


def stands_as_name(page: Page, hit: Hit[Alias]) -> bool:
    """Whether the words stand as a name does: joined, in the case of the name, no piece of an address."""
    words, text, alias = page.words, page.text, hit.value
    start, end = words[hit.first].start, words[hit.last - 1].end
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
        elif alias.shared:
            return _adjacent(page, hit, _MALWARE_BESIDE)
    if (
        hit.last - hit.first > 1
        and alias.written[0].isupper()
        and sum(1 for word in words[hit.first : hit.last] if text[word.start].islower()) > 1
    ):
        return False
    if (
        _TWO_WORDS.fullmatch(alias.written)
        and written[0].isupper()
        and text[words[hit.last - 1].start].islower()
        and words[hit.last - 1].low not in _MALWARE_WORDS | _ACTOR_WORDS
    ):
        # "Cobalt strike at the mine enters its third week."
        return _adjacent(page, hit, _ACTOR_BESIDE if alias.kind == "actor" else _MALWARE_BESIDE)
    return True


def has_evidence(page: Page, hit: Hit[Alias]) -> bool:
    """Whether a name needs no other evidence, or a word of the trade beside it gives it."""
    alias = hit.value
    written = page.text[page.words[hit.first].start : page.words[hit.last - 1].end]
    cased = (
        re.search(r"[a-z][A-Z]", alias.written) is not None
        and written != alias.written
        and " " not in alias.written
    )
    if not alias.doubtful and not (cased and alias.rank >= OTHER_DATASET):
        if not alias.shared or (_unjoined(page, hit) and attested(page, page.words[hit.first].start)):
            return True
    return _adjacent(page, hit, _ACTOR_BESIDE if alias.kind == "actor" else _MALWARE_BESIDE) or _meant(
        page, hit
    )


def _meant(page: Page, hit: Hit[Alias]) -> bool:
    """Whether a name with a capital that is no part of a longer one is said to be a gang's or a malware's."""
    start, end = page.words[hit.first].start, page.words[hit.last - 1].end
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
    if left > 0 and words[left].low == "of":
        left -= 1  # "a sample of Sliver"
    if right < len(words) and words[right].low == "s" and words[right].start - words[right - 1].end == 1:
        right += 1  # "Hive's affiliates"
    for index in (left, right):
        if (
            0 <= index < len(page.words)
            and page.sentence_of_word[index] == number
            and page.words.lows[index] in wanted
        ):
            between = page.text[
                min(page.words[index].end, page.words[hit.last - 1].end) : max(
                    page.words[index].start, page.words[hit.first].start
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
