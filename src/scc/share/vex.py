# SPDX-License-Identifier: Apache-2.0
"""Are we affected: what may be said of each vulnerability and product, whatever the format.

`not_affected` is said in two cases only: our version was compared and lies outside the affected range, or a person
stated it with a justification. The statement of a person is a Decision on the item, "dismiss" or "correct", whose
reason begins with one of the five justifications of VEX ("component_not_present: we never installed it"); a later
"confirm" takes it back. No match in the profile proves nothing, nor does a list said to be complete: both are
`under_investigation`. With several vulnerabilities the briefing does not say whose range was compared, so the
comparison then decides nothing.

What is written tells of our own products: a VEX document is about us, other than the other exports.
"""

from __future__ import annotations

import datetime
import re
from typing import Final, Literal

import msgspec

from scc.model.briefing import Briefing, ProductShown, VulnerabilityShown
from scc.model.decision import Decision
from scc.share.csaf.check_products import JUSTIFICATIONS
from scc.share.csaf.flaws import listed
from scc.share.csaf.products import line, titled
from scc.share.identity import day, made, moment, named, withdrawn
from scc.share.interface import Context, NotApplicable

State = Literal["not_affected", "affected", "under_investigation"]

_STATED: Final = re.compile(rf"({'|'.join(JUSTIFICATIONS)})(?![\w-])[:.,;\s-]*")
_LISTED: Final = "Your profile lists "
_COMPARED: Final[dict[str, tuple[str, State]]] = {
    "rel-match-version": (", inside the affected range ", "affected"),
    "rel-version-out": (", outside the affected range ", "not_affected"),
}
"""Rules of relevance that compared a version, the words after it, and what follows."""


class Subject(msgspec.Struct, frozen=True):
    """A product of ours, or one that the sources name."""

    name: str
    """Vendor and product on one line, never empty."""
    version: str = ""
    state: State = "under_investigation"
    why: str = ""
    fixed: str = ""

    @property
    def id(self) -> str:
        """The UUID of name and version, the same each time."""
        return named("vex", "product", self.name, self.version)

    @property
    def title(self) -> str:
        return line(f"{self.name} {self.version}")


class Statement(msgspec.Struct, frozen=True):
    """One vulnerability, one product, one state."""

    vulnerability: VulnerabilityShown
    subject: Subject
    state: State
    why: str
    """What the state rests on."""
    justification: str = ""
    """One of the five of VEX; there for `not_affected` only."""
    action: str = ""
    """What to do; there for `affected` only."""


def statements(briefing: Briefing, context: Context) -> tuple[Statement, ...] | NotApplicable:
    """Every pair in the order of the briefing, our own products first."""
    if withdrawn(briefing, context):
        return NotApplicable("the item was withdrawn")
    flaws = listed(briefing)
    if not flaws:
        return NotApplicable("no vulnerability is named")
    found = subjects(briefing)
    if not found:
        return NotApplicable("no product is named")
    person = _person(briefing, context)
    return tuple(_statement(flaw, each, briefing, person, len(flaws)) for flaw in flaws for each in found)


def _statement(
    flaw: VulnerabilityShown, subject: Subject, briefing: Briefing, person: tuple[str, str] | None, count: int
) -> Statement:
    if person is not None:
        return Statement(flaw, subject, "not_affected", person[1], person[0])
    if count > 1 and subject.state != "under_investigation":
        why = f"{subject.why} Several vulnerabilities are named; whose range it is was not told apart."
        return Statement(flaw, subject, "under_investigation", why)
    if subject.state == "not_affected":
        return Statement(flaw, subject, "not_affected", subject.why, "vulnerable_code_not_present")
    action = _action(subject, briefing) if subject.state == "affected" else ""
    return Statement(flaw, subject, subject.state, subject.why, action=action)


