# SPDX-License-Identifier: Apache-2.0
"""What a STIX bundle reports as seen: observed data that a sighting or a relationship ties to something harmful.

Observed data alone says that something was there, not that it was harmful (STIX 2.1, section 4.13); it counts as an
indicator only where a sighting of malware, a group or an indicator names it (section 5.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from scc.model.facts import Indicator
from scc.read.records.interface import Note, dated, rows, text_at
from scc.read.records.patterns import account_note, is_local, typed

_HARMFUL: Final = ("malware--", "indicator--", "campaign--", "intrusion-set--", "threat-actor--", "tool--")
_VALUES: Final = {
    "ipv4-addr": "ipv4-addr",
    "ipv6-addr": "ipv6-addr",
    "domain-name": "domain-name",
    "url": "url",
    "email-addr": "email-addr",
}


def note_observed(placed: list[tuple[str, dict[str, Any]]], note: Note) -> None:
    """Note the values of observed data that the bundle ties to something harmful; `placed` is (pointer, object)."""
    by_id = {text_at(each, "id"): (at, each) for at, each in placed}
    tied = _tied([each for _, each in placed])
    for at, each in placed:
        if each.get("type") != "observed-data" or text_at(each, "id") not in tied:
            continue
        parts = [by_id[ref] for ref in rows(each, "object_refs") if isinstance(ref, str) and ref in by_id]
        held = each.get("objects")
        if isinstance(held, dict):
            # STIX 2.0 keeps the objects inside, by number.
            parts += [
                (f"{at}/objects/{key}", part) for key, part in sorted(held.items()) if isinstance(part, dict)
            ]
        seen = dated(each, "first_observed"), dated(each, "last_observed")
        for place, part in parts:
            for kind, value, where in _values(part):
                typed_ = typed(kind, value)
                if typed_ is None:
                    continue
                local = is_local(*typed_)
                note(
                    Indicator(
                        type=typed_[0],
                        value=typed_[1],
                        role="benign" if local else "observed",
                        action="none" if local else "detect",
                        first_seen=seen[0],
                        last_seen=seen[1],
                        note=account_note(text_at(part, "account_type"), "")
                        if kind == "user-account"
                        else "",
                    ),
                    f"{place}{where}",
                )


def _tied(objects: list[dict[str, Any]]) -> set[str]:
    """Ids of observed data that a sighting of, or a relationship with, something harmful names."""
    found: set[str] = set()
    for each in objects:
        if each.get("type") == "sighting" and text_at(each, "sighting_of_ref").startswith(_HARMFUL):
            found.update(ref for ref in rows(each, "observed_data_refs") if isinstance(ref, str))
        elif each.get("type") == "relationship":
            ends = text_at(each, "source_ref"), text_at(each, "target_ref")
            for one, other in (ends, ends[::-1]):
                if one.startswith("observed-data--") and other.startswith(_HARMFUL):
                    found.add(one)
    return found


def _values(part: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(type name, value, pointer inside) of one observed object."""
    kind = part.get("type")
    if kind in _VALUES:
        yield _VALUES[kind], text_at(part, "value"), "/value"
    elif kind == "file":
        hashes = part.get("hashes")
        for name, value in sorted(hashes.items()) if isinstance(hashes, dict) else ():
            if isinstance(name, str) and isinstance(value, str):
                yield re.sub(r"[^a-z0-9]", "", name.lower()), value, f"/hashes/{name}"
        if text_at(part, "name"):
            yield "filename", text_at(part, "name"), "/name"
    elif kind == "windows-registry-key":
        yield "regkey", text_at(part, "key"), "/key"
    elif kind == "mutex":
        yield "mutex", text_at(part, "name"), "/name"
    elif kind == "user-account":
        for key in ("account_login", "user_id", "display_name"):
            if text_at(part, key):
                yield "user-account", text_at(part, key), f"/{key}"
                return
    elif kind == "autonomous-system":
        number = part.get("number")
        if isinstance(number, int):
            yield "as", str(number), "/number"
