# SPDX-License-Identifier: Apache-2.0
"""The dates of an item as a calendar (iCalendar, RFC 5545): what is due by us, and what to watch for others.

Events, not to-dos: most calendar programs import events only. Dates that bind us, decisions, recorded reviews
and gaps have alarms; dates that may bind us have one and ask; dates of others have none and take no time. A
date that has passed keeps its event without an alarm. The id of an event hangs on item and duty, not on
the date, so that a moved date moves the event; a withdrawn item cancels its events.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from scc.model.briefing import Briefing, DeadlineShown
from scc.model.tlp import Tlp
from scc.share.ical import Day, folded, instant, text
from scc.share.identity import made, named, taken_back, withdrawn
from scc.share.interface import Context, NotApplicable
from scc.share.texts import encodable, uri

_CLASSES: Final[dict[Tlp, str]] = {
    "TLP:CLEAR": "PUBLIC", "TLP:GREEN": "PRIVATE", "TLP:AMBER": "PRIVATE", "TLP:AMBER+STRICT": "CONFIDENTIAL",
    "TLP:RED": "CONFIDENTIAL",
}  # fmt: skip
_URGENCY: Final = {"critical": "1", "high": "3", "medium": "5", "low": "7", "none": "9"}
_WEEK: Final = ("-P6DT15H", "-PT15H")
"""Nine in the morning a week and a day before an all-day event (which begins at midnight)."""
_DAY: Final = ("-PT15H",)
_BEFORE: Final = {"-P6DT15H": "-P1D", "-PT15H": "-PT1H"}
"""The same for a moment: a day and an hour before it."""
_TITLE: Final = 250
_TEXT: Final = 4000
"""Characters kept of a title and of a description."""


class Date(msgspec.Struct, frozen=True):
    """One entry of the calendar."""

    key: tuple[str, ...]
    """What it is, whatever its date."""
    date: str
    title: str
    lines: tuple[str, ...]
    alarms: tuple[str, ...] = ()
    ours: bool = True
    """Takes our time."""
    urls: tuple[str, ...] = ()


def write(briefing: Briefing, context: Context) -> bytes | NotApplicable:
    """The calendar of one item. Raises ValueError when `generated` is no ISO 8601 time."""
    return write_many(((briefing, context),))


def write_many(cleared: Iterable[tuple[Briefing, Context]]) -> bytes | NotApplicable:
    """One calendar of several items."""
    events = [line for briefing, context in cleared for line in _events(encodable(briefing), context)]
    if not events:
        return NotApplicable("no date falls due")
    head = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Security Command Center//Briefings//EN", "CALSCALE:GREGORIAN",
        "NAME:Security deadlines", "X-WR-CALNAME:Security deadlines",
    )  # fmt: skip
    return folded((*head, *events, "END:VCALENDAR"))


def dates(briefing: Briefing, context: Context) -> Iterator[Date]:
    """All entries of the item, also those whose date cannot be read."""
    page = briefing.page_one
    if page.do_by:
        yield Date(("decision",), page.do_by, page.decide.text, (page.do_by_rule,), _WEEK[1:])
    for each in briefing.deadlines:
        if each.date and each.state != "not-applicable":
            yield _deadline(briefing, each)
    for review in context.records.reviews:
        if review.item == briefing.id and review.status == "open":
            yield Date(("review", review.id), review.date, f"Review {briefing.id}", (review.reason,), _DAY)
    for gap in context.records.gaps:
        if gap.item == briefing.id and gap.status == "open" and gap.due:
            title = f"Close gap {gap.framework} {gap.control}"
            owner = f"Owner: {gap.owner}" if gap.owner else ""
            yield Date(("gap", gap.id), gap.due, title, (gap.description, owner), _WEEK)


def _deadline(briefing: Briefing, each: DeadlineShown) -> Date:
    # A reason that was taken out for the recipient (`clearance`) leaves nothing to say of us.
    said = each.binds_us if each.why else "no"
    title = {
        "yes": f"Due: {each.duty}",
        "maybe": f"Due, if it binds us: {each.duty}",
        "no": f"For {each.owner or 'others'}: {each.duty}",
    }[said]
    alarms = {"yes": _WEEK, "maybe": _DAY, "no": ()}[said] if each.state not in ("passed", "met") else ()
    cited = {one.document for one in briefing.citations if one.id in each.citations and one.document}
    return Date(
        ("deadline", each.duty, each.owner, each.basis),
        each.date,
        title,
        (f"Owner: {each.owner}" if each.owner else "", each.basis, each.why),
        alarms,
        said != "no",
        tuple(dict.fromkeys(one.url for one in briefing.sources if one.document in cited and one.url)),
    )


def _events(briefing: Briefing, context: Context) -> Iterator[str]:
    created, now = made(briefing, context)
    gone = withdrawn(briefing, context)
    # A cancellation is a change of its own (RFC 5545, section 3.8.7.4), also without a new revision.
    sequence = max(0, briefing.revision - 1) + (taken_back(briefing, context) is not None)
    readable = []
    for each in dates(briefing, context):
        try:
            readable.append((Day(each.date), each))
        except ValueError:
            continue
    seen: dict[tuple[str, ...], int] = {}
    for day, each in sorted(readable, key=lambda pair: (pair[0].property[1], pair[1].key)):
        seen[each.key] = seen.get(each.key, 0) + 1
        uid = named("ics", briefing.id, *each.key, str(seen[each.key]))
        parameters, start = day.property
        title = f"{briefing.id} {each.title}"
        about = (
            *each.lines,
            f"{briefing.title} ({briefing.id}, revision {briefing.revision}, {briefing.tlp})",
        )
        urls = [found for url in each.urls if (found := uri(url))]
        yield from (
            "BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{instant(now)}", f"CREATED:{instant(created)}",
            f"LAST-MODIFIED:{instant(now)}", f"SEQUENCE:{sequence}",
            f"DTSTART{parameters}:{start}", f"SUMMARY:{text(' '.join(title.split()), _TITLE)}",
            f"DESCRIPTION:{text(chr(10).join(part for part in (*about, *urls) if part.strip()), _TEXT)}",
            f"CATEGORIES:{text(briefing.tlp, 40)},{text(briefing.type, 40)}", f"CLASS:{_CLASSES[briefing.tlp]}",
            f"PRIORITY:{_URGENCY[briefing.severity.level]}", f"STATUS:{'CANCELLED' if gone else 'CONFIRMED'}",
            f"TRANSP:{'OPAQUE' if each.ours and not gone else 'TRANSPARENT'}",
        )  # fmt: skip
        if urls:
            yield f"URL:{urls[0]}"
        if not gone and _ahead(day, now):
            yield from _alarms(each, day)
        yield "END:VEVENT"


def _ahead(day: Day, now: datetime.datetime) -> bool:
    return day.at >= now if isinstance(day.at, datetime.datetime) else day.at >= now.date()


def _alarms(each: Date, day: Day) -> Iterator[str]:
    for trigger in each.alarms:
        before = _BEFORE[trigger] if day.timed else trigger
        yield from (
            "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{text(' '.join(each.title.split()) or 'Due', _TITLE)}",
            f"TRIGGER:{before}", "END:VALARM",
        )  # fmt: skip
