# SPDX-License-Identifier: Apache-2.0
"""The plan for the order of the reference briefing: what the page claims of it holds, and the page is up to date."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "reference_tool", ROOT / "tools" / "response_vs_reference.py"
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["reference_tool"] = module
    spec.loader.exec_module(module)
    return module


def test_the_page_tells_the_truth() -> None:
    tool = _tool()
    found, private = tool.briefing(tool.UNNAMED), tool.briefing(tool.READER)
    assert tool.faults(found, private) == []
    assert tool.FILE.read_text("utf-8") == "\n".join(tool.page(found, private)) + "\n"
