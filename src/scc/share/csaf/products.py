# SPDX-License-Identifier: Apache-2.0
"""The products of a briefing as a product tree, with which of its entries are affected and which are fixed.

A version or range that CSAF has a form for is a branch; one that has none is a full product name, in the words
of the source. Product ids are the same in each revision. Knows no vulnerability.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from scc.model.briefing import ProductShown
from scc.share.csaf.documents import Part
from scc.share.csaf.ranges import single, specifier
from scc.share.identity import named

NAME_LONGEST: Final = 1000
"""Characters of a name (CSAF 2.0, appendix C.3: at least these many a program must take)."""

_CUT: Final = re.compile(r"and [0-9]{1,6} more")
"""How a briefing ends a list of versions that is longer than it shows."""


class Entry(msgspec.Struct, frozen=True):
    """A leaf of the tree."""

    id: str
    name: str
    kind: str
    """"affected", "fixed", or "named" when the sources name no version."""
    fixed: str = ""
    """The fixed versions of the product, as sources write them."""


class Tree(msgspec.Struct, frozen=True):
    value: Part
    """As `/product_tree`; empty when no product has a name."""
    entries: tuple[Entry, ...]
    cut: tuple[str, ...] = ()
    """What a list of versions leaves out, e.g. "Cisco IOS XE Software: and 174 more"."""

    def of(self, kind: str) -> list[str]:
        """Ids of the entries of a kind."""
        return [each.id for each in self.entries if each.kind == kind]


def line(text: str, longest: int = NAME_LONGEST) -> str:
    """The text on one line, cut to a length."""
    return " ".join(text.split())[:longest].strip()


def titled(vendor: str, product: str) -> str:
    """The product with its vendor in front, but for one that is named after its vendor."""
    return product if product.casefold().startswith(vendor.casefold()) else f"{vendor} {product}"


def identifier(*parts: str) -> str:
    """The product id of a name and version, the same each time."""
    return f"CSAFPID-{named('csaf', 'product', *parts)}"


def tree(shown: Iterable[ProductShown]) -> Tree:
    """The tree in the order of the briefing: vendor, product, version."""
    vendors: dict[str, dict[str, dict[str, Entry]]] = {}
    cut: list[str] = []
    for each in shown:
        vendor, product = line(each.vendor), line(each.product)
        if not product:
            continue
        ends = [line(part) for part in each.versions.split(";")]
        cut += [f"{titled(vendor, product)}: {end}" for end in ends if _CUT.fullmatch(end)]
        held = vendors.setdefault(vendor, {}).setdefault(product, {})
        parts = [("affected", one) for one in versions(each.versions)]
        if parts:
            parts += [("fixed", one) for one in versions(each.fixed)]
        for kind, version in parts or [("named", "")]:
            name = line(f"{titled(vendor, product)} {version}")
            fixed = "" if kind == "fixed" else line(each.fixed)
            held.setdefault(version, Entry(identifier(vendor, product, version), name, kind, fixed))
    branches: list[Part] = []
    entries: list[Entry] = []
    loose: list[Entry] = []
    for vendor, products in vendors.items():
        kept = {name: _kept(held) for name, held in products.items()}
        made = [found for name, held in kept.items() if (found := _product(name, held))]
        if made:
            branches += [{"category": "vendor", "name": vendor, "branches": made}] if vendor else made
        for held in kept.values():
            entries += held.values()
            loose += [each for version, each in held.items() if version and not _kind(version)]
    value: Part = {"branches": branches} if branches else {}
    if loose:
        value["full_product_names"] = [_full(each) for each in loose]
    return Tree(value, tuple(entries), tuple(dict.fromkeys(cut)))


def _kept(held: dict[str, Entry]) -> dict[str, Entry]:
    """Without the entry that names no version when there are others, and without fixed versions that stand alone.

    A fixed version needs an affected one beside it in the same branch (CSAF 2.1, 6.1.27.13).
    """
    kept = {version: each for version, each in held.items() if version} or held
    if any(each.kind == "affected" and _kind(version) for version, each in kept.items()):
        return kept
    return {version: each for version, each in kept.items() if each.kind != "fixed"}


def _leaves(held: dict[str, Entry]) -> list[Part]:
    return [
        {"category": kind, "name": name, "product": _full(each)}
        for version, each in held.items()
        if (kind := _kind(version)) and (name := specifier(version) or version)
    ]


def _kind(version: str) -> str:
    """The category of the branch of a version, "" when it is neither a version nor a range by the standard."""
    if single(version):
        return "product_version"
    return "product_version_range" if specifier(version) else ""


def _product(name: str, held: dict[str, Entry]) -> Part | None:
    """The branch of a product, None when nothing of it can stand in one."""
    if "" in held:
        return {"category": "product_name", "name": name, "product": _full(held[""])}
    leaves = _leaves(held)
    return {"category": "product_name", "name": name, "branches": leaves} if leaves else None


def _full(entry: Entry) -> Part:
    return {"name": entry.name, "product_id": entry.id}


def versions(text: str) -> Iterator[str]:
    """The alternatives of a text such as "1.0, 1.1; from 2.0 before 2.4": plain versions one by one."""
    for part in text[: 2 * NAME_LONGEST].split(";"):
        pieces = [line(each) for each in part.split(",")]
        if all(single(each) for each in pieces):
            yield from pieces
        elif (whole := line(part)) and not _CUT.fullmatch(whole):
            yield whole
