# SPDX-License-Identifier: Apache-2.0
"""Periods in English: how many ("30", "thirty (30)", "seventy-two"), and the day on which one ends.

Knows no texts and no terms; `duties` and `duties_elsewhere` find them.
"""

from __future__ import annotations

import calendar
import datetime
from typing import Final

_NUMBERS: Final = {
    name: number
    for number, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {
    "a": 1,
    "an": 1,
    "twenty": 20,
    "twenty-one": 21,
    "twenty-eight": 28,
    "forty": 40,
    "forty-eight": 48,
    "fifty": 50,
    "hundred": 100,
    "thirty": 30,
    "forty-five": 45,
    "sixty": 60,
    "seventy-two": 72,
    "ninety": 90,
    "twenty-four": 24,
}
COUNT: Final = r"(?P<count>\d{1,4}|[a-z]+(?:-[a-z]+)?)(?:[ \n]\((?P<figure>\d{1,4})\))?"


def number(word: str) -> int | None:
    """What a count says, None for a word that is no number."""
    return int(word) if word.isdigit() else _NUMBERS.get(word.lower())


def later(date: str, count: int, unit: str) -> str:
    """The date after a period (unit in English), "" without a date. Months keep the day or take the month's last."""
    try:
        base = datetime.date.fromisoformat(date)
        if unit.startswith("hour"):
            return (base + datetime.timedelta(days=-(-count // 24))).isoformat()
        if unit.startswith(("day", "week", "fortnight")):
            each = 1 if unit.startswith("day") else 7 if unit.startswith("week") else 14
            return (base + datetime.timedelta(days=count * each)).isoformat()
        months = count * (12 if unit.startswith("year") else 1) + base.month - 1
        year, month = base.year + months // 12, months % 12 + 1
        return base.replace(
            year=year, month=month, day=min(base.day, calendar.monthrange(year, month)[1])
        ).isoformat()
    except (ValueError, OverflowError):
        return ""
