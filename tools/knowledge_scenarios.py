# SPDX-License-Identifier: Apache-2.0
"""The scenarios of controls for tools/knowledge_report.py: their first run, what holds now and what does not.

Runs the scenarios as tests/scenarios/test_controls.py does and counts. Changes nothing.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]

Row = tuple[str, ...]

FIRST: Final = {
    "01 to 20": ("2026-11-23", "9 of 20", "92 of 118", "197 of 200"),
    "21 to 32": ("2026-11-29", "6 of 12", "46 of 55", "137 of 143"),
    "33 to 38": ("2026-11-29", "1 of 6", "12 of 23", "71 of 73"),
}
"""By set of scenarios: day of its first run, on the program as it was before any of them had been run, scenarios that
held, musts, must-nots. The third set was written to see whether what was mended for the second holds on others."""


def table(head: Row, rows: list[Row]) -> str:
    """A Markdown table."""
    return "\n".join(f"| {' | '.join(each)} |" for each in (head, tuple("---" for _ in head), *rows))


def scenarios() -> tuple[str, str]:
    """First run and now by set of scenarios, and what does not hold with its reason."""
    spec = importlib.util.spec_from_file_location(
        "controls", ROOT / "tests" / "scenarios" / "test_controls.py"
    )
    assert spec is not None and spec.loader is not None
    held = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(held)
    faults = {path.stem: held.differences(path) for path in held.SCENARIOS}
    rows: list[Row] = []
    for name, (day, *first) in FIRST.items():
        low, _, high = name.partition(" to ")
        mine = [path for path in held.SCENARIOS if low <= path.stem[:2] <= high]
        asked = [one for path in mine for one in held.flow.load(path)["frameworks"].values()]
        musts, nots = (sum(len(one.get(key, ())) for one in asked) for key in ("must", "must_not"))
        missed = sum(": without " in one for path in mine for one in faults[path.stem])
        wrong = sum(_wrong(held, path) for path in mine)
        whole = sum(not faults[path.stem] for path in mine)
        rows.append(
            (
                name,
                day,
                *first,
                f"{whole} of {len(mine)}",
                f"{musts - missed} of {musts}",
                f"{nots - wrong} of {nots}",
            )
        )
    head = ("scenarios", "first run", "held", "musts", "must-nots", "held now", "musts now", "must-nots now")
    open_ = [
        f"- {path.stem}: {each}. {held.flow.load(path).get('open', {}).get(each, 'No reason is given.').strip()}"
        for path in held.SCENARIOS
        for each in faults[path.stem]
    ]
    return table(head, rows), "\n".join(open_)


def _wrong(held: Any, path: Path) -> int:
    """How many of a scenario's must-nots stand in its tables."""
    shown = held.shown(path)
    return sum(
        any(held.matches(id_, one) for id_ in shown.get(key, ()))
        for key, asked in held.flow.load(path)["frameworks"].items()
        for one in asked.get("must_not", ())
    )
