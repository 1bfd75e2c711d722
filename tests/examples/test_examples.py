# SPDX-License-Identifier: Apache-2.0
"""The six example stories against what was written down by hand before the first run.

Runs the main job once, as a user would, and holds every briefing against `expected.yaml`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
NOW = "2026-06-10T07:00:00Z"
STORIES = sorted(path.parent.name for path in EXAMPLES.glob("*/expected.yaml"))


@pytest.fixture(scope="session")
def briefings(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """All briefings of one run over the example folders."""
    out = tmp_path_factory.mktemp("examples")
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "scc",
            "brief",
            str(EXAMPLES),
            "--out",
            str(out / "briefings"),
            "--format",
            "json",
            "--now",
            NOW,
            "--db",
            str(out / "demo.db"),
        ],
        capture_output=True,
        text=True,
        timeout=300,
        cwd=ROOT,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return [json.loads(path.read_text("utf-8")) for path in sorted(out.glob("briefings/*/briefing.json"))]


@pytest.fixture(params=STORIES)
def story(
    request: pytest.FixtureRequest, briefings: list[dict[str, Any]]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What is expected of a story, and the briefings that rest on its documents."""
    name = request.param
    expected = yaml.safe_load((EXAMPLES / name / "expected.yaml").read_text("utf-8"))
    mine = [each for each in briefings if any(f"/{name}/" in source["path"] for source in each["sources"])]
    return expected, mine


def text_of(briefing: dict[str, Any]) -> str:
    return json.dumps(briefing, ensure_ascii=False)


def main_of(expected: dict[str, Any], mine: list[dict[str, Any]]) -> dict[str, Any]:
    """The briefing with the most sources."""
    assert mine, "no item was made of this story"
    return max(mine, key=lambda each: len(each["sources"]))


def test_one_story_is_one_item(story: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    expected, mine = story
    low, high = expected["items"] if isinstance(expected["items"], list) else (expected["items"],) * 2
    assert low <= len(mine) <= high, [each["title"] for each in mine]


def test_type_and_facets(story: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    expected, mine = story
    assert main_of(expected, mine)["type"] == expected["type"]
    facets = {facet for each in mine for facet in each["facets"]}
    assert set(expected.get("facets", [])) <= facets


def test_what_must_and_must_not_appear(story: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    expected, mine = story
    text = " ".join(text_of(each) for each in mine)
    assert [each for each in expected.get("must", []) if each not in text] == []
    assert [each for each in expected.get("must_not", []) if each in text] == []


def test_priority_mode_and_history(story: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    expected, mine = story
    briefing = main_of(expected, mine)
    assert briefing["priority"] not in expected.get("priority_not", [])
    if "modes" in expected:
        assert briefing["plan"]["mode"] in expected["modes"]
    if "historical" in expected:
        assert briefing["historical"] is expected["historical"]
    if "concerns_us" in expected:
        assert briefing["page_one"]["concerns_us"]["answer"] == expected["concerns_us"]


def test_nothing_is_made_up(story: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    expected, mine = story
    for briefing in mine:
        if "cvss" in expected:
            assert briefing["cvss"] is expected["cvss"]
        for name in ("vulnerabilities", "techniques", "weaknesses"):
            if name in expected:
                assert len(briefing[name]) == expected[name], briefing[name]
        if "observed_indicators" in expected:
            observed = [each for each in briefing["indicators"] if each["role"] == "observed"]
            assert len(observed) == expected["observed_indicators"], observed


def test_deadlines_are_computed_and_say_whom_they_bind(
    story: tuple[dict[str, Any], list[dict[str, Any]]],
) -> None:
    expected, mine = story
    rows = main_of(expected, mine)["deadlines"]
    for want in expected.get("deadlines", []):
        found = [each for each in rows if each["date"][:10] == want["date"]]
        assert len(found) >= want.get("at_least", 1), rows
        assert all(each["binds_us"] == want["binds_us"] and each["owner"] for each in found)
    if "deadline_dates_only" in expected:
        dated = {each["date"][:10] for each in rows if each["date"]}
        assert dated == set(expected["deadline_dates_only"])


def test_disputes_are_shown_with_who_says_what(story: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    expected, mine = story
    rows = main_of(expected, mine)["disputes"]
    for want in expected.get("disputes", []):
        found = [each for each in rows if want["question"] in each["question"]]
        assert found, rows
        if "preferred" in want:
            assert found[0]["preferred"] == want["preferred"]
        if "dissent" in want:
            losing = [each for each in found[0]["positions"] if each["value"] != found[0]["preferred"]]
            assert any(want["dissent"] in each["sources"] for each in losing)


def test_summary_does_not_repeat_the_dissent_as_fact(
    story: tuple[dict[str, Any], list[dict[str, Any]]],
) -> None:
    expected, mine = story
    briefing = main_of(expected, mine)
    told = " ".join(each["text"] for each in briefing["summary"])
    told += " ".join(each["text"] for each in briefing["page_one"]["known"])
    assert [each for each in expected.get("summary_must_not", []) if each in told] == []
    if "victim_claim" in expected:
        denial = [
            each["text"]
            for each in briefing["summary"]
            if "denies" in each["text"] or "differ" in each["text"]
        ]
        assert denial, "the denial is not shown as the victim's own claim"


def test_frameworks_follow_the_subject(story: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    expected, mine = story
    if "frameworks_any" in expected:
        shown = {key for each in mine for key in each["frameworks"]}
        assert shown & set(expected["frameworks_any"])


def test_unknowns_are_said(story: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    expected, mine = story
    page = main_of(expected, mine)["page_one"]
    said = " ".join(each["text"] for each in page["unknown"]).lower()
    for want in expected.get("unknown_contains", []):
        assert want in said
