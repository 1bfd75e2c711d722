# SPDX-License-Identifier: Apache-2.0
"""Accounts as indicators: an attacker's are observed and only sought, everybody else's never are."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.accounts import ACCOUNTS, place_of
from scc.model.facts import Indicator
from scc.read.indicators.account_patterns import is_tox, profile


def accounts(text: str) -> dict[str, Indicator]:
    return {each.value: each for each in facts(Indicator, text) if each.type == "account"}


def tox_id(seed: int) -> str:
    """A Tox id whose checksum holds."""
    raw = bytes((seed * 37 + number * 11) % 256 for number in range(36))
    check = [0, 0]
    for number, byte in enumerate(raw):
        check[number % 2] ^= byte
    return (raw + bytes(check)).hex()


@pytest.mark.parametrize(
    ("text", "value", "place"),
    [
        ("The attackers ran the attacker-controlled Telegram channel @leakdrop_77 to sell the data.", "leakdrop_77", "telegram"),
        ("The threat actor, who goes by the handle IntelDrop9 on the forum, posted 3 TB of data.", "IntelDrop9", "forum"),
        ("The malware sends the stolen data to the Telegram bot @exfil_zbot of the attackers.", "exfil_zbot", "telegram"),
        ("The malicious Twitter account @drop_relay7 handed out the address of the server.", "drop_relay7", "twitter"),
        ("After gaining access, the intruders created a local administrator account named svc_backup2 on each server.", "svc_backup2", "windows-local"),
        ("The ransomware creates a user account called `helpadm` and adds it to the Administrators group.", "helpadm", "system"),
        ("An account named “nwuser” was created by one of the Cobalt Strike Beacons.", "nwuser", "system"),
        ("The attackers executed net user hlp_desk P@ssw0rd! /add on the server.", "hlp_desk", "windows-local"),
        ("On the Linux server the attackers added a user named sysupd8 over SSH.", "sysupd8", "unix"),
        ("All malicious packages were published by the npm user mw-dropper9.", "mw-dropper9", "npm"),
        ("The malicious GitHub account `payload-host` hosted the loader.", "payload-host", "github"),
        ("The ransom note tells victims to contact the operators on Jabber: lockcrew@exploit.im", "lockcrew@exploit.im", "xmpp"),
        ("Victims are directed to xmpp:crew77@xmpp[.]jp to negotiate the ransom.", "crew77@xmpp.jp", "xmpp"),
        (f"The ransom note asks victims to use the Tox ID {tox_id(3)} of the gang.", tox_id(3), "tox"),
        ("Stolen files were sent to the channel hxxps://t[.]me/dropzone_x71 by the malware.", "dropzone_x71", "telegram"),
        ("The attackers then registered a malicious application with the application ID 7f1c2b0e-5a77-4e0f-9d0e-0a1b2c3d4e5f in the tenant.",
         "7f1c2b0e-5a77-4e0f-9d0e-0a1b2c3d4e5f", "azure-application"),
        ("Data was copied to the attacker-controlled AWS account 123456789012.", "123456789012", "aws-account"),
        ("The attacker created the access key AKIAQ3EGVU5EXZ7A2B4C for the new user.", "AKIAQ3EGVU5EXZ7A2B4C", "aws-key"),
        ("A report.\n\nIndicators of Compromise\n\n- Username: VoVcHiZ9\n- Telegram: @grp_77x\n", "grp_77x", "telegram"),
        ("The threat actors created the domain accounts named `adm_x1`, `adm_x2` and `svc_old9`.", "svc_old9", "windows-domain"),
    ],
)  # fmt: skip
def test_account_of_the_attacker_is_sought_and_not_blocked(text: str, value: str, place: str) -> None:
    found = accounts(text)[value]
    assert (found.role, found.action, found.note) == ("observed", "detect", ACCOUNTS[place])


def test_publisher_of_an_observed_package_is_observed() -> None:
    text = "The malicious PyPI package colourfast-x steals wallets.\n\n- 2026-01-02 PyPI user DropNine9 creates project colourfast-x"
    assert accounts(text)["DropNine9"].role == "observed"
    hijacked = text + "\n\nThe account of the maintainer was compromised by phishing."
    assert accounts(hijacked)["DropNine9"].role == "reference"


@pytest.mark.parametrize(
    "text",
    [
        "Follow us on X @vendorsec and on Telegram @vendornews for more on malware.",
        "We want to thank GitHub user @helpful-one for identifying the malicious crate.",
        "Researcher @finder_intel on Twitter said the malware was a loader.",
        "The malicious package was reported by the PyPI user finder_77.",
        "By malware analyst Jo Miller (@jmiller on X).",
        "See the malware samples in our GitHub repository https://github.com/vendor/iocs.",
        "The attackers compromised the npm account of the maintainer qix_9 by phishing.",
        "The attackers used the compromised domain account svc_sql01 to move laterally.",
        "The attackers impersonated the support account @VendorHelp on Twitter.",
        "We created a decoy account named lure_77 and the attackers logged in to it.",
        "Administrators should disable the local account named helpadm2 if the malware is present.",
        "Create a user account named `backup_ro` with read permission before the malware scan.",
        "The ransomware needs a user named root and the account named administrator.",
        "The attackers created an account named guest.",
        "The malware uses the application ID 04b07795-8ddb-461a-bbee-02f9e1bf7b46 in device code phishing.",
        "The attackers found the access key AKIAIOSFODNN7EXAMPLE.",
        "The attackers abused the leaked access key AKIAQ3EGVU5EXZ7A2B4C of the victim.",
        "For questions on the ransomware contact me on Jabber: me@jabber.org",
        "Attackers exploited the flaw in accounts_controller and the user_id parameter of admin_ajax.",
        "T1136.001 Create Account: Local Account. The malware does so.",
        "T1033System Owner/User DiscoveryModPipe gathers the user name; the malware creates it.",
        'alert tcp (msg:"MALWARE creates"; content:"|3C|br|3E|User Name|3A|"; flow:to_server;)',
    ],
)
def test_account_of_anybody_else_is_never_observed(text: str) -> None:
    assert "observed" not in {each.role for each in accounts(text).values()}


def test_no_indicators_stated_holds_for_accounts() -> None:
    text = "No indicators of compromise are given. The attackers created an account named `svc_x99`."
    assert {each.role for each in accounts(text).values()} <= {"reference"}


def test_taken_account_is_the_victims() -> None:
    assert (
        accounts("The attackers used the compromised domain account svc_sql01.")["svc_sql01"].role == "victim"
    )


def test_jabber_address_is_no_mail_address_too() -> None:
    found = facts(Indicator, "The ransom note of the gang names Jabber: lockcrew@exploit.im")
    assert [each.type for each in found] == ["account"]


def test_pages_of_accounts() -> None:
    assert profile("https://t.me/s/some_channel") == ("telegram", "some_channel")
    assert profile("https://www.npmjs.com/~drop9") == ("npm", "drop9")
    assert profile("https://github.com/owner/project") is None
    assert profile("https://twitter.com/home") is None


def test_tox_checksum() -> None:
    good = tox_id(5)
    assert is_tox(good)
    assert not is_tox(good[:-1] + ("0" if good[-1] != "0" else "1"))


def test_note_names_the_place() -> None:
    assert place_of(ACCOUNTS["github"]) == "github"
    assert place_of(f"{ACCOUNTS['unix']}; seen in May") == "unix"
    assert place_of("GitHub accounts are many") == ""
