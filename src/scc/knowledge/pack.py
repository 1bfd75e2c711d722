# SPDX-License-Identifier: Apache-2.0
"""The form of the pack on disk: a manifest and one compressed file per section. Reads and writes it.

A section is canonical JSON (sorted keys, sorted rows) compressed with zlib level 9; there is no time in
it, so the same facts give the same bytes. Knows nothing of what the sections mean. No network.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from scc.knowledge.types import Dataset
from scc.model.errors import KnowledgeError

FORMAT: Final = 1
SECTION_MOST: Final = 1_000_000
"""Bytes a compressed section may have (DESIGN: each under 1 MB)."""
PACK_MOST: Final = 8_000_000
RAW_MOST: Final = 40_000_000
"""Bytes a section may unpack to: a poisoned pack must not fill the memory."""

T = TypeVar("T")


class Section(msgspec.Struct, frozen=True):
    name: str
    sha256: str
    """Over the uncompressed bytes, so that the pack id does not hang on the zlib at hand."""
    bytes: int
    rows: int
    frameworks: tuple[str, ...] = ()
    """For sections of edges: the framework keys at either end."""


class Manifest(msgspec.Struct, frozen=True):
    format: int
    pack: str
    """SHA-256 over names and digests of the sections."""
    sections: tuple[Section, ...]
    datasets: tuple[Dataset, ...]


class EdgeGroup(msgspec.Struct, frozen=True, omit_defaults=True):
    """Edges that share everything but their ends."""

    dataset: str
    version: str
    relation: str
    strength: str
    src: str
    """Framework key of the first id of each pair."""
    dst: str
    pairs: tuple[tuple[str, str], ...]
    comments: dict[str, str] = {}
    """Comment by position in `pairs` (as text), where a pair has one."""


class Successor(msgspec.Struct, frozen=True):
    """An id that its publisher replaced; `current` is one step, not yet transitive."""

    framework: str
    id: str
    current: tuple[str, ...]


class WarningList(msgspec.Struct, frozen=True):
    name: str
    title: str
    type: str
    """hostname, cidr, string, regex or substring."""
    attributes: tuple[str, ...]
    """MISP attribute types that it may be asked about."""
    version: str
    values: tuple[str, ...]


class Kevs(msgspec.Struct, frozen=True):
    """The KEV rows with the date of the catalogue."""

    date: str
    version: str
    rows: tuple[tuple[str, ...], ...]
    """(cve, vendor, product, name, date added, due date, ransomware, weaknesses joined by space)."""


class StixIds(msgspec.Struct, frozen=True):
    """MITRE's STIX ids of techniques, groups and software."""

    newest: str
    """The newest `created` in the STIX data read (RFC 3339); a row without one was created after it."""
    rows: tuple[tuple[str, str, str, str], ...]
    """(ATT&CK id, STIX type, UUID, created or "")."""


class Pack:
    """A pack in a folder, opened for reading; sections are read and verified when asked for."""

    def __init__(self, folder: Path) -> None:
        """Raises KnowledgeError if there is no readable manifest of our format."""
        self.folder = folder
        try:
            self.manifest = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=Manifest)
        except OSError as fault:
            raise KnowledgeError(
                f"There is no knowledge pack in {folder}: {fault.strerror or fault}.", "Run `scc kb build`."
            ) from fault
        except msgspec.DecodeError as fault:
            raise KnowledgeError(
                f"The manifest of the pack in {folder} is damaged: {fault}.", "Run `scc kb update`."
            ) from fault
        if self.manifest.format != FORMAT:
            raise KnowledgeError(
                f"The pack in {folder} has format {self.manifest.format}, this version reads {FORMAT}.",
                "Run `scc kb update`.",
            )
        self._sections = {each.name: each for each in self.manifest.sections}

    def names(self, prefix: str = "") -> tuple[str, ...]:
        """Names of the sections that begin so, sorted."""
        return tuple(sorted(each for each in self._sections if each.startswith(prefix)))

    def section(self, name: str) -> Section | None:
        return self._sections.get(name)

    def read(self, name: str, type_: type[T]) -> T:
        """A section as typed values.

        Raises KnowledgeError if it is missing, larger than allowed, altered or of another shape.
        """
        entry = self._sections.get(name)
        path = self.folder / f"{name}.json.z"
        if entry is None:
            raise KnowledgeError(f"The pack in {self.folder} has no section {name}.", "Run `scc kb update`.")
        try:
            raw = inflate(path.read_bytes())
            if hashlib.sha256(raw).hexdigest() != entry.sha256:
                raise ValueError("its digest differs from the manifest")
            return msgspec.json.decode(raw, type=type_)
        except (OSError, ValueError, zlib.error) as fault:
            raise KnowledgeError(
                f"Section {name} of the pack in {self.folder} cannot be used: {fault}.",
                "Run `scc kb update`.",
            ) from fault

    def verify(self) -> None:
        """Read every section once. Raises KnowledgeError at the first that is not whole."""
        for name in self._sections:
            self.read(name, msgspec.Raw)
        found = _identity(self.manifest.sections)
        if found != self.manifest.pack:
            raise KnowledgeError(
                f"The pack in {self.folder} does not have the id it claims.", "Run `scc kb update`."
            )


def inflate(data: bytes) -> bytes:
    """Decompress, at most RAW_MOST bytes. Raises ValueError or zlib.error."""
    state = zlib.decompressobj()
    raw = state.decompress(data, RAW_MOST)
    if state.unconsumed_tail or not state.eof:
        raise ValueError("it is cut short or too large")
    return raw


def write(
    folder: Path,
    sections: Mapping[str, Any],
    datasets: tuple[Dataset, ...],
    frameworks: Mapping[str, tuple[str, ...]],
) -> Manifest:
    """Write a pack into an empty or new folder; returns its manifest.

    `sections` holds rows per name (sequences must come sorted); raises KnowledgeError over the limits.
    """
    folder.mkdir(parents=True, exist_ok=True)
    entries: list[Section] = []
    total = 0
    for name in sorted(sections):
        raw = msgspec.json.encode(sections[name], order="sorted")
        data = zlib.compress(raw, 9)
        if len(data) > SECTION_MOST:
            raise KnowledgeError(f"Section {name} has {len(data)} bytes, {SECTION_MOST} are allowed.")
        total += len(data)
        (folder / f"{name}.json.z").write_bytes(data)
        rows = len(sections[name]) if hasattr(sections[name], "__len__") else 1
        entries.append(
            Section(name, hashlib.sha256(raw).hexdigest(), len(data), rows, tuple(frameworks.get(name, ())))
        )
    if total > PACK_MOST:
        raise KnowledgeError(f"The pack has {total} bytes, {PACK_MOST} are allowed.")
    manifest = Manifest(FORMAT, _identity(tuple(entries)), tuple(entries), datasets)
    text = msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=1) + b"\n"
    scratch = folder / "manifest.json.part"
    scratch.write_bytes(text)
    os.replace(scratch, folder / "manifest.json")
    return manifest


def _identity(sections: tuple[Section, ...]) -> str:
    state = hashlib.sha256()
    for each in sorted(sections, key=lambda one: one.name):
        state.update(f"{each.name}\0{each.sha256}\n".encode())
    return state.hexdigest()
