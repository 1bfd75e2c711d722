# SPDX-License-Identifier: Apache-2.0
"""Adds what links items: the flaws of stories and what is shown of a story elsewhere. Stories are assessed again."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, Text, inspect, text

from scc.store.tables import FLAWS

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make table and columns where the first schema did not make them."""
    bind = op.get_bind()
    FLAWS.create(bind, checkfirst=True)
    known = {each["name"] for each in inspect(bind).get_columns("stories")}
    for name, kind in (("title", Text), ("tlp", Text), ("release", Integer), ("flaws", Integer)):
        if name not in known:
            default = "0" if kind is Integer else ""
            op.add_column("stories", Column(name, kind(), nullable=False, server_default=default))
    bind.execute(text("UPDATE stories SET stage = 'changed', inputs = '' WHERE stage = 'briefed'"))
