# SPDX-License-Identifier: Apache-2.0
"""Rows of version ranges belong to one product, and relevance can read what is stored."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.assess.versions import affected
from scc.model.facts import Indicator, Product


def ranges(text: str) -> dict[str, str]:
    return {each.product: each.versions for each in facts(Product, text) if each.versions}


@pytest.mark.parametrize(
    ("text", "product", "versions"),
    [
        (
            "The flaw is in OpenSLP as used in VMware ESXi (7.0 before ESXi70U1c-17325551, 6.7 before ESXi670-202102401-SG).",
            "ESXi",
            "from 7.0 before ESXi70U1c-17325551; from 6.7 before ESXi670-202102401-SG",
        ),
        (
            "Vulnerable are Acme Gateway versions 4.2.0 through 4.2.7 and 5.0 before 5.0.3.",
            "Acme Gateway",
            "4.2.0 through 4.2.7; from 5.0 before 5.0.3",
        ),
        (
            "A bug affects Foo Server 5.0.x before 5.0.3, 4.0 before 4.9.1, and 3.2 and earlier.",
            "Foo Server",
            "from 5.0 before 5.0.3; from 4.0 before 4.9.1; 3.2 and earlier",
        ),
        (
            "The vulnerability affects Edge ADC 14.1 before 14.1-4.42 and 13.1 before 13.1-51.15.",
            "Edge ADC",
            "from 14.1 before 14.1-4.42; from 13.1 before 13.1-51.15",
        ),
        ("Exchange Server 2019 before 15.2.1118 has a flaw.", "Exchange Server 2019", "before 15.2.1118"),
        ("BioGate 2 before 2.9.1 has a flaw.", "BioGate 2", "before 2.9.1"),
        (
            "Acme Gateway before 3.2.1 and Fancy Gallery up to 2.0 have a flaw.",
            "Acme Gateway",
            "before 3.2.1",
        ),
        ("Acme Gateway before 3.2.1 and Fancy Gallery up to 2.0 have a flaw.", "Fancy Gallery", "up to 2.0"),
    ],
)
def test_a_row_of_ranges_is_its_products(text: str, product: str, versions: str) -> None:
    assert ranges(text)[product] == versions


@pytest.mark.parametrize(
    ("version", "state"),
    [
        ("4.2.5", "inside"),
        ("5.0.2", "inside"),
        ("5.0.3", "outside"),
        ("4.3.0", "outside"),
        ("4.1", "outside"),
    ],
)
def test_relevance_reads_the_row(version: str, state: str) -> None:
    stored = ranges("Vulnerable are Acme Gateway versions 4.2.0 through 4.2.7 and 5.0 before 5.0.3.")[
        "Acme Gateway"
    ]
    assert affected(version, stored) == state


def test_an_app_whose_name_ends_like_a_host_is_an_app() -> None:
    found = {
        each.value: each.type
        for each in facts(Indicator, "The Android app com.fake.bank was used by the malware.")
    }
    assert found == {"com.fake.bank": "android-package"}
