# SPDX-License-Identifier: Apache-2.0
"""Ransoms whose sum nobody names: demanded, paid or not; and what is asked, usual, denied or advised."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Claim


def ransoms(text: str) -> list[str]:
    return [each.value for each in facts(Claim, text) if each.question == "ransom"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The hospital received a ransom note in May and refused to pay.", "not paid"),
        ("The school district did not pay the ransom.", "not paid"),
        ("The utility declined to meet the demand for a ransom.", "not paid"),
        ("La clinique a refusé de payer la rançon.", "not paid"),
        ("El hospital se negó a pagar el rescate.", "not paid"),
        ("The company acknowledges that it paid the ransom last week.", "paid"),
        ("A ransom was paid in March, the county says.", "paid"),
        ("Die Stadt zahlte Lösegeld.", "paid"),
        ("La mairie a payé la rançon.", "paid"),
        ("La empresa pagó el rescate en mayo.", "paid"),
        ("A ransom was demanded, the mayor said.", "demanded"),
        ("In 2024 the gang demanded a ransom from the school.", "demanded"),
        ("Attackers left a ransom note on the servers of the clinic.", "demanded"),
        ("Von der Klinik wird Lösegeld verlangt.", "demanded"),
        ("Die Täter fordern Lösegeld von der Klinik.", "demanded"),
        ("L'hôpital a reçu une demande de rançon.", "demanded"),
        ("Los atacantes exigieron un rescate.", "demanded"),
        ("The gang demanded a ransom of $5 million from the school.", "$5 million"),
    ],
)
def test_what_was_done_about_a_ransom(text: str, value: str) -> None:
    assert ransoms(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "No ransom was demanded.",
        "Victims who paid the ransom got a broken key.",
        "The gang usually demands a ransom.",
        "Should you pay the ransom?",
        "It is unclear whether the city paid a ransom.",
        "The insurer paid the ransom of a client, a court heard.",
        "If a ransom is demanded, call the police.",
        "Ransomware operators demand a ransom after encryption.",
        "The council denied that it paid a ransom.",
        "Talk that the council paid a ransom is nonsense, the mayor says.",
        "Organisations should never pay the ransom.",
        "Ransom demands are rising.",
        "Es wurde kein Lösegeld gefordert.",
        "Aucune rançon n'a été demandée.",
        "No se pidió un rescate.",
        "The kidnappers demanded a ransom for the boy.",
        "In the novel the hero paid a ransom.",
    ],
)
def test_no_ransom_of_a_case(text: str) -> None:
    assert ransoms(text) == []
