# SPDX-License-Identifier: Apache-2.0
"""Severity in words: as a field, in a sentence; two levels in one sentence say nothing of one flaw."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Claim


def said(text: str, **more: str) -> list[tuple[str, str, str]]:
    return [
        (each.value, each.subject, each.modality)
        for each in facts(Claim, text, **more)
        if each.question == "severity"
    ]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("severity: critical. The shell of the database could be left.", "critical"),
        ("The severity of this vulnerability is critical if you call batch files.", "critical"),
        ("The vendor rated the flaw as Important.", "high"),
        ("It fixed a medium-severity flaw in the parser.", "medium"),
    ],
)
def test_word(text: str, level: str) -> None:
    assert said(text) == [(level, "", "reported")]


def test_word_belongs_to_its_flaw() -> None:
    text = "CVE-2026-1111 is rated Important. CVE-2026-2222 stands in the list. A critical vulnerability follows."
    assert said(text, by="vendor") == [("high", "CVE-2026-1111", "asserted")]


@pytest.mark.parametrize(
    "text",
    [
        "The update fixes 5 critical and 10 high severity flaws.",
        "This is not a critical vulnerability.",
        "It is critical that you install the update.",
    ],
)
def test_no_word(text: str) -> None:
    assert said(text) == []
