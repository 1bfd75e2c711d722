# SPDX-License-Identifier: Apache-2.0
"""Indicators that other projects' tools find in files; run by `side_by_side.py` in an environment of their own.

Standard input: `{"core": 0, "rounds": 3, "files": {path: text}, "tools": [names, all if left out]}`; standard output: versions and, for each tool and path,
the best time in seconds and what was found: a STIX bundle's indicators as patterns, else (type, value) pairs. Needs
nothing of SCC, uses no model and no network. A tool that is not installed is left out.

txt2stix runs as its command does (links removed, standard relations) with the pattern extractors of addresses, files, keys
and agents, in the order of their names (its own order changes from run to run, and with it what is found). Left out are
those for CVE, CPE and Bitcoin transactions, which ask a server (the last take SHA-256 for theirs), for cards, accounts
and telephone numbers, which no label is about, and for hosts without a top-level domain, which could only add false ones.
Definitions of extensions that it would fetch for its bundle are replaced by a stand-in. It does not undo the breaking of
addresses (`[.]`, `hxxp`), so it runs a second time on texts in which ioc-fanger, where it is installed, has undone it.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

Pair = tuple[str, str]
_LEFT_OUT = ("cve", "cpe", "transaction", "bank_card", "iban", "phone", "host_name")


def txt2stix() -> Callable[[str], list[Pair]]:
    """("pattern", STIX pattern) of each indicator of the bundle."""
    for name in ("CTIBUTLER_BASE_URL", "VULMATCH_BASE_URL"):
        os.environ[name] = "http://127.0.0.1:9"
    os.environ["INPUT_TOKEN_LIMIT"] = "1000000"
    from txt2stix import extractions
    from txt2stix.bundler import txt2stixBundler
    from txt2stix.common import TXT2STIX_MARKING
    from txt2stix.txt2stix import parse_extractors_globbed, run_txt2stix
    from txt2stix.utils import get_include_path, remove_links

    logging.disable(logging.CRITICAL)
    for name in ("user-agent", "cryptocurrency-wallet"):
        txt2stixBundler.EXTENSION_MAPPING[name] = TXT2STIX_MARKING
    every = extractions.parse_extraction_config(get_include_path())
    names = [
        each for each in every if each.startswith("pattern_") and not any(part in each for part in _LEFT_OUT)
    ]
    used = parse_extractors_globbed("extractor", every, ",".join(names))
    used = {kind: {each: held[each] for each in sorted(held)} for kind, held in used.items()}

    def find(text: str) -> list[Pair]:
        bundler = txt2stixBundler("report", None, "clear", text, None, every, None)
        run_txt2stix(bundler, remove_links(text, True, True), used)
        objects = json.loads(bundler.to_json())["objects"]
        return [("pattern", each["pattern"]) for each in objects if each["type"] == "indicator"]

    return find


def txt2stix_refanged() -> Callable[[str], list[Pair]]:
    """The same on a text whose broken addresses are whole again."""
    from ioc_fanger import fang

    find = txt2stix()
    return lambda text: find(fang(text))


def ioc_finder_and_flaws() -> Callable[[str], list[Pair]]:
    """The same with the ids of flaws, which it finds as well."""
    return ioc_finder({"cves": "cve"})


def ioc_finder(more: dict[str, str] | None = None) -> Callable[[str], list[Pair]]:
    """By its own names of the types, those that are indicators."""
    from ioc_finder import find_iocs

    types = {
        "domains": "domain", "urls": "url", "ipv4s": "ipv4", "ipv6s": "ipv6", "email_addresses": "email", "md5s": "md5",
        "sha1s": "sha1", "sha256s": "sha256", "sha512s": "sha512", "ssdeeps": "ssdeep", "imphashes": "imphash",
        "file_paths": "filepath", "registry_key_paths": "registry-key", "user_agents": "user-agent",
        "bitcoin_addresses": "cryptocurrency-address", "monero_addresses": "cryptocurrency-address", "asns": "asn",
        "ipv4_cidrs": "cidr", "ipv6_cidrs": "cidr", **(more or {}),
    }  # fmt: skip

    def find(text: str) -> list[Pair]:
        found: Any = find_iocs(text, included_ioc_types=list(types))
        return [
            (types[name], str(each)) for name, values in found.items() if name in types for each in values
        ]

    return find


def iocextract() -> Callable[[str], list[Pair]]:
    """Addresses, mail addresses and digests, refanged."""
    import iocextract as tool

    def find(text: str) -> list[Pair]:
        found = [("url", each) for each in tool.extract_urls(text, refang=True)]
        found += [("ipv4", each) for each in tool.extract_ips(text, refang=True)]
        found += [("email", each) for each in tool.extract_emails(text, refang=True)]
        return found + [("digest", each) for each in tool.extract_hashes(text)]

    return find


TOOLS = (
    ("txt2stix", ("txt2stix",), txt2stix),
    ("txt2stix, refanged", ("txt2stix", "ioc-fanger"), txt2stix_refanged),
    ("ioc-finder", ("ioc-finder",), ioc_finder),
    ("iocextract", ("iocextract",), iocextract),
)
"""Name of the row, packages that it needs, what makes its function."""
ASKED = (("ioc-finder, flaws", ("ioc-finder",), ioc_finder_and_flaws),)
"""The same, run only where the job's "tools" names them."""


def main() -> int:
    """Run what is installed; exit code 0."""
    job = json.load(sys.stdin)
    os.sched_setaffinity(0, {job["core"]})
    answer: dict[str, Any] = {}
    asked = job.get("tools")
    for name, packages, make in (*TOOLS, *ASKED):
        if name not in (asked or [each[0] for each in TOOLS]):
            continue
        try:
            release = " + ioc-fanger ".join([version(each) for each in packages])
        except PackageNotFoundError:
            continue
        find = make()
        rows: dict[str, Any] = {}
        for path, text in job["files"].items():
            times = []
            for _ in range(job["rounds"]):
                begin = time.perf_counter()
                found = find(text)
                times.append(time.perf_counter() - begin)
            rows[path] = {"seconds": min(times), "found": sorted(set(found))}
        answer[name] = {"version": release, "files": rows}
    json.dump(answer, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
