# SPDX-License-Identifier: Apache-2.0
"""Which items are linked: by a vulnerability that is a main subject of both, never by likeness. Pure.

The order of arrival does not matter: what is compared and how it is ranked are facts of the stories. A release is a story
with a vendor's own text on several flaws; whether a flaw is told by one is not guessed from numbers alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from scc.model.assessment import Scored
from scc.model.document import Document
from scc.model.facts import Identifier
from scc.model.story import Held, Link, Relation, Story

MOST: Final = 10
"""Links of an item: more than these nobody follows."""
RELEASE_FLAWS: Final = 3
"""Main flaws in one text of a vendor from which it is a release: a text on two may tell of one chain of attack."""
SHARE: Final = 0.5
"""Most of a release's flaws that an item may be about and still be told as a part of it."""
_ADVISORIES: Final = frozenset({"csaf", "certfr"})
"""Formats whose documents tell of one release, whoever publishes them."""
_RANK: Final[dict[Relation, int]] = {"flaw-of-release": 0, "part-of-release": 0, "same-vulnerability": 2}


def release_documents(story: Story) -> tuple[Document, ...]:
    """The documents of a story that can be a release: a vendor's own, and advisories in a format made for them."""
    return tuple(
        each
        for each in story.documents
        if (each.publisher_kind == "vendor" or each.format in _ADVISORIES) and not each.part_of
    )


def is_release(story: Story, flaws: Iterable[Scored]) -> bool:
    """Whether such a document in the story is on several of its flaws."""
    own = {each.id for each in flaws}
    releases = {each.id for each in release_documents(story)}
    told: dict[str, set[str]] = {}
    for each in story.observations:
        if each.document in releases and isinstance(each.fact, Identifier) and each.fact.scheme == "cve":
            if each.fact.value in own:
                told.setdefault(each.document, set()).add(each.fact.value)
    return any(len(found) >= RELEASE_FLAWS for found in told.values())


def links(
    mine: Held, others: Mapping[str, Held], shared: Mapping[str, Mapping[str, bool]]
) -> tuple[Link, ...]:
    """The links of a story; `shared` gives for each other story the flaws in common and whether it holds them for exploited."""
    ranked = sorted(
        (each for each in others.values() if each.item),
        key=lambda each: order(mine, each, shared[each.story]),
    )
    found = []
    for each in ranked[:MOST]:
        common = shared[each.story]
        flaw = min(common, key=lambda one: (not common[one], one))
        found.append(
            Link(
                item=each.item,
                title=each.title,
                tlp=each.tlp,
                relation=relation(mine, each, len(common)),
                identifier=flaw,
                exploited=common[flaw],
            )
        )
    return tuple(found)


def order(mine: Held, other: Held, common: Mapping[str, bool]) -> tuple[int, str, str]:
    """Rank of a link: a release and its flaws before other events, exploited ones first, then the earlier event."""
    kind = relation(mine, other, len(common))
    calm = kind == "flaw-of-release" and not any(common.values())
    return _RANK[kind] + calm, other.date or "9999", other.first


def relation(mine: Held, other: Held, common: int) -> Relation:
    """What the other story is to mine, given how many flaws they have in common."""
    if mine.release and common == other.flaws and other.flaws <= SHARE * mine.flaws:
        return "flaw-of-release"
    if other.release and common == mine.flaws and mine.flaws <= SHARE * other.flaws:
        return "part-of-release"
    return "same-vulnerability"
