# SPDX-License-Identifier: Apache-2.0
"""Texts of a briefing made fit to be written: what UTF-8 cannot carry, and addresses that are none.

Knows no format. Lone surrogates become U+FFFD, as in the JSON of the briefing; nothing else is changed.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

import msgspec

from scc.model.briefing import Briefing
from scc.render.characters import well_formed

_ADDRESS: Final = re.compile(
    r"([A-Za-z][A-Za-z0-9+.-]{1,15})://([A-Za-z0-9._-]{1,253}(?::[0-9]{1,5})?)((?:[/?#]\S*)?)"
)
_LONGEST: Final = 2048
_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE: Final = "-._~:/?@!$&'()*+,;=%"


def encodable(briefing: Briefing) -> Briefing:
    """The briefing itself, or a copy without lone surrogates when it holds some."""
    try:
        msgspec.json.encode(briefing)
    except UnicodeEncodeError:
        return msgspec.convert(well_formed(msgspec.to_builtins(briefing)), Briefing)
    return briefing


def uri(text: str, *, web: bool = True) -> str:
    """An address as RFC 3986 has it, characters outside it percent-encoded; "" if it is none.

    The host must be ASCII, the length after encoding at most 2048; `web` admits http and https only.
    """
    found = _ADDRESS.fullmatch(text[: _LONGEST + 1])
    if found is None or (web and found[1].lower() not in ("http", "https")):
        return ""
    path, mark, fragment = found[3].partition("#")
    rest = _quoted(path) + (mark + _quoted(fragment) if mark else "")
    address = f"{found[1].lower()}://{found[2]}{rest}"
    return address if len(address) <= _LONGEST else ""


def _quoted(text: str) -> str:
    return quote(_PERCENT.sub("%25", text), safe=_SAFE)


def joined(*parts: str) -> str:
    """The non-empty parts as paragraphs."""
    return "\n\n".join(part for part in parts if part.strip())


def as_json(value: object, *, sort: bool = False) -> bytes:
    """A value as JSON (RFC 8259) in UTF-8, one space a level, with a line break at the end. `sort`: keys by name."""
    data = msgspec.json.encode(value, order="sorted" if sort else None)
    return msgspec.json.format(data, indent=1) + b"\n"
