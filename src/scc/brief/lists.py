# SPDX-License-Identifier: Apache-2.0
"""The other tables of a briefing: indicators, names, deadlines, disputes, sources."""

from __future__ import annotations

from scc.brief.citations import Citer
from scc.brief.evidence import Evidence
from scc.brief.subjects import answer_name, question_name
from scc.model.assessment import Assessment
from scc.model.briefing import (
    DeadlineShown,
    Discovery,
    DisputeShown,
    IndicatorShown,
    Named,
    PositionShown,
    SourceShown,
)
from scc.model.facts import Actor, Indicator, Malware, Observation

_ROLES = ("observed", "victim", "advice", "reference", "benign")
INDICATORS_MOST = 200
"""Rows of indicators shown; the rest is counted in the note."""


def past(valid_until: str, now: str) -> bool:
    """Whether a use-by date (ISO 8601, "" for none) is over."""
    return bool(valid_until) and valid_until[:10] < now[:10]


def indicator_rows(evidence: Evidence, now: str, citer: Citer) -> tuple[tuple[IndicatorShown, ...], str]:
    """Indicators by role, and the note: the plain statement that there are none, or what is left out.

    Links and harmless infrastructure are not listed: they would bury what is to be searched for. What is past its
    use-by date at `now` is for a look back, whatever the reading said of blocking.
    """
    rows: dict[tuple[str, str], tuple[Observation, Indicator]] = {}
    for each, fact in evidence.of(Indicator):
        key = (fact.type, fact.value)
        known = rows.get(key)
        if known is None or _ROLES.index(fact.role) < _ROLES.index(known[1].role):
            rows[key] = (each, fact)
    kept = [(each, fact) for each, fact in rows.values() if fact.role in ("observed", "victim", "advice")]
    kept.sort(key=lambda pair: (_ROLES.index(pair[1].role), pair[1].type, pair[1].value))
    shown = tuple(
        IndicatorShown(
            type=fact.type,
            value=fact.value,
            role=fact.role,
            action="look back" if past(fact.valid_until, now) else fact.action,
            valid_until=fact.valid_until,
            note=fact.note,
            citations=(citer.observation(each),),
        )
        for each, fact in kept[:INDICATORS_MOST]
    )
    observed = sum(1 for _, fact in kept if fact.role == "observed")
    if not observed:
        note = "No observed indicators are associated with this item in the sources at hand."
    elif len(kept) > INDICATORS_MOST:
        note = (
            f"{len(kept) - INDICATORS_MOST} further indicators stand in the sources; export them from there."
        )
    else:
        note = ""
    return shown, note


def actor_rows(evidence: Evidence, citer: Citer) -> tuple[Named, ...]:
    """Actors by their primary name, each with the places that name it."""
    return _named([(each, _shown(fact), fact.id) for each, fact in evidence.of(Actor)], citer)


def malware_rows(evidence: Evidence, citer: Citer) -> tuple[Named, ...]:
    """Malware and tools by their primary name, each with the places that name it."""
    return _named([(each, _shown(fact), fact.id) for each, fact in evidence.of(Malware)], citer)


def _shown(fact: Actor | Malware) -> str:
    """The primary name, in the spelling of the source where only the case differs."""
    return fact.written if fact.written.casefold() == fact.name.casefold() else fact.name


def _named(found: list[tuple[Observation, str, str]], citer: Citer) -> tuple[Named, ...]:
    rows: dict[tuple[str, str], list[str]] = {}
    for each, name, id_ in found:
        rows.setdefault((name, id_), []).append(each.id)
    return tuple(
        Named(name=name, id=id_, citations=citer.observations(ids, 3)) for (name, id_), ids in rows.items()
    )


def deadline_rows(assessment: Assessment, citer: Citer) -> tuple[DeadlineShown, ...]:
    """Duties and dates, ours first, then by date."""
    rank = {"yes": 0, "maybe": 1, "no": 2}
    ordered = sorted(
        assessment.deadlines,
        key=lambda each: (rank[each.binds_us], each.date or "9999", each.basis, each.duty),
    )
    return tuple(
        DeadlineShown(
            date=each.date,
            duty=each.duty,
            owner=each.owner,
            binds_us=each.binds_us,
            basis=each.basis,
            why=each.why,
            state=each.state,
            citations=citer.observations(each.observations, 2) or (citer.rule(each.rule or "clock"),),
        )
        for each in ordered
    )


def dispute_rows(evidence: Evidence, citer: Citer) -> tuple[DisputeShown, ...]:
    """Questions that sources answer differently: who says what, what is preferred and by which rule."""
    shown = []
    for dispute in evidence.story.disputes:
        positions = []
        for position in dispute.positions:
            by = [document.publisher for one in position.documents if (document := evidence.document(one))]
            positions.append(
                PositionShown(
                    value=answer_name(dispute.question, position.value),
                    sources=tuple(dict.fromkeys(each or "an unknown publisher" for each in by)),
                    citations=citer.observations(position.observations, 3),
                )
            )
        about = dispute.subject.removeprefix("deadline").strip()
        subject = f" ({about})" if about else ""
        shown.append(
            DisputeShown(
                question=question_name(dispute.question, dispute.subject) + subject,
                positions=tuple(positions),
                preferred=answer_name(dispute.question, dispute.preferred),
                rule=dispute.rule,
            )
        )
    return tuple(shown)


def source_rows(evidence: Evidence) -> tuple[tuple[SourceShown, ...], str]:
    """The documents of the story, primary first, and whether a primary source is among them."""
    origin_of = {one: origin.id for origin in evidence.story.origins for one in origin.documents}
    rows = tuple(
        SourceShown(
            tier=each.tier,
            publisher=each.publisher or "unknown",
            title=each.title,
            url=each.url,
            path=each.path,
            date=each.date,
            origin=origin_of.get(each.id, each.id),
            document=each.id,
            kind=each.format,
            language=each.language,
            tlp=each.tlp,
            excerpt=each.excerpt,
        )
        for each in evidence.order(evidence.story.documents)
    )
    if any(each.tier == "T1" for each in rows):
        note = ""
    else:
        note = "No official or primary (T1) source is among the documents at hand; look for it before acting."
    return rows, note


def discovery(evidence: Evidence) -> Discovery:
    """How the item was found: the kind, tier and publisher of the earliest document."""
    first = evidence.story.documents[0]
    kind = "feed" if first.format == "feed-entry" else "file" if first.path else "web"
    return Discovery(kind=kind, tier=first.tier, publisher=first.publisher or "unknown")
