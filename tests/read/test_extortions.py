# SPDX-License-Identifier: Apache-2.0
"""Extortion told without the word ransom, or of a group by its name."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Claim


def ransoms(text: str) -> list[str]:
    return [each.value for each in facts(Claim, text) if each.question == "ransom"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The mill refused to pay the crew that had scrambled its files.", "not paid"),
        ("The mill let the gang's ultimatum pass.", "not paid"),
        ("The mill paid the intruders after a week.", "paid"),
        ("The mill bought the decryption key from the gang.", "paid"),
        ("The gang took ransoms from thirty mills.", "paid"),
        ("Hackers blackmailed the mill with its recipes.", "demanded"),
        ("The mill's records were held to ransom.", "demanded"),
        ("Last year's extortion of the mill went unsolved.", "demanded"),
        ("A note on the screens asked for 40 bitcoin.", "demanded"),
        ("A text file told the clerks whom to write to if they wanted their files back.", "demanded"),
        ("LockBit told the mill to pay or see its recipes online.", "demanded"),
        ("The gang threatens to publish the recipes unless it is paid.", "demanded"),
        ("Unbekannte erpressten die Stadt mit Daten aus dem Archiv.", "demanded"),
        ("La mairie a été victime d'un chantage.", "demanded"),
        ("La fábrica fue chantajeada por unos desconocidos.", "demanded"),
        (
            "After long haggling the broker sent 90,000 dollars in Monero, and the key arrived.",
            "90,000 dollars",
        ),
        ("It cost the mill eleven bitcoin to get its scrambled files back.", "eleven bitcoin"),
        ("The gang had asked for 5 million dollars, the court heard.", "5 million dollars"),
    ],
)
def test_extortion_is_told(text: str, value: str) -> None:
    assert ransoms(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "If a gang blackmails the mill, it will call the police.",
        "Talk of the mill having been blackmailed is baseless.",
        "Lösegeld wurde weder verlangt noch gezahlt.",
        "Never pay a ransom on the first day, the leaflet says.",
        "The consultants took a king's ransom for their report.",
        "The mill paid the court 5 million dollars after hackers had read its mail.",
        "A message told the clerks to come back on Monday.",
        "The mill refused to pay the electrician.",
        "In the exercise a gang blackmails the mill.",
    ],
)
def test_no_extortion(text: str) -> None:
    assert ransoms(text) == []
