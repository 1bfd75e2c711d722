# SPDX-License-Identifier: Apache-2.0
"""Which days are business days: weekends, and United States federal holidays as the law gives them."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Final

_FIXED: Final = ((1, 1, 0), (6, 19, 2021), (7, 4, 0), (11, 11, 0), (12, 25, 0))
"""Month, day, first year (5 U.S.C. 6103(a); Juneteenth by Public Law 117-17 of 2021)."""
_WEEKDAYS: Final = ((1, 3), (2, 3), (9, 1), (10, 2))
"""Month and which Monday: birthday of Martin Luther King Jr, Washington's Birthday, Labor Day, Columbus Day."""


def working_day(day: datetime.date, calendar: str) -> bool:
    """Whether a day counts: every day ("none"), Monday to Friday ("weekends"), without holidays ("us-federal")."""
    if calendar == "none":
        return True
    if day.weekday() >= 5:
        return False
    return calendar != "us-federal" or day not in us_federal(day.year)


@lru_cache(maxsize=64)
def us_federal(year: int) -> frozenset[datetime.date]:
    """The days off of a year, a holiday on Saturday on the Friday before, on Sunday on the Monday after
    (5 U.S.C. 6103(b); Executive Order 11582)."""
    found = {_monday(year, month, nth) for month, nth in _WEEKDAYS}
    last = datetime.date(year, 5, 31)
    found.add(last - datetime.timedelta(days=last.weekday()))  # Memorial Day, the last Monday of May
    first = datetime.date(year, 11, 1)
    found.add(
        first + datetime.timedelta(days=(3 - first.weekday()) % 7 + 21)
    )  # the fourth Thursday of November
    for month, day, since in _FIXED:
        if year >= since:
            found.add(_observed(datetime.date(year, month, day)))
    # New Year's Day of the next year on a Saturday is kept on 31 December.
    found.add(_observed(datetime.date(year + 1, 1, 1)))
    return frozenset(each for each in found if each.year == year)


def _monday(year: int, month: int, nth: int) -> datetime.date:
    first = datetime.date(year, month, 1)
    return first + datetime.timedelta(days=(-first.weekday()) % 7 + 7 * (nth - 1))


def _observed(day: datetime.date) -> datetime.date:
    return day + datetime.timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))
