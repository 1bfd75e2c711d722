# SPDX-License-Identifier: Apache-2.0
"""Links between items, out of the store: what a story is about is noted when it is assessed, links are read when it is composed.

Which items are linked is `correlate.links`'s judgement. A story of which something changed that others show has those others
looked at again, so that the order of arrival does not matter.
"""

from __future__ import annotations

from msgspec.structs import replace

from scc import brief, correlate
from scc.model.ids import digest
from scc.model.story import Held, Link
from scc.store.database import Store

LOOKED_AT = 500
"""Most places where other stories name a flaw of this one; a bound against floods."""


def links(store: Store, story: str, foreseen: bool = False) -> tuple[Link, ...]:
    """The links of a story's item, best first; `foreseen` also those to stories whose item gets its number in this run."""
    shared = store.stories.sharing(story, LOOKED_AT)
    if not shared:
        return ()
    held = store.stories.told([story, *sorted(shared)])
    others = {each: held[each] for each in sorted(shared) if each in held}
    if foreseen:
        others = {each: replace(one, item=one.item or each) for each, one in others.items()}
    mine = held.get(story)
    return correlate.links(mine, others, shared) if mine is not None else ()


def linked_digest(inputs: str, found: tuple[Link, ...]) -> str:
    """The digest of a story's inputs with what its links show."""
    if not found:
        return inputs
    return digest(
        inputs,
        *(
            f"{each.item} {each.tlp} {each.relation} {each.identifier} {each.exploited} {each.title}"
            for each in found
        ),
    )


def note(store: Store, id_: str, judged: object, known: int) -> None:
    """Note what links an assessed story to others; have looked at again whose links may change by it.

    `known` is how many flaws it had before: without any, before and now, nothing links it and nothing is noted.
    """
    story, assessment, records = judged.story, judged.assessment, judged.records  # type: ignore[attr-defined]
    flaws = {each.id: each.exploited for each in assessment.vulnerabilities}
    if not flaws and not known:
        return
    first = story.documents[0]
    mine = Held(
        story=id_,
        title=brief.title(story, records),
        tlp=brief.label(story),
        date=first.date,
        first=first.id,
        release=correlate.is_release(story, assessment.vulnerabilities),
        flaws=len(flaws),
    )
    before = store.stories.sharing(id_, LOOKED_AT) if known else {}
    if store.stories.tell(mine, flaws):
        touch(store, id_, mine, before)


def touch(store: Store, id_: str, mine: Held, before: dict[str, dict[str, bool]]) -> None:
    """The briefed stories that show this one, or would show it now, are looked at again."""
    shared = store.stories.sharing(id_, LOOKED_AT)
    held = store.stories.told(sorted({*before, *shared}))
    near: set[str] = set(before) - set(shared)
    for flaw in sorted({one for common in shared.values() for one in common}):
        there = [held[each] for each, common in shared.items() if flaw in common and each in held]
        earlier = sum(
            1 for each in there if (each.date or "9999", each.first) < (mine.date or "9999", mine.first)
        )
        for each in there:
            # Of events about one flaw the earlier ones are shown: far behind them nobody's links change.
            told = correlate.relation(each, mine, len(shared[each.story])) != "same-vulnerability"
            if earlier <= correlate.LINKS_MOST or told:
                near.add(each.story)
    store.stories.look_again(sorted(near))
