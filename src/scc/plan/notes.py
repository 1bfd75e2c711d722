# SPDX-License-Identifier: Apache-2.0
"""What a plan says beside its actions: gate, empty steps, framework note, recovery notes, artifacts.

Everything is composed from the chosen actions and the rubrics `gate` and `recovery`; nothing is judged here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from scc.model.errors import ContentError
from scc.model.plan import Action, Artifact, Empty, Gate, Mode, Step
from scc.plan.content import ActionContent
from scc.plan.situation import Situation
from scc.plan.vocabulary import EmptyText, Library

if TYPE_CHECKING:
    from collections.abc import Iterable

STEPS: Final[tuple[Step, ...]] = get_args(Step)
RECOVERY_MOST: Final = 3
ARTIFACTS_MOST: Final = 12

FRAMEWORKS: Final[dict[str, str]] = {
    "nist-800-53r5": "NIST SP 800-53 Rev. 5",
    "nist-csf-2.0": "NIST CSF 2.0",
    "cis-v8": "CIS Controls v8",
    "d3fend": "MITRE D3FEND",
    "iso-27001-2022": "ISO/IEC 27001:2022 Annex A",
    "iso-42001-2023": "ISO/IEC 42001:2023 Annex A",
    "soc2": "SOC 2 trust services criteria",
    "ai-rmf-1.0": "NIST AI RMF 1.0",
    "ssdf-1.1": "NIST SP 800-218 (SSDF) 1.1",
    "nist-800-171r3": "NIST SP 800-171 Rev. 3",
    "cpg-2.0": "CISA CPG 2.0",
    "hipaa": "HIPAA Security Rule",
    "owasp-2021": "OWASP Top 10:2021",
    "owasp-2025": "OWASP Top 10:2025",
    "owasp-llm-2025": "OWASP Top 10 for LLM 2025",
    "nis2": "NIS2",
    "dora": "DORA",
    "ai-act": "EU AI Act",
    "cra": "Cyber Resilience Act",
    "gdpr": "GDPR",
    "attack": "MITRE ATT&CK",
    "atlas": "MITRE ATLAS",
}


def gate(mode: Mode, situation: Situation, library: Library) -> tuple[Gate, ...]:
    """The three outcomes; none in mode govern, where there is nothing to look for."""
    if "not-relevant" in situation.traits:
        return ()
    found: dict[str, Gate] = {}
    for each in library.gates:
        if each.mode == mode and situation.traits.issuperset(each.traits):
            found.setdefault(each.outcome, Gate(each.outcome, each.text))
    return tuple(found.values())


def empty_steps(mode: Mode, actions: Iterable[Action], situation: Situation, library: Library) -> list[Empty]:
    """The steps without an action, each with the reason that fits. Every step has one (tests/plan)."""
    filled = {action.step for action in actions}
    return [
        Empty(step, _because(mode, step, situation, library.empty)) for step in STEPS if step not in filled
    ]


def _because(mode: Mode, step: Step, situation: Situation, rows: tuple[EmptyText, ...]) -> str:
    for each in rows:
        if (
            each.mode in (None, mode)
            and (not each.steps or step in each.steps)
            and situation.traits.issuperset(each.traits)
        ):
            return each.because
    raise ContentError([f"rubrics/gate.yaml: no reason for an empty step {step} in mode {mode}"])


def framework_note(mode: Mode, actions: tuple[Action, ...], situation: Situation) -> str:
    """Which frameworks the actions cite and how the phases are to be read."""
    keys = {control.framework for action in actions for control in action.controls}
    names = [name for key, name in FRAMEWORKS.items() if key in keys and key != "nist-csf-2.0"]
    subcategories = sorted({action.csf for action in actions})
    note = (
        "Phases follow NIST SP 800-61 Rev. 3, a CSF 2.0 community profile: each action names its "
        f"subcategory ({', '.join(subcategories)})."
        if subcategories
        else "Phases follow NIST SP 800-61 Rev. 3, a CSF 2.0 community profile."
    )
    if names:
        note += f" Controls are cited from {_listed(names)}; each row of the mappings says which action puts it there."
    if mode == "govern" and "act-in-force" in situation.traits:
        if "binds-us" in situation.traits:
            note += " Dates marked ours are duties; the others are there to know what will be published."
        elif "private" in situation.traits:
            note += (
                " The dated duties bind the bodies named in the act, not a private reader: "
                "controls here support a decision, they are no obligation."
            )
    return note


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def recovery(
    mode: Mode, contents: Iterable[ActionContent], situation: Situation, library: Library
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(texts, rule ids), at most three, the weightiest first."""
    if situation.traits & {"not-relevant", "supplier-fixed", "act-ended"}:
        return (), ()
    effects = {content.effect for content in contents}
    rank = {theme: number for number, theme in enumerate(situation.themes)}
    found = []
    for note in library.recovery:
        if mode not in note.modes or (note.types and situation.type not in note.types):
            continue
        if note.facets and situation.facets.isdisjoint(note.facets):
            continue
        if note.effects and effects.isdisjoint(note.effects):
            continue
        themes = [rank[theme] for theme in note.themes if theme in rank]
        if note.themes and not themes:
            continue
        found.append((-note.value, min(themes, default=0), note.id, note.text))
    found.sort()
    best = found[:RECOVERY_MOST]
    return tuple(text for *_, text in best), tuple(id_ for _, _, id_, _ in best)


def artifacts(actions: Iterable[Action], contents: dict[str, ActionContent]) -> tuple[Artifact, ...]:
    """The evidence of the actions in their order, each artifact once, what must be kept first in front."""
    found: dict[str, tuple[bool, Artifact]] = {}
    for action in actions:
        for each in contents[action.id].evidence:
            if each.artifact not in found:
                found[each.artifact] = (
                    each.preserve_first,
                    Artifact(each.artifact, each.where, each.shows, each.retention, action.id),
                )
    ordered = sorted(found.values(), key=lambda pair: not pair[0])
    return tuple(artifact for _, artifact in ordered[:ARTIFACTS_MOST])
