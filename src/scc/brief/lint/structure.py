# SPDX-License-Identifier: Apache-2.0
"""Rules that need no source: steps without cause, made-up scores, empty arguments, page 1, citations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scc.brief.lint.finding import Finding
from scc.brief.lint.subject import Subject
from scc.brief.page_one import WORDS_MOST, words
from scc.brief.quotes import LIMIT
from scc.model.briefing import Briefing, Statement

_ALTERING: Final = re.compile(
    r"\b(?:Rotate|Revoke|Enforce|Disable|Remove|Require MFA|Reset|Reimage|Isolate|Patch|Uninstall|Block)\b"
)
_OFFICIAL: Final = re.compile(
    r"\b(?:EO|Executive Order) \d{5}\b|\b(?:BOD|ED) \d\d-\d\d\b|\b(?:Regulation|Directive) \((?:EU|EC)\)"
)
_LEFTOVER: Final = re.compile(
    r"\{\{|\}\}|\{[a-z_.]+\}|\bTODO\b|\bTBD\b|\bFIXME\b|\blorem ipsum\b|\[(?:insert|placeholder)[^\]]*\]|<placeholder>",
    re.IGNORECASE,
)
_VALUES: Final = {
    "sudo": ("-U", "-u", "-g"),
    "lsof": ("-p", "-u"),
    "aws": (
        "--user-name",
        "--access-key-id",
        "--role-name",
        "--instance-id",
        "--instance-ids",
        "--bucket",
        "--profile",
    ),
    "auditctl": ("-k", "-F", "-w", "-S"),
    "kill": ("-9",),
    "grep": ("-e", "-f"),
    "find": ("-name", "-newer", "-path"),
    "az": ("--name", "--resource-group", "--user-id", "--id"),
    "kubectl": ("-n", "--namespace"),
}
"""Options that take a value, by program: an empty one means that a placeholder was stripped."""


def check_structure(subject: Subject) -> Iterator[Finding]:
    """All findings that the text alone gives."""
    yield from _steps(subject)
    yield from _scores(subject)
    for command in dict.fromkeys(subject.commands):
        reason = unbound(command)
        if reason:
            yield Finding("command-unbound", command, reason)
    if _OFFICIAL.search(subject.text) and subject.tiers and "T1" not in subject.tiers and _about_act(subject):
        yield Finding(
            "primary-source-missing",
            "sources",
            "An official act is named and only "
            + ", ".join(sorted(set(subject.tiers)))
            + " sources are listed.",
        )
    if subject.briefing is not None:
        yield from check_briefing(subject.briefing)


def _about_act(subject: Subject) -> bool:
    if subject.briefing is None:
        return True
    # A Briefing that says that the primary source is missing has said what there is to say.
    return subject.kind == "governance" and not subject.briefing.sources_note


def _steps(subject: Subject) -> Iterator[Finding]:
    nothing_technical = subject.kind == "governance"
    if subject.briefing is not None:
        nothing_technical = subject.briefing.plan.mode == "govern"
        for action in subject.briefing.actions:
            if nothing_technical and (action.alters or action.step == "eradication"):
                yield Finding(
                    "step-without-cause",
                    action.id,
                    "An altering action in a plan where nothing technical happened.",
                )
        return
    for step in subject.steps:
        found = _ALTERING.search(step.text)
        if (
            nothing_technical
            and found
            and step.title.lower().startswith(("eradication", "containment", "recovery"))
        ):
            yield Finding(
                "step-without-cause",
                f"step {step.number} ({step.title})",
                f"“{found[0]}” for a governance item: nothing technical happened; say that the step is not applicable.",
            )


def _scores(subject: Subject) -> Iterator[Finding]:
    score, vector = subject.cvss
    if score and not vector and not re.search(r"\bCVE-\d{4}-\d{4,}", subject.text):
        yield Finding(
            "cvss-without-vector", f"CVSS {score}", "No CVE and no vector: the score has no origin."
        )


def unbound(command: str) -> str:
    """Why a command has an empty argument; "" when none is seen.

    Looks at options that take a value (by program) and at assignments with nothing behind them.
    """
    for part in re.split(r"&&|\|\||[|;]|(?<![\d&])>", command):
        tokens = part.split()
        if not tokens:
            continue
        program = next((each for each in tokens if each != "sudo" and not each.startswith("-")), tokens[0])
        taking = set(_VALUES.get(program.rsplit("/", 1)[-1], ())) | (
            set(_VALUES["sudo"]) if tokens[0] == "sudo" else set()
        )
        for index, token in enumerate(tokens):
            following = tokens[index + 1] if index + 1 < len(tokens) else ""
            if token in taking and (not following or (following.startswith("-") and token != "-S")):
                return f"The option {token} has no value: a placeholder was stripped."
            if re.fullmatch(r"[\w.-]+=", token):
                return f"Nothing stands behind {token}: a placeholder was stripped."
    return ""


def check_briefing(briefing: Briefing) -> Iterator[Finding]:
    """Findings that need the structure of a Briefing."""
    ids = {each.id for each in briefing.citations}
    sections = _sections(briefing)
    for name, statements in sections:
        said: set[str] = set()
        for each in statements:
            if not each.citations or not set(each.citations) <= ids:
                yield Finding(
                    "statement-uncited",
                    each.sid,
                    "The statement has no citation, or one that does not exist.",
                )
            if each.text in said:
                yield Finding("sentence-repeated", each.sid, f"The sentence stands twice in {name}.")
            said.add(each.text)
            found = _LEFTOVER.search(_outside(each.text))
            if found:
                yield Finding("template-leftover", each.sid, f"“{found[0]}” is left over from a template.")
            if not re.search(r"[.!?”’)\]]$", each.text.strip()):
                yield Finding("sentence-cut", each.sid, "The statement does not end as a sentence does.")
            for quote in re.findall(r"“([^”]*)”", each.text):
                if len(quote.split()) > LIMIT:
                    yield Finding(
                        "quote-too-long",
                        each.sid,
                        f"The quotation has {len(quote.split())} words, {LIMIT} are allowed.",
                    )
    for citation in briefing.citations:
        if len(citation.quote.replace("… ", "").replace(" …", "").split()) > LIMIT:
            yield Finding(
                "quote-too-long", f"citation {citation.id}", f"The quotation has more than {LIMIT} words."
            )
    count = words(briefing.page_one)
    if count > WORDS_MOST:
        yield Finding("page-one-too-long", "page 1", f"Page 1 has {count} words, {WORDS_MOST} are allowed.")
    for name, statements in sections:
        if name == "page 1":
            for each in statements:
                if re.search(r"\bCWE-\d|\bT\d{4}\b|CVSS:\d|\bAV:[NALP]/", each.text):
                    yield Finding(
                        "page-one-technical", each.sid, "Page 1 carries a vector, a CWE or a technique id."
                    )


def _outside(text: str) -> str:
    return re.sub(r"“[^”]*”", "", text)


def _sections(briefing: Briefing) -> list[tuple[str, tuple[Statement, ...]]]:
    page = briefing.page_one
    return [
        ("page 1", (page.decide, *page.concerns_us.why, *page.known, *page.unknown, *page.would_change)),
        ("summary", briefing.summary),
        ("analysis", briefing.analysis),
        ("severity", briefing.severity.reasons),
        ("priority", briefing.priority_reasons),
        ("relevance", briefing.relevance.why),
        ("escalation", briefing.escalation),
        ("recovery", briefing.recovery),
        (
            "plan",
            (briefing.plan.mode_why, briefing.plan.framework_note, *briefing.plan.gate, *briefing.plan.empty),
        ),
        ("detection", (*briefing.detection.statements, *briefing.detection.questions)),
    ]
