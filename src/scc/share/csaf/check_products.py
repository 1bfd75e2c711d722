# SPDX-License-Identifier: Apache-2.0
"""Mandatory tests of CSAF 2.0 on products: 6.1.1 to 6.1.6, 6.1.13, 6.1.25, 6.1.29, 6.1.31 to 6.1.33."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from scc.share.csaf.documents import (
    Failure,
    Part,
    addressed,
    branches,
    groups,
    placed,
    products,
    repeated,
    vulnerabilities,
)

CONTRADICTING: Final = (
    ("first_affected", "known_affected", "last_affected"),
    ("known_not_affected",),
    ("first_fixed", "fixed"),
    ("under_investigation",),
)
"""Groups of which a product may be in one only (6.1.6)."""
RANGES: Final = re.compile(r"[<>]|(?<![\w-])(?:after|all|before|earlier|later|prior|versions)(?![\w-])", re.I)
"""What no name of a single version contains (6.1.31); "after-eight" is one, by the test files of OASIS."""
JUSTIFICATIONS: Final = (
    "component_not_present",
    "inline_mitigations_already_exist",
    "vulnerable_code_cannot_be_controlled_by_adversary",
    "vulnerable_code_not_in_execute_path",
    "vulnerable_code_not_present",
)
"""Flags that say why a product is not affected (3.2.3.5)."""


def failures(document: Part) -> Iterator[Failure]:
    for test in _TESTS:
        yield from test(document)


def _references(document: Part) -> Iterator[tuple[str, str]]:
    """Every mention of a product id outside its definition."""
    tree = document.get("product_tree", {})
    for path, group in placed("/product_tree/product_groups", tree.get("product_groups", ())):
        yield from placed(f"{path}/product_ids", group["product_ids"])
    for path, each in placed("/product_tree/relationships", tree.get("relationships", ())):
        for key in ("product_reference", "relates_to_product_reference"):
            yield f"{path}/{key}", each[key]
    for path, flaw in vulnerabilities(document):
        for state, ids in flaw.get("product_status", {}).items():
            yield from placed(f"{path}/product_status/{state}", ids)
        for kind, key in (
            ("flags", "product_ids"),
            ("remediations", "product_ids"),
            ("scores", "products"),
            ("threats", "product_ids"),
        ):
            for inner, part in placed(f"{path}/{kind}", flaw.get(kind, ())):
                yield from placed(f"{inner}/{key}", part.get(key, ()))


def _undefined(document: Part) -> Iterator[Failure]:
    known = {each.value["product_id"] for each in products(document)}
    for path, id_ in _references(document):
        if id_ not in known:
            yield Failure("6.1.1", path, f"product {id_!r} is not defined")


def _defined_twice(document: Part) -> Iterator[Failure]:
    for path, id_ in repeated((each.path, each.value["product_id"]) for each in products(document)):
        yield Failure("6.1.2", path, f"product {id_!r} is defined more than once")


def _circular(document: Part) -> Iterator[Failure]:
    parts: dict[str, set[str]] = {}
    for each in document.get("product_tree", {}).get("relationships", ()):
        refers = {each["product_reference"], each["relates_to_product_reference"]}
        parts.setdefault(each["full_product_name"]["product_id"], set()).update(refers)
    for id_ in parts:
        seen: set[str] = set()
        left = [id_]
        while left:
            new = parts.get(left.pop(), set()) - seen
            seen |= new
            left += new
        if id_ in seen:
            yield Failure("6.1.3", "/product_tree/relationships", f"product {id_!r} is defined by itself")


def _undefined_groups(document: Part) -> Iterator[Failure]:
    known = groups(document)
    for path, flaw in vulnerabilities(document):
        for kind in ("flags", "remediations", "threats"):
            for inner, part in placed(f"{path}/{kind}", flaw.get(kind, ())):
                for place, id_ in placed(f"{inner}/group_ids", part.get("group_ids", ())):
                    if id_ not in known:
                        yield Failure("6.1.4", place, f"group {id_!r} is not defined")


def _groups_twice(document: Part) -> Iterator[Failure]:
    listed = document.get("product_tree", {}).get("product_groups", ())
    for path, id_ in repeated(
        (path, each["group_id"]) for path, each in placed("/product_tree/product_groups", listed)
    ):
        yield Failure("6.1.5", path, f"group {id_!r} is defined more than once")


def _contradictions(document: Part) -> Iterator[Failure]:
    for path, flaw in vulnerabilities(document):
        status = flaw.get("product_status", {})
        seen: dict[str, int] = {}
        for number, kinds in enumerate(CONTRADICTING):
            for id_ in sorted({id_ for kind in kinds for id_ in status.get(kind, ())}):
                if seen.setdefault(id_, number) != number:
                    yield Failure("6.1.6", f"{path}/product_status", f"product {id_!r} contradicts itself")


def _purls(document: Part) -> Iterator[Failure]:
    from packageurl import PackageURL

    for each in products(document):
        purl = each.value.get("product_identification_helper", {}).get("purl")
        if purl is None:
            continue
        try:
            PackageURL.from_string(purl)
        except ValueError as fault:
            path = f"{each.path}/product_identification_helper/purl"
            yield Failure("6.1.13", path, f"no Package URL: {fault}")


def _hashes(document: Part) -> Iterator[Failure]:
    for each in products(document):
        path = f"{each.path}/product_identification_helper/hashes"
        helper = each.value.get("product_identification_helper", {})
        for inner, hashed in placed(path, helper.get("hashes", ())):
            listed = placed(f"{inner}/file_hashes", hashed["file_hashes"])
            for place, name in repeated((place, one["algorithm"]) for place, one in listed):
                yield Failure("6.1.25", place, f"algorithm {name!r} is used more than once")


def _unaddressed(document: Part) -> Iterator[Failure]:
    for path, flaw in vulnerabilities(document):
        for kind, test in (("remediations", "6.1.29"), ("flags", "6.1.32")):
            for inner, part in placed(f"{path}/{kind}", flaw.get(kind, ())):
                if "product_ids" not in part and "group_ids" not in part:
                    yield Failure(test, inner, "no product is named")


def _ranges(document: Part) -> Iterator[Failure]:
    for path, branch in branches(document):
        if branch["category"] == "product_version" and RANGES.search(branch["name"]):
            yield Failure("6.1.31", f"{path}/name", "a range of versions stands as one version")


def _flags_twice(document: Part) -> Iterator[Failure]:
    grouped = groups(document)
    for path, flaw in vulnerabilities(document):
        flags = [each for each in flaw.get("flags", ()) if each["label"] in JUSTIFICATIONS]
        named = ((f"{path}/flags", id_) for each in flags for id_ in sorted(addressed(each, grouped)))
        for place, id_ in repeated(named):
            yield Failure("6.1.33", place, f"product {id_!r} has more than one justification")


_TESTS: Final[tuple[Callable[[Part], Iterable[Failure]], ...]] = (
    _undefined, _defined_twice, _circular, _undefined_groups, _groups_twice, _contradictions, _purls, _hashes,
    _unaddressed, _ranges, _flags_twice,
)  # fmt: skip
