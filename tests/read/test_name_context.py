# SPDX-License-Identifier: Apache-2.0
"""Names that are words too, and what around them says that the gang or the malware is meant."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Actor, Malware


def names(text: str) -> set[str]:
    """Every actor and program that a text names, as the pack and as the text writes it."""
    return {
        name for each in (*facts(Actor, text), *facts(Malware, text)) for name in (each.name, each.written)
    }


MEANT = [
    ("Play was the gang that encrypted the county's servers.", "Play"),
    ("The group behind the attack on the school was Play.", "Play"),
    ("Play is one of the groups that claimed the theft.", "Play"),
    ("Play ist die Bande hinter dem Angriff auf die Stadt.", "Play"),
    ("Play est le groupe qui a piraté la mairie.", "Play"),
    ("Play fue el grupo que atacó el ayuntamiento.", "Play"),
    ("The files appeared on the leak site of Play.", "Play"),
    ("The files stood on Play's leak site on Monday.", "Play"),
    ("Play listed the brewery on its leak site.", "Play"),
    ("The name of the firm stands on the extortion blog run by Play.", "Play"),
    ("Les fichiers sont sur le site de fuite de Play.", "Play"),
    ("Los archivos están en el sitio de filtraciones de Play.", "Play"),
    ("Attackers exploit the hole to install Mirai.", "Mirai"),
    ("The flaw is being exploited to deploy Mirai on cameras.", "Mirai"),
    ("Hijacked routers deliver Mirai to their neighbours.", "Mirai"),
    ("Die Lücke wird ausgenutzt, um Mirai zu verbreiten.", "Mirai"),
    ("Les pirates exploitent la faille pour propager Mirai.", "Mirai"),
    ("Hafnium exploited CVE-2021-26855 in March 2021.", "Hafnium"),
    ("CVE-2021-26855 was exploited by Hafnium.", "Hafnium"),
    ("Hafnium chained four vulnerabilities to take the mail.", "Hafnium"),
    ("The name of the brewery turned up on Play's extortion site.", "Play"),
    ("Play's ransom note lay on every desktop.", "Play"),
    ("The ransom note was signed by Play.", "Play"),
    ("Ransomware known as Play locked the computers.", "Play"),
    ("The hole is used to plant Mirai on recorders.", "Mirai"),
    ("Cameras infected with Mirai flooded the site.", "Mirai"),
    ("A variant of Mirai attacks routers.", "Mirai"),
    ("Hafnium broke into the mail servers.", "Hafnium"),
    ("Microsoft blames Hafnium for the attacks on Exchange.", "Hafnium"),
    ("Microsoft said Hafnium was behind the attacks on Exchange.", "Hafnium"),
]
WORDS = [
    "The play was the work of a group that breaks into song.",
    "Play is a group activity that children love.",
    "Hafnium is a metal; the flaw in the rod was found by chance.",
    "Play the video to see how attackers install the malware.",
    "The Play Store leak site was a joke.",
    "Hope was the thing that the group had lost.",
    "The school's Play is about a gang that robs a bank.",
    "Attackers use Google Play to spread apps.",
    "Play music while the exploited flaw is fixed.",
    "Hafnium used in reactors absorbs neutrons.",
    "Attackers abuse Google Play to install fake apps.",
    "Hope is the group that will feed the homeless.",
    "Play was the group's favourite word.",
    "Washington blames Beijing for the attack on the mail servers.",
    "Beijing exploited CVE-2021-26855, the minister said.",
    "Trump claims to have 40 gigabytes of files.",
    "James was behind the theft of the apples.",
    "Everest is responsible for the leak in the tent.",
    "Hafnium broke in the furnace.",
]


@pytest.mark.parametrize(("text", "name"), MEANT)
def test_the_gang_or_the_malware_is_meant(text: str, name: str) -> None:
    assert name in names(text)


@pytest.mark.parametrize("text", WORDS)
def test_the_word_is_meant(text: str) -> None:
    assert names(text) == set()
