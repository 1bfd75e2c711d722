# SPDX-License-Identifier: Apache-2.0
"""Any briefing, hostile texts, empty lists and long fields included, in every format and to any recipient: a valid
file, a reason why there is none, or a refusal; twice the same bytes. What is valid says `tools/exports_checks.py`, as
in docs/exports.md, and for some formats more strictly the test of the format; schemas that no package carries with
SCC_DATA."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.share import test_feeds, test_gaps, test_ics, test_tickets
from tests.share.briefings import briefing, context, nasty, observed, plain, spoiled

from scc.model.act import Gap, Review
from scc.model.decision import Decision
from scc.model.tlp import ORDER, Tlp
from scc.render import FORMATS
from scc.share import EXPORTS, Cleared, Context, NotApplicable, Records, clear


def _csv(data: bytes) -> None:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    assert len({len(each) for each in rows}) == 1 and len(rows) > 1


def _ticket(data: bytes) -> None:
    (request,) = json.loads(data)["requests"]
    if "fields" in request["body"]:
        test_tickets.check_doc(request["body"]["fields"]["description"])
    elif "work_notes" in request["body"]:
        assert max(len(request["body"][name]) for name in ("description", "work_notes")) <= 4000
    else:
        test_tickets.check_markdown(request["body"].get("body") or request["body"]["description"])


def _checks() -> dict[str, Callable[[bytes], Any]]:
    """The check of each format; what is only in an optional package is left out without it."""
    place = Path(__file__).parents[2] / "tools" / "exports_checks.py"
    spec = importlib.util.spec_from_file_location("exports_checks", place)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    named = os.environ.get("SCC_DATA")
    found = module.checks(Path(named) if named else None)
    if importlib.util.find_spec("cyclonedx") is None:
        del found["cyclonedx-vex"]

    def sound(name: str, data: bytes) -> None:
        fault = found[name](data)
        assert not fault, fault

    return {name: lambda data, name=name: sound(name, data) for name in found}


CHECKS: dict[str, Callable[[bytes], Any]] = {
    **dict.fromkeys(EXPORTS, json.loads), **_checks(),
    "csv": _csv, "gaps-csv": _csv, "gaps-md": test_gaps.cells_of, "ics": test_ics.events,
    **{name: lambda data, name=name: test_feeds.check(name, data) for name in test_feeds.NAMES},
    **{f"tickets-{system}": _ticket for system in test_tickets.SYSTEMS},
}  # fmt: skip
PEOPLE = ("xlsx", "docx", "md")
LISTS = (
    "products", "vulnerabilities", "weaknesses", "techniques", "indicators", "actors", "malware", "deadlines",
    "disputes", "summary", "analysis", "actions", "escalation", "recovery", "artifacts", "sources", "citations", "notes",
)  # fmt: skip
STATUSES = ("new", "confirmed", "published", "dismissed", "withdrawn", "merged", "closed")


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    """A briefing of some kind with hostile texts, some of its lists emptied."""
    found = draw(st.sampled_from([plain("minimal"), plain("maximal"), observed()]))
    found = spoiled(found, draw(nasty())) if draw(st.booleans()) else found
    for name in draw(st.sets(st.sampled_from(LISTS), max_size=8)):
        found[name] = []
    found["status"] = draw(st.sampled_from(STATUSES))
    found["tlp"] = draw(st.sampled_from(ORDER))
    found["page_one"]["do_by"] = draw(
        st.sampled_from([None, "", "2026-09-01", "soon", "2026-09-01T10:00:00+02:00"])
    )
    return found


@st.composite
def records(draw: st.DrawFn, item: str) -> Records:
    """Gaps, reviews and rulings on the item with hostile texts that UTF-8 can carry, as they come from a JSON file."""
    texts = [each.encode("utf-8", "replace").decode() for each in (*draw(nasty()), "x")]
    dates = draw(st.sampled_from(["", "2026-09-01", "2020-01-01", texts[0]]))
    found = draw(st.sampled_from(["", "2026-07-01", texts[0]]))
    gap = Gap(
        id=texts[0], item=item, framework=texts[-2], control="2.1", description=texts[-1], due=dates,
        owner=texts[0], author=texts[-1], found=found, status=draw(st.sampled_from(["open", "accepted", "closed"])),
    )  # fmt: skip
    done = draw(st.sampled_from(["open", "done"]))
    review = Review(id=texts[-1], item=item, date=dates, reason=texts[0], status=done)
    said = draw(st.sampled_from(["component_not_present: ", ""])) + texts[0]
    decision = Decision(
        id=texts[0], kind=draw(st.sampled_from(["correct", "dismiss", "withdraw", "confirm"])), author=texts[-1],
        time=draw(st.sampled_from(["2026-08-30T00:00:00Z", texts[0]])), reason=said, target=item,
    )  # fmt: skip
    return Records(
        gaps=(gap,) if draw(st.booleans()) else (),
        reviews=(review,) if draw(st.booleans()) else (),
        decisions=(decision,) if draw(st.booleans()) else (),
    )


def write(name: str, found: Cleared) -> bytes | NotApplicable:
    if name in PEOPLE:
        return FORMATS[name].write(found.briefing)
    return EXPORTS[name].write(found.briefing, Context(context().knowledge, found.records))


def test_every_format_has_a_check() -> None:
    assert set(CHECKS) == {*EXPORTS, *PEOPLE}


@pytest.mark.parametrize("name", CHECKS)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_any_briefing_gives_a_valid_file_or_a_reason(name: str, data: st.DataObject) -> None:
    item = briefing(data.draw(items()))
    clearance: Tlp | None = data.draw(st.sampled_from([None, *ORDER]))
    found = clear(item, data.draw(records(item.id)), name, clearance)
    if not isinstance(found, Cleared):
        assert found.reason
        return
    written = write(name, found)
    assert write(name, found) == written
    if isinstance(written, NotApplicable):
        assert written.reason
        return
    CHECKS[name](written)
    if name in EXPORTS and EXPORTS[name].many:
        known = Context(context().knowledge, found.records)
        together = EXPORTS[name].write_many([(found.briefing, known)])
        assert isinstance(together, bytes)
        CHECKS[name](together)


@pytest.mark.parametrize("filler", ["\x00=\u202e", "a "])
@pytest.mark.parametrize("name", CHECKS)
def test_fields_of_a_megabyte_give_valid_files(name: str, filler: str) -> None:
    values = spoiled(observed(), ["\u202e=\U0001f4a9;@/" * 30])
    long = (filler * 1_000_000)[:1_000_000]
    values["title"] = values["summary"][0]["text"] = values["deadlines"][0]["duty"] = long
    values["products"][0]["product"] = values["sources"][0]["url"] = values["actions"][0]["done_when"] = long
    values["indicators"][0]["value"] = values["vulnerabilities"][0]["kev"] = long
    item = briefing(values)
    gap = Gap(
        id="g",
        item=item.id,
        framework="cis-v8",
        control="2.1",
        description=long,
        author="a",
        found="2026-07-01",
    )
    found = clear(item, Records(gaps=(gap,)), name, None)
    assert isinstance(found, Cleared)
    written = write(name, found)
    if isinstance(written, NotApplicable):
        assert name == "navigator"
        return
    # What people read and what machines exchange is whole; what a service or a spreadsheet limits is cut.
    if name in SHORT:
        assert len(written) < 3_000_000
    CHECKS[name](written)


SHORT = (
    "csaf", "csaf-2.1", "csv", "gaps-md", "gaps-csv", "ics", "jsonfeed", "rss", "atom",
    *(f"tickets-{each}" for each in test_tickets.SYSTEMS),
)  # fmt: skip
