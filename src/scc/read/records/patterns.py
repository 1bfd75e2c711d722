# SPDX-License-Identifier: Apache-2.0
"""Typed indicator values out of records: type names of MISP, STIX and lists to ours, values normalised."""

from __future__ import annotations

import ipaddress
import re
from typing import Final

from scc.model.facts import IndicatorType

_TYPES: Final[dict[str, IndicatorType]] = {
    "ip-src": "ipv4", "ip-dst": "ipv4", "ipaddress": "ipv4", "ip": "ipv4", "ipv4-addr": "ipv4", "ipv6-addr": "ipv6",
    "domain": "domain", "hostname": "domain", "domain-name": "domain", "url": "url", "uri": "url", "link": "url",
    "email": "email", "email-src": "email", "emailsender": "email", "email-addr": "email",
    "md5": "md5", "sha1": "sha1", "sha-1": "sha1", "sha256": "sha256", "sha-256": "sha256", "sha512": "sha512",
    "sha-512": "sha512", "ssdeep": "ssdeep", "imphash": "imphash", "filename": "filename", "regkey": "registry-key",
    "mutex": "mutex", "btc": "cryptocurrency-address", "as": "asn", "user-agent": "user-agent",
    "ja3-fingerprint-md5": "ja3", "process": "filename", "mobile-app-id": "android-package",
}  # fmt: skip
_HASHES: Final[dict[int, IndicatorType]] = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}


def refanged(value: str) -> str:
    """A defanged value as it really is: hxxp, [.], (.), [:], [at]."""
    value = value.strip().strip("\"'`")
    value = re.sub(r"^h(?:xx|tt|\*\*)p", "http", value, flags=re.IGNORECASE)
    for written, real in (
        ("[.]", "."),
        ("(.)", "."),
        ("{.}", "."),
        ("[dot]", "."),
        ("[:]", ":"),
        ("[://]", "://"),
        ("[/]", "/"),
        ("[@]", "@"),
        ("[at]", "@"),
    ):
        value = value.replace(written, real)
    return value


def typed(type_: str, value: str) -> tuple[IndicatorType, str] | None:
    """(type, normalised value) if the value is a valid one of that type, else of the type it looks like."""
    value = refanged(value)
    if not value or len(value) > 2048:
        return None
    kind = _TYPES.get(type_.lower())
    low = value.lower()
    if re.fullmatch(r"[0-9a-f]+", low) and len(low) in _HASHES and kind not in ("imphash", "ja3", "mutex"):
        return _HASHES[len(low)], low
    bare = re.sub(r":\d{1,5}$", "", value) if value.count(":") == 1 and "/" not in value else value
    try:
        address = ipaddress.ip_address(bare)
        return ("ipv4" if address.version == 4 else "ipv6"), str(address)
    except ValueError:
        pass
    if kind in ("ipv4", "ipv6") or kind in _HASHES.values():
        return None
    if kind == "domain" or (kind is None and re.fullmatch(r"(?:[\w-]{1,63}\.)+[a-z]{2,24}", low)):
        return ("domain", low.rstrip(".")) if re.fullmatch(r"(?:[\w-]{1,63}\.)+[\w-]{2,63}\.?", low) else None
    if kind == "url" or low.startswith(("http://", "https://")):
        return (
            ("url", value) if re.match(r"^(?:[a-z][a-z0-9+.-]*://)?[\w.-]+(?::\d+)?(?:/|$|\?)", low) else None
        )
    if kind == "email" or (kind is None and re.fullmatch(r"[\w.+-]+@[\w.-]+\.\w+", value)):
        return ("email", low) if re.fullmatch(r"[^@\s]+@[^@\s]+\.\w+", value) else None
    return (kind, value) if kind is not None else None
