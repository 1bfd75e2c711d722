# SPDX-License-Identifier: Apache-2.0
"""Documents to Stories. Pure.

The partition is the set of connected components of a graph: two documents are linked when they share a key (one of
`lookups` of the first is among `keys` of the second; this is symmetric) and `same_event` says so. Both are functions
of the two documents alone, so the order of arrival does not matter. What the caller must do: store the texts of
`keys` and the features, hand every placed document under `lookups` of the new one's keys to `place` as a candidate, join on `Join`,
and merge the stories on `Merge`. Nothing else has to be placed again when a document arrives. When a document is
read again and its observations change, its story is taken apart and its members are placed anew.
"""

from __future__ import annotations

from scc.correlate.compare import compare, same_event
from scc.correlate.features import Features, features, freeze, thaw
from scc.correlate.gather import story
from scc.correlate.keys import keys, lookups
from scc.correlate.links import MOST as LINKS_MOST
from scc.correlate.links import is_release, links, relation, release_documents
from scc.correlate.place import place
from scc.correlate.types import Candidate, Join, Key, Merge, New, Propose, Verdict

__all__ = [
    "LINKS_MOST",
    "Candidate",
    "Features",
    "Join",
    "Key",
    "Merge",
    "New",
    "Propose",
    "Verdict",
    "compare",
    "features",
    "freeze",
    "is_release",
    "keys",
    "links",
    "lookups",
    "place",
    "relation",
    "release_documents",
    "same_event",
    "story",
    "thaw",
]
