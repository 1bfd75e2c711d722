# SPDX-License-Identifier: Apache-2.0
"""docs/formats.md names every rule by which reading ends an input, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from scc.read.text import documents

ROOT = Path(__file__).parents[2]


def test_every_rule_is_documented() -> None:
    source = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "src/scc/read").rglob("*.py")))
    given = set(re.findall(r"\b(?:quarantine|context)\(\s*\"([a-z-]+)\"", source))
    given |= set(re.findall(r"Skipped\(\s*\"\w+\",.{1,200}?,\s*\"([a-z-]+)\"\s*\)", source, re.DOTALL))
    given |= set(documents._CONTEXT) | set(documents._REFUSED)
    text = (ROOT / "docs/formats.md").read_text("utf-8")
    sections = text.split("## Context")[1].split("## Texts")[0]
    named = set(
        re.findall(
            r"`([a-z-]+)`",
            "\n".join(line.split("|")[1] for line in sections.split("\n") if line.startswith("| `")),
        )
    )
    assert given - {"json-list"} == named
    assert all(
        reason.rstrip().endswith(".")
        for reason in (*documents._CONTEXT.values(), *documents._REFUSED.values())
    )
