# SPDX-License-Identifier: Apache-2.0
"""The calendar: RFC 5545 by its lines and by the icalendar library, alarms, ids that stay, cancellation."""

from __future__ import annotations

import datetime
import re
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.share.briefings import NASTY, briefing, context, nasty, plain, spoiled

from scc.model.act import Gap, Review
from scc.model.decision import Decision
from scc.share import EXPORTS, Context, NotApplicable, Records, clear
from scc.share.ical import folded, text

ITEM = "SCC-VUL-2026-0042"
REQUIRED = {"UID", "DTSTAMP", "DTSTART", "SUMMARY"}
# Parameters and the value of a content line (section 3.1); names of ours have no quoted parameters.
LINE = re.compile(r"[A-Z-]+(?:;VALUE=DATE)?:[^\x00-\x08\x0a-\x1f\x7f]*")


def dated() -> dict[str, Any]:
    """A briefing with a decision, and a date of each kind: ours, open, of others, passed."""
    found = plain("maximal")
    one = found["deadlines"][0]
    found["deadlines"] = [
        {**one, "date": "2026-09-10", "binds_us": "yes", "duty": "Report, in full; now", "state": "due"},
        {**one, "date": "2026-09-11", "binds_us": "maybe", "duty": "Perhaps report", "state": "due"},
        {**one, "date": "2026-09-12T10:00:00+02:00", "binds_us": "yes", "duty": "At ten", "state": "running"},
        one,
        {**one, "date": "", "duty": "never"},
        {**one, "date": "soon", "duty": "unreadable"},
        {**one, "date": "2026-09-13", "duty": "Not for us", "state": "not-applicable"},
    ]
    return found


def events(data: bytes | NotApplicable) -> list[icalendar.Event]:
    """The events, after checks of every line and of what each must have."""
    assert isinstance(data, bytes)
    lines = data.split(b"\r\n")
    assert lines.pop() == b"" and all(len(each) <= 75 for each in lines)
    assert b"\n" not in b"".join(lines) and b"\r" not in b"".join(lines)
    for each in lines:
        each.decode()
    for each in data.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]:
        assert LINE.fullmatch(each), each
    calendar = icalendar.Calendar.from_ical(data)
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    found = list(calendar.walk("VEVENT"))
    assert found and [each.name for each in calendar.subcomponents] == ["VEVENT"] * len(found)
    for each in found:
        assert set(each) >= REQUIRED and not each.errors
        for alarm in each.walk("VALARM"):
            assert {"ACTION", "DESCRIPTION", "TRIGGER"} <= set(alarm) and alarm[
                "TRIGGER"
            ].dt < datetime.timedelta()
    assert len({str(each["UID"]) for each in found}) == len(found)
    again = icalendar.Calendar.from_ical(calendar.to_ical())
    assert [dict(each) for each in again.walk("VEVENT")] == [dict(each) for each in found]
    return found


def written(values: dict[str, Any], known: Context | None = None) -> list[icalendar.Event]:
    return events(EXPORTS["ics"].write(briefing(values), known or context()))


def test_dates_of_ours_have_alarms_and_those_of_others_take_no_time() -> None:
    found = {str(each["SUMMARY"]).removeprefix(f"{ITEM} "): each for each in written(dated())}
    assert {title: [alarm["TRIGGER"].to_ical().decode() for alarm in each.walk("VALARM")] for title, each in found.items()} == {
        plain("maximal")["page_one"]["decide"]["text"]: ["-PT15H"],
        "Due: Report, in full; now": ["-P6DT15H", "-PT15H"],
        "Due, if it binds us: Perhaps report": ["-PT15H"],
        "Due: At ten": ["-P1D", "-PT1H"],
        "For US federal civilian agencies: Apply the vendor's mitigations or stop using the product": [],
    }  # fmt: skip
    assert [str(each["TRANSP"]) for each in found.values()].count("TRANSPARENT") == 1
    assert found["Due: At ten"]["DTSTART"].dt == datetime.datetime(2026, 9, 12, 8, tzinfo=datetime.UTC)
    assert found["Due: Report, in full; now"]["DTSTART"].dt == datetime.date(2026, 9, 10)
    federal = next(each for title, each in found.items() if title.startswith("For US"))
    assert federal["DTSTART"].dt == datetime.date(2025, 12, 12)
    assert "BOD 22-01" in str(federal["DESCRIPTION"]) and str(federal["URL"]).startswith("https://")


def test_without_a_date_there_is_no_calendar() -> None:
    values = plain("minimal")
    values["page_one"]["do_by"] = None
    values["deadlines"] = []
    assert EXPORTS["ics"].write(briefing(values), context()) == NotApplicable("no date falls due")


