# SPDX-License-Identifier: Apache-2.0
"""Techniques and weaknesses seen as plain entries of their frameworks, and entries under another title."""

from __future__ import annotations

from collections.abc import Iterable

from scc.knowledge.types import Node, TechniqueNode, WeaknessNode


def titled(node: Node, title: str) -> Node:
    """The node under another title; an empty one changes nothing."""
    return Node(
        node.framework, node.id, title or node.title, node.version, node.status, node.parents, node.groups
    )


def of_technique(framework: str, each: TechniqueNode) -> Node:
    """A technique as an entry of its framework, its tactics as groups."""
    parents: Iterable[str] = (each.parent,) if each.parent else ()
    return Node(framework, each.id, each.name, each.version, each.status, tuple(parents), each.tactic_ids)


def of_weakness(each: WeaknessNode) -> Node:
    """A weakness as an entry of CWE."""
    return Node("cwe", each.id, each.name, "4.19.1", each.status, each.parents)
