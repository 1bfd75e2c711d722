# SPDX-License-Identifier: Apache-2.0
"""A round-up through the whole engine: one outcome an entry, sections join what tells of the same, nothing twice."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest
from tests.read.given import SOURCES
from tests.read.test_roundups import FINE, HEAD, PACKAGE, STORIES, TITLE, feed, markdown

import scc.store
from scc import content, knowledge
from scc.engine import Options, Report, run
from scc.model.document import Raw
from scc.store.database import Store

OPTIONS = Options(
    now="2026-03-07T00:00:00Z", knowledge=knowledge.open(), content=content.open(), sources=SOURCES, wait=0.0
)
WEEK = HEAD.format(TITLE) + markdown("groups")
ARTICLE = """---
title: "Ransomware stops Northfield Clinic, ambulances sent elsewhere"
url: https://paper.example/clinic
date: 2026-03-05
publisher: Example Paper
---

Ransomware encrypted the records of the Northfield Clinic on Monday. The clinic had to send ambulances to other houses.

The gang Blackfern claims that it took data of patients of Northfield Clinic. The clinic denies that data was taken.
"""


def raws(*texts: str) -> list[Raw]:
    return [Raw(data=each.encode(), path=f"in/{number}.md") for number, each in enumerate(texts)]


def go(store: Store, inputs: Iterable[Raw]) -> Report:
    report = run(store, inputs, OPTIONS)
    assert report.faults == ()
    return report


def test_one_outcome_an_entry_and_the_same_again(tmp_path: Path) -> None:
    with scc.store.open(tmp_path / "t.db") as store:
        report = go(store, raws(WEEK))
        found = [(each.entry.partition("-")[0], each.outcome, each.rule) for each in report.inputs]
        assert found == [
            ("", "context", "container"), ("example", "item", ""), ("ransomware", "item", ""), ("malicious", "item", ""),
            ("shopmart", "item", ""), ("upcoming", "not-news", "marketing"),
        ]  # fmt: skip
        count = store.documents.count()
        again = go(store, raws(WEEK))
        assert [each.state for each in again.items] == ["unchanged"] * 4 and store.documents.count() == count
        moved = go(store, [Raw(data=WEEK.encode(), path="elsewhere/week.md")])
        assert store.documents.count() == count and len(store.items.rows()) == 4
        assert {each.outcome for each in moved.inputs} == {"context", "joined", "not-news"}


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_section_joins_the_story_of_its_event(tmp_path: Path, order: tuple[int, ...]) -> None:
    inputs = [*raws(WEEK, ARTICLE), Raw(data=feed(f"<p>{PACKAGE}</p>").encode(), path="in/feed.json")]
    with scc.store.open(tmp_path / "t.db") as store:
        for at in order:
            go(store, [inputs[at]])
        told = {}
        for row in store.items.rows():
            briefing = store.items.briefing(row.id)
            assert briefing is not None
            told[briefing.title] = sorted(each.publisher for each in briefing.sources)
        (clinic,) = (found for title, found in told.items() if "Clinic" in title)
        assert clinic == ["Example Paper", "Example Wire"]


def test_two_sections_on_one_event_are_one_origin(tmp_path: Path) -> None:
    other = WEEK.replace("2026/03/week", "2026/03/daily").replace(TITLE, "Daily security news: clinic hit")
    with scc.store.open(tmp_path / "t.db") as store:
        go(store, raws(WEEK, other.replace("on Monday", "at the weekend")))
        origins = set()
        for row in store.items.rows():
            briefing = store.items.briefing(row.id)
            assert briefing is not None
            if "Clinic" in briefing.title:
                assert len(briefing.sources) == 2
                origins |= {each.origin for each in briefing.sources}
        assert len(origins) == 1


def test_a_feed_entry_gives_way_to_the_page(tmp_path: Path) -> None:
    inner = "".join(f"<p><strong>{title}</strong><br>{text}</p>" for title, text in STORIES.items())
    with scc.store.open(tmp_path / "t.db") as store:
        report = go(store, [Raw(data=feed(inner).encode(), path="in/feed.json")])
        assert [each.rule for each in report.inputs if each.outcome == "context"] == ["container", "round-up"]
        before = {each.id for each in store.items.rows()}
        go(store, raws(WEEK))
        assert {each.id for each in store.items.rows()} == before


def test_one_line_opens_nothing_urgent(tmp_path: Path) -> None:
    line = "\n\n## Also\n\n- [CVE-2026-22222 in Sample Mail exploited in the wild](https://press.example/2)\n- [Fakebook sued](https://press.example/3)\n- [Cloud down](https://press.example/4)\n"
    alone = (
        HEAD.format(TITLE)
        + markdown("headings", {**STORIES, "Shopmart fined for open database": FINE})
        + line
    )
    with scc.store.open(tmp_path / "t.db") as store:
        go(store, raws(alone))
        (row,) = (each for each in store.items.rows() if "22222" in each.title)
        briefing = store.items.briefing(row.id)
        assert briefing is not None and briefing.priority == "standard"
        assert briefing.priority_reasons[0].text.startswith("All that is at hand is one line")
        assert any("opening" in each or "line" in each for each in briefing.notes)


def test_the_same_bytes_twice(tmp_path: Path) -> None:
    made = []
    for name in ("a.db", "b.db"):
        with scc.store.open(tmp_path / name) as store:
            go(store, raws(WEEK, ARTICLE))
            made.append([msgspec.json.encode(store.items.briefing(each.id)) for each in store.items.rows()])
    assert made[0] == made[1]
