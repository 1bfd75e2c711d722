# SPDX-License-Identifier: Apache-2.0
"""How things are named: content hashes for documents, stable ids for items and statements."""

from __future__ import annotations

import hashlib
import re
from typing import Final, Literal

ItemType = Literal[
    "vulnerability",
    "threat",
    "malware",
    "breach",
    "supply-chain",
    "governance",
    "disruption",
    "advisory",
]

CODES: Final[dict[ItemType, str]] = {
    "vulnerability": "VUL",
    "threat": "THR",
    "malware": "MAL",
    "breach": "BRE",
    "supply-chain": "SUP",
    "governance": "GOV",
    "disruption": "DIS",
    "advisory": "ADV",
}

ITEM_ID: Final = re.compile(r"SCC-(?:VUL|THR|MAL|BRE|SUP|GOV|DIS|ADV)-[0-9]{4}-[0-9]{4,}")


def digest(*parts: str | bytes) -> str:
    """SHA-256 over the parts, each with its length in front, as 64 hex digits.

    The length makes ("ab", "c") and ("a", "bc") different.
    """
    state = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.hexdigest()


def short(prefix: str, *parts: str | bytes) -> str:
    """`prefix` and the first 16 hex digits of the digest, e.g. "doc-0f3a…"."""
    return f"{prefix}-{digest(*parts)[:16]}"


def item_id(kind: ItemType, year: int, number: int) -> str:
    """`SCC-<TYPE>-<YEAR>-<NNNN>`; the number has at least four digits."""
    return f"SCC-{CODES[kind]}-{year:04d}-{number:04d}"
