# SPDX-License-Identifier: Apache-2.0
"""`scc brief` from files to briefings, with the real stages and every connection forbidden."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from scc.cli import exits
from scc.cli.main import main

NOW = "2026-06-10T08:00:00Z"
ARTICLE = """---
title: Example Gateway flaw CVE-2026-12345 exploited in attacks
publisher: {publisher}
tier: {tier}
date: {date}
url: {url}
tlp: {tlp}
---
# Example Gateway flaw CVE-2026-12345 exploited in attacks

The vendor has released version 4.2.1 of Example Gateway to fix CVE-2026-12345, an authentication bypass
that is exploited in attacks since {date}. The flaw affects versions before 4.2.1. Administrators should
update now and look for unknown accounts. {more}
"""


def article(publisher: str, date: str, more: str = "", tier: str = "T3", tlp: str = "CLEAR") -> str:
    url = f"https://{publisher.lower().replace(' ', '-')}.example/gateway"
    return ARTICLE.format(publisher=publisher, tier=tier, date=date, url=url, more=more, tlp=f"TLP:{tlp}")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setenv("SCC_SETTINGS", os.devnull)
    place = tmp_path / "in"
    place.mkdir()
    (place / "one.md").write_text(article("Example Wire", "2026-06-03"))
    (place / "two.md").write_text(
        article("Press Example", "2026-06-04", "Two hospitals are named as victims.")
    )
    return place


def go(folder: Path, tmp_path: Path, *more: str, db: str = "t.db", out: str = "out") -> int:
    return main(
        ["brief", str(folder), "--now", NOW, "--db", str(tmp_path / db), "--out", str(tmp_path / out), "--json", *more]
    )  # fmt: skip


def test_a_folder_gives_one_item_in_every_format(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert go(folder, tmp_path) == exits.OK
    said = json.loads(capsys.readouterr().out)
    assert [each["outcome"] for each in said["inputs"]] == ["item", "joined"]
    (item,) = said["items"]
    place = tmp_path / "out" / item["id"]
    assert sorted(each.name for each in place.iterdir()) == [
        "briefing.html", "briefing.json", "briefing.md", "briefing.pdf",
    ]  # fmt: skip
    assert (place / "briefing.pdf").read_bytes().startswith(b"%PDF-")
    briefing = json.loads((place / "briefing.json").read_text())
    assert briefing["id"] == "SCC-VUL-2026-0001" and briefing["generated"] == NOW
    assert [each["id"] for each in briefing["vulnerabilities"]] == ["CVE-2026-12345"]
    assert sorted(Path(each["path"]).name for each in briefing["sources"]) == ["one.md", "two.md"]


def test_two_fresh_databases_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert go(folder, tmp_path, "--format", "json,html,md", db=f"{name}.db", out=name) == exits.OK
    for extension in ("json", "html", "md"):
        one, two = (tmp_path / name / "SCC-VUL-2026-0001" / f"briefing.{extension}" for name in ("a", "b"))
        assert one.read_bytes() == two.read_bytes()


def test_a_second_run_adds_nothing_and_a_new_document_a_revision(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    go(folder, tmp_path, "--format", "json")
    go(folder, tmp_path, "--format", "json")
    lines = capsys.readouterr().out.split("\n}\n")
    assert json.loads(lines[1] + "\n}")["items"][0]["state"] == "unchanged"
    (folder / "three.md").write_text(article("Example Vendor", "2026-06-05", "A workaround exists.", "T1"))
    go(folder, tmp_path, "--format", "json")
    (item,) = json.loads(capsys.readouterr().out)["items"]
    assert (item["state"], item["revision"]) == ("updated", 2)
    briefing = json.loads((tmp_path / "out" / item["id"] / "briefing.json").read_text())
    assert any(each["field"] == "sources" for each in briefing["changes"]["entries"])


def test_the_strictest_label_wins_and_the_option_never_lowers_it(folder: Path, tmp_path: Path) -> None:
    (folder / "red.md").write_text(article("Example Team", "2026-06-05", tlp="RED"))
    go(folder, tmp_path, "--format", "json", "--tlp", "clear")
    briefing = json.loads((tmp_path / "out" / "SCC-VUL-2026-0001" / "briefing.json").read_text())
    assert briefing["tlp"] == "TLP:RED"


def test_bad_files_leave_the_rest_alone(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "empty.md").write_text("")
    (folder / "binary.bin").write_bytes(bytes(range(256)) * 20)
    (folder / "out").symlink_to(tmp_path)
    assert go(folder, tmp_path, "--format", "json") == exits.PARTLY
    said = json.loads(capsys.readouterr().out)
    found = {Path(each["path"]).name: each for each in said["inputs"]}
    assert found["one.md"]["outcome"] == "item" and found["out"]["rule"] == "outside"
    assert {found["empty.md"]["outcome"], found["binary.bin"]["outcome"]} == {"quarantined"}
    assert all(each["reason"] for each in found.values() if each["outcome"] == "quarantined")


def test_show_explain_items_and_search(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    go(folder, tmp_path, "--format", "json")
    capsys.readouterr()
    db = ["--db", str(tmp_path / "t.db")]
    assert main(["items", "--json", *db]) == exits.OK
    assert json.loads(capsys.readouterr().out)[0]["id"] == "SCC-VUL-2026-0001"
    assert main(["explain", "SCC-VUL-2026-0001", "--json", *db]) == exits.OK
    sids = [each["sid"] for each in json.loads(capsys.readouterr().out)]
    assert len(sids) == len(set(sids)) > 5
    for sid in sids:
        assert main(["explain", "SCC-VUL-2026-0001", sid, "--json", *db]) == exits.OK
        assert json.loads(capsys.readouterr().out)["citations"], f"{sid} rests on nothing"
    assert main(["explain", "SCC-VUL-2026-0001", "none", *db]) == exits.USAGE
    action = next(sid for sid in sids if sid.startswith("plan-in-act-")).removeprefix("plan-in-")
    assert main(["explain", "SCC-VUL-2026-0001", action, "--json", *db]) == exits.OK
    assert "because" in json.loads(capsys.readouterr().out)["statement"]["text"]
    assert main(["explain", "SCC-VUL-2026-0001", "act-0041", *db]) == exits.USAGE
    assert "does not apply" in capsys.readouterr().err
    assert main(["show", "SCC-XYZ-1", *db]) == exits.USAGE
    assert main(["search", "gateway", "hospitals", "--json", *db]) == exits.OK
    assert [each["publisher"] for each in json.loads(capsys.readouterr().out)["documents"]] == [
        "Press Example"
    ]


def test_a_full_disk_while_writing_is_said(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import errno

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("scc.cli.output.replace", full)
    assert go(folder, tmp_path, "--format", "json") == exits.OUTPUT
    assert "disk is full" in capsys.readouterr().err
    monkeypatch.undo()
    monkeypatch.setenv("SCC_SETTINGS", os.devnull)
    assert go(folder, tmp_path, "--format", "json") == exits.OK
    assert (tmp_path / "out" / "SCC-VUL-2026-0001" / "briefing.json").is_file()


def test_a_search_has_filters_pages_and_plain_refusals(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert go(folder, tmp_path, "--format", "json") == exits.OK
    db = ["--db", str(tmp_path / "t.db")]
    capsys.readouterr()

    def found(*words: str) -> tuple[list[str], str]:
        assert main(["search", *words, "--json", *db]) == exits.OK
        told = json.loads(capsys.readouterr().out)
        return [each["id"] for each in told["documents"]], told["next"]

    every, end = found("gateway", "--limit", "50")
    assert len(every) > 1 and end == ""
    paged: list[str] = []
    after = ""
    while True:
        ids, after = found("gateway", "--limit", "1", *(["--after", after] if after else []))
        paged += ids
        if not after:
            break
    assert paged == every
    assert found("gateway", "--until", "1999")[0] == []
    assert found("gateway", "--publisher", "Nobody")[0] == []
    assert set(found("gateway", "--type", "vulnerability")[0]) <= set(every)
    assert main(["search", "gateway", "--limit", "1", *db]) == exits.OK
    assert "--after" in capsys.readouterr().err
    for wrong in (["--since", "soon"], ["--after", "x"], ["--kind", "poem"], ["--limit", "0"]):
        assert main(["search", "gateway", *wrong, *db]) == exits.USAGE
        assert capsys.readouterr().err
    assert main(["search", "x" * 2000, *db]) == exits.USAGE
    assert "longer than" in capsys.readouterr().err
    assert main(["search", '"', "*", "NEAR(", *db]) == exits.OK
    assert main(["items", "--last", "1", "--json", *db]) == exits.OK
