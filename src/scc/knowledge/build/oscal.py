# SPDX-License-Identifier: Apache-2.0
"""OSCAL catalogues in the shape of their JSON form, whichever of JSON and XML a file holds.

Only what the builders use: metadata version, groups, controls, titles, props, names of parts. Source: OSCAL
catalogue model 1.1, JSON and XML formats.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

_NS: Final = "{http://csrc.nist.gov/ns/oscal/1.0}"


def catalogue(data: bytes) -> dict[str, Any]:
    """The catalogue of a JSON or XML file. Raises ValueError or KeyError for anything else."""
    if not data.lstrip().startswith(b"<"):
        found: dict[str, Any] = msgspec.json.decode(data)["catalog"]
        return found
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise ValueError(f"not well-formed XML: {fault}") from fault
    version = root.find(f"{_NS}metadata/{_NS}version")
    return {
        "metadata": {"version": "" if version is None else str(version.text or "")},
        "groups": [_element(each) for each in root.iter(f"{_NS}group")],
    }


def _element(element: Any) -> dict[str, Any]:
    title = element.find(f"{_NS}title")
    return {
        "id": element.attrib["id"],
        "class": element.attrib.get("class", ""),
        "title": "" if title is None else " ".join((title.text or "").split()),
        "props": [dict(each.attrib) for each in element.findall(f"{_NS}prop")],
        "parts": [dict(each.attrib) for each in element.findall(f"{_NS}part")],
        "controls": [_element(each) for each in element.findall(f"{_NS}control")],
    }


def withdrawn(control: dict[str, Any]) -> bool:
    """Whether its publisher withdrew a control."""
    return any(
        each.get("name") == "status" and str(each.get("value", "")).lower() == "withdrawn"
        for each in control.get("props", ())
    )


def title(element: dict[str, Any]) -> str:
    """The title in one line."""
    return " ".join(str(element.get("title", "")).split())
