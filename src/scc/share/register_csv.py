# SPDX-License-Identifier: Apache-2.0
"""An item as one table, one row a fact, so that the tables of many items can be put below each other.

Columns: Item, Revision, TLP, Generated (the same in all rows of an item); Kind (item, vulnerability, product,
weakness, technique, actor, malware, indicator, deadline, action, control, source); Id; Title; Detail; State;
Owner; Date (ISO 8601); Framework (keys and ids of controls); Sources (publishers). An empty cell means that
there is nothing to say. Network indicators are written so that nothing follows them (hxxps, [.]).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from scc.model.briefing import Briefing, CvssShown, Statement
from scc.render.links import defanged
from scc.share.cells import table
from scc.share.interface import Context
from scc.share.texts import encodable

HEADS: Final = (
    "Item", "Revision", "TLP", "Generated", "Kind", "Id", "Title", "Detail", "State", "Owner", "Date", "Framework",
    "Sources",
)  # fmt: skip
_Row = tuple[str, ...]


def write(briefing: Briefing, context: Context) -> bytes:
    """The table; never empty, as the item itself is its first row."""
    briefing = encodable(briefing)
    head = (briefing.id, str(briefing.revision), briefing.tlp, briefing.generated)
    return table(HEADS, ((*head, *row) for row in _rows(briefing)))


def _rows(briefing: Briefing) -> Iterator[_Row]:
    publishers = _Publishers(briefing)
    yield _item(briefing)
    for flaw in briefing.vulnerabilities:
        detail = "; ".join(
            each for each in (*map(_score, flaw.cvss), flaw.ssvc, ", ".join(flaw.weaknesses)) if each
        )
        state = "; ".join(each for each in ("exploited" if flaw.exploited else "", flaw.kev) if each)
        yield "vulnerability", flaw.id, "", detail, state, "", flaw.kev_due, "", publishers(flaw.citations)
    for product in briefing.products:
        title = " ".join(each for each in (product.vendor, product.product) if each)
        fixed = f"fixed in {product.fixed}" if product.fixed else ""
        yield "product", "", title, product.versions, fixed, "", "", "", publishers(product.citations)
    for weakness in briefing.weaknesses:
        yield (
            "weakness",
            weakness.id,
            weakness.name,
            "",
            weakness.basis,
            "",
            "",
            "",
            publishers(weakness.citations),
        )
    for each in briefing.techniques:
        yield (
            "technique", each.id, each.name, ", ".join(each.tactics), f"{each.role}; {each.basis}", "", "",
            f"ATT&CK {each.domain} {each.version}" if each.domain != "atlas" else f"ATLAS {each.version}",
            publishers(each.citations),
        )  # fmt: skip
    for kind, names in (("actor", briefing.actors), ("malware", briefing.malware)):
        for name in names:
            yield kind, name.id, name.name, "", "", "", "", "", publishers(name.citations)
    for value in briefing.indicators:
        yield (
            "indicator", value.type, defanged(value.type, value.value), value.note, f"{value.role}; {value.action}", "",
            value.valid_until, "", publishers(value.citations),
        )  # fmt: skip
    for due in briefing.deadlines:
        state = "; ".join(
            each for each in (f"binds us: {due.binds_us}" if due.why else "", due.state) if each
        )
        yield (
            "deadline", "", due.duty, " ".join(each for each in (due.basis, due.why) if each), state, due.owner, due.date,
            "", publishers(due.citations),
        )  # fmt: skip
    for action in briefing.actions:
        controls = "; ".join(f"{each.framework} {each.id}" for each in action.controls)
        yield (
            "action", action.id, action.title, f"{action.text} Done when: {action.done_when}", f"{action.step}; {action.when}",
            action.owner, "", controls, publishers(action.citations),
        )  # fmt: skip
    for framework in sorted(briefing.frameworks):
        for control in briefing.frameworks[framework]:
            yield (
                "control", control.id, control.label, control.why, "", "", "", framework, publishers(control.citations)
            )  # fmt: skip
    for source in briefing.sources:
        yield (
            "source",
            source.tier,
            source.title,
            source.url,
            source.kind,
            source.publisher,
            source.date,
            "",
            "",
        )


def _item(briefing: Briefing) -> _Row:
    # Without reasons the priority was taken out for the recipient (`clearance`).
    priority = f"; priority {briefing.priority}" if briefing.priority_reasons else ""
    state = (
        f"{briefing.status}; severity {briefing.severity.level}{priority}; confidence {briefing.confidence}"
    )
    return (
        "item", briefing.type, briefing.title, _text(briefing.summary), state, "", briefing.event_date, "",
        ", ".join(dict.fromkeys(each.publisher for each in briefing.sources if each.publisher)),
    )  # fmt: skip


def _text(statements: Iterable[Statement]) -> str:
    return " ".join(each.text for each in statements if each.text)


def _score(each: CvssShown) -> str:
    return f"{each.nomenclature or 'CVSS'} {each.version} {each.score:g} {each.vector} ({each.origin})"


class _Publishers:
    """Names the publishers behind citations."""

    def __init__(self, briefing: Briefing) -> None:
        publishers = {each.document: each.publisher for each in briefing.sources}
        self._of = {
            each.id: publishers.get(each.document, "") for each in briefing.citations if each.document
        }

    def __call__(self, citations: tuple[int, ...]) -> str:
        return ", ".join(dict.fromkeys(name for each in citations if (name := self._of.get(each, ""))))
