# SPDX-License-Identifier: Apache-2.0
"""Use of a flaw by attackers, told without its id; and tools, possibilities and users that are not meant."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Claim

TITLE = "Vulnerability in Fabrikam Gateway (CVE-2026-4401)"


def exploited(text: str, by: str = "vendor", title: str = TITLE) -> list[tuple[str, str, str, str]]:
    return [
        (each.value, each.modality, each.holder, each.subject)
        for each in facts(Claim, text, title=title, by=by)
        if each.question == "exploited" and each.modality in ("asserted", "reported")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Attackers have been using it since the spring.",
        "Intruders have used the flaw since 4 March.",
        "The bug has been used in a series of intrusions since January.",
        "The weakness was abused in the wild before the update came out.",
        "The hole is being leveraged by a ransomware gang.",
        "It was weaponized by state-sponsored groups.",
        "Criminals took advantage of this vulnerability.",
        "The zero-day has been used to plant web shells.",
        "We have observed targeted attacks leveraging this flaw.",
        "Attacks that abuse the bug began in April.",
        "A flaw abused in ransomware attacks is closed now.",
        "Two bugs used in attacks were closed.",
        "Angreifer missbrauchen die Schwachstelle bereits.",
        "Die Lücke wird seit Mai in Angriffen genutzt.",
        "Des pirates se servent de la faille depuis mars.",
        "La vulnérabilité a été utilisée dans des attaques.",
        "Los ciberdelincuentes aprovechan este fallo.",
        "La vulnerabilidad ha sido usada en varios ataques.",
    ],
)
def test_abuse_is_told(text: str) -> None:
    assert exploited(text) == [("yes", "asserted", "vendor", "CVE-2026-4401")]


@pytest.mark.parametrize(
    "text",
    [
        "It could be used by attackers to read files.",
        "Attackers might have used it since March.",
        "No attackers have used the flaw.",
        "There is no sign that intruders have used it.",
        "The bug has not been leveraged by anybody.",
        "Whether criminals used the hole is not known.",
        "If attackers abused the flaw they would own the device.",
        "Our customers have used it since 2019.",
        "The municipality has used the gateway since March.",
        "The tool is old. Attackers have used it since 2019.",
        "The malware Zork has been used in attacks since January.",
        "Researchers abused the bug in a lab.",
        "Attackers tried to use the flaw.",
        "Vulnerabilities of this kind are often used by attackers.",
        "Flaws like this are frequently abused by ransomware gangs.",
        "The agency keeps a catalog of vulnerabilities abused in the wild.",
        "The scanner looks for flaws used in attacks.",
        "Attackers used the weakness of a partner to get in.",
        "Another flaw of the maker was used by attackers last year.",
        "Similar bugs were used by attackers against other makers.",
        "Die Lücke könnte in Angriffen genutzt werden.",
        "La faille pourrait être utilisée par des pirates.",
        "La vulnerabilidad podría ser usada en ataques.",
    ],
)
def test_possibility_tool_or_user_is_no_exploitation(text: str) -> None:
    assert exploited(text) == []


def test_the_sentence_says_who_says_it() -> None:
    text = "Attackers have used it since March, researchers at Huntress said."
    assert exploited(text, by="press") == [("yes", "reported", "research", "CVE-2026-4401")]


def test_a_denial_inside_the_phrase_is_no_evidence() -> None:
    claims = facts(Claim, "The bug has not been used in attacks.", title=TITLE, by="vendor")
    assert [(each.value, each.modality) for each in claims if each.question == "exploited"] == [
        ("no", "no-evidence")
    ]
