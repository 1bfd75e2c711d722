# SPDX-License-Identifier: Apache-2.0
"""NOTICE names every dataset that the pack carries, with version and licence."""

from __future__ import annotations

from pathlib import Path

from scc.knowledge import Knowledge

NOTICE = Path(__file__).parents[2] / "NOTICE"


def test_every_dataset_stands_in_the_notice(shipped: Knowledge) -> None:
    text = NOTICE.read_text(encoding="utf-8")
    assert len(shipped.sources) > 40
    for each in shipped.sources:
        row = f"| {each.name} | {each.version} | {each.date} | {each.licence} |"
        assert row in text, f"run tools/notice.py: {each.name} {each.version}"
        assert each.licence, each.name
        assert each.sections, each.name


def test_the_notice_names_no_dataset_that_is_not_carried(shipped: Knowledge) -> None:
    names = {each.name for each in shipped.sources}
    table = NOTICE.read_text(encoding="utf-8").partition("|---|")[2].partition("<!-- end")[0]
    rows = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ")]
    assert set(rows) == names
