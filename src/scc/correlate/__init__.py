# SPDX-License-Identifier: Apache-2.0
"""Documents to Stories. Pure.

The partition is the set of connected components of `same_event`, so the order of arrival does not matter as
long as the caller hands in every document that shares a key, joins on `Join` and merges on `Merge`.
"""

from __future__ import annotations

from scc.correlate.compare import compare, same_event
from scc.correlate.features import features
from scc.correlate.gather import story
from scc.correlate.keys import keys
from scc.correlate.place import place
from scc.correlate.types import Candidate, Join, Key, Merge, New, Propose, Verdict

__all__ = [
    "Candidate",
    "Join",
    "Key",
    "Merge",
    "New",
    "Propose",
    "Verdict",
    "compare",
    "features",
    "keys",
    "place",
    "same_event",
    "story",
]
