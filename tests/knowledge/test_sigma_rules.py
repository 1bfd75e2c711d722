# SPDX-License-Identifier: Apache-2.0
"""The user's copy of Sigma rules: read by id, kept beside the pack, hostile files named and never fatal."""

from __future__ import annotations

from pathlib import Path

import pytest

import scc.knowledge
from scc.knowledge import sigma_rules
from scc.knowledge.sigma_index import SigmaIndex, flaws, threat
from scc.knowledge.types import SigmaEntry
from scc.model.errors import KnowledgeError

TASK, WEB = "1c0e41cd-21bb-4433-9acc-4a2cd6367b9b", "043c1609-0e32-4462-a6f2-5a0c2da3fafe"
ID = "11111111-1111-4111-8111-111111111111"
HEAD = f"title: t\nid: {ID}\nlogsource: {{product: windows, category: process_creation}}\n"
SOUND = HEAD + "detection:\n  sel: {CommandLine: a}\n  condition: sel\n"


def _code(folder: Path, text: str | bytes) -> str:
    """The one fault of a file with this content."""
    folder.mkdir(exist_ok=True)
    data = text.encode() if isinstance(text, str) else text
    (folder / "rule.yml").write_bytes(data)
    found = sigma_rules.read(folder)
    assert found.rules == {}
    (fault,) = found.faults
    assert fault.file == "rule.yml" and fault.message
    return fault.code


def test_rules_are_found_by_id_whatever_their_file_is_called(assets: Path) -> None:
    found = sigma_rules.read(assets / "sigma")
    assert found.faults == ()
    assert {each.id: each.file for each in found.rules.values()} == {
        TASK: "scheduled_task.yml",
        WEB: "web_request.yml",
    }
    assert list(sigma_rules.read(assets / "sigma", [WEB.upper()]).rules) == [WEB]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("id: [\n", "rule-without-id"),
        (f"id: {ID}\ntitle: [\n", "rule-not-yaml"),
        (f"id: {ID}\nwhen: !!python/object/apply:os.system ['true']\n", "rule-not-yaml"),
        (f"id: {ID}\ntitle: 1{'9' * 5000}\n", "rule-not-yaml"),
        (f"id: {ID}\n", "rule-not-sigma"),
        (HEAD + "detection: {sel: {a: b}}\n", "rule-not-sigma"),
        (HEAD + "detection: {sel: {a: b}, condition: 5}\n", "rule-not-sigma"),
        (SOUND + "---\n- a\n", "rule-not-sigma"),
        (f"id: {ID}\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "rule-explodes"),
        (f"id: {ID}\na: {'[' * 60}{']' * 60}\n", "rule-explodes"),
        (HEAD + "detection:\n  s: {a: b}\n  condition: " + "not " * 500 + "s\n", "rule-explodes"),
        (
            HEAD + "detection:\n  s: {CommandLine|windash|contains: '" + " -a" * 12 + "'}\n  condition: s\n",
            "rule-explodes",
        ),
        (SOUND + "# " + "x" * sigma_rules.SIZE_MOST, "rule-too-large"),
        (b"id: \xff\xfe", "rule-unreadable"),
    ],
)
def test_a_bad_file_has_its_own_finding(text: str | bytes, code: str, tmp_path: Path) -> None:
    assert _code(tmp_path / "rules", text) == code


def test_one_bad_file_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(SOUND)
    (tmp_path / "b.yml").write_text(SOUND)
    (tmp_path / "c.yml").write_text("nothing")
    (tmp_path / "outside.txt").write_text(SOUND.replace(ID, TASK))
    (tmp_path / "d.yml").symlink_to(tmp_path / "outside.txt")
    found = sigma_rules.read(tmp_path)
    assert [each.file for each in found.rules.values()] == ["a.yml"]
    assert [(each.file, each.code) for each in found.faults] == [
        ("b.yml", "rule-twice"),
        ("c.yml", "rule-without-id"),
        ("d.yml", "rule-link"),
    ]


def test_a_folder_of_links_to_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "a.yml").write_text(SOUND)
    assert list(sigma_rules.read(tmp_path).rules) == [ID]


def test_installed_rules_are_shown_by_the_pack_and_only_there(assets: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    sigma_rules.install(assets / "sigma", home)
    shown = scc.knowledge.open(None, None, home).sigma_rules
    assert shown.installed
    assert shown.text(TASK.upper()) == (assets / "sigma" / "scheduled_task.yml").read_text("utf-8")
    assert shown.text(ID) == ""
    without = scc.knowledge.open(None, None, tmp_path / "nothing").sigma_rules
    assert not without.installed and without.text(TASK) == ""


def test_the_same_folder_gives_the_same_file(assets: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        sigma_rules.install(assets / "sigma", tmp_path / name)
    assert (tmp_path / "a" / sigma_rules.NAME).read_bytes() == (
        tmp_path / "b" / sigma_rules.NAME
    ).read_bytes()


def test_what_cannot_be_installed_changes_nothing(assets: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    sigma_rules.install(assets / "sigma", home)
    before = (home / sigma_rules.NAME).read_bytes()
    (tmp_path / "empty").mkdir()
    for bad in (tmp_path / "empty", tmp_path / "absent", assets / "sigma" / "web_request.yml"):
        with pytest.raises(KnowledgeError, match=r"no Sigma rule|not a folder"):
            sigma_rules.install(bad, home)
    assert (home / sigma_rules.NAME).read_bytes() == before


@pytest.mark.parametrize("data", [b"", b"no gzip", b"\x1f\x8b\x08\x00 broken"])
def test_a_damaged_file_is_named(data: bytes, tmp_path: Path) -> None:
    (tmp_path / sigma_rules.NAME).write_bytes(data)
    with pytest.raises(KnowledgeError, match="damaged"):
        sigma_rules.installed(tmp_path)


def test_a_rule_says_what_it_is_written_for() -> None:
    place = "https://github.com/SigmaHQ/sigma/blob/x/rules-emerging-threats/2017/Malware/NotPetya/a.yml"
    malware = SigmaEntry("1", "Activity", "high", ("T1486",), "windows", "test", place)
    flaw = SigmaEntry("2", "Attempt on cve-2023-25717", "high", (), "webserver", "test", "https://x.example")
    assert (threat(malware), flaws(malware)) == ("NotPetya", frozenset())
    assert (threat(flaw), flaws(flaw)) == ("", frozenset({"CVE-2023-25717"}))
    index = SigmaIndex([flaw, malware])
    assert index.tagged(["T1486", "T9999"]) == (malware,)
    assert index.by_flaw == {"CVE-2023-25717": (flaw,)}


@pytest.mark.corpus
def test_every_rule_of_a_release_is_read_and_the_pack_knows_almost_all(data: Path, tmp_path: Path) -> None:
    import tarfile

    with tarfile.open(next((data / "upstream" / "sigma").glob("sigma-rules-*.tar.gz"))) as packed:
        packed.extractall(tmp_path, filter="data")
    found = sigma_rules.read(tmp_path)
    assert found.faults == ()
    pack = scc.knowledge.open()
    known = {rule.id for each in pack.techniques() for rule in pack.sigma(each.id)}
    assert len(known) > 2500
    assert known <= set(found.rules)
