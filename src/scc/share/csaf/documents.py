# SPDX-License-Identifier: Apache-2.0
"""Ways through a CSAF 2.0 document that is valid by its JSON Schema; knows no test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

Part = dict[str, Any]

PROFILES: Final = (
    "csaf_security_incident_response",
    "csaf_informational_advisory",
    "csaf_security_advisory",
    "csaf_vex",
)
"""Values of `/document/category` with demands of their own (CSAF 2.0, section 4)."""


class Failure(msgspec.Struct, frozen=True):
    """A mandatory test that a document does not pass."""

    test: str
    """The section of CSAF 2.0, e.g. "6.1.27.4"."""
    path: str
    """JSON Pointer (RFC 6901) of the place."""
    message: str


class Product(msgspec.Struct, frozen=True):
    """A full product name with the place where it is defined."""

    path: str
    value: Part


def branches(document: Part) -> Iterator[tuple[str, Part]]:
    """Every branch with its path, however deep, without recursion."""
    tree = document.get("product_tree", {})
    left = [(f"/product_tree/branches/{at}", each) for at, each in enumerate(tree.get("branches", ()))]
    while left:
        path, branch = left.pop(0)
        yield path, branch
        inner = branch.get("branches", ())
        left[:0] = [(f"{path}/branches/{at}", each) for at, each in enumerate(inner)]


def products(document: Part) -> list[Product]:
    """Every full product name: of branches, of the flat list, of relationships."""
    tree = document.get("product_tree", {})
    found = [
        Product(f"{path}/product", each["product"]) for path, each in branches(document) if "product" in each
    ]
    found += [
        Product(f"/product_tree/full_product_names/{at}", each)
        for at, each in enumerate(tree.get("full_product_names", ()))
    ]
    found += [
        Product(f"/product_tree/relationships/{at}/full_product_name", each["full_product_name"])
        for at, each in enumerate(tree.get("relationships", ()))
    ]
    return found


def vulnerabilities(document: Part) -> Iterator[tuple[str, Part]]:
    """Every vulnerability with its path."""
    return placed("/vulnerabilities", document.get("vulnerabilities", ()))


def placed(path: str, values: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Items of an array with their paths."""
    return ((f"{path}/{at}", each) for at, each in enumerate(values))


def groups(document: Part) -> dict[str, list[str]]:
    """Product ids by group id."""
    tree = document.get("product_tree", {})
    return {each["group_id"]: each["product_ids"] for each in tree.get("product_groups", ())}


def addressed(part: Part, grouped: dict[str, list[str]]) -> set[str]:
    """The products that a flag, threat or remediation is about, through groups too."""
    found = set(part.get("product_ids", ()))
    for group in part.get("group_ids", ()):
        found.update(grouped.get(group, ()))
    return found


def repeated(values: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """(path, value) of each value that was there before."""
    seen = set()
    for path, value in values:
        if value in seen:
            yield path, value
        seen.add(value)
