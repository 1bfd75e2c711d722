# SPDX-License-Identifier: Apache-2.0
"""Searches for observed indicators: commands for a Linux host, osquery and Microsoft Defender advanced hunting.

Built from validated values by type, quoted for the dialect; nothing is executed. A name server or proxy log holds the
host and not the whole address, so a URL is sought by its host.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import Final

from scc.model.accounts import place_of
from scc.model.briefing import IndicatorShown
from scc.model.plan import Command

MOST: Final = 20
"""Values in one command."""
_HASHES: Final = (("sha256", "SHA256"), ("sha1", "SHA1"), ("md5", "MD5"))
"""Indicator type, also the column of osquery's `hash` table, and the column of Defender's DeviceFileEvents."""
_HOST: Final = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]{1,15}://(?:[^/@\s]{1,100}@)?(\[[0-9A-Fa-f:]+\]|[^/:?#\s]{1,253})"
)


def sweeps(indicators: Sequence[IndicatorShown]) -> tuple[Command, ...]:
    """Read-only searches for the given indicators, at most 20 values a command; empty for none that can be sought."""
    hosts, addresses = _network(indicators)
    commands: list[Command] = []
    if sought := [*hosts, *addresses][:MOST]:
        patterns = " ".join(f"-e {shlex.quote(each)}" for each in sought)
        commands.append(
            _command(
                f"grep -rIF {patterns} /var/log/",
                "posix",
                "root",
                "search exported DNS, proxy and mail logs on a Linux host for observed hosts",
            )
        )
        parts = []
        if hosts:
            parts.append(f"RemoteUrl has_any ({_quoted(hosts)})")
        if addresses:
            parts.append(f"RemoteIP in ({_quoted(addresses)})")
        commands.append(
            _command(
                f"DeviceNetworkEvents | where {' or '.join(parts)}",
                "kql",
                "reader",
                "the same in Microsoft Defender advanced hunting",
            )
        )
    if senders := _values(indicators, "email"):
        commands.append(
            _command(
                f"EmailEvents | where SenderFromAddress in~ ({_quoted(senders)})",
                "kql",
                "reader",
                "mail from observed senders, in Microsoft Defender advanced hunting",
            )
        )
    files = []
    for type_, column in _HASHES:
        if values := [each.lower() for each in _values(indicators, type_) if each.isalnum()]:
            files.append(f"{column} in~ ({_quoted(values)})")
    if names := [each for each in _values(indicators, "filename") if not re.search(r"[\\/]", each)]:
        files.append(f"FileName in~ ({_quoted(names)})")
    if files:
        commands.append(
            _command(
                f"DeviceFileEvents | where {' or '.join(files)}",
                "kql",
                "reader",
                "observed files, in Microsoft Defender advanced hunting",
            )
        )
    if keys := _values(indicators, "registry-key"):
        commands.append(
            _command(
                f"DeviceRegistryEvents | where RegistryKey has_any ({_quoted(_tails(keys))})",
                "kql",
                "reader",
                "observed registry keys, in Microsoft Defender advanced hunting",
            )
        )
    commands.extend(_accounts(indicators))
    commands.extend(_osquery(indicators))
    return tuple(commands)


def _accounts(indicators: Sequence[IndicatorShown]) -> list[Command]:
    """Accounts that were made on a system; those of services are sought by nobody's own logs."""
    made = [each for each in indicators if each.type == "account"]
    windows = [each for each in made if place_of(each.note) in ("windows-local", "windows-domain", "system")]
    unix = [each for each in made if place_of(each.note) in ("unix", "system")]
    commands = []
    if names := _values(windows, "account"):
        commands.append(
            _command(
                f'DeviceEvents | where ActionType == "UserAccountCreated" and AccountName in~ ({_quoted(names)})',
                "kql",
                "reader",
                "accounts that the attackers made, in Microsoft Defender advanced hunting",
            )
        )
    if names := _values(unix, "account"):
        commands.append(
            _command(
                f"getent passwd {' '.join(shlex.quote(each) for each in names)}",
                "posix",
                "user",
                "the same on a Linux host: prints those that exist",
            )
        )
    return commands


def _osquery(indicators: Sequence[IndicatorShown]) -> list[Command]:
    for column, _ in _HASHES:
        values = [each.lower() for each in _values(indicators, column) if each.isalnum()]
        if values:
            listed = ", ".join(f"'{each}'" for each in values)
            return [
                _command(
                    f"SELECT path, {column} FROM hash WHERE directory IN ('/tmp', '/usr/local/bin') "
                    f"AND {column} IN ({listed});",
                    "osquery",
                    "root",
                    "search common drop folders for observed files; adapt the folders",
                )
            ]
    return []


def _network(indicators: Sequence[IndicatorShown]) -> tuple[list[str], list[str]]:
    """(hosts, addresses) to seek, each once, in the order given."""
    hosts: dict[str, None] = {}
    addresses: dict[str, None] = {}
    for each in indicators:
        if each.type in ("ipv4", "ipv6"):
            addresses[each.value] = None
        elif each.type == "domain":
            hosts[each.value] = None
        elif each.type == "url" and (found := _HOST.match(each.value)):
            host = found[1].strip("[]").lower()
            (addresses if re.fullmatch(r"[0-9.]+|[0-9a-f:]*:[0-9a-f:.]*", host) else hosts)[host] = None
    return list(hosts)[:MOST], list(addresses)[:MOST]


def _values(indicators: Sequence[IndicatorShown], type_: str) -> list[str]:
    return list(dict.fromkeys(each.value for each in indicators if each.type == type_))[:MOST]


def _tails(keys: Sequence[str]) -> list[str]:
    """Keys without their hive: its name is written in several ways."""
    return list(dict.fromkeys(re.sub(r"^[^\\]{2,30}\\", "", each) for each in keys))


def _quoted(values: Sequence[str]) -> str:
    """Values as verbatim string literals of KQL (a quotation mark is doubled, a backslash stands for itself)."""
    return ", ".join(
        '@"' + each.replace('"', '""') + '"' if "\\" in each or '"' in each else f'"{each}"'
        for each in values
    )


def _command(text: str, dialect: str, privileges: str, purpose: str) -> Command:
    return Command(text=text, dialect=dialect, privileges=privileges, purpose=purpose)  # type: ignore[arg-type]
