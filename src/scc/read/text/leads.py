# SPDX-License-Identifier: Apache-2.0
"""Headings, bold leads and list items of a marked-up text, found again in its plain text.

The plain text of a document keeps no marks. What was a heading is looked up in the markup and located by its words, so
that a part of the text can be cut out as it stands. Judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from scc.read.text.decode import clean

BOLD: Final = 7
"""Rank of a bold lead; headings have their level, 1 to 6."""
ITEM: Final = 8
"""Rank of an entry of a list that begins with no mark."""
_TREE_CHARACTERS: Final = 600_000
_MOST: Final = 600
"""Marks of a page beyond which nothing is looked for: a page of links, or a hostile one."""
_WORDS: Final = 220
"""Characters of the longest heading or bold lead."""
_OPENING: Final = 80
"""Characters by which the beginning of a list entry is known again."""
_NOT_WORDS: Final = re.compile(r"[\W_]+")
_COUNTED: Final = re.compile(r"^(?:\d{1,3}[.)]|[a-z]\)|[#-])\s")


class Lead(msgspec.Struct, frozen=True):
    """A place where a part may begin."""

    line: int
    """Index of its line in the plain text."""
    rank: int
    words: str
    """As they stand in the markup, one line."""
    links: tuple[str, ...] = ()
    """Addresses linked to between it and the next mark of the markup."""


class _Mark(msgspec.Struct):
    rank: int
    words: str
    links: list[str]


def leads(markup: str, text: str) -> list[Lead]:
    """The marks of `markup` that begin a line of `text`, in order; none when there are more than anybody wrote."""
    marks = _marks(markup[:_TREE_CHARACTERS])
    if len(marks) > _MOST:
        return []
    lines = [folded(each) for each in text.split("\n")]
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if line:
            places.setdefault(line[:_KEY], []).append(index)
    found: list[Lead] = []
    last = -1
    for mark in marks:
        wanted = folded(mark.words)
        if not wanted:
            continue
        near = places.get(wanted[:_KEY], ()) if len(wanted) >= _KEY else _short(wanted, lines, last)
        at = next((each for each in near if each > last and lines[each].startswith(wanted)), -1)
        if at < 0:
            continue
        if (mark.rank < BOLD or len(wanted) < _KEY) and lines[at] != wanted and mark.rank != BOLD:
            continue  # a heading, or an entry of a word or two, has its line for itself
        last = at
        found.append(Lead(at, mark.rank, mark.words, tuple(dict.fromkeys(mark.links))))
    return found


_KEY: Final = 12


def _short(wanted: str, lines: list[str], last: int) -> list[int]:
    return [at for at in range(last + 1, len(lines)) if lines[at].startswith(wanted)][:1]


def folded(text: str) -> str:
    """The words of a text, lower case, without marks and the number in front."""
    return _NOT_WORDS.sub(" ", _COUNTED.sub("", text.strip())).strip().casefold()


def _marks(markup: str) -> list[_Mark]:
    from lxml import html

    try:
        parser = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True)
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except Exception:  # lxml raises several unrelated types on hostile input
        return []
    marks: list[_Mark] = []
    inside: Any = None
    outside = {each for frame in tree.iter("nav", "footer", "aside") for each in frame.iter()}
    for node in tree.iter():
        if node in outside:
            continue
        name = node.tag
        if not isinstance(name, str):
            continue
        if name == "a" and marks and (node.get("href") or "").startswith(("http://", "https://")):
            marks[-1].links.append(str(node.get("href")))
            continue
        if len(name) == 2 and name[0] == "h" and name[1] in "123456":
            words = _one_line(node)
            if words and len(words) <= _WORDS:
                marks.append(_Mark(int(name[1]), words, []))
        elif name in ("p", "li", "div"):
            if name == "p" and inside is not None and node.getparent() is inside:
                inside = None  # the entry's own paragraph was seen with the entry
                continue
            mark = _lead(node, name)
            if mark is not None:
                marks.append(mark)
                inside = node if name == "li" else None
        if len(marks) > _MOST:
            break
    return marks


def _lead(node: Any, name: str) -> _Mark | None:
    """The bold words that a paragraph or list entry begins with, or the opening of a list entry."""
    bold = _bold(node)
    if bold is not None:
        words = _one_line(bold)
        if 2 < len(words) <= _WORDS:
            return _Mark(BOLD, words, [])
    if name != "li":
        return None
    words = " ".join(" ".join(_own(node)).split())
    return (
        _Mark(ITEM, words[:_OPENING].rsplit(" ", 1)[0] if len(words) > _OPENING else words, [])
        if words
        else None
    )


def _bold(node: Any, depth: int = 0) -> Any:
    """The bold element with which an element's text begins, None if it begins otherwise."""
    if (node.text or "").strip():
        return None
    for child in node:
        if not isinstance(child.tag, str):
            continue
        if child.tag in ("b", "strong"):
            return child if _one_line(child) else None
        if child.tag in ("a", "span", "p", "em", "i", "u", "font") and depth < 4:
            if child.tag == "a" and len(child) == 0:
                return None
            found = _bold(child, depth + 1)
            if found is not None or _one_line(child):
                return found
        elif child.tag not in ("br", "img"):
            return None
        if (child.tail or "").strip():
            return None
    return None


def _own(node: Any) -> Iterator[str]:
    """The text of a list entry before a list inside it begins."""
    yield node.text or ""
    for child in node:
        if isinstance(child.tag, str) and child.tag in ("ul", "ol"):
            return
        if isinstance(child.tag, str):
            yield child.text_content()
        yield child.tail or ""


def _one_line(node: Any) -> str:
    return " ".join(clean(node.text_content()[:2000])[0].split())
