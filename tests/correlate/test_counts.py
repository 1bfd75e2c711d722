# SPDX-License-Identifier: Apache-2.0
"""What a printed count stands for, and which two cannot both be right."""

from __future__ import annotations

import pytest

from scc.correlate.counts import contradict, count


def apart(one: str, other: str) -> bool:
    first, second = count(one), count(other)
    assert first is not None and second is not None
    assert contradict(first, second) == contradict(second, first)
    return contradict(first, second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3,200,000 patients", "8,900,000 people"),
        ("at least 1,700 devices", "fewer than 20 devices"),
        ("up to 43,000,000 people", "4.3 million persons"),
        ("up to 43,000,000 people", "up to 4,300,000 persons"),
        ("between 100,000 and 150,000 accounts", "400,000 accounts"),
        ("0 people", "57,000 customers"),
        ("more than 100 offices", "5,000 offices"),
        ("214,300 clients", "12,480 clients"),
    ],
)
def test_counts_that_contradict_each_other(one: str, other: str) -> None:
    assert apart(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("40 million users", "48 million users"),
        ("about 7,000,000 users", "6.9 million users"),
        ("between 100,000 and 150,000 accounts", "120,000 accounts"),
        ("more than 100 offices", "120 bodies"),
        ("up to 40,000 households", "about 38,000 households"),
        ("at least 1,700 devices", "50,000 devices"),
        ("fewer than 20 devices", "12 devices"),
        ("33,000,000 people", "33 million people"),
        ("5,000+ customers", "6,000 customers"),
    ],
)
def test_counts_that_may_be_one(one: str, other: str) -> None:
    assert not apart(one, other)


def test_a_text_without_a_number_has_no_count() -> None:
    assert count("several customers") is None
