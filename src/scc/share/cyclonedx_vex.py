# SPDX-License-Identifier: Apache-2.0
"""Are we affected, as a CycloneDX 1.6 VEX document; see `vex` for when what is said.

An analysis holds for a whole entry of `vulnerabilities`, so a vulnerability has one entry for each state and
reason. Scores are those that were published, with their origin. The TLP of the item is a property of the metadata.
"""

from __future__ import annotations

from typing import Any, Final

from scc.model.briefing import Briefing, VulnerabilityShown
from scc.share.csaf.products import line
from scc.share.csaf.scores import severity
from scc.share.identity import NAME, named
from scc.share.interface import Context, NotApplicable
from scc.share.texts import as_json, encodable
from scc.share.vex import Statement, statements, told, version

_STATES: Final = {
    "not_affected": "not_affected",
    "affected": "exploitable",
    "under_investigation": "in_triage",
}
_JUSTIFICATIONS: Final = {
    "component_not_present": "code_not_present",
    "vulnerable_code_not_present": "code_not_present",
    "vulnerable_code_not_in_execute_path": "code_not_reachable",
    "inline_mitigations_already_exist": "protected_by_mitigating_control",
}
"""Justifications of VEX in the words of CycloneDX; code that an adversary cannot control has none there."""
_METHODS: Final = {"2.0": "CVSSv2", "3.0": "CVSSv3", "3.1": "CVSSv31", "4.0": "CVSSv4"}


def write(briefing: Briefing, context: Context) -> bytes | NotApplicable:
    """The document as JSON in UTF-8. Raises ValueError when `generated` is no ISO 8601 time."""
    briefing = encodable(briefing)
    said = statements(briefing, context)
    if isinstance(said, NotApplicable):
        return said
    _, modified = told(briefing, context)
    subjects = {each.subject.id: each.subject for each in said}
    grouped: dict[tuple[str, str, str, str], list[Statement]] = {}
    for each in said:
        key = (line(each.vulnerability.id), each.state, each.justification, each.why + each.action)
        grouped.setdefault(key, []).append(each)
    tool = {"type": "application", "name": NAME, "version": line(briefing.generator) or "unknown"}
    found = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{named('cyclonedx', briefing.id)}",
        "version": version(briefing, context),
        "metadata": {
            "timestamp": f"{modified:%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0"),
            "tools": {"components": [tool]},
            "properties": [
                {"name": "scc:item", "value": briefing.id},
                {"name": "scc:tlp", "value": briefing.tlp},
            ],
        },
        "components": [
            {
                "type": "application", "bom-ref": id_, "name": each.name,
                **({"version": each.version} if each.version else {}),
            }
            for id_, each in subjects.items()
        ],
        "vulnerabilities": [_vulnerability(each, number) for number, each in enumerate(grouped.values(), 1)],
    }  # fmt: skip
    return as_json(found)


def _vulnerability(same: list[Statement], number: int) -> dict[str, Any]:
    first = same[0]
    flaw = first.vulnerability
    analysis = {"state": _STATES[first.state]}
    if justification := _JUSTIFICATIONS.get(first.justification):
        analysis["justification"] = justification
    detail = line(" ".join((first.why, first.action)), 30_000)
    if detail:
        analysis["detail"] = detail
    found: dict[str, Any] = {"bom-ref": f"vulnerability-{number}", "id": line(flaw.id)}
    ratings = _ratings(flaw)
    if ratings:
        found["ratings"] = ratings
    cwes = {
        int(each[4:])
        for each in flaw.weaknesses
        if each.startswith("CWE-") and each[4:].isascii() and each[4:].isdigit()
    }
    if cwes - {0}:
        found["cwes"] = sorted(cwes - {0})
    found["analysis"] = analysis
    found["affects"] = [{"ref": each.subject.id} for each in same]
    return found


def _ratings(flaw: VulnerabilityShown) -> list[dict[str, Any]]:
    found = []
    for each in flaw.cvss:
        if each.version not in _METHODS or not 0 <= each.score <= 10:
            continue
        rating: dict[str, Any] = {"score": each.score, "method": _METHODS[each.version]}
        if each.version != "2.0":
            rating["severity"] = severity(each.score).lower()
        if line(each.origin):
            rating["source"] = {"name": line(each.origin)}
        if line(each.vector):
            rating["vector"] = line(each.vector)
        found.append(rating)
    return found
