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


STORY = "Attackers exploit CVE-2026-41111 in Acme Gateway before 7.2 and enter networks without a password."


@pytest.fixture
def told(place: Path) -> Path:
    """Three reports on one flaw, that are one item."""
    for name, publisher, more in (
        ("c", "Post", "A hotfix is out."),
        ("d", "Diary", "Scans began on Monday."),
    ):
        text = TEXT.format(title="Flaw in Acme Gateway under attack", body=f"{STORY} {more}")
        (place / "in" / f"{name}.md").write_text(text.replace("Example Wire", f"Example {publisher}"))
    assert brief(place) == exits.OK
    return place


def grouped(place: Path) -> set[frozenset[str]]:
    """File names of the documents of each item that stands."""
    with scc.store.open(str(place / "t.db")) as store:
        found = set()
        for row in store.items.rows():
            item = store.items.get(row.id)
            if item is not None and not row.merged_into:
                known = store.documents.get(store.documents.of_story(item.story))
                found.add(frozenset(Path(document.path).name for document, _ in known))
    return found


def source(place: Path, name: str) -> tuple[str, str]:
    """(item, document id) of a file."""
    with scc.store.open(str(place / "t.db")) as store:
        for row in store.items.rows():
            item = store.items.get(row.id)
            assert item is not None
            for document, _ in store.documents.get(store.documents.of_story(item.story)):
                if Path(document.path).name == name and not row.merged_into:
                    return row.id, document.id
    raise AssertionError(name)


def test_a_split_sticks_against_later_documents(told: Path) -> None:
    assert grouped(told) == {frozenset({"a.md"}), frozenset({"b.md", "c.md", "d.md"})}
    item, document = source(told, "d.md")
    assert decide(told, "split", item, document, *WHO) == exits.OK
    assert brief(told) == exits.OK
    apart = {frozenset({"a.md"}), frozenset({"b.md", "c.md"}), frozenset({"d.md"})}
    assert grouped(told) == apart
    assert source(told, "b.md")[0] == item != source(told, "d.md")[0]
    assert brief(told) == exits.OK
    assert grouped(told) == apart
    # One more report that fits both goes to one of them and does not tie them.
    (told / "in" / "e.md").write_text(
        TEXT.format(title="Flaw in Acme Gateway under attack", body=f"{STORY} Patch now.").replace(
            "Example Wire", "Example Mail"
        )
    )
    assert brief(told) == exits.OK
    found = grouped(told)
    assert len(found) == 3
    assert not any({"b.md", "d.md"} <= each for each in found)
    assert any("e.md" in each and len(each) > 1 for each in found)


def test_the_first_document_of_a_story_may_leave_it(told: Path) -> None:
    item, _ = source(told, "b.md")
    with scc.store.open(str(told / "t.db")) as store:
        story = store.items.get(item).story  # type: ignore[union-attr]
        first = next(
            each for each in store.documents.of_story(story) if f"story-{each.removeprefix('doc-')}" == story
        )
    assert decide(told, "split", item, first, *WHO) == exits.OK
    assert brief(told) == exits.OK
    assert sorted(len(each) for each in grouped(told)) == [1, 1, 2]


def test_a_later_merge_undoes_a_split(told: Path) -> None:
    item, document = source(told, "d.md")
    assert decide(told, "split", item, document, *WHO) == exits.OK
    assert brief(told) == exits.OK
    other = source(told, "d.md")[0]
    assert decide(told, "merge", item, other, *WHO) == exits.OK
    assert brief(told) == exits.OK
    assert frozenset({"b.md", "c.md", "d.md"}) in grouped(told)


def test_a_pinned_document_moves_and_stays(told: Path) -> None:
    item = source(told, "a.md")[0]
    document = source(told, "d.md")[1]
    assert decide(told, "pin", item, document, *WHO) == exits.OK
    for _ in range(2):
        assert brief(told) == exits.OK
        assert grouped(told) == {frozenset({"a.md", "d.md"}), frozenset({"b.md", "c.md"})}


def test_a_dismissed_item_stays_dismissed(told: Path) -> None:
    item = source(told, "b.md")[0]
    assert decide(told, "dismiss", item, *WHO) == exits.OK
    (told / "in" / "e.md").write_text(
        TEXT.format(title="Flaw in Acme Gateway under attack", body=f"{STORY} More on it.")
    )
    assert brief(told) == exits.OK
    assert current(told, "vulnerability").status == "dismissed"


def test_rulings_that_cannot_be_carried_out(told: Path, capsys: pytest.CaptureFixture[str]) -> None:
    item, document = source(told, "b.md")
    single, only = source(told, "a.md")
    for arguments, message in (
        (["split", item, "doc-0000000000000000", *WHO], "is no document of"),
        (["split", single, only, *WHO], "Nothing would be left"),
        (["pin", item, "doc-0000000000000000", *WHO], "There is no placed document"),
        (["pin", item, document, *WHO], "is in"),
        (["pin", item, only, *WHO], "is all of another item"),
    ):
        assert decide(told, *arguments) == exits.USAGE, arguments
        assert message in capsys.readouterr().err
    assert main(["decide", "list", "--db", str(told / "t.db"), "--json"]) == exits.OK
    assert json.loads(capsys.readouterr().out) == []
    assert main(["decide", "proposals", "--db", str(told / "t.db"), "--json"]) == exits.OK
    assert isinstance(json.loads(capsys.readouterr().out), list)
