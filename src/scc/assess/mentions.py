# SPDX-License-Identifier: Apache-2.0
"""Products and suppliers of the profile that a story's words name, where reading found no product to compare.

A name counts when it tells products apart: two telling words, a model number, or one long word that is no common
one, in the order and on the word boundaries of the profile. A mention is a question, never a yes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import msgspec

from scc.assess.inventory import COMMON, EDITION
from scc.model.document import Document
from scc.model.organisation import OwnProduct

LEAD: Final = 4000
"""Characters of a document that are searched: beyond stand lists of links and other news."""
_WORD: Final = re.compile(r"[a-z0-9]+")


class Mention(msgspec.Struct, frozen=True):
    """A product of ours that a text names. `in_title`: the item is about it."""

    own: OwnProduct
    in_title: bool


def mentioned(documents: tuple[Document, ...], products: tuple[OwnProduct, ...]) -> tuple[Mention, ...]:
    """Products named by the documents, those of titles first, each once; packages (purl) are not looked for."""
    titles = " . ".join(_folded(each.title) for each in documents)
    texts = " . ".join(_folded(each.text[:LEAD]) for each in documents)
    index = _index(products)
    found: dict[str, Mention] = {}
    for word in sorted({*titles.split(), *texts.split()} & index.keys()):
        for name, own in index[word]:
            if _stands(name, titles):
                found[name] = Mention(own, True)
            elif name not in found and _stands(name, texts):
                found[name] = Mention(own, False)
    return tuple(sorted(found.values(), key=lambda each: (not each.in_title, each.own.product)))


@lru_cache(maxsize=4)
def _index(products: tuple[OwnProduct, ...]) -> dict[str, list[tuple[str, OwnProduct]]]:
    """Telling names by their first word, so that a long list costs a text only what it could name."""
    index: dict[str, list[tuple[str, OwnProduct]]] = {}
    for own in products:
        if not own.purl and (name := telling(own)):
            index.setdefault(name.split()[0], []).append((name, own))
    return index


def suppliers(documents: tuple[Document, ...], products: tuple[OwnProduct, ...]) -> tuple[str, ...]:
    """Vendors of the profile that stand in a title, at least five letters long, in the order of the profile."""
    titles = " . ".join(_folded(each.title) for each in documents)
    names = dict.fromkeys(each.vendor for each in products if each.vendor)
    return tuple(
        name for name in names if len(folded := _folded(name).strip()) >= 5 and _stands(folded, titles)
    )


def telling(own: OwnProduct) -> str:
    """The words under which the product is looked for, "" when they would name too much."""
    words = _WORD.findall(own.product.lower())
    kept = [each for each in words if each not in EDITION]
    rare = [each for each in kept if each not in COMMON and not each.isdigit()]
    if not rare:
        vendor = _WORD.findall(own.vendor.lower())
        return " ".join([*vendor, *words]) if vendor and len(words) > 1 and vendor[0] not in words else ""
    model = any(re.search(r"\d", each) and re.search(r"[a-z]", each) for each in kept) or (
        len(kept) > 1 and any(each.isdigit() and len(each) > 2 for each in kept)
    )
    if len(rare) > 1 or model or len(rare[0]) >= 5:
        return " ".join(words)
    return ""


def _folded(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.lower()))} "


def _stands(name: str, text: str) -> bool:
    return f" {name} " in text


_HOSTS: Final = frozenset(
    "windows macos ios ipados android linux ubuntu debian fedora suse rhel chromeos unix".split()
)


def host(name: str) -> bool:
    """Whether a product or supplier is an operating system: in a report on malicious code, what that runs on."""
    return bool(_HOSTS & set(name.lower().split()))
