# SPDX-License-Identifier: Apache-2.0
"""The product of a project's own advisory, which names it only as who publishes it."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Product

HEAD = "CVE-2026-4401 is the id of this issue. This flaw lets a server read memory of quartz."


def products(text: str, publisher: str = "quartz", by: str = "vendor") -> list[tuple[str, str, str]]:
    found = facts(
        Product, f"{HEAD}\n\n{text}", title="Memory read, CVE-2026-4401", by=by, publisher=publisher
    )
    return [(each.product, each.versions, each.fixed) for each in found]


@pytest.mark.parametrize("publisher", ["quartz", "The quartz project", "Quartz developers"])
@pytest.mark.parametrize(
    ("text", "versions", "fixed"),
    [
        ("- Affected versions: quartz 8.1.0 to and including 8.3.0\n- Not affected versions: < 8.1.0 and >= 8.4.0", "8.1.0 to and including 8.3.0", "8.4.0"),
        ("Vulnerable releases: all versions up to 2.7.1\nFixed in: 2.7.2", "all versions up to 2.7.1", "2.7.2"),
        ("The project thanks the finder.", "", ""),
    ],
)  # fmt: skip
def test_the_publisher_is_the_product(text: str, versions: str, fixed: str, publisher: str) -> None:
    found = products(text, publisher)
    assert [name.lower() for name, _, _ in found] == ["quartz"]
    if versions.startswith("8"):
        assert found[0][1:] == (versions, fixed)


@pytest.mark.parametrize(
    ("publisher", "by"),
    [("quartz", "press"), ("Microsoft", "vendor"), ("Quartz Systems Inc", "vendor"), ("Feldspar", "vendor")],
)
def test_press_houses_firms_and_names_that_are_not_printed(publisher: str, by: str) -> None:
    assert products("The project thanks the finder.", publisher, by) == []


def test_a_part_with_a_name_of_its_own_is_not_the_project() -> None:
    assert products("The project found it in the ledger crate.") == []
