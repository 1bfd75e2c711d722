# SPDX-License-Identifier: Apache-2.0
"""Standing of the acts that a story is about: a revoked or superseded one is history, with its successor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from scc.assess.evidence import Facts
from scc.model.facts import Identifier

if TYPE_CHECKING:
    from scc.knowledge import Knowledge

_ACTS = ("executive-order", "directive", "law", "regulation")
_ENDED = ("superseded", "revoked", "closed", "expired")


class Ended(msgspec.Struct, frozen=True):
    """An act that no longer stands."""

    id: str
    status: str
    since: str
    by: str
    """Id of the act that ended it, "" when none did."""
    observations: tuple[str, ...]


def acts_of(facts: Facts) -> list[str]:
    """Ids of the acts the story is about, best source first."""
    return list(
        dict.fromkeys(
            fact.value
            for _, fact in facts.of(Identifier, own=True)
            if fact.scheme in _ACTS and fact.relation == "main"
        )
    )


def ended(facts: Facts, knowledge: Knowledge, now: str) -> tuple[Ended, ...]:
    """The acts of the story that had ended at the clock; empty unless every act it is about had.

    A story about an act and its successor is about the successor.
    """
    found = []
    for id_ in acts_of(facts):
        entry = knowledge.act(id_)
        if entry is None or entry.status not in _ENDED or (entry.since and entry.since > now[:10]):
            return ()
        places = tuple(seen.id for seen, fact in facts.of(Identifier, own=True) if fact.value == id_)[:2]
        found.append(Ended(id_, entry.status, entry.since, entry.by, places))
    return tuple(found)
