# SPDX-License-Identifier: Apache-2.0
"""The techniques of a briefing as layers of the ATT&CK Navigator, one layer a domain and version of ATT&CK.

One domain gives one layer, several give a list of layers in one file: the layer format 4.5 stores several
so, and the Navigator opens such a file with all its tabs ("layers/spec/v4.5/layerformat.md" of
mitre-attack/attack-navigator). Tools that read one layer a file, as mitreattack-python does, take the
entries of the list one by one. ATLAS has a navigator of its own and is not written; techniques that stand
in a briefing as context only are not either.
"""

from __future__ import annotations

import re
from typing import Any, Final

from scc.model.briefing import Briefing, TechniqueShown
from scc.share.identity import withdrawn
from scc.share.interface import Context, NotApplicable
from scc.share.texts import as_json, encodable, uri

_ID: Final = re.compile(r"T[0-9]{4}(?:\.[0-9]{3})?")
_DOMAINS: Final = {"enterprise": "enterprise-attack", "mobile": "mobile-attack", "ics": "ics-attack"}
_ROLES: Final = {"observed": ("Observed", "#d4351c"), "possible": ("Possible", "#f0c36d")}
"""Word and colour by role; an explicit colour wins over that of the score."""
_BASIS: Final = {
    "stated": "stated by",
    "record": "recorded by",
    "matched": "named by",
    "inferred": "inferred from",
}


def write(briefing: Briefing, context: Context) -> bytes | NotApplicable:
    """The layer, or a list of layers, as JSON in UTF-8."""
    briefing = encodable(briefing)
    if withdrawn(briefing, context):
        return NotApplicable("the item was withdrawn")
    groups: dict[tuple[str, str], list[TechniqueShown]] = {}
    for each in briefing.techniques:
        if each.role in _ROLES and each.domain in _DOMAINS and _ID.fullmatch(each.id):
            groups.setdefault((each.domain, each.version), []).append(each)
    if not groups:
        others = any(each.domain == "atlas" and each.role in _ROLES for each in briefing.techniques)
        return NotApplicable(
            "its techniques are of ATLAS only" if others else "no ATT&CK technique is observed"
        )
    order = list(_DOMAINS)
    layers = [
        _layer(briefing, domain, version, groups[domain, version])
        for domain, version in sorted(groups, key=lambda each: (order.index(each[0]), each[1]))
    ]
    return as_json(layers if len(layers) > 1 else layers[0])


def _layer(briefing: Briefing, domain: str, version: str, techniques: list[TechniqueShown]) -> dict[str, Any]:
    title = " ".join(briefing.title.split()) or briefing.id
    links = dict.fromkeys(
        (each.publisher.strip() or "Source", address)
        for each in briefing.sources
        if (address := uri(each.url))
    )
    # The Navigator knows releases by their first number: "19" stands for 19.0 as for 19.1.
    release = re.match(r"[0-9]{1,4}", version)
    layer: dict[str, Any] = {
        "name": f"{briefing.id} {title}",
        "versions": {"navigator": "5.2.0", "layer": "4.5"},
        "domain": _DOMAINS[domain],
        "description": f"{briefing.id}, revision {briefing.revision}, {briefing.tlp}. {briefing.page_one.line}",
        "sorting": 3,
        "layout": {
            "layout": "side",
            "showID": True,
            "showName": True,
            "aggregateFunction": "average",
            "expandedSubtechniques": "annotated",
        },
        "hideDisabled": False,
        "techniques": [entry for each in techniques for entry in _entries(briefing, each)],
        "gradient": {"colors": ["#ffffff", "#d4351c"], "minValue": 0, "maxValue": 100},
        "legendItems": [
            {"label": word, "color": colour}
            for role, (word, colour) in _ROLES.items()
            if any(each.role == role for each in techniques)
        ],
        "metadata": [
            {"name": "Item", "value": briefing.id},
            {"name": "TLP", "value": briefing.tlp},
            {"name": "ATT&CK", "value": f"{domain} {version}".strip()},
            {"name": "Generated", "value": briefing.generated},
        ],
    }
    if release:
        layer["versions"] = {"attack": release[0], **layer["versions"]}
    if links:
        layer["links"] = [{"label": label, "url": url} for label, url in links]
    return layer


def _entries(briefing: Briefing, each: TechniqueShown) -> list[dict[str, Any]]:
    """The technique, under the tactics that fit the text when these are not all it has."""
    word, colour = _ROLES[each.role]
    entry: dict[str, Any] = {
        "techniqueID": each.id,
        "comment": _comment(briefing, each, word),
        "score": max(0, min(100, round(each.confidence * 100))),
        "color": colour,
        "enabled": True,
        "metadata": [{"name": "Role", "value": word}, {"name": "Basis", "value": each.basis}],
    }
    if each.stated_id and each.stated_id != each.id:
        entry["metadata"].append({"name": "Stated as", "value": each.stated_id})
    tactics = dict.fromkeys("-".join(one.lower().split()) for one in each.fitting if one.strip())
    if not tactics or set(each.fitting) >= set(each.tactics):
        return [entry]
    return [{"techniqueID": each.id, "tactic": tactic, **entry} for tactic in tactics]


def _comment(briefing: Briefing, each: TechniqueShown, word: str) -> str:
    """Our sentence on where it comes from, then the first statement of the briefing on the same place."""
    documents = {one.id: one.document for one in briefing.citations}
    publishers = {one.document: one.publisher for one in briefing.sources}
    cited = [one for one in each.citations if documents.get(one)]
    names = list(dict.fromkeys(publishers.get(documents[one], "") for one in cited))
    told = ", ".join(name for name in names if name.strip())
    sentence = f"{word}, {_BASIS[each.basis]} {told}." if told else f"{word}, {each.basis}."
    statements = (*briefing.summary, *briefing.analysis)
    on_it = next((one.text for one in statements if set(one.citations) & set(cited)), "")
    found = next(
        (one.text for one in briefing.detection.statements if one.sid == f"det-{each.id.lower()}"), ""
    )
    return " ".join(part for part in (sentence, on_it, found) if part.strip())
