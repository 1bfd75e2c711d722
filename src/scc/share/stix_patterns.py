# SPDX-License-Identifier: Apache-2.0
"""Indicator values as STIX patterns (STIX 2.1, section 9) and as cyber observables (section 6).

A value that does not fit its type gets neither: a wrong pattern is worse than none. Types without an
object in the standard (JA3, JA4, cryptocurrency addresses, app packages) have no pattern.
"""

from __future__ import annotations

import ipaddress
import json
import re
import unicodedata
import uuid
from typing import Any, Final

from scc.model.accounts import place_of
from scc.share.texts import uri

SCO_NAMESPACE: Final = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
"""The namespace of observables (STIX 2.1, section 2.9)."""
_HASHES: Final = {
    "md5": ("MD5", 32), "sha1": ("SHA-1", 40), "sha256": ("SHA-256", 64), "sha512": ("SHA-512", 128)
}  # fmt: skip
_HOST: Final = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.){1,30}[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE
)
_LETTERS: Final = frozenset({"Ll", "Lo", "Lm", "Mn", "Mc", "Nd"})
"""Unicode categories that RFC 5892 lets stand in a label, in the main; symbols and emoji are none of them."""
_SSDEEP: Final = re.compile(r"[0-9]{1,10}:[A-Za-z0-9/+]{1,64}:[A-Za-z0-9/+]{1,64}")
_FOREIGN: Final = re.compile(r"[\s\"*<>\\^`{|}\[\]]")
"""What no address holds as it is (RFC 3986, appendix A) but templates, markup and wildcards do; and the asterisk."""
_SHARED_KEYS: Final = tuple(
    f"\\{each}"
    for each in (
        "currentversion", "currentversion\\run", "currentversion\\runonce", "currentversion\\runonceex",
        "currentversion\\runservices", "currentversion\\policies\\explorer\\run", "currentversion\\winlogon",
        "currentversion\\windows", "currentversion\\image file execution options", "currentversion\\explorer",
        "currentversion\\explorer\\shell folders", "currentversion\\explorer\\user shell folders",
        "currentversion\\explorer\\browser helper objects", "currentcontrolset\\services", "controlset001\\services", "control\\lsa",
        "control\\session manager",
    )
)  # fmt: skip
"""Ends of registry keys that every Windows has: what an intruder puts there is a value, not the key."""
_SHARED_FILES: Final = frozenset(
    f"{name}.dll"
    for name in "advapi32 bcrypt comctl32 comdlg32 crypt32 cryptbase cryptsp dbghelp dnsapi dwmapi gdi32 imagehlp iphlpapi "
    "kernel32 kernelbase mpr mscoree msi msimg32 msvcp140 msvcrt netapi32 ntdll ole32 oleaut32 powrprof profapi propsys psapi "
    "rpcrt4 secur32 setupapi shell32 shlwapi sspicli urlmon user32 userenv uxtheme vcruntime140 version winhttp wininet winmm "
    "winspool wintrust ws2_32 wsock32 wtsapi32 xmllite".split()
) | frozenset(
    f"{name}.exe"
    for name in "certutil cmd conhost cscript csrss dllhost explorer lsass msbuild mshta msiexec net net1 notepad nslookup "
    "powershell reg regsvr32 rundll32 sc schtasks services smss spoolsv svchost taskhostw tasklist taskmgr vssadmin wbadmin "
    "wininit winlogon wmic wscript".split()
)
"""Files that every Windows has under that very name; the name alone says nothing, a path or a digest does."""
_HIVES: Final = {
    "HKLM": "HKEY_LOCAL_MACHINE", "HKCU": "HKEY_CURRENT_USER", "HKCR": "HKEY_CLASSES_ROOT",
    "HKU": "HKEY_USERS", "HKCC": "HKEY_CURRENT_CONFIG",
}  # fmt: skip


