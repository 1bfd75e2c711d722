# SPDX-License-Identifier: Apache-2.0
"""Zip archives from outside, read in memory and never unpacked to disk.

Refused: damaged archives, names that lead out of a folder, links, too many members, and members that
unpack to more than they may, whatever their header claims.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from scc.model.errors import KnowledgeError

MEMBERS_MOST: Final = 50_000
MEMBER_MOST: Final = 100_000_000
"""Bytes that one member may unpack to."""
ALL_MOST: Final = 300_000_000
"""Bytes that all members together may unpack to."""
_PART: Final = 1 << 20


def members(data: bytes, name: str, suffix: str) -> Iterator[tuple[str, bytes]]:
    """(member name, bytes) of the files whose name ends so, sorted by name.

    `name` is the archive's, for messages. Raises KnowledgeError if any part of it is not to be trusted; all
    names are checked before the first member is unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _checked(entries, name)
            left = ALL_MOST
            for entry in sorted(entries, key=lambda each: each.filename):
                if entry.is_dir() or not entry.filename.endswith(suffix):
                    continue
                body = _read(archive, entry, min(left, MEMBER_MOST), name)
                left -= len(body)
                yield entry.filename, body
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as fault:
        raise KnowledgeError(
            f"{name} is no whole zip archive: {str(fault).rstrip('.')}.", "Fetch it again later."
        ) from fault


def _checked(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > MEMBERS_MOST:
        raise KnowledgeError(f"{name} has more than {MEMBERS_MOST} members.", "Do not use it.")
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        if ".." in parts or parts[0] == "" or ":" in parts[0] or "\0" in entry.filename:
            raise KnowledgeError(
                f"{name} holds a name that leads out of its folder: {ascii(entry.filename)[:80]}.",
                "Do not use it.",
            )
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise KnowledgeError(f"{name} holds a link: {ascii(entry.filename)[:80]}.", "Do not use it.")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, name: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while part := stream.read(_PART):
            size += len(part)
            if size > most:
                raise KnowledgeError(f"{name} unpacks to more than {most // 1_000_000} MB.", "Do not use it.")
            parts.append(part)
    return b"".join(parts)
