# SPDX-License-Identifier: Apache-2.0
"""The names of actors, malware and tools that the pack knows, in the forms in which people write them.

Datasets list one spelling, texts use several: a kind word joined or apart ("QuasarRAT", "Quasar RAT"), a designation
apart ("APT 28"), a group without the word Group, a program with its ending. An entry of another dataset that is an
ATT&CK entry in another spelling is that entry. Which names are also words, and so need a word of the trade beside
them, a sentence on attacks around them, or are not looked for, is data (`content/names/ambiguous.csv`). Reads no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import msgspec

from scc.read.phrases import WORD

if TYPE_CHECKING:
    from scc.content import Content
    from scc.knowledge import Knowledge
    from scc.knowledge.types import NameEntry

Kind = Literal["actor", "malware", "tool", "ransomware"]
_KINDS: Final[tuple[Kind, ...]] = ("actor", "malware", "tool", "ransomware")
_KIND_WORD: Final = re.compile(r" (?:ransomware|rat|botnet|trojan|group|gang|malware|stealer)$")
_GROUP_WORD: Final = re.compile(r" (?:Group|Team|Gang)$")
_JOINED: Final = re.compile(
    r"(?P<stem>[A-Za-z]{3,}[a-z\d])(?P<kind>RAT|Bot|Stealer|Loader|Ransomware|Locker)"
)
"""A kind word at the end of a name, joined to it with a capital."""
_APART: Final = re.compile(
    r"(?P<stem>[A-Z][\w.-]{2,}) (?P<kind>RAT|Bot|Stealer|Loader|Ransomware|Backdoor|Trojan)", re.IGNORECASE
)
_STEMMED: Final = frozenset({"rat", "stealer", "ransomware", "backdoor", "trojan"})
"""Kind words without which a name is used alone ("Quasar"); "Trick" for TrickBot is not."""
_NUMBERED: Final = re.compile(r"(?P<letters>APT|FIN|TA|UNC|DEV|Storm)-?(?P<number>\d{1,4})")
_TWO_NAMES: Final = re.compile(r"[A-Z][a-z]{2,} [A-Z][a-z]{2,}")
_TWO_WORDS: Final = re.compile(r"[A-Z][A-Za-z\d]{1,20} [A-Z][A-Za-z\d]{2,20}")
_INNER: Final = re.compile(r"(?P<first>[A-Z][a-z]{2,20})(?P<second>[A-Z][a-z]{2,20})")
_JOINED_LEAST: Final = 8
"""Characters above which a name of two words is looked for as one."""
_SHARED_LEAST: Final = 2
"""Names that a group of another dataset shares with one group of ATT&CK alone if it is that group …"""
_SHARED_PART: Final = 1 / 3
"""… and the part of its names that they are."""
_SQUEEZED_LEAST: Final = 6
"""Letters from which one spelling without spaces is taken for the same name."""
OTHER_DATASET: Final = 10
"""Added to the rank of a name that ATT&CK does not list."""


class Ambiguous(msgspec.Struct, frozen=True):
    """A row of content/names/ambiguous.csv."""

    name: str
    rule: Literal["context", "sentence", "never"]


class Demonym(msgspec.Struct, frozen=True):
    """A row of content/names/demonyms.csv."""

    word: str
    code: str


class Alias(NamedTuple):
    """One spelling of a name: the entry it belongs to, and whether it needs a word of the trade beside it."""

    name: str
    id: str
    kind: Kind
    written: str
    doubtful: bool
    rank: int
    """Lower is better between entries of one spelling: kind, and ten more outside ATT&CK."""
    shared: bool = False
    """Also a person's, a place's or a firm's name, or a rare word: needs a sentence on attacks."""


def phrases(knowledge: Knowledge, content: Content) -> list[tuple[str, Alias]]:
    """Every name and alias of the pack that is looked for, in every form, once an entry."""
    ambiguous = {each.name: each.rule for each in content.table("names/ambiguous", Ambiguous)}
    countries = {each.name.lower() for each in knowledge.names("country")}
    nations = {each.word.lower() for each in content.table("names/demonyms", Demonym)}
    entries = [(kind, entry) for kind in _KINDS for entry in knowledge.names(kind)]
    taken = {_phrase(name).lower() for _, entry in entries for name in (entry.name, *entry.aliases)}
    official = _official(entries)
    squeezed = {
        (_family(kind), _squeezed(name)): (kind, entry)
        for kind, entry in reversed(entries)
        if _attack(entry)
        for name in (*entry.aliases, entry.name)
        if len(_squeezed(name)) >= _SQUEEZED_LEAST
    }
    groups = _groups(entries)
    rows: dict[tuple[str, str, Kind], tuple[str, Alias]] = {}
    for kind, entry in entries:
        attack = _attack(entry)
        family = _family(kind)
        same = (
            None if attack else squeezed.get((family, _squeezed(entry.name))) or _shared(kind, entry, groups)
        )
        called = dict.fromkeys((entry.name, *entry.aliases))
        forms = [*called, *(form for form in _forms(kind, called, taken) if attack)]
        for alias in dict.fromkeys(forms):
            phrase = _phrase(alias)
            low = phrase.lower()
            # "PLAY Ransomware" of another dataset is ATT&CK's "Play" with a word behind it.
            if low in nations or (not attack and _KIND_WORD.sub("", low) in official):
                continue
            if ambiguous.get(low) == "never" or len(phrase) < 3 or len(phrase.split()) > 5 or low.isdigit():
                continue
            program = kind == "tool" and alias.lower().endswith(".exe")
            shared = ambiguous.get(low) == "sentence"
            doubtful = not (program or shared) and (
                low in ambiguous
                or low in countries
                or (len(phrase) < 4 and phrase.isalpha())
                or (kind != "actor" and alias not in called and _is_apart(alias))
                or not ((attack and (alias in called or kind == "actor")) or _distinct(alias))
            )
            found = None if attack else same or squeezed.get((family, _squeezed(alias)))
            own_kind, own = found or (kind, entry)
            listed = attack and (alias in called or kind == "actor")
            rank = _KINDS.index(own_kind) + (0 if listed or program else OTHER_DATASET)
            made = Alias(own.name, own.id, own_kind, alias, doubtful, rank, shared)
            key = (low, own.id, own_kind)
            if key not in rows or (doubtful, rank) < (rows[key][1].doubtful, rows[key][1].rank):
                rows[key] = (phrase, made)
    return list(rows.values())


