# SPDX-License-Identifier: Apache-2.0
"""Where sentences end, with offsets that always point at what they name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scc.model.sentences import sentence_at, sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One thing. Another thing.", ["One thing.", "Another thing."]),
        ("Version 3.1.2 fixes it. Update now!", ["Version 3.1.2 fixes it.", "Update now!"]),
        ("Dr. Who of Acme Inc. said so. Fine.", ["Dr. Who of Acme Inc. said so.", "Fine."]),
        ("The U.S. agency said so. It acts.", ["The U.S. agency said so.", "It acts."]),
        ('He said "no." She left.', ['He said "no."', "She left."]),
        (
            "A heading\n\nThe text runs\nover two lines. End.",
            ["A heading", "The text runs\nover two lines.", "End."],
        ),
        ("List:\n- one\n- two", ["List:", "- one", "- two"]),
        ("evil.example.com hosts it. Block it.", ["evil.example.com hosts it.", "Block it."]),
        ("", []),
    ],
)
def test_sentences_of_news_and_advisories(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text(max_size=400))
def test_ranges_are_ordered_disjoint_and_trimmed(text: str) -> None:
    last = 0
    for start, end in sentences(text):
        assert last <= start < end <= len(text)
        assert not text[start].isspace() and not text[end - 1].isspace()
        last = end


@given(st.text(alphabet="ab. \n", min_size=1, max_size=80), st.integers(0, 79))
def test_the_sentence_at_an_offset_starts_at_or_before_it(text: str, offset: int) -> None:
    start, end = sentence_at(text, offset)
    every = sentences(text)
    assert (start, end) in every or (not every and (start, end) == (0, 0))
    if every and every[0][0] <= offset:
        assert start <= offset


def test_a_megabyte_of_stops_comes_to_an_end() -> None:
    text = ". " * 500_000
    assert sentences.__wrapped__(text) == tuple((2 * at, 2 * at + 1) for at in range(500_000))
