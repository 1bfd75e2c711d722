# SPDX-License-Identifier: Apache-2.0
"""`scc kb`: what the knowledge pack holds. How it is built and brought up to date: `kb_update`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import msgspec

from scc.cli import exits
from scc.cli.session import echo_json, json_option, pack, profile, settings
from scc.model.errors import UsageError

if TYPE_CHECKING:
    from scc.knowledge import Knowledge
    from scc.knowledge.types import Edge
    from scc.knowledge.types import Path as Way
    from scc.model.organisation import Organisation, OwnControl


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
@click.option(
    "--profile",
    "profile_path",
    metavar="FILE",
    help="Profile of your organisation with controls of your own.",
)
@json_option
@click.pass_context
def show(
    context: click.Context, id_: str, framework: str | None, profile_path: str | None, as_json: bool
) -> int:
    """Show what the pack knows of an id (T1562, CWE-79, AC-2, theme:phishing, CVE-...) and all its edges.

    With a profile that names controls of your own: what they are and what they correspond to.
    """
    from scc.cli.output import safe

    known = pack()
    own = _own(profile(profile_path or settings(context).brief.profile or None), framework, id_)
    found: dict[str, object]
    if framework is None and _only_ours(own, id_, known):
        found = {"controls": own}
    elif id_.upper().startswith("CVE-"):
        entry = known.kev(id_.upper())
        found = {"kev": entry if entry is not None else f"not in KEV as of {known.kev_date}"}
    else:
        key, id_ = (framework, id_) if framework else split(id_)
        resolution = known.resolve(key, id_)
        node = known.node(key, id_)
        edges = known.edges(key, id_)
        if node is None and resolution.status == "unknown" and not edges:
            raise UsageError(f"The pack has no {id_} in {key}.", "Name its framework with --framework KEY.")
        found = {
            "framework": key, "node": node,
            "resolution": resolution if resolution.status != "unknown" else None,
            "technique": known.technique(id_) if key in ("attack", "atlas") else None,
            "weakness": known.weakness(id_) if key == "cwe" else None,
            "controls": own, "edges": edges,
        }  # fmt: skip
    if as_json:
        echo_json(found)
        return exits.OK
    for name, value in found.items():
        if name == "edges" and isinstance(value, tuple):
            click.echo(f"edges: {len(value)}")
            for each in value:
                click.echo(f"  {safe(_said(each))}")
        elif name == "controls" and isinstance(value, list):
            for each in value:
                place = ", ".join(part for part in (each.catalog, each.parent) if part)
                told = f"{each.id} {each.title}".strip() + (f" ({place})" if place else "")
                click.echo(f"our control {safe(told)}")
                for related in each.related:
                    click.echo(f"  corresponds to {safe(related)}")
        elif isinstance(value, msgspec.Struct):
            for field, part in msgspec.structs.asdict(value).items():
                if part:
                    click.echo(
                        f"{name}.{field}: {safe(', '.join(map(str, part)) if isinstance(part, tuple) else str(part))}"
                    )
        elif value:
            click.echo(f"{name}: {safe(str(value))}")
    return exits.OK


def _own(organisation: Organisation, framework: str | None, id_: str) -> list[OwnControl]:
    """The reader's controls that are this id or say that they correspond to it."""
    from scc.brief.frameworks import correspondences

    if not organisation.controls:
        return []
    try:
        key, name = (framework, id_) if framework else split(id_)
    except UsageError:
        key, name = "", id_
    return [
        each
        for each in organisation.controls
        if (framework is None and each.id.casefold() == id_.casefold())
        or (key, name.casefold()) in correspondences(each)
    ]


def _only_ours(own: list[OwnControl], id_: str, known: Knowledge) -> bool:
    """Whether the id is one of the reader's controls and none of the pack."""
    if not any(each.id.casefold() == id_.casefold() for each in own):
        return False
    try:
        key, name = split(id_)
    except UsageError:
        return True
    return known.node(key, name) is None and known.resolve(key, name).status == "unknown"


