# SPDX-License-Identifier: Apache-2.0
"""The linted thing in one shape, whether it came as Briefing JSON or as the plain text of a briefing."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from scc.model.briefing import Briefing, Statement
from scc.model.document import Document
from scc.model.facts import Observation
from scc.model.sentences import sentences

NIST: Final = r"(?:AC|AT|AU|CA|CM|CP|IA|IR|MA|MP|PE|PL|PM|PS|PT|RA|SA|SC|SI|SR)-[0-9]{1,2}(?:\([0-9]{1,2}\))?"
CONTROL: Final = re.compile(
    rf"\b(?P<nist>{NIST})(?![\w-])|\bCIS (?P<cis>[0-9]{{1,2}}\.[0-9]{{1,2}})|\b(?P<d3>D3-[A-Z]{{2,6}})\b"
)
_HEADINGS: Final = {
    "executive summary": "summary",
    "technical analysis": "analysis",
    "action checklist": "checklist",
    "ir / forensic enrichment": "enrichment",
    "per-action ir details": "details",
    "detection guidance": "detection",
    "framework mappings": "frameworks",
    "mitre att&ck mapping": "attack",
    "sources": "sources",
    "disclaimer": "disclaimer",
}
_STEP: Final = re.compile(r"\bStep (\d): ?([A-Z][\w -]{2,30}?)\s*[.—–]")
_TABLE_ROW: Final = re.compile(r"^[-*•]?\s*\**(?P<id>[A-Z0-9][\w.()-]*(?::\d{4})?)\**\s+[—–-]\s")
_TACTIC: Final = (
    "Reconnaissance|Resource[- ]Development|Initial[- ]Access|Execution|Persistence|Privilege[- ]Escalation|"
    "Defense[- ]Evasion|Defense[- ]Impairment|Stealth|Credential[- ]Access|Discovery|Lateral[- ]Movement|Collection|"
    "Command[- ]and[- ]Control|Exfiltration|Impact|Inhibit Response Function|Impair Process Control|Evasion"
)
"""Names of tactics of all versions: a table row ends in one or several of them."""
_ATTACK_ROW: Final = re.compile(
    rf"^(T\d{{4}}(?:\.\d{{3}})?)[\t |]+(.+?)[\t |]+((?:{_TACTIC})(?:[,/] ?(?:{_TACTIC}))*)\s*$", re.MULTILINE
)


class StepView(msgspec.Struct, frozen=True):
    number: int
    title: str
    text: str
    controls: tuple[str, ...]
    """Controls that the step's own controls line names, () when it has none."""


class TacticRow(msgspec.Struct, frozen=True):
    technique: str
    tactics: tuple[str, ...]


class Subject(msgspec.Struct, frozen=True):
    """What the rules look at. Empty parts mean: the linted thing has no such section."""

    title: str
    kind: str
    """The item type in words, lower case, "" if not given."""
    text: str
    """Everything in reading order."""
    prose: tuple[tuple[str, str], ...]
    """(where, sentence) of summary, analysis and steps."""
    scope: tuple[str, ...]
    """Entries of affected products and scope."""
    steps: tuple[StepView, ...]
    table: frozenset[str]
    """Control ids of the framework table."""
    attack: tuple[TacticRow, ...]
    tiers: tuple[str, ...]
    commands: tuple[str, ...]
    cvss: tuple[str, str]
    """(score, vector) as printed, "" each when absent."""
    observations: tuple[Observation, ...]
    briefing: Briefing | None = None


def of_text(document: Document, observations: tuple[Observation, ...]) -> Subject:
    """A briefing given as plain text, cut at the headings of the reference structure."""
    parts = _sections(document.text)
    score = re.search(r"CVSS(?: Base Score)?[\s:]+(\d{1,2}\.\d)", document.text)
    vector = re.search(r"(?:CVSS:\d\.\d/)?AV:[NALP]/A[CV]:\S+", document.text)
    kind = re.search(r"^Type[\t :]+(\w[\w -]*)$", document.text, re.MULTILINE)
    scope = re.search(r"^Affected Products[\t :]+(.+)$", document.text, re.MULTILINE)
    prose = [
        (part, " ".join(parts[part][start:end].split()))
        for part in ("summary", "analysis", "checklist", "detection")
        if part in parts
        for start, end in sentences(parts[part])
    ]
    rows = [
        row for line in parts.get("frameworks", "").splitlines() if (row := _TABLE_ROW.match(line.strip()))
    ]
    return Subject(
        title=document.title,
        kind=kind[1].lower() if kind else "",
        text=document.text,
        prose=tuple(prose),
        scope=_entries(scope[1]) if scope else (),
        steps=tuple(_steps(parts.get("checklist", ""), parts.get("details", ""))),
        table=frozenset(row["id"] for row in rows),
        attack=tuple(
            TacticRow(id_, tuple(part.strip() for part in re.split(r"[,/]", tactic)))
            for id_, _, tactic in _ATTACK_ROW.findall(parts.get("attack", ""))
        ),
        tiers=tuple(re.findall(r"\b(T[123])\b(?!\.)", parts.get("sources", ""))),
        commands=tuple(_commands(document.text)),
        cvss=(score[1] if score else "", vector[0] if vector else ""),
        observations=observations,
    )


