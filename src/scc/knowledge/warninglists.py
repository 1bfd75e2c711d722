# SPDX-License-Identifier: Apache-2.0
"""Whether a value stands on a MISP warning list: known-good hosts, reserved ranges, empty hashes.

The five matchers of the format: hostname, cidr, string, substring, regex. A list is only asked about the
attribute types it names. Lists say that a value is common, not that it is harmless: what follows from a
hit is `read`'s business. All matchers take linear time; regexes are only those without nested repeats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
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


class _Compiled:
    """One list, ready to be asked. Sets of text are built in one go: the largest list has 60,000 addresses."""

    def __init__(self, source: WarningList) -> None:
        self.name = source.name
        self.attributes = frozenset(source.attributes)
        self.exact: frozenset[str] = frozenset()
        self.hosts: frozenset[str] = frozenset()
        self.substrings: tuple[str, ...] = ()
        self.patterns: tuple[re.Pattern[str], ...] = ()
        self.networks: dict[tuple[int, int], set[int]] = {}
        if source.type == "cidr":
            # A single IPv4 address has one written form, so it needs no parsing.
            self.exact = frozenset(each for each in source.values if "/" not in each and ":" not in each)
            for each in source.values:
                if each not in self.exact and (network := _network(each.lower())) is not None:
                    self.networks.setdefault(network[:2], set()).add(network[2])
            return
        values = [each.lower() for each in source.values]
        if source.type == "hostname":
            self.hosts = frozenset(each.strip(".") for each in values)
        elif source.type == "substring":
            self.substrings = tuple(values)
        elif source.type == "regex":
            found = (_pattern(each) for each in source.values)
            self.patterns = tuple(each for each in found if each is not None)
        else:
            # Lists of vendors write ".example.com" in string lists for "this domain and all below".
            self.hosts = frozenset(each[1:] for each in values if each.startswith("."))
            self.exact = frozenset(each for each in values if not each.startswith("."))

    def holds(self, text: str, host: str, parents: tuple[str, ...], network: _Network | None) -> bool:
        """Whether the value stands on the list; `parents` are the host and the domains above it."""
        if text in self.exact or (host and host in self.exact):
            return True
        if self.hosts and not self.hosts.isdisjoint(parents):
            return True
        if network is not None and self._contains(network):
            return True
        if any(each in text for each in self.substrings):
            return True
        return any(each.search(text[:_PATTERN_LONGEST]) for each in self.patterns)

    def _contains(self, network: _Network) -> bool:
        version, bits, number = network
        width = 32 if version == 4 else 128
        return any(
            other == version and length <= bits and (number >> (width - length) << (width - length)) in held
            for (other, length), held in self.networks.items()
        )


class Matcher:
    """All lists of a section."""

    def __init__(self, lists: Iterable[WarningList]) -> None:
        self._lists = tuple(_Compiled(each) for each in lists)

    def match(self, type_: str, value: str) -> tuple[str, ...]:
        """Names of the lists that hold the value, sorted. `type_` is an indicator type; unknown types match none."""
        asked = frozenset(_ATTRIBUTES.get(type_, ()))
        text = value.strip().lower()[:_LONGEST]
        if not asked or not text:
            return ()
        host = _host(type_, text)
        address = type_ in ("ipv4", "ipv6", "cidr") or host[-1:].isdigit() or ":" in host
        network = _network(host or text) if address else None
        if network is not None:
            # The address in a URL is asked about as an address.
            asked = asked | set(_ATTRIBUTES["ipv4"])
        labels = host.split(".")
        parents = tuple(".".join(labels[index:]) for index in range(len(labels))) if host else ()
        found = {
            each.name
            for each in self._lists
            if not asked.isdisjoint(each.attributes) and each.holds(text, host, parents, network)
        }
        return tuple(sorted(found))


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


def sections(type_: str, value: str) -> tuple[str, ...]:
    """Names of the sections of the pack whose lists may hold an indicator of this type."""
    if type_ in ("ipv4", "ipv6", "cidr"):
        return ("warnings-networks",)
    if type_ in ("md5", "sha1", "sha256", "sha512"):
        return ("warnings-hashes",)
    if type_ in ("domain", "email"):
        return ("warnings-hosts",)
    if type_ == "url":
        return ("warnings-networks",) if is_address(value) else ("warnings-hosts",)
    return ()
