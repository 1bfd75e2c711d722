# SPDX-License-Identifier: Apache-2.0
"""Story to Assessment. Pure."""

from __future__ import annotations

from scc.assess.judge import assess
from scc.assess.own_items import deserving

__all__ = ["assess", "deserving"]
