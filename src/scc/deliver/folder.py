# SPDX-License-Identifier: Apache-2.0
"""A published folder: made beside its place and put there in one step, never over a folder that is not ours.

The folder carries a marker with its kind. A reader that fetches while it is replaced sees the old files or the new.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from scc.model.errors import DeliverError

MARKER: Final = ".scc-published"
"""Name of the file by which a folder is known as ours; its content is the kind."""


class Staging:
    """Files of a folder that is being made."""

    def __init__(self, place: Path, before: Path | None) -> None:
        self._place = place
        self._before = before
        self.written: set[str] = set()

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

    def path(self, name: str) -> Path:
        """Where a file that was put stands on disk meanwhile, for programs that read files."""
        return self._place.joinpath(*PurePosixPath(name).parts)


@contextmanager
def replaced(target: Path, kind: str) -> Iterator[Staging]:
    """The folder `target` anew: what is put inside the block stands there when it ends, and nothing if it fails.

    Raises DeliverError when `target` is a link, holds files that were not published by this kind, or cannot be
    written.
    """
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
        staging.put(MARKER, f"{kind}\n".encode())
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
    if not target.is_dir():
        raise DeliverError(f"{target} is a file.", "Name a folder.")
    if not any(target.iterdir()):
        return None
    marker = target / MARKER
    held = marker.read_text("utf-8", "replace").strip() if marker.is_file() else ""
    if held != kind:
        what = f"was published as {held!r}" if held else "holds files that were not published by this command"
        raise DeliverError(f"{target} {what}; nothing was changed.", "Name an empty or new folder.")
    return target


def _swap(made: Path, target: Path) -> None:
    if not target.exists():
        os.replace(made, target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}.old.", dir=target.parent))
    os.replace(target, old / "was")
    try:
        os.replace(made, target)
    except OSError:
        os.replace(old / "was", target)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
