# SPDX-License-Identifier: Apache-2.0
"""One level of gzip or zip, bounded in entries, size and ratio. Names inside are keys, never paths."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from scc.model.document import Raw
from scc.model.ids import digest
from scc.model.provenance import Skipped
from scc.read.text.limits import ARCHIVE_BYTES, ARCHIVE_ENTRIES, ARCHIVE_RATIO, FILE_BYTES, quarantine

_SMALL: Final = 1 << 20
"""Up to this size an archive may unpack to any ratio: a log of one line compresses well."""
_BOMB: Final = quarantine(
    "archive-bomb", "The archive unpacks to far more than its size; unpack it by hand if you trust it."
)
_BROKEN: Final = quarantine(
    "archive-broken",
    "The archive is damaged, or packed by a method that is not supported; get it again or unpack it.",
)


def is_archive(data: bytes) -> bool:
    """Whether the bytes begin like gzip or zip."""
    return data[:2] == b"\x1f\x8b" or data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def open_archive(raw: Raw) -> list[Raw | Skipped]:
    """The entries of a gzip or zip archive, or why not."""
    return _open_gzip(raw) if raw.data[:2] == b"\x1f\x8b" else _open_zip(raw)


def _most(raw: Raw) -> int:
    return min(ARCHIVE_BYTES, max(_SMALL, ARCHIVE_RATIO * len(raw.data)))


def _open_gzip(raw: Raw) -> list[Raw | Skipped]:
    """The one entry; several members are joined, as RFC 1952 (section 2.2) prescribes."""
    parts: list[bytes] = []
    size = 0
    data = raw.data
    while data:
        inner = zlib.decompressobj(16 + zlib.MAX_WBITS)
        pending = data
        try:
            while not inner.eof:
                chunk = inner.decompress(pending, 1 << 20)
                size += len(chunk)
                if size > _most(raw):
                    return [_BOMB]
                parts.append(chunk)
                pending = inner.unconsumed_tail
                if not pending and not chunk and not inner.eof:
                    return [
                        quarantine(
                            "archive-truncated", "The gzip file is cut off; get it again from its source."
                        )
                    ]
        except zlib.error:
            return [_BROKEN]
        data = inner.unused_data.lstrip(b"\0")
        if data and not data.startswith(b"\x1f\x8b"):
            break  # trailing bytes that are no member: ignored, as gzip does
    content = b"".join(parts)
    return [_entry(raw, content, "content")] if len(content) <= FILE_BYTES else [_BOMB]


def _open_zip(raw: Raw) -> list[Raw | Skipped]:
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
            if sum(each.file_size for each in infos) > _most(raw):
                return [_BOMB]
            left = _most(raw)
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
                    return [_BOMB]
                found.append(_entry(raw, data, _name(info.filename)))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
        return [_BROKEN]
    return found or [quarantine("archive-empty", "The archive holds no file; give the files themselves.")]


def _entry(raw: Raw, data: bytes, name: str) -> Raw:
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
    clean = "/".join("".join(each for each in part if each.isprintable()) for part in parts)
    return clean.replace(":", "_")[-300:] or "unnamed"
