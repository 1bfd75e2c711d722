# SPDX-License-Identifier: Apache-2.0
"""What the knowledge pack answers with: nodes, edges, paths, names. Frozen values without behaviour.

Ids are the official ones ("T1078", "CWE-79", "IA-2(1)", "GV.SC-01", "A.8.8"); a node of any framework
is written `framework:id` with the keys of `content/frameworks.csv`. Facts only, never descriptions.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from scc.model.facts import Kev

Status = Literal["live", "revoked", "deprecated"]
Strength = Literal["exact", "subset", "superset", "intersects", "derived", "authored"]
Domain = Literal["enterprise", "mobile", "ics", "atlas"]
Usage = Literal["Allowed", "Allowed-with-Review", "Discouraged", "Prohibited", ""]
NameKind = Literal["actor", "malware", "tool", "ransomware", "sector", "country"]


class Node(msgspec.Struct, frozen=True, omit_defaults=True):
    """An entry of a framework: a control, a criterion, a countermeasure, a mitigation, a tactic."""

    framework: str
    id: str
    title: str
    version: str
    status: Status = "live"
    parents: tuple[str, ...] = ()
    """Ids of the same framework that hold it: the control of an enhancement, the category of a subcategory."""
    groups: tuple[str, ...] = ()
    """Facts about it that group it, e.g. NIST baselines ("low", "moderate", "high", "privacy")."""


class TechniqueNode(msgspec.Struct, frozen=True, omit_defaults=True):
    """A technique of ATT&CK (three domains) or ATLAS."""

    id: str
    name: str
    domain: Domain
    version: str
    """Version of the dataset, e.g. "19.0"."""
    tactics: tuple[str, ...] = ()
    """Display names in matrix order, e.g. "Defense Impairment"."""
    tactic_ids: tuple[str, ...] = ()
    parent: str = ""
    platforms: tuple[str, ...] = ()
    status: Status = "live"


class WeaknessNode(msgspec.Struct, frozen=True, omit_defaults=True):
    """A CWE weakness; parents and children by ChildOf in the research view (CWE-1000)."""

    id: str
    name: str
    usage: Usage = ""
    """MITRE's advice on mapping vulnerabilities to it."""
    abstraction: str = ""
    """Pillar, Class, Base, Variant or Compound."""
    parents: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    owasp2021: tuple[str, ...] = ()
    owasp2025: tuple[str, ...] = ()
    capec: tuple[str, ...] = ()
    view1003: bool = False
    """Member of the view that NVD maps to."""
    status: Status = "live"


class Resolution(msgspec.Struct, frozen=True):
    """What became of an id: `current` holds live ids only, transitively resolved; empty when unknown."""

    stated: str
    status: Literal["live", "revoked", "deprecated", "unknown"]
    current: tuple[str, ...] = ()
    """The id itself when live; the live successors when revoked; () when deprecated without one."""


class Edge(msgspec.Struct, frozen=True):
    """A relation that a dataset or a table of ours states."""

    src: str
    """`framework:id`"""
    dst: str
    relation: str
    dataset: str
    version: str
    strength: Strength
    comment: str = ""

    @property
    def label(self) -> str:
        """How the edge is cited: dataset, version, what it relates and how."""
        name = f"{self.dataset} {self.version}".strip()
        return f"{name}: {self.src} {self.relation} {self.dst}"


class Path(msgspec.Struct, frozen=True):
    """Edges from a start to a goal; each edge starts where the one before ended."""

    edges: tuple[Edge, ...]

    @property
    def label(self) -> str:
        return "; ".join(each.label for each in self.edges)


class Candidate(msgspec.Struct, frozen=True):
    """A control that fits an item, with the reason."""

    framework: str
    id: str
    title: str
    score: float
    """Higher first. Whole part: what the theme tables say; fraction: published support. No unit."""
    paths: tuple[Path, ...]
    why: str
    """One clause for people, e.g. "Theme authentication; supported by 3 of 8 techniques"."""


class NameEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A name of an actor, malware family, tool, ransomware, sector or country."""

    name: str
    id: str
    """ATT&CK id ("G0016", "S0154") or, without one, the MISP galaxy uuid."""
    kind: NameKind
    aliases: tuple[str, ...] = ()
    dataset: str = ""
    country: str = ""
    """ISO 3166-1 alpha-2 that the dataset attributes an actor to."""


class StixId(msgspec.Struct, frozen=True):
    """The STIX object that MITRE publishes for an ATT&CK id."""

    id: str
    """E.g. "attack-pattern--3f886f2a-874f-4333-b794-aa6075009b1c"."""
    type: str
    """attack-pattern, intrusion-set, malware or tool."""
    created: str
    """RFC 3339. For an object newer than the STIX data at hand, a moment before its real one."""


class SigmaEntry(msgspec.Struct, frozen=True):
    """A public Sigma rule: where it is, never what it says."""

    id: str
    title: str
    level: str
    techniques: tuple[str, ...]
    logsource: str
    """ "product/category/service", empty parts left out."""
    status: str
    url: str
    author: str = ""


class KevEntry(msgspec.Struct, frozen=True):
    """A row of the KEV catalogue with the facts that `model.facts.Kev` has, and more."""

    kev: Kev
    name: str
    """CISA's short name of the vulnerability."""
    weaknesses: tuple[str, ...] = ()

    @property
    def vulnerability(self) -> str:
        return self.kev.vulnerability

    @property
    def vendor(self) -> str:
        return self.kev.vendor

    @property
    def product(self) -> str:
        return self.kev.product

    @property
    def date_added(self) -> str:
        return self.kev.date_added

    @property
    def due_date(self) -> str:
        return self.kev.due_date

    @property
    def ransomware(self) -> str:
        return self.kev.ransomware


class ActEntry(msgspec.Struct, frozen=True):
    """A law, order or directive with its standing (content/acts.csv)."""

    id: str
    title: str
    status: Literal["in force", "amended", "superseded", "revoked", "closed", "proposed", "expired"]
    by: str = ""
    """The id of the act that changed, superseded or revoked it."""
    since: str = ""
    """ISO date from which `status` holds."""
    kind: str = ""
    issuer: str = ""
    url: str = ""


class Theme(msgspec.Struct, frozen=True):
    """A row of content/crosswalk/themes.csv: one subject of security work and what points to it."""

    key: str
    title: str
    weaknesses: tuple[str, ...] = ()
    """CWE ids that trigger it."""
    techniques: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    """Lower-case words or phrases."""
    products: tuple[str, ...] = ()
    """Lower-case names of products whose flaws belong to it."""


class DetectionNode(msgspec.Struct, frozen=True, omit_defaults=True):
    """ATT&CK's published detection of a technique: ids and names."""

    technique: str
    strategies: tuple[tuple[str, str], ...] = ()
    """(id, name), e.g. ("DET0248", "…")."""
    data_components: tuple[str, ...] = ()
    log_sources: tuple[str, ...] = ()


class DecisionTable(msgspec.Struct, frozen=True):
    """A published SSVC decision table: the rows are the rule."""

    key: str
    version: str
    points: tuple[str, ...]
    """Names of the input columns, as published."""
    outcome: str
    """Name of the output column."""
    rows: tuple[tuple[str, ...], ...]
    """Values of the points in order, then the outcome."""


class Term(msgspec.Struct, frozen=True):
    """A value of a taxonomy, e.g. Admiralty reliability "a"."""

    taxonomy: str
    predicate: str
    value: str
    title: str
    number: float | None = None


class Dataset(msgspec.Struct, frozen=True):
    """Where facts of the pack come from."""

    name: str
    version: str
    date: str
    licence: str
    url: str
    sections: tuple[str, ...] = ()
