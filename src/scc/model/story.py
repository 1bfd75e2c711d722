# SPDX-License-Identifier: Apache-2.0
"""Documents on one event, and the tracked item made of them."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from scc.model.document import Document
from scc.model.facts import Observation
from scc.model.provenance import Tier

Status = Literal["new", "confirmed", "published", "dismissed", "withdrawn", "merged", "closed"]


class Origin(msgspec.Struct, frozen=True):
    """Documents that tell the same thing from the same origin (rewrites of one wire story)."""

    id: str
    documents: tuple[str, ...]
    """Document ids, the earliest or primary one first."""
    tier: Tier
    publisher: str


OBSERVED: Final = "observed"
"""The rule that prefers what somebody saw to what another has no evidence of."""


class Position(msgspec.Struct, frozen=True):
    value: str
    observations: tuple[str, ...]
    documents: tuple[str, ...]
    holders: tuple[str, ...] = ()
    interested: bool = False
    """True when only interested parties (victim or vendor on itself, an attacker) hold it."""


class Dispute(msgspec.Struct, frozen=True):
    """A question that documents answer differently."""

    question: str
    subject: str
    positions: tuple[Position, ...]
    preferred: str
    """The preferred position's value, "" when no rule prefers one."""
    rule: str
    """Id of the rule that prefers, e.g. "tier", "directness", "interested-party"."""

    @property
    def doubtful(self) -> bool:
        """Whether the question is open to doubt: what one saw is not made doubtful by another who has no evidence of it."""
        return self.rule != OBSERVED


class Story(msgspec.Struct, frozen=True):
    id: str
    """`story-` and 16 hex digits of the first document's id."""
    documents: tuple[Document, ...]
    """Sorted by (date, id)."""
    origins: tuple[Origin, ...]
    observations: tuple[Observation, ...]
    """All observations of all documents, in document order."""
    disputes: tuple[Dispute, ...] = ()
    related: tuple[str, ...] = ()
    """Ids of linked stories (a flaw split out of a release)."""

    @property
    def known_as(self) -> frozenset[str]:
        """Ids under which a ruling may name it: its own, which moves when an earlier document arrives, and those of
        its documents, which stay."""
        return frozenset((self.id, *(each.id for each in self.documents)))


class Item(msgspec.Struct, frozen=True):
    id: str
    story: str
    status: Status = "new"
    revision: int = 1
    merged_into: str = ""
