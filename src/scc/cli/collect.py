# SPDX-License-Identifier: Apache-2.0
"""`scc collect`: fetch the configured sources into the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from scc.cli import exits
from scc.cli.session import (
    clock,
    content,
    db_option,
    echo_json,
    json_option,
    label,
    open_store,
    pack,
    profile,
)
from scc.cli.session import settings as load_settings
from scc.cli.session import sources as load_sources
from scc.model.errors import CollectError, UsageError

if TYPE_CHECKING:
    from scc.collect.http import Door
    from scc.model.document import Raw, Source
    from scc.settings import Settings
    from scc.store.database import Store


def door(settings: Settings) -> Door:
    """The door to the network with the limits of the settings."""
    from scc.collect.http import AGENT, Door, Limits

    found = settings.collect
    return Door(
        Limits(
            seconds=found.timeout, largest=found.largest * 1048576, pause=found.pause, private=found.private
        ),
        found.agent or AGENT,
    )


@click.command("collect")
@click.argument("names", nargs=-1, metavar="[SOURCE...]")
@click.option("--now", metavar="TIME", help="The clock, for runs that can be repeated.")
@click.option("--profile", "profile_path", metavar="FILE", help="Profile of your organisation (org.toml).")
@click.option("--content", "overlay", metavar="DIR", help="Content of your own, laid over the shipped one.")
@db_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    names: tuple[str, ...],
    now: str | None,
    profile_path: str | None,
    overlay: str | None,
    db: str | None,
    as_json: bool,
) -> int:
    """Fetch the sources (all enabled ones, or those named) and brief what is new.

    Unchanged sources cost one conditional request. Write the files with `scc show ID --format html`.
    """
    from scc import engine
    from scc.cli.output import progress

    settings = load_settings(context)
    time = clock(now)
    found = content(overlay or settings.brief.content or None)
    known = load_sources(found)
    wanted = _wanted(known, names)
    results: dict[str, str] = {}
    show = progress()
    with open_store(context, db, create=True) as store:
        raws = list(_poll(store, wanted, settings, time, results, show))
        report = engine.run(
            store,
            raws,
            engine.Options(
                now=time, knowledge=pack(overlay or settings.brief.content or None), content=found, sources=known,
                organisation=profile(profile_path or settings.brief.profile or None),
                tlp=label(settings.brief.tlp), progress=show, wait=settings.store.wait,
            ),
        )  # fmt: skip
        show("end", 0, 0)
        for source in wanted:
            _remember(store, source, time, results[source.id], raws)
    if as_json:
        echo_json({"now": time, "sources": results, "items": report.items, "entries": report.entries()})
    else:
        from scc.cli.output import table

        table(("SOURCE", "RESULT"), sorted(results.items()))
        if report.items:
            click.echo()
            table(
                ("ID", "STATE", "PRIORITY", "TITLE"),
                [(each.id, each.state, each.priority, each.title) for each in report.items],
            )
    if wanted and not any(each in ("ok", "not modified") for each in results.values()):
        return exits.COLLECT
    return exits.PARTLY if report.faults else exits.OK


def _wanted(known: tuple[Source, ...], names: tuple[str, ...]) -> list[Source]:
    by_id = {each.id: each for each in known}
    for name in names:
        if name not in by_id:
            raise UsageError(f"There is no source {name}.", "`scc sources list` shows them.")
    return [by_id[each] for each in names] or [each for each in known if each.enabled]


def _poll(
    store: Store, wanted: list[Source], settings: Settings, time: str, results: dict[str, str], show: object
) -> Iterator[Raw]:
    import msgspec

    from scc.collect.interface import Memory
    from scc.collect.poll import poller

    with door(settings) as opened:
        for number, source in enumerate(wanted, 1):
            state = store.sources.get(source.id)
            memory = Memory(state.etag, state.modified, state.digest)
            results[source.id] = "not modified"
            try:
                for raw in poller(source.kind)(source, memory, opened):
                    results[source.id] = "ok"
                    yield msgspec.structs.replace(raw, retrieved=time)
            except CollectError as error:
                results[source.id] = error.diagnostics()
            if callable(show):
                show("fetch", number, len(wanted))


def _remember(store: Store, source: Source, time: str, result: str, raws: list[Raw]) -> None:
    """Kept after the run: a source whose news were not taken in is asked again in full."""
    import msgspec

    from scc.model.ids import digest

    state = store.sources.get(source.id)
    raw = next((each for each in raws if each.source is not None and each.source.id == source.id), None)
    if result == "ok" and raw is not None:
        headers = dict(raw.headers)
        state = msgspec.structs.replace(
            state,
            etag=headers.get("etag", ""),
            modified=headers.get("last-modified", ""),
            digest=digest(raw.data),
        )
    failed = result not in ("ok", "not modified")
    store.sources.put(
        source.id,
        msgspec.structs.replace(
            state, polled=time, result=result, failures=state.failures + 1 if failed else 0
        ),
    )
