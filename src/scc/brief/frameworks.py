# SPDX-License-Identifier: Apache-2.0
"""The framework table: all controls of the printed actions, and the selected rows for the findings.

One list: an action may only show a control that stands in the table, and every row says why it is
there. Which frameworks are shown follows the subject and the reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from scc.brief.citations import Citer
from scc.model.assessment import Assessment
from scc.model.briefing import FrameworkRow, TechniqueShown, WeaknessShown
from scc.model.organisation import Organisation
from scc.model.plan import Action, ActionPlan, Control

if TYPE_CHECKING:
    from scc.knowledge import Knowledge
    from scc.knowledge.types import Candidate

SELECTED_MOST: Final = 8
"""Rows a framework may get for findings; controls of actions are never capped."""

_GENERAL: Final = ("nist-800-53r5", "nist-csf-2.0", "cis-v8", "iso-27001-2022", "soc2", "d3fend")
_AI: Final = ("atlas", "ai-rmf-1.0", "owasp-llm-2025", "iso-42001-2023", "ai-act")
_MISUSE: Final = "ai-misuse"
_EU: Final = frozenset(
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split()
)


def shown_frameworks(assessment: Assessment, organisation: Organisation) -> tuple[str, ...]:
    """Keys of the frameworks to show: the reader's own choice, else by subject and reader."""
    keys: list[str] = list(organisation.frameworks or _GENERAL)
    if "ai" in assessment.facets and not organisation.frameworks:
        keys.extend(_AI)
    if not organisation.frameworks:
        european = bool(_EU & set(organisation.countries))
        if assessment.vulnerabilities:
            keys.extend(("owasp-2021", "owasp-2025"))
        if "health" in organisation.regulated:
            keys.append("hipaa")
        if "financial" in organisation.regulated and european:
            keys.append("dora")
        if european:
            keys.append("nis2")
        if organisation.manufacturer:
            keys.append("cra")
        if assessment.type == "supply-chain":
            keys.append("ssdf-1.1")
    return tuple(dict.fromkeys(keys))


def framework_rows(
    plan: ActionPlan,
    assessment: Assessment,
    techniques: Sequence[TechniqueShown],
    weaknesses: Sequence[WeaknessShown],
    shown: tuple[str, ...],
    knowledge: Knowledge,
    citer: Citer,
) -> dict[str, tuple[FrameworkRow, ...]]:
    """Rows by framework, controls of actions first, in the order of the plan; empty ones are absent."""
    rows: dict[str, dict[str, FrameworkRow]] = {key: {} for key in shown}
    for action in plan.actions:
        for control in action.controls:
            if control.framework in rows and control.id not in rows[control.framework]:
                rows[control.framework][control.id] = _of_action(action, control, citer)
    live = [each for each in techniques if each.role != "context" or assessment.type == "governance"]
    # The frameworks of AI follow the facet: an item among AI people need not be one of misuse.
    ai = "ai" in assessment.facets and _MISUSE not in assessment.themes
    if live or weaknesses or assessment.themes or ai:
        selected: dict[str, tuple[Candidate, ...]] = {}
        for themes, keys in (
            (assessment.themes, tuple(key for key in shown if not (ai and key in _AI))),
            ((*assessment.themes, _MISUSE), tuple(key for key in shown if ai and key in _AI)),
        ):
            selected |= knowledge.select(
                techniques=tuple(each.id for each in live),
                weaknesses=tuple(each.id for each in weaknesses if each.basis != "inferred"),
                themes=themes,
                frameworks=keys,
                actions=tuple(each.effect for each in plan.actions),
            )
        for key, candidates in selected.items():
            added = 0
            for each in candidates:
                if added == SELECTED_MOST:
                    break
                if key in rows and each.id not in rows[key]:
                    added += 1
                    edges = tuple(edge.label for path in each.paths[:2] for edge in path.edges)
                    cited = tuple(citer.edge(label) for label in edges) or (citer.rule(f"theme:{key}"),)
                    rows[key][each.id] = FrameworkRow(
                        id=each.id, title=each.title, why=each.why, citations=tuple(dict.fromkeys(cited))
                    )
    table = {key: tuple(found.values()) for key, found in rows.items() if found}
    if techniques:
        table = {
            "attack": tuple(_of_technique(each) for each in techniques if each.domain != "atlas"),
            **table,
        }
    return {key: found for key, found in table.items() if found}


def _of_action(action: Action, control: Control, citer: Citer) -> FrameworkRow:
    cited = (citer.rule(action.id), *(citer.edge(each) for each in control.edges[:2]))
    return FrameworkRow(
        id=control.id,
        title=control.title,
        why=f"Action “{action.title}”",
        citations=tuple(dict.fromkeys(cited)),
    )


def _of_technique(technique: TechniqueShown) -> FrameworkRow:
    stated = f", printed as {technique.stated_id}" if technique.stated_id not in ("", technique.id) else ""
    reason = {
        "observed": "Shown by the sources",
        "possible": "Possible from the flaw",
        "context": "Named as context",
    }
    return FrameworkRow(
        id=technique.id,
        title=technique.name,
        why=f"{reason[technique.role]}{stated}",
        citations=technique.citations,
    )
