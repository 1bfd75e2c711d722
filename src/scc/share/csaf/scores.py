# SPDX-License-Identifier: Apache-2.0
"""Published scores in the members that CSAF has for them; a number is never made up, nor corrected.

Every version of CVSS is computed by the `cvss` package. A score whose vector gives another number, or which has
no vector, is not carried as an object: the exporters say it in a note.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from scc.model.briefing import CvssShown

VECTORS: Final = {
    "2.0": "AV:…/AC:…/Au:…/C:…/I:…/A:…",
    "3.0": "CVSS:3.0/AV:…",
    "3.1": "CVSS:3.1/AV:…",
    "4.0": "CVSS:4.0/AV:…",
}
"""How a vector of a version looks."""
MEMBERS: Final = {"2.0": "cvss_v2", "3.0": "cvss_v3", "3.1": "cvss_v3", "4.0": "cvss_v4"}
"""The member of a score (2.0) or of the content of a metric (2.1) for a version."""
_LONGEST: Final = 300


@lru_cache(maxsize=4096)
def calculated(version: str, vector: str) -> tuple[float, float, float] | None:
    """(base, temporal, environmental) of a vector, 0 to 10; None if it is none of that version.

    For 4.0, which has one score, all three are that one.
    """
    from cvss import CVSS2, CVSS3, CVSS4
    from cvss.exceptions import CVSSError

    if len(vector) > _LONGEST or version not in VECTORS:
        return None
    if version != "2.0" and not vector.startswith(f"CVSS:{version}/"):
        return None
    try:
        if version == "4.0":
            score = float(CVSS4(vector).base_score)
            return score, score, score
        base, temporal, environmental = (CVSS2 if version == "2.0" else CVSS3)(vector).scores()
    except (CVSSError, ArithmeticError, ValueError, KeyError):
        return None
    found = [float(base)]
    for each in (temporal, environmental):
        found.append(float(each) if each is not None else found[-1])
    return found[0], found[1], found[2]


def severity(score: float) -> str:
    """The word for a score by the scale of CVSS 3.0, section 5, which 3.1 and 4.0 share."""
    for least, word in ((9.0, "CRITICAL"), (7.0, "HIGH"), (4.0, "MEDIUM"), (0.1, "LOW")):
        if score >= least:
            return word
    return "NONE"


def scored(shown: CvssShown) -> tuple[str, dict[str, Any]] | None:
    """(member, object) of a published score, None when its vector does not give its number."""
    vector = shown.vector.strip()
    if shown.version == "2.0":
        vector = vector.removeprefix("CVSS:2.0/")
    found = calculated(shown.version, vector)
    if found is None or round(found[0] * 10) != round(shown.score * 10):
        return None
    value: dict[str, Any] = {"version": shown.version, "vectorString": vector, "baseScore": found[0]}
    if shown.version != "2.0":
        value["baseSeverity"] = severity(found[0])
    return MEMBERS[shown.version], value
