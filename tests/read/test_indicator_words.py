# SPDX-License-Identifier: Apache-2.0
"""Roles by the words right around a value, lists and their lead-ins, names with spaces, stand-ins."""

from __future__ import annotations

import pytest
from tests.read.reading import facts

from scc.model.facts import Indicator
from scc.read.indicators.file_names import spaced_files
from scc.read.indicators.package_names import packages
from scc.read.indicators.patterns import candidates
from scc.read.indicators.refang import Refanged
from scc.read.phrases import Words

DIGEST = "b4ed39b6852bce329686ec44e2e8e39b1c0be9b7095cec2e1682e6e2ef724c69"


def observed(text: str) -> set[str]:
    return {each.value for each in facts(Indicator, text) if each.role == "observed"}


@pytest.mark.parametrize(
    "text",
    [
        "Indicators of compromise\n\n- See the documentation: https://learn.microsoft.com/en-us/security/kerberoasting\n",
        f"sha256: {'0' * 64}",
        f"sha256 {'deadbeef' * 8} was used by the malware.",
        f"In our examples hxxp://bad[.]site/x.exe and {DIGEST} stand for what you look for.",
        "An earlier version of this post listed 203.0.112[.]52 as a C2 server. That was an error.",
        "The mails lead to sharebox[.]com, a popular file sharing platform.",
        "We split main.rs into parser.rs and dropped legacy.pl.",
        f'malware = scan(access_token="{DIGEST[:40]}")',
        "The shellcode is a payload that uses the Windows library urlmon.dll.",
        f"The implant abuses a flaw that was closed in commit {DIGEST[:40]}.",
    ],
)
def test_what_is_not_observed(text: str) -> None:
    assert observed(text) == set()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"The patched installer has {DIGEST[:40]}; the trojanised malware one has {DIGEST[1:41]}.", DIGEST[1:41]),
        ("The group injected a script from jq-load[.]com into the genuine site of the bar.", "jq-load.com"),
        ("The malware spoke to musicstore.global.ssl.fastly[.]net all day.", "musicstore.global.ssl.fastly.net"),
        (f"The malware:\n\nFile Name | Course 5 – 16 October.zipx\nSHA256 | {DIGEST}\n", DIGEST),
        (f"The malware:\n\nFile Name | Course 5 – 16 October.zipx\nSHA256 | {DIGEST}\n", "Course 5 – 16 October.zipx"),
        ("Packages of PyPI known to be part of this incident:\n\n- loglib-modules\n- pygrata\n", "pkg:pypi/pygrata"),
    ],
)  # fmt: skip
def test_what_is_observed(text: str, value: str) -> None:
    assert value in observed(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Attachment: comprobante de pago, c.a..pdf \nNext", ["comprobante de pago, c.a..pdf"]),
        ("| **Filename** | March Invoice from Seed.eml |", ["March Invoice from Seed.eml"]),
        ("The lure “Bericht über Änderungen.docm” was opened.", ["Bericht über Änderungen.docm"]),
        ("Type `python setup.py install.py` and `rundll32 a.dll b.dll`.", []),
        ("He said “the file was called a.exe”", []),
    ],
)
def test_file_names_with_spaces(text: str, names: list[str]) -> None:
    found = list(spaced_files(Words(text)))
    assert [each[0] for each in found] == names
    assert all(text[start:end] == name for name, start, end in found)


def test_packages_of_a_list_end_with_it_and_need_a_registry() -> None:
    text = "The malicious crates on crates.io were:\n- `faster_log` - Published in May\n- `async_println` - too\n\n- Read this whole sentence.\n"
    assert [each[2] for each in packages(Words(text))] == ["pkg:cargo/faster_log", "pkg:cargo/async_println"]
    assert list(packages(Words("The packages were:\n- first\n- second\n"))) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("8[.]208[.]28[.]247grpx[.]pw", {"8.208.28.247", "grpx.pw"}),
        ("site[.]com/search[.]php", {"site.com/search.php"}),
        (r"%APPDATA%\\Microsoft\Word\Moon.wll", {r"%APPDATA%\Microsoft\Word\Moon.wll"}),
        (r"HKEY\_CURRENT\_USER\Software\Run\x1", {r"HKEY_CURRENT_USER\Software\Run\x1"}),
        ("https://api.telegram.org/bot1:A/send?text={args[1]}", {"https://api.telegram.org/bot1:A/send?text="}),
    ],
)  # fmt: skip
def test_shapes(text: str, found: set[str]) -> None:
    assert {each.value for each in candidates(Words(Refanged(text).text))} == found
