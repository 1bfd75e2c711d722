# SPDX-License-Identifier: Apache-2.0
"""What people recorded about controls as OSCAL assessment results: findings, and the reviews beside them.

A finding is a gap that names who found it and on which day, and that is not closed since; it says
"not-satisfied". Nothing here says that a control is satisfied: no record does. A review that was done is an
observation; it names no control, so reviews alone are no assessment. Nothing of the briefing's own making
becomes a finding. Source: OSCAL assessment-results model, version as in `oscal_parts`.
"""

from __future__ import annotations

from scc.model.act import Gap, Review
from scc.model.briefing import Briefing
from scc.share.identity import day, made, named
from scc.share.interface import Context, NotApplicable
from scc.share.oscal_parts import (
    Object,
    People,
    control_id,
    control_name,
    document,
    filled,
    markup,
    observed,
    props,
    written,
)
from scc.share.texts import encodable


def write(briefing: Briefing, context: Context) -> bytes | NotApplicable:
    """The results as JSON in UTF-8. Raises ValueError when `generated` is no ISO 8601 time."""
    briefing = encodable(briefing)
    records = context.records
    # Of several records under one id the last stands, as in the gap register.
    gaps = {each.id: each for each in records.gaps if each.item == briefing.id}
    found = [
        each for each in gaps.values() if each.status != "closed" and each.author.strip() and day(each.found)
    ]
    found.sort(key=lambda each: (each.framework, each.control, each.id))
    done = {each.id: each for each in records.reviews if each.item == briefing.id and each.status == "done"}
    reviews = sorted(
        (each for each in done.values() if day(each.date)), key=lambda each: (each.date, each.id)
    )
    if not found:
        why = "a review names no control" if reviews else "nobody recorded a finding with its author and day"
        return NotApplicable(why)
    return _document(briefing, context, found, reviews)


def _document(briefing: Briefing, context: Context, gaps: list[Gap], reviews: list[Review]) -> bytes:
    people = People()
    findings, observations = [], []
    for gap in gaps:
        finding, observation = _finding(people, gap, context)
        findings.append(finding)
        observations.append(observation)
    observations += [_review(each) for each in reviews]
    times = sorted(
        each for one in (*(gap.found for gap in gaps), *(one.date for one in reviews)) if (each := day(one))
    )
    none = named("oscal", "no-plan", briefing.id)
    controls = sorted({control_id(each) for each in gaps})
    result = {
        "uuid": named("oscal", "result", briefing.id, str(briefing.revision)),
        "title": markup(f"Recorded on {briefing.id}"),
        "description": markup(briefing.title, otherwise=markup(briefing.id)),
        "start": written(times[0]),
        "end": written(times[-1]),
        "props": props(item=briefing.id),
        "reviewed-controls": {
            "description": "Only the controls that a person recorded something about.",
            "control-selections": [{"include-controls": [{"control-id": each} for each in controls]}],
        },
        "observations": observations,
        "findings": findings,
    }
    body = {
        "metadata": people.metadata(
            markup(f"Assessment results: {briefing.id} {briefing.title}"),
            written(made(briefing, context)[1]),
            str(briefing.revision),
            briefing.tlp,
            "Records of people, not a planned assessment of all controls.",
        ),
        "import-ap": {"href": f"#{none}", "remarks": "No assessment plan was made."},
        "results": [filled(result)],
        "back-matter": {
            "resources": [
                {
                    "uuid": none,
                    "title": "No assessment plan",
                    "description": "Stands where OSCAL asks for the assessment plan; none was made.",
                }
            ]
        },
    }
    return document("assessment-results", body)


def _finding(people: People, gap: Gap, context: Context) -> tuple[Object, Object]:
    node = context.knowledge.node(gap.framework, gap.control)
    name = control_name(gap, node.title if node is not None else "")
    observation = observed(people, gap, name)
    assert observation is not None  # only gaps with their day come here
    status = {"state": "not-satisfied", "reason": "fail"}
    if gap.status == "accepted":
        status["remarks"] = "The gap was accepted."
    finding = filled({
        "uuid": named("oscal", "finding", gap.item, gap.id),
        "title": name,
        "description": markup(gap.description, otherwise=name),
        "props": props(gap=gap.id, framework=gap.framework, control=gap.control),
        "origins": people.origin(gap.author),
        "target": {"type": "statement-id", "target-id": f"{control_id(gap)}_smt", "title": name, "status": status},
        "related-observations": [{"observation-uuid": observation["uuid"]}],
    })  # fmt: skip
    return finding, observation


def _review(review: Review) -> Object:
    date = day(review.date)
    assert date is not None
    return filled({
        "uuid": named("oscal", "observation", review.item, "review", review.id),
        "title": "Review",
        "description": markup(review.reason, otherwise="Review without a recorded reason."),
        "props": props(review=review.id),
        "methods": ["UNKNOWN"],
        "collected": written(date),
    })  # fmt: skip
