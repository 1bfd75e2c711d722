# SPDX-License-Identifier: Apache-2.0
"""What became of an id: forward to the live ids of today, backward to what older mappings call it.

Both directions are transitive and total: any text may be asked for, nothing raises. Works on successor
pairs and states that are handed in; reads no files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from scc.knowledge.pack import Successor
from scc.knowledge.types import Resolution, Status

_ENHANCEMENT: Final = re.compile(r"([A-Z]{2})-0*([0-9]{1,3})(?:[(.]0*([0-9]{1,3})\)?)?")
_LONGEST: Final = 200


def canonical(framework: str, id_: str) -> str:
    """The official spelling of an id: trimmed; "AC-02(01)" of NIST SP 800-53 becomes "AC-2(1)".

    Text that is no id comes back trimmed and cut to 200 characters.
    """
    text = id_.strip()[:_LONGEST]
    if framework == "nist-800-53r5":
        found = _ENHANCEMENT.fullmatch(text.upper())
        if found:
            return f"{found[1]}-{found[2]}" + (f"({found[3]})" if found[3] else "")
        return text
    if framework in ("attack", "atlas", "cwe", "capec"):
        return text.upper()
    return text


class Resolver:
    """Forward and backward resolution over all frameworks."""

    def __init__(self, successors: Iterable[Successor], status: Callable[[str, str], Status | None]) -> None:
        """`status(framework, id)` gives the state of an id, None if the pack does not hold it."""
        self._status = status
        self._next: dict[tuple[str, str], tuple[str, ...]] = {}
        self._before: dict[tuple[str, str], set[str]] = {}
        for each in successors:
            self._next[each.framework, each.id] = each.current
            for successor in each.current:
                self._before.setdefault((each.framework, successor), set()).add(each.id)

    def forward(self, framework: str, id_: str) -> Resolution:
        """The state of an id and the live ids that stand for it now."""
        key = canonical(framework, id_)
        state = self._status(framework, key)
        if state is None and (framework, key) not in self._next:
            return Resolution(id_, "unknown")
        if state == "live":
            return Resolution(id_, "live", (key,))
        current = self._walk(framework, key)
        return Resolution(id_, "deprecated" if state == "deprecated" else "revoked", current)

    def _walk(self, framework: str, start: str) -> tuple[str, ...]:
        """Live ids reached from `start`; a ring in the data ends the walk instead of hanging it."""
        found: list[str] = []
        seen = {start}
        waiting = [start]
        while waiting:
            for each in self._next.get((framework, waiting.pop(0)), ()):
                if each in seen:
                    continue
                seen.add(each)
                if self._status(framework, each) == "live":
                    found.append(each)
                else:
                    waiting.append(each)
        return tuple(sorted(found))

    def back(self, framework: str, id_: str) -> tuple[str, ...]:
        """Every older id that resolves to this one, at any distance, sorted; never the id itself."""
        start = canonical(framework, id_)
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            for each in self._before.get((framework, waiting.pop()), ()):
                if each not in seen and each != start:
                    seen.add(each)
                    waiting.append(each)
        return tuple(sorted(seen))
