# SPDX-License-Identifier: Apache-2.0
"""The domain objects of a STIX bundle, made from a Briefing: names, techniques, flaws, indicators, actions.

Objects of ATT&CK stand under MITRE's ids as they were first made (`modified` is MITRE's `created`), so
that MITRE's own newer versions always win; all else is ours and named after the item. Relations and the
report are in `stix`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from scc.model.briefing import (
    ActionShown,
    Briefing,
    IndicatorShown,
    Named,
    ProductShown,
    TechniqueShown,
    VulnerabilityShown,
)
from scc.share.identity import PERCENT, day, made, named, withdrawn
from scc.share.interface import Context
from scc.share.stix_markings import COPYRIGHT, MITRE, US, marking
from scc.share.stix_patterns import observables, pattern
from scc.share.texts import joined, uri
from scc.share.wording import listed, score, sentence

Object = dict[str, Any]
_CHAINS: Final = {
    "enterprise": "mitre-attack", "mobile": "mitre-mobile-attack", "ics": "mitre-ics-attack",
    "atlas": "mitre-atlas",
}  # fmt: skip
_PAGES: Final = {
    "attack-pattern": "techniques",
    "intrusion-set": "groups",
    "malware": "software",
    "tool": "software",
}


class Maker:
    """Makes objects of one briefing; pure, the same call gives the same object."""

    def __init__(self, briefing: Briefing, context: Context) -> None:
        """Raises ValueError when `generated` of the briefing is no time."""
        self.briefing = briefing
        self.knowledge = context.knowledge
        created, modified = made(briefing, context)
        self.created, self.modified = stamp(created), stamp(modified)
        self.revoked = withdrawn(briefing, context)
        self.confidence = PERCENT[briefing.confidence]
        self._documents = {each.document: each for each in briefing.sources}
        self._citations = {each.id: each for each in briefing.citations}
        self._tellers: dict[str, set[str]] = {}

    def object(self, type_: str, *key: str, **properties: Any) -> Object:
        """An object of ours with the common properties of section 3.2, empty values left out."""
        found = {
            "type": type_, "spec_version": "2.1", "id": f"{type_}--{named('stix', self.briefing.id, type_, *key)}",
            "created_by_ref": US, "created": self.created, "modified": self.modified,
            "revoked": True if self.revoked else None, **properties,
            "object_marking_refs": [marking(self.briefing.tlp)["id"]],
        }  # fmt: skip
        return {name: value for name, value in found.items() if value not in (None, "", [])}

    def relation(self, kind: str, source: Object, target: Object, **properties: Any) -> Object:
        """A relationship of ours between two objects of the bundle."""
        return self.object(
            "relationship", kind, source["id"], target["id"], relationship_type=kind,
            source_ref=source["id"], target_ref=target["id"], **properties,
        )  # fmt: skip

    def tell(self, found: Object, citations: Iterable[int]) -> None:
        """Note which documents tell of an object."""
        documents = {self._citations[each].document for each in citations if each in self._citations}
        self._tellers.setdefault(found["id"], set()).update(documents - {""})

    def together(self, one: Object, other: Object) -> bool:
        """Whether one document tells of both."""
        return bool(self._tellers.get(one["id"], set()) & self._tellers.get(other["id"], set()))

    def observable(self, found: Object) -> Object:
        """An observable with the marking of the item; it has no creator and no times."""
        return {**found, "object_marking_refs": [marking(self.briefing.tlp)["id"]]}

    def technique(self, each: TechniqueShown) -> Object:
        """An attack-pattern, under MITRE's id where the pack has it."""
        chain = [
            {"kill_chain_name": _CHAINS.get(each.domain, each.domain), "phase_name": slug(tactic)}
            for tactic in each.tactics
            if slug(tactic)
        ]
        found = self._mitre(each.id, each.name, kill_chain_phases=chain)
        if found is not None:
            return found
        source = "mitre-atlas" if each.domain == "atlas" else "mitre-attack"
        return self.object(
            "attack-pattern", each.id, name=each.name or each.id, kill_chain_phases=chain,
            external_references=[{"source_name": source, "external_id": each.id}] if each.id else None,
        )  # fmt: skip

    def actor(self, each: Named) -> Object | None:
        """An intrusion set; None without a name."""
        return self._named(each, "intrusion-set", {})

    def malware(self, each: Named) -> Object | None:
        """Malware, or a tool where ATT&CK says so; None without a name."""
        return self._named(each, "malware", {"is_family": True})

    def _named(self, each: Named, type_: str, properties: dict[str, Any]) -> Object | None:
        found = self._mitre(each.id, each.name)
        if found is not None and (found["type"] == "intrusion-set") == (type_ == "intrusion-set"):
            return found
        if not each.name.strip():
            return None
        reference = [{"source_name": "misp-galaxy", "external_id": each.id}] if each.id else None
        return self.object(
            type_, each.id or each.name, name=each.name, external_references=reference, **properties
        )

    def _mitre(self, id_: str, name: str, **properties: Any) -> Object | None:
        entry = self.knowledge.stix_id(id_)
        if entry is None:
            return None
        known = self.knowledge.node("attack", id_)
        key = id_.strip().upper()
        page = f"https://attack.mitre.org/{_PAGES[entry.type]}/{key.replace('.', '/')}"
        found = {
            "type": entry.type, "spec_version": "2.1", "id": entry.id, "created_by_ref": MITRE,
            "created": entry.created, "modified": entry.created, "name": known.title if known else name,
            **({"is_family": True} if entry.type == "malware" else {}),
            **{key: value for key, value in properties.items() if value},
            "external_references": [{"source_name": "mitre-attack", "url": page, "external_id": key}],
            "object_marking_refs": [COPYRIGHT],
        }  # fmt: skip
        return found if found["name"] else None

    def vulnerability(self, each: VulnerabilityShown) -> Object:
        """A vulnerability with what is known of it in words; STIX has no fields for scores."""
        scheme = "cve" if each.id.upper().startswith("CVE-") else each.id.partition("-")[0].lower() or "id"
        lines = [
            "Exploited." if each.exploited else "",
            f"{sentence(listed(each.kev))}." if each.kev.strip() else "",
            *(f"{score(one)}." for one in each.cvss),
            f"EPSS: {each.epss.score:.5f}, percentile {each.epss.percentile:.5f}, {each.epss.date}."
            if each.epss
            else "",
            f"SSVC: {each.ssvc}." if each.ssvc else "",
            *(one.text for one in each.timelines),
        ]
        weaknesses = [{"source_name": "cwe", "external_id": one} for one in each.weaknesses if one]
        return self.object(
            "vulnerability", each.id, name=each.id, description="\n".join(one for one in lines if one),
            external_references=[{"source_name": scheme, "external_id": each.id}, *weaknesses],
        )  # fmt: skip

    def software(self, each: ProductShown) -> Object | None:
        """A product as an observable; versions are ranges and stand in the relation's description."""
        if not each.product.strip():
            return None
        from scc.share.stix_patterns import software

        return self.observable(software(each.product, each.vendor))

    def indicator(self, each: IndicatorShown) -> tuple[Object, list[Object]] | None:
        """(indicator, its observables) of an observed value; None if STIX has no pattern for it.

        Valid from the earliest date of the sources cited, else from the date of the event, else from the
        first publication; a value whose validity ends before it begins gets no indicator.
        """
        rule = pattern(each.type, each.value, each.note)
        begin, end = self._since(each.citations), day(each.valid_until)
        if not rule or (end is not None and end <= begin):
            return None
        found = self.object(
            "indicator", each.type, each.value, name=each.value, description=self._said(each),
            indicator_types=["malicious-activity"], pattern=rule, pattern_type="stix", pattern_version="2.1",
            valid_from=stamp(begin), valid_until=stamp(end) if end else None,
            confidence=min(self.confidence, PERCENT["low"]) if each.type == "filename" else self.confidence,
        )  # fmt: skip
        return found, [self.observable(one) for one in observables(each.type, each.value, each.note)]

    def _said(self, each: IndicatorShown) -> str:
        """Who says that a value was observed, and the note on it."""
        cited = [self._citations[one].document for one in each.citations if one in self._citations]
        names = dict.fromkeys(self._documents[one].publisher for one in cited if one in self._documents)
        told = ", ".join(name for name in names if name.strip())
        return joined(
            f"Observed according to {told}." if told else "Observed.",
            _package(each.value) if each.type == "package" else "",
            "A name alone: files that are harmless may have it." if each.type == "filename" else "",
            each.note,
        )

    def _since(self, citations: Iterable[int]) -> Any:
        """When a cited fact was first told."""
        documents = [self._citations[each].document for each in citations if each in self._citations]
        dates = [day(self._documents[each].date) for each in documents if each in self._documents]
        known = [each for each in dates if each is not None]
        return min(known) if known else day(self.briefing.event_date) or day(self.created)

    def action(self, each: ActionShown) -> Object:
        """A course of action: what to do, why, and when it is done."""
        lines = [f"{one.dialect}, as {one.privileges}: {one.text}" for one in each.commands]
        text = joined(
            each.text,
            each.why,
            "\n".join(lines),
            f"Done when: {each.done_when}" if each.done_when else "",
            f"Undo: {each.undo}" if each.undo else "",
        )
        references = [
            {"source_name": one.framework, "external_id": one.id} for one in each.controls if one.framework
        ]
        return self.object(
            "course-of-action", each.id, name=each.title or each.id, description=text,
            external_references=references,
        )  # fmt: skip

    def references(self) -> list[Object]:
        """The item's own id, its sources, and weaknesses where no vulnerability carries them."""
        found: list[Object] = [{"source_name": "scc", "external_id": self.briefing.id}]
        for each in self.briefing.sources:
            address = uri(each.url)
            reference = {"source_name": each.publisher.strip() or "source", "description": each.title}
            found.append({**reference, "url": address} if address else reference)
        if not self.briefing.vulnerabilities:
            found += [
                {"source_name": "cwe", "external_id": each.id} for each in self.briefing.weaknesses if each.id
            ]
        return found


def _package(value: str) -> str:
    """What the pattern of a package cannot say: its ecosystem, and that other versions may be clean."""
    kind = value.removeprefix("pkg:").partition("/")[0] if value.startswith("pkg:") else ""
    versioned = "@" in value.rpartition("/")[2].lstrip("@")
    return joined(
        f"A package of {kind}." if kind else "",
        "" if versioned else "No version is named: the package may have clean versions.",
    ).replace("\n\n", " ")


def stamp(moment: Any) -> str:
    """A time as STIX writes it: UTC with three digits of a second (section 2.14, 3.2)."""
    return f"{moment.strftime('%Y-%m-%dT%H:%M:%S')}.{moment.microsecond // 1000:03d}Z".rjust(24, "0")


def slug(tactic: str) -> str:
    """The name of a tactic as kill chains write it: "Initial Access" is "initial-access"."""
    return "-".join(tactic.lower().split())
