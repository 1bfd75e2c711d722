# SPDX-License-Identifier: Apache-2.0
"""Raw to Documents to Observations. Pure: no network, clock, database or randomness."""

from __future__ import annotations

from scc.read.documents import document
from scc.read.observe import observe
from scc.read.release_parts import release_part
from scc.read.split import split
from scc.read.urls import canonical_url

__all__ = ["canonical_url", "document", "observe", "release_part", "split"]
