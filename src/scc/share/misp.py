# SPDX-License-Identifier: Apache-2.0
"""A briefing as a MISP event, in the form that feeds carry and PyMISP writes.

Values keep their role; only observed ones are for detection. Techniques, groups and software of ATT&CK and
of the MISP galaxy become galaxy tags, judgements become tags of published taxonomies. A withdrawn item keeps
its event, marked so, with everything in it deleted, which a MISP instance that pulls it carries out.
What is said of our own organisation is not written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from scc.model.briefing import Briefing, Named, Statement
from scc.share.identity import NAME, day, made, named, withdrawn
from scc.share.interface import Context, NotApplicable
from scc.share.misp_parts import Part, Parts, tag, trimmed
from scc.share.texts import as_json, encodable, joined, uri
from scc.share.wording import listed, mitigates, open_questions, sentence

_THREAT: Final = {"critical": "1", "high": "1", "medium": "2", "low": "3", "none": "4"}
_RELIABILITY: Final = {"T1": "a", "T2": "b", "T3": "c"}
"""Admiralty reliability of the best source: primary, research, press."""
_KINDS: Final = {"intrusion-set": "mitre-intrusion-set", "malware": "mitre-malware", "tool": "mitre-tool"}
_DATASET: Final = "MITRE ATT&CK via MISP galaxy"
_GALAXY: Final = re.compile(r"MISP galaxy ([a-z-]+) ")


def write(briefing: Briefing, context: Context) -> bytes | NotApplicable:
    """The event as JSON in UTF-8. Raises ValueError when `generated` is no ISO 8601 time."""
    return as_json(event(encodable(briefing), context))


def event(briefing: Briefing, context: Context) -> Part:
    """`{"Event": …}`, as `MISPEvent.to_feed` of PyMISP gives it."""
    _, now = made(briefing, context)
    gone = withdrawn(briefing, context)
    parts = Parts(briefing.id, now, gone)
    tags, names = _tags(briefing, context)
    happened = day(briefing.event_date) or now
    title = trimmed(" ".join(briefing.title.split())) or briefing.id
    found: Part = {
        "analysis": "1" if briefing.status == "new" else "2",
        "date": f"{happened:%Y-%m-%d}".rjust(10, "0"),
        "extends_uuid": "",
        "info": f"Withdrawn: {title}" if gone else title,
        "protected": False,
        "publish_timestamp": parts.timestamp,
        "published": True,
        "threat_level_id": _THREAT[briefing.severity.level],
        "timestamp": parts.timestamp,
        "uuid": named("misp", briefing.id),
        "Orgc": {"name": NAME, "uuid": named("misp", "organisation")},
        "Tag": [tag(each) for each in dict.fromkeys(tags)],
    }
    attributes = _once([*(parts.indicator(each) for each in briefing.indicators), *_names(parts, names)])
    if attributes:
        found["Attribute"] = attributes
    found["Object"] = _once(_objects(briefing, context, parts, title))
    report = _report(briefing)
    if report:
        found["EventReport"] = [
            {
                "content": report, "name": title, "timestamp": parts.timestamp,
                "uuid": named("misp", briefing.id, "report"), **({"deleted": True} if gone else {}),
            }
        ]  # fmt: skip
    return {"Event": found}


def _once(parts: Iterable[Part | None]) -> list[Part]:
    """The parts that are there, the first of each UUID."""
    found: dict[str, Part] = {}
    for each in parts:
        if each is not None:
            found.setdefault(each["uuid"], each)
    return list(found.values())


def _tags(briefing: Briefing, context: Context) -> tuple[list[str], list[tuple[str, Named]]]:
    """(tags, names that no galaxy has, with the kind they are of)."""
    best = min((each.tier for each in briefing.sources), default=None)
    origins = {each.origin for each in briefing.sources if each.kind != "analyst"}
    credibility = {"high": "1" if len(origins) > 1 else "2", "moderate": "3", "low": "6"}[briefing.confidence]
    found = [
        briefing.tlp.lower(),
        f'admiralty-scale:source-reliability="{_RELIABILITY[best] if best else "f"}"',
        f'admiralty-scale:information-credibility="{credibility}"',
        f'estimative-language:confidence-in-analytic-judgment="{briefing.confidence}"',
    ]
    for each in briefing.techniques:
        node = context.knowledge.technique(each.id)
        if each.role == "observed" and node is not None and _clustered(node.version, context):
            found.append(f'misp-galaxy:mitre-attack-pattern="{node.name} - {node.id}"')
    unknown: list[tuple[str, Named]] = []
    for kind, shown in (("actor", briefing.actors), ("malware", briefing.malware)):
        for one in shown:
            galaxy = _galaxy(kind, one, context)
            if galaxy:
                found.append(galaxy)
            else:
                unknown.append((kind, one))
    return found, unknown


def _clustered(version: str, context: Context) -> bool:
    """Whether an entry of this version came from the galaxy: what only MITRE's STIX has is in no cluster."""
    return any(name == _DATASET and each == version for name, each, _ in context.knowledge.datasets)


