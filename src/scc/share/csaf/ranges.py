# SPDX-License-Identifier: Apache-2.0
"""Version ranges in the words of sources, as the two forms that CSAF knows for them.

A range is a "vers" or a "vers-like specifier" (CSAF 2.0 and 2.1, section 3.1.2.3.2). Forms that say the same are
turned into one ("from 1.0 before 1.4" into ">=1.0|<1.4"); what is not understood is no range, never guessed.
"""

from __future__ import annotations

import re
from typing import Final

from scc.share.csaf.check_products import RANGES

_V: Final = r"([vV]?[0-9][\w.+~-]{0,80})"
_VERSION: Final = re.compile(_V)
_JOKER: Final = re.compile(r"(?:^|\.)[xX*](?:$|\.)")
_COMPARATOR: Final = re.compile(rf"(<=|>=|<|>) ?{_V}")
_LOWER: Final = re.compile(rf"(from|since|starting with|after|later than)(?: version)? {_V}")
_UPPER: Final = re.compile(
    rf"(before|prior to|earlier than|lower than|below|up to and including|up to|through)(?: version)? {_V}"
)
_TRAILED: Final = re.compile(rf"{_V} (?:and|or) (earlier|prior|below|older|lower|later|above|newer|higher)")
_INCLUSIVE: Final = ("up to and including", "through")
_VERS: Final = re.compile(r"vers:[a-z0-9.+-]{1,40}/[!<>=|\w.+~%*-]{1,900}")
ALL: Final = "vers:all/*"


def single(text: str) -> bool:
    """Whether it is one plain version."""
    return (
        _VERSION.fullmatch(text) is not None and RANGES.search(text) is None and _JOKER.search(text) is None
    )


def specifier(text: str) -> str:
    """The range as vers or vers-like specifier, "" if it cannot be read as one. `text` is one line."""
    lower = text.lower()
    if lower in ("*", "all", "all versions", ALL):
        return ALL
    if text.startswith("vers:"):
        return text if _VERS.fullmatch(text) else ""
    if text[:1] in ("<", ">"):
        found = [_COMPARATOR.fullmatch(each.strip()) for each in text.split(",")]
        return _joined([(each[1], each[2]) for each in found if each]) if all(found) else ""
    if trailed := _TRAILED.fullmatch(text):
        down = trailed[2] in ("earlier", "prior", "below", "older", "lower")
        return _joined([("<=" if down else ">=", trailed[1])])
    return _worded(text)


def _worded(text: str) -> str:
    """ "from A before B", or one half of it."""
    parts = []
    rest = text
    if first := _LOWER.match(rest):
        parts.append((">" if first[1] in ("after", "later than") else ">=", first[2]))
        rest = rest[first.end() :].strip(" ,").removeprefix("and ")
    if second := _UPPER.match(rest):
        # "up to" alone leaves open whether the version itself is meant
        if second[1] == "up to":
            return ""
        parts.append(("<=" if second[1] in _INCLUSIVE else "<", second[2]))
        rest = rest[second.end() :]
    return _joined(parts) if parts and not rest.strip() else ""


def _joined(parts: list[tuple[str, str]]) -> str:
    """Constraints of one range: at most a lower and an upper one, in that order."""
    if len({version for _, version in parts}) < len(parts):
        return ""  # the versions of a vers are unique; "from 2 before 2" holds nothing
    ordered = sorted(parts, key=lambda each: each[0].startswith("<"))
    if [each[0][0] for each in ordered] not in (["<"], [">"], [">", "<"]) or not all(
        single(version) for _, version in ordered
    ):
        return ""
    return "|".join(f"{operator}{version}" for operator, version in ordered)
