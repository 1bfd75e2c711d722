# SPDX-License-Identifier: Apache-2.0
"""`scc kb`: what the knowledge pack holds, and how it is built and brought up to date."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from scc.cli import exits
from scc.cli.session import echo_json, json_option, pack
from scc.model.errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])


@click.group("kb")
def group() -> None:
    """The knowledge pack: ids, names and relations of frameworks."""


@group.command("info")
@json_option
def info(as_json: bool) -> int:
    """Show the pack's id, data sets, versions and dates."""
    from scc.cli.output import table

    known = pack()
    if as_json:
        echo_json(
            {
                "pack": known.pack_id,
                "kev_date": known.kev_date,
                "datasets": [list(each) for each in known.datasets],
            }
        )
        return exits.OK
    click.echo(f"Pack {known.pack_id}")
    table(("DATA SET", "VERSION", "DATE"), [tuple(str(part) for part in each) for each in known.datasets])
    return exits.OK


@group.command("show")
@click.argument("id_", metavar="ID")
@click.option("--framework", metavar="KEY", help="Framework of the id, e.g. attack, cwe, nist-800-53r5.")
@json_option
def show(id_: str, framework: str | None, as_json: bool) -> int:
    """Show what the pack knows of an id (T1562, CWE-79, AC-2, CVE-...)."""
    from scc.cli.output import safe

    known = pack()
    if id_.upper().startswith("CVE-"):
        entry = known.kev(id_.upper())
        found: dict[str, object] = {
            "kev": entry if entry is not None else f"not in KEV as of {known.kev_date}"
        }
    else:
        key = framework or guess(id_)
        resolution = known.resolve(key, id_)
        node = known.node(key, id_)
        if node is None and resolution.status == "unknown":
            raise UsageError(f"The pack has no {id_} in {key}.", "Name its framework with --framework KEY.")
        found = {
            "framework": key, "node": node, "resolution": resolution,
            "technique": known.technique(id_) if key in ("attack", "atlas") else None,
            "weakness": known.weakness(id_) if key == "cwe" else None,
            "edges": [each.label for each in known.edges(key, id_)],
        }  # fmt: skip
    if as_json:
        echo_json(found)
        return exits.OK
    for name, value in found.items():
        if isinstance(value, list):
            for each in value:
                click.echo(f"{name}: {safe(str(each))}")
        elif isinstance(value, msgspec.Struct):
            for field, part in msgspec.structs.asdict(value).items():
                if part:
                    click.echo(
                        f"{name}.{field}: {safe(', '.join(map(str, part)) if isinstance(part, tuple) else str(part))}"
                    )
        elif value:
            click.echo(f"{name}: {safe(str(value))}")
    return exits.OK


@group.command("path")
@click.argument("start", metavar="FRAMEWORK:ID")
@click.argument("to", metavar="FRAMEWORK")
@json_option
def path(start: str, to: str, as_json: bool) -> int:
    """Show how an id leads to another framework, edge by edge."""
    from scc.cli.output import safe

    framework, separator, id_ = start.partition(":")
    if not separator:
        framework, id_ = guess(start), start
    found = pack().paths(framework, id_, to)
    if as_json:
        echo_json([[edge.label for edge in each.edges] for each in found])
        return exits.OK
    for number, each in enumerate(found, 1):
        click.echo(f"{number}.")
        for edge in each.edges:
            click.echo(f"   {safe(edge.label)}")
    if not found:
        click.echo(f"No path from {start} to {to}.", err=True)
    return exits.OK


def _from_options(function: F) -> F:
    """`--from` and `--kev`."""
    kev = click.option("--kev", type=click.Path(path_type=Path), help="A newer KEV catalogue in JSON.")
    folder = click.option(
        "--from",
        "folder",
        required=True,
        type=click.Path(path_type=Path),
        help="Folder with official downloads.",
    )
    return folder(kev(function))


@group.command("build")
@_from_options
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the pack.")
def build(folder: Path, kev: Path | None, out: Path) -> int:
    """Build a pack from official downloads (for developers)."""
    _build(folder, out, kev)
    return exits.OK


@group.command("update")
@_from_options
def update(folder: Path, kev: Path | None) -> int:
    """Build a newer pack from official downloads into the data folder, where `scc` finds it."""
    import shutil

    from scc.settings import data_folder

    out = data_folder() / "pack"
    made = out.with_name("pack.new")
    shutil.rmtree(made, ignore_errors=True)
    _build(folder, made, kev)
    shutil.rmtree(out, ignore_errors=True)
    made.rename(out)
    click.echo(str(out))
    return exits.OK


def _build(folder: Path, out: Path, kev: Path | None) -> None:
    from scc.knowledge.build import build as build_pack

    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder.", "Name the folder with the downloads.")
    out.mkdir(parents=True, exist_ok=True)
    made = build_pack(folder, out, kev)
    click.echo(f"{out}: pack {made.pack}", err=True)


_SHAPES = (
    (r"AML\.", "atlas"), (r"T(?:A)?\d{4}", "attack"), (r"CWE-", "cwe"), (r"CAPEC-", "capec"), (r"D3-", "d3fend"),
    (r"(?:GV|ID|PR|DE|RS|RC)\.", "nist-csf-2.0"), (r"[A-Z]{2}-\d", "nist-800-53r5"),
)  # fmt: skip


def guess(id_: str) -> str:
    """The framework whose ids look like this one. Raises UsageError."""
    for shape, key in _SHAPES:
        if re.match(shape, id_):
            return key
    raise UsageError(f"The framework of {id_!r} cannot be told.", "Name it with --framework KEY or KEY:ID.")
