# SPDX-License-Identifier: Apache-2.0
"""A document prepared for reading: words, sentences, sections, and a collector of observations.

Everything that reads facts out of text works on a `Page`, so that the text is cut once. Says nothing about
the facts themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, Final, NamedTuple

import msgspec

from scc.model.document import Document
from scc.model.facts import (
    Actor,
    AnyFact,
    Claim,
    Cvss,
    Duty,
    Identifier,
    Indicator,
    Malware,
    Observation,
    Question,
    Technique,
    Weakness,
)
from scc.model.ids import short
from scc.model.provenance import Basis, Span
from scc.model.sentences import sentences
from scc.read.phrases import Hit, Words
from scc.read.sought import Sought

_SECTION: Final = re.compile(
    r"(?P<iocs>indicators? of compromise|\biocs?\b|\bindicators\b|observables|file hashes|network indicators|hashes$)"
    r"|(?P<reference>references?$|further reading|^sources?$|related (?:articles|posts|links|reading)|^links$|see also|footnotes|^more information$|external links|^resources$|additional resources)"
    r"|(?P<advice>mitigations?|recommend|remediation|workarounds?|what (?:you )?(?:should|to|can|do)|how to|protect|next steps|actions?$|required actions|best practices|guidance|detection|hunting|hardening|checks for|yara|sigma rules?|stay safe)"
    r"|(?P<attack>att ?& ?ck|\bttps?\b|tactics,? techniques|techniques)"
    r"|(?P<affected>affected|vulnerable (?:products|versions)|products? in scope)",
    re.IGNORECASE,
)
"""What kind of section a heading opens. Linear: alternatives of plain words."""

_SECTION_WORDS: Final = (
    "indicator", "ioc", "observables", "hashes", "reference", "reading", "source", "related", "links", "see also", "footnote", "more info",
    "mitigation", "recommend", "remediation", "workaround", "what ", "how to", "protect", "next step", "action", "practice", "guidance",
    "detection", "hunting", "hardening", "checks for", "yara", "sigma", "stay safe", "att", "ttp", "tactics", "technique", "affected",
    "vulnerable", "scope",
)  # fmt: skip
"""Of these, in lower case, every such heading has one."""
_HEADING_MOST: Final = 90
_NOT_HEADING: Final = re.compile(
    r"[.;,:]$|^[-*•|]|\||\[\.\]|https?:|hxxp|\\|[0-9a-fA-F]{32}|^\d+(?:\.\d+){3}"
)
_IOC_TABLE: Final = re.compile(
    r"^[|\s*]*(?:iocs?|indicators?(?: of compromise)?|(?:ioc|indicator) type)[\s*]*\||\|[\s*]*(?:iocs?|indicators?(?: of compromise)?|(?:ioc|indicator) type)[\s*]*(?:\||$)",
    re.IGNORECASE,
)
"""The head of a table of indicators opens their section."""
_IOC_SUBHEADING: Final = re.compile(
    r"(?:domains?|ip|ips|ipv[46]|addresses|urls?|hash(?:es)?|sha-?(?:1|256|512)|md5|files?|c2|c&c|emails?|e-mail|network|host|"
    r"registry|mutex|wallets?|samples?|payloads?|loaders?|servers?|infrastructure|filenames?|droppers?|stage)",
    re.IGNORECASE,
)

_IOC_LABELLED: Final = re.compile(r"^[A-Za-z][\w -]{1,30}: [^:]{0,60}[\d\\/@_]")
"""A kind and a value on one line."""


class Section(NamedTuple):
    start: int
    kind: str
    """iocs, reference, advice, attack, affected or ""."""
    heading: str


class Page:
    """One document's text with words, sentences and sections; all ranges are code points of `text`."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.hits: dict[str, list[Hit[Any]]] = {}
        """Phrases found, by kind (`lexicon.search`)."""
        self.denied_actors: list[str] = []
        """Known actors that the text names only to say that they were not there, as it writes them (`names`)."""
        self.sentences = sentences(self.text)
        self._starts = [start for start, _ in self.sentences]
        self.sections = _sections(self.text)
        self._section_starts = [each.start for each in self.sections]

    @cached_property
    def low(self) -> str:
        """The text in lower case with the same length."""
        low = self.text.lower()
        if len(low) == len(self.text):
            return low
        return "".join(each.lower() if len(each.lower()) == 1 else each for each in self.text)

    @cached_property
    def words(self) -> Words:
        return Words(self.text)

    @cached_property
    def title_words(self) -> Words:
        return Words(self.document.title)

    @cached_property
    def sentence_of_word(self) -> list[int]:
        """For each word the number of its sentence."""
        found: list[int] = []
        for number, start in enumerate(self._starts[1:]):
            found.extend([number] * (bisect_left(self.words.starts, start) - len(found)))
        found.extend([max(0, len(self._starts) - 1)] * (len(self.words) - len(found)))
        return found

    def find(self, sought: Sought, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """The matches of a pattern in text[start:end]."""
        return sought.find(self.words, start, end)

    def may(self, sought: Sought, start: int = 0, end: int | None = None) -> bool:
        """Whether text[start:end], or a piece of it, can have a match."""
        return sought.may(self.words, start, end)

    def search(self, sought: Sought, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match of a pattern in text[start:end]."""
        return sought.search(self.words, start, end)

    def inside(self, sought: Sought, start: int, end: int) -> re.Match[str] | None:
        """The first match in the piece text[start:end] by itself, with places that count from `start`."""
        return sought.inside(self.words, start, end)

    def same_sentence(self, first: int, second: int) -> bool:
        """Whether two words (by index) stand in one sentence."""
        return self.sentence_of_word[first] == self.sentence_of_word[second]

    def sentence_number(self, offset: int) -> int:
        """Number of the sentence that holds an offset, or of the last before it; -1 for none."""
        return bisect_right(self._starts, offset) - 1

    def sentences_with(self, pieces: Iterable[str]) -> list[int]:
        """Numbers, in order, of the sentences in which one of some pieces begins that are written in lower case."""
        found: set[int] = set()
        for piece in pieces:
            at = self.low.find(piece)
            while at >= 0:
                number = self.sentence_number(at)
                found.add(number)
                # On from the next sentence: one place of each is enough.
                behind = self._starts[number + 1] if number + 1 < len(self._starts) else len(self.low)
                at = self.low.find(piece, max(behind, at + 1))
        return sorted(found - {-1})

    def sentence(self, offset: int) -> tuple[int, int]:
        """Range of the sentence that holds an offset, cut to 1,200 characters around it."""
        number = self.sentence_number(offset)
        if number < 0:
            return offset, offset
        start, end = self.sentences[number]
        return max(start, offset - 600), max(offset, min(end, offset + 600))

    def sentence_text(self, offset: int) -> str:
        start, end = self.sentence(offset)
        return self.text[start:end]

    def section(self, offset: int) -> str:
        """Kind of the section that holds an offset."""
        number = bisect_right(self._section_starts, offset) - 1
        return self.sections[number].kind if number >= 0 else ""

    def line(self, offset: int) -> tuple[int, int]:
        """Range of the line that holds an offset, cut to 2,000 characters around it."""
        start = self.text.rfind("\n", max(0, offset - 1000), offset) + 1 or max(0, offset - 1000)
        end = self.text.find("\n", offset, offset + 1000)
        return start, end if end >= 0 else min(len(self.text), offset + 1000)

    @cached_property
    def lead(self) -> int:
        """Offset up to which the text counts as its opening: three sentences, at least 300 characters."""
        third = self.sentences[min(2, len(self.sentences) - 1)][1] if self.sentences else 0
        return min(len(self.text), max(300, min(third, 1200)))


def _sections(text: str) -> list[Section]:
    found: list[Section] = []
    at = 0
    before_blank = True
    for line in text.split("\n"):
        bare = line.strip().lstrip("#").strip(" *:_")
        if bare and len(line) <= _HEADING_MOST and len(bare.split()) <= 12:
            if _IOC_TABLE.search(line):
                _open(found, at, "Indicators")
            elif not _NOT_HEADING.search(bare) and (
                line.lstrip().startswith(("#", "**")) or before_blank or line.rstrip().endswith(":")
            ):
                _open(found, at, bare)
        before_blank = not bare
        at += len(line) + 1
    return found


def _open(found: list[Section], at: int, bare: str) -> None:
    low = bare.lower()
    may = not bare.isascii() or any(map(low.__contains__, _SECTION_WORDS))
    named = _SECTION.search(bare) if may else None
    kind = named.lastgroup or "" if named else ""
    inside = found[-1].kind if found else ""
    if (
        not kind
        and inside == "iocs"
        and (_IOC_SUBHEADING.search(bare) or not bare[:1].isupper() or _IOC_LABELLED.search(bare))
    ):
        return
    if not kind and not bare[:1].isupper():
        return
    if kind or inside:
        found.append(Section(at, kind, bare))


class Notes:
    """Collects the observations of one document; the same fact is kept once, where it is first noted."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._found: dict[bytes, Observation] = {}

    def __call__(
        self, fact: AnyFact, start: int, end: int, basis: Basis, confidence: float, rule: str
    ) -> None:
        """Keep a fact that stands at text[start:end]; a later note of it only counts if it is surer."""
        key = msgspec.json.encode(fact)
        known = self._found.get(key)
        if known is not None and known.confidence >= confidence:
            return
        self._found[key] = Observation(
            id=short("obs", self._document.id, key, f"{start}-{end}"),
            document=self._document.id,
            fact=fact,
            locator=Span(start, end),
            basis=basis,
            confidence=round(confidence, 3),
            rule=rule,
        )

    def of(self, kind: type) -> list[Observation]:
        """Observations of one kind of fact, in order of noting."""
        return [each for each in self._found.values() if isinstance(each.fact, kind)]

    def claims(self, *questions: Question) -> list[tuple[Observation, Claim]]:
        """The claims on these questions that were noted so far, each with its observation."""
        return [
            (each, each.fact)
            for each in self._found.values()
            if isinstance(each.fact, Claim) and each.fact.question in questions
        ]

    def hard(self) -> bool:
        """Whether any fact was noted that only security texts and acts have."""
        return any(
            isinstance(each.fact, Identifier | Weakness | Technique | Cvss | Duty | Actor | Malware)
            or (isinstance(each.fact, Indicator) and each.fact.role == "observed")
            for each in self._found.values()
        )

    def drop(self, unwanted: Callable[[AnyFact], bool]) -> None:
        """Forget the facts that `unwanted` says yes to."""
        self._found = {key: each for key, each in self._found.items() if not unwanted(each.fact)}

    def observations(self) -> tuple[Observation, ...]:
        """Everything kept, by place in the text, then id."""
        return tuple(sorted(self._found.values(), key=_place))


def _place(each: Observation) -> tuple[int, int, str]:
    locator = each.locator
    return (locator.start, locator.end, each.id) if isinstance(locator, Span) else (0, 0, each.id)
