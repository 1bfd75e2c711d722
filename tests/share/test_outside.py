# SPDX-License-Identifier: Apache-2.0
"""`tools/outside.py` says of each format what ran or why it could not run, and faults end it with 1."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "outside.py"
FORMATS = ("stix", "navigator", "csaf", "csaf-vex", "csaf-2.1", "ics")


def run(folder: Path, *more: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, str(TOOL), str(folder), *more], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout.splitlines()


def test_every_format_is_told_of(tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    code, lines = run(tmp_path, "--node", str(tmp_path / "absent"), "--out", str(note))
    assert code == 0
    told = dict(each.split(": ", 1) for each in lines)
    assert tuple(told) == FORMATS
    assert all(told[name].startswith("not run, ") for name in FORMATS[2:])
    text = note.read_text("utf-8")
    assert all(f"| {name} | not run" in text for name in FORMATS[2:]) and text.endswith("None.\n")


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not here")
def test_a_fault_of_a_library_of_node_is_a_fault(tmp_path: Path) -> None:
    # A stand-in for the package that throws as a missing or broken one does.
    module = tmp_path / "node_modules" / "ical.js"
    (module / "dist").mkdir(parents=True)
    (module / "package.json").write_text('{"name": "ical.js", "version": "0", "type": "module"}')
    (module / "dist" / "ical.js").write_text("export default { parse() { throw new Error('no calendar') } }")
    (tmp_path / "x.ics").write_text("not a calendar")
    code, lines = run(tmp_path, "--node", str(tmp_path / "node_modules"))
    assert code == 1
    assert "ics: 1 files by ical.js 0, 1 faults" in lines and "  x.ics: Error: no calendar" in lines
