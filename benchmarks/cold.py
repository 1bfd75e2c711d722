# SPDX-License-Identifier: Apache-2.0
"""One article on disk to HTML, PDF and JSON, in a cold process."""

from __future__ import annotations

import tempfile
from pathlib import Path

from measure import ROOT, Row, process


def rows() -> list[Row]:
    """One row: wall time and peak memory."""
    article = next(iter(sorted((ROOT / "examples").rglob("*.md"))), None)
    if article is None:
        return []
    with tempfile.TemporaryDirectory() as folder:
        count = iter(range(100))

        def once() -> tuple[float, float]:
            place = Path(folder) / str(next(count))
            return process(
                ["-m", "scc", "brief", str(article), "--format", "html,pdf,json", "--db", f"{place}.db",
                 "--out", str(place), "--now", "2026-06-10"], runs=1,
            )  # fmt: skip

        found = sorted(once() for _ in range(5))
    seconds, peak = found[2][0], max(each[1] for each in found)
    return [
        Row("article to HTML + PDF + JSON, cold", "< 2 s", f"{seconds:.2f} s", seconds < 2),
        Row("peak memory of it", "< 200 MB", f"{peak:.0f} MB", peak < 200),
    ]
