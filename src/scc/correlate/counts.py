# SPDX-License-Identifier: Apache-2.0
"""Counts in comparable form: "at least 1,700 devices", "up to 40,000", "between 100,000 and 150,000", "about two million".

A count stands for what it may be rounded from: "40,000" for 35,000 to 45,000, "214,300" for itself give or take fifty.
Two counts contradict each other when what they stand for does not meet and they differ by more than `CLOSE`.
"""

from __future__ import annotations

import math
import re
from typing import Final, NamedTuple

CLOSE: Final = 1.25
"""Counts within this factor are one estimate, however exactly they are printed."""
OVER: Final = 3.0
"""Who writes "more than 100" means no count above this multiple of it."""
TOP: Final = 5.0
"""Who writes "up to 100" does not mean that a fifth or less of it were."""
_ABOUT: Final = 0.15
_ZERO: Final = 0.5

_NUMBER: Final = re.compile(
    r"(?<![\w.])(\d[\d,]{0,20}(?:\.\d{1,6})?)(\+)?[ -]?(million|billion|thousand|m\b|bn\b|k\b)?"
)
_SCALE: Final = {"million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "thousand": 1e3, "k": 1e3}


class Count(NamedTuple):
    """What a count may be: from `low` to `high` (`inf` where no end is said), and the figure printed."""

    low: float
    high: float
    figure: float
    ceiling: bool = False
    """The figure is an upper bound."""


def count(text: str) -> Count | None:
    """The count that a claim's value prints, None if it prints none."""
    low = text.lower()
    found = list(_NUMBER.finditer(low))
    if not found:
        return None
    figures = [_figure(each) for each in found]
    if low.startswith("between") and len(figures) > 1:
        return Count(figures[0], figures[1], figures[1])
    figure = figures[0]
    half = _half_unit(found[0][1]) * _SCALE.get(found[0][3] or "", 1.0)
    if low.startswith(("at least", "no fewer")):
        return Count(figure, math.inf, figure)
    if found[0][2] or low.startswith("more than"):
        return Count(figure, OVER * figure, figure)
    if low.startswith(("below", "fewer than", "up to")):
        return Count(0, figure, figure, ceiling=True)
    if low.startswith("about"):
        half = max(half, _ABOUT * figure)
    return Count(figure - half, figure + half, figure)


def contradict(one: Count, other: Count) -> bool:
    """Whether two counts of the same thing cannot both be right."""
    if one.ceiling and other.ceiling:
        small, big = sorted((one.figure, other.figure))
        return big > OVER * small
    if one.ceiling != other.ceiling and not math.isinf(max(one.high, other.high)):
        most, said = (one, other) if one.ceiling else (other, one)
        if most.figure > TOP * said.figure:
            return True
    first, second = sorted((one, other))
    if second.low <= first.high:
        return False
    return (second.low + _ZERO) / (first.high + _ZERO) > 1 and _apart(first.figure, second.figure)


def _apart(one: float, other: float) -> bool:
    small, big = sorted((one, other))
    return big > CLOSE * small


def _figure(found: re.Match[str]) -> float:
    return float(found[1].replace(",", "")) * _SCALE.get(found[3] or "", 1.0)


def _half_unit(digits: str) -> float:
    """Half of the place of the last digit that is not a trailing zero; of a decimal, half its last place."""
    plain = digits.replace(",", "")
    if "." in plain:
        return 0.5 * 10.0 ** -len(plain.partition(".")[2])
    zeros = len(plain) - len(plain.rstrip("0"))
    return 0.5 * 10.0**zeros if zeros else 0.0
