# SPDX-License-Identifier: Apache-2.0
"""The comparison of indicators: its labels are sound, values are compared as it says, our patterns are read right."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any, get_args

import pytest
from tests.share.briefings import OBSERVED

from scc.model.facts import IndicatorType
from scc.share.stix_patterns import pattern

ROOT = Path(__file__).parents[2]


def _tool() -> Any:
    spec = importlib.util.spec_from_file_location("side_by_side", ROOT / "tools" / "side_by_side.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = _tool()
LABELS = [json.loads(line) for line in TOOL.LABELS.read_text("utf-8").splitlines()]


def test_ten_labelled_reports_and_no_value_is_both() -> None:
    assert len({each["path"] for each in LABELS}) == 10
    for each in LABELS:
        assert {one["type"] for one in each["true"] + each["neutral"]} <= set(get_args(IndicatorType))
        true = {TOOL.key(one["type"], one["value"]) for one in each["true"]}
        assert true and not true & {TOOL.key(one["type"], one["value"]) for one in each["neutral"]}


@pytest.mark.parametrize("type_", sorted(OBSERVED))
def test_our_patterns_are_read_back(type_: str) -> None:
    found = TOOL.pattern_pairs(pattern(type_, OBSERVED[type_]))
    if type_ in ("cryptocurrency-address", "ja3", "ja4", "android-package"):  # STIX has no pattern for them
        assert found == []
    elif type_ in ("asn", "ssdeep", "imphash", "cidr", "package", "registry-key"):  # written in another form
        assert len(found) >= 1
    else:
        assert {TOOL.key(*each) for each in found} == {TOOL.key(type_, OBSERVED[type_])}


def test_what_counts_as_the_same_value() -> None:
    same = [("url", "hxxp://"), ("url", "http://A.example:80/"), ("domain", "a.example")]
    assert TOOL.key(*same[1]) == TOOL.key(*same[2]) != TOOL.key(*same[0])
    assert TOOL.key("url", "https://a.example/x%20y/") == TOOL.key("url", "http://a.example/x y")
    assert (
        TOOL.key("filepath", r"C:\\a\b.exe")
        == TOOL.key("filename", r"c:\a\b.exe")
        != TOOL.key("filename", "b.exe")
    )
    labels = {"true": [{"type": "domain", "value": "a.example"}], "neutral": [{"type": "port", "value": "1"}]}
    count = TOOL.Count(labels, [("url", "http://a.example"), ("port", "1"), ("md5", "0" * 32)])
    assert (count.of("true", "network"), count.of("false", "network"), count.of("missed", "network")) == (
        1,
        1,
        0,
    )


def test_labels_of_the_second_sample_are_sound() -> None:
    path = ROOT / "tests" / "assets" / "observed-reports.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len({each["id"] for each in rows}) == len(rows) == 100
    for each in rows:
        assert each["true"] or each["false"]
        assert not set(each["true"]) & set(each["false"])
