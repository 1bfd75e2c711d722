# SPDX-License-Identifier: Apache-2.0
"""What an action of the content library may say: the strict form of `content/actions/**.yaml`.

One action a file. Unknown keys are errors. The meaning of each field, with examples, stands in
WRITING_ACTIONS.md; what a well-formed action must fulfil beyond its form is checked by `plan.check`.
Does not select, bind or order anything.
"""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import field

from scc.model.assessment import Facet
from scc.model.ids import ItemType
from scc.model.plan import Mode, Phase

ANY = "any"

Status = Literal["draft", "test", "stable"]
Owner = Literal["lead", "it", "management", "legal", "communications", "privacy"]
Dialect = Literal[
    "posix", "powershell", "cmd", "aws", "az", "gcloud", "kubectl", "kql", "osquery", "sql", "text"
]  # fmt: skip
Privileges = Literal["user", "root", "admin", "reader", "none"]
ParameterType = Literal[
    "host", "user", "ip", "domain", "email", "path", "package", "version", "cve", "hash", "date", "url",
    "name", "number", "text", "arn",
]  # fmt: skip
Place = Literal["safety", "command", "scope", "stop", "capture", "examine", "alter", "restore", "learn"]
"""Where an action stands in the order, before order pairs are applied (`rubrics/order.yaml`): life and
process safety; command and duties; scoping; reversible stop; volatile evidence; read-only examination;
whatever restarts, patches, resets or deletes; bringing back; learning."""


class Parameter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A typed value that stands as `{name}` in texts and commands."""

    name: str
    type: ParameterType
    source: str = field(name="from")
    """A path of `bind.PATHS` ("story.cves", "organisation.roles.it", ...) or "ask": a labelled blank."""
    example: str = ""
    """Required for "ask"; printed in the blank."""
    otherwise: str = ""
    """Wording used in prose when the path has no value; commands with the parameter are then left out."""


class Applies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When an action applies.

    `types, facets, product_classes, exposure, platforms, traits` are conditions: each that is given must
    hold (one of its members is enough; `traits` needs all). `themes, weaknesses, techniques` are triggers:
    if any of the three is given, one match in one of them is needed.
    """

    types: tuple[ItemType, ...] = ()
    facets: tuple[Facet, ...] = ()
    themes: tuple[str, ...] = ()
    weaknesses: tuple[str, ...] = ()
    """CWE ids; a weakness of the story matches by itself or any ancestor."""
    techniques: tuple[str, ...] = ()
    """ATT&CK or ATLAS ids; a sub-technique of the story matches its parent."""
    product_classes: tuple[str, ...] = ()
    exposure: tuple[Literal["internet", "internal", "unknown"], ...] = ()
    platforms: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()


class Unless(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When an action must not be given: any member of any list that holds excludes it."""

    types: tuple[ItemType, ...] = ()
    facets: tuple[Facet, ...] = ()
    themes: tuple[str, ...] = ()
    product_classes: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()


class CommandContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    dialect: Dialect
    purpose: str
    privileges: Privileges = "user"
    alters: bool = False


class EvidenceContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to keep before the action touches anything."""

    artifact: str
    where: str
    shows: str
    """What the artifact proves or refutes."""
    command: str = ""
    """A read-only command; its dialect is `dialect`."""
    dialect: Dialect = "posix"
    retention: str = ""
    """How long the source keeps it by default."""
    preserve_first: bool = False


class Compensating(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How two people without the usual tooling reach the same end."""

    text: str
    commands: tuple[CommandContent, ...] = ()
    requires: tuple[str, ...] = ()
    """Keys of `vocabularies/tooling.csv` that must be there."""
    lacks: tuple[str, ...] = ()
    """Keys of `vocabularies/tooling.csv` whose absence it makes up for."""


class ActionContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    """`act-` and four digits; never used again for another action."""
    status: Status
    author: str
    date: str
    references: tuple[str, ...]
    """URLs or document ids ("NIST SP 800-61r3")."""
    effect: str
    """A key of `vocabularies/effects.csv`; unique together with platform and product class."""
    platform: str = ANY
    product_class: str = ANY
    phase: Phase
    csf: str
    """CSF 2.0 subcategory that SP 800-61r3 gives the activity."""
    place: Place
    modes: tuple[Mode, ...]
    applies: Applies
    unless: Unless = field(default_factory=Unless)
    title: str
    text: str
    parameters: tuple[Parameter, ...] = ()
    why: str
    risk: str
    """What goes wrong without it."""
    controls: tuple[str, ...] = ()
    """`framework:id`, e.g. "nist-800-53r5:SI-2"."""
    compensating: Compensating
    evidence: tuple[EvidenceContent, ...] = ()
    evidence_note: str = ""
    """When nothing has to be captured: why."""
    commands: tuple[CommandContent, ...] = ()
    owner: Owner
    minutes: int
    skill: Literal["any", "admin", "responder", "specialist", "legal"]
    business_effect: str
    done_when: str
    undo: str
    when: Literal["hour", "day", "later"]
    """The earliest useful time; the budget may move it later."""
    value: int
    """1..5: how much risk it takes away when it applies."""
    gated: bool = False
    """In mode hunt only after the gate says suspected or confirmed: printed so, and never before "later"."""
    alters: bool = False
    """Restarts, patches, resets, deletes, blocks or sends; commands that alter make it so, too."""
    evidence_before: tuple[str, ...] = ()
    """Effects that must have been completed first when they are in the plan."""
    may_precede_evidence_when: str = ""
    """When an altering action may come before evidence is taken."""
    destroys: str = ""
    """What evidence it destroys, "" if none."""


class EffectRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `vocabularies/effects.csv`: what an action brings about, whatever the platform."""

    effect: str
    title: str


class TermRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the vocabularies tooling, traits and platforms."""

    key: str
    title: str
    group: str = ""


class ProductClassRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `vocabularies/product_classes.csv`: words that put a story into a class and platform."""

    word: str
    """Lower case, matched as whole words."""
    product_class: str
    platform: str = ""


class ReasonRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `vocabularies/control_reasons.csv`: why an action touches a control, in our words."""

    framework: str
    id: str
    reason: str
