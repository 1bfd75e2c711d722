# SPDX-License-Identifier: Apache-2.0
"""Briefing to formats for machines; `EXPORTS` lists them by name."""

from __future__ import annotations

from scc.share.interface import EXPORTS, Context, Export, NotApplicable, Records

__all__ = ["EXPORTS", "Context", "Export", "NotApplicable", "Records"]
