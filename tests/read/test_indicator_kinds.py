# SPDX-License-Identifier: Apache-2.0
"""Every kind of indicator: one that attackers used is observed, one that looks alike is not; action and validity by kind."""

from __future__ import annotations

import hashlib

import pytest
from tests.read.reading import facts

from scc.model.facts import Indicator
from scc.read.indicators.patterns import candidates
from scc.read.indicators.wallets import is_bitcoin, is_ethereum, is_monero

MD5, SHA1 = hashlib.md5(b"kinds").hexdigest(), hashlib.sha1(b"kinds").hexdigest()
SHA256, SHA512 = hashlib.sha256(b"kinds").hexdigest(), hashlib.sha512(b"kinds").hexdigest()
WALLET = "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"
LIST = "A report.\n\nIndicators of Compromise\n\n"


def observed(text: str) -> set[tuple[str, str]]:
    return {(each.type, each.value) for each in facts(Indicator, text) if each.role == "observed"}


@pytest.mark.parametrize(
    ("type_", "value", "text"),
    [
        ("ipv4", "45.9.148.108", "The implant beacons to 45.9.148[.]108 every hour."),
        ("ipv6", "2a0b:4340:a1::77:9", "The C2 server at 2a0b:4340:a1::77:9 answered the malware."),
        ("cidr", "45.9.148.0/24", "Attacks originated from 45.9.148[.]0/24 all week."),
        ("domain", "cdn-sync77.top", "The loader resolves cdn-sync77[.]top first."),
        ("url", "https://cdn-sync77.top/a/b.bin", "It fetches hxxps://cdn-sync77[.]top/a/b.bin next."),
        ("email", "billing@cdn-sync77.top", "The lures were sent from billing@cdn-sync77[.]top to staff."),
        ("md5", MD5, f"The malware sample has the MD5 {MD5}."),
        ("sha1", SHA1, f"The malware sample has the SHA-1 {SHA1}."),
        ("sha256", SHA256, f"The malware sample has the SHA-256 {SHA256}."),
        ("sha512", SHA512, f"The malware sample has the SHA-512 {SHA512}."),
        ("ssdeep", "3072:AbCdEfGh1234/+kLmNoPqRsTu:AbCdEfGh12/kLm", LIST + "ssdeep: 3072:AbCdEfGh1234/+kLmNoPqRsTu:AbCdEfGh12/kLm\n"),
        ("imphash", MD5, LIST + f"Imphash: {MD5}\n"),
        ("ja3", MD5, LIST + f"JA3: {MD5}\n"),
        ("ja4", "t13d1516h2_8daaf6152771_b186095e22b6", LIST + "JA4: t13d1516h2_8daaf6152771_b186095e22b6\n"),
        ("filename", "winsvc64.dll", "The attackers dropped the payload winsvc64.dll into the folder."),
        ("filepath", r"C:\ProgramData\Sync\winsvc64.dll", r"The payload was dropped at C:\ProgramData\Sync\winsvc64.dll by the loader."),
        ("filepath", "/tmp/.x11/kinit2", "The backdoor is stored as /tmp/.x11/kinit2 on disk."),
        ("registry-key", r"HKCU\Software\SyncSvc77", r"The malware keeps its settings in HKCU\Software\SyncSvc77 for persistence."),
        ("mutex", r"Global\Zx81_run", r"The malware creates the mutex Global\Zx81_run at start."),
        ("cryptocurrency-address", WALLET, f"The ransom is to be paid to {WALLET} by the victims of the malware."),
        ("user-agent", "Mozilla/4.0 (compatible; Sync 7)", LIST + "User agent: Mozilla/4.0 (compatible; Sync 7)\n"),
        ("package", "pkg:npm/colour-fast9", "The malicious npm package colour-fast9 steals tokens."),
        ("android-package", "com.bank.update77.loader", LIST + "com.bank.update77.loader\n"),
        ("account", "svc_x77", "The intruders created a local account named `svc_x77`."),
    ],
)  # fmt: skip
def test_used_by_attackers(type_: str, value: str, text: str) -> None:
    assert (type_, value) in observed(text)


@pytest.mark.parametrize(
    "text",
    [
        "The malware needs version 45.9.148.108 of the agent.",
        "The malware talks to 10.0.0[.]7 and 127.0.0[.]1 only.",
        "The malware fetches hxxp://127.0.0[.]1:4445/update from itself.",
        "At 12:30:45 the attackers wrote std::vector and 2001::gone.",
        "The backdoor was found by the team behind https://research.example.org/blog today.",
        "Write to abuse@cdn-provider77.com about the malware.",
        f"The malware fix is in commit {SHA1} of the repository.",
        f"The installer is clean: verify the checksum {SHA256} of the malware scanner.",
        f"The malware decrypts it with the 128-bit key: {MD5} and goes on.",
        f"The dump of the attackers holds NTHash: {MD5} and more.",
        f"The malware calls /gate/{MD5}/?id=7 on its server.",
        "The malware starts powershell.exe and rundll32.exe.",
        "The stealer needs sqlite3.dll, nss3.dll and vcruntime140.dll.",
        "The malware will not run if ollydbg.exe, mytool77.exe or wireshark.exe is running.",
        "The attackers copied it into the C:\\ProgramData folder and C:\\Users\\Public for persistence.",
        "The loader writes to C:\\Users\\<user>\\AppData and goes on.",
        "The malware reads HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion for the name.",
        "The attackers got the access of GrantedAccess at C:\\Windows\\SYSTEM32\\ntdll.dll+9fc24 with the malware.",
        "The malware is detected as Trojan.Win64.Cobalt.be and Backdoor.Win32.HYPERBRO.ENC today.",
        "The malware takes a mutex to run once.",
        "The ransom goes to 1BoatSLRHtKNngkdXEeobR76b53LETtpyX, say the victims of the malware.",
        "The malware was announced by AS64496 and AS 13335 in the log.",
        "Downstream projects depend on the npm package colour-fast9 that the malware reached.",
        "The class org.apache.commons.text was used by the malware.",
        "Cloud storage services such as mega-share77.com and file-drop.io are used by the attackers of the malware.",
        "The exploit sends /setup.cgi?next=1 to the router of the victims of the malware.",
        "The C2 servers of the malware use dynhost77.net and dynhost78.com subdomains.",
    ],
)
def test_lookalike_is_not_observed(text: str) -> None:
    assert observed(text) == set()


