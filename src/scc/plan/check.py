# SPDX-License-Identifier: Apache-2.0
"""What a well-formed action must fulfil beyond its form; used by `scc content check` and the test suite.

Reports values, never raises for content that could be read. Each fault has a stable code; the negative
fixtures in `tests/content_bad/` are named after them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from scc.plan import bind, commands
from scc.plan.content import ANY, ActionContent, CommandContent, Parameter
from scc.plan.order import circles
from scc.plan.vocabulary import Library, library

if TYPE_CHECKING:
    from scc.content import Content
    from scc.knowledge import Knowledge

LIMITS: Final[dict[str, int]] = {
    "title": 16,
    "text": 60,
    "why": 30,
    "risk": 20,
    "done_when": 30,
    "undo": 25,
    "business_effect": 15,
}
"""Most words of each field of prose."""
COMPENSATING_MOST: Final = 80

_PLACEHOLDER: Final = re.compile(
    r"\b(?:todo|tbd|fixme|lorem ipsum|to be defined|to be written|n/a|xxx+|insert here|placeholder)\b|\.\.\.|<[a-z ]+>",
    re.IGNORECASE,
)
_DOCUMENT: Final = re.compile(
    r"(?:NIST (?:SP|AI|CSF|IR) [0-9][^ ]*(?: .{1,40})?|RFC [0-9]{3,5}|ISO/IEC [0-9]{4,5}.*|BOD [0-9]{2}-[0-9]{2})"
)
_URL: Final = re.compile(r"https://[a-z0-9.-]+\.[a-z]{2,}(?:/[^\s]*)?")
_CSF: Final = re.compile(r"(?:GV|ID|PR|DE|RS|RC)\.[A-Z]{2}-[0-9]{2}")
_DIALECT_NEEDS: Final[dict[str, str]] = {
    "kql": "siem",
    "osquery": "osquery",
    "aws": "cloud-cli",
    "az": "cloud-cli",
    "gcloud": "cloud-cli",
    "kubectl": "cloud-cli",
}
"""A compensating command of this dialect cannot run where this tool is lacking."""


class Fault(msgspec.Struct, frozen=True, order=True):
    id: str
    """Id of the action or rubric."""
    code: str
    message: str
    place: str = ""
    """"file:line" where the record stands, "" if it was not found."""

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.id}: {self.code}: {self.message}"


def check(content: Content, knowledge: Knowledge | None = None) -> list[Fault]:
    """Every fault of the action library and its rubrics, sorted by id and code.

    Without `knowledge` ids of frameworks, techniques, weaknesses and themes are not checked. Raises
    ContentError when a file cannot be read at all.
    """
    from scc.plan.commands import ProgramRow

    shelf = library(content)
    every = content.records("actions", ActionContent)
    programs = {row.program: row for row in content.table("vocabularies/commands", ProgramRow)}
    found: list[Fault] = []
    seen: dict[tuple[str, str, str], str] = {}
    for action in every:
        key = (action.effect, action.platform, action.product_class)
        if key in seen:
            found.append(
                Fault(action.id, "duplicate-effect", f"same effect, platform and class as {seen[key]}")
            )
        seen.setdefault(key, action.id)
        for code, message in _action(action, shelf, programs, knowledge):
            found.append(Fault(action.id, code, message))
    found.extend(_rubrics(shelf))
    places = _places(content) if found else {}
    return sorted(msgspec.structs.replace(fault, place=places.get(fault.id, "")) for fault in set(found))


def _action(
    action: ActionContent,
    shelf: Library,
    programs: dict[str, commands.ProgramRow],
    knowledge: Knowledge | None,
) -> Iterator[tuple[str, str]]:
    yield from _prose(action)
    yield from _vocabulary(action, shelf)
    if knowledge is not None:
        yield from _known(action, knowledge)
    yield from _evidence(action)
    yield from _compensating(action)
    yield from _parameters(action)
    for each in _commands(action):
        filled = _filled(each, action.parameters)
        for fault in commands.faults(filled, each.dialect, programs):
            yield "bad-command", f"{fault}: {each.text}"
        for fault in commands.uneven(each.text, each.dialect):
            yield "bad-command", f"{fault}: {each.text}"
    for reference in action.references:
        if not (_URL.fullmatch(reference) or _DOCUMENT.fullmatch(reference)):
            yield "bad-reference", f"neither a URL nor a document id: {reference!r}"
    if not action.references:
        yield "bad-reference", "no reference is given"


def _prose(action: ActionContent) -> Iterator[tuple[str, str]]:
    for name, most in LIMITS.items():
        text = getattr(action, name)
        if not text.strip():
            yield "empty-field", f"{name} is empty"
        if len(text.split()) > most:
            yield "too-long", f"{name} has {len(text.split())} words, at most {most}"
    if len(action.compensating.text.split()) > COMPENSATING_MOST:
        yield "too-long", f"compensating has more than {COMPENSATING_MOST} words"
    if not action.compensating.text.strip():
        yield "empty-field", "compensating is empty"
    texts = [getattr(action, name) for name in LIMITS]
    texts += [action.compensating.text, action.evidence_note, action.may_precede_evidence_when]
    texts += [part for each in action.evidence for part in (each.artifact, each.where, each.shows)]
    for text in texts:
        hit = _PLACEHOLDER.search(text)
        if hit is not None:
            yield "placeholder-text", f"{hit.group()!r} in {text!r}"
    if not 1 <= action.value <= 5:
        yield "bad-value", f"value {action.value} is not between 1 and 5"
    if not 1 <= action.minutes <= 480:
        yield "bad-value", f"{action.minutes} minutes are not between 1 and 480"


def _vocabulary(action: ActionContent, shelf: Library) -> Iterator[tuple[str, str]]:
    classes = {row.product_class for row in shelf.words}
    if re.fullmatch(r"act-[0-9]{4,}", action.id) is None:
        yield "unknown-id", f"{action.id!r} is not `act-` and four digits"
    if action.effect not in shelf.effects:
        yield "unknown-id", f"effect {action.effect!r}"
    if action.platform != ANY and action.platform not in shelf.platforms:
        yield "unknown-id", f"platform {action.platform!r}"
    if not _CSF.fullmatch(action.csf):
        yield "unknown-id", f"CSF subcategory {action.csf!r}"
    for condition in (action.applies, action.unless):
        for names, known, what in (
            (condition.platforms, shelf.platforms, "platform"),
            (condition.product_classes, classes, "product class"),
            (condition.traits, shelf.traits, "trait"),
        ):
            for name in names:
                if name not in known:
                    yield "unknown-id", f"{what} {name!r}"
    for name in (*action.compensating.requires, *action.compensating.lacks):
        if name not in shelf.tooling:
            yield "unknown-id", f"tooling {name!r}"
    for name in action.evidence_before:
        if name not in shelf.effects:
            yield "unknown-id", f"effect {name!r} in evidence_before"


def _known(action: ActionContent, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    for key in (*action.controls, f"nist-csf-2.0:{action.csf}"):
        framework, _, id_ = key.partition(":")
        node = knowledge.node(framework, id_)
        if node is None or node.status != "live":
            yield "unknown-id", f"control {key!r} is not in the pack"
    yield from _moment(action, knowledge)
    themes = {theme.key for theme in knowledge.themes()}
    for theme in (*action.applies.themes, *action.unless.themes):
        if theme not in themes:
            yield "unknown-id", f"theme {theme!r}"
    for technique in action.applies.techniques:
        live = knowledge.technique(technique)
        if live is None or live.status != "live":
            yield "unknown-id", f"technique {technique!r} is not a live one of the pack"
    for weakness in action.applies.weaknesses:
        if knowledge.weakness(weakness) is None:
            yield "unknown-id", f"weakness {weakness!r}"


_SCOPING: Final = {"triage": "preparation"}
"""Moments that fall into another phase too: the first step, scoping, prints the phase preparation and sorts out
what is reported."""

_ELSEWHERE: Final = {
    "act-0033": "a demand is decided by those to whom it was escalated while containment goes on",
    "act-0040": "work by hand starts at once, before anything is contained",
}
"""Actions whose subcategory of CSF 2.0 belongs to another phase than their own, with the reason."""


def _moment(action: ActionContent, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """A subcategory that SP 800-61r3 gives to a moment of response belongs to that moment's phase."""
    phases = {
        phase
        for row in knowledge.authored.phase_controls
        if row.moment and (row.framework, row.id) == ("nist-csf-2.0", action.csf)
        for phase in (row.phase, _SCOPING.get(row.moment, row.phase))
    }
    if phases and action.phase not in phases and action.id not in _ELSEWHERE:
        yield (
            "csf-of-another-phase",
            f"{action.csf} belongs to {' or '.join(sorted(phases))}, not {action.phase}",
        )


