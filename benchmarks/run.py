# SPDX-License-Identifier: Apache-2.0
"""Run the benchmarks and print a table: work, target (DESIGN's budgets), measured. Ends with 1 on a miss."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).resolve().parents[1] / "src")]

NAMES = ("start", "reading", "knowledge", "cold", "warm", "render", "archive")


def main(names: list[str]) -> int:
    """Print the table of all benchmarks, or of those named."""
    print(f"{'work':45}  {'target':24}  {'measured':20}")
    missed = 0
    for name in names or NAMES:
        for row in import_module(name).rows():
            state = "" if row.ok is None else "ok" if row.ok else "MISSED"
            missed += row.ok is False
            print(f"{row.work:45}  {row.target:24}  {row.measured:20}  {state}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
