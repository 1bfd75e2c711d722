# SPDX-License-Identifier: Apache-2.0
"""Ids: digests keep parts apart, item ids have the printed form."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scc.model.ids import CODES, ITEM_ID, digest, item_id, short


@given(st.lists(st.text(), min_size=1, max_size=4), st.lists(st.text(), min_size=1, max_size=4))
def test_different_parts_have_different_digests(first: list[str], second: list[str]) -> None:
    assert (digest(*first) == digest(*second)) == (first == second)


def test_item_ids_have_at_least_four_digits() -> None:
    assert item_id("vulnerability", 2026, 7) == "SCC-VUL-2026-0007"
    assert item_id("governance", 2026, 12345) == "SCC-GOV-2026-12345"
    assert all(ITEM_ID.fullmatch(item_id(kind, 2026, 1)) for kind in CODES)


def test_short_ids_name_their_kind() -> None:
    assert short("doc", "a").startswith("doc-")
    assert len(short("doc", "a")) == len("doc-") + 16
