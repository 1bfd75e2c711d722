# SPDX-License-Identifier: Apache-2.0
"""Where an account named by a source is one: the words that the note of an account indicator opens with.

An indicator has one value; the service that gives it a meaning is said in its note, so that people and exports read
the same. Nothing here judges an account.
"""

from __future__ import annotations

from typing import Final

ACCOUNTS: Final = {
    "telegram": "Telegram account", "twitter": "X (Twitter) account", "facebook": "Facebook account",
    "instagram": "Instagram account", "linkedin": "LinkedIn account", "youtube": "YouTube account",
    "reddit": "Reddit account", "discord": "Discord account", "skype": "Skype account",
    "github": "GitHub account", "gitlab": "GitLab account", "npm": "npm account", "pypi": "PyPI account",
    "nuget": "NuGet account", "rubygems": "RubyGems account", "docker-hub": "Docker Hub account",
    "xmpp": "XMPP (Jabber) address", "tox": "Tox id", "session": "Session id", "forum": "forum account",
    "windows-local": "local Windows account", "windows-domain": "Windows domain account", "unix": "Unix account",
    "system": "account of a system", "aws-key": "AWS access key id", "aws-account": "AWS account",
    "azure-application": "application id of Microsoft Entra", "azure-tenant": "tenant id of Microsoft Entra",
    "oauth-client": "OAuth client id",
}  # fmt: skip
"""Key and words of each place an account can be of."""


def place_of(note: str) -> str:
    """The key of ACCOUNTS whose words a note opens with, "" for none."""
    return next((key for key, said in ACCOUNTS.items() if note == said or note.startswith(f"{said};")), "")
