# SPDX-License-Identifier: Apache-2.0
"""The table of acts: what has ended is history with what ended it, and asks for nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scc import knowledge
from scc.model.facts import Duty, Identifier, Topic

ACTS = {each.id: each for each in knowledge.open().acts()}
ENDED = {
    "BOD 15-01": ("superseded", "2019-04-29", "BOD 19-02"),
    "BOD 19-02": ("revoked", "2026-06-10", "BOD 26-04"),
    "BOD 22-01": ("revoked", "2026-06-10", "BOD 26-04"),
    "EO 14110": ("revoked", "2025-01-20", "EO 14148"),
    "Directive (EU) 2016/1148": ("superseded", "2024-10-18", "Directive (EU) 2022/2555"),
    "BOD 16-01": ("superseded", "2018-05-07", "BOD 18-02"),
    "EO 14141": ("revoked", "2025-07-23", "EO 14318"),
    "Regulation (EU) 526/2013": ("superseded", "2019-06-27", "Regulation (EU) 2019/881"),
    "Directive 95/46/EC": ("superseded", "2018-05-25", "Regulation (EU) 2016/679"),
    "ED 21-01": ("closed", "2026-01-08", ""),
}
STANDING = (
    "BOD 26-04",
    "EO 14028",
    "EO 14144",
    "EO 14409",
    "Directive (EU) 2022/2555",
    "Regulation (EU) 2024/1689",
)


def scheme(id_: str) -> Any:
    return {"EO": "executive-order", "Regulation": "regulation"}.get(id_.split()[0], "directive")


def story(tell: Callable[..., Any], id_: str, title: str = "An act") -> Any:
    duty = Duty("Agencies", "report", "2027-01-15", binding="mandatory", binds="both")
    return tell(Identifier(scheme(id_), id_, "main"), Topic("governance", 9.0), duty, title=title)


def test_rows_are_whole() -> None:
    for act in ACTS.values():
        assert act.title and act.kind and act.issuer and act.since, act.id
        assert act.url.startswith("https://"), act.id
        assert not act.by or act.by in ACTS, f"{act.id} is ended or changed by an act that the table lacks"
        assert act.by or act.status not in ("amended", "superseded", "revoked"), act.id


def test_no_act_is_its_own_successor() -> None:
    for act in ACTS.values():
        seen, current = {act.id}, act
        while current.by:
            current = ACTS[current.by]
            assert current.id not in seen, act.id
            seen.add(current.id)


@pytest.mark.parametrize("id_", ENDED)
def test_an_act_that_has_ended_is_a_note_without_action(
    judge: Callable[..., Any], tell: Callable[..., Any], id_: str
) -> None:
    status, since, by = ENDED[id_]
    found = judge(story(tell, id_), acts=tuple(ACTS.values()), now="2026-11-23T09:00:00Z")
    assert found.historical and found.deadlines == () and found.priority == "deferred"
    assert (found.severity, found.severity_reasons[0].rule) == ("low", "sev-act-ended")
    ended = f", by {by}" if by else ""
    assert (
        found.priority_reasons[0].text == f"{id_} is {status} since {since}{ended}; it sets no duty any more."
    )


@pytest.mark.parametrize("id_", STANDING)
def test_an_act_that_stands_keeps_its_duty(
    judge: Callable[..., Any], tell: Callable[..., Any], id_: str
) -> None:
    found = judge(story(tell, id_), acts=tuple(ACTS.values()), now="2026-06-15T09:00:00Z")
    assert [each.date for each in found.deadlines] == ["2027-01-15"] and not found.historical


def test_a_directive_stood_until_the_day_it_was_revoked(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    acts = tuple(ACTS.values())
    before = judge(story(tell, "BOD 22-01"), acts=acts, now="2026-06-09T23:00:00Z")
    after = judge(story(tell, "BOD 22-01"), acts=acts, now="2026-06-10T00:00:00Z")
    assert len(before.deadlines) == 1 and after.deadlines == ()


def test_a_story_on_the_revocation_is_about_the_new_directive(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    duty = Duty("Agencies", "fix", "2027-01-15", binding="mandatory", binds="federal")
    both = tell(
        Identifier("directive", "BOD 26-04", "main"), Identifier("directive", "BOD 22-01", "main"),
        Topic("governance", 9.0), duty,
    )  # fmt: skip
    found = judge(both, acts=tuple(ACTS.values()))
    assert len(found.deadlines) == 1 and not found.historical
