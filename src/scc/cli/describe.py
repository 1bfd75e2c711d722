# SPDX-License-Identifier: Apache-2.0
"""The pages docs/cli.md and docs/configuration.md, made from the commands and the settings themselves."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from typing import Literal, get_args, get_origin

import click
import msgspec

from scc.cli import exits
from scc.cli.main import COMMANDS, cli
from scc.model.organisation import Organisation, OwnControl, OwnProduct, Roles
from scc.settings import BriefSettings, CollectSettings, FaultSettings, NotifySettings, StoreSettings


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, in the order of the list."""
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        yield f"scc {name}", command
        if isinstance(command, click.Group):
            for part in command.list_commands(context):
                found = command.get_command(context, part)
                assert found is not None
                yield f"scc {name} {part}", found


def commands_page() -> str:
    """docs/cli.md."""
    lines = [
        "# The command line", "",
        "Generated from the program (`make generated`); a test fails when it is not up to date.", "",
        "Results go to stdout, progress and messages to stderr. `--json` gives results for machines. Nothing",
        "is fetched unless a command says so: `scc brief --fetch`, `scc collect`, `scc sources test`.",
        "", "Options of `scc` itself:", "", *_options(cli), "",
    ]  # fmt: skip
    for name, command in commands():
        usage = " ".join(each for each in command.collect_usage_pieces(click.Context(command)))
        lines += [f"## `{name}`", "", f"`{name} {usage}`".replace(" `", "`"), ""]
        lines += [inspect.cleandoc(command.help or "").replace("\n", "\n"), ""]
        options = _options(command)
        if options and not isinstance(command, click.Group):
            lines += [*options, ""]
    lines += ["## Exit codes", "", "| code | meaning |", "|---|---|"]
    lines += [f"| {code} | {meaning} |" for code, meaning in exits.MEANING.items()]
    return "\n".join(lines) + "\n"


def _options(command: click.Command) -> list[str]:
    rows = [each for each in command.params if isinstance(each, click.Option)]
    if not rows:
        return []
    lines = ["| option | meaning |", "|---|---|"]
    for each in rows:
        metavar = "" if each.is_flag else f" {each.make_metavar(click.Context(command))}"
        names = ", ".join(f"`{name}{metavar}`" for name in each.opts)
        default = f" Default: `{each.default}`." if each.show_default and each.default is not None else ""
        text = (each.help or "").replace("|", "\\|")
        lines.append(f"| {names.replace('|', chr(92) + '|')} | {text}{default} |")
    return lines


def configuration_page() -> str:
    """docs/configuration.md."""
    lines = [
        "# Configuration", "",
        "Generated from the program (`make generated`); a test fails when it is not up to date.", "",
        "## Settings", "",
        "A TOML file: `settings.toml` in the platform's configuration folder (`scc doctor` shows where), or the one",
        "named by `scc --settings FILE` or the environment variable `SCC_SETTINGS`. Every key can be set in the",
        "environment as `SCC_SECTION__KEY`, which wins over the file; the command line wins over both. An unknown",
        "key is an error that names the file and the key.", "",
    ]  # fmt: skip
    for section, type_ in (
        ("store", StoreSettings), ("brief", BriefSettings), ("collect", CollectSettings),
        ("notify", NotifySettings), ("fault", FaultSettings),
    ):  # fmt: skip
        lines += [f"### [{section}]", "", "| key | environment | default | meaning |", "|---|---|---|---|"]
        for field, text in zip(msgspec.structs.fields(type_), _texts(type_), strict=True):
            default = field.default if field.default != "" else "empty"
            lines.append(
                f"| `{field.name}` | `SCC_{section.upper()}__{field.name.upper()}` | `{default}` | {text} |"
            )
        lines.append("")
    lines += [
        "## Profile of your organisation", "",
        "`scc init` writes a commented `org.toml`; `scc brief --profile org.toml` uses it. What is left out is",
        "treated as not known, never as \"no\".", "",
    ]  # fmt: skip
    for title, owner in (
        ("", Organisation),
        ("[[products]]", OwnProduct),
        ("[[controls]]", OwnControl),
        ("[roles]", Roles),
    ):
        lines += [f"### {title or 'Top level'}", "", "| key | value | meaning |", "|---|---|---|"]
        for field, text in zip(msgspec.structs.fields(owner), _texts(owner), strict=True):
            lines.append(f"| `{field.name}` | {_kind(field.type)} | {text} |")
        lines.append("")
    return "\n".join(lines)


def _kind(type_: object) -> str:
    """What a key takes, in words."""
    origin, parts = get_origin(type_), get_args(type_)
    if origin is Literal:
        return " or ".join(f"`{each}`" if each else "empty" for each in parts)
    if origin is tuple:
        return f"list of {_kind(parts[0])}"
    if parts:
        return " or ".join(_kind(each) for each in parts if each is not type(None))
    known = {str: "text", bool: "true or false", int: "whole number", float: "number"}
    if isinstance(type_, type):
        return known.get(type_, "table")
    return "value"


def _texts(type_: type) -> list[str]:
    """The line below each field in its source, "" where there is none."""
    body = ast.parse(inspect.getsource(type_)).body[0]
    assert isinstance(body, ast.ClassDef)
    found: list[str] = []
    for part in body.body:
        if isinstance(part, ast.AnnAssign):
            found.append("")
        elif isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant) and found:
            found[-1] = " ".join(str(part.value.value).split()).replace("|", "\\|")
    return found
