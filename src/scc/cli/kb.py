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
    from scc.cli import kb_show

    known = pack()
    own = _own(profile(profile_path or settings(context).brief.profile or None), framework, id_)
    found: dict[str, object]
    lines: list[str] = []
    if framework is None and _only_ours(own, id_, known):
        found = {"controls": own}
        lines += kb_show.own_lines(own)
    elif framework in (None, "cve") and id_.upper().removeprefix("CVE:").startswith("CVE-"):
        id_ = id_.upper().removeprefix("CVE:")
        entry = known.kev(id_)
        found = {"kev": entry if entry is not None else f"not in KEV as of {known.kev_date}"}
        lines += kb_show.kev_lines(known, id_, entry)
    else:
        key, id_ = (framework, id_) if framework else placed(known, id_)
        resolution = known.resolve(key, id_)
        node = known.node(key, id_)
        edges = known.edges(key, id_)
        if node is None and resolution.status == "unknown" and not edges:
            raise _absent(known, key, id_)
        told = resolution if resolution.status != "unknown" else None
        found = {
            "framework": key, "node": node,
            "resolution": told,
            "technique": known.technique(id_) if key in ("attack", "atlas") else None,
            "weakness": known.weakness(id_) if key == "cwe" else None,
            "controls": own, "edges": edges,
        }  # fmt: skip
        lines += kb_show.node_lines(known, key, id_, told)
        lines += kb_show.own_lines(own)
        lines += kb_show.edge_lines(known, edges)
    if as_json:
        echo_json(found)
        return exits.OK
    for line in lines:
        click.echo(line)
    return exits.OK


def placed(known: Knowledge, text: str) -> tuple[str, str]:
    """As `split`; an id whose form tells nothing is looked for in all frameworks. Raises UsageError."""
    try:
        return split(text)
    except UsageError:
        found = [key for key in known.frameworks() if known.node(key, text) is not None]
        if len(found) == 1:
            return found[0], text
        if found:
            ways = ", ".join(f"{key}:{text}" for key in found)
            raise UsageError(
                f"{text!r} stands in {len(found)} frameworks.", f"Write one of {ways}."
            ) from None
        raise


def _absent(known: Knowledge, key: str, id_: str) -> UsageError:
    """The fault for an id that the pack does not have."""
    if key not in (*known.frameworks(), "theme", "phase"):
        return UsageError(f"The pack has no framework {key!r}.", f"Use {', '.join(known.frameworks())}.")
    return UsageError(
        f"The pack has no {id_!r} in {key}.", "If it belongs to another framework, write FRAMEWORK:ID."
    )


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
    from scc.cli import kb_show
    from scc.cli.output import safe

    known = pack()
    framework, id_ = placed(known, start)
    goal, _, goal_id = to.partition(":")
    if goal not in known.frameworks():
        raise UsageError(f"The pack has no framework {goal!r}.", f"Use {', '.join(known.frameworks())}.")
    for key, each in ((framework, id_), (goal, goal_id)):
        if each and known.node(key, each) is None and not known.edges(key, each):
            raise _absent(known, key, each)
    ways: dict[str, list[Way]] = {}
    for way in known.paths(framework, id_, to):
        ways.setdefault(way.edges[-1].dst, []).append(way)
    kept = [each for found in ways.values() for each in (found if everything else found[:1])]
    if not everything and goal == to:
        kept = kept[:GOALS_MOST]
    if as_json:
        echo_json([[msgspec.to_builtins(edge) for edge in each.edges] for each in kept])
        return exits.OK
    resolution = known.resolve(framework, id_)
    if resolution.status in ("revoked", "deprecated"):
        said = kb_show.standing_of(known, framework, resolution)
        click.echo(f"{safe(resolution.stated)} is {safe(said)}.", err=True)
    for number, each_way in enumerate(kept, 1):
        for line in kb_show.way_lines(known, number, each_way):
            click.echo(line)
    if not kept:
        click.echo(f"No path from {safe(start)} to {safe(to)}.", err=True)
    elif len(kept) < sum(map(len, ways.values())):
        reached = f"{len(ways)} nodes of {goal} are" if len(ways) > 1 else f"One node of {goal} is"
        click.echo(f"{reached} reached; --all prints every way.", err=True)
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
        if re.match(shape, id_, re.IGNORECASE):
            return key
    raise UsageError(f"The framework of {id_!r} cannot be told.", "Name it with --framework KEY or KEY:ID.")


def _register() -> None:
    from scc.cli import kb_update

    for command in kb_update.COMMANDS:
        group.add_command(command)


_register()
