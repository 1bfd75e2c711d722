# SPDX-License-Identifier: Apache-2.0
"""Claims on one question aligned across sources: who says what, and what a rule prefers.

Order of rules: a source that took it back is not preferred; what one saw before what another has no evidence of; evidence of others before an interested party's word on
itself (a victim or vendor on its own breach or fault, an attacker); the official text before reports of it; tier;
the later date. A dispute needs two documents, or two voices in one: an attacker's claim and the victim's denial.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Final

import msgspec

from scc.correlate import positions as take
from scc.correlate.events import apart
from scc.model.document import Document
from scc.model.facts import Claim, Observation, Question
from scc.model.story import OBSERVED, Dispute, Position

if TYPE_CHECKING:
    from scc.knowledge import Knowledge
    from scc.knowledge.types import NameEntry

_DIRECT: Final = {
    "authority": 0,
    "vendor": 1,
    "cert": 1,
    "victim": 1,
    "research": 2,
    "press": 3,
    "blog": 4,
    "unknown": 4,
}
_TIER: Final = {"T1": 0, "T2": 1, "T3": 2}

_KIND_WORD: Final = re.compile(r"(?<=\w{6}) (?:Group|Team)$")
"""A group is also called without it: "Sandworm"."""
_GROUP: Final = re.compile(r"G\d{4}")

Said = list[tuple[Observation, Claim]]


def disputes(
    documents: Sequence[Document], observations: Sequence[Observation], knowledge: Knowledge | None = None
) -> tuple[Dispute, ...]:
    """Every question that the sources of a story answer differently, sorted by question and subject.

    With `knowledge` two names of one actor are one answer.
    """
    by_id = {each.id: each for each in documents}
    names = _aliases(knowledge)
    grouped: dict[tuple[Question, str], dict[str, Said]] = {}
    for each in observations:
        claim = each.fact
        if not isinstance(claim, Claim) or each.document not in by_id:
            continue
        if claim.question not in take.YES_NO | take.VALUED:
            continue
        if value := take.value(claim, names):
            held = grouped.setdefault((claim.question, take.subject(claim)), {})
            held.setdefault(value, []).append((each, claim))
    retracted = {
        each.document
        for each in observations
        if isinstance(each.fact, Claim) and each.fact.question == "retracted" and each.fact.value == "yes"
    }
    found = []
    for (question, subject), values in sorted(grouped.items()):
        if len(values) < 2 or not _contradicted(question, subject, values):
            continue
        if not _several_voices(values) or apart(values, by_id):
            continue
        positions = tuple(_position(value, said, by_id) for value, said in sorted(values.items()))
        preferred, rule = _preferred(positions, by_id, retracted)
        if question == "attribution":
            positions, preferred = _as_written(positions, preferred, observations)
        shown = subject if question in ("exploited", "fixed-version", "severity", "mandatory") else ""
        if question == "occurred-on" and subject.startswith("deadline"):
            shown = subject
        found.append(Dispute(question, shown, positions, preferred, rule))
    return tuple(found)


def _contradicted(question: Question, subject: str, values: Mapping[str, Said]) -> bool:
    """Whether two voices say what cannot both be right. A source that gives several answers contradicts another only
    if none of its answers agrees with one of the other's; a denial of what another says always does."""
    if question not in take.PAIRED:
        return take.conflict(question, list(values), subject)
    by_voice: dict[tuple[str, str], set[str]] = {}
    for value, said in values.items():
        for each, claim in said:
            by_voice.setdefault((each.document, claim.holder), set()).add(value)
    for first, second in combinations(by_voice.values(), 2):
        pairs = [(one, other) for one in first for other in second]
        denials = [pair for pair in pairs if any(each.startswith(take.NOT) for each in pair)]
        if any(take.contradict(question, *pair) for pair in denials):
            return True
        plain = [pair for pair in pairs if pair not in denials]
        if plain and all(take.contradict(question, *pair) for pair in plain):
            return True
    return False


