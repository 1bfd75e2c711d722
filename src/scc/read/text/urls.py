# SPDX-License-Identifier: Apache-2.0
"""Canonical addresses: the same page under one name, whatever tracked or decorated the link. Opens nothing."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING: Final = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|ref|ref_src|ref_url|cmpid|cmp|ncid|_hs\w+|hsctatracking|"
    r"igshid|guccounter|guce_\w+|_gl|mkt_tok|spm|share|via|amp|outputtype|trk|sh)$",
    re.IGNORECASE,
)
_PORTS: Final = {"http": 80, "https": 443}
_ESCAPE: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_HOST: Final = re.compile(r"^(?:[\w.-]+|[0-9a-f:.]+)$")
_UNSAFE: Final = re.compile(r"[^\x21-\x7e]|[\"<>\\^`{|}]")


def canonical_url(url: str) -> str:
    """The canonical form of an http(s) address, "" for anything else. Idempotent.

    Scheme https, host lower case without user, default port, fragment, tracking parameters, a trailing slash
    or a trailing `amp` segment; parameters sorted; escapes of unreserved characters undone (RFC 3986, 6.2.2).
    """
    try:
        # A lone surrogate has no UTF-8 form and cannot stand in an address.
        parts = urlsplit(url.strip().encode("utf-8", "ignore").decode())
        port = parts.port
        host = (parts.hostname or "").lower().rstrip(".")
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host or not _HOST.match(host):
        return ""
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port not in _PORTS.values():
        netloc = f"{netloc}:{port}"
    path = re.sub(r"/{2,}", "/", _escaped(parts.path))
    path = path.rstrip("/")
    while path.endswith("/amp"):
        path = path[:-4].rstrip("/")
    query = urlencode(
        sorted(
            (name, value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
            if not _TRACKING.match(name)
        )
    )
    return urlunsplit(("https", netloc, path or "/", query, ""))


def _escaped(path: str) -> str:
    """The path with one spelling of each escape and every other unsafe character escaped."""

    def plain(found: re.Match[str]) -> str:
        character = chr(int(found[1], 16))
        return character if character in _UNRESERVED else found[0].upper()

    path = _ESCAPE.sub(plain, path)
    return _UNSAFE.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), path
    )


def host_of(url: str) -> str:
    """The host name of an address, lower case, "" if there is none."""
    try:
        return (urlsplit(url.strip()).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


def web_links(addresses: list[str], base: str = "") -> tuple[str, ...]:
    """The absolute http(s) addresses among `addresses`, in order, each once; relative ones joined to `base`."""
    from urllib.parse import urljoin

    found: dict[str, None] = {}
    for each in addresses[:5000]:
        address = each.strip()
        if base and address and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address) and address[0] != "#":
            try:
                address = urljoin(base, address)
            except ValueError:
                continue
        if address.startswith(("http://", "https://")) and len(address) <= 2000 and host_of(address):
            found[address] = None
    return tuple(found)
