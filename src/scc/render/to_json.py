# SPDX-License-Identifier: Apache-2.0
"""The Briefing as JSON: the contract other tools read, in one canonical form.

Keys stand in the order of the schema, dictionaries are sorted, two spaces indent, one newline at the
end, UTF-8 without escapes. Lone surrogates cannot be written in UTF-8 and become U+FFFD.
"""

from __future__ import annotations

import msgspec

from scc.model.briefing import Briefing
from scc.render.characters import well_formed


def write(briefing: Briefing) -> bytes:
    """The canonical JSON of a briefing."""
    try:
        data = msgspec.json.encode(briefing, order="deterministic")
    except UnicodeEncodeError:
        plain = well_formed(msgspec.to_builtins(briefing, order="deterministic"))
        data = msgspec.json.encode(plain, order="deterministic")
    return msgspec.json.format(data, indent=2) + b"\n"
