# SPDX-License-Identifier: Apache-2.0
"""What is denied, corrected, supposed or offered; people with the name of a gang; which flaw a claim is about."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Actor, Claim, Malware


@pytest.mark.parametrize(
    "text",
    [
        "Nothing in the memory image supports the idea that APT29 used Mimikatz.",
        "The ministry rejected as nonsense a report that APT29 was in its mail.",
        "APT29 has never been in the network, the hospital said.",
        "Der Vorfall war nicht das Werk der Gruppe APT29.",
        "L'incident n'est pas l'œuvre du groupe APT29.",
        "A thief with the key could plant a Trojan such as Emotet on every machine.",
        "Our platform stops Emotet before it runs.",
        "You know Mimikatz well and can explain it.",
        "Professor Lazarus teaches law.",
        "Maria Conti, who heads the clinic, spoke of a quiet night.",
        "A bloodhound found the laptop.",
        "More from this author: What is Emotet? | The end of Conti",
    ],
)
def test_names_that_nobody_reports(text: str) -> None:
    assert facts(Actor, text) + facts(Malware, text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nobody noticed that APT29 had been in the mail server.", "APT29"),
        ("Researchers said that Conti encrypted the servers.", "Conti"),
        ("Hive's affiliates encrypted the file server.", "Hive"),
        ("In memory lay a build of Sliver.", "Sliver"),
        ("The platform was hit by Emotet.", "Emotet"),
        ("On Monday Conti said on its site that it had the files.", "Conti"),
    ],
)
def test_names_that_are_reported(text: str, name: str) -> None:
    assert name in [each.name for each in facts(Actor, text) + facts(Malware, text)]


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("CVE-2024-0012 is being exploited together with CVE-2024-9474, while CVE-2024-3400 plays no role here.", {"CVE-2024-0012", "CVE-2024-9474"}),
        ("Not only did the group exploit CVE-2023-4966, it also came back.", {"CVE-2023-4966"}),
        ("The firm denied everything, but on Friday its regulator confirmed that attackers had exploited CVE-2023-3519.", {"CVE-2023-3519"}),
        ("Die Täter nutzten CVE-2019-19781 aus, um einzudringen.", {"CVE-2019-19781"}),
        ("We reported on Monday that CVE-2024-4577 is being exploited. That was wrong.", set()),
        ("The model puts the chance that CVE-2024-27198 is exploited at 87 percent.", set()),
    ],
)  # fmt: skip
def test_what_is_said_to_be_exploited(text: str, subjects: set[str]) -> None:
    said = [each for each in facts(Claim, text) if each.question == "exploited" and each.value == "yes"]
    assert {each.subject for each in said if each.modality in ("asserted", "reported")} == subjects


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The group left a note asking for 40 bitcoin after it had encrypted the server.", "40 bitcoin"),
        ("Tras cifrar los servidores, el grupo exigió un rescate de 300.000 euros.", "300.000 euros"),
    ],
)
def test_ransoms_that_a_sentence_tells_itself(text: str, value: str) -> None:
    assert value in [each.value for each in facts(Claim, text) if each.question == "ransom"]
