# SPDX-License-Identifier: Apache-2.0
"""`scc decide split`, `pin`, `dismiss`, `proposals`: which documents are one event, ruled by a person, and what to drop."""

from __future__ import annotations

import click

from scc.cli import exits
from scc.cli.decide import by_whom, document_of, documents_of, group, item_of, keep
from scc.cli.session import clock as moment
from scc.cli.session import db_option, echo_json, json_option, open_store
from scc.model.errors import UsageError


@group.command("split")
@click.argument("item")
@click.argument("documents", metavar="DOCUMENT...", nargs=-1, required=True)
@by_whom
@db_option
@click.pass_context
def split(
    context: click.Context, item: str, documents: tuple[str, ...], by: str, reason: str, now: str | None,
    db: str | None,
) -> int:  # fmt: skip
    """These documents of an item tell of another event: they leave it and do not come back.

    `scc show ITEM --format json` lists the ids of its sources.
    """
    from scc.engine.rulings import take_out

    with open_store(context, db) as store, store.transaction():
        found = item_of(store, item)
        members = documents_of(store, found)
        if strange := [each for each in documents if each not in members]:
            raise UsageError(
                f"{strange[0]} is no document of {found.id}.", "`scc show ITEM --format json` lists them."
            )
        staying = sorted(set(members) - set(documents))
        if not staying:
            raise UsageError(f"Nothing would be left of {found.id}.", "Name the documents that leave it.")
        for each in dict.fromkeys(documents):
            keep(store, found, "split", by, moment(now), reason, each, staying[0])
        take_out(store, found.story, documents)
    click.echo(
        f"{len(set(documents))} leave {found.id}. The next `scc brief` gives them an item of their own."
    )
    return exits.OK


@group.command("pin")
@click.argument("item")
@click.argument("document")
@by_whom
@db_option
@click.pass_context
def pin(
    context: click.Context, item: str, document: str, by: str, reason: str, now: str | None, db: str | None
) -> int:
    """This document tells of the item's event, whatever its words; `scc decide proposals` lists candidates."""
    from scc.engine.rulings import move

    with open_store(context, db) as store, store.transaction():
        found = item_of(store, item)
        row = store.documents.known([document]).get(document)
        if row is None or not row.story:
            raise UsageError(
                f"There is no placed document {document}.", "`scc search WORDS --json` finds ids."
            )
        if row.story == found.story:
            raise UsageError(f"{document} is in {found.id} already.", "Nothing is to be done.")
        if len(store.documents.of_story(row.story)) == 1:
            raise UsageError(
                f"{document} is all of another item.", "Merge the two: `scc decide merge ITEM OTHER`."
            )
        keep(store, found, "pin", by, moment(now), reason, document, document_of(store, found))
        move(store, document, found.story)
    click.echo(f"{document} is in {found.id}. The next `scc brief` makes the revisions.")
    return exits.OK


@group.command("dismiss")
@click.argument("item")
@by_whom
@db_option
@click.pass_context
def dismiss(context: click.Context, item: str, by: str, reason: str, now: str | None, db: str | None) -> int:
    """The item needs nothing more from us: no message, feed or ticket tells of it from now on."""
    with open_store(context, db) as store, store.transaction():
        found = item_of(store, item)
        keep(store, found, "dismiss", by, moment(now), reason, found.id, "")
        store.items.mark(found.id, "dismissed")
    click.echo(f"{found.id} is dismissed. The next `scc brief` makes its revision.")
    return exits.OK


@group.command("proposals")
@db_option
@json_option
@click.pass_context
def proposals(context: click.Context, db: str | None, as_json: bool) -> int:
    """Items that are perhaps one event: close, but the evidence does not force it. `merge` or `pin` settles one."""
    from scc.cli.output import table

    rows: list[dict[str, str]] = []
    with open_store(context, db) as store:
        for document, story, why in store.stories.proposals():
            known = store.documents.known([document]).get(document)
            mine = store.stories.get(known.story) if known and known.story else None
            other = store.stories.get(story)
            if known is None or mine is None or other is None or not mine.item or not other.item:
                continue
            first, second = store.items.resolve(mine.item), store.items.resolve(other.item)
            if first is None or second is None or first.id == second.id:
                continue
            rows.append(
                {"item": first.id, "other": second.id, "document": document, "title": known.title, "why": why}
            )
    if as_json:
        echo_json(rows)
    else:
        table(
            ("ITEM", "PERHAPS", "DOCUMENT", "TITLE"),
            [(each["item"], each["other"], each["document"], each["title"]) for each in rows],
        )
    return exits.OK
