# SPDX-License-Identifier: Apache-2.0
"""MITRE's own STIX ids of techniques, groups and software, by ATT&CK id, with the day they were created.

The clusters of the MISP galaxy keep the UUID of MITRE's object, so they name the ids of ATT&CK 19.0; what
only STIX 18.1 has is added from there, and so is `created`, which the clusters lack.
"""

from __future__ import annotations

from typing import Final

from scc.knowledge.build.facts import Facts
from scc.knowledge.build.release import Release, Stix, cite, cluster_id
from scc.knowledge.build.upstream import Upstream
from scc.knowledge.pack import StixIds
from scc.knowledge.types import Domain

_LETTERS: Final = {"attack-pattern": "T", "intrusion-set": "G", "malware": "S", "tool": "S"}


def build(upstream: Upstream, facts: Facts, release: Release) -> None:
    """Fill the section "stix-ids"."""
    upstream.section = "stix-ids"
    cite(upstream, release)
    types: dict[str, str] = {}
    uuids: dict[str, str] = {}
    created: dict[str, str] = {}
    for type_ in _LETTERS:
        for each in release.clusters[type_]:
            id_ = cluster_id(each)
            if id_[:1] == _LETTERS[type_] and id_[1:2].isdigit():  # tactics (TA…) stand among techniques
                types.setdefault(id_, type_)
                uuids.setdefault(id_, str(each["uuid"]))
    for stix in release.bundles.values():
        for id_, each in stix.of(*_LETTERS):
            stated = str(each["id"])
            types.setdefault(id_, str(each["type"]))
            if uuids.setdefault(id_, stated.partition("--")[2]) == stated.partition("--")[2]:
                created.setdefault(id_, str(each.get("created", "")))
    rows = tuple((id_, types[id_], uuids[id_], created.get(id_, "")) for id_ in sorted(uuids))
    facts.value("stix-ids", StixIds(_released(release.bundles), rows))


def _released(bundles: dict[Domain, Stix]) -> str:
    """The newest `created` of all objects read: what has none here came later."""
    return max((str(each.get("created", "")) for one in bundles.values() for each in one.objects), default="")
