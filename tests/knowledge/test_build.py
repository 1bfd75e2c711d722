# SPDX-License-Identifier: Apache-2.0
"""Building: facts only, the same bytes twice, and nothing from a file that is altered or not allowed."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

from scc import knowledge
from scc.knowledge import Knowledge
from scc.knowledge.build import build
from scc.knowledge.pack import PACK_MOST, SECTION_MOST, Pack, inflate
from scc.model.errors import KnowledgeError


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_two_builds_are_byte_identical(downloads: ModuleType, small_folder: Path, tmp_path: Path) -> None:
    upstream = downloads.write(tmp_path / "again")
    build(upstream, tmp_path / "out")
    assert _bytes(tmp_path / "out") == _bytes(small_folder)


def test_no_text_of_others_reaches_the_pack(downloads: ModuleType, small_folder: Path) -> None:
    for path in small_folder.glob("*.json.z"):
        assert downloads.TEXT.encode() not in inflate(path.read_bytes()), path.name


def test_only_stable_and_test_rules_are_indexed(small: Knowledge) -> None:
    assert [each.title for each in small.sigma("T1685")] == ["Defender Disabled"]
    assert small.sigma("T1685")[0].logsource == "windows/security"


def test_an_altered_file_is_refused(downloads: ModuleType, tmp_path: Path) -> None:
    upstream = downloads.write(tmp_path / "up")
    path = upstream / "cwe" / "cwe-4.19.1.json.gz"
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(KnowledgeError, match=r"cwe-4\.19\.1.*digest differs"):
        build(upstream, tmp_path / "out")
    assert not (tmp_path / "out" / "manifest.json").exists()


def test_a_file_for_checking_only_is_refused(downloads: ModuleType, tmp_path: Path) -> None:
    upstream = downloads.write(tmp_path / "up", all="no: development reference")
    with pytest.raises(KnowledgeError, match="for checking only"):
        build(upstream, tmp_path / "out")


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"no usable MANIFEST\.json"):
        build(tmp_path, tmp_path / "out")


def test_a_damaged_section_is_not_read(small_folder: Path, tmp_path: Path) -> None:
    for path in small_folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "kev.json.z").write_bytes((small_folder / "terms.json.z").read_bytes())
    with pytest.raises(KnowledgeError, match=r"Section kev .* digest differs"):
        Pack(tmp_path).verify()


def test_another_format_version_is_named(small_folder: Path, tmp_path: Path) -> None:
    manifest = json.loads((small_folder / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps({**manifest, "format": 99}))
    with pytest.raises(KnowledgeError, match="has format 99, this version reads 1"):
        Pack(tmp_path)


def test_the_shipped_pack_is_whole_and_within_its_limits() -> None:
    from scc import content

    pack = Pack(content.open().file("pack"))
    pack.verify()
    sizes = [each.bytes for each in pack.manifest.sections]
    assert max(sizes) < SECTION_MOST
    assert sum(sizes) < PACK_MOST
    on_disk = {path.name for path in pack.folder.glob("*.json.z")}
    assert on_disk == {f"{each.name}.json.z" for each in pack.manifest.sections}


def test_sp80053_keeps_baselines_parents_and_what_withdrew_a_control(small: Knowledge) -> None:
    node = small.node("nist-800-53r5", "IA-2(1)")
    assert node is not None
    assert node.parents == ("IA-2",)
    assert node.groups == ("high", "low", "moderate", "privacy")
    assert small.resolve("nist-800-53r5", "AC-13").current == ("AC-2",)


def test_an_actor_known_by_an_alias_gets_the_aliases_of_the_other_dataset(small: Knowledge) -> None:
    names = {each.name: each for each in small.names("actor")}
    assert set(names) == {"APT29", "Midnight Blizzard", "Shamoon Group"}
    assert names["APT29"].aliases == ("Cozy Bear", "The Dukes")
    assert names["APT29"].country == "RU"
    assert [each.name for each in small.names("tool")] == ["LaZagne", "Windows Credential Editor"]
    assert [each.name for each in small.names("malware")] == ["Cobalt Strike", "PlugX", "Vidar"]


def test_one_group_under_two_names_is_one_entry() -> None:
    """A galaxy's entry joins ATT&CK's by a name or two aliases that ATT&CK gives to one group alone."""
    pack = knowledge.open()
    meant = {alias.casefold(): each for each in pack.names("actor") for alias in (each.name, *each.aliases)}
    assert {name: meant[name].id for name in ("sandworm", "forest blizzard", "quilted tiger", "ghostemperor")} == {
        "sandworm": "G0034", "forest blizzard": "G0007", "quilted tiger": "G0040", "ghostemperor": "G1045",
    }  # fmt: skip
    assert meant["sandworm"].country == "RU"  # IRIDIUM is the name of somebody else in the galaxy


def test_what_attack_gives_to_one_group_or_program_stays_there() -> None:
    pack = knowledge.open()
    aliases = {each.id: set(each.aliases) for each in pack.names("actor")}
    assert "Wicked Panda" in aliases["G0096"]
    assert not {"WICKED PANDA", "Wicked Panda"} & aliases["G0044"]
    assert not {"ChChes", "Evilgrab"} & aliases["G0045"]
    programs = {each.name for kind in ("malware", "tool", "ransomware") for each in pack.names(kind)}  # type: ignore[arg-type]
    assert {"DoppelPaymer", "TinyNuke"} <= programs  # relatives, listed as aliases by the galaxy
    assert "Trick Bot" not in programs