def _galaxy(kind: str, each: Named, context: Context) -> str:
    """The galaxy tag of a name by its id, "" when no galaxy of the pack has it."""
    entry = context.knowledge.stix_id(each.id)
    if entry is not None and entry.type in _KINDS:
        node = context.knowledge.node("attack", each.id)
        if node is None or not _clustered(node.version, context):
            return ""
        return f'misp-galaxy:{_KINDS[entry.type]}="{node.title} - {node.id}"'
    if "-" not in each.id:
        return ""
    for one in ("actor",) if kind == "actor" else ("malware", "tool", "ransomware"):
        for known in context.knowledge.names(one):  # type: ignore[arg-type]
            galaxy = _GALAXY.match(known.dataset)
            if known.id == each.id and galaxy:
                return f'misp-galaxy:{galaxy[1]}="{known.name}"'
    return ""


def _names(parts: Parts, names: list[tuple[str, Named]]) -> Iterator[Part | None]:
    """Names without a galaxy as attributes."""
    for kind, each in names:
        if kind == "actor":
            yield parts.attribute(("actor", each.name), "threat-actor", "Attribution", each.name)
        else:
            yield parts.attribute(
                ("malware", each.name), "text", "Payload type", each.name, comment="malware"
            )


def _objects(briefing: Briefing, context: Context, parts: Parts, title: str) -> Iterator[Part | None]:
    links = [("link", "link", "External analysis", uri(each.url)) for each in briefing.sources]
    yield parts.object(
        "report", "",
        [("title", "text", "Other", title), ("case-number", "text", "Other", briefing.id),
         ("type", "text", "Other", "Report"), *dict.fromkeys(links)],
    )  # fmt: skip
    flaws = [each for each in briefing.vulnerabilities if each.id.strip()]
    for flaw in flaws:
        best = flaw.cvss[0] if flaw.cvss else None
        told = [
            "Exploited." if flaw.exploited else "",
            f"{sentence(listed(flaw.kev))}." if flaw.kev.strip() else "",
            f"EPSS: {flaw.epss.score:.5f} on {flaw.epss.date}." if flaw.epss else "",
            f"SSVC: {flaw.ssvc}." if flaw.ssvc else "",
        ]
        yield parts.object(
            "vulnerability", flaw.id,
            [("id", "vulnerability", "External analysis", flaw.id),
             ("description", "text", "External analysis", " ".join(one for one in told if one)),
             ("cvss-score", "float", "Other", f"{best.score:.1f}" if best else ""),
             ("cvss-string", "text", "Other", best.vector if best else "")],
        )  # fmt: skip
    for weakness in briefing.weaknesses:
        if weakness.basis != "inferred":
            yield parts.object(
                "weakness", weakness.id,
                [("id", "weakness", "External analysis", weakness.id), ("name", "text", "Other", weakness.name)],
            )  # fmt: skip
    for technique in briefing.techniques:
        node = context.knowledge.technique(technique.id)
        if technique.role == "observed" and (node is None or not _clustered(node.version, context)):
            yield parts.object(
                "attack-pattern", technique.id,
                [("id", "text", "Other", technique.id), ("name", "text", "Other", technique.name)],
            )  # fmt: skip
    targets = [named("misp", briefing.id, "vulnerability", flaw.id) for flaw in flaws]
    for product in briefing.products:
        yield parts.object(
            "software", f"{product.vendor}\n{product.product}",
            [("name", "text", "Other", product.product), ("vendor", "text", "Other", product.vendor),
             ("version", "text", "Other", product.versions)] if trimmed(product.product) else [],
            [("affected-by", targets[0])] if len(targets) == 1 else [],
        )  # fmt: skip
    for action in briefing.actions:
        verb = "mitigates" if mitigates(action, "vulnerability") else "related-to"
        yield parts.object(
            "course-of-action", action.id,
            [("name", "text", "Other", action.title or action.id), ("type", "text", "Other", "Other"),
             ("description", "text", "Other", joined(action.text, action.why)),
             ("objective", "text", "Other", action.done_when)],
            [(verb, each) for each in targets],
        )  # fmt: skip


def _report(briefing: Briefing) -> str:
    """What the briefing says, as Markdown."""
    sections = {
        "Summary": briefing.summary,
        "Analysis": briefing.analysis,
        "Severity and confidence": (*briefing.severity.reasons, briefing.confidence_reason),
        **open_questions(briefing),
        "Detection": briefing.detection.statements,
    }
    parts = [f"## {title}\n\n{_list(said)}" for title, said in sections.items() if _list(said)]
    return joined(*parts, briefing.page_one.line, briefing.disclaimer)


def _list(statements: Iterable[Statement]) -> str:
    return "\n".join(f"- {' '.join(each.text.split())}" for each in statements if each.text.strip())