@lru_cache(maxsize=4)
def _aliases(knowledge: Knowledge | None) -> Mapping[str, str]:
    if knowledge is None:
        return {}
    found: dict[str, list[NameEntry]] = {}
    for entry in knowledge.names("actor"):
        short = _KIND_WORD.sub("", entry.name)
        for name in {each.lower() for each in (entry.name, short, *entry.aliases)}:
            found.setdefault(name, []).append(entry)
    chosen = {}
    for alias, entries in found.items():
        # Several datasets name one actor: ATT&CK's entry stands for all; several of its own are several actors.
        known = [each for each in entries if _GROUP.fullmatch(each.id)] or entries
        if len(known) == 1:
            chosen[alias] = known[0].name
    return chosen


def _several_voices(values: Mapping[str, Said]) -> bool:
    """Two documents, or voices in one document that do not hold the same position."""
    documents = {each.document for said in values.values() for each, _ in said}
    if len(documents) > 1:
        sets = [frozenset(each.document for each, _ in said) for said in values.values()]
        if len(set(sets)) > 1:
            return True
    voices = [frozenset((claim.holder, claim.holder_name) for _, claim in said) for said in values.values()]
    parties = {claim.holder for said in values.values() for _, claim in said} & {
        "victim",
        "attacker",
        "vendor",
    }
    return bool(parties) and not frozenset.intersection(*voices)


def _position(value: str, said: Said, by_id: Mapping[str, Document]) -> Position:
    ranked = sorted(said, key=lambda pair: (_rank(by_id[pair[0].document]), pair[0].id))
    return Position(
        value=value,
        observations=tuple(each.id for each, _ in ranked),
        documents=tuple(dict.fromkeys(each.document for each, _ in ranked)),
        holders=tuple(sorted({claim.holder for _, claim in said})),
        interested=all(claim.about_self or claim.holder == "attacker" for _, claim in said),
    )


def _as_written(
    positions: tuple[Position, ...], preferred: str, observations: Sequence[Observation]
) -> tuple[tuple[Position, ...], str]:
    """Actors under the names that their best sources write; the names that compared them may stand in no source."""
    said = {each.id: each.fact for each in observations}
    names = {}
    for each in positions:
        claim = said[each.observations[0]]
        assert isinstance(claim, Claim)
        names[each.value] = f"{take.NOT if each.value.startswith(take.NOT) else ''}{claim.value}"
    if len(set(names.values())) < len(names):
        return positions, preferred
    return tuple(msgspec.structs.replace(each, value=names[each.value]) for each in positions), names.get(
        preferred, preferred
    )


def _rank(document: Document) -> tuple[int, int, str, str]:
    return _DIRECT[document.publisher_kind], _TIER[document.tier], document.date or "9999", document.id


def _preferred(
    positions: Sequence[Position], by_id: Mapping[str, Document], retracted: set[str]
) -> tuple[str, str]:
    """(value, rule); "" where no rule decides."""
    standing = [each for each in positions if not set(each.documents) <= retracted]
    if len(standing) == 1:
        return standing[0].value, "correction"
    seen = [each for each in standing if each.value != take.NONE_KNOWN]
    if len(seen) == 1 and len(seen) < len(standing) and seen[0].holders != ("attacker",):
        return seen[0].value, OBSERVED
    free = [each for each in standing if not each.interested]
    if not free:
        return "", "interested-parties-only"
    if len(free) == 1:
        return free[0].value, "interested-party"
    best = {each.value: min(_DIRECT[by_id[id_].publisher_kind] for id_ in each.documents) for each in free}
    low = min(best.values())
    leading = [value for value, rank in best.items() if rank == low]
    if len(leading) == 1 and low <= 1:
        return leading[0], "directness"
    tiers = {each.value: min(_TIER[by_id[id_].tier] for id_ in each.documents) for each in free}
    top = min(tiers.values())
    leading = [value for value, rank in tiers.items() if rank == top]
    if len(leading) == 1:
        return leading[0], "tier"
    latest = {
        each.value: max(by_id[id_].date for id_ in each.documents) for each in free if each.value in leading
    }
    newest = max(latest.values())
    leading = [value for value, date in latest.items() if date == newest]
    return (leading[0], "date") if len(leading) == 1 and newest else ("", "no-rule-decides")
