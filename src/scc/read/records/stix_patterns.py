# SPDX-License-Identifier: Apache-2.0
"""Indicators of a STIX bundle: the comparisons of their patterns as typed values (STIX 2.1, section 9).

Reads equality, sets and subnets; it does not evaluate (NOT, sequences, wildcards are left out). A file name and one
folder that must hold together are one path.
"""

from __future__ import annotations

import re
from typing import Any, Final

from scc.model.facts import Indicator, IndicatorType
from scc.read.records.interface import Note, dated, rows, text_at
from scc.read.records.patterns import is_local, typed

_TOKEN: Final = re.compile(
    r"([a-z0-9-]{2,40}):([A-Za-z0-9_.'\[\]*-]{2,120})\s{0,8}(NOT\s{1,8})?(=|IN|ISSUBSET)(?=[\s('0-9])"
    r"|'((?:[^'\\]|\\.)*)(?:'|\Z)|(\))|([0-9]{1,12})|\b(OR)\b",
    re.DOTALL,
)
"""Left to right: the head of a comparison, a literal (whatever it holds is no comparison), the end of a set, a number, OR."""
_OBJECTS: Final = {
    "ipv4-addr": "ipv4-addr", "ipv6-addr": "ipv6-addr", "domain-name": "domain-name", "url": "url",
    "email-addr": "email-addr", "mutex": "mutex", "windows-registry-key": "regkey", "email-message": "email-addr",
    "app": "android-package", "android-app": "android-package", "autonomous-system": "as", "user-agent": "user-agent",
}  # fmt: skip
_HASH: Final = re.compile(r"(MD5|SHA-?1|SHA-?256|SHA-?512|SSDEEP|IMPHASH)", re.IGNORECASE)
_BENIGN: Final = frozenset({"benign"})
Typed = tuple[IndicatorType, str]


def note_indicator(value: Any, at: str, note: Note) -> None:
    """Note every value of an indicator object; `at` points at its pattern."""
    if text_at(value, "pattern_type") not in ("", "stix"):
        return
    kinds = {
        each for each in (*rows(value, "indicator_types"), *rows(value, "labels")) if isinstance(each, str)
    }
    stated = "benign" if kinds & _BENIGN else "observed"
    name = " ".join(text_at(value, "name").split())
    for kind, found in values(text_at(value, "pattern"), name):
        role = "benign" if is_local(kind, found) else stated
        # A name that only repeats the value says nothing of it; the description may.
        told = name if name and name.lower() != found.lower() else text_at(value, "description") or name
        note(
            Indicator(
                type=kind,
                value=found,
                role=role,  # type: ignore[arg-type]
                action="detect" if role == "observed" else "none",
                first_seen=dated(value, "valid_from"),
                valid_until=dated(value, "valid_until"),
                note=" ".join(told.split())[:160],
            ),
            at,
        )


def values(pattern: str, name: str = "") -> list[Typed]:
    """The values a pattern compares with; `name` of the indicator keeps a package URL, for which STIX has no place."""
    found: list[Typed] = []
    parts: dict[str, list[str]] = {"name": [], "folder": [], "package": [], "version": []}
    terms, alternatives = _scanned(pattern)
    for object_, path, value in terms:
        held = _part(object_, path)
        if held:
            parts[held].append(value)
        elif one := _value(object_, path, value):
            found.append(one)
    if len(parts["name"]) == len(parts["folder"]) == 1 and not alternatives:
        folder = parts["folder"].pop()
        windows = "\\" in folder or ("/" not in folder and (":" in folder or "%" in folder))
        slash = "" if folder.endswith(("/", "\\")) else "\\" if windows else "/"
        parts["name"] = [f"{folder}{slash}{parts['name'][0]}"]
    for each in parts["name"]:
        found += [one] if (one := typed("filename", each)) else []
    for each in parts["folder"]:
        found += [one] if (one := typed("filepath", each)) else []
    if len(parts["package"]) == 1:
        version = f"@{parts['version'][0]}" if len(parts["version"]) == 1 else ""
        found.append(("package", name if name.startswith("pkg:") else f"{parts['package'][0]}{version}"))
    return found


def _part(object_: str, path: str) -> str:
    """The place of a comparison that stands for a value only together with another, "" for the others."""
    return {
        "file:name": "name", "file:parent_directory_ref.path": "folder", "directory:path": "folder",
        "software:name": "package", "software:version": "version",
    }.get(f"{object_}:{path}", "")  # fmt: skip


def _value(object_: str, path: str, value: str) -> Typed | None:
    if object_ == "file":
        hashed = _HASH.search(path)
        return typed(hashed[1], value) if hashed else None
    if object_ == "network-traffic":
        if path.endswith(".'User-Agent'"):
            return typed("user-agent", value)
        port = path in ("dst_port", "src_port") and re.fullmatch(r"[0-9]{1,5}", value)
        return ("port", value) if port and 0 < int(value) < 65536 else None
    if object_ == "user-account":
        return typed("user-account", value) if path in ("account_login", "user_id", "display_name") else None
    return typed(_OBJECTS[object_], value) if object_ in _OBJECTS else None


def _scanned(pattern: str) -> tuple[list[tuple[str, str, str]], bool]:
    """((object, path, value) of every comparison that asks for a value, whether there are alternatives)."""
    found: list[tuple[str, str, str]] = []
    alternatives = False
    head: re.Match[str] | None = None
    for token in _TOKEN.finditer(pattern):
        if token[1]:
            head = None if token[3] else token
            continue
        alternatives = alternatives or token[8] is not None
        value = token[7] if token[5] is None else re.sub(r"\\(.)", r"\1", token[5], flags=re.DOTALL)
        if head is not None and value:
            found.append((head[1], head[2], value))
        if head is not None and (head[4] != "IN" or token[6]):
            head = None
    return found, alternatives
