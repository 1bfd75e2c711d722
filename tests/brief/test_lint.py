# SPDX-License-Identifier: Apache-2.0
"""One negative fixture per code of the linter, named after it; each must raise its code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

import scc.knowledge as knowledge
from scc.brief.lint import CODES, Finding, lint_briefing, lint_text
from scc.brief.lint.structure import unbound
from scc.model.briefing import Briefing
from scc.model.document import Document
from scc.model.facts import Claim, Observation
from scc.model.provenance import Span

BAD = Path(__file__).parent / "lint_bad"
MINIMAL = Path(__file__).parents[1] / "contract" / "minimal.json"


def observed(document: Document, claims: list[dict[str, str]]) -> tuple[Observation, ...]:
    found = []
    for index, each in enumerate(claims):
        start = document.text.index(each["at"])
        fact = Claim(question=each["question"], value=each["value"], modality="asserted")  # type: ignore[arg-type]
        found.append(
            Observation(
                f"obs-{document.id}-{index}", document.id, fact, Span(start, start + 1), "stated", 1.0
            )
        )
    return tuple(found)


def source(number: int, spec: dict[str, Any]) -> tuple[Document, tuple[Observation, ...]]:
    document = Document(
        id=f"doc-{number}",
        kind="article",
        format="text",
        title="A source",
        text=spec["text"],
        publisher=spec["publisher"],
        tier=spec["tier"],
        tlp="TLP:CLEAR",
    )
    return document, observed(document, spec.get("claims", []))


def run(spec: dict[str, Any]) -> tuple[Finding, ...]:
    sources = [source(number, each) for number, each in enumerate(spec.get("sources", []))]
    if "text" in spec:
        text = spec["text"]
        document = Document(
            id="doc-linted",
            kind="article",
            format="text",
            title=text.splitlines()[0],
            text=text,
            publisher="",
            tier="T3",
            tlp="TLP:CLEAR",
        )
        return lint_text(document, observed(document, spec.get("claims", [])), sources, knowledge.open())
    return lint_briefing(patched(spec["briefing"], sources), sources, knowledge.open())


def patched(change: dict[str, Any], sources: list[tuple[Document, tuple[Observation, ...]]]) -> Briefing:
    body = msgspec.json.decode(MINIMAL.read_bytes())
    for name in ("summary", "citations"):
        if name in change:
            body[name] = change[name]
    known = {
        "sid": "p1-x",
        "citations": [body["citations"][0]["id"]],
        "tier": "T3",
        "publisher": "Example Wire",
    }
    if "page_one_known_words" in change:
        body["page_one"]["known"] = [{**known, "text": "word " * change["page_one_known_words"] + "end."}]
    if "page_one_known" in change:
        body["page_one"]["known"] = [{**known, "text": change["page_one_known"]}]
    if sources and body["sources"]:
        body["sources"][0]["document"] = sources[0][0].id
    return msgspec.convert(body, Briefing)


@pytest.mark.parametrize("path", sorted(BAD.glob("*.yaml")), ids=lambda path: path.stem)
def test_each_fixture_raises_the_code_it_is_named_after(path: Path) -> None:
    found = run(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert path.stem in {each.code for each in found}


def test_every_code_has_its_fixture_and_every_fixture_a_code() -> None:
    assert {path.stem for path in BAD.glob("*.yaml")} == set(CODES)


@pytest.mark.parametrize(
    "command",
    [
        "sudo -l -U ",
        "aws iam delete-access-key --access-key-id && aws iam create-access-key --user-name ",
        "auditctl -a always,exit -F arch=b64 -S execve -F uid= -k ai_account_exec",
        "lsof -p > lsof_before_restart.txt",
        "aws iam list-access-keys --user-name ",
    ],
)
def test_commands_with_a_stripped_argument_are_seen(command: str) -> None:
    assert unbound(command)


@pytest.mark.parametrize(
    "command",
    [
        "ss -tunap > netstat.txt",
        "ps auxf > processes.txt",
        "sudo -l -U backup",
        "lsof -p 4711",
        "npm list --depth=0 > packages.txt",
        "grep -rIF -e evil.example /var/log/",
        "auditctl -a always,exit -F arch=b64 -S execve -F uid=1001 -k accounts",
        "pip freeze",
    ],
)
def test_complete_commands_are_not(command: str) -> None:
    assert not unbound(command)


def test_every_code_is_documented() -> None:
    text = (Path(__file__).parents[2] / "docs" / "lint.md").read_text("utf-8")
    assert [code for code in CODES if f"| `{code}` |" not in text] == []
