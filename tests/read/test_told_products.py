# SPDX-License-Identifier: Apache-2.0
"""Products told as affected by rows, lists and verbs other than those of a flaw, in four languages, and what is none."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Product

AFFECTED = [
    ("| Fabrikam Portal 3.1.0 to 3.4.2 | affected |", "Fabrikam Portal", "3.1.0 to 3.4.2"),
    ("- Windows 11 23H2: vulnerable\n- Windows 11 24H2: not vulnerable", "Windows 11", "23H2"),
    ("Affected: Fabrikam Portal 7.2", "Fabrikam Portal", "7.2"),
    ("Cisco NX-OS is at risk as long as the web server is on.", "NX-OS", ""),
    ("Fabrikam Portal 4.1.0 and 4.1.1 shipped with a backdoor.", "Fabrikam Portal", "4.1.0 and 4.1.1"),
    ("Only Fabrikam Portal 9.1 suffers from CVE-2024-1111.", "Fabrikam Portal", "9.1"),
    ("With one request anybody can crash Citrix NetScaler Gateway.", "NetScaler Gateway", ""),
    ("Whoever still runs Fabrikam Portal 2.4.6, a stranger can read its files.", "Fabrikam Portal", "2.4.6"),
    ("CVE-2024-1111 opens Ivanti Neurons to anybody.", "Neurons", ""),
    ("CVE-2024-1111 has been fixed; install the fix for Ivanti Connect Secure.", "Connect Secure", ""),
    (
        "Fabrikam Portal bis einschließlich 1.6.10 enthält die Lücke.",
        "Fabrikam Portal",
        "bis einschließlich 1.6.10",
    ),
    ("Fabrikam Portal 5.2.1 ist verwundbar.", "Fabrikam Portal", "5.2.1"),
    (
        "Les versions de Fabrikam Portal antérieures à 10.0.18 sont vulnérables.",
        "Fabrikam Portal",
        "antérieures à 10.0.18",
    ),
    (
        "La vulnerabilidad afecta a Fabrikam Portal anteriores a la versión 3.2.1.",
        "Fabrikam Portal",
        "anteriores a la versión 3.2.1",
    ),
    (
        "Une faille est corrigée.\n- Fabrikam Office pour Android versions antérieures à 16.0.1",
        "Fabrikam Office",
        "antérieures à 16.0.1",
    ),
]
NOT_AFFECTED = [
    "Hundreds of hospitals are affected.",
    "Nobody in Ohio is at risk.",
    "Cisco IOS XE is not vulnerable.",
    "| Fabrikam Portal 3.1.0 | not affected |",
    "A laptop that runs on Windows is vulnerable to CVE-2024-1111 if it is old.",
    "CVE-2024-1111 hits Monday's news.",
    "The village on Lake Como is vulnerable to floods.",
]


@pytest.mark.parametrize(("text", "product", "versions"), AFFECTED)
def test_a_product_is_told_as_affected(text: str, product: str, versions: str) -> None:
    found = {(each.product, each.versions) for each in facts(Product, text) if each.status == "affected"}
    assert (product, versions) in found


@pytest.mark.parametrize("text", NOT_AFFECTED)
def test_nothing_is_told_as_affected(text: str) -> None:
    assert facts(Product, text) == []


def test_what_is_safe_from_a_version_on() -> None:
    found = facts(Product, "Fabrikam Portal is safe from 12.1.2 onwards; older ones let a stranger in.")
    assert [(each.product, each.fixed) for each in found] == [("Fabrikam Portal", "12.1.2")]


def test_a_flaw_that_is_not_in_another_product() -> None:
    found = facts(
        Product,
        "Die Lücke CVE-2024-1111 steckt nur im Portal, CVE-2024-1111 in Fabrikam Mail kommt nicht vor.",
    )
    assert "Fabrikam Mail" not in {each.product for each in found}
