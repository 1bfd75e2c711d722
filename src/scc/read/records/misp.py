# SPDX-License-Identifier: Apache-2.0
"""MISP events (MISP core format): attributes of the event and of its objects, galaxy clusters, tags.

An attribute was observed when its event marks it for detection (`to_ids`); else it is context.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any, Final

from scc.model.facts import Actor, Identifier, Indicator, Malware, Technique
from scc.model.tlp import Tlp, parse, strictest
from scc.read.records.interface import Note, View, cve_id, cwe_id, dated, rows, text_at
from scc.read.records.patterns import is_local, typed
from scc.read.urls import web_links

_GALAXY: Final = re.compile(r'misp-galaxy:([\w-]{1,80})="([^"]{1,300})"')
_TECHNIQUE: Final = re.compile(r"\b(T\d{4}(?:\.\d{3})?)\b")
_GROUPS: Final = frozenset(
    "threat-actor mitre-intrusion-set mitre-enterprise-attack-intrusion-set microsoft-activity-group".split()
)
_MALWARE: Final = frozenset(
    "ransomware malpedia backdoor rat stealer banker botnet android mitre-malware mitre-enterprise-attack-malware"
    " mitre-mobile-attack-malware exploit-kit cryptominers".split()
)
_TOOLS: Final = frozenset({"tool", "mitre-tool", "mitre-enterprise-attack-tool"})


def entries(value: Any) -> Iterator[tuple[str, Any]]:
    """Every event of the file: one event, a list of events, or an API answer."""
    found = list(value) if isinstance(value, list) else [value, *rows(value, "response")]
    for index, each in enumerate(found):
        event = each.get("Event") if isinstance(each, dict) else None
        if not isinstance(event, dict) and isinstance(each, dict) and "Attribute" in each and "info" in each:
            event = each
        if isinstance(event, dict):
            yield text_at(event, "uuid") or str(index), {"Event": event}


def view(value: Any) -> View | None:
    """The event's info, date, organisation and label."""
    event = next((each["Event"] for _, each in entries(value)), None)
    if event is None or not (text_at(event, "info") or rows(event, "Attribute") or rows(event, "Object")):
        return None
    info = " ".join(text_at(event, "info").split()) or "MISP event"
    attributes = [each for _, each in _all(event)]
    comments = [text_at(each, "value") for each in attributes if text_at(each, "type") in ("comment", "text")]
    notes = [text_at(each, "comment") for each in attributes]
    addresses = [text_at(each, "value") for each in attributes if text_at(each, "type") == "link"]
    return View(
        title=info,
        text="\n".join(
            dict.fromkeys(part.strip() for part in [info, *comments[:100], *notes[:400]] if part.strip())
        ),
        published=dated(event, "date"),
        modified=_moment(event.get("publish_timestamp")),
        publisher=text_at(event, "Orgc", "name") or text_at(event, "Org", "name"),
        tier="T3",
        kind="indicators",
        tlp=_label(event),
        links=web_links(addresses),
    )


def _label(event: Any) -> Tlp | str:
    labels = [
        parse(text_at(each, "name"))
        for each in rows(event, "Tag")
        if text_at(each, "name").lower().startswith("tlp:")
    ]
    known = [each for each in labels if each is not None]
    return strictest(known) if known else ""


def _all(event: Any) -> Iterator[tuple[str, Any]]:
    """(pointer, attribute) of the event's own attributes and those of its objects; deleted ones left out."""
    for index, each in enumerate(rows(event, "Attribute")):
        if isinstance(each, dict) and each.get("deleted") is not True:
            yield f"/Event/Attribute/{index}", each
    for place, object_ in enumerate(rows(event, "Object")):
        for index, each in enumerate(rows(object_, "Attribute")):
            if isinstance(each, dict) and each.get("deleted") is not True:
                yield f"/Event/Object/{place}/Attribute/{index}", each


def facts(value: Any, note: Note) -> None:
    """Attributes with `to_ids` as observed, others as reference, galaxies as names and techniques."""
    event = value.get("Event", value)
    base = "/Event" if "Event" in value else ""
    for at, each in _all(event):
        _attribute(each, at.replace("/Event", base, 1), note)
    for index, galaxy in enumerate(rows(event, "Galaxy")):
        for place, cluster in enumerate(rows(galaxy, "GalaxyCluster")):
            at = f"{base}/Galaxy/{index}/GalaxyCluster/{place}/value"
            _cluster(text_at(galaxy, "type") or text_at(cluster, "type"), text_at(cluster, "value"), at, note)
    for index, tag in enumerate(rows(event, "Tag")):
        found = _GALAXY.fullmatch(text_at(tag, "name"))
        if found:
            _cluster(found[1], found[2], f"{base}/Tag/{index}/name", note)


def _attribute(each: Any, at: str, note: Note) -> None:
    kind, value = text_at(each, "type"), text_at(each, "value")
    if kind == "vulnerability" and cve_id(value):
        note(Identifier("cve", cve_id(value), "related"), f"{at}/value")
        return
    if kind == "weakness" and cwe_id(value):
        return
    watched = each.get("to_ids") is True
    for part_type, part in zip(kind.split("|"), value.split("|"), strict=False):
        found = typed(part_type, part)
        if found is None:
            continue
        role = "benign" if is_local(*found) else "observed" if watched else "reference"
        note(
            Indicator(
                type=found[0],
                value=found[1],
                role=role,  # type: ignore[arg-type]
                action="detect" if role == "observed" else "none",
                note=" ".join(text_at(each, "comment").split())[:160],
                first_seen=_moment(each.get("first_seen")),
                last_seen=_moment(each.get("last_seen")),
            ),
            f"{at}/value",
        )


def _cluster(kind: str, value: str, at: str, note: Note) -> None:
    name = re.sub(r"\s+-\s+[A-Z]+\d{4}(?:\.\d{3})?$", "", value).strip()
    number = re.search(r"\b([GS]\d{4})\b", value)
    id_ = number[1] if number else ""
    technique = _TECHNIQUE.search(value)
    if kind.endswith("attack-pattern"):
        if technique:
            note(Technique(technique[1], technique[1], "observed", _domain(kind)), at)
    elif kind in _GROUPS and name:
        note(Actor(name, id_, name), at)
    elif kind in _MALWARE and name:
        note(Malware(name, id_, "ransomware" if kind == "ransomware" else "malware", name), at)
    elif kind in _TOOLS and name:
        note(Malware(name, id_, "tool", name), at)


def _domain(kind: str) -> Any:
    return "mobile" if "mobile" in kind else "ics" if "ics" in kind else "enterprise"


def _moment(value: Any) -> str:
    """A date of an ISO string or of seconds since 1970, "" if it is neither."""
    text = str(value or "")
    if re.match(r"\d{4}-\d{2}-\d{2}", text):
        return text[:10]
    if re.fullmatch(r"[1-9]\d{8,9}", text):
        return datetime.datetime.fromtimestamp(int(text), datetime.UTC).strftime("%Y-%m-%d")
    return ""
