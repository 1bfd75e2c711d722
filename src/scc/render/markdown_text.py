# SPDX-License-Identifier: Apache-2.0
"""Escaping for Markdown: text, code spans, links and tables that hold what they are given and no markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

_SIGNS: Final = re.compile(r"([\\`*_{}\[\]<>|~&$^!#@])")
_LINK: Final = re.compile(r"(?i)(:)(?=//)|(?<=\bwww)(\.)|(?<=\bmailto)(:)|(?<=\bxmpp)(:)")
_NUMBERED: Final = re.compile(r"^(\d{1,9})\\?([.)])")
_BLANKS: Final = re.compile(r"\s+")
_TICKS: Final = re.compile(r"`+")


def text(value: object) -> str:
    """Text as one line that no Markdown reader takes for markup."""
    line = _BLANKS.sub(" ", str(value)).strip()
    line = _LINK.sub(lambda found: "\\" + found[0], _SIGNS.sub(r"\\\1", line))
    line = _NUMBERED.sub(r"\1\\\2", line)
    return "\\" + line if line[:1] in ("-", "+", "=", ":") else line


def code(value: str, cell: bool = False) -> str:
    """A code span; a back quote inside gets a longer fence, a bar is escaped in table cells only."""
    line = _BLANKS.sub(" ", value).strip()
    fence = "`" * (longest_run(line) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    if not line:
        return ""
    span = f"{fence}{pad}{line}{pad}{fence}"
    return span.replace("|", "\\|") if cell else span


def link(label: str, href: str) -> str:
    target = href.replace("(", "%28").replace(")", "%29")
    return f"[{text(label)}](<{target}>)" if target else text(label)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    made = [" | ".join(("", *(cell or " " for cell in row), "")).strip() for row in rows]
    if not made:
        return []
    return [f"| {' | '.join(heads)} |", "|" + " --- |" * len(heads), *made, ""]


def longest_run(value: str) -> int:
    """Length of the longest run of back quotes, 0 if there is none."""
    return max((len(run) for run in _TICKS.findall(value)), default=0)
