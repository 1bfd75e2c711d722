# SPDX-License-Identifier: Apache-2.0
"""The plan for the order of the reference briefing, step by step beside the steps printed there.
`response_vs_reference.py` writes docs/response-vs-reference.md.

The steps of the reference are told in our words (its text is not carried); which effect of ours answers each is stated
here and checked against the plan that the program makes of `examples/frontier-ai-order`: a row that claims an effect which
the plan does not have ends the run with 1.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

import scc.store  # noqa: E402
from scc import content, engine, knowledge  # noqa: E402
from scc.collect.files import walk  # noqa: E402
from scc.model.briefing import Briefing  # noqa: E402
from scc.model.document import Source  # noqa: E402
from scc.model.organisation import Organisation  # noqa: E402

FILE = ROOT / "docs" / "response-vs-reference.md"
NOW = "2026-06-10T08:00:00Z"
READER = Organisation(
    name="Example Models Ltd", countries=("US",), size=120, uses_ai=True, platforms=("ai", "aws", "github"),
    frameworks=(),
)  # fmt: skip
"""A private company that uses AI: the order's duties bind federal bodies, none of them it."""
UNNAMED: Final = Organisation(uses_ai=True, platforms=("ai",))
"""A reader who says no more than that it uses AI: whether a duty reaches it is open."""

STEPS: Final = (
    ("1 Scoping", "decide whether the order reaches us, by sector", "assess-applicability", ""),
    ("1 Scoping", "list AI systems and models in use", "find-ai-use", ""),
    ("2 Detection", "audit sign-in at AI interfaces", "",
     "nothing technical happened: an order is no sign of a gap; access of AI agents is bounded by the later action harden-config"),
    ("2 Detection", "inventory third-party components of AI systems", "find-ai-use", "as part of the list of uses"),
    ("2 Detection", "confirm that AI interfaces log", "", "no log is asked for by the order; a hunt on it would find nothing that it speaks of"),
    ("3 Eradication", "least privilege and second factor for AI accounts", "harden-config", "later, as care for AI in use, not as eradication"),
    ("3 Eradication", "rotate credentials of AI services", "", "no key is held or open through an order; the reference's own fault list names it"),
    ("3 Eradication", "remove unauthorised components", "", "no component is named by any source"),
    ("4 Recovery", "validate that controls hold", "", "nothing was taken out of service"),
    ("4 Recovery", "follow the guidance that is due", "track-duties", "with seven dates and owners, each marked not ours"),
    ("5 Post-incident", "assign who watches the 30 to 60 days", "track-duties", "dates are computed: 2026-07-02 and 2026-08-01"),
    ("5 Post-incident", "write down the position on voluntary participation", "document-position", ""),
    ("5 Post-incident", "map gaps to controls", "update-register", "one line in the register; gaps come from a person's findings"),
)  # fmt: skip
NEVER: Final = (
    "rotate-keys",
    "hunt-logons",
    "hunt-ai-misuse",
    "hunt-exploitation",
    "reset-passwords",
    "install-fix",
)


def briefing(reader: Organisation) -> Briefing:
    """The briefing of the order for a reader."""
    shelf = content.open()
    with tempfile.TemporaryDirectory() as place, scc.store.open(Path(place) / "t.db") as store:
        options = engine.Options(
            now=NOW, knowledge=knowledge.open(), content=shelf, sources=tuple(shelf.records("sources", Source)),
            organisation=reader,
        )  # fmt: skip
        report = engine.run(store, walk([ROOT / "examples" / "frontier-ai-order"]), options)
        found = [store.items.briefing(each.id) for each in report.items]
    (only,) = [each for each in found if each is not None and each.type == "governance"]
    return only


