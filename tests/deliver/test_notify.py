# SPDX-License-Identifier: Apache-2.0
"""Notifications: who is told what and why, and that real servers take it."""

from __future__ import annotations

import datetime
import email
import email.policy
import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiosmtpd.controller import Controller
from pytest_httpserver import HTTPServer
from tests.share.briefings import NASTY, briefing, context, plain, spoiled

import scc.store
from scc.deliver import notify_rules as rules
from scc.deliver.notify_rules import Channel, Held, Message
from scc.deliver.notify_send import deliver, send
from scc.deliver.notify_text import Text, text
from scc.model.briefing import Briefing
from scc.model.decision import Decision
from scc.model.errors import SettingsError
from scc.model.notice import Notice
from scc.share import Records

NOW = datetime.datetime(2026, 8, 25, 12, 0, tzinfo=datetime.UTC)
DESK = Channel("desk", "env:DESK_URL", "TLP:AMBER+STRICT")
WORLD = Channel("world", "env:WORLD_URL", "TLP:CLEAR")
HOLD = Decision(
    "dec-1", "withdraw", "A. Analyst", "2026-08-26T00:00:00Z", "Another flaw.", "SCC-VUL-2026-0001"
)


def item(**changes: Any) -> Briefing:
    base = briefing(plain("maximal"))
    given = {
        "id": "SCC-VUL-2026-0001", "tlp": "TLP:CLEAR", "generated": "2026-08-25T10:00:00Z", "historical": False,
        "priority": "urgent", "status": "open", **changes,
    }  # fmt: skip
    return msgspec.structs.replace(base, **given)


def decide(
    *briefings: Briefing, channels: tuple[Channel, ...] = (DESK,), sent: tuple[Notice, ...] = (),
    now: datetime.datetime = NOW, records: Records | None = None,
) -> list[rules.Decision]:  # fmt: skip
    known = context(records=records or Records())
    return rules.decide([(each, known) for each in briefings], channels, sent, now)


def sent(*decided: rules.Decision) -> tuple[Notice, ...]:
    return tuple(
        msgspec.structs.replace(notice, state="sent")
        for each in decided
        if isinstance(each, Message)
        for notice in each.notices
    )


def held(found: list[rules.Decision]) -> list[str]:
    return [each.reason for each in found if isinstance(each, Held)]


def messages(found: list[rules.Decision]) -> list[Message]:
    return [each for each in found if isinstance(each, Message)]


def without_fix(base: Briefing, **more: Any) -> Briefing:
    products = tuple(msgspec.structs.replace(each, fixed="") for each in base.products)
    return msgspec.structs.replace(base, products=products, **more)


def calm(base: Briefing, **more: Any) -> Briefing:
    flaws = tuple(msgspec.structs.replace(each, exploited=False) for each in base.vulnerabilities)
    facets = tuple(each for each in base.facets if each != "exploited")
    return msgspec.structs.replace(base, vulnerabilities=flaws, facets=facets, **more)


def test_a_new_item_is_told_once() -> None:
    first = decide(item())
    (message,) = messages(first)
    assert message.kind == "new"
    again = decide(item(revision=2), sent=sent(*first))
    assert messages(again) == [] and "nothing material changed since 2026-08-25" in held(again)[0]


@pytest.mark.parametrize(
    ("before", "after", "kind", "line"),
    [
        (calm(item()), item(revision=2), "update", "Exploitation is now asserted."),
        (without_fix(item()), item(revision=2), "update", "A fix is named"),
        (item(), item(revision=2, priority="immediate"), "update", "The priority is immediate now, it was urgent."),
        (item(), calm(item(revision=2)), "correction", "Correction: on 2026-08-25 we wrote that it is exploited"),
        (item(), without_fix(item(revision=2)), "correction", "Correction: on 2026-08-25 we named"),
        (item(), item(revision=2, status="withdrawn"), "correction", "Correction: this item was withdrawn"),
    ],
)  # fmt: skip
def test_material_changes(before: Briefing, after: Briefing, kind: str, line: str) -> None:
    first = decide(before)
    (message,) = messages(decide(after, sent=sent(*first), now=NOW + datetime.timedelta(hours=1)))
    assert message.kind == kind
    assert text(message).plain.startswith(line)
    # Who did not get the first word gets no correction of it.
    other = Channel("other", "env:OTHER", "TLP:AMBER+STRICT", types=("governance",))
    assert messages(decide(after, channels=(other,), sent=sent(*first))) == []


