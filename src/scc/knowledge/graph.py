# SPDX-License-Identifier: Apache-2.0
"""The crosswalk graph: typed edges with their origin, and the best ways from a node to a framework.

Published data reaches almost everything, so a search is bounded: few steps, a cost by strength of each
edge, no way through nodes that relate to nearly everything, and only frameworks with comparable grain in
between. Old ids are crossed with an explicit "replaces" edge, so that a way shows each mapping as its
dataset printed it. Does not select: `select` does.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, cast

from scc.knowledge.pack import EdgeGroup
from scc.knowledge.types import Edge, Path, Strength

INVERSE: Final[dict[str, str]] = {
    "mitigates": "mitigated-by",
    "uses": "used-by",
    "detects": "detected-by",
    "child-of": "parent-of",
    "counters": "countered-by",
    "leads-to": "follows-from",
    "attributed-to": "attributed-with",
    "implements": "implemented-by",
    "contains": "contained-in",
    "scores": "scored-by",
    "targets": "targeted-by",
    "replaces": "replaced-by",
    "member-of": "has-member",
    "calls-for": "called-for-by",
    "points-to": "pointed-to-by",
    "prefers": "preferred-by",
    "adapted-from": "adapted-as",
    "classified-as": "classification-of",
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

PLACE: Final = 0.01
"""What each place further down a theme's list adds to the step."""

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


_DOWN: Final = frozenset({"nist-800-53r5"})
"""Frameworks in which a way may go from a whole to its parts: a control to its enhancements."""


def turned(relation: str) -> str:
    """The relation read from the other end."""
    return INVERSE.get(relation) or _BACK.get(relation) or relation


class _Index:
    """Positions of the pairs of one group by the id at one end, made when that end is first asked for."""

    def __init__(self, group: EdgeGroup, *, reverse: bool) -> None:
        self.group = group
        self.reverse = reverse
        self._found: dict[str, list[int]] | None = None

    def places(self, id_: str) -> Sequence[int]:
        if self._found is None:
            end = 1 if self.reverse else 0
            self._found = {}
            for place, pair in enumerate(self.group.pairs):
                self._found.setdefault(pair[end], []).append(place)
        return self._found.get(id_, ())


class _Hop(NamedTuple):
    """A step that a way may take: everything the search needs without making an Edge."""

    cost: float
    dst: str
    relation: str
    group: EdgeGroup
    place: int
    reverse: bool


class _Way(NamedTuple):
    """A way as a chain: the last hop and what came before."""

    before: _Way | None
    hop: _Hop
    steps: int
    frameworks: tuple[str, ...]


