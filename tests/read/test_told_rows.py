# SPDX-License-Identifier: Apache-2.0
"""Techniques told as done by a row, a label, an act that means nothing else, or in another language, and those that were not."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Technique

DONE = [
    ("| Exfiltration | T1567.002 | rclone sent 90 GB to a cloud account |", "T1567.002"),
    ("Persistence: a scheduled task (T1053.005).", "T1053.005"),
    ("Execution passes through regsvr32 (T1218.010) to a script.", "T1218.010"),
    ("Die Täter legten ein lokales Konto an (T1136.001).", "T1136.001"),
    ("Les assaillants ont effacé les clichés instantanés (T1490).", "T1490"),
    ("El intruso apagó el antivirus (T1562.001).", "T1562.001"),
    ("L'implant copie le presse-papiers (T1115).", "T1115"),
    ("The intruders ran vssadmin delete shadows on every server.", "T1490"),
    ("Volume shadow copies had been destroyed before the note appeared.", "T1490"),
    ("They cleared the Security event log at noon.", "T1685.005"),
    ("The time stamps of the page had been altered.", "T1070.006"),
    ("The crew listed all domain trusts within the hour.", "T1482"),
    ("They packed the contracts with WinRAR.", "T1560.001"),
    ("The burglars planted a web shell in the login page.", "T1505.003"),
    ("Her phone was bombarded: the thieves flooded her with push notifications.", "T1621"),
    ("One password was tried against 900 accounts.", "T1110.003"),
    ("The implant recorded keystrokes.", "T1056.001"),
    ("The implant took a screenshot each minute.", "T1113"),
    ("The thieves created a forwarding rule in his mailbox.", "T1114.003"),
    ("The gang encrypted the clinic's servers.", "T1486"),
    ("The intruder dumped LSASS with a renamed tool.", "T1003.001"),
    ("The dropper created a scheduled task.", "T1053.005"),
    ("The trojan copied itself to the startup folder.", "T1547.001"),
    ("They created two local administrator accounts.", "T1136.001"),
    ("Before noon the thieves had switched off the antivirus.", "T1685"),
    ("Session cookies had been stolen from a laptop.", "T1539"),
    ("The stealer takes passwords stored in the browser.", "T1555.003"),
    ("They copied 90 GB of data to a Dropbox.", "T1567.002"),
    ("From there the crew hopped to the till over RDP.", "T1021.001"),
    ("The thieves registered a new phone for her account.", "T1098.005"),
    ("The clerk opened a booby-trapped attachment.", "T1566.001"),
    ("The implant switched on the microphone.", "T1123"),
    ("The implant filmed the room with the webcam.", "T1125"),
    ("The implant reads the clipboard.", "T1115"),
    ("Die Angreifer verschlüsselten alle Server der Stadt.", "T1486"),
    ("Los atacantes cifraron los servidores del puerto.", "T1486"),
]
NOT_DONE = [
    "Nobody had even tried to inhibit recovery (T1490).",
    "The seller promises a UAC bypass (T1548.002); the copy we tried had no such thing.",
    "There was no sign that anybody had read LSASS (T1003.001).",
    "Encryption (T1486) was the goal.",
    "Techniques considered and discarded\nT1195.002 Compromise Software Supply Chain",
    "| Exfiltration | T1567.002 | not seen in this case |",
    "Persistence: none; a scheduled task (T1053.005) was not found.",
    "Die Täter legten kein Konto an (T1136.001).",
    "Les pirates n'ont pas effacé les clichés instantanés (T1490).",
    "El intruso podría apagar el antivirus (T1562.001).",
    "Alert on vssadmin delete shadows.",
    "- Session hijacking: Stealing session cookies.",
    "The file was removed by the antivirus.",
    "The malware could read the clipboard.",
    "Our admins created a scheduled task.",
    "No local accounts were created.",
    "The gang could have encrypted the servers.",
    "Our testers planted a web shell in the lab.",
    "Make password spraying expensive.",
    "Did they clear the event logs?",
    "The backups survived: no shadow copies were deleted.",
]


def observed(text: str) -> set[str]:
    return {
        id_
        for each in facts(Technique, text)
        if each.role == "observed"
        for id_ in (each.id, each.stated_id)
        if id_
    }


@pytest.mark.parametrize(("text", "id_"), DONE)
def test_a_technique_is_told_as_done(text: str, id_: str) -> None:
    assert id_ in observed(text)


@pytest.mark.parametrize("text", NOT_DONE)
def test_nothing_is_told_as_done(text: str) -> None:
    assert observed(text) == set()
