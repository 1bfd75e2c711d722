# SPDX-License-Identifier: Apache-2.0
"""The CWE catalogue in the shape of MITRE's REST API, from that JSON or from the official XML download.

Source of the XML: https://cwe.mitre.org/data/xml/cwec_latest.xml.zip, schema cwe_schema_v7. Only ids, names,
states and relations are taken. The OWASP Top Ten lists are views 1344 (2021) and 1450 (2025) of CWE.
"""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from scc.knowledge.build.archives import members
from scc.model.errors import KnowledgeError

_RANK: Final = re.compile(r"OWASP Top Ten [0-9]{4} Category (A[0-9]{2}:([0-9]{4})) - (.+)")


def catalogue(data: bytes, name: str) -> dict[str, Any]:
    """Weaknesses, Categories and Views. Raises KnowledgeError for a bad archive, else ValueError."""
    if data[:2] == b"PK":
        found = [body for _, body in members(data, name, ".xml")]
        if len(found) != 1:
            raise KnowledgeError(f"{name} holds {len(found)} XML files and not one.", "Fetch it again later.")
        data = found[0]
    if data.lstrip()[:1] == b"<":
        return _from_xml(data, name)
    parsed: dict[str, Any] = msgspec.json.decode(data)
    return parsed


def lists(found: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The OWASP Top Ten by year: id, title and member weaknesses of each rank."""
    years: dict[str, list[dict[str, Any]]] = {}
    # The joined JSON lists some categories twice.
    for each in {str(one["ID"]): one for one in found["Categories"]}.values():
        rank = _RANK.fullmatch(str(each["Name"]))
        if rank:
            ids = sorted(int(one["CweID"]) for one in each.get("Relationships", ()))
            row = {"id": rank[1], "title": rank[3], "cwe_category": f"CWE-{each['ID']}", "cwes": ids}
            years.setdefault(rank[2], []).append(row)
    return {year: sorted(rows, key=lambda row: str(row["id"])) for year, rows in years.items()}


def _from_xml(data: bytes, name: str) -> dict[str, Any]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise KnowledgeError(f"{name} is not well-formed XML: {fault}.", "Fetch it again later.") from fault
    if etree.QName(root).localname != "Weakness_Catalog":
        raise KnowledgeError(f"{name} is no CWE catalogue.", "Fetch it again later.")
    space = f"{{{etree.QName(root).namespace}}}"
    return {
        "ContentVersion": str(root.get("Version", "")),
        "Weaknesses": [
            _weakness(each, space) for each in root.iterfind(f"{space}Weaknesses/{space}Weakness")
        ],
        "Categories": [
            {**_named(each), "Relationships": _members(each.find(f"{space}Relationships"), space)}
            for each in root.iterfind(f"{space}Categories/{space}Category")
        ],
        "Views": [
            {**_named(each), "Members": _members(each.find(f"{space}Members"), space)}
            for each in root.iterfind(f"{space}Views/{space}View")
        ],
    }


def _named(element: Any) -> dict[str, Any]:
    return {"ID": element.attrib["ID"], "Name": element.attrib["Name"], "Status": element.get("Status", "")}


def _members(element: Any, space: str) -> list[dict[str, str]]:
    found = element.iterfind(f"{space}Has_Member") if element is not None else ()
    return [{"CweID": each.attrib["CWE_ID"], "ViewID": each.attrib["View_ID"]} for each in found]


def _weakness(element: Any, space: str) -> dict[str, Any]:
    usage = element.find(f"{space}Mapping_Notes/{space}Usage")
    related = element.iterfind(f"{space}Related_Weaknesses/{space}Related_Weakness")
    patterns = element.iterfind(f"{space}Related_Attack_Patterns/{space}Related_Attack_Pattern")
    return {
        **_named(element),
        "Abstraction": element.get("Abstraction", ""),
        "MappingNotes": {} if usage is None else {"Usage": str(usage.text or "")},
        "RelatedWeaknesses": [
            {
                "Nature": each.attrib["Nature"],
                "CweID": each.attrib["CWE_ID"],
                "ViewID": each.attrib["View_ID"],
            }
            for each in related
        ],
        "RelatedAttackPatterns": [each.attrib["CAPEC_ID"] for each in patterns],
    }
