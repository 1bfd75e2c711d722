# SPDX-License-Identifier: Apache-2.0
"""Mandatory tests of CSAF 2.0 on scores and weaknesses: 6.1.7 to 6.1.11.

The form of a CVSS object is tested by the required members, types and vocabularies of FIRST's JSON Schemas of
versions 2.0, 3.0 and 3.1; numbers are computed by the `cvss` package from the vector.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from scc.knowledge import Knowledge
from scc.share.csaf.documents import Failure, Part, placed, repeated, vulnerabilities
from scc.share.csaf.scores import VECTORS, calculated, severity

_LEVEL: Final = {"N": "NONE", "L": "LOW", "H": "HIGH"}
_NEED: Final = {"L": "LOW", "M": "MEDIUM", "H": "HIGH"}
_PLACE: Final = {"N": "NETWORK", "A": "ADJACENT_NETWORK", "L": "LOCAL", "P": "PHYSICAL"}
_BASE: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "AV": ("attackVector", _PLACE),
    "AC": ("attackComplexity", {"L": "LOW", "H": "HIGH"}),
    "PR": ("privilegesRequired", _LEVEL),
    "UI": ("userInteraction", {"N": "NONE", "R": "REQUIRED"}),
    "S": ("scope", {"U": "UNCHANGED", "C": "CHANGED"}),
    "C": ("confidentialityImpact", _LEVEL),
    "I": ("integrityImpact", _LEVEL),
    "A": ("availabilityImpact", _LEVEL),
}
_THREE: Final = {
    **_BASE,
    **{f"M{key}": (f"modified{name[0].upper()}{name[1:]}", words) for key, (name, words) in _BASE.items()},
    "E": ("exploitCodeMaturity", {"U": "UNPROVEN", "P": "PROOF_OF_CONCEPT", "F": "FUNCTIONAL", "H": "HIGH"}),
    "RL": (
        "remediationLevel",
        {"O": "OFFICIAL_FIX", "T": "TEMPORARY_FIX", "W": "WORKAROUND", "U": "UNAVAILABLE"},
    ),
    "RC": ("reportConfidence", {"U": "UNKNOWN", "R": "REASONABLE", "C": "CONFIRMED"}),
    "CR": ("confidentialityRequirement", _NEED),
    "IR": ("integrityRequirement", _NEED),
    "AR": ("availabilityRequirement", _NEED),
}
_PARTLY: Final = {"N": "NONE", "P": "PARTIAL", "C": "COMPLETE"}
_TWO: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "AV": ("accessVector", {"N": "NETWORK", "A": "ADJACENT_NETWORK", "L": "LOCAL"}),
    "AC": ("accessComplexity", {"L": "LOW", "M": "MEDIUM", "H": "HIGH"}),
    "Au": ("authentication", {"N": "NONE", "S": "SINGLE", "M": "MULTIPLE"}),
    "C": ("confidentialityImpact", _PARTLY),
    "I": ("integrityImpact", _PARTLY),
    "A": ("availabilityImpact", _PARTLY),
    "E": ("exploitability", {"U": "UNPROVEN", "POC": "PROOF_OF_CONCEPT", "F": "FUNCTIONAL", "H": "HIGH"}),
    "RL": (
        "remediationLevel",
        {"OF": "OFFICIAL_FIX", "TF": "TEMPORARY_FIX", "W": "WORKAROUND", "U": "UNAVAILABLE"},
    ),
    "RC": ("reportConfidence", {"UC": "UNCONFIRMED", "UR": "UNCORROBORATED", "C": "CONFIRMED"}),
    "CDP": (
        "collateralDamagePotential",
        {"N": "NONE", "L": "LOW", "LM": "LOW_MEDIUM", "MH": "MEDIUM_HIGH", "H": "HIGH"},
    ),
    "TD": ("targetDistribution", {"N": "NONE", "L": "LOW", "M": "MEDIUM", "H": "HIGH"}),
    "CR": ("confidentialityRequirement", _NEED),
    "IR": ("integrityRequirement", _NEED),
    "AR": ("availabilityRequirement", _NEED),
}
_SEVERITIES: Final = ("NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL")
_CWE: Final = re.compile(r"CWE-[1-9][0-9]{0,5}")


def failures(document: Part, knowledge: Knowledge) -> Iterator[Failure]:
    for path, flaw in vulnerabilities(document):
        scores = list(placed(f"{path}/scores", flaw.get("scores", ())))
        yield from _twice(scores)
        for place, score in scores:
            for key in ("cvss_v2", "cvss_v3"):
                if key in score:
                    yield from _score(f"{place}/{key}", key, score[key])
        if "cwe" in flaw:
            yield from _weakness(f"{path}/cwe", flaw["cwe"], knowledge)


def _twice(scores: list[tuple[str, Part]]) -> Iterator[Failure]:
    named = (
        (f"{path}/products", (id_, score[key].get("version")))
        for path, score in scores
        for key in ("cvss_v2", "cvss_v3")
        if key in score
        for id_ in score["products"]
    )
    for path, (id_, version) in repeated(named):
        yield Failure("6.1.7", path, f"product {id_!r} has more than one score of CVSS {version}")


def _score(path: str, key: str, value: Any) -> Iterator[Failure]:
    faults = list(_form(key, value))
    for fault in faults:
        yield Failure("6.1.8", path, fault)
    found = calculated(value.get("version", ""), value.get("vectorString", "")) if not faults else None
    if found is None:
        return
    for kind, number in zip(("base", "temporal", "environmental"), found, strict=True):
        stated = value.get(f"{kind}Score")
        if stated is not None and round(float(stated) * 10) != round(number * 10):
            yield Failure("6.1.9", f"{path}/{kind}Score", f"the vector gives {number}, not {stated}")
        level = value.get(f"{kind}Severity")
        if level is not None and level != severity(number):
            yield Failure("6.1.9", f"{path}/{kind}Severity", f"{number} is {severity(number)}, not {level}")
    metrics = dict(each.split(":", 1) for each in value["vectorString"].split("/") if ":" in each)
    for metric, (name, words) in (_TWO if key == "cvss_v2" else _THREE).items():
        if name in value and value[name] != words.get(metrics.get(metric, "X"), "NOT_DEFINED"):
            yield Failure("6.1.10", f"{path}/{name}", f"the vector does not say {value[name]}")


def _form(key: str, value: Any) -> Iterator[str]:
    """What FIRST's schema of the version does not allow."""
    if not isinstance(value, dict):
        yield "it is no object"
        return
    versions = ("2.0",) if key == "cvss_v2" else ("3.0", "3.1")
    if value.get("version") not in versions:
        yield f"the version is none of {', '.join(versions)}"
        return
    for name in ("vectorString", "baseScore", *(("baseSeverity",) if key == "cvss_v3" else ())):
        if name not in value:
            yield f"{name} is missing"
    vector = value.get("vectorString", "")
    if "vectorString" in value and not (
        isinstance(vector, str) and calculated(value["version"], vector) is not None
    ):
        yield f"the vector is none of CVSS {value['version']}: {VECTORS[value['version']]}"
    for kind in ("base", "temporal", "environmental"):
        number = value.get(f"{kind}Score", 0)
        if not isinstance(number, int | float) or isinstance(number, bool) or not 0 <= number <= 10:
            yield f"{kind}Score is no number from 0 to 10"
        if key == "cvss_v3" and value.get(f"{kind}Severity", "NONE") not in _SEVERITIES:
            yield f"{kind}Severity is none of the scale"
    for metric, (name, words) in (_TWO if key == "cvss_v2" else _THREE).items():
        allowed = {*words.values(), *(() if metric in _BASE else ("NOT_DEFINED",))}
        if name in value and value[name] not in allowed:
            yield f"{name} is none of the vocabulary"


def _weakness(path: str, value: Part, knowledge: Knowledge) -> Iterator[Failure]:
    known = knowledge.weakness(value["id"]) if _CWE.fullmatch(value["id"]) else None
    if known is None:
        yield Failure("6.1.11", f"{path}/id", f"{value['id']} is no weakness")
    elif known.name.strip() != value["name"]:  # CWE-280 ends in a space in the list of MITRE
        yield Failure("6.1.11", f"{path}/name", f"{value['id']} is {known.name!r}")
