# SPDX-License-Identifier: Apache-2.0
"""What goes to which channel now, and what does not, each with its reason.

Pure: items, channels, what was sent and the time come in, decisions come out. A message is sent only on material change
(exploitation, fix, scope, priority, correction) and an update only to a channel that got the earlier word. What waits for
the end of quiet hours or for a digest is decided anew by the next run, so nothing has to be kept for it.
"""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from scc.act import jobs
from scc.model.assessment import Answer, Priority
from scc.model.briefing import Briefing
from scc.model.errors import SettingsError
from scc.model.ids import ItemType, short
from scc.model.notice import Facts, Notice, NoticeKind
from scc.model.tlp import ORDER, Tlp
from scc.share import OWN, Context, Refused, clear
from scc.share.identity import withdrawn

MOST: Final = 20
"""Messages on new items to one channel in one run; more are put into one digest."""
FRESH: Final = datetime.timedelta(days=7)
"""Items whose revision is older are no news: a new channel does not get the archive."""
ATTEMPTS: Final = 5
"""Tries after which a message is given up; it is named in every run until then."""
DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Digest = Literal["", "daily", "weekly"]


class Channel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to people: an entry of the channels file."""

    name: str
    url: str
    """"env:NAME": the environment variable that holds the address in apprise's form."""
    clearance: Tlp
    """What those who read the channel may see."""
    priorities: tuple[Priority, ...] = ()
    """Empty: all. Only for channels cleared for what is said about us, as `relevance`."""
    relevance: tuple[Answer, ...] = ()
    types: tuple[ItemType, ...] = ()
    digest: Digest = ""
    at: str = "07:00"
    """Local time of a digest."""
    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] = "monday"
    quiet: str = ""
    """"22:00-07:00": only what is immediate is sent then."""
    zone: str = "UTC"
    """IANA name of the time zone."""

    @property
    def own(self) -> bool:
        """Whether what is said about us may go there."""
        return ORDER.index(self.clearance) >= ORDER.index(OWN)


