# SPDX-License-Identifier: Apache-2.0
"""Deeds done with a flaw, whoever did them and in whatever words; and what is only near to a deed."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Claim


def exploited(text: str) -> list[tuple[str, str]]:
    return sorted(
        (each.subject, each.value)
        for each in facts(Claim, text)
        if each.question == "exploited"
        and each.modality in ("asserted", "reported", "denied")
        and each.holder != "attacker"
    )


def told(text: str) -> list[str]:
    return [subject for subject, value in exploited(text) if value == "yes"]


@pytest.mark.parametrize(
    "text",
    [
        "Robbers climbed into the archive through CVE-2026-4401 on Easter Monday.",
        "Via a bug in the mail filter (CVE-2026-4401) the intruders took the keys of the domain.",
        "A spyware firm kept CVE-2026-4401 in its kit for two summers.",
        "Two libraries fell to CVE-2026-4401 in April.",
        "CVE-2026-4401 had let blackmailers into the archive for a year.",
        "CVE-2026-4401 has cost four hospitals their data.",
        "CVE-2026-4401 was long a darling of criminals.",
        "CVE-2026-4401 is now seeing wide use by extortionists.",
        "A burglary at the museum began with CVE-2026-4401.",
        "The worm spreads by CVE-2026-4401.",
        "Of the bugs in the gate, CVE-2026-4401 was how they got in.",
        "The spies could read all mail with CVE-2026-4401, and read it they did.",
        "The agency put CVE-2026-4401 into its list of exploited bugs.",
        "| CVE-2026-4401 | gate | exploited: yes |",
        "The gang's way into the archive was CVE-2026-4401.",
        "The first victims of CVE-2026-4401 were two bakers.",
        "CVE-2026-4401 has been under fire since Monday.",
        "The trail of the theft leads back to CVE-2026-4401.",
        "Although the maker denied it at first, CVE-2026-4401 was exploited, it now says.",
        "Responders found CVE-2026-4401 used in three of their last cases.",
        "Der Einbruch in das Archiv begann mit CVE-2026-4401.",
        "Einbrecher verschafften sich mit CVE-2026-4401 Zugang zum Archiv.",
        "Über CVE-2026-4401 drangen Diebe in das Archiv ein.",
        "Angreifer lesen über CVE-2026-4401 derzeit Postfächer aus.",
        "Des voleurs se sont servis de CVE-2026-4401 pour vider le serveur.",
        "Par CVE-2026-4401, des intrus ont pénétré dans les archives.",
        "Unos ladrones se valieron de CVE-2026-4401 para vaciar el archivo.",
        "Mediante CVE-2026-4401 los intrusos copiaron el archivo.",
    ],
)
def test_a_deed_is_told(text: str) -> None:
    assert told(text) == ["CVE-2026-4401"]


@pytest.mark.parametrize(
    "text",
    [
        "Thieves could climb in through CVE-2026-4401.",
        "Nobody has climbed in through CVE-2026-4401.",
        "Robbers asked for CVE-2026-4401 on a market.",
        "Criminals published code for CVE-2026-4401.",
        "Attackers scanned for CVE-2026-4401.",
        "After the robbers were jailed, the maker fixed CVE-2026-4401.",
        "The intruders were gone when CVE-2026-4401 was published.",
        "With CVE-2026-4401 fixed, the intruders went away.",
        "CVE-2026-4401 lets attackers read files.",
        "Hackers named a boat after CVE-2026-4401.",
        "CVE-2026-4401 was found a week after hackers broke into the firm with a phished password.",
        "A seller brags of having entered the archive through CVE-2026-4401.",
        "CVE-2026-4401 was removed from the list of exploited bugs for want of evidence.",
        "Efforts to show that CVE-2026-4401 was behind the break-in led nowhere.",
        "Our statement that CVE-2026-4401 had been exploited rested on a misread log.",
        'The page said that it was "exploited in the wild". The line has been deleted.',
        'What the blog calls "the exploitation of CVE-2026-4401" was a scan.',
        "Mass exploitation of CVE-2026-4401 is thought unlikely.",
        "Whoever chained CVE-2026-4401 with a second bug would own the host.",
        "Une fois CVE-2026-4401 connue, des pirates pourraient entrer.",
        "Los intrusos no entraron por CVE-2026-4401.",
        "Über CVE-2026-4401 könnten Diebe in das Archiv eindringen.",
        "| CVE-2026-4401 | gate | exploited: no |",
        "Robbers were kept out by the fix for CVE-2026-4401.",
        "CVE-2026-4401 is similar to a bug that hackers used in 2019.",
        "Adversaries have used bugs like CVE-2026-4401 before.",
        "Attackers who exploit CVE-2026-4401 gain root.",
        "Hackers published an exploit for CVE-2026-4401.",
        "Die Gruppe hat CVE-2026-4401 gemeldet.",
        "Le groupe a publié un correctif de CVE-2026-4401.",
        "El grupo ha publicado un parche de CVE-2026-4401.",
    ],
)
def test_what_is_near_to_a_deed_is_none(text: str) -> None:
    assert told(text) == []


def test_each_clause_answers_for_its_own_flaw() -> None:
    text = "CVE-2026-4401 has claimed victims at three banks, whereas CVE-2026-4402 has been left alone."
    assert told(text) == ["CVE-2026-4401"]
    assert told("CVE-2026-4401 and CVE-2026-4402 were chained against the gates of ministries.") == [
        "CVE-2026-4401",
        "CVE-2026-4402",
    ]


def test_a_later_sentence_answers_what_one_did_not_know() -> None:
    text = "The maker has no evidence of exploitation of CVE-2026-4401. A week later a CERT described a burglary that had begun with just this flaw."
    assert told(text) == ["CVE-2026-4401"]


def test_a_flaw_without_a_number_is_put_to_use() -> None:
    assert told("A hole in the timetable server, as yet without a number, is being used to read mail.") == [
        ""
    ]
    assert told("A hole in the timetable server can be used to read mail.") == []
