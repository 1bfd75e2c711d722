# SPDX-License-Identifier: Apache-2.0
"""Picks the few controls of each framework that fit an item, in order, each with score, ways and reason.

The theme tables decide: published mappings reach almost every control, so they cannot choose. What they
do is support and break ties: a control that more of the item's techniques and weaknesses reach by a
published way stands higher among equals, and the ways are printed as evidence. A control that no theme
names is taken only where its publisher classifies the item's weakness itself (OWASP views of CWE), or
where our table of picks names it for one of the item's techniques (D3FEND countermeasures). NIST
enhancements roll up to their control, sub-techniques to their parent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from scc.knowledge.authored import OURS
from scc.knowledge.types import Candidate, Edge, Path

if TYPE_CHECKING:
    from scc.knowledge.knowledge import Knowledge

MOST: Final = 8
"""Rows a framework."""
_PICK: Final = 0.5
"""Gain of a control that our table picks for every technique of the item."""
_CLASSIFIED: Final = ("owasp-2021", "owasp-2025")


def select(
    knowledge: Knowledge,
    *,
    techniques: Sequence[str],
    weaknesses: Sequence[str],
    themes: Sequence[str],
    frameworks: Sequence[str],
) -> dict[str, tuple[Candidate, ...]]:
    """Candidates by framework, best first, at most MOST each; frameworks without any are absent.

    Ids that the pack does not know are ignored; revoked ones are resolved. Theme keys that the table does
    not hold are ignored.
    """
    live = tuple(dict.fromkeys(one for each in techniques for one in _live(knowledge, each)))
    known = tuple(dict.fromkeys(each for each in weaknesses if knowledge.weakness(each) is not None))
    weights = theme_weights(knowledge, live, known, themes)
    found: dict[str, tuple[Candidate, ...]] = {}
    for framework in dict.fromkeys(frameworks):
        rows = _framework(knowledge, framework, live, known, weights)
        if rows:
            found[framework] = rows
    return found


def theme_weights(
    knowledge: Knowledge, techniques: Sequence[str], weaknesses: Sequence[str], themes: Sequence[str]
) -> dict[str, float]:
    """Themes with weights: the given ones by their order from 1.0 down.

    Only when none is given (or known) do the item's own ids choose: a theme is implied when its triggers
    hold a technique (or its parent) or a weakness (or one of three levels above it), and its weight is the
    share of the item's techniques and weaknesses that point to it.
    """
    held = {each.key for each in knowledge.themes()}
    found = {key: 1.0 / (1 + 0.25 * place) for place, key in enumerate(dict.fromkeys(themes)) if key in held}
    if found:
        return found
    subjects = [frozenset({each, _parent(each)}) for each in techniques]
    subjects += [frozenset({each, *knowledge.ancestors(each)[:3]}) for each in weaknesses]
    for theme in knowledge.themes():
        triggers = {*theme.weaknesses, *theme.techniques}
        hits = sum(1 for each in subjects if each & triggers)
        if hits:
            found[theme.key] = hits / len(subjects)
    return found


def _parent(technique: str) -> str:
    """T1566.001 as T1566, AML.T0051.000 as AML.T0051."""
    return technique.rpartition(".")[0] if technique.count(".") > technique.startswith("AML.") else technique


def _live(knowledge: Knowledge, id_: str) -> tuple[str, ...]:
    return knowledge.resolve("atlas" if id_.startswith("AML.") else "attack", id_).current


def _framework(
    knowledge: Knowledge,
    framework: str,
    techniques: Sequence[str],
    weaknesses: Sequence[str],
    weights: dict[str, float],
) -> tuple[Candidate, ...]:
    scores: dict[str, float] = {}
    named: dict[str, list[tuple[float, Edge]]] = {}
    for theme, weight in weights.items():
        for edge in knowledge.edges("theme", theme, framework):
            if edge.relation != "calls-for":
                continue
            id_ = rolled_up(framework, edge.dst.partition(":")[2])
            rank = knowledge.authored.rank(theme, framework, edge.dst.partition(":")[2])
            gain = weight / rank
            scores[id_] = scores.get(id_, 0.0) + gain
            named.setdefault(id_, []).append((gain, edge))
    for technique in techniques:
        # A pick for one technique weighs less than what a theme puts first: the item is more than it.
        for edge in _picks(knowledge, technique, framework):
            id_ = edge.dst.partition(":")[2]
            gain = _PICK / len(techniques)
            scores[id_] = scores.get(id_, 0.0) + gain
            named.setdefault(id_, []).append((gain, edge))
    support = _support(knowledge, framework, techniques, weaknesses)
    if framework in _CLASSIFIED and support:
        # The publisher says what class the item's own weakness is: what a theme calls for besides is another class.
        scores = {id_: scores.get(id_, 0.0) for id_ in support}
    subjects = len(techniques) + len(weaknesses)
    candidates = []
    for id_, score in scores.items():
        node = knowledge.node(framework, id_)
        if node is None or node.status != "live":
            continue
        ways = support.get(id_, {})
        share = len(ways) / subjects if subjects else 0.0
        direct = 1.0 if framework in _CLASSIFIED and ways else 0.0
        total = round(score + direct + 0.2 * share, 6)
        edges = [edge for _, edge in sorted(named.get(id_, ()), key=lambda pair: (-pair[0], pair[1].label))]
        paths = [Path((edge,)) for edge in edges] + [ways[subject] for subject in sorted(ways)]
        why = _why(knowledge, edges, len(ways), subjects)
        candidates.append(Candidate(framework, id_, node.title, total, tuple(paths[:6]), why))
    # Among equals the control of the theme that fits the item best comes first.
    fit = {
        id_: max(weights.get(edge.src.partition(":")[2], 0.0) for _, edge in edges)
        for id_, edges in named.items()
    }
    candidates.sort(key=lambda each: (-each.score, -fit.get(each.id, 0.0), _natural(each.id)))
    return tuple(candidates[:MOST])


def _picks(knowledge: Knowledge, technique: str, framework: str) -> tuple[Edge, ...]:
    """Our picks for a technique, for its parent if it has none of its own."""
    for each in dict.fromkeys((technique, _parent(technique))):
        source = "atlas" if each.startswith("AML.") else "attack"
        found = tuple(e for e in knowledge.edges(source, each, framework) if e.relation == "prefers")
        if found:
            return found
    return ()


def _support(
    knowledge: Knowledge, framework: str, techniques: Sequence[str], weaknesses: Sequence[str]
) -> dict[str, dict[str, Path]]:
    """By control (rolled up): the subjects of the item with a published edge to it, and that edge."""
    found: dict[str, dict[str, Path]] = {}
    subjects = [("atlas" if each.startswith("AML.") else "attack", each) for each in techniques]
    subjects += [("cwe", each) for each in weaknesses]
    for source, id_ in subjects:
        for edge in knowledge.edges(source, id_, framework):
            if edge.dataset == OURS:
                continue
            control = rolled_up(framework, edge.dst.partition(":")[2])
            found.setdefault(control, {}).setdefault(f"{source}:{id_}", Path((edge,)))
    return found


def rolled_up(framework: str, id_: str) -> str:
    """A NIST SP 800-53 enhancement as its control: "IA-2(1)" as "IA-2"; other ids unchanged."""
    return id_.partition("(")[0] if framework == "nist-800-53r5" else id_


def _why(knowledge: Knowledge, edges: Iterable[Edge], supporting: int, subjects: int) -> str:
    titles = {each.key: each.title for each in knowledge.themes()}
    edges = tuple(edges)
    keys = dict.fromkeys(each.src.partition(":")[2] for each in edges if each.relation == "calls-for")
    named = [titles.get(key, key) for key in keys][:2]
    picked = [each.src.partition(":")[2] for each in edges if each.relation == "prefers"][:2]
    parts = []
    if named:
        parts.append(f"Theme{'s' if len(named) > 1 else ''} {' and '.join(named)}")
    if picked:
        parts.append(f"Our pick against {' and '.join(picked)}")
    if supporting:
        noun = "technique or weakness" if subjects == 1 else "techniques and weaknesses"
        parts.append(f"{supporting} of {subjects} {noun} lead to it in published mappings")
    return "; ".join(parts)


def _natural(id_: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key with numbers as numbers: AC-2 before AC-17."""
    parts: list[tuple[int, int, str]] = []
    number = ""
    for character in id_ + " ":
        if character.isdigit():
            number += character
            continue
        if number:
            parts.append((0, int(number), ""))
            number = ""
        parts.append((1, 0, character))
    return tuple(parts)
