# SPDX-License-Identifier: Apache-2.0
"""Searches for indicators: by type, hosts of addresses, quoted for their dialect."""

from __future__ import annotations

import shlex

from scc.brief.sweeps import MOST, sweeps
from scc.model.briefing import IndicatorShown


def _shown(**values: str) -> list[IndicatorShown]:
    return [
        IndicatorShown(type=type_.replace("_", "-"), value=value, role="observed")
        for type_, value in values.items()
    ]


def _texts(shown: list[IndicatorShown]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in sweeps(shown):
        found.setdefault(each.dialect, []).append(each.text)
    return found


def test_an_address_is_sought_by_its_host() -> None:
    found = _texts(_shown(url="https://user@drop.example.net:8443/a/b?c=1"))
    assert found["posix"] == ["grep -rIF -e drop.example.net /var/log/"]
    assert found["kql"] == ['DeviceNetworkEvents | where RemoteUrl has_any ("drop.example.net")']


def test_an_address_with_numbers_is_sought_as_an_address() -> None:
    found = _texts(_shown(url="http://198.51.100.7/x", ipv6="2001:db8::1"))
    assert found["kql"] == ['DeviceNetworkEvents | where RemoteIP in ("198.51.100.7", "2001:db8::1")']


def test_files_by_hash_and_name() -> None:
    found = _texts(_shown(sha1="AB" * 20, filename="dropper.exe", mutex="Global\\x"))
    assert found["kql"] == [
        f'DeviceFileEvents | where SHA1 in~ ("{"ab" * 20}") or FileName in~ ("dropper.exe")'
    ]
    assert f"sha1 IN ('{'ab' * 20}')" in found["osquery"][0]


def test_registry_keys_without_the_hive() -> None:
    found = _texts([IndicatorShown(type="registry-key", value="HKLM\\SYSTEM\\Drop", role="observed")])
    assert found["kql"] == ['DeviceRegistryEvents | where RegistryKey has_any (@"SYSTEM\\Drop")']


def test_what_cannot_be_sought_gives_no_command() -> None:
    assert sweeps(_shown(mutex="x", asn="AS1", ja3="ab" * 16)) == ()


def test_quotes_stay_inside_their_literal() -> None:
    hostile = """x'; rm -rf / #"y"""
    found = _texts([IndicatorShown(type="domain", value=hostile, role="observed")])
    assert shlex.split(found["posix"][0]) == ["grep", "-rIF", "-e", hostile, "/var/log/"]
    assert found["kql"][0].endswith('has_any (@"x\'; rm -rf / #""y")')


def test_a_command_has_a_bound() -> None:
    shown = [IndicatorShown(type="domain", value=f"h{n}.example.net", role="observed") for n in range(50)]
    assert shlex.split(_texts(shown)["posix"][0]).count("-e") == MOST
