# SPDX-License-Identifier: Apache-2.0
"""Any briefing, hostile texts, empty lists and long fields included, in every format for tables, dates, feeds and
tickets and to any recipient: a valid file, a reason why there is none, or a refusal; twice the same bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.share import test_feeds, test_gaps, test_ics, test_tickets
from tests.share.briefings import briefing, context, nasty, observed, plain, spoiled

from scc.model.act import Gap, Review
from scc.model.tlp import ORDER, Tlp
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


CHECKS: dict[str, Callable[[bytes], Any]] = {
    "csv": _csv, "gaps-csv": _csv, "gaps-md": test_gaps.cells_of, "ics": test_ics.events,
    **{name: lambda data, name=name: test_feeds.check(name, data) for name in test_feeds.NAMES},
    **{f"tickets-{system}": _ticket for system in test_tickets.SYSTEMS},
}  # fmt: skip
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
    """Gaps and reviews of the item with hostile texts that UTF-8 can carry, as they come from a JSON file."""
    texts = [each.encode("utf-8", "replace").decode() for each in (*draw(nasty()), "x")]
    dates = draw(st.sampled_from(["", "2026-09-01", "2020-01-01", texts[0]]))
    gap = Gap(id=texts[0], item=item, framework=texts[-2], control="2.1", description=texts[-1], due=dates)
    review = Review(id=texts[-1], item=item, date=dates, reason=texts[0])
    return Records(
        gaps=(gap,) if draw(st.booleans()) else (), reviews=(review,) if draw(st.booleans()) else ()
    )


@pytest.mark.parametrize("name", CHECKS)
@settings(max_examples=60)
@given(data=st.data())
def test_any_briefing_gives_a_valid_file_or_a_reason(name: str, data: st.DataObject) -> None:
    item = briefing(data.draw(items()))
    clearance: Tlp | None = data.draw(st.sampled_from([None, *ORDER]))
    found = clear(item, data.draw(records(item.id)), name, clearance)
    if not isinstance(found, Cleared):
        assert found.reason
        return
    known = Context(context().knowledge, found.records)
    written = EXPORTS[name].write(found.briefing, known)
    assert EXPORTS[name].write(found.briefing, known) == written
    if isinstance(written, NotApplicable):
        assert written.reason
    else:
        CHECKS[name](written)
        if EXPORTS[name].many:
            together = EXPORTS[name].write_many([(found.briefing, known)])
            assert isinstance(together, bytes)
            CHECKS[name](together)


@pytest.mark.parametrize("name", CHECKS)
def test_fields_of_a_megabyte_do_not_make_files_of_many(name: str) -> None:
    values = spoiled(plain("maximal"), ["\u202e=\U0001f4a9;@/" * 30])
    values["title"] = values["summary"][0]["text"] = values["deadlines"][0]["duty"] = "\x00=\u202e" * 333_333
    item = briefing(values)
    gap = Gap(id="g", item=item.id, framework="cis-v8", control="2.1", description="|=" * 500_000)
    written = EXPORTS[name].write(item, context(records=Records(gaps=(gap,))))
    assert isinstance(written, bytes) and len(written) < 3_000_000
    CHECKS[name](written)
