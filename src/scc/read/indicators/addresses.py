# SPDX-License-Identifier: Apache-2.0
"""Shapes of addresses: URLs, hosts, mail and IP addresses, networks; names of files and apps that look like hosts.

Validity by the public-suffix list that ships with tldextract (never fetched) and `ipaddress`. Patterns are linear:
possessive or bounded repeats only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Final, NamedTuple

from scc.model.facts import IndicatorType
from scc.read.indicators.file_names import EXTENSIONS, label_before

_URL: Final = re.compile(
    r"(?<![A-Za-z])(?:https?|s?ftps?|tcp|udp|wss?|ldaps?|rmi|smb)://[^\s<>\"'`|…“”‘’）】]{3,2000}",
    re.IGNORECASE,
)
_DOTTED: Final = re.compile(r"(?<![\w.@-])[\w-]++(?:\.[\w-]++)+")
_DOT: Final = re.compile(r"\.(?=[\w-])")
_IPV6: Final = re.compile(r"(?<![\w:.])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}(?:%\w{1,10})?(?![\w:])")
_LENGTH: Final = re.compile(r"/(\d{1,3})(?!\w|\.\d)")
_COLONS: Final = re.compile(r":[0-9a-fA-F]{0,4}:")
"""Every address of that kind has it."""
_FILE_OR_DOMAIN: Final = frozenset("zip py sh rs md pl so app mov cab ps cc me pm in la js ai ms".split())
"""Endings that are both: a name with one label before it counts as a file unless it was defanged."""
_GLUED: Final = re.compile(r"((?:\d{1,3}\.){3}\d{1,3})(?=[A-Za-z])")
_BORDER: Final = re.compile(
    r"[a-z0-9-]\.(?:com|org|net|info|biz|ru|top|xyz|pw)(?=[A-Z][a-z][A-Za-z-]{0,40}\Z)"
)
"""The end of a host to which a capitalised word was glued."""
_HASH_HEAD: Final = re.compile(r"[0-9a-f]{40}[a-z0-9-]")
"""A digest, and a host glued to it."""
_FILE_BORDER: Final = re.compile(
    r"/[\w.%-]{1,80}\.(?:exe|dll|msi|zip|rar|7z|docx?|xlsx?|ps1|bat|cmd|php|aspx?|txt|bin|dat|js|vbs|hta|jpg|png|res)(?=[A-Z][A-Za-z-]{1,40}[A-Za-z0-9-]{0,10}\Z)"
)
"""The end of a file name in an address to which the next cell was glued."""
_PORT: Final = re.compile(r":\d{1,5}$")
_ANDROID_HEADS: Final = frozenset("com org net io me ru cn de app tv air".split())
_APP: Final = re.compile(
    r"\b(?:Android|APKs?|apps?|application ID|package name|package)\b(?:[ :]{1,2}(?:app|apps|package|named|called|name|id|is))?[ :(\"'“‘`]{1,4}\Z",
    re.IGNORECASE,
)
"""Before the name of an app that would be a host by its ending too ("com.fake.bank")."""
_SECOND_LEAST: Final = 2
TRAILING: Final = ".,;:!?)]}>*_~\\'\"’”"
"""Marks behind an address that are not of it."""


class Candidate(NamedTuple):
    type: IndicatorType
    value: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _suffixes() -> object:
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=False)


@lru_cache(maxsize=20_000)
def registered(host: str) -> str:
    """The registrable domain of a host ("a.example.co.uk" -> "example.co.uk"), "" if it has no public suffix."""
    if host.endswith(".onion"):
        parts = host.split(".")
        return ".".join(parts[-2:]) if len(parts[-2]) in (16, 56) else ""
    found = _suffixes()(host)  # type: ignore[operator]
    return f"{found.domain}.{found.suffix}" if found.domain and found.suffix else ""


def urls(text: str) -> Iterator[Candidate]:
    """Addresses with a scheme."""
    if "://" in text:
        for each in _URL.finditer(text):
            found = _one_url(each)
            if found:
                yield found


def ipv6(text: str) -> Iterator[Candidate]:
    """Addresses of IPv6, and networks whose length stands behind the address."""
    if not _COLONS.search(text):
        return
    for each in _IPV6.finditer(text):
        value = each[0].partition("%")[0]
        if (
            value.count(":") >= 2
            and len(value) >= 6
            and any(mark.isdigit() for mark in value)
            and _is_ip(value)
        ):
            yield _ipv6(text, value.lower(), each)


def _ipv6(text: str, value: str, each: re.Match[str]) -> Candidate:
    """An address, or the network whose length stands behind it."""
    length = _LENGTH.match(text, each.end())
    if length is None or int(length[1]) > 128:
        return Candidate("ipv6", value, each.start(), each.end())
    return Candidate("cidr", f"{value}/{int(length[1])}", each.start(), length.end())


def _one_url(each: re.Match[str]) -> Candidate | None:
    value = each[0]
    for opening, closing in ("()", "[]", "{}"):
        if closing in value and value.count(closing) > value.count(opening):
            value = value[: value.rindex(closing)] if value.endswith(closing) else value.split(closing)[0]
    # What a program fills in is not of the address, nor the next one of a list (an archive has a date in front of it).
    value = re.split(
        r"[,;](?=[A-Z][a-z])|&lt;|&gt;|\$?\{|%s(?![0-9a-fA-F])|(?<=[^/:]/)(?<!\d{6}/)(?=https?://)", value
    )[0].rstrip(TRAILING if "(" not in value else TRAILING.replace(")", ""))
    border = _FILE_BORDER.search(value)
    if border:
        value = value[: border.end()]
    scheme, _, rest = value.partition("://")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2]
    name = _PORT.sub("", host).strip("[]").lower().rstrip(".")
    if not name or "*" in name or not (_is_ip(name) or registered(name)) or "_" in registered(name):
        return None
    head = rest[: len(rest) - len(rest.lstrip())]
    return Candidate(
        "url",
        # Markdown escapes underscores.
        f"{scheme.lower()}://{head}{rest[len(head) :]}".replace(host, host.lower(), 1).replace("\\_", "_"),
        each.start(),
        each.start() + len(value),
    )


def _is_ip(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


_LOCAL: Final = re.compile(r"[\w.+%'-]{1,64}\Z")
_HOST: Final = re.compile(r"[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,8}")


def emails(text: str) -> Iterator[Candidate]:
    at = text.find("@")
    while at >= 0:
        local = _LOCAL.search(text, max(0, at - 64), at)
        host = _HOST.match(text, at + 1)
        if local and host and not local[0].startswith("."):
            name = host[0].rstrip(".-").lower()
            # An internal mail host has no public suffix; with three labels it is still an address.
            if (registered(name) or name.count(".") >= 2) and not _is_ip(name):
                yield Candidate(
                    "email", f"{local[0].lstrip('.')}@{name}", local.start(), host.start() + len(name)
                )
        at = text.find("@", at + 1)


def _dotted_words(text: str) -> Iterator[re.Match[str]]:
    """The matches of `_DOTTED`, tried only where a dot stands within a word: before it, from the beginning of the piece that
    it ends."""
    reached = 0
    for dot in _DOT.finditer(text):
        if dot.start() < reached:
            continue
        start = dot.start()
        while start > reached and ((before := text[start - 1]).isalnum() or before in "_-"):
            start -= 1
        reached = dot.end()
        if (found := _DOTTED.match(text, start)) is not None:
            yield found
            reached = found.end()


def dotted_names(text: str) -> Iterator[Candidate]:
    reached = 0
    for each in _dotted_words(text):
        value, start, end = each[0], each.start(), each.end()
        if start < reached:
            continue  # a piece of the path of an address
        after = text[end : end + 1]
        parts = value.split(".")
        if len(parts) == 4 and all(part.isdigit() and len(part) <= 3 for part in parts):
            if all(int(part) <= 255 and (part == "0" or not part.startswith("0")) for part in parts):
                yield from _address(text, value, start, end)
            continue
        last = parts[-1].lower()
        if last.isdigit() or len(last) < 2:
            continue
        glued = _GLUED.match(value)
        if glued and _is_ip(glued[1]):
            # Two entries of a list without a space between them.
            rest = value[glued.end() :]
            border = _BORDER.search(rest)
            rest = rest[: border.end()] if border and not registered(rest.lower()) else rest
            if registered(rest.lower()):
                yield Candidate("ipv4", glued[1], start, start + glued.end())
                yield Candidate("domain", rest.lower(), start + glued.end(), start + glued.end() + len(rest))
                continue
        if last in EXTENSIONS and _is_file(parts, last, text, start):
            label = label_before(value)
            value, start = value[label:], start + label
            if after not in ("/", "\\"):
                yield Candidate("filename", value, start, end)
            continue
        if any(not part or len(part) > 63 or part.startswith("-") for part in parts) or len(value) > 253:
            continue
        if (
            len(parts) >= 3
            and parts[0].lower() in _ANDROID_HEADS
            and (not registered(value.lower()) or _APP.search(text, max(0, start - 40), start))
        ):
            if all(re.fullmatch(r"[a-z_]\w*", part, re.IGNORECASE) for part in parts):
                yield Candidate("android-package", value, start, end)
            continue
        border = _BORDER.search(value)
        if border and not registered(value.lower()):
            # A word of the next cell of a table that lost its borders.
            value, end = value[: border.end()], start + border.end()
            after = ""
        host = value.lower()
        if not registered(host) or not _plausible_host(value, text, start) or _HASH_HEAD.match(host):
            continue
        if after == "/" and re.match(r"/[\w~%.-]", text[end : end + 2]):
            path = re.match(r"/[^\s<>\"'`|,;“”]{1,500}", text[end:])
            tail = path[0].rstrip(TRAILING) if path else ""
            reached = end + len(tail)
            yield Candidate("url", host + tail, start, reached)
        else:
            yield Candidate("domain", host, start, end)


def _is_file(parts: list[str], last: str, text: str, start: int) -> bool:
    if (last not in _FILE_OR_DOMAIN and last != "com") or last == "zip":
        return True
    return len(parts) == 2 and not text[max(0, start - 4) : start].endswith("://")


def _plausible_host(value: str, text: str, start: int) -> bool:
    """Not a piece of code or prose: "System.Net", "e.g", "Inc.The" are no hosts."""
    head, _, last = value.rpartition(".")
    if last[0].isupper() and not value.isupper() and not last.isupper():
        return False
    if "_" in value.split(".")[-1] or "_" in value.split(".")[-2]:
        return False
    if (text[start - 1 : start] in ("$", "\\", "#", "/") and start) or text[
        max(0, start - 2) : start
    ] == "/*":
        return False
    return len(head) >= _SECOND_LEAST or len(last) >= 2


def _address(text: str, value: str, start: int, end: int) -> Iterator[Candidate]:
    network = re.match(r"/(\d{1,2})(?!\d|\.\d)", text[end : end + 6])
    if network and int(network[1]) <= 32:
        try:
            ip_network(f"{value}/{network[1]}", strict=False)
        except ValueError:
            return
        yield Candidate("cidr", f"{value}/{network[1]}", start, end + network.end())
        return
    path = re.match(r"(?::\d{1,5})?/[\w~%.-][^\s<>\"'`|,;“”]{0,500}", text[end : end + 520])
    if path and not re.match(r"/\d{1,2}(?!\S)", text[end : end + 4]):
        tail = path[0].rstrip(TRAILING)
        yield Candidate("url", f"{value}{tail}", start, end + len(tail))
    yield Candidate("ipv4", value, start, end)
