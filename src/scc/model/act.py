# SPDX-License-Identifier: Apache-2.0
"""What follows from a briefing: a task given to a person, a control found missing, a date to look again."""

from __future__ import annotations

from typing import Literal

import msgspec


class Task(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    item: str
    action: str
    title: str
    owner: str
    due: str = ""
    status: Literal["open", "doing", "done", "cancelled"] = "open"
    evidence: str = ""


class Gap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    item: str
    framework: str
    control: str
    description: str
    owner: str = ""
    due: str = ""
    status: Literal["open", "accepted", "closed"] = "open"
    author: str = ""
    found: str = ""


class Review(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    item: str
    date: str
    reason: str
    status: Literal["open", "done"] = "open"
