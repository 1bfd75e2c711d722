# SPDX-License-Identifier: Apache-2.0
"""What a person ruled. Decisions are inputs like documents, and they stick."""

from __future__ import annotations

from typing import Literal

import msgspec


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    kind: Literal["confirm", "correct", "merge", "split", "pin", "dismiss", "publish", "withdraw"]
    author: str
    time: str
    """ISO 8601 UTC."""
    reason: str
    target: str
    """An item, story, document or observation id."""
    other: str = ""
    """The second id of a merge or split; "incident" for a confirmed one; the clock's document."""

    def opens_incident(self, names: frozenset[str]) -> bool:
        """Whether it says that the story of these names happened at our site."""
        return self.kind == "confirm" and self.other == "incident" and self.target in names
