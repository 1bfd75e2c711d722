# SPDX-License-Identifier: Apache-2.0
"""CSV that a spreadsheet opens as text: RFC 4180, UTF-8 with a byte order mark, every cell quoted.

A cell that a spreadsheet would calculate gets an apostrophe in front (OWASP, "CSV Injection"), also behind
";" and "|", at which spreadsheets of other regions cut a line. Cells are one line: a line end within would
begin a new row for a reader that cuts so. What obeys instead of showing is written out as `[U+202E]`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from scc.render.characters import visible

LONGEST: Final = 32_000
"""Characters in a cell; spreadsheets take 32,767."""
_FORMULA: Final = re.compile("""(^|[;|])([ "]*)([=+\\-@\uff1d\uff0b\uff0d\uff20])""")
"""The signs that begin a formula, full-width ones included, at the start of what may become a cell."""


def cell(text: str) -> str:
    """The text as one line that no spreadsheet calculates, cut at `LONGEST`."""
    line = " ".join(visible(text[: LONGEST + 1]).split())
    guarded = _FORMULA.sub(r"\1'\2\3", line)
    return guarded if len(guarded) <= LONGEST else guarded[: LONGEST - 1] + "…"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Heads and rows as CSV; every row has as many cells as there are heads."""
    target = io.StringIO()
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([cell(each) for each in row] for row in rows)
    return b"\xef\xbb\xbf" + target.getvalue().encode("utf-8")
