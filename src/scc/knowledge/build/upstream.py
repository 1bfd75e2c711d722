# SPDX-License-Identifier: Apache-2.0
"""A folder of official downloads with its MANIFEST.json: checked reading, and what was read from it.

A file is only read if the manifest lists it, allows its facts to be carried and has its digest. Reading
records the dataset, so that the pack can say where everything is from. No network.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from pathlib import Path
from typing import Any, Final

import msgspec

from scc.knowledge.types import Dataset
from scc.model.errors import KnowledgeError

FILE_MOST: Final = 200_000_000
"""Bytes a download may unpack to."""


class Download(msgspec.Struct, frozen=True):
    """A row of the manifest, with the fields that matter here."""

    file: str
    sha256: str
    redistribute: str
    version: str = ""
    date: str = ""
    license: str = ""
    official_url: str = ""
    commit: str = ""
    role: str = ""
    """The name under which the builders ask for it, where it is not `file`."""


class _Listing(msgspec.Struct, frozen=True):
    files: tuple[Download, ...]


class Upstream:
    """Downloads in a folder. `used` fills while sections are built."""

    def __init__(self, folder: Path) -> None:
        """Raises KnowledgeError if the folder has no readable manifest."""
        self.folder = folder
        try:
            listing = msgspec.json.decode((folder / "MANIFEST.json").read_bytes(), type=_Listing)
        except (OSError, msgspec.DecodeError, msgspec.ValidationError) as fault:
            said = (fault.strerror or "not readable") if isinstance(fault, OSError) else str(fault)
            raise KnowledgeError(
                f"The folder {folder} has no usable MANIFEST.json: {said}.",
                "Fetch the official downloads again.",
            ) from fault
        self._files = {each.role or each.file: each for each in listing.files}
        self._used: dict[tuple[str, str], tuple[Dataset, set[str]]] = {}
        self.section = ""
        """Name of the section being built; datasets are recorded under it."""

    def files(self, prefix: str) -> tuple[str, ...]:
        """Listed files whose name begins so and whose facts may be carried, sorted."""
        return tuple(
            sorted(
                name
                for name, each in self._files.items()
                if name.startswith(prefix) and not each.redistribute.startswith("no")
            )
        )

    def entry(self, file: str) -> Download:
        """The manifest row. Raises KnowledgeError for a file that is not listed."""
        if file not in self._files:
            raise KnowledgeError(f"{file} is not listed in {self.folder / 'MANIFEST.json'}.")
        return self._files[file]

    def has(self, file: str) -> bool:
        """Whether the manifest lists it."""
        return file in self._files

    def edition(self, file: str, stated: str) -> str:
        """The version of a file as fetched from its publisher, `stated` for one that was not."""
        entry = self.entry(file)
        return entry.version if entry.role and entry.version else stated

    def cite(self, file: str, dataset: str, version: str) -> None:
        """Record a dataset under the section being built, for facts of it that were read before."""
        self._record(dataset, version, self.entry(file))

    def data(self, file: str, dataset: str, version: str = "") -> bytes:
        """The unpacked bytes of a file; `dataset` is the name under which its facts are cited.

        Raises KnowledgeError if the file is absent, altered, too large, or may not be carried.
        """
        entry = self.entry(file)
        if entry.redistribute.startswith("no"):
            raise KnowledgeError(f"{file} is for checking only and cannot be carried in the pack.")
        try:
            packed = _inside(self.folder, entry.file).read_bytes()
        except OSError as fault:
            raise KnowledgeError(f"{file} cannot be read: {fault.strerror or fault}.") from fault
        if hashlib.sha256(packed).hexdigest() != entry.sha256:
            raise KnowledgeError(
                f"{file} is not the file that the manifest lists: its digest differs.", "Fetch it again."
            )
        self._record(dataset, version or entry.version, entry)
        if entry.file.endswith(".gz") and not entry.file.endswith(".tar.gz"):
            return _unzipped(packed, file)
        return packed

    def _record(self, dataset: str, version: str, entry: Download) -> None:
        key = (dataset, version)
        if key not in self._used:
            row = Dataset(dataset, version, entry.date, entry.license, entry.official_url)
            self._used[key] = (row, set())
        if self.section:
            self._used[key][1].add(self.section)

    def note(self, dataset: str, version: str, date: str, licence: str, url: str) -> None:
        """Record a dataset that is not among the downloads."""
        row = Dataset(dataset, version, date, licence, url)
        self._used.setdefault((dataset, version), (row, set()))[1].add(self.section)

    def json(self, file: str, dataset: str, version: str = "") -> Any:
        """The decoded JSON of a file."""
        try:
            return msgspec.json.decode(self.data(file, dataset, version))
        except msgspec.DecodeError as fault:
            raise KnowledgeError(f"{file} is not JSON: {fault}.", "Fetch it again.") from fault

    def rows(self, file: str, dataset: str, version: str = "") -> list[dict[str, str]]:
        """The rows of a CSV file by its header."""
        text = self.data(file, dataset, version).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def datasets(self) -> tuple[Dataset, ...]:
        """Everything read so far, sorted by name and version, with the sections it went into."""
        found = [
            msgspec.structs.replace(row, sections=tuple(sorted(sections)))
            for row, sections in self._used.values()
        ]
        return tuple(sorted(found, key=lambda each: (each.name, each.version)))


def _inside(folder: Path, file: str) -> Path:
    """The path of a listed file. Raises KnowledgeError if the name leads out of the folder."""
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise KnowledgeError(f"{file} leads out of the folder of the downloads.", "Fetch them again.")
    return path


def _unzipped(packed: bytes, file: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as stream:
            raw = stream.read(FILE_MOST + 1)
    except (OSError, EOFError, zlib.error) as fault:
        raise KnowledgeError(f"{file} cannot be unpacked: {fault}.", "Fetch it again.") from fault
    if len(raw) > FILE_MOST:
        raise KnowledgeError(f"{file} unpacks to more than {FILE_MOST} bytes.")
    return raw
