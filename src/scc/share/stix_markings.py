# SPDX-License-Identifier: Apache-2.0
"""STIX objects that are the same in every bundle: TLP 2.0 markings, MITRE's identity and copyright, ours.

The markings are the official ones of the OASIS extension "TLP 2.0" (cti-stix-common-objects,
extension-definition-specifications/tlp-2.0); MITRE's two objects are those of the ATT&CK STIX data.
"""

from __future__ import annotations

from typing import Any, Final

from scc.model.tlp import Tlp
from scc.share.identity import FOUNDED, NAME, named

EXTENSION: Final = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_TLP: Final[dict[Tlp, str]] = {
    "TLP:CLEAR": "94868c89-83c2-464b-929b-a1a8aa3c8487",
    "TLP:GREEN": "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "TLP:AMBER": "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "TLP:AMBER+STRICT": "939a9414-2ddd-4d32-a0cd-375ea402b003",
    "TLP:RED": "e828b379-4e03-4974-9ac4-e53a884c97c1",
}
MITRE: Final = "identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5"
COPYRIGHT: Final = "marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168"
US: Final = f"identity--{named('stix', 'identity')}"


def marking(label: Tlp) -> dict[str, Any]:
    """The marking definition of a TLP 2.0 label."""
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": f"marking-definition--{_TLP[label]}",
        "created": "2022-10-01T00:00:00.000Z",
        "name": label,
        "extensions": {
            EXTENSION: {"extension_type": "property-extension", "tlp_2_0": label.removeprefix("TLP:").lower()}
        },
    }


def ours() -> dict[str, Any]:
    """The identity that creates our objects; it is public."""
    return {
        "type": "identity", "spec_version": "2.1", "id": US, "created": FOUNDED, "modified": FOUNDED,
        "created_by_ref": US, "name": NAME, "identity_class": "system",
        "object_marking_refs": [marking("TLP:CLEAR")["id"]],
    }  # fmt: skip


def mitre() -> list[dict[str, Any]]:
    """MITRE's identity and the copyright that goes with objects of ATT&CK."""
    created = "2017-06-01T00:00:00.000Z"
    return [
        {
            "type": "marking-definition", "spec_version": "2.1", "id": COPYRIGHT, "created": created,
            "created_by_ref": MITRE, "definition_type": "statement",
            "definition": {
                "statement": "Copyright 2015-2025, The MITRE Corporation. MITRE ATT&CK and ATT&CK are"
                " registered trademarks of The MITRE Corporation."
            },
        },
        {
            "type": "identity", "spec_version": "2.1", "id": MITRE, "created": created, "modified": created,
            "name": "The MITRE Corporation", "identity_class": "organization", "object_marking_refs": [COPYRIGHT],
        },
    ]  # fmt: skip
