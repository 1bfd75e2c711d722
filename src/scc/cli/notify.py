# SPDX-License-Identifier: Apache-2.0
"""`scc notify`: tell people what is new or changed, by the channels of the channels file."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from scc.cli import exits
from scc.cli.session import clock, db_option, echo_json, json_option, open_store, settings
from scc.model.errors import SettingsError, UsageError

if TYPE_CHECKING:
    from scc.deliver.notify_rules import Channel, Decision


@click.command("notify")
@click.option(
    "--channels", "file", type=click.Path(path_type=Path), metavar="FILE", help="The channels file."
)
@click.option(
    "--dry-run", is_flag=True, help="Say what would be sent to whom and why, and what not; send nothing."
)
@click.option("--test", "tested", metavar="CHANNEL", help="Send one test message to this channel and end.")
@click.option("--now", metavar="TIME", help="The clock, ISO 8601 (for tests).")
@db_option
@json_option
@click.pass_context
def command(
    context: click.Context, file: Path | None, dry_run: bool, tested: str | None, now: str | None, db: str | None,
    as_json: bool,
) -> int:  # fmt: skip
    """Send what is new, changed or corrected to the channels that want it.

    An update goes only where the earlier word went. Quiet hours and digests wait; run it every few minutes.
    """
    from scc.deliver import notify_rules as rules

    channels = _channels(file, settings(context).notify.channels)
    if tested is not None:
        return _test(channels, tested)
    moment = datetime.datetime.fromisoformat(clock(now))
    with open_store(context, db) as store:
        from scc.cli.publish import current

        items = list(current(store))
        decided = rules.decide(items, channels, store.notices.all(), moment)
        rows = [_row(each) for each in decided]
        failed = 0
        if not dry_run:
            from scc.deliver.notify_send import deliver

            for at, each in enumerate(decided):
                if isinstance(each, rules.Message):
                    settled = deliver(each, store.notices)
                    rows[at]["state"] = settled[0].state
                    rows[at]["error"] = settled[0].error
                    failed += settled[0].state != "sent"
    if as_json:
        echo_json(rows)
    else:
        _say(rows, dry_run)
    return exits.PARTLY if failed else exits.OK


def _channels(file: Path | None, configured: str) -> tuple[Channel, ...]:
    from scc.deliver.notify_rules import Channels, checked

    path = file or (Path(configured) if configured else None)
    if path is None:
        raise SettingsError(
            "No channels are set.", "Give --channels FILE, or [notify] channels in the settings."
        )
    try:
        found = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Channels)
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be read: {error.strerror}.", "See docs/notifications.md."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise SettingsError(f"{path}: {error}.", "See docs/notifications.md for the keys.") from error
    if not found.channel:
        raise SettingsError(f"{path} has no [[channel]].", "See docs/notifications.md.")
    return checked(found.channel)


def _test(channels: tuple[Channel, ...], name: str) -> int:
    from scc.deliver.notify_send import send
    from scc.deliver.notify_text import Text

    channel = next((each for each in channels if each.name == name), None)
    if channel is None:
        raise UsageError(
            f"There is no channel {name!r}.", f"There are {', '.join(each.name for each in channels)}."
        )
    line = "Test of this channel by Security Command Center. Nothing happened."
    fault = send(channel, Text("Test message", f"{line}\n", f"<html><body><p>{line}</p></body></html>\n"))
    click.echo(f"{name}: {fault or 'taken'}.", err=bool(fault))
    return exits.PARTLY if fault else exits.OK


def _row(each: Decision) -> dict[str, str]:
    from scc.deliver.notify_rules import Held

    if isinstance(each, Held):
        return {
            "channel": each.channel,
            "item": each.item,
            "kind": "",
            "state": "held",
            "reason": each.reason,
            "error": "",
        }
    ids = ", ".join(briefing.id for briefing, _ in each.items)
    return {
        "channel": each.channel.name, "item": ids, "kind": each.kind, "state": "would be sent", "reason": each.reason,
        "error": "",
    }  # fmt: skip


def _say(rows: list[dict[str, str]], dry_run: bool) -> None:
    from scc.cli.output import safe, table

    shown = [each for each in rows if dry_run or each["state"] != "held"]
    if shown:
        table(
            ("CHANNEL", "ITEM", "KIND", "STATE", "WHY"),
            [
                (
                    each["channel"],
                    each["item"],
                    each["kind"],
                    each["state"],
                    safe(each["error"] or each["reason"]),
                )
                for each in shown
            ],
        )
    held = sum(each["state"] == "held" for each in rows)
    click.echo(f"{len(rows) - held} messages, {held} held back.", err=True)
