# SPDX-License-Identifier: Apache-2.0
"""The crosswalk graph: typed edges with their origin, and the best ways from a node to a framework.

Published data reaches almost everything, so a search is bounded: few steps, a cost by strength of each
edge, no way through nodes that relate to nearly everything, and only frameworks with comparable grain in
between. Old ids are crossed with an explicit "replaces" edge, so that a way shows each mapping as its
dataset printed it. Does not select: `select` does.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Final, cast

from scc.knowledge.pack import EdgeGroup
from scc.knowledge.types import Edge, Path, Strength

INVERSE: Final[dict[str, str]] = {
    "mitigates": "mitigated-by",
    "uses": "used-by",
    "detects": "detected-by",
    "child-of": "parent-of",
    "replaced-by": "replaces",
    "counters": "countered-by",
    "leads-to": "follows-from",
    "attributed-to": "attributed-with",
    "implements": "implemented-by",
    "contains": "contained-in",
    "scores": "scored-by",
    "targets": "targeted-by",
}
"""Name of a relation read from its other end; one that is not here reads the same both ways."""
_BACK: Final = {inverse: relation for relation, inverse in INVERSE.items()}

_TURNED: Final[dict[str, Strength]] = {"subset": "superset", "superset": "subset"}

COST: Final[dict[str, float]] = {
    "exact": 0.2,
    "subset": 0.5,
    "authored": 0.5,
    "superset": 0.7,
    "intersects": 0.9,
    "derived": 1.0,
}
"""What a step costs; a published exact relation is the cheapest, a computed one the dearest."""

STEPS_MOST: Final = 4
COST_MOST: Final = 3.0
HUB: Final = 60
"""Neighbours in one framework from which a node counts as over-broad and is not passed through."""
PATHS_EACH: Final = 3
"""Ways kept to one goal."""
VISITS_MOST: Final = 20_000
"""States looked at before a search ends: the bound on its time."""

BETWEEN: Final = frozenset(
    {"attack", "atlas", "cwe", "capec", "nist-800-53r5", "nist-csf-2.0", "theme", "owasp-2021", "owasp-2025"}
)
"""Frameworks that a way may pass through. Cloud services, VERIS, CCM, D3FEND and people's frameworks (ISO,
SOC 2, CIS) are ends only: joined there, everything meets everything."""

_UNPASSABLE: Final = frozenset(
    {"uses", "used-by", "targets", "targeted-by", "attributed-to", "attributed-with"}
)
"""Relations of who does what: they say nothing about which control fits."""


def turned(relation: str) -> str:
    """The relation read from the other end."""
    return INVERSE.get(relation) or _BACK.get(relation) or relation


class Graph:
    """Edges by node, built group by group when first asked for."""

    def __init__(
        self,
        load: Callable[[str, str | None], Iterable[EdgeGroup]],
        back: Callable[[str, str], tuple[str, ...]],
    ) -> None:
        """`load(framework, to)` gives each group that touches the framework (and `to`) once; `back` older ids."""
        self._load = load
        self._back = back
        self._loaded: set[tuple[str, str | None]] = set()
        self._edges: dict[str, list[tuple[EdgeGroup, int, bool]]] = {}
        self._seen_groups: set[int] = set()
        self._groups: list[EdgeGroup] = []

    def _need(self, framework: str, to: str | None) -> None:
        if (framework, to) in self._loaded or (framework, None) in self._loaded:
            return
        self._loaded.add((framework, to))
        for group in self._load(framework, to):
            if id(group) in self._seen_groups:
                continue
            self._seen_groups.add(id(group))
            self._groups.append(group)
            for index, (src, dst) in enumerate(group.pairs):
                self._edges.setdefault(f"{group.src}:{src}", []).append((group, index, False))
                self._edges.setdefault(f"{group.dst}:{dst}", []).append((group, index, True))

    def edges(self, framework: str, id_: str, to: str | None = None) -> tuple[Edge, ...]:
        """Edges of a node and of the ids it replaced, each read from the node's end, sorted.

        `to` limits them to the other end's framework.
        """
        self._need(framework, to)
        found: set[Edge] = set()
        for each in (id_, *self._back(framework, id_)):
            found.update(self._direct(f"{framework}:{each}", to))
        return tuple(sorted(found, key=_order))

    def _direct(self, node: str, to: str | None) -> list[Edge]:
        found = []
        for group, index, reverse in self._edges.get(node, ()):
            if to is None or (group.src if reverse else group.dst) == to:
                found.append(_edge(group, index, reverse))
        return found

    def paths(self, framework: str, id_: str, to: str) -> tuple[Path, ...]:
        """The best ways from a node to a framework ("cis-v8") or one node of it ("cis-v8:6.3").

        Ordered by cost, then text. At most PATHS_EACH to each goal; bounded by STEPS_MOST, COST_MOST,
        HUB and VISITS_MOST. Empty when there is none.
        """
        goal_framework, _, goal_id = to.partition(":")
        start = f"{framework}:{id_}"
        waiting: list[tuple[float, int, str, tuple[Edge, ...]]] = [(0.0, 0, start, ())]
        reached: dict[str, list[tuple[float, Path]]] = {}
        passed: dict[str, int] = {}
        count = 0
        visits = 0
        while waiting and visits < VISITS_MOST:
            cost, _, node, way = heapq.heappop(waiting)
            visits += 1
            here = node.partition(":")[0]
            if way and here == goal_framework and (not goal_id or node == to):
                kept = reached.setdefault(node, [])
                if len(kept) < PATHS_EACH:
                    kept.append((cost, Path(way)))
                continue
            if passed.get(node, 0) >= PATHS_EACH or len(way) == STEPS_MOST:
                continue
            passed[node] = passed.get(node, 0) + 1
            for edge in self._steps(node, here, goal_framework, first=not way):
                if any(edge.dst == each.src for each in way) or edge.dst == start:
                    continue
                further = cost + COST[edge.strength]
                if further <= COST_MOST:
                    count += 1
                    heapq.heappush(waiting, (further, count, edge.dst, (*way, edge)))
        ordered = sorted(
            (pair for kept in reached.values() for pair in kept), key=lambda pair: (pair[0], pair[1].label)
        )
        return tuple(path for _, path in ordered)

    def _steps(self, node: str, framework: str, goal: str, *, first: bool) -> list[Edge]:
        """Edges a way may take from a node: to the goal's framework, or to one that may stand between."""
        id_ = node.partition(":")[2]
        self._need(framework, goal)
        for between in BETWEEN:
            self._need(framework, between)
        found: list[Edge] = []
        by_framework: dict[str, list[Edge]] = {}
        for edge in self._direct(node, None):
            other = edge.dst.partition(":")[0]
            if edge.relation in _UNPASSABLE or (other != goal and other not in BETWEEN):
                continue
            by_framework.setdefault(other, []).append(edge)
        for edges in by_framework.values():
            if first or len({each.dst for each in edges}) <= HUB:
                found.extend(edges)
        for old in self._back(framework, id_):
            found.append(
                Edge(node, f"{framework}:{old}", "replaces", "ATT&CK", "19.0", "exact")
                if framework == "attack"
                else Edge(node, f"{framework}:{old}", "replaces", framework, "", "exact")
            )
        return sorted(set(found), key=_order)