def words(briefing: Briefing, context: Context) -> tuple[Decision, ...]:
    """What people said of whether we are affected, in the order of time: statements, and what takes them back."""
    ruled = (
        each
        for each in context.records.decisions
        if each.target == briefing.id and each.kind in ("dismiss", "correct", "confirm")
    )
    said = (each for each in ruled if each.kind == "confirm" or _STATED.match(each.reason.strip()))
    return tuple(sorted(said, key=lambda each: (each.time, each.id)))


def version(briefing: Briefing, context: Context) -> int:
    """A number that grows with each revision and each word of a person, from 1 on."""
    return max(briefing.revision, 1) + len(words(briefing, context))


def told(briefing: Briefing, context: Context) -> tuple[datetime.datetime, datetime.datetime]:
    """(when the item was first published, when the last of what is said now was said), as `identity.made`.

    A word of a person after the revision is newer than it: who has the document takes only what is later for newer.
    """
    created, modified = made(briefing, context)
    return created, max((modified, *later(briefing, context)))


def later(briefing: Briefing, context: Context) -> list[datetime.datetime]:
    """Times of the words of people that came after the revision."""
    generated = moment(briefing.generated)
    times = (day(each.time) for each in words(briefing, context))
    return sorted({each for each in times if each is not None and each > generated})


def _person(briefing: Briefing, context: Context) -> tuple[str, str] | None:
    """(justification, reason) of the last word of a person on the item, if that is such a statement."""
    last = max(words(briefing, context), key=lambda each: (each.time, each.id), default=None)
    if last is None or last.kind == "confirm":
        return None
    label = _STATED.match(last.reason.strip())
    assert label is not None
    text = line(last.reason.strip()[label.end() :])
    return label[1], f"Stated by {line(last.author) or 'a person'}" + (f": {text}" if text else ".")


def _action(subject: Subject, briefing: Briefing) -> str:
    titles = [line(each.title) for each in briefing.actions if line(each.title)]
    told = f"Fixed versions: {subject.fixed}." if subject.fixed else "The sources name no fixed version."
    return line(" ".join([told, *([f"Actions: {'; '.join(titles)}."] if titles else [])]))


def subjects(briefing: Briefing) -> list[Subject]:
    """Products of ours that were compared, then those of the sources that are none of these; each once."""
    rules = {each.id: each.rule for each in briefing.citations if each.rule}
    found: dict[tuple[str, str], Subject] = {}
    for statement in briefing.relevance.why:
        for rule in (rules.get(each, "") for each in statement.citations):
            own = _own(rule, statement.text, briefing.products)
            if own is not None:
                found.setdefault((own.name.casefold(), own.version), own)
    names = {name for name, _ in found}
    for each in briefing.products:
        name = _name(each)
        if line(each.product) and not names & {name.casefold(), line(each.product).casefold()}:
            why = f"Affected versions by the sources: {line(each.versions)}." if line(each.versions) else ""
            subject = Subject(name, why=line(f"It was not compared with what we run. {why}"))
            found.setdefault((name.casefold(), ""), subject)
    return list(found.values())


def _own(rule: str, text: str, products: tuple[ProductShown, ...]) -> Subject | None:
    """The product of ours of which a reason of relevance tells that its version was compared."""
    if rule not in _COMPARED or not text.startswith(_LISTED):
        return None
    words, state = _COMPARED[rule]
    told, compared, extent = text.removeprefix(_LISTED).partition(words)
    name, _, version = line(told).rpartition(" ")
    extent = line(extent.removesuffix("."))
    if not (compared and name and version and extent):
        return None
    fixed = [
        line(each.fixed)
        for each in products
        if name.casefold() in (_name(each).casefold(), line(each.product).casefold())
    ]
    where = "outside" if state == "not_affected" else "inside"
    why = line(f"The version in use, {version}, lies {where} the affected range {extent}.")
    return Subject(name, version, state, why, "; ".join(each for each in fixed if each))


def _name(product: ProductShown) -> str:
    return line(titled(line(product.vendor), line(product.product)))
