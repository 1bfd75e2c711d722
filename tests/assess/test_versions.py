# SPDX-License-Identifier: Apache-2.0
"""Version ranges as sources write them, by the order of each ecosystem."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scc.assess.versions import affected, compare

# Orders that the ecosystems themselves document: Semantic Versioning 11, PEP 440, Maven's ComparableVersion,
# Go module versions, Debian policy 5.6.12, RPM's rpmvercmp.
ORDERS = [
    (
        "npm",
        [
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
        ],
    ),
    ("pypi", ["1.0.dev1", "1.0a1", "1.0b2", "1.0rc1", "1.0", "1.0.post1", "1.1", "1!0.5"]),
    ("maven", ["1-alpha-1", "1-beta-1", "1-milestone-1", "1-rc-1", "1-SNAPSHOT", "1", "1-sp", "1.1"]),
    ("golang", ["v1.21.0-rc.2", "v1.21.0", "v1.21.3", "v1.22.0"]),
    ("deb", ["1.0~rc1-1", "1.0-1", "1.0-1+deb12u1", "1.0-2", "1:0.9-1"]),
    ("rpm", ["1.0~rc1-1", "1.0-1.el8", "1.0-2.el8", "1.1-1.el8", "1:0.5-1.el8"]),
]


@pytest.mark.parametrize(("ecosystem", "ordered"), ORDERS)
def test_the_order_of_an_ecosystem(ecosystem: str, ordered: list[str]) -> None:
    for low, high in pairwise(ordered):
        assert compare(low, high, ecosystem) == -1, (low, high)
        assert compare(high, low, ecosystem) == 1, (low, high)


@pytest.mark.parametrize(
    ("version", "ranges", "ecosystem", "state"),
    [
        ("1.4.1", "from 1.0 before 1.4.2", "npm", "inside"),
        ("1.4.2", "from 1.0 before 1.4.2", "npm", "outside"),
        ("8.2.1", "8.1.0 to and including 8.3.0", "", "inside"),
        ("8.3.0", "up to and including 8.3.0", "", "inside"),
        ("8.3.1", "8.1.0 to and including 8.3.0", "", "outside"),
        ("2.17.0", ">= 2.0-beta9, < 2.17.1", "maven", "inside"),
        ("2.17.1", ">= 2.0-beta9, < 2.17.1", "maven", "outside"),
        ("2.0rc1", "before 2.0", "pypi", "inside"),
        ("v1.21.2", "before 1.21.3", "golang", "inside"),
        ("1:2.3-1", "before 1:2.3-2", "deb", "inside"),
        ("2.3-9", "before 1:2.3-2", "deb", "inside"),
        ("1.2.3-5.el8", "before 1.2.3-5.el8", "rpm", "outside"),
        ("7.4.3", "7.4.0 through 7.4.4", "", "inside"),
        ("7.4.10", "7.4.0 through 7.4.4", "", "outside"),
        ("10.2", "before 9.1.2; from 10.0 before 10.3", "", "inside"),
        ("9.5", "before 9.1.2; from 10.0 before 10.3", "", "outside"),
        ("5.1", "5.1 and earlier", "", "inside"),
        ("5.2", "5.1 and earlier", "", "outside"),
        ("5.2", "after 5.1", "", "inside"),
        ("1.2.0", "1.2", "", "inside"),
        ("1.0", "all versions", "", "inside"),
        ("17.3", "versions antérieures à 17.4", "", "inside"),
        ("1.2.3", "vers:npm/>=1.0.0|<1.4.2", "", "inside"),
        ("1.5.0", "vers:npm/>=1.0.0|<1.4.2", "", "outside"),
        ("1.2.3", "vers:nonsense/<<", "", "unknown"),
        ("1.0.2a", "up to and including 1.0.2", "", "unknown"),
        ("2.0rc1", "before 2.0", "", "unknown"),
        ("1.0+deb12u3", "before 1.0+deb12u4", "", "unknown"),
        ("1.0", "before 2.0; and 7 more", "", "inside"),
        ("3.0", "before 2.0; and 7 more", "", "unknown"),
        ("1.0", "some builds of spring", "", "unknown"),
        ("5.6.1", "5.6.0 and 5.6.1", "", "inside"),
        ("5.4.1", "versions 5.6.0 and 5.6.1", "", "outside"),
        ("1.2.3", "1.2.1, 1.2.2, and 1.2.3", "", "inside"),
        ("7.2.5", "7.2 and 7.4", "", "unknown"),
        ("", "before 2.0", "", "unknown"),
        ("latest", "before 2.0", "", "unknown"),
    ],
)
def test_where_a_version_lies(version: str, ranges: str, ecosystem: str, state: str) -> None:
    assert affected(version, ranges, ecosystem) == state


@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from(["", "npm", "deb", "maven", "rpm"]))
def test_any_text_gets_an_answer(version: str, ranges: str, ecosystem: str) -> None:
    assert affected(version, ranges, ecosystem) in ("inside", "outside", "unknown")


@given(
    st.lists(st.integers(0, 99), min_size=1, max_size=4), st.lists(st.integers(0, 99), min_size=1, max_size=4)
)
def test_numbers_compare_like_numbers(first: list[int], second: list[int]) -> None:
    size = max(len(first), len(second))
    a, b = first + [0] * (size - len(first)), second + [0] * (size - len(second))
    expected = (a > b) - (a < b)
    assert compare(".".join(map(str, first)), ".".join(map(str, second))) == expected


def test_a_range_of_a_megabyte_is_not_read() -> None:
    assert affected("1.0", "before " * 200_000) == "unknown"
    assert affected("1.0", ">=" * 900) == "unknown"
