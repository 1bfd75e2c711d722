# SPDX-License-Identifier: Apache-2.0
"""Two short articles, read and compared: what is a dispute, and what only looks like one."""

from __future__ import annotations

from typing import Any

import pytest

from scc import content, knowledge, read
from scc.brief.subjects import question_name
from scc.correlate import story
from scc.model.document import Document


def disputed(one: str, other: str, kinds: tuple[Any, Any] = ("research", "press")) -> set[str]:
    """The questions on which two texts contradict each other."""
    members = []
    for text, kind, letter in zip((one, other), kinds, "ab", strict=True):
        document = Document(
            id=f"doc-{letter * 16}", kind="article", format="text", title="", text=text, publisher=f"Example {letter}",
            tier="T1", tlp="TLP:CLEAR", published="2026-06-10", publisher_kind=kind,
        )  # fmt: skip
        members.append((document, tuple(read.observe(document, knowledge.open(), content.open()))))
    return {each.question for each in story(members, (), knowledge.open()).disputes}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("APT41 is behind the attack on the bank Hollis & Sons.", "APT28 is behind the attack on Marlow Airport."),
        ("The 2019 breach of Marlow Airport was carried out by APT41.", "APT28 carried out the 2023 breach of Marlow Airport."),
    ],
)  # fmt: skip
def test_other_attacks_are_no_dispute(one: str, other: str) -> None:
    assert "attribution" not in disputed(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("APT41 is behind the attack on Marlow Airport.", "APT28 is behind the attack on Marlow Airport."),
        ("The breach of Marlow Airport was carried out by APT41.", "Our investigation rules out APT41; it was a clerk."),
        ("APT41 is behind the theft at Marlow Airport.", "The theft at Marlow Airport was not the work of APT41."),
    ],
)  # fmt: skip
def test_one_attack_by_two_is(one: str, other: str) -> None:
    assert "attribution" in disputed(one, other)


def test_attackers_who_name_themselves() -> None:
    boast = "We, Vexfang, encrypted the servers of Marlow Airport."
    lie = "Somebody else attacked us. Vexfang's claim is a lie."
    assert "attribution" in disputed(
        boast, "The attack on Marlow Airport was not Vexfang.", ("unknown", "victim")
    )
    assert "attribution" not in disputed(boast, lie.replace("Vexfang", "Borealis"), ("unknown", "victim"))
    assert "attribution" not in disputed(boast, "The airport reopened on Monday.", ("unknown", "victim"))


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("The Cyber Resilience Act is Regulation (EU) 2024/2847.", "The Cyber Resilience Act has the number 2024/2874.", True),
        ("Emergency Directive 25-01 orders agencies to patch their Harbor gateways.", "The directive on Harbor gateways is ED 25-02, which orders patching by agencies.", True),
        ("Emergency Directive 25-01 concerns mail servers.", "Emergency Directive 25-02 is about printers.", False),
        ("The GDPR is Regulation (EU) 2016/679.", "The Cyber Resilience Act is Regulation (EU) 2024/2847.", False),
    ],
)  # fmt: skip
def test_numbers_of_one_act(one: str, other: str, is_one: bool) -> None:
    assert ("law-number" in disputed(one, other)) == is_one


@pytest.mark.parametrize(
    ("one", "other", "question", "is_one"),
    [
        ("Agencies must fix CVE-2026-1111 by 1 July 2026.", "The deadline for fixing CVE-2026-1111 is 8 July 2026.", "occurred-on", True),
        ("Agencies must fix CVE-2026-1111 by 1 July 2026.", "The deadline for fixing CVE-2026-2222 is 8 July 2026.", "occurred-on", False),
        ("Port operators must register by 1 July 2026.", "Port operators must register by 8 July 2026.", "occurred-on", True),
        ("Port operators must register by 1 July 2026.", "Banks have to hand in accounts by 8 July 2026.", "occurred-on", False),
        ("We rate the severity of CVE-2026-1111 as moderate.", "CVE-2026-1111 is a critical vulnerability.", "severity", True),
        ("We rate the severity of CVE-2026-1111 as moderate.", "The vendor rates CVE-2026-1111 as medium.", "severity", False),
        ("CVE-2026-1111 was never used against anyone.", "Thieves exploited CVE-2026-1111 in May.", "exploited", True),
        ("CVE-2026-2222 was never used against anyone.", "Thieves exploited CVE-2026-1111 in May.", "exploited", False),
        ("By law all banks, whatever their size, must report incidents.", "No bank is legally required to report incidents.", "mandatory", True),
        ("By law all banks must report incidents.", "No hospital is legally required to report incidents.", "mandatory", False),
        ("The breach affected 20,000 patients.", "The clinic raised the number of patients hit by the breach to 90,000.", "number-affected", True),
        ("The breach affected 90,000 patients.", "The clinic raised the number of patients hit by the breach to 91,000.", "number-affected", False),
    ],
)  # fmt: skip
def test_other_questions(one: str, other: str, question: str, is_one: bool) -> None:
    assert (question in disputed(one, other)) == is_one


def test_a_deadline_is_called_one() -> None:
    assert question_name("occurred-on", "deadline CVE-2026-1111") == "the deadline"
    assert question_name("occurred-on", "signed") == question_name("occurred-on") != "the deadline"
