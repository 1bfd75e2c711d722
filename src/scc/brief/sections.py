# SPDX-License-Identifier: Apache-2.0
"""Turns drafts into numbered, cited statements of a section. Repeats nothing inside a section."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from scc.brief.citations import Citer
from scc.brief.phrases import Draft
from scc.model.assessment import Reason
from scc.model.briefing import Statement

CITED_MOST: Final = 12
"""Citations of one sentence: each thing it names has its place among them."""


class Section:
    """Makes the statements of one section; the sid is the section's key, the rule and a count.

    A sid stays the same from revision to revision as long as the rule speaks in that section.
    """

    def __init__(self, key: str, citer: Citer) -> None:
        self._key = key
        self._citer = citer
        self._used: dict[str, int] = {}
        self._said: set[str] = set()

    def state(self, draft: Draft, *, short: bool = False) -> Statement | None:
        """The draft as a statement, None if the section already says it."""
        text = draft.short if short else draft.text
        if not text or text in self._said:
            return None
        self._said.add(text)
        cited = (
            *self._citer.observations(draft.observations, CITED_MOST),
            *(self._citer.edge(each) for each in draft.edges),
        )
        # A sentence that rests on no place rests on the rule that composed it.
        return Statement(
            sid=self._sid(draft.rule), text=text, citations=cited or (self._citer.rule(draft.rule),)
        )

    def cited(self, draft: Draft) -> Statement:
        """The draft as a statement, said before or not: rows of a list may say the same of different things."""
        cited = self._citer.observations(draft.observations, CITED_MOST)
        return Statement(
            sid=self._sid(draft.rule), text=draft.text, citations=cited or (self._citer.rule(draft.rule),)
        )

    def rule(self, rule: str, text: str, observations: Iterable[str] = ()) -> Statement:
        """A statement of a rule of ours, with the observations it looked at."""
        cited = (self._citer.rule(rule), *self._citer.observations(observations))
        return Statement(sid=self._sid(rule), text=text, citations=tuple(dict.fromkeys(cited)))

    def reason(self, reason: Reason) -> Statement:
        """A reason of the assessment as a statement."""
        return self.rule(reason.rule, reason.text, reason.observations)

    def reasons(self, reasons: Iterable[Reason]) -> tuple[Statement, ...]:
        """Reasons as statements, each text once."""
        found: list[Statement] = []
        for each in reasons:
            if each.text not in self._said:
                self._said.add(each.text)
                found.append(self.reason(each))
        return tuple(found)

    def _sid(self, rule: str) -> str:
        name = rule.split(":")[-1]
        self._used[name] = self._used.get(name, 0) + 1
        count = self._used[name]
        return f"{self._key}-{name}" if count == 1 else f"{self._key}-{name}-{count}"
