# SPDX-License-Identifier: Apache-2.0
"""`scc export` on a real database: files, counts, exit codes, refusals, records, links."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.share.briefings import briefing, plain

import scc.store
from scc.cli import exits
from scc.cli.main import main
from scc.model.briefing import Briefing
from scc.model.decision import Decision
from scc.render import FORMATS
from scc.share import EXPORTS, clearance, world

FULL, EMPTY = "SCC-VUL-2026-0001", "SCC-ADV-2026-0002"


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with the two briefings of the contract, the full one in two revisions."""
    monkeypatch.setenv("SCC_SETTINGS", os.devnull)
    full = {**plain("maximal"), "id": FULL}
    first = {**full, "revision": 1, "generated": "2026-08-20T08:00:00Z", "changes": None}
    small = {**plain("minimal"), "id": EMPTY, "tlp": "TLP:CLEAR", "revision": 1, "changes": None}
    with scc.store.open(str(tmp_path / "t.db"), create=True) as store, store.transaction():
        assert store.items.number([("s1", "vulnerability"), ("s2", "advisory")], 2026) == [FULL, EMPTY]
        for number, each in enumerate((first, full, small)):
            store.items.revise(briefing(each), f"digest-{number}")
    return tmp_path / "t.db"


def export(db: Path, *arguments: str) -> int:
    return main(["export", *arguments, "--db", str(db)])


