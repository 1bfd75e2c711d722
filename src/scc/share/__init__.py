# SPDX-License-Identifier: Apache-2.0
"""Briefing to formats for machines; `EXPORTS` lists them by name, `clear` says what may leave to whom."""

from __future__ import annotations

from scc.share.clearance import ABOUT_US, FOR_OTHERS, OWN, Cleared, Refused, clear, world
from scc.share.interface import EXPORTS, Context, Export, NotApplicable, Records

__all__ = [
    "ABOUT_US",
    "EXPORTS",
    "FOR_OTHERS",
    "OWN",
    "Cleared",
    "Context",
    "Export",
    "NotApplicable",
    "Records",
    "Refused",
    "clear",
    "world",
]
