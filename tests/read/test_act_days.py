# SPDX-License-Identifier: Apache-2.0
"""Terms that count from the day which a text gives to an order, duties without a day, and what would bind if a bill passed."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Duty


def days(text: str) -> list[tuple[str, str]]:
    return [(each.owner, each.date) for each in facts(Duty, text, published="")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The directive was issued on 3 March 2025. Agencies shall replace the devices within 60 days of the directive.", [("Agencies", "2025-05-02")]),
        ("The notice of 5 May 2025 is short. Owners must register within two weeks of the notice.", [("Owners", "2025-05-19")]),
        ("The ruling was handed down on 2 June 2025; banks shall comply within 30 days after the ruling.", [("Banks", "2025-07-02")]),
        ("In a letter of Tuesday, 3 June 2025, the ministry requires operators to unplug the device by Thursday.", [("Operators", "2025-06-05")]),
        ("Operators have to unplug the device by Friday, says the order of Monday, 2 June 2025.", [("Operators", "2025-06-06")]),
        ("Under the order dated 2 June 2025, agencies must remove the app within 10 days and inventory phones within 20 days.", [("Agencies", "2025-06-12"), ("Agencies", "2025-06-22")]),
        ("Laut Bescheid vom 3. März 2025 müssen die Betreiber binnen 14 Tagen berichten.", [("Betreiber", "2025-03-17")]),
        ("Die Verfügung vom 3. März 2025 ist binnen zwei Wochen umzusetzen; betroffene Betriebe haben die Geräte zu entfernen.", [("Betroffene Betriebe", "2025-03-17")]),
        ("Selon l'arrêté du 3 mars 2025, les opérateurs doivent appliquer le correctif dans un délai de dix jours.", [("Opérateurs", "2025-03-13")]),
        ("Conforme a la resolución de 3 de marzo de 2025, los operadores deberán instalar el parche en un plazo de 15 días.", [("Operadores", "2025-03-18")]),
    ],
)  # fmt: skip
def test_a_term_counts_from_the_day_of_the_order(text: str, found: list[tuple[str, str]]) -> None:
    assert days(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The law entered into force on 1 May 2025; operators must report within 30 days of an incident.",
        "Under the regulation of 14 December 2022, operators must report incidents within 24 hours.",
        "Under the order of 4 November 2025, operators must report any incident within three days.",
        "The notice of 5 May 2025 and the notice of 9 May 2025 differ; owners must register within two weeks of the notice.",
        "The notice of 5 May 2025 is short. Owners must register within two weeks of the decision.",
        "Laut Bescheid vom 3. März 2025 müssen die Betreiber jeden Vorfall binnen 14 Tagen melden.",
        "Las entidades deberán notificar los incidentes en un plazo de 24 horas.",
        "Les opérateurs doivent signaler les incidents dans les 24 heures.",
        "Betreiber müssen Vorfälle innerhalb von 24 Stunden melden.",
    ],
)
def test_a_term_that_counts_from_an_event_has_no_day(text: str) -> None:
    assert [day for _, day in days(text)] == [""]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Providers shall retain the logs for at least six months.", "Providers"),
        ("Manufacturers must keep the technical file for ten years.", "Manufacturers"),
        ("Banks have to maintain records of consent for five years.", "Banks"),
        ("By law, hospitals are required to encrypt patient records.", "Hospitals"),
        ("Hospitals are required by law to encrypt patient records.", "Hospitals"),
        ("If the update passes all checks, agencies must install it within 14 days.", "Agencies"),
        ("Under the new regulation, providers are obliged to name a contact.", "Providers"),
        (
            "The directive says it plainly: operators of dams are obliged to test their backups.",
            "Operators of dams",
        ),
    ],
)
def test_duties_without_a_day(text: str, owner: str) -> None:
    assert days(text) == [(owner, "")]


@pytest.mark.parametrize(
    "text",
    [
        "Firms would be required to report within 72 hours if lawmakers passed the bill.",
        "Banks might have to disclose breaches within four days.",
        "Providers could be required to notify users within 30 days.",
        "If parliament approves the text, operators must report within 24 hours.",
        "Should the senate adopt it, banks must report within 24 hours.",
        "Betreiber müssten Vorfälle binnen 24 Stunden melden, wenn das Gesetz käme.",
        "Die Betreiber müssen nicht binnen 24 Stunden melden.",
        "Las entidades no deben notificar en un plazo de 24 horas.",
        "Importers may keep the file for ten years.",
        "Banks must not keep the data for two years.",
        "The company has to hold the position for two years.",
        "No operator is obliged by law to encrypt backups.",
        "Whether banks are required by law to report is open.",
        "The vendor is required to sign in to the portal.",
        "The law says that users are not required to agree.",
    ],
)
def test_what_binds_nobody(text: str) -> None:
    assert days(text) == []
