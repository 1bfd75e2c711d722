# SPDX-License-Identifier: Apache-2.0
"""The headed parts of a text, and whether they are unrelated news: the judgement behind the splitting of a round-up.

Conservative: chapters of one text, a release, advice and questions stay whole. Reads no markup and makes no input.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from scc.model.sentences import sentences
from scc.read.text.leads import BOLD, ITEM, Lead, folded
from scc.read.text.roundup_words import ASIDE, BRIEFS, CHAPTER, says_so

LEAST: Final = 3
"""Sections that stand on their own: two may be a text and its sequel."""
STANDS: Final = 160
"""Characters from which a section with its heading can stand on its own: a headline and a full sentence."""
_BESIDE: Final = 80
"""Characters of these that do not belong to the heading."""
_ASIDE_WORDS: Final = 5
"""Words of the longest heading that names a group of what is no news: a headline has more."""
_SENTENCE: Final = 30
"""Characters of the shortest line that is a sentence."""
_COVER: Final = 0.6
"""Part of the text below the lead that the sections hold: less, and the page is something else with a list in it."""
_SHARED: Final = 2 / 3
"""Part of the sections that a name stands in when it is what the whole page is about."""
_CHAPTERS: Final = 2
"""Headings of chapters from which a page is one text; one, a conclusion, ends many a round-up."""
_TITLE: Final = 140
"""Characters of the longest title."""
_HEADLINE: Final = 3
"""Words of the shortest heading that tells something."""
_LISTED: Final = 4
"""Identifiers in a part of at most two sentences that make it a list, not news."""
ID: Final = re.compile(r"\bCVE-\d{4}-\d{4,7}\b|\bGHSA(?:-[0-9a-z]{4}){3}\b", re.IGNORECASE)
_NAME: Final = re.compile(
    r"(?<=[\w,;:’'\")] )[A-Z][\w&.-]{2,30}\b|\b[A-Z]{2}[A-Z0-9]{1,9}\b|\b[A-Z][a-z]{1,20}[A-Z0-9]\w{0,20}\b"
)
_COMMON: Final = frozenset(
    "microsoft google apple cisa fbi linux windows android github amazon aws cve cvss rce api ios macos cisco "
    "china chinese russia russian iran iranian north korea korean american america europe european ukraine israel india "
    "united states kingdom union january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday internet telegram".split()
)
"""Names that stand in unrelated news of any week: they are nobody's subject."""
_DAY: Final = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day[,:]?[ ]?)?(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)[ ]\d{1,2}(?:st|nd|rd|th)?,?[ ]?(?:20\d\d)?"
    r"|\d{1,2}(?:st|nd|rd|th|\.)?[ ](?:of[ ])?[^\W\d_]{3,12}[ ]?(?:20\d\d)?|20\d\d-\d\d-\d\d)|(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    re.IGNORECASE,
)
"""A heading that is a day."""
_ADVICE: Final = re.compile(
    r"^(?:use|enable|avoid|keep|update|check|never|always|don['’]t|do|make|set|turn|be|train|back|protect|secure|limit|review|test|learn|monitor|implement|choose|know|how|what|why|when|who|should|can|is|are)\b",
    re.IGNORECASE,
)
"""How advice and questions begin; most headings of a listicle or of an FAQ do."""


class Part(msgspec.Struct, frozen=True):
    """A headed part of a page, by lines of its plain text."""

    title: str
    body: str
    """Its text with the heading's line."""
    links: tuple[str, ...]
    kind: Literal["news", "aside", "line", "list", "frame"]
    """`aside`: by its heading no news (jobs, events); read all the same, so that a rule says so."""


def parts_of(title: str, lines: Sequence[str], found: Sequence[Lead]) -> list[Part]:
    """The parts of a text, given where its headed places are; empty unless it is clearly a round-up."""
    if not says_so(title, "\n".join(lines[: found[0].line])):
        return []
    repeated = Counter((folded(each.words), each.rank < BOLD) for each in found)
    headed = {folded(each.words) for each in found if each.rank < BOLD}
    # What stands twice is furniture; a heading that a list of contents also names stands once.
    kept = [
        each
        for each in found
        if repeated[folded(each.words), each.rank < BOLD] == 1
        and (each.rank < BOLD or folded(each.words) not in headed)
    ]
    headings = [at for at, each in enumerate(kept) if each.rank < BOLD]
    if len(headings) >= LEAST:
        kept = kept[headings[0] :]  # what is bold above the first heading belongs to the head of the page
    tree = _Tree(lines, kept)
    parts = tree.parts()
    news = [each for each in parts if each.kind == "news"]
    if len(news) < LEAST or not _apart(news):
        return []
    if sum(1 for each in parts if each.kind == "frame") >= _CHAPTERS:
        return []
    below = sum(len(line) for line in lines[kept[0].line :])
    held = sum(len(each.body) for each in parts if each.kind != "frame")
    return parts if held >= _COVER * below else []


