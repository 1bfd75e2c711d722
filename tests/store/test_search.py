# SPDX-License-Identifier: Apache-2.0
"""Full-text search in both databases: order, pages, filters, hostile words, and that it reads a bounded part."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

import scc.store
from scc.model.document import Document
from scc.model.errors import UsageError
from scc.store import query, search, tables
from scc.store.database import Store
from scc.store.documents import NewDocument
from scc.store.query import LONGEST, MOST_TERMS, Found, Query


def document(number: int, title: str, body: str = "", date: str = "", **more: str) -> NewDocument:
    made = Document(
        id=f"doc-{number}", kind=more.get("kind", "article"), format="text", title=title, text=body,  # type: ignore[arg-type]
        publisher=more.get("publisher", "Example Wire"), tier="T3", tlp="TLP:CLEAR", published=date,
    )  # fmt: skip
    return NewDocument(made, (), (), (), "inputs", "read")


def ids(store: Store, words: str, **more: object) -> list[str]:
    return list(store.search(Query(words, **more)).ids)  # type: ignore[arg-type]


def pages(store: Store, asked: Query) -> list[Found]:
    """All pages."""
    found = [store.search(asked)]
    while found[-1].next:
        found.append(store.search(Query(asked.words, asked.limit, type=asked.type, after=found[-1].next)))
        assert len(found) < 500
    return found


def test_the_title_comes_first_then_the_newest(store: Store) -> None:
    store.documents.add(
        [
            document(1, "Gateway flaw exploited", "The vendor confirms.", "2024-01-01"),
            document(2, "Weather", "a gateway flaw is mentioned", "2026-05-01"),
            document(3, "Nothing", "else", "2026-06-01"),
            document(4, "Gateways", "with one flaw", "2026-06-01"),
            document(5, "Flaws in a gateway", "", "2025-01-01"),
            document(6, "Undated", "gateway flaw"),
        ]
    )
    assert ids(store, "gateway flaws") == ["doc-5", "doc-1", "doc-4", "doc-2", "doc-6"]


def test_a_phrase_is_found_as_it_stands(store: Store) -> None:
    store.documents.add(
        [
            document(1, "One", "remote code execution in a parser"),
            document(2, "Two", "the code for execution by a remote user"),
            document(3, "Remote", "code execution"),
        ]
    )
    assert sorted(ids(store, "remote code execution")) == ["doc-1", "doc-2", "doc-3"]
    assert ids(store, '"remote code" parser') == ["doc-1"]
    assert ids(store, '"code execution" remote') == ["doc-3", "doc-1"]


def test_pages_have_no_gap_and_no_repeat_though_all_dates_are_the_same(store: Store) -> None:
    store.documents.add(
        [
            document(number, "Gateway news" if number % 3 == 0 else "News", "gateway", "2026-06-01")
            for number in range(101)
        ]
    )
    expected = [f"doc-{number}" for number in range(100, -1, -1) if number % 3 == 0]
    expected += [f"doc-{number}" for number in range(100, -1, -1) if number % 3]
    for limit in (1, 7, 34, 100, 101, 500):
        found = pages(store, Query("gateway", limit))
        assert [id_ for page in found for id_ in page.ids] == expected
        assert {len(page.ids) for page in found[:-1]} <= {limit} and found[-1].ids


def test_a_page_stays_the_same_though_documents_come_in(store: Store) -> None:
    store.documents.add([document(number, "News", "gateway", "2026-06-01") for number in range(20)])
    first = store.search(Query("gateway", 5))
    store.documents.add([document(99, "News", "gateway", "2026-06-02")])
    second = store.search(Query("gateway", 5, after=first.next))
    assert second.ids == ("doc-14", "doc-13", "doc-12", "doc-11", "doc-10")


def test_filters_hold_on_every_page(store: Store) -> None:
    for number in range(40):
        store.documents.add(
            [
                document(
                    number, "Gateway", "news", f"2026-{1 + number % 4:02}-{1 + number // 4:02}",
                    publisher="Example CERT" if number % 2 else "Example Wire",
                    kind="record" if number % 8 == 0 else "article",
                )
            ]
        )  # fmt: skip
    store.documents.add([document(40, "Gateway", "no date")])
    every = ids(store, "gateway", limit=100)
    assert len(every) == 41 and every[-1] == "doc-40"
    assert ids(store, "gateway", limit=100, publisher="example  cert") == [
        each for each in every if int(each[4:]) % 2
    ]
    records = [each for each in every if int(each[4:]) % 8 == 0 and each != "doc-40"]
    assert ids(store, "gateway", limit=100, kind="record") == records
    march = [each for each in every if int(each[4:]) % 4 == 2 and each != "doc-40"]
    assert ids(store, "gateway", limit=100, since="2026-03", until="2026-03") == march
    assert ids(store, "gateway", limit=100, since="2026-03-05", until="2026-03-05") == ["doc-18"]
    assert ids(store, "gateway", limit=100, until="2025") == []
    assert ids(store, "gateway", limit=100, since="2026") == every[:-1]
    part = store.search(Query("gateway", 3, since="2026-03", until="2026-03"))
    rest = store.search(Query("gateway", 100, since="2026-03", until="2026-03", after=part.next))
    assert [*part.ids, *rest.ids] == march


def test_the_type_of_an_item_is_a_filter(store: Store) -> None:
    store.documents.add([document(number, "News", "gateway", "2026-06-01") for number in range(30)])
    for number in range(30):
        store.stories.add(f"story-{number}")
        store.documents.place(f"doc-{number}", f"story-{number}")
        store.stories.typed(f"story-{number}", "breach" if number % 10 == 0 else "threat", "", "")
    assert ids(store, "gateway", type="breach") == ["doc-20", "doc-10", "doc-0"]
    found = pages(store, Query("gateway", 2, type="breach"))
    assert [each.ids for each in found] == [("doc-20", "doc-10"), ("doc-0",)]


def test_a_page_looks_at_so_many_matches_and_says_where_to_go_on(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "LOOKED", 60)
    monkeypatch.setattr(search, "_STEP", 20)
    store.documents.add([document(number, "News", "gateway", "2026-06-01") for number in range(200)])
    store.stories.add("story-1")
    store.documents.place("doc-0", "story-1")
    store.stories.typed("story-1", "breach", "", "")
    found = pages(store, Query("gateway", 5, type="breach"))
    assert found[0].ids == () and found[0].next
    assert [id_ for page in found for id_ in page.ids] == ["doc-0"] and len(found) == 4


@pytest.mark.parametrize(
    "words",
    [
        '"', '""', "'", "*", "NEAR( *", "a AND", "AND", "OR OR OR", "NOT", "gateway* OR x", "title : gateway", "{words} : x",
        "^gateway", "-gateway", "gateway + flaw", "gateway; DROP TABLE documents", "gateway\0flaw", "\ud800", "%s %(x)s :words",
        "a & b | !c <-> d:*", "\\", "\\'", "漢字", "\U0001e900\U0001e901", "🦠", "e\u0301", "gateway" * 100, "(" * 900, '"' * 999,
        "a-" * 400, "1.2.3.4/24", "https://press.example/a?b=c&d=e", "C:\\Windows\\System32", "xp1 xk1", "the", "\u202e", "!!", ":t0 :f0",
    ],
)  # fmt: skip
def test_hostile_words_are_data(store: Store, words: str) -> None:
    store.documents.add([document(1, "Gateway flaw", "text")])
    assert set(ids(store, words)) <= {"doc-1"}
    assert store.documents.count() == 1


@given(words=st.text(max_size=60), after=st.sampled_from(["", "t-0", "w-1", "w-9999999999999999999"]))
def test_any_words_find_something_or_nothing(
    tmp_path_factory: pytest.TempPathFactory, words: str, after: str
) -> None:
    with scc.store.open(tmp_path_factory.getbasetemp() / "any.db") as store:
        if not store.documents.count():
            store.documents.add([document(1, "Gateway flaw", "text")])
        assert len(store.search(Query(words, after=after)).ids) <= 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Query("x" * (LONGEST + 1)), "longer than"),
        (Query(" ".join(f"w{number}" for number in range(MOST_TERMS + 1))), "more than 32 words"),
        (Query('"' + "a b " * 20 + '"'), "more than 32 words"),
        (Query("x", since="yesterday"), "'yesterday' is no date"),
        (Query("x", until="2026-02-31"), "is no date"),
        (Query("x", since="2026-13"), "is no date"),
        (Query("x", after="t-"), "not known"),
        (Query("x", after="w-1; DROP"), "not known"),
    ],
)
def test_what_cannot_be_searched_is_said(tmp_path: Path, asked: Query, said: str) -> None:
    with scc.store.open(tmp_path / "t.db") as store, pytest.raises(UsageError, match=said) as caught:
        store.search(asked)
    assert caught.value.todo


def test_a_place_follows_the_date_then_the_arrival() -> None:
    dates = ["", "0001-01-01", "1999", "1999-02", "2026-06-01", "2026-06-02T10:00:00Z", "9999-12-31"]
    places = [query.place(date, seq) for date in dates for seq in (1, 2, (1 << 40) - 1)]
    assert places == sorted(places) and len(set(places)) == len(places) and places[-1] < query.TOP
    assert [query.seq_of(each) for each in places[:3]] == [1, 2, (1 << 40) - 1]
    for wrong in ("soon", "2026-99-99", "20", "2026-1-1", "2026-02-30"):
        assert query.place(wrong, 7) == 7
    assert query.span(Query("", until="2024-02")) == (1 << 40, query.place("2024-03-01", 0))


def test_the_index_is_read_downwards_and_stops(tmp_path: Path) -> None:
    """A common word costs no more in a large archive: FTS5 goes by place, and no plan sorts or counts all matches."""
    steps: dict[int, int] = {}
    for size in (500, 4000):
        with scc.store.open(tmp_path / f"{size}.db") as store:
            store.documents.add(
                [
                    document(number, "Gateway" if number % 2 else "News", "gateway flaw", "2026-06-01")
                    for number in range(size)
                ]
            )
            index = search._Index(store, ("gateway", "flaw"), (), 0)
            for where in (query.TITLES, query.TEXTS):
                plan = store.rows(
                    text(f"EXPLAIN QUERY PLAN {index._match(where, '< :below', 'LIMIT :most')}"),
                    {"words": '"gateway"', "low": 0, "below": 1 << 62, "most": 20},
                )
                assert len(plan) == 1 and "VIRTUAL TABLE" in plan[0][3], plan
            counted = 0

            def one(*_: object) -> int:
                nonlocal counted
                counted += 1
                return 0

            assert store._connection is not None
            driver = store._connection.connection.driver_connection
            assert driver is not None
            store.search(Query("gateway"))
            driver.set_progress_handler(one, 1)
            assert len(store.search(Query("gateway", 20)).ids) == 20
            assert (
                len(store.search(Query("gateway", 20, after=query.written(query.TEXTS, query.TOP - 1))).ids)
                == 20
            )
            driver.set_progress_handler(None, 0)
            steps[size] = counted
    assert 0 < steps[4000] <= steps[500] * 1.1, steps


def test_an_index_of_an_older_schema_is_built_anew(store: Store) -> None:
    store.documents.add(
        [document(number, "Gateway flaw", f"text {number}", "2026-06-01") for number in range(30)]
    )
    store.documents.add([document(30, "KEV", "not indexed for a record", kind="record")])
    if store.dialect == "sqlite":
        store.change(text("DROP TABLE search_titles"))
    store.change(text("DROP TABLE search"))
    store.change(text("CREATE TABLE search (document BIGINT PRIMARY KEY)"))
    store.change(text("DROP INDEX documents_inputs"))
    store.change(tables.VERSION.update().values(version_num="0003"))
    target = store._engine.url.render_as_string(hide_password=False)
    store.close()
    with scc.store.open(target.removeprefix("sqlite:///")) as again:
        assert ids(again, "gateway", limit=40) == [f"doc-{number}" for number in range(29, -1, -1)]
        assert (
            ids(again, "text 7") == ["doc-7"]
            and ids(again, "indexed") == []
            and ids(again, "kev") == ["doc-30"]
        )
