# SPDX-License-Identifier: Apache-2.0
"""Our own tables in `content/`: frameworks, themes, crosswalk pairs, acts, further names.

Turns their rows into the same nodes and edges as published data, marked `authored`. A table that is not
there is empty: the pack alone is usable. Reads through `content`, never files itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, cast

import msgspec

from scc.knowledge.pack import EdgeGroup
from scc.knowledge.types import ActEntry, Node, Theme
from scc.model.plan import Phase

if TYPE_CHECKING:
    from scc.content import Content

OURS: Final = "SCC crosswalk"
_FORM: Final = "1"
_PHASES: Final = "crosswalk/phase-controls"

Moment = Literal["", "triage", "escalation", "analysis", "containment", "eradication", "recovery", "lessons"]


class FrameworkRow(msgspec.Struct, frozen=True, forbid_unknown_fields=False):
    """A row of content/frameworks.csv."""

    key: str
    name: str
    version: str = ""
    domain: str = ""


class ThemeControl(msgspec.Struct, frozen=True):
    """A control that a theme calls for; `rank` 1 comes first."""

    theme: str
    framework: str
    id: str
    rank: int
    basis: str = ""


class PhaseControl(msgspec.Struct, frozen=True):
    """A control that a phase of response calls for; `rank` 1 comes first within phase and framework."""

    phase: Phase
    framework: str
    id: str
    rank: int
    moment: Moment = ""
    """The moment of response, given with the CSF 2.0 subcategories of SP 800-61r3 only."""
    basis: str = ""


class Authored:
    """The tables, each read on first use."""

    def __init__(self, content: Content) -> None:
        self._content = content

    def rows(self, name: str) -> tuple[dict[str, str], ...]:
        """Rows of a table by field name; empty if there is no such table. Raises ContentError if broken."""
        if not self._content.file(f"{name}.csv").is_file():
            return ()
        return self._content.table(name, dict[str, str])

    @cached_property
    def frameworks(self) -> dict[str, FrameworkRow]:
        found = (msgspec.convert(row, FrameworkRow) for row in self.rows("frameworks"))
        return {row.key: row for row in found}

    def nodes(self, framework: str) -> dict[str, Node]:
        """Nodes of content/frameworks/<framework>.csv (id, title, optional parent)."""
        row = self.frameworks.get(framework)
        version = row.version if row else ""
        found: dict[str, Node] = {}
        for each in self.rows(f"frameworks/{framework}"):
            parent = each.get("parent", "")
            found[each["id"]] = Node(
                framework, each["id"], each.get("title", ""), version, "live", (parent,) if parent else ()
            )
        return found

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        return tuple(
            Theme(
                key=row["key"],
                title=row["title"],
                weaknesses=_listed(row.get("weaknesses", "")),
                techniques=_listed(row.get("techniques", "")),
                keywords=(*_listed(row.get("keywords", ""), spaces=False), *self._cues.get(row["key"], ())),
                products=self._products.get(row["key"], ()),
            )
            for row in self.rows("crosswalk/themes")
        )

    @cached_property
    def _cues(self) -> dict[str, tuple[str, ...]]:
        """Further words by theme: crosswalk/theme-cues.csv."""
        found: dict[str, tuple[str, ...]] = {}
        for row in self.rows("crosswalk/theme-cues"):
            found[row["theme"]] = (*found.get(row["theme"], ()), row["phrase"])
        return found

    @cached_property
    def _products(self) -> dict[str, tuple[str, ...]]:
        """Names of products by the theme of their class: vocabularies/product_classes.csv."""
        found: dict[str, tuple[str, ...]] = {}
        for row in self.rows("vocabularies/product_classes"):
            theme = _THEME_OF.get(row["product_class"], "")
            if theme:
                found[theme] = (*found.get(theme, ()), row["word"])
        return found

    @cached_property
    def theme_controls(self) -> tuple[ThemeControl, ...]:
        """Ordered by theme, framework, rank."""
        found = [
            ThemeControl(row["theme"], row["framework"], row["id"], int(row["rank"]), row.get("basis", ""))
            for row in self.rows("crosswalk/theme-controls")
        ]
        return tuple(sorted(found, key=lambda row: (row.theme, row.framework, row.rank, row.id)))

    @cached_property
    def phase_controls(self) -> tuple[PhaseControl, ...]:
        """In the order of the table: phases as they follow each other, then framework and rank."""
        return tuple(msgspec.convert(row, PhaseControl, strict=False) for row in self.rows(_PHASES))

    @cached_property
    def _ranks(self) -> dict[tuple[str, str, str], int]:
        return {(row.theme, row.framework, row.id): row.rank for row in self.theme_controls}

    def rank(self, theme: str, framework: str, id_: str) -> int:
        """The place of a control in a theme's list, 1 first; 9 if it is not there."""
        return max(1, self._ranks.get((theme, framework, id_), 9))

    @cached_property
    def acts(self) -> dict[str, ActEntry]:
        return {
            row["id"]: ActEntry(
                id=row["id"],
                title=row.get("title", ""),
                status=cast(
                    Literal["in force", "amended", "superseded", "revoked", "closed", "proposed", "expired"],
                    row.get("status", "in force"),
                ),
                by=row.get("by", ""),
                since=row.get("since", ""),
                kind=row.get("kind", ""),
                issuer=row.get("issuer", ""),
                url=row.get("url", ""),
            )
            for row in self.rows("acts")
        }

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """Names of the further tables in content/crosswalk/, sorted."""
        names = {path.stem for path in self._content.file("crosswalk").glob("*.csv")}
        return tuple(f"crosswalk/{name}" for name in sorted(names - {"themes", "theme-controls"}))

    @cached_property
    def groups(self) -> tuple[EdgeGroup, ...]:
        """All authored pairs as groups of edges: themes to controls and the crosswalk tables."""
        pairs: dict[tuple[str, str, str, str], list[tuple[str, str, str]]] = {}
        for each in self.theme_controls:
            pairs.setdefault(("theme", each.framework, "calls-for", "authored"), []).append(
                (each.theme, each.id, each.basis)
            )
        for theme in self.themes:
            for id_ in (*theme.weaknesses, *theme.techniques):
                kind = (framework_of(id_), "theme", "points-to", "authored")
                pairs.setdefault(kind, []).append((id_, theme.key, ""))
        for name in self.tables:
            for row in self.rows(name):
                strength = row.get("strength", "") or "authored"
                for edge, pair in _pairs(row):
                    pairs.setdefault((*edge, strength), []).append((*pair, row.get("basis", "")))
        found = []
        for (src, dst, relation, strength), rows in sorted(pairs.items()):
            # A pair may stand in two tables; the one that gives its basis is kept.
            pair_basis: dict[tuple[str, str], str] = {}
            for first, second, basis in rows:
                pair_basis[first, second] = pair_basis.get((first, second), "") or basis
            ordered = sorted((first, second, basis) for (first, second), basis in pair_basis.items())
            found.append(
                EdgeGroup(
                    OURS, _FORM, relation, strength, src, dst,
                    tuple((first, second) for first, second, _ in ordered),
                    {str(index): basis for index, (_, _, basis) in enumerate(ordered) if basis},
                )
            )  # fmt: skip
        return tuple(found)


