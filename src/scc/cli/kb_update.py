# SPDX-License-Identifier: Apache-2.0
"""`scc kb build, update, rollback, titles, sigma`: how the pack is built and brought up to date.

The user's packs lie in the folder `knowledge` of the data folder: the pack in use, the one before it, and
the licensed titles and Sigma rules beside them. What is checked and when a pack is switched stands in `knowledge.update`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click
import msgspec

from scc.cli import exits
from scc.cli.session import content, db_option, echo_json, json_option, packs_folder, settings
from scc.model.errors import SccError, UsageError

if TYPE_CHECKING:
    from scc.knowledge.update import Report
    from scc.model.briefing import Briefing
    from scc.settings import CollectSettings

F = TypeVar("F", bound=Callable[..., Any])

FILE_SECONDS: Final = 600
"""Seconds that one download may take."""
SHOWN_MOST: Final = 20
"""Ids of one kind that a report prints; --json gives all."""

_folder = click.option(
    "--from", "folder", type=click.Path(path_type=Path), help="Folder with official downloads and MANIFEST.json."
)  # fmt: skip
_kev = click.option("--kev", type=click.Path(path_type=Path), help="A newer KEV catalogue in JSON.")


@click.command("build")
@_folder
@_kev
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the pack.")
def build(folder: Path | None, kev: Path | None, out: Path) -> int:
    """Build a pack from official downloads (for developers)."""
    from scc.knowledge.build import build as build_pack

    if folder is None:
        raise UsageError("No folder with downloads was named.", "Name it with --from DIR.")
    _checked(folder)
    out.mkdir(parents=True, exist_ok=True)
    made = build_pack(folder, out, kev)
    click.echo(f"{out}: pack {made.pack}", err=True)
    return exits.OK


@click.command("update")
@_folder
@_kev
@click.option("--daily", is_flag=True, help="Fetch only the lists that change by the day.")
@click.option(
    "--save", type=click.Path(path_type=Path), help="Keep what was fetched in this folder, for --from."
)
@click.option("--content", "overlay", metavar="DIR", help="Content of your own, laid over the shipped one.")
@db_option
@json_option
@click.pass_context
def update(
    context: click.Context,
    folder: Path | None,
    kev: Path | None,
    daily: bool,
    save: Path | None,
    overlay: str | None,
    db: str | None,
    as_json: bool,
) -> int:
    """Bring the pack up to date, and say what changed and which items that touches.

    The official downloads (content/downloads/official.yaml) are fetched, each is checked against the checksum
    that its publisher publishes, and the pack is rebuilt; with --daily only KEV, warning lists, taxonomies and
    SSVC tables. With --from everything is built from a folder, offline: one that --save made, or a mirror with
    a MANIFEST.json. If anything is absent, altered or malformed the pack in use stays as it was.
    """
    from scc.knowledge import update as updating

    shipped = content(None).file("pack")
    data = packs_folder()
    if folder is not None:
        if daily or save is not None:
            raise UsageError("--daily and --save are for fetching.", "Leave them out, or --from.")
        _checked(folder)
        report = updating.update_from(folder, data, shipped, kev)
    elif kev is not None:
        raise UsageError("--kev needs --from DIR.", "Without --from the catalogue is fetched.")
    else:
        report = _fetched(context, daily, save, overlay, shipped)
    fault: SccError | None = None
    items: dict[str, list[str]] = {}
    try:
        items = _touched(context, db, report)
    except SccError as error:
        # The pack is already switched: say what it changed before saying that the store was not searched.
        fault = error
    if as_json:
        echo_json({"report": msgspec.to_builtins(report), "items": items})
    else:
        _print(report, items)
    if fault is not None:
        raise fault
    return exits.OK


@click.command("rollback")
def rollback() -> int:
    """Go back to the pack before the last update; a second time, forward again."""
    from scc.knowledge.update import rollback as back

    click.echo(f"Pack {back(packs_folder(), content(None).file('pack'))}")
    return exits.OK


@click.command("titles")
@click.argument("file", type=click.Path(path_type=Path))
def titles(file: Path) -> int:
    """Show official titles from your licensed copy (CIS, ISO, AICPA) in place of our short labels.

    FILE is a CSV with the columns framework, id, title. It is kept beside the pack, never inside it.
    """
    from scc.cli.session import pack
    from scc.knowledge.titles import install, parse

    count = install(file, packs_folder())
    known = pack()
    unknown = [
        f"{framework}:{id_}"
        for framework, ids in sorted(parse(file.read_bytes()).items())
        for id_ in sorted(ids)
        if known.node(framework, id_) is None
    ]
    noun = "title" if count == 1 else "titles"
    click.echo(f"{count} {noun}, {len(unknown)} of them for ids that the pack does not know.")
    for each in unknown[:SHOWN_MOST]:
        click.echo(f"unknown: {ascii(each)[1:-1]}", err=True)
    return exits.OK if not unknown else exits.PARTLY


@click.command("sigma")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@json_option
def sigma(folder: Path, as_json: bool) -> int:
    """Install the text of Sigma rules from DIR, an unpacked release of SigmaHQ.

    Briefings and `scc sigma` then show the rules themselves. They are kept beside the pack, never inside it;
    their licence (Detection Rule License 1.1) asks that the author stays named.
    """
    from scc.cli.output import safe
    from scc.knowledge.sigma_rules import install

    found = install(folder, packs_folder())
    if as_json:
        echo_json({"rules": len(found.rules), "faults": found.faults})
    else:
        click.echo(f"{len(found.rules)} rules, {len(found.faults)} files left out.")
        for each in found.faults[:SHOWN_MOST]:
            click.echo(safe(str(each)), err=True)
    return exits.PARTLY if found.faults else exits.OK


COMMANDS: Final = (build, update, rollback, titles, sigma)


def _fetched(
    context: click.Context, daily: bool, save: Path | None, overlay: str | None, shipped: Path
) -> Report:
    import time

    from scc.cli.collect import door
    from scc.cli.output import progress
    from scc.cli.session import clock
    from scc.knowledge import update as updating
    from scc.knowledge.downloads import publishers

    known = settings(context)
    places = [
        each
        for each in publishers(content(overlay or known.brief.content or None))
        if each.daily or not daily
    ]
    total = sum(len(each.files) + bool(each.head) + bool(each.listing) for each in places)
    done = 0
    show = progress()
    with door(msgspec.structs.replace(known, collect=_patient(known.collect))) as network:

        def get(url: str, largest: int) -> bytes:
            nonlocal done
            done += 1
            show("fetch", done, total)
            return network.get(url, largest=largest).data

        try:
            return updating.update_with(
                get, packs_folder(), shipped, places, clock(None)[:10], time.monotonic, save
            )
        finally:
            show("end", 0, 0)


def _patient(found: CollectSettings) -> CollectSettings:
    """The limits of fetching news, with time for files of many megabytes."""
    return msgspec.structs.replace(found, timeout=max(found.timeout, FILE_SECONDS))


def _checked(folder: Path) -> None:
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder.", "Name the folder with the downloads.")


def _touched(context: click.Context, db: str | None, report: Report) -> dict[str, list[str]]:
    """By item: the changed or revoked ids and the newly exploited flaws that its briefing prints."""
    from scc.cli.session import open_store

    wanted = {
        *report.changed,
        *report.revoked,
        *(f"cve:{each}" for each in (*report.kev_added, *report.kev_gone)),
    }
    usual = settings(context).database
    if not wanted or (db is None and "://" not in usual and not Path(usual).is_file()):
        return {}
    found: dict[str, list[str]] = {}
    with open_store(context, db) as store:
        for row in store.items.rows():
            briefing = store.items.briefing(row.id)
            hit = sorted(wanted & printed(briefing)) if briefing is not None else []
            if hit:
                found[row.id] = hit
    return found


def printed(briefing: Briefing) -> set[str]:
    """The ids that a briefing prints, written "framework:id"; flaws as "cve:CVE-..."."""
    found = {f"cve:{each.id}" for each in briefing.vulnerabilities}
    found |= {f"cwe:{each.id}" for each in briefing.weaknesses}
    for technique in briefing.techniques:
        framework = "atlas" if technique.domain == "atlas" else "attack"
        found |= {f"{framework}:{id_}" for id_ in (technique.id, technique.stated_id) if id_}
    return found | {f"{key}:{row.id}" for key, rows in briefing.frameworks.items() for row in rows}


def _print(report: Report, items: dict[str, list[str]]) -> None:
    from scc.cli.output import safe

    _print_sources(report)
    if report.pack == report.previous:
        click.echo(f"Pack {report.pack}: nothing changed.")
        return
    click.echo(f"Pack {report.pack}, before {report.previous}.")
    kinds = (("added", report.added), ("changed", report.changed), ("revoked or gone", report.revoked))
    for name, ids in kinds:
        click.echo(f"{name}: {len(ids)}")
        by_framework: dict[str, list[str]] = {}
        for each in ids:
            framework, _, id_ = each.partition(":")
            by_framework.setdefault(framework, []).append(id_)
        for framework, found in sorted(by_framework.items()):
            click.echo(f"  {framework}: {_listed(found)}")
    for name, ids in (("new in KEV", report.kev_added), ("gone from KEV", report.kev_gone)):
        click.echo(f"{name}: {_listed(ids)}")
    if report.kev_date < report.kev_date_before:
        click.echo(
            f"The KEV catalogue of {report.kev_date} is older than the one before, of {report.kev_date_before}; "
            "`scc kb rollback` goes back, --kev FILE takes a newer one.",
            err=True,
        )
    for id_, touched in sorted(items.items()):
        click.echo(f"{id_} prints {', '.join(safe(each) for each in touched[:SHOWN_MOST])}")
    if items:
        click.echo("Run `scc brief` on their sources again to renew them.", err=True)


def _listed(ids: Sequence[str]) -> str:
    from scc.cli.output import safe

    shown = ", ".join(safe(each) for each in ids[:SHOWN_MOST])
    more = f" and {len(ids) - SHOWN_MOST} more" if len(ids) > SHOWN_MOST else ""
    return f"{len(ids)}{': ' if ids else ''}{shown}{more}"


def _print_sources(report: Report) -> None:
    from scc.cli.output import safe
    from scc.knowledge.fetch import NONE

    if report.sources:
        plain = [each.file for each in report.sources if each.checked == NONE]
        click.echo(
            f"{len(report.sources)} files fetched, {len(report.sources) - len(plain)} of them checked against "
            "the checksums of their publishers."
        )
        for each in plain:
            click.echo(f"{NONE}: {safe(each)}")
