# SPDX-License-Identifier: Apache-2.0
"""`scc items`, `show`, `explain` and `search`: what the store knows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click
import msgspec

from scc.cli import exits
from scc.cli.session import db_option, echo_json, json_option, open_store
from scc.model.briefing import Briefing, Citation, Statement
from scc.model.document import DocumentKind
from scc.model.errors import UsageError
from scc.model.ids import ItemType


@click.command("items")
@click.option(
    "--last", type=click.IntRange(1), metavar="N", help="Only the N items with the highest numbers."
)
@db_option
@json_option
@click.pass_context
def items(context: click.Context, last: int | None, db: str | None, as_json: bool) -> int:
    """List the tracked items."""
    from scc.cli.output import table

    with open_store(context, db) as store:
        rows = store.items.rows(last=last)
    if as_json:
        echo_json(rows)
        return exits.OK
    table(
        ("ID", "STATUS", "SEVERITY", "PRIORITY", "REV", "TITLE"),
        [
            (
                each.id,
                f"merged into {each.merged_into}" if each.merged_into else each.status,
                each.severity, each.priority, str(each.revision), each.title,
            )
            for each in rows
        ],
    )  # fmt: skip
    return exits.OK


@click.command("show")
@click.argument("id_", metavar="ID")
@click.option("--revision", type=int, help="An older revision.")
@click.option("--format", "name", default="md", show_default=True, help="html, pdf, md or json.")
@click.option("--out", type=click.Path(path_type=Path), help="Write here instead of stdout.")
@db_option
@click.pass_context
def show(
    context: click.Context, id_: str, revision: int | None, name: str, out: Path | None, db: str | None
) -> int:
    """Show an item's briefing. A merged item leads to the one it was merged into."""
    from scc.cli.output import formats, replace
    from scc.render import FORMATS

    wanted = formats(name)
    if len(wanted) != 1:
        raise UsageError("`show` writes one format.", "Use `scc brief --format` for several.")
    briefing = briefing_of(context, db, id_, revision)
    data = FORMATS[wanted[0]].write(briefing)
    if out is not None:
        replace(out, data)
    elif wanted[0] == "pdf" and sys.stdout.isatty():
        raise UsageError("A PDF does not belong on a terminal.", "Add --out FILE.")
    else:
        sys.stdout.buffer.write(data)
    return exits.OK


@click.command("explain")
@click.argument("id_", metavar="ID")
@click.argument("sid", metavar="[SID]", required=False)
@click.option("--revision", type=int, help="An older revision.")
@db_option
@json_option
@click.pass_context
def explain(
    context: click.Context, id_: str, sid: str | None, revision: int | None, db: str | None, as_json: bool
) -> int:
    """Show what a statement rests on; without SID, list the statements.

    SID may be the id of an action ("act-0102"): why it is in the plan, or why it was left out.
    """
    from scc.cli.output import safe, table

    briefing = briefing_of(context, db, id_, revision)
    found = {each.sid: each for each in statements(briefing)}
    if sid is None:
        if as_json:
            echo_json(list(found.values()))
        else:
            table(("SID", "STATEMENT"), [(key, each.text) for key, each in found.items()], last_width=100)
        return exits.OK
    if sid.startswith("act-"):
        sid = next((key for key in (f"plan-in-{sid}", f"plan-cut-{sid}") if key in found), sid)
        if sid not in found:
            raise UsageError(
                f"{sid} does not apply to {briefing.id} in mode {briefing.plan.mode}.",
                f"`scc content preview {sid}` shows when it does.",
            )
    if sid not in found:
        raise UsageError(f"{briefing.id} has no statement {sid}.", f"`scc explain {briefing.id}` lists them.")
    cited = [each for each in briefing.citations if each.id in found[sid].citations]
    if as_json:
        echo_json({"statement": found[sid], "citations": [_chain(briefing, each) for each in cited]})
        return exits.OK
    click.echo(safe(found[sid].text))
    for each in cited:
        click.echo(f"\n[{each.id}]")
        for key, value in _chain(briefing, each).items():
            if value:
                click.echo(f"  {key + ':':10} {safe(str(value))}")
    return exits.OK


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Most documents to show."
)
@click.option(
    "--since", default="", metavar="DATE", help="Only documents of this day, month or year and later."
)
@click.option("--until", default="", metavar="DATE", help="Only documents up to this day, month or year.")
@click.option(
    "--publisher", default="", metavar="NAME", help="Only documents of this publisher, by its full name."
)
@click.option("--kind", type=click.Choice(get_args(DocumentKind)), help="Only documents of this kind.")
@click.option(
    "--type", "type_", type=click.Choice(get_args(ItemType)), help="Only documents of items of this type."
)
@click.option("--after", default="", metavar="PAGE", help="Go on after the page that ended with PAGE.")
@db_option
@json_option
@click.pass_context
def search(
    context: click.Context, words: tuple[str, ...], limit: int, since: str, until: str, publisher: str,
    kind: str | None, type_: str | None, after: str, db: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Search the documents that were read, items or not.

    A document holds all the words; a phrase stands between quotation marks that the shell leaves ('"one phrase"'). Documents with all of them in the title come
    first, then the others, in both the newest first.
    """
    from scc.cli.output import table
    from scc.store.query import Query

    asked = Query(" ".join(words), limit, since, until, publisher, kind or "", type_ or "", after)
    with open_store(context, db) as store:
        found = store.search(asked)
        known = store.documents.known(found.ids)
        rows = [known[each] for each in found.ids if each in known]
        items_of = {}
        for each in rows:
            story = store.stories.get(each.story) if each.story else None
            items_of[each.id] = story.item if story else ""
    if as_json:
        documents = [{**msgspec.structs.asdict(each), "item": items_of[each.id]} for each in rows]
        echo_json({"documents": documents, "next": found.next})
        return exits.OK
    table(
        ("DATE", "ITEM", "OUTCOME", "PUBLISHER", "TITLE"),
        [(each.date, items_of[each.id], each.outcome, each.publisher, each.title) for each in rows],
    )
    if found.next:
        click.echo(f"There may be more: --after {found.next}", err=True)
    return exits.OK


def statements(value: object) -> Iterator[Statement]:
    """Every statement in a briefing or a part of it, in order."""
    if isinstance(value, Statement):
        yield value
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from statements(getattr(value, name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from statements(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from statements(each)


def briefing_of(context: click.Context, db: str | None, id_: str, revision: int | None) -> Briefing:
    """An item's briefing, the last revision for None; a merged item gives the one it went into. Raises UsageError."""
    with open_store(context, db) as store:
        item = store.items.resolve(id_.upper())
        if item is None:
            raise UsageError(f"There is no item {id_}.", "`scc items` lists them.")
        found = store.items.briefing(item.id, revision)
    if found is None:
        raise UsageError(f"{item.id} has no revision {revision}.", f"Its last one is {item.revision}.")
    if item.id != id_.upper():
        click.echo(f"{id_} was merged into {item.id}.", err=True)
    return found


def _chain(briefing: Briefing, citation: Citation) -> dict[str, object]:
    """A citation with the source behind it."""
    source = next((each for each in briefing.sources if each.document == citation.document), None)
    place: object = ""
    if citation.locator is not None:
        place = msgspec.json.encode(citation.locator).decode()
    return {
        "rule": citation.rule, "edge": citation.edge, "quote": citation.quote, "place": place,
        "document": citation.document,
        "publisher": f"{source.publisher} ({source.tier})" if source else "",
        "title": source.title if source else "", "date": source.date if source else "",
        "where": (source.url or source.path) if source else "",
    }  # fmt: skip
