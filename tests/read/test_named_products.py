# SPDX-License-Identifier: Apache-2.0
"""Products by the name of their family, libraries written small, and products behind an id in French and Spanish."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Product


def named(text: str) -> set[str]:
    return {each.product for each in facts(Product, text)}


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("Servers with Confluence were attacked through CVE-2023-22515.", "Confluence"),
        ("A site on Telerik fell to CVE-2019-18935.", "Telerik"),
        ("A flaw in liblouis, CVE-2024-1111, was fixed.", "liblouis"),
        ("A bug in libarchive lets attackers run code.", "libarchive"),
        ("A heap overflow (CWE-122) in libtiff is tracked as CVE-2024-1111.", "libtiff"),
        ("An injection in the library node.js, CVE-2024-1111, was fixed.", "node.js"),
        ("La faille CVE-2024-1111 de Fabrikam Portal est grave.", "Fabrikam Portal"),
        ("Une attaque a visé CVE-2024-1111 dans Fabrikam Portal.", "Fabrikam Portal"),
        ("La vulnerabilidad CVE-2024-1111 en Fabrikam Portal es grave.", "Fabrikam Portal"),
    ],
)
def test_a_product_is_named(text: str, product: str) -> None:
    assert product in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "A bug in libraries is fixed.",
        "A flaw in liberal democracies is no CVE-2024-1111.",
        "La faille CVE-2024-1111 de Microsoft est connue.",
        "CVE-2024-1111 wurde im Juni gefunden.",
        "The confluence of two rivers has nothing to do with CVE-2023-22515.",
        "Wireless routers are old, and CVE-2023-22515 is not in them.",
    ],
)
def test_no_product_is_named(text: str) -> None:
    assert named(text) == set()