class _Tree:
    """The marks of a text as a tree by rank, cut into the parts that stand on their own."""

    def __init__(self, lines: Sequence[str], found: Sequence[Lead]) -> None:
        self._lines = lines
        self._found = found

    def parts(self) -> list[Part]:
        """The parts, in order."""
        return self._cut(0, len(self._found), len(self._lines))

    def _cut(self, first: int, last: int, end: int) -> list[Part]:
        """The parts of the marks from `first` up to `last`, whose text ends before the line `end`."""
        made: list[Part] = []
        while first < last:
            rank = self._found[first].rank
            after = first + 1
            while after < last and self._found[after].rank > rank:
                after += 1
            stop = self._found[after].line if after < last else end
            made.extend(self._node(first, after, stop))
            first = after
        return made

    def _node(self, first: int, after: int, stop: int) -> list[Part]:
        head = self._found[first]
        if after > first + 1 and not ASIDE.search(head.words):
            own = self._text(head.line, self._found[first + 1].line)
            below = self._cut(first + 1, after, stop)
            beside = own[len(head.words) :].strip()
            news = any(each.kind == "news" for each in below)
            if _DAY.fullmatch(head.words) and news:
                # Under a day stand the news of that day, the first at times without a heading of its own.
                first_one = Lead(head.line, ITEM, "", head.links)
                return [*([_part(first_one, beside, head.links)] if len(beside) >= STANDS else []), *below]
            # A group of news has no text of its own; what a story lists below its own text belongs to the story.
            listed = len(below) >= LEAST and head.rank < BOLD
            if len(beside) < STANDS and (news or listed):
                return below
        text = self._text(head.line, stop)
        links = tuple(dict.fromkeys(each for one in self._found[first:after] for each in one.links))
        return [_part(head, text, links)]

    def _text(self, first: int, stop: int) -> str:
        return "\n".join(self._lines[first:stop]).strip()


def _part(head: Lead, text: str, links: tuple[str, ...]) -> Part:
    title = _titled(head, text)
    beside = text[len(head.words) :] if head.rank < ITEM else text
    ids = {each.upper() for each in ID.findall(text)}
    told = sum(1 for start, stop in sentences(beside) if stop - start > _SENTENCE)
    if CHAPTER.fullmatch(head.words.strip(" :.")):
        return Part(title, text, links, "frame")
    if head.rank <= BOLD and len(head.words.split()) <= _ASIDE_WORDS and ASIDE.search(head.words):
        return Part(title, text, links, "aside")
    if head.rank <= BOLD and re.search(r"\bsponsored by\b", head.words, re.IGNORECASE):
        return Part(title, text, links, "aside")
    if (
        head.rank <= BOLD
        and BRIEFS.match(re.sub(r"^\d{1,3}[.)]\s", "", head.words))
        and len(head.words.split()) <= _ASIDE_WORDS
    ):
        return Part(title, text, links, "list")
    if len(ids) >= _LISTED and (told <= 2 or len(ids) > 2 * told):
        return Part(title, text, links, "list")
    stands = (
        len(text) >= STANDS
        and len(beside) >= _BESIDE
        and told > 0
        and re.search(r"[.!?…。][\"”’')\]]{0,3}(?:\s|$)", beside) is not None
    )
    return Part(title, text, links, "news" if stands else "line")


def _titled(head: Lead, text: str) -> str:
    """The heading without marks around it; with the first sentence where it is missing or a word or two."""
    words = re.sub(r"^(?:\d{1,3}[.)]\s|[^\w\"“'‘(\[]{1,8})", "", head.words).strip(" :–—-.•")
    if head.rank == ITEM or (len(words.split()) < _HEADLINE and not ASIDE.search(words)):
        rest = text if head.rank == ITEM else text[len(head.words) :]
        flat = " ".join(re.sub(r"^(?:[-*•]|\d{1,3}[.)])\s", "", rest.strip(" :–—-.\n")).split())
        start, stop = next(iter(sentences(flat)), (0, len(flat)))
        told = flat[start:stop].strip(" :–—-.")
        words = told if head.rank == ITEM else f"{words}: {told}"
    return words if len(words) <= _TITLE else f"{words[:_TITLE].rsplit(' ', 1)[0]}…"


def _apart(news: Sequence[Part]) -> bool:
    """Whether the parts tell of different events: no subject runs through them, and they are news, not advice."""
    told = [each.title for each in news]
    if 2 * sum(1 for each in told if each.endswith("?") or _ADVICE.match(each)) >= len(told):
        return False
    ids = [frozenset(each.upper() for each in ID.findall(part.body)) for part in news]
    groups: list[set[str]] = []
    alone = 0
    for each in ids:
        if not each:
            alone += 1
            continue
        touched = [group for group in groups if group & each]
        groups = [group for group in groups if not group & each] + [set(each).union(*touched)]
    if alone + len(groups) < max(LEAST, _SHARED * len(news)):
        return False
    names: Counter[str] = Counter()
    named = 0
    for part in news:
        found = {each.strip(".").casefold() for each in _NAME.findall(part.body)} - _COMMON
        names.update(found)
        named += bool(found) or bool(ID.search(part.body))
    if named < _SHARED * len(news):
        return False  # advice and essays name nobody
    return (
        not names
        or max(names.values()) <= _SHARED * len(news)
        or (len(news) == LEAST and max(names.values()) < LEAST)
    )
