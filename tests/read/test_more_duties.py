# SPDX-License-Identifier: Apache-2.0
"""Terms in other shapes, deadlines that a noun or a cell states, duties and bans without a term; and what binds nobody."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Duty


def days(text: str) -> list[tuple[str, str]]:
    return [
        (each.owner, each.date) for each in facts(Duty, text, published="") if each.binding == "mandatory"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dated 3 March 2026, the order requires the registrar to lock the domain within ten days.", [("Registrar", "2026-03-13")]),
        ("Banks must register by the end of April 2026.", [("Banks", "2026-04-30")]),
        ("Banks must register before the end of 2026.", [("Banks", "2026-12-31")]),
        ("Agencies are to unplug the device before 17:00 CET on 5 May 2026.", [("Agencies", "2026-05-05")]),
        ("Licensees must file their plans on 4 June 2026 at the latest.", [("Licensees", "2026-06-04")]),
        ("The rule gives every carrier above 5,000 users thirty days from its publication on 3 March 2026 to name an officer.", [("Carrier above 5,000 users", "2026-04-02")]),
        ("After 30 June 2026 no carrier may sell the router.", [("Carrier", "2026-06-30")]),
        ("Pursuant to the order the operator is to change all keys not later than 18:00 on 9 May 2026.", [("Operator", "2026-05-09")]),
        ("Before 12:01 am Friday, 8 May 2026, Eastern Daylight Time, agencies must pull the plug.", [("Agencies", "2026-05-08")]),
        ("Starting on 1 October 2026, agencies that have not moved will be required to report weekly.", [("Agencies", "")]),
        ("It binds licensed carriers only, who must keep logs for two years.", [("Licensed carriers", "")]),
        ("For all banks the filing date moves from 1 March 2026 to 1 June 2026.", [("Banks", "2026-06-01")]),
        ("The deadline for hospitals to register is 3 May 2026, the ministry says.", [("Hospitals", "2026-05-03")]),
        ("| CVE-2026-4401 | gate | due date 2026-04-22 | update or remove |", [("", "2026-04-22")]),
        ("Die Frist für die Meldung läuft am 3. Mai 2026 ab.", [("", "2026-05-03")]),
        ("La date limite pour déclarer les incidents est fixée au 3 mai 2026.", [("", "2026-05-03")]),
        ("El plazo para notificar vence el 3 de mayo de 2026.", [("", "2026-05-03")]),
        ("La autoridad ordena a las entidades financieras retirar el módulo a más tardar el 3 de mayo de 2026.", [("Entidades financieras", "2026-05-03")]),
        ("Le régulateur ordonne aux banques de retirer le module au plus tard le 3 mai 2026.", [("Banques", "2026-05-03")]),
        ("Die Behörde verpflichtet alle Banken, die Lücke bis zum 3. Mai 2026 zu schließen.", [("Banken", "2026-05-03")]),
        ("Betreiber großer Anlagen haben den Nachweis bis zum 3. Mai 2026 einzureichen.", [("Betreiber großer Anlagen", "2026-05-03")]),
        ("Die Behörden müssen die Geräte bis Ende März 2026 ersetzen.", [("Behörden", "2026-03-31")]),
    ],
)  # fmt: skip
def test_a_day_is_set(text: str, found: list[tuple[str, str]]) -> None:
    assert days(text) == found


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("The grace period is over, and every insurer has to keep a list of its suppliers.", "Insurer"),
        ("Staff are forbidden to plug in sticks of their own.", "Staff"),
        ("The act obliges operators to encrypt their backups.", "Operators"),
        ("Under the new directive, carriers may no longer buy the equipment.", "Carriers"),
        ("No bank may sell the data under the act.", "Bank"),
        ("Den Banken ist es untersagt, die Daten zu verkaufen.", "Banken"),
        ("Les opérateurs sont tenus de signaler tout incident à l'autorité.", "Opérateurs"),
        ("Los proveedores están obligados a conservar los registros según la ley.", "Proveedores"),
        ("Il est interdit aux agents d'utiliser des clés privées.", "Agents"),
        ("Under the new law, clinics have 24 hours to tell the ministry.", "Clinics"),
        ("The act leaves carriers no choice: they must test their backups.", "Carriers"),
        ("It is an offence for operators to hide a breach.", "Operators"),
        ("The judge has barred the firm from deleting its logs.", "Firm"),
        ("Every insurer must, on pain of a fine, name a contact.", "Insurer"),
        ("Nach der Verordnung müssen Hersteller Lücken melden.", "Hersteller"),
        ("Die Aufsicht untersagt der Bank den Betrieb der App.", "Bank"),
        ("La loi oblige les hôpitaux à déclarer tout incident.", "Hôpitaux"),
        ("La ley obliga a los hospitales a notificar los incidentes.", "Hospitales"),
    ],
)
def test_a_duty_needs_no_term(text: str, owner: str) -> None:
    assert days(text) == [
        (owner.removeprefix("No b").replace("ank", "Bank") if owner == "No bank" else owner, "")
    ]


def test_a_ban_is_told_as_one() -> None:
    found = facts(Duty, "After 30 June 2026 no carrier may sell the router.")
    assert [each.duty for each in found] == ["not sell the router"]


@pytest.mark.parametrize(
    "text",
    [
        "The gang gave the mill until 5 May 2026 to pay.",
        "A text file told staff to write to the address within 72 hours.",
        'Card 3 of the board game reads: "The regulator told you to report by 9 May 2026."',
        "The registrar denied having been ordered to do anything by 1 April 2026.",
        "The deadline for talks is 3 May 2026, the register of speakers says.",
        "The deadline for the report was scrapped; it had been 3 May 2026.",
        "Support for the register ends on 3 May 2026.",
        "The company is to open its new office by 3 May 2026.",
        "Companies must invest more, he says.",
        "Organizations must obey the law.",
        "Providers must be able to rely on their staff.",
        "Certificates issued by authorities are not allowed to use wild cards.",
        "This flaw requires the operator to have set the option.",
        "No operator is obliged to report under the act.",
        "The rule of thumb is that providers must patch fast.",
        "The authority must be joking, the operator said.",
        "L'opérateur doit ouvrir un fichier pour que l'attaque réussisse.",
        "Das Gesetz verpflichtet Betreiber nicht zur Meldung.",
        "Die Bank hat bis zum 3. Mai 2026 geschlossen.",
        "Die Server sind bis zum 3. Mai 2026 nicht zu erreichen.",
        "Le musée a jusqu'au 3 mai 2026 une exposition.",
        "Il est recommandé aux opérateurs de signaler les incidents.",
    ],
)
def test_what_binds_nobody(text: str) -> None:
    assert days(text) == []
