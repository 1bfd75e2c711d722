# SPDX-License-Identifier: Apache-2.0
"""The exporter of CSAF 2.1 advisories."""

from __future__ import annotations

from scc.model.briefing import Briefing
from scc.share.csaf.advisory import advisory, encoded
from scc.share.interface import Context, NotApplicable


def write(briefing: Briefing, context: Context) -> bytes | NotApplicable:
    """The advisory as JSON in UTF-8. Raises ValueError when `generated` is no ISO 8601 time."""
    return encoded(advisory(briefing, context, "2.1"))
