# SPDX-License-Identifier: Apache-2.0
"""A flaw of a release that is exploited, or in an exposed product of ours, gets an item of its own.

What the release says of that flaw alone becomes a document without keys: no verdict places it, it is a story of its own. That
is only made where no other story is about that flaw and no other; once there is one, its item takes over. Looked
for by identifier, when every story of a round is assessed, so that the order of arrival does not matter. The links
between the items come from `links`.
"""

from __future__ import annotations

from scc import assess, correlate, read
from scc.engine.options import Options
from scc.model.document import Document
from scc.store.database import Store
from scc.store.documents import NewDocument


def own_items(store: Store, id_: str, judged: object, options: Options) -> None:
    """Place the parts of a release whose flaws deserve an item; nothing for a story that is no release."""
    story, assessment, records = judged.story, judged.assessment, judged.records  # type: ignore[attr-defined]
    if not correlate.is_release(story, assessment.vulnerabilities):
        return
    seen = [*story.observations, *(each for _, more in records for each in more)]
    for flaw in assess.deserving(assessment, seen, options.organisation, options.content):
        for document in correlate.release_documents(story):
            part = read.release_part(document, flaw)
            if part is not None:
                _place(store, id_, part, flaw, options)


def _place(store: Store, release: str, part: Document, flaw: str, options: Options) -> None:
    known = store.documents.known([part.id]).get(part.id)
    if known is None:
        if store.stories.about_only(flaw, (release,)):
            return
        observations = read.observe(part, options.knowledge, options.content)
        store.documents.add(
            [
                NewDocument(
                    document=part,
                    observations=tuple(observations),
                    keys=(),
                    identifiers=(flaw,),
                    inputs=options.reading,
                    stage="superseded",
                )
            ]
        )
    now = known.story if known is not None else ""
    own = _own(store, part)
    other = store.stories.about_only(flaw, (release, own))
    if not other and now != own:
        if store.stories.get(own) is None:
            store.stories.add(own)
        store.documents.place(part.id, own)
        store.stories.touch(own)
    elif other and now:
        _retire(store, part.id, now, other, options)


def _own(store: Store, part: Document) -> str:
    """The name of the part's own story; another one when that was given up for an item that is no more."""
    name = f"story-{part.id.removeprefix('doc-')}"
    while (row := store.stories.get(name)) is not None:
        item = store.items.get(row.item) if row.item else None
        if row.stage != "merged" and (item is None or not item.merged_into):
            break
        name += "x"
    return name


def _retire(store: Store, part: str, story: str, other: str, options: Options) -> None:
    """Another item is about the flaw: the part gives way, its item leads there."""
    row, into = store.stories.get(story), store.stories.get(other)
    assert row is not None and into is not None
    store.documents.settle(part, "", stage="superseded", story="")
    store.stories.touch(story)
    if row.item:
        item = into.item or store.items.number([(other, into.type)], int(options.now[:4]))[0]
        store.items.redirect(row.item, item)
