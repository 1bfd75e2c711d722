# SPDX-License-Identifier: Apache-2.0
"""The latest date that an undated text tells; nothing where a later year stands anywhere in it."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Date


def latest(text: str, published: str = "") -> list[str]:
    return [each.date for each in facts(Date, text, published=published) if each.role == "other"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The intrusion began on 3 March 2021 and ended on 29 September 2022.", "2022-09-29"),
        ("In 2021 the group came back. It was gone by October 2022.", "2022-10"),
        ("The malware was seen in 2019 and again since 2021.", "2021"),
        ("Im Januar geschah nichts, aber am 4. Mai 2020 wurde angegriffen.", "2020-05-04"),
    ],
)
def test_latest_date_told(text: str, date: str) -> None:
    assert latest(text) == [date]


@pytest.mark.parametrize(
    "text",
    [
        "The intrusion ended on 29 September 2022. © 2025 Example.",
        "On 29 September 2022 a flaw was used; CVE-2024-1234 is another.",
        "Windows Server 2022 was attacked with a tool of 2019 make.",
        "The attack came on a Friday.",
    ],
)
def test_a_later_year_anywhere_or_no_date_tells_nothing(text: str) -> None:
    assert latest(text) == []


def test_a_dated_document_needs_none() -> None:
    assert latest("The intrusion ended on 29 September 2022.", published="2022-11-01") == []
