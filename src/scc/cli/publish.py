# SPDX-License-Identifier: Apache-2.0
"""`scc publish`: a CSAF provider's folder or a static site of what everybody may see, or a MISP feed for its readers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scc.cli import exits
from scc.cli.session import db_option, echo_json, json_option, label, open_store, pack

if TYPE_CHECKING:
    from scc.model.briefing import Briefing
    from scc.share import Context
    from scc.store.database import Store


@click.group("publish")
def group() -> None:
    """Publish what everybody may see (TLP:CLEAR, facts about the world only); a MISP feed also for fewer."""


@group.command("csaf")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--url", required=True, help="https address under which DIR will be served.")
@click.option(
    "--sign-with", default="", metavar="KEY", help="Sign by the system's gpg with this key of its keyring."
)
@db_option
@json_option
@click.pass_context
def csaf(
    context: click.Context, folder: Path, url: str, sign_with: str, db: str | None, as_json: bool
) -> int:
    """A CSAF 2.0 provider's folder: advisories, index, changes, ROLIE feed, hashes, signatures, metadata.

    An advisory that was published before keeps its address; when its item is gone or no longer TLP:CLEAR, it says that
    it is withdrawn. DIR is replaced in one step; a folder with other files is refused.
    """
    from scc.deliver import publish_csaf

    with open_store(context, db) as store:
        done = publish_csaf.publish(folder, current(store), url, sign_with=sign_with)
    if as_json:
        echo_json(done)
    else:
        click.echo(
            f"{len(done.written)} advisories written, {len(done.withdrawn)} of earlier runs stand withdrawn, "
            f"{len(done.refused)} items refused. "
            + ("Signed." if done.signed else f"Not signed: {done.note}.")
        )
        _say(done.refused)
    return exits.WITHHELD if done.refused and not done.written else exits.OK


@group.command("site")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@db_option
@json_option
@click.pass_context
def site(context: click.Context, folder: Path, db: str | None, as_json: bool) -> int:
    """A static site: index, a page an item, pages to find items by, feeds. No script, nothing fetched.

    DIR is replaced in one step; a folder with other files is refused.
    """
    from scc.deliver import publish_site

    with open_store(context, db) as store:
        done = publish_site.publish(folder, current(store))
    if as_json:
        echo_json(done)
    else:
        click.echo(f"{len(done.items)} items on {done.pages} pages, {len(done.refused)} items refused.")
        _say(done.refused)
    return exits.WITHHELD if done.refused and not done.items else exits.OK


@group.command("misp")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--clearance",
    default="TLP:CLEAR",
    show_default=True,
    metavar="TLP",
    help="What whoever reads DIR may see.",
)
@db_option
@json_option
@click.pass_context
def misp(context: click.Context, folder: Path, clearance: str, db: str | None, as_json: bool) -> int:
    """A folder that MISP reads as a feed: one file an event, manifest.json, hashes.csv.

    Below TLP:AMBER+STRICT facts about the world only. DIR is replaced in one step; a folder with other files is
    refused.
    """
    from scc.deliver import publish_misp

    readers = label(clearance, "--clearance")
    assert readers is not None
    with open_store(context, db) as store:
        done = publish_misp.publish(folder, current(store), readers)
    if as_json:
        echo_json(done)
    else:
        click.echo(f"{len(done.events)} events written, {len(done.refused)} items refused.")
        _say(done.refused)
    return exits.WITHHELD if done.refused and not done.events else exits.OK


def current(store: Store) -> Iterator[tuple[Briefing, Context]]:
    """Current revisions of all items that were not merged, with decisions and the time of the first revision."""
    from scc.share import Context, Records

    decisions = tuple(store.decisions.all())
    knowledge = pack()
    for row in store.items.rows():
        if row.merged_into:
            continue
        briefing = store.items.briefing(row.id)
        if briefing is None:
            continue
        first = store.items.briefing(row.id, 1) if briefing.revision > 1 else None
        yield (
            briefing,
            Context(knowledge, Records(decisions=decisions), created=first.generated if first else ""),
        )


def _say(refused: tuple[tuple[str, str], ...]) -> None:
    from scc.cli.output import safe

    for item, reason in refused:
        click.echo(safe(f"{item}: refused: {reason}"), err=True)
