# SPDX-License-Identifier: Apache-2.0
"""The gap register: open gaps only, in order, with their actions; CSV and Markdown that hold what they are given."""

from __future__ import annotations

import csv
import io
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.share.briefings import NASTY, briefing, context, nasty, plain, spoiled

from scc.model.act import Gap
from scc.share import EXPORTS, Context, NotApplicable, Records
from scc.share.cells import LONGEST, cell, table
from scc.share.gaps import NONE_OPEN

ITEM = "SCC-VUL-2026-0042"
GAPS = (
    Gap(id="g1", item=ITEM, framework="cis-v8", control="2.1", description="no list of servers", owner="IT", due="2026-09-30"),
    Gap(id="g2", item=ITEM, framework="nist-800-53r5", control="SI-4", description="no process records", due="2026-08-01"),
    Gap(id="g3", item=ITEM, framework="soc2", control="CC9.9", description="unknown control"),
    Gap(id="g4", item=ITEM, framework="cis-v8", control="8.11", description="closed", status="closed"),
    Gap(id="g5", item=ITEM, framework="cis-v8", control="8.11", description="accepted", status="accepted"),
    Gap(id="g6", item="SCC-VUL-2026-0001", framework="cis-v8", control="8.11", description="of another item"),
)  # fmt: skip


def having(*gaps: Gap) -> Context:
    return context(records=Records(gaps=gaps))


def rows(data: bytes | NotApplicable) -> list[dict[str, str]]:
    assert isinstance(data, bytes) and data.startswith(b"\xef\xbb\xbf")
    assert all(line.endswith("\r\n") for line in data.decode().splitlines(keepends=True))
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def cells_of(data: bytes | NotApplicable) -> list[list[str]]:
    """Texts of the table cells as a Markdown reader shows them, without any other markup in the page."""
    assert isinstance(data, bytes)
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(data.decode())
    kinds = {each.type for each in tokens}
    assert kinds == {
        "heading_open", "heading_close", "inline", "paragraph_open", "paragraph_close", "table_open", "table_close",
        "thead_open", "thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close", "th_open", "th_close",
        "td_open", "td_close",
    }  # fmt: skip
    found: list[list[str]] = []
    for before, token in itertools.pairwise(tokens):
        if token.type == "tr_open":
            found.append([])
        if token.type == "inline" and before.type in ("td_open", "th_open"):
            assert {one.type for one in token.children or ()} <= {"text"}, token.content
            found[-1].append("".join(one.content for one in token.children or ()))
    return found


@pytest.mark.parametrize("name", ["gaps-md", "gaps-csv"])
def test_without_an_open_gap_there_is_no_register(name: str) -> None:
    item = briefing(plain("maximal"))
    assert EXPORTS[name].write(item, context()) == NONE_OPEN
    assert EXPORTS[name].write(item, having(*GAPS[3:])) == NONE_OPEN
    assert EXPORTS[name].write_many([]) == NONE_OPEN


def test_open_gaps_by_due_date_with_title_state_and_actions() -> None:
    found = rows(EXPORTS["gaps-csv"].write(briefing(plain("maximal")), having(*GAPS)))
    assert [each["Gap"] for each in found] == ["g2", "g1", "g3"]
    assert [each["State"] for each in found] == ["overdue", "open", "open"]
    assert found[0]["Framework key"] == "nist-800-53r5" and found[0]["Control"] == "SI-4"
    assert found[0]["Control title"] == "System Monitoring"
    assert found[0]["Actions of the plan"] == "Look for shells started by the Node.js server"
    assert found[1]["Framework"].startswith("CIS") and found[1]["Owner"] == "IT"
    assert found[2]["Control title"] == "" and found[2]["Framework"].startswith("SOC 2")


def test_the_markdown_register_says_the_same() -> None:
    data = EXPORTS["gaps-md"].write(briefing(plain("maximal")), having(*GAPS))
    assert isinstance(data, bytes)
    text = data.decode()
    assert "TLP:AMBER. 3 open, 1 overdue. As of" in text
    table_ = cells_of(data)
    assert [each[0] for each in table_] == ["Gap", "g2", "g1", "g3"]
    assert table_[1][2].endswith("SI-4 System Monitoring") and table_[1][5] == "2026-08-01 (overdue)"


