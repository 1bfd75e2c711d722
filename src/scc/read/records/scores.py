# SPDX-License-Identifier: Apache-2.0
"""CVSS objects of records to facts: the score as the record gives it, computed only where it gives a vector alone."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, cast

from scc.model.facts import Cvss

_KEYS: Final = {
    "cvssV4_0": "4.0", "cvssMetricV40": "4.0", "cvss_v4": "4.0",
    "cvssV3_1": "3.1", "cvssMetricV31": "3.1", "cvss_v3": "3.1",
    "cvssV3_0": "3.0", "cvssMetricV30": "3.0",
    "cvssV2_0": "2.0", "cvssMetricV2": "2.0", "cvss_v2": "2.0",
}  # fmt: skip
_VERSIONS: Final = ("2.0", "3.0", "3.1", "4.0")


def score_fact(key: str, value: Any, origin: str, cve: str) -> Cvss | None:
    """A CVSS fact of an object with vectorString and baseScore; None if it holds no score of a known version."""
    if not isinstance(value, dict):
        return None
    given, score = value.get("vectorString"), value.get("baseScore")
    vector = given.strip() if isinstance(given, str) else ""
    version = _version(key, vector, value.get("version"))
    if version not in _VERSIONS:
        return None
    if isinstance(score, bool) or not isinstance(score, int | float):
        score = base_score(vector)
    if score is None or not 0 <= score <= 10:
        return None
    return Cvss(vector, cast(Any, version), float(score), origin, cve)


def _version(key: str, vector: str, stated: Any) -> str:
    """What the vector says, else the object, else the key under which it stands."""
    if vector.startswith("CVSS:"):
        return vector[5:8]
    if vector.startswith("AV:") and "/Au:" in vector:
        return "2.0"
    return stated if stated in _VERSIONS else _KEYS.get(key, "")


@lru_cache(maxsize=4096)
def base_score(vector: str) -> float | None:
    """The base score (0..10) of a vector of version 2.0 to 4.0, None if the vector is not valid."""
    from cvss import CVSS2, CVSS3, CVSS4
    from cvss.exceptions import CVSSError

    try:
        if vector.startswith("CVSS:4"):
            return float(CVSS4(vector).base_score)
        if vector.startswith("CVSS:3"):
            return float(CVSS3(vector).base_score)
        if vector.startswith("AV:"):
            return float(CVSS2(vector).base_score)
    except (CVSSError, ValueError, KeyError, IndexError, TypeError, ArithmeticError):
        return None
    return None
