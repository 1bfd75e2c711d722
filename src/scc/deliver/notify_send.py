# SPDX-License-Identifier: Apache-2.0
"""Sending by apprise. The address is read from the environment when it is needed and is never printed or logged."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from scc.deliver.notify_rules import ATTEMPTS, Channel, Message
from scc.deliver.notify_text import Text, text
from scc.model.errors import DeliverError, SettingsError
from scc.model.notice import Notice

if TYPE_CHECKING:
    from scc.store.notices import Notices

_MAIL = ("mailto", "mailtos")


def address(channel: Channel, environment: Mapping[str, str] | None = None) -> str:
    """The channel's address. Raises SettingsError when the variable is not set."""
    name = channel.url.removeprefix("env:")
    found = (os.environ if environment is None else environment).get(name, "").strip()
    if not found:
        raise SettingsError(
            f"Channel {channel.name}: the environment variable {name} is not set.",
            "Put the channel's address there.",
        )
    return found


def send(channel: Channel, told: Text) -> str:
    """Send one message. Gives "" when the other side took it, else why not, without the address.

    Raises DeliverError when apprise is not installed, SettingsError when the address is missing or not understood.
    """
    try:
        import apprise
    except ImportError as error:
        raise DeliverError(
            "Notifications need apprise, which is not installed.", "Run: pip install 'scc-briefings[notify]'."
        ) from error
    url = address(channel)
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # it logs addresses
    asset = apprise.AppriseAsset(app_id="Security Command Center", app_desc="Security briefings", app_url="")
    door = apprise.Apprise(asset=asset)
    if not door.add(url):
        raise SettingsError(
            f"Channel {channel.name}: its address is not understood.",
            "See apprise's list of services for its form.",
        )
    mail = url.partition(":")[0].lower() in _MAIL
    form = apprise.NotifyFormat.HTML if mail else apprise.NotifyFormat.TEXT
    try:
        taken = door.notify(title=told.subject, body=told.html if mail else told.plain, body_format=form)
    except Exception as error:  # a plugin's own failure must not stop the others
        return f"the service failed ({type(error).__name__})"
    return "" if taken else "the service did not take it"


def deliver(
    message: Message, notices: Notices, sender: Callable[[Channel, Text], str] = send
) -> tuple[Notice, ...]:
    """Send a message and settle its rows: written before, as sent or failed after. Gives the settled rows."""
    notices.put(message.notices)
    fault = sender(message.channel, text(message))
    settled = tuple(
        replace(
            each,
            state="sent" if not fault else ("given-up" if each.attempts >= ATTEMPTS else "failed"),
            error=fault,
        )
        for each in message.notices
    )
    notices.put(settled)
    return settled
