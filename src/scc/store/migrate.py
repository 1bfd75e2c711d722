# SPDX-License-Identifier: Apache-2.0
"""Bring an older database to the schema of this code. The only place that imports Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from scc.store.failures import explained


def upgrade(engine: Engine, shown: str, to: str = "head") -> None:
    """Run the migrations that are missing, each in a transaction. Raises StoreError."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["engine"] = engine
    with explained(shown):
        command.upgrade(config, to)
