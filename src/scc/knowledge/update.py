# SPDX-License-Identifier: Apache-2.0
"""Brings the user's pack up to date: built beside the old one, checked, then switched in one step.

Two ways in: a folder of official downloads with their manifest, or a door to the network through which
they are fetched, all of them or only the lists that change by the day (KEV, warning lists, taxonomies, SSVC
tables; all else is kept then). Nothing is switched unless the new pack is whole, so half a download or a
poisoned archive changes nothing; the previous pack stays for `rollback`. Knows no network itself.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import msgspec

from scc.knowledge.build import build
from scc.knowledge.build import lists as lists_builder
from scc.knowledge.build.facts import Facts
from scc.knowledge.build.upstream import Upstream
from scc.knowledge.downloads import Publisher
from scc.knowledge.fetch import Fetched, Fetcher, Get
from scc.knowledge.pack import Kevs, Manifest, Pack, write
from scc.knowledge.types import Node, TechniqueNode, WeaknessNode
from scc.model.errors import KnowledgeError

POINTER: Final = "current.json"
SHRINK_MOST: Final = 0.5
"""A fetched section that loses more than half of its bytes is taken for a broken download."""


class Pointer(msgspec.Struct, frozen=True):
    """Which pack is in use, as folder names below the data folder; "" is the pack that ships."""

    current: str
    previous: str = ""


class Source(msgspec.Struct, frozen=True):
    """A fetched file."""

    file: str
    version: str
    checked: str
    """By which checksum of its publisher, or "no published checksum"."""


class Report(msgspec.Struct, frozen=True):
    """What an update changed; ids are written "framework:id" and sorted."""

    pack: str
    previous: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    """Another name, parent or state than before, and still live."""
    revoked: tuple[str, ...] = ()
    """Live before, revoked, deprecated or gone now. Items that print them should be looked at again."""
    kev_added: tuple[str, ...] = ()
    kev_gone: tuple[str, ...] = ()
    """In the catalogue before and not now: CISA took them out, or the download is older."""
    kev_date: str = ""
    """ISO date of the catalogue now, and before; an update can bring an older one than ships."""
    kev_date_before: str = ""
    sources: tuple[Source, ...] = ()
    """What was fetched, in the order of the list."""


def current(data: Path) -> Path | None:
    """The folder of the user's pack, None if there is none (then the shipped one is used)."""
    pointer = _pointer(data)
    folder = data / pointer.current if pointer and pointer.current else None
    return folder if folder is not None and (folder / "manifest.json").is_file() else None


def update_from(upstream: Path, data: Path, shipped: Path, kev: Path | None = None) -> Report:
    """Rebuild everything from a folder of official downloads with MANIFEST.json.

    `shipped` is the pack that came with the program: the point of comparison for a first update. Raises
    KnowledgeError if anything is absent, altered or malformed; then nothing has changed.
    """
    base = Pack(current(data) or shipped)
    return _switch(data, shipped, lambda scratch: build(upstream, scratch, kev, base))


def update_with(
    get: Get,
    data: Path,
    shipped: Path,
    places: Iterable[Publisher],
    date: str,
    clock: Callable[[], float],
    keep: Path | None = None,
) -> Report:
    """Fetch the official downloads from `places` and rebuild what they hold.

    If some of them do not change by the day the whole pack is rebuilt, else only their lists. `date`
    (YYYY-MM-DD) and `clock` (seconds) are the caller's. `keep` is a folder, absent or empty, that gets the
    downloads when they are whole; `update_from` reads it, here or on a machine without a network. Raises
    KnowledgeError, and whatever `get` raises: then everything is as it was.
    """
    chosen = tuple(places)
    if keep is not None and keep.exists() and (not keep.is_dir() or any(keep.iterdir())):
        raise KnowledgeError(f"{keep} is not an empty folder.", "Name another one.")
    base = Pack(current(data) or shipped)
    data.mkdir(parents=True, exist_ok=True)
    rows: tuple[Fetched, ...] = ()

    def make(scratch: Path) -> Manifest:
        nonlocal rows
        with tempfile.TemporaryDirectory(prefix=".fetching-", dir=data) as name:
            folder = Path(name)
            rows = Fetcher(get, folder, date, clock).fetch(chosen)
            if all(each.daily for each in chosen):
                made = _daily(folder, base, scratch)
            else:
                made = build(folder, scratch, base=base)
            _plausible(base, scratch)
            if keep is not None:
                shutil.copytree(folder, keep, dirs_exist_ok=True)
            return made

    report = _switch(data, shipped, make)
    sources = tuple(Source(each.file, each.version, each.checked) for each in rows)
    return msgspec.structs.replace(report, sources=sources)


def rollback(data: Path, shipped: Path) -> str:
    """Go back to the previous pack (`shipped` after a first update); returns its id.

    Called again it goes forward again. Raises KnowledgeError if there is no other pack.
    """
    pointer = _pointer(data)
    if pointer is None or pointer.current == pointer.previous:
        raise KnowledgeError("There is no previous pack to go back to.")
    pack = Pack(data / pointer.previous if pointer.previous else shipped)
    pack.verify()
    _point(data, Pointer(pointer.previous, pointer.current))
    return pack.manifest.pack


