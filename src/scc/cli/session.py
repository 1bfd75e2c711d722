# SPDX-License-Identifier: Apache-2.0
"""What most commands start with: settings, the database, the clock, the engine's options."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from scc.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from scc.content import Content
    from scc.knowledge import Knowledge
    from scc.model.document import Source
    from scc.model.organisation import Organisation
    from scc.model.tlp import Tlp
    from scc.settings import Settings
    from scc.store.database import Store

F = TypeVar("F", bound="Callable[..., Any]")


def db_option(function: F) -> F:
    """`--db`, as on every command that reads the store."""
    return click.option(
        "--db", metavar="FILE|URL", help="Database [default: scc.db in the user's data folder]."
    )(function)


def json_option(function: F) -> F:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Machine-readable results on stdout.")(
        function
    )


def settings(context: click.Context) -> Settings:
    """The settings in force for this call."""
    from scc.settings import load

    named = context.find_root().obj
    return load(Path(named) if named else None)


def open_store(context: click.Context, db: str | None, *, create: bool = False) -> Store:
    """The database named on the command line, else in the settings, else the default one."""
    import scc.store

    return scc.store.open(db or settings(context).database, create=create)


def clock(given: str | None) -> str:
    """The clock of this run: as given, else now; ISO 8601 UTC with seconds. Raises UsageError."""
    from datetime import UTC, datetime

    if given is None:
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = given.strip()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        text += "T00:00:00Z"
    try:
        time = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise UsageError(
            f"--now {given!r} is not a date.", "Write 2026-06-02 or 2026-06-02T12:00:00Z."
        ) from None
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def label(given: str | None, option: str = "--tlp") -> Tlp | None:
    """A TLP label as typed for an option. Raises UsageError."""
    from scc.model.tlp import ORDER, parse

    if given is None:
        return None
    found = parse(given)
    if found is None:
        raise UsageError(f"{option} {given!r} is no TLP label.", f"Use one of {', '.join(ORDER)}.")
    return found


def content(folder: str | None) -> Content:
    """The content with the user's folder over it, if one is named."""
    from scc.content import open as open_content

    return open_content(Path(folder) if folder else None)


def packs_folder() -> Path:
    """Where the user's packs and licensed titles lie."""
    from scc.settings import data_folder

    return data_folder() / "knowledge"


def pack(overlay: str | None = None) -> Knowledge:
    """The knowledge pack: the one that `scc kb update` made, else the one that ships."""
    from scc import knowledge
    from scc.knowledge.update import current

    folder = packs_folder()
    return knowledge.open(current(folder), Path(overlay) if overlay else None, folder)


def sources(found: Content) -> tuple[Source, ...]:
    """The configured sources."""
    from scc.model.document import Source

    return found.records("sources", Source)


def profile(path: str | None) -> Organisation:
    """The reader's profile, an empty one when none is named."""
    from scc.model.organisation import Organisation
    from scc.settings import organisation

    return organisation(Path(path)) if path else Organisation()


def echo_json(value: object) -> None:
    """A value as indented JSON on stdout."""
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value, order="deterministic"), indent=2).decode())
