# SPDX-License-Identifier: Apache-2.0
"""`scc export`: items in the formats of other tools, within the Traffic Light Protocol.

Decides nothing itself: `share.clearance` says what may leave, exporters and renderers what is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click
import msgspec

from scc.cli import exits
from scc.cli.session import db_option, echo_json, json_option, label, open_store, pack
from scc.model.briefing import Briefing
from scc.model.errors import RenderError, SccError, UsageError
from scc.model.tlp import Tlp

if TYPE_CHECKING:
    from scc.knowledge import Knowledge
    from scc.share import Context, Records
    from scc.store.database import Store

Outcome = Literal["written", "not-applicable", "withheld", "failed"]
OUTCOMES: Final[tuple[Outcome, ...]] = ("written", "not-applicable", "withheld", "failed")
MANY: Final = "items"
"""Name of a file that holds several items, and what stands for their id in results."""


class Row(msgspec.Struct, frozen=True):
    """What became of one item in one format."""

    item: str
    format: str
    outcome: Outcome
    file: str = ""
    bytes: int = 0
    tlp: str = ""
    """Label of what was written."""
    reason: str = ""


class Job(msgspec.Struct, frozen=True):
    """What is the same for all items of a call."""

    names: tuple[str, ...]
    clearance: Tlp | None
    records: Records
    knowledge: Knowledge
    out: Path | None
    """A file when `single`, else a folder; None: stdout."""
    single: bool


@click.command("export")
@click.argument("ids", metavar="[ITEM]...", nargs=-1)
@click.option("--to", "to", metavar="FORMAT[,FORMAT]", help="Formats to write; --formats lists them.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE|DIR",
    help="A file for one item in one format, else a folder that gets one folder an item. "
    "Without it one item in one format goes to stdout.",
)
@click.option("--all", "every", is_flag=True, help="All items.")
@click.option(
    "--clearance",
    metavar="TLP",
    help="What the recipient may see. Above it an export is refused; below TLP:AMBER+STRICT it goes without what "
    "is said about us. Without the option the export is your own and labelled TLP:AMBER+STRICT at least, but in "
    "formats that say nothing about us.",
)
@click.option(
    "--records",
    "records_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Gaps, reviews and decisions as JSON: an object with the lists gaps, reviews, decisions.",
)
@click.option("--formats", "listing", is_flag=True, help="List the formats and end.")
@db_option
@json_option
@click.pass_context
def command(
    context: click.Context, ids: tuple[str, ...], to: str | None, out: Path | None, every: bool,
    clearance: str | None, records_file: Path | None, listing: bool, db: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Write items in the formats of other tools and for people.

    A format that has nothing to say for an item writes no file and gives the reason; so does one that the
    Traffic Light Protocol forbids. Both are counted and have exit codes of their own (8, 9).
    """
    if listing:
        return _list(as_json)
    names = _names(to)
    if every == bool(ids):
        raise UsageError("Name items, or give --all.", "`scc items` lists them.")
    cleared_for = label(clearance, "--clearance")
    given = _records(records_file)
    with open_store(context, db) as store:
        wanted = _wanted(store, ids, every)
        single = len(names) == 1 and (_together(names[0], wanted, every) or not (every or len(wanted) > 1))
        single = single and not (out is not None and out.is_dir())
        if out is None and (as_json or not single):
            raise UsageError("This gives several results.", "Name a folder: --out DIR.")
        if out is not None and not single:
            from scc.cli.output import check_writable

            check_writable(out)
        decisions = (*given.decisions, *store.decisions.all())
        records = msgspec.structs.replace(given, decisions=tuple(dict.fromkeys(decisions)))
        job = Job(names, cleared_for, records, pack(), out, single)
        rows = list(_export(store, job, wanted, every))
    _say(rows, out is None, as_json)
    return _code(rows)


def _list(as_json: bool) -> int:
    from scc.cli.output import table
    from scc.render import FORMATS
    from scc.share import EXPORTS

    rows = [(each.name, each.extension, each.text) for each in EXPORTS.values()]
    rows += [(each.name, each.extension, "for people") for each in FORMATS.values()]
    if as_json:
        echo_json([{"name": name, "extension": extension, "text": text} for name, extension, text in rows])
    else:
        table(("FORMAT", "FILE", "CONTENT"), rows)
    return exits.OK


def _names(to: str | None) -> tuple[str, ...]:
    from scc.render import FORMATS
    from scc.share import EXPORTS

    found = tuple(dict.fromkeys(each.strip().lower() for each in (to or "").split(",") if each.strip()))
    for each in found:
        if each not in EXPORTS and each not in FORMATS:
            raise UsageError(f"--to {each!r} is not known.", f"Use {', '.join((*EXPORTS, *FORMATS))}.")
    if not found:
        raise UsageError("--to names no format.", "`scc export --formats` lists them.")
    return found


def _records(file: Path | None) -> Records:
    from scc.share import Records

    if file is None:
        return Records()
    try:
        return msgspec.json.decode(file.read_bytes(), type=Records)
    except FileNotFoundError:
        raise UsageError(f"There is no file {file}.", "Check the path.") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"--records {file}: {error}.", "It is an object with the lists gaps, reviews and decisions."
        ) from error


def _wanted(store: Store, ids: Sequence[str], every: bool) -> list[str]:
    """Ids of the items, each once; one that was merged leads to where it went."""
    if every:
        return [each.id for each in store.items.rows() if not each.merged_into]
    found: list[str] = []
    for each in ids:
        item = store.items.resolve(each.upper())
        if item is None:
            raise UsageError(f"There is no item {each}.", "`scc items` lists them.")
        if item.id != each.upper():
            click.echo(f"{each} was merged into {item.id}.", err=True)
        found.append(item.id)
    return list(dict.fromkeys(found))


