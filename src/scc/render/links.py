# SPDX-License-Identifier: Apache-2.0
"""Which addresses become links, and how a hostile address is written so that nothing follows it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_PLAIN: Final = re.compile(r"[!-~]+")
_NETWORK: Final = frozenset({"ipv4", "ipv6", "cidr", "domain", "url", "email"})


def safe(url: str) -> str:
    """The address if it may become a link, else "".

    It may when it is http or https with a host, plain ASCII without blanks, and hides no other host
    behind a user name (`https://bank.example@evil.example`).
    """
    if len(url) > 2000 or not _PLAIN.fullmatch(url) or any(sign in url for sign in "<>\"'`\\{}|^"):
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        return ""
    return url


def defanged(kind: str, value: str) -> str:
    """A network indicator as analysts write it, so that no reader or program opens it by accident.

    "https://evil.example/a" becomes "hxxps://evil[.]example/a". Other kinds stay as they are.
    """
    if kind not in _NETWORK:
        return value
    if kind == "url":
        scheme, sign, rest = value.partition("://")
        host, slash, path = rest.partition("/")
        if not sign:
            return value.replace(".", "[.]")
        return f"{scheme.replace('tt', 'xx', 1)}://{host.replace('.', '[.]')}{slash}{path}"
    if kind == "ipv6" or (kind == "cidr" and ":" in value):
        return value.replace(":", "[:]", 1)
    return value.replace(".", "[.]").replace("@", "[@]")
