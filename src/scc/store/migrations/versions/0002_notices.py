# SPDX-License-Identifier: Apache-2.0
"""Adds the table of what was sent to whom."""

from __future__ import annotations

from alembic import op

from scc.store.tables import NOTICES

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table where the first schema did not make it."""
    NOTICES.create(op.get_bind(), checkfirst=True)
