# SPDX-License-Identifier: Apache-2.0
"""`scc sigma`: an item's public Sigma rules, their text, and as queries of four products.

The text comes from the user's own copy of a SigmaHQ release: installed with `scc kb sigma DIR`, or a folder
named with `--rules`. Nothing is fetched and no query is run.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scc.cli import exits
from scc.cli.session import db_option, echo_json, json_option, pack
from scc.model.errors import KnowledgeError, UsageError

if TYPE_CHECKING:
    from scc.knowledge.sigma_rules import RuleFault
    from scc.model.briefing import Briefing, SigmaRule
    from scc.share.sigma import Conversion


@click.command("sigma")
@click.argument("id_", metavar="ITEM")
@click.option("--to", metavar="TARGET", help="Queries for splunk, elastic, sentinel or secops.")
@click.option(
    "--rules", "folder", type=click.Path(path_type=Path), metavar="DIR",
    help="Folder of an unpacked SigmaHQ release, instead of the one given to `scc kb sigma`.",
)  # fmt: skip
@click.option("--text", "with_text", is_flag=True, help="Print the rules themselves.")
@db_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    id_: str,
    to: str | None,
    folder: Path | None,
    with_text: bool,
    db: str | None,
    as_json: bool,
) -> int:
    """List the public Sigma rules of an item, or print them as queries.

    Queries need the rules themselves (--rules, or once `scc kb sigma DIR`) and pySigma:
    pip install 'scc-briefings[sigma]'.
    """
    from scc.cli.items import briefing_of

    if to is not None:
        _target(to)
    briefing = briefing_of(context, db, id_, None)
    rules = briefing.detection.sigma
    if not rules:
        why = _why_none(briefing)
        echo_json({"item": briefing.id, "rules": [], "reason": why}) if as_json else click.echo(why, err=True)
        return exits.NOT_APPLICABLE
    if to is None and not with_text:
        _list(briefing, as_json)
        return exits.OK
    texts, faults = _texts(rules, folder)
    rows = _converted(rules, texts, to) if to is not None else []
    if as_json:
        echo_json(
            {
                "item": briefing.id,
                "to": to or "",
                "rules": [_as_json(each, texts, rows) for each in rules],
                "faults": faults,
            }
        )
    else:
        _print(rules, texts, rows, faults, to)
    missing = any(each.id.lower() not in texts for each in rules)
    return exits.PARTLY if faults or missing or any(each.reason for each in rows) else exits.OK


def _target(to: str) -> None:
    """Raises UsageError before anything is opened, so that a slip of the pen costs nothing."""
    from scc.share.sigma import TARGETS

    if to not in TARGETS:
        raise UsageError(f"--to {to!r} is not known.", f"Use one of {', '.join(TARGETS)}.")


def _why_none(briefing: Briefing) -> str:
    if briefing.plan.mode == "govern":
        return (
            f"{briefing.id}: nothing technical happened, so there is nothing to hunt and no rule to convert."
        )
    return f"{briefing.id}: no public Sigma rule is known for its techniques and vulnerabilities."


def _list(briefing: Briefing, as_json: bool) -> None:
    from scc.cli.output import table

    rules = briefing.detection.sigma
    if as_json:
        echo_json({"item": briefing.id, "rules": rules})
        return
    table(
        ("LEVEL", "STATUS", "TECHNIQUE", "LOGS", "ID", "TITLE"),
        [(each.level, each.status, each.technique, each.logsource, each.id, each.title) for each in rules],
    )


def _texts(rules: tuple[SigmaRule, ...], folder: Path | None) -> tuple[dict[str, str], list[RuleFault]]:
    """The texts at hand by rule id, and what was wrong with files of the named folder. Raises UsageError."""
    from scc.knowledge import sigma_rules

    if folder is not None:
        try:
            found = sigma_rules.read(folder, [each.id for each in rules])
        except KnowledgeError as error:
            raise UsageError(error.what, error.todo) from error
        return {id_: each.text for id_, each in found.rules.items()}, list(found.faults)
    index = pack().sigma_rules
    if not index.installed:
        raise UsageError(
            "The text of the Sigma rules is not installed.",
            "Download a release from https://github.com/SigmaHQ/sigma/releases, unpack it, then run "
            "`scc kb sigma DIR`, or name the folder with --rules DIR.",
        )
    return {each.id.lower(): text for each in rules if (text := index.text(each.id))}, []


def _converted(rules: tuple[SigmaRule, ...], texts: dict[str, str], to: str) -> list[Conversion]:
    from scc.share.sigma import convert

    return list(
        convert([(each.id, texts[each.id.lower()]) for each in rules if each.id.lower() in texts], to)
    )


_NOT_THERE = "not among the rules at hand: the release may be older or newer than the knowledge pack"


def _as_json(rule: SigmaRule, texts: dict[str, str], rows: list[Conversion]) -> dict[str, Any]:
    import msgspec

    shown: dict[str, Any] = msgspec.to_builtins(rule)
    shown["text"] = texts.get(rule.id.lower(), "")
    row = next((each for each in rows if each.id == rule.id), None)
    if row is not None:
        shown["conversion"] = msgspec.to_builtins(row)
    elif not shown["text"]:
        shown["conversion"] = {"code": "rule-not-at-hand", "reason": _NOT_THERE}
    return shown


def _print(
    rules: tuple[SigmaRule, ...],
    texts: dict[str, str],
    rows: list[Conversion],
    faults: list[RuleFault],
    to: str | None,
) -> None:
    """Rule after rule: a head with id and link, then the text or the queries, or the reason why there are none."""
    from scc.cli.output import safe
    from scc.share.sigma import TARGETS

    by_id = {each.id: each for each in rows}
    done = 0
    for rule in rules:
        parts = (rule.level, rule.status, rule.technique, rule.logsource)
        click.echo(safe(f"# {rule.title} [{', '.join(each for each in parts if each)}]"))
        click.echo(safe(f"# {rule.id}  {rule.url}"))
        if rule.author:
            click.echo(safe(f"# by {rule.author}, Detection Rule License 1.1"))
        row = by_id.get(rule.id)
        if rule.id.lower() not in texts:
            click.echo(f"# no query: {_NOT_THERE}" if to else f"# no text: {_NOT_THERE}")
        elif row is None:
            click.echo(_lines(texts[rule.id.lower()]))
        elif row.reason:
            click.echo(safe(f"# no query: {row.code}: {row.reason}"))
        else:
            done += 1
            click.echo(safe(f"# fields: {row.pipeline or 'of Sigma'}. {row.note}".rstrip()))
            for query in row.queries:
                click.echo(_lines(query))
        click.echo()
    for fault in faults:
        click.echo(safe(str(fault)), err=True)
    if to:
        click.echo(f"{done} of {len(rules)} rules as queries for {TARGETS[to]}.", err=True)


def _lines(text: str) -> str:
    """Text of several lines for a terminal: no control characters but the ends of lines."""
    from scc.cli.output import safe

    return "\n".join(safe(each) for each in text.splitlines())
