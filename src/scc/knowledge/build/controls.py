# SPDX-License-Identifier: Apache-2.0
"""NIST controls (SP 800-53r5, SP 800-171r3, CSF 2.0) and MITRE ATLAS and D3FEND as nodes.

Ids, titles, baselines and parents. A CSF subcategory has no title of its own, only a sentence: it carries
the title of its category, and `content/frameworks/nist-csf-2.0.csv` our short label for it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any, Final

from scc.knowledge.build import oscal
from scc.knowledge.build.facts import Facts
from scc.knowledge.build.upstream import Upstream
from scc.knowledge.pack import Successor
from scc.knowledge.types import Node, TechniqueNode

NIST: Final = "nist-800-53r5"
CSF: Final = "nist-csf-2.0"
_CATALOGUE: Final = "nist/NIST_SP-800-53_rev5_catalog-5.0.1-min.json.gz"
_RESOLVED: Final = "nist/NIST_SP-800-53_rev5_{}-baseline-resolved-profile_catalog-min.json.gz"
_PROFILE: Final = "nist/NIST_SP-800-53_rev5_{}-baseline_profile-min.json.gz"
_CSF: Final = "nist/NIST_CSF_v2.0_catalog.xml.gz"
_CSF_BEFORE: Final = "derived/csf1_1-csf2.csv"
_SP171: Final = "nist/NIST_SP800-171_rev3_catalog.xml.gz"
_ONTOLOGY: Final = "d3fend/d3fend-protege.ttl.gz"
_D3FEND_BLOCK: Final = re.compile(r"^:(\S+) a ", re.MULTILINE)


def build(upstream: Upstream, facts: Facts) -> None:
    """Fill the nodes of NIST, ATLAS and D3FEND and the edges that their publishers state."""
    upstream.section = "nodes-nist-800-53r5"
    _sp80053(upstream, facts)
    upstream.section = "nodes-nist-csf-2.0"
    _csf(upstream, facts)
    upstream.section = "nodes-nist-800-171r3"
    _sp800171(upstream, facts)
    upstream.section = "techniques"
    _atlas(upstream, facts)
    upstream.section = "nodes-d3fend"
    _d3fend(upstream, facts)


def _sp80053(upstream: Upstream, facts: Facts) -> None:
    name, version = "NIST SP 800-53", upstream.edition(_PROFILE.format("HIGH"), "5.1.1")
    baselines: dict[str, list[str]] = {}
    for level in ("LOW", "MODERATE", "HIGH", "PRIVACY"):
        profile = upstream.json(_PROFILE.format(level), f"{name} baselines", version)["profile"]
        for each in profile["imports"]:
            for chosen in each.get("include-controls", ()):
                for id_ in chosen.get("with-ids", ()):
                    baselines.setdefault(id_, []).append(level.lower())
    nodes: dict[str, Node] = {}
    for file, edition in (
        # The newer baselines first: they hold controls and titles that the full catalogue 5.0.1 lacks.
        (_RESOLVED.format("HIGH"), version),
        (_RESOLVED.format("PRIVACY"), version),
        (_CATALOGUE, upstream.edition(_CATALOGUE, "5.0.1")),
    ):
        if file != _CATALOGUE and not upstream.has(file):
            continue  # the publisher's current catalogue is whole by itself
        catalogue = upstream.json(file, name, edition)["catalog"]
        for group in catalogue["groups"]:
            nodes.setdefault(
                str(group["id"]).upper(), Node(NIST, str(group["id"]).upper(), str(group["title"]), edition)
            )
            for control, above in _controls(group, ()):
                label = _label(control)
                withdrawn = any(one["value"] == "withdrawn" for one in control.get("props", ()))
                parents = tuple(above) or (str(group["id"]).upper(),)
                nodes.setdefault(
                    label,
                    Node(
                        NIST,
                        label,
                        str(control["title"]),
                        edition,
                        "revoked" if withdrawn else "live",
                        parents,
                        tuple(sorted(baselines.get(str(control["id"]), ()))),
                    ),
                )
                if withdrawn:
                    targets = tuple(sorted(_moved(control)))
                    if targets:
                        facts.successors([Successor(NIST, label, targets)])
    facts.nodes(nodes.values())
    facts.edges(
        "nist-parents", src=NIST, dst=NIST, relation="child-of", strength="subset", dataset=name,
        version=version,
        pairs=[
            (each.id, above)
            for each in nodes.values()
            for above in each.parents
            if "(" in each.id and each.status == "live"
        ],
    )  # fmt: skip


def _controls(
    group: dict[str, Any], above: tuple[str, ...]
) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    for each in group.get("controls", ()):
        yield each, above
        yield from _controls(each, (_label(each),))


def _label(control: dict[str, Any]) -> str:
    for one in control["props"]:
        if one["name"] == "label" and one.get("class", "") in ("", "sp800-53"):
            return str(one["value"])
    return _spelled(str(control["id"]))


def _spelled(id_: str) -> str:
    """ "ac-2.1" as "AC-2(1)"."""
    base, _, number = id_.partition(".")
    return base.upper() + (f"({number})" if number else "")


def _moved(control: dict[str, Any]) -> Iterator[str]:
    for link in control.get("links", ()):
        if link.get("rel") in ("incorporated-into", "moved-to"):
            target = str(link["href"]).lstrip("#")
            if re.fullmatch(r"[a-z]{2}-[0-9]+(\.[0-9]+)?", target):
                yield _spelled(target)


def _csf(upstream: Upstream, facts: Facts) -> None:
    """CSF 2.0. The catalogue still lists what version 1.1 had; only live subcategories have examples."""
    found = oscal.catalogue(upstream.data(_CSF, "NIST CSF", "2.0"))
    nodes: list[Node] = []
    for group in found["groups"]:
        function = str(group["id"])
        nodes.append(Node(CSF, function, oscal.title(group), "2.0"))
        for category in group.get("controls", ()):
            title, key = oscal.title(category), str(category["id"])
            parts = [
                Node(CSF, str(each["id"]), title, "2.0", "live" if _current(each) else "revoked", (key,))
                for each in category.get("controls", ())
            ]
            live = any(each.status == "live" for each in parts)
            nodes.append(Node(CSF, key, title, "2.0", "live" if live else "revoked", (function,)))
            nodes.extend(parts)
    facts.nodes(nodes)
    if not upstream.has(_CSF_BEFORE):
        return
    live_ids = {each.id for each in nodes if each.status == "live"}
    moved: dict[str, set[str]] = {}
    for row in upstream.rows(_CSF_BEFORE, "NIST CSF 1.1 to 2.0", "as of 2026-08-08"):
        old = re.sub(r"-([0-9])$", r"-0\1", row["source"])
        if old not in live_ids and row["target"] in live_ids:
            moved.setdefault(old, set()).add(row["target"])
    known = {each.id for each in nodes}
    facts.successors(Successor(CSF, old, tuple(sorted(new))) for old, new in moved.items() if old in known)


def _current(control: dict[str, Any]) -> bool:
    exemplified = any(each.get("name") == "example" for each in control.get("parts", ()))
    return exemplified and not oscal.withdrawn(control)


def _sp800171(upstream: Upstream, facts: Facts) -> None:
    found = oscal.catalogue(upstream.data(_SP171, "NIST SP 800-171", "r3"))
    key = "nist-800-171r3"
    for group in found["groups"]:
        family = _number(str(group["id"]))
        facts.nodes([Node(key, family, oscal.title(group), "r3")])
        for each in group.get("controls", ()):
            if not oscal.withdrawn(each):
                facts.nodes([Node(key, _number(str(each["id"])), oscal.title(each), "r3", "live", (family,))])


def _number(id_: str) -> str:
    return id_.rpartition("_")[2]


def _atlas(upstream: Upstream, facts: Facts) -> None:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(upstream.data("atlas/ATLAS.yaml.gz", "MITRE ATLAS"), Loader=loader)
    version = str(data["version"])
    matrix = data["matrices"][0]
    tactics = {each["id"]: str(each["name"]) for each in matrix["tactics"]}
    own = {each["id"]: tuple(each.get("tactics") or ()) for each in matrix["techniques"]}
    facts.nodes(Node("atlas", id_, name, version) for id_, name in tactics.items())
    rows = []
    for each in matrix["techniques"]:
        above = str(each.get("subtechnique-of") or "")
        placed = own[each["id"]] or own.get(above, ())
        ordered = [one for one in tactics if one in placed]
        rows.append(
            TechniqueNode(
                id=each["id"],
                name=str(each["name"]),
                domain="atlas",
                version=version,
                tactics=tuple(tactics[one] for one in ordered),
                tactic_ids=tuple(ordered),
                parent=above,
            )
        )
    facts.rows("techniques", sorted(rows, key=lambda row: row.id))
    facts.nodes(Node("atlas", each["id"], str(each["name"]), version) for each in matrix["mitigations"])
    facts.edges(
        "atlas", src="atlas", dst="atlas", relation="mitigates", strength="intersects",
        pairs=[(each["id"], one["id"]) for each in matrix["mitigations"] for one in each.get("techniques") or ()],
        dataset="MITRE ATLAS", version=version,
    )  # fmt: skip
    facts.edges(
        "atlas", src="atlas", dst="atlas", relation="child-of", strength="subset",
        dataset="MITRE ATLAS", version=version, pairs=[(row.id, row.parent) for row in rows if row.parent],
    )  # fmt: skip
    facts.edges(
        "atlas", src="atlas", dst="attack", relation="adapted-from", strength="intersects",
        pairs=[
            (each["id"], each["ATT&CK-reference"]["id"])
            for kind in ("techniques", "mitigations")
            for each in matrix[kind]
            if each.get("ATT&CK-reference")
        ],
        dataset="MITRE ATLAS", version=version,
    )  # fmt: skip


def _d3fend(upstream: Upstream, facts: Facts) -> None:
    """Ids and labels of countermeasures, read block by block from the Turtle text."""
    version = upstream.edition(_ONTOLOGY, "1.2.0+")
    text = upstream.data(_ONTOLOGY, "MITRE D3FEND", version).decode("utf-8")
    starts = [found.start() for found in _D3FEND_BLOCK.finditer(text)] + [len(text)]
    classes: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    for start, end in itertools.pairwise(starts):
        block = text[start:end]
        id_ = re.search(r':d3fend-id "(D3-[A-Z0-9]+)"', block)
        label = re.search(r'rdfs:label "([^"]+)"', block)
        if id_ and label:
            above = re.search(r"rdfs:subClassOf ((?::\w[\w-]*,?\s*)+)", block)
            names = tuple(re.findall(r":(\w[\w-]*)", above[1])) if above else ()
            classes[block[1 : block.index(" ")]] = (id_[1], label[1], names)
    ids = {name: row[0] for name, row in classes.items()}
    facts.nodes(
        Node(
            "d3fend",
            id_,
            label,
            version,
            "live",
            tuple(sorted({ids[each] for each in above if each in ids})),
        )
        for id_, label, above in classes.values()
    )
