# SPDX-License-Identifier: Apache-2.0
"""The store in SQLite and PostgreSQL: repositories, search, locks, schema versions, plain errors."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import inspect, text, update

import scc.store
from scc.model.decision import Decision
from scc.model.document import Document, Raw
from scc.model.errors import StoreError
from scc.model.facts import Identifier, Observation
from scc.model.notice import Facts, Notice
from scc.model.provenance import Span
from scc.store import tables
from scc.store.database import Store
from scc.store.documents import NewDocument
from scc.store.query import Query
from scc.store.raws import RawRow, raw_id
from scc.store.sources import SourceState


def document(id_: str, title: str, body: str = "", **more: str) -> NewDocument:
    made = Document(
        id=id_, kind=more.pop("kind", "article"), format="text", title=title, text=body, publisher="Example Wire",  # type: ignore[arg-type]
        tier="T3", tlp="TLP:CLEAR", url=more.pop("url", ""), published=more.pop("date", ""),
    )  # fmt: skip
    seen = (Observation("obs-1", id_, Identifier("cve", "CVE-2026-0001"), Span(0, 3), "stated", 1.0),)
    return NewDocument(made, seen, ("k1", "k2"), ("CVE-2026-0001",), "inputs", more.pop("stage", "read"))


def test_raws_are_admitted_once_and_their_bytes_let_go(store: Store) -> None:
    raw = Raw(data=b"\xff\0 text", path="a/b.txt", headers=(("etag", "x"),))
    assert store.raws.admit([(raw_id(raw), raw)]) == 1
    assert store.raws.admit([(raw_id(raw), raw)]) == 0
    claimed = store.raws.claim(10)
    assert [each for _, each in claimed] == [raw] and claimed[0][0].attempt == 1
    assert store.raws.claim(10) == []
    store.raws.sweep()
    assert store.raws.claim(10)[0][0].attempt == 2
    store.raws.decide(raw_id(raw), "quarantined", "binary", "Binary.")
    assert store.raws.counts() == {"quarantined": 1}
    assert store.rows(text("SELECT count(*) FROM raws WHERE body IS NOT NULL"))[0][0] == 0


def test_the_same_bytes_at_two_places_are_two_inputs() -> None:
    assert raw_id(Raw(data=b"x", path="a")) != raw_id(Raw(data=b"x", path="b"))
    assert raw_id(Raw(data=b"x", path="a")) != raw_id(Raw(data=b"y", path="a"))


def test_documents_come_back_as_they_were(store: Store) -> None:
    new = document("doc-1", "Title", "Körper 漢字 \U0001f600", date="2026-06-01")
    store.documents.add([new, document("doc-2", "Other", kind="record")])
    assert store.documents.get(["doc-2", "doc-1", "doc-9"])[1] == (new.document, new.observations)
    assert store.documents.keys_of("doc-1") == ("k1", "k2")
    assert store.documents.speaking_of(["CVE-2026-0001"]) == ["doc-2"]
    assert [each.id for each in store.documents.waiting()] == ["doc-1", "doc-2"]


def test_a_payload_comes_back_byte_for_byte(store: Store) -> None:
    payload = msgspec.Raw(b'{"b":[1,2.50,"\\u00e9"],"a":null}')
    new = document("doc-1", "Record", kind="record")
    made = msgspec.structs.replace(new, document=msgspec.structs.replace(new.document, payload=payload))
    store.documents.add([made])
    found = store.documents.get(["doc-1"])[0][0]
    assert found.payload is not None and bytes(found.payload) == bytes(payload)


def test_candidates_are_placed_documents_with_a_shared_key(store: Store) -> None:
    store.documents.add([document("doc-1", "One"), document("doc-2", "Two")])
    assert store.documents.sharing(["k1"], 10) == []
    store.stories.add("story-1")
    store.documents.place("doc-1", "story-1")
    assert store.documents.sharing(["k1", "k9"], 10) == [("doc-1", "story-1")]
    assert store.documents.stories_on(["CVE-2026-0001"]) == ["story-1"]


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction():
        store.documents.add([document("doc-1", "One")])
        raise RuntimeError
    assert store.documents.count() == 0 and store.search(Query("One")).ids == ()


def test_numbers_are_given_in_order_and_never_twice(store: Store) -> None:
    for name in ("s1", "s2", "s3"):
        store.stories.add(name)
    assert store.items.number([("s1", "breach"), ("s2", "threat")], 2026) == [
        "SCC-BRE-2026-0001", "SCC-THR-2026-0002",
    ]  # fmt: skip
    assert store.items.number([("s3", "breach")], 2026) == ["SCC-BRE-2026-0003"]
    store.stories.add("s4")
    assert store.items.number([("s4", "breach")], 2027) == ["SCC-BRE-2027-0001"]


def test_decisions_and_source_states_are_kept(store: Store) -> None:
    ruled = Decision("dec-1", "dismiss", "a person", "2026-06-01T00:00:00Z", "not ours", "SCC-BRE-2026-0001")
    store.decisions.add([ruled])
    store.decisions.add([ruled])
    assert store.decisions.all() == (ruled,)
    assert store.sources.get("x") == SourceState()
    store.sources.put("x", SourceState(etag="1"))
    store.sources.put("x", SourceState(etag="2"))
    assert store.sources.get("x").etag == "2"


def test_entries_are_found_with_their_container(store: Store) -> None:
    store.raws.put(
        [RawRow(id="f", path="feed", outcome="context"), RawRow(id="e", container="f", outcome="item")]
    )
    assert [each.id for each in store.raws.rows(["f"])] == ["f", "e"]


def test_a_lock_of_a_process_that_is_gone_is_taken_over(store: Store) -> None:
    import socket

    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    store.change(
        tables.LOCKS.insert().values(name="run", owner=f"{socket.gethostname()}:{ended.pid}:0", until=9e9)
    )
    with store.lock("run", 0.0):
        assert len(store.rows(text("SELECT * FROM locks"))) == 1
    store.change(tables.LOCKS.insert().values(name="run", owner="elsewhere:1:0", until=9e9))
    with pytest.raises(StoreError, match="Another run"), store.lock("run", 0.0):
        pass


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    with scc.store.open(tmp_path / "t.db") as store:
        store.change(update(tables.VERSION).values(version_num="9999"))
    with pytest.raises(StoreError, match="newer version"):
        scc.store.open(tmp_path / "t.db")


def test_migrations_lead_to_the_same_schema(tmp_path: Path) -> None:
    from sqlalchemy import create_engine

    from scc.store.database import HEAD
    from scc.store.migrate import upgrade

    engine = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    upgrade(engine, "old.db")
    with scc.store.open(tmp_path / "new.db"), scc.store.open(tmp_path / "old.db") as migrated:
        assert migrated.rows(tables.VERSION.select())[0][0] == HEAD
    fresh = create_engine(f"sqlite:///{tmp_path / 'new.db'}")
    for name in inspect(fresh).get_table_names():
        ours = [
            (each["name"], str(each["type"]), each["nullable"]) for each in inspect(fresh).get_columns(name)
        ]
        assert ours == [
            (each["name"], str(each["type"]), each["nullable"]) for each in inspect(engine).get_columns(name)
        ]
        assert inspect(fresh).get_indexes(name) == inspect(engine).get_indexes(name)


def test_notices_are_kept_and_settled(store: Store) -> None:
    first = Notice(
        "ntc-1", "desk", "SCC-VUL-2026-0001", 1, "new", Facts(True), "2026-06-10T08:00:00+00:00", "sending"
    )
    store.notices.put([first])
    store.notices.put([msgspec.structs.replace(first, state="sent")])
    assert [(each.id, each.state, each.facts.exploited) for each in store.notices.all()] == [
        ("ntc-1", "sent", True)
    ]


def test_a_database_of_the_first_schema_gets_what_is_missing(tmp_path: Path) -> None:
    with scc.store.open(tmp_path / "t.db") as store, store.transaction():
        store.change(text("DROP TABLE notices"))
        store.change(tables.VERSION.update().values(version_num="0001"))
    with scc.store.open(tmp_path / "t.db") as store:
        assert store.notices.all() == ()
        store.notices.put(
            [Notice("ntc-1", "desk", "", 0, "digest", Facts(), "2026-06-10T08:00:00+00:00", "sent")]
        )
        assert [each.id for each in store.notices.all()] == ["ntc-1"]


@pytest.mark.parametrize("case", ["text", "folder", "foreign", "absent", "unwritable"])
def test_what_is_no_database_is_said_plainly(tmp_path: Path, case: str) -> None:
    file = tmp_path / "t.db"
    expected = {"text": "not an SCC database", "folder": "is a folder", "foreign": "another program",
                "absent": "no database", "unwritable": "cannot be made"}[case]  # fmt: skip
    if case == "text":
        file.write_text("hello, this is no database " * 100)
    elif case == "folder":
        file.mkdir()
    elif case == "foreign":
        with sqlite3.connect(file) as connection:
            connection.execute("CREATE TABLE other (x)")
    elif case == "unwritable":
        (tmp_path / "f").write_text("")
        file = tmp_path / "f" / "sub" / "t.db"
    with pytest.raises(StoreError, match=expected) as caught:
        scc.store.open(file, create=case != "absent")
    assert caught.value.todo


def test_a_full_disk_is_said_plainly_and_nothing_is_lost(tmp_path: Path) -> None:
    with scc.store.open(tmp_path / "t.db") as store:
        store.documents.add([document("doc-1", "One")])
        pages = store.rows(text("PRAGMA page_count"))[0][0]
        store.rows(text(f"PRAGMA max_page_count = {pages + 4}"))
        import random

        noise = "".join(chr(random.Random(1).randrange(33, 0x2000)) for _ in range(300_000))
        with pytest.raises(StoreError, match="is full"):
            store.documents.add([document("doc-2", "Two", noise)])
        assert store.documents.count() == 1
    with scc.store.open(tmp_path / "t.db") as store:
        assert [each.id for each in store.documents.waiting()] == ["doc-1"]


def test_a_locked_database_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scc.store.database.BUSY_SECONDS", 0.1)
    with scc.store.open(tmp_path / "t.db") as store:
        other = sqlite3.connect(tmp_path / "t.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="Another process"):
            store.documents.add([document("doc-1", "One")])
        other.execute("ROLLBACK")
        assert store.documents.count() == 0
        other.close()


def test_opening_loads_no_alembic_and_the_package_no_sqlalchemy() -> None:
    code = "import sys, scc.store; print('sqlalchemy' in sys.modules); scc.store.open(sys.argv[1]); print('alembic' in sys.modules)"
    import os
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        said = subprocess.run(
            [sys.executable, "-c", code, f"{folder}/t.db"], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
        )  # fmt: skip
    assert said.stdout.split() == ["False", "False"]


def test_items_are_listed_by_id_or_the_last_ones(store: Store) -> None:
    from scc.store.tables import ITEMS, REVISIONS

    for number in range(1, 8):
        id_ = f"SCC-BRE-2026-{number:04}"
        store.change(
            ITEMS.insert().values(
                id=id_, story=f"s{number}", revision=number % 2, year=2026 - number // 7, number=number
            )
        )
        if number % 2:
            store.change(
                REVISIONS.insert().values(
                    item=id_, revision=1, generated="", digest="", type="breach", severity="high", priority="",
                    title=f"Title {number}", briefing=b"",
                )
            )  # fmt: skip
    listed = [each.id[-1] for each in store.items.rows()]
    assert listed == ["7", "1", "3", "5"] and store.items.count() == 4
    assert [each.id[-1] for each in store.items.rows(last=2)] == ["3", "5"]
    wanted = ["SCC-BRE-2026-0005", "SCC-BRE-2026-0002", "SCC-BRE-2026-0007", "none"]
    assert [each.id[-1] for each in store.items.rows(wanted)] == ["7", "5"]
    assert store.items.rows([]) == []


def test_records_that_speak_of_an_id_are_found_among_given_ones(store: Store) -> None:
    store.documents.add([document(f"doc-{number}", "Record", kind="record") for number in range(4)])
    store.documents.add([document("doc-9", "Article")])
    assert store.documents.speaking_of(["CVE-2026-0001"], ["doc-3", "doc-1", "doc-9"]) == ["doc-1", "doc-3"]
    assert store.documents.speaking_of(["CVE-2026-0002"], ["doc-1"]) == []
    assert store.documents.speaking_of(["CVE-2026-0001"], []) == []


def test_stale_documents_are_those_of_other_inputs(store: Store) -> None:
    new = [document(f"doc-{number}", "One") for number in range(6)]
    for number, inputs in enumerate(["b", "a", "b", "c", "", "b"]):
        store.documents.add([msgspec.structs.replace(new[number], inputs=inputs)])
    assert sorted(store.documents.stale("b", 10)) == ["doc-1", "doc-3", "doc-4"]
    assert len(store.documents.stale("b", 2)) == 2 and store.documents.stale("b", 0) == []
    assert sorted(store.documents.stale("x", 10)) == [f"doc-{number}" for number in range(6)]


def test_what_every_run_asks_reads_no_table_whole(tmp_path: Path) -> None:
    """The questions with which a run begins go by an index, so that they cost the same in a large archive."""
    from sqlalchemy.dialects import sqlite

    asked: list[str] = []
    with scc.store.open(tmp_path / "t.db") as store:
        real_rows, real_change = store.rows, store.change

        def rows(statement: Any, values: Any = None) -> list[Any]:
            asked.append(compiled(statement, values))
            return real_rows(statement, values)

        def change(statement: Any, values: Any = None) -> int:
            asked.append(compiled(statement, None))
            return real_change(statement, values)

        def compiled(statement: Any, values: Any) -> str:
            bound = statement.params(**values) if values else statement
            return str(bound.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))

        store.rows, store.change = rows, change  # type: ignore[method-assign]
        store.raws.sweep()
        store.stories.sweep()
        store.raws.claim(10)
        store.documents.stale("inputs", 100)
        store.documents.waiting()
        store.stories.changed()
        store.stories.unnumbered()
        store.stories.typed_count()
        store.stories.claim(20)
        store.rows, store.change = real_rows, real_change  # type: ignore[method-assign]
        assert len(asked) >= 10
        for each in asked:
            plan = [row[3] for row in store.rows(text(f"EXPLAIN QUERY PLAN {each}".replace(":", r"\:")))]
            whole = [
                step for step in plan for table in tables.METADATA.tables if step.startswith(f"SCAN {table}")
            ]
            assert plan and not whole, (each, plan)
