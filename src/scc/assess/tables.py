# SPDX-License-Identifier: Apache-2.0
"""Published decision tables: CISA's coordinator table and BOD 26-04's timelines, row by row.

Only published values feed them, never predictions. An input that is not known leaves every row open that
agrees with the rest: the range is printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scc.assess.deadlines import BOD_26_04_FROM
from scc.assess.rules import Rules
from scc.model.assessment import Outcome, Scored
from scc.model.organisation import Organisation

if TYPE_CHECKING:
    from scc.knowledge import Knowledge
    from scc.knowledge.types import DecisionTable

_NAMES: Final = {"cisa-coordinator": "CISA coordinator table", "cisa-bod-26-04": "BOD 26-04 timeline"}
_RULES: Final = {"cisa-coordinator": "table-coordinator", "cisa-bod-26-04": "table-bod-26-04"}


def look_up(table: DecisionTable, known: dict[str, str]) -> tuple[str, ...]:
    """Every outcome that the known inputs leave open, in the table's order.

    `known` maps the beginning of a point's name, lower case, to its value, e.g. {"automatable": "yes"}.
    """
    open_: list[str] = []
    for row in table.rows:
        fits = all(
            value is None or row[at].lower() == value
            for at, value in ((at, _value(name, known)) for at, name in enumerate(table.points))
        )
        if fits:
            open_.append(row[-1])
    return tuple(dict.fromkeys(open_))


def _value(name: str, known: dict[str, str]) -> str | None:
    low = name.lower()
    return next((value for key, value in known.items() if low.startswith(key) and value), None)


def outcomes(
    flaws: tuple[Scored, ...],
    organisation: Organisation,
    exposed: bool | None,
    now: str,
    rules: Rules,
    knowledge: Knowledge,
) -> tuple[Outcome, ...]:
    """Rows for flaws with published SSVC points or a KEV entry; nothing is shown that no value decides."""
    found = []
    tables = {each.key: each for each in knowledge.decision_tables()}
    for flaw in flaws[:12]:
        ssvc = flaw.ssvc
        points = {
            "automatable": ssvc.automatable if ssvc else "",
            "technical impact": ssvc.technical_impact if ssvc else "",
        }
        if ssvc is not None and ssvc.exploitation and "cisa-coordinator" in tables:
            exploitation = {"poc": "public poc"}.get(ssvc.exploitation, ssvc.exploitation)
            inputs = {"exploitation": exploitation, **points, "mission": _mission(organisation)}
            found.append(_outcome(tables["cisa-coordinator"], flaw, inputs, rules))
        if (
            (ssvc is not None or flaw.kev is not None)
            and "cisa-bod-26-04" in tables
            and now[:10] >= BOD_26_04_FROM
        ):
            inputs = {
                "in kev": "yes" if flaw.kev else "no",
                "publicly exposed": "" if exposed is None else "yes" if exposed else "no",
                **points,
            }
            found.append(_outcome(tables["cisa-bod-26-04"], flaw, inputs, rules))
    return tuple(found)


def _outcome(table: DecisionTable, flaw: Scored, inputs: dict[str, str], rules: Rules) -> Outcome:
    return Outcome(
        table=_NAMES[table.key],
        vulnerability=flaw.id,
        outcomes=look_up(table, inputs),
        inputs=tuple((name, value or "not known") for name, value in inputs.items()),
        label=rules.text(_RULES[table.key]),
        observations=flaw.observations[:3],
    )


def _mission(organisation: Organisation) -> str:
    """Mission and well-being impact (CISA SSVC guide, table 7) from the profile; "" if it is not decided.

    The higher of the two counts, so one that is at its top decides alone.
    """
    mission, well = organisation.mission_critical, organisation.well_being
    if mission == "essential" or well == "irreversible":
        return "high"
    if not mission or not well:
        return ""
    return "medium" if mission == "support" or well == "material" else "low"
