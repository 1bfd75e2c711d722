# SPDX-License-Identifier: Apache-2.0
"""`scc decide`: what a person rules on an item. Kept for good with name, time and reason; the next run makes the revision."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from scc.cli import exits
from scc.cli.session import clock as moment
from scc.cli.session import content as load_content
from scc.cli.session import db_option, echo_json, json_option, open_store
from scc.model.errors import UsageError

if TYPE_CHECKING:
    from scc.assess.clocks import Clock
    from scc.model.decision import Decision
    from scc.model.story import Item
    from scc.store.database import Store

F = TypeVar("F", bound=Callable[..., Any])


def by_whom(function: F) -> F:
    """The options that every ruling needs."""
    for option in (
        click.option("--now", metavar="TIME", help="The clock, for runs that can be repeated."),
        click.option("--reason", required=True, help="Why; it is shown with the ruling."),
        click.option("--by", required=True, metavar="WHO", help="Who rules."),
    ):
        function = option(function)
    return function


@click.group("decide")
def group() -> None:
    """Rule on an item: open an incident, run a reporting clock, take back, merge, split, pin, dismiss."""


@group.command("incident")
@click.argument("item")
@by_whom
@db_option
@click.pass_context
def incident(context: click.Context, item: str, by: str, reason: str, now: str | None, db: str | None) -> int:
    """There is evidence of compromise at our site: the plan becomes that of an incident."""
    with open_store(context, db) as store:
        found = item_of(store, item)
        keep(store, found, "confirm", by, moment(now), reason, document_of(store, found), "incident")
    click.echo(f"{found.id} is an incident. The next `scc brief` makes its plan.")
    return exits.OK


@group.command("clock")
@click.argument("item")
@click.argument("clock_id", metavar="CLOCK")
@click.option("--start", metavar="TIME", help="When it started, ISO 8601 with a zone.")
@click.option("--stop", metavar="TIME", help="When what it asks for was done.")
@by_whom
@db_option
@click.pass_context
def clock(
    context: click.Context, item: str, clock_id: str, start: str | None, stop: str | None, by: str, reason: str,
    now: str | None, db: str | None,
) -> int:  # fmt: skip
    """Start or stop a reporting clock of law for an item. News starts none; docs/clocks.md lists them.

    A clock is shown as running only to a reader whom it binds by the profile.
    """
    if (start is None) == (stop is None):
        raise UsageError("Give --start TIME or --stop TIME.", "A clock is started first and stopped later.")
    rule = _clock(clock_id)
    time = _past(start or stop or "", moment(now))
    with open_store(context, db) as store:
        found = item_of(store, item)
        document = document_of(store, found)
        members = set(documents_of(store, found))
        begun = [
            each.time
            for each in store.decisions.all()
            if each.kind == "confirm" and each.target == rule.id and each.other in members
        ]
        if stop is not None and not [each for each in begun if each <= time]:
            raise UsageError(
                f"{rule.id} was not started before {time} for {found.id}.", "Start it with --start."
            )
        kind = "confirm" if start is not None else "withdraw"
        keep(store, found, kind, by, time, reason, rule.id, document)
    if stop is not None:
        click.echo(f"{rule.id} is met for {found.id} since {time}.")
    else:
        from scc.assess.clocks import ends

        due = ends(rule, time)
        click.echo(f"{rule.id} runs for {found.id} since {time}{f', until {due}' if due else ''}.")
    return exits.OK


@group.command("withdraw")
@click.argument("item")
@by_whom
@db_option
@click.pass_context
def withdraw(context: click.Context, item: str, by: str, reason: str, now: str | None, db: str | None) -> int:
    """Take an item back: exports, feeds and messages say so from now on."""
    with open_store(context, db) as store:
        found = item_of(store, item)
        keep(store, found, "withdraw", by, moment(now), reason, found.id, "")
    click.echo(f"{found.id} is withdrawn.")
    return exits.OK


@group.command("merge")
@click.argument("item")
@click.argument("other")
@by_whom
@db_option
@click.pass_context
def merge(
    context: click.Context, item: str, other: str, by: str, reason: str, now: str | None, db: str | None
) -> int:
    """Two items are one event: the older number stays, the other leads to it."""
    from scc.engine.placing import merge as join

    with open_store(context, db) as store, store.transaction():
        first, second = item_of(store, item), item_of(store, other)
        if first.id == second.id:
            raise UsageError(f"{item} and {other} are one item already.", "Name two.")
        keep(
            store,
            first,
            "merge",
            by,
            moment(now),
            reason,
            document_of(store, first),
            document_of(store, second),
        )
        kept = join(store, [first.story, second.story])
        row = store.stories.get(kept)
    click.echo(f"They are one item: {row.item if row else kept}. The next `scc brief` makes its revision.")
    return exits.OK


@group.command("list")
@db_option
@json_option
@click.pass_context
def listing(context: click.Context, db: str | None, as_json: bool) -> int:
    """All rulings, oldest first."""
    from scc.cli.output import table

    with open_store(context, db) as store:
        found = store.decisions.all()
    if as_json:
        echo_json(found)
    else:
        table(
            ("TIME", "BY", "KIND", "TARGET", "OTHER", "REASON"),
            [(each.time, each.author, each.kind, each.target, each.other, each.reason) for each in found],
        )
    return exits.OK


def item_of(store: Store, id_: str) -> Item:
    """The item of that id, or the one it was merged into. Raises UsageError."""
    found = store.items.resolve(id_.upper())
    if found is None:
        raise UsageError(f"There is no item {id_}.", "`scc items` lists them.")
    return found


def documents_of(store: Store, item: Item) -> list[str]:
    """Ids of the item's documents."""
    return list(store.documents.of_story(item.story))


def document_of(store: Store, item: Item) -> str:
    """A document of the item: its id stays, the story's moves when an earlier document arrives."""
    found = sorted(documents_of(store, item))
    if not found:
        raise UsageError(f"{item.id} has no document any more.", "Nothing can be ruled on it.")
    return found[0]


def _clock(id_: str) -> Clock:
    from scc.assess.clocks import Clock

    known = {each.id: each for each in load_content("").records("rubrics/clocks", Clock)}
    rule = known.get(id_)
    if rule is None:
        raise UsageError(f"There is no clock {id_}.", "docs/clocks.md lists them.")
    if not rule.verified or rule.legal != "in force":
        state = rule.legal if rule.verified else "not verified against the legal text"
        raise UsageError(f"{id_} is {state}: it is no duty and cannot run.", "docs/clocks.md says more.")
    return rule


def _past(text: str, now: str) -> str:
    """The time as UTC; not in the future."""
    time = moment(text)
    if time > now:
        raise UsageError(f"{text} lies in the future.", "A clock starts and stops when it happened.")
    return time


def keep(
    store: Store, item: Item, kind: Any, by: str, time: str, reason: str, target: str, other: str
) -> Decision:
    """Keep the ruling and have the item briefed anew. Raises UsageError without a name or a reason."""
    from scc.model.decision import Decision
    from scc.model.ids import short

    made = Decision(
        short("dec", kind, by, time, reason, target, other),
        kind,
        by.strip(),
        time,
        reason.strip(),
        target,
        other,
    )
    if not made.author or not made.reason:
        raise UsageError("A ruling needs a name and a reason.", "Give --by and --reason.")
    with store.transaction():
        store.decisions.add([made])
        store.stories.touch(item.story)
        store.stories.look_again(sorted(store.stories.sharing(item.story, 500)))
    return made
