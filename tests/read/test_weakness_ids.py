# SPDX-License-Identifier: Apache-2.0
"""Ids of weaknesses and flaws, and numbers of other things that look like them."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Identifier, Weakness


@pytest.mark.parametrize(
    "text",
    [
        "The bug is a case of CWE-79.",
        "CWE-120: classic overflow",
        "| CWE-89 | 12 |",
        "Die Lücke wird als CWE-22 geführt.",
        "La faille relève de CWE-22.",
        "CVE-2024-1111 is open. It is CWE-22.",
    ],
)
def test_a_weakness(text: str) -> None:
    assert len(facts(Weakness, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The fan, model CWE-120, is loud; the spare is CWE-125.",
        "Quote ticket CWE-120-77 when you ring.",
        "Der Zähler der Baureihe CWE-98 wird getauscht.",
        "Turn to page CWE-9 of the annex.",
        "The train on line CWE 400 is late.",
    ],
)
def test_no_weakness(text: str) -> None:
    assert facts(Weakness, text) == []


def test_a_part_whose_number_looks_like_a_flaw() -> None:
    assert facts(Identifier, "Spare part CVE-2015-0001-B fits the valve.") == []
    assert [each.value for each in facts(Identifier, "CVE-2015-0001-like flaws are common.")] == [
        "CVE-2015-0001"
    ]
