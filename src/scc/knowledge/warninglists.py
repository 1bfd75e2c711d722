# SPDX-License-Identifier: Apache-2.0
"""Whether a value stands on a MISP warning list: known-good hosts, reserved ranges, empty hashes.

The five matchers of the format: hostname, cidr, string, substring, regex. A list is only asked about the
attribute types it names. Lists say that a value is common, not that it is harmless: what follows from a
hit is `read`'s business. All matchers take linear time; regexes are only those without nested repeats.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from scc.knowledge.pack import WarningList

_ATTRIBUTES: Final[dict[str, tuple[str, ...]]] = {
    "ipv4": ("ip-src", "ip-dst"),
    "ipv6": ("ip-src", "ip-dst"),
    "cidr": ("ip-src", "ip-dst"),
    "domain": ("domain", "hostname"),
    "url": ("url", "uri", "domain", "hostname"),
    "email": ("email-src", "email-dst", "target-email"),
    "md5": ("md5",),
    "sha1": ("sha1",),
    "sha256": ("sha256",),
    "sha512": ("sha512",),
}
"""Indicator types of `model.facts` to the attribute types of MISP."""

_LONGEST: Final = 4096
_PATTERN_LONGEST: Final = 320
"""Characters a regex sees: the longest mail address (RFC 5321) fits."""
_Network = tuple[int, int, int]


class Matcher:
    """All warning lists, indexed on first use of each kind."""

    def __init__(self, lists: Iterable[WarningList]) -> None:
        self._exact: dict[str, list[WarningList]] = {}
        self._hosts: dict[str, list[WarningList]] = {}
        self._substrings: list[tuple[str, WarningList]] = []
        self._patterns: list[tuple[re.Pattern[str], WarningList]] = []
        self._addresses: dict[str, list[WarningList]] = {}
        self._networks: dict[tuple[int, int], dict[int, list[WarningList]]] = {}
        for each in lists:
            for value in each.values:
                self._add(each, value)

    def _add(self, list_: WarningList, value: str) -> None:
        text = value.lower()
        if list_.type == "cidr":
            if "/" not in text and ":" not in text:
                # A single IPv4 address: its text is its only form, so it needs no parsing.
                self._addresses.setdefault(text, []).append(list_)
                return
            network = _network(text)
            if network is not None:
                version, bits, number = network
                self._networks.setdefault((version, bits), {}).setdefault(number, []).append(list_)
        elif list_.type == "hostname":
            self._hosts.setdefault(text.strip("."), []).append(list_)
        elif list_.type == "substring":
            self._substrings.append((text, list_))
        elif list_.type == "regex":
            pattern = _pattern(value)
            if pattern is not None:
                self._patterns.append((pattern, list_))
        elif text.startswith("."):
            # Lists of vendors write ".example.com" in string lists for "this domain and all below".
            self._hosts.setdefault(text[1:], []).append(list_)
        else:
            self._exact.setdefault(text, []).append(list_)

    def match(self, type_: str, value: str) -> tuple[str, ...]:
        """Names of the lists that hold the value, sorted. `type_` is an indicator type; unknown types match none."""
        asked = _ATTRIBUTES.get(type_, ())
        text = value.strip().lower()[:_LONGEST]
        if not asked or not text:
            return ()
        found: set[str] = set()

        def take(lists: Iterable[WarningList]) -> None:
            found.update(each.name for each in lists if any(one in each.attributes for one in asked))

        take(self._exact.get(text, ()))
        host = _host(type_, text)
        if host:
            take(self._exact.get(host, ()))
            labels = host.split(".")
            for index in range(len(labels)):
                take(self._hosts.get(".".join(labels[index:]), ()))
        if type_ in ("ipv4", "ipv6", "cidr") or (host and host[-1:].isdigit()) or ":" in host:
            # The address in a URL is asked about as an address.
            asked = (*asked, *_ATTRIBUTES["ipv4"])
            self._take_networks(host or text, take)
        take(each for part, each in self._substrings if part in text)
        take(each for pattern, each in self._patterns if pattern.search(text[:_PATTERN_LONGEST]))
        return tuple(sorted(found))

    def _take_networks(self, text: str, take: Callable[[Iterable[WarningList]], None]) -> None:
        network = _network(text)
        if network is None:
            return
        take(self._addresses.get(text, ()))
        version, bits, number = network
        width = 32 if version == 4 else 128
        for (other, length), table in self._networks.items():
            if other == version and length <= bits:
                take(table.get(number >> (width - length) << (width - length), ()))


def _host(type_: str, text: str) -> str:
    if type_ == "url":
        try:
            return (urlsplit(text if "://" in text else f"//{text}").hostname or "").rstrip(".")
        except ValueError:
            return ""
    if type_ == "email":
        return text.rpartition("@")[2]
    return text.rstrip(".") if type_ == "domain" else ""


def _network(text: str) -> _Network | None:
    """(IP version, prefix length, first address as a number), None if it is no address."""
    try:
        if "/" not in text:
            address: IPv4Address | IPv6Address = ip_address(text)
            return address.version, address.max_prefixlen, int(address)
        network: IPv4Network | IPv6Network = ip_network(text, strict=False)
        return network.version, network.prefixlen, int(network.network_address)
    except ValueError:
        return None


def _pattern(value: str) -> re.Pattern[str] | None:
    """A PHP-style "/.../i" as a Python pattern; None if it cannot be had or repeats a repeat."""
    body = value
    flags = re.IGNORECASE
    if value.startswith("/") and value.rfind("/") > 0:
        body = value[1 : value.rfind("/")]
    if re.search(r"[*+}]\)[*+{]", body) or len(re.findall(r"[*+]", body)) > 3:
        return None
    try:
        return re.compile(body.replace(r"\@", "@"), flags)
    except re.error:
        return None


def is_address(url: str) -> bool:
    """Whether the host of a URL is an IP address."""
    return _network(_host("url", url.strip().lower()[:_LONGEST]) or "-") is not None
