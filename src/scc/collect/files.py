# SPDX-License-Identifier: Apache-2.0
"""Files and folders to Raw, in a fixed order. Reads no content beyond the bytes, follows no way out.

A link is followed only when it leads to a file inside the folder that was given. A file's own time is
never taken: it says nothing of the content.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from scc.collect.interface import Unreadable
from scc.model.document import Raw
from scc.model.errors import UsageError

LARGEST: Final = 50 * 1024 * 1024
"""Bytes; a larger file is quarantined, not read."""
_SKIPPED: Final = frozenset({".git", ".hg", ".svn", "__pycache__", "node_modules", ".venv"})


def walk(paths: Iterable[str | Path]) -> Iterator[Raw | Unreadable]:
    """Every file of the paths, folders walked in sorted order; each file once.

    `Raw.path` is the path as given, joined with the walk below it. Raises UsageError for a path that
    does not exist.
    """
    seen: set[tuple[int, int]] = set()
    for given in paths:
        path = Path(given)
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            raise UsageError(f"There is no file or folder {given}.", "Check the path.") from None
        except OSError as error:
            raise UsageError(f"{given} cannot be read: {error.strerror}.", "Check its rights.") from error
        if stat.S_ISDIR(mode):
            yield from _folder(path, path.resolve(), seen)
        else:
            yield from _file(path, seen)


def _folder(folder: Path, top: Path, seen: set[tuple[int, int]]) -> Iterator[Raw | Unreadable]:
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        yield Unreadable(str(folder), f"The folder cannot be listed: {error.strerror}.", "unreadable")
        return
    for name in names:
        path = folder / name
        if path.is_symlink():
            yield from _link(path, top, seen)
        elif path.is_dir():
            if name not in _SKIPPED:
                yield from _folder(path, top, seen)
        else:
            yield from _file(path, seen)


def _link(path: Path, top: Path, seen: set[tuple[int, int]]) -> Iterator[Raw | Unreadable]:
    target = path.resolve()
    if not target.is_relative_to(top):
        yield Unreadable(
            str(path), "A link that leads out of the folder given; name its target to read it.", "outside"
        )
    elif target.is_file():
        yield from _file(path, seen)
    elif not target.exists():
        yield Unreadable(str(path), "A link that leads nowhere.", "unreadable")


def _file(path: Path, seen: set[tuple[int, int]]) -> Iterator[Raw | Unreadable]:
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            yield Unreadable(str(path), "Not a regular file (a device, pipe or socket).", "special")
            return
        if (facts.st_dev, facts.st_ino) in seen:
            return
        seen.add((facts.st_dev, facts.st_ino))
        if facts.st_size > LARGEST:
            yield Unreadable(
                str(path),
                f"{facts.st_size / 1048576:.0f} MB; the limit is {LARGEST // 1048576} MB. Split it first.",
                "too-large",
            )
            return
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        yield Unreadable(str(path), f"Cannot be read: {error.strerror}. Check its rights.", "unreadable")
        return
    yield Raw(data=data[:LARGEST], path=str(path))
