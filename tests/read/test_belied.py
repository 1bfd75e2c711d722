# SPDX-License-Identifier: Apache-2.0
"""Use of a flaw that a sentence only seems to tell or to deny: two flaws, cases nobody can show, boasts, a duty's wording."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Claim

A, B = "CVE-2025-1111", "CVE-2025-2222"


def used(text: str) -> set[str]:
    """Subjects of what is told as exploited, "*" for none named."""
    return {
        each.subject or "*"
        for each in facts(Claim, text)
        if each.question == "exploited"
        and each.value == "yes"
        and each.modality in ("asserted", "reported")
        and each.holder != "attacker"
    }


def answers(text: str) -> set[tuple[str, str]]:
    return {(each.value, each.modality) for each in facts(Claim, text) if each.question == "exploited"}


@pytest.mark.parametrize(
    "text",
    [
        f"Although {A} was exploited in March, there is no sign that {B} was abused by anyone.",
        f"While attackers exploit {A}, {B} has not been used in attacks.",
        f"{A} is under active exploitation; for {B} we know of no attacks.",
        f"Whereas {A} has been exploited in the wild, nobody has seen {B} in use.",
        f"Though {A} was exploited by a gang, {B} was not.",
    ],
)
def test_of_two_flaws_only_the_one_of_its_clause_is_exploited(text: str) -> None:
    assert used(text) == {A}


@pytest.mark.parametrize(
    "text",
    [
        f"While the vendor disagrees, {A} and {B} are being exploited.",
        f"While {A} and {B} were exploited in May, CVE-2025-3333 was not.",
    ],
)
def test_two_flaws_of_one_clause_are_both_exploited(text: str) -> None:
    assert used(text) == {A, B}


@pytest.mark.parametrize(
    "text",
    [
        f"No vendor has yet been able to show a single customer whose server was attacked through {A}.",
        f"We could not find one case in which {A} was exploited.",
        f"So far there is not a single documented instance in which {A} was exploited.",
        f"Researchers failed to turn up any incident in which attackers exploited {A}.",
        f"No case is known in which {A} was exploited.",
        f"The hole {A} has yet to be exploited.",
        f"{A} has yet to be seen in attacks.",
        f"The bug {A} is yet to be weaponized.",
        f"The flaw has yet to see any abuse. It is called {A}, and {A} has yet to be abused.",
    ],
)
def test_a_case_that_nobody_can_show_is_no_evidence(text: str) -> None:
    assert answers(text) == {("no", "no-evidence")}


@pytest.mark.parametrize(
    "text",
    [
        f"It is not the only case in which {A} was exploited.",
        f"Nobody noticed that {A} was exploited for months.",
        f"Investigators named three cases in which {A} was exploited.",
        f"In one case {A} was exploited before the patch.",
        f"{A} was exploited in May and has yet to be patched.",
    ],
)
def test_a_case_that_is_shown_stays_one(text: str) -> None:
    assert used(text) == {A}


@pytest.mark.parametrize(
    "text",
    [
        f"The gang brags that it broke in through {A}, yet forensics point to a stolen key.",
        f"The crew claims to have exploited {A}; the firewall logs tell another story.",
        f"The gang claims it exploited {A}, which the logs contradict.",
        f"Hackers boasted of having entered with {A}, although the investigation found a leaked password.",
        f"The group insists that it exploited {A}, but police say that an employee opened the door.",
    ],
)
def test_a_boast_that_the_facts_contradict_is_no_exploitation(text: str) -> None:
    assert used(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        f"The firm says that the group exploited {A}, and its logs show the first entry on 3 May.",
        f"The vendor insists that {A} was not abused, but logs show that attackers exploited it.",
        f"The vendor asserts nobody was hit, yet investigators found that intruders exploited {A} in May.",
        f"The maker claims that only old devices are at risk, but evidence shows that {A} is being exploited.",
        f"Police say that intruders exploited {A}.",
    ],
)
def test_facts_that_confirm_contradict_nothing(text: str) -> None:
    assert used(text) == {A}


@pytest.mark.parametrize(
    "text",
    [
        "Manufacturers must notify the agency of any actively exploited vulnerability.",
        "The reporting obligation for actively exploited vulnerabilities begins in September.",
        "A maker that becomes aware of an actively exploited vulnerability has 24 hours.",
        "Vendors are obliged to report actively exploited vulnerabilities to the team.",
        "The duty to report covers every actively exploited flaw.",
        "Hersteller müssen aktiv ausgenutzte Schwachstellen binnen 24 Stunden melden.",
        "Les fabricants doivent notifier toute vulnérabilité activement exploitée.",
        "Los fabricantes deberán notificar las vulnerabilidades explotadas activamente.",
    ],
)
def test_the_wording_of_a_duty_is_no_exploitation(text: str) -> None:
    assert used(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "CISA ordered agencies to patch an actively exploited vulnerability by Friday.",
        "Agencies must patch the actively exploited flaw in the gateway.",
        "The vendor reported an actively exploited vulnerability in its gateway.",
        "Researchers warn of an actively exploited vulnerability in a mail server.",
        "The maker must report today how the actively exploited flaw CVE-2025-1111 came about.",
    ],
)
def test_an_order_to_patch_tells_of_exploitation(text: str) -> None:
    assert used(text)


@pytest.mark.parametrize(
    "text",
    [
        f"FIN7 was exploiting {A} for weeks, Sable Labs writes.",
        f"Analysts at Copper Labs saw intruders exploit {A}.",
        f"Some 40 firewalls, not 400 as reported earlier, were hacked through {A}.",
        f"About 30 servers rather than 300 were compromised using {A}.",
        f"Twelve offices, and not twenty as we wrote, were breached via {A}.",
        f"Le groupe Lazarus a exploité la faille {A} pour entrer.",
        f"APT41 utilise une vulnérabilité {A}.",
        f"El grupo APT29 explota la vulnerabilidad {A}.",
        f"UNC3886 aprovechó la vulnerabilidad {A} durante meses.",
        f"Die Gruppe APT28 nutzt die Lücke {A} in Exchange aus.",
        f"Volt Typhoon used {A} to plant web shells on routers.",
        f"The intruders used the bug {A} in the appliance to steal session tokens.",
        f"Storm-0558 used {A} as a zero-day to read mail.",
        f"A gang calling itself Redwing is using {A} to encrypt servers.",
    ],
)
def test_use_is_told_whoever_the_subject_is(text: str) -> None:
    assert used(text) == {A}


@pytest.mark.parametrize(
    "text",
    [
        f"We have exploited {A} in our labs.",
        f"Servers were not hacked through {A}.",
        f"Le groupe n'exploite pas la faille {A}.",
        f"Un groupe pourrait exploiter la faille {A}.",
        f"El grupo podría aprovechar la vulnerabilidad {A}.",
        f"Die Gruppe könnte die Lücke {A} ausnutzen.",
        f"We used {A} to read the memory of our test device.",
        f"The researcher used {A} to read the memory.",
        f"A group could have used {A} to read mail.",
        f"The engineers used {A} as an example to get the point across.",
        f"The scanner used {A} to access the server.",
    ],
)
def test_tests_possibilities_and_denials_are_no_use(text: str) -> None:
    assert used(text) == set()
