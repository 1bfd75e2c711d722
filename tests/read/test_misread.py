# SPDX-License-Identifier: Apache-2.0
"""What readers of briefings found to be misread, each as a kind of wording."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.brief.quotes import within
from scc.model.facts import Claim, Product
from scc.read.records.versions import Range, spoken


def exploited(text: str) -> list[str]:
    return [each.value for each in facts(Claim, text) if each.question == "exploited"]


@pytest.mark.parametrize(
    "text",
    [
        "Attackers have often exploited the popularity of certain games to spread malware.",
        "The gang exploited people's fears about the pandemic in its lures.",
    ],
)
def test_what_is_exploited_is_no_flaw(text: str) -> None:
    assert exploited(text) == []


def test_flaws_without_a_number_that_a_group_exploits_are_exploited() -> None:
    assert exploited("Storm-1175 exploits 16+ CVEs since 2023, including zero-days.") == ["yes"]


def versions(text: str) -> dict[str, str]:
    return {each.product: each.versions for each in facts(Product, text) if each.versions}


def test_days_and_papers_are_no_versions_of_a_product() -> None:
    assert versions("The flaw was sent in the file Course 5 – 16 October 2020.zipx to all.") == {}
    assert versions("Supplemental Guidance v1 through v3 remain in effect for the flaw.") == {}


def test_a_version_keeps_its_hotfix() -> None:
    found = versions("SolarWinds Orion 2019.4 through 2020.2.1 HF1 are affected by the vulnerability.")
    assert found == {"Orion": "2019.4 through 2020.2.1 HF1"}


def test_a_range_that_begins_where_it_ends_is_all_before_it() -> None:
    assert spoken([Range(start="2022 SU6", below="2022 SU6")]) == ("before 2022 SU6", "2022 SU6")


def test_straight_marks_inside_a_quotation_open_and_close() -> None:
    assert within('titled "Reducing Risk" and “more”') == "titled ‘Reducing Risk’ and ‘more’"
