# SPDX-License-Identifier: Apache-2.0
"""ATT&CK: techniques of three domains, tactics, mitigations, detections and what was revoked.

Enterprise and mobile come from entries in the form of the MISP galaxy's clusters (see `release`), ICS from
STIX. The galaxy lacks the deprecated flag: what STIX 18.1 calls deprecated stays deprecated, as do the
PRE-ATT&CK techniques retired with version 8. Ids, names and relations only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from scc.knowledge.build.facts import Facts
from scc.knowledge.build.release import ATTACK, Release, Stix, cluster_id, cluster_name, read, state
from scc.knowledge.build.upstream import Upstream
from scc.knowledge.pack import Successor
from scc.knowledge.types import DetectionNode, Domain, Node, Status, TechniqueNode

_EVENT: Final = re.compile(r"EventCode=[0-9, ]+")
_LABEL: Final = "NIST SP 800-53 Rev. 5 - "
"""How MITRE labels a mitigation of ICS with controls, "AC-3; SC-7" after it."""


def build(upstream: Upstream, facts: Facts) -> Release:
    """Fill the sections of ATT&CK; returns the release for the builders of names."""
    upstream.section = "techniques"
    release = read(upstream)
    clusters, bundles = release.clusters, release.bundles
    tactics = _tactics(release)
    facts.nodes(tactics)
    techniques = [*_clustered(release, tactics), *_ics(bundles["ics"], tactics, release.ics)]
    facts.rows("techniques", sorted(techniques, key=lambda each: (each.id, each.domain)))
    facts.successors(_successors(clusters["attack-pattern"]))
    facts.successors(_stix_successors(bundles["ics"]))
    _mitigations(release, facts)
    _subtechniques(techniques, facts, release.version)
    facts.rows("detection", _detection(clusters, bundles))
    return release


def _tactics(release: Release) -> list[Node]:
    """Tactic nodes; `groups` holds domain and short name, their order is that of the matrix."""
    values = release.clusters["attack-pattern"]
    renamed = {cluster_id(each): cluster_name(each) for each in values if cluster_id(each).startswith("TA")}
    found: list[Node] = []
    for domain, stix in release.bundles.items():
        objects = dict(stix.of("x-mitre-tactic"))
        matrix = next(each for each in stix.objects if each["type"] == "x-mitre-matrix")
        order = [stix.names[each] for each in matrix["tactic_refs"] if each in stix.names]
        order += sorted(set(objects) - set(order))
        if domain == "enterprise" and "TA0112" in renamed and "TA0112" not in order:
            # Version 19 split TA0005; the new tactic stands after the one it came from.
            order.insert(order.index("TA0005") + 1, "TA0112")
        for position, id_ in enumerate(order):
            name = renamed.get(id_, "") if domain != "ics" else ""
            name = name or str(objects[id_]["name"])
            groups = (domain, slug(name), f"{position:02d}")
            version = release.ics if domain == "ics" else release.version
            status = state(objects[id_]) if id_ in objects else "live"
            found.append(Node("attack", id_, name, version, status, (), groups))
    return found


def slug(name: str) -> str:
    """The short name of a tactic as kill chains write it."""
    return name.lower().replace(" ", "-")


def _clustered(release: Release, tactics: list[Node]) -> Iterator[TechniqueNode]:
    values, bundles = release.clusters["attack-pattern"], release.bundles
    deprecated = {
        id_
        for domain in ("enterprise", "mobile")
        for id_, each in bundles[domain].of("attack-pattern")
        if each.get("x_mitre_deprecated")
    }
    mobile = {id_ for id_, _ in bundles["mobile"].of("attack-pattern")}
    for each in values:
        id_ = cluster_id(each)
        if not id_.startswith("T") or id_.startswith("TA"):
            continue
        meta = each.get("meta", {})
        chains = [str(one).rpartition(":") for one in meta.get("kill_chain", ())]
        domain: Domain = (
            "mobile"
            if id_ in mobile or any(one[0].startswith("mobile-attack") for one in chains)
            else "enterprise"
        )
        retired = any(one[0].startswith("pre-attack") for one in chains)
        status: Status = "live"
        if each.get("revoked"):
            status = "revoked"
        elif id_ in deprecated or retired or each.get("deprecated"):
            status = "deprecated"
        phases = {one[2] for one in chains if not one[0].startswith("pre-attack")}
        shown = _placed(domain, phases, tactics)
        platforms = tuple(sorted(str(one) for one in meta.get("mitre_platforms", ())))
        yield TechniqueNode(
            id=id_,
            name=cluster_name(each),
            domain=domain,
            version=release.version,
            tactics=tuple(one.title for one in shown),
            tactic_ids=tuple(one.id for one in shown),
            parent=id_.partition(".")[0] if "." in id_ else "",
            platforms=platforms,
            status=status,
        )


def _ics(stix: Stix, tactics: list[Node], version: str) -> Iterator[TechniqueNode]:
    for id_, each in stix.of("attack-pattern"):
        shown = _placed("ics", {one["phase_name"] for one in each.get("kill_chain_phases", ())}, tactics)
        platforms = tuple(sorted(one for one in each.get("x_mitre_platforms", ()) if one != "None"))
        yield TechniqueNode(
            id=id_,
            name=str(each["name"]),
            domain="ics",
            version=version,
            tactics=tuple(one.title for one in shown),
            tactic_ids=tuple(one.id for one in shown),
            parent=id_.partition(".")[0] if "." in id_ else "",
            platforms=platforms,
            status=state(each),
        )


def _placed(domain: str, phases: Iterable[str], tactics: list[Node]) -> list[Node]:
    names = set(phases)
    return [each for each in tactics if each.groups[0] == domain and each.groups[1] in names]


def _successors(values: list[dict[str, Any]]) -> Iterator[Successor]:
    ids = {each["uuid"]: cluster_id(each) for each in values}
    for each in values:
        found = sorted(
            {
                ids[one["dest-uuid"]]
                for one in each.get("related", ())
                if one["type"] == "revoked-by" and ids.get(one["dest-uuid"])
            }
        )
        if each.get("revoked") and found:
            yield Successor("attack", cluster_id(each), tuple(found))


def _stix_successors(stix: Stix) -> Iterator[Successor]:
    found: dict[str, list[str]] = {}
    for old, new in stix.related("revoked-by"):
        if old != new:
            found.setdefault(old, []).append(new)
    for old, current in sorted(found.items()):
        yield Successor("attack", old, tuple(sorted(set(current))))


def _mitigations(release: Release, facts: Facts) -> None:
    clusters, bundles = release.clusters, release.bundles
    states: dict[str, Status] = {}
    for stix in bundles.values():
        for id_, each in stix.of("course-of-action"):
            if states.get(id_) != "live":
                states[id_] = state(each)
    techniques = {each["uuid"]: cluster_id(each) for each in clusters["attack-pattern"]}
    pairs: list[tuple[str, str]] = []
    for each in clusters["course-of-action"]:
        id_ = cluster_id(each)
        if not id_.startswith("M"):
            continue
        facts.nodes([Node("attack", id_, cluster_name(each), release.version, states.get(id_, "live"))])
        for one in each.get("related", ()):
            technique = techniques.get(one["dest-uuid"], "")
            if one["type"] == "mitigates" and technique.startswith("T"):
                pairs.append((id_, technique))
    facts.edges(
        "attack-mitigations", src="attack", dst="attack", relation="mitigates", strength="intersects",
        dataset=ATTACK, version=release.version, pairs=pairs,
    )  # fmt: skip
    ics = bundles["ics"]
    facts.nodes(
        Node("attack", id_, str(each["name"]), release.ics, state(each))
        for id_, each in ics.of("course-of-action")
        if id_.startswith("M")
    )
    facts.edges(
        "attack-mitigations", src="attack", dst="attack", relation="mitigates", strength="intersects",
        dataset=f"{ATTACK} ICS", version=release.ics,
        pairs=[pair for pair in ics.related("mitigates") if pair[0].startswith("M")],
    )  # fmt: skip
    facts.edges(
        "attack-mitigations", src="attack", dst="nist-800-53r5", relation="implemented-by",
        strength="intersects", dataset=f"{ATTACK} ICS", version=release.ics, pairs=list(_labelled(ics)),
    )  # fmt: skip


def _labelled(ics: Stix) -> Iterator[tuple[str, str]]:
    """Mitigations of ICS and the controls of SP 800-53 Rev. 5 that MITRE labels them with."""
    for id_, each in ics.of("course-of-action"):
        for label in sorted(set(map(str, each.get("labels", ())))):
            if id_.startswith("M") and label.startswith(_LABEL):
                yield from ((id_, one.strip()) for one in label.removeprefix(_LABEL).split(";"))


def _subtechniques(techniques: list[TechniqueNode], facts: Facts, version: str) -> None:
    facts.edges(
        "attack-parents", src="attack", dst="attack", relation="child-of", strength="subset",
        dataset=ATTACK, version=version,
        pairs=[(each.id, each.parent) for each in techniques if each.parent and each.status == "live"],
    )  # fmt: skip


def _detection(clusters: dict[str, Any], bundles: dict[Domain, Stix]) -> list[DetectionNode]:
    """By technique: strategies of 19.0 (ICS 18.1); components and log sources of their analytics in 18.1."""
    logs: dict[str, tuple[set[str], set[str]]] = {}
    for stix in bundles.values():
        components = {each["id"]: str(each["name"]) for _, each in stix.of("x-mitre-data-component")}
        for id_, each in stix.of("x-mitre-analytic"):
            names, sources = logs.setdefault(id_, (set(), set()))
            for one in each.get("x_mitre_log_source_references", ()):
                if one.get("x_mitre_data_component_ref") in components:
                    names.add(components[one["x_mitre_data_component_ref"]])
                sources.add(_log_source(one))
    techniques = {each["uuid"]: cluster_id(each) for each in clusters["attack-pattern"]}
    analytics = _analytics(clusters, bundles["ics"])
    found: dict[str, list[tuple[str, str]]] = {}
    for each in clusters["detection-strategy"]:
        for one in each.get("related", ()):
            if one["type"] == "detects" and one["dest-uuid"] in techniques:
                found.setdefault(techniques[one["dest-uuid"]], []).append(
                    (cluster_id(each), cluster_name(each))
                )
    ics = bundles["ics"]
    titles = {id_: str(each["name"]) for id_, each in ics.of("x-mitre-detection-strategy")}
    for src, dst in ics.related("detects"):
        if src in titles and dst not in found:
            found.setdefault(dst, []).append((src, titles[src]))
    rows = []
    for technique in sorted(found):
        ids = [one for strategy, _ in found[technique] for one in analytics.get(strategy, ())]
        names = {name for one in ids for name in logs.get(one, (set(), set()))[0]}
        sources = {name for one in ids for name in logs.get(one, (set(), set()))[1] if name}
        rows.append(
            DetectionNode(
                technique,
                tuple(sorted(set(found[technique]))),
                tuple(sorted(names)),
                tuple(sorted(sources)),
            )
        )
    return rows


def _analytics(clusters: dict[str, Any], ics: Stix) -> dict[str, tuple[str, ...]]:
    """Analytic ids by detection strategy."""
    names = {each["uuid"]: cluster_id(each) for each in clusters["analytic"]}
    found: dict[str, tuple[str, ...]] = {}
    for id_, each in ics.of("x-mitre-detection-strategy"):
        refs = each.get("x_mitre_analytic_refs", ())
        found[id_] = tuple(sorted(ics.names[one] for one in refs if one in ics.names))
    for each in clusters["detection-strategy"]:
        composed = [one["dest-uuid"] for one in each.get("related", ()) if one["type"] == "composed-of"]
        found[cluster_id(each)] = tuple(sorted(names[one] for one in composed if one in names))
    return found


def _log_source(reference: dict[str, Any]) -> str:
    """ "WinEventLog:Security EventCode=4768"; a channel in words is a description and left out."""
    channel = str(reference.get("channel", ""))
    name = str(reference.get("name", "")).strip()
    return f"{name} {channel}" if _EVENT.fullmatch(channel) else name
