# SPDX-License-Identifier: Apache-2.0
"""Affected and fixed versions of records in words: what the record says.

`natural` is a rough order by numbers, for putting into order what a record lists in none. Whether a version of the reader's is
affected is decided elsewhere, by the rules of its ecosystem.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

_NONE: Final = frozenset({"", "n/a", "unspecified", "unknown", "-"})
_FROM_THE_FIRST: Final = frozenset({"0", "0.0.0-0", "*", "all", "any"})
_PIECE: Final = re.compile(r"\d{1,18}|[a-z]+")
_BEFORE: Final = frozenset(
    "a alpha b beta c rc cr dev pre preview snapshot m milestone canary next nightly".split()
)
_MOST: Final = 12
"""Ranges named one by one; more are counted."""


class Range(msgspec.Struct, frozen=True):
    """A run of affected versions."""

    start: str = ""
    below: str = ""
    """First version that is no longer affected."""
    upto: str = ""
    """Last version that is affected."""
    fixed: tuple[str, ...] = ()
    """Versions named as fixed besides."""
    commits: bool = False
    """The values are commits, of no use to a reader."""
    above: str = ""
    """Last version before the affected ones."""


def natural(version: str) -> tuple[tuple[int, int, str], ...]:
    """A key by which versions sort by their numbers, a pre-release before its release and all else after it."""
    parts = _PIECE.findall(version.lower().removeprefix("v")[:120])
    key: list[tuple[int, int, str]] = []
    for each in (*parts, ""):
        if each.isdigit():
            key.append((2, int(each), ""))
            continue
        while len(key) > 1 and key[-1] == (2, 0, ""):
            key.pop()  # 1.2 and 1.2.0 are one release
        key.append((0, 0, each) if each in _BEFORE else (1, 1 if each else 0, each))
    return tuple(key)


def spoken(ranges: Sequence[Range]) -> tuple[str, str]:
    """(affected, fixed) in words, e.g. ("from 2.0 before 2.17.1; before 1.3", "2.17.1; 1.3")."""
    found: list[str] = []
    fixed: list[str] = []
    for each in ranges:
        if each.commits:
            continue
        said = _one(each)
        if said:
            found.append(said)
        if each.below and each.below != "*":
            fixed.append(each.below)
        fixed.extend(each.fixed)
    return _listed(found), _listed(fixed)


def _one(each: Range) -> str:
    first = each.start.strip()
    opening = "" if first.lower() in _NONE | _FROM_THE_FIRST else f"from {first} "
    if each.above:
        opening = f"after {each.above} "
    if each.below == "*" or each.upto == "*":
        return opening.strip() or "all versions"
    if each.below:
        if each.below == first:
            opening = ""  # "from 2022 SU6 before 2022 SU6": the record names its end twice
        return f"{opening}before {each.below}"
    if each.upto:
        return f"{opening}up to and including {each.upto}" if each.upto != first else first
    if each.above:
        return opening.strip()
    if first.lower() in _NONE:
        return ""
    return "all versions" if first.lower() in _FROM_THE_FIRST else first


def _listed(values: Sequence[str]) -> str:
    each = list(dict.fromkeys(" ".join(value.split())[:120] for value in values))
    if len(each) > _MOST:
        return "; ".join(each[:_MOST]) + f"; and {len(each) - _MOST} more"
    return "; ".join(each)
