# SPDX-License-Identifier: Apache-2.0
"""Printed ids of techniques: told as done or only named, by the clause in front of the bracket and by corrections."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Technique


def roles(text: str) -> dict[str, str]:
    return {each.stated_id: each.role for each in facts(Technique, text)}


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("The stealer does not log keys (T1056.001); it records the microphone (T1123).", "T1123"),
        ("LSASS is left alone (T1003.001); the script queries the registry for the hive instead (T1003.002).", "T1003.002"),
        ("We have no evidence of stolen passwords (T1078); all intrusions go back to infected documents (T1566.001).", "T1566.001"),
        ("There is no sign of a flaw (T1190); every outbreak so far began with a poisoned update (T1195.002).", "T1195.002"),
        ("The trojan contains no exploit and hides its files in alternate streams (T1564.004).", "T1564.004"),
        ("Spies are sending harvested mail to a cloud drive (T1567.002).", "T1567.002"),
        ("They are spraying passwords at mail servers (T1110.003).", "T1110.003"),
        ("The rogue extension reads session cookies (T1539) and sends them to a server in Riga.", "T1539"),
        ("The file setup_19.exe is Vidar and takes the wallets of browsers (T1555.003).", "T1555.003"),
        ("The second stage, which has no file on disk, injects itself into explorer.exe (T1055).", "T1055"),
        ("The poisoned installer launches a shell of Windows (T1059.003); its digest is not known.", "T1059.003"),
        ("No alarm rang while the intruders dumped LSASS (T1003.001).", "T1003.001"),
        ("None of the tools noticed that the attackers cleared the logs (T1070.001).", "T1070.001"),
        ("Correction: T1053.005 should read T1547.001. The backdoor writes a Run key.", "T1547.001"),
        ("The loader creates a Run key. Not T1543.003 but T1547.001 is meant.", "T1547.001"),
        ("In the table, read T1021.002 instead of T1021.001. The worm copies itself to shares.", "T1021.002"),
        ("Instead of T1055, please read T1620. The implant loads its code from memory.", "T1620"),
        ("It is T1091, not T1566.001. The worm copies itself to USB sticks.", "T1091"),
    ],
)  # fmt: skip
def test_told_as_done(text: str, done: str) -> None:
    assert [id_ for id_, role in roles(text).items() if role == "observed"] == [done]


@pytest.mark.parametrize(
    "text",
    [
        "The worm does not spread via SMB (T1021.002); it needs a careless user.",
        "There is no proof so far that the loader starts PowerShell (T1059.001).",
        "No payload was dropped (T1105).",
        "Their mail was read by nobody; no password was stolen (T1555.003).",
        "None of the servers was encrypted (T1486).",
        "Neither of the two groups used PowerShell (T1059.001).",
        "So far, not a single mailbox was forwarded (T1114.003).",
        "None of the samples takes screenshots (T1113).",
        "The malware neither logs keys nor takes screenshots (T1113).",
        "The loader never installs a service (T1543.003).",
        "Police deny that the intruders dumped LSASS (T1003.001).",
        "If the implant installs a service (T1543.003), the disk fills up.",
        "Does the malware send browser passwords (T1555.003)?",
        "Attackers can send browser passwords (T1555.003) out of any network.",
        "Our rule fires when malware starts PowerShell (T1059.001).",
        "The malware scanner of the mail server takes a screenshot (T1113) of each attachment.",
        "The red team's implant installs a web shell (T1505.003).",
        "In the novel, the worm copies itself to USB sticks (T1091).",
        "We start PowerShell (T1059.001) with a script of our own.",
        "Erratum: for T1547.001 read T1543.003. The implant could install a service.",
        "Erratum: for T1547.001 read T1543.003. The table now has 41 rows.",
    ],
)
def test_only_named(text: str) -> None:
    found = roles(text)
    assert found
    assert "observed" not in found.values()
