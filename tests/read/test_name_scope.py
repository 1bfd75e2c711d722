# SPDX-License-Identifier: Apache-2.0
"""Names that a sentence denies, withdraws, only supposes, boasts of or tells the reader to use; and those that look so."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Actor, Malware


def names(text: str) -> set[str]:
    """Every actor and program that a text names, as the pack and as the text writes it."""
    return {
        name for each in (*facts(Actor, text), *facts(Malware, text)) for name in (each.name, each.written)
    }


AT_NO_POINT = [
    "At no time during the night did the intruders run Mimikatz.",
    "At no stage was LockBit seen on the servers.",
    "Under no circumstances did they deploy Emotet.",
    "Not once did the crew start PsExec.",
    "Nowhere in the dump did we find Cobalt Strike.",
    "By no means was this APT29.",
    "Zu keinem Zeitpunkt setzten die Täter Mimikatz ein.",
    "À aucun moment les pirates n'ont utilisé Mimikatz.",
    "En ningún momento los intrusos usaron Mimikatz.",
    "Los atacantes nunca instalaron Emotet en el servidor.",
    "Die Angreifer haben niemals Emotet eingesetzt.",
    "Jamais les pirates n'ont lancé Mimikatz.",
    "The thieves made no use of Mimikatz.",
    "There was no trace whatsoever of Cobalt Strike on the mail server.",
    "The intruders did without Mimikatz altogether.",
    "Mimikatz was nowhere to be seen.",
]
AT_NO_POINT_NOT = [
    ("At no point did the administrators notice that Mimikatz was running.", "Mimikatz"),
    ("The group was at no point in a hurry, but Mimikatz ran within minutes.", "Mimikatz"),
    ("The server was in no way hardened; the attackers used Mimikatz.", "Mimikatz"),
    ("Die Bande war nie in Eile, und Mimikatz lief nach Minuten.", "Mimikatz"),
    ("Nowhere is safe: Emotet reached the museum.", "Emotet"),
]

NO_EVIDENCE_LINKS = [
    "No evidence ties APT29 to the theft of the exam papers.",
    "No forensic trace points to APT28, the university said.",
    "So far no investigator has linked the fire to Sandworm.",
    "No log entry connects Turla with the outage.",
    "No finding of the audit implicates Lazarus Group.",
    "Aucune preuve ne relie Sandworm à la panne.",
    "Ninguna prueba vincula a Sandworm con el apagón.",
    "Kein Beweis verbindet Sandworm mit dem Stromausfall.",
    "Evidence linking APT29 to the theft does not exist.",
    "Nessuna prova collega Sandworm al guasto.",
]
NO_EVIDENCE_LINKS_NOT = [
    ("No ransom was paid, and the police link the attack to LockBit.", "LockBit"),
    ("No doubt the evidence links Sandworm to the blackout.", "Sandworm"),
    ("There is no longer any doubt, and the logs point to APT29.", "APT29"),
    ("No data was stolen and investigators linked APT29 to the mails.", "APT29"),
    ("It is no coincidence that the traces lead to APT28.", "APT28"),
    ("Aucun doute : les pirates ont utilisé Mimikatz.", "Mimikatz"),
    ("No customer was told that the investigators had linked Turla to it.", "Turla"),
    ("Sin ninguna duda fue el grupo APT28.", "APT28"),
    ("No victim paid the ransom, so Conti leaked the files.", "Conti"),
    ("The hospital never recovered from the attack by Ryuk.", "Ryuk"),
    ("Were it not for LockBit, the hospital would be open.", "LockBit"),
    ("If it were not for Emotet, the town would have its files.", "Emotet"),
    ("Not once but twice Emotet came back.", "Emotet"),
    ("Nie zuvor hat LockBit so viel gefordert.", "LockBit"),
    ("Noch nie hat LockBit ein Krankenhaus verschont.", "LockBit"),
    ("Nunca antes LockBit había pedido tanto.", "LockBit"),
    ("Jamais LockBit n'avait demandé autant.", "LockBit"),
    ("Never before had LockBit asked for so much.", "LockBit"),
    ("No other evidence links APT29 to the theft than the server it rented.", "APT29"),
]

A_WITHDRAWN_ATTRIBUTION = [
    "We retract our attribution to APT29; the tools were bought on a forum.",
    "The ministry has taken back its claim that APT28 was behind the leak.",
    "The firm walked back its assessment of Turla as the culprit.",
    "The attribution to Sandworm was withdrawn in March.",
    "Our earlier attribution to Lazarus Group has since been retracted.",
    "We no longer believe that Kimsuky wrote the letter.",
    "The agency no longer attributes the wave to APT41.",
    "Wir ziehen die Zuordnung zu APT28 zurück.",
    "Nous retirons l'attribution à APT28 publiée en mai.",
    "Retiramos la atribución a APT28 hecha en mayo.",
    "The link to Sandworm could not be confirmed.",
    "We were wrong to name APT29.",
    "The paper apologises for having named Turla as the culprit.",
    "Our note of May blamed APT28 in error.",
    "The university has corrected its statement that LockBit had its files.",
]
A_WITHDRAWN_ATTRIBUTION_NOT = [
    ("We stand by the attribution to APT29.", "APT29"),
    ("The group APT29 withdrew from the network in May.", "APT29"),
    ("The minister did not withdraw the statement, and APT29 remains the culprit.", "APT29"),
    ("Die Attacke wird APT28 zugeordnet, die Täter zogen sich zurück.", "APT28"),
    ("The attribution to Sandworm was confirmed in March.", "Sandworm"),
    ("The bank withdrew its offer after LockBit had encrypted the servers.", "LockBit"),
    ("The victims took back control of the servers that LockBit had encrypted.", "LockBit"),
    ("Authorities withdrew claims that Iran was to blame and named APT28.", "APT28"),
    ("The mayor was wrong to pay, since LockBit kept the files.", "LockBit"),
    ("The bank corrected its figures after LockBit had published them.", "LockBit"),
    ("The police named APT28 and, in error, a student.", "APT28"),
    ("The number of files that LockBit took could not be confirmed.", "LockBit"),
]

WHAT_WOULD_HAVE_BEEN = [
    "Had the intruders used Emotet, the clinic would have lost its records.",
    "Had the gang launched LockBit that night, nothing could have been restored.",
    "If the attackers had deployed NotPetya, the port would have stopped for weeks.",
    "Had Sandworm attacked the grid, the lights would have gone out.",
    "Suppose the crew had unleashed WannaCry: the trains would have stood still.",
    "Hätten die Täter Emotet eingesetzt, wäre die Klinik verloren gewesen.",
    "Si les pirates avaient déployé Emotet, l'hôpital aurait fermé.",
    "Si los atacantes hubieran usado Emotet, el hospital habría cerrado.",
    "Were Sandworm to come for the water works, we would be on our own.",
    "Should Conti strike the town, it would be without water.",
    "If LockBit were to hit the port, trade would stop.",
    "Sollte LockBit die Stadtwerke angreifen, wären wir allein.",
    "Si LockBit attaquait la mairie, elle serait fermée.",
    "Were the botnet Mirai to reach our cameras, we could not see a thing.",
    "Suppose for a moment that Sandworm turned off the pumps.",
    "Imagine LockBit in the town hall: who would issue passports?",
    "What if Emotet came by mail tomorrow?",
    "A group such as Sandworm would need weeks for that.",
    "In the worst case LockBit would encrypt the backups as well.",
]
WHAT_WOULD_HAVE_BEEN_NOT = [
    ("Had the clinic patched in time, Emotet would not have got in.", "Emotet"),
    ("If the staff had known that Emotet was inside, they would have called.", "Emotet"),
    ("The attackers had deployed Emotet, which would have cost millions.", "Emotet"),
    ("LockBit had encrypted the servers before anybody could react.", "LockBit"),
    ("Should you find Emotet on a host, call us: LockBit would follow, as it did here.", "LockBit"),
    ("The crew had used Mimikatz and would have come back.", "Mimikatz"),
    ("Wenn die Klinik gepatcht hätte, wäre Emotet nicht eingedrungen.", "Emotet"),
    ("Investigators were to blame Sandworm for it, an official would say later.", "Sandworm"),
    ("If your server was hit by LockBit, you would see a ransom note.", "LockBit"),
    ("If you find Emotet, isolate the host.", "Emotet"),
    ("The company said it had used backups after LockBit struck and would not pay.", "LockBit"),
    ("Wenn Emotet entdeckt wird, muss der Rechner vom Netz.", "Emotet"),
    ("Si l'hôpital avait détecté Emotet plus tôt, il aurait gardé ses fichiers.", "Emotet"),
    ("Si el banco hubiera pagado a LockBit, habría recuperado los datos.", "LockBit"),
    ("Should LockBit return, as it did in May, the town would pay again.", "LockBit"),
    ("If Sandworm had not attacked the grid, the lights would be on.", "Sandworm"),
    ("Had Sandworm attacked the grid again, it would have been the third time.", "Sandworm"),
    ("Groups such as Sandworm turned off the pumps.", "Sandworm"),
    ("What LockBit did in the town hall is unclear.", "LockBit"),
]

WHO_ONLY_BOASTS = [
    "The caller said he was a member of Scattered Spider. Police think he is a copycat.",
    "In chats the boy claims to belong to LockBit; investigators call him an impostor.",
    "The sender says that she works for APT28. She has no ties to the group, officials say.",
    "The account boasts that it is part of Lapsus$. It only uses the name.",
    "Der Absender behauptet, er gehöre zu LockBit. Die Polizei hält ihn für einen Trittbrettfahrer.",
    "L'auteur du message affirme appartenir à LockBit. Selon la police, c'est un imitateur.",
    "El remitente afirma pertenecer a LockBit. La policía cree que es un imitador.",
    "The mails were signed as Fancy Bear. The senders are imitators, the agency said.",
    "A boy of 14 pretended to be LockBit to scare his school.",
    "Someone posing as Fancy Bear sent the threats; banks see a cheap fraud.",
    "The senders call themselves Lazarus Group, but experts believe it is a trick.",
]
WHO_ONLY_BOASTS_NOT = [
    ("Two members of Scattered Spider were arrested.", "Scattered Spider"),
    ("The persona says that it belongs to LockBit. The police confirm it.", "LockBit"),
    (
        "The account claims to be part of Scattered Spider. It leaked the files of two airlines.",
        "Scattered Spider",
    ),
    ("Officials said the men were members of APT28. They have been indicted.", "APT28"),
    ("He told the court that he works for Conti.", "Conti"),
    ("The group is part of Lazarus Group, researchers said. No arrests were made.", "Lazarus Group"),
    ("Police said that he belonged to LockBit and was no copycat.", "LockBit"),
    (
        "The note belongs to LockBit, the mayor said. He has no ties to the group of hackers' victims.",
        "LockBit",
    ),
    (
        "Employees of the clinic say that it was LockBit. The clinic has no connection to the internet now.",
        "LockBit",
    ),
    ("LockBit affiliates posed as recruiters.", "LockBit"),
    ("The hackers of APT29 pretended to be diplomats.", "APT29"),
]

A_PROGRAM_THAT_THE_READER_IS_TOLD_TO_USE = [
    "Administrators should run AdFind in their own domain once a month.",
    "We recommend using BloodHound to find paths to the domain administrator.",
    "Please capture the memory with ProcDump before you restart the server.",
    "Use PsExec to start the collector on each host.",
    "Then run PsExec from the clean machine.",
    "You can use Impacket to test whether relaying still works.",
    "Wir empfehlen, die eigene Domäne mit BloodHound zu prüfen.",
    "Se recomienda analizar el dominio con BloodHound.",
    "Nous recommandons de vérifier le domaine avec BloodHound.",
    "Defenders can use AdFind to list the accounts without a password.",
    "Run ProcDump on the host and send us the file.",
    "For triage we suggest PsExec and a USB stick.",
    "The course teaches Mimikatz to defenders.",
]
A_PROGRAM_THAT_THE_READER_IS_TOLD_TO_USE_NOT = [
    ("Affiliates should run Mimikatz first, the leaked manual says.", "Mimikatz"),
    ("The intruders had to try three times before Mimikatz ran.", "Mimikatz"),
    ("With BloodHound the gang mapped the domain.", "BloodHound"),
    ("The use of PsExec by the intruders was logged.", "PsExec"),
    ("Then they run Mimikatz and steal the passwords.", "Mimikatz"),
    ("Mimikatz was found on the server.", "Mimikatz"),
    ("After that the group used AdFind to list the accounts.", "AdFind"),
    ("Die Angreifer nutzten Mimikatz.", "Mimikatz"),
    ("Emotet should be removed from the host, where the attackers installed it.", "Emotet"),
    ("Victims of LockBit should take a copy of the encrypted files.", "LockBit"),
    ("Microsoft recommends that customers check their logs for APT29 activity.", "APT29"),
    ("The actors must first obtain access; they then run BloodHound.", "BloodHound"),
    ("The backdoor can also use PsExec to move.", "PsExec"),
    ("Dump the memory, the Conti affiliates wrote in their chat, with Mimikatz.", "Mimikatz"),
    ("Sie müssen LockBit melden.", "LockBit"),
    ("Les entreprises doivent craindre LockBit, qui a frappé hier.", "LockBit"),
    ("Las empresas deben protegerse de LockBit.", "LockBit"),
    ("Use of Mimikatz was seen on three hosts.", "Mimikatz"),
    ("In the course of the night the intruders ran Mimikatz.", "Mimikatz"),
    ("Researchers suggest the intruders had PsExec.", "PsExec"),
]


@pytest.mark.parametrize(
    "text",
    [
        *AT_NO_POINT,
        *NO_EVIDENCE_LINKS,
        *A_WITHDRAWN_ATTRIBUTION,
        *WHAT_WOULD_HAVE_BEEN,
        *WHO_ONLY_BOASTS,
        *A_PROGRAM_THAT_THE_READER_IS_TOLD_TO_USE,
    ],
)
def test_what_is_not_named(text: str) -> None:
    assert names(text) == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *AT_NO_POINT_NOT,
        *NO_EVIDENCE_LINKS_NOT,
        *A_WITHDRAWN_ATTRIBUTION_NOT,
        *WHAT_WOULD_HAVE_BEEN_NOT,
        *WHO_ONLY_BOASTS_NOT,
        *A_PROGRAM_THAT_THE_READER_IS_TOLD_TO_USE_NOT,
    ],
)
def test_what_is_named_all_the_same(text: str, name: str) -> None:
    assert name in names(text)
