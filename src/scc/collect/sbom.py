# SPDX-License-Identifier: Apache-2.0
"""The components of a CycloneDX or SPDX file in JSON as products of the reader. Fetches nothing."""

from __future__ import annotations

from typing import Any

import msgspec

from scc.model.organisation import OwnProduct

LARGEST = 100_000
"""Components taken of one file."""


def components(data: bytes) -> list[OwnProduct] | None:
    """The named components, sorted, each once; None when the bytes are neither format."""
    try:
        value = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    if value.get("bomFormat") == "CycloneDX":
        found = [_cyclonedx(each) for each in _list(value.get("components"))]
    elif "spdxVersion" in value:
        found = [_spdx(each) for each in _list(value.get("packages"))]
    else:
        return None
    named = {each for each in found[:LARGEST] if each is not None}
    return sorted(named, key=lambda each: (each.product, each.version, each.purl, each.cpe))


def _list(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _cyclonedx(component: dict[str, Any]) -> OwnProduct | None:
    name = _text(component.get("name"))
    if not name:
        return None
    return OwnProduct(
        product=name,
        vendor=_text(component.get("publisher")) or _text(component.get("group")),
        version=_text(component.get("version")),
        purl=_text(component.get("purl")),
        cpe=_text(component.get("cpe")),
    )


def _spdx(package: dict[str, Any]) -> OwnProduct | None:
    name = _text(package.get("name"))
    if not name:
        return None
    references = {
        _text(each.get("referenceType")): _text(each.get("referenceLocator"))
        for each in _list(package.get("externalRefs"))
    }
    return OwnProduct(
        product=name,
        vendor=_text(package.get("supplier")).removeprefix("Organization: ").replace("NOASSERTION", ""),
        version=_text(package.get("versionInfo")),
        purl=references.get("purl", ""),
        cpe=references.get("cpe23Type", references.get("cpe22Type", "")),
    )
