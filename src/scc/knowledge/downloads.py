# SPDX-License-Identifier: Apache-2.0
"""The list of official downloads as data: `content/downloads/`. Knows no network and fetches nothing."""

from __future__ import annotations

from typing import Literal

import msgspec

from scc.content import Content

Check = Literal["git", "archive", "none"]
Form = Literal["json", "text", "cwe", "rules"]


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of a publisher."""

    path: str
    """Below the publisher's `base`; "{commit}" stands for the commit of the moment."""
    role: str
    """The name under which the builders of the pack ask for it."""
    form: Form
    megabytes: int
    """More than this (in units of 1,000,000 bytes) is refused."""
    version: str = ""
    """Where the file states its version, or "=" and the version; see content/downloads/official.yaml."""


class Publisher(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place from which files are fetched together, at one moment."""

    id: str
    title: str
    licence: str
    check: Check
    base: str
    files: tuple[File, ...]
    head: str = ""
    """URL of a git reference (GitHub REST API, "Get a reference")."""
    listing: str = ""
    """URL of a git tree or of a folder's contents (GitHub REST API) with the git blob id of each file."""
    daily: bool = False
    """Whether it changes by the day, so that `scc kb update --daily` fetches it."""


def publishers(content: Content) -> tuple[Publisher, ...]:
    """All places, in the order of the list. Raises ContentError if the list is faulty."""
    return content.records("downloads", Publisher)
