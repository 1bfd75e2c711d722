# SPDX-License-Identifier: Apache-2.0
"""The durable pipeline: outcomes, numbering, revisions, joining, enrichment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

import scc.store
from scc.collect.files import walk
from scc.engine import Report, run
from scc.model.errors import ContentError, StoreError
from scc.model.organisation import Organisation, OwnProduct

pytestmark = pytest.mark.usefixtures("small")


def go(db: Path, folder: Path, options: Any) -> Report:
    with scc.store.open(db) as store:
        return run(store, walk([folder]), options)


def outcomes(report: Report) -> dict[str, str]:
    return {
        Path(each.path).name + (f"#{each.entry}" if each.entry else ""): each.outcome
        for each in report.inputs
    }


def test_every_input_has_its_outcome(tmp_path: Path, folder: Path, options: Callable[..., Any]) -> None:
    report = go(tmp_path / "t.db", folder, options())
    assert report.faults == ()
    found = outcomes(report)
    assert found["a.txt"] == "item" and found["b.txt"] == "joined" and found["c.txt"] == "item"
    assert found["d.txt"] == "not-news" and found["x.bin"] == "quarantined"
    assert (
        found["feed.txt"] == "context" and found["feed.txt#e2"] == "item" and found["feed.txt#e1"] == "joined"
    )
    assert (
        found["kev.txt"] == "context" and found["kev.txt#k1"] == "record" and found["kev.txt#k2"] == "record"
    )
    assert report.files() == {"context": 2, "item": 2, "joined": 1, "not-news": 1, "quarantined": 1}
    assert report.entries() == {"context": 1, "item": 1, "joined": 1, "record": 2}


def test_numbers_follow_the_earliest_date_not_the_order_of_files(
    tmp_path: Path, folder: Path, options: Callable[..., Any]
) -> None:
    report = go(tmp_path / "t.db", folder, options())
    assert [(each.id, each.title) for each in report.items] == [
        ("SCC-THR-2026-0001", "Worm"),
        ("SCC-THR-2026-0002", "Wiper"),
        ("SCC-VUL-2026-0003", "Gateway flaw"),
    ]


def test_a_second_run_adds_nothing(tmp_path: Path, folder: Path, options: Callable[..., Any]) -> None:
    first = go(tmp_path / "t.db", folder, options())
    second = go(tmp_path / "t.db", folder, options(now="2026-06-11T00:00:00Z"))
    assert [each.state for each in second.items] == ["unchanged"] * 3
    assert outcomes(second) == outcomes(first)
    with scc.store.open(tmp_path / "t.db") as store:
        assert [each.revision for each in store.items.rows()] == [1, 1, 1]
        assert len(store.raws.rows([])) == 0 and store.stories.count() == 3


def test_two_fresh_databases_are_equal(tmp_path: Path, folder: Path, options: Callable[..., Any]) -> None:
    found = []
    for name in ("one.db", "two.db"):
        go(tmp_path / name, folder, options())
        with scc.store.open(tmp_path / name) as store:
            found.append([msgspec.json.encode(store.items.briefing(each.id)) for each in store.items.rows()])
    assert found[0] == found[1] and len(found[0]) == 3


def test_a_new_document_gives_revision_two(tmp_path: Path, folder: Path, options: Callable[..., Any]) -> None:
    go(tmp_path / "t.db", folder, options())
    (folder / "e.txt").write_text("title: More on it\ndate: 2026-06-09\nevent: E1\n")
    report = go(tmp_path / "t.db", folder, options())
    assert [(each.id, each.state, each.revision) for each in report.items if each.state != "unchanged"] == [
        ("SCC-VUL-2026-0003", "updated", 2)
    ]
    with scc.store.open(tmp_path / "t.db") as store:
        last = store.items.briefing("SCC-VUL-2026-0003")
        assert last is not None and last.changes is not None and last.changes.revision == 1
        old = store.items.briefing("SCC-VUL-2026-0003", 1)
        assert old is not None and len(old.sources) == len(last.sources) - 1


def test_the_type_may_change_the_id_may_not(tmp_path: Path, options: Callable[..., Any]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("title: Rumour\ndate: 2026-06-05\nevent: E1\n")
    go(tmp_path / "t.db", folder, options())
    (folder / "b.txt").write_text("title: Flaw\ndate: 2026-06-01\nevent: E1\ncve: CVE-2026-0009\n")
    report = go(tmp_path / "t.db", folder, options())
    assert [(each.id, each.type) for each in report.items] == [("SCC-THR-2026-0001", "vulnerability")]


def test_records_enrich_by_id_and_a_late_one_gives_a_revision(
    tmp_path: Path, folder: Path, options: Callable[..., Any]
) -> None:
    go(tmp_path / "t.db", folder, options())
    with scc.store.open(tmp_path / "t.db") as store:
        found = store.items.briefing("SCC-VUL-2026-0003")
        assert found is not None and "KEV entry" in [each.title for each in found.sources]
    late = tmp_path / "late"
    late.mkdir()
    (late / "epss.txt").write_text("kind: record\ntitle: EPSS row\ncve: CVE-2026-0001\n")
    report = go(tmp_path / "t.db", late, options())
    assert [(each.id, each.revision) for each in report.items] == [("SCC-VUL-2026-0003", 2)]


def test_records_become_items_only_when_asked_for(
    tmp_path: Path, folder: Path, options: Callable[..., Any]
) -> None:
    go(tmp_path / "t.db", folder, options())
    report = go(tmp_path / "t.db", folder, options(records=True))
    found = outcomes(report)
    assert {found["kev.txt#k1"], found["kev.txt#k2"]} == {"item"}
    assert len(report.items) == 5


def test_the_full_text_wins_over_a_feed_entry_that_came_first(
    tmp_path: Path, options: Callable[..., Any]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    entry = "title: Short\ndate: 2026-06-05\nurl: https://press.example/b\nevent: E1\n"
    (folder / "feed.txt").write_text(f"=== e1\n{entry}=== e2\nskip: x\n")
    first = go(tmp_path / "t.db", folder, options())
    assert [each.title for each in first.items] == ["Short"]
    (folder / "full.txt").write_text(entry.replace("Short", "The whole story"))
    second = go(tmp_path / "t.db", folder, options())
    assert [(each.id, each.title, each.revision) for each in second.items] == [
        (first.items[0].id, "The whole story", 2)
    ]
    with scc.store.open(tmp_path / "t.db") as store:
        briefing = store.items.briefing(first.items[0].id)
        assert briefing is not None and len(briefing.sources) == 1


def test_a_merge_keeps_the_older_id_and_redirects(
    tmp_path: Path, options: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("title: One\ndate: 2026-06-05\nevent: E1\n")
    (folder / "b.txt").write_text("title: Two\ndate: 2026-06-06\nevent: E2\n")
    go(tmp_path / "t.db", folder, options())
    import stages

    both = stages.keys
    (folder / "c.txt").write_text("title: Both\ndate: 2026-06-07\nevent: E1\n")
    from scc import correlate

    monkeypatch.setattr(
        correlate,
        "keys",
        lambda document, seen: ("E1", "E2") if document.title == "Both" else both(document, seen),
    )
    report = go(tmp_path / "t.db", folder, options())
    assert [each.id for each in report.items] == ["SCC-THR-2026-0001"]
    with scc.store.open(tmp_path / "t.db") as store:
        gone = store.items.get("SCC-THR-2026-0002")
        assert gone is not None and gone.status == "merged" and gone.merged_into == "SCC-THR-2026-0001"
        resolved = store.items.resolve("SCC-THR-2026-0002")
        assert resolved is not None and resolved.id == "SCC-THR-2026-0001"
        kept = store.items.briefing("SCC-THR-2026-0001")
        assert kept is not None and len(kept.sources) == 3


def test_a_fault_of_the_program_stays_with_its_input(
    tmp_path: Path, folder: Path, options: Callable[..., Any]
) -> None:
    (folder / "bad.txt").write_text("boom: 1\n")
    report = go(tmp_path / "t.db", folder, options())
    assert outcomes(report)["bad.txt"] == "quarantined" and len(report.items) == 3
    assert len(report.faults) == 1 and "bad.txt" in report.faults[0]


def test_what_failed_is_read_again_once_the_program_can(
    tmp_path: Path, folder: Path, options: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from scc import read

    (folder / "bad.txt").write_text("=== 1\ntitle: Boom boom\nevent: E8\n=== 2\ntitle: Fine\nevent: E9\n")
    first = go(tmp_path / "t.db", folder, options())
    assert (outcomes(first)["bad.txt#1"], outcomes(first)["bad.txt#2"]) == ("quarantined", "item")
    able = read.document
    monkeypatch.setattr(
        read, "document", lambda raw, *more: able(msgspec.structs.replace(raw, data=raw.data.replace(b"boom", b"")), *more)
    )  # fmt: skip
    second = go(tmp_path / "t.db", folder, options())
    assert (outcomes(second)["bad.txt#1"], outcomes(second)["bad.txt#2"]) == ("item", "item")
    assert outcomes(second)["x.bin"] == "quarantined" and second.faults == ()
    assert len(second.inputs) == len(first.inputs)


def test_broken_content_ends_the_run_and_blames_no_input(
    tmp_path: Path, folder: Path, options: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from scc import read

    able = read.observe

    def broken(*_: Any) -> None:
        raise ContentError(["rubrics/x.yaml:6: wrong"])

    monkeypatch.setattr(read, "observe", broken)
    with pytest.raises(ContentError):
        go(tmp_path / "t.db", folder, options())
    monkeypatch.setattr(read, "observe", able)
    assert len(go(tmp_path / "t.db", folder, options()).items) == 3


def test_two_runs_at_once(tmp_path: Path, folder: Path, options: Callable[..., Any]) -> None:
    said: list[str] = []
    with scc.store.open(tmp_path / "t.db") as first:
        with first.lock("run", 0.0), scc.store.open(tmp_path / "t.db") as second:
            with pytest.raises(StoreError, match="Another run"):
                run(second, walk([folder]), options(on_wait=said.append))
    assert go(tmp_path / "t.db", folder, options()).items


def test_another_pack_means_reading_again(tmp_path: Path, folder: Path, options: Callable[..., Any]) -> None:
    class Newer:
        pack_id = "newer"

    go(tmp_path / "t.db", folder, options())
    report = go(tmp_path / "t.db", folder, options(knowledge=Newer()))
    assert [each.state for each in report.items] == ["unchanged"] * 3
    with scc.store.open(tmp_path / "t.db") as store:
        assert store.documents.stale(options(knowledge=Newer()).reading, 10) == []


def test_a_profile_makes_items_of_records_on_its_products(
    tmp_path: Path, folder: Path, options: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    import stages

    from scc import read
    from scc.model.facts import Observation, Product
    from scc.model.provenance import Span

    def observe(document: Any, *more: Any) -> Any:
        found = stages.observe(document, *more)
        if document.title == "KEV entry":
            fact = Product("Edge  Gateway", status="affected")
            found += (Observation("obs-p", document.id, fact, Span(0, 1), "record", 1.0),)
        return found

    monkeypatch.setattr(read, "observe", observe)
    ours = Organisation(name="Example", products=(OwnProduct("edge gateway"),))
    go(tmp_path / "t.db", folder, options())
    report = go(tmp_path / "t.db", folder, options(organisation=ours))
    found = outcomes(report)
    assert (found["kev.txt#k1"], found["kev.txt#k2"]) == ("item", "record")
