# SPDX-License-Identifier: Apache-2.0
"""Reporting clocks of law: whether one could be ours, what would start it, and when it ends. Pure arithmetic.

News starts no clock of ours. A clock runs only from the moment that a person set, with a Decision of kind "confirm"
whose target is the clock's id and whose other is the story or one of its documents; `time` of the Decision is the start. A later
"withdraw" for the same pair ends it: met. The content is `rubrics/clocks.yaml`; what is not verified there or binds
others is not shown, and what is only proposed or adopted is shown as that, never as a duty.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, get_args, get_type_hints
from zoneinfo import ZoneInfo

import msgspec

from scc.assess.holidays import working_day
from scc.model.assessment import Answer, Deadline, Relevance
from scc.model.decision import Decision
from scc.model.ids import ItemType
from scc.model.organisation import Organisation

if TYPE_CHECKING:
    from scc.content import Content

Unit = Literal["hours", "days", "business-days", "months", "none"]
EU: Final = frozenset(
    "AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
)


class Clock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One reporting duty with its time limit, as the law gives it."""

    id: str
    regulation: str
    article: str
    duty: str
    """What is to be sent to whom, in our words."""
    bound: str
    """Who is bound, in our words."""
    applies: tuple[str, ...]
    """Conditions on the profile, one of which must hold; each is parts joined by "+" (see `holds`)."""
    trigger: str
    """What starts it, in our words."""
    kinds: tuple[ItemType, ...]
    """Types of item for which it is worth showing; none: it follows another clock, and a person starts it."""
    duration: int
    unit: Unit
    legal: Literal["in force", "adopted", "proposed", "repealed"]
    """Standing of the law on `as_of`."""
    as_of: str
    source: str
    verified: bool
    """Checked against the legal text; False: never shown as a duty."""
    status: Literal["stable", "test", "deprecated"]
    date: str
    basis: str = ""
    calendar: Literal["none", "us-federal", "weekends"] = "none"
    """Which days are no business days."""
    zone: str = "UTC"
    """IANA zone in which days end."""
    since: str = ""
    """Day from which the duty applies; "" when that was long ago."""
    start: str = ""
    """Always empty in content: a person sets it."""
    note: str = ""


def holds(condition: str, organisation: Organisation) -> bool:
    """Whether every part of a condition holds: "eu", "us", "federal", "public-company", "manufacturer",
    "sector:KEY", "regulated:KEY", "country:XX", "size:N" (at least N employees), "anyone".

    Raises ValueError for a part of another form (a fault of the content).
    """
    return all(_part(part.strip(), organisation) for part in condition.split("+"))


def _part(part: str, organisation: Organisation) -> bool:
    name, _, value = part.partition(":")
    if part in _FLAGS:
        return bool(_FLAGS[part](organisation))
    if name == "sector" and value:
        return value in organisation.sectors
    if name == "regulated" and value:
        return value in organisation.regulated
    if name == "country" and value:
        return value in organisation.countries
    if name == "size" and value.isdigit():
        return organisation.size is not None and organisation.size >= int(value)
    raise ValueError(f"a condition of this form is not known: {part!r}")


_REGULATED: Final = frozenset(get_args(get_args(get_type_hints(Organisation)["regulated"])[0]))
_FLAGS: Final[dict[str, Callable[[Organisation], bool]]] = {
    "anyone": lambda each: True,
    "eu": lambda each: bool(EU & set(each.countries)),
    "us": lambda each: "US" in each.countries,
    "federal": lambda each: each.federal,
    "public-company": lambda each: each.public_company_us,
    "manufacturer": lambda each: each.manufacturer,
}


def ends(clock: Clock, start: str) -> str:
    """When the clock ends, ISO 8601: a UTC minute for hours, a date for days and months; "" without a duration.

    Hours run through nights, weekends and holidays. Business days follow the SEC's rule for Form 8-K (general
    instruction B.1): the day of the event does not count; an event on a day that is no business day counts from and
    with the next one. `start` is ISO 8601 with a zone (or a date, meant in the clock's zone).
    """
    zone = ZoneInfo(clock.zone)
    moment = datetime.datetime.fromisoformat(start.replace("Z", "+00:00"))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    if clock.unit == "none":
        return ""
    if clock.unit == "hours":
        # Added in UTC: a change to or from summer time neither gives nor takes an hour.
        ended = moment.astimezone(datetime.UTC) + datetime.timedelta(hours=clock.duration)
        return ended.strftime("%Y-%m-%dT%H:%MZ")
    day = moment.astimezone(zone).date()
    if clock.unit == "days":
        return (day + datetime.timedelta(days=clock.duration)).isoformat()
    if clock.unit == "months":
        return _months(day, clock.duration).isoformat()
    left = clock.duration
    if not working_day(day, clock.calendar):
        day = _next_working(day, clock.calendar)
        left -= 1
    while left > 0:
        day = _next_working(day, clock.calendar)
        left -= 1
    return day.isoformat()


def _next_working(day: datetime.date, calendar: str) -> datetime.date:
    day += datetime.timedelta(days=1)
    while not working_day(day, calendar):
        day += datetime.timedelta(days=1)
    return day


