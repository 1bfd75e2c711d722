# SPDX-License-Identifier: Apache-2.0
"""What a run did: one outcome for each input, the items they led to."""

from __future__ import annotations

from collections import Counter
from typing import Literal

import msgspec


class InputReport(msgspec.Struct, frozen=True, omit_defaults=True):
    """One input or entry with what became of it."""

    outcome: str
    path: str = ""
    url: str = ""
    entry: str = ""
    rule: str = ""
    reason: str = ""
    document: str = ""
    item: str = ""
    is_entry: bool = False


class ItemReport(msgspec.Struct, frozen=True):
    """One item that inputs of this run led to."""

    id: str
    state: Literal["new", "updated", "unchanged"]
    revision: int
    type: str
    severity: str
    priority: str
    title: str


class Report(msgspec.Struct, frozen=True):
    """The result of `engine.run`."""

    now: str
    inputs: tuple[InputReport, ...]
    items: tuple[ItemReport, ...]
    faults: tuple[str, ...] = ()
    """Failures of the program on single inputs or stories, in words; empty in a healthy run."""

    def files(self) -> dict[str, int]:
        """How many files ended in each outcome."""
        return dict(sorted(Counter(each.outcome for each in self.inputs if not each.is_entry).items()))

    def entries(self) -> dict[str, int]:
        """How many entries of containers ended in each outcome."""
        return dict(sorted(Counter(each.outcome for each in self.inputs if each.is_entry).items()))
