# SPDX-License-Identifier: Apache-2.0
"""Whether a version lies in a range as sources write it: "from 1.0 before 1.4; 2.0", ">= 1.0, < 1.4", "vers:npm/<1.4".

Packages are compared by the rules of their ecosystem (univers). Everything else is compared by numbers, part by
part; what does not follow from the numbers alone (a letter, a pre-release) is unknown, never guessed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final, Literal

State = Literal["inside", "outside", "unknown"]
Operator = Literal["<", "<=", ">", ">=", "="]

LONGEST: Final = 2000
"""Characters of a range that are read; a longer one is unknown."""
ECOSYSTEMS: Final = {
    "npm": "SemverVersion",
    "pypi": "PypiVersion",
    "maven": "MavenVersion",
    "golang": "GolangVersion",
    "deb": "DebianVersion",
    "rpm": "RpmVersion",
    "nuget": "NugetVersion",
    "gem": "RubygemsVersion",
    "cargo": "SemverVersion",
    "composer": "ComposerVersion",
    "apk": "AlpineLinuxVersion",
    "alpm": "ArchLinuxVersion",
}
"""Package URL type to the univers class that orders its versions."""

_PART: Final = re.compile(r"\d+|[a-z]+")
_VERSION: Final = r"v?\d[\w.+:~()-]{0,80}"
_LOWER: Final = re.compile(rf"(?:from(?: version)?|since|starting with) ({_VERSION})")
_ABOVE: Final = re.compile(rf"(?:after|later than) ({_VERSION})")
_BELOW: Final = re.compile(
    rf"(?:before|prior to|earlier than|lower than|below|antérieures? à)(?: version)? ({_VERSION})"
)
_UPTO: Final = re.compile(rf"(?:(?:up )?to and including|up to|through|until|to)(?: version)? ({_VERSION})")
_EARLIER: Final = re.compile(rf"({_VERSION}) (?:and|or) (?:earlier|prior|below|older|lower)(?: versions?)?")
_LATER: Final = re.compile(rf"({_VERSION}) (?:and|or) (?:later|above|newer|higher)(?: versions?)?")
_COMPARATOR: Final = re.compile(rf"(<=|>=|<|>|==?)\s?({_VERSION})")
_SPAN: Final = re.compile(rf"({_VERSION}) (?:through|(?:up )?to and including|to|--?|–) ({_VERSION})")
_EXACT: Final = re.compile(_VERSION)
_AND: Final = re.compile(r",? (?:and|or) |, ?")


def affected(version: str, ranges: str, ecosystem: str = "") -> State:
    """Where a version lies against ranges joined by ";".

    `ecosystem` is a Package URL type ("npm", "deb"); "" compares numbers only. A part that cannot be read makes the
    answer unknown unless another part holds the version.
    """
    if not version.strip() or not ranges.strip() or len(ranges) > LONGEST or len(version) > 100:
        return "unknown"
    if ranges.strip().startswith("vers:"):
        return _vers(version.strip(), ranges.strip())
    states = [_one(version.strip(), each, ecosystem) for each in _parsed(ranges)]
    if "inside" in states:
        return "inside"
    return "unknown" if "unknown" in states or not states else "outside"


@lru_cache(maxsize=8192)
def _parsed(ranges: str) -> tuple[tuple[tuple[Operator, str], ...] | None, ...]:
    """Each alternative as constraints that all hold; () is every version, None what is not understood."""
    parts = [
        each
        for part in ranges.split(";")
        for each in _alternatives(" ".join(part.split()).lower().strip(" ,."))
    ]
    return tuple(_constraints(each) for each in parts if each)


def _alternatives(text: str) -> list[str]:
    """A plain list of versions ("5.6.0 and 5.6.1") one by one; anything else as it is. "7.2 and 7.4" may be two
    branches with all their releases, so every member needs three numbers."""
    bare = text.removeprefix("versions ").removeprefix("version ")
    parts = [each for each in _AND.split(bare) if each]
    return (
        parts
        if len(parts) > 1 and all(_EXACT.fullmatch(each) and each.count(".") > 1 for each in parts)
        else [text]
    )


def _constraints(text: str) -> tuple[tuple[Operator, str], ...] | None:
    text = text.removeprefix("versions ").removeprefix("version ")
    if text in ("all versions", "all", "*"):
        return ()
    if _EXACT.fullmatch(text):
        return (("=", text),)
    if found := _EARLIER.fullmatch(text):
        return (("<=", found[1]),)
    if found := _LATER.fullmatch(text):
        return ((">=", found[1]),)
    if found := _SPAN.fullmatch(text):
        return ((">=", found[1]), ("<=", found[2]))
    if text[0] in "<>=":
        kept = []
        for part in text.split(","):
            comparator = _COMPARATOR.fullmatch(part.strip())
            if comparator is None:
                return None
            kept.append((_OPERATORS[comparator[1]], comparator[2]))
        return tuple(kept)
    return _worded(text)


def _worded(text: str) -> tuple[tuple[Operator, str], ...] | None:
    """ "from A before B", "after A up to and including B", or one half of it."""
    kept: list[tuple[Operator, str]] = []
    rest = text
    openings: tuple[tuple[re.Pattern[str], Operator], ...] = ((_LOWER, ">="), (_ABOVE, ">"))
    closings: tuple[tuple[re.Pattern[str], Operator], ...] = ((_BELOW, "<"), (_UPTO, "<="))
    for patterns in (openings, closings):
        for pattern, operator in patterns:
            found = pattern.match(rest)
            if found:
                kept.append((operator, found[1]))
                rest = rest[found.end() :].strip(" ,").removeprefix("and ")
                break
    return tuple(kept) if kept and not rest else None


_OPERATORS: Final[dict[str, Operator]] = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "=": "=", "==": "="}


def _one(version: str, constraints: tuple[tuple[Operator, str], ...] | None, ecosystem: str) -> State:
    if constraints is None:
        return "unknown"
    state: State = "inside"
    for operator, limit in constraints:
        order = compare(version, limit, ecosystem)
        if order is None:
            state = "unknown"
        elif not _holds(order, operator):
            return "outside"
    return state


def _holds(order: int, operator: Operator) -> bool:
    if operator == "<":
        return order < 0
    if operator == "<=":
        return order <= 0
    if operator == ">":
        return order > 0
    return order >= 0 if operator == ">=" else order == 0


@lru_cache(maxsize=65536)
def compare(first: str, second: str, ecosystem: str = "") -> int | None:
    """-1, 0 or 1; None where the rules known here do not decide."""
    if ecosystem in ECOSYSTEMS:
        a, b = _typed(first, ecosystem), _typed(second, ecosystem)
        if a is None or b is None:
            return None
        try:
            return -1 if a < b else 1 if a > b else 0
        except Exception:  # univers raises what it likes on versions it does not know
            return None
    return _by_numbers(first, second)


@lru_cache(maxsize=65536)
def _typed(version: str, ecosystem: str) -> Any:
    from univers import versions

    text = version.removeprefix("v") if ecosystem != "golang" else f"v{version.removeprefix('v')}"
    try:
        return getattr(versions, ECOSYSTEMS[ecosystem])(text)
    except Exception:  # univers raises InvalidVersion and, on odd input, others
        return None


def _by_numbers(first: str, second: str) -> int | None:
    a, b = _parts(first), _parts(second)
    if a is None or b is None:
        return None
    for at in range(max(len(a), len(b))):
        one = a[at] if at < len(a) else ""
        other = b[at] if at < len(b) else ""
        if one == other or (int(one or 0) if one.isdigit() or not one else -1) == (
            int(other or 0) if other.isdigit() or not other else -2
        ):
            continue  # 1.2 and 1.2.0 are one release
        if (one.isdigit() or not one) and (other.isdigit() or not other):
            return -1 if int(one or 0) < int(other or 0) else 1
        if one.isalpha() and other.isalpha() and len(one) == len(other) == 1:
            return -1 if one < other else 1
        return None  # a letter against a number or an end: a pre-release here, a later release there
    # What follows a "+" counts in Debian and means nothing in SemVer: the ecosystem is not known here.
    return 0 if first.partition("+")[2] == second.partition("+")[2] else None


def _parts(version: str) -> list[str] | None:
    text = version.lower().strip(" ,.").removeprefix("v").split("+")[0]
    if not re.match(r"\d", text):
        return None
    return _PART.findall(text)


def _vers(version: str, ranges: str) -> State:
    from univers import version_range

    reader: Any = version_range.VersionRange  # univers has no types
    try:
        span = reader.from_string(ranges)
        return "inside" if span.version_class(version) in span else "outside"
    except Exception:  # univers raises what it likes on ranges and versions it does not know
        return "unknown"
