# SPDX-License-Identifier: Apache-2.0
"""Wording of claims as data: phrases that answer a question, and phrases that say how surely and by whom.

The records of content/rubrics/claims.yaml and modality.yaml; what a sentence claims with them is read by `claims`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from scc.model.facts import Question

if TYPE_CHECKING:
    from scc.content import Content


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record of content/rubrics/claims.yaml."""

    id: str
    status: Literal["stable", "test", "deprecated"]
    date: str
    basis: str
    question: Question
    value: str
    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()


class Mode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record of content/rubrics/modality.yaml."""

    id: str
    status: Literal["stable", "test", "deprecated"]
    date: str
    basis: str
    kind: str
    phrases: tuple[str, ...]


def phrases(content: Content) -> list[tuple[str, Cue]]:
    """How sources answer the questions."""
    return [(phrase, row) for row in content.records("rubrics/claims", Cue) for phrase in row.phrases]


def modality_phrases(content: Content) -> list[tuple[str, Mode]]:
    """How surely something is said, and who says it."""
    return [(phrase, row) for row in content.records("rubrics/modality", Mode) for phrase in row.phrases]
