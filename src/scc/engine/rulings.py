# SPDX-License-Identifier: Apache-2.0
"""What people ruled on which documents belong together, carried out in the store. Decides nothing itself.

A ruling names documents, whose ids stay; stories are renamed when they merge. `resolved` says the rulings of now in
terms of stories too, so that neither a later document nor a chain of others undoes them.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from scc.model.decision import Decision
from scc.store.database import Store


def resolved(store: Store, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions, and each split, pin and merge again with the stories in which its documents are now."""
    named = sorted(
        {
            id_
            for each in decisions
            if each.kind in ("split", "pin", "merge")
            for id_ in (each.target, each.other)
        }
    )
    story_of = {id_: row.story for id_, row in store.documents.known(named).items() if row.story}
    found: list[Decision] = []
    for each in decisions:
        found.append(each)
        if each.kind not in ("split", "pin", "merge"):
            continue
        target, other = story_of.get(each.target, ""), story_of.get(each.other, "")
        if target == other:
            continue  # one story by now, or none: nothing to say on stories
        if other:
            found.append(replace(each, other=other))
        if target:
            found.append(replace(each, target=target))
        if target and other:
            found.append(replace(each, target=target, other=other))
    return tuple(found)


def take_out(store: Store, story: str, documents: Sequence[str]) -> None:
    """These documents leave the story and wait for a place of their own; the story is briefed anew."""
    with store.transaction():
        for id_ in documents:
            store.documents.settle(id_, "", stage="read", story="")
        store.stories.touch(story)


def move(store: Store, document: str, into: str) -> None:
    """The document goes into that story; both stories are briefed anew."""
    with store.transaction():
        row = store.documents.known([document])[document]
        store.documents.place(document, into)
        store.stories.touch(into)
        if row.story:
            store.stories.touch(row.story)
