# SPDX-License-Identifier: Apache-2.0
"""Pieces of longer values, honest hosts and names that everybody has are no observed indicators; what stands beside them is."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Indicator

MD5 = "9b40ffe428c251fa9290c96cebe7ec22"
SHA1 = "b525fbe0090152aa48b9e832d1c72bdc48e94461"


def observed(text: str) -> set[str]:
    return {each.value for each in facts(Indicator, text) if each.role == "observed"}


@pytest.mark.parametrize(
    ("text", "false", "true"),
    [
        # The digits in an address without a scheme; a folder that begins with a broken dot.
        (f"Phishing scripts:\n\nbirdnest-mail[.]com/tlc/{MD5}/js/{MD5}.js\n", MD5, f"birdnest-mail.com/tlc/{MD5}/js/{MD5}.js"),
        ("The phishing page is birdnest-mail[.]com/[.]well/a.js today.", "birdnest-mail.com", "birdnest-mail.com/.well/a.js"),
        # A parameter of a request.
        ("The attackers sent the exploit /setup.cgi?next_file=netgear.cfg&cmd=wget to drop shaolin.mips.bin on it.", "netgear.cfg", "shaolin.mips.bin"),
        # Names cut at a blank.
        ("The malicious archive holds a file, Interview questions.txt. The lure Interview questions.txt drops qz77.dll.", "questions.txt", "qz77.dll"),
        ("The malicious shortcuts are Conversations - iOS - Swipe Icons - Zeplin.lnk and qz77.lnk in it.", "Zeplin.lnk", "qz77.lnk"),
        ("The malware drops two ransom notes, qz77.hta and FILES ENCRYPTED.txt on it.", "ENCRYPTED.txt", "qz77.hta"),
        ("The malicious file Электронный читатель резюме.exe drops the loader qz77.dll there.", "резюме.exe", "qz77.dll"),
        ("The attackers dropped %programfiles%\\process hacker\\ and %temp%\\qz77.exe there.", "%programfiles%\\process", "%temp%\\qz77.exe"),
        ("The malware started C:\\Windows\\qz77.exe└──cmd.exe there.", "C:\\Windows\\qz77.exe└──cmd.exe", "C:\\Windows\\qz77.exe"),
        ("The malware writes keys: HKCU\\Software\\QzRat name: HostId key: HKCU\\Software\\QzTwo\\Bot there.", "HKCU\\Software\\QzRat name: HostId key: HKCU\\Software\\QzTwo\\Bot", "HKCU\\Software\\QzRat"),
        ("The malware was here.\n\nFilenameQz_job_offer.pdf.zip\nDescription of the malicious archive", "FilenameQz_job_offer.pdf.zip", ""),
        ("PDF names of the malware campaign:\n\nPDF file names\n\nAIRPORT EXPANSION, DOHA.pdf Tender qz77.pdf.exe\n", "DOHA.pdf", ""),
        ("The malicious PDF is named Technical and Commercial.pdf and drops qz77.exe there.", "Commercial.pdf", "qz77.exe"),
        ("The malware calls itself a tool such as Discord Server Tool.exe, Galaxy Security Panel.exe or qz77.exe there.", "Panel.exe", "qz77.exe"),
        ("The malicious dropper lies at /Applications/Logic Pro X.app/Contents/MacOS and at /tmp/qz77 there.", "/Applications/Logic", "/tmp/qz77"),
        # Patterns, templates and open brackets are no values; a list of addresses that lost its blanks begins with one.
        ("The payload lies at cdn.discordapp[.]com/attachments/[0-9]{18}/Name.rar or at qz-bad[.]top/a.rar today.", "cdn.discordapp.com/attachments/[0-9]{18}/Name.rar", "qz-bad.top/a.rar"),
        ("The malware makes /tmp/._XXXXXXXX and /tmp/qz77 there.", "/tmp/._XXXXXXXX", "/tmp/qz77"),
        ("The attackers wrote to \\\\10.0.0.1\\admin$\\__[STRING] and to C:\\qz\\qz77.exe there.", "\\\\10.0.0.1\\admin$\\__[STRING", "C:\\qz\\qz77.exe"),
        ("Payloads: hxxps://qz-one[.]top/D6/http://qz-two[.]top/Ox/", "https://qz-one.top/D6/http://qz-two.top/Ox/", "https://qz-one.top/D6/"),
        ('Configuration of the RAT\nVersion: "1.3.0.0"\nC&C: 45.9.148[.]108', "1.3.0.0", "45.9.148.108"),
        # The network of the provider in the row of an address.
        ("C2 | Seen | Netblock\n185.140.53[.]189 | 9/22 | 185.140.53[.]0/24\n", "185.140.53.0/24", "185.140.53.189"),
        # Keys, salts and ids are no digests.
        (f"The malicious installer has Encryption=yes; PasswordHash={SHA1}; and MD5 {MD5} there.", SHA1, MD5),
        (f"The backdoor's configuration:\n\nSerial number\n{MD5}\nSHA1 of the malware: {SHA1}\n", MD5, SHA1),
        # Names that everybody has.
        ("Dropped files of the malware:\n\n- 7z.exe\n- qz77.exe\n", "7z.exe", "qz77.exe"),
        ("The stealer takes cookies.sqlite and logins.json and drops qz77.exe there.", "logins.json", "qz77.exe"),
        ("The attackers built the malware from beacon.cpp and dropped qz77.exe there.", "beacon.cpp", "qz77.exe"),
        ("The attackers run evil.exe or, in this attack, the payload qz77.exe there.", "evil.exe", "qz77.exe"),
        ("The malware adds itself to HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run and to HKCU\\Software\\QzRat on each start.", "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run", "HKCU\\Software\\QzRat"),
        # What the author did himself.
        ("On my machine I first created ~/Downloads/lock_me for the ransomware. The malware dropped /tmp/qz77 there.", "~/Downloads/lock_me", "/tmp/qz77"),
        ("Below is the infrastructure that we used for demonstration purposes:\n\nC2 domain: qz-demo[.]store\n\nThe real C2 was qz-bad[.]store last year.", "qz-demo.store", "qz-bad.store"),
        ("The vulnerable program was setlang.exe from Microsoft Office 2003 with a malicious qz77.dll there.", "setlang.exe", "qz77.dll"),
        ("The attackers ran ~/impacket/examples/wmiexec.py and the malware /tmp/qz77 there.", "~/impacket/examples/wmiexec.py", "/tmp/qz77"),
        # Honest hosts.
        ("The malware loads a picture from the image-hosting site, “joxi[.]net”, then calls the C2 qz-bad[.]top today.", "joxi.net", "qz-bad.top"),
        ("The actor is active on forums such as qz-forums[.]net and owns the C2 server. Later he moved it to qz-bad[.]top today.", "qz-forums.net", "qz-bad.top"),
        ("The C2 at 45.9.148[.]108 can be confirmed online at explorer.emercoin[.]com/nvs/dns today.", "explorer.emercoin.com/nvs/dns", "45.9.148.108"),
        ("The link leads to hxxps://bogota.gov[.]co (a legitimate site) from abroad, else to the phishing page at hxxps://qz-bad[.]top/a today.", "https://bogota.gov.co", "https://qz-bad.top/a"),
        ("For a token the malware calls login.microsoftonline[.]com/common/oauth2/v2.0/token and then qz-bad[.]top/a today.", "login.microsoftonline.com/common/oauth2/v2.0/token", "qz-bad.top/a"),
        ("Web injects from the C2 qz-bad[.]top: GPI set_url https://banking.qz-bank.de GPI", "https://banking.qz-bank.de", "qz-bad.top"),
        ("The phishing address is hxxp://domain_name.xyz/?e=<address>, for instance on qz-bad[.]xyz today.", "http://domain_name.xyz/?e=", "qz-bad.xyz"),
        ("The C2 profile sets the host yourdomain[.]com, the attackers took qz-bad[.]xyz for it.", "yourdomain.com", "qz-bad.xyz"),
    ],
)  # fmt: skip
def test_piece_or_honest_value_is_not_observed(text: str, false: str, true: str) -> None:
    found = observed(text)
    assert false not in found
    assert not true or true in found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # The same shapes where nothing says that they are pieces or honest.
        ("The malware was named Interview_questions.txt.exe by its authors.", "Interview_questions.txt.exe"),
        ("The attackers dropped the RAT report.zip there. Later the C2 sent report.zip back.", "report.zip"),
        ("Malicious networks: the attackers scanned from 45.9.148[.]0/24 all day.", "45.9.148.0/24"),
        (
            "Range of the attackers | Seen\n45.9.148[.]0 - 45.9.148[.]255 | scanned from here\n",
            "45.9.148.0/24",
        ),
        (
            "The payload lies on https://web.archive.org/web/20200101/https://qz-bad[.]top/a.exe today.",
            "https://web.archive.org/web/20200101/https://qz-bad.top/a.exe",
        ),
        (
            "The payload lies on filetransfer[.]io/data/qz77, a legitimate file sharing service.",
            "filetransfer.io/data/qz77",
        ),
        ("The C2 is qz-shop[.]top, a legitimate site that was compromised in May.", "qz-shop.top"),
        (f"C2 key | Key\n{MD5} | Spam attachment of the malware\n", MD5),
        (
            "The malware opens https://qz-bad[.]top/up.jsp?Data=[redacted] all day.",
            "https://qz-bad.top/up.jsp?Data=[redacted",
        ),
        ("The malware drops the folder %appdata%\\qzrat and runs.", "%appdata%\\qzrat"),
    ],
)
def test_whole_value_stays_observed(text: str, value: str) -> None:
    assert value in observed(text)


def test_a_name_of_the_system_outside_its_folder_is_a_mask() -> None:
    text = "The malware drops its payload as {} and runs it."
    for path, role in (
        (r"C:\\Users\\Public\\svchost.exe", "observed"),
        (r"C:\\Windows\\System32\\svchost.exe", "reference"),
        (r"%windir%\\system32\\rundll32.exe", "reference"),
    ):
        found = [
            each.role
            for each in facts(Indicator, text.format(path.replace("\\\\", "\\")))
            if each.type == "filepath"
        ]
        assert found == [role], path
