# SPDX-License-Identifier: Apache-2.0
"""Packages of the public registries as texts name them: package URLs, "the npm package x", names in a list of packages.

In a list the registry is the one that the text names most. Says nothing about whether a package is malicious.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from scc.read.phrases import Words
from scc.read.sought import Sought, found_at

_PURL: Final = re.compile(r"(?<!\w)pkg:[a-z]{2,12}/[\w.@%/+-]{2,200}")
_AT: Final = re.compile("@")
_SCOPED: Final = re.compile(
    r"(?<![\w/@.])@[a-z0-9][\w.-]{0,60}/[a-z0-9][\w.-]{0,80}(?:@\d[\w.-]{0,30})?", re.IGNORECASE
)
_REGISTRIES: Final = "npm pypi nuget crates rubygems packagist maven"
_NAMED_PACKAGE: Final = Sought(
    r"\b(?:(?P<eco>npm|PyPI|NuGet|crates\.io|RubyGems|Packagist|Maven)[ \n])(?:packages?|crates?|gems?|modules?|librar(?:y|ies))(?:[ \n](?:named|called)|[:,][ \n](?:named|called))?[ \n:]{0,2}[“\"'‘`]?(?P<name>[a-z@][\w.@/-]{1,80})[”\"'’`]?",
    at=_REGISTRIES,
)
_TYPES: Final = {
    "npm": "npm", "pypi": "pypi", "nuget": "nuget", "crates.io": "cargo", "rubygems": "gem", "packagist": "composer", "maven": "maven",
}  # fmt: skip
_REGISTRY: Final = Sought(
    r"\b(?:npm|PyPI|NuGet|crates\.io|RubyGems|Packagist|Maven)\b", re.IGNORECASE, at=_REGISTRIES
)
_LEAD_END: Final = re.compile(r":[*_ ]{0,4}\n")
_ANNOUNCES: Final = re.compile(
    r"\b(?:[Pp]ackages?|[Cc]rates?|[Gg]ems|[Mm]odules|[Ll]ibraries)\b[^\n]{0,120}\Z"
)
_LEAD_MOST: Final = 330
"""A line that announces packages ends in a colon; so many characters before it are looked at."""
_ITEM: Final = re.compile(
    r"\n{0,2}[ \t]{0,8}(?:[-*•+]|\d{1,3}[.)]) {1,4}[`*“\"]{0,2}(?P<name>@?[A-Za-z0-9][\w./-]{1,80})[`*”\"]{0,2}(?P<rest>[^\n]{0,200})(?=\n|\Z)"
)
_LABELLED: Final = Sought(
    r"\b(?:[Pp]ackage|[Cc]rate|[Gg]em)(?: name\**: {0,3}[`*“\"]{0,2}|s?\**: {0,3}[`*“\"]{1,2})(?P<name>@?[A-Za-z0-9][\w./-]{1,80})(?=[`*”\"\s,]|\Z)",
    at="package crate gem",
    marks=":",
)
_BESIDE: Final = re.compile(r"\s*(?:$|[-–—:(,|@]|==|v?\d)")
"""What may follow the name of an item: nothing, a version or a remark; a sentence may not."""
_ITEMS_MOST: Final = 500


def packages(words: Words) -> Iterator[tuple[int, int, str]]:
    """(start, end, package URL) of every package that the text names as one."""
    text = words.text
    if "pkg:" in text:
        for each in _PURL.finditer(text):
            yield each.start(), each.end(), each[0].rstrip(".,")
    if "@" in text:
        for each in found_at(_SCOPED, _AT, text):
            value = each[0].rstrip(".-")
            yield each.start(), each.start() + len(value), f"pkg:npm/{value}"
    if "ackage" in text or "crate" in text or "gem" in text:
        for each in _NAMED_PACKAGE.find(words):
            name = each["name"].rstrip(".,-")
            if len(name) > 2 and name.lower() not in _PLAIN and not name.startswith("@"):
                yield (
                    each.start("name"),
                    each.start("name") + len(name),
                    f"pkg:{_TYPES[each['eco'].lower()]}/{name}",
                )
    yield from _listed(words)


def _listed(words: Words) -> Iterator[tuple[int, int, str]]:
    text = words.text
    named = Counter(each[0].lower() for each in _REGISTRY.find(words))
    if not named:
        return
    kind = _TYPES[min(named, key=lambda each: (-named[each], each))]
    for each in _LABELLED.find(words):
        yield each.start("name"), each.end("name"), f"pkg:{kind}/{each['name'].rstrip('.-/')}"
    count = 0
    for colon in _LEAD_END.finditer(text):
        begin = max(text.rfind("\n", 0, colon.start()) + 1, colon.start() - _LEAD_MOST)
        if not _ANNOUNCES.search(text, begin, colon.start()):
            continue
        place = colon.end() - 1
        while count < _ITEMS_MOST and (item := _ITEM.match(text, place)):
            name = item["name"].rstrip(".-/")
            if not _BESIDE.match(item["rest"]) or name.lower() in _PLAIN:
                break
            yield item.start("name"), item.start("name") + len(name), f"pkg:{kind}/{name}"
            place = item.end()
            count += 1


_PLAIN: Final = frozenset(
    "where when while who whom whose what why how if so but not no nor yet more most many some any all each every both such than then there here they them we you he she its our your his her be been being had having does did do could should would will must might shall about after before over under into onto out off up down since until through between against around because although though like also just only even still already recently now first second new other another same different two three four several few thousands hundreds dozens published-by code file files version versions release releases downloads download team teams support installs install install-time contained containing contains include includes including are as at by for from has have in index is it manager managers maintained maintainer maintainers of on or page registry repository repositories that the their this to was were which with under using used user users can may via within across containing published downloaded uploaded installed compromised infected affected hosted designed targeting masquerading impersonating security update updates ecosystem ecosystems environment environments account accounts name names".split()
)
