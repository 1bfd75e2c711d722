# SPDX-License-Identifier: Apache-2.0
"""Where a document belongs, given the candidates that share a key with it.

The partition is the connected components of "same event" over all documents: whatever the order in which
they arrive, joining on one link and merging on several gives the same components. A person's rulings come
first: `split` forbids a link, `merge` and `pin` force one.
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
    apart = {frozenset((each.target, each.other)) for each in decisions if each.kind == "split"}
    together = {frozenset((each.target, each.other)) for each in decisions if each.kind in ("merge", "pin")}
    linked: dict[str, tuple[float, str]] = {}
    near: dict[str, float] = {}
    for each in sorted(candidates, key=lambda one: one.features.id):
        if each.features.id == document.id:
            continue
        pairs = {frozenset((document.id, each.features.id)), frozenset((document.id, each.story))}
        if pairs & apart:
            continue
        verdict = compare(mine, each.features)
        if verdict.same or pairs & together:
            told = (verdict.score, verdict.why)
            linked[each.story] = max(linked.get(each.story, told), told)
        elif verdict.score >= PERHAPS:
            near[each.story] = max(near.get(each.story, 0.0), verdict.score)
    if len(linked) == 1:
        story, (_, why) = next(iter(linked.items()))
        return Join(story, why)
    if linked:
        return Merge(tuple(sorted(linked)), "; ".join(sorted(why for _, why in linked.values())))
    if near:
        return Propose(tuple(sorted(near)), "close, but the evidence does not force it")
    return New()
