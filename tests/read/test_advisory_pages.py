# SPDX-License-Identifier: Apache-2.0
"""Pages of advisory databases: their own id is the main one, the package of the title is affected."""

from __future__ import annotations

from typing import Any

import pytest
from tests.read.reading import facts

from scc.model.facts import Identifier, Product

OWN = "GHSA-5cxw-w2xg-2m8h"
OTHER = "GHSA-5hwf-rc88-82xm"
TEXT = f"An earlier fix ({OTHER}) did not cover a second call. References: https://example.com/{OWN}."
PAGE: dict[str, Any] = {
    "title": "[example-lib] Second call evades the check",
    "url": f"https://github.com/advisories/{OWN}",
}


def _relations(**more: Any) -> dict[str, str]:
    return {each.value: each.relation for each in facts(Identifier, TEXT, **{**PAGE, **more})}


def test_the_id_of_the_address_is_what_the_page_is_about() -> None:
    assert _relations() == {OWN: "main", OTHER: "mentions"}


def test_an_id_in_the_middle_of_an_address_is_not() -> None:
    long = "Nothing of note stands in this paragraph of the blog. " * 30
    found = facts(
        Identifier, long + TEXT, title="Second call", url=f"https://blog.example.com/{OWN}/comments"
    )
    assert {each.relation for each in found} == {"mentions"}


@pytest.mark.parametrize("name", ["example-lib", "@scope/tool", "github.com/owner/module/v2"])
def test_the_package_in_brackets_is_affected(name: str) -> None:
    found = facts(Product, TEXT, **{**PAGE, "title": f"[{name}] Second call evades the check"})
    assert [(each.product, each.status) for each in found] == [(name, "affected")]


def test_brackets_of_other_pages_are_no_package() -> None:
    assert not facts(
        Product, TEXT, title="[Updated] Second call evades the check", url="https://example.com/news/1"
    )
