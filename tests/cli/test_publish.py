# SPDX-License-Identifier: Apache-2.0
"""`scc publish` on a real database: what goes out, what is refused, exit codes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.share.briefings import briefing, plain

import scc.store
from scc.cli import exits
from scc.cli.main import main

FULL, EMPTY = "SCC-VUL-2026-0001", "SCC-ADV-2026-0002"


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An item for everybody and one that is not."""
    monkeypatch.setenv("SCC_SETTINGS", os.devnull)
    full = {**plain("maximal"), "id": FULL, "tlp": "TLP:CLEAR", "revision": 1, "changes": None}
    held = {**plain("minimal"), "id": EMPTY, "tlp": "TLP:AMBER", "revision": 1, "changes": None}
    with scc.store.open(str(tmp_path / "t.db"), create=True) as store, store.transaction():
        assert store.items.number([("s1", "vulnerability"), ("s2", "advisory")], 2026) == [FULL, EMPTY]
        for number, each in enumerate((full, held)):
            store.items.revise(briefing(each), f"digest-{number}")
    return tmp_path / "t.db"


def test_a_site_and_what_is_refused(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", "site", str(tmp_path / "site"), "--db", str(db)]) == exits.OK
    out, err = capsys.readouterr()
    assert out.startswith("1 items on ") and "1 items refused" in out
    assert f"{EMPTY}: refused: {EMPTY} is TLP:AMBER" in err
    assert (tmp_path / "site" / "items" / f"{FULL}.html").is_file()


def test_a_provider(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "publish",
        "csaf",
        str(tmp_path / "csaf"),
        "--url",
        "https://csaf.example.org",
        "--db",
        str(db),
    ]
    assert main(arguments) == exits.OK
    assert "1 advisories written" in capsys.readouterr().out
    assert (tmp_path / "csaf" / ".well-known/csaf/provider-metadata.json").is_file()


def test_a_misp_feed(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["publish", "misp", str(tmp_path / "misp"), "--db", str(db)]
    assert main(arguments) == exits.OK
    out, err = capsys.readouterr()
    assert out == "1 events written, 1 items refused.\n" and f"{EMPTY}: refused" in err
    assert main([*arguments, "--clearance", "green"]) == exits.OK
    assert "1 items refused" in capsys.readouterr().out
    assert main([*arguments, "--clearance", "AMBER"]) == exits.OK
    assert capsys.readouterr().out == "2 events written, 0 items refused.\n"
    assert main([*arguments, "--clearance", "purple"]) == exits.USAGE
    assert (tmp_path / "misp" / "manifest.json").is_file()


def test_clear_messages(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held = tmp_path / "held"
    held.mkdir()
    (held / "a.txt").write_text("mine")
    assert main(["publish", "site", str(held), "--db", str(db)]) == exits.OUTPUT
    assert "nothing was changed. Name an empty or new folder." in capsys.readouterr().err
    assert (
        main(["publish", "csaf", str(tmp_path / "x"), "--url", "http://a.example", "--db", str(db)])
        == exits.OUTPUT
    )
    assert "CSAF demands TLS" in capsys.readouterr().err
    assert main(["publish", "csaf", str(tmp_path / "x"), "--db", str(db)]) == exits.USAGE
