# SPDX-License-Identifier: Apache-2.0
"""Write the generated documents: docs/cli.md, docs/actions.md, docs/clocks.md, docs/configuration.md, docs/schema/. `--check` only compares.

Ends with 1 when a file is not up to date.
"""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(ROOT / "tools"))

import actions_page  # noqa: E402
import clocks_page  # noqa: E402
import generate_schema  # noqa: E402
from scc.cli.describe import commands_page, configuration_page  # noqa: E402


def pages() -> dict[str, str]:
    """Every generated file with its content."""
    return {
        "docs/cli.md": commands_page(),
        actions_page.FILE.as_posix(): actions_page.text(),
        clocks_page.FILE.as_posix(): clocks_page.text(),
        "docs/configuration.md": configuration_page(),
        str(generate_schema.FILE.relative_to(ROOT)): generate_schema.text(),
    }


def main(arguments: list[str]) -> int:
    """Write or compare."""
    stale = 0
    for name, wanted in pages().items():
        file = ROOT / name
        found = file.read_text("utf-8") if file.is_file() else ""
        if found == wanted:
            continue
        if "--check" in arguments:
            stale += 1
            print(f"{name} is not up to date; run `make generated`.")
            print(
                "\n".join(
                    list(difflib.unified_diff(found.splitlines(), wanted.splitlines(), lineterm="", n=0))[:20]
                )
            )
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(wanted, "utf-8")
            print(f"{name} written.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
