# SPDX-License-Identifier: Apache-2.0
"""What was judged of a story, each judgement with the rule and the inputs that gave it."""

from __future__ import annotations

from typing import Literal

import msgspec

from scc.model.facts import Cvss, Epss, Kev, Ssvc
from scc.model.ids import ItemType
from scc.model.provenance import Confidence

Level = Literal["critical", "high", "medium", "low", "none"]
Priority = Literal["immediate", "urgent", "standard", "deferred"]
Answer = Literal["yes", "maybe", "no"]
Facet = Literal[
    "exploited",
    "ransomware",
    "ics",
    "mobile",
    "ai",
    "identity",
    "cloud",
    "fraud",
    "wiper",
    "phishing",
]


class Reason(msgspec.Struct, frozen=True):
    """One sentence of our own with what it rests on."""

    text: str
    rule: str
    """Id of the content rule that gave it."""
    observations: tuple[str, ...] = ()


class Deadline(msgspec.Struct, frozen=True):
    date: str
    """ISO date; "" when the trigger has no date yet."""
    duty: str
    owner: str
    binds_us: Answer
    basis: str
    """The law, order or rule with its clause."""
    why: str
    """Why it binds us or does not."""
    observations: tuple[str, ...] = ()
    rule: str = ""
    state: Literal["due", "passed", "would-start-if", "running", "met", "not-applicable"] = "due"


class Scored(msgspec.Struct, frozen=True):
    """One CVE of the story with everything published about it."""

    id: str
    cvss: tuple[Cvss, ...] = ()
    epss: Epss | None = None
    kev: Kev | None = None
    ssvc: Ssvc | None = None
    weaknesses: tuple[str, ...] = ()
    exploited: bool = False
    observations: tuple[str, ...] = ()
    description: str = ""


class Outcome(msgspec.Struct, frozen=True):
    """A row of a decision table (CISA coordinator, BOD 26-04), or the range over unknown inputs."""

    table: str
    vulnerability: str
    outcomes: tuple[str, ...]
    """One value, or every value the unknown inputs leave open, in table order."""
    inputs: tuple[tuple[str, str], ...]
    label: str
    observations: tuple[str, ...] = ()


class Relevance(msgspec.Struct, frozen=True):
    answer: Answer
    why: tuple[Reason, ...]
    question: str = ""
    """For "maybe": the one question that decides."""
    command: str = ""
    """A read-only command that answers the question, "" if there is none."""
    matched: tuple[str, ...] = ()
    """Products of the profile that matched."""


class Assessment(msgspec.Struct, frozen=True):
    type: ItemType
    type_reason: Reason
    facets: tuple[Facet, ...]
    severity: Level
    severity_reasons: tuple[Reason, ...]
    vulnerabilities: tuple[Scored, ...]
    cvss: Cvss | None
    """The one shown in the header (official only), None: not applicable."""
    priority: Priority
    priority_reasons: tuple[Reason, ...]
    do_by: str
    """ISO date-time or date by which the decision falls due, "" if none."""
    do_by_rule: str
    confidence: Confidence
    confidence_reason: Reason
    relevance: Relevance
    deadlines: tuple[Deadline, ...]
    outcomes: tuple[Outcome, ...]
    exploitation: tuple[Reason, ...]
    """Who asserts exploitation, empty when nobody does."""
    escalation: tuple[Reason, ...]
    """Observable conditions that raise the priority, and whom to phone."""
    historical: bool
    """The event is older than 90 days at the clock."""
    event_date: str
    """ISO date of the earliest source, "" if unknown."""
    age_days: int | None
    themes: tuple[str, ...] = ()
    """Keys of `content/crosswalk/themes.csv`, most specific first."""

    @property
    def ended(self) -> Reason | None:
        """Why the acts that the story is about set no duty any more; None when one of them stands."""
        return next((each for each in self.priority_reasons if each.rule.startswith("pri-act-ended")), None)
