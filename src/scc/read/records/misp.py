# SPDX-License-Identifier: Apache-2.0
"""MISP events (MISP core format): attributes of the event and of its objects, galaxy clusters, tags.

An attribute was observed when its event marks it for detection (`to_ids`), or when its comment opens with a role, as
our own export writes it for types that MISP cannot detect by ("observed; ...", "package, observed; ..."); else it is
context. An event of which everything is deleted was withdrawn.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any, Final, get_args

from scc.model.accounts import place_of
from scc.model.facts import (
    Actor,
    Claim,
    Identifier,
    Indicator,
    IndicatorRole,
    IndicatorType,
    Malware,
    Product,
    Technique,
    Weakness,
)
from scc.model.tlp import Tlp, parse, strictest
from scc.read.records.interface import Note, View, cve_id, cwe_id, dated, rows, text_at
from scc.read.records.patterns import account_note, is_local, typed
from scc.read.text.urls import web_links

_GALAXY: Final = re.compile(r'misp-galaxy:([\w-]{1,80})="([^"]{1,300})"')
_TECHNIQUE: Final = re.compile(r"\b(T\d{4}(?:\.\d{3})?)\b")
_GROUPS: Final = frozenset(
    "threat-actor mitre-intrusion-set mitre-enterprise-attack-intrusion-set microsoft-activity-group".split()
)
_MALWARE: Final = frozenset(
    "ransomware malpedia backdoor rat stealer banker botnet android mitre-malware mitre-enterprise-attack-malware"
    " mitre-mobile-attack-malware exploit-kit cryptominers".split()
)
_GHSA: Final = re.compile(r"GHSA(?:-[0-9a-z]{4}){3}", re.IGNORECASE)
_SAID: Final = re.compile(
    rf"(?:({'|'.join(get_args(IndicatorType))}), )?({'|'.join(get_args(IndicatorRole))})(?=;|$)"
)
"""Type and role with which a comment may open."""
_UNCHECKED: Final = ("package", "account", "ja4")
"""Types whose values have no form to check."""
_UNTIL: Final = re.compile(r"(?:^|; )valid until (\d{4}-\d{2}-\d{2})")
_ACCOUNT_OBJECTS: Final = frozenset({"user-account", "telegram-account", "facebook-account", "github-user"})
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
    """Attributes with `to_ids` as observed, others as reference or as said; galaxies as names and techniques."""
    event = value.get("Event", value)
    base = "/Event" if "Event" in value else ""
    if _withdrawn(event):
        by = text_at(event, "Orgc", "name")
        note(Claim("retracted", "yes", "asserted", "unknown", by), f"{base}/info")
        return
    for at, each in _all(event):
        _attribute(each, at.replace("/Event", base, 1), note)
    for index, object_ in enumerate(rows(event, "Object")):
        if isinstance(object_, dict) and object_.get("deleted") is not True:
            _object(object_, f"{base}/Object/{index}", note)
    for index, galaxy in enumerate(rows(event, "Galaxy")):
        for place, cluster in enumerate(rows(galaxy, "GalaxyCluster")):
            at = f"{base}/Galaxy/{index}/GalaxyCluster/{place}/value"
            _cluster(text_at(galaxy, "type") or text_at(cluster, "type"), text_at(cluster, "value"), at, note)
    for index, tag in enumerate(rows(event, "Tag")):
        found = _GALAXY.fullmatch(text_at(tag, "name"))
        if found:
            _cluster(found[1], found[2], f"{base}/Tag/{index}/name", note)


def _withdrawn(event: Any) -> bool:
    """Whether the event has attributes and every one of them, in objects too, is deleted."""
    parts = [
        *rows(event, "Attribute"),
        *(each for object_ in rows(event, "Object") for each in rows(object_, "Attribute")),
    ]
    return bool(parts) and all(isinstance(each, dict) and each.get("deleted") is True for each in parts)


def _object(object_: Any, at: str, note: Note) -> None:
    """The technique or the product that an object describes; its single attributes are read beside."""
    held: dict[str, tuple[str, str]] = {}
    for index, each in enumerate(rows(object_, "Attribute")):
        relation = text_at(each, "object_relation")
        held.setdefault(relation, (" ".join(text_at(each, "value").split()), f"{at}/Attribute/{index}/value"))
    name, place = held.get("name", ("", ""))
    if text_at(object_, "name") == "attack-pattern":
        id_, place = held.get("id", ("", ""))
        technique = _TECHNIQUE.fullmatch(id_) or re.fullmatch(r"(AML\.T\d{4}(?:\.\d{3})?)", id_)
        if technique:
            domain = "atlas" if id_.startswith("AML") else "enterprise"
            note(Technique(id_, id_, "observed", domain), place)  # type: ignore[arg-type]
    elif text_at(object_, "name") == "software" and name:
        affected = any(
            text_at(each, "relationship_type") == "affected-by" for each in rows(object_, "ObjectReference")
        )
        product = Product(
            product=name,
            vendor=held.get("vendor", ("", ""))[0],
            versions=held.get("version", ("", ""))[0],
            status="affected" if affected else "mentioned",
        )
        note(product, place)
    elif text_at(object_, "name") in _ACCOUNT_OBJECTS:
        _account(object_, at, note)


def _account(object_: Any, at: str, note: Note) -> None:
    """The name of an account object, where the template has it as plain text; typed ones are read as attributes."""
    for index, each in enumerate(rows(object_, "Attribute")):
        if (text_at(each, "type"), text_at(each, "object_relation")) == ("text", "username"):
            found = typed("user-account", text_at(each, "value"))
            if found is not None:
                role = "observed" if each.get("to_ids") is True else "reference"
                said = {**each, "comment": account_note(text_at(object_, "name"), text_at(each, "comment"))}
                _indicator(said, found, f"{at}/Attribute/{index}", note, role=role, until="")


def _attribute(each: Any, at: str, note: Note) -> None:
    kind, value = text_at(each, "type"), text_at(each, "value")
    if kind == "vulnerability" and cve_id(value):
        note(Identifier("cve", cve_id(value), "related"), f"{at}/value")
        return
    if kind == "vulnerability" and _GHSA.fullmatch(value.strip()):
        ghsa = "GHSA" + value.strip()[4:].lower()
        note(Identifier("ghsa", ghsa, "related"), f"{at}/value")
        return
    if kind == "weakness" and cwe_id(value):
        note(Weakness(cwe_id(value)), f"{at}/value")
        return
    name = " ".join(value.split())
    if kind == "threat-actor" and name:
        note(Actor(name, "", name), f"{at}/value")
        return
    comment = " ".join(text_at(each, "comment").split())
    if (kind, text_at(each, "category"), comment) == ("text", "Payload type", "malware") and name:
        note(Malware(name, "", "malware", name), f"{at}/value")
        return
    said = _SAID.match(comment)
    stated = said[2] if said else "reference"
    until = _UNTIL.search(comment)
    if said and said[1] and kind == "other":
        own = typed(said[1], value) or ((said[1], value.strip()) if said[1] in _UNCHECKED else None)
        if own is not None:
            _indicator(each, own, at, note, role=stated, until=until[1] if until else "")
        return
    watched = each.get("to_ids") is True
    # Whom somebody aimed at is a victim, whatever the event is to be searched for.
    stated = "victim" if kind == "target-user" else "observed" if watched else stated
    for part_type, part in zip(kind.split("|"), value.split("|"), strict=False):
        found = ("port", part) if kind == "port" and part.isdecimal() and said else typed(part_type, part)
        if found is not None:
            _indicator(each, found, at, note, role=stated, until=until[1] if until else "")


def _indicator(each: Any, found: tuple[Any, str], at: str, note: Note, *, role: str, until: str) -> None:
    role = "benign" if is_local(*found) else role
    note(
        Indicator(
            type=found[0],
            value=found[1],
            role=role,  # type: ignore[arg-type]
            action="detect" if role == "observed" else "none",
            note=_note(found[0], each)[:160],
            first_seen=_moment(each.get("first_seen")),
            last_seen=_moment(each.get("last_seen")),
            valid_until=until,
        ),
        f"{at}/value",
    )


def _note(type_: str, each: Any) -> str:
    comment = " ".join(text_at(each, "comment").split())
    if type_ != "account":
        return comment
    said = _SAID.match(comment)
    bare = comment[said.end() :].lstrip("; ") if said else comment
    return account_note(text_at(each, "type"), bare) if place_of(bare) or not said else comment


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