def test_action_and_validity_by_kind() -> None:
    text = f"The malware beacons to cdn-sync77[.]top and 45.9.148[.]108, mails from a@cdn-sync77[.]top, drops kx9.dll ({SHA256}) and fetches hxxps://cdn-sync77[.]top/x.bin."
    found = {each.type: each for each in facts(Indicator, text)}
    assert {kind: each.valid_until for kind, each in found.items()} == {
        "domain": "2026-09-08", "ipv4": "2026-07-10", "email": "2026-12-07", "filename": "", "sha256": "", "url": "2026-08-09",
    }  # fmt: skip
    assert {kind for kind, each in found.items() if each.action == "detect"} == {"filename"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The malware gets hxxps://cdn.discordapp[.]com/attachments/1/2/a.exe first.", "https://cdn.discordapp.com/attachments/1/2/a.exe"),
        ("The malware gets hxxps://raw.githubusercontent[.]com/x9/y/main/a.ps1 first.", "https://raw.githubusercontent.com/x9/y/main/a.ps1"),
    ],
)  # fmt: skip
def test_shared_hosting_is_never_blocked(text: str, value: str) -> None:
    found = {each.value: each for each in facts(Indicator, text)}[value]
    assert (found.role, found.action) == ("observed", "detect")


def test_victims_and_authorities_are_never_blocked() -> None:
    text = "The spoofed sender is notices@finance[.]gov.co and the compromised website shop-victim77[.]com was hacked."
    assert {each.action for each in facts(Indicator, text)} == {"none"}


def test_tables_and_appendices_count() -> None:
    text = f"A report.\n\nAppendix A: Indicators\n\n| Type | Value |\n| domain | cdn-sync77.top |\n| SHA-256 | {SHA256} |\n"
    assert observed(text) == {("domain", "cdn-sync77.top"), ("sha256", SHA256)}


def test_traces_to_be_reported_count_though_the_sentence_instructs() -> None:
    text = f"Required actions\n\n3. Agencies shall report the existence of any of the following:\n\n a. [sync.core.dll] with a file hash of [{MD5}]\n\n b. [C:\\WINDOWS\\SysWOW64\\syncsvc77.dll]\n"
    assert observed(text) == {
        ("filename", "sync.core.dll"),
        ("md5", MD5),
        ("filepath", r"C:\WINDOWS\SysWOW64\syncsvc77.dll"),
    }
    other = "Required actions\n\n3. Agencies shall run the following:\n\n a. [sync.core.dll]\n"
    assert observed(other) == set()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("C2: 8[.]208[.]28[.]47grpxmq77[.]pw here.", {"8.208.28.47", "grpxmq77.pw"}),
        ("C2: 94.93.201[.]88jour77[.]orgNexeon Ltd.", {"94.93.201.88", "jour77.org"}),
        ("C2: c4.i.guide77[.]comrm3a.r.pills77[.]ws here.", set()),
        ("C2: api.net77[.]com and login[.]commerce77[.]com here.", {"api.net77.com", "login.commerce77.com"}),
        ("C2: hxxps://sync ser77[.]top/x here.", {"https://syncser77.top/x"}),
        ("C2: hxxp :// sync77[.]top/x here.", {"http://sync77.top/x"}),
        ("C2: hxxps: //sync77[.]top/x here.", {"https://sync77.top/x"}),
        ("C2: hxxps://sync-\nser77[.]top/x here.", {"https://sync-ser77.top/x"}),
        ("C2: hxxps://sync77[.]\ntop/x here.", {"https://sync77.top/x"}),
        ("C2: us\u2010sync\u201077[.]top here.", {"us-sync-77.top"}),
        ("C2: hxxps://sync77[.]top/a.msiSHA-256 here.", {"https://sync77.top/a.msi"}),
        (f"C2: {SHA1}ruthy.sync77[.]top here.", set()),
        ("The attackers say hxxps://localhost sync77[.]top here.", {"sync77.top"}),
    ],
)  # fmt: skip
def test_broken_tables_and_broken_addresses(text: str, values: set[str]) -> None:
    assert {value for _, value in observed(text)} == values


def test_list_of_fingerprints_is_no_list_of_files() -> None:
    text = f"Well known JA3 fingerprints of malware are:\n\nLoader: {MD5}\nOther: {SHA256[:32]}\n"
    assert {each.type for each in candidates(text)} == {"ja3"}


def test_checksums_of_wallets() -> None:
    assert is_bitcoin("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")
    assert not is_bitcoin("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5")
    # EIP-55 gives these as examples.
    assert is_ethereum("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")
    assert is_ethereum("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")
    assert not is_ethereum("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD")
    # The address of Monero's general fund.
    fund = "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A"
    assert is_monero(fund)
    assert not is_monero(fund[:-1] + "B")
