# SPDX-License-Identifier: Apache-2.0
"""A published folder: made beside its place and put there whole, never over a folder that is not ours.

The folder carries a marker with its kind and the names of what was published; other files in it belong to
somebody else and stay. The change is two renames: between them, for an instant, neither folder stands.
"""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from scc.model.errors import DeliverError

MARKER: Final = ".scc-published"
"""Name of the file by which a folder is known as ours: the kind, then the published files, one a line."""


class Staging:
    """Files of a folder that is being made."""

    def __init__(self, place: Path, before: Path | None) -> None:
        self._place = place
        self._before = before
        self.written: set[str] = set()
        self.discarded = False

    def put(self, name: str, data: bytes) -> None:
        """Write a file; `name` is relative, with "/". Raises DeliverError for a name that leaves the folder."""
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise DeliverError(f"{name!r} is no name inside the folder.", "This is a fault of the program.")
        target = self._place.joinpath(*path.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        target.chmod(0o644)
        self.written.add(str(path))

    def published(self, name: str) -> bytes | None:
        """What stands under this name in the folder that is being replaced; None when there is none."""
        if self._before is None:
            return None
        try:
            return self._before.joinpath(*PurePosixPath(name).parts).read_bytes()
        except OSError:
            return None

    def names(self) -> list[str]:
        """Names of all files in the folder that is being replaced, sorted; the marker is not among them."""
        if self._before is None:
            return []
        found = (each for each in self._before.rglob("*") if each.is_file() and not each.is_symlink())
        names = sorted(each.relative_to(self._before).as_posix() for each in found)
        return [each for each in names if each != MARKER]

    def discard(self) -> None:
        """Leave everything as it stands: what was put is forgotten when the block ends."""
        self.discarded = True

    def take_over(self) -> None:
        """Files of others in the folder that is being replaced go along, unless we wrote the same name."""
        if self._before is None:
            return
        ours = set((self._before / MARKER).read_text("utf-8", "replace").split("\n")[1:])
        if not any(ours):
            return  # a marker without names: everything is taken for ours
        for each in sorted(self._before.rglob("*")):
            name = each.relative_to(self._before).as_posix()
            if name in ours or name in self.written or name == MARKER:
                continue
            if each.is_symlink() or each.is_file():
                target = self._place / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(each, target, follow_symlinks=False)

    def path(self, name: str) -> Path:
        """Where a file that was put stands on disk meanwhile, for programs that read files."""
        return self._place.joinpath(*PurePosixPath(name).parts)


@contextmanager
def replaced(target: Path, kind: str) -> Iterator[Staging]:
    """The folder `target` anew: what is put inside the block stands there when it ends, and nothing if it fails.

    Raises DeliverError when `target` is a link or the folder one is in, holds files but was not published by this
    kind, or cannot be written.
    """
    target = Path(os.path.abspath(target))
    _restored(target)
    before = _ours(target, kind)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise DeliverError(
            f"{target.parent} cannot be written: {error.strerror}.",
            "Check the rights or name another folder.",
        ) from error
    try:
        made.chmod(0o755)
        staging = Staging(made, before)
        yield staging
        if staging.discarded:
            return
        names = sorted(staging.written)
        staging.take_over()
        staging.put(MARKER, "".join(f"{each}\n" for each in (kind, *names)).encode())
        _swap(made, target)
    except OSError as error:
        raise DeliverError(
            f"{target} cannot be written: {error.strerror}.",
            "Make room or check the rights; the old files stand.",
        ) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _ours(target: Path, kind: str) -> Path | None:
    """The folder as it stands, when it may be replaced; None when there is none or it is empty."""
    if target.is_symlink():
        raise DeliverError(f"{target} is a link.", "Name the folder itself.")
    if not target.exists():
        return None
    if Path.cwd().is_relative_to(target):
        raise DeliverError(f"{target} is the folder you are in.", "Run the command from another one.")
    if not target.is_dir():
        raise DeliverError(f"{target} is a file.", "Name a folder.")
    if not any(target.iterdir()):
        return None
    marker = target / MARKER
    held = marker.read_text("utf-8", "replace").partition("\n")[0].strip() if marker.is_file() else ""
    if held != kind:
        what = f"was published as {held!r}" if held else "holds files that were not published by this command"
        raise DeliverError(f"{target} {what}; nothing was changed.", "Name an empty or new folder.")
    return target


def _swap(made: Path, target: Path) -> None:
    if not target.exists():
        os.replace(made, target)
        return
    old = Path(tempfile.mkdtemp(prefix=_old(target), dir=target.parent))
    try:
        os.replace(target, old / "was")
        os.replace(made, target)
    finally:
        # Also on Ctrl-C: the old files are given up only when the new ones stand.
        if not target.exists() and (old / "was").exists():
            os.replace(old / "was", target)
        shutil.rmtree(old, ignore_errors=True)


def _old(target: Path) -> str:
    return f".{target.name}.old."


def _restored(target: Path) -> None:
    """Put back what a run that was killed between its two renames set aside."""
    if os.path.lexists(target) or not target.parent.is_dir():
        return
    for each in sorted(target.parent.glob(f"{glob.escape(_old(target))}*/was")):
        if (each / MARKER).is_file():
            os.replace(each, target)
            return
