# SPDX-License-Identifier: Apache-2.0
"""Where the builders put their facts: nodes and edges by section, sorted and without doubles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scc.knowledge.pack import EdgeGroup, Successor
from scc.knowledge.types import Node


class Facts:
    """Collects rows; `sections()` gives them in the order in which they are written."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Any]] = {}
        self._nodes: dict[str, dict[str, Node]] = {}
        self._successors: dict[tuple[str, str], Successor] = {}

    def rows(self, section: str, rows: Iterable[Any]) -> None:
        """Rows of a section, in the order given."""
        self._rows.setdefault(section, []).extend(rows)

    def value(self, section: str, value: Any) -> None:
        """A section that is one value."""
        self._rows[section] = value

    def nodes(self, nodes: Iterable[Node]) -> None:
        """Entries of frameworks; the first one of an id stays."""
        for each in nodes:
            self._nodes.setdefault(each.framework, {}).setdefault(each.id, each)

    def ids(self, framework: str) -> frozenset[str]:
        """Ids of a framework collected so far."""
        return frozenset(self._nodes.get(framework, ()))

    def listed(self, section: str) -> tuple[Any, ...]:
        """Rows of a section collected so far."""
        return tuple(self._rows.get(section, ()))

    def live(self, framework: str, id_: str) -> bool:
        """Whether an id was collected as a live node."""
        node = self._nodes.get(framework, {}).get(id_)
        return node is not None and node.status == "live"

    def group(self, section: str, group: EdgeGroup) -> None:
        """A group of edges as it stands; `section` is the whole name."""
        self._rows.setdefault(section, []).append(group)

    def successors(self, successors: Iterable[Successor]) -> None:
        for each in successors:
            self._successors.setdefault((each.framework, each.id), each)

    def edges(
        self,
        section: str,
        *,
        src: str,
        dst: str,
        relation: str,
        strength: str,
        dataset: str,
        version: str,
        pairs: Iterable[tuple[str, str]],
        comments: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        """A group of edges in section `edges-<section>`; doubles are dropped, pairs sorted."""
        ordered = tuple(sorted(set(pairs)))
        if not ordered:
            return
        said = {
            str(index): comments[pair]
            for index, pair in enumerate(ordered)
            if comments is not None and comments.get(pair)
        }
        group = EdgeGroup(dataset, version, relation, strength, src, dst, ordered, said)
        self._rows.setdefault(f"edges-{section}", []).append(group)

    def sections(self) -> dict[str, Any]:
        found = dict(self._rows)
        for framework, nodes in self._nodes.items():
            found[f"nodes-{framework}"] = [nodes[id_] for id_ in sorted(nodes)]
        found["successors"] = [self._successors[key] for key in sorted(self._successors)]
        return found

    def frameworks(self) -> dict[str, tuple[str, ...]]:
        """Framework keys at the ends of each section of edges."""
        return {
            name: tuple(sorted({end for group in rows for end in (group.src, group.dst)}))
            for name, rows in self._rows.items()
            if name.startswith("edges-")
        }
