# SPDX-License-Identifier: Apache-2.0
"""Writes the JSON Schema of the Briefing from its structs, or checks the file that is checked in.

python tools/generate_schema.py          write docs/schema/briefing-1.0.schema.json
python tools/generate_schema.py --check  exit 1 when it is out of date
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from scc.model.briefing import SCHEMA, Briefing  # noqa: E402

FILE = ROOT / "docs" / "schema" / f"{SCHEMA.removeprefix('scc-')}.schema.json"


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of the contract, definitions sorted by name."""
    (top,), definitions = msgspec.json.schema_components((Briefing,), ref_template="#/$defs/{name}")
    definitions["Briefing"]["properties"]["schema"] = {"const": SCHEMA, "default": SCHEMA}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:scc:{SCHEMA}",
        "title": "Briefing",
        **top,
        "$defs": dict(sorted(definitions.items())),
    }


def text() -> str:
    """The file's content."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Write or check; returns the exit code."""
    if "--check" in arguments:
        current = FILE.read_text("utf-8") if FILE.is_file() else ""
        if current != text():
            print(
                f"{FILE.relative_to(ROOT)} is out of date: run python tools/generate_schema.py",
                file=sys.stderr,
            )
            return 1
        return 0
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(text(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