def _together(name: str, wanted: Sequence[str], every: bool) -> bool:
    """Whether the items go into one file of this format."""
    from scc.share import EXPORTS

    return name in EXPORTS and EXPORTS[name].many and (every or len(wanted) > 1)


def _export(store: Store, job: Job, wanted: Sequence[str], every: bool) -> Iterator[Row]:
    apart = [name for name in job.names if not _together(name, wanted, every)]
    for id_ in wanted if apart else ():
        briefing, created = _load(store, id_)
        for name in apart:
            yield _one(job, name, briefing, created)
    for name in job.names:
        if name not in apart:
            yield from _many(store, job, name, wanted)


def _load(store: Store, id_: str) -> tuple[Briefing, str]:
    """The current revision, and when the first one was made ("" when it is the first)."""
    briefing = store.items.briefing(id_)
    if briefing is None:
        raise UsageError(f"{id_} has no briefing.", "Run `scc brief` again.")
    first = store.items.briefing(id_, 1) if briefing.revision > 1 else None
    return briefing, first.generated if first is not None else ""


def _one(job: Job, name: str, briefing: Briefing, created: str) -> Row:
    from scc.render import FORMATS
    from scc.share import EXPORTS, Context, NotApplicable, Refused, clear

    allowed = clear(briefing, job.records, name, job.clearance)
    if isinstance(allowed, Refused):
        return Row(briefing.id, name, "withheld", reason=allowed.reason)
    try:
        if name in EXPORTS:
            data = EXPORTS[name].write(
                allowed.briefing, Context(job.knowledge, allowed.records, created=created)
            )
        else:
            data = FORMATS[name].write(allowed.briefing)
    except (SccError, ValueError) as fault:
        return Row(briefing.id, name, "failed", reason=str(fault)[:300])
    if isinstance(data, NotApplicable):
        return Row(briefing.id, name, "not-applicable", reason=data.reason)
    return _keep(job, name, briefing.id, allowed.briefing.tlp, data)


def _many(store: Store, job: Job, name: str, wanted: Sequence[str]) -> Iterator[Row]:
    from scc.model.tlp import strictest
    from scc.share import EXPORTS, Context, NotApplicable, Refused, clear

    allowed: list[tuple[Briefing, Context]] = []
    for id_ in wanted:
        briefing, created = _load(store, id_)
        found = clear(briefing, job.records, name, job.clearance)
        if isinstance(found, Refused):
            yield Row(id_, name, "withheld", reason=found.reason)
        else:
            allowed.append((found.briefing, Context(job.knowledge, found.records, created=created)))
    if not allowed:
        yield Row(MANY, name, "not-applicable", reason="there is no item to write")
        return
    try:
        data = EXPORTS[name].write_many(allowed)
    except (SccError, ValueError) as fault:
        yield Row(MANY, name, "failed", reason=str(fault)[:300])
        return
    if isinstance(data, NotApplicable):
        yield Row(MANY, name, "not-applicable", reason=data.reason)
    else:
        yield _keep(job, name, MANY, strictest([each.tlp for each, _ in allowed]), data)


def _keep(job: Job, name: str, id_: str, tlp: Tlp, data: bytes) -> Row:
    """Write it where it belongs: the file named, a folder an item, or stdout."""
    import sys

    from scc.cli.output import replace
    from scc.model.ids import ITEM_ID
    from scc.render import FORMATS
    from scc.share import EXPORTS

    kind = EXPORTS[name] if name in EXPORTS else FORMATS[name]
    if job.out is None:
        if sys.stdout.isatty() and kind.media_type.startswith(("application/pdf", "application/vnd.openxml")):
            raise UsageError(f"{name} does not belong on a terminal.", "Add --out FILE.")
        sys.stdout.buffer.write(data)
        return Row(id_, name, "written", bytes=len(data), tlp=tlp)
    target = job.out
    if not job.single:
        if id_ != MANY and ITEM_ID.fullmatch(id_) is None:
            raise RenderError(f"{id_!r} is no item id.", "This is a fault of the program.")
        place = job.out if id_ == MANY else job.out / id_
        if place.is_symlink() and id_ != MANY:
            raise RenderError(
                f"{place} is a link; nothing was written through it.", "Remove it or use another --out."
            )
        place.mkdir(parents=True, exist_ok=True)
        target = place / f"{id_}{kind.extension}"
    replace(target, data)
    return Row(id_, name, "written", str(target), len(data), tlp)


def _say(rows: Sequence[Row], to_stdout: bool, as_json: bool) -> None:
    from scc.cli.output import safe, table

    counts = {
        name: {each: sum(row.outcome == each for row in rows if row.format == name) for each in OUTCOMES}
        for name in dict.fromkeys(row.format for row in rows)
    }
    if as_json:
        echo_json({"exports": rows, "counts": counts})
        return
    for row in rows:
        if row.outcome != "written":
            words = row.outcome.replace("-", " ")
            click.echo(safe(f"{row.item} {row.format}: {words}: {row.reason}"), err=True)
    if not to_stdout:
        table(
            ("FORMAT", "WRITTEN", "NOT APPLICABLE", "WITHHELD", "FAILED"),
            [(name, *(str(found[each]) for each in OUTCOMES)) for name, found in counts.items()],
        )


def _code(rows: Sequence[Row]) -> int:
    """What went wrong most: a fault, then a refusal, then nothing to say at all."""
    outcomes = {each.outcome for each in rows}
    if "failed" in outcomes:
        return exits.OUTPUT
    if "withheld" in outcomes:
        return exits.WITHHELD
    return exits.OK if "written" in outcomes or not rows else exits.NOT_APPLICABLE
