# SPDX-License-Identifier: Apache-2.0
"""Claims on one question aligned across documents: who says what, and what a rule prefers.

Order of rules: evidence of others over an interested party's word on itself, the official text over reports
of it, tier, then the later date. "No evidence of" is not a denial; a possibility is no position.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from scc.model.document import Document
from scc.model.facts import Claim, Observation
from scc.model.story import Dispute, Position

_YES_NO: Final = frozenset({"exploited", "mandatory", "breached"})
_VALUED: Final = frozenset({"number-affected", "law-number", "attribution"})
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


def disputes(documents: Sequence[Document], observations: Sequence[Observation]) -> tuple[Dispute, ...]:
    """Every question that documents of the story answer differently, sorted by question and subject."""
    by_id = {each.id: each for each in documents}
    grouped: dict[tuple[str, str], dict[str, list[tuple[Observation, Claim]]]] = {}
    for each in observations:
        claim = each.fact
        if (
            not isinstance(claim, Claim)
            or claim.question not in _YES_NO | _VALUED
            or each.document not in by_id
        ):
            continue
        value = _value(claim)
        if value:
            subject = claim.subject if claim.question == "exploited" else ""
            grouped.setdefault((claim.question, subject), {}).setdefault(value, []).append((each, claim))
    found = []
    for (question, subject), values in sorted(grouped.items()):
        if len(values) < 2 or (question in _VALUED and not _conflict(question, list(values), values)):
            continue
        positions = tuple(_position(value, said, by_id) for value, said in sorted(values.items()))
        voices = {(document, each.holders) for each in positions for document in each.documents}
        if len({document for document, _ in voices}) < 2 and len({holders for _, holders in voices}) < 2:
            continue  # one voice of one document contradicts nobody
        preferred, rule = _preferred(positions, values, by_id)
        found.append(Dispute(question, subject, positions, preferred, rule))
    return tuple(found)


def _value(claim: Claim) -> str:
    """The position of a claim, "" where it takes none."""
    if claim.modality == "possible":
        return ""
    value = {"voluntary": "no", "mandatory": "yes"}.get(claim.value, claim.value)
    if claim.question in _YES_NO:
        if claim.modality == "denied":
            return "no"
        if claim.modality == "no-evidence":
            return ""
        return value if value in ("yes", "no") else ""
    return "" if claim.modality == "no-evidence" else value


def _conflict(question: str, names: list[str], values: dict[str, list[tuple[Observation, Claim]]]) -> bool:
    """Numbers conflict when they are far apart; names when none contains another; one document's do not."""
    if question == "number-affected":
        numbers = [number for name in names if (number := _number(name)) is not None]
        return len(numbers) > 1 and max(numbers) > 1.5 * min(numbers)
    folded = [re.sub(r"\W", "", name).lower() for name in names]
    return not any(a != b and (a in b or b in a) for a in folded for b in folded)


def _number(text: str) -> float | None:
    found = re.search(r"(\d[\d,]*(?:\.\d+)?)\s*(million|billion|thousand)?", text.lower())
    if not found:
        return None
    scale = {"million": 1e6, "billion": 1e9, "thousand": 1e3, None: 1.0}[found[2]]
    return float(found[1].replace(",", "")) * scale


def _position(value: str, said: list[tuple[Observation, Claim]], by_id: dict[str, Document]) -> Position:
    documents = sorted({each.document for each, _ in said}, key=lambda id_: _rank(by_id[id_]))
    return Position(
        value=value,
        observations=tuple(
            each.id for each, _ in sorted(said, key=lambda pair: (_rank(by_id[pair[0].document]), pair[0].id))
        ),
        documents=tuple(documents),
        holders=tuple(sorted({claim.holder for _, claim in said})),
        interested=all(claim.about_self or claim.holder == "attacker" for _, claim in said),
    )


def _rank(document: Document) -> tuple[int, int, str, str]:
    return _DIRECT[document.publisher_kind], _TIER[document.tier], document.date or "9999", document.id


def _preferred(
    positions: tuple[Position, ...],
    values: dict[str, list[tuple[Observation, Claim]]],
    by_id: dict[str, Document],
) -> tuple[str, str]:
    free = [each for each in positions if not each.interested]
    if len(free) == 1 and len(positions) > 1:
        return free[0].value, "interested-party"
    if not free:
        return "", "interested-parties-only"
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
