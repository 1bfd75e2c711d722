# SPDX-License-Identifier: Apache-2.0
"""Ranges of IPv4 addresses written with their ends ("192.0.2.0-192.0.2.63"), as the networks that make them up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, summarize_address_range
from typing import Final

from scc.read.sought import found_at

_IP: Final = r"(?:\d{1,3}\.){3}\d{1,3}"
_RANGE: Final = re.compile(
    rf"(?<![\w.@/-])(?P<low>{_IP})(?: ?[-–—] ?| (?P<word>to|through) )(?P<high>{_IP})(?![\w@-]|\.\w|/\w)"
)
_FIGURES: Final = re.compile(r"\d+")
_NETWORKS: Final = 16
"""Networks of one range, at most: more are no range that anybody chose."""


def ranges(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """(start, end, networks in CIDR notation) of each range in a refanged text.

    Both ends lie in one /16 ("to" and "through" in one /24, since traffic goes from one address to another as well).
    """
    for each in found_at(_RANGE, _FIGURES, text):
        same = 3 if each["word"] else 2
        if each["low"].split(".")[:same] != each["high"].split(".")[:same]:
            continue
        try:
            low, high = IPv4Address(each["low"]), IPv4Address(each["high"])
        except ValueError:
            continue
        if low < high:
            networks = tuple(str(found) for found in summarize_address_range(low, high))
            if len(networks) <= _NETWORKS:
                yield each.start(), each.end(), networks
