# SPDX-License-Identifier: Apache-2.0
"""TLP 2.0: labels as people write them, order of restriction."""

from __future__ import annotations

import pytest

from scc.model.tlp import ORDER, parse, strictest


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("TLP:CLEAR", "TLP:CLEAR"),
        ("tlp:white", "TLP:CLEAR"),
        ("TLP: amber+strict", "TLP:AMBER+STRICT"),
        ("Amber", "TLP:AMBER"),
        ("tlp-red", "TLP:RED"),
        ("AMBER-STRICT", "TLP:AMBER+STRICT"),
    ],
)
def test_reads_labels_as_people_write_them(written: str, read: str) -> None:
    assert parse(written) == read


@pytest.mark.parametrize("written", ["", "TLP:", "TLP:BLUE", "confidential", "AMBER+"])
def test_what_is_no_label_is_none(written: str) -> None:
    assert parse(written) is None


def test_the_most_restrictive_wins_whatever_the_order() -> None:
    assert strictest(["TLP:GREEN", "TLP:AMBER+STRICT", "TLP:AMBER"]) == "TLP:AMBER+STRICT"
    assert strictest(list(reversed(ORDER))) == "TLP:RED"
    assert strictest([]) == "TLP:CLEAR"
