# SPDX-License-Identifier: Apache-2.0
"""The figures of docs/knowledge.md that are promised do not sink: the reference story and the mitigation route."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from scc.knowledge import Knowledge


@pytest.fixture(scope="module")
def report() -> ModuleType:
    """The module that writes the page."""
    file = Path(__file__).parents[2] / "tools" / "knowledge_report.py"
    spec = importlib.util.spec_from_file_location("knowledge_report", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_mitigation_route_uses_no_edge_of_ctid(report: ModuleType, shipped: Knowledge) -> None:
    truth, guess = report.pairs_of_route(shipped)
    assert len(truth) > 400
    right = sum(len(truth[id_] & guess[id_]) for id_ in truth)
    # Half of what it says is in CTID's mapping, and it says half of that mapping.
    assert right / sum(map(len, guess.values())) >= 0.45
    assert right / sum(map(len, truth.values())) >= 0.45
    # M1032 (multi-factor) is ours: CTID has no mitigation in it.
    assert "IA-2" in guess["T1078.004"]


@pytest.mark.corpus
def test_paths_reach_most_of_the_reference_table(report: ModuleType, shipped: Knowledge, data: Path) -> None:
    story, rows, named = report.reference((data / "reference" / "briefing-example.txt").read_text("utf-8"))
    assert len(rows) == 33
    ours, themes = report.brief(story)
    assert len(ours.techniques) == 8 and len(ours.weaknesses) == 3
    assert len(report.ways(shipped, ours, rows)) / len(rows) >= 0.8
    assert len(report.ways(report.without_pairs(), ours, rows)) / len(rows) >= 0.8
    hit, other = report.short_list(shipped, ours, themes, rows, named)
    assert len(hit) + len(other) == 8 and len(hit) >= 6
