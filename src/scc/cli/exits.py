# SPDX-License-Identifier: Apache-2.0
"""Exit codes, one table for the code and for docs/cli.md."""

from __future__ import annotations

from typing import Final

from scc.model.errors import SccError

OK: Final = 0
PARTLY: Final = 1
USAGE: Final = 2
STORE: Final = 3
SETTINGS: Final = 4
CONTENT: Final = 5
OUTPUT: Final = 6
COLLECT: Final = 7
NOT_APPLICABLE: Final = 8
WITHHELD: Final = 9
FAULT: Final = 70
INTERRUPTED: Final = 130
PIPE: Final = 141

MEANING: Final[dict[int, str]] = {
    OK: "Done. For `lint`: no findings.",
    PARTLY: "Done, and something needs a look: an input was quarantined, `lint` or `content check` has "
    "findings, `doctor` found a fault. Everything else was finished.",
    USAGE: "The command line asks for something that cannot be done: unknown option, no such file, an "
    "address without `--fetch`, an item that does not exist.",
    STORE: "The database cannot be opened or written: locked, full disk, not a database, newer schema.",
    SETTINGS: "The settings or the profile have an unknown key or a wrong value.",
    CONTENT: "Our or your content, or the knowledge pack, is broken.",
    OUTPUT: "A briefing cannot be rendered or written: full disk, no rights.",
    COLLECT: "Nothing could be fetched.",
    NOT_APPLICABLE: "`export`: the formats have nothing to say for the items; the reason is printed, no file is "
    "written. With several items or formats only when none of them gave a file.",
    WITHHELD: "`export`: the Traffic Light Protocol forbids at least one of the exports asked for; the reason is "
    "printed, that file is not written, the allowed ones are. `publish`: every item was refused.",
    FAULT: "A fault of the program, or not enough memory.",
    INTERRUPTED: "Interrupted with Ctrl-C. Run again to go on.",
    PIPE: "The reader of the output went away.",
}

_OF: Final = {
    "usage": USAGE, "store": STORE, "settings": SETTINGS, "content": CONTENT, "knowledge": CONTENT,
    "render": OUTPUT, "collect": COLLECT, "deliver": OUTPUT,
}  # fmt: skip


def of(error: SccError) -> int:
    """The exit code of an error."""
    return _OF.get(error.code, FAULT)
