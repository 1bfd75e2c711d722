# SPDX-License-Identifier: Apache-2.0
"""Actions bound to an item and the plan that orders them."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

Mode = Literal["govern", "expose", "hunt", "incident"]
Step = Literal["scoping", "detection", "eradication", "recovery", "post-incident"]
Phase = Literal["preparation", "detection", "containment", "eradication", "recovery", "post-incident"]

STEP_OF: dict[Phase, Step] = {
    "preparation": "scoping",
    "detection": "detection",
    "containment": "eradication",
    "eradication": "eradication",
    "recovery": "recovery",
    "post-incident": "post-incident",
}
"""Which printed step a phase belongs to (DESIGN, the nouns)."""


GATED: Final = "Only after the gate says suspected or confirmed. "
"""How the text of an action begins that waits for the gate; only in mode hunt."""


class Control(msgspec.Struct, frozen=True, order=True):
    """A control of a framework with the reason it is attached."""

    framework: str
    """A key of `content/frameworks.csv`."""
    id: str
    title: str
    why: str
    """One sentence: the action, finding or path that puts it here."""
    edges: tuple[str, ...] = ()
    """Ids of the knowledge edges of the path (`dataset version: src rel dst`), may be empty for
    controls that the action's own content names."""


class Command(msgspec.Struct, frozen=True):
    text: str
    """Ready to run; labelled blanks look like `<HOST e.g. web01>` and never stand in altering ones."""
    dialect: Literal[
        "posix",
        "powershell",
        "cmd",
        "aws",
        "az",
        "gcloud",
        "kubectl",
        "kql",
        "osquery",
        "sql",
        "text",
    ]
    privileges: Literal["user", "root", "admin", "reader", "none"] = "user"
    alters: bool = False
    purpose: str = ""


class Evidence(msgspec.Struct, frozen=True):
    """What to keep before the action touches anything."""

    artifact: str
    where: str
    command: str = ""
    retention: str = ""
    preserve_first: bool = False


class Action(msgspec.Struct, frozen=True):
    """One action of the content library, bound to this item."""

    id: str
    """Content id, e.g. "act-0012"."""
    effect: str
    step: Step
    phase: Phase
    csf: str
    title: str
    text: str
    why: str
    risk: str
    """What goes wrong without it."""
    owner: str
    minutes: int
    skill: str
    controls: tuple[Control, ...]
    compensating: str
    compensating_commands: tuple[Command, ...]
    evidence: tuple[Evidence, ...]
    evidence_note: str
    """When nothing has to be captured: why."""
    commands: tuple[Command, ...]
    done_when: str
    undo: str
    business_effect: str
    alters: bool
    when: Literal["hour", "day", "later"] = "later"
    """First hour, first day or later, as budgeted."""
    chosen: str = ""
    """Why it is in the plan."""
    observations: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


class Gate(msgspec.Struct, frozen=True):
    """One outcome of the gate between scoping and containment, and what follows from it."""

    outcome: Literal["no-evidence", "suspected", "confirmed"]
    text: str


class Cut(msgspec.Struct, frozen=True):
    """An action that applied and was left out."""

    id: str
    title: str
    because: str


class Empty(msgspec.Struct, frozen=True):
    """A step with nothing to do."""

    step: Step
    because: str


class Artifact(msgspec.Struct, frozen=True):
    """A forensic artifact worth keeping for this item."""

    name: str
    where: str
    shows: str
    retention: str = ""
    action: str = ""


class ActionPlan(msgspec.Struct, frozen=True):
    mode: Mode
    mode_why: str
    capacity_hours: float
    actions: tuple[Action, ...]
    empty: tuple[Empty, ...]
    gate: tuple[Gate, ...]
    cut: tuple[Cut, ...]
    framework_note: str
    recovery: tuple[str, ...]
    """Recovery notes, one sentence or two each, monitoring windows with their reason."""
    artifacts: tuple[Artifact, ...]
    rules: tuple[str, ...] = ()
    """Content ids behind the framework note and recovery notes."""