def _switch(data: Path, shipped: Path, make: Callable[[Path], Manifest]) -> Report:
    data.mkdir(parents=True, exist_ok=True)
    before = _pointer(data)
    old = Pack(current(data) or shipped)
    scratch = Path(tempfile.mkdtemp(prefix=".building-", dir=data))
    try:
        manifest = _made(make, scratch)
        new = Pack(scratch)
        new.verify()
        report = compare(old, new)
        name = f"pack-{manifest.pack[:16]}"
        if before is not None and before.current == name and (data / name / "manifest.json").is_file():
            return report
        target = data / name
        if target.exists():
            shutil.rmtree(target)
        os.replace(scratch, target)
        _point(data, Pointer(name, before.current if before else ""))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    _clean(data)
    return report


def _made(make: Callable[[Path], Manifest], scratch: Path) -> Manifest:
    """Run a builder on what came from outside: whatever shape it has, the answer is one kind of error."""
    try:
        return make(scratch)
    except KnowledgeError:
        raise
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, StopIteration, OSError) as fault:
        raise KnowledgeError(
            f"The downloads do not have the expected form ({type(fault).__name__}: {fault}). Nothing was changed.",
            "Fetch them again, or keep the pack you have.",
        ) from fault


def _daily(folder: Path, base: Pack, scratch: Path) -> Manifest:
    """A pack with the sections that change by the day made anew and the others as they are."""
    source, facts = Upstream(folder), Facts()
    lists_builder.build_daily(source, facts, None)
    fresh = {name: value for name, value in facts.sections().items() if name != "successors"}
    sections: dict[str, Any] = {
        entry.name: fresh[entry.name] if entry.name in fresh else base.read(entry.name, Any)
        for entry in base.manifest.sections
    }
    frameworks = {entry.name: entry.frameworks for entry in base.manifest.sections}
    names = {each.name for each in source.datasets()}
    kept = [each for each in base.manifest.datasets if each.name not in names]
    datasets = tuple(sorted((*kept, *source.datasets()), key=lambda each: (each.name, each.version)))
    return write(scratch, sections, datasets, frameworks)


def _plausible(base: Pack, scratch: Path) -> None:
    """Raises KnowledgeError if a section of the new pack is gone or less than half of what it was."""
    made = Pack(scratch)
    for entry in base.manifest.sections:
        size = len(made.read(entry.name, msgspec.Raw)) if made.section(entry.name) else 0
        if size < SHRINK_MOST * len(base.read(entry.name, msgspec.Raw)):
            raise KnowledgeError(
                f"The download for section {entry.name} is less than half of what it was.",
                "Nothing was changed; look at what its publisher did, or try again later.",
            )


def compare(old: Pack, new: Pack) -> Report:
    """What differs between two packs."""
    before, after = _entries(old), _entries(new)
    added = sorted(set(after) - set(before))
    changed, revoked = [], []
    for key, (live, facts) in sorted(before.items()):
        now = after.get(key)
        if live and (now is None or not now[0]):
            revoked.append(key)
        elif now is not None and now[1] != facts:
            changed.append(key)
    now_exploited, was_exploited = _kevs(new), _kevs(old)
    return Report(
        new.manifest.pack,
        old.manifest.pack,
        tuple(added),
        tuple(changed),
        tuple(revoked),
        tuple(sorted(_ids(now_exploited) - _ids(was_exploited))),
        tuple(sorted(_ids(was_exploited) - _ids(now_exploited))),
        now_exploited.date,
        was_exploited.date,
    )


def _entries(pack: Pack) -> dict[str, tuple[bool, bytes]]:
    """By "framework:id": whether it is live, and its facts without the version of their dataset."""
    found: dict[str, tuple[bool, bytes]] = {}
    for technique in pack.read("techniques", tuple[TechniqueNode, ...]):
        key = "atlas" if technique.domain == "atlas" else "attack"
        plain = msgspec.structs.replace(technique, version="")
        found[f"{key}:{technique.id}"] = (technique.status == "live", msgspec.json.encode(plain))
    for weakness in pack.read("weaknesses", tuple[WeaknessNode, ...]):
        found[f"cwe:{weakness.id}"] = (weakness.status == "live", msgspec.json.encode(weakness))
    for name in pack.names("nodes-"):
        for node in pack.read(name, tuple[Node, ...]):
            bare = msgspec.structs.replace(node, version="")
            found[f"{node.framework}:{node.id}"] = (node.status == "live", msgspec.json.encode(bare))
    return found


def _kevs(pack: Pack) -> Kevs:
    return pack.read("kev", Kevs)


def _ids(kevs: Kevs) -> set[str]:
    return {row[0] for row in kevs.rows}


def _pointer(data: Path) -> Pointer | None:
    try:
        return msgspec.json.decode((data / POINTER).read_bytes(), type=Pointer)
    except (OSError, msgspec.DecodeError):
        return None


def _point(data: Path, pointer: Pointer) -> None:
    part = data / f"{POINTER}.part"
    with part.open("wb") as stream:
        stream.write(msgspec.json.encode(pointer))
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(part, data / POINTER)


def _clean(data: Path) -> None:
    """Remove packs that are neither current nor previous, and what a killed update left."""
    pointer = _pointer(data)
    keep = {pointer.current, pointer.previous} if pointer else set()
    for each in data.iterdir():
        if (
            each.is_dir()
            and each.name.startswith(("pack-", ".building-", ".fetching-"))
            and each.name not in keep
        ):
            shutil.rmtree(each, ignore_errors=True)
