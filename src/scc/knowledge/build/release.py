# SPDX-License-Identifier: Apache-2.0
"""A release of ATT&CK as the builders read it: MITRE's STIX bundles, and entries in the form of MISP clusters.

Where the downloads hold the MISP galaxy's clusters of ATT&CK, enterprise and mobile come from these (19.0,
newer than the STIX at hand), and the bundles add what the clusters lack. Where they hold MITRE's STIX alone,
as `scc kb update` fetches it, the same entries are made from STIX. Reads STIX 2.0 and 2.1 alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from scc.knowledge.build.upstream import Upstream
from scc.knowledge.types import Domain, Status

GALAXY: Final = "19.0"
"""ATT&CK version of the clusters of the MISP galaxy, which do not state it themselves."""
STIX: Final = "18.1"
"""ATT&CK version of bundles that do not state theirs (those joined from single objects)."""
ATTACK: Final = "ATT&CK"

BUNDLES: Final[dict[Domain, str]] = {
    "enterprise": "attack/enterprise-attack-18.1.stix20.json.gz",
    "mobile": "attack/mobile-attack-18.1.stix20.json.gz",
    "ics": "attack/ics-attack-18.1.stix21.json.gz",
}
CLUSTERS: Final = {
    "attack-pattern": ("attack-pattern", "x-mitre-tactic"),
    "course-of-action": ("course-of-action",),
    "detection-strategy": ("x-mitre-detection-strategy",),
    "analytic": ("x-mitre-analytic",),
    "intrusion-set": ("intrusion-set",),
    "malware": ("malware",),
    "tool": ("tool",),
}
"""Name of a cluster and the STIX types that it holds."""
_SOURCES: Final = ("mitre-attack", "mitre-mobile-attack", "mitre-ics-attack")
_GALAXY: Final = "misp-galaxy/mitre-{}.json.gz"
_RELATIONS: Final = frozenset({"mitigates", "detects", "uses", "revoked-by"})


class Stix:
    """A STIX bundle of ATT&CK, by STIX id and by ATT&CK id."""

    def __init__(self, bundle: dict[str, Any]) -> None:
        self.objects: list[dict[str, Any]] = bundle["objects"]
        self.names: dict[str, str] = {}
        for each in self.objects:
            if each["type"] != "relationship" and (id_ := external(each)):
                self.names[each["id"]] = id_

    def of(self, *types: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """(ATT&CK id, object) of the given STIX types."""
        for each in self.objects:
            if each["type"] in types and each["id"] in self.names:
                yield self.names[each["id"]], each

    def related(self, relation: str) -> Iterator[tuple[str, str]]:
        """ATT&CK ids at both ends of live relations."""
        for each in self.objects:
            if each["type"] == "relationship" and each["relationship_type"] == relation:
                src, dst = self.names.get(each["source_ref"]), self.names.get(each["target_ref"])
                if src and dst and not each.get("revoked") and not each.get("x_mitre_deprecated"):
                    yield src, dst


def external(each: dict[str, Any]) -> str:
    """The ATT&CK id of a STIX object, "" if it has none."""
    for reference in each.get("external_references", ()):
        if reference.get("source_name") in _SOURCES and "external_id" in reference:
            return str(reference["external_id"])
    return ""


def cluster_id(each: dict[str, Any]) -> str:
    """The ATT&CK id of a value of a MISP cluster."""
    return str(each.get("meta", {}).get("external_id", ""))


def cluster_name(each: dict[str, Any]) -> str:
    """The name without the id that the clusters add: "Valid Accounts - T1078"."""
    return str(each["value"]).removesuffix(f" - {cluster_id(each)}").strip()


def state(each: dict[str, Any]) -> Status:
    """Status of a STIX object."""
    if each.get("revoked"):
        return "revoked"
    return "deprecated" if each.get("x_mitre_deprecated") else "live"


class Release(msgspec.Struct, frozen=True):
    """What the builders of techniques, names and STIX ids read."""

    bundles: dict[Domain, Stix]
    clusters: dict[str, list[dict[str, Any]]]
    """Entries of enterprise and mobile by cluster name, in the form of the MISP galaxy."""
    version: str
    """Of enterprise and mobile."""
    stix: str
    """Of the bundles of enterprise and mobile, hence of campaigns and log sources."""
    ics: str
    cited: tuple[tuple[str, str, str], ...]
    """(file, dataset, version) of the entries, to be recorded where their facts go."""


def read(upstream: Upstream) -> Release:
    """Read a release from the downloads. Raises KnowledgeError."""
    bundles: dict[Domain, Stix] = {}
    cited = []
    for domain, file in BUNDLES.items():
        row = (file, f"MITRE {ATTACK} {domain} (STIX)", upstream.edition(file, STIX))
        bundles[domain] = Stix(upstream.json(*row))
        cited.append(row)
    stix, ics = upstream.edition(BUNDLES["enterprise"], STIX), upstream.edition(BUNDLES["ics"], STIX)
    if not upstream.has(_GALAXY.format("attack-pattern")):
        return Release(bundles, from_stix(bundles), stix, stix, ics, tuple(cited))
    cited = [(_GALAXY.format(name), f"MITRE {ATTACK} via MISP galaxy", GALAXY) for name in CLUSTERS]
    clusters = {name: upstream.json(*row)["values"] for name, row in zip(CLUSTERS, cited, strict=True)}
    return Release(bundles, clusters, GALAXY, stix, ics, tuple(cited))


def cite(upstream: Upstream, release: Release) -> None:
    """Record the datasets of the entries under the section that is being built."""
    for row in release.cited:
        upstream.cite(*row)


def from_stix(bundles: dict[Domain, Stix]) -> dict[str, list[dict[str, Any]]]:
    """Entries of the enterprise and mobile bundles in the form of the MISP galaxy's clusters.

    An object that stands in both bundles is one entry with the relations of both.
    """
    found: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in CLUSTERS}
    names = {type_: name for name, types in CLUSTERS.items() for type_ in types}
    domains: tuple[Domain, ...] = ("enterprise", "mobile")
    for domain in domains:
        stix = bundles[domain]
        related = _related(stix)
        for id_, each in stix.of(*names):
            entries = found[names[each["type"]]]
            entry = entries.setdefault(each["id"], _entry(id_, each, domain))
            known = {(one["dest-uuid"], one["type"]) for one in entry["related"]}
            entry["related"] += [
                one for one in related.get(each["id"], ()) if (one["dest-uuid"], one["type"]) not in known
            ]
    return {name: list(entries.values()) for name, entries in found.items()}


def _related(stix: Stix) -> dict[str, list[dict[str, str]]]:
    """By STIX id: where its live relations lead."""
    found: dict[str, list[dict[str, str]]] = {}
    for each in stix.objects:
        if each["type"] == "x-mitre-detection-strategy":
            for one in each.get("x_mitre_analytic_refs", ()):
                found.setdefault(each["id"], []).append({"dest-uuid": _uuid(one), "type": "composed-of"})
        if each["type"] != "relationship" or each["relationship_type"] not in _RELATIONS:
            continue
        if each.get("revoked") or each.get("x_mitre_deprecated") or each["source_ref"] == each["target_ref"]:
            continue
        found.setdefault(each["source_ref"], []).append(
            {"dest-uuid": _uuid(each["target_ref"]), "type": each["relationship_type"]}
        )
    return found


def _entry(id_: str, each: dict[str, Any], domain: Domain) -> dict[str, Any]:
    prefix = "mobile-attack" if domain == "mobile" else "attack"
    names = each.get("aliases") or each.get("x_mitre_aliases") or ()
    return {
        "value": str(each["name"]),
        "uuid": _uuid(each["id"]),
        "revoked": bool(each.get("revoked")),
        "deprecated": bool(each.get("x_mitre_deprecated")),
        "meta": {
            "external_id": id_,
            "kill_chain": [f"{prefix}:{one['phase_name']}" for one in each.get("kill_chain_phases", ())],
            "mitre_platforms": [one for one in each.get("x_mitre_platforms", ()) if one != "None"],
            "synonyms": list(names),
        },
        "related": [],
    }


def _uuid(id_: str) -> str:
    return str(id_).partition("--")[2]
