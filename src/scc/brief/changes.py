# SPDX-License-Identifier: Apache-2.0
"""What changed between two revisions of a briefing, and whether anything did.

Time stamps, the age of the event and citation numbers are not changes.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from scc.model.briefing import Briefing, Change, Changes
from scc.model.ids import digest


def material(briefing: Briefing) -> str:
    """Digest of everything in a briefing that is not its time, revision or comparison."""
    still = replace(
        briefing,
        generated="",
        revision=0,
        changes=None,
        generator="",
        page_one=replace(briefing.page_one, line=""),
    )
    return digest(msgspec.json.encode(still, order="sorted"))


def compare(before: Briefing, after: Briefing) -> Changes | None:
    """The differences a reader wants named; None when there are none."""
    entries = [
        Change(field=name, before=old, after=new)
        for name, old, new in (
            ("type", before.type, after.type),
            ("severity", before.severity.level, after.severity.level),
            ("priority", before.priority, after.priority),
            ("confidence", before.confidence, after.confidence),
            ("concerns us", before.relevance.answer, after.relevance.answer),
            ("TLP", before.tlp, after.tlp),
            ("decision", before.page_one.decide.text, after.page_one.decide.text),
            ("do by", before.page_one.do_by or "none", after.page_one.do_by or "none"),
            ("mode", before.plan.mode, after.plan.mode),
            ("status", before.status, after.status),
        )
        if old != new
    ]
    for name, old_set, new_set in (
        ("vulnerabilities", _flaws(before), _flaws(after)),
        ("exploited", _exploited(before), _exploited(after)),
        ("fixed versions", _fixed(before), _fixed(after)),
        ("sources", _sources(before), _sources(after)),
        ("actors", {each.name for each in before.actors}, {each.name for each in after.actors}),
        ("techniques", {each.id for each in before.techniques}, {each.id for each in after.techniques}),
        ("disputes", {each.question for each in before.disputes}, {each.question for each in after.disputes}),
        ("actions", {each.title for each in before.actions}, {each.title for each in after.actions}),
        ("deadlines", _deadlines(before), _deadlines(after)),
        ("linked items", _linked(before), _linked(after)),
    ):
        gone, new = sorted(old_set - new_set), sorted(new_set - old_set)
        if gone or new:
            entries.append(Change(field=name, before="; ".join(gone), after="; ".join(new)))
    if not entries and material(before) == material(after):
        return None
    return Changes(revision=before.revision, since=before.generated, entries=tuple(entries))


def _flaws(briefing: Briefing) -> set[str]:
    return {each.id for each in briefing.vulnerabilities}


def _exploited(briefing: Briefing) -> set[str]:
    return {each.id for each in briefing.vulnerabilities if each.exploited}


def _fixed(briefing: Briefing) -> set[str]:
    return {f"{each.product} {each.fixed}".strip() for each in briefing.products if each.fixed}


def _sources(briefing: Briefing) -> set[str]:
    return {f"{each.publisher}: {each.title}" for each in briefing.sources}


def _deadlines(briefing: Briefing) -> set[str]:
    return {f"{each.date} {each.owner}".strip() for each in briefing.deadlines if each.date}


def _linked(briefing: Briefing) -> set[str]:
    return {f"{each.item} ({each.identifier})" for each in briefing.related}
