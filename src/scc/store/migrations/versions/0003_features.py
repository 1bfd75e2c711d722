# SPDX-License-Identifier: Apache-2.0
"""Adds the table of what is compared of a document; documents without a row are read again when they are candidates."""

from __future__ import annotations

from alembic import op

from scc.store.tables import FEATURES

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table where the first schema did not make it."""
    FEATURES.create(op.get_bind(), checkfirst=True)
