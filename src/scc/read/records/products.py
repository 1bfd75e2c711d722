# SPDX-License-Identifier: Apache-2.0
"""The product tree of a CSAF document: product ids to vendor, product and version."""

from __future__ import annotations

from collections import deque
from typing import Any, Final

import msgspec

from scc.read.records.interface import rows, text_at

_STEPS: Final = 100_000
"""Branches looked at in one tree."""
_VERSIONS: Final = frozenset({"product_version", "product_version_range", "patch_level", "service_pack"})


class Named(msgspec.Struct, frozen=True):
    """A product as the tree names it."""

    vendor: str
    product: str
    version: str = ""
    cpe: str = ""
    purl: str = ""


def products_of(tree: Any) -> dict[str, Named]:
    """product_id to name, through branches, full product names, relationships (2.0) and product paths (2.1)."""
    found: dict[str, Named] = {}
    queue = deque((each, "", "", "") for each in rows(tree, "branches"))
    for _ in range(_STEPS):
        if not queue:
            break
        branch, vendor, product, version = queue.popleft()
        name, category = text_at(branch, "name"), text_at(branch, "category")
        if category == "vendor":
            vendor = name
        elif category in ("product_name", "product_family") or (category not in _VERSIONS and not product):
            product = name if category != "architecture" else product
        elif category in _VERSIONS:
            version = f"{version} {name}".strip()
        queue.extend((each, vendor, product, version) for each in rows(branch, "branches"))
        leaf = branch.get("product") if isinstance(branch, dict) else None
        if isinstance(leaf, dict):
            _keep(leaf, vendor, product or text_at(leaf, "name"), version, found)
    for each in rows(tree, "full_product_names"):
        _keep(each, "", text_at(each, "name"), "", found)
    for each in rows(tree, "relationships"):
        full = each.get("full_product_name") if isinstance(each, dict) else None
        part = found.get(text_at(each, "product_reference"))
        whole = found.get(text_at(each, "relates_to_product_reference"))
        if part is not None and whole is not None:
            product = f"{part.product} ({whole.product})" if part.product != whole.product else part.product
            _keep(full, whole.vendor or part.vendor, product, part.version, found)
        else:
            _keep(full, "", text_at(full, "name"), "", found)
    for each in rows(tree, "product_paths"):
        full = each.get("full_product_name") if isinstance(each, dict) else None
        _keep(full, "", text_at(full, "name"), "", found)
    return found


def _keep(leaf: Any, vendor: str, product: str, version: str, found: dict[str, Named]) -> None:
    id_ = text_at(leaf, "product_id")
    if id_ and product:
        helper = leaf.get("product_identification_helper") if isinstance(leaf, dict) else None
        purls = rows(helper, "purls")
        found.setdefault(
            id_,
            Named(
                vendor,
                " ".join(product.split()),
                " ".join(version.split()),
                text_at(helper, "cpe"),
                text_at(helper, "purl") or (purls[0] if purls and isinstance(purls[0], str) else ""),
            ),
        )
