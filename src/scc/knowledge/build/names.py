# SPDX-License-Identifier: Apache-2.0
"""Names: actors, malware, tools and ransomware with aliases and what they use; sectors and countries.

ATT&CK is the first source, MISP galaxy clusters add names and aliases: an entry whose name ATT&CK knows
adds its aliases there, another one stands for itself under its galaxy uuid. No descriptions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from scc.knowledge.build.facts import Facts
from scc.knowledge.build.release import ATTACK, Release, cite, cluster_id, cluster_name, state
from scc.knowledge.build.upstream import Upstream
from scc.knowledge.pack import Successor
from scc.knowledge.types import NameEntry, NameKind, Node, Status

_MITRE: Final[tuple[tuple[str, NameKind], ...]] = (
    ("intrusion-set", "actor"),
    ("malware", "malware"),
    ("tool", "tool"),
)
_GALAXY: Final[tuple[tuple[str, NameKind], ...]] = (
    ("threat-actor", "actor"),
    ("microsoft-activity-group", "actor"),
    ("ransomware", "ransomware"),
    ("tool", "tool"),
    ("backdoor", "malware"),
    ("banker", "malware"),
    ("botnet", "malware"),
    ("rat", "malware"),
    ("stealer", "malware"),
)
_ID: Final = re.compile(r"(?:[GS][0-9]{4})?")
"""ATT&CK ids among synonyms are references, not names."""
_TOOL_TYPES: Final = frozenset(
    {"HackTool", "Tool", "Legitimate tool", "Remote Administration Tool", "Scanner"}
)
_FAMILIES: Final[tuple[tuple[NameKind, ...], ...]] = (("actor",), ("malware", "tool", "ransomware"))
"""Kinds within which one name means one thing."""


def build(upstream: Upstream, facts: Facts, release: Release) -> None:
    """Fill names, the nodes of groups, software and campaigns, and the edges of who uses what."""
    upstream.section = "names-actor"
    entries: list[NameEntry] = []
    cite(upstream, release)
    clusters, version = release.clusters, release.version
    techniques = clusters["attack-pattern"]
    ids = {each["uuid"]: cluster_id(each) for each in techniques if cluster_id(each).startswith("T")}
    for name, _ in _MITRE:
        ids.update({each["uuid"]: cluster_id(each) for each in clusters[name]})
    uses: set[tuple[str, str]] = set()
    for name, kind in _MITRE:
        for each in clusters[name]:
            id_ = cluster_id(each)
            status: Status = "deprecated" if each.get("deprecated") else "live"
            if each.get("revoked"):
                status = "revoked"
            facts.nodes([Node("attack", id_, cluster_name(each), version, status)])
            for one in each.get("related", ()):
                if one["type"] == "uses" and one["dest-uuid"] in ids:
                    uses.add((id_, ids[one["dest-uuid"]]))
                if one["type"] == "revoked-by" and one["dest-uuid"] in ids:
                    facts.successors([Successor("attack", id_, (ids[one["dest-uuid"]],))])
            if status == "live":
                entries.append(
                    NameEntry(cluster_name(each), id_, kind, _aliases(each), f"{ATTACK} {version}")
                )
    facts.edges(
        "attack-uses", src="attack", dst="attack", relation="uses", strength="intersects", dataset=ATTACK,
        version=version, pairs=uses,
    )  # fmt: skip
    entries.extend(_from_stix(facts, release, {each.id for each in entries}))
    for name, kind in _GALAXY:
        entries.extend(_from_galaxy(upstream, name, kind))
    official = _Official(entries)
    kinds: tuple[NameKind, ...]
    for kinds in _FAMILIES:
        merged = list(_merged([each for each in entries if each.kind in kinds], official))
        for one_kind in kinds:
            rows = [each for each in merged if each.kind == one_kind]
            facts.rows(f"names-{one_kind}", sorted(rows, key=lambda row: (row.name.casefold(), row.id)))
    _sectors(upstream, facts)
    _countries(upstream, facts)


def _aliases(each: dict[str, Any]) -> tuple[str, ...]:
    """Other names as the dataset lists them, trimmed, without the name itself."""
    own = cluster_name(each) if cluster_id(each) else str(each["value"])
    found = {" ".join(str(one).split()) for one in each.get("meta", {}).get("synonyms", ())}
    return tuple(sorted(one for one in found if one.casefold() != own.casefold() and not _ID.fullmatch(one)))


def _from_stix(facts: Facts, release: Release, known: set[str]) -> Iterator[NameEntry]:
    """Campaigns, and groups and software that only the ICS bundle has."""
    campaigns: set[str] = set()
    uses: set[tuple[str, str]] = set()
    attributed: set[tuple[str, str]] = set()
    kinds: dict[str, NameKind] = {"intrusion-set": "actor", "malware": "malware", "tool": "tool"}
    for domain, stix in release.bundles.items():
        version = release.ics if domain == "ics" else release.stix
        for id_, each in stix.of("campaign"):
            campaigns.add(id_)
            facts.nodes([Node("attack", id_, str(each["name"]), version, state(each))])
        for id_, each in stix.of("intrusion-set", "malware", "tool"):
            if id_ not in known and state(each) == "live":
                known.add(id_)
                names = each.get("aliases") or each.get("x_mitre_aliases") or ()
                aliases = tuple(sorted({str(one) for one in names} - {str(each["name"])}))
                facts.nodes([Node("attack", id_, str(each["name"]), version)])
                yield NameEntry(str(each["name"]), id_, kinds[each["type"]], aliases, f"{ATTACK} {version}")
        uses.update(pair for pair in stix.related("uses") if domain == "ics" or pair[0] in campaigns)
        attributed.update(stix.related("attributed-to"))
    facts.edges(
        "attack-uses", src="attack", dst="attack", relation="uses", strength="intersects", dataset=ATTACK,
        version=release.stix, pairs=uses,
    )  # fmt: skip
    facts.edges(
        "attack-uses", src="attack", dst="attack", relation="attributed-to", strength="intersects",
        dataset=ATTACK, version=release.stix, pairs=attributed,
    )  # fmt: skip


def _from_galaxy(upstream: Upstream, name: str, kind: NameKind) -> Iterator[NameEntry]:
    file = f"misp-galaxy/{name}.json.gz"
    version = upstream.entry(file).version
    dataset = f"MISP galaxy {name} {version}"
    for each in upstream.json(file, f"MISP galaxy {name}", version)["values"]:
        meta = each.get("meta", {})
        types = {str(one) for one in meta.get("type", ())}
        own: NameKind = "malware" if name == "tool" and types and not types & _TOOL_TYPES else kind
        country = str(meta.get("country", ""))
        yield NameEntry(
            " ".join(str(each["value"]).split()),
            str(each["uuid"]),
            own,
            _aliases(each),
            dataset,
            country if len(country) == 2 and country.isupper() else "",
        )


def _merged(entries: list[NameEntry], official: _Official) -> Iterator[NameEntry]:
    """One entry a name: a later entry that means the same thing (`_same`) adds its aliases to the earlier one.

    An alias that is the name of another entry is not taken over: the name speaks for itself. An entry known by an alias alone
    may be somebody else under a name that was given twice: its country counts only where no surer one is known.
    """
    order: list[NameEntry] = []
    place: dict[str, int] = {}
    merged: dict[str, int] = {}
    unsure: dict[int, str] = {}
    for each in entries:
        index, sure = _same(each, order, place, official)
        if index is None:
            index = len(order)
            order.append(each)
        else:
            first = order[index]
            merged.setdefault(each.name.casefold(), index)
            if not sure:
                unsure.setdefault(index, each.country)
            order[index] = NameEntry(
                first.name,
                first.id,
                first.kind,
                (*first.aliases, *official.allowed(first, each)),
                first.dataset if each.dataset in first.dataset else f"{first.dataset}; {each.dataset}",
                first.country or (each.country if sure else ""),
            )
        for name in (each.name, *(each.aliases if cluster_like(each.id) else ())):
            place.setdefault(name.casefold(), index)
    names = {each.name.casefold() for each in order}
    for index, each in enumerate(order):
        kept: dict[str, str] = {}
        for alias in each.aliases:
            if alias.casefold() not in names and merged.get(alias.casefold(), index) == index:
                kept.setdefault(alias.casefold(), alias)
        yield NameEntry(
            each.name,
            each.id,
            each.kind,
            tuple(sorted(kept.values())),
            each.dataset,
            each.country or unsure.get(index, ""),
        )


class _Official:
    """Whose name, and whose alias, a word is among ATT&CK's own entries; what two of them share is nobody's."""

    def __init__(self, entries: list[NameEntry]) -> None:
        own = [each for each in entries if cluster_like(each.id)]
        self.named = {(_family(each), each.name.casefold()): each for each in own}
        self.aliased: dict[tuple[bool, str], NameEntry | None] = {}
        for each in own:
            for alias in {one.casefold() for one in each.aliases}:
                key = (_family(each), alias)
                self.aliased[key] = None if key in self.aliased else each
        self._software = {each.name.casefold() for each in own if each.kind != "actor"}
        self._forms = {(_family(each), _form(each.name)): each for each in own}

    def allowed(self, first: NameEntry, other: NameEntry) -> Iterator[str]:
        """Names that another entry adds to the first: none that ATT&CK gives to somebody else, none of a program for a group."""
        own = {one.casefold() for one in first.aliases}
        for one in (other.name, *other.aliases):
            key = (_family(first), one.casefold())
            owner = self.aliased.get(key, first)
            formed = self._forms.get((_family(first), _form(one)), first)
            elsewhere = first.kind == "actor" and one.casefold() in self._software
            if one.casefold() in own or not (
                (owner is not None and owner.id != first.id) or formed.id != first.id or elsewhere
            ):
                yield one


def _family(each: NameEntry) -> bool:
    """Whether an entry is an actor; names mean one thing among actors and one among programs."""
    return each.kind == "actor"


_SHARED: Final = 2
"""Aliases that two entries share from which they are one: a single one may have been given to two groups."""
_FORM: Final = re.compile(
    r"[^0-9a-z]|(?:^the\b)|\b(?:rat|back ?door|trojan|wiper|ransomware|malware|group|team|botnet)\b"
)


def _same(
    each: NameEntry, order: list[NameEntry], place: dict[str, int], official: _Official
) -> tuple[int | None, bool]:
    """(place of the earlier entry that an entry means, whether it is surely that one).

    The same name; else, for entries of a galaxy, exactly one name of ATT&CK among its aliases (programs: only written
    otherwise, since galaxies list relatives as aliases there); else two aliases that one ATT&CK entry has alone; else its
    name as an alias, which is not sure.
    """
    index = place.get(each.name.casefold())
    if index is not None and order[index].name.casefold() == each.name.casefold():
        return index, True
    if cluster_like(each.id):
        return index, index is not None
    aliases = {one.casefold() for one in each.aliases}
    family = _family(each)
    meant = {one: official.named[family, one] for one in aliases if (family, one) in official.named}
    if each.kind != "actor":
        meant = {one: found for one, found in meant.items() if _form(one) == _form(each.name)}
    if len({found.id for found in meant.values()}) == 1:
        return place[next(iter(meant))], True
    if each.kind == "actor" and not meant:
        shared = [found for one in aliases if (found := official.aliased.get((family, one))) is not None]
        if len(shared) >= _SHARED and len({found.id for found in shared}) == 1:
            return place[shared[0].name.casefold()], True
    return index, False


def _form(name: str) -> str:
    """A name without case, marks and words for what it is of."""
    return _FORM.sub("", name.casefold())


def cluster_like(id_: str) -> bool:
    """Whether the id is ATT&CK's own: only its aliases attract entries of other datasets."""
    return id_[:1] in "GS" and id_[1:].isdigit()


def _sectors(upstream: Upstream, facts: Facts) -> None:
    upstream.section = "names-sector"
    facts.rows("names-sector", sorted(_from_galaxy(upstream, "sector", "sector"), key=_name))


def _countries(upstream: Upstream, facts: Facts) -> None:
    upstream.section = "names-country"
    file = "misp-galaxy/country.json.gz"
    version = upstream.entry(file).version
    found = []
    for each in upstream.json(file, "MISP galaxy country", version)["values"]:
        code = str(each.get("meta", {}).get("ISO", ""))
        if len(code) == 2:
            written = str(each.get("description") or "")
            name = (
                written if written.casefold() == str(each["value"]).casefold() else str(each["value"]).title()
            )
            iso3 = str(each["meta"].get("ISO3", ""))
            found.append(
                NameEntry(
                    name, code, "country", (iso3,) if iso3 else (), f"MISP galaxy country {version}", code
                )
            )
    facts.rows("names-country", sorted(found, key=_name))


def _name(entry: NameEntry) -> tuple[str, str]:
    return entry.name.casefold(), entry.id
