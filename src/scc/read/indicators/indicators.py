# SPDX-License-Identifier: Apache-2.0
"""Notes the indicators of a page, each once with its surest role, what to do with it and until when.

Shapes are `patterns`' work, roles that of `roles`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from scc.model.facts import Indicator, IndicatorRole, IndicatorType
from scc.read.indicators.account_patterns import accounts
from scc.read.indicators.accounts import of_address, placed
from scc.read.indicators.addresses import Candidate
from scc.read.indicators.patterns import candidates
from scc.read.indicators.ports import ports
from scc.read.indicators.refang import Refanged
from scc.read.indicators.roles import NETWORK, Cues, Roles, host_in, is_defanged
from scc.read.indicators.seen import Place, Seen, seen
from scc.read.page import Notes, Page
from scc.read.phrases import Words

if TYPE_CHECKING:
    from scc.content import Content
    from scc.knowledge import Knowledge

_DAYS: Final[dict[str, int]] = {"ipv4": 30, "ipv6": 30, "cidr": 30, "url": 60, "domain": 90, "email": 180}
"""Days for which an indicator of a type is worth blocking; hashes and host artifacts do not age. Addresses change
hands within weeks, domains within months (our judgement; the figures are shown as ours)."""
MOST: Final = 2000
"""Indicators read from one document, at most."""


class RoleCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record of content/rubrics/indicators.yaml."""

    id: str
    status: Literal["stable", "test", "deprecated"]
    date: str
    basis: str
    kind: Literal["none", "benign", "victim", "advice", "observed"]
    phrases: tuple[str, ...]


def phrases(content: Content) -> list[tuple[str, str]]:
    """What the words around an indicator may be."""
    rows = content.records("rubrics/indicators", RoleCue)
    return [(phrase, row.kind) for row in rows for phrase in row.phrases]


def note_indicators(page: Page, notes: Notes, knowledge: Knowledge) -> None:
    """Note every indicator with its role, the surest role where a value stands in several places."""
    refanged = Refanged(page.text)
    words = page.words if refanged.text is page.text else Words(refanged.text)
    found = list(_limited(candidates(words)))
    context = Roles(page, notes, _read_cues(page), knowledge)
    best: _Best = {}
    places: list[Place] = []
    named = list(accounts(words, found))
    messengers = {each.start for each in named if each.place == "xmpp"}
    for each in found:
        if each.type == "email" and each.start in messengers:
            continue
        start, end = refanged.back(each.start), refanged.back(each.end)
        decided = context.role(each, start, end, defanged=is_defanged(page.text[start:end]))
        if decided is None:
            continue
        role, why = decided
        places.append(Place(start, end, (each.type, each.value)))
        _keep(best, _fact(page, each, role, context), start, end, why)
        owner = of_address(each.value, start, end, role, why) if each.type == "url" else None
        if owner and role == "observed":
            _keep(best, owner.fact, owner.start, owner.end, owner.why)
    bad = frozenset(
        value.split("/", 1)[-1].partition("@")[0]
        for (kind, value), (rank, *_) in best.items()
        if kind == "package" and rank == _RANK["observed"]
    )
    for one in placed(page, refanged, named, context, bad):
        _keep(best, one.fact, one.start, one.end, one.why)
    for one in ports(page, notes, context):
        _keep(best, one.fact, one.start, one.end, one.why)
    _without_hosts(best)
    days = seen(page, places)
    for (kind, _), (_, fact, start, end, why) in best.items():
        confidence = 0.9 if fact.role == "observed" else 0.8
        if fact.role == "observed" and fact.type not in ("account", "port"):
            fact = _dated(page, fact, days.get((fact.type, fact.value)))
        notes(fact, start, end, "stated", confidence, f"indicator:{kind}:{why}")


_RANK: Final = {"observed": 0, "victim": 1, "advice": 2, "benign": 3, "reference": 4}
_Best = dict[tuple[str, str], tuple[int, Indicator, int, int, str]]
"""By type and value: rank of the role, fact, place, why."""


def _keep(best: _Best, fact: Indicator, start: int, end: int, why: str) -> None:
    key, rank = (fact.type, fact.value), _RANK[fact.role]
    if key not in best or best[key][0] > rank:
        best[key] = (rank, fact, start, end, why)


def _limited(found: Iterable[Candidate]) -> Iterable[Candidate]:
    for number, each in enumerate(found):
        if number >= MOST:
            return
        yield each


def _read_cues(page: Page) -> Cues:
    by_sentence: dict[int, set[str]] = {}
    none = False
    for hit in page.hits.get("indicators", []):
        if hit.value == "none":
            none = True
        by_sentence.setdefault(page.sentence_of_word[hit.first], set()).add(hit.value)
    return Cues(by_sentence, none)


def _fact(page: Page, each: Candidate, role: IndicatorRole, context: Roles) -> Indicator:
    action: Literal["detect", "block", "none"] = "none"
    note = ""
    if role == "observed":
        action = "detect"
        if each.type in NETWORK | {"md5", "sha1", "sha256", "sha512"}:
            host = each.value if each.type == "domain" else host_in(each.value)
            shared = each.type in ("url", "domain") and bool(context._knowledge.warning("domain", host))
            action = "detect" if shared else "block"
            note = "on shared hosting: block the full address, not the host" if shared else ""
    return Indicator(
        each.type,
        each.value,
        role,
        action,
        note=note,
    )


def _dated(page: Page, fact: Indicator, told: Seen | None) -> Indicator:
    """An observed indicator with the days its source tells and the day until which it is worth seeking: counted from when
    it was last seen, else from the document's day."""
    first, last = told or Seen("", "")
    return msgspec.structs.replace(
        fact,
        first_seen=first,
        last_seen=last,
        valid_until=_valid_until(last or page.document.date, fact.type),
    )


def _valid_until(day: str, kind: IndicatorType) -> str:
    days = _DAYS.get(kind)
    try:
        return (datetime.date.fromisoformat(day) + datetime.timedelta(days=days)).isoformat() if days else ""
    except (ValueError, OverflowError):
        return ""


def _without_hosts(best: _Best) -> None:
    """A domain that stands only inside a noted address is not noted again as a link."""
    for key in [
        key
        for key, value in best.items()
        if key[0] in ("url", "domain") and value[1].role == "reference" and value[4] == "none-stated"
    ]:
        del best[key]
