# SPDX-License-Identifier: Apache-2.0
"""How `scc kb show` and `scc kb path` print nodes, edges and ways for people. Asks the pack, decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from scc.cli.output import safe

if TYPE_CHECKING:
    from scc.knowledge import Knowledge
    from scc.knowledge.types import Edge, KevEntry, Resolution
    from scc.knowledge.types import Path as Way
    from scc.model.organisation import OwnControl

_USAGE: Final = ("used-by", "uses", "targets", "targeted-by", "attributed-to", "attributed-with")
"""Relations of who does what: there are hundreds, so they come last."""
_FIRST: Final = (
    "theme",
    "phase",
    "nist-800-53r5",
    "nist-csf-2.0",
    "cis-v8",
    "iso-27001-2022",
    "soc2",
    "d3fend",
)
"""Groups of edges that come first, in this order: what to do about it."""


def node_lines(known: Knowledge, key: str, id_: str, resolution: Resolution | None) -> Iterator[str]:
    """Name, version and standing of an id, and what is particular to techniques and weaknesses."""
    node = known.node(key, id_)
    yield safe(f"{key}:{node.id if node else id_} {title(known, f'{key}:{id_}')}".rstrip())
    if node is None:
        return
    standing = f"{node.status}" if resolution is None else standing_of(known, key, resolution)
    yield safe(f"  version {node.version}; {standing}" if node.version else f"  {standing}")
    technique = known.technique(id_) if key in ("attack", "atlas") else None
    weakness = known.weakness(id_) if key == "cwe" else None
    facts: list[tuple[str, tuple[str, ...]]] = []
    if technique is not None:
        facts = [
            ("domain", (technique.domain,)),
            ("tactics", tuple(map(" ".join, zip(technique.tactic_ids, technique.tactics, strict=False)))),
            ("part of", (technique.parent,) if technique.parent else ()),
            ("platforms", technique.platforms),
        ]
    elif weakness is not None:
        facts = [
            ("kind", (weakness.abstraction,) if weakness.abstraction else ()),
            ("mapping", (weakness.usage,) if weakness.usage else ()),
            ("parents", weakness.parents),
            ("OWASP", (*weakness.owasp2021, *weakness.owasp2025)),
        ]
    else:
        facts = [("part of", node.parents), ("groups", node.groups)]
    for name, values in facts:
        if values:
            yield safe(f"  {name}: {', '.join(values)}")


def standing_of(known: Knowledge, key: str, resolution: Resolution) -> str:
    """ "live", "revoked, now T1685 Disable or Modify Tools", "deprecated, without a successor"."""
    if resolution.status == "live":
        return "live"
    now = [f"{each} {title(known, f'{key}:{each}')}".rstrip() for each in resolution.current]
    return f"{resolution.status}, " + (f"now {' and '.join(now)}" if now else "without a successor")


def edge_lines(known: Knowledge, edges: tuple[Edge, ...]) -> Iterator[str]:
    """The edges by the framework that they lead to: controls first, who uses what last."""
    yield f"edges: {len(edges)}"
    groups: dict[tuple[int, str], list[Edge]] = {}
    for each in edges:
        framework = each.dst.partition(":")[0]
        place = _FIRST.index(framework) if framework in _FIRST else len(_FIRST)
        groups.setdefault((99 if each.relation in _USAGE else place, framework), []).append(each)
    for (place, framework), found in sorted(groups.items()):
        yield f"{framework}{', who uses it' if place == 99 else ''}: {len(found)}"
        for each in found:
            yield f"  {safe(edge_line(known, each))}"


def edge_line(known: Knowledge, edge: Edge) -> str:
    """An edge with the name of its end, its strength and what its dataset says of it."""
    comment = f": {edge.comment}" if edge.comment else ""
    end = f"{edge.dst} {title(known, edge.dst)}".rstrip()
    return f"{edge.src} {edge.relation} {end} [{edge.dataset} {edge.version}; {edge.strength}{comment}]"


def way_lines(known: Knowledge, number: int, way: Way) -> Iterator[str]:
    """A way: its goal, then edge by edge."""
    end = way.edges[-1].dst
    yield safe(f"{number}. {end} {title(known, end)}".rstrip())
    for edge in way.edges:
        yield f"   {safe(edge_line(known, edge))}"


def title(known: Knowledge, place: str) -> str:
    """The name of "framework:id" where the pack or a table of ours has one, else ""."""
    framework, _, id_ = place.partition(":")
    if framework == "theme":
        return next((each.title for each in known.themes() if each.key == id_), "")
    node = known.node(framework, id_)
    # CCM is carried by ids only: an id is no name.
    return node.title if node is not None and node.title != id_ else ""


def kev_lines(known: Knowledge, id_: str, entry: KevEntry | None) -> Iterator[str]:
    """The row of the KEV catalogue, or since when it is known that there is none."""
    if entry is None:
        yield safe(f"cve:{id_} is not in KEV as of {known.kev_date}.")
        return
    yield safe(f"cve:{id_} {entry.name}")
    yield safe(f"  in KEV as of {known.kev_date}: {entry.vendor} {entry.product}")
    yield safe(f"  added {entry.date_added}, due {entry.due_date or 'not given'}")
    yield safe(f"  used by ransomware: {entry.ransomware or 'not said'}")
    if entry.weaknesses:
        yield safe(f"  weaknesses: {', '.join(entry.weaknesses)}")


def own_lines(controls: list[OwnControl]) -> Iterator[str]:
    """The reader's own controls and what they correspond to."""
    for each in controls:
        place = ", ".join(part for part in (each.catalog, each.parent) if part)
        told = f"{each.id} {each.title}".strip() + (f" ({place})" if place else "")
        yield f"our control {safe(told)}"
        for related in each.related:
            yield f"  corresponds to {safe(related)}"
