# SPDX-License-Identifier: Apache-2.0
"""Documents to stories: candidates by shared key out of the store, the ruling from `correlate.place`.

Placed in the order of (date, id), so that a run that was cut off goes on where it stopped. A feed entry
whose article is at hand in full takes no place of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from scc import correlate
from scc.engine.options import Options
from scc.engine.rulings import resolved
from scc.model.decision import Decision
from scc.store.database import Store
from scc.store.documents import DocumentRow, Observed

CANDIDATES = 200
"""Most documents that one is compared with; those that share most keys come first. Far above what the
keys of real documents give, so that the order of arrival does not decide; a bound against floods."""
HELD = 2000
"""Documents kept in memory between two comparisons."""
BATCH = 50


def place_all(store: Store, options: Options) -> None:
    """Give every document that waits a story."""
    supersede(store)
    options.reach("superseded")
    waiting = store.documents.waiting()
    decisions = store.decisions.all()
    rulings = resolved(store, decisions)
    named = {id_ for each in decisions for id_ in (each.target, each.other)}
    held: dict[str, correlate.Features] = {}
    for start in range(0, len(waiting), BATCH):
        with store.transaction():
            for row, seen in zip(
                waiting[start : start + BATCH],
                store.documents.get(each.id for each in waiting[start : start + BATCH]),
                strict=True,
            ):
                merged = _place(store, row, seen, rulings, held)
                if merged or row.id in named:
                    rulings = resolved(store, decisions)  # stories have new names
            options.reach("placing")
        options.reach("placed")
        store.extend("run")
        options.progress("correlate", min(start + BATCH, len(waiting)), len(waiting))


def supersede(store: Store) -> None:
    """Feed entries give way to the full text of the same address, whichever came first."""
    waiting = store.documents.waiting()
    urls = sorted({each.url for each in waiting if each.url})
    by_url: dict[str, list[DocumentRow]] = {}
    for row in store.documents.with_url(urls):
        by_url.setdefault(row.url, []).append(row)
    with store.transaction():
        for url in urls:
            rows = by_url.get(url, [])
            full = [each for each in rows if each.format != "feed-entry" and each.kind != "record"]
            if not full:
                continue
            for entry in rows:
                if entry.format != "feed-entry" or entry.stage == "superseded":
                    continue
                if entry.story and full[0].stage == "read":
                    store.documents.place(full[0].id, entry.story)
                if entry.story:
                    store.stories.touch(entry.story)
                store.documents.settle(
                    entry.id, "joined", "full-text-at-hand", f"The full text is at hand: {full[0].id}.",
                    stage="superseded", story="",
                )  # fmt: skip
                store.raws.repoint(entry.id, full[0].id)
                _give_on(store, full[0].id)


def _give_on(store: Store, document: str) -> None:
    """Inputs that now point to a document take its outcome, if it has one already."""
    row = store.documents.known([document]).get(document)
    if row is not None and row.outcome:
        store.raws.outcome_of_documents([(row.id, row.outcome, row.rule, row.reason)])


def _place(
    store: Store,
    row: DocumentRow,
    seen: Observed,
    decisions: Sequence[Decision],
    held: dict[str, correlate.Features],
) -> bool:
    """Give the document its story; whether stories were merged."""
    story_of = dict(store.documents.sharing(correlate.lookups(store.documents.keys_of(row.id)), CANDIDATES))
    if len(held) > HELD:
        held.clear()
    wanted = [id_ for id_ in story_of if id_ not in held]
    for id_, body in store.documents.features(wanted).items():
        if (thawed := correlate.thaw(body)) is not None:
            held[id_] = thawed
    for document, observations in store.documents.get(id_ for id_ in wanted if id_ not in held):
        held[document.id] = correlate.features(document, observations)  # stored by an older version
    candidates = tuple(
        correlate.Candidate(story=story, features=held[id_]) for id_, story in story_of.items()
    )
    placement = correlate.place(seen[0], seen[1], candidates, decisions)
    match placement:
        case correlate.Join(story=story):
            store.documents.place(row.id, story)
            store.stories.touch(story)
        case correlate.Merge(stories=stories):
            kept = merge(store, stories)
            store.documents.place(row.id, kept)
            store.stories.touch(kept)
        case correlate.Propose(stories=stories):
            _new_story(store, row)
            store.stories.propose(row.id, stories, str(getattr(placement, "why", "")))
        case _:
            _new_story(store, row)
    return isinstance(placement, correlate.Merge)


def _new_story(store: Store, row: DocumentRow) -> None:
    story = f"story-{row.id.removeprefix('doc-')}"
    while store.stories.get(story) is not None:
        story += "x"  # its first document left it by a ruling and begins another one
    store.stories.add(story)
    store.documents.place(row.id, story)


def merge(store: Store, stories: Sequence[str]) -> str:
    """Make one story of several: the one with the oldest item stays, the other items redirect to it."""
    rows = [each for each in (store.stories.get(id_) for id_ in sorted(set(stories))) if each is not None]
    rows.sort(key=lambda each: (each.item == "", each.item.rsplit("-", 2)[1:], each.id))
    kept = rows[0]
    for gone in rows[1:]:
        store.stories.merge(gone.id, kept.id)
        if gone.item and kept.item:
            store.items.redirect(gone.item, kept.item)
    return kept.id
