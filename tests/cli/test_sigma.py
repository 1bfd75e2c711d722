# SPDX-License-Identifier: Apache-2.0
"""`scc sigma` and `scc kb sigma` on the command line, with two rules of our own writing."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from scc.cli import exits
from scc.cli.main import main

ATTACK = """---
title: Attackers exploit Ruckus Wireless Admin flaw CVE-2023-25717
date: 2026-06-01
---

Attackers exploit CVE-2023-25717 in Ruckus Wireless Admin. After access the attackers created a scheduled task
(T1053.005).
"""
WEB, TASK = "043c1609-0e32-4462-a6f2-5a0c2da3fafe", "1c0e41cd-21bb-4433-9acc-4a2cd6367b9b"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "scc-briefings" / "knowledge"


def _item(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> tuple[str, str]:
    """(database, id) of the one item of a text."""
    (tmp_path / "in").mkdir(exist_ok=True)
    (tmp_path / "in" / "report.md").write_text(text)
    db = str(tmp_path / "scc.db")
    out = str(tmp_path / "out")
    code = main(
        ["brief", str(tmp_path / "in"), "--now", "2026-06-10", "--db", db, "--out", out, "--format", "json"]
    )
    assert code == exits.OK
    capsys.readouterr()
    assert main(["items", "--db", db, "--json"]) == exits.OK
    (row,) = json.loads(capsys.readouterr().out)
    return db, row["id"]


def test_the_rules_of_an_item_are_listed_its_own_flaw_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db, item = _item(tmp_path, capsys, ATTACK)
    assert main(["sigma", item, "--db", db, "--json"]) == exits.OK
    rules = json.loads(capsys.readouterr().out)["rules"]
    assert rules[0]["id"] == WEB and rules[0]["technique"] == ""
    assert TASK in [each["id"] for each in rules]
    assert {each["technique"] for each in rules[1:]} == {"T1053.005"}
    for each in rules:
        assert each["status"] in ("stable", "test") and each["url"].startswith("https://github.com/SigmaHQ/")
        assert each["text"] == ""


def test_queries_come_with_id_link_and_author(
    tmp_path: Path, assets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("sigma")
    db, item = _item(tmp_path, capsys, ATTACK)
    code = main(["sigma", item, "--db", db, "--to", "splunk", "--rules", str(assets / "sigma")])
    said = capsys.readouterr()
    assert code == exits.PARTLY, "not all rules of the item are in the folder"
    block = said.out.partition(TASK)[2].partition("\n\n")[0]
    assert "https://github.com/SigmaHQ/sigma/blob/" in block and "# by " in block
    assert "schtasks.exe" in block
    assert "not among the rules at hand" in said.out
    assert "2 of " in said.err and "Splunk" in said.err


def test_a_rule_that_cannot_be_converted_says_why(
    tmp_path: Path, assets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("sigma")
    db, item = _item(tmp_path, capsys, ATTACK)
    given = ["sigma", item, "--db", db, "--to", "secops", "--rules", str(assets / "sigma"), "--json"]
    assert main(given) == exits.PARTLY
    found = json.loads(capsys.readouterr().out)
    by_id = {each["id"]: each["conversion"] for each in found["rules"]}
    assert by_id[WEB]["code"] == "not-convertible" and "cs-method" in by_id[WEB]["reason"]
    assert by_id[TASK]["queries"] and by_id[TASK]["code"] == ""


def test_installed_rules_stand_in_the_briefing(
    tmp_path: Path, assets: Path, own_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["kb", "sigma", str(assets / "sigma")]) == exits.OK
    assert "2 rules, 0 files left out." in capsys.readouterr().out
    assert own_folder.is_dir()
    db, item = _item(tmp_path, capsys, ATTACK)
    assert main(["show", item, "--db", db, "--format", "html"]) == exits.OK
    page = capsys.readouterr().out
    assert "<details><summary>" in page and "Command in the query of a sign-in form" in page
    assert main(["sigma", item, "--db", db, "--text"]) == exits.PARTLY
    assert (assets / "sigma" / "web_request.yml").read_text("utf-8").strip() in capsys.readouterr().out


def test_without_rules_the_way_to_them_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db, item = _item(tmp_path, capsys, ATTACK)
    assert main(["sigma", item, "--db", db, "--to", "elastic"]) == exits.USAGE
    assert "scc kb sigma DIR" in capsys.readouterr().err
    assert main(["sigma", item, "--db", db, "--to", "elastic", "--rules", "/nowhere"]) == exits.USAGE
    assert "/nowhere is not a folder" in capsys.readouterr().err
    assert main(["sigma", item, "--db", db, "--to", "qradar"]) == exits.USAGE
    assert "splunk, elastic, sentinel, secops" in capsys.readouterr().err


def test_without_the_extra_the_command_to_install_it_is_told(
    tmp_path: Path, assets: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    db, item = _item(tmp_path, capsys, ATTACK)
    for name in [each for each in sys.modules if each == "sigma" or each.startswith("sigma.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sigma", None)
    given = ["sigma", item, "--db", db, "--to", "splunk", "--rules", str(assets / "sigma")]
    assert main(given) == exits.USAGE
    assert "pip install 'scc-briefings[sigma]'" in capsys.readouterr().err


def test_hostile_files_are_findings_and_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("sigma")
    db, item = _item(tmp_path, capsys, ATTACK)
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "bomb.yml").write_text(f"id: {WEB}\na: &a [x]\nb: [*a, *a]\n")
    (folder / "escape.yml").write_text(f"id: {TASK}\ntitle: \x1b[31m\n")
    given = ["sigma", item, "--db", db, "--to", "splunk", "--rules", str(folder)]
    assert main(given) == exits.PARTLY
    said = capsys.readouterr()
    assert "bomb.yml: rule-explodes" in said.err and "escape.yml: rule-not-yaml" in said.err
    assert "Traceback" not in said.err and "\x1b" not in said.out + said.err
    assert main(["kb", "sigma", str(folder)]) == exits.CONTENT
    assert "no Sigma rule" in capsys.readouterr().err


def test_an_order_has_nothing_to_hunt(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "---\ntitle: Executive Order on secure software\ndate: 2026-06-01\n---\n\n"
        "The order directs agencies to review procurement rules within 60 days.\n"
    )
    db, item = _item(tmp_path, capsys, text)
    assert main(["sigma", item, "--db", db, "--to", "splunk"]) == exits.NOT_APPLICABLE
    assert "nothing to hunt" in capsys.readouterr().err
