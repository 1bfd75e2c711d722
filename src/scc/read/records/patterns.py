# SPDX-License-Identifier: Apache-2.0
"""Typed indicator values out of records: type names of MISP, STIX and lists to ours, values checked and normalised."""

from __future__ import annotations

import ipaddress
import re
from typing import Final

from scc.model.accounts import ACCOUNTS, place_of
from scc.model.facts import IndicatorType

_TYPES: Final[dict[str, IndicatorType]] = {
    "ip-src": "ipv4", "ip-dst": "ipv4", "ipaddress": "ipv4", "ip": "ipv4", "ipv4-addr": "ipv4", "ipv6-addr": "ipv6",
    "ipv4": "ipv4", "ipv6": "ipv6", "ip address": "ipv4", "ip:port": "ipv4", "cidr": "cidr",
    "domain": "domain", "hostname": "domain", "domain-name": "domain", "fqdn": "domain", "host": "domain",
    "url": "url", "uri": "url", "link": "url",
    "email": "email", "email-src": "email", "email-dst": "email", "emailsender": "email", "emailwhois": "email",
    "email-reply-to": "email", "email-addr": "email", "whois-registrant-email": "email",
    "md5": "md5", "sha1": "sha1", "sha-1": "sha1", "sha256": "sha256", "sha-256": "sha256", "sha512": "sha512",
    "sha-512": "sha512", "ssdeep": "ssdeep", "imphash": "imphash", "filename": "filename", "regkey": "registry-key",
    "windows-registry-key": "registry-key", "mutex": "mutex", "btc": "cryptocurrency-address",
    "xmr": "cryptocurrency-address", "as": "asn", "asn": "asn", "user-agent": "user-agent",
    "http-user-agent": "user-agent", "ja3-fingerprint-md5": "ja3", "ja4-fingerprint": "ja4", "process": "filename",
    "filepath": "filepath", "file-path": "filepath", "mobile-application-id": "android-package",
    "android-package": "android-package", "target-user": "account", "github-username": "account", "twitter-id": "account",
    "user-account": "account", "jabber-id": "account", "azure-application-id": "account", "account": "account",
    "username": "account", "user name": "account", "telegram": "account", "jabber": "account", "xmpp": "account",
    "ja3": "ja3", "ja4": "ja4", "bitcoin": "cryptocurrency-address", "ethereum": "cryptocurrency-address",
    "eth": "cryptocurrency-address", "monero": "cryptocurrency-address", "wallet": "cryptocurrency-address",
    "cryptocurrency-address": "cryptocurrency-address", "registry-key": "registry-key", "registry": "registry-key",
}  # fmt: skip
_PLACES: Final = {
    "github-username": "github", "twitter-id": "twitter", "jabber-id": "xmpp", "jabber": "xmpp", "xmpp": "xmpp",
    "azure-application-id": "azure-application", "telegram": "telegram", "telegram-account": "telegram",
    "twitter-account": "twitter", "github-user": "github", "facebook-account": "facebook",
    "windows-local": "windows-local", "windows-domain": "windows-domain", "unix": "unix", "twitter": "twitter",
    "facebook": "facebook", "skype": "skype",
}  # fmt: skip
"""The place of an account (`model.accounts`) by the name that a record has for its kind."""
_HASHES: Final[dict[int, IndicatorType]] = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}
_FANGS: Final = (
    ("[.]", "."), ("(.)", "."), ("{.}", "."), ("[dot]", "."), ("(dot)", "."), ("[:]", ":"), ("[://]", "://"),
    ("[/]", "/"), ("[@]", "@"), ("[at]", "@"), ("\\.", "."),
)  # fmt: skip
_SCHEME: Final = re.compile(r"^h(?:xx|tt|\*\*)p(s?)(?=[:\[])", re.IGNORECASE)
_HOST: Final = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.){1,30}(?:[a-z]{2,24}|xn--[a-z0-9-]{2,58})"
)
_SSDEEP: Final = re.compile(r"[0-9]{1,10}:[A-Za-z0-9/+]{1,64}:[A-Za-z0-9/+]{1,64}")
_FILE: Final = re.compile(
    r"\.(?:exe|dll|sys|bat|cmd|ps1|vbs|js|jse|hta|lnk|jar|zip|rar|7z|gz|iso|img|msi|doc|docx|docm|xls|xlsx|xlsm|"
    r"ppt|pptx|pdf|rtf|txt|md|png|ico|jpg|gif|py|sh|so|elf|php|aspx?|jsp|apk|bin|dat|tmp|dmp|log|csv|json|xml|html?)$",
    re.IGNORECASE,
)


_FREE: Final = frozenset({"url", "filename", "filepath", "registry-key", "mutex", "user-agent", "account"})
"""Types whose values may begin or end with a quote of their own."""


