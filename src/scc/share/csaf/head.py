# SPDX-License-Identifier: Apache-2.0
"""What every CSAF document of ours begins with: publisher, tracking, TLP, notes and references.

Versions are semantic, "1.R.0" with R the revision less one: between the first revision and this one the briefing
knows few dates, and of semantic versions only the major number must be without gaps (CSAF 2.0, 6.1.21). What is
said of our own organisation is not written here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from scc.model.briefing import Briefing, Statement
from scc.model.tlp import Tlp
from scc.share.csaf.documents import Part
from scc.share.csaf.products import line
from scc.share.identity import NAME, NAMESPACE, day, made, moment, named, taken_back, withdrawn
from scc.share.interface import Context
from scc.share.texts import joined, uri
from scc.share.wording import open_questions

TEXT_LONGEST: Final = 30_000
"""Characters of a text (CSAF 2.0, appendix C.3)."""
SCHEMA: Final = "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json"
"""Value of `$schema` in version 2.1."""
LABELS: Final[dict[Tlp, str]] = {
    "TLP:CLEAR": "WHITE",
    "TLP:GREEN": "GREEN",
    "TLP:AMBER": "AMBER",
    "TLP:AMBER+STRICT": "RED",
    "TLP:RED": "RED",
}
"""TLP 2.0 in the labels of TLP 1.0, the only ones of CSAF 2.0; what is none of them takes the stricter one."""
STRICT: Final = (
    "TLP:AMBER+STRICT of TLP 2.0: limited to the recipient's organisation. "
    "CSAF 2.0 has no such label, so it is marked TLP:RED."
)
_DONE: Final = ("published", "closed", "dismissed", "withdrawn", "merged")


def head(
    briefing: Briefing, context: Context, category: str, version: str, *, publisher: str = "other"
) -> Part:
    """`/document` in version "2.0" or "2.1". Raises ValueError when `generated` is no ISO 8601 time."""
    title = line(briefing.title) or briefing.id
    if withdrawn(briefing, context):
        title = line(f"Withdrawn: {title}")
    found: Part = {
        "category": category,
        "csaf_version": version,
        "distribution": _distribution(briefing.tlp, version),
        "lang": "en",
        "aggregate_severity": {"namespace": NAMESPACE.urn, "text": briefing.severity.level},
        "notes": notes(briefing, context),
        "publisher": {"category": publisher, "name": NAME, "namespace": NAMESPACE.urn},
        "references": references(briefing) + linked(briefing),
        "title": title,
        "tracking": tracking(briefing, context),
    }
    return {key: value for key, value in found.items() if value}


def _distribution(tlp: Tlp, version: str) -> Part:
    if version != "2.0":
        return {"tlp": {"label": tlp.removeprefix("TLP:")}}
    found: Part = {"tlp": {"label": LABELS[tlp]}}
    if tlp == "TLP:AMBER+STRICT":
        found["text"] = STRICT
    return found


def tracking(briefing: Briefing, context: Context) -> Part:
    """`/document/tracking` with the revisions whose time is known; a first one of unknown time has this one's.

    A withdrawal after the last revision is a patch of its version, so that the next revision keeps its number.
    """
    created, modified = made(briefing, context)
    generated = moment(briefing.generated)
    number = max(briefing.revision, 1)
    history = []
    if number > 1:  # 2.1 wants the first revision in it (6.1.66)
        history.append((created, "1.0.0", "First published."))
    since = day(briefing.changes.since) if briefing.changes else None
    if since and number > 2 and created < since < generated:
        history.append((since, f"1.{number - 2}.0", "Revised."))
    moved = [line(each.field) for each in briefing.changes.entries] if briefing.changes else []
    told = line(f"Changed: {', '.join(dict.fromkeys(moved))}.") if any(moved) else "Revised."
    history.append((generated, f"1.{number - 1}.0", told if number > 1 else "First published."))
    if taken_back(briefing, context):
        history.append((modified, f"1.{number - 1}.1", "Withdrawn."))
    return {
        "current_release_date": _time(modified),
        "generator": {
            "date": _time(modified),
            "engine": {"name": NAME, "version": line(briefing.generator) or "unknown"},
        },
        "id": briefing.id,
        "initial_release_date": _time(history[0][0]),
        "revision_history": [
            {"date": _time(when), "number": version, "summary": summary} for when, version, summary in history
        ],
        "status": "final" if briefing.historical or briefing.status in _DONE else "interim",
        "version": history[-1][1],
    }


def _time(when: object) -> str:
    return f"{when:%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0")


def notes(briefing: Briefing, context: Context) -> list[Part]:
    """What is known of the world, without what is said of us."""
    page = briefing.page_one
    reason = "\n".join(
        each.reason
        for each in context.records.decisions
        if each.kind == "withdraw" and each.target == briefing.id
    )
    gone = joined("This item was withdrawn.", reason) if withdrawn(briefing, context) else ""
    parts = (
        ("description", "Withdrawal", gone),
        ("summary", "Summary", _text(briefing.summary) or line(briefing.title) or briefing.id),
        ("details", "Assessment", _text((*briefing.severity.reasons, briefing.confidence_reason))),
        ("details", "Analysis", _text(briefing.analysis)),
        *(("general", title, _text(said)) for title, said in open_questions(briefing).items()),
        ("other", "Recommended actions", "\n".join(line(each.title) for each in briefing.actions)),
        ("other", "Standing", joined(page.line, briefing.sources_note)),
        ("legal_disclaimer", "Disclaimer", briefing.disclaimer),
    )
    return [
        {"category": category, "text": text[:TEXT_LONGEST], "title": title}
        for category, title, text in parts
        if text.strip()
    ]


def references(briefing: Briefing) -> list[Part]:
    """The sources that have an address, primary ones first."""
    found: dict[str, Part] = {}
    for each in sorted(briefing.sources, key=lambda one: one.tier):
        address = uri(each.url)
        if address and address not in found:
            told = line(": ".join(part for part in (each.publisher, each.title) if part.strip()))
            found[address] = {"category": "external", "summary": told or address, "url": address}
    return list(found.values())


def linked(briefing: Briefing) -> list[Part]:
    """The linked items. They have no address of their own; the id of its feed entry names an item for good."""
    return [
        {
            "category": "external",
            "summary": line(f"{each.item}: {each.title}. {each.text}"),
            "url": f"urn:uuid:{named('entry', each.item)}",
        }
        for each in briefing.related
    ]


def _text(statements: Iterable[Statement]) -> str:
    return "\n".join(each.text for each in statements if each.text.strip())
