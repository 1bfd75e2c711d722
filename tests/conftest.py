# SPDX-License-Identifier: Apache-2.0
"""Fixtures for the whole suite. The development corpus is optional: its tests are skipped with a reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A slow machine is no fault of the code, and the same commit gives the same result twice.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder named by SCC_DATA (it holds `corpus/`), or a skip."""
    named = os.environ.get("SCC_DATA")
    if not named:
        pytest.skip("SCC_DATA is not set: the development corpus is not at hand")
    folder = Path(named)
    if not folder.is_dir():
        pytest.skip(f"SCC_DATA names no folder: {named}")
    return folder


@pytest.fixture
def assets() -> Path:
    """Small inputs of our own."""
    return Path(__file__).parent / "assets"