def test_one_item_to_one_file(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(db, FULL, "--to", "stix", "--out", str(tmp_path / "x.json")) == exits.OK
    bundle = json.loads((tmp_path / "x.json").read_text())
    report = next(each for each in bundle["objects"] if each["type"] == "report")
    assert (report["created"], report["modified"]) == ("2026-08-20T08:00:00.000Z", "2026-08-22T12:00:00.000Z")
    assert "priority:urgent" in report["labels"]
    said = capsys.readouterr()
    assert said.err == "" and said.out.split()[:2] == ["FORMAT", "WRITTEN"]


def test_one_item_to_stdout(db: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert export(db, FULL.lower(), "--to", "misp") == exits.OK
    assert json.loads(capfdbinary.readouterr().out)["Event"]["uuid"]


def test_a_format_with_nothing_to_say_writes_no_file(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "x.json"
    assert export(db, EMPTY, "--to", "navigator", "--out", str(out)) == exits.NOT_APPLICABLE
    assert not out.exists()
    assert "not applicable: no ATT&CK technique" in capsys.readouterr().err


def test_every_format_of_every_item_in_bulk(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "all"
    names = [*(each for each in EXPORTS if not EXPORTS[each].many), *FORMATS]
    assert export(db, "--all", "--to", ",".join(names), "--out", str(out), "--json") == exits.OK
    said = json.loads(capsys.readouterr().out)
    files = sorted(str(each) for each in out.rglob("*") if each.is_file())
    assert sorted(each["file"] for each in said["exports"] if each["outcome"] == "written") == files
    assert len(said["exports"]) == 2 * len(names)
    for each in said["exports"]:
        if each["outcome"] == "written":
            assert Path(each["file"]).parent.name == each["item"]
            assert Path(each["file"]).stat().st_size == each["bytes"] > 0
        else:
            assert each["outcome"] == "not-applicable" and each["reason"] and not each["file"]
    for name, found in said["counts"].items():
        assert found["written"] + found["not-applicable"] == 2 and found["failed"] == 0, name


def test_above_the_clearance_it_is_refused_with_the_reason(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "x.json"
    assert export(db, FULL, "--to", "stix", "--out", str(out), "--clearance", "green") == exits.WITHHELD
    assert not out.exists()
    assert f"withheld: {FULL} is TLP:AMBER, the recipient is cleared for TLP:GREEN" in capsys.readouterr().err


def test_a_refusal_does_not_stop_what_is_allowed_and_is_not_silent(db: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    asked = ("--all", "--to", "stix,html", "--out", str(out), "--clearance", "TLP:CLEAR")
    assert export(db, *asked) == exits.WITHHELD
    assert [each.name for each in out.rglob("*") if each.is_file()] == [f"{EMPTY}.stix.json"]


def test_what_is_ours_is_labelled_so(db: Path, tmp_path: Path) -> None:
    assert export(db, EMPTY, "--to", "json", "--out", str(tmp_path / "x.json")) == exits.OK
    assert json.loads((tmp_path / "x.json").read_text())["tlp"] == clearance.OWN
    for label, own in (("RED", True), ("AMBER", False)):
        given = ("--clearance", label)
        assert export(db, EMPTY, "--to", "stix", "--out", str(tmp_path / "y.json"), *given) == exits.OK
        assert ("priority:" in (tmp_path / "y.json").read_text()) is own


def test_a_withdrawal_in_the_records_or_the_store_reaches_the_export(db: Path, tmp_path: Path) -> None:
    gone = {
        "id": "d1", "kind": "withdraw", "author": "a", "time": "2026-08-23T00:00:00Z", "reason": "wrong", "target": FULL,
    }  # fmt: skip
    (tmp_path / "records.json").write_text(json.dumps({"decisions": [gone]}))
    out = tmp_path / "x.json"
    given = ("--records", str(tmp_path / "records.json"))
    assert export(db, FULL, "--to", "stix", "--out", str(out), *given) == exits.OK
    assert any(each.get("revoked") for each in json.loads(out.read_text())["objects"])
    assert export(db, FULL, "--to", "stix", "--out", str(out)) == exits.OK
    assert not any(each.get("revoked") for each in json.loads(out.read_text())["objects"])
    with scc.store.open(str(db)) as store:
        store.decisions.add([Decision(**gone)])
    assert export(db, FULL, "--to", "stix", "--out", str(out)) == exits.OK
    assert any(each.get("revoked") for each in json.loads(out.read_text())["objects"])


@pytest.mark.parametrize(
    "arguments",
    [
        (FULL,),
        (FULL, "--to", "nonsense"),
        ("--to", "stix"),
        (FULL, "--all", "--to", "stix"),
        ("SCC-VUL-2026-9999", "--to", "stix"),
        (FULL, "--to", "stix", "--clearance", "purple"),
        (FULL, "--to", "stix,misp"),
        (FULL, "--to", "stix", "--json"),
        (FULL, "--to", "stix", "--records", "/nonexistent"),
    ],
)
def test_what_cannot_be_done_is_a_usage_error(
    db: Path, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(db, *arguments) == exits.USAGE
    said = capsys.readouterr()
    assert said.out == "" and said.err


def test_records_of_another_form_name_the_fault(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "r.json"
    for text in ('{"gap": []}', '{"gaps": [{"id": 1}]}', "[", b"\xff".decode("latin-1")):
        file.write_text(text, "latin-1")
        assert (
            export(db, FULL, "--to", "stix", "--out", str(tmp_path / "x"), "--records", str(file))
            == exits.USAGE
        )
        assert "r.json" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_no_file_is_written_through_a_link(db: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    out = tmp_path / "out"
    out.mkdir()
    (out / FULL).symlink_to(elsewhere)
    assert export(db, FULL, "--to", "stix,misp", "--out", str(out)) == exits.OUTPUT
    assert list(elsewhere.iterdir()) == []


def test_a_second_export_gives_the_same_bytes(db: Path, tmp_path: Path) -> None:
    written = []
    for name in ("a", "b"):
        out = tmp_path / name
        assert export(db, "--all", "--to", "stix,misp,docx,pdf", "--out", str(out)) == exits.OK
        written.append(
            {str(each.relative_to(out)): each.read_bytes() for each in out.rglob("*") if each.is_file()}
        )
    assert written[0] == written[1] and len(written[0]) == 8


def test_the_list_of_formats(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--formats", "--json"]) == exits.OK
    assert [each["name"] for each in json.loads(capsys.readouterr().out)] == [*EXPORTS, *FORMATS]


def test_items_go_into_one_feed_and_no_facts_about_us_with_them(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "items.xml"
    assert export(db, "--all", "--to", "atom", "--out", str(file)) == exits.OK
    assert file.read_text().count("<entry>") == 2 and "TLP:AMBER+STRICT" not in file.read_text()
    out = tmp_path / "out"
    capsys.readouterr()
    asked = ("--all", "--to", "atom,stix", "--out", str(out), "--clearance", "TLP:CLEAR", "--json")
    assert export(db, *asked) == exits.WITHHELD
    said = json.loads(capsys.readouterr().out)
    assert sorted((each["item"], each["format"], each["outcome"]) for each in said["exports"]) == [
        (EMPTY, "stix", "written"), (FULL, "atom", "withheld"), (FULL, "stix", "withheld"), ("items", "atom", "written"),
    ]  # fmt: skip
    assert (out / "items.atom.xml").read_text().count("<entry>") == 1
    assert {each["tlp"] for each in said["exports"] if each["outcome"] == "written"} == {"TLP:CLEAR"}


def test_the_gaps_of_the_records_become_a_register(db: Path, tmp_path: Path) -> None:
    gap = {"id": "g1", "item": FULL, "framework": "cis-v8", "control": "2.1", "description": "no list"}
    (tmp_path / "records.json").write_text(json.dumps({"gaps": [gap]}))
    given = ("--records", str(tmp_path / "records.json"))
    file = tmp_path / "gaps.md"
    assert export(db, "--all", "--to", "gaps-md", "--out", str(file), *given) == exits.OK
    assert "TLP:AMBER+STRICT. 1 open" in file.read_text()
    file.unlink()
    assert export(db, "--all", "--to", "gaps-md", "--out", str(file)) == exits.NOT_APPLICABLE
    assert (
        export(db, "--all", "--to", "gaps-md", "--out", str(file), *given, "--clearance", "AMBER")
        == exits.WITHHELD
    )
    assert not file.exists()


PROFILE = """
name = "Zq Example"
federal = true
manufacturer = true
countries = ["US", "DE"]
sectors = ["finance"]
regulated = ["health", "financial"]
frameworks = ["soc2", "hipaa"]
platforms = ["windows"]
capacity_hours = 1.0
[[products]]
product = "Security Gateway"
vendor = "Check Point"
exposed = true
[roles]
lead = "Zq lead"
legal = "Zq counsel"
"""


def test_facts_about_the_world_are_the_same_for_every_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCC_SETTINGS", os.devnull)
    profile = tmp_path / "org.toml"
    profile.write_text(PROFILE)
    given = [
        "brief",
        str(Path(__file__).parents[2] / "examples"),
        "--now",
        "2026-06-10T08:00:00Z",
        "--format",
        "json",
    ]
    readers: list[dict[str, Any]] = []
    whole: list[dict[str, Any]] = []
    for name, more in (("a", []), ("b", ["--profile", str(profile)])):
        out = tmp_path / name
        assert main([*given, "--out", str(out), "--db", str(tmp_path / f"{name}.db"), *more]) == exits.OK
        found = [
            msgspec.json.decode(each.read_bytes(), type=Briefing)
            for each in sorted(out.glob("*/briefing.json"))
        ]
        whole.append({each.id: uncited(each) for each in found})
        readers.append({each.id: uncited(world(each)) for each in found})
    assert len(readers[0]) == 6 and readers[0] == readers[1]
    assert all(whole[0][each] != whole[1][each] for each in whole[0])
    assert "Zq" in str(whole[1]) and "Zq" not in str(readers[1])


def uncited(value: Any) -> Any:
    """Plain values without citations, and without the open questions of page 1, which are as many as fit."""
    if isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        return {key: uncited(each) for key, each in fields.items() if key not in ("citations", "unknown")}
    if isinstance(value, dict):
        return {key: uncited(each) for key, each in value.items()}
    return [uncited(each) for each in value] if isinstance(value, tuple) else value