def test_open_reviews_and_gaps_of_the_item_stand_in_it() -> None:
    records = Records(
        gaps=(
            Gap(id="g1", item=ITEM, framework="cis-v8", control="2.1", description="no list", due="2026-09-30"),
            Gap(id="g2", item=ITEM, framework="cis-v8", control="2.2", description="closed", due="2026-09-30", status="closed"),
            Gap(id="g3", item=ITEM, framework="cis-v8", control="2.3", description="no date"),
        ),
        reviews=(
            Review(id="r1", item=ITEM, date="2026-09-05", reason="look again"),
            Review(id="r2", item=ITEM, date="2026-09-05", reason="done", status="done"),
            Review(id="r3", item="SCC-VUL-2026-0001", date="2026-09-05", reason="other"),
        ),
    )  # fmt: skip
    titles = [str(each["SUMMARY"]) for each in written(dated(), context(records=records))]
    assert f"{ITEM} Review {ITEM}" in titles and f"{ITEM} Close gap cis-v8 2.1" in titles
    assert len(titles) == 7


def test_a_moved_date_and_a_later_revision_keep_the_id() -> None:
    before = {str(each["SUMMARY"]): each for each in written(dated())}
    values = dated()
    values["revision"] = 3
    values["generated"] = "2026-08-23T12:00:00Z"
    values["deadlines"][0]["date"] = "2026-10-10"
    after = {str(each["SUMMARY"]): each for each in written(values)}
    assert {name: str(each["UID"]) for name, each in before.items()} == {
        name: str(each["UID"]) for name, each in after.items()
    }
    assert {int(each["SEQUENCE"]) for each in before.values()} == {1}
    assert {int(each["SEQUENCE"]) for each in after.values()} == {2}


def test_a_withdrawn_item_cancels_its_events_under_the_same_ids() -> None:
    gone = {**dated(), "status": "withdrawn"}
    found = written(gone)
    assert {str(each["STATUS"]) for each in found} == {"CANCELLED"}
    assert not any(each.walk("VALARM") for each in found)
    assert {str(each["UID"]) for each in found} == {str(each["UID"]) for each in written(dated())}
    ruled = Decision("d", "withdraw", "lead", "2026-08-23T00:00:00Z", "wrong", gone["id"])
    decided = written(dated(), context(records=Records(decisions=(ruled,))))
    assert {(str(each["STATUS"]), int(each["SEQUENCE"])) for each in decided} == {("CANCELLED", 2)}


def test_others_get_the_dates_of_the_world_without_a_word_of_us() -> None:
    cleared = clear(briefing(dated()), Records(), "ics", "TLP:AMBER")
    data = EXPORTS["ics"].write(cleared.briefing, context())  # type: ignore[union-attr]
    found = events(data)
    assert all("binds us" not in str(each["SUMMARY"]) and not each.walk("VALARM") for each in found)
    assert sorted(str(each["SUMMARY"]).split(": ")[1] for each in found) == [
        "Apply the vendor's mitigations or stop using the product", "At ten", "Not for us", "Perhaps report",
        "Report, in full; now",
    ]  # fmt: skip
    assert {str(each["CLASS"]) for each in found} == {"PRIVATE"}


def test_one_calendar_of_several_items() -> None:
    other = {**dated(), "id": "SCC-VUL-2026-0001"}
    both = [(briefing(dated()), context()), (briefing(other), context())]
    assert len(events(EXPORTS["ics"].write_many(both))) == 10


@pytest.mark.parametrize(
    "date", ["0001-01-01", "9999-12-31", "0001-01-01T00:00:00+00:00", "2026-09-10T23:59:59Z"]
)
def test_dates_at_the_ends_of_the_calendar(date: str) -> None:
    values = plain("maximal")
    values["page_one"]["do_by"] = date
    assert any(str(each["DTSTART"].dt).startswith(date[:10]) for each in written(values))


@given(nasty())
def test_hostile_briefings_make_a_calendar_that_reads_back(texts: list[str]) -> None:
    assert len(written(spoiled(dated(), texts))) == 5


@given(st.one_of(st.text(), st.sampled_from(NASTY)))
def test_text_reads_back_as_it_is_shown(value: str) -> None:
    from scc.render.characters import visible

    line = folded([f"SUMMARY:{text(value, 10_000)}"])
    assert all(len(each) <= 75 for each in line.split(b"\r\n"))
    shown = visible(value).replace("\t", " ").strip()
    plain_ = line.replace(b"\r\n ", b"").decode().removeprefix("SUMMARY:").removesuffix("\r\n")
    read = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], plain_)
    assert read == shown


def test_a_megabyte_is_cut() -> None:
    values = dated()
    values["deadlines"][0]["duty"] = "x\U0001f4a9" * 500_000
    data = EXPORTS["ics"].write(briefing(values), context())
    assert isinstance(data, bytes) and len(data) < 20_000
    assert len(events(data)) == 5
