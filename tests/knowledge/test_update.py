# SPDX-License-Identifier: Apache-2.0
"""Updating: all or nothing, with a report and a way back."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from types import ModuleType

import pytest

from scc.knowledge import update
from scc.knowledge.pack import Pack
from scc.model.errors import KnowledgeError


def _changed(downloads: ModuleType) -> dict[str, bytes]:
    """The downloads a year later: T1574 revoked, CWE-287 renamed, a CVE in KEV."""
    contents = downloads.files()
    galaxy = json.loads(contents["misp-galaxy/mitre-attack-pattern.json.gz"])
    for each in galaxy["values"]:
        if each["meta"]["external_id"] == "T1574":
            each["revoked"] = True
            each["related"] = [{"dest-uuid": "uuid-T1685", "type": "revoked-by"}]
    contents["misp-galaxy/mitre-attack-pattern.json.gz"] = json.dumps(galaxy).encode()
    cwe = json.loads(contents["cwe/cwe-4.19.1.json.gz"])
    cwe["Weaknesses"][1]["Name"] = "Improper Authentication, renamed"
    cwe["Weaknesses"].append(
        {"ID": "1427", "Name": "Improper Neutralization of Input Used for LLM Prompting"}
    )
    contents["cwe/cwe-4.19.1.json.gz"] = json.dumps(cwe).encode()
    kev = json.loads(contents["kev/known_exploited_vulnerabilities.json.gz"])
    kev["vulnerabilities"].append({"cveID": "CVE-2026-0001", "dateAdded": "2026-08-20"})
    contents["kev/known_exploited_vulnerabilities.json.gz"] = json.dumps({**kev, "count": 2}).encode()
    return contents


def test_an_update_reports_what_changed_and_can_be_undone(
    downloads: ModuleType, small_folder: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    assert update.current(data) is None
    first = update.update_from(downloads.write(tmp_path / "one"), data, small_folder)
    assert (first.added, first.changed, first.revoked, first.kev_added) == ((), (), (), ())
    second = update.update_from(downloads.write(tmp_path / "two", _changed(downloads)), data, small_folder)
    assert second.added == ("cwe:CWE-1427",)
    assert second.changed == ("cwe:CWE-287",)
    assert second.revoked == ("attack:T1574",)
    assert second.kev_added == ("CVE-2026-0001",)
    assert second.kev_date and second.kev_date_before == first.kev_date
    folder = update.current(data)
    assert folder is not None
    assert Pack(folder).manifest.pack == second.pack
    assert update.rollback(data, small_folder) == first.pack
    assert Pack(update.current(data) or tmp_path).manifest.pack == first.pack


def test_two_packs_are_kept_and_scratch_folders_are_not(
    downloads: ModuleType, small_folder: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    (data / ".building-dead").mkdir(parents=True)
    contents = downloads.files()
    for number in range(3):
        contents["derived/hipaa-nist80053r5.csv"] = f"hipaa,target\n164.312({'abc'[number]}),IA-2\n".encode()
        update.update_from(downloads.write(tmp_path / str(number), contents), data, small_folder)
    assert len([each for each in data.iterdir() if each.name.startswith("pack-")]) == 2
    assert not (data / ".building-dead").exists()


POISONED = {
    "not-json": b"{ half a",
    "wrong-shape": b'{"Weaknesses": 7}',
    "wrong-items": b'{"Weaknesses": [1], "Views": []}',
    "empty": b"",
}


@pytest.mark.parametrize("name", POISONED)
def test_a_poisoned_download_changes_nothing(
    downloads: ModuleType, small_folder: Path, tmp_path: Path, name: str
) -> None:
    data = tmp_path / "data"
    update.update_from(downloads.write(tmp_path / "one"), data, small_folder)
    before = sorted((path.name, path.stat().st_size) for path in data.rglob("*"))
    contents = {**downloads.files(), "cwe/cwe-4.19.1.json.gz": POISONED[name]}
    with pytest.raises(KnowledgeError):
        update.update_from(downloads.write(tmp_path / "bad", contents), data, small_folder)
    assert sorted((path.name, path.stat().st_size) for path in data.rglob("*")) == before


def test_half_an_archive_changes_nothing(downloads: ModuleType, small_folder: Path, tmp_path: Path) -> None:
    upstream = downloads.write(tmp_path / "up")
    path = upstream / "misp-galaxy" / "threat-actor.json.gz"
    half = path.read_bytes()[:40]
    path.write_bytes(half)
    manifest = json.loads((upstream / "MANIFEST.json").read_text())
    import hashlib

    for row in manifest["files"]:
        if row["file"] == "misp-galaxy/threat-actor.json.gz":
            row["sha256"] = hashlib.sha256(half).hexdigest()
    (upstream / "MANIFEST.json").write_text(json.dumps(manifest))
    with pytest.raises(KnowledgeError, match="cannot be unpacked"):
        update.update_from(upstream, tmp_path / "data", small_folder)
    assert update.current(tmp_path / "data") is None


def test_rollback_without_a_previous_pack_says_so(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no previous pack"):
        update.rollback(tmp_path, tmp_path)


def test_bytes_that_unpack_without_end_are_refused(
    downloads: ModuleType, small_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scc.knowledge.build import upstream

    monkeypatch.setattr(upstream, "FILE_MOST", 100_000)
    contents = {**downloads.files(), "cwe/cwe-4.19.1.json.gz": b" " * 1_000_000}
    folder = downloads.write(tmp_path / "up", contents)
    assert len(gzip.compress(b" " * 1_000_000)) < 2_000
    with pytest.raises(KnowledgeError, match="unpacks to more than"):
        update.update_from(folder, tmp_path / "data", small_folder)


def test_after_a_first_update_the_shipped_pack_is_the_way_back(
    downloads: ModuleType, small_folder: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    report = update.update_from(downloads.write(tmp_path / "one", _changed(downloads)), data, small_folder)
    assert update.rollback(data, small_folder) == Pack(small_folder).manifest.pack
    assert update.current(data) is None
    assert update.rollback(data, small_folder) == report.pack
    back = update.update_from(downloads.write(tmp_path / "two"), data, small_folder)
    assert back.kev_gone == ("CVE-2026-0001",)