def _months(day: datetime.date, count: int) -> datetime.date:
    """The same day some months later, the last day of the month where there is none."""
    at = day.year * 12 + day.month - 1 + count
    year, month = divmod(at, 12)
    after = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return datetime.date(year, month + 1, min(day.day, (after - datetime.timedelta(days=1)).day))


@lru_cache(maxsize=4)
def _clocks(content: Content) -> tuple[Clock, ...]:
    return content.records("rubrics/clocks", Clock)


def clock_rows(
    names: frozenset[str],
    kind: ItemType,
    relevance: Relevance,
    organisation: Organisation,
    decisions: Sequence[Decision],
    now: str,
    content: Content,
    clocks: Sequence[Clock] | None = None,
) -> tuple[Deadline, ...]:
    """The clocks that the reader's profile makes possible for this item, each with its state; sorted by id.

    `names`: ids under which rulings name the story (`Story.known_as`). Empty without a profile (nobody is bound as far as we know) and when the item does not concern the reader, unless
    a person started the clock.
    """
    rows = []
    for clock in sorted(_clocks(content) if clocks is None else clocks, key=lambda each: each.id):
        row = _row(clock, names, kind, relevance, organisation, decisions, now)
        if row is not None:
            rows.append(row)
    return tuple(rows)


def _row(
    clock: Clock,
    names: frozenset[str],
    kind: ItemType,
    relevance: Relevance,
    organisation: Organisation,
    decisions: Sequence[Decision],
    now: str,
) -> Deadline | None:
    if not clock.verified or clock.legal == "repealed" or not organisation.given:
        return None
    if not any(holds(each, organisation) for each in clock.applies):
        return None
    basis = f"{clock.regulation}, {clock.article}"
    worth = kind in clock.kinds and relevance.answer != "no"
    standing = _standing(clock, now)
    if standing:
        why = f"{standing}: no duty. It would start if: {clock.trigger} Then {length(clock)}."
        return Deadline("", clock.duty, organisation.name, "no", basis, why, (), f"clock:{clock.id}", "not-applicable") if worth else None  # fmt: skip
    started = [each for each in decisions if each.target == clock.id and each.other in names]
    start = next((each.time for each in reversed(started) if each.kind == "confirm"), "")
    if start:
        met = any(each.kind == "withdraw" and each.time >= start for each in started)
        due = ends(clock, start)
        late = bool(due) and (now[:16] > due[:16] if "T" in due else now[:10] > due)
        state: Literal["met", "running", "passed"] = "met" if met else "passed" if late else "running"
        yes: Answer = "yes"
        return Deadline(due, clock.duty, organisation.name, yes, basis, f"Started {start}: {clock.trigger}", (), f"clock:{clock.id}", state)  # fmt: skip
    if not worth:
        return None
    why = f"Would start if: {clock.trigger} Then {length(clock)}. News starts no clock of yours."
    return Deadline("", clock.duty, organisation.name, "maybe", basis, why, (), f"clock:{clock.id}", "would-start-if")  # fmt: skip


def _standing(clock: Clock, now: str) -> str:
    """Why the clock is no duty yet, "" when it is one."""
    if clock.legal != "in force":
        return f"{clock.legal.capitalize()}, not in force on {clock.as_of}"
    return f"It applies from {clock.since}" if now[:10] < clock.since else ""


def length(clock: Clock) -> str:
    """How long it runs, in words: "72 hours", "1 month", "4 business days", "without delay"."""
    unit = clock.unit.replace("-", " ")
    if clock.unit == "none":
        return "without delay"
    return f"{clock.duration} {unit.removesuffix('s') if clock.duration == 1 else unit}"


def faults(content: Content) -> list[str]:
    """What is wrong with the clocks of the content, "id: fault", in their order.

    Raises ContentError when the file cannot be read at all.
    """
    sectors = {row["key"] for row in content.table("names/sectors", dict[str, str])}
    return [f"{clock.id}: {fault}" for clock in _clocks(content) for fault in _faults(clock, sectors)]


def _faults(clock: Clock, sectors: set[str]) -> Iterator[str]:
    for condition in clock.applies:
        try:
            holds(condition, Organisation())
        except ValueError as fault:
            yield str(fault)
        for part in condition.split("+"):
            name, _, value = part.strip().partition(":")
            if name == "sector" and value not in sectors:
                yield f"{value} is no sector"
            if name == "regulated" and value not in _REGULATED:
                yield f"{value} is no kind of regulated data"
    try:
        ZoneInfo(clock.zone)
    except (ValueError, OSError, KeyError):
        yield f"{clock.zone} is no time zone"
    if (clock.unit == "none") != (clock.duration == 0):
        yield "a duration needs a unit, and a unit a duration"
    if (clock.unit == "business-days") != (clock.calendar != "none"):
        yield "business days need a calendar, other units have none"
    if not clock.applies or not clock.trigger.endswith("."):
        yield "it needs whom it binds, and a trigger that ends in a full stop"
    if not clock.source.startswith("https://") or not clock.as_of or not clock.basis:
        yield "it needs a source, the date of its standing, and its basis"
    if clock.start:
        yield "only a person starts a clock"
    if not clock.verified and not clock.note:
        yield "what is not verified says why"
