# SPDX-License-Identifier: Apache-2.0
"""The actions and vocabularies of the content, read once and indexed for selection.

`Library` is what selection, ordering and the notes of a plan work on. It holds no state of an item.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary

import msgspec

from scc.model.assessment import Facet
from scc.model.ids import ItemType
from scc.model.plan import Mode, Step
from scc.plan.content import (
    ActionContent,
    EffectRow,
    Place,
    ProductClassRow,
    ReasonRow,
    TermRow,
)
from scc.plan.told import ToldRule

if TYPE_CHECKING:
    from scc.content import Content


class Ranks(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="ranks"):
    """The order of places in one mode."""

    id: str
    mode: Mode
    places: tuple[Place, ...]
    reason: str


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="pair"):
    """`first` comes before `then` whenever both effects are in a plan."""

    id: str
    first: str
    then: str
    reason: str


class Core(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="core"):
    """Effects that an item of these types and modes must not lose to the budget when they apply."""

    id: str
    modes: tuple[Mode, ...]
    effects: tuple[str, ...]
    reason: str
    types: tuple[ItemType, ...] = ()
    """Empty: every type."""
    themes: tuple[str, ...] = ()
    """Of those given the item must have one."""
    traits: tuple[str, ...] = ()
    """All of them must hold."""


class Lead(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="lead"):
    """Effects that a plan of this mode opens with, whatever else weighs more: by first hour and first day."""

    id: str
    mode: Mode
    reason: str
    hour: tuple[str, ...] = ()
    day: tuple[str, ...] = ()


class Cover(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="cover"):
    """Where an action with the effect `by` applies, those with `effects` say the same in other words."""

    id: str
    by: str
    effects: tuple[str, ...]
    types: tuple[ItemType, ...]
    reason: str
    unless: tuple[str, ...] = ()
    """Traits with one of which it does not."""


OrderRule = Ranks | Pair | Core | Cover | Lead


class GateText(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="gate"):
    id: str
    mode: Mode
    outcome: Literal["no-evidence", "suspected", "confirmed"]
    text: str
    traits: tuple[str, ...] = ()
    """All of them must hold; of the rows for one outcome the first that fits speaks."""


class EmptyText(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="empty"):
    """Why a step has nothing to do; of all rows the first that fits speaks."""

    id: str
    because: str
    mode: Mode | None = None
    """None: any mode."""
    steps: tuple[Step, ...] = ()
    """Empty: any step."""
    traits: tuple[str, ...] = ()
    """All of them must hold."""


GateRule = GateText | EmptyText


class RecoveryNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A recovery note; every list that is given must have a member that holds."""

    id: str
    modes: tuple[Mode, ...]
    text: str
    types: tuple[ItemType, ...] = ()
    themes: tuple[str, ...] = ()
    facets: tuple[Facet, ...] = ()
    effects: tuple[str, ...] = ()
    """Effects of which one must be in the plan."""
    value: int = 1
    """Higher ones are printed first."""


class Library(msgspec.Struct, frozen=True, eq=False):
    actions: tuple[ActionContent, ...]
    """Not drafts; sorted by id."""
    effects: dict[str, str]
    tooling: dict[str, str]
    traits: dict[str, str]
    platforms: dict[str, TermRow]
    words: tuple[ProductClassRow, ...]
    reasons: dict[str, str]
    """"framework:id" to our reason."""
    ranks: dict[Mode, dict[Place, int]]
    pairs: tuple[Pair, ...]
    cores: tuple[Core, ...]
    covers: tuple[Cover, ...]
    leads: tuple[Lead, ...]
    gates: tuple[GateText, ...]
    empty: tuple[EmptyText, ...]
    """In the order of the file: special cases stand before the general ones."""
    recovery: tuple[RecoveryNote, ...]
    told: tuple[ToldRule, ...]


_cache: WeakKeyDictionary[Content, Library] = WeakKeyDictionary()


def library(content: Content) -> Library:
    """The library of `content`, made once for each opened content.

    Raises ContentError when a file is malformed.
    """
    found = _cache.get(content)
    if found is None:
        found = _cache[content] = _read(content)
    return found


def _read(content: Content) -> Library:
    orders: tuple[OrderRule, ...] = content.records("rubrics/order", OrderRule)  # type: ignore[arg-type]
    gates: tuple[GateRule, ...] = content.records("rubrics/gate", GateRule)  # type: ignore[arg-type]
    return Library(
        actions=tuple(
            sorted(
                (a for a in content.records("actions", ActionContent) if a.status != "draft"),
                key=lambda a: a.id,
            )
        ),
        effects={row.effect: row.title for row in content.table("vocabularies/effects", EffectRow)},
        tooling={row.key: row.title for row in content.table("vocabularies/tooling", TermRow)},
        traits={row.key: row.title for row in content.table("vocabularies/traits", TermRow)},
        platforms={row.key: row for row in content.table("vocabularies/platforms", TermRow)},
        words=content.table("vocabularies/product_classes", ProductClassRow),
        reasons={
            f"{row.framework}:{row.id}": row.reason
            for row in content.table("vocabularies/control_reasons", ReasonRow)
        },
        ranks={
            each.mode: {place: number for number, place in enumerate(each.places)}
            for each in orders
            if isinstance(each, Ranks)
        },
        pairs=tuple(each for each in orders if isinstance(each, Pair)),
        cores=tuple(each for each in orders if isinstance(each, Core)),
        covers=tuple(each for each in orders if isinstance(each, Cover)),
        leads=tuple(each for each in orders if isinstance(each, Lead)),
        gates=tuple(each for each in gates if isinstance(each, GateText)),
        empty=tuple(each for each in gates if isinstance(each, EmptyText)),
        recovery=content.records("rubrics/recovery", RecoveryNote),
        told=tuple(each for each in content.records("rubrics/told", ToldRule) if each.status != "draft"),
    )