def test_one_register_for_many_items_labelled_by_the_strictest_that_has_a_gap() -> None:
    other = {**plain("minimal"), "id": "SCC-VUL-2026-0001", "tlp": "TLP:RED"}
    both = [(briefing(plain("maximal")), having(*GAPS)), (briefing(other), having(*GAPS))]
    assert {each["Item"] for each in rows(EXPORTS["gaps-csv"].write_many(both))} == {
        ITEM,
        "SCC-VUL-2026-0001",
    }
    data = EXPORTS["gaps-md"].write_many(both)
    assert isinstance(data, bytes) and "TLP:RED. 4 open" in data.decode()
    assert EXPORTS["gaps-csv"].write_many(both) == EXPORTS["gaps-csv"].write_many(both[::-1])


@given(st.lists(nasty(), min_size=6, max_size=6), nasty())
def test_hostile_gaps_stay_cells(texts: list[list[str]], free: list[str]) -> None:
    fields = [" ".join(each).encode("utf-8", "replace").decode() for each in texts]
    gap = Gap(id=fields[0], item=ITEM, framework=fields[1], control=fields[2], description=fields[3], owner=fields[4], due=fields[5])  # fmt: skip
    item = briefing(spoiled(plain("maximal"), free))
    (found,) = rows(EXPORTS["gaps-csv"].write(item, having(gap)))
    assert len(found) == 15
    assert [len(each) for each in cells_of(EXPORTS["gaps-md"].write(item, having(gap)))] == [7, 7]


FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "＝1",
    "a;=1",
    'a; "=cmd|x',
    "a|-1",
    "\n@x",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_a_formula_at_any_sign_where_spreadsheets_cut(text: str) -> None:
    data = table(("h",), [(text,)]).decode("utf-8-sig")
    for delimiter in ",;\t|":
        for row in csv.reader(io.StringIO(data, newline=""), delimiter=delimiter):
            for each in row:
                assert not each.strip(' "').startswith(("=", "+", "-", "@", "＝")), (delimiter, each)


@given(st.one_of(st.text(), st.sampled_from(NASTY), st.sampled_from(FORMULAS)))
def test_a_cell_is_one_line_of_bounded_length_that_is_no_formula(text: str) -> None:
    found = cell(text)
    assert len(found) <= LONGEST and len(found.splitlines()) <= 1
    assert found[:1] not in tuple("=+-@\t\r") or not found
    assert cell(found) == found


def test_a_megabyte_is_cut_visibly() -> None:
    assert len(cell("x" * 1_000_000)) == LONGEST and cell("x" * 1_000_000).endswith("…")
    assert len(cell("=" + ";=" * 20_000)) == LONGEST


def register(values: dict[str, Any]) -> list[dict[str, str]]:
    return rows(EXPORTS["csv"].write(briefing(values), context()))


def test_the_register_of_an_item_has_a_row_a_fact() -> None:
    found = register(plain("maximal"))
    kinds = [each["Kind"] for each in found]
    assert kinds[0] == "item" and kinds.count("item") == 1
    assert {kind: kinds.count(kind) for kind in ("vulnerability", "product", "action", "deadline", "source")} == {
        "vulnerability": 1, "product": 3, "action": 5, "deadline": 2, "source": 9,
    }  # fmt: skip
    assert {(each["Item"], each["Revision"], each["TLP"]) for each in found} == {(ITEM, "2", "TLP:AMBER")}
    flaw = found[kinds.index("vulnerability")]
    assert (
        flaw["Id"] == "CVE-2025-55182"
        and "10 CVSS:3.1/AV:N" in flaw["Detail"]
        and flaw["Date"] == "2025-12-12"
    )
    assert "CISA" in flaw["Sources"]
    url = next(each for each in found if each["Kind"] == "indicator" and each["Id"] == "url")
    assert url["Title"].startswith("hxxps://www[.]sysdig[.]com/")
    due = [each for each in found if each["Kind"] == "deadline"]
    assert [each["State"] for each in due] == ["binds us: no; passed", "binds us: maybe; would-start-if"]


@given(nasty())
def test_hostile_briefings_keep_the_shape_of_the_register(texts: list[str]) -> None:
    found = register(spoiled(plain("maximal"), texts))
    assert len(found) == len(register(plain("maximal")))
    assert all(None not in each and None not in each.values() for each in found)
