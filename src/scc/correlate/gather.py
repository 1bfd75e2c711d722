# SPDX-License-Identifier: Apache-2.0
"""The members of a component made into one Story: sorted documents, origins, observations, disputes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scc.correlate.disputes import disputes
from scc.correlate.origins import origins
from scc.model.decision import Decision
from scc.model.document import Document
from scc.model.facts import Observation
from scc.model.story import Story

if TYPE_CHECKING:
    from scc.knowledge import Knowledge


def story(
    members: Sequence[tuple[Document, tuple[Observation, ...]]],
    decisions: Sequence[Decision] = (),
    knowledge: Knowledge | None = None,
) -> Story:
    """One story of its documents; the order of `members` does not matter.

    Documents that a person dismissed are left out unless all are.
    """
    dismissed = {each.target for each in decisions if each.kind == "dismiss"}
    kept = [each for each in members if each[0].id not in dismissed] or list(members)
    kept.sort(key=lambda each: (each[0].date or "9999", each[0].id))
    documents = tuple(document for document, _ in kept)
    observations = tuple(each for _, seen in kept for each in seen)
    return Story(
        id=f"story-{documents[0].id.removeprefix('doc-')}",
        documents=documents,
        origins=origins(documents),
        observations=observations,
        disputes=disputes(documents, observations, knowledge),
    )
