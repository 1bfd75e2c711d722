# SPDX-License-Identifier: Apache-2.0
"""Canonical addresses: the same page under one name, whatever tracked or decorated the link."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

_TRACKING: Final = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|ref_src|source|cmpid|_hs\w+|igshid|guccounter|_gl)$",
    re.IGNORECASE,
)
_PORTS: Final = {"http": 80, "https": 443}


def canonical_url(url: str) -> str:
    """The canonical form of an http(s) address, "" for anything else. Idempotent.

    Scheme https, host lower case, default ports, fragments and tracking parameters dropped.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return ""
    host = parts.hostname.lower().rstrip(".")
    netloc = host if port in (None, _PORTS[parts.scheme.lower()]) else f"{host}:{port}"
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._%") or "/"
    path = re.sub(r"/+$", "", path) or "/"
    query = urlencode(
        sorted(
            (name, value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
            if not _TRACKING.match(name)
        )
    )
    return urlunsplit(("https", netloc, path, query, ""))


def host_of(url: str) -> str:
    """The host name of an address, lower case, "" if there is none."""
    try:
        return (urlsplit(url.strip()).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""
