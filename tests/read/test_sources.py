# SPDX-License-Identifier: Apache-2.0
"""The default sources: enough of them, each complete, none claiming another's pages."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

import scc.content as content
from scc.model.document import Source
from scc.read.text.attribution import match_source, source_signed

SOURCES = content.open().records("sources", Source)


def test_there_are_enough_and_each_is_complete() -> None:
    assert len(SOURCES) >= 45
    assert {each.tier for each in SOURCES} == {"T1", "T2", "T3"}
    for each in SOURCES:
        assert each.publisher and each.licence and each.date and each.references, each.id
        assert each.publisher_kind != "unknown" and each.tlp == "TLP:CLEAR", each.id
        parts = urlsplit(each.url)
        assert parts.scheme in ("http", "https") and parts.hostname, each.id
        assert each.poll_minutes >= 15, each.id


def test_ids_are_unique_and_a_publisher_has_one_kind_of_tier_a_domain() -> None:
    assert max(Counter(each.id for each in SOURCES).values()) == 1
    assert max(Counter(domain for each in SOURCES for domain in each.domains).values()) == 1


def test_press_and_blogs_are_never_better_than_t3_and_authorities_never_worse_than_t1() -> None:
    for each in SOURCES:
        if each.publisher_kind in ("press", "blog"):
            assert each.tier == "T3", each.id
        if each.publisher_kind == "authority":
            assert each.tier == "T1", each.id


def test_matching_by_address() -> None:
    def publisher(url: str) -> str:
        found = match_source(url, SOURCES)
        return found.publisher if found else ""

    assert publisher("https://www.cisa.gov/news-events/alerts") == "CISA"
    assert publisher("https://github.com/advisories/GHSA-aaaa-bbbb-cccc") == "GitHub Advisory Database"
    assert publisher("https://github.com/somebody/exploit") == "", "a repository is not its host's"
    assert publisher("https://nvd.nist.gov/vuln/detail/CVE-2024-3094") == "NVD", "the longest domain wins"
    assert publisher("https://csrc.nist.gov/x") == "NIST"
    assert publisher("https://cisa.gov.evil.example/x") == ""
    assert publisher("https://evilcisa.gov/x") == ""
    assert publisher("not an address") == ""


def test_signatures_do_not_fire_on_those_who_write_about_a_publisher() -> None:
    for text in (
        "CISA recommends that agencies update. ESET and Volexity published indicators.",
        "Researchers of Intel 471 and Lab52 wrote about the Node.js vulnerability and PyPI admins.",
        "According to the WA SOC and the Rust project, the crates were removed.",
    ):
        assert source_signed(text, SOURCES) is None
