# SPDX-License-Identifier: Apache-2.0
"""`scc brief`: the main job, from inputs to briefings on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
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
from scc.model.errors import UsageError

if TYPE_CHECKING:
    from scc.collect.interface import Unreadable
    from scc.engine import Report
    from scc.model.document import Raw
    from scc.settings import Settings


@click.command("brief")
@click.argument("inputs", nargs=-1, required=True, metavar="PATH|URL...")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the briefings, one folder an item.")
@click.option("--format", "names", metavar="NAMES", help="Formats, separated by commas: html,pdf,md,json.")
@click.option("--profile", "profile_path", metavar="FILE", help="Profile of your organisation (org.toml).")
@click.option("--tlp", metavar="LABEL", help="Label of inputs that carry none [default: TLP:AMBER].")
@click.option("--records", is_flag=True, help="Make items of records (KEV, CVE, OSV, ...) too.")
@click.option("--now", metavar="TIME", help="The clock, for runs that can be repeated.")
@click.option("--fetch", is_flag=True, help="Allow addresses (http, https) to be fetched.")
@click.option("--content", "overlay", metavar="DIR", help="Content of your own, laid over the shipped one.")
@db_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    inputs: tuple[str, ...],
    out: Path | None,
    names: str | None,
    profile_path: str | None,
    tlp: str | None,
    records: bool,
    now: str | None,
    fetch: bool,
    overlay: str | None,
    db: str | None,
    as_json: bool,
) -> int:
    """Read files, folders or addresses and write a briefing for each item.

    What a file is, is found in its content, not in its name. Opens no connection unless --fetch is given.
    """
    from scc import engine
    from scc.cli.output import check_writable, formats, progress
    from scc.engine.faults import ending

    settings = load_settings(context)
    wanted = formats(names or settings.brief.format)
    folder = out or Path(settings.brief.out)
    urls = [each for each in inputs if each.startswith(("http://", "https://"))]
    if urls and not fetch:
        raise UsageError(f"{urls[0]} is an address.", "Add --fetch to allow connections.")
    time = clock(now)
    found = content(overlay or settings.brief.content or None)
    show = progress()
    options = engine.Options(
        now=time,
        knowledge=pack(overlay or settings.brief.content or None),
        content=found,
        sources=load_sources(found),
        organisation=profile(profile_path or settings.brief.profile or None),
        tlp=label(tlp) or label(settings.brief.tlp),
        records=records,
        progress=show,
        reach=ending(settings.fault.point),
        wait=settings.store.wait,
        on_wait=lambda message: click.echo(message, err=True),
    )
    check_writable(folder)
    with open_store(context, db, create=True) as store:
        report = engine.run(store, _raws(inputs, settings, time), options)
        written = {}
        lines = list(report.items)
        for number, each in enumerate(lines, 1):
            written[each.id] = _write(store, each.id, each.state, folder, wanted)
            show("render", number, len(lines))
        show("end", 0, 0)
    if as_json:
        echo_json(_as_json(report, written))
    else:
        _table(report, folder, wanted)
    return _code(report)


def _raws(inputs: tuple[str, ...], settings: Settings, now: str) -> Iterator[Raw | Unreadable]:
    from scc.collect.files import walk

    files = [each for each in inputs if not each.startswith(("http://", "https://"))]
    yield from walk(files)
    urls = [each for each in inputs if each not in files]
    if not urls:
        return
    from scc.cli.collect import door
    from scc.collect.poll import fetch

    with door(settings) as opened:
        for url in urls:
            yield fetch(url, opened, now)


def _write(store: object, id_: str, state: str, folder: Path, wanted: list[str]) -> list[str]:
    from scc.cli.output import missing, write
    from scc.render import FORMATS
    from scc.store.database import Store

    assert isinstance(store, Store)
    if state == "unchanged" and not missing(id_, folder, wanted):
        return [str(folder / id_ / f"briefing{FORMATS[each].extension}") for each in wanted]
    briefing = store.items.briefing(id_)
    assert briefing is not None
    return [str(each) for each in write(briefing, folder, wanted)]


def _as_json(report: Report, written: dict[str, list[str]]) -> dict[str, object]:
    import msgspec

    return {
        "now": report.now,
        "files": report.files(),
        "entries": report.entries(),
        "items": [
            {**msgspec.structs.asdict(each), "files": written.get(each.id, [])} for each in report.items
        ],
        "inputs": report.inputs,
        "faults": report.faults,
    }


def _table(report: Report, folder: Path, wanted: list[str]) -> None:
    from scc.cli.output import safe, table
    from scc.render import FORMATS

    if report.items:
        table(
            ("ID", "STATE", "SEVERITY", "PRIORITY", "REV", "TITLE"),
            [
                (each.id, each.state, each.severity, each.priority, str(each.revision), each.title)
                for each in report.items
            ],
        )
        first = FORMATS[wanted[0]].extension
        click.echo(f"\nBriefings: {folder}{'/'}<ID>/briefing{first}")
    files, entries = report.files(), report.entries()
    click.echo(f"Files: {_counts(files)}.", err=True)
    if entries:
        click.echo(f"Entries: {_counts(entries)}.", err=True)
    bad = [each for each in report.inputs if each.outcome == "quarantined"]
    for each in bad[:20]:
        where = f"{each.path or each.url}{' entry ' + each.entry if each.entry else ''}"
        click.echo(safe(f"quarantined: {where}: {each.reason}"), err=True)
    if len(bad) > 20:
        click.echo(f"quarantined: and {len(bad) - 20} more; --json lists all.", err=True)
    for fault in report.faults[:10]:
        click.echo(safe(fault), err=True)
    if not report.items:
        click.echo("No item was found in these inputs; --json gives the outcome of each.", err=True)


def _counts(found: dict[str, int]) -> str:
    return ", ".join(f"{count} {outcome or 'undecided'}" for outcome, count in found.items()) or "none"


def _code(report: Report) -> int:
    if report.faults or any(each.outcome == "quarantined" for each in report.inputs):
        return exits.PARTLY
    return exits.OK