class Graph:
    """Edges by node, indexed group by group when first asked for."""

    def __init__(
        self,
        load: Callable[[str, str | None, bool], Iterable[EdgeGroup]],
        back: Callable[[str, str], tuple[str, ...]],
        rank: Callable[[str, str, str], int] = lambda theme, framework, id_: 1,
    ) -> None:
        """`load(framework, to, usage)` gives the groups that touch the framework (and `to`), with those of
        who uses what if `usage`; `back` gives the older ids of an id; `rank(theme, framework, id)` the place of
        a control in a theme's list, 1 first."""
        self._load = load
        self._back = back
        self._rank = rank
        self._asked: set[tuple[str, str | None, bool]] = set()
        self._groups: dict[int, EdgeGroup] = {}
        self._ends: dict[str, list[_Index]] = {}
        self._hops: dict[tuple[str, str], tuple[_Hop, ...]] = {}

    def _need(self, framework: str, to: str | None, *, usage: bool) -> None:
        if (framework, to, usage) in self._asked:
            return
        self._asked.add((framework, to, usage))
        for group in self._load(framework, to, usage):
            if id(group) in self._groups:
                continue
            self._groups[id(group)] = group
            self._hops.clear()
            self._ends.setdefault(group.src, []).append(_Index(group, reverse=False))
            self._ends.setdefault(group.dst, []).append(_Index(group, reverse=True))

    def _places(self, framework: str, id_: str) -> Iterator[tuple[EdgeGroup, int, bool]]:
        """Where the pairs of a node stand: group, position, and whether the node is the second end."""
        for index in self._ends.get(framework, ()):
            for place in index.places(id_):
                yield index.group, place, index.reverse

    def edges(self, framework: str, id_: str, to: str | None = None) -> tuple[Edge, ...]:
        """Edges of a node and of the ids it replaced, each read from the node's end, sorted.

        `to` limits them to the other end's framework.
        """
        self._need(framework, to, usage=True)
        found: set[Edge] = set()
        for each in (id_, *self._back(framework, id_)):
            for group, index, reverse in self._places(framework, each):
                if to is None or (group.src if reverse else group.dst) == to:
                    found.add(_edge(group, index, reverse))
        return tuple(sorted(found, key=_order))

    def paths(self, framework: str, id_: str, to: str) -> tuple[Path, ...]:
        """The best ways from a node to a framework ("cis-v8") or one node of it ("cis-v8:6.3").

        Ordered by cost, then text. At most PATHS_EACH to each goal; bounded by STEPS_MOST, COST_MOST,
        HUB and VISITS_MOST. A way never returns to a framework it left, never takes a relation and then
        the same one backwards (a technique's mitigation leads to no other technique), and goes down to
        parts only within NIST controls. Empty when there is none.
        """
        goal, _, goal_id = to.partition(":")
        start = f"{framework}:{id_}"
        waiting: list[tuple[float, int, str, _Way | None]] = [(0.0, 0, start, None)]
        reached: dict[str, list[tuple[float, Path]]] = {}
        passed: dict[str, int] = {}
        count = visits = 0
        while waiting and visits < VISITS_MOST:
            cost, _, node, way = heapq.heappop(waiting)
            visits += 1
            if way is not None and way.frameworks[-1] == goal:
                kept = reached.setdefault(node, [])
                if (not goal_id or node == to) and len(kept) < PATHS_EACH:
                    kept.append((cost, _path(way)))
            if passed.get(node, 0) >= PATHS_EACH or (way is not None and way.steps >= STEPS_MOST):
                continue
            passed[node] = passed.get(node, 0) + 1
            for hop in self._steps(node, goal):
                further = cost + hop.cost
                if further > COST_MOST:
                    break
                if way is not None and way.frameworks[-1] == goal != framework and hop.relation != "child-of":
                    # At the goal only the roll-up of a part to its whole goes on.
                    continue
                next_way = _extended(way, hop, framework, start)
                if next_way is not None:
                    count += 1
                    heapq.heappush(waiting, (further, count, hop.dst, next_way))
        ordered = sorted(
            (pair for kept in reached.values() for pair in kept), key=lambda pair: (pair[0], pair[1].label)
        )
        return tuple(path for _, path in ordered)

    def _steps(self, node: str, goal: str) -> tuple[_Hop, ...]:
        """Steps from a node to the goal's framework or to one that may stand between, cheapest first."""
        framework, _, id_ = node.partition(":")
        for other in (goal, *sorted(BETWEEN)):
            self._need(framework, other, usage=False)
        if (node, goal) not in self._hops:
            by_framework: dict[str, list[_Hop]] = {}
            for group, index, reverse in self._places(framework, id_):
                other = group.src if reverse else group.dst
                relation = turned(group.relation) if reverse else group.relation
                if relation in _UNPASSABLE or (other != goal and other not in BETWEEN):
                    continue
                if relation == "parent-of" and framework not in _DOWN:
                    continue
                strength = _TURNED.get(cast(Strength, group.strength), "") if reverse else ""
                end = f"{other}:{group.pairs[index][0 if reverse else 1]}"
                cost = _cost(group, index, strength or group.strength)
                if (group.src, group.relation) == ("theme", "calls-for"):
                    # Among equals the control that the theme puts first is the better end.
                    cost += PLACE * (self._rank(group.pairs[index][0], group.dst, group.pairs[index][1]) - 1)
                hop = _Hop(cost, end, relation, group, index, reverse)
                by_framework.setdefault(other, []).append(hop)
            kept = [
                hop
                for other, hops in by_framework.items()
                if other == goal or len({hop.dst for hop in hops}) <= HUB
                for hop in hops
            ]
            kept.sort(key=lambda hop: (hop.cost, hop.dst, hop.group.dataset, hop.relation))
            self._hops[node, goal] = tuple(kept)
        return self._hops[node, goal]


def _cost(group: EdgeGroup, place: int, strength: str) -> float:
    """What a step costs. A relation counted in cases ("7 CVE") is the cheaper the more cases it has."""
    number, _, unit = group.comments.get(str(place), "").partition(" ")
    if unit == "CVE" and number.isdigit():
        return COST[strength] - 0.03 * min(int(number), 10)
    return COST[strength]


def _extended(way: _Way | None, hop: _Hop, framework: str, start: str) -> _Way | None:
    """The way with one more hop, None if the rules forbid it."""
    inverse = turned(hop.relation)
    one: _Way | None = way
    while one is not None:
        if one.hop.dst == hop.dst or (one.hop.relation == inverse and inverse != hop.relation):
            return None
        one = one.before
    if hop.dst == start:
        return None
    frameworks = way.frameworks if way is not None else (framework,)
    here = hop.dst.partition(":")[0]
    if here != frameworks[-1]:
        if here in frameworks:
            return None
        frameworks = (*frameworks, here)
    # Crossing to an older id of the same thing is no step of its own.
    steps = (way.steps if way is not None else 0) + (hop.relation != "replaces")
    return _Way(way, hop, steps, frameworks)


def _path(way: _Way) -> Path:
    edges: list[Edge] = []
    one: _Way | None = way
    while one is not None:
        edges.append(_edge(one.hop.group, one.hop.place, one.hop.reverse))
        one = one.before
    return Path(tuple(reversed(edges)))


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
