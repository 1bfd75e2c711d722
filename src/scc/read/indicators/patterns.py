# SPDX-License-Identifier: Apache-2.0
"""Shapes of indicators: finds candidates in a refanged text and says whether they are valid.

Validity by the public-suffix list that ships with tldextract (never fetched), `ipaddress` and checksums. What a
candidate means is `indicators`' question. Each pattern is linear: possessive or bounded repeats only.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterator
from typing import Final

from scc.model.facts import IndicatorType
from scc.read.indicators.addresses import TRAILING, Candidate, dotted_names, emails, ipv6, urls
from scc.read.indicators.file_names import spaced_files
from scc.read.indicators.package_names import packages
from scc.read.indicators.ranges import ranges
from scc.read.indicators.wallets import is_bitcoin, is_ethereum, is_monero
from scc.read.phrases import Words
from scc.read.sought import found_at

_HASH: Final = re.compile(r"(?<![0-9A-Za-z])[0-9a-fA-F]{32,128}(?![0-9A-Za-z])")
_REGISTRY: Final = re.compile(
    r"\b(?:HKEY\\?_(?:LOCAL\\?_MACHINE|CURRENT\\?_USER|CLASSES\\?_ROOT|USERS|CURRENT\\?_CONFIG)|HKLM|HKCU|HKCR|HKU|HKCC)(?:\\[^\s\\\"'<>|,;“”()]+(?: [^\s\\\"'<>|,;:“”().]+(?=(?:(?! HK[LCE])[^\n\\\"'<>|,;:“”]){0,60}\\))*){1,20}"
)
_WINDOWS_PATH: Final = re.compile(
    r"(?<![\w/])(?:[A-Za-z]:|%[A-Za-z_()0-9]{3,24}%|(?<!:)\\\\[\w.$-]{1,60})\\{1,2}(?:(?:(?! %)[^\\/:*?\"<>|\n,;“”‘’'└├│]){1,80}\\{1,2}){0,12}[^\\/:*?\"<>|\n,;“”‘’'`└├│\s]{1,120}"
)
_DOUBLED: Final = re.compile(r"(?<=[^\\])\\\\")
"""A separator written twice, as in code; a share begins with two."""
_UNIX_PATH: Final = re.compile(
    r"(?<![\w/.:~-])(?:~|/(?:etc|tmp|var|usr|opt|home|root|bin|sbin|dev|proc|sys|lib|lib64|mnt|srv|run|data|system|Library|Users|Applications|private|flash|config))/[\w.+@%~/-]{1,240}"
)
_STROKE: Final = re.compile("[~/]")
_BITCOIN: Final = re.compile(
    r"(?<![\w/])(?:[13][a-km-zA-HJ-NP-Z1-9]{25,34}|bc1[ac-hj-np-z02-9]{11,71})(?!\w)"
)
_ETHEREUM: Final = re.compile(r"(?<!\w)0x[0-9a-fA-F]{40}(?!\w)")
_MONERO: Final = re.compile(r"(?<!\w)[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}(?!\w)")
_ASN: Final = re.compile(r"(?<![\w-])(?:AS[N ]?|ASN )(\d{3,6})(?![\w-])")
_SSDEEP: Final = re.compile(r"(?<![\w:/+])\d{1,8}:[A-Za-z0-9/+]{12,80}:[A-Za-z0-9/+]{6,80}(?![\w/+])")
_JA4: Final = re.compile(r"(?<!\w)[tqd][\d]{2}[di]\d{4}[a-z0-9]{2}_[0-9a-f]{12}_[0-9a-f]{12}(?!\w)")
_JA3_LIST: Final = re.compile(
    r"JA3[^\n]{0,60}:\n{1,2}(?:[^\n:]{1,60}: [0-9a-f]{32}\n{1,2}){0,12}[^\n:]{1,60}: \Z"
)
"""A list of fingerprints, each behind the name of what it is of."""
_AGENT: Final = re.compile(
    r"Mozilla/\d\.\d \([^()\n]{3,200}\)(?: (?:[A-Za-z][\w.-]{0,30}/[\w.+-]{1,40}|\([^()\n]{1,120}\)|like Gecko|Mobile(?= Safari))){0,12}|(?<=User-Agent: )[^\n]{5,200}"
)
_MUTEX: Final = re.compile(
    r"\b[Mm]utex(?:es)?(?: (?:named|called|name|object|value))?(?: (?:of|is|as))?:? ?[“\"'‘`]?((?:Global\\|Local\\)?[\w{}!@#.\\-]{4,80})[”\"'’`]?"
)
_LONG: Final = 24
"""Letters of the longest word from which hashes and wallet addresses are looked for."""


def candidates(words: Words) -> Iterator[Candidate]:
    """Every valid candidate in the text of these words, in no order; a candidate inside a longer one may be given too (a
    host of a URL is not)."""
    text = words.text
    taken: list[tuple[int, int]] = []
    for found in urls(text):
        insort(taken, (found.start, found.end))
        yield found
    if "@" in text:
        for found in emails(text):
            if not _inside(found.start, taken):
                insort(taken, (found.start, found.end))
                yield found
    yield from _paths(text, taken)
    for name, start, end in spaced_files(words):
        if not _inside(start, taken):
            insort(taken, (start, end))
            yield Candidate("filename", name, start, end)
    for start, end, networks in ranges(text):
        if not _inside(start, taken):
            insort(taken, (start, end))
            yield from (Candidate("cidr", each, start, end) for each in networks)
    dotted = [each for each in dotted_names(text) if not _inside(each.start, taken)]
    yield from dotted
    for found in dotted:
        if found.type == "url":  # the digits of a folder or of a file in an address are no digest
            insort(taken, (found.start, found.end))
    long = [each for each in text.split() if len(each) >= _LONG]
    if long:
        yield from _hashes(text, taken)
        yield from _long(text, long)
    yield from _rare(text)
    for start, end, purl in packages(words):
        yield Candidate("package", purl, start, end)
    for found in ipv6(text):
        if not _inside(found.start, taken):
            yield found


def _inside(start: int, taken: list[tuple[int, int]]) -> bool:
    """Whether a place lies in a taken range; the ranges are sorted and do not overlap."""
    number = bisect_right(taken, (start, 1 << 60)) - 1
    return number >= 0 and taken[number][0] <= start < taken[number][1]


_LENGTHS: Final[dict[int, IndicatorType]] = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}


def _hashes(text: str, taken: list[tuple[int, int]]) -> Iterator[Candidate]:
    for each in _HASH.finditer(text):
        kind = _LENGTHS.get(len(each[0]))
        if kind is None or _inside(each.start(), taken) or (each[0].isdigit() and len(each[0]) < 64):
            continue
        if text[each.start() - 1 : each.start()] == "?":
            continue
        value = each[0].lower()
        if kind == "md5":
            label = text[max(0, each.start() - 40) : each.start()].lower()
            if re.search(r"imp(?:ort)?[ -]?hash\W{0,8}$", label):
                kind = "imphash"
            elif re.search(
                r"ja3s?(?: hash| fingerprint)?(?: (?:of|for) (?:the |its )?[\w-]{1,20}(?: [\w-]{1,20})?)?\W{0,8}$",
                label,
            ) or _JA3_LIST.search(text, max(0, each.start() - 700), each.start()):
                kind = "ja3"
        yield Candidate(kind, value, each.start(), each.end())


def _paths(text: str, taken: list[tuple[int, int]]) -> Iterator[Candidate]:
    if "HK" in text:
        for each in _REGISTRY.finditer(text):
            value = each[0].rstrip(". ")
            insort(taken, (each.start(), each.start() + len(value)))
            # Markdown escapes underscores.
            yield Candidate(
                "registry-key", value.replace("\\_", "_"), each.start(), each.start() + len(value)
            )
    if "\\" in text:
        for each in _WINDOWS_PATH.finditer(text):
            value = _DOUBLED.sub(r"\\", each[0].rstrip(TRAILING + " "))
            if not _inside(each.start(), taken) and len(value) > 4:
                end = each.start() + len(each[0].rstrip(TRAILING + " "))
                insort(taken, (each.start(), end))
                yield Candidate("filepath", value, each.start(), end)
    if "/" in text:
        for each in found_at(_UNIX_PATH, _STROKE, text):
            value = each[0].rstrip(TRAILING + "-")
            if not _inside(each.start(), taken):
                insort(taken, (each.start(), each.start() + len(value)))
                yield Candidate("filepath", value, each.start(), each.start() + len(value))


def _long(text: str, long: list[str]) -> Iterator[Candidate]:
    """Candidates of which each is one long word. `long`: those of the text, in order."""
    end = 0
    for word in long:
        start = text.index(word, end)
        end = start + len(word)
        for each in _BITCOIN.finditer(text, start, end):
            if is_bitcoin(each[0]):
                yield Candidate("cryptocurrency-address", each[0], each.start(), each.end())
        if "0x" in word:
            for each in _ETHEREUM.finditer(text, start, end):
                if is_ethereum(each[0]):
                    yield Candidate("cryptocurrency-address", each[0], each.start(), each.end())
        for each in _MONERO.finditer(text, start, end):
            if is_monero(each[0]):
                yield Candidate("cryptocurrency-address", each[0], each.start(), each.end())
        if ":" in word:
            for each in _SSDEEP.finditer(text, start, end):
                yield Candidate("ssdeep", each[0], each.start(), each.end())


def _rare(text: str) -> Iterator[Candidate]:
    if "AS" in text or "asn" in text:
        for each in _ASN.finditer(text):
            yield Candidate("asn", f"AS{int(each[1])}", each.start(), each.end())
    if "_" in text:
        for each in _JA4.finditer(text):
            yield Candidate("ja4", each[0], each.start(), each.end())
    if "Mozilla/" in text or "User-Agent: " in text:
        for each in _AGENT.finditer(text):
            yield Candidate("user-agent", each[0].strip(), each.start(), each.end())
    if "utex" in text:
        for each in _MUTEX.finditer(text):
            if re.search(r"[\d_{\\-]|[a-z][A-Z]", each[1]):
                yield Candidate("mutex", each[1], each.start(1), each.end(1))
