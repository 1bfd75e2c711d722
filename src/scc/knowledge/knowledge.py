# SPDX-License-Identifier: Apache-2.0
"""The one reader of the pack: frameworks, what became of their ids, relations and the selection of controls.

Names, lists and catalogues that are no framework: `catalogues`, which this builds on.
Sections are read on first use, so that one briefing pays only for what it touches. Answers for unknown
ids are None, () or a Resolution "unknown"; only a damaged pack raises (KnowledgeError), and broken
tables of ours (ContentError). Pure: the same pack and content give the same answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Final

import msgspec

from scc.knowledge.authored import Authored
from scc.knowledge.catalogues import Catalogues
from scc.knowledge.graph import Graph
from scc.knowledge.nodes import of_technique, of_weakness, titled
from scc.knowledge.pack import EdgeGroup, Pack, Successor
from scc.knowledge.resolve import Resolver, canonical
from scc.knowledge.sigma_index import SigmaIndex
from scc.knowledge.types import (
    ActEntry,
    Candidate,
    DetectionNode,
    Edge,
    Node,
    Path,
    Resolution,
    SigmaEntry,
    Status,
    TechniqueNode,
    Theme,
    WeaknessNode,
)

if TYPE_CHECKING:
    from scc.content import Content

_TECHNIQUES: Final = ("attack", "atlas")


class Knowledge(Catalogues):
    """The pack with our own tables laid over it. Make it with `knowledge.open()`."""

    def __init__(
        self,
        pack: Pack,
        content: Content,
        titles: dict[str, dict[str, str]] | None = None,
        folder: FilePath | None = None,
    ) -> None:
        """`titles` replace our short labels by framework and id; `folder` holds what the user installed."""
        super().__init__(pack)
        self._folder = folder
        self._authored = Authored(content)
        self._titles = titles or {}
        self._nodes: dict[str, dict[str, Node]] = {}

    # Nodes

    @cached_property
    def _techniques(self) -> dict[str, TechniqueNode]:
        found: dict[str, TechniqueNode] = {}
        for each in self._pack.read("techniques", tuple[TechniqueNode, ...]):
            found.setdefault(each.id, each)
        return found

    def technique(self, id_: str) -> TechniqueNode | None:
        """A technique by its exact id in any domain (T1078, T0883, AML.T0051), revoked ones included."""
        return self._techniques.get(id_.strip().upper())

    def techniques(self) -> tuple[TechniqueNode, ...]:
        """All techniques by id; look at `status`, revoked and deprecated ones are among them."""
        return tuple(self._techniques[id_] for id_ in sorted(self._techniques))

    @cached_property
    def _weaknesses(self) -> dict[str, WeaknessNode]:
        return {each.id: each for each in self._pack.read("weaknesses", tuple[WeaknessNode, ...])}

    def weakness(self, id_: str) -> WeaknessNode | None:
        """A CWE by id ("CWE-79")."""
        return self._weaknesses.get(id_.strip().upper())

    def weaknesses(self) -> tuple[WeaknessNode, ...]:
        """All weaknesses by number."""
        return tuple(self._weaknesses.values())

    def ancestors(self, weakness: str) -> tuple[str, ...]:
        """All CWE ids above a weakness, nearest first."""
        found: list[str] = []
        waiting = [weakness]
        while waiting:
            node = self.weakness(waiting.pop(0))
            for each in node.parents if node else ():
                if each not in found:
                    found.append(each)
                    waiting.append(each)
        return tuple(found)

    def node(self, framework: str, id_: str) -> Node | None:
        """An entry of any framework, techniques and weaknesses as Node too."""
        key = canonical(framework, id_)
        if framework in _TECHNIQUES and (technique := self._techniques.get(key)) is not None:
            return of_technique(framework, technique)
        if framework == "cwe":
            weakness = self._weaknesses.get(key)
            return of_weakness(weakness) if weakness else None
        return self._of(framework).get(key)

    def nodes(self, framework: str) -> tuple[Node, ...]:
        """All entries of a framework by id; empty for an unknown key."""
        found = list(self._of(framework).values())
        if framework in _TECHNIQUES:
            atlas = framework == "atlas"
            found += [
                of_technique(framework, each)
                for each in self._techniques.values()
                if (each.domain == "atlas") == atlas
            ]
        if framework == "cwe":
            found += [of_weakness(each) for each in self._weaknesses.values()]
        return tuple(sorted(found, key=lambda each: each.id))

    def _of(self, framework: str) -> dict[str, Node]:
        if framework not in self._nodes:
            found: dict[str, Node] = {}
            if self._pack.section(f"nodes-{framework}") is not None:
                found = {each.id: each for each in self._pack.read(f"nodes-{framework}", tuple[Node, ...])}
            for id_, each in self._authored.nodes(framework).items():
                published = found.get(id_)
                # Our label replaces a title only; what the publisher says of the node stays.
                found[id_] = each if published is None else titled(published, each.title)
            for id_, title in self._titles.get(framework, {}).items():
                if id_ in found:
                    found[id_] = titled(found[id_], title)
            self._nodes[framework] = found
        return self._nodes[framework]

    def frameworks(self) -> tuple[str, ...]:
        """Keys of the frameworks that have nodes, sorted."""
        keys = {name.removeprefix("nodes-") for name in self._pack.names("nodes-")}
        return tuple(sorted(keys | set(self._authored.frameworks) | {"cwe"}))

    # Versions

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver(self._pack.read("successors", tuple[Successor, ...]), self._status)

    def _status(self, framework: str, id_: str) -> Status | None:
        node = self.node(framework, id_)
        return node.status if node else None

    def resolve(self, framework: str, id_: str) -> Resolution:
        """What became of an id: live, revoked (with the live successors), deprecated or unknown."""
        return self._resolver.forward(_framework(framework, id_), id_)

    def back(self, framework: str, id_: str) -> tuple[str, ...]:
        """Older ids that resolve to this one, transitively."""
        return self._resolver.back(_framework(framework, id_), id_)

    # Relations

    @cached_property
    def _graph(self) -> Graph:
        succession = self._succession()
        loaded: dict[str, tuple[EdgeGroup, ...]] = {}

        def load(framework: str, to: str | None, usage: bool) -> Iterator[EdgeGroup]:
            for name in self._pack.names("edges-"):
                if name == "edges-attack-uses" and not usage:
                    continue
                section = self._pack.section(name)
                ends = section.frameworks if section else ()
                if framework in ends and (to is None or to in ends):
                    if name not in loaded:
                        loaded[name] = self._pack.read(name, tuple[EdgeGroup, ...])
                    yield from loaded[name]
            for group in (*succession, *self._authored.groups):
                if framework in (group.src, group.dst) and (to is None or to in (group.src, group.dst)):
                    yield group

        return Graph(load, self.back, self._authored.rank)

    def _succession(self) -> tuple[EdgeGroup, ...]:
        pairs: dict[str, list[tuple[str, str]]] = {}
        for each in self._pack.read("successors", tuple[Successor, ...]):
            for current in each.current:
                pairs.setdefault(each.framework, []).append((each.id, current))
        named = {"attack": ("ATT&CK", "19.0"), "nist-800-53r5": ("NIST SP 800-53", "5.1.1")}
        return tuple(
            EdgeGroup(
                *named.get(framework, (framework, "")), "replaced-by", "exact", framework, framework,
                tuple(sorted(found)),
            )
            for framework, found in sorted(pairs.items())
        )  # fmt: skip

    def edges(self, framework: str, id_: str, to: str | None = None) -> tuple[Edge, ...]:
        """Edges of a node and of the ids it replaced, read from its end; `to` limits the other end."""
        key = _framework(framework, id_)
        return self._graph.edges(key, canonical(key, id_), to)

    def paths(self, framework: str, id_: str, to: str) -> tuple[Path, ...]:
        """Best ways from a node to a framework or to one node "framework:id" of it, best first."""
        key = _framework(framework, id_)
        return self._graph.paths(key, canonical(key, id_), to)

    def select(
        self,
        *,
        techniques: Sequence[str],
        weaknesses: Sequence[str],
        themes: Sequence[str],
        frameworks: Sequence[str],
        actions: Sequence[str] = (),
    ) -> dict[str, tuple[Candidate, ...]]:
        """Ordered candidates a framework (at most 8), each with score, paths and reason.

        `actions` are effects of planned actions; controls of actions are attached by `plan`, so they only
        serve as a tie-break here.
        """
        from scc.knowledge.select import select

        return select(
            self,
            techniques=techniques,
            weaknesses=weaknesses,
            themes=themes,
            frameworks=frameworks,
        )

    @cached_property
    def _detections(self) -> dict[str, DetectionNode]:
        return {each.technique: each for each in self._pack.read("detection", tuple[DetectionNode, ...])}

    def detection(self, technique: str) -> DetectionNode:
        """Published detection of a technique; empty when there is none."""
        return self._detections.get(technique, DetectionNode(technique))

    @cached_property
    def sigma_rules(self) -> SigmaIndex:
        """Public Sigma rules by technique and vulnerability, and their text if the user installed it."""
        return SigmaIndex(self._pack.read("sigma", tuple[SigmaEntry, ...]), self._folder)

    def sigma(self, technique: str) -> tuple[SigmaEntry, ...]:
        """Public Sigma rules tagged with a technique or an id that it replaced, by rule id."""
        return self.sigma_rules.tagged((technique, *self.back("attack", technique)))

    def act(self, id_: str) -> ActEntry | None:
        """A law, order or directive by its canonical id ("EO 14110", "BOD 22-01")."""
        return self._authored.acts.get(id_.strip())

    def acts(self) -> tuple[ActEntry, ...]:
        return tuple(self._authored.acts[id_] for id_ in sorted(self._authored.acts))

    def themes(self) -> tuple[Theme, ...]:
        """The themes in the order of their table, with the live ids of their technique triggers."""
        return self._themes

    @cached_property
    def _themes(self) -> tuple[Theme, ...]:
        found = []
        for theme in self._authored.themes:
            live = (one for each in theme.techniques for one in self.resolve("attack", each).current)
            found.append(msgspec.structs.replace(theme, techniques=tuple(dict.fromkeys(live))))
        return tuple(found)

    @property
    def authored(self) -> Authored:
        """Our own tables."""
        return self._authored


def _framework(framework: str, id_: str) -> str:
    """ATLAS ids asked as "attack" mean ATLAS: people write both as techniques."""
    return "atlas" if framework == "attack" and id_.strip().upper().startswith("AML.") else framework
