# SPDX-License-Identifier: Apache-2.0
"""The command `scc`: the list of commands and the one place that turns errors into messages.

No traceback reaches a user; every way to fail has its exit code (docs/cli.md).
"""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from typing import Any, Final

import click

from scc import __version__
from scc.cli import exits

COMMANDS: Final[dict[str, tuple[str, str, str]]] = {
    "brief": ("scc.cli.brief", "command", "Read files, folders or addresses and write briefings."),
    "collect": ("scc.cli.collect", "command", "Fetch the configured sources."),
    "sources": ("scc.cli.sources", "group", "List, add and test sources."),
    "items": ("scc.cli.items", "items", "List the tracked items."),
    "show": ("scc.cli.items", "show", "Show an item's briefing."),
    "explain": ("scc.cli.items", "explain", "Show what a statement of a briefing rests on."),
    "decide": (
        "scc.cli.regroup",
        "group",
        "Rule on an item: incident, reporting clock, withdrawal, merge, split, pin, dismissal.",
    ),
    "sigma": ("scc.cli.sigma", "command", "An item's Sigma rules, also as queries."),
    "export": ("scc.cli.export", "command", "Write items in the formats of other tools."),
    "notify": ("scc.cli.notify", "command", "Tell people what is new, changed or corrected."),
    "publish": ("scc.cli.publish", "group", "Publish a CSAF provider's folder or a static site."),
    "taxii": ("scc.cli.taxii", "group", "Serve the items to TAXII 2.1 clients."),
    "search": ("scc.cli.items", "search", "Search the documents that were read."),
    "lint": ("scc.cli.lint", "command", "Hold a briefing against its sources."),
    "kb": (
        "scc.cli.kb",
        "group",
        "The knowledge pack: info, show, path, build, update, rollback, titles, sigma.",
    ),
    "init": ("scc.cli.setup", "init", "Write a commented organisation profile."),
    "doctor": ("scc.cli.setup", "doctor", "Check that everything is in place."),
    "content": ("scc.cli.content", "group", "Check, preview and start content of your own."),
}
"""Name: module, attribute, short help. Nothing is imported to print the list."""


class Lazy(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[name]
        found = getattr(import_module(module), attribute)
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry[2]) for name, entry in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="scc")
@click.option("--settings", type=click.Path(dir_okay=False), help="Settings file (TOML).")
@click.option("--debug", is_flag=True, help="Log what happens inside to stderr.")
@click.pass_context
def cli(context: click.Context, settings: str | None, debug: bool) -> None:
    """Security news, advisories and vulnerability data in; briefings to act on out.

    Nothing is fetched unless a command says so (--fetch, collect, kb update).
    """
    context.obj = settings
    if debug:
        import logging

        logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)


def run(arguments: list[str] | None = None) -> None:
    """Entry point. Ends the process with a documented exit code."""
    code = main(arguments)
    try:
        sys.stdout.flush()
    except (BrokenPipeError, ValueError):
        _quiet()
        code = exits.PIPE
    except OSError as error:
        code = _say(_os_error(error), exits.OUTPUT)
    sys.exit(code)


def main(arguments: list[str] | None = None) -> int:
    """Run a command line and give its exit code."""
    from scc.model.errors import SccError

    try:
        result: Any = cli.main(args=arguments, prog_name="scc", standalone_mode=False)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        error.show(sys.stderr)
        return exits.USAGE
    except (click.Abort, KeyboardInterrupt):
        return _say("Interrupted. Finished work is kept; run the same command to go on.", exits.INTERRUPTED)
    except SccError as error:
        return _say(error.diagnostics(), exits.of(error))
    except (BrokenPipeError, SystemExit):
        # click itself ends the process (SystemExit) only when the reader of the output is gone
        _quiet()
        return exits.PIPE
    except OSError as error:
        return _say(_os_error(error), exits.OUTPUT)
    except MemoryError:
        return _say("There is not enough memory. Give fewer files at a time.", exits.FAULT)
    except RecursionError:
        return _say("An input is nested too deeply. Run with --debug to see which.", exits.FAULT)
    except Exception as error:
        import logging

        logging.getLogger(__name__).debug("program fault", exc_info=error)
        return _say(
            f"The program failed ({type(error).__name__}: {str(error)[:300]}). This is a fault of the "
            "program; run with --debug and report it.",
            exits.FAULT,
        )
    return result if isinstance(result, int) else exits.OK


def _say(message: str, code: int) -> int:
    try:
        click.echo(f"scc: {message}", err=True)
    except OSError:
        pass
    return code


def _os_error(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    if error.errno == errno.ENOSPC:
        return f"The disk is full{where}. Free some space and run the command again; finished work is kept."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"No right to write or read{where}. Choose another place or correct the rights."
    return f"{error.strerror or error}{where}."


def _quiet() -> None:
    """The reader of our output went away: nothing more is written, at the end of the process neither."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
