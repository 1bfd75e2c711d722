# SPDX-License-Identifier: Apache-2.0
"""One run: inputs in, one outcome each, items and revisions in the store.

Every step commits what it finished and finds what is left in the store's stage columns, so a run that was
cut off anywhere is completed by running again. Renders and sends nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from scc.collect.interface import Unreadable
from scc.engine.briefing import Briefer
from scc.engine.intake import admit, observe_stale, own_products, read_all, release
from scc.engine.options import Options
from scc.engine.placing import place_all
from scc.engine.report import InputReport, ItemReport, Report
from scc.model.document import Raw
from scc.store.database import Store


def run(store: Store, raws: Iterable[Raw | Unreadable], options: Options) -> Report:
    """Take the inputs, and whatever an earlier run left unfinished, to their outcomes.

    Raises StoreError when another run holds the database longer than `options.wait`, or the database
    fails; UsageError for a path that does not exist. Single inputs never raise.
    """
    with store.lock("run", options.wait, options.on_wait):
        store.raws.sweep()
        store.stories.sweep()
        ids = admit(store, raws, options)
        faults = read_all(store, options, len(ids))
        observe_stale(store, options)
        _touch(store, ids, options)
        place_all(store, options)
        briefer = Briefer(store, options)
        briefer.assess_all()
        briefer.number_all()
        briefer.brief_all()
        options.reach("finished")
        return _report(store, ids, briefer, [*faults, *briefer.faults], options)


def _touch(store: Store, ids: list[str], options: Options) -> None:
    """The stories of this run's inputs are looked at again; asked-for records wait for a place."""
    rows = store.raws.rows(ids)
    documents = store.documents.known(sorted({each.document for each in rows if each.document}))
    kept = [row.id for row in documents.values() if row.outcome == "record"]
    mine = set(store.documents.speaking_of(sorted(own_products(options)), kept))
    with store.transaction():
        asked = [
            row.id
            for row in documents.values()
            if row.outcome == "record" and (options.records or row.id in mine)
        ]
        release(store, asked, options)
        for story in sorted({each.story for each in documents.values() if each.story}):
            store.stories.touch(story)


def _report(store: Store, ids: list[str], briefer: Briefer, faults: list[str], options: Options) -> Report:
    rows = store.raws.rows(ids)
    documents = store.documents.known(sorted({each.document for each in rows if each.document}))
    items: dict[str, str] = {}
    for story in sorted({each.story for each in documents.values() if each.story}):
        found = store.stories.get(story)
        if found is not None and found.item and found.stage != "failed":
            items[story] = found.item
    inputs = []
    for row in rows:
        document = documents.get(row.document)
        inputs.append(
            InputReport(
                outcome=row.outcome, path=row.path, url=row.url, entry=row.entry, rule=row.rule,
                reason=row.reason, document=row.document,
                item=items.get(document.story, "") if document else "", is_entry=bool(row.container),
            )
        )  # fmt: skip
    lines = []
    for each in store.items.rows(sorted(set(items.values()) | set(briefer.written))):
        revision = briefer.written.get(each.id)
        state: Literal["new", "updated", "unchanged"] = (
            "unchanged" if revision is None else "new" if revision == 1 else "updated"
        )
        lines.append(
            ItemReport(
                id=each.id, state=state, revision=each.revision, type=each.type,
                severity=each.severity, priority=each.priority, title=each.title,
            )
        )  # fmt: skip
    return Report(now=options.now, inputs=tuple(inputs), items=tuple(lines), faults=tuple(faults))
