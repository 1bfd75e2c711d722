# SPDX-License-Identifier: Apache-2.0
"""`scc --help` against an empty Python process."""

from __future__ import annotations

from measure import Row, process


def rows() -> list[Row]:
    """One row: the ratio of the medians."""
    nothing, _ = process(["-c", "pass"], runs=11)
    ours, _ = process(["-m", "scc", "--help"], runs=11)
    return [Row("scc --help", "< 8 x `python -c pass`", f"{ours / nothing:.1f} x", ours / nothing < 8)]
