# SPDX-License-Identifier: Apache-2.0
"""Actors, malware and tools: names of the pack found in the text, and names that the text introduces.

A name that is also a word ("Play", "Hive") counts only with a word of the trade beside it; which names these are
is data (`content/names/ambiguous.csv`: `context` needs such a word, `never` is not looked for). An unknown name
counts if the text introduces it ("a worm called …", "ransomware gang …") or has the shape of a designation
("UNC1069"). Does not attribute anything: `claims` does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import msgspec

from scc.model.facts import Actor, Malware
from scc.read.page import Notes, Page
from scc.read.phrases import WORD, Hit
from scc.read.scope import denied, ordered

if TYPE_CHECKING:
    from scc.content import Content
    from scc.knowledge import Knowledge

Kind = Literal["actor", "malware", "tool", "ransomware"]
_KINDS: Final[tuple[Kind, ...]] = ("actor", "malware", "tool", "ransomware")
_ACTOR_WORDS: Final = frozenset(
    "group groups gang gangs actor actors hackers hacker apt aka operators operator collective crew cluster adversary affiliates affiliate threat "
    "linked backed sponsored nexus attributed espionage cartel syndicate team subgroup tracked alias spies hacktivists hacktivist".split()
)
_MALWARE_WORDS: Final = frozenset(
    "malware ransomware trojan backdoor rat botnet loader stealer infostealer worm wiper spyware rootkit bootkit implant dropper downloader variant variants family "
    "strain payload payloads sample samples keylogger beacon beacons framework kit encryptor locker dubbed deploying deployed deploys delivers delivered drops dropped infected infections miner".split()
)
_ACTOR_BESIDE: Final = frozenset(
    "group gang apt hackers operators crew cartel affiliates ransomware aka".split()
)
_MALWARE_BESIDE: Final = frozenset(
    "ransomware malware trojan botnet stealer infostealer rat backdoor wiper worm loader spyware rootkit gang operators affiliates c2".split()
)
"""Words of which one must stand right beside a doubtful name."""
_KIND_WORD: Final = re.compile(r" (?:ransomware|rat|botnet|trojan|group|gang|malware|stealer)$")
_GROUP_WORD: Final = re.compile(r" (?:Group|Team|Gang)$")
_REACH: Final = 3
"""How many words before and after a doubtful name are looked at."""
_JOINTS: Final = re.compile(r"[ \n\-‐‑_.'’/&$+]{1,2}")

_DESIGNATION: Final = re.compile(
    r"(?<![\w-])(?:UNC\d{3,5}|TA[1-9]\d{2,3}(?![\d.])|FIN\d{1,2}|APT-?C?-?\d{1,3}|Storm-\d{4}|DEV-\d{4}|UA[CT]-?\d{4}|TAG-\d{2,3}|CL-(?:STA|CRI|UNK)-\d{4}|STAC\d{4}|TGR-STA-\d{4}|REF\d{4}|G[TR]G-\d{4}|Void Manticore)(?![\w-])"
)
_DESIGNATED: Final = re.compile(
    r"UNC\d|TA\d|FIN\d|APT|Storm-|DEV-|UA[CT]-?\d|TAG-|CL-|STAC\d|TGR-|REF\d|G[TR]G-|Manticore"
)
_NAME: Final = r"[“\"'‘]?(?P<name>[A-Z][\w$+]*(?:[-.][A-Z0-9]\w*)?(?: [A-Z][\w$+]*){0,2})[”\"'’]?"
_HANDLE: Final = r"[“\"'‘]?(?P<handle>[A-Za-z][\w$-]{2,30}(?: [A-Z][\w$-]{1,30}){0,2})[”\"'’]?"
_NAMING: Final = r"(?:called|named|dubbed|tracked as|codenamed|code-named|known as|nicknamed|calling itself|referred to as|that (?:we|they|it) (?:follow|track|call)s?(?: as)?|which (?:it|they|we|researchers) (?:call|dub|track)s?(?: as)?)"
_NEW_MALWARE: Final = re.compile(
    rf"\b(?:malware|ransomware|worm|backdoor|trojan|stealer|infostealer|botnet|loader|wiper|spyware|rootkit|implant|dropper|RAT|exploit kit|toolkit|framework|miner|variant|family|strain|payload)\b[^.;:\n]{{0,40}}?\b{_NAMING}(?: the)? {_NAME}"
)
_CALLED: Final = re.compile(
    rf"\b(?:[Rr]esearchers?|[Ww]e|[Aa]nalysts|[A-Z]\w+) (?:have |has )?(?:call|calls|called|named|dubbed|track|tracks|codenamed)(?: (?:it|the (?:malware|worm|ransomware|backdoor|campaign|botnet|trojan|stealer)))(?: as)? {_NAME}"
)
_NEW_ACTOR: Final = re.compile(
    rf"\b(?:group|gang|actors?|collective|crew|operation|cluster|hackers?|seller|adversary|persona|cartel|hacktivists?)\b[^.;:\n]{{0,30}}?\b(?:{_NAMING}|(?:that |who )?go(?:es|ing) by(?: the (?:name|handle|alias|moniker|nickname))?(?: of)?|using the (?:handle|alias|name)|under the (?:handle|alias|name|moniker))(?: the)? {_HANDLE}"
)
_OPERATION: Final = re.compile(
    r"\b(?P<what>ransomware (?:operation|gang|group|crew)|extortion (?:gang|group)|hacking group|threat actors?|cybercrime group|the group|the seller|hacktivist group)s?,? (?P<name>[A-Z][\w$]*[A-Za-z\d](?:[A-Z]\w*)?)\b"
)
_SHAPE: Final = re.compile(r"[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+|[A-Z]{2,}[a-z]+\w*|[A-Z][a-z]+\d+")
"""The look of a name that is no word: inner capitals or a number."""
_SUFFIXES: Final = frozenset(
    "ransomware malware botnet infostealer stealer backdoor trojan worm wiper spyware rootkit rat loader".split()
)
_STOP: Final = frozenset(
    "the a an this that it they we he she new windows linux android macos ios microsoft google apple github gitlab npm pypi docker kubernetes iot javascript typescript python powershell cisa fbi nsa us uk eu ai "
    "malware ransomware trojan backdoor botnet worm stealer loader rat group gang actor hacker hackers attackers researchers security cyber virustotal macbook iphone youtube linkedin facebook telegram whatsapp "
    "advanced openai chatgpt nodejs wordpress vmware esxi activex openssl mongodb mysql sharepoint onedrive bitcoin ethereum attack as is was not being one some any".split()
)


class Ambiguous(msgspec.Struct, frozen=True):
    """A row of content/names/ambiguous.csv."""

    name: str
    rule: Literal["context", "never"]


class Demonym(msgspec.Struct, frozen=True):
    """A row of content/names/demonyms.csv."""

    word: str
    code: str


class _Alias(NamedTuple):
    name: str
    id: str
    kind: Kind
    written: str
    doubtful: bool
    rank: int


def phrases(knowledge: Knowledge, content: Content) -> list[tuple[str, _Alias]]:
    """Every name and alias of the pack that is looked for."""
    ambiguous = {each.name: each.rule for each in content.table("names/ambiguous", Ambiguous)}
    countries = {each.name.lower() for each in knowledge.names("country")}
    official = {
        name.lower()
        for kind in _KINDS
        for entry in knowledge.names(kind)
        if entry.dataset.startswith("ATT&CK")
        for each in (entry.name, *entry.aliases)
        for name in (each, _GROUP_WORD.sub("", each))
    }
    nations = {each.word.lower() for each in content.table("names/demonyms", Demonym)}
    rows: list[tuple[str, _Alias]] = []
    for order, kind in enumerate(_KINDS):
        for entry in knowledge.names(kind):
            attack = entry.dataset.startswith("ATT&CK")
            # "Lazarus Group" is also called "Lazarus".
            called = [entry.name, *entry.aliases]
            if attack and kind == "actor":
                called += [
                    short for each in called if len(short := _GROUP_WORD.sub("", each)) > 5 and short != each
                ]
            if attack and kind == "tool":  # "net" is a word, "net.exe" is the program
                called += [f"{each.lower()}.exe" for each in called if re.fullmatch(r"[A-Za-z]{2,12}", each)]
            for alias in dict.fromkeys(called):
                phrase = " ".join(WORD.findall(alias))
                low = phrase.lower()
                never = ambiguous.get(low) == "never"
                file = kind == "tool" and alias.lower().endswith(".exe")
                # "PLAY Ransomware" of another dataset is ATT&CK's "Play" with a word behind it.
                if low in nations or (not attack and _KIND_WORD.sub("", low) in official):
                    continue
                if never or len(phrase) < 3 or len(phrase.split()) > 5 or low.isdigit():
                    continue
                doubtful = not file and (
                    low in ambiguous
                    or low in countries
                    or (len(phrase) < 4 and phrase.isalpha())
                    or not (attack or _distinct(alias))
                )
                rank = order + (0 if attack else 10)
                rows.append((phrase, _Alias(entry.name, entry.id, kind, alias, doubtful, rank)))
    return rows


def _distinct(alias: str) -> bool:
    """Whether a name looks like no other word: inner capitals, digits, or several words."""
    if " " in alias.strip() and len(alias) > 6:
        return sum(1 for word in alias.split() if word[:1].isupper()) >= 2
    return bool(re.search(r"[a-z][A-Z]|[A-Za-z]\d|\d[A-Za-z]|[A-Z]{2,}[a-z]", alias)) and len(alias) > 3


def note_names(page: Page, notes: Notes) -> None:
    """Note actors, malware and tools, each once by its primary name, at the first sure mention."""
    introduced = [each for each in _introduced(page) if not _unsaid(page, each[2])]
    as_malware = {name.lower() for kind, name, _, _ in introduced if kind != "actor"}
    told: set[tuple[str, str]] = set()
    taken: list[tuple[int, int]] = []
    known = [each for each in _known(page) if not _unsaid(page, each[1])]
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
    for kind, name, start, end in introduced:
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


def _unsaid(page: Page, start: int) -> bool:
    """A name that the text denies, asks about, rehearses or was told to name is not named by it."""
    return denied(page, start) or ordered(page, start)


def _known(page: Page) -> Iterator[tuple[_Alias, int, int]]:
    hits = page.hits.get("names", [])
    best: dict[int, Hit[_Alias]] = {}
    for hit in hits:
        known = best.get(hit.first)
        if known is None or hit.last > known.last or (hit.last == known.last and _better(page, hit, known)):
            if _fits(page, hit):
                best[hit.first] = hit
    reached = 0
    for first in sorted(best):
        hit = best[first]
        if first < reached:
            continue
        reached = hit.last
        yield hit.value, page.words[hit.first].start, page.words[hit.last - 1].end


def _alias_at(page: Page, start: int, actor: bool) -> _Alias | None:
    """The name of the pack that stands at a place where the text introduces a name, doubtful or not."""
    fitting = [
        hit
        for hit in page.hits.get("names", [])
        if page.words[hit.first].start == start and (hit.value.kind == "actor") == actor
    ]
    best = max(fitting, key=lambda hit: (hit.last, -hit.value.rank), default=None)
    return best.value if best is not None else None


def _better(page: Page, hit: Hit[_Alias], known: Hit[_Alias]) -> bool:
    """Between entries of one name: the kind that the words beside it speak of, then the better dataset."""
    if (hit.value.kind == "actor") != (
        known.value.kind == "actor"
    ) and hit.value.rank % 10 != known.value.rank % 10:
        beside = _beside(page, hit)
        actor, malware = bool(beside & _ACTOR_WORDS), bool(beside & _MALWARE_WORDS)
        if actor != malware:
            return actor == (hit.value.kind == "actor")
    return hit.value.rank < known.value.rank


def _beside(page: Page, hit: Hit[_Alias]) -> set[str]:
    number = page.sentence_of_word[hit.first]
    first, last = max(0, hit.first - _REACH), min(len(page.words), hit.last + _REACH)
    return {
        page.words[index].low
        for index in range(first, last)
        if not hit.first <= index < hit.last and page.sentence_of_word[index] == number
    }


def _fits(page: Page, hit: Hit[_Alias]) -> bool:
    words, text, alias = page.words, page.text, hit.value
    start, end = words[hit.first].start, words[hit.last - 1].end
    for left, right in zip(words[hit.first : hit.last], words[hit.first + 1 : hit.last], strict=False):
        if not _JOINTS.fullmatch(text[left.end : right.start]):
            return False
    if (
        (start and text[start - 1] in "@/\\#.")
        or (end < len(text) and text[end] in "@\\")
        or _in_address(text, start, end)
    ):
        return False
    written = text[start:end]
    if alias.written.isupper() and alias.written.isalpha() and not written.isupper():
        if alias.doubtful or not _beside(page, hit) & (_ACTOR_WORDS | _MALWARE_WORDS):
            return False
    if not (written[0].isupper() or written[0].isdigit()) and alias.written[0].isupper():
        # Written small: only tools and names with inner capitals or digits are.
        if alias.doubtful or alias.kind == "actor" or " " in alias.written or len(written) < 6:
            return False
    if (
        hit.last - hit.first > 1
        and alias.written[0].isupper()
        and sum(1 for word in words[hit.first : hit.last] if text[word.start].islower()) > 1
    ):
        return False
    cased = (
        re.search(r"[a-z][A-Z]", alias.written) is not None
        and written != alias.written
        and " " not in alias.written
    )
    if not alias.doubtful and not (cased and alias.rank >= 10):
        return True
    return _adjacent(page, hit, _ACTOR_BESIDE if alias.kind == "actor" else _MALWARE_BESIDE)


def _adjacent(page: Page, hit: Hit[_Alias], wanted: set[str] | frozenset[str]) -> bool:
    """Whether a word of the trade stands right before or after, in the same sentence."""
    number = page.sentence_of_word[hit.first]
    for index in (hit.first - 1, hit.last):
        if (
            0 <= index < len(page.words)
            and page.sentence_of_word[index] == number
            and page.words[index].low in wanted
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
    """Whether the place is a piece of a host name or path."""
    after = text[end : end + 2]
    return (len(after) == 2 and after[0] in "./" and after[1].isalnum()) or (
        start > 1 and text[start - 1] in "-." and text[start - 2].isalnum() and text[start - 1] == "."
    )


def _introduced(page: Page) -> Iterator[tuple[str, str, int, int]]:
    """(kind, name, start, end) of names that the text itself introduces."""
    text = page.text
    for each in _DESIGNATION.finditer(text) if _DESIGNATED.search(text) else ():
        yield "actor", each[0], each.start(), each.end()
    low = page.low
    if any(
        word in low
        for word in (
            "called",
            "named",
            "dubbed",
            "tracked",
            "known as",
            "follow",
            "codenamed",
            "nicknamed",
            "researchers call",
            "we call",
        )
    ):
        for pattern, group, kind in (
            (_NEW_MALWARE, "name", "malware"),
            (_CALLED, "name", "malware"),
            (_NEW_ACTOR, "handle", "actor"),
        ):
            for each in pattern.finditer(text):
                name = each[group].strip()
                if _is_name(name, handle="go" in each[0] and group == "handle"):
                    actual = (
                        "ransomware"
                        if kind == "malware" and each[0].lower().startswith("ransomware")
                        else kind
                    )
                    yield actual, name, each.start(group), each.end(group)
    for each in _OPERATION.finditer(text):
        if _is_name(each["name"]):
            kind = "ransomware" if each["what"].startswith("ransomware") else "actor"
            yield kind, each["name"], each.start("name"), each.end("name")
    words = page.words
    for index, word in enumerate(words):
        if word.low in _SUFFIXES and index and text[words[index - 1].end : word.start] == " ":
            start, end = words[index - 1].start, words[index - 1].end
            before = text[start - 1 : start] if start else " "
            if before not in "-." and _SHAPE.fullmatch(text, start, end) and _is_name(text[start:end]):
                yield "ransomware" if word.low == "ransomware" else "malware", text[start:end], start, end


def _is_name(name: str, handle: bool = False) -> bool:
    if len(name) < 3 or name.split()[0].lower() in _STOP or re.fullmatch(r"CVE.*|[A-Z]{2,3}", name):
        return False
    return handle or name[0].isupper() or bool(re.search(r"\d", name))
