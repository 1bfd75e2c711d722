# SPDX-License-Identifier: Apache-2.0
"""`scc content`: check, preview and start content of your own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from scc.cli import exits
from scc.cli.session import content, echo_json, json_option, pack
from scc.cli.session import settings as load_settings
from scc.cli.session import sources as load_sources
from scc.model.errors import ContentError, UsageError

SKELETON = """\
id: {id}
status: draft
author: {author}
date: ''  # YYYY-MM-DD
references: []  # where it comes from: an address or a document id such as NIST SP 800-61r3
effect: ''  # a key of vocabularies/effects.csv
phase: containment  # preparation, detection, containment, eradication, recovery, post-incident
csf: ''  # CSF 2.0 subcategory, e.g. RS.MI-01
place: stop  # safety, command, scope, stop, capture, examine, alter, restore, learn
modes: [expose, hunt, incident]
applies: {{}}  # types, facets, themes, weaknesses, techniques, product_classes, exposure, platforms, traits
title: ''
text: ''
why: ''
risk: ''  # what goes wrong without it
controls: []  # framework:id
compensating:
  text: ''  # how two people without the usual tooling reach the same end
evidence: []  # artifact, where, shows, command, retention, preserve_first
evidence_note: ''  # when nothing has to be captured: why
commands: []  # text, dialect, purpose, privileges, alters
owner: it  # lead, it, management, legal, communications, privacy
minutes: 30
skill: admin  # any, admin, responder, specialist, legal
business_effect: ''
done_when: ''
undo: ''
when: day  # hour, day, later
value: 3  # 1 to 5: how much risk it takes away
"""


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
    from scc.assess import clocks
    from scc.brief import hunting
    from scc.plan.content import ActionContent

    overlay = _overlay(context, folder)
    found = content(overlay)
    beyond: Callable[..., Iterable[object]] | None = getattr(plan, "check", None)
    checks: list[Callable[[], object]] = [
        lambda: load_sources(found),
        lambda: found.records("actions", ActionContent),
    ]
    faults: list[str] = []
    checks.append(lambda: faults.extend(f"rubrics/clocks: {each}" for each in clocks.faults(found)))
    checks.append(
        lambda: faults.extend(f"rubrics/hunting: {each}" for each in hunting.faults(found, pack(overlay)))
    )
    if beyond is not None:
        checks.append(lambda: faults.extend(str(each) for each in beyond(found, pack(overlay))))
    for each in checks:
        try:
            each()
        except ContentError as error:
            faults.extend(error.faults)
    faults = list(dict.fromkeys(faults))
    if as_json:
        echo_json(faults)
    else:
        for fault in faults:
            click.echo(fault)
        click.echo(f"{len(faults)} faults.", err=True)
    return exits.PARTLY if faults else exits.OK


@group.command("preview")
@click.argument("id_", metavar="ID")
@click.option("--content", "folder", metavar="DIR", help="Content of your own, laid over the shipped one.")
@json_option
@click.pass_context
def preview(context: click.Context, id_: str, folder: str | None, as_json: bool) -> int:
    """Show an action as it is written, unbound: its blanks stand as {name}."""
    from scc.cli.output import safe
    from scc.plan.content import ActionContent

    found = content(_overlay(context, folder)).records("actions", ActionContent)
    action = next((each for each in found if each.id == id_), None)
    if action is None:
        raise UsageError(f"There is no action {id_}.", "`scc content check DIR` says what is read.")
    if as_json:
        echo_json(action)
        return exits.OK
    click.echo(
        safe(f"{action.id}  {action.title}  [{action.phase}, {action.owner}, {action.minutes} minutes]")
    )
    for name, value in (
        ("", action.text), ("Why", action.why), ("Without it", action.risk),
        ("Without the usual tooling", action.compensating.text), ("Done when", action.done_when),
        ("Undo", action.undo), ("Effect on business", action.business_effect),
        ("Controls", ", ".join(action.controls)),
    ):  # fmt: skip
        if value:
            click.echo(safe(f"{name + ': ' if name else ''}{value}"))
    for command in action.commands:
        click.echo(safe(f"  [{command.dialect}] {command.text}"))
    return exits.OK


@group.command("new")
@click.argument("id_", metavar="ID")
@click.option("--content", "folder", metavar="DIR", required=True, help="Your content folder.")
@click.option("--author", default="", help="Who answers for it.")
def new(id_: str, folder: str, author: str) -> int:
    """Write the skeleton of an action to DIR/actions/ID.yaml. IDs are `act-` and four digits."""
    import json

    from scc.cli.output import replace

    if re.fullmatch(r"act-\d{4,}", id_) is None:
        raise UsageError(f"{id_!r} is no id of an action.", "Write `act-` and four digits, e.g. act-9001.")
    target = Path(folder) / "actions" / f"{id_}.yaml"
    if target.exists():
        raise UsageError(f"{target} exists.", "Edit the file, or choose another id.")
    target.parent.mkdir(parents=True, exist_ok=True)
    replace(target, SKELETON.format(id=id_, author=json.dumps(author)).encode())
    click.echo(str(target))
    return exits.OK


def _overlay(context: click.Context, folder: str | None) -> str | None:
    overlay = folder or load_settings(context).brief.content or None
    if overlay and not Path(overlay).is_dir():
        raise UsageError(f"{overlay} is not a folder.", "Name the folder with your content.")
    return overlay
