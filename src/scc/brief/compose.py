# SPDX-License-Identifier: Apache-2.0
"""Everything assembled into a Briefing, statement by statement, each with citations.

Pure: the clock comes in as `now`. Judges nothing: what is important was decided by `assess` and `plan`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from scc import __version__
from scc.brief.changes import compare
from scc.brief.citations import Citer
from scc.brief.detection import detection
from scc.brief.evidence import Evidence
from scc.brief.findings import Findings
from scc.brief.frameworks import framework_rows, shown_frameworks, with_ours
from scc.brief.lists import (
    actor_rows,
    deadline_rows,
    discovery,
    dispute_rows,
    indicator_rows,
    malware_rows,
    source_rows,
)
from scc.brief.narrative import analysis, quotes, summary
from scc.brief.page_one import page_one
from scc.brief.phrases import Phrases
from scc.brief.related import related_items
from scc.brief.sections import Section
from scc.brief.subjects import headline
from scc.brief.tables import cvss_shown, product_rows, technique_rows, vulnerability_rows, weakness_rows
from scc.brief.technical import technical
from scc.model.assessment import Assessment
from scc.model.briefing import (
    ActionShown,
    ArtifactShown,
    Briefing,
    Concern,
    ControlRef,
    PlanShown,
    Severity,
)
from scc.model.document import Document
from scc.model.facts import Actor, Malware, Observation, Product
from scc.model.organisation import Organisation
from scc.model.plan import Action, ActionPlan
from scc.model.story import Item, Link, Story
from scc.model.tlp import Tlp, strictest

if TYPE_CHECKING:
    from scc.content import Content
    from scc.knowledge import Knowledge

DISCLAIMER: Final = (
    "Compiled by rule from the sources listed, for information. It is not legal advice and no substitute "
    "for an investigation at your site. Check the primary source before you act on a statement that matters."
)


def title(story: Story, records: Sequence[tuple[Document, tuple[Observation, ...]]] = ()) -> str:
    """The title that a briefing of the story has."""
    return headline(Evidence(story, records))


def label(story: Story) -> Tlp:
    """The label of a story: the strictest of its documents."""
    return strictest([each.tlp for each in story.documents])


def compose(
    item: Item,
    story: Story,
    assessment: Assessment,
    plan: ActionPlan,
    previous: Briefing | None,
    organisation: Organisation,
    knowledge: Knowledge,
    content: Content,
    now: str,
    records: Sequence[tuple[Document, tuple[Observation, ...]]] = (),
    links: Sequence[Link] = (),
) -> Briefing:
    """The briefing of one item at the clock `now` (ISO 8601 UTC). `links` are the items it is linked with.

    `records` are the record documents with their observations that enrich the story (see
    `assess.assess`); `previous` is the last revision, None for a new item.
    """
    evidence = Evidence(story, records)
    citer = Citer(evidence)
    phrases = Phrases(content)
    headed = headline(evidence)

    relevance = Section("rel", citer)
    concern = Concern(
        answer=assessment.relevance.answer,
        why=relevance.reasons(assessment.relevance.why),
        question=assessment.relevance.question,
        command=assessment.relevance.command,
        products=assessment.relevance.matched,
    )
    findings = Findings(evidence, assessment, phrases).all()
    quoted = quotes(evidence, phrases, citer, headed)
    first_page = page_one(
        evidence, assessment, plan, findings, quoted, concern, organisation.given, phrases, citer
    )
    techniques = technique_rows(evidence, citer, knowledge)
    weaknesses = weakness_rows(evidence, citer, knowledge)
    indicators, indicators_note = indicator_rows(evidence, now, citer)
    restated = technical(evidence, assessment, weaknesses, techniques, indicators, phrases)
    told = summary(findings, restated, quoted, evidence, phrases, citer)
    deeper = analysis(findings, restated, quoted, told, citer)
    keys = shown_frameworks(assessment, organisation)
    frameworks = with_ours(
        framework_rows(plan, assessment, techniques, weaknesses, keys, knowledge, citer), organisation
    )
    sources, sources_note = source_rows(evidence)
    plan_section = Section("plan", citer)
    briefing = Briefing(
        id=item.id,
        revision=item.revision,
        type=assessment.type,
        facets=assessment.facets,
        status=item.status,
        title=headed,
        tlp=label(story),
        generated=now,
        generator=f"SCC {__version__}, knowledge pack {knowledge.pack_id[:12]}",
        historical=assessment.historical,
        event_date=assessment.event_date,
        page_one=first_page,
        severity=Severity(
            level=assessment.severity, reasons=Section("sev", citer).reasons(assessment.severity_reasons)
        ),
        cvss=cvss_shown(assessment.cvss, evidence, citer, _score_places(assessment))
        if assessment.cvss
        else None,
        cvss_note=_cvss_note(assessment),
        priority=assessment.priority,
        priority_reasons=Section("pri", citer).reasons(assessment.priority_reasons),
        confidence=assessment.confidence,
        confidence_reason=Section("conf", citer).reason(assessment.confidence_reason),
        discovery=discovery(evidence),
        products=product_rows(evidence, citer),
        vulnerabilities=vulnerability_rows(assessment, evidence, citer, knowledge),
        weaknesses=weaknesses,
        techniques=techniques,
        indicators=indicators,
        indicators_note=indicators_note,
        actors=actor_rows(evidence, citer),
        malware=malware_rows(evidence, citer),
        deadlines=deadline_rows(assessment, citer),
        disputes=dispute_rows(evidence, citer),
        relevance=concern,
        summary=told,
        analysis=deeper,
        plan=_plan(plan, plan_section),
        actions=tuple(_action(each, set(keys), citer) for each in plan.actions),
        escalation=Section("esc", citer).reasons(assessment.escalation),
        recovery=tuple(
            plan_section.rule(plan.rules[min(index, len(plan.rules) - 1)] if plan.rules else "recovery", text)
            for index, text in enumerate(plan.recovery)
        ),
        artifacts=tuple(
            ArtifactShown(
                name=each.name,
                where=each.where,
                shows=each.shows,
                retention=each.retention,
                citations=(citer.rule(each.action or "artifacts"),),
            )
            for each in plan.artifacts
        ),
        detection=detection(
            plan,
            techniques,
            indicators,
            tuple(each.id for each in assessment.vulnerabilities),
            _names(headed, evidence),
            assessment.themes,
            now,
            knowledge,
            content,
            citer,
        ),
        frameworks=frameworks,
        sources=sources,
        sources_note=sources_note,
        citations=(),
        changes=None,
        notes=_notes(story),
        disclaimer=DISCLAIMER,
        related=related_items(links, evidence, phrases, Section("link", citer)),
    )
    from msgspec.structs import replace

    briefing = replace(briefing, citations=citer.citations)
    return replace(briefing, changes=compare(previous, briefing)) if previous is not None else briefing


def _names(title: str, evidence: Evidence) -> tuple[str, ...]:
    """What the item is about by name: a rule written for another product, malware or actor is not for it."""
    found = [title]
    for _, product in evidence.of(Product):
        found += [product.vendor, product.product]
    for _, actor in evidence.of(Actor):
        found += [actor.name, actor.written]
    for _, malware in evidence.of(Malware):
        found += [malware.name, malware.written]
    return tuple(dict.fromkeys(each for each in found if each))


def _score_places(assessment: Assessment) -> tuple[str, ...]:
    wanted = assessment.cvss.vulnerability if assessment.cvss else ""
    return next((each.observations for each in assessment.vulnerabilities if each.id == wanted), ())


def _cvss_note(assessment: Assessment) -> str:
    if assessment.cvss is not None:
        return ""
    if not assessment.vulnerabilities:
        return "Not applicable, because the item is not about a vulnerability with a CVE id."
    return "Not shown, because no source or record at hand gives a score; none is made up."


def _plan(plan: ActionPlan, section: Section) -> PlanShown:
    return PlanShown(
        mode=plan.mode,
        capacity_hours=plan.capacity_hours,
        mode_why=section.rule(f"mode-{plan.mode}", plan.mode_why),
        framework_note=section.rule("framework-note", plan.framework_note),
        gate=tuple(section.rule(f"gate-{each.outcome}", each.text) for each in plan.gate),
        empty=tuple(
            section.rule(
                f"empty-{each.step}",
                _ended(f"{each.step.capitalize()}: not applicable, because {each.because}"),
            )
            for each in plan.empty
        ),
        cut=tuple(
            section.rule(f"cut-{each.id}", _ended(f"{each.title}: cut because {each.because}"))
            for each in plan.cut
        ),
        chosen=tuple(
            section.rule(
                f"in-{each.id}", _ended(f"{each.title}: {_WHEN[each.when]}, because of {each.chosen}")
            )
            for each in plan.actions
        ),
    )


_WHEN: Final = {"hour": "in the first hour", "day": "on the first day", "later": "after the first day"}


def _ended(text: str) -> str:
    """A sentence with its full stop."""
    return text if text.endswith((".", "!", "?")) else text + "."


def _action(action: Action, frameworks: set[str], citer: Citer) -> ActionShown:
    return ActionShown(
        id=action.id,
        step=action.step,
        phase=action.phase,
        csf=action.csf,
        title=action.title,
        text=action.text,
        why=action.why,
        risk=action.risk,
        owner=action.owner,
        minutes=action.minutes,
        skill=action.skill,
        when=action.when,
        controls=tuple(
            ControlRef(framework=each.framework, id=each.id, title=each.title)
            for each in action.controls
            if each.framework in frameworks
        ),
        compensating=action.compensating,
        compensating_commands=action.compensating_commands,
        evidence=action.evidence,
        evidence_note=action.evidence_note,
        commands=action.commands,
        done_when=action.done_when,
        undo=action.undo,
        business_effect=action.business_effect,
        alters=action.alters,
        effect=action.effect,
        references=action.references,
        citations=(citer.rule(action.id), *citer.observations(action.observations, 3)),
    )


def _notes(story: Story) -> tuple[str, ...]:
    notes = []
    excerpts = [each for each in story.documents if each.excerpt]
    if excerpts:
        names = ", ".join(dict.fromkeys(each.publisher or "an unknown publisher" for each in excerpts))
        notes.append(f"Only the opening of the text was at hand from: {names}.")
    if any(each.replaced for each in story.documents):
        notes.append("Undecodable or control characters in a source were replaced while reading.")
    undated = [each for each in story.documents if not each.date]
    if undated:
        notes.append("At least one source carries no date of its own.")
    return tuple(notes)
