# SPDX-License-Identifier: Apache-2.0
"""Linked items in the formats that have a place for them, and how far they travel."""

from __future__ import annotations

import json

import pytest
from lxml import etree
from msgspec.structs import replace
from tests.share.briefings import briefing, context, plain

from scc.model.briefing import Briefing, RelatedItem
from scc.model.tlp import Tlp
from scc.share import EXPORTS, NotApplicable, Records, atom, clear, jsonfeed
from scc.share.clearance import Cleared
from scc.share.identity import named

OTHER = "SCC-THR-2026-0043"
ENTRY = f"urn:uuid:{named('entry', OTHER)}"


def full(**changes: object) -> Briefing:
    found = briefing(plain("maximal"))
    return replace(found, related=tuple(replace(each, **changes) for each in found.related))  # type: ignore[type-var]


def test_feeds_name_the_entry_of_the_other_item() -> None:
    data = atom.write(full(), context())
    assert isinstance(data, bytes)
    links = etree.fromstring(data).findall(".//{*}entry/{*}link[@rel='related']")
    assert [each.get("title", "") for each in links if each.get("href") == ENTRY] == [
        f"{OTHER}: {full().related[0].title}"
    ]
    found = jsonfeed.write(full(), context())
    assert isinstance(found, bytes)
    (item,) = json.loads(found)["items"]
    assert item["_scc"]["related"] == [
        {"id": ENTRY, "item": OTHER, "relation": "same-vulnerability", "title": full().related[0].title}
    ]


@pytest.mark.parametrize("name", ["csaf", "csaf-vex"])
def test_csaf_refers_to_it(name: str) -> None:
    data = EXPORTS[name].write(full(), context())
    if isinstance(data, NotApplicable):
        return
    (told,) = [each for each in json.loads(data)["document"]["references"] if each["url"] == ENTRY]
    assert told["category"] == "external" and OTHER in told["summary"] and "CVE-2025-55182" in told["summary"]


def test_the_report_in_stix_refers_to_it() -> None:
    data = EXPORTS["stix"].write(full(), context())
    assert isinstance(data, bytes)
    (report,) = [each for each in json.loads(data)["objects"] if each["type"] == "report"]
    told = [each for each in report["external_references"] if each["source_name"] == "scc-related"]
    assert [each["external_id"] for each in told] == [OTHER]


@pytest.mark.parametrize(
    ("other", "to", "kept"),
    [
        ("TLP:CLEAR", "TLP:CLEAR", True), ("TLP:GREEN", "TLP:CLEAR", False), ("TLP:AMBER", "TLP:GREEN", False), ("TLP:AMBER", "TLP:AMBER", True),
        ("TLP:RED", None, False), ("TLP:CLEAR", None, True),
    ],
)  # fmt: skip
def test_a_link_travels_no_further_than_the_item_it_names(other: Tlp, to: Tlp | None, kept: bool) -> None:
    told = clear(replace(full(tlp=other), tlp="TLP:CLEAR"), Records(), "atom", to)
    assert isinstance(told, Cleared)
    assert [each.item for each in told.briefing.related] == ([OTHER] if kept else [])


def test_what_the_reader_runs_is_not_told_by_a_link() -> None:
    quiet = RelatedItem(
        sid="link-link-flaw-of-release-1",
        text="A flaw.",
        citations=(2,),
        item=OTHER,
        relation="flaw-of-release",
    )
    used = replace(quiet, sid="link-link-flaw-of-release-exploited-1")
    told = clear(replace(full(), tlp="TLP:CLEAR", related=(quiet, used)), Records(), "atom", "TLP:CLEAR")
    assert isinstance(told, Cleared) and [each.sid for each in told.briefing.related] == [used.sid]
    ours = clear(replace(full(), related=(quiet, used)), Records(), "json", None)
    assert isinstance(ours, Cleared) and len(ours.briefing.related) == 2