def _evidence(action: ActionContent) -> Iterator[tuple[str, str]]:
    alters = action.alters or any(each.alters for each in action.commands)
    if not action.evidence and not action.evidence_note.strip():
        yield "missing-evidence", "neither evidence nor a note why nothing has to be captured"
    if alters and not action.alters:
        yield "missing-evidence", "a command alters, so the action must say `alters: true`"
    if action.alters and not action.may_precede_evidence_when.strip():
        yield "missing-evidence", "an altering action must say when it may precede evidence"
    if action.alters and action.destroys.strip() and not (action.evidence or action.evidence_before):
        yield "missing-evidence", "it destroys evidence and names none to keep first"


def _compensating(action: ActionContent) -> Iterator[tuple[str, str]]:
    compensating = action.compensating
    for name in sorted(set(compensating.requires) & set(compensating.lacks)):
        yield "needs-what-is-lacking", f"{name} is required and lacking"
    for each in compensating.commands:
        need = _DIALECT_NEEDS.get(each.dialect, "")
        if need in compensating.lacks:
            yield "needs-what-is-lacking", f"a {each.dialect} command needs {need}, which is lacking"


def _parameters(action: ActionContent) -> Iterator[tuple[str, str]]:
    known = {parameter.name: parameter for parameter in action.parameters}
    used: set[str] = set()
    prose = (
        action.title, action.text, action.why, action.risk, action.done_when, action.compensating.text,
        action.evidence_note,
    )  # fmt: skip
    for text in (*prose, *(each.text for each in _commands(action))):
        for name in bind.HOLE.findall(text):
            used.add(name)
            if name not in known:
                yield "unbound-parameter", f"{{{name}}} is not declared: {text!r}"
    for parameter in action.parameters:
        if parameter.source != "ask" and parameter.source not in bind.PATHS:
            yield "unbound-parameter", f"{parameter.name}: no such path {parameter.source!r}"
        if parameter.source == "ask" and not parameter.example.strip():
            yield "unbound-parameter", f"{parameter.name}: an `ask` needs an example"
        if parameter.name not in used:
            yield "unused-parameter", f"{parameter.name} stands in no text and no command"
        holding = [text for text in prose if f"{{{parameter.name}}}" in text]
        if parameter.source != "ask" and holding and not parameter.otherwise:
            if not parameter.source.startswith("organisation.roles."):
                yield "unbound-parameter", f"{parameter.name}: prose needs `otherwise` for a missing value"
    for each in _commands(action):
        for name in bind.HOLE.findall(each.text) if each.alters else ():
            if name in known and known[name].source == "ask":
                yield "ask-in-altering-command", f"{{{name}}} in {each.text!r}"
        for quote, inside in _quoted(each.text):
            for name in bind.HOLE.findall(inside):
                yield (
                    "quoted-parameter",
                    f"{{{name}}} stands inside {quote} and is quoted by the binding itself",
                )


