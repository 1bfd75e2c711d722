# SPDX-License-Identifier: Apache-2.0
"""Notes the indicators of a page, each once with its surest role, what to do with it and until when.

Shapes are `indicator_patterns`' work, roles that of `indicator_roles`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from scc.model.facts import Indicator, IndicatorRole, IndicatorType
from scc.read.indicator_patterns import Candidate, candidates
from scc.read.indicator_roles import NETWORK, Cues, Roles, host_in
from scc.read.page import Notes, Page
from scc.read.refang import Refanged

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
    found = list(_limited(candidates(refanged.text)))
    if not found:
        return
    cues = _read_cues(page)
    context = Roles(page, notes, cues, knowledge)
    best: dict[tuple[str, str], tuple[int, Indicator, int, int, str]] = {}
    rank = {"observed": 0, "victim": 1, "advice": 2, "benign": 3, "reference": 4}
    for each in found:
        start, end = refanged.back(each.start), refanged.back(each.end)
        written = page.text[start:end]
        decided = context.role(each, start, end, defanged=_is_defanged(written))
        if decided is None:
            continue
        role, why = decided
        key = (each.type, each.value)
        if key in best and best[key][0] <= rank[role]:
            continue
        best[key] = (rank[role], _fact(page, each, role, context), start, end, why)
    _without_hosts(best)
    for (kind, _), (_, fact, start, end, why) in best.items():
        confidence = 0.9 if fact.role == "observed" else 0.8
        notes(fact, start, end, "stated", confidence, f"indicator:{kind}:{why}")


def _limited(found: Iterable[Candidate]) -> Iterable[Candidate]:
    for number, each in enumerate(found):
        if number >= MOST:
            return
        yield each


def _is_defanged(written: str) -> bool:
    return (
        any(mark in written for mark in ("[", "(.", "{.", "(dot", "{dot", "\\."))
        or written[:3].lower() in ("hxx", "h**", "htx", "h__")
        or " dot " in written.lower()
    )


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
        valid_until=_valid_until(page, each.type) if role == "observed" else "",
        note=note,
    )


def _valid_until(page: Page, kind: IndicatorType) -> str:
    days = _DAYS.get(kind)
    try:
        return (
            (datetime.date.fromisoformat(page.document.date) + datetime.timedelta(days=days)).isoformat()
            if days
            else ""
        )
    except (ValueError, OverflowError):
        return ""


def _without_hosts(best: dict[tuple[str, str], tuple[int, Indicator, int, int, str]]) -> None:
    """A domain that stands only inside a noted address is not noted again as a link."""
    for key in [
        key
        for key, value in best.items()
        if key[0] in ("url", "domain") and value[1].role == "reference" and value[4] == "none-stated"
    ]:
        del best[key]
