# SPDX-License-Identifier: Apache-2.0
"""Bounds on what is read, in one place, and the words in which an input is turned away."""

from __future__ import annotations

from typing import Final

from scc.model.provenance import Skipped

FILE_BYTES: Final = 52_428_800
"""A file larger than this (50 MiB) is not read: no article or record is."""
ARCHIVE_ENTRIES: Final = 5_000
ARCHIVE_BYTES: Final = 200_000_000
"""All entries of an archive together, unpacked."""
ARCHIVE_RATIO: Final = 200
"""Unpacked to packed; beyond it an archive is a bomb."""
TEXT_CHARACTERS: Final = 2_000_000
"""Text kept of a document; what follows is cut and the document marked as an excerpt."""
CONTAINER_ENTRIES: Final = 400_000
"""Entries of one feed, catalogue or list."""


def quarantine(rule: str, reason: str) -> Skipped:
    """An input that cannot be read or must not be; `reason` ends with what to do next."""
    return Skipped("quarantined", reason, rule)


def context(rule: str, reason: str) -> Skipped:
    """An input that is no news and no record: kept as context."""
    return Skipped("context", reason, rule)


TOO_LARGE: Final = quarantine(
    "too-large",
    f"The file has more than {FILE_BYTES // 1_048_576} MB; split it, or give the articles in it one by one.",
)
