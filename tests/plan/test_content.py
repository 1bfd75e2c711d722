# SPDX-License-Identifier: Apache-2.0
"""The shipped action library: its own rules, and one negative fixture for each of them."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import msgspec
import pytest
import yaml

import scc.content
import scc.knowledge
from scc.content.loader import Content
from scc.plan import check
from scc.plan.content import ActionContent
from scc.plan.vocabulary import library

BAD = sorted((Path(__file__).parent.parent / "content_bad").glob("*.yaml"))


def test_shipped_content_has_no_fault() -> None:
    assert [str(fault) for fault in check(scc.content.open(), scc.knowledge.open())] == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_content_is_refused_by_its_own_code(path: Path, tmp_path: Path) -> None:
    """A fixture holds the fields that differ from a good action; its name is the code it must raise."""
    changes = yaml.safe_load(path.read_text(encoding="utf-8"))
    like = changes.pop("like")
    own = [msgspec.to_builtins(each) for each in scc.content.open().records("actions", ActionContent)]
    good = next(each for each in own if each["id"] == like)
    folder = tmp_path / "actions"
    folder.mkdir()
    (folder / "bad.yaml").write_text(yaml.safe_dump({**good, "id": "act-9999", **changes}), encoding="utf-8")
    faults = check(Content(tmp_path), scc.knowledge.open())
    mine = {fault.code for fault in faults if fault.id == "act-9999"}
    assert path.stem in mine
    # A value that brings its own quotes also breaks the command when it stands between quotes.
    also = {"duplicate-effect"} | ({"bad-command"} if path.stem == "quoted-parameter" else set())
    assert mine <= {path.stem, *also}, [str(fault) for fault in faults]
    assert any("bad.yaml:" in fault.place for fault in faults)


def test_every_code_has_a_negative_fixture() -> None:
    source = (Path(scc.content.__file__).parent.parent / "plan" / "check.py").read_text(encoding="utf-8")
    codes = set(re.findall(r'yield "([a-z-]+)"', source)) | {"duplicate-effect"}
    # order-circle is a fault of the rubrics and is tested below.
    assert codes - {path.stem for path in BAD} == set()


def test_order_circle_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "rubrics"
    folder.mkdir()
    (folder / "order.yaml").write_text(
        "- {type: pair, id: pair-back, first: rotate-keys, then: install-fix, reason: wrong way round}\n",
        encoding="utf-8",
    )
    codes = {(fault.id, fault.code) for fault in check(Content(tmp_path))}
    assert ("rotate-keys", "order-circle") in codes


def test_every_effect_has_an_action() -> None:
    shelf = library(scc.content.open())
    used = {action.effect for action in shelf.actions}
    assert set(shelf.effects) == used


def test_every_stable_action_was_chosen() -> None:
    """By a scenario or an item of the corpus, as tools/actions_chosen.py counted; the others are `test` and listed."""
    path = Path(__file__).parents[2] / "tools" / "actions_chosen.csv"
    with path.open(encoding="utf-8", newline="") as file:
        counts = {row["action"]: int(row["scenarios"]) + int(row["items"]) for row in csv.DictReader(file)}
    stable = [each.id for each in library(scc.content.open()).actions if each.status == "stable"]
    assert stable
    assert [each for each in stable if not counts.get(each)] == []


def test_no_sentence_is_written_twice_by_accident() -> None:
    """The same long text in two actions is filler unless both say the same thing of two platforms."""
    seen: dict[str, str] = {}
    for action in library(scc.content.open()).actions:
        text = action.text
        assert text not in seen, f"{action.id} repeats {seen[text]}"
        seen[text] = action.id
