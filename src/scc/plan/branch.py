# SPDX-License-Identifier: Apache-2.0
"""What the words of the sources say of the reader's own products: named in a title, or of a branch without a fix.

Reads words only and claims little: whether a version is affected is `assess`'s, which compares ranges.
"""

from __future__ import annotations

import re
from typing import Final

from scc.model.assessment import Assessment
from scc.model.organisation import Organisation, OwnProduct
from scc.model.story import Story
from scc.plan.told import MOST, SENTENCE

_NO_FIX: Final = re.compile(
    r"\bno (?:patch|fix|update|security update|fixed version)(?:es)? (?:is|are|was|were|has been|will be)? ?"
    r"(?:planned|available|provided|released|issued|expected|made)"
    r"|\bwill not (?:be )?(?:fixed|patched|fix|patch|receive (?:a |an |any )?(?:patch|fix|update))"
    r"|\b(?:never|not going to) (?:be )?(?:patched|fixed)"
)
_NUMBERS: Final = re.compile(r"\d{1,6}(?:\.\d{1,6}){0,5}")
_WORD: Final = re.compile(r"[a-z][a-z0-9]{2,}")
_COMMON: Final = frozenset("the and for server software system security product remote unit service".split())
"""Words that name no product on their own."""


def without_fix(story: Story, assessment: Assessment, organisation: Organisation) -> bool:
    """Whether a sentence says that the branch of a product that we run gets no fix, whatever other branches get."""
    ours = [
        each
        for each in organisation.products
        if each.version and f"{each.vendor} {each.product}".strip() in assessment.relevance.matched
    ]
    return any(
        _NO_FIX.search(sentence) and any(_is_branch(each, sentence) for each in ours)
        for document in story.documents
        for sentence in (SENTENCE.split(document.text[:MOST].lower()) if ours else ())
    )


def named(story: Story, organisation: Organisation) -> bool:
    """Whether a title names a maker of the profile, or a product of it by a word that is not common."""
    titles = {word for each in story.documents for word in _WORD.findall(each.title.lower())}
    return any(
        word in titles
        for each in organisation.products
        for word in _WORD.findall(each.vendor.lower())[:1] + _WORD.findall(each.product.lower())[:1]
        if word not in _COMMON
    )


def _is_branch(own: OwnProduct, sentence: str) -> bool:
    """Whether a sentence names the product and the branch of our version: "7.0" or "7.x" for 7.0.3, not "7" alone."""
    if not any(word in sentence for word in _WORD.findall(own.product.lower()) if word not in _COMMON):
        return False
    found = _NUMBERS.match(own.version.removeprefix("v"))
    if found is None:
        return False
    parts = found[0].split(".")
    wanted = {".".join(parts[:depth]) for depth in range(2, len(parts) + 1)}
    return not wanted.isdisjoint(_NUMBERS.findall(sentence)) or f"{parts[0]}.x" in sentence
