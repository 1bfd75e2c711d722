# SPDX-License-Identifier: Apache-2.0
"""Files and folders to inputs: order, limits, links, what cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scc.collect import files
from scc.collect.files import walk
from scc.collect.interface import Unreadable
from scc.collect.sbom import components
from scc.model.document import Raw
from scc.model.errors import UsageError


def test_a_folder_is_walked_in_sorted_order_with_paths_as_given(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".git/config"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    found = [(each.path, each.data) for each in walk([tmp_path]) if isinstance(each, Raw)]
    assert found == [(f"{tmp_path}/{name}", name.encode()) for name in ("a.txt", "b/1.txt", "b/2.txt")]


def test_a_file_given_twice_is_one_input(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    assert len(list(walk([tmp_path / "a", tmp_path]))) == 1


def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_one_input(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a").write_text("x")
    (folder / "b").symlink_to(folder / "a")
    (folder / "out").symlink_to(tmp_path / "secret")
    (folder / "up").symlink_to(tmp_path)
    (folder / "gone").symlink_to(folder / "none")
    found = list(walk([folder]))
    assert [each.path for each in found if isinstance(each, Raw)] == [str(folder / "a")]
    assert [(Path(each.path).name, each.rule) for each in found if isinstance(each, Unreadable)] == [
        ("gone", "unreadable"), ("out", "outside"), ("up", "outside"),
    ]  # fmt: skip


def test_a_large_file_and_a_pipe_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    (tmp_path / "big").write_bytes(b"x" * 11)
    (tmp_path / "ok").write_bytes(b"x" * 10)
    os.mkfifo(tmp_path / "pipe")
    found = {Path(each.path).name: getattr(each, "rule", "read") for each in walk([tmp_path])}
    assert found == {"big": "too-large", "ok": "read", "pipe": "special"}


def test_a_path_that_does_not_exist_is_the_callers_fault(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file or folder"):
        list(walk([tmp_path / "none"]))


def test_components_of_an_sbom() -> None:
    cyclonedx = b"""{"bomFormat": "CycloneDX", "components": [
      {"name": "openssl", "version": "3.0.7", "purl": "pkg:rpm/openssl@3.0.7"}, {"name": ""}, 5]}"""
    spdx = b"""{"spdxVersion": "SPDX-2.3", "packages": [{"name": "zlib", "versionInfo": "1.3",
      "supplier": "Organization: Example", "externalRefs": [{"referenceType": "purl", "referenceLocator": "pkg:x/zlib"}]}]}"""
    found = components(cyclonedx)
    assert found is not None and [(each.product, each.version, each.purl) for each in found] == [
        ("openssl", "3.0.7", "pkg:rpm/openssl@3.0.7")
    ]
    other = components(spdx)
    assert other is not None and [(each.product, each.vendor, each.purl) for each in other] == [
        ("zlib", "Example", "pkg:x/zlib")
    ]
    assert components(b"{}") is None and components(b"[[[") is None