def of_briefing(briefing: Briefing) -> Subject:
    """A Briefing as the rules see it."""
    groups: list[tuple[str, tuple[Statement, ...]]] = [
        ("summary", briefing.summary),
        ("analysis", briefing.analysis),
        ("page 1", (briefing.page_one.decide, *briefing.page_one.unknown, *briefing.page_one.would_change)),
    ]
    prose = [(each.sid, each.text) for _, group in groups for each in group]
    prose.extend((each.sid, each.text) for each in briefing.page_one.known)
    commands = [each.text for action in briefing.actions for each in action.commands]
    commands += [each.text for action in briefing.actions for each in action.compensating_commands]
    commands += [each.text for each in briefing.detection.sweeps]
    table = {row.id for rows in briefing.frameworks.values() for row in rows}
    return Subject(
        title=briefing.title,
        kind=briefing.type,
        text="\n".join(
            [briefing.title, *(text for _, text in prose), *(each.text for each in briefing.actions)]
        ),
        prose=tuple(prose),
        scope=(),
        steps=tuple(
            StepView(index + 1, each.step, each.text, tuple(control.id for control in each.controls))
            for index, each in enumerate(briefing.actions)
        ),
        table=frozenset(table),
        attack=tuple(TacticRow(each.id, each.tactics) for each in briefing.techniques),
        tiers=tuple(each.tier for each in briefing.sources),
        commands=tuple(commands),
        cvss=(
            str(briefing.cvss.score) if briefing.cvss else "",
            briefing.cvss.vector if briefing.cvss else "",
        ),
        observations=(),
        briefing=briefing,
    )


def controls_in(text: str) -> list[str]:
    """Control ids printed in a text, in order: "AC-6", "6.3" for "CIS 6.3", "D3-MFA"."""
    return [found["nist"] or found["cis"] or found["d3"] for found in CONTROL.finditer(text)]


def _sections(text: str) -> dict[str, str]:
    parts: dict[str, list[str]] = {}
    current = "head"
    for line in text.splitlines():
        name = _HEADINGS.get(line.strip().lower().lstrip("# ").strip())
        if name is not None:
            current = name
        else:
            parts.setdefault(current, []).append(line)
    return {name: "\n".join(lines) for name, lines in parts.items()}


def _entries(value: str) -> tuple[str, ...]:
    flat = re.split(r"[,;]\s+(?![^(]*\))", value)
    return tuple(each.strip() for each in flat if each.strip())


def _steps(checklist: str, details: str) -> list[StepView]:
    marks = list(_STEP.finditer(checklist))
    lines: dict[int, str] = {}
    found = list(_STEP.finditer(details))
    for index, mark in enumerate(found):
        stop = found[index + 1].start() if index + 1 < len(found) else len(details)
        line = re.search(r"^Controls:\s*(.+)$", details[mark.start() : stop], re.MULTILINE)
        if line and int(mark[1]) not in lines:
            lines[int(mark[1])] = line[1]
    steps = []
    for index, mark in enumerate(marks):
        stop = marks[index + 1].start() if index + 1 < len(marks) else len(checklist)
        number = int(mark[1])
        steps.append(
            StepView(
                number,
                mark[2].strip(),
                checklist[mark.end() : stop],
                tuple(controls_in(lines.get(number, ""))),
            )
        )
    return steps


def _commands(text: str) -> list[str]:
    quoted = re.findall(r"(?<!\w)'([^'\n]{4,240})'|`([^`\n]{4,240})`", text)
    looks = re.compile(
        r"^(?:sudo |aws |az |gcloud |kubectl |auditctl |lsof |ps |ss |grep |pip |npm |cargo |osquery|SELECT |Get-|docker |journalctl )"
    )
    return [single or back for single, back in quoted if looks.match(single or back)]
