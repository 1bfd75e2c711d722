# SPDX-License-Identifier: Apache-2.0
"""Alembic's entry: runs on the engine that the store hands over, in one transaction."""

from __future__ import annotations

from alembic import context

from scc.store.tables import METADATA

with context.config.attributes["engine"].connect() as connection:
    context.configure(connection=connection, target_metadata=METADATA, transactional_ddl=True)
    with connection.begin():
        context.run_migrations()
