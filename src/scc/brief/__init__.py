# SPDX-License-Identifier: Apache-2.0
"""Everything to a Briefing, and the linter. Pure."""

from __future__ import annotations

from scc.brief.changes import compare, material
from scc.brief.compose import compose

__all__ = ["compare", "compose", "material"]