def _groups(entries: list[tuple[Kind, NameEntry]]) -> dict[str, list[NameEntry]]:
    """ATT&CK's groups by each of their names."""
    found: dict[str, list[NameEntry]] = {}
    for kind, entry in entries:
        if kind == "actor" and _attack(entry):
            for name in {_squeezed(each) for each in (entry.name, *entry.aliases)}:
                found.setdefault(name, []).append(entry)
    return found


def _shared(
    kind: Kind, entry: NameEntry, groups: dict[str, list[NameEntry]]
) -> tuple[Kind, NameEntry] | None:
    """The group of ATT&CK that a group of another dataset is by the other names that the dataset gives it."""
    if kind != "actor":
        return None
    names = {_squeezed(each) for each in (entry.name, *entry.aliases)}
    shared = [groups[each] for each in names if each in groups]
    ids = {each.id for found in shared for each in found}
    if len(ids) != 1 or len(shared) < max(_SHARED_LEAST, _SHARED_PART * len(names)):
        return None
    return kind, shared[0][0]


def _attack(entry: NameEntry) -> bool:
    return entry.dataset.startswith("ATT&CK")


def _family(kind: Kind) -> str:
    """Within a family one name means one thing."""
    return "actor" if kind == "actor" else "software"


def _phrase(name: str) -> str:
    return " ".join(WORD.findall(name))


def _squeezed(name: str) -> str:
    return "".join(WORD.findall(name)).lower()


def _official(entries: list[tuple[Kind, NameEntry]]) -> set[str]:
    return {
        name.lower()
        for _, entry in entries
        if _attack(entry)
        for each in (entry.name, *entry.aliases)
        for name in (each, _GROUP_WORD.sub("", each))
    }


def _forms(kind: Kind, called: dict[str, None], taken: set[str]) -> Iterator[str]:
    """Other spellings of an entry's names. A new spelling of a program may be the name of no other entry."""
    for each in called:
        if kind == "actor":
            yield from _actor_forms(each)
        else:
            yield from (form for form in _software_forms(each, kind) if _phrase(form).lower() not in taken)


def _actor_forms(name: str) -> Iterator[str]:
    short = _GROUP_WORD.sub("", name)  # "Lazarus Group" is also called "Lazarus"
    if short != name and len(short) > 5:
        yield short
    numbered = _NUMBERED.fullmatch(name)
    if numbered:
        yield f"{numbered['letters']} {numbered['number']}"
    if _TWO_NAMES.fullmatch(name) and short == name:
        yield name.replace(" ", "")  # "FancyBear"


def _software_forms(name: str, kind: Kind) -> Iterator[str]:
    if kind == "tool" and re.fullmatch(r"[A-Za-z]{2,12}", name):
        yield f"{name.lower()}.exe"  # "net" is a word, "net.exe" is the program
    if _TWO_WORDS.fullmatch(name) and len(name) > _JOINED_LEAST:
        yield name.replace(" ", "")  # "AgentTesla"
    apart = _INNER.fullmatch(name)
    if apart:
        yield f"{apart['first']} {apart['second']}"  # "Trick Bot"
    found = _JOINED.fullmatch(name)
    if found:
        yield f"{found['stem']} {found['kind']}"
    else:
        found = _APART.fullmatch(name)
        if found and found["stem"].isalnum():
            yield found["stem"] + found["kind"]
    if found and found["kind"].lower() in _STEMMED and len(found["stem"]) > 3:
        yield found["stem"]


def _is_apart(form: str) -> bool:
    """Whether a form of a program's name has become two words: "Acid Rain" is also rain."""
    return _INNER.fullmatch(form.replace(" ", "")) is not None and " " in form and not _APART.fullmatch(form)


def _distinct(alias: str) -> bool:
    """Whether a name looks like no other word: inner capitals, digits, or several words."""
    if " " in alias.strip() and len(alias) > 6:
        return sum(1 for word in alias.split() if word[:1].isupper()) >= 2
    return bool(re.search(r"[a-z][A-Z]|[A-Za-z]\d|\d[A-Za-z]|[A-Z]{2,}[a-z]", alias)) and len(alias) > 3
