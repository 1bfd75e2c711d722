# SPDX-License-Identifier: Apache-2.0
"""`scc content`: check, preview and start content of your own."""

from __future__ import annotations

from pathlib import Path

import click

from scc.cli import exits
from scc.cli.session import content, echo_json, json_option
from scc.cli.session import settings as load_settings
from scc.model.errors import ContentError, UsageError


@click.group("content")
def group() -> None:
    """Actions and sources of your own, laid over the shipped ones."""


@group.command("check")
@click.argument("folder", metavar="[DIR]", required=False)
@json_option
@click.pass_context
def check(context: click.Context, folder: str | None, as_json: bool) -> int:
    """Check the shipped content, or a folder of your own over it; every fault with file and line."""
    from scc import plan
    from scc.model.document import Source

    overlay = folder or load_settings(context).brief.content or None
    if overlay and not Path(overlay).is_dir():
        raise UsageError(f"{overlay} is not a folder.", "Name the folder with your content.")
    faults: list[str] = []
    for part in (
        lambda: content(overlay).records("sources", Source),
        lambda: faults.extend(map(str, plan.check(content(overlay)))),
    ):
        try:
            part()
        except ContentError as error:
            faults.extend(error.faults)
    if as_json:
        echo_json(faults)
    else:
        for fault in faults:
            click.echo(fault)
        click.echo(f"{len(faults)} faults.", err=True)
    return exits.PARTLY if faults else exits.OK


@group.command("new")
@click.argument("id_", metavar="ID")
@click.option("--content", "overlay", metavar="DIR", required=True, help="Your content folder.")
def new(id_: str, overlay: str) -> int:
    """Write the skeleton of an action to DIR/actions/ID.yaml."""
    import re

    from scc.cli.output import replace
    from scc.plan import skeleton

    if re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", id_) is None:
        raise UsageError(f"{id_!r} is not kebab-case.", "Write small letters, digits and hyphens.")
    target = Path(overlay) / "actions" / f"{id_}.yaml"
    if target.exists():
        raise UsageError(f"{target} exists.", "Edit the file, or choose another id.")
    target.parent.mkdir(parents=True, exist_ok=True)
    replace(target, skeleton(id_).encode())
    click.echo(str(target))
    return exits.OK
