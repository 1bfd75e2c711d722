# SPDX-License-Identifier: Apache-2.0
"""Everything to a Briefing, and the linter. Pure."""

from __future__ import annotations

from scc.brief.changes import compare, material
from scc.brief.compose import compose, label, title
from scc.brief.lint import CODES, Finding, lint_briefing, lint_text

__all__ = [
    "CODES",
    "Finding",
    "compare",
    "compose",
    "label",
    "lint_briefing",
    "lint_text",
    "material",
    "title",
]