class Channels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The channels file."""

    channel: tuple[Channel, ...] = ()


class Message(msgspec.Struct, frozen=True):
    """What is sent: one item, or several in a digest."""

    channel: Channel
    kind: NoticeKind
    items: tuple[tuple[Briefing, tuple[str, ...]], ...]
    """Cleared briefings, each with what changed in sentences (empty: new)."""
    notices: tuple[Notice, ...]
    """Rows that stand for it, in state `sending`."""
    reason: str


class Held(msgspec.Struct, frozen=True):
    """What is not sent now."""

    channel: str
    item: str
    reason: str


Decision = Message | Held


def checked(channels: Sequence[Channel]) -> tuple[Channel, ...]:
    """The channels, when they make sense together. Raises SettingsError with the name of the first that does not."""
    names: set[str] = set()
    for each in channels:
        if not each.name or not each.name.isprintable() or each.name in names:
            raise SettingsError(
                f"Channel {each.name!r}: its name is empty or used twice.", "Give each one its own."
            )
        names.add(each.name)
        if not each.url.startswith("env:") or not each.url[4:].isidentifier():
            raise SettingsError(
                f"Channel {each.name}: `url` is not of the form env:NAME.",
                "Put the address into an environment variable, it holds a secret.",
            )
        if (each.priorities or each.relevance) and not each.own:
            raise SettingsError(
                f"Channel {each.name}: routing by priority or relevance tells what concerns us, which is {OWN}.",
                "Raise its clearance or route by type.",
            )
        try:
            zone = zoneinfo.ZoneInfo(each.zone)
            _clock(each.at)
            if each.quiet:
                _quiet(each.quiet)
        except (ValueError, KeyError, zoneinfo.ZoneInfoNotFoundError, OSError) as error:
            raise SettingsError(
                f"Channel {each.name}: {each.zone!r}, {each.at!r} or {each.quiet!r} is no zone, time or pair of times.",
                'Write them like zone = "Europe/Vienna", at = "07:00", quiet = "22:00-07:00".',
            ) from error
        del zone
    return tuple(channels)


def facts(briefing: Briefing, context: Context) -> Facts:
    """What is material of a revision."""
    return Facts(
        exploited="exploited" in briefing.facets or any(each.exploited for each in briefing.vulnerabilities),
        fixed=tuple(sorted({f"{each.product} {each.fixed}" for each in briefing.products if each.fixed})),
        scope=tuple(sorted({f"{each.vendor} {each.product}".strip() for each in briefing.products})),
        priority=briefing.priority,
        withdrawn=withdrawn(briefing, context),
    )


def corrections(before: Facts, after: Facts, since: str) -> tuple[str, ...]:
    """What was said on the day `since` and does not stand any more, one sentence each."""
    told = []
    if after.withdrawn and not before.withdrawn:
        told.append(f"Correction: this item was withdrawn; what we wrote on {since} no longer stands.")
    if before.exploited and not after.exploited:
        told.append(f"Correction: on {since} we wrote that it is exploited; that no longer stands.")
    gone = [each for each in before.fixed if each not in after.fixed]
    if gone and not after.withdrawn:
        told.append(f"Correction: on {since} we named {', '.join(gone[:3])} as fixed; that no longer stands.")
    return tuple(told)


def changes(before: Facts, after: Facts, own: bool) -> tuple[str, ...]:
    """What is new since the last word, one sentence each; the priority only for whom it may be told."""
    told = []
    if after.exploited and not before.exploited:
        told.append("Exploitation is now asserted.")
    new = [each for each in after.fixed if each not in before.fixed]
    if new:
        told.append(f"A fix is named: {', '.join(new[:3])}.")
    more = [each for each in after.scope if each not in before.scope]
    if more and before.scope:
        told.append(f"Now also affected: {', '.join(more[:3])}.")
    if own and after.priority != before.priority:
        told.append(f"The priority is {after.priority} now, it was {before.priority}.")
    return tuple(told)


def decide(
    items: Sequence[tuple[Briefing, Context]],
    channels: Sequence[Channel],
    sent: Sequence[Notice],
    now: datetime.datetime,
) -> list[Decision]:
    """All decisions of one run, channel by channel. `now` has a time zone."""
    found: list[Decision] = []
    for channel in channels:
        mine = [each for each in sent if each.channel == channel.name]
        last = {each.item: each for each in mine if each.item and each.state == "sent"}
        tried = {each.id: each for each in mine if each.state in ("failed", "sending", "given-up")}
        ready: list[Message] = []
        for briefing, context in items:
            decided = _one(channel, briefing, context, last.get(briefing.id), tried, now)
            if isinstance(decided, Held):
                found.append(decided)
            else:
                ready.append(decided)
        found += _gathered(channel, ready, mine, now)
    return found


def _one(
    channel: Channel, briefing: Briefing, context: Context, last: Notice | None, tried: dict[str, Notice],
    now: datetime.datetime,
) -> Message | Held:  # fmt: skip
    def held(reason: str) -> Held:
        return Held(channel.name, briefing.id, reason)

    state = facts(briefing, context)
    if last is None:
        if state.withdrawn or briefing.status in ("dismissed", "merged"):
            return held("nothing was sent on it, and it is closed")
        if reason := _filtered(channel, briefing, now):
            return held(reason)
        kind: NoticeKind = "new"
        told: tuple[str, ...] = ()
    else:
        since = last.time[:10]
        wrong = corrections(last.facts, state, since)
        told = (*wrong, *(() if state.withdrawn else changes(last.facts, state, channel.own)))
        if not told:
            return held(f"nothing material changed since {since}")
        kind = "correction" if wrong else "update"
    allowed = clear(briefing, context.records, "html" if channel.own else "atom", channel.clearance)
    if isinstance(allowed, Refused):
        return held(allowed.reason)
    id_ = short("ntc", channel.name, briefing.id, str(briefing.revision), kind, *told)
    before = tried.get(id_)
    if before is not None and before.state == "given-up":
        return held(f"given up after {before.attempts} attempts: {before.error}")
    if before is not None and before.state == "sending":
        told = (*told, "This may be a repeat: an earlier run ended while sending.")
    notice = Notice(
        id=id_, channel=channel.name, item=briefing.id, revision=briefing.revision, kind=kind, facts=state,
        time=_stamp(now), state="sending", attempts=(before.attempts if before else 0) + 1,
    )  # fmt: skip
    urgent = channel.own and briefing.priority == "immediate"
    if not urgent and (until := _quiet_until(channel, now)):
        return held(f"quiet hours until {until}")
    reason = "new" if kind == "new" else " ".join(told)
    return Message(channel, kind, ((allowed.briefing, told),), (notice,), reason)


def _filtered(channel: Channel, briefing: Briefing, now: datetime.datetime) -> str:
    made = datetime.datetime.fromisoformat(briefing.generated)
    if made.tzinfo is None:
        made = made.replace(tzinfo=datetime.UTC)
    if now - made > FRESH:
        return "the revision is older than a week"
    if briefing.historical and briefing.priority not in ("immediate", "urgent"):
        return "the event is old"
    if channel.types and briefing.type not in channel.types:
        return f"type {briefing.type} is not routed here"
    if channel.priorities and briefing.priority not in channel.priorities:
        return f"priority {briefing.priority} is not routed here"
    if channel.relevance and briefing.relevance.answer not in channel.relevance:
        return f"relevance “{briefing.relevance.answer}” is not routed here"
    return ""


def _gathered(
    channel: Channel, ready: list[Message], mine: Sequence[Notice], now: datetime.datetime
) -> list[Decision]:
    """Messages as they are, or in one digest where the channel wants that or there are too many."""
    news = [each for each in ready if each.kind == "new"]
    if channel.digest:
        wait = _digest_wait(channel, mine, now)
        if wait:
            return [Held(each.channel.name, each.notices[0].item, wait) for each in ready]
        return [_digest(channel, ready, now, f"the {channel.digest} digest")] if ready else []
    if len(news) > MOST:
        others: list[Decision] = [each for each in ready if each.kind != "new"]
        return [*others, _digest(channel, news, now, f"{len(news)} new items at once")]
    return _by_job(channel, ready, now) if channel.own else list(ready)


def _by_job(channel: Channel, ready: list[Message], now: datetime.datetime) -> list[Decision]:
    """New items that are one job make one message: one call in the night, not nine."""
    first = {each.items[0][0].id: each for each in ready}
    told: list[Decision] = [each for each in ready if each.kind != "new"]
    for job in jobs(
        (each.items[0][0].id, each.items[0][0].priority, each.items[0][0].relevance.products)
        for each in ready
        if each.kind == "new"
    ):
        parts = [first[each] for each in job.items]
        if len(parts) == 1:
            told += parts
        else:
            reason = f"{len(parts)} new items, one job: {', '.join(job.products)}"
            told.append(_digest(channel, parts, now, reason))
    return told


def _digest(channel: Channel, parts: list[Message], now: datetime.datetime, reason: str) -> Message:
    """Corrections first, then what is most urgent for those who may know, then by id."""
    rank = {"correction": 0, "update": 1, "new": 2}
    urgency = ("immediate", "urgent", "standard", "deferred")
    parts = sorted(
        parts,
        key=lambda each: (
            rank[each.kind],
            urgency.index(each.items[0][0].priority) if channel.own else 0,
            each.items[0][0].id,
        ),
    )
    mark = Notice(
        id=short("ntc", channel.name, "digest", _stamp(now), parts[0].items[0][0].id), channel=channel.name, item="", revision=0, kind="digest",
        facts=Facts(), time=_stamp(now), state="sending",
    )  # fmt: skip
    return Message(
        channel,
        "digest",
        tuple(each.items[0] for each in parts),
        (*(each.notices[0] for each in parts), mark),
        reason,
    )


def _digest_wait(channel: Channel, mine: Sequence[Notice], now: datetime.datetime) -> str:
    """Why the digest is not due, "" when it is: once after each of its moments."""
    local = now.astimezone(zoneinfo.ZoneInfo(channel.zone))
    moment = local.replace(
        hour=_clock(channel.at).hour, minute=_clock(channel.at).minute, second=0, microsecond=0
    )
    if channel.digest == "weekly":
        moment -= datetime.timedelta(days=(local.weekday() - DAYS.index(channel.weekday)) % 7)
        step = datetime.timedelta(days=7)
    else:
        step = datetime.timedelta(days=1)
    if moment > local:
        moment -= step
    done = [each.time for each in mine if each.kind == "digest" and not each.item and each.state == "sent"]
    if done and datetime.datetime.fromisoformat(max(done)) >= moment.astimezone(datetime.UTC):
        return f"the next {channel.digest} digest is due {moment + step:%Y-%m-%d %H:%M %Z}"
    return ""


def _quiet_until(channel: Channel, now: datetime.datetime) -> str:
    if not channel.quiet:
        return ""
    start, end = _quiet(channel.quiet)
    local = now.astimezone(zoneinfo.ZoneInfo(channel.zone)).time().replace(second=0, microsecond=0)
    inside = start <= local < end if start < end else local >= start or local < end
    return f"{end:%H:%M} {channel.zone}" if inside else ""


def _quiet(text: str) -> tuple[datetime.time, datetime.time]:
    start, _, end = text.partition("-")
    pair = _clock(start.strip()), _clock(end.strip())
    if pair[0] == pair[1]:
        raise ValueError(text)
    return pair


def _clock(text: str) -> datetime.time:
    return datetime.datetime.strptime(text, "%H:%M").time()


def _stamp(now: datetime.datetime) -> str:
    return now.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
