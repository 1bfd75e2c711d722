# SPDX-License-Identifier: Apache-2.0
"""Who speaks in an export, and how its parts are named: UUIDs that are the same each time, and times.

Every UUID of ours is version 5 in one fixed namespace over (kind, parts), so that a second export of a
revision gives the same bytes and a later revision the same ids. Nothing here reads a clock.
"""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Iterator
from typing import Final

from scc.model.briefing import Briefing
from scc.model.decision import Decision
from scc.share.interface import Context

NAME: Final = "Security Command Center"
NAMESPACE: Final = uuid.UUID("e4b3ac67-aac6-55ab-bacc-a70406a5cd25")
"""UUIDv5 of "urn:scc:share" in the URL namespace of RFC 9562. Never change it: ids out there hang on it."""
FOUNDED: Final = "2026-01-01T00:00:00.000Z"
"""When the publisher's own record was made; a constant, because it has one version only."""
PERCENT: Final = {"high": 85, "moderate": 50, "low": 15}
"""Confidence 0 to 100 by the scale None/Low/Med/High of STIX 2.1, appendix A."""


def named(*parts: str) -> str:
    """The UUIDv5 of the parts in our namespace, in lower case; ("a", "bc") and ("ab", "c") differ."""
    return str(uuid.uuid5(NAMESPACE, json.dumps(parts, ensure_ascii=True)))


def moment(text: str) -> datetime.datetime:
    """An ISO 8601 date or date-time as UTC; one without a zone is taken as UTC. Raises ValueError."""
    found = datetime.datetime.fromisoformat(text)
    if found.tzinfo is None:
        found = found.replace(tzinfo=datetime.UTC)
    try:
        return found.astimezone(datetime.UTC)
    except OverflowError as fault:
        raise ValueError(f"{text} lies outside the calendar in UTC") from fault


def day(text: str) -> datetime.datetime | None:
    """The moment at which an ISO date or date-time begins; None for "" and for what is no date."""
    try:
        return moment(text) if text else None
    except ValueError:
        return None


def made(briefing: Briefing, context: Context) -> tuple[datetime.datetime, datetime.datetime]:
    """(when the item was first published, when what is told now was made), the first never after the second.

    The second is when this revision was made, or the moment of a withdrawal that came after it: who has the
    revision takes only what is later for newer (STIX 2.1, sections 3.2 and 3.6). Raises ValueError when
    `generated` is no ISO 8601 time.
    """
    generated = moment(briefing.generated)
    created = min(day(context.created) or generated, generated)
    return created, taken_back(briefing, context) or generated


def withdrawn(briefing: Briefing, context: Context) -> bool:
    """Whether the item was taken back: by its status, or by a person's decision on it."""
    return briefing.status == "withdrawn" or any(_withdrawals(briefing, context))


def taken_back(briefing: Briefing, context: Context) -> datetime.datetime | None:
    """When a decision took back what this revision still stood for; None when it has no such decision.

    Of several decisions the first counts: what is withdrawn is not withdrawn again. The moment is one second
    after the revision at least, the finest step that all formats write, also when a clock was behind. A
    revision that itself says that it is withdrawn has its own time. Raises ValueError as `made` does.
    """
    if briefing.status == "withdrawn" or not any(_withdrawals(briefing, context)):
        return None
    generated = moment(briefing.generated)
    times = [found for each in _withdrawals(briefing, context) if (found := day(each.time)) is not None]
    try:
        return max(generated + datetime.timedelta(seconds=1), min(times, default=generated))
    except OverflowError as fault:
        raise ValueError(f"nothing comes after {briefing.generated}") from fault


def _withdrawals(briefing: Briefing, context: Context) -> Iterator[Decision]:
    return (
        each for each in context.records.decisions if each.kind == "withdraw" and each.target == briefing.id
    )
