# SPDX-License-Identifier: Apache-2.0
"""A claim put together from single words takes part in a dispute, and nothing is judged or told from it alone."""

from __future__ import annotations

import msgspec
from tests.correlate.test_disputes import told

from scc.assess.evidence import Facts
from scc.brief.evidence import Evidence
from scc.correlate import story
from scc.model.document import Document
from scc.model.facts import WIDE, Claim, Observation


def _wide(
    member: tuple[Document, tuple[Observation, ...]],
) -> tuple[Document, tuple[Observation, ...]]:
    document, seen = member
    return document, tuple(msgspec.structs.replace(each, rule=f"{WIDE}number") for each in seen)


def test_a_wide_claim_is_shown_in_a_dispute_only() -> None:
    narrow = told("A", "T3", "press", "2026-06-02", Claim("number-affected", "100 million users", "reported"))
    wide = _wide(
        told("B", "T3", "press", "2026-06-03", Claim("number-affected", "4,000,000 users", "reported"))
    )
    found = story([narrow, wide])
    assert [each.question for each in found.disputes] == ["number-affected"]
    evidence = Evidence(found)
    assert [claim.value for _, claim in evidence.of(Claim)] == ["100 million users"]
    assert [claim.value for _, claim in Facts(found, ()).of(Claim)] == ["100 million users"]
    for position in found.disputes[0].positions:
        assert all(evidence.observation(each) is not None for each in position.observations)


def test_a_wide_claim_alone_says_nothing() -> None:
    found = story(
        [
            _wide(
                told(
                    "B", "T3", "press", "2026-06-03", Claim("number-affected", "4,000,000 users", "reported")
                )
            )
        ]
    )
    assert found.disputes == ()
    assert Evidence(found).of(Claim) == []
