# SPDX-License-Identifier: Apache-2.0
"""Which part of a briefing may leave to whom, by the Traffic Light Protocol 2.0 (FIRST, August 2022).

A briefing has two layers. Facts about the world carry the most restrictive label of the sources. Facts
about the reader (whether it concerns them, their priority, deadlines that bind them, owners, order and
equipment of the plan, an open incident, recorded gaps, reviews and decisions) are TLP:AMBER+STRICT at
least, whatever the sources say. Pure; called before an exporter or a renderer, never by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeVar, cast

import msgspec
from msgspec.structs import replace

from scc.model.briefing import Briefing, Changes, Concern, PlanShown, Statement
from scc.model.tlp import ORDER, Tlp, strictest
from scc.share.interface import Records

OWN: Final[Tlp] = "TLP:AMBER+STRICT"
"""The least label of what is said about the reader."""
FOR_OTHERS: Final = frozenset({"navigator", "jsonfeed", "rss", "atom"})
"""Formats with facts about the world only: without a named recipient they keep the item's own label."""
ABOUT_US: Final = frozenset(
    {
        "html", "pdf", "md", "json", "docx", "xlsx", "csaf-vex", "openvex", "cyclonedx-vex", "oscal", "oscal-ar", "cacao",
        "gaps-md", "gaps-csv", "tickets-github", "tickets-gitlab", "tickets-jira", "tickets-servicenow",
    }
)  # fmt: skip
"""Formats that are nothing without the facts about the reader: refused to who may not have those."""
_WORLDLY: Final = frozenset(
    {"severity", "TLP", "status", "vulnerabilities", "exploited", "fixed versions", "sources", "actors",
     "techniques", "disputes", "type", "confidence"}
)  # fmt: skip
"""Fields of `Changes` that tell of the world."""


class Cleared(msgspec.Struct, frozen=True):
    """What may be written."""

    briefing: Briefing
    """Its `tlp` is the label of what it still holds."""
    records: Records
    own: bool
    """Whether the facts about the reader are in it."""


class Refused(msgspec.Struct, frozen=True):
    """Nothing may be written; a result, not a failure."""

    reason: str
    """For people, without anything of the briefing but its id and label."""


def clear(briefing: Briefing, records: Records, name: str, clearance: Tlp | None) -> Cleared | Refused:
    """What of a briefing may go into format `name` for a recipient cleared up to `clearance`.

    Without a recipient (None) the export is for the reader: complete and labelled TLP:AMBER+STRICT at
    least, except in formats that have facts about the world only.
    Records of other items are left out in any case.
    """
    if clearance is not None and ORDER.index(briefing.tlp) > ORDER.index(clearance):
        return Refused(f"{briefing.id} is {briefing.tlp}, the recipient is cleared for {clearance}")
    limit = clearance or (briefing.tlp if name in FOR_OTHERS else None)
    if limit is not None:
        # The title of another item travels no further than that item does.
        kept = tuple(each for each in briefing.related if ORDER.index(each.tlp) <= ORDER.index(limit))
        briefing = replace(briefing, related=kept)
    own = name not in FOR_OTHERS if clearance is None else ORDER.index(clearance) >= ORDER.index(OWN)
    if own:
        return Cleared(replace(briefing, tlp=strictest((briefing.tlp, OWN))), _of(briefing, records), True)
    if name in ABOUT_US:
        return Refused(
            f"{name} tells what {briefing.id} means for us, which is {OWN} at least; "
            f"the recipient is cleared for {clearance}"
        )
    return Cleared(world(briefing), _withdrawals(briefing, records), False)


