# SPDX-License-Identifier: Apache-2.0
"""Indicators: every form, and the role each has."""

from __future__ import annotations

import pytest
from tests.read.reading import article, facts

from scc.model.facts import Indicator
from scc.read.indicators.addresses import registered
from scc.read.indicators.patterns import candidates
from scc.read.indicators.refang import Refanged
from scc.read.indicators.wallets import is_bitcoin
from scc.read.phrases import Words

SHA256 = "34c5591a749636853aef4f9b3867560319d78ab530a332575fee88a85287dcfa"


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("C2 at 203.0.114[.]7", "ipv4", "203.0.114.7"),
        ("C2 at 45.9.148(.)108", "ipv4", "45.9.148.108"),
        ("beacon to evil-updates[.]top", "domain", "evil-updates.top"),
        ("beacon to evil-updates [.] top", "domain", "evil-updates.top"),
        ("beacon to evil-updates[dot]top", "domain", "evil-updates.top"),
        ("beacon to evil-updates\\.top", "domain", "evil-updates.top"),
        ("payload at hxxps://evil-updates[.]top/a/b.exe", "url", "https://evil-updates.top/a/b.exe"),
        ("payload at hXXp[:]//evil-updates[.]top[/]x", "url", "http://evil-updates.top/x"),
        ("mail from boss[at]evil-updates[.]top", "email", "boss@evil-updates.top"),
        ("mail from boss (at) evil-updates (dot) top", "email", "boss@evil-updates.top"),
        ("over 2001:db8:85a3::8a2e:370:7334 today", "ipv6", "2001:db8:85a3::8a2e:370:7334"),
        (f"hash {SHA256.upper()} seen", "sha256", SHA256),
        ("import hash: 18ddf28a71089acdbab5038f58044c0a", "imphash", "18ddf28a71089acdbab5038f58044c0a"),
        ("JA3 hash 18ddf28a71089acdbab5038f58044c0a", "ja3", "18ddf28a71089acdbab5038f58044c0a"),
        ("JA4 t13d1516h2_8daaf6152771_b186095e22b6", "ja4", "t13d1516h2_8daaf6152771_b186095e22b6"),
        ("key HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run was set", "registry-key", "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run"),
        ("dropped C:\\Users\\Public\\fef2f.html there", "filepath", "C:\\Users\\Public\\fef2f.html"),
        ("dropped /tmp/.x/kinsing there", "filepath", "/tmp/.x/kinsing"),
        ("ran setup.py then", "filename", "setup.py"),
        ("see readme.md", "filename", "readme.md"),
        ("range 198.51.101.0/24 scanned", "cidr", "198.51.101.0/24"),
        ("announced by AS64496", "asn", "AS64496"),
        ("pay 1BoatSLRHtKNngkdXEeobR76b53LETtpyT now", "cryptocurrency-address", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"),
        ("the package @teale.io/eslint-config is bad", "package", "pkg:npm/@teale.io/eslint-config"),
        ("malicious PyPI package num2words-x spreads", "package", "pkg:pypi/num2words-x"),
        ("the app com.evil.banker.app2 steals", "android-package", "com.evil.banker.app2"),
        ("creates the mutex Global\\Zx81_run", "mutex", "Global\\Zx81_run"),
    ],
)  # fmt: skip
def test_form_is_found(text: str, type_: str, value: str) -> None:
    assert (type_, value) in {(each.type, each.value) for each in candidates(Words(Refanged(text).text))}


@pytest.mark.parametrize(
    "text",
    [
        "255.256.344.1", "11111.1111.1111.1111", "co.uk", "e.g. this and i.e. that", "Inc.The company", "at 12:30:45 today", "myuser @ words. Sentence",
        "1BoatSLRHtKNngkdXEeobR76b53LETtpyX", "std::vector", "node v3.14 and py3.11", "ratio 3:2 or 1:1",
    ],
)  # fmt: skip
def test_lookalike_is_no_candidate(text: str) -> None:
    assert list(candidates(Words(Refanged(text).text))) == []


def test_offsets_lead_back_into_the_stored_text() -> None:
    text = "First hxxp://evil-updates[.]top/x and then 45.9.148[.]108 were seen."
    refanged = Refanged(text)
    found = {
        each.value: text[refanged.back(each.start) : refanged.back(each.end)]
        for each in candidates(Words(refanged.text))
    }
    assert found == {
        "http://evil-updates.top/x": "hxxp://evil-updates[.]top/x",
        "45.9.148.108": "45.9.148[.]108",
    }


