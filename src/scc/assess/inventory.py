# SPDX-License-Identifier: Apache-2.0
"""The reader's products as an index: which of them is the product that a source names.

A match is certain by package coordinates, CPE or the same words of one vendor; it is possible when one name is part
of the other, or when only words agree. Built once a profile, so that 5,000 components cost an advisory a few look-ups.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import unquote

import msgspec

from scc.model.facts import Product
from scc.model.organisation import OwnProduct

if TYPE_CHECKING:
    from scc.content import Content

Strength = Literal["certain", "possible"]

_WORD: Final = re.compile(r"[a-z0-9]+")
EDITION: Final = frozenset(
    """the for and of by inc ltd corp server software project product products systems system device devices appliance
    appliances series firmware platform app application edition enterprise standard professional community lts suite
    multiple""".split()
)
"""Words that do not tell two products of a vendor apart."""
COMMON: Final = frozenset(
    """access agent backup browser center central client cloud connect console core data desktop directory endpoint
    firewall framework gateway kernel mail manager management monitor network office portal recovery remote replication
    router security service services storage switch vault view virtual web workspace""".split()
)
"""Words that many vendors' names are made of."""


class Alias(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of content/names/vendors.csv or products.csv: another name of the same thing."""

    alias: str
    name: str


class Component(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of content/names/components.csv: a word for a part or interface of a product, never a product's name."""

    word: str
    basis: str


class Match(msgspec.Struct, frozen=True):
    own: OwnProduct
    strength: Strength


class Inventory:
    """Products of a profile, looked up by what a source names."""

    def __init__(self, products: tuple[OwnProduct, ...], content: Content) -> None:
        self._vendors = {
            folded(each.alias): folded(each.name) for each in content.table("names/vendors", Alias)
        }
        self._names = {words(each.alias): words(each.name) for each in content.table("names/products", Alias)}
        self._components = frozenset(each.word for each in content.table("names/components", Component))
        self._by_purl: dict[str, list[OwnProduct]] = {}
        self._by_cpe: dict[tuple[str, str], list[OwnProduct]] = {}
        self._by_name: dict[frozenset[str], list[OwnProduct]] = {}
        self._by_stem: dict[str, list[OwnProduct]] = {}
        self._by_word: dict[str, list[tuple[frozenset[str], OwnProduct]]] = {}
        self._by_vendor: dict[str, list[OwnProduct]] = {}
        self._suppliers: dict[str, str] = {}
        for own in products:
            self._add(own)

    def _add(self, own: OwnProduct) -> None:
        if own.purl:
            self._by_purl.setdefault(package(own.purl), []).append(own)
        if key := _cpe(own.cpe):
            self._by_cpe.setdefault(key, []).append(own)
        # "XZ Utils on Debian 12" is XZ Utils, said with where it runs.
        name = self._name(own.product.partition(" on ")[0], own.vendor)
        self._by_name.setdefault(name, []).append(own)
        if own.purl:
            # Packages of an SBOM are too many for parts of names; the first word of "log4j-core" is worth a question.
            first = next(iter(_WORD.findall(own.product.lower())), "")
            if len(first) >= 5 and name != frozenset({first}):
                self._by_stem.setdefault(first, []).append(own)
            return
        for word in name:
            self._by_word.setdefault(word, []).append((name, own))
        if own.vendor:
            self._suppliers.setdefault(self.vendor(own.vendor), own.vendor)
            self._by_vendor.setdefault(self.vendor(own.vendor), []).append(own)

    def vendor(self, name: str) -> str:
        """The key under which a vendor's names are one."""
        key = folded(name)
        return self._vendors.get(key, key)

    def supplier(self, organisation: str) -> str:
        """The vendor of the profile that an organisation is or begins with ("Salesloft Drift"), "" if it is none."""
        if not organisation:
            return ""
        key = self.vendor(organisation)
        first = folded(organisation.split()[0])
        return self._suppliers.get(key, "") or (self._suppliers.get(first, "") if len(first) >= 5 else "")

    def _name(self, product: str, vendor: str) -> frozenset[str]:
        found = words(product)
        found = self._names.get(found, found)
        return (found - words(vendor)) or found

    def matches(self, fact: Product) -> tuple[Match, ...]:
        """Products of the profile that the fact may name, certain ones first, each once."""
        found: dict[int, Match] = {}

        def note(own: OwnProduct, strength: Strength) -> None:
            if id(own) not in found or strength == "certain":
                found[id(own)] = Match(own, strength)

        if parts := listed(fact.product):
            # "FortiOS and FortiProxy" is a list; each of it may be ours.
            for part in parts:
                for each in self.matches(msgspec.structs.replace(fact, product=part, purl="", cpe="")):
                    note(each.own, each.strength)
        stated: Strength = "possible" if fact.status == "mentioned" else "certain"
        if fact.purl:
            for own in self._by_purl.get(package(fact.purl), ()):
                note(own, stated)
        if key := _cpe(fact.cpe):
            for own in self._by_cpe.get(key, ()):
                note(own, stated)
        name = self._name(fact.product, fact.vendor)
        if not words(fact.product) and fact.vendor:
            # "Multiple Products" of a vendor may be any of them.
            for own in self._by_vendor.get(self.vendor(fact.vendor), ()):
                note(own, "possible")
        elif name:
            for own in self._by_name.get(name, ()):
                if strength := self._by_words(own, fact, stated):
                    note(own, strength)
            if len(name) == 1 and not fact.purl:
                for own in self._by_stem.get(next(iter(name)), ()):
                    note(own, "possible")
            for mine, own in {
                id(own): (mine, own) for word in name for mine, own in self._by_word.get(word, ())
            }.values():
                if mine != name and (mine < name or name < mine) and self._one_vendor(own, fact):
                    # "Windows" names "Windows 2022" too, "IOS XE Web UI" a part of IOS XE; "Exchange" need not be
                    # "Exchange Online".
                    extra = mine - name
                    same = all(each.isdigit() for each in extra) if extra else name - mine <= self._components
                    note(own, stated if same else "possible")
        order = {"certain": 0, "possible": 1}
        return tuple(
            sorted(
                found.values(), key=lambda each: (order[each.strength], each.own.product, each.own.version)
            )
        )

    def _by_words(self, own: OwnProduct, fact: Product, stated: Strength) -> Strength | None:
        if own.purl:
            if fact.purl:
                return None  # both name a package and the packages differ
            return "possible"
        if not own.vendor or not fact.vendor:
            return stated if len("".join(words(own.product))) >= 4 else "possible"
        if self._one_vendor(own, fact):
            return stated
        # Vendors are bought and renamed; names made of common words alone are not.
        return "possible" if len("".join(words(own.product) - COMMON)) >= 6 else None

    def _one_vendor(self, own: OwnProduct, fact: Product) -> bool:
        if not own.vendor or not fact.vendor:
            return bool(own.vendor) and bool(words(own.vendor) & words(fact.product))
        one, other = self.vendor(own.vendor), self.vendor(fact.vendor)
        return one == other or one.startswith(other) or other.startswith(one)


_LAST: list[tuple[tuple[OwnProduct, ...], Content, Inventory]] = []


def inventory(products: tuple[OwnProduct, ...], content: Content) -> Inventory:
    """The index of a product list; the last one made is kept (a run has one profile)."""
    if _LAST and _LAST[0][0] is products and _LAST[0][1] is content:
        return _LAST[0][2]
    made = Inventory(products, content)
    _LAST[:] = [(products, content, made)]
    return made


_LIST: Final = re.compile(r",?\s+and\s+|,\s+")


def listed(product: str) -> tuple[str, ...]:
    """The names in a list of products ("A, B, and C"); empty for a single name."""
    parts = tuple(each.strip() for each in _LIST.split(product) if each.strip())
    return parts if len(parts) > 1 else ()


_SHORT: Final = re.compile(r"\([A-Z0-9]{2,8}\)")


def words(name: str) -> frozenset[str]:
    """The telling words of a name, lower case, without an abbreviation in brackets."""
    return frozenset(_WORD.findall(_SHORT.sub("", name).lower())) - EDITION


def folded(name: str) -> str:
    """A vendor's name without case, punctuation and legal form."""
    return "".join(each for each in _WORD.findall(name.lower()) if each not in _LEGAL)


_LEGAL: Final = frozenset(
    "inc incorporated ltd limited llc corp corporation gmbh ag plc co company sa the".split()
)


def package(purl: str) -> str:
    """A Package URL without version, qualifiers and subpath, in comparable spelling."""
    base = unquote(purl.split("#")[0].split("?")[0])
    at = base.rfind("@")
    if at > base.rfind("/"):
        base = base[:at]
    base = base.lower()
    return base.replace("_", "-") if base.startswith("pkg:pypi/") else base


def ecosystem(purl: str) -> str:
    """The type of a Package URL, e.g. "npm"."""
    return purl.removeprefix("pkg:").split("/")[0].lower() if purl.startswith("pkg:") else ""


def _cpe(cpe: str) -> tuple[str, str] | None:
    parts = cpe.lower().split(":")
    if cpe.startswith("cpe:2.3:") and len(parts) > 4:
        return parts[3], parts[4]
    if cpe.startswith("cpe:/") and len(parts) > 3:
        return parts[2], parts[3]
    return None
