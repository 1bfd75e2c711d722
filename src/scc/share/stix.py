# SPDX-License-Identifier: Apache-2.0
"""A briefing as a STIX 2.1 bundle: one report, what it tells of, how that hangs together, and notes.

Which parts may leave is decided before; whether the item concerns us, what is to be decided and why it
has its priority is never written here. Indicators come from observed values only. A relation is stated where the briefing carries
it, or where only one thing can be meant and one document tells of both ends; else the report alone holds things
together.

Identity: ids of ours are UUIDv5 after the item, so a revision keeps ids and `created` and moves
`modified`; a withdrawn item has `revoked` on every object of ours, as a version later than what it takes
back (sections 3.2, 3.6). Source: STIX 2.1 OASIS Standard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Protocol, TypeVar

from scc.model.briefing import Briefing, Statement
from scc.share.identity import named
from scc.share.interface import Context, NotApplicable
from scc.share.stix_markings import COPYRIGHT, US, marking, mitre, ours
from scc.share.stix_objects import Maker, Object
from scc.share.texts import as_json, encodable, joined
from scc.share.wording import dispute, mitigates, open_questions


class _Cited(Protocol):
    @property
    def citations(self) -> tuple[int, ...]: ...


_T = TypeVar("_T", bound=_Cited)

_TYPES: Final = {"vulnerability": "vulnerability", "malware": "malware", "threat": "threat-report",
                 "breach": "threat-report", "supply-chain": "threat-report"}  # fmt: skip
"""Item types in the open vocabulary of reports (section 10.20); the others have no word there."""


def write(briefing: Briefing, context: Context) -> bytes | NotApplicable:
    """The bundle as JSON in UTF-8. Raises ValueError when `generated` is no ISO 8601 time."""
    briefing = encodable(briefing)
    made = Maker(briefing, context)
    told, beside = _told(made)
    report = _report(made, told)
    notes = _notes(made, report, beside)
    objects = [ours(), *told, report, *beside, *notes]
    used = {ref for each in objects for ref in each.get("object_marking_refs", ())}
    fixed = [marking(label) for label in sorted({"TLP:CLEAR", briefing.tlp})]
    if COPYRIGHT in used:
        fixed += mitre()
    found = _once([*fixed, *objects])
    name = named("stix", "bundle", briefing.id, str(briefing.revision), made.modified, str(made.revoked))
    bundle = {"type": "bundle", "id": f"bundle--{name}", "objects": found}
    return as_json(bundle)


def _once(objects: Iterable[Object]) -> list[Object]:
    """The objects in order, the first of each id."""
    found: dict[str, Object] = {}
    for each in objects:
        found.setdefault(each["id"], each)
    return list(found.values())


def _told(made: Maker) -> tuple[list[Object], list[Object]]:
    """(what the report tells of, techniques that are only possible)."""
    briefing = made.briefing
    actors = _told_of(made, briefing.actors, made.actor)
    malware = _told_of(made, briefing.malware, made.malware)
    flaws = _told_of(made, [each for each in briefing.vulnerabilities if each.id.strip()], made.vulnerability)
    seen = [each for each in briefing.techniques if each.role == "observed"]
    techniques = _told_of(made, seen, made.technique)
    indicators: list[Object] = []
    links: list[Object] = []
    marks: list[Object] = []
    for one in briefing.indicators:
        found = made.indicator(one) if one.role == "observed" else None
        if found is not None:
            indicators += [found[0], *found[1]]
            marks.append(found[0])
            made.tell(found[0], one.citations)
            links += [made.relation("related-to", found[0], each) for each in found[1][-1:]]
    actions = [made.action(each) for each in briefing.actions]
    told = [*actors, *malware, *flaws, *techniques, *indicators, *actions]
    links += _uses(made, actors, malware, techniques, flaws)
    links += _measures(made, actions, flaws or malware or techniques or actors)
    links += _points(made, marks, malware if len(malware) == 1 else actors if len(actors) == 1 else [])
    products, ranges = _products(made, flaws)
    told = _once([*told, *products, *links, *ranges])
    held = {each["id"] for each in told}
    possible = [made.technique(each) for each in briefing.techniques if each.role == "possible"]
    return told, [each for each in _once(possible) if each["id"] not in held]


def _told_of(made: Maker, shown: Iterable[_T], make: Callable[[_T], Object | None]) -> list[Object]:
    """The objects of what is shown, each once, with the documents that tell of it noted."""
    found = []
    for each in shown:
        one = make(each)
        if one is not None:
            made.tell(one, each.citations)
            found.append(one)
    return _once(found)


def _uses(
    made: Maker, actors: list[Object], malware: list[Object], techniques: list[Object], flaws: list[Object]
) -> list[Object]:
    """Who uses what: said only when the item names one group, or no group and one malware, and one document both."""
    user = actors if len(actors) == 1 else malware if not actors and len(malware) == 1 else []
    found = []
    for one in user:
        # A tool has no "uses" towards techniques in the standard (section 5.16), malware exploits flaws.
        use = "related-to" if one["type"] == "tool" else "uses"
        found += [
            made.relation(use, one, each)
            for each in (*malware, *techniques)
            if each is not one and made.together(one, each)
        ]
        verb = "exploits" if one["type"] == "malware" else "targets"
        found += [made.relation(verb, one, each) for each in flaws if made.together(one, each)]
    return [{**each, "confidence": made.confidence} for each in found]


def _measures(made: Maker, actions: list[Object], subjects: list[Object]) -> list[Object]:
    """Each action with what it is taken against: it mitigates when it takes that away, else it relates."""
    found = []
    for shown, action in zip(made.briefing.actions, actions, strict=True):
        for each in subjects:
            verb = "mitigates" if mitigates(shown, each["type"]) else "related-to"
            found.append(made.relation(verb, action, each))
    return found


def _points(made: Maker, indicators: list[Object], subjects: list[Object]) -> list[Object]:
    """What a value points at: said only where one document tells of both."""
    return [
        made.relation("indicates", one, each)
        for one in indicators
        for each in subjects
        if made.together(one, each)
    ]


def _products(made: Maker, flaws: list[Object]) -> tuple[list[Object], list[Object]]:
    """(software, its relations to the flaw); with several flaws the briefing does not say which one."""
    products, ranges = [], []
    for shown in made.briefing.products:
        found = made.software(shown)
        if found is None:
            continue
        products.append(found)
        text = joined(
            f"Affected versions: {shown.versions}" if shown.versions else "",
            f"Fixed versions: {shown.fixed}" if shown.fixed else "",
        )
        if len(flaws) == 1:
            ranges.append(made.relation("related-to", found, flaws[0], description=text))
    return products, ranges


def _report(made: Maker, told: list[Object]) -> Object:
    """The report; its `object_refs` name everything it tells of, or its author when that is nothing."""
    briefing = made.briefing
    kind = _TYPES.get(briefing.type)
    # The priority is the reader's own: a briefing cleared for others has no reasons for it (`clearance`).
    priority = [f"priority:{briefing.priority}"] if briefing.priority_reasons else []
    labels = [briefing.type, *briefing.facets, *priority, f"severity:{briefing.severity.level}"]
    return made.object(
        "report", name=briefing.title or briefing.id, report_types=[kind] if kind else None,
        description=joined(_text(briefing.summary), briefing.page_one.line, briefing.disclaimer),
        published=made.created, labels=list(dict.fromkeys(labels)), confidence=made.confidence, lang="en",
        external_references=made.references(), object_refs=[each["id"] for each in told] or [US],
    )  # fmt: skip


def _notes(made: Maker, report: Object, possible: list[Object]) -> list[Object]:
    """Notes upon the report; they point at it, so it does not name them."""
    briefing = made.briefing
    parts = {
        "Assessment": joined(
            _text(briefing.severity.reasons), _text((briefing.confidence_reason,)), _text(briefing.detection.statements)
        ),
        "Analysis": _text(briefing.analysis),
        **{title: _text(said) for title, said in open_questions(briefing).items()},
        "Where sources differ": "\n".join(map(dispute, briefing.disputes)),
        "Values": _values(made),
    }  # fmt: skip
    found = [
        made.object("note", title, abstract=title, content=text, object_refs=[report["id"]], lang="en")
        for title, text in parts.items()
        if text.strip()
    ]
    if possible:
        text = "Possible, not observed: " + ", ".join(each["name"] for each in possible)
        refs = [report["id"], *(each["id"] for each in possible)]
        found.append(
            made.object("note", "possible", abstract="Possible techniques", content=text, object_refs=refs)
        )
    return found


def _values(made: Maker) -> str:
    """Observed values that STIX has no pattern for, and the note on values."""
    lines = [
        f"{each.type}: {each.value}"
        for each in made.briefing.indicators
        if each.role == "observed" and made.indicator(each) is None
    ]
    head = "Observed, without a pattern in STIX 2.1:" if lines else ""
    return joined("\n".join([head, *lines]), made.briefing.indicators_note)


def _text(statements: Iterable[Statement]) -> str:
    return "\n".join(each.text for each in statements if each.text.strip())