def _said(edge: Edge) -> str:
    """An edge with its strength and what its dataset says of it."""
    comment = f": {edge.comment}" if edge.comment else ""
    return f"{edge.src} {edge.relation} {edge.dst} [{edge.dataset} {edge.version}; {edge.strength}{comment}]"


GOALS_MOST = 10
"""Nodes that `kb path` prints ways to, unless told to print all."""


@group.command("path")
@click.argument("start", metavar="[FRAMEWORK:]ID")
@click.argument("to", metavar="FRAMEWORK[:ID]")
@click.option(
    "--all", "everything", is_flag=True, help="All ways to all nodes, not the best to the first ten."
)
@json_option
def path(start: str, to: str, everything: bool, as_json: bool) -> int:
    """Show how an id leads to another framework, edge by edge, each with its origin and strength."""
    from scc.cli.output import safe

    known = pack()
    framework, id_ = split(start)
    goal = to.partition(":")[0]
    if goal not in known.frameworks():
        raise UsageError(f"The pack has no framework {goal!r}.", f"Use {', '.join(known.frameworks())}.")
    if known.node(framework, id_) is None and not known.edges(framework, id_):
        raise UsageError(f"The pack has no {id_} in {framework}.", "Write it as FRAMEWORK:ID.")
    ways: dict[str, list[Way]] = {}
    for each in known.paths(framework, id_, to):
        ways.setdefault(each.edges[-1].dst, []).append(each)
    kept = [each for found in ways.values() for each in (found if everything else found[:1])]
    if not everything and goal == to:
        kept = kept[:GOALS_MOST]
    if as_json:
        echo_json([[msgspec.to_builtins(edge) for edge in each.edges] for each in kept])
        return exits.OK
    for number, each in enumerate(kept, 1):
        end = each.edges[-1].dst
        node = known.node(*end.split(":", 1))
        click.echo(f"{number}. {safe(end)} {safe(node.title) if node else ''}".rstrip())
        for edge in each.edges:
            click.echo(f"   {safe(_said(edge))}")
    if not kept:
        click.echo(f"No path from {start} to {to}.", err=True)
    elif len(kept) < sum(map(len, ways.values())):
        click.echo(f"{len(ways)} nodes of {goal} are reached; --all prints every way.", err=True)
    return exits.OK


def split(text: str) -> tuple[str, str]:
    """Framework and id of "cwe:CWE-287" or of "CWE-287". Raises UsageError."""
    framework, separator, id_ = text.partition(":")
    if separator and framework and framework == framework.lower():
        return framework, id_
    return guess(text), text


_SHAPES = (
    (r"AML\.", "atlas"), (r"(?:TA|[TMGSC])\d{4}", "attack"), (r"CWE-", "cwe"), (r"CAPEC-", "capec"),
    (r"D3-", "d3fend"), (r"(?:GV|ID|PR|DE|RS|RC)\.", "nist-csf-2.0"), (r"[A-Z]{2}-\d", "nist-800-53r5"),
    (r"CC\d\.", "soc2"), (r"164\.", "hipaa"), (r"A\.[5-8]\.", "iso-27001-2022"), (r"LLM\d\d:", "owasp-llm-2025"),
    (r"A\d\d:2021", "owasp-2021"), (r"A\d\d:2025", "owasp-2025"), (r"\d{1,2}(?:\.\d{1,2})?$", "cis-v8"),
)  # fmt: skip


def guess(id_: str) -> str:
    """The framework whose ids look like this one. Raises UsageError."""
    for shape, key in _SHAPES:
        if re.match(shape, id_):
            return key
    raise UsageError(f"The framework of {id_!r} cannot be told.", "Name it with --framework KEY or KEY:ID.")


def _register() -> None:
    from scc.cli import kb_update

    for command in kb_update.COMMANDS:
        group.add_command(command)


_register()
