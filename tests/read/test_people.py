# SPDX-License-Identifier: Apache-2.0
"""Persons and firms with the name of a gang, and gangs beside persons and firms."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Actor, Malware


def names(text: str) -> set[str]:
    """Every actor and program that a text names, as the pack and as the text writes it."""
    return {
        name for each in (*facts(Actor, text), *facts(Malware, text)) for name in (each.name, each.written)
    }


A_PERSON_BY_CALLING = [
    "The novelist Conti reads in the town library on Friday.",
    "Der Bäcker Conti hat sein Geschäft verkauft.",
    "Striker Conti scored twice in the second half.",
    "L'écrivaine Conti présente son roman samedi.",
    "El alcalde Conti inauguró la plaza.",
    "Mayor Conti opened the bridge.",
    "Die Autorin Maria Conti las aus ihrem Roman.",
]
A_PERSON_BY_CALLING_NOT = [
    ("The threat actor Conti encrypted the servers.", "Conti"),
    ("The ransomware author Conti fears left in June.", "Conti"),
    ("Die Gruppe Conti hat die Server verschlüsselt.", "Conti"),
    ("The mayor said Conti had encrypted the town's files.", "Conti"),
    ("Der Bürgermeister sagte, Conti habe die Server verschlüsselt.", "Conti"),
    ("After the raid Conti leaked the papers.", "Conti"),
    ("A coach of the football club opened the mail with Emotet.", "Emotet"),
    ("The police say the author of Emotet was arrested.", "Emotet"),
]

A_FIRM = [
    "Conti & Sons bakes bread in Turin.",
    "Conti and Sons sell boats.",
    "Die Firma Conti liefert Fenster.",
    "La boulangerie Conti ouvre à six heures.",
    "La familia Conti vive en Cádiz.",
    "The bakery called Conti closes at noon.",
    "Conti Hermanos exporta naranjas.",
    "Conti GmbH sells tyres.",
]
A_FIRM_NOT = [
    ("Conti and its affiliates encrypted the servers.", "Conti"),
    ("Conti & Ryuk share code.", "Conti"),
    ("The company that Conti hit sells boats.", "Conti"),
    ("La empresa que Conti atacó vende barcos.", "Conti"),
    ("Conti and Ryuk were seen in May.", "Ryuk"),
    ("La banda Conti atacó el hospital.", "Conti"),
    ("The family Emotet spreads by mail.", "Emotet"),
    ("The malware family Emotet belongs to the crew TA542.", "Emotet"),
    ("The company Trickbot attacked paid.", "Trickbot"),
    ("The firm behind Emotet's servers closed.", "Emotet"),
    ("Die Firma Conti-Opfer... die Bande Conti erpresste den Bäcker.", "Conti"),
]

A_BY_NAME = [
    "The flaw was reported by a student who goes by Turla online.",
    "A bug hunter known as Thrip found the hole.",
    "The find goes to a researcher who calls herself Turla.",
    "Entdeckt hat die Lücke ein Bastler, der sich Turla nennt.",
    "Un chercheur qui se fait appeler Turla a trouvé la faille.",
    "Un aficionado que se hace llamar Turla encontró el fallo.",
    "The song is by a rapper calling himself Emotet.",
    "The pianist Conti plays Bach in the town hall.",
    "Signora Conti keeps the shop.",
    "Conti's bakery on the square sells the best bread.",
    "The village of Conti has 300 people.",
    "Turla is a village in the hills.",
    "The tennis player Conti lost in three sets.",
    "Der Stürmer Conti traf zweimal.",
    "La chanteuse Conti sera à Lyon.",
    "Lapsus is the title of the album.",
]
A_BY_NAME_NOT = [
    ("A group that researchers call Thrip broke into the satellites.", "Thrip"),
    ("A researcher said that Turla had been in the network.", "Turla"),
    ("The group, known to researchers as Turla, stole the mails.", "Turla"),
    ("An engineer found Emotet on the server.", "Emotet"),
    ("Researchers track the group as Thrip.", "Thrip"),
    ("The gang known as Turla read the mails of a student.", "Turla"),
    ("The actor known to every researcher as Turla stole the mails.", "Turla"),
    ("A researcher who goes by Vitali said Conti had split up.", "Conti"),
    ("Turla is the group that read the mails of the ministry.", "Turla"),
    ("LockBit's shop sells stolen files.", "LockBit"),
]


@pytest.mark.parametrize("text", [*A_PERSON_BY_CALLING, *A_FIRM, *A_BY_NAME])
def test_what_is_not_named(text: str) -> None:
    assert names(text) == set()


@pytest.mark.parametrize(("text", "name"), [*A_PERSON_BY_CALLING_NOT, *A_FIRM_NOT, *A_BY_NAME_NOT])
def test_what_is_named_all_the_same(text: str, name: str) -> None:
    assert name in names(text)
