# SPDX-License-Identifier: Apache-2.0
"""Whether a version lies in a range as sources write it: "before 1.2.3", "from 1.0 up to and including 1.4".

Compares by numbers and letters of each part; what cannot be compared with certainty is unknown.
"""

from __future__ import annotations

import re
from typing import Final, Literal

State = Literal["inside", "outside", "unknown"]
_PART: Final = re.compile(r"\d+|[a-z]+")
_RANGE: Final = re.compile(
    r"^(?:from\s+(?P<start>\S+)\s+)?(?:(?:before|prior to|earlier than|<)\s*(?P<below>\S+)|(?:up to(?: and including)?|through|<=)\s*(?P<upto>\S+))$"
)
_EARLIER: Final = re.compile(r"^(?P<upto>\S+) and (?:earlier|prior|below)$")


def affected(version: str, ranges: str) -> State:
    """Where a version lies against ranges joined by ";"."""
    if not version or not ranges:
        return "unknown"
    mine = _key(version)
    if mine is None:
        return "unknown"
    states: list[State] = [
        _one(mine, version, part.strip().lower()) for part in ranges.split(";") if part.strip()
    ]
    if "inside" in states:
        return "inside"
    return "unknown" if "unknown" in states or not states else "outside"


def _one(mine: tuple[tuple[int, int, str], ...], version: str, text: str) -> State:
    if text == "all versions":
        return "inside"
    found = _RANGE.match(text) or _EARLIER.match(text)
    if found is None:
        exact = _key(text) if re.fullmatch(r"v?\d[\w.+-]*", text) else None
        if exact is None:
            return "unknown"
        return "inside" if exact == mine else "outside"
    groups = found.groupdict()
    if groups.get("start") and (start := _key(groups["start"])) is not None and mine < start:
        return "outside"
    if groups.get("below"):
        limit = _key(groups["below"])
        return "unknown" if limit is None else "inside" if mine < limit else "outside"
    limit = _key(groups.get("upto") or "")
    return "unknown" if limit is None else "inside" if mine <= limit else "outside"


def _key(version: str) -> tuple[tuple[int, int, str], ...] | None:
    """A version as comparable parts, numbers above letters; None for pre-releases and what has no digit."""
    text = version.lower().strip(" ,.").removeprefix("v")
    if not re.match(r"\d", text) or re.search(r"(?:rc|alpha|beta|dev|pre|snapshot)", text):
        return None  # a pre-release sorts differently in every ecosystem
    parts = [
        (1, int(part), "") if part.isdigit() else (0, 0, part) for part in _PART.findall(text.split("+")[0])
    ]
    while parts and parts[-1] == (1, 0, ""):
        parts.pop()
    parts.append((0, 1, ""))  # the end of a release sorts above a pre-release tag, below a further number
    return tuple(parts)