def refanged(value: str, quoted: str = "\"'`") -> str:
    """A defanged value as it really is: hxxp, [.], (.), [:], [at]; without the `quoted` marks around it."""
    value = value.strip().strip(quoted)
    value = _SCHEME.sub(r"http\1", value)
    for written, real in _FANGS:
        value = value.replace(written, real) if "\\" not in written or "://" in value else value
    return value


def typed(type_: str, value: str) -> tuple[IndicatorType, str] | None:
    """(type, normalised value) of a value of a known type, None for an unknown type or an invalid value.

    The value decides between IPv4, IPv6 and hashes, whatever the column says.
    """
    kind = _TYPES.get(type_.strip().lower())
    value = value.strip()
    if len(value) > 4096:
        return None
    while kind in _FREE and len(value) > 1 and value[0] == value[-1] and value[0] in "\"'`":
        value = value[1:-1]
    value = refanged(value, "" if kind in _FREE else "\"'`")
    if kind is None or not value or len(value) > 2048:
        return None
    low = value.lower()
    if kind in ("md5", "sha1", "sha256", "sha512"):
        return _hash(low)
    if kind in ("ipv4", "ipv6", "cidr"):
        return _address(value)
    if kind == "domain":
        return _address(value) or (("domain", low.rstrip(".")) if _HOST.fullmatch(low.rstrip(".")) else None)
    if kind == "url":
        if re.match(r"[a-z][a-z0-9+.-]{1,15}://[^\s/]", low) or (_HOST.match(low) and "/" in low):
            return "url", value
        return _address(value)
    if kind == "email":
        return (
            ("email", low)
            if re.fullmatch(r"[^@\s]{1,64}@[a-z0-9._-]{1,253}\.(?:[a-z]{2,24}|xn--[a-z0-9-]{2,58})", low)
            else None
        )
    if kind in ("imphash", "ja3"):
        return (kind, low) if re.fullmatch(r"[0-9a-f]{32}", low) else None
    if kind == "ssdeep":
        return (kind, value) if _SSDEEP.fullmatch(value) else None
    if kind == "asn":
        found = re.fullmatch(r"(?:as)?(\d{1,10})", low)
        return ("asn", f"AS{found[1]}") if found else None
    if kind == "filename" and re.search(r"[\\/]", value):
        return "filepath", value
    return kind, value


def account_note(kind: str, note: str) -> str:
    """The note of an account, opening with its place if the record's name for the kind tells one."""
    said = ACCOUNTS.get(_PLACES.get(kind.strip().lower(), ""), "")
    return note if not said or place_of(note) else "; ".join(part for part in (said, note) if part)


def guessed(value: str) -> tuple[IndicatorType, str] | None:
    """(type, normalised value) of a value whose type nobody names, None if it looks like none."""
    value = refanged(value)
    low = value.lower()
    if not value or len(value) > 2048:
        return None
    found = _hash(low) or _address(value)
    if found is not None:
        return found
    if re.match(r"[a-z][a-z0-9+.-]{1,15}://[^\s/]", low):
        return "url", value
    if "@" in value:
        return typed("email", value)
    if re.match(r"(?:\.{0,2}/|[a-z]:\\|\\\\|%[a-z]+%\\)", low):
        return "filepath", value
    if re.match(r"(?:hklm|hkcu|hkey_[a-z_]+)\\", low):
        return "registry-key", value
    if _FILE.search(low) and "/" not in low:
        return "filename", value
    if _HOST.fullmatch(low.rstrip(".")):
        return "domain", low.rstrip(".")
    if "/" in low and _HOST.match(low):
        return "url", value
    return None


def is_local(kind: IndicatorType, value: str) -> bool:
    """Whether an address can be nobody's in particular: private, loopback, link-local, reserved for examples."""
    if kind not in ("ipv4", "ipv6"):
        return value.endswith((".example", ".invalid", ".test", ".localhost")) if kind == "domain" else False
    address = ipaddress.ip_address(value)
    return address.is_private or address.is_reserved or address.is_multicast or address.is_unspecified


def _hash(low: str) -> tuple[IndicatorType, str] | None:
    return (_HASHES[len(low)], low) if len(low) in _HASHES and re.fullmatch(r"[0-9a-f]+", low) else None


def _address(value: str) -> tuple[IndicatorType, str] | None:
    bare = re.sub(r":\d{1,5}$", "", value) if value.count(":") == 1 else value
    try:
        if "/" in bare and re.fullmatch(r"[0-9a-fA-F.:]+/\d{1,3}", bare):
            return "cidr", str(ipaddress.ip_network(bare, strict=False))
        address = ipaddress.ip_address(bare)
    except ValueError:
        return None
    return ("ipv4" if address.version == 4 else "ipv6"), str(address)
