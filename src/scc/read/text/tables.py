# SPDX-License-Identifier: Apache-2.0
"""Plain texts made of rows: catalogues as CSV, indicator lists, manifests, logs; by their first lines."""

from __future__ import annotations

import re
from typing import Final

_LOOKED_AT: Final = 80
"""Lines that decide."""
_LOG_LINE: Final = re.compile(
    r"(?:\[?\w{3} \w{3} {1,2}\d{1,2} [\d:]{8}(?:\.\d{1,6})? \d{4}\]|\w{3} {1,2}\d{1,2} \d\d:\d\d:\d\d |"
    r"\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d:\d\d|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3} \S{1,80} \S{1,80} \[|type=[A-Z_]{2,30} msg=audit\(|"
    r"<\d{1,3}>|\d{2}/\d{2}/\d{4} \d\d:\d\d:\d\d|\[\d{4}-\d\d-\d\d[ T]\d\d:\d\d)"
)
_REQUIREMENT: Final = re.compile(
    r"(?:[A-Za-z0-9][\w.-]{0,80}(?:\[[\w,. -]{1,80}\])?\s{0,4}(?:[=<>~!]=?\s{0,3}[\w*].{0,200}|@ .{1,300}|;.{1,200}|#.{0,200})?$|--?[a-z][\w-]{0,30}|#|https?://\S{1,500}(?:\s{0,4};.{0,300})?$|git\+|"
    r"\s{1,8}--hash=|\s{0,8}\\?$)"
)
_MANIFEST: Final = re.compile(
    r"\[\[?(?:project|package|workspace|tool[.\]]|build-system|dependencies|metadata|source)\b|version = \d|# this file is automatically "
    r"@generated|lockfileversion:|# yarn lockfile|module [\w./-]{1,200}$|source 'https://rubygems|gem [\"']|<project xmlns",
    re.IGNORECASE,
)
_VALUE: Final = re.compile(
    r"(?:[0-9a-f]{32,128}|\d{1,3}(?:\[?\.\]?\d{1,3}){3}(?::\d{1,5}|/\d{1,2})?|"
    r"(?:[a-z]{2,8}\[?:\]?//)?[\w-]{1,63}(?:\[?\.\]?[\w-]{1,63}){1,20}(?::\d{1,5})?(?:/\S{0,500})?|\.{0,2}/\S{1,500}|[a-z]:\\.{1,300}|"
    r"[\w.+-]{1,64}@[\w.-]{1,200})$",
    re.IGNORECASE,
)
_IOC_HEAD: Final = re.compile(
    r"\"?(?:value|indicator|ioc|ioc_value|indicator_value|associated url|file|first_seen_utc|# ?\"?first_seen)\"?,",
    re.IGNORECASE,
)
_IOC_ROW: Final = re.compile(
    r"\"?[^\"\n]{4,2000}\"?,\"?(?:ipaddress|ip|ipv[46](?:-addr)?|hostname|domain|url|file|hash|md5|sha-?1|sha-?256|email\w{0,12})\"?(?:,|$)",
    re.IGNORECASE,
)


def of_table(head: str) -> str:
    """kev-csv, epss-csv, ioc-csv, ioc-list, manifest, log or csv; "" for a text that is none of them."""
    lines = [line.rstrip() for line in head.split("\n", _LOOKED_AT)[:_LOOKED_AT] if line.strip()]
    if not lines:
        return ""
    first = lines[0].strip().lower()
    if first.startswith(("cveid,vendorproject", '"cveid","vendorproject"')):
        return "kev-csv"
    if re.match(r"#model_version:|cve,epss,percentile", first):
        return "epss-csv"
    data = [line for line in lines if not line.startswith("#")] or lines
    if _IOC_HEAD.match(data[0]) or (len(data) > 1 and all(_IOC_ROW.match(line) for line in data[:5])):
        return "ioc-csv"
    if any(_MANIFEST.match(line) for line in lines[:4]):
        return "manifest"
    if sum(1 for line in lines if _LOG_LINE.match(line)) * 10 >= len(lines) * 7:
        return "log"
    if len(data) > 1 and all(_VALUE.match(line.strip()) for line in data) and not _is_names(data):
        return "ioc-list"
    if _is_requirements(lines):
        return "manifest"
    if _is_csv(data):
        return "csv"
    return ""


def _is_names(lines: list[str]) -> bool:
    """Whether a list of dotted names is one of packages: nothing in it looks like a host, path or hash."""
    return not any(re.search(r"[/@\\]|[0-9a-f]{32}|\.[a-z]{2,}", line, re.IGNORECASE) for line in lines)


def _is_requirements(lines: list[str]) -> bool:
    """Whether every line is a requirement, and some name a version or there are several bare names."""
    said = [line for line in lines if not line.lstrip().startswith(("#", "-"))]
    if len(said) < 2 or not all(_REQUIREMENT.match(line) for line in lines):
        return False
    versioned = any(re.search(r"\w\s?[=<>~!]=|\w[<>]\d|\s@\s|\.whl|git\+", line) for line in said)
    return versioned or (
        len(said) > 4 and all(re.fullmatch(r"[A-Za-z0-9][\w.-]{1,60}", line.strip()) for line in said)
    )


def _is_csv(lines: list[str]) -> bool:
    """Whether at least five rows have the same number of cells, three or more, and few words in each."""
    counts = {line.count(",") for line in lines[:20]} if len(lines) >= 5 else set()
    if len(counts) != 1 or counts == {0} or max(counts) < 2:
        return False
    return all(len(cell.split()) <= 6 for line in lines[:20] for cell in line.split(","))
