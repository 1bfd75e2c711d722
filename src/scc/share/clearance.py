# SPDX-License-Identifier: Apache-2.0
"""Which part of a briefing may leave to whom, by the Traffic Light Protocol 2.0 (FIRST, August 2022).

A briefing has two layers. Facts about the world carry the most restrictive label of the sources. Facts
about the reader (whether it concerns them, their priority, deadlines that bind them, owners, order and
equipment of the plan, an open incident, recorded gaps, reviews and decisions) are TLP:AMBER+STRICT at
least, whatever the sources say. Pure; called before an exporter or a renderer, never by one.
"""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec.structs import replace

from scc.model.briefing import ActionShown, Briefing, Changes, Concern, PlanShown, Statement
from scc.model.tlp import ORDER, Tlp, strictest
from scc.share.interface import Records

OWN: Final[Tlp] = "TLP:AMBER+STRICT"
"""The least label of what is said about the reader."""
FOR_OTHERS: Final = frozenset(
    {"stix", "misp", "csaf", "csaf-2.1", "navigator", "jsonfeed", "rss", "atom"}
)  # fmt: skip
"""Formats made to be passed on: without a named recipient they carry facts about the world only."""
ABOUT_US: Final = frozenset(
    {
        "html", "pdf", "md", "json", "docx", "xlsx", "csaf-vex", "openvex", "cyclonedx-vex", "oscal", "oscal-ar",
        "gaps-md", "gaps-csv", "tickets-github", "tickets-gitlab", "tickets-jira", "tickets-servicenow",
    }
)  # fmt: skip
"""Formats that are nothing without the facts about the reader: refused to who may not have those."""
_WORLDLY: Final = frozenset(
    {"severity", "TLP", "status", "vulnerabilities", "exploited", "fixed versions", "sources", "actors",
     "techniques", "disputes", "type", "confidence"}
)  # fmt: skip
"""Fields of `Changes` that tell of the world."""
_COMMON: Final = frozenset({"nist-800-53r5", "nist-csf-2.0", "cis-v8", "iso-27001-2022", "d3fend"})
"""Frameworks whose controls stay: the others are printed because the reader's profile names them."""


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
    least, except in formats made to be passed on, which carry facts about the world under their own label.
    Records of other items are left out in any case.
    """
    if clearance is not None and ORDER.index(briefing.tlp) > ORDER.index(clearance):
        return Refused(f"{briefing.id} is {briefing.tlp}, the recipient is cleared for {clearance}")
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
    """The briefing without facts about the reader.

    Answers become "maybe" with nothing beside them, reasons and plan notes go; actions stay without what
    the reader's profile chose (owner, order, commands, replacements), all of them go when the plan answers
    an incident of the reader's own. `priority` keeps its value, as the form has no empty one: an empty
    `priority_reasons` says that it must not be written.
    """
    page = briefing.page_one
    ours = {each.id for each in briefing.citations if each.rule.endswith("-ours")}
    nothing = Statement(sid="none", text="", citations=())
    changes = briefing.changes
    if changes is not None:
        entries = tuple(each for each in changes.entries if each.field in _WORLDLY)
        changes = Changes(revision=changes.revision, since=changes.since, entries=entries)
    actions = () if briefing.plan.mode == "incident" else briefing.actions
    return replace(
        briefing,
        page_one=replace(
            page,
            decide=replace(page.decide, text="Decide whether this concerns you."),
            do_by=None,
            do_by_rule="",
            concerns_us=_UNSAID,
            unknown=tuple(each for each in page.unknown if not ours & set(each.citations)),
            would_change=tuple(each for each in page.would_change if not ours & set(each.citations)),
            now=(),
        ),
        priority_reasons=(),
        vulnerabilities=tuple(replace(each, timelines=()) for each in briefing.vulnerabilities),
        deadlines=tuple(
            replace(each, binds_us="maybe", why="", state="")
            for each in briefing.deadlines
            if each.binds_us != "yes" and _from_source(briefing, each.citations)
        ),
        relevance=_UNSAID,
        plan=PlanShown(mode="expose", capacity_hours=0.0, mode_why=nothing, framework_note=nothing),
        actions=tuple(_common(each) for each in actions),
        escalation=(),
        recovery=(),
        artifacts=(),
        detection=replace(briefing.detection, sweeps=()),
        frameworks={},
        sources=tuple(replace(each, path="") for each in briefing.sources),
        changes=changes,
        notes=(),
    )


_UNSAID: Final = Concern(answer="maybe", why=())


def _common(action: ActionShown) -> ActionShown:
    """The action as it reads for anybody."""
    return replace(
        action, owner="", when="later", compensating="", compensating_commands=(), commands=(), evidence=(),
        evidence_note="", controls=tuple(each for each in action.controls if each.framework in _COMMON),
    )  # fmt: skip


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
