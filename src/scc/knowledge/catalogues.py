# SPDX-License-Identifier: Apache-2.0
"""What the pack holds beside frameworks: names, warning lists, KEV, taxonomies, decision tables, STIX ids, data sets.

Looked up by name or value, without relations. Sections are read on first use; what is not there is None or empty.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from scc.knowledge.pack import Kevs, Pack, StixIds, WarningList
from scc.knowledge.types import Dataset, DecisionTable, KevEntry, NameEntry, NameKind, StixId, Term
from scc.model.facts import Kev

if TYPE_CHECKING:
    from scc.knowledge.warninglists import Matcher


class Catalogues:
    """The part of `Knowledge` that needs the pack alone."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._names: dict[str, tuple[NameEntry, ...]] = {}
        self._matchers: dict[str, Matcher] = {}

    @property
    def pack_id(self) -> str:
        """64 hex digits over all sections of the pack."""
        return self._pack.manifest.pack

    @property
    def datasets(self) -> tuple[tuple[str, str, str], ...]:
        """(name, version, date) of each dataset in the pack."""
        return tuple((each.name, each.version, each.date) for each in self._pack.manifest.datasets)

    @property
    def sources(self) -> tuple[Dataset, ...]:
        """The datasets with licence, URL and sections."""
        return self._pack.manifest.datasets

    def names(self, kind: NameKind) -> tuple[NameEntry, ...]:
        """Names of one kind, sorted; an unknown kind has none."""
        if kind not in self._names:
            section = f"names-{kind}"
            held = self._pack.section(section) is not None
            self._names[kind] = self._pack.read(section, tuple[NameEntry, ...]) if held else ()
        return self._names[kind]

    def warning(self, type_: str, value: str) -> tuple[str, ...]:
        """Names of the warning lists that hold an indicator (`model.facts.IndicatorType`), sorted."""
        from scc.knowledge.warninglists import sections

        found: set[str] = set()
        for section in sections(type_, value):
            found.update(self._matcher(section).match(type_, value))
        return tuple(sorted(found))

    def _matcher(self, section: str) -> Matcher:
        if section not in self._matchers:
            from scc.knowledge.warninglists import Matcher

            self._matchers[section] = Matcher(self._pack.read(section, tuple[WarningList, ...]))
        return self._matchers[section]

    @cached_property
    def _kevs(self) -> Kevs:
        return self._pack.read("kev", Kevs)

    @cached_property
    def _kev(self) -> dict[str, tuple[str, ...]]:
        return {row[0]: row for row in self._kevs.rows}

    @property
    def kev_date(self) -> str:
        """ISO date of the KEV catalogue in the pack."""
        return self._kevs.date

    def kev(self, cve: str) -> KevEntry | None:
        """The KEV row of a CVE; None means "not in KEV as of kev_date"."""
        row = self._kev.get(cve.strip().upper())
        if row is None:
            return None
        ransomware = row[6] if row[6] in ("Known", "Unknown") else ""
        kev = Kev(
            vulnerability=row[0],
            vendor=row[1],
            product=row[2],
            date_added=row[4],
            due_date=row[5],
            ransomware=ransomware,  # type: ignore[arg-type]
            catalog_date=self.kev_date,
        )
        return KevEntry(kev, row[3], tuple(row[7].split()))

    def kevs(self) -> tuple[KevEntry, ...]:
        """The whole catalogue by CVE."""
        return tuple(cast(KevEntry, self.kev(cve)) for cve in sorted(self._kev))

    @cached_property
    def _terms(self) -> tuple[Term, ...]:
        return self._pack.read("terms", tuple[Term, ...])

    def terms(self, taxonomy: str) -> tuple[Term, ...]:
        """Values of "tlp", "admiralty-scale" or "estimative-language" in published order."""
        return tuple(each for each in self._terms if each.taxonomy == taxonomy)

    def decision_tables(self) -> tuple[DecisionTable, ...]:
        """The published SSVC tables: "cisa-bod-26-04" and "cisa-coordinator"."""
        return self._pack.read("decisions", tuple[DecisionTable, ...])

    @cached_property
    def _stix_ids(self) -> dict[str, StixId]:
        if self._pack.section("stix-ids") is None:
            return {}
        held = self._pack.read("stix-ids", StixIds)
        return {row[0]: StixId(f"{row[1]}--{row[2]}", row[1], row[3] or held.newest) for row in held.rows}

    def stix_id(self, attack_id: str) -> StixId | None:
        """MITRE's STIX object of a technique, group or software by ATT&CK id ("T1190", "G0016", "S0154").

        None for an unknown id, for ATLAS, and with a pack built before these ids were kept.
        """
        return self._stix_ids.get(attack_id.strip().upper())