def roles(text: str, **more: object) -> dict[str, str]:
    return {each.value: each.role for each in facts(Indicator, text, **more)}


@pytest.mark.parametrize(
    ("text", "value", "role"),
    [
        ("The malware beacons to evil-updates[.]top for commands.", "evil-updates.top", "observed"),
        ("More at https://www.cisa.gov/news-events/alerts for readers.", "https://www.cisa.gov/news-events/alerts", "reference"),
        ("Attackers resolved names over 8.8.8[.]8 as usual.", "8.8.8.8", "benign"),
        ("The malware connects to 127.0.0[.]1 first.", "127.0.0.1", "benign"),
        ("Run `cat /tmp/check.sh` to check your system.", "/tmp/check.sh", "advice"),
        ("Administrators should delete the file helper.dat from each host.", "helper.dat", "advice"),
        ("The attackers dropped the payload winsvc64.dll into the folder.", "winsvc64.dll", "observed"),
        ("The loader starts rundll32.exe and the attackers go on.", "rundll32.exe", "reference"),
        (f"The ransomware sample has the hash {SHA256}.", SHA256, "observed"),
        ("The fix is in commit 86f7e437faa5a7fce15d1ddcb9eaeaea377667b8 of the repository.", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8", "reference"),
    ],
)  # fmt: skip
def test_role(text: str, value: str, role: str) -> None:
    assert roles(text)[value] == role


@pytest.mark.parametrize(
    "text",
    [
        "Update to version 10.2.7.1 at once.",
        "Builds before 21.0.0.182 are affected.",
        "fixed in 1.4.3.2 and later",
        "firmware 7.2.11.0 or earlier",
    ],
)
def test_version_is_no_address(text: str) -> None:
    assert roles(text) == {}


def test_word_after_packages_is_no_package() -> None:
    text = "In a recent incident with npm packages, where attackers phished maintainers, the npm package colour-fast was poisoned."
    assert set(roles(text)) == {"pkg:npm/colour-fast"}


def test_user_agent_ends_where_its_products_end() -> None:
    text = "Indicators of Compromise\n\n- User-Agent Mozilla/4.0 (compatible; MSIE 6.1; Windows NT) 5. CONCLUSION"
    assert "Mozilla/4.0 (compatible; MSIE 6.1; Windows NT)" in roles(text)


def test_section_of_indicators_counts_without_defanging() -> None:
    text = "A report.\n\nIndicators of Compromise\n\n185.220.101.4\nbad-host-771.xyz\nsvch0st.exe\n\nReferences\n\nhttps://other-site-771.net/report"
    found = roles(text)
    assert found["185.220.101.4"] == "observed"
    assert found["bad-host-771.xyz"] == "observed"
    assert found["svch0st.exe"] == "observed"
    assert found["https://other-site-771.net/report"] == "reference"


def test_statement_that_there_are_none_is_honoured() -> None:
    text = "No technical IOCs are associated with this item. Attackers may use evil-updates[.]top or payload.exe in theory."
    assert "observed" not in roles(text).values()


def test_own_pages_of_the_publisher_are_references() -> None:
    found = roles(
        "The malicious site is hxxps://wire-example-news[.]com/story",
        url="https://www.wire-example-news.com/a",
    )
    assert found == {"https://wire-example-news.com/story": "reference"}


def test_observed_network_indicator_is_blocked_for_a_time_and_a_file_is_only_sought() -> None:
    found = {
        each.value: each
        for each in facts(
            Indicator, "The malware beacons to evil-updates[.]top and drops kx9.dll as payload."
        )
    }
    assert (found["evil-updates.top"].action, found["evil-updates.top"].valid_until) == (
        "block",
        "2026-09-08",
    )
    assert (found["kx9.dll"].action, found["kx9.dll"].valid_until) == ("detect", "")


def test_shared_hosting_is_never_blocked() -> None:
    found = facts(
        Indicator,
        "The payload was downloaded from hxxps://raw.githubusercontent[.]com/x9/y/main/z.ps1 by the malware.",
    )
    assert {each.action for each in found if each.type == "url"} == {"detect"}
    assert all(each.action != "block" for each in found)


def test_suffix_list_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("a connection was tried"))
    assert registered("a.b.example.co.uk") == "example.co.uk"
    assert registered("co.uk") == ""


def test_checksum_of_wallets() -> None:
    assert is_bitcoin("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")
    assert not is_bitcoin("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5")


def test_empty_text_gives_nothing_observed() -> None:
    assert roles("") == {}
    assert article("").text == ""