_ACCOUNT_TYPES: Final = {
    "twitter": "twitter", "facebook": "facebook", "skype": "skype", "unix": "unix", "windows-local": "windows-local",
    "windows-domain": "windows-domain",
}  # fmt: skip
"""Places of accounts that the vocabulary of STIX has (account-type-ov, section 10.1); of the others nothing is said."""
_IDS: Final = frozenset(
    {
        "tox", "session", "aws-key", "aws-account", "azure-application", "azure-tenant", "oauth-client",
    }
)  # fmt: skip
"""Places at which an account has an id and no name."""


def pattern(type_: str, value: str, note: str = "") -> str:
    """A comparison in STIX patterning for a value of `model.facts.IndicatorType`; "" if there is none.

    The note of an account says where it is one (`model.accounts`).
    """
    if type_ == "url" and _FOREIGN.search(value.partition("://")[2] or value):
        return ""
    if type_ == "filename" and value.lower() in _SHARED_FILES:
        return ""
    if type_ == "url" and "://" not in value:
        # Sources print addresses without a scheme: either of the two of the web is meant.
        host = re.split(r"[/:?#]", value, maxsplit=1)[0]
        found = [each for scheme in ("http", "https") if (each := uri(f"{scheme}://{value}"))]
        fits = "/" in value and found and (_host(host) or _address(host))
        return f"[{' OR '.join(f'url:value = {_literal(each)}' for each in found)}]" if fits else ""
    terms = " AND ".join(f"{path} {sign} {_literal(each)}" for path, sign, each in _terms(type_, value, note))
    return f"[{terms}]" if terms else ""


def _literal(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    text = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{text}'"


def _terms(type_: str, value: str, note: str) -> list[tuple[str, str, str | int]]:
    """(object path, operator, value) of the terms that have to hold together."""
    objects = observables(type_, value, note)
    main = objects[-1] if objects else {}
    if type_ == "registry-key" and main and main["key"].lower().endswith(_SHARED_KEYS):
        return []
    if type_ == "domain" and _host(value):
        return [("domain-name:value", "=", value)]
    if type_ == "cidr" and main:
        return [(f"{main['type']}:value", "ISSUBSET", main["value"])]
    if type_ in _HASHES and main:
        return [(f"file:hashes.'{_HASHES[type_][0]}'", "=", value.lower())]
    if type_ == "ssdeep" and main:
        return [("file:hashes.'SSDEEP'", "=", value)]
    if type_ == "filepath" and main:
        folder = objects[0]["path"]
        return [("file:name", "=", main["name"]), ("file:parent_directory_ref.path", "=", folder)]
    if main:
        keys = [each for each in main if each not in ("type", "spec_version", "id")]
        return [(f"{main['type']}:{key}", "=", main[key]) for key in keys]
    if type_ == "imphash" and re.fullmatch(r"[0-9a-fA-F]{32}", value):
        return [("file:extensions.'windows-pebinary-ext'.imphash", "=", value.lower())]
    if type_ == "user-agent" and value.strip():
        return [("network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'", "=", value)]
    if type_ == "port" and re.fullmatch(r"[0-9]{1,5}", value) and 0 < int(value) < 65536:
        return [("network-traffic:dst_port", "=", int(value))]
    return []


def observables(type_: str, value: str, note: str = "") -> list[dict[str, Any]]:
    """The observables that carry a value, the one meant last; [] if it fits no object of the standard."""
    if type_ in ("ipv4", "ipv6", "cidr"):
        return _address(value)
    if type_ in _HASHES:
        name, length = _HASHES[type_]
        fits = len(value) == length and re.fullmatch(r"[0-9a-fA-F]+", value)
        return [_object("file", hashes={name: value.lower()})] if fits else []
    if type_ == "ssdeep":
        return [_object("file", hashes={"SSDEEP": value})] if _SSDEEP.fullmatch(value) else []
    if type_ == "domain":
        return [_object("domain-name", value=value)] if _registrable(value) else []
    if type_ == "url":
        address = uri(value, web=False)
        return [_object("url", value=address)] if address else []
    if type_ == "email":
        local, _, host = value.rpartition("@")
        fits = _host(host) and re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}", local)
        return [_object("email-addr", value=value)] if fits else []
    if type_ == "asn":
        found = re.fullmatch(r"(?:AS)?([0-9]{1,10})", value, re.IGNORECASE)
        return [_object("autonomous-system", number=int(found[1]))] if found else []
    if type_ == "registry-key":
        return _registry(value)
    if type_ == "filepath":
        return _path(value)
    if type_ == "package":
        return _package(value)
    if type_ == "account":
        return _account(value, place_of(note))
    key = {
        "filename": ("file", "name"),
        "mutex": ("mutex", "name"),
    }
    if type_ in key and value.strip():
        return [_object(key[type_][0], **{key[type_][1]: value})]
    return []