def test_what_is_not_material_is_no_message() -> None:
    first = decide(item())
    again = item(revision=2, title="Another title", confidence="low", tlp="TLP:CLEAR")
    assert messages(decide(again, sent=sent(*first))) == []


def test_a_withdrawal_by_decision_tells_nothing_more_of_the_item() -> None:
    first = decide(item())
    (message,) = messages(decide(item(), sent=sent(*first), records=Records(decisions=(HOLD,))))
    told = text(message)
    assert message.kind == "correction" and told.subject.startswith("Correction: ")
    assert item().page_one.decide.text not in told.plain


def test_routing() -> None:
    def only(**filters: Any) -> list[Message]:
        return messages(decide(item(), channels=(Channel("c", "env:C", "TLP:AMBER+STRICT", **filters),)))

    assert only(types=("vulnerability",)) and not only(types=("breach",))
    assert only(priorities=("urgent",)) and not only(priorities=("immediate",))
    answer = item().relevance.answer
    assert only(relevance=(answer,)) and not only(relevance=tuple({"yes", "no", "maybe"} - {answer}))


def test_old_news_do_not_flood_a_new_channel() -> None:
    assert "older than a week" in held(decide(item(generated="2026-08-01T00:00:00Z")))[0]
    assert "the event is old" in held(decide(item(historical=True, priority="standard")))[0]
    many = [item(id=f"SCC-VUL-2026-{number:04}") for number in range(1, 31)]
    (digest,) = messages(decide(*many))
    assert digest.kind == "digest" and len(digest.items) == 30


def test_labels_bind() -> None:
    amber = item(tlp="TLP:AMBER")
    found = decide(amber, channels=(WORLD, DESK))
    assert [each.channel.name for each in messages(found)] == ["desk"]
    assert "cleared for TLP:CLEAR" in held(found)[0]
    (world,) = messages(decide(item(), channels=(WORLD,)))
    told = text(world)
    assert item().page_one.decide.text not in told.plain and "URGENT" not in told.subject
    (desk,) = messages(decide(item()))
    assert item().page_one.decide.text in text(desk).plain and "[URGENT]" in text(desk).subject


@pytest.mark.parametrize(
    ("hour", "priority", "told"),
    [
        (23, "urgent", False),
        (23, "immediate", True),
        (3, "urgent", False),
        (7, "urgent", True),
        (12, "urgent", True),
    ],
)
def test_quiet_hours_across_midnight(hour: int, priority: Any, told: bool) -> None:
    channel = msgspec.structs.replace(DESK, quiet="22:00-07:00", zone="Europe/Vienna")
    # Vienna is two hours ahead of UTC in August, one in January.
    now = datetime.datetime(2026, 8, 25, hour, 0, tzinfo=datetime.UTC) - datetime.timedelta(hours=2)
    found = decide(item(priority=priority, generated="2026-08-24T10:00:00Z"), channels=(channel,), now=now)
    assert bool(messages(found)) is told
    winter = datetime.datetime(2026, 1, 25, hour, 0, tzinfo=datetime.UTC) - datetime.timedelta(hours=1)
    found = decide(item(priority=priority, generated="2026-01-24T10:00:00Z"), channels=(channel,), now=winter)
    assert bool(messages(found)) is told
    if not told:
        assert held(found) == ["quiet hours until 07:00 Europe/Vienna"]


def test_a_daily_digest_goes_out_once_a_day() -> None:
    channel = msgspec.structs.replace(DESK, digest="daily", at="07:00", zone="Europe/Vienna")
    six, eight = (datetime.datetime(2026, 8, 25, hour, 0, tzinfo=datetime.UTC) for hour in (4, 6))
    fresh = item(generated="2026-08-24T22:00:00Z")
    first = decide(fresh, channels=(channel,), now=eight)
    assert [each.kind for each in messages(first)] == ["digest"]
    other = item(id="SCC-VUL-2026-0002", generated="2026-08-25T06:30:00Z")
    later = decide(
        fresh, other, channels=(channel,), sent=sent(*first), now=eight + datetime.timedelta(hours=2)
    )
    assert messages(later) == [] and any("2026-08-26 07:00" in each for each in held(later))
    tomorrow = decide(
        fresh, other, channels=(channel,), sent=sent(*first), now=six + datetime.timedelta(days=1, hours=2)
    )
    assert [briefing.id for briefing, _ in messages(tomorrow)[0].items] == ["SCC-VUL-2026-0002"]


