# SPDX-License-Identifier: Apache-2.0
"""Where a document belongs, given the candidates that share a key with it.

The partition is the connected components of "same event" over all documents: whatever the order in which
they arrive, joining on one link and merging on several gives the same components. A person's rulings come
first: `split` forbids a link, `merge` and `pin` force one, between documents or (the caller says where they are now)
between a document and a story or two stories.
"""

from __future__ import annotations

from collections.abc import Sequence

from scc.correlate.compare import PERHAPS, compare
from scc.correlate.features import features
from scc.correlate.types import Candidate, Join, Merge, New, Propose
from scc.model.decision import Decision
from scc.model.document import Document
from scc.model.facts import Observation


def place(
    document: Document,
    observations: Sequence[Observation],
    candidates: Sequence[Candidate],
    decisions: Sequence[Decision] = (),
) -> New | Join | Merge | Propose:
    """New, Join one story, Merge several, or Propose: close to several without forcing it."""
    mine = features(document, observations)
    # The last word on a pair counts: rulings come oldest first.
    ruled = {
        frozenset((each.target, each.other)): each.kind
        for each in decisions
        if each.kind in ("split", "merge", "pin")
    }
    linked: dict[str, tuple[float, str]] = {}
    near: dict[str, float] = {}
    for each in sorted(candidates, key=lambda one: one.features.id):
        if each.features.id == document.id:
            continue
        said = {
            ruled.get(frozenset((document.id, each.features.id))),
            ruled.get(frozenset((document.id, each.story))),
        }
        if "split" in said:
            continue
        verdict = compare(mine, each.features)
        if verdict.same or said & {"merge", "pin"}:
            told = (verdict.score, verdict.why)
            linked[each.story] = max(linked.get(each.story, told), told)
        elif verdict.score >= PERHAPS:
            near[each.story] = max(near.get(each.story, 0.0), verdict.score)
    kept: list[str] = []
    for story in sorted(linked, key=lambda one: (-linked[one][0], one)):
        # A document between two stories that a person split goes to the closer one and ties them no more.
        if not any(ruled.get(frozenset((story, other))) == "split" for other in kept):
            kept.append(story)
    if len(kept) == 1:
        return Join(kept[0], linked[kept[0]][1])
    if kept:
        return Merge(tuple(sorted(kept)), "; ".join(sorted(linked[each][1] for each in kept)))
    if near:
        return Propose(tuple(sorted(near)), "close, but the evidence does not force it")
    return New()
