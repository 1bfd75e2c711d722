# SPDX-License-Identifier: Apache-2.0
"""`scc decide`: rulings are kept, stick, and change the next revision."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import scc.store
from scc.cli import exits
from scc.cli.main import main
from scc.model.briefing import Briefing

NOW = "2026-06-10T08:00:00Z"
TEXT = """---
title: {title}
publisher: Example Wire
date: 2026-06-08
tlp: TLP:CLEAR
---

{body}
"""
BREACH = (
    "Example Payroll confirms data breach\n\nExample Payroll said that attackers stole personal data of customers, "
    "among them names and dates of birth. The breach of Example Payroll was found on 7 June 2026."
)
PROFILE = 'name = "Example Ltd"\ncountries = ["AT"]\nsize = 100\nregulated = ["personal-eu"]\n'
WHO = ["--by", "A. Analyst", "--reason", "Own logs", "--now", NOW]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCC_SETTINGS", os.devnull)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text(
        TEXT.format(title="Example Payroll confirms data breach", body=BREACH)
    )
    (tmp_path / "in" / "b.md").write_text(
        TEXT.format(
            title="Flaw in Acme Gateway",
            body="A critical vulnerability, CVE-2026-41111, in Acme Gateway before 7.2 lets attackers in. Update now.",
        )
    )
    (tmp_path / "org.toml").write_text(PROFILE)
    assert brief(tmp_path) == exits.OK
    return tmp_path


def brief(place: Path) -> int:
    return main(
        ["brief", str(place / "in"), "--db", str(place / "t.db"), "--out", str(place / "out"), "--format", "json",
         "--profile", str(place / "org.toml"), "--now", NOW]
    )  # fmt: skip


def decide(place: Path, *arguments: str) -> int:
    return main(["decide", *arguments, "--db", str(place / "t.db")])


def current(place: Path, kind: str) -> Briefing:
    with scc.store.open(str(place / "t.db")) as store:
        (row,) = [each for each in store.items.rows() if each.type == kind and not each.merged_into]
        found = store.items.briefing(row.id)
    assert found is not None
    return found


def test_a_person_opens_an_incident(place: Path) -> None:
    before = current(place, "vulnerability")
    assert before.plan.mode == "expose"
    assert decide(place, "incident", before.id.lower(), *WHO) == exits.OK
    assert brief(place) == exits.OK
    after = current(place, "vulnerability")
    assert after.plan.mode == "incident" and after.revision == 2
    # An earlier document moves the story's id; the ruling stays with the item.
    (place / "in" / "c.md").write_text(
        TEXT.format(
            title="CVE-2026-41111 in Acme Gateway",
            body="The vulnerability CVE-2026-41111 in Acme Gateway before 7.2.",
        ).replace("2026-06-08", "2026-06-01")
    )
    assert brief(place) == exits.OK
    assert current(place, "vulnerability").plan.mode == "incident"


def test_a_clock_runs_only_from_a_persons_word(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    item = current(place, "breach").id

    def states() -> dict[str, tuple[str, str | None]]:
        found = current(place, "breach").deadlines
        return {
            each.basis: (each.state, each.date)
            for each in found
            if "Article 33" in each.basis or "33" in each.basis
        }

    assert {state for state, _ in states().values()} == {"would-start-if"}
    assert decide(place, "clock", item, "gdpr-33", "--start", "2026-06-09T22:00:00+02:00", *WHO) == exits.OK
    assert "until 2026-06-12T20:00Z" in capsys.readouterr().out
    assert brief(place) == exits.OK
    assert ("running", "2026-06-12T20:00Z") in states().values()
    assert decide(place, "clock", item, "gdpr-33", "--stop", "2026-06-10T07:00:00Z", *WHO) == exits.OK
    assert brief(place) == exits.OK
    assert "met" in {state for state, _ in states().values()}


def test_clear_refusals(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    item = current(place, "breach").id
    for arguments, message in (
        (["clock", item, "gdpr-33", *WHO], "Give --start TIME or --stop TIME."),
        (["clock", item, "no-such", "--start", NOW, *WHO], "There is no clock no-such."),
        (["clock", item, "gdpr-33", "--stop", NOW, *WHO], "was not started before"),
        (["clock", item, "gdpr-33", "--start", "2026-07-01T00:00:00Z", *WHO], "lies in the future"),
        (["clock", item, "circia-incident", "--start", NOW, *WHO], "cannot run"),
        (["incident", "SCC-VUL-1999-0001", *WHO], "There is no item"),
        (["incident", item, "--by", " ", "--reason", "x"], "needs a name and a reason"),
        (["merge", item, item, *WHO], "one item already"),
    ):
        assert decide(place, *arguments) == exits.USAGE, arguments
        assert message in capsys.readouterr().err
    assert main(["decide", "list", "--db", str(place / "t.db"), "--json"]) == exits.OK
    assert json.loads(capsys.readouterr().out) == []


def test_two_items_become_one_and_stay_one(place: Path) -> None:
    first, second = current(place, "breach").id, current(place, "vulnerability").id
    assert decide(place, "merge", first, second, *WHO) == exits.OK
    assert brief(place) == exits.OK
    with scc.store.open(str(place / "t.db")) as store:
        assert sum(not each.merged_into for each in store.items.rows()) == 1
    assert brief(place) == exits.OK
    with scc.store.open(str(place / "t.db")) as store:
        (row,) = [each for each in store.items.rows() if not each.merged_into]
        assert len(store.items.briefing(row.id).sources) == 2  # type: ignore[union-attr]


def test_a_withdrawal_reaches_the_exports(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    item = current(place, "vulnerability").id
    assert decide(place, "withdraw", item, *WHO) == exits.OK
    capsys.readouterr()
    assert main(["export", item, "--to", "csaf", "--db", str(place / "t.db")]) == exits.OK
    assert "Withdrawn: " in capsys.readouterr().out