def test_a_weekly_digest_waits_for_its_day_and_puts_corrections_first() -> None:
    channel = msgspec.structs.replace(DESK, digest="weekly", weekday="wednesday", at="08:00")
    monday = datetime.datetime(2026, 8, 24, 9, 0, tzinfo=datetime.UTC)
    first = decide(item(generated="2026-08-24T08:00:00Z"), channels=(channel,), now=monday)
    wednesday = monday + datetime.timedelta(days=2)
    assert (
        messages(
            decide(item(), channels=(channel,), sent=sent(*first), now=monday + datetime.timedelta(days=1))
        )
        == []
    )
    fresh = item(id="SCC-VUL-2026-0000", generated="2026-08-26T08:00:00Z")
    gone = item(status="withdrawn", revision=2)
    (digest,) = messages(decide(fresh, gone, channels=(channel,), sent=sent(*first), now=wednesday))
    assert [briefing.id for briefing, _ in digest.items] == [gone.id, fresh.id]
    assert text(digest).plain.startswith("Correction: ")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"url": "mailto://user:hunter2@mail.example"}, "env:NAME"),
        ({"clearance": "TLP:GREEN", "priorities": ("urgent",)}, "AMBER"),
        ({"zone": "Mars/Olympus"}, "no zone"),
        ({"quiet": "22-7"}, "no zone"),
        ({"quiet": "07:00-07:00"}, "no zone"),
        ({"name": ""}, "empty or used twice"),
    ],
)
def test_channels_that_make_no_sense(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message) as fault:
        rules.checked((msgspec.structs.replace(DESK, **changes),))
    assert "hunter2" not in fault.value.diagnostics()
    with pytest.raises(SettingsError, match="twice"):
        rules.checked((DESK, DESK))


def test_a_digest_tells_priority_and_a_time_that_people_read() -> None:
    channel = msgspec.structs.replace(DESK, digest="daily", at="07:00", zone="Europe/Vienna")
    base = item()
    page = msgspec.structs.replace(base.page_one, do_by="2026-08-26T08:00:00Z")
    (message,) = messages(decide(msgspec.structs.replace(base, page_one=page), channels=(channel,)))
    told = text(message)
    assert "Priority urgent. Severity critical. " in told.plain
    assert f"By 2026-08-26 08:00 UTC: {page.decide.text}" in told.plain
    # Styles stand in the elements; nothing is fetched and nothing runs.
    assert not re.search("<(?:style|script|link|img)|url[(]", told.html)


def ours(id_: str, *products: str, **more: Any) -> Briefing:
    base = item(id=id_, **more)
    return msgspec.structs.replace(base, relevance=msgspec.structs.replace(base.relevance, products=products))


def test_items_of_one_job_are_one_message_to_those_who_may_know_it() -> None:
    mail = [ours(f"SCC-VUL-2026-000{at}", "Example Mail Server", priority="immediate") for at in range(1, 4)]
    gateways = [ours(f"SCC-VUL-2026-000{at}", "Example Gateway", priority="immediate") for at in (4, 5)]
    alone = ours("SCC-VUL-2026-0006", "Example Mail Server", priority="urgent")
    found = messages(decide(*mail, *gateways, alone))
    assert [[briefing.id for briefing, _ in each.items] for each in found] == [
        [each.id for each in mail],
        [each.id for each in gateways],
        [alone.id],
    ]
    assert text(found[0]).subject == "[IMMEDIATE] 3 new items, one job: Example Mail Server"
    notices = [notice.id for each in found for notice in each.notices]
    assert len(notices) == len(set(notices))
    # Told once: nothing is left for the next run.
    assert messages(decide(*mail, *gateways, alone, sent=sent(*found))) == []
    # That they are one job says what we run: others get each item.
    assert len(messages(decide(*mail, channels=(WORLD,)))) == 3


def test_hostile_texts() -> None:
    values = spoiled(plain("maximal"), (*NASTY, "a\r\nBcc: all@example.org", "<!channel> @here now"))
    base = msgspec.structs.replace(
        briefing(values), id="SCC-VUL-2026-0001", tlp="TLP:CLEAR", generated="2026-08-25T10:00:00Z",
        historical=False, priority="urgent", status="open", title="x\r\nBcc: all@example.org <!channel> @here <b>",
    )  # fmt: skip
    (message,) = messages(decide(base))
    told = text(message)
    assert "\n" not in told.subject and "\r" not in told.subject
    assert "<b>" not in told.html and "<script" not in told.html
    assert "<!channel>" not in told.plain and "@here" not in told.plain