def _quoted(text: str) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(text):
        if text[position] in "'\"":
            end = text.find(text[position], position + 1)
            end = len(text) if end < 0 else end
            yield text[position], text[position + 1 : end]
            position = end
        position += 1


def _commands(action: ActionContent) -> list[CommandContent]:
    evidence = [
        CommandContent(each.command, each.dialect, "capture") for each in action.evidence if each.command
    ]
    return [*action.commands, *action.compensating.commands, *evidence]


def _filled(command: CommandContent, parameters: tuple[Parameter, ...]) -> str:
    """The command with each parameter replaced by a quoted word that is hostile on purpose."""
    return bind.HOLE.sub(lambda hole: bind.quote("a'b $(c)", command.dialect), command.text)


def _rubrics(shelf: Library) -> Iterator[Fault]:
    for pair in shelf.pairs:
        for effect in (pair.first, pair.then):
            if effect not in shelf.effects:
                yield Fault(pair.id, "unknown-id", f"effect {effect!r}")
    for core in shelf.cores:
        for effect in core.effects:
            if effect not in shelf.effects:
                yield Fault(core.id, "unknown-id", f"effect {effect!r}")
    for rule in shelf.told:
        if bool(rule.trait) == bool(rule.theme):
            yield Fault(rule.id, "unknown-id", "a told rule gives either a trait or a theme")
        if rule.trait and rule.trait not in shelf.traits:
            yield Fault(rule.id, "unknown-id", f"trait {rule.trait!r}")
    for lead in shelf.leads:
        for effect in (*lead.hour, *lead.day):
            if effect not in shelf.effects:
                yield Fault(lead.id, "unknown-id", f"effect {effect!r}")
    before = [(pair.first, pair.then) for pair in shelf.pairs]
    before += [
        (first, action.effect)
        for action in shelf.actions
        for first in action.evidence_before
        if first != action.effect
    ]
    for effect in circles(before):
        yield Fault(effect, "order-circle", f"{effect} stands in a circle of order pairs")


def _places(content: Content) -> dict[str, str]:
    """ "file:line" of every id, found by reading the files once more; only when there are faults."""
    from scc.content import loader

    places: dict[str, str] = {}
    folders = {loader.ROOT, content.file("actions").parent, content.file("rubrics").parent}
    for folder in sorted(folders):
        for path in sorted(Path(folder).glob("actions/**/*.yaml")):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if line.startswith("id:"):
                    places[line[3:].strip()] = f"{path.relative_to(folder).as_posix()}:{number}"
    return places
