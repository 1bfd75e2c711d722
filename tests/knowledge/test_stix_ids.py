# SPDX-License-Identifier: Apache-2.0
"""STIX ids of ATT&CK: from the clusters with the UUID of MITRE's object, `created` from the STIX data."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from scc.knowledge import Knowledge


def test_ids_of_the_small_pack(small: Knowledge) -> None:
    found = small.stix_id("T1562")
    assert found is not None and (found.id, found.type) == ("attack-pattern--uuid-T1562", "attack-pattern")
    group = small.stix_id(" g0016 ")
    assert group is not None and group.id == "intrusion-set--uuid-G0016"
    only_stix = small.stix_id("T0883")
    assert only_stix is not None and only_stix.id == "attack-pattern--T0883"


@pytest.mark.parametrize("id_", ["", "T9999", "M1038", "TA0005", "AML.T0051", "CWE-79"])
def test_what_has_no_id(small: Knowledge, shipped: Knowledge, id_: str) -> None:
    assert small.stix_id(id_) is None
    assert shipped.stix_id(id_) is None


def test_every_live_technique_group_and_software_that_ships_has_one(shipped: Knowledge) -> None:
    ids = [each.id for each in shipped.techniques() if each.domain != "atlas" and each.status == "live"]
    ids += [each.id for kind in ("actor", "malware", "tool") for each in shipped.names(kind)  # type: ignore[arg-type]
            if each.id[:1] in "GS" and each.id[1:].isdigit()]  # fmt: skip
    assert len(ids) > 1500
    assert [id_ for id_ in ids if shipped.stix_id(id_) is None] == []
    assert len({shipped.stix_id(id_) for id_ in ids}) == len(set(ids))


@pytest.mark.corpus
def test_they_are_those_of_mitre(data: Path, shipped: Knowledge) -> None:
    checked = 0
    for file in ("enterprise-attack-18.1.stix20", "mobile-attack-18.1.stix20", "ics-attack-18.1.stix21"):
        with gzip.open(data / "upstream" / "attack" / f"{file}.json.gz") as stream:
            objects = json.load(stream)["objects"]
        for each in objects:
            if each["type"] in ("attack-pattern", "intrusion-set", "malware", "tool"):
                id_ = next(one["external_id"] for one in each["external_references"] if "external_id" in one)
                found = shipped.stix_id(id_)
                # MITRE published two objects for S0017; the first one is the live one of the enterprise bundle.
                if id_ == "S0017":
                    continue
                assert found is not None and (found.id, found.created) == (each["id"], each["created"])
                checked += 1
    assert checked > 2000
