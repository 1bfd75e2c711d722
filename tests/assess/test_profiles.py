# SPDX-License-Identifier: Apache-2.0
"""The example profiles: they load, and the same news means something else to each of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scc.model.facts import Claim, Identifier, Product, Topic
from scc.settings import organisation

PROFILES = Path(__file__).parents[2] / "examples" / "profiles"
NAMES = ("hospital", "saas-company", "water-utility")


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_loads_and_names_known_sectors(name: str) -> None:
    from scc import content

    profile = organisation(PROFILES / f"{name}.toml")
    sectors = {
        line.split(",")[0] for line in content.open().file("names/sectors.csv").read_text().splitlines()[1:]
    }
    tooling = content.open().file("vocabularies/tooling.csv").read_text()
    platforms = content.open().file("vocabularies/platforms.csv").read_text()
    frameworks = content.open().file("frameworks.csv").read_text()
    assert set(profile.sectors) <= sectors
    for each in (*profile.tooling, *profile.lacking):
        assert f"\n{each}," in tooling, each
    for each in profile.platforms:
        assert f"\n{each}," in platforms, each
    for each in profile.frameworks:
        assert f"\n{each}," in frameworks, each


CVE = "CVE-2026-50751"


def story(tell: Callable[..., Any], vendor: str, product: str) -> Any:
    return tell(
        Identifier("cve", CVE, "main"),
        Product(product, vendor, vulnerability=CVE, status="affected"),
        Claim("exploited", "yes", "asserted", "vendor", vendor, subject=CVE),
        Topic("vulnerability", 9.0),
    )


@pytest.mark.parametrize(
    ("vendor", "product", "expected"),
    [
        ("Citrix", "NetScaler ADC", {"hospital": "immediate", "saas-company": "standard", "water-utility": "deferred"}),
        ("Cisco", "IOS XE", {"hospital": "standard", "saas-company": "standard", "water-utility": "immediate"}),
        ("n8n", "n8n", {"hospital": "standard", "saas-company": "immediate", "water-utility": "deferred"}),
        ("VMware", "ESXi", {"hospital": "standard", "saas-company": "standard", "water-utility": "deferred"}),
        ("Fortinet", "Multiple Products", {"hospital": "urgent", "saas-company": "standard", "water-utility": "deferred"}),
    ],
)  # fmt: skip
def test_the_same_news_to_three_readers(
    judge: Callable[..., Any], tell: Callable[..., Any], vendor: str, product: str, expected: dict[str, str]
) -> None:
    found = {
        name: judge(
            story(tell, vendor, product), organisation=organisation(PROFILES / f"{name}.toml")
        ).priority
        for name in NAMES
    }
    assert found == expected