def world(briefing: Briefing) -> Briefing:
    """The briefing without facts about the reader: the same for every reader, up to the choice of sentences.

    Answers become "maybe" with nothing beside them; the plan with its actions goes, because what is chosen
    tells what the reader runs and whether the item concerns them. Deadlines that a document sets stay without
    a word on whom they bind; clocks that the reader's profile starts go. `priority` has no empty value and becomes
    "standard": an empty `priority_reasons` says that it must not be written. Citations are numbered anew.
    """
    page = briefing.page_one
    ours = {each.id for each in briefing.citations if each.rule.endswith("-ours")}
    named = {each.id for each in briefing.citations if not each.rule}
    nothing = Statement(sid="none", text="", citations=())
    changes = briefing.changes
    if changes is not None:
        entries = tuple(each for each in changes.entries if each.field in _WORLDLY)
        changes = Changes(revision=changes.revision, since=changes.since, entries=entries)
    told = replace(
        briefing,
        page_one=replace(
            page,
            decide=Statement(sid="p1-decide", text="Decide whether this concerns you.", citations=()),
            do_by=None,
            do_by_rule="",
            concerns_us=_UNSAID,
            known=(),
            unknown=tuple(each for each in page.unknown if not ours & set(each.citations)),
            would_change=(),
            now=(),
        ),
        priority="standard",
        priority_reasons=(),
        vulnerabilities=tuple(replace(each, timelines=()) for each in briefing.vulnerabilities),
        deadlines=tuple(
            sorted(
                (
                    replace(each, binds_us="maybe", why="", state="")
                    for each in briefing.deadlines
                    if _from_source(briefing, each.citations)
                ),
                key=lambda each: (each.date or "9999", each.basis, each.duty, each.owner),
            )
        ),
        summary=tuple(each for each in briefing.summary if not _on_whom(each)),
        analysis=tuple(each for each in briefing.analysis if not _on_whom(each)),
        relevance=_UNSAID,
        plan=PlanShown(mode="expose", capacity_hours=0.0, mode_why=nothing, framework_note=nothing),
        actions=(),
        escalation=(),
        recovery=(),
        artifacts=(),
        detection=replace(
            briefing.detection,
            # What rests on a rule alone depends on the plan.
            statements=tuple(each for each in briefing.detection.statements if named & set(each.citations)),
            sweeps=(),
            # The text of rules is the reader's own copy.
            sigma=tuple(replace(each, text="") for each in briefing.detection.sigma),
        ),
        frameworks={},
        sources=tuple(replace(each, path="") for each in briefing.sources),
        changes=changes,
        notes=(),
        # That a flaw which nobody is said to exploit has an item of its own tells what the reader runs.
        related=tuple(
            each for each in briefing.related if each.relation != "flaw-of-release" or "exploited" in each.sid
        ),
    )
    order = {old: new for new, old in enumerate(dict.fromkeys(_cited(told)), 1)}
    kept = sorted((each for each in briefing.citations if each.id in order), key=lambda each: order[each.id])
    told = _renumbered(told, order)
    return replace(told, citations=tuple(replace(each, id=order[each.id]) for each in kept))


def _on_whom(statement: Statement) -> bool:
    """Whether the sentence is chosen by whom the duties bind; the deadlines have the dates and owners."""
    return "find-duties" in statement.sid


_UNSAID: Final = Concern(answer="maybe", why=())
_T = TypeVar("_T")


def _cited(value: object) -> Iterator[int]:
    """Ids of the citations in a part of a briefing, in order, again and again."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            part = getattr(value, name)
            if name == "citations" and not isinstance(value, Briefing):
                yield from part
            else:
                yield from _cited(part)
    elif isinstance(value, tuple):
        for each in value:
            yield from _cited(each)


def _renumbered(value: _T, order: dict[int, int]) -> _T:
    """A copy with other ids of citations; ids that nothing is known of go."""
    if isinstance(value, msgspec.Struct):
        made: dict[str, object] = {}
        for name in value.__struct_fields__:
            part = getattr(value, name)
            if name == "citations" and not isinstance(value, Briefing):
                made[name] = tuple(order[each] for each in part if each in order)
            elif isinstance(part, msgspec.Struct | tuple):
                made[name] = _renumbered(part, order)
        return replace(value, **made)
    if isinstance(value, tuple):
        return cast(_T, tuple(_renumbered(each, order) for each in value))
    return value


def _from_source(briefing: Briefing, citations: tuple[int, ...]) -> bool:
    """Whether a document sets it: a clock that only our rules and profile start is about the reader."""
    return any(each.document for each in briefing.citations if each.id in citations)


def _of(briefing: Briefing, records: Records) -> Records:
    return replace(
        records,
        gaps=tuple(each for each in records.gaps if each.item == briefing.id),
        reviews=tuple(each for each in records.reviews if each.item == briefing.id),
    )


def _withdrawals(briefing: Briefing, records: Records) -> Records:
    """That the item was taken back, and why, has to reach who got it; who ruled so does not."""
    return Records(
        decisions=tuple(
            replace(each, author="")
            for each in records.decisions
            if each.kind == "withdraw" and each.target == briefing.id
        )
    )
