# SPDX-License-Identifier: Apache-2.0
"""Brings the user's pack up to date: built beside the old one, checked, then switched in one step.

Two ways in: a folder of official downloads with their manifest (everything is rebuilt), or a callable
that fetches a URL (the lists that change by the day are rebuilt: KEV, warning lists, taxonomies, SSVC
tables; all else is kept). Nothing is switched unless the new pack is whole, so half a download or a
poisoned archive changes nothing; the previous pack stays for `rollback`. Knows no network itself.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec

from scc.knowledge.build import build
from scc.knowledge.build import lists as lists_builder
from scc.knowledge.build.facts import Facts
from scc.knowledge.build.upstream import Upstream
from scc.knowledge.pack import Manifest, Pack, write
from scc.knowledge.types import Node, TechniqueNode, WeaknessNode
from scc.model.errors import KnowledgeError

POINTER: Final = "current.json"
SHRINK_MOST: Final = 0.5
"""A fetched list that loses more than half of its rows is taken for a broken download."""

_WARNING: Final = "https://raw.githubusercontent.com/MISP/misp-warninglists/main/lists/{}/list.json"
_TAXONOMY: Final = "https://raw.githubusercontent.com/MISP/misp-taxonomies/main/{}/machinetag.json"
_SSVC: Final = "https://raw.githubusercontent.com/CERTCC/SSVC/main/data/csv/cisa/{}"
_KEV: Final = "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json"


class Pointer(msgspec.Struct, frozen=True):
    """Which pack is in use, as folder names below the data folder; "" is the pack that ships."""

    current: str
    previous: str = ""


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
    return _switch(data, shipped, lambda scratch: build(upstream, scratch, kev))


def update_with(fetch: Callable[[str], bytes], data: Path, shipped: Path) -> Report:
    """Fetch and rebuild the lists that change by the day; everything else is kept from the pack in use.

    `fetch(url)` returns the bytes or raises; it is the caller's door to the network with its limits. Any
    error of it leaves everything as it was.
    """
    base = Pack(current(data) or shipped)

    def make(scratch: Path) -> Manifest:
        with tempfile.TemporaryDirectory(dir=data) as folder:
            return _lists(Path(folder), fetch, base, scratch)

    return _switch(data, shipped, make)


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


def _lists(folder: Path, fetch: Callable[[str], bytes], base: Pack, scratch: Path) -> Manifest:
    wanted = {
        "ssvc/cisa_bod_26_04_1_0_0.csv": _SSVC.format("cisa_bod_26_04_1_0_0.csv"),
        "ssvc/cisa_coordinator_2_0_3.csv": _SSVC.format("cisa_coordinator_2_0_3.csv"),
    }
    for chosen in lists_builder.WARNING_LISTS.values():
        wanted.update({f"misp-warninglists/{name}.json.gz": _WARNING.format(name) for name in chosen})
    for name in lists_builder.TAXONOMIES:
        wanted[f"misp-taxonomies/{name}.json.gz"] = _TAXONOMY.format(name)
    rows = []
    for file, url in sorted(wanted.items()):
        body = fetch(url)
        stored = gzip.compress(body, mtime=0) if file.endswith(".gz") else body
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(stored)
        rows.append(
            {
                "file": file,
                "sha256": hashlib.sha256(stored).hexdigest(),
                "redistribute": "yes",
                "official_url": url,
            }
        )
    (folder / "MANIFEST.json").write_bytes(msgspec.json.encode({"files": rows}))
    kev = folder / "kev.json"
    kev.write_bytes(fetch(_KEV))
    source, facts = Upstream(folder), Facts()
    lists_builder.build_daily(source, facts, kev)
    fresh = {name: value for name, value in facts.sections().items() if name != "successors"}
    sections: dict[str, Any] = {}
    for entry in base.manifest.sections:
        if entry.name not in fresh:
            sections[entry.name] = base.read(entry.name, Any)
            continue
        sections[entry.name] = fresh[entry.name]
        size = len(msgspec.json.encode(fresh[entry.name]))
        if size < SHRINK_MOST * len(base.read(entry.name, msgspec.Raw)):
            raise KnowledgeError(f"The download for section {entry.name} is less than half of what it was.")
    frameworks = {entry.name: entry.frameworks for entry in base.manifest.sections}
    names = {each.name for each in source.datasets()}
    kept = [each for each in base.manifest.datasets if each.name not in names]
    datasets = tuple(sorted((*kept, *source.datasets()), key=lambda each: (each.name, each.version)))
    return write(scratch, sections, datasets, frameworks)


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
    return Report(
        new.manifest.pack,
        old.manifest.pack,
        tuple(added),
        tuple(changed),
        tuple(revoked),
        tuple(sorted(_kevs(new) - _kevs(old))),
        tuple(sorted(_kevs(old) - _kevs(new))),
    )


def _entries(pack: Pack) -> dict[str, tuple[bool, bytes]]:
    """By "framework:id": whether it is live, and its facts."""
    found: dict[str, tuple[bool, bytes]] = {}
    for technique in pack.read("techniques", tuple[TechniqueNode, ...]):
        key = "atlas" if technique.domain == "atlas" else "attack"
        found[f"{key}:{technique.id}"] = (technique.status == "live", msgspec.json.encode(technique))
    for weakness in pack.read("weaknesses", tuple[WeaknessNode, ...]):
        found[f"cwe:{weakness.id}"] = (weakness.status == "live", msgspec.json.encode(weakness))
    for name in pack.names("nodes-"):
        for node in pack.read(name, tuple[Node, ...]):
            found[f"{node.framework}:{node.id}"] = (node.status == "live", msgspec.json.encode(node))
    return found


def _kevs(pack: Pack) -> set[str]:
    from scc.knowledge.pack import Kevs

    return {row[0] for row in pack.read("kev", Kevs).rows}


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
        if each.is_dir() and each.name.startswith(("pack-", ".building-")) and each.name not in keep:
            shutil.rmtree(each, ignore_errors=True)
