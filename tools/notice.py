# SPDX-License-Identifier: Apache-2.0
"""Write the table of datasets in NOTICE from the manifest of the shipped pack; `--check` only compares.

The text around the table is written by hand and left alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

BEGIN = "<!-- datasets: written by tools/notice.py -->"
END = "<!-- end of datasets -->"


def table() -> str:
    """The datasets of the pack as a table: name, version, date, licence, where it comes from."""
    from scc import content
    from scc.knowledge.pack import Pack

    lines = ["| dataset | version | date | licence | source |", "|---|---|---|---|---|"]
    for each in Pack(content.open().file("pack")).manifest.datasets:
        cells = (
            each.name,
            each.version,
            each.date,
            each.licence,
            each.url or "derived from the rows above and below",
        )
        lines.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    return "\n".join(lines)


def written(text: str) -> str:
    """NOTICE with the table put between its marks. Raises ValueError if they are missing."""
    head, _, rest = text.partition(BEGIN)
    _, found, tail = rest.partition(END)
    if not found:
        raise ValueError("NOTICE lacks the marks around the table of datasets")
    return f"{head}{BEGIN}\n\n{table()}\n\n{END}{tail}"


def main(arguments: list[str]) -> int:
    """0 if NOTICE is (now) up to date, 1 if `--check` found it stale."""
    path = ROOT / "NOTICE"
    text = path.read_text(encoding="utf-8")
    fresh = written(text)
    if "--check" in arguments:
        if text != fresh:
            print("NOTICE is out of date: run tools/notice.py", file=sys.stderr)
            return 1
        return 0
    path.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
