# SPDX-License-Identifier: Apache-2.0
"""The MISP feed: as MISP's generator lays it out, events that PyMISP loads, nothing above the clearance of its readers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pymisp import MISPEvent
from pymisp.tools import feed_meta_generator
from tests.share.briefings import briefing, context, observed

from scc.deliver import publish_misp
from scc.deliver.folder import MARKER
from scc.model.briefing import Briefing
from scc.model.decision import Decision
from scc.model.errors import DeliverError
from scc.share import Context, Records


def item(**changes: Any) -> Briefing:
    return msgspec.structs.replace(briefing(observed()), **{"tlp": "TLP:CLEAR", **changes})


def items(*briefings: Briefing, **known: Any) -> list[tuple[Briefing, Context]]:
    return [(each, context(**known)) for each in briefings]


def events(folder: Path) -> dict[str, MISPEvent]:
    """The events of a feed by the number of their item."""
    found = {}
    for path in folder.glob("*-*.json"):
        event = MISPEvent()
        event.load_file(path)
        assert path.name == f"{event.uuid}.json"
        (report,) = event.get_objects_by_name("report")
        found[report.get_attributes_by_relation("case-number")[0].value] = event
    return found


def test_the_folder_is_that_of_the_generator_of_misp(tmp_path: Path) -> None:
    target, again = tmp_path / "feed", tmp_path / "again"
    given = items(item(), item(id="SCC-VUL-2026-0777", title="Another"))
    done = publish_misp.publish(target, given, "TLP:CLEAR")
    assert done.events == (given[0][0].id, "SCC-VUL-2026-0777") and not done.refused
    names = {each.name for each in target.iterdir()} - {MARKER}
    assert set(events(target)) == set(done.events) and len(names) == 4
    shutil.copytree(target, again)
    for name in ("manifest.json", "hashes.csv", MARKER):
        (again / name).unlink()
    feed_meta_generator(again)
    assert json.loads((again / "manifest.json").read_text()) == json.loads(
        (target / "manifest.json").read_text()
    )
    lines = [sorted((folder / "hashes.csv").read_text().splitlines()) for folder in (again, target)]
    assert lines[0] == lines[1]


def test_nothing_above_the_clearance_of_the_readers(tmp_path: Path) -> None:
    given = items(
        item(),
        item(id="SCC-VUL-2026-0777", tlp="TLP:AMBER"),
        item(id="SCC-VUL-2026-0778", status="dismissed"),
    )
    done = publish_misp.publish(tmp_path / "feed", given, "TLP:GREEN")
    assert done.events == (given[0][0].id,)
    assert {each for each, _ in done.refused} == {"SCC-VUL-2026-0777", "SCC-VUL-2026-0778"}
    (event,) = events(tmp_path / "feed").values()
    assert "tlp:clear" in {each.name for each in event.tags}
    assert not event.get_objects_by_name("course-of-action"), "the plan is about us"
    inside = publish_misp.publish(tmp_path / "inside", given, "TLP:AMBER+STRICT")
    assert len(inside.events) == 2
    for event in events(tmp_path / "inside").values():
        assert "tlp:amber+strict" in {each.name for each in event.tags}
        assert event.get_objects_by_name("course-of-action")


def test_a_withdrawn_item_stays_deleted_and_the_same_store_gives_the_same_bytes(tmp_path: Path) -> None:
    target = tmp_path / "feed"
    publish_misp.publish(target, items(item()), "TLP:CLEAR")
    first = {each.name: each.read_bytes() for each in target.iterdir()}
    publish_misp.publish(target, items(item()), "TLP:CLEAR")
    assert {each.name: each.read_bytes() for each in target.iterdir()} == first
    ruled = Decision("d-1", "withdraw", "duty", "2027-01-01T00:00:00Z", "It was false.", item().id)
    publish_misp.publish(target, items(item(), records=Records(decisions=(ruled,))), "TLP:CLEAR")
    (path,) = target.glob("*-*.json")
    event = json.loads(path.read_text())["Event"]
    assert event["info"].startswith("Withdrawn: ") and all(each["deleted"] for each in event["Attribute"])
    assert path.name in first


def test_a_folder_of_others_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(DeliverError, match="not published by this command"):
        publish_misp.publish(tmp_path, items(item()), "TLP:CLEAR")
    assert [each.name for each in tmp_path.iterdir()] == ["notes.txt"]
