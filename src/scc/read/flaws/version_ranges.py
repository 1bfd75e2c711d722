# SPDX-License-Identifier: Apache-2.0
"""Ranges of versions in a row: "7.0 before 7.0.3, 6.7 before 6.7.9 and 6.5 and earlier", as `assess.versions` reads them.

A row goes on from a first range of a product; each further range is separated by a comma, a semicolon or "and". Says
nothing about whose versions they are.
"""

from __future__ import annotations

import re
from typing import Final

from scc.read.flaws.product_names import BUILD, VERSION

PATCHED: Final = r"[vV]?\d{1,6}(?:\.\d{1,8}){1,4}-\d{1,6}(?:\.\d{1,6}){0,2}(?!\.{0,20}\w)"
"""A version with the number of its patch behind a hyphen: "14.1-4.42"."""
_BELOW: Final = r"before|prior to|earlier than|older than|below"
_UP_TO: Final = r"through|to|up to|up to and including|until|--|–|-"
BETWEEN: Final = rf"{VERSION}[ \n](?:{_BELOW}|{_UP_TO})[ \n](?:version[ \n])?(?:{PATCHED}|{VERSION}|{BUILD})"
"""A range with both ends."""
_RANGE: Final = re.compile(
    rf"(?:(?:,|;)?[ \n](?:and|or|as well as|plus)|,|;)[ \n](?:in[ \n])?(?:all[ \n])?(?:(?:versions?|releases?)[ \n])?"
    rf"(?P<range>{BETWEEN}|(?:{_BELOW}|up to(?: and including)?|through)[ \n](?:version[ \n])?(?:{PATCHED}|{VERSION}|{BUILD})"
    rf"|{VERSION}[ \n](?:and|or)[ \n](?:all[ \n])?(?:earlier|below|prior|older|lower))"
)
_BOUNDED: Final = re.compile(rf"(?P<low>{VERSION})[ \n](?:{_BELOW})[ \n](?:version[ \n])?(?P<high>\S+)")
_MOST: Final = 12
"""Ranges of one row."""


def row(text: str, first: str, end: int) -> tuple[str, int]:
    """(all ranges of the row that begins with the range `first`, joined by "; "; where the row ends in the text)."""
    found = [spelled(first)]
    while len(found) < _MOST and (each := _RANGE.match(text, end)) is not None:
        found.append(spelled(each["range"]))
        end = each.end()
    return "; ".join(found), end


def spelled(written: str) -> str:
    """A range as it is stored: "7.0.x before 7.0.3" is said to begin at 7.0."""
    plain = " ".join(written.split())
    both = _BOUNDED.fullmatch(plain)
    if both is None:
        return plain
    low = re.sub(r"\A([vV]?\d+)\.[xX]\Z", r"\1.0", both["low"])  # 7.x begins where 7.0 does
    return f"from {re.sub(r'[.][xX]$', '', low)} before {both['high']}"


def orderly(written: str, named: bool) -> bool:
    """Whether both ends of a range are versions of one row: "Server 2019 before 15.2" and "BioStar 2 before 2.9.1" name a
    product by their first number, unless a word for versions stands before it (`named`)."""
    if not named and re.match(r"[vV]?\d+[ \n]", written):
        return False
    numbers = [int(each) for each in re.findall(r"(?<![\w.])[vV]?(\d{1,6})", written)[:2]]
    return len(numbers) < 2 or (numbers[0] <= numbers[1] and not 1990 <= numbers[0] <= 2100)
