# SPDX-License-Identifier: Apache-2.0
"""One level of gzip or zip, bounded in entries, size and ratio. Names inside are data, never paths."""

from __future__ import annotations

import io
import zipfile
import zlib

from scc.model.document import Raw
from scc.model.ids import digest
from scc.model.provenance import Skipped
from scc.read.limits import ARCHIVE_BYTES, ARCHIVE_ENTRIES, ARCHIVE_RATIO, FILE_BYTES, quarantine


def open_gzip(raw: Raw) -> list[Raw | Skipped]:
    """The one entry of a gzip file, or why not. Several members are joined, as gzip prescribes."""
    inner = zlib.decompressobj(16 + zlib.MAX_WBITS)
    parts: list[bytes] = []
    size = 0
    data = raw.data
    try:
        while data:
            chunk = inner.decompress(data, 1 << 20)
            size += len(chunk)
            if size > ARCHIVE_BYTES or size > ARCHIVE_RATIO * len(raw.data) + (1 << 20):
                return [
                    quarantine(
                        "archive-bomb",
                        "The gzip file unpacks to far more than its size; unpack it by hand if you trust it.",
                    )
                ]
            parts.append(chunk)
            if inner.eof:
                data = inner.unused_data
                if not data.strip(b"\0"):
                    break
                inner = zlib.decompressobj(16 + zlib.MAX_WBITS)
            else:
                data = inner.unconsumed_tail
                if not data and not chunk:
                    break
    except zlib.error:
        return [quarantine("archive-broken", "The gzip file is damaged; get it again from its source.")]
    if not inner.eof:
        return [quarantine("archive-truncated", "The gzip file is cut off; get it again from its source.")]
    return [_entry(raw, b"".join(parts), "content")]


def open_zip(raw: Raw) -> list[Raw | Skipped]:
    """The files of a zip archive, each bounded, or why not."""
    found: list[Raw | Skipped] = []
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            infos = [each for each in archive.infolist() if not each.is_dir()]
            if len(infos) > ARCHIVE_ENTRIES:
                return [
                    quarantine(
                        "archive-entries",
                        f"The archive has more than {ARCHIVE_ENTRIES} files; unpack it and give the folder.",
                    )
                ]
            total = sum(each.file_size for each in infos)
            if total > ARCHIVE_BYTES or total > ARCHIVE_RATIO * len(raw.data) + (1 << 20):
                return [
                    quarantine(
                        "archive-bomb",
                        "The archive unpacks to far more than its size; unpack it by hand if you trust it.",
                    )
                ]
            left = ARCHIVE_BYTES
            for info in sorted(infos, key=lambda each: each.filename):
                if info.flag_bits & 1:
                    found.append(
                        quarantine(
                            "archive-encrypted",
                            f"{_name(info.filename)} is encrypted; unpack it and give the file.",
                        )
                    )
                    continue
                with archive.open(info) as member:
                    # The directory's sizes are claims: read with a limit of our own.
                    data = member.read(min(left, FILE_BYTES) + 1)
                left -= len(data)
                if left < 0 or len(data) > FILE_BYTES:
                    return [
                        quarantine(
                            "archive-bomb",
                            "The archive unpacks to more than it says; unpack it by hand if you trust it.",
                        )
                    ]
                found.append(_entry(raw, data, _name(info.filename)))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
        return [
            quarantine(
                "archive-broken",
                "The zip archive is damaged or uses a method that is not supported; get it again or unpack it.",
            )
        ]
    return found or [quarantine("archive-empty", "The archive holds no file.")]


def _entry(raw: Raw, data: bytes, name: str) -> Raw:
    if data[:2] == b"\x1f\x8b" or data[:4] == b"PK\x03\x04":
        # Named here, decided in split: an archive inside an archive is not opened.
        name = f"{name}"
    return Raw(
        data=data,
        path=raw.path,
        url=raw.url,
        retrieved=raw.retrieved,
        source=raw.source,
        parent=digest(raw.data),
        entry=name,
    )


def _name(name: str) -> str:
    """An entry's name as a key: no drive, no way up, no control characters."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join("".join(ch for ch in part if ch.isprintable()) for part in parts)[-300:] or "unnamed"
