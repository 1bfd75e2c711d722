# SPDX-License-Identifier: Apache-2.0
"""MISP events (core format): attributes of the event and of its objects, galaxy clusters, tags."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

from scc.model.facts import Actor, Identifier, Indicator, Malware, Technique
from scc.model.tlp import parse
from scc.read.records.interface import Note, View, rows, text_at
from scc.read.records.patterns import typed


def entries(value: Any) -> Iterator[tuple[str, Any]]:
    """Every event of the file."""
    events = [value["Event"]] if isinstance(value, dict) and isinstance(value.get("Event"), dict) else []
    events += [
        each["Event"]
        for each in rows(value, "response")
        if isinstance(each, dict) and isinstance(each.get("Event"), dict)
    ]
    for each in events:
        yield text_at(each, "uuid"), {"Event": each}


def view(value: Any) -> View:
    """The event's info, date, organisation and label."""
    event = value.get("Event", {})
    label = next(
        (
            parse(text_at(each, "name"))
            for each in rows(event, "Tag")
            if text_at(each, "name").lower().startswith("tlp:")
        ),
        None,
    )
    info = text_at(event, "info") or "MISP event"
    comments = [
        text_at(each, "value")
        for each in rows(event, "Attribute")
        if text_at(each, "type") in ("comment", "text")
    ]
    return View(
        title=info,
        text="\n".join([info, *comments[:40]]),
        url=next(
            (text_at(each, "value") for each in rows(event, "Attribute") if text_at(each, "type") == "link"),
            "",
        ),
        published=text_at(event, "date")[:10],
        publisher=text_at(event, "Orgc", "name"),
        tier="T2",
        publisher_kind="research",
        kind="indicators",
        tlp=label or "",
    )


def facts(value: Any, note: Note) -> None:
    """Attributes with `to_ids` as observed, links as reference, galaxies as names and techniques."""
    event = value.get("Event", {})
    _attributes(rows(event, "Attribute"), "/Event/Attribute", note)
    for index, each in enumerate(rows(event, "Object")):
        _attributes(rows(each, "Attribute"), f"/Event/Object/{index}/Attribute", note)
    for index, galaxy in enumerate(rows(event, "Galaxy")):
        for place, cluster in enumerate(rows(galaxy, "GalaxyCluster")):
            _cluster(
                text_at(galaxy, "type"),
                text_at(cluster, "value"),
                f"/Event/Galaxy/{index}/GalaxyCluster/{place}/value",
                note,
            )
    for index, tag in enumerate(rows(event, "Tag")):
        found = re.fullmatch(r'misp-galaxy:([\w-]+)="(.+)"', text_at(tag, "name"))
        if found:
            _cluster(found[1], found[2], f"/Event/Tag/{index}/name", note)


def _attributes(found: list[Any], at: str, note: Note) -> None:
    for index, each in enumerate(found):
        if not isinstance(each, dict) or each.get("deleted") is True:
            continue
        kind, value = text_at(each, "type"), text_at(each, "value")
        if kind == "vulnerability" and re.fullmatch(r"CVE-\d{4}-\d{4,}", value.upper()):
            note(Identifier("cve", value.upper(), "related"), f"{at}/{index}/value")
            continue
        for part_type, part in zip(kind.split("|"), value.split("|"), strict=False):
            indicator = typed(part_type, part)
            if indicator is None:
                continue
            watched = each.get("to_ids") is True
            role = "observed" if watched else "reference"
            note(
                Indicator(
                    indicator[0],
                    indicator[1],
                    role,
                    "detect" if watched else "none",
                    note=text_at(each, "comment")[:160],
                    first_seen=_moment(each.get("first_seen")),
                    last_seen=_moment(each.get("last_seen")),
                ),  # type: ignore[arg-type]
                f"{at}/{index}/value",
            )


def _cluster(kind: str, value: str, at: str, note: Note) -> None:
    technique = re.search(r"\b(T\d{4}(?:\.\d{3})?)\b", value)
    name = re.sub(r"\s+-\s+[A-Z]\d{4}(?:\.\d{3})?$", "", value).strip()
    id_ = re.search(r"\b([GS]\d{4})\b", value)
    if "attack-pattern" in kind and technique:
        note(Technique(technique[1], technique[1], "observed"), at)
    elif (
        kind
        in (
            "threat-actor",
            "mitre-intrusion-set",
            "mitre-enterprise-attack-intrusion-set",
            "microsoft-activity-group",
        )
        and name
    ):
        note(Actor(name, id_[1] if id_ else "", name), at)
    elif (
        kind in ("ransomware", "malpedia", "backdoor", "rat", "stealer", "banker", "botnet")
        or "malware" in kind
    ):
        note(
            Malware(name, id_[1] if id_ else "", "ransomware" if kind == "ransomware" else "malware", name),
            at,
        )
    elif kind in ("tool", "mitre-tool", "mitre-enterprise-attack-tool"):
        note(Malware(name, id_[1] if id_ else "", "tool", name), at)


def _moment(value: Any) -> str:
    text = str(value or "")
    if re.match(r"\d{4}-\d{2}-\d{2}", text):
        return text[:10]
    if text.isdigit() and len(text) == 10:
        return datetime.datetime.fromtimestamp(int(text), datetime.UTC).strftime("%Y-%m-%d")
    return ""
