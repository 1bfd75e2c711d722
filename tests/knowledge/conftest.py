# SPDX-License-Identifier: Apache-2.0
"""A small pack built from small downloads, and the pack that ships."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from scc import content, knowledge
from scc.knowledge import Knowledge
from scc.knowledge.build import build
from scc.knowledge.pack import Pack


@pytest.fixture(scope="session")
def downloads() -> ModuleType:
    """The module that writes small downloads."""
    spec = importlib.util.spec_from_file_location("downloads", Path(__file__).parent / "downloads.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def small_folder(downloads: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    upstream = downloads.write(tmp_path_factory.mktemp("upstream"))
    out = tmp_path_factory.mktemp("pack")
    build(upstream, out)
    return out


@pytest.fixture(scope="session")
def small(small_folder: Path) -> Knowledge:
    return Knowledge(Pack(small_folder), content.open())


@pytest.fixture(scope="session")
def shipped() -> Knowledge:
    return knowledge.open()
