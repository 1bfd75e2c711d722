# SPDX-License-Identifier: Apache-2.0
"""The framework table: all controls of the printed actions, and the selected rows for the findings.

One list: an action may only show a control that stands in the table, and every row says why it is
there. Which frameworks are shown follows the subject and the reader.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from scc.brief.citations import Citer
from scc.model.assessment import Assessment
from scc.model.briefing import FrameworkRow, TechniqueShown, WeaknessShown
from scc.model.organisation import Organisation, OwnControl
from scc.model.plan import Action, ActionPlan, Control

if TYPE_CHECKING:
    from scc.knowledge import Knowledge
    from scc.knowledge.types import Candidate

SELECTED_MOST: Final = 8
"""Rows a framework may get for findings; controls of actions are never capped."""

OURS_MOST: Final = 3
"""The reader's own controls shown beside one control."""
_NIST: Final = "nist-800-53r5"
_NIST_ID: Final = re.compile(r"([A-Za-z]{2})-(\d{1,3})(?:\.(\d{1,3})|\s?\((\d{1,3})\))?")
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
        if "personal-eu" in organisation.regulated:
            keys.append("gdpr")
        if "defense" in organisation.regulated:
            keys.append("nist-800-171r3")
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


def with_ours(
    table: dict[str, tuple[FrameworkRow, ...]], organisation: Organisation
) -> dict[str, tuple[FrameworkRow, ...]]:
    """The table with the reader's own controls beside those that they correspond to, at most OURS_MOST a row."""
    held: dict[tuple[str, str], list[str]] = {}
    for each in organisation.controls:
        for key in correspondences(each):
            held.setdefault(key, []).append(f"{each.id} {each.title}".strip())
    if not held:
        return table
    return {
        framework: tuple(
            msgspec.structs.replace(row, ours=_few(held.get((framework, row.id.casefold()), [])))
            for row in rows
        )
        for framework, rows in table.items()
    }


def correspondences(control: OwnControl) -> tuple[tuple[str, str], ...]:
    """(framework, id in lower case) of what an own control says that it corresponds to.

    An id alone, also its own, counts for NIST SP 800-53 when it is written like one: "ac-2", "AC-02", "ac-2.3", "AC-2(3)".
    """
    found = []
    for each in (control.id, *control.related):
        framework, separator, id_ = each.partition(":")
        nist = _NIST_ID.fullmatch(id_ if separator and framework == _NIST else each)
        if nist:
            number = nist[3] or nist[4]
            found.append(
                (_NIST, f"{nist[1]}-{int(nist[2])}{f'({int(number)})' if number else ''}".casefold())
            )
        elif separator:
            found.append((framework, id_.strip().casefold()))
    return tuple(dict.fromkeys(found))


def _few(names: list[str]) -> tuple[str, ...]:
    kept = tuple(dict.fromkeys(names))
    more = len(kept) - OURS_MOST
    return kept if more <= 0 else (*kept[:OURS_MOST], f"and {more} more")


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
