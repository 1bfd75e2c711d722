# SPDX-License-Identifier: Apache-2.0
"""Tables on stdout and briefings on disk. A file is there in full or not at all."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from scc.model.briefing import Briefing
from scc.model.errors import RenderError, UsageError
from scc.model.ids import ITEM_ID

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    """Source text for a terminal: no control characters, no direction overrides."""
    return _CONTROL.sub(" ", text)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], last_width: int = 70) -> None:
    """Columns as wide as they need; the last one is cut."""
    cells = [[safe(each) for each in row] for row in rows]
    widths = [
        max(len(head[index]), *(len(row[index]) for row in cells)) if cells else len(head[index])
        for index in range(len(head))
    ]
    for row in [list(head), *cells]:
        shown = [cell.ljust(width) for cell, width in zip(row[:-1], widths[:-1], strict=True)]
        last = row[-1] if len(row[-1]) <= last_width else row[-1][: last_width - 1] + "…"
        click.echo("  ".join([*shown, last]).rstrip())


def formats(names: str) -> list[str]:
    """The formats asked for. Raises UsageError."""
    from scc.render import FORMATS

    found = [each.strip().lower() for each in names.split(",") if each.strip()]
    for each in found:
        if each not in FORMATS:
            raise UsageError(f"--format {each!r} is not known.", f"Use {', '.join(FORMATS)}.")
    if not found:
        raise UsageError("--format names no format.", f"Use {', '.join(FORMATS)}.")
    return list(dict.fromkeys(found))


def write(briefing: Briefing, folder: Path, names: Sequence[str]) -> list[Path]:
    """Write `folder/<id>/briefing.<ext>` for each format. Raises RenderError, OSError."""
    from scc.render import FORMATS

    if ITEM_ID.fullmatch(briefing.id) is None:
        raise RenderError(f"{briefing.id!r} is no item id.", "This is a fault of the program.")
    place = folder / briefing.id
    if place.is_symlink():
        raise RenderError(
            f"{place} is a link; nothing was written through it.", "Remove it or use another --out."
        )
    place.mkdir(parents=True, exist_ok=True)
    written = []
    for name in names:
        target = place / f"briefing{FORMATS[name].extension}"
        replace(target, FORMATS[name].write(briefing))
        written.append(target)
    return written


def missing(id_: str, folder: Path, names: Sequence[str]) -> bool:
    """Whether a file of the briefing is not there."""
    from scc.render import FORMATS

    return any(not (folder / id_ / f"briefing{FORMATS[each].extension}").is_file() for each in names)


def replace(target: Path, data: bytes) -> None:
    """Write a file in full or not at all; what was there is replaced, a link is not followed."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".scc-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o644)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def check_writable(folder: Path) -> None:
    """Fail before the work, not after it. Raises OSError, UsageError."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"--out {folder} is not a folder.", "Name a folder.")
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=".scc-")
    os.close(handle)
    Path(name).unlink()


def progress() -> Callable[[str, int, int], None]:
    """Progress on stderr: a bar on a terminal, a line a stage elsewhere."""
    if sys.stderr.isatty():
        return _bar()
    return _lines()


def _bar() -> Callable[[str, int, int], None]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description:>10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        console=Console(stderr=True), transient=False,
    )  # fmt: skip
    tasks: dict[str, object] = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage == "end":
            bar.stop()
            return
        if not tasks:
            bar.start()
        if stage not in tasks:
            tasks[stage] = bar.add_task(stage, total=total or None)
        bar.update(tasks[stage], completed=done, total=total or None)  # type: ignore[arg-type]

    return show


def _lines() -> Callable[[str, int, int], None]:
    seen: dict[str, tuple[int, int]] = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage == "end" or (total and done >= total and seen.get(stage) != (done, total)):
            if stage != "end":
                click.echo(f"{stage:>10}  {done} of {total}", err=True)
            seen[stage] = (done, total)

    return show