def test_a_row_stands_before_sending_and_a_failure_is_tried_again(tmp_path: Path) -> None:
    with scc.store.open(str(tmp_path / "t.db"), create=True) as store:
        seen: list[str] = []

        def broken(_: Channel, __: Text) -> str:
            seen.extend(each.state for each in store.notices.all())
            return "the service did not take it"

        for attempt in range(1, rules.ATTEMPTS + 1):
            (message,) = messages(decide(item(), sent=store.notices.all()))
            (settled,) = deliver(message, store.notices, broken)
            assert settled.attempts == attempt
        assert seen == ["sending"] * rules.ATTEMPTS
        assert settled.state == "given-up"
        found = decide(item(), sent=store.notices.all())
        assert messages(found) == [] and "given up after 5 attempts" in held(found)[0]


def test_a_run_that_ended_while_sending_says_so(tmp_path: Path) -> None:
    with scc.store.open(str(tmp_path / "t.db"), create=True) as store:
        (message,) = messages(decide(item()))
        store.notices.put(message.notices)
        (again,) = messages(decide(item(), sent=store.notices.all()))
        assert "may be a repeat" in text(again).plain
        deliver(again, store.notices, lambda *_: "")
        assert messages(decide(item(), sent=store.notices.all())) == []


class Box:
    """A mailbox for aiosmtpd."""

    def __init__(self) -> None:
        self.mails: list[email.message.EmailMessage] = []

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def mail() -> Iterator[tuple[Box, int]]:
    box = Box()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield box, port
    finally:
        server.stop()


def test_mail_arrives_as_text_and_html(mail: tuple[Box, int], monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("apprise")
    box, port = mail
    monkeypatch.setenv(
        "DESK_URL", f"mailto://127.0.0.1:{port}/?from=scc@example.org&to=desk@example.org&mode=insecure"
    )
    (message,) = messages(decide(item(title="A flaw <in> Gateway")))
    assert send(DESK, text(message)) == ""
    (found,) = box.mails
    assert found["subject"] == f"[URGENT] A flaw <in> Gateway ({item().id})"
    parts = {each.get_content_type(): each for each in found.walk()}
    assert {"text/plain", "text/html"} <= set(parts)
    assert "&lt;in&gt;" in parts["text/html"].get_content()
    assert item().page_one.decide.text.split(".")[0] in parts["text/plain"].get_content().replace("\n", " ")


@pytest.mark.parametrize("kind", ["json", "ntfy", "mmost"])
def test_chat_and_webhook_take_it(kind: str, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("apprise")
    bodies: list[str] = []

    def take(request: Any) -> Any:
        from werkzeug.wrappers import Response

        bodies.append(request.get_data(as_text=True))
        return Response(json.dumps({"id": "x"}), status=200, content_type="application/json")

    httpserver.expect_request(re.compile(".*")).respond_with_handler(take)
    path = {"json": "/hook", "ntfy": "/topic", "mmost": "/token123456"}[kind]
    monkeypatch.setenv("DESK_URL", f"{kind}://{httpserver.host}:{httpserver.port}{path}")
    (message,) = messages(decide(item()))
    assert send(DESK, text(message)) == ""
    assert item().id in bodies[0]


def test_a_service_that_refuses_is_a_reason_without_the_address(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("apprise")
    httpserver.expect_request("/secret-token").respond_with_data("no", status=500)
    monkeypatch.setenv("DESK_URL", f"json://{httpserver.host}:{httpserver.port}/secret-token")
    (message,) = messages(decide(item()))
    assert send(DESK, text(message)) == "the service did not take it"
    told = [each.getMessage() for each in caplog.records if each.name != "werkzeug"]
    assert not any("secret-token" in each for each in told)
    monkeypatch.delenv("DESK_URL")
    with pytest.raises(SettingsError, match="DESK_URL is not set"):
        send(DESK, text(message))
    monkeypatch.setenv("DESK_URL", "nonsense secret")
    with pytest.raises(SettingsError, match="not understood") as fault:
        send(DESK, text(message))
    assert "secret" not in fault.value.diagnostics()
