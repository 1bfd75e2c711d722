# SPDX-License-Identifier: Apache-2.0
"""The engine with small stages of the tests (stages.py) in place of the real ones."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))


class Pack:
    pack_id = "pack"


class Content:
    def digest(self) -> str:
        return "content"


def patch(set_: Callable[..., None]) -> None:
    """Put the small stages in."""
    import stages

    from scc import assess, brief, correlate, plan, read

    for name in ("split", "document", "observe"):
        set_(read, name, getattr(stages, name))
    for name in ("keys", "place", "story", "Join", "Merge", "New", "Propose", "Candidate"):
        set_(correlate, name, getattr(stages, name))
    set_(assess, "assess", stages.assess)
    set_(plan, "plan", stages.plan)
    set_(brief, "compose", stages.compose)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    patch(lambda module, name, value: monkeypatch.setattr(module, name, value, raising=False))


@pytest.fixture
def options() -> Callable[..., Any]:
    from scc.engine import Options

    def make(**more: Any) -> Options:
        values = {"now": "2026-06-10T00:00:00Z", "knowledge": Pack(), "content": Content(), "wait": 0.0}
        return Options(**{**values, **more})

    return make


STORY = {
    "a.txt": "title: Gateway flaw\ndate: 2026-06-03\nevent: E1\ncve: CVE-2026-0001\n",
    "b.txt": "title: Gateway flaw used\ndate: 2026-06-05\nevent: E1\nurl: https://press.example/b\n",
    "c.txt": "title: Worm\ndate: 2026-06-01\nevent: E2\n",
    "d.txt": "title: Offer\ndate: 2026-06-01\nnoise: marketing\n",
    "feed.txt": (
        "=== e1\ntitle: Short b\ndate: 2026-06-05\nurl: https://press.example/b\nevent: E1\n"
        "=== e2\ntitle: Wiper\ndate: 2026-06-02\nevent: E3\nurl: https://press.example/e2\n"
        "=== e3\nskip: marketing\n"
    ),
    "kev.txt": "=== k1\nkind: record\ntitle: KEV entry\ncve: CVE-2026-0001\n=== k2\nkind: record\ncve: CVE-2026-0002\n",
    "x.bin": "\0\1",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    for name, text in STORY.items():
        (place / name).write_text(text)
    return place