def _host(value: str) -> bool:
    """Whether it is a name of the DNS, also one that the rules for registration forbid (underscores, emoji)."""
    return len(value) < 254 and _HOST.fullmatch(value) is not None


def _registrable(value: str) -> bool:
    """Whether a name also fits RFC 1034 and RFC 5890, as the standard asks of a domain-name (section 6.4)."""
    if not _host(value) or "_" in value:
        return False
    for label in value.lower().split("."):
        if label[2:4] == "--":
            try:
                letters = label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else "\0"
            except UnicodeError:
                return False
            if any(unicodedata.category(each) not in _LETTERS and each != "-" for each in letters):
                return False
    return True


def _object(type_: str, **properties: Any) -> dict[str, Any]:
    """An observable with the id of section 2.9: UUIDv5 over the contributing properties as RFC 8785 JSON.

    The properties given here all contribute; where a file has several hashes only one would.
    """
    name = json.dumps(properties, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return {
        "type": type_, "spec_version": "2.1", "id": f"{type_}--{uuid.uuid5(SCO_NAMESPACE, name)}", **properties
    }  # fmt: skip


def _address(value: str) -> list[dict[str, Any]]:
    try:
        found = ipaddress.ip_network(value, strict=False) if "/" in value else ipaddress.ip_address(value)
    except ValueError:
        return []
    if "%" in value:
        return []
    return [_object(f"ipv{found.version}-addr", value=str(found))]


def _registry(value: str) -> list[dict[str, Any]]:
    """The hive must be written out (section 6.17)."""
    hive, slash, rest = value.partition("\\")
    full = _HIVES.get(hive.upper(), hive.upper())
    rest = rest.rstrip("\\")
    if full not in _HIVES.values() or not rest:
        return []
    return [_object("windows-registry-key", key=full + slash + rest)]


def _path(value: str) -> list[dict[str, Any]]:
    slash = "\\" if "\\" in value else "/"
    folder, _, name = value.rpartition(slash)
    if not name.strip():
        return []
    if not folder.strip():
        return [] if slash == "\\" else [_object("directory", path="/"), *_file(name, "/")]
    return [_object("directory", path=folder), *_file(name, folder)]


def _file(name: str, folder: str) -> list[dict[str, Any]]:
    return [_object("file", name=name, parent_directory_ref=_object("directory", path=folder)["id"])]


def _account(value: str, place: str) -> list[dict[str, Any]]:
    """An account by what its user logs in with, or by its id where it has no name (section 6.16)."""
    if not value.strip():
        return []
    key = "user_id" if place in _IDS else "account_login"
    kind = {"account_type": _ACCOUNT_TYPES[place]} if place in _ACCOUNT_TYPES else {}
    return [_object("user-account", **{key: value}, **kind)]


def _package(value: str) -> list[dict[str, Any]]:
    """A package URL or a bare name as software; the ecosystem has no property there and stands in the name."""
    if not value.startswith("pkg:"):
        return [_object("software", name=value)] if value.strip() else []
    from packageurl import PackageURL

    try:
        found = PackageURL.from_string(value)
    except ValueError:
        return []
    name = f"{found.namespace}/{found.name}" if found.namespace else found.name
    return [_object("software", name=name, **({"version": found.version} if found.version else {}))]


def software(name: str, vendor: str) -> dict[str, Any]:
    """A product as an observable; the name must not be empty."""
    return _object("software", name=name, **({"vendor": vendor} if vendor.strip() else {}))
