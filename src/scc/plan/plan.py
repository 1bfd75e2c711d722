# SPDX-License-Identifier: Apache-2.0
"""An item's plan: mode, actions bound to the item, order, gate, empty steps, notes, and what was cut.

Pure: the same story, assessment, organisation, knowledge and content give the same plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scc.model.assessment import Assessment
from scc.model.decision import Decision
from scc.model.facts import Technique, Weakness
from scc.model.organisation import Organisation, Roles
from scc.model.plan import GATED, STEP_OF, Action, ActionPlan, Command, Control, Evidence, Mode
from scc.model.story import Story
from scc.plan import bind, budget, mode, notes, order, select
from scc.plan.budget import Chosen
from scc.plan.content import ActionContent, CommandContent, EvidenceContent
from scc.plan.situation import Situation, situation
from scc.plan.vocabulary import Library, library

if TYPE_CHECKING:
    from scc.content import Content
    from scc.knowledge import Knowledge

_ROUTED: Final = ("nist-800-53r5", "nist-csf-2.0", "d3fend", "cis-v8", "iso-27001-2022")
"""Frameworks for which a route from the item's techniques and weaknesses to an action's control is shown."""


def plan(
    story: Story,
    assessment: Assessment,
    organisation: Organisation,
    knowledge: Knowledge,
    content: Content,
    decisions: tuple[Decision, ...] = (),
) -> ActionPlan:
    """The plan for a story. `decisions`: a `confirm` with `other="incident"` on the story opens an incident.

    Raises ContentError when the action library is malformed.
    """
    shelf = library(content)
    seen = situation(story, assessment, organisation, knowledge, shelf, decisions)
    kind, why, rule = mode.decide(seen)
    # An act that has ended asks for nothing.
    found = [] if "act-ended" in seen.traits else select.matches(shelf, seen, kind)
    found, covered = select.uncovered(shelf, seen, found)
    chosen, cut = budget.budget(found, seen, assessment, organisation, kind)
    cut = sorted([*covered, *cut], key=lambda each: each.id)
    arranged = order.arrange(chosen, kind, shelf)
    context = bind.Context(story, assessment, organisation)
    routes = _routes(story, assessment, seen, knowledge)
    actions = tuple(_action(each, kind, context, seen, shelf, knowledge, routes) for each in arranged)
    contents = {each.match.action.id: each.match.action for each in arranged}
    recovery, recovery_rules = notes.recovery(kind, contents.values(), seen, shelf)
    return ActionPlan(
        mode=kind,
        mode_why=why,
        capacity_hours=organisation.capacity_hours,
        actions=actions,
        empty=tuple(notes.empty_steps(kind, actions, seen, shelf)),
        gate=notes.gate(kind, seen, shelf),
        cut=tuple(cut),
        framework_note=notes.framework_note(kind, actions, seen),
        recovery=recovery,
        artifacts=notes.artifacts(actions, contents),
        rules=(*recovery_rules, rule),
    )


def _action(
    chosen: Chosen,
    kind: Mode,
    context: bind.Context,
    seen: Situation,
    shelf: Library,
    knowledge: Knowledge,
    routes: dict[str, tuple[str, ...]],
) -> Action:
    content = chosen.match.action
    parameters = content.parameters

    def commands(every: tuple[CommandContent, ...]) -> tuple[Command, ...]:
        bound = (bind.command(each, parameters, context) for each in every if _here(each, seen))
        return tuple(each for each in bound if each is not None)

    gated = content.gated and kind == "hunt"
    observations = [id_ for key in chosen.match.basis for id_ in seen.observations.get(key, ())[:3]]
    return Action(
        id=content.id,
        effect=content.effect,
        step=STEP_OF[content.phase],
        phase=content.phase,
        csf=content.csf,
        title=bind.prose(content.title, parameters, context),
        text=(GATED if gated else "") + bind.prose(content.text, parameters, context),
        why=bind.prose(content.why, parameters, context),
        risk=bind.prose(content.risk, parameters, context),
        owner=_owner(content.owner, context.organisation.roles),
        minutes=content.minutes,
        skill=content.skill,
        controls=_controls(content, shelf, knowledge, routes),
        compensating=bind.prose(content.compensating.text, parameters, context),
        compensating_commands=commands(content.compensating.commands),
        evidence=tuple(_evidence(each, content, context) for each in content.evidence),
        evidence_note=bind.prose(content.evidence_note, parameters, context),
        commands=commands(content.commands),
        done_when=bind.prose(content.done_when, parameters, context),
        undo=content.undo,
        business_effect=content.business_effect,
        alters=content.alters or any(each.alters for each in content.commands),
        when=chosen.when,
        chosen=chosen.match.why,
        observations=tuple(dict.fromkeys(observations)),
        references=content.references,
    )


def _here(command: CommandContent, seen: Situation) -> bool:
    """Whether a shell command fits an operating system the reader or the story has.

    Without any known operating system both forms are printed."""
    systems = seen.platforms & {"linux", "windows", "macos"}
    if not systems:
        return True
    if command.dialect in ("powershell", "cmd"):
        return "windows" in systems
    if command.dialect == "posix":
        return bool(systems & {"linux", "macos"})
    return True


def _owner(role: str, roles: Roles) -> str:
    return str(getattr(roles, role))


def _evidence(content: EvidenceContent, action: ActionContent, context: bind.Context) -> Evidence:
    text = ""
    if content.command:
        form = CommandContent(content.command, content.dialect, "capture")
        bound = bind.command(form, action.parameters, context)
        text = bound.text if bound else ""
    return Evidence(
        artifact=content.artifact,
        where=content.where,
        command=text,
        retention=content.retention,
        preserve_first=content.preserve_first,
    )


def _controls(
    content: ActionContent, shelf: Library, knowledge: Knowledge, routes: dict[str, tuple[str, ...]]
) -> tuple[Control, ...]:
    """The action's own controls with title and reason; one the pack does not know is left out."""
    found: list[Control] = []
    for key in content.controls:
        framework, _, id_ = key.partition(":")
        node = knowledge.node(framework, id_)
        if node is None:
            continue
        reason = shelf.reasons.get(key, "Carried out by the action")
        why = f"{reason} (“{content.title}”)."
        found.append(Control(framework, id_, node.title, why, routes.get(key, ())))
    return tuple(found)


def _routes(
    story: Story, assessment: Assessment, seen: Situation, knowledge: Knowledge
) -> dict[str, tuple[str, ...]]:
    """For controls that published mappings reach from the item: labels of the shortest route's edges."""
    techniques = sorted(
        {o.fact.id for o in story.observations if isinstance(o.fact, Technique) and o.fact.role != "context"}
    )
    weaknesses = sorted(
        {o.fact.id for o in story.observations if isinstance(o.fact, Weakness) and o.basis != "inferred"}
        | {weakness for scored in assessment.vulnerabilities for weakness in scored.weaknesses}
    )
    if seen.type == "governance" or not (techniques or weaknesses):
        return {}
    candidates = knowledge.select(
        techniques=techniques, weaknesses=weaknesses, themes=seen.themes, frameworks=_ROUTED
    )
    return {
        f"{framework}:{each.id}": tuple(edge.label for edge in each.paths[0].edges) if each.paths else ()
        for framework, every in candidates.items()
        for each in every
    }
