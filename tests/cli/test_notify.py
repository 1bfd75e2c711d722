# SPDX-License-Identifier: Apache-2.0
"""`scc notify` on a real database: dry run, sending, test messages, clear faults."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from tests.share.briefings import briefing, plain

import scc.store
from scc.cli import exits
from scc.cli.main import main

FULL = "SCC-VUL-2026-0001"
NOW = "2026-08-25T12:00:00Z"
CHANNEL = '[[channel]]\nname = "desk"\nurl = "env:DESK_URL"\nclearance = "TLP:AMBER+STRICT"\n'


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCC_SETTINGS", os.devnull)
    full = {
        **plain("maximal"), "id": FULL, "tlp": "TLP:CLEAR", "revision": 1, "changes": None, "historical": False,
        "generated": "2026-08-25T10:00:00Z", "priority": "urgent",
    }  # fmt: skip
    with scc.store.open(str(tmp_path / "t.db"), create=True) as store, store.transaction():
        assert store.items.number([("s1", "vulnerability")], 2026) == [FULL]
        store.items.revise(briefing(full), "digest")
    (tmp_path / "channels.toml").write_text(CHANNEL, "utf-8")
    return tmp_path / "t.db"


def notify(db: Path, *more: str) -> int:
    channels = str(db.parent / "channels.toml")
    return main(["notify", "--channels", channels, "--db", str(db), "--now", NOW, *more])


def test_a_dry_run_sends_and_keeps_nothing(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert notify(db, "--dry-run", "--json") == exits.OK
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["channel"], row["item"], row["kind"], row["state"]) == ("desk", FULL, "new", "would be sent")
    with scc.store.open(str(db)) as store:
        assert store.notices.all() == ()


def test_it_is_sent_once(
    db: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("apprise")
    httpserver.expect_request("/hook").respond_with_data("ok")
    monkeypatch.setenv("DESK_URL", f"json://{httpserver.host}:{httpserver.port}/hook")
    assert notify(db) == exits.OK
    assert len(httpserver.log) == 1 and FULL in httpserver.log[0][0].get_data(as_text=True)
    assert notify(db) == exits.OK
    assert len(httpserver.log) == 1
    assert "0 messages, 1 held back" in capsys.readouterr().err


def test_a_failure_is_told_and_kept(
    db: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("apprise")
    httpserver.expect_request("/hook").respond_with_data("no", status=500)
    monkeypatch.setenv("DESK_URL", f"json://{httpserver.host}:{httpserver.port}/hook")
    assert notify(db) == exits.PARTLY
    assert "did not take it" in capsys.readouterr().out
    with scc.store.open(str(db)) as store:
        assert [each.state for each in store.notices.all()] == ["failed"]


def test_a_test_message(
    db: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("apprise")
    httpserver.expect_request("/hook").respond_with_data("ok")
    monkeypatch.setenv("DESK_URL", f"json://{httpserver.host}:{httpserver.port}/hook")
    assert notify(db, "--test", "desk") == exits.OK
    assert "taken" in capsys.readouterr().out
    assert notify(db, "--test", "nobody") == exits.USAGE
    assert "There are desk" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no [[channel]]"),
        ("[[channel]\n", "docs/notifications.md"),
        (CHANNEL + 'colour = "red"\n', "unknown field"),
        (CHANNEL.replace("env:DESK_URL", "json://secret.example"), "env:NAME"),
        (CHANNEL, "DESK_URL is not set"),
    ],
)
def test_clear_faults(
    db: Path, text: str, message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("apprise")
    monkeypatch.delenv("DESK_URL", raising=False)
    (db.parent / "channels.toml").write_text(text, "utf-8")
    assert notify(db) == exits.SETTINGS
    err = capsys.readouterr().err
    assert message in err and "Traceback" not in err and "secret.example" not in err


def test_no_channels(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["notify", "--db", str(db)]) == exits.SETTINGS
    assert "No channels are set." in capsys.readouterr().err
    assert main(["notify", "--db", str(db), "--channels", str(db.parent / "none.toml")]) == exits.SETTINGS
    assert "cannot be read" in capsys.readouterr().err
