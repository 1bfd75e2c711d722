# SPDX-License-Identifier: Apache-2.0
"""CVSS objects of records to facts: checked vectors, the score as the record gives it."""

from __future__ import annotations

from typing import Any, Final

from scc.model.facts import Cvss

_KEYS: Final = {
    "cvssV4_0": "4.0",
    "cvssMetricV40": "4.0",
    "cvss_v4": "4.0",
    "cvssV3_1": "3.1",
    "cvssMetricV31": "3.1",
    "cvssV3_0": "3.0",
    "cvssMetricV30": "3.0",
    "cvss_v3": "3.1",
    "cvssV2_0": "2.0",
    "cvssMetricV2": "2.0",
    "cvss_v2": "2.0",
}


def version_of(key: str, vector: str) -> str:
    """The CVSS version: what the vector says, else what the key says."""
    if vector.startswith("CVSS:"):
        return vector[5:8]
    return _KEYS.get(key, "2.0" if vector.startswith("AV:") else "")


def score_fact(key: str, value: Any, origin: str, cve: str) -> Cvss | None:
    """A CVSS fact of a metric object with vectorString and baseScore; None if it holds no score."""
    if not isinstance(value, dict):
        return None
    vector = value.get("vectorString")
    score = value.get("baseScore")
    vector = vector if isinstance(vector, str) else ""
    if not isinstance(score, (int, float)) or isinstance(score, bool):
        score = base_score(vector)
    if score is None or not 0 <= score <= 10:
        return None
    version = version_of(key, vector)
    if version not in ("2.0", "3.0", "3.1", "4.0"):
        return None
    return Cvss(vector, version, float(score), origin, cve)


def base_score(vector: str) -> float | None:
    """The base score of a vector of version 2.0 to 4.0, None if the vector is not valid."""
    from cvss import CVSS2, CVSS3, CVSS4
    from cvss.exceptions import CVSSError

    try:
        if vector.startswith("CVSS:4"):
            return float(CVSS4(vector).base_score)
        if vector.startswith("CVSS:3"):
            return float(CVSS3(vector).base_score)
        if vector.startswith("AV:"):
            return float(CVSS2(vector).base_score)
    except (CVSSError, ValueError, KeyError, IndexError, TypeError):
        return None
    return None
