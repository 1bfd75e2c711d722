# SPDX-License-Identifier: Apache-2.0
"""Rules about frameworks: versions, tactics, usage, the one list of controls, names and references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from scc.brief.lint.finding import Finding
from scc.brief.lint.subject import Subject, controls_in

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

_TECHNIQUE: Final = re.compile(r"\bT\d{4}(?:\.\d{3})?\b(?![\w-])")
_WEAKNESS: Final = re.compile(r"\bCWE-\d{1,5}\b")
_R3_SECTION: Final = re.compile(
    r"(?:SP )?800-61 ?r(?:ev\.? ?)?3,? ?(?:§|[Ss]ection|sec\.) ?(\d(?:\.\d)*)\D{0,4}"
    r"(Preparation|Detection|Containment|Eradication|Recovery|Post)"
)
_AI: Final = re.compile(r"\bAI\b|artificial intelligence|language model|machine learning", re.IGNORECASE)
_AI_FRAMEWORKS: Final = re.compile(
    r"\bATLAS\b|AML\.T\d|AI RMF|AI Risk Management|OWASP[^.\n]{0,20}LLM|LLM\d\d:20|42001|AI Act",
    re.IGNORECASE,
)


def check_frameworks(subject: Subject, knowledge: Knowledge) -> Iterator[Finding]:
    """All findings about frameworks."""
    yield from _techniques(subject, knowledge)
    yield from _weaknesses(subject, knowledge)
    yield from _controls(subject)
    for found in _R3_SECTION.finditer(subject.text):
        yield Finding(
            "reference-nonexistent",
            found[0].strip(),
            "SP 800-61r3 is a CSF 2.0 community profile without the phase sections of r2; cite the CSF 2.0 "
            "subcategory instead (RS.MA, RS.AN, RS.MI, RC.RP, ID.IM).",
        )
    if "CIS Benchmarks" in subject.text and re.search(r"\bCIS \d{1,2}\.\d", subject.text):
        yield Finding(
            "framework-name",
            "CIS Benchmarks",
            "The numbers cited are safeguards of the CIS Controls; CIS Benchmarks are configuration guides.",
        )
    mentions = len(_AI.findall(subject.text))
    about = bool(_AI.search(subject.title)) or mentions >= 8
    if subject.briefing is not None:
        about = "ai" in subject.briefing.facets
        shown = set(subject.briefing.frameworks) & {
            "atlas",
            "ai-rmf-1.0",
            "owasp-llm-2025",
            "iso-42001-2023",
            "ai-act",
        }
        named = bool(shown)
    else:
        named = bool(_AI_FRAMEWORKS.search(subject.text))
    if about and not named:
        yield Finding(
            "ai-framework-missing",
            "framework mappings",
            "The item is about AI and names none of MITRE ATLAS, NIST AI RMF, OWASP Top 10 for LLM, "
            "ISO/IEC 42001, EU AI Act.",
        )


def _techniques(subject: Subject, knowledge: Knowledge) -> Iterator[Finding]:
    printed = dict.fromkeys(_TECHNIQUE.findall(subject.text))
    if subject.briefing is not None:
        printed = dict.fromkeys(each.id for each in subject.briefing.techniques)
    for id_ in printed:
        found = knowledge.resolve("attack", id_)
        if found.status in ("revoked", "deprecated"):
            now = f", now {', '.join(found.current)}" if found.current else ""
            yield Finding(
                "technique-revoked", id_, f"{id_} is {found.status} in the shown ATT&CK version{now}."
            )
        elif found.status == "unknown":
            yield Finding("id-unknown", id_, f"{id_} is not in the knowledge pack.")
    for row in subject.attack:
        resolved = knowledge.resolve("attack", row.technique)
        node = knowledge.technique(resolved.current[0] if resolved.current else row.technique)
        if node is None:
            continue
        have = {_plain(each) for each in node.tactics}
        printed_tactics = {_plain(each) for each in row.tactics}
        wrong = sorted(printed_tactics - have)
        if wrong:
            yield Finding(
                "tactic-wrong",
                row.technique,
                f"{', '.join(wrong)} is not a tactic of {node.id} in version {node.version}; "
                f"it has {', '.join(node.tactics)}.",
            )
        elif printed_tactics < have:
            yield Finding(
                "tactics-incomplete",
                row.technique,
                f"{row.technique} has {len(have)} tactics ({', '.join(node.tactics)}), shown: {', '.join(row.tactics)}.",
            )
        if len(have) > 1 and wrong and len(printed_tactics) < len(have):
            yield Finding(
                "tactics-incomplete",
                row.technique,
                f"{row.technique} has {len(have)} tactics ({', '.join(node.tactics)}), shown: {', '.join(row.tactics)}.",
            )


def _plain(tactic: str) -> str:
    return " ".join(tactic.replace("-", " ").lower().split())


def _weaknesses(subject: Subject, knowledge: Knowledge) -> Iterator[Finding]:
    if subject.briefing is not None:
        return  # the Briefing shows the usage beside each id
    for id_ in dict.fromkeys(_WEAKNESS.findall(subject.text)):
        node = knowledge.weakness(id_)
        if node is None:
            yield Finding("id-unknown", id_, f"{id_} is not in the knowledge pack.")
        elif node.usage in ("Discouraged", "Prohibited") and node.usage.lower() not in subject.text.lower():
            yield Finding(
                "weakness-usage",
                id_,
                f"MITRE marks {id_} as {node.usage} for mapping; say so or use a child.",
            )


def _controls(subject: Subject) -> Iterator[Finding]:
    if not subject.table:
        return
    in_steps: dict[str, str] = {}
    for step in subject.steps:
        where = f"step {step.number} ({step.title})"
        named = controls_in(step.text)
        for each in [*named, *step.controls]:
            in_steps.setdefault(each, where)
        if subject.briefing is None and step.controls:
            missing = [each for each in dict.fromkeys(named) if each not in step.controls]
            if missing:
                yield Finding(
                    "control-inconsistent",
                    where,
                    f"The step names {', '.join(missing)}, its controls line {', '.join(step.controls)}.",
                )
    for control, where in in_steps.items():
        if control not in subject.table:
            yield Finding(
                "control-not-in-table", control, f"{control} of {where} is missing from the framework table."
            )
    if subject.briefing is None:
        listed = [
            each
            for each in sorted(subject.table)
            if re.fullmatch(r"[A-Z]{2}-\d{1,2}(?:\(\d+\))?|D3-[A-Z]+", each)
        ]
        unused = [each for each in listed if each not in in_steps]
        if unused:
            yield Finding(
                "control-unused",
                "framework mappings",
                f"{len(unused)} controls of the table are used by no step: {', '.join(unused)}.",
            )
    else:
        for key, rows in subject.briefing.frameworks.items():
            for row in rows:
                if not row.why:
                    yield Finding(
                        "control-unused", f"{key} {row.id}", "The row gives no reason for being there."
                    )