def _edge(group: EdgeGroup, index: int, reverse: bool) -> Edge:
    first, second = group.pairs[index]
    src, dst = f"{group.src}:{first}", f"{group.dst}:{second}"
    strength = cast(Strength, group.strength)
    comment = group.comments.get(str(index), "")
    if reverse:
        strength = _TURNED.get(strength, strength)
        return Edge(dst, src, turned(group.relation), group.dataset, group.version, strength, comment)
    return Edge(src, dst, group.relation, group.dataset, group.version, strength, comment)


def _order(edge: Edge) -> tuple[str, ...]:
    return (edge.src, edge.dst, edge.dataset, edge.version, edge.relation, edge.strength, edge.comment)


def shortest(paths: Sequence[Path]) -> Path | None:
    """The first of ordered paths."""
    return next(iter(paths), None)


def parents(edges: Callable[[str], Iterable[str]], start: str, most: int = 8) -> tuple[str, ...]:
    """Ancestors of a node nearest first, at most `most` levels; a ring ends the walk."""
    found: list[str] = []
    waiting = deque([(start, 0)])
    while waiting:
        node, level = waiting.popleft()
        if level == most:
            continue
        for each in edges(node):
            if each not in found and each != start:
                found.append(each)
                waiting.append((each, level + 1))
    return tuple(found)
