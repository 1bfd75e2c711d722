# SPDX-License-Identifier: Apache-2.0
"""`scc kb` on the command line: nodes, ways, updating with a report and a way back, licensed titles."""

from __future__ import annotations

import importlib.util
import itertools
import json
import os
from pathlib import Path
from types import ModuleType

import pytest
from pytest_httpserver import HTTPServer

from scc.cli import exits
from scc.cli.main import main


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "scc-briefings" / "knowledge"


@pytest.fixture(scope="module")
def downloads() -> ModuleType:
    """The module that writes small downloads."""
    file = Path(__file__).parents[1] / "knowledge" / "downloads.py"
    spec = importlib.util.spec_from_file_location("downloads", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def served() -> ModuleType:
    """The module that serves the small downloads on this machine."""
    file = Path(__file__).parents[1] / "knowledge" / "publishers.py"
    spec = importlib.util.spec_from_file_location("publishers", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = exits.OK) -> str:
    assert main(["kb", *arguments]) == code, capsys.readouterr().err
    return capsys.readouterr().out


def test_a_path_shows_each_edge_with_origin_strength_and_reason(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "path", "CWE-287", "cis-v8")
    assert "cis-v8:6.3 Require MFA on services reachable from outside" in text
    assert (
        "cwe:CWE-287 points-to theme:authentication Authentication and MFA [SCC crosswalk 1; authored:"
        in text
    )
    assert sum(line[0].isdigit() for line in text.splitlines()) == 10
    every = json.loads(said(capsys, "path", "CWE-287", "cis-v8", "--all", "--json"))
    assert len(every) > 10
    for way in every:
        assert way[0]["src"] == "cwe:CWE-287"
        # A last step may roll a safeguard up to its control.
        assert way[-1]["dst"].startswith("cis-v8:")
        for before, after in itertools.pairwise(way):
            assert before["dst"] == after["src"]


def test_a_path_to_one_node_and_from_a_written_out_framework(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "path", "nist-800-53r5:IA-2", "soc2:CC6.1")
    assert (
        "nist-800-53r5:IA-2 related-to soc2:CC6.1 Logical access is restricted "
        "[SCC crosswalk 1; superset: people prove who they are]" in text
    )


def test_show_names_the_node_and_all_its_edges(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "show", "T1078")
    assert text.startswith("attack:T1078 Valid Accounts\n  version 19.0; live\n")
    edges = [line for line in text.splitlines() if line.startswith("  attack:")]
    assert f"edges: {len(edges)}" in text
    assert any("mitigated-by nist-800-53r5:AC-2 Account Management [CTID" in line for line in edges)
    assert any("points-to theme:authentication Authentication and MFA [SCC" in line for line in edges)
    # What to do about it stands above who does it.
    assert text.index("mitigated-by") < text.index("used-by")
    assert len(json.loads(said(capsys, "show", "T1078", "--json"))["edges"]) == len(edges)


def test_show_tells_what_became_of_a_revoked_id(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "show", "T1562")
    assert "revoked, now T1685 Disable or Modify Tools" in text.splitlines()[1]
    assert "deprecated, without a successor" in said(capsys, "show", "M1005")


@pytest.mark.parametrize(
    ("id_", "framework"),
    [("6.3", "cis-v8"), ("CC6.1", "soc2"), ("164.312(d)", "hipaa"), ("A.8.8", "iso-27001-2022"),
     ("M1032", "attack"), ("A07:2021", "owasp-2021"), ("PR.AA-03", "nist-csf-2.0"), ("theme:phishing", "theme"),
     ("phase:recovery", "phase"), ("t1078", "attack"), ("cwe-79", "cwe"), ("Art. 33", "gdpr")],
)  # fmt: skip
def test_frameworks_are_told_by_the_form_of_the_id(
    id_: str, framework: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(capsys, "show", id_)
    assert text.startswith(f"{framework}:")
    assert "edges: 0" not in text


def test_the_first_ways_lead_to_what_the_theme_puts_first(capsys: pytest.CaptureFixture[str]) -> None:
    """CWE-287 points to authentication, whose first CIS safeguards are MFA outside, from afar, for administration."""
    ends = [way[-1]["dst"] for way in json.loads(said(capsys, "path", "CWE-287", "cis-v8", "--json"))]
    assert ends[:3] == ["cis-v8:6.3", "cis-v8:6.4", "cis-v8:6.5"]


def test_a_way_from_a_revoked_id_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kb", "path", "T1562", "nist-800-53r5:SI-4"]) == exits.OK
    assert "T1562 is revoked, now T1685 Disable or Modify Tools." in capsys.readouterr().err


def test_show_tells_of_a_flaw_whether_it_is_in_kev(capsys: pytest.CaptureFixture[str]) -> None:
    assert "added 2021-12-10, due 2021-12-24" in said(capsys, "show", "cve-2021-44228")
    assert "is not in KEV as of 2026-08-21" in said(capsys, "show", "CVE-1999-1111")


@pytest.mark.parametrize(
    "arguments",
    [("show", "CWE-99999"), ("show", "foo:bar"), ("path", "CWE-99999", "cis-v8"), ("path", "CWE-287", "cis8"),
     ("show", ""), ("show", "Art. 9"), ("path", "CWE-287", "cis-v8:99.1"), ("show", "T1078;x"),
     ("update", "--from", "{none}"), ("update", "--kev", "x.json")],
)  # fmt: skip
def test_what_cannot_be_done_is_said(
    arguments: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["kb", *(each.format(none=tmp_path / "none") for each in arguments)]) == exits.USAGE
    assert capsys.readouterr().err.startswith("scc: ")


def test_an_update_from_a_folder_is_used_reported_and_undone(
    downloads: ModuleType, own_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = json.loads(said(capsys, "info", "--json"))["pack"]
    folder = downloads.write(tmp_path / "downloads")
    report = json.loads(said(capsys, "update", "--from", str(folder), "--json"))["report"]
    assert report["previous"] == shipped
    assert "attack:T1190" in report["revoked"], "the small downloads lack most of what the shipped pack has"
    assert json.loads(said(capsys, "info", "--json"))["pack"] == report["pack"]
    assert said(capsys, "rollback").strip() == f"Pack {shipped}"
    assert json.loads(said(capsys, "info", "--json"))["pack"] == shipped
    assert said(capsys, "rollback").strip() == f"Pack {report['pack']}"


def test_an_update_over_the_network_is_reported_and_a_refused_one_is_one_line(
    served: ModuleType, httpserver: HTTPServer, own_folder: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("SCC_SETTINGS", os.devnull)
    monkeypatch.setenv("SCC_COLLECT__PRIVATE", "true")
    monkeypatch.setenv("SCC_COLLECT__PAUSE", "0")
    # The small downloads are far less than the shipped pack: begin with a small pack.
    said(capsys, "update", "--from", str(served.downloads.write(tmp_path / "small")))
    server = served.Publishers(httpserver)
    overlay = str(server.overlay(tmp_path / "overlay"))
    text = said(capsys, "update", "--content", overlay, "--save", str(tmp_path / "kept"))
    assert "no published checksum: cwe/cwec_latest.xml.zip\n" in text
    assert "of them checked against the checksums of their publishers" in text
    before = said(capsys, "info", "--json")
    assert said(capsys, "update", "--content", overlay, "--daily").endswith("nothing changed.\n")
    server.answers[server.path("atlas/ATLAS.yaml.gz")] = b"<html>Blocked</html>"
    assert main(["kb", "update", "--content", overlay]) == exits.CONTENT
    lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("scc: ")]
    assert len(lines) == 1 and "answered with a web page" in lines[0]
    assert said(capsys, "info", "--json") == before
    assert main(["kb", "update", "--from", str(tmp_path / "kept"), "--daily"]) == exits.USAGE
    capsys.readouterr()
    assert said(capsys, "update", "--from", str(tmp_path / "kept")).endswith("nothing changed.\n")


def test_a_report_names_ids_by_framework(
    downloads: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(capsys, "update", "--from", str(downloads.write(tmp_path / "downloads")))
    gone = text[text.index("revoked or gone: ") :].splitlines()
    assert gone[1].startswith("  atlas: ") and gone[2].startswith("  attack: ") and "more" in gone[2]


def test_an_older_kev_catalogue_is_told(
    downloads: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    contents = downloads.files()
    name = "kev/known_exploited_vulnerabilities.json.gz"
    for old, new in ((b"2026-08-21", b"2025-08-25"), (b"2026.08.21", b"2025.08.25")):
        contents[name] = contents[name].replace(old, new)
    assert (
        main(["kb", "update", "--from", str(downloads.write(tmp_path / "downloads", contents))]) == exits.OK
    )
    said = capsys.readouterr().err
    assert "The KEV catalogue of 2025-08-25 is older than the one before, of 2026-08-21" in said


def test_an_altered_download_changes_nothing(
    downloads: ModuleType, own_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = said(capsys, "info", "--json")
    folder = downloads.write(tmp_path / "downloads")
    file = sorted(folder.glob("cwe/*.gz"))[0]
    file.write_bytes(file.read_bytes()[:-5])
    assert main(["kb", "update", "--from", str(folder)]) == exits.CONTENT
    assert "digest differs" in capsys.readouterr().err
    assert said(capsys, "info", "--json") == before


def test_an_update_names_the_items_that_it_touches(
    downloads: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "in.md"
    article.write_text(
        "---\ntitle: Gateway flaw used by attackers\ndate: 2026-06-03\npublisher: Example Wire\n---\n\n"
        "Attackers exploit CVE-2026-1234 (CWE-79) in Example Gateway 7 to enter networks (T1190).\n"
    )
    db = str(tmp_path / "scc.db")
    now = "2026-06-05T00:00:00Z"
    assert main(["brief", str(article), "--db", db, "--now", now, "--out", str(tmp_path / "out")]) == exits.OK
    capsys.readouterr()
    folder = downloads.write(tmp_path / "downloads")
    found = json.loads(said(capsys, "update", "--from", str(folder), "--db", db, "--json"))
    (touched,) = found["items"].values()
    assert "attack:T1190" in touched
    assert set(touched) <= set(found["report"]["revoked"] + found["report"]["changed"])


def test_licensed_titles_are_shown_and_survive_an_update(
    downloads: ModuleType, own_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("framework,id,title\ncis-v8,6.3,Wording of my copy\n")
    assert "1 title, 0 of them" in said(capsys, "titles", str(file))
    assert "cis-v8:6.3 Wording of my copy" in said(capsys, "show", "6.3")
    said(capsys, "update", "--from", str(downloads.write(tmp_path / "downloads")))
    assert "cis-v8:6.3 Wording of my copy" in said(capsys, "show", "6.3")
    assert (own_folder / "titles.csv").is_file()
    file.write_text("framework,id,title\ncis-v8,99.9,Nowhere\n")
    said(capsys, "titles", str(file), code=exits.PARTLY)


def test_controls_of_our_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "org.toml"
    file.write_text(
        'name = "X"\n[[controls]]\nid = "IT-07"\ntitle = "Leavers"\nrelated = ["cis-v8:5.3", "ac-2"]\n',
        "utf-8",
    )
    alone = said(capsys, "show", "IT-07", "--profile", str(file))
    assert alone.splitlines() == [
        "our control IT-07 Leavers",
        "  corresponds to cis-v8:5.3",
        "  corresponds to ac-2",
    ]
    for id_ in ("AC-2", "5.3"):
        both = said(capsys, "show", id_, "--profile", str(file))
        assert "our control IT-07 Leavers" in both and f":{id_} " in both.splitlines()[0]
        assert "our control" not in said(capsys, "show", id_)
    said(capsys, "show", "IT-99", "--profile", str(file), code=exits.USAGE)
