# SPDX-License-Identifier: Apache-2.0
"""EPSS: what is a jump, and what it orders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scc.assess.epss import jump, order
from scc.model.assessment import Scored
from scc.model.facts import Epss, Identifier, Kev, Topic

CVE = "CVE-2026-50751"


def on(day: int, score: float, model: str = "v2026.03.01", cve: str = CVE) -> Epss:
    return Epss(cve, score, 0.9, f"2026-06-{day:02d}", model)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (on(1, 0.02), on(3, 0.12), True),
        (on(1, 0.02), on(8, 0.12), True),
        (on(1, 0.02), on(9, 0.12), False),  # eight days
        (on(1, 0.05), on(3, 0.14), False),  # less than .10 more
        (on(1, 0.12), on(3, 0.50), False),  # was above the line already
        (on(1, 0.50), on(3, 0.02), False),
        (on(3, 0.02), on(1, 0.50), False),  # backwards in time
        (on(1, 0.02), on(3, 0.12, "v2026.06.01"), False),  # another model
        (on(1, 0.02, ""), on(3, 0.12, ""), False),  # the files name no model
        (on(1, 0.02), on(3, 0.12, cve="CVE-2026-1"), False),
        (Epss(CVE, 0.02, 0.5, "", "v1"), Epss(CVE, 0.5, 0.9, "2026-06-01", "v1"), False),
    ],
)
def test_a_jump(before: Epss, after: Epss, expected: bool) -> None:
    assert jump(before, after) is expected


def test_a_jump_between_two_files_is_told_and_raises_nothing_by_itself(
    judge: Callable[..., Any], tell: Callable[..., Any]
) -> None:
    story = tell(Identifier("cve", CVE, "main"), Topic("vulnerability", 9.0))
    files = [tell(each, document_kind="record", title=each.date) for each in (on(1, 0.02), on(4, 0.31))]
    before = judge(story, records=files[:1])
    after = judge(story, records=files)
    assert [each.rule for each in before.priority_reasons] == ["pri-standard"]
    assert [each.rule for each in after.priority_reasons] == ["pri-standard", "epss-jump"]
    said = after.priority_reasons[1]
    assert "from 0.02 on 2026-06-01 to 0.31 on 2026-06-04 (model v2026.03.01)" in said.text
    assert {*said.observations} == {files[0][1][0].id, files[1][1][0].id}
    # What fell again is no jump: the newest score counts.
    fallen = tell(on(6, 0.05), document_kind="record", title="fallen")
    assert len(judge(story, records=[*files, fallen]).priority_reasons) == 1


def test_epss_orders_only_what_nobody_reports_as_exploited() -> None:
    listed = Scored("CVE-2026-1", kev=Kev("CVE-2026-1", "V", "P", "2026-06-01"), epss=on(1, 0.001))
    said = Scored("CVE-2026-2", exploited=True)
    high, low = Scored("CVE-2026-4", epss=on(1, 0.6)), Scored("CVE-2026-3", epss=on(1, 0.1))
    none = Scored("CVE-2026-0")
    assert order((none, low, listed, high, said)) == (listed, said, high, low, none)