_THEME_OF: Final = {
    "vpn-firewall": "edge-devices",
    "router": "edge-devices",
    "network-management": "edge-devices",
    "hypervisor": "hypervisor",
    "rmm": "remote-access",
    "directory": "directory-services",
    "ci-server": "ci-cd",
    "plc-hmi": "ics-medical",
    "medical-device": "ics-medical",
    "backup-console": "ransomware",
}
"""Theme of the classes of product whose flaws are that theme's own subject."""

_SUBJECTS: Final[dict[str, tuple[str, str]]] = {
    "mitigation": ("", "implemented-by"),
    "weakness": ("cwe", "related-to"),
    "control": ("nist-800-53r5", "related-to"),
    "technique": ("", "related-to"),
    "theme": ("theme", "prefers"),
    "phase": ("phase", "calls-for"),
}
"""Columns that may be a row's subject, the first that is filled: the framework of their ids ("" = by the
form of the id) and the relation to the node in the columns `framework` and `id`."""

_RELATIONS: Final[dict[tuple[str, str], str]] = {
    ("technique", "d3fend"): "prefers",
    ("technique", "theme"): "points-to",
}
"""Where the relation depends on the framework of the other end too."""

_Kind = tuple[str, str, str]


def _pairs(row: dict[str, str]) -> Iterator[tuple[_Kind, tuple[str, str]]]:
    """What a row of a crosswalk table relates: ((source framework, target framework, relation), (source, target)).

    A row has one of the columns of _SUBJECTS (with an optional `strength`, else the edge counts as
    "authored"; "superset" says that the subject asks for more than the other end) and either `framework` and `id`, or `theme` and `technique`
    (a weakness points to a theme and leads to a technique). Rows of other forms relate nothing here.
    """
    for column, (framework, relation) in _SUBJECTS.items():
        subject = row.get(column, "")
        if not subject:
            continue
        src = framework or framework_of(subject)
        if "framework" in row and "id" in row:
            relation = _RELATIONS.get((column, row["framework"]), relation)
            yield (src, row["framework"], relation), (subject, row["id"])
        elif column == "weakness":
            for theme in _listed(row.get("theme", "")):
                yield (src, "theme", "points-to"), (subject, theme)
            for technique in _listed(row.get("technique", "")):
                yield (src, framework_of(technique), "leads-to"), (subject, technique)
        return


def _listed(text: str, *, spaces: bool = True) -> tuple[str, ...]:
    """The parts of a cell: by "|" or ";", ids also by blanks."""
    plain = text.replace(";", "|")
    if spaces:
        plain = plain.replace(" ", "|")
    return tuple(part.strip() for part in plain.split("|") if part.strip())


def framework_of(id_: str) -> str:
    """The framework of a weakness, an ATT&CK or an ATLAS id by its form."""
    if id_.startswith("CWE-"):
        return "cwe"
    return "atlas" if id_.startswith("AML.") else "attack"
