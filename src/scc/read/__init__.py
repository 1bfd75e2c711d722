# SPDX-License-Identifier: Apache-2.0
"""Raw to Documents to Observations. Pure: no network, clock, database or randomness."""

from __future__ import annotations

from scc.read.observe import observe
from scc.read.text.documents import document
from scc.read.text.release_parts import release_part
from scc.read.text.split import split
from scc.read.text.urls import canonical_url

__all__ = ["canonical_url", "document", "observe", "release_part", "split"]
