# SPDX-License-Identifier: Apache-2.0
"""Who was hit: by what was switched off, what is still going on, and several at once."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import NamedOrganisation
from scc.read.names.victim_forms import apart

TITLE = "Ransomware attack stops regional services"


def victims(text: str) -> list[str]:
    return [
        each.name for each in facts(NamedOrganisation, text, title=TITLE, by="press") if each.role == "victim"
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Contoso Care was hit by ransomware at the weekend.", ["Contoso Care"]),
        ("Ransomware struck Contoso Care at the weekend.", ["Contoso Care"]),
        ("Contoso Care took its systems offline after a cyberattack.", ["Contoso Care"]),
        ("Contoso Care has shut down several servers following a ransomware attack.", ["Contoso Care"]),
        ("Contoso Care, a chain of clinics, disconnected its network after hackers got in.", ["Contoso Care"]),
        ("Contoso Care had to close its portal because of a breach.", ["Contoso Care"]),
        ("Contoso Care is still recovering from a ransomware attack.", ["Contoso Care"]),
        ("Contoso Care fell prey to ransomware.", ["Contoso Care"]),
        ("The intruders encrypted the file servers of Contoso Care in a ransomware attack.", ["Contoso Care"]),
        ("The ransomware attack forced Contoso Care to use paper.", ["Contoso Care"]),
        ("The attack hit Contoso Care, Fabrikam Clinics and Northwind Labs.", ["Contoso Care", "Fabrikam Clinics", "Northwind Labs"]),
        ("Contoso Care and Fabrikam Clinics were hit by ransomware.", ["Contoso Care", "Fabrikam Clinics"]),
        ("Contoso Care, Fabrikam Clinics and Northwind Labs confirmed that they were breached.", ["Contoso Care", "Fabrikam Clinics", "Northwind Labs"]),
        ("Victims include Contoso Care, Fabrikam Clinics and several others, hit by ransomware.", ["Contoso Care", "Fabrikam Clinics"]),
        ("Victims include Contoso Care and Fabrikam Clinics, hit in a ransomware attack.", ["Contoso Care", "Fabrikam Clinics"]),
    ],
)  # fmt: skip
def test_victims(text: str, names: list[str]) -> None:
    assert victims(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Contoso Care was not hit by ransomware.",
        "Contoso Care would have shut down its servers after a cyberattack.",
        "If Contoso Care took its systems offline after a cyberattack, clinics would close.",
        "Police shut down servers of Example Market after a cyberattack investigation.",
        "Ransomware hit Europe and Germany hard.",
        "Contoso Care took its portal offline for maintenance after a cyberattack exercise.",
        "Victims include hospitals, schools and town halls hit by ransomware.",
        "Ransomware struck again on Tuesday.",
        "Contoso helps clinics that were hit by ransomware.",
    ],
)
def test_nobody_is_named_as_hit(text: str) -> None:
    assert victims(text) == []


def test_adjectives_of_countries_are_no_organisations() -> None:
    assert victims("Somebody hacked a Danish ferry in a ransomware attack.") == []


def test_one_name_with_and_stays_whole() -> None:
    assert apart("Marks and Spencer", " were hit", "Marks and Spencer were hit.") == ("Marks and Spencer",)
    assert apart("Contoso and Fabrikam", " said", "Contoso and Fabrikam. Contoso did. Fabrikam did not.") == (
        "Contoso",
        "Fabrikam",
    )
