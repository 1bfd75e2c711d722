# SPDX-License-Identifier: Apache-2.0
"""A step without an action says why, and says nothing that the situation does not bear out."""

from __future__ import annotations

from typing import get_args

import pytest

import scc.content
from scc.model.plan import Mode, Step
from scc.plan.notes import empty_steps, gate
from scc.plan.situation import Situation
from scc.plan.vocabulary import library

MODES = get_args(Mode)
SHELF = library(scc.content.open())


def _situation(*traits: str) -> Situation:
    return Situation(
        type="malware", facets=frozenset(), themes=(), weaknesses=frozenset(), techniques=frozenset(),
        product_classes=frozenset(), platforms=frozenset(), named=frozenset(), exposure="unknown",
        traits=frozenset(traits), observations={},
    )  # fmt: skip


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "traits",
    [(), ("historical",), ("act-ended",), ("not-relevant",), ("supplier-fixed", "relevant"), ("no-flaw",)],
)
def test_every_step_has_a_reason_in_every_mode(mode: Mode, traits: tuple[str, ...]) -> None:
    found = empty_steps(mode, (), _situation(*traits), SHELF)
    assert [each.step for each in found] == list(get_args(Step))
    assert all(each.because for each in found)


def _reason(mode: Mode, step: Step, *traits: str) -> str:
    return next(
        each.because for each in empty_steps(mode, (), _situation(*traits), SHELF) if each.step == step
    )


def test_an_inventory_is_named_only_where_the_item_is_known_to_concern_us() -> None:
    assert "inventory" in _reason("expose", "scoping", "relevant")
    assert "inventory" not in _reason("expose", "scoping")
    assert "90 days" in _reason("expose", "scoping", "historical")


def test_what_does_not_concern_us_has_one_reason_and_no_gate() -> None:
    situation = _situation("not-relevant", "historical")
    assert len({each.because for each in empty_steps("expose", (), situation, SHELF)}) == 1
    assert gate("expose", situation, SHELF) == ()


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode != "govern"])
def test_the_gate_has_three_outcomes(mode: Mode) -> None:
    for traits in ((), ("no-flaw",)):
        assert [each.outcome for each in gate(mode, _situation(*traits), SHELF)] == [
            "no-evidence",
            "suspected",
            "confirmed",
        ]


def test_activity_without_a_flaw_has_no_installation_to_fix() -> None:
    texts = [each.text for each in gate("expose", _situation("no-flaw"), SHELF)]
    assert not any("installation" in text for text in texts)
    assert any("installation" in each.text for each in gate("expose", _situation(), SHELF))
