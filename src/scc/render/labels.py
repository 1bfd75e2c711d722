# SPDX-License-Identifier: Apache-2.0
"""The words that people read for the values of the contract. One table for every format."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import Final

CONTENT: Final = Path(__file__).resolve().parent.parent / "content"

TYPES: Final = {
    "vulnerability": "Vulnerability",
    "threat": "Threat",
    "malware": "Malware",
    "breach": "Breach",
    "supply-chain": "Supply chain",
    "governance": "Governance",
    "disruption": "Disruption",
    "advisory": "Advisory",
}
RELATIONS: Final = {
    "flaw-of-release": "A flaw of this release",
    "part-of-release": "The release it is part of",
    "same-vulnerability": "The same vulnerability",
}
STEPS: Final = (
    ("scoping", "Scoping"),
    ("detection", "Detection"),
    ("eradication", "Eradication"),
    ("recovery", "Recovery"),
    ("post-incident", "Post-Incident"),
)
"""The five printed steps, in order."""
PHASES: Final = {
    "preparation": "Preparation",
    "detection": "Detection and analysis",
    "containment": "Containment",
    "eradication": "Eradication",
    "recovery": "Recovery",
    "post-incident": "Post-incident",
}
MODES: Final = {
    "govern": "Govern: a duty or a decision, nothing technical",
    "expose": "Expose: find and close the exposure",
    "hunt": "Hunt: look for traces before anything is changed",
    "incident": "Incident: evidence at our site",
}
WHEN: Final = {"hour": "First hour", "day": "First day", "later": "Later"}
TIERS: Final = {
    "T1": "official or primary",
    "T2": "research or CERT",
    "T3": "press, blog or unknown",
}
DIALECTS: Final = {
    "posix": "Shell",
    "powershell": "PowerShell",
    "cmd": "Windows command prompt",
    "aws": "AWS CLI",
    "az": "Azure CLI",
    "gcloud": "Google Cloud CLI",
    "kubectl": "kubectl",
    "kql": "KQL",
    "osquery": "osquery",
    "sql": "SQL",
    "text": "Text",
}
PRIVILEGES: Final = {
    "user": "as a normal user",
    "root": "as root",
    "admin": "as administrator",
    "reader": "with read access",
    "none": "",
}
BASES: Final = {
    "stated": "stated in the text",
    "record": "from a record",
    "matched": "name found in the text",
    "inferred": "concluded by rule",
}
FACETS: Final = {"ics": "ICS", "ai": "AI"}
CONTENTS_NOTE: Final = (
    "Network indicators are written so that no program opens them; the JSON has them plain."
)


def minutes(count: int) -> str:
    """ "15 min", "2 h", "1 h 30 min"."""
    hours, rest = divmod(count, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


RULES_NOTE: Final = (
    "The text of the rules comes from your own copy of SigmaHQ's release (Detection Rule License 1.1) and stands in the "
    "HTML, Markdown and JSON of this briefing; the command scc sigma {id} --to splunk turns them into queries."
)


def moment(iso: str) -> str:
    """An ISO date-time in UTC as "2026-06-26 06:33 UTC"; a date or anything else as it stands."""
    if len(iso) >= 16 and iso[10] == "T" and iso[-1:] == "Z":
        return f"{iso[:10]} {iso[11:16]} UTC"
    if len(iso) >= 16 and iso[10] == "T" and iso.endswith("+00:00"):
        return f"{iso[:10]} {iso[11:16]} UTC"
    return iso


@lru_cache(maxsize=1)
def _frameworks() -> dict[str, str]:
    table = CONTENT / "frameworks.csv"
    if not table.is_file():
        return {}
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    return {row[0]: _with_version(*row[1:4]) for row in rows[1:] if len(row) >= 4}


def _with_version(name: str, version: str, domain: str) -> str:
    """ "CIS Controls 8", "NIST SP 800-53 Rev. 5"; a law's name has its year already."""
    return name if domain == "law" or version in name else f"{name} {version}"


def framework(key: str) -> str:
    """Name and version of a framework key of `content/frameworks.csv`; an unknown key stays as it is."""
    return _frameworks().get(key, key)
