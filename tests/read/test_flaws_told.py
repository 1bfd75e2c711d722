# SPDX-License-Identifier: Apache-2.0
"""What sentences say of one flaw when their parts are put together: used or not, closed in which version or still open, how
severe; and look-alikes that say none of it."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Claim

FLAW = "CVE-2021-26855"


def told(question: str, text: str) -> set[tuple[str, str]]:
    """(value, modality) of the claims on a question about the flaw."""
    return {
        (each.value, each.modality)
        for each in facts(Claim, text)
        if each.question == question and each.subject.partition(" ")[0] == FLAW
    }


@pytest.mark.parametrize(
    "text",
    [
        f"A crew of extortionists relies on {FLAW} and has used it since the summer.",
        f"In four parishes {FLAW} let a gang of thieves read the mail.",
        f"Mail servers of two schools were infected last night by means of {FLAW}.",
        f"Seit Montag wird {FLAW} für Angriffe auf Schulen missbraucht.",
        f"Des pirates se sont introduit dans le réseau de la commune; la faille utilisée, {FLAW}, était connue.",
        f"La vulnerabilidad {FLAW} ha sido explotada contra ayuntamientos.",
        f"The mail hole {FLAW} is old. Since Sunday the bug is being abused by several groups.",
        f"{FLAW} came under attack within hours.",
        f"{FLAW} turned up in three intrusions that we looked into.",
        f"Nine incidents involving {FLAW} kept the police busy.",
        f"Thieves are going after {FLAW} at town halls.",
        f"The agency put {FLAW} on its list of known exploited vulnerabilities.",
    ],
)
def test_used(text: str) -> None:
    assert told("exploited", text) & {("yes", "reported"), ("yes", "asserted")}
    assert not any(value == "no" for value, _ in told("exploited", text))


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        (f"To this day {FLAW} has not been used in attacks.", "denied"),
        (f"We are not aware of anybody taking advantage of {FLAW}.", "no-evidence"),
        (f"No traces of attacks exploiting {FLAW} were recorded by the sensors.", "no-evidence"),
        (f"Reports that {FLAW} was used in the burglary are wrong.", "denied"),
        (f"{FLAW} was never exploited and is not a flaw at all.", "denied"),
        (f"We do not know of any break-in in which {FLAW} was used.", "no-evidence"),
        (f"{FLAW} played no part in the theft, the auditors say.", "denied"),
        (f"Angriffe über {FLAW} hat es nicht gegeben.", "denied"),
        (f"La faille {FLAW} n'a jamais été exploitée.", "denied"),
    ],
)
def test_not_used(text: str, modality: str) -> None:
    said = told("exploited", text)
    assert ("no", modality) in said
    assert {value for value, _ in said} == {"no"}


@pytest.mark.parametrize(
    "text",
    [
        f"Thieves could get in through {FLAW} and read the mail.",
        f"Has anybody abused {FLAW} against a school?",
        f"We expect attacks on {FLAW} within the week.",
        f"{FLAW} allows intruders to run code on the server.",
        f"Servers which were not updated can be attacked with {FLAW}.",
        f"Es ist möglich, dass {FLAW} ausgenutzt wird.",
        f"It is not so that nobody was attacked with {FLAW}; ask us later.",
        f"In a test in our laboratory the server was compromised with {FLAW}.",
    ],
)
def test_neither_used_nor_not(text: str) -> None:
    assert not any(modality in ("asserted", "reported", "denied") for _, modality in told("exploited", text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{FLAW} was dealt with in 7.4.1.", {("7.4.1", "reported")}),
        (f"Go on to 7.4.1 or later, which is free of {FLAW}.", {("7.4.1", "reported")}),
        (f"Releases earlier than 7.4.1 are vulnerable to {FLAW}, so remedy it.", {("7.4.1", "reported")}),
        (
            f"7.4.1 does not really close {FLAW}; 7.4.2 does away with it.",
            {("7.4.1", "denied"), ("7.4.2", "reported")},
        ),
        (f"Going to 7.4.1 leaves users exposed to {FLAW}.", {("7.4.1", "denied")}),
        (f"Behoben ist {FLAW} in der Ausgabe 7.4.1.", {("7.4.1", "reported")}),
        (f"Whoever is on the 7.4 branch gets rid of {FLAW} with 7.4.1.", {("7.4.1", "reported")}),
        (f"Move from 7.3.9 to 7.4.1, where {FLAW} is gone.", {("7.4.1", "reported")}),
        (f"The next version, 7.4.1, will close {FLAW}.", set()),
        (f"{FLAW} was found on a server that ran 7.4.1.", set()),
        (f"{FLAW}, fixed yesterday, has a severity of 7.4.", set()),
        (f"Mail | 7.4.1 fixed | {FLAW} | High", set()),
    ],
)
def test_fixes(text: str, expected: set[tuple[str, str]]) -> None:
    assert told("fixed-version", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"The maintainers file {FLAW} as a matter of low urgency.", {"low"}),
        (f"Als hoch stuft der Hersteller {FLAW} ein.", {"high"}),
        (f"Gravedad de {FLAW}: media.", {"medium"}),
        (f"{FLAW} weighs in at 7.4 on the scale.", {"7.4"}),
        (f"{FLAW} scores six point five.", {"6.5"}),
        (f"With a perfect ten {FLAW} stands at the top of the scale.", {"10.0"}),
        (f"{FLAW} concerns critical infrastructure, says the score keeper.", set()),
        (f"It is important to rate {FLAW} yourself.", set()),
        (f"{FLAW} is not rated critical.", set()),
        (f"The score of {FLAW} was told on social media.", set()),
    ],
)
def test_severity(text: str, expected: set[str]) -> None:
    assert {value for value, _ in told("severity", text)} == expected
