# SPDX-License-Identifier: Apache-2.0
"""What the sources dispute stands as no fact on page 1 or in the summary: only the sentence that shows the dispute speaks of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scc import assess, brief, content, correlate, knowledge, plan
from scc.model.briefing import Briefing
from scc.model.facts import AnyFact, Claim, Identifier, Product, Topic
from scc.model.organisation import Organisation
from scc.model.story import Item

CVE = "CVE-2026-50751"
NOW = "2026-06-15T09:00:00Z"
FLAW: tuple[AnyFact, ...] = (
    Identifier("cve", CVE, "main"),
    Product("Gateway", "Example", status="affected"),
    Topic("vulnerability", 9.0),
)
BREACH: tuple[AnyFact, ...] = (Topic("breach", 9.0),)


def told(*members: Any) -> Briefing:
    """The briefing of a story of these members, by the real stages."""
    pack, own, reader = knowledge.open(), content.open(), Organisation()
    story = correlate.story(members, (), pack)
    judged = assess.assess(story, (), reader, (), pack, own, NOW)
    steps = plan.plan(story, judged, reader, pack, own)
    item = Item(id="SCC-VUL-2026-0001", story=story.id)
    return brief.compose(item, story, judged, steps, None, reader, pack, own, NOW)


@pytest.mark.parametrize(
    ("facts", "first", "second", "words"),
    [
        (
            FLAW,
            Claim("exploited", "yes", "asserted", "cert", subject=CVE),
            Claim("exploited", "no", "asserted", "research", subject=CVE),
            ("is exploited", "exploited by", "being exploited", "exploitation is asserted"),
        ),
        (
            FLAW,
            Claim("fixed-version", "7.2", "asserted", "vendor", subject=CVE),
            Claim("fixed-version", "7.2.1", "reported", "press", subject=CVE),
            ("7.2",),
        ),
        (
            BREACH,
            Claim("number-affected", "100 million customers", "reported", "attacker"),
            Claim("number-affected", "40 million customers", "asserted", "authority"),
            ("100 million", "40 million"),
        ),
    ],
)
def test_a_disputed_claim_is_no_fact(
    tell: Callable[..., Any], facts: tuple[AnyFact, ...], first: Claim, second: Claim, words: tuple[str, ...]
) -> None:
    found = told(
        tell(*facts, first, publisher="Example CERT", kind="cert", tier="T2", title="One report"),
        tell(*facts, second, publisher="Example Lab", kind="research", tier="T2", title="Another report"),
    )
    assert len(found.disputes) == 1
    shown = [
        found.page_one.decide, *found.page_one.known, *found.page_one.unknown, *found.page_one.would_change, *found.summary,
    ]  # fmt: skip
    for statement in shown:
        if "Example CERT" in statement.text and "Example Lab" in statement.text:
            continue  # who says what
        assert not [each for each in words if each in statement.text.lower()], statement.text
    # Both positions are shown with who holds them.
    (row,) = found.disputes
    assert {name for each in row.positions for name in each.sources} == {"Example CERT", "Example Lab"}