def page(found: Briefing, private: Briefing) -> list[str]:
    """docs/response-vs-reference.md."""
    lines = [
        "# The plan for the order, beside the reference's",
        "",
        "Written by `tools/response_vs_reference.py` from `examples/frontier-ai-order`, read on 2026-06-10. The reference "
        "briefing treats the order like an incident, in five steps; they stand here in our words, beside the plan for a reader "
        "who says no more than that it uses AI. Below is what is left of it for a private company with a profile.",
        "",
        f"Mode **{found.plan.mode}**: {found.plan.mode_why.text}",
        "",
        "| step there | what it asks | ours | why |",
        "|---|---|---|---|",
    ]
    for step, asks, effect, why in STEPS:
        mine = f"`{effect}`: {_title(found, effect)}" if effect else "not applicable"
        lines.append(f"| {step} | {asks} | {mine} | {why} |")
    lines += [
        "",
        "## Ours, in order",
        "",
        *_plan(found),
        "",
        "## The same order for a private company with a profile",
        "",
    ]
    lines += [
        f"{private.relevance.answer.capitalize()}: {private.relevance.why[0].text}",
        "",
        *_plan(private),
    ]
    lines += [
        "",
        "## What is said beside it",
        "",
        f"- Framework note: {found.plan.framework_note.text}",
        *(f"- Dispute: {each.question}: " + "; ".join(p.value for p in each.positions) + f"; we go by {each.preferred}" for each in found.disputes),
        *(f"- {each.date}: {each.duty[:90]} ({each.owner}): binds us: {each.binds_us}" for each in found.deadlines if each.date),
        "",
        f"Not in the plan, checked at each run: {', '.join(f'`{each}`' for each in NEVER)}.",
        f"Commands printed: {sum(len(each.commands) + len(each.compensating_commands) for each in found.actions)}; "
        "none has a blank that changes state, none has an empty argument.",
        "Phases cite CSF 2.0 subcategories as SP 800-61r3 gives them; the frameworks' names come from one table.",
    ]  # fmt: skip
    return lines


def _plan(found: Briefing) -> list[str]:
    lines = [
        "| step | action | when | owner, minutes | controls | done when |",
        "|---|---|---|---|---|---|",
    ]
    for each in found.actions:
        controls = ", ".join(f"{one.framework}:{one.id}" for one in each.controls)
        lines.append(
            f"| {each.step} | {each.title} | {each.when} | {each.owner}, {each.minutes} | {controls} | {each.done_when} |"
        )
    return [*lines, "", *(f"- {each.text}" for each in found.plan.empty)]


def _title(found: Briefing, effect: str) -> str:
    return next((each.title for each in found.actions if each.effect == effect), "")


def faults(found: Briefing, private: Briefing) -> list[str]:
    """What the page would say wrongly."""
    effects = {each.effect for each in found.actions}
    told = [
        f"step {step}: {effect} is not in the plan"
        for step, _, effect, _ in STEPS
        if effect and effect not in effects
    ]
    if "assess-applicability" not in {each.effect for each in private.actions} or len(private.actions) > 3:
        told.append("the private reader's plan is no short note of applicability")
    for one in (found, private):
        told += [f"{each.effect} is in the plan" for each in one.actions if each.effect in NEVER]
        told += [
            f"a date is said to bind us: {each.duty}"
            for each in one.deadlines
            if each.date and each.binds_us == "yes"
        ]
        commands = [
            made.text for each in one.actions for made in (*each.commands, *each.compensating_commands)
        ]
        told += [
            f"a command with an empty argument: {each}"
            for each in commands
            if re.search(r"(?:''|\"\"| -\w+ *$)", each)
        ]
        if one.plan.mode != "govern":
            told.append(f"mode {one.plan.mode}")
        if not one.disputes:
            told.append("the dispute is not shown")
    return told


def main() -> int:
    """Write the page, or say what is wrong."""
    found, private = briefing(UNNAMED), briefing(READER)
    wrong = faults(found, private)
    FILE.write_text("\n".join(page(found, private)) + "\n", "utf-8")
    for each in wrong:
        print(each, file=sys.stderr)
    print(f"{FILE} written")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
