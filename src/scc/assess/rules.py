# SPDX-License-Identifier: Apache-2.0
"""The rules of `content/rubrics/judgement/`: one sentence each, filled for the item at hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from scc.model.assessment import Reason

if TYPE_CHECKING:
    from scc.content import Content


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule of judgement with the sentence that states it."""

    id: str
    status: Literal["stable", "test", "deprecated"]
    date: str
    basis: str
    text: str


class Rules:
    """All rules by id."""

    def __init__(self, content: Content) -> None:
        self._rules = {each.id: each for each in content.records("rubrics/judgement", Rule)}

    def reason(self, rule: str, /, observations: Sequence[str] = (), **values: str) -> Reason:
        """The reason of a rule; raises KeyError for an unknown rule or value (a fault of ours)."""
        return Reason(self._rules[rule].text.format(**values), rule, tuple(dict.fromkeys(observations)))

    def text(self, rule: str, **values: str) -> str:
        """The sentence of a rule."""
        return self._rules[rule].text.format(**values)
