# SPDX-License-Identifier: Apache-2.0
"""Which items are one job."""

from __future__ import annotations

from scc.act import Job, jobs


def test_one_product_and_one_urgency_are_one_job() -> None:
    found = jobs(
        [
            ("a", "immediate", ("Example Mail Server",)),
            ("b", "urgent", ("Example Mail Server",)),
            ("c", "immediate", ("Example Mail Server",)),
            ("d", "immediate", ("Example Gateway",)),
        ]
    )
    assert found == (
        Job("immediate", ("Example Mail Server",), ("a", "c")),
        Job("urgent", ("Example Mail Server",), ("b",)),
        Job("immediate", ("Example Gateway",), ("d",)),
    )


def test_several_products_are_the_same_job_in_any_order() -> None:
    found = jobs([("a", "urgent", ("X", "Y")), ("b", "urgent", ("Y", "X")), ("c", "urgent", ("X",))])
    assert [each.items for each in found] == [("a", "b"), ("c",)]


def test_what_is_on_no_product_of_ours_stands_alone() -> None:
    assert [each.items for each in jobs([("a", "urgent", ()), ("b", "urgent", ())])] == [("a",), ("b",)]
